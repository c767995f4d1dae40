"""A decision on a disagreement changes the acting coder's own codings, never another's."""

from __future__ import annotations

import pytest

from tests.conftest import Opener
from tui.errors import Refused
from tui.model.memo import MemoTarget
from tui.project.check import canonical_dump, check
from tui.project.edits.agreement import decide
from tui.project.edits.codes import delete_code, merge_codes
from tui.project.edits.codings import add_codings
from tui.project.edits.memos import add_memo
from tui.project.edits.readings import hide_coders, show_coders
from tui.project.project import Project
from tui.project.undo import undo
from tui.store.codings import list_codings, read_coding
from tui.store.decisions import read_decisions

Spans = list[tuple[int, int]]


def spans_of(project: Project, coder_id: int, code_id: int = 4) -> Spans:
    found = list_codings(project.db, coder_ids=[coder_id], code_ids=[code_id])
    return [(coding.start, coding.end) for coding in found]


@pytest.fixture
def two(open_tiny: Opener) -> tuple[Project, Project]:
    """Give ann and zoe, who both gave Weather in letter, with other edges; ann sees zoe's."""
    ann, zoe = open_tiny("ann"), open_tiny("zoe")
    add_codings(ann, 1, 0, 24, [4])
    add_codings(zoe, 1, 10, 52, [4])
    show_coders(ann, ["zoe"])
    return ann, zoe


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("first", [(0, 24)]),
        ("second", [(10, 52)]),
        ("edges", [(10, 52)]),
        ("both", [(0, 52)]),
        ("neither", []),
        ("later", [(0, 24)]),
    ],
)
def test_a_verdict_is_what_ones_own_codings_become(
    two: tuple[Project, Project], verdict: str, expected: Spans
) -> None:
    ann, zoe = two
    before = list(canonical_dump(ann.db))
    coders = (ann.coder_id, zoe.coder_id)
    changed = decide(ann, 1, 0, 52, 4, coders, verdict)  # type: ignore[arg-type]
    assert spans_of(ann, ann.coder_id) == expected and changed == (expected != [(0, 24)])
    assert spans_of(ann, zoe.coder_id) == [(10, 52)], "another's codings stay as they are"
    (kept,) = read_decisions(ann.db, ann.coder_id, *coders)
    assert kept.verdict == verdict and (kept.start, kept.end) == (0, 52)
    assert not [wrong for _, wrong in check(ann.db) if wrong]
    undo(ann)
    assert list(canonical_dump(ann.db)) == before, "codings and decision are one step"


def test_a_third_coder_makes_their_own_codings_of_it(
    two: tuple[Project, Project], open_tiny: Opener
) -> None:
    ann, zoe = two
    kim = open_tiny("kim")
    with pytest.raises(Refused, match="whose codings you see"):
        decide(kim, 1, 0, 52, 4, (ann.coder_id, zoe.coder_id), "first")
    show_coders(kim, ["ann", "zoe"])
    decide(kim, 1, 0, 52, 4, (ann.coder_id, zoe.coder_id), "second")
    assert spans_of(kim, kim.coder_id) == [(10, 52)]
    decide(kim, 1, 0, 52, 4, (zoe.coder_id, ann.coder_id), "second")
    assert spans_of(kim, kim.coder_id) == [(0, 24)]
    (kept,) = read_decisions(kim.db, kim.coder_id, ann.coder_id, zoe.coder_id)
    assert kept.verdict == "first", "the later decision stands, told in the order asked for"
    with pytest.raises(Refused, match="Neither of these codings is yours"):
        decide(kim, 1, 0, 52, 4, (ann.coder_id, zoe.coder_id), "edges")
    hide_coders(kim, ["zoe"])
    assert spans_of(kim, ann.coder_id) == [(0, 24)]


def test_a_coding_that_moves_keeps_its_memo_and_one_with_anothers_memo_stays(
    two: tuple[Project, Project],
) -> None:
    ann, zoe = two
    coders = (ann.coder_id, zoe.coder_id)
    mine = list_codings(ann.db, coder_ids=[ann.coder_id], code_ids=[4])[0]
    add_memo(zoe, MemoTarget("coding", coding_id=mine.id), "are you sure?")
    decide(ann, 1, 0, 52, 4, coders, "second")
    moved = read_coding(ann.db, mine.id)
    assert moved is not None and (moved.start, moved.end) == (10, 52)
    with pytest.raises(Refused, match="Another coder has written a memo"):
        decide(ann, 1, 0, 52, 4, coders, "neither")
    assert spans_of(ann, ann.coder_id) == [(10, 52)]


def test_what_is_no_longer_there_is_not_decided(two: tuple[Project, Project]) -> None:
    ann, zoe = two
    coders = (ann.coder_id, zoe.coder_id)
    with pytest.raises(Refused, match="Nobody of the two"):
        decide(ann, 1, 54, 60, 4, coders, "both")
    with pytest.raises(Refused, match="no other edges"):
        decide(ann, 1, 0, 9, 4, coders, "edges")


def test_decisions_follow_a_merged_code_and_hold_back_its_deletion(
    two: tuple[Project, Project],
) -> None:
    ann, zoe = two
    coders = (ann.coder_id, zoe.coder_id)
    show_coders(zoe, ["ann"])
    decide(zoe, 1, 0, 52, 4, coders, "later")
    merge_codes(ann, 4, 2)
    (kept,) = read_decisions(zoe.db, zoe.coder_id, *coders)
    assert kept.code_id == 2
    undo(ann)
    with pytest.raises(Refused):
        delete_code(ann, 4)
