"""The packed cut of a passage: where its sentences and words lie.

Layout, little-endian on every machine::

    byte 0      version (1)
    byte 1      width of one offset in bytes (2 or 4)
    bytes 2-5   number of sentences
    bytes 6-9   number of words
    then        start, end of each sentence; start, end of each word

Offsets are code points relative to the start of the passage, half-open.

Nothing is unpacked by ``struct`` or ``array`` on purpose: the search command reads cuts, and both
load other modules, which would cost a fifth of a bare interpreter.
"""

from __future__ import annotations

import sys
from _operator import le, lt

from tui.errors import QualError

# Known to type checkers by its name; importing ``typing`` would cost half an interpreter.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Spans = list[tuple[int, int]]

_VERSION = 1
_HEADER = 10
_SWAP = sys.byteorder == "big"
# The formats of 2 and 4 bytes; "I" is 4 bytes on every machine Python still runs on.
_CODES = {2: "H", 4: "I"}


class Cut:
    """Sentences and words of one passage, relative to its start.

    A plain class: the search command reads cuts and cannot afford to load ``dataclasses``.
    """

    __slots__ = ("sentences", "words")

    def __init__(self, sentences: Spans, words: Spans) -> None:
        self.sentences = sentences
        self.words = words

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Cut)
            and self.sentences == other.sentences
            and self.words == other.words
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Cut(sentences={self.sentences!r}, words={self.words!r})"


def pack_cut(sentences: Sequence[tuple[int, int]], words: Sequence[tuple[int, int]]) -> bytes:
    """Pack spans into a blob.

    Args:
        sentences: half-open spans in code points relative to the passage, sorted, not overlapping.
        words: the same for its words.
    """
    from array import array  # noqa: PLC0415 - who only reads cuts does without

    flat = [offset for span in sentences for offset in span]
    flat += [offset for span in words for offset in span]
    width = 2 if not flat or max(flat) <= 0xFFFF else 4
    counts = len(sentences).to_bytes(4, "little") + len(words).to_bytes(4, "little")
    offsets = array(_CODES[width], flat)
    if _SWAP:
        offsets.byteswap()
    return bytes((_VERSION, width)) + counts + offsets.tobytes()


def read_cut(blob: bytes) -> Cut:
    """Unpack a blob made by :func:`pack_cut`.

    Raises:
        QualError: the blob is damaged or of a newer version.
    """
    offsets, count = _offsets(blob)
    spans = _spans(offsets)
    return Cut(spans[:count], spans[count:])


def read_sentences(blob: bytes) -> Spans:
    """Unpack only the sentences of a blob: what a search needs to widen a hit."""
    offsets, count = _offsets(blob, words=False)
    return _spans(offsets[: 2 * count])


def count_words(blob: bytes) -> int:
    """Return the number of words of a blob, or of its first ten bytes, which say it."""
    return int.from_bytes(blob[6:_HEADER], "little")


def _offsets(blob: bytes, words: bool = True) -> tuple[list[int], int]:
    """Return the offsets as one flat list and the number of sentences in it."""
    if len(blob) < _HEADER:
        raise _damaged("it is too short")
    version, width = blob[0], blob[1]
    sentence_count, word_count = int.from_bytes(blob[2:6], "little"), count_words(blob)
    if version != _VERSION:
        raise _damaged(f"it says version {version}, this program reads {_VERSION}")
    if width not in _CODES:
        raise _damaged(f"its offsets are {width} bytes wide")
    if len(blob) != _HEADER + 2 * width * (sentence_count + word_count):
        raise _damaged("its length does not fit its counts")
    end = len(blob) if words else _HEADER + 2 * width * sentence_count
    if _SWAP:
        read = int.from_bytes
        offsets = [read(blob[at : at + width], "little") for at in range(_HEADER, end, width)]
    else:
        offsets = memoryview(blob)[_HEADER:end].cast("H" if width == 2 else "I").tolist()
    middle = 2 * sentence_count
    if not (_ordered(offsets[:middle]) and _ordered(offsets[middle:])):
        raise _damaged("its spans are out of order")
    return offsets, sentence_count


def _ordered(offsets: list[int]) -> bool:
    """Tell whether spans are sorted, apart from each other and not empty."""
    return all(map(le, offsets, offsets[1:])) and all(map(lt, offsets[::2], offsets[1::2]))


def _spans(offsets: list[int]) -> Spans:
    return list(zip(offsets[::2], offsets[1::2], strict=True))


def _damaged(why: str) -> QualError:
    return QualError(
        f"the stored word and sentence offsets of a passage are damaged: {why}",
        "Run `qual check` to see what else is wrong, and go back to a backup if need be.",
    )
