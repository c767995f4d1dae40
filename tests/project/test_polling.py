"""What several processes hear of each other."""

from __future__ import annotations

import sqlite3

import pytest

from tests.conftest import Opener
from tui.errors import Refused
from tui.project.edits import codings
from tui.project.events import Committed
from tui.project.project import Project
from tui.project.undo import undo


def test_everybody_hears_of_everything_once_and_in_order(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    heard: dict[str, list[Committed]] = {"ann": [], "bob": []}
    for project in (ann, bob):
        project.subscribe(heard[project.coder].append)
    made = []
    for at, project in enumerate([ann, bob, bob, ann, ann, bob], 2):
        codings.add_codings(project, 1, 0, at, [1])
        assert project.last_change is not None
        made.append((project.last_change.id, project.coder))
        if at % 3 == 0:
            ann.poll()
    undo(bob)
    assert bob.last_change is not None
    made.append((bob.last_change.id, "bob"))
    for _ in range(2):
        ann.poll()
        bob.poll()
    for who, told in heard.items():
        events = [(event.change.id, event.own) for event in told]
        assert sorted(events) == [(change, coder == who) for change, coder in made]
        for own in (True, False):
            order = [change for change, is_own in events if is_own is own]
            assert order == sorted(order)


def test_what_is_heard_of_others_says_which_rows_changed(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    ann.join()
    ann.poll()
    codings.add_codings(bob, 1, 0, 4, [1])
    (event,) = ann.poll()
    assert isinstance(event, Committed)
    assert event.places() == {"codings", "readings"}
    assert event.change.subject == "+ C1 Work on letter ¶1"


def test_a_reader_hears_too(tiny: str, open_tiny: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = open_tiny("ann")
    ann.join()
    with monkeypatch.context() as patched:
        patched.setattr("os.access", lambda path, mode: mode != 2)
        reader = Project(tiny, "bob")
    assert reader.read_only
    codings.add_codings(ann, 1, 0, 4, [1])
    assert [event.change.subject for event in reader.poll()] == ["+ C1 Work on letter ¶1"]
    reader.close()


def test_a_refused_act_tells_nobody_and_leaves_nothing(project: Project) -> None:
    heard: list[Committed] = []
    project.subscribe(heard.append)
    before = project.db.execute("SELECT count(*) FROM changes").fetchone()
    with pytest.raises(Refused):
        codings.add_codings(project, 1, 0, 99_999, [1])
    assert heard == []
    assert project.db.execute("SELECT count(*) FROM changes").fetchone() == before


def test_an_act_that_changes_nothing_is_not_journaled(project: Project) -> None:
    (coding,) = codings.add_codings(project, 1, 0, 4, [1])
    before = project.db.execute("SELECT count(*) FROM changes").fetchone()
    codings.set_important(project, coding, False)
    codings.move_coding(project, coding, 0, 4)
    codings.recode_codings(project, [coding], 1)
    assert project.db.execute("SELECT count(*) FROM changes").fetchone() == before


def test_the_journal_and_the_rows_are_one_transaction(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    before = project.db.execute("SELECT count(*) FROM codings").fetchone()
    with monkeypatch.context() as patched:
        patched.setattr("tui.store.journal.append_change", broken)
        with pytest.raises(Exception, match="disk"):
            codings.add_codings(project, 1, 0, 4, [1])
    assert project.db.execute("SELECT count(*) FROM codings").fetchone() == before
