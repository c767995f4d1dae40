"""Edges of a focused coding in the pane: what is drawn while they move, and after they are back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.document.samples import INTERVIEW, codes, document_text, documents
from tui.app.document.edges import EDGE_MOTIONS
from tui.app.document.motions import MOTIONS, CannotMove
from tui.app.document.pane import Pane
from tui.app.document.text_source import DocumentText

TALK = document_text(INTERVIEW)
R07 = TALK.span(2)[0]


def pane_of(text: DocumentText, codings: list[tuple[int, int]]) -> Pane:
    """Return a pane on a document with codings of codes 1, 2, …"""
    pane = Pane()
    pane.open(text, [(a, b, n, 1, n) for n, (a, b) in enumerate(codings, 1)], None)
    pane.set_codes(codes())
    pane.lay_out(60, 12, 80)
    return pane


def ends(pane: Pane) -> int | None:
    """Return where the focused coding ends."""
    return None if pane.focused is None else pane.focused.end


def moving(pane: Pane) -> bool:
    """Tell whether edges are on their way."""
    return pane.edges is not None


def test_a_coding_stretches_over_passages_by_the_keys_of_the_selection() -> None:
    pane = pane_of(TALK, [(R07, R07 + 4)])
    pane.focus(1)
    for motion, expected in [
        ("extend_word_next", "R07: I"),
        ("nudge_right", "R07: I "),
        ("nudge_left", "R07: I"),
        ("grow", "R07: I mark until eleven most nights,"),
        ("shrink", "R07: I"),
        ("extend_next", TALK.passage(2).text[: TALK.passage(2).sentences[0][1]]),
    ]:
        pane.move_edges(motion)
        assert pane.focused is not None
        assert TALK.slice(pane.focused.start, pane.focused.end) == expected
    pane.move_edges("swap_end")
    pane.move_edges("extend_prev")
    assert pane.focused is not None
    assert pane.focused.start == TALK.span(1)[0]
    assert pane.codings.get(1) == pane.focused


def test_edges_survive_what_leaves_the_place_alone_and_yield_to_what_moves_it() -> None:
    pane = pane_of(TALK, [(R07, R07 + 4), (R07, R07 + 9)])
    pane.focus(1)
    pane.move_edges("extend_word_next")
    pane.add((R07, R07 + 4, 3, 1, 1))
    assert pane.focused is not None and moving(pane)
    assert (pane.focused.code_id, pane.focused.end) == (3, R07 + 6)
    pane.set_codings([(R07, R07 + 4, 2, 1, 1)])
    assert pane.focused is not None
    assert (pane.focused.code_id, pane.focused.end) == (2, R07 + 6)
    pane.add((R07, R07 + 11, 2, 1, 1))
    assert (moving(pane), ends(pane)) == (False, R07 + 11)
    pane.move_edges("extend_word_next")
    pane.remove(1)
    assert (moving(pane), ends(pane)) == (False, None)


def test_going_elsewhere_ends_the_focus_and_puts_edges_back() -> None:
    pane = pane_of(TALK, [(R07, R07 + 4)])
    pane.focus(1)
    pane.move_edges("extend_word_next")
    pane.move("next")
    assert (moving(pane), ends(pane)) == (False, None)
    found = pane.codings.get(1)
    assert found is not None and found.end == R07 + 4
    with pytest.raises(CannotMove):
        pane.move_edges("extend_next")


@given(documents(), st.data())
def test_whatever_is_done_with_edges_esc_draws_the_rows_as_they_were(
    text: DocumentText, data: st.DataObject
) -> None:
    place = st.integers(0, text.end - 1)
    spans = data.draw(st.lists(st.tuples(place, place), min_size=1, max_size=6))
    pane = pane_of(text, [(min(pair), max(pair) + 1) for pair in spans])
    pane.focus(data.draw(st.integers(1, len(spans))))
    before, top = pane.looks(), pane.top
    for motion in data.draw(st.lists(st.sampled_from(sorted(EDGE_MOTIONS)), max_size=12)):
        try:
            pane.move_edges(motion)
        except CannotMove as refusal:
            assert str(refusal)
        pane.looks()
        edges, focused = pane.edges, pane.focused
        assert focused is not None
        if edges is not None:
            assert 0 <= edges.at.start < edges.at.end <= text.end
            assert focused == edges.coding == pane.codings.get(focused.id)
    pane.put_edges_back()
    if pane.top == top:
        assert pane.looks() == before
    assert {coding.id: coding[:2] for coding in pane.codings.overlapping(0, text.end + 1)} == {
        number: (min(pair), max(pair) + 1) for number, pair in enumerate(spans, 1)
    }


def test_every_motion_is_one_of_the_selection() -> None:
    assert set(MOTIONS) >= EDGE_MOTIONS
