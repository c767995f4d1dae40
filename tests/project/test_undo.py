"""Undo and redo: order, refusals that name who, one step for bulk acts, in any session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Opener
from tests.tiny import LETTER, Clock, draft
from tui.errors import Refused
from tui.model.memo import MemoTarget
from tui.project.check import canonical_dump, check
from tui.project.edits import cases, codes, codings, documents, memos, readings
from tui.project.project import Project
from tui.project.spans import code_places
from tui.project.undo import (
    NothingLeft,
    redo,
    refuse_blocked,
    undo,
    weigh_redo,
    weigh_undo,
    weight_in_words,
)
from tui.project.workspace import make_workspace
from tui.store.codes import find_code
from tui.store.codings import list_codings, spans_of_document
from tui.store.desk import pin_slot, read_slots
from tui.store.documents import passage_table
from tui.store.journal import list_changes

LETTER_ID, WORK, PAY, WAGES, WEATHER = 1, 1, 2, 3, 4


def whole(project: Project) -> bool:
    return not any(wrong for _, wrong in check(project.db))


def test_undo_restores_the_span_after_a_restart(open_tiny: Opener) -> None:
    with open_tiny("ann") as first:
        (coding,) = codings.add_codings(first, LETTER_ID, 0, 24, [WAGES])
        codings.move_coding(first, coding, 4, 8)
    with open_tiny("ann") as second:
        undo(second)
        (found,) = list_codings(second.db, coder_ids=[second.coder_id])
        assert (found.start, found.end, found.quote) == (0, 24, LETTER[0:24])
    with open_tiny("ann") as third:
        undo(third)
        assert list_codings(third.db, coder_ids=[third.coder_id]) == []
        redo(third)
        redo(third)
        (found,) = list_codings(third.db, coder_ids=[third.coder_id])
        assert (found.id, found.start, found.end, found.quote) == (coding, 4, 8, "mill")


def test_undo_takes_the_newest_own_act_and_leaves_those_of_others(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codings.add_codings(ann, LETTER_ID, 0, 3, [PAY])
    codings.add_codings(bob, LETTER_ID, 0, 3, [PAY])
    assert undo(ann).coder_id == ann.coder_id
    assert spans_of_document(ann.db, LETTER_ID, [ann.coder_id]) == []
    assert len(spans_of_document(ann.db, LETTER_ID, [bob.coder_id])) == 1


def test_a_coder_who_did_nothing_has_nothing_to_undo(open_tiny: Opener) -> None:
    with pytest.raises(Refused, match="Nothing to undo"):
        undo(open_tiny("newcomer"))


def test_who_has_undone_all_is_told_that_it_can_come_back(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    codes.add_code(ann, "Weaving")
    undo(ann)
    with pytest.raises(NothingLeft, match="Nothing left to undo") as left:
        undo(ann)
    assert "`qual redo`" in left.value.hint


def test_who_opens_a_made_study_that_others_have_coded_in_has_nothing_to_undo_yet(
    tmp_path: Path,
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "codebook.toml").write_text('[[code]]\nkey = "A"\nname = "Weaving"\n')
    (corpus / "letter.txt").write_text("The mill is cold.\n\nNobody weaves.\n")
    (corpus / "attributes.csv").write_text("document,year\nletter,1911\n")
    row = "letter,bob,A,0,8,The mill,,"
    head = "document,coder,code,start,end,quote,important,memo"
    (corpus / "codings.csv").write_text(f"{head}\n{row}\n")
    path = make_workspace(str(tmp_path), "newcomer", say=lambda _: None)
    with Project(path, "newcomer") as project:
        for kind in range(2):
            with pytest.raises(Refused, match="Nothing to undo: you have changed nothing") as no:
                refuse_blocked(project, weigh_undo(project)[1], "undo") if kind else undo(project)
            assert "bob" not in no.value.message + no.value.hint
        codes.add_code(project, "Spinning")
        assert undo(project).action == "code.add"
        with pytest.raises(NothingLeft, match="Nothing left to undo"):
            undo(project)
        redo(project)
        assert undo(project).action == "code.add"


def test_what_stands_in_the_way_of_a_step_is_known_before_it_is_asked_about(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    with ann.one_step():
        code = codes.add_code(ann, "Weaving")
        codes.change_code(ann, code, {"name": "Spinning"})
    refuse_blocked(ann, weigh_undo(ann)[1], "undo")
    codings.add_codings(bob, LETTER_ID, 0, 8, [code])
    before = list(canonical_dump(ann.db)), len(list_changes(ann.db))
    with pytest.raises(Refused, match=r"bob, .*: coded, hidden"):
        refuse_blocked(ann, weigh_undo(ann)[1], "undo")
    assert (list(canonical_dump(ann.db)), len(list_changes(ann.db))) == before


def test_undo_names_the_act_of_another_coder_that_depends_on_it(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    code = codes.add_code(ann, "Weaving")
    codings.add_codings(bob, LETTER_ID, 0, 8, [code])
    before = list(canonical_dump(ann.db))
    with pytest.raises(Refused) as refused:
        undo(ann)
    assert refused.value.message == (
        "Another act depends on it: bob, 2026-01-02 03:04:"
        " coded, hidden from you like all their codings."
    )
    assert refused.value.hint == "Ask bob to undo that first; nothing was changed."
    assert list(canonical_dump(ann.db)) == before
    undo(bob)
    assert undo(ann).subject == "New code C3 Weaving"


def test_undo_waits_for_an_act_that_its_coder_has_since_reversed_by_another_act(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    code = codes.add_code(ann, "Weaving")
    (coding,) = codings.add_codings(bob, LETTER_ID, 0, 8, [code])
    codings.remove_codings(bob, [coding])
    with pytest.raises(Refused, match=r"bob, .*: took codings away, hidden"):
        undo(ann)
    undo(bob)  # else this could not come back
    undo(bob)
    undo(ann)
    assert whole(ann)


def test_undo_does_not_take_a_name_back_that_somebody_else_has_given_since(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codes.change_code(ann, WEATHER, {"name": "Rain"})
    codes.add_code(bob, "Weather")
    with pytest.raises(Refused, match=r"bob, .*: New code C3 Weather"):
        undo(ann)
    undo(bob)
    undo(ann)
    assert whole(ann)


def test_undo_does_not_close_a_circle_of_codes(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codes.move_code(ann, WEATHER, WORK)
    codes.move_code(ann, WEATHER, None)
    codes.move_code(bob, WORK, WEATHER)
    with pytest.raises(Refused, match=r"bob, .*: Moved C1 Work under C2 Weather"):
        undo(ann)
    undo(bob)
    undo(ann)
    assert find_code(ann.db, "C2").parent_id == WORK  # type: ignore[union-attr]


def test_ids_are_never_given_twice(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    (first,) = codings.add_codings(ann, LETTER_ID, 0, 3, [PAY])
    undo(ann)
    (second,) = codings.add_codings(bob, LETTER_ID, 4, 8, [PAY])
    assert second != first
    redo(ann)  # nothing of bob's stands where ann's coding was
    assert {row[4] for row in spans_of_document(ann.db, LETTER_ID, [ann.coder_id])} == {first}


def test_a_deleted_document_comes_back_although_another_was_imported_since(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    bob.join()
    document = documents.import_document(ann, draft("diary", "One day.\n\nAda: Yes. It was.\n"))
    codings.add_codings(ann, document, 0, 8, [WORK])
    before = list(canonical_dump(ann.db))
    documents.delete_document(ann, document)
    documents.import_document(bob, draft("notes", "Other words.\n\nAnd more."))
    undo(ann)
    undo(bob)
    assert list(canonical_dump(ann.db)) == before
    assert whole(ann)


def test_a_bulk_act_is_one_step(project: Project) -> None:
    project.join()
    before = list(canonical_dump(project.db))
    with project.one_step():
        for start in range(0, 20, 4):
            codings.add_codings(project, LETTER_ID, start, start + 4, [WAGES])
    assert len({change.step for change, _ in list_changes(project.db, limit=5)}) == 1
    after = list(canonical_dump(project.db))
    undo(project)
    assert list(canonical_dump(project.db)) == before
    redo(project)
    assert list(canonical_dump(project.db)) == after
    with pytest.raises(Refused, match="Nothing to redo"):
        redo(project)


def test_slices_of_a_bulk_act_that_were_committed_before_a_death_are_one_step(
    open_tiny: Opener,
) -> None:
    class Died(Exception):
        pass

    with open_tiny("ann") as project:
        project.join()
        before = list(canonical_dump(project.db))
        with pytest.raises(Died), project.one_step():
            codings.add_codings(project, LETTER_ID, 0, 4, [WAGES])
            codings.add_codings(project, LETTER_ID, 4, 8, [WAGES])
            raise Died
    with open_tiny("ann") as project:
        undo(project)
        assert list(canonical_dump(project.db)) == before


def test_slices_of_a_bulk_act_are_named_together(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codings, "SLICE", 3)
    places = [(LETTER_ID, start, start + 2) for start in range(0, 14, 2)]
    with project.one_step():
        list(code_places(project, places, [WAGES]))
    assert undo(project).subject == "+ 7 codings C1-1-1 Wages on found spans"
    assert redo(project).subject == "+ 7 codings C1-1-1 Wages on found spans"
    with project.one_step():
        codings.add_codings(project, LETTER_ID, 20, 24, [WAGES])
        codings.add_codings(project, LETTER_ID, 24, 28, [WEATHER])
    assert undo(project).subject.startswith("2 acts, from “+ C1-1-1 Wages on letter")


def test_the_step_after_a_bulk_act_is_its_own(project: Project) -> None:
    with project.one_step():
        codings.add_codings(project, LETTER_ID, 0, 4, [WAGES])
        codings.add_codings(project, LETTER_ID, 4, 8, [WAGES])
    codings.add_codings(project, LETTER_ID, 8, 12, [WAGES])
    undo(project)
    assert len(list_codings(project.db, coder_ids=[project.coder_id])) == 2


def test_a_bulk_act_with_another_coders_act_in_its_middle_comes_back_whole(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    with ann.one_step():
        (first,) = codings.add_codings(ann, LETTER_ID, 0, 4, [WAGES])
        memos.add_memo(bob, MemoTarget("coding", coding_id=first), "are you sure?")
        codings.add_codings(ann, LETTER_ID, 4, 8, [WAGES])
    with pytest.raises(Refused, match="bob"):
        undo(ann)
    assert len(list_codings(ann.db, coder_ids=[ann.coder_id])) == 2  # all or nothing
    undo(bob)
    undo(ann)
    assert list_codings(ann.db, coder_ids=[ann.coder_id]) == []


def test_a_new_act_ends_redo(project: Project) -> None:
    codings.add_codings(project, LETTER_ID, 0, 4, [WAGES])
    undo(project)
    codings.add_codings(project, LETTER_ID, 4, 8, [WAGES])
    with pytest.raises(Refused, match="until something new is done"):
        redo(project)


def test_an_act_of_another_coder_does_not_end_redo(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codings.add_codings(ann, LETTER_ID, 0, 4, [WAGES])
    undo(ann)
    codings.add_codings(bob, LETTER_ID, 0, 4, [WAGES])
    assert redo(ann).subject == "+ C1-1-1 Wages on letter ¶1"


def test_undo_and_redo_walk_back_and_forth_in_order(project: Project) -> None:
    project.join()
    dumps = [list(canonical_dump(project.db))]
    for start in range(3):
        codings.add_codings(project, LETTER_ID, start, 9, [WAGES])
        dumps.append(list(canonical_dump(project.db)))
    for expected in reversed(dumps[:-1]):
        undo(project)
        assert list(canonical_dump(project.db)) == expected
    for expected in dumps[1:]:
        redo(project)
        assert list(canonical_dump(project.db)) == expected
    undo(project)
    redo(project)
    assert list(canonical_dump(project.db)) == dumps[-1]


def test_redo_that_cannot_be_is_said_to_be_brought_back_not_taken_back(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    code = codes.add_code(bob, "Weaving")
    codings.add_codings(ann, LETTER_ID, 0, 8, [code])
    undo(ann)
    undo(bob)
    with pytest.raises(Refused) as refused:
        redo(ann)
    assert "brought back" in refused.value.message
    assert "taken back" not in refused.value.message


def test_redo_names_who_has_taken_its_place(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codes.add_code(ann, "Rain", None, "R1")
    undo(ann)
    codes.add_code(bob, "Snow", None, "r1")
    with pytest.raises(Refused) as refused:
        redo(ann)
    assert refused.value.message == (
        "Another act has taken its place: bob, 2026-01-02 03:04: New code r1 Snow."
    )
    undo(bob)
    redo(ann)


def test_two_screens_of_one_coder_do_not_undo_the_same_act_twice(open_tiny: Opener) -> None:
    here, there = open_tiny("ann"), open_tiny("ann")
    codings.add_codings(here, LETTER_ID, 0, 4, [WAGES])
    codings.add_codings(here, LETTER_ID, 4, 8, [WAGES])
    undo(here)
    undo(there)
    assert list_codings(here.db, coder_ids=[here.coder_id]) == []
    with pytest.raises(Refused):
        undo(here)


def test_the_journal_only_grows(project: Project) -> None:
    codings.add_codings(project, LETTER_ID, 0, 4, [WAGES])
    seen = [change for change, _ in list_changes(project.db)]
    undo(project)
    redo(project)
    undo(project)
    now = [change for change, _ in list_changes(project.db)]
    assert [change.kind for change in now[:3]] == ["undo", "redo", "undo"]
    assert now[3:] == seen
    assert list_changes(project.db)[3][1] is True


def test_attribute_kind_goes_back_only_with_the_values_that_changed_it(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    cases.set_attribute(bob, "year", "1993", document_id=1)
    cases.set_attribute(ann, "year", "unknown", document_id=2)
    cases.set_attribute(bob, "year", "long ago", document_id=1)
    with pytest.raises(Refused, match="bob"):
        undo(ann)
    undo(bob)
    undo(ann)
    assert ann.db.execute("SELECT kind FROM attributes").fetchone() == ("number",)


def test_a_coders_pins_come_back_with_the_code_that_was_merged_away(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    with bob.write() as db:
        pin_slot(db, bob.coder_id, 3, WAGES)
    codes.merge_codes(ann, WAGES, WEATHER)
    assert read_slots(bob.db, bob.coder_id) == {}
    undo(ann)
    assert read_slots(bob.db, bob.coder_id) == {3: WAGES}


def test_a_pin_goes_and_comes_with_the_code_whose_making_is_undone(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    bob.join()
    made = codes.add_code(ann, "Weaving")
    for each in (ann, bob):
        with each.write() as db:
            pin_slot(db, each.coder_id, 3, made)
    undo(ann)
    assert read_slots(ann.db, ann.coder_id) == read_slots(bob.db, bob.coder_id) == {}
    redo(ann)
    assert read_slots(ann.db, ann.coder_id) == read_slots(bob.db, bob.coder_id) == {3: made}
    assert whole(ann)
    undo(ann)
    with ann.write() as db:
        pin_slot(db, ann.coder_id, 3, PAY)
    redo(ann)
    assert read_slots(ann.db, ann.coder_id) == {3: PAY}, "what was pinned since stays"


def test_time_of_the_undo_is_journaled_not_that_of_the_act(project: Project, clock: Clock) -> None:
    codings.add_codings(project, LETTER_ID, 0, 4, [WAGES])
    clock()
    undo(project)
    newest, act = (change for change, _ in list_changes(project.db, limit=2))
    assert newest.at > act.at


def test_what_stands_in_the_way_is_told_in_full_once_its_coder_is_shown(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    bob.join()
    readings.show_coders(ann, ["bob"])
    code = codes.add_code(ann, "Weaving")
    codings.add_codings(bob, LETTER_ID, 0, 8, [code])
    with pytest.raises(Refused, match=r"bob, .*: \+ C3 Weaving on letter ¶1"):
        undo(ann)


def test_a_run_of_reading_marks_is_taken_back_and_brought_back_as_one(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    codings.add_codings(ann, LETTER_ID, 0, 8, [1])
    before = list(canonical_dump(ann.db))
    passages = [span for _, *span in passage_table(ann.db, LETTER_ID)][1:3]
    assert len(passages) == 2
    for start, end in passages:
        readings.mark_passages(ann, LETTER_ID, start, end, "read")
    after = list(canonical_dump(ann.db))
    assert undo(ann).subject == "2 passages marked"
    assert list(canonical_dump(ann.db)) == before
    redo(ann)
    assert list(canonical_dump(ann.db)) == after
    undo(ann)
    assert undo(ann).action == "coding.add"


def test_an_undo_that_was_asked_about_takes_nothing_else_back(open_tiny: Opener) -> None:
    ann, again = open_tiny("ann"), open_tiny("ann")
    codings.add_codings(ann, LETTER_ID, 0, 8, [1])
    _, (asked,) = weigh_undo(ann)
    undo(again)
    codes.add_code(again, "Weaving")
    with pytest.raises(Refused, match="New code C3 Weaving"):
        undo(ann, asked.id)
    undo(ann)
    rows, (asked,) = weigh_redo(ann)
    assert rows == 1 and asked.subject == "New code C3 Weaving"
    with pytest.raises(Refused, match="New code C3 Weaving"):
        redo(ann, asked.id - 1)
    redo(ann, asked.id)


def test_undo_does_not_go_over_what_somebody_else_wrote_into_the_same_field(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codes.change_code(ann, WEATHER, {"definition": "Sky."})
    codes.change_code(bob, WEATHER, {"definition": "Sky and rain."})
    codes.change_code(bob, WEATHER, {"definition": "Sky."})  # looks as if nothing had been
    with pytest.raises(Refused, match=r"bob, .*: Changed definition of C2 Weather"):
        undo(ann)
    undo(bob)
    undo(bob)
    undo(ann)
    assert whole(ann)


def test_two_fields_of_one_code_do_not_stand_in_each_others_way(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codes.change_code(ann, WEATHER, {"definition": "Sky."})
    codes.change_code(bob, WEATHER, {"color": "#ff0000"})
    undo(ann)
    weather = find_code(ann.db, "C2")
    assert weather is not None
    assert (weather.definition, weather.color) == ("", "#ff0000")


def test_acts_of_two_coders_come_back_in_the_order_in_which_they_were_made(
    open_tiny: Opener,
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    cases.set_attribute(bob, "year", "1911", document_id=1)
    cases.delete_attribute(ann, "year")
    after = list(canonical_dump(ann.db))
    undo(ann)
    undo(bob)
    redo(bob)  # ann's act was made on top of this one: it does not stand in its way
    redo(ann)
    assert list(canonical_dump(ann.db)) == after


def test_undoing_a_merge_tells_no_numbers_of_hidden_coders(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codings.add_codings(bob, LETTER_ID, 0, 8, [WAGES])
    codes.merge_codes(ann, WAGES, WEATHER)
    rows, acts = weigh_undo(ann)
    assert weight_in_words(ann, rows, acts) == "all of it"
    assert acts[0].subject == "Merged C1-1-1 Wages into C2 Weather"
    readings.show_coders(ann, ["bob", "zoe"])
    assert weight_in_words(ann, rows, acts) == f"{rows} changes"
