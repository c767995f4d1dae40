"""Any sequence of acts by two coders leaves a whole project, and can be taken back to the start."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, suppress

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from tests.strategies import ACT_PLANS
from tests.tiny import Clock, assert_anchored, draft, make_tiny, memory_folder
from tui.errors import QualError, Refused
from tui.model.memo import MemoTarget
from tui.project.check import canonical_dump, check
from tui.project.edits.registry import ACTS, cases, codes, codings, documents, memos
from tui.project.project import Project
from tui.project.undo import redo, undo
from tui.store.journal import list_changes

CODERS = ("ann", "bob")


class Desk:
    """Two coders in one project file, each with a connection of their own."""

    def __init__(self, folder: str, closing: ExitStack) -> None:
        self.path = make_tiny(os.path.join(folder, "tiny.qual"))
        self.clock = Clock()
        self.closing = closing
        self.projects: dict[str, Project] = {}
        for coder in CODERS:
            self.reopen(coder).join()

    def reopen(self, coder: str) -> Project:
        """Close a coder's project and open it again, as on another day."""
        if coder in self.projects:
            self.projects[coder].close()
        project = Project(self.path, coder, clock=self.clock)
        self.closing.callback(project.close)
        self.projects[coder] = project
        return project

    def dump(self) -> list[str]:
        """Return the canonical dump."""
        return list(canonical_dump(self.projects["ann"].db))

    def assert_whole(self) -> None:
        """Assert that every proof holds."""
        project = self.projects["bob"]
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        assert_anchored(project)

    def standing(self, coder: str) -> int:
        """Return how many acts of a coder stand."""
        project = self.projects[coder]
        changes = list_changes(project.db, coder_ids=[project.coder_id])
        return sum(change.kind == "act" and not undone for change, undone in changes)


def test_every_act_has_a_plan() -> None:
    assert set(ACT_PLANS) == set(ACTS)


@given(data=st.data())
def test_any_acts_of_two_coders_can_be_undone_and_redone(data: st.DataObject) -> None:
    undo_and_redo(data)


@pytest.mark.torture
@settings(max_examples=max(500, settings().max_examples))
@given(data=st.data())
def test_many_acts_of_two_coders_can_be_undone_and_redone(data: st.DataObject) -> None:
    undo_and_redo(data)


def undo_and_redo(data: st.DataObject) -> None:
    """Let two coders act at random, take all of it back in any order, and do it again."""
    with ExitStack() as closing:
        folder = closing.enter_context(tempfile.TemporaryDirectory(dir=memory_folder()))
        desk = Desk(folder, closing)
        start = desk.dump()
        if data.draw(st.sampled_from([True, True, True, False]), label="have worked before"):
            _work(desk)
        _act_at_random(data, desk)
        desk.assert_whole()
        after = desk.dump()
        order = _undo_everything(data, desk)
        desk.assert_whole()
        assert desk.dump() == start
        for coder in reversed(order):
            note(f"redo {coder}")
            redo(desk.projects[coder])
        desk.assert_whole()
        assert desk.dump() == after


def _work(desk: Desk) -> None:
    """Let both coders make some of everything, so that there is something to meet over."""
    for project in desk.projects.values():
        name = project.coder
        document = documents.import_document(
            project, draft(f"{name}'s notes", "Ada: Yes.\n\nBen: No.")
        )
        code = codes.add_code(project, f"{name}'s code", 2)
        cases.add_relation(project, code, 1, "causes")
        cases.set_attribute(project, "year", "1993", document_id=document)
        case = cases.add_case(project, f"{name}'s case")
        cases.assign_case(project, case, document, 0, 3)
        for place in (1, document):
            for coding in codings.add_codings(project, place, 0, 3, [code, 1]):
                memos.add_memo(project, MemoTarget("coding", coding_id=coding), "why")


def _act_at_random(data: st.DataObject, desk: Desk) -> None:
    # A few kinds of acts, drawn anew each time, meet more often than all kinds at once.
    kinds = st.lists(st.sampled_from(sorted(ACT_PLANS)), min_size=1, max_size=6, unique=True)
    names = data.draw(kinds, label="kinds")
    choices = [*names * 6, *["undo"] * (1 + len(names)), "reopen"]
    undone = False
    for _ in range(data.draw(st.integers(5, 25), label="how many")):
        coder = data.draw(st.sampled_from(CODERS), label="who")
        what = data.draw(st.sampled_from([*choices, *["redo"] * (3 * undone)]), label="what")
        undone = what in ("undo", "redo")
        project = desk.projects[coder]
        try:
            if what == "undo":
                undo(project)
            elif what == "redo":
                redo(project)
            elif what == "reopen":
                desk.reopen(coder)
            else:
                ACT_PLANS[what](data.draw, project)
        except QualError as refusal:
            note(f"{coder} {what}: refused: {refusal.message}")
        else:
            note(f"{coder} {what}: {project.last_change.subject if project.last_change else ''}")


def _undo_everything(data: st.DataObject, desk: Desk) -> list[str]:
    """Undo all acts of both in a random order; return who undid, in that order."""
    order: list[str] = []
    if data.draw(st.booleans(), label="on another day"):
        for coder in CODERS:
            desk.reopen(coder)
    while left := [coder for coder in CODERS if desk.standing(coder)]:
        first = data.draw(st.sampled_from(left), label="undo by")
        refusals: list[str] = []
        for coder in sorted(left, key=lambda each: each != first):
            try:
                change = undo(desk.projects[coder])
            except Refused as refusal:
                refusals.append(f"{coder}: {refusal.message}")
                continue
            note(f"undo {coder}: {change.subject}")
            order.append(coder)
            break
        else:
            raise AssertionError(f"nobody can undo: {refusals}")
    for coder in CODERS:
        with suppress(Refused):
            undo(desk.projects[coder])
            raise AssertionError("something was left to undo")
    return order
