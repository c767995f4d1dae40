"""Other coders' codings are hidden until they are turned on, and turning on is journaled."""

from __future__ import annotations

import pytest

from tests.conftest import Opener
from tui.errors import Refused
from tui.project.edits import codings, readings
from tui.project.project import Project
from tui.project.undo import redo, undo
from tui.store.codings import list_codings, spans_of_document
from tui.store.counts import count_cells, total_segments
from tui.store.journal import list_changes
from tui.store.lookup import shown_coders


def seen(project: Project) -> int:
    """Return how many codings a coder sees, by three ways that must agree."""
    coders = project.visible_coder_ids()
    total = total_segments(project.db, coders)
    assert len(list_codings(project.db, coder_ids=coders)) == total
    assert sum(cell[2] for cell in count_cells(project.db, coders)) == total
    assert len(spans_of_document(project.db, 1, coders)) == total
    if project.coder_id:  # search keeps the same rule by its own light way
        assert sorted(shown_coders(project.db, project.coder)) == sorted(coders)
    return total


def test_others_codings_are_hidden_until_they_are_turned_on(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    codings.add_codings(ann, 1, 0, 4, [1])
    assert seen(ann) == 1
    assert readings.show_coders(ann, ["zoe"]) == ["zoe"]
    assert seen(ann) == 4
    assert seen(open_tiny("bob")) == 0  # it is ann's choice, not everybody's
    assert readings.hide_coders(ann, ["zoe"]) == ["zoe"]
    assert seen(ann) == 1


def test_a_newcomer_sees_nothing_of_others_before_writing_anything(open_tiny: Opener) -> None:
    newcomer = open_tiny("newcomer")
    assert newcomer.coder_id == 0
    assert seen(newcomer) == 0


def test_turning_on_is_journaled_and_undone_like_any_act(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    readings.show_coders(ann, ["zoe"])
    (change, _), *_ = list_changes(ann.db)
    assert (change.action, change.subject) == ("coder.show", "Turned on the codings of zoe")
    undo(ann)
    assert seen(ann) == 0
    redo(ann)
    assert seen(ann) == 3


def test_turning_on_twice_is_turning_on_once(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    readings.show_coders(ann, ["zoe", "zoe"])
    before = len(list_changes(ann.db))
    assert readings.show_coders(ann, ["zoe"]) == []
    assert readings.show_coders(ann, ["ann"]) == []
    assert len(list_changes(ann.db)) == before


def test_a_coder_who_is_not_there_is_said_to_be_not_there(open_tiny: Opener) -> None:
    for act in (readings.show_coders, readings.hide_coders):
        with pytest.raises(Refused, match="no coder 'nobody'"):
            act(open_tiny("ann"), ["zoe", "nobody"])


def test_an_open_round_keeps_coders_apart_until_it_is_closed(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    readings.set_setting(bob, "round", "open")
    with pytest.raises(Refused, match="until the round is closed"):
        readings.show_coders(ann, ["zoe"])
    assert seen(ann) == 0
    readings.set_setting(bob, "round", "closed")
    readings.show_coders(ann, ["zoe"])
    assert seen(ann) == 3


def test_opening_a_round_hides_what_was_turned_on_before(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    readings.show_coders(ann, ["zoe"])
    readings.set_setting(bob, "round", "open")
    assert seen(ann) == 0
    undo(ann)
    redo(ann)
    assert seen(ann) == 0
    readings.set_setting(bob, "round", "closed")
    assert seen(ann) == 3


def test_only_who_made_a_coding_changes_it(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    readings.show_coders(ann, ["zoe"])
    theirs = list_codings(ann.db, coder_ids=[1])[0].id
    for work in (
        lambda: codings.remove_codings(ann, [theirs]),
        lambda: codings.recode_codings(ann, [theirs], 4),
        lambda: codings.move_coding(ann, theirs, 0, 3),
        lambda: codings.set_important(ann, theirs, True),
    ):
        with pytest.raises(Refused, match="another coder's"):
            work()
