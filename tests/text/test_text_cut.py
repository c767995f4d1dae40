from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import QualError
from tui.text.cut import Cut, pack_cut, read_cut, read_sentences


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    steps = draw(st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 9000)), max_size=20))
    found, at = [], 0
    for gap, length in steps:
        found.append((at + gap, at + gap + length))
        at += gap + length
    return found


@given(spans(), spans())
def test_a_cut_comes_back_as_it_was_packed(
    sentences: list[tuple[int, int]], words: list[tuple[int, int]]
) -> None:
    blob = pack_cut(sentences, words)
    assert read_cut(blob) == Cut(sentences, words)
    assert read_sentences(blob) == sentences


def test_small_offsets_take_two_bytes_and_large_ones_four() -> None:
    assert len(pack_cut([(0, 9)], [(0, 65535)])) == 10 + 8
    assert len(pack_cut([(0, 9)], [(0, 65536)])) == 10 + 16


def test_the_blob_is_little_endian_and_carries_its_version() -> None:
    assert pack_cut([(0, 258)], []) == b"\x01\x02\x01\0\0\0\0\0\0\0" + b"\0\0\x02\x01"


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\x01\x02",
        pack_cut([(0, 3)], [(0, 1)])[:-1],
        pack_cut([(0, 3)], [(0, 1)]) + b"\0",
        b"\x02" + pack_cut([(0, 3)], [])[1:],
        b"\x01\x03" + pack_cut([(0, 3)], [])[2:],
        pack_cut([(3, 0)], []),
        pack_cut([(0, 5), (3, 9)], []),
        pack_cut([], [(2, 2)]),
    ],
)
def test_a_damaged_blob_is_refused_in_words(blob: bytes) -> None:
    with pytest.raises(QualError) as caught:
        read_cut(blob)
    assert "damaged" in caught.value.message
    assert "qual check" in caught.value.hint


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(blob: bytes) -> None:
    try:
        cut = read_cut(blob)
    except QualError:
        return
    assert pack_cut(cut.sentences, cut.words)
