"""From codings to tables of agreement: units as one line of numbers, codings as runs on it.

A text is never walked unit by unit. The units of a document are numbered; what a coder coded is a
few runs of numbers, and a sweep over the edges of the runs gives stretches in which nobody's mind
changes. So a megabyte costs what its codings cost.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, combinations
from typing import Final, Literal, NamedTuple, get_args

from tui.analysis.agreement import Agreed, Spread, TwoByTwo
from tui.analysis.spans import Pair, intersect, unite

Unit = Literal["characters", "sentences", "paragraphs", "documents"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)


class Axis:
    """The units of a text in their order, as numbers from 0.

    Args:
        spans: sorted, apart from each other, not empty: units, or stretches of characters.
        by_character: every character of the spans is a unit; else each span is one.
    """

    def __init__(self, spans: Sequence[Pair], *, by_character: bool) -> None:
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        sizes = (end - start for start, end in spans) if by_character else (1 for _ in spans)
        self.before = [0, *accumulate(sizes)]
        """Units before each span; at the end all of them."""
        self.by_character = by_character

    @property
    def size(self) -> int:
        """How many units there are."""
        return self.before[-1]

    def run(self, start: int, end: int) -> Pair:
        """Return the units that share a character with a span, half-open; empty where none does."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end) - 1
        if first > last:
            return self.before[first], self.before[first]
        if not self.by_character:
            return first, last + 1
        low = self.before[first] + max(0, start - self.starts[first])
        return low, self.before[last] + min(end, self.ends[last]) - self.starts[last]

    def span(self, first: int, after: int) -> Pair:
        """Return the characters of a run of units, from the first one's start to the last's end."""
        low = bisect_right(self.before, first) - 1
        high = bisect_left(self.before, after) - 1
        if not self.by_character:
            return self.starts[low], self.ends[high]
        return (
            self.starts[low] + first - self.before[low],
            self.starts[high] + after - self.before[high],
        )


class Read(NamedTuple):
    """A stretch of text and who has read it."""

    start: int
    end: int
    readers: int
    """Bit n stands for the nth coder."""
    sentences: Sequence[Pair] = ()
    is_heading: bool = False


class Piece(NamedTuple):
    """A run of units that the same coders have read and the same of them coded."""

    start: int
    end: int
    readers: int
    coded: int


class Ground:
    """What is compared of one document: its units, and who has read them.

    Args:
        passages: in order, not empty.
        unit: what is counted. Of documents the whole text is one unit; it is read where coders
            have read the same passages, and coded where they coded anything there.
    """

    def __init__(self, passages: Sequence[Read], unit: Unit) -> None:
        self.unit = unit
        if unit == "sentences":
            spans = [each for passage in passages for each in passage.sentences]
        else:
            spans = [(passage.start, passage.end) for passage in passages]
        self.axis = Axis(spans, by_character=unit == "characters")
        self.blocks = [self.axis.run(passage.start, passage.end) for passage in passages]
        """The units of each passage."""
        self._starts = [start for start, _ in self.blocks]
        self.readers: list[Piece] = []
        """Runs of units with the same two readers or more."""
        for (start, end), passage in zip(self.blocks, passages, strict=True):
            last = self.readers[-1] if self.readers else None
            if start == end or passage.readers.bit_count() < 2:
                continue
            if last and last.end == start and last.readers == passage.readers:
                self.readers[-1] = last._replace(end=end)
            else:
                self.readers.append(Piece(start, end, passage.readers, 0))
        self._ends = [piece.end for piece in self.readers]

    def runs(self, spans: Iterable[Pair]) -> list[Pair]:
        """Return the units that a coder's spans touch, united."""
        found = (self.axis.run(start, end) for start, end in spans)
        return unite(run for run in found if run[0] < run[1])

    def pieces(self, coded: Mapping[int, Sequence[Pair]]) -> Iterator[Piece]:
        """Yield the runs of units that anybody coded, in order, where two or more have read.

        Args:
            coded: the united runs of each coder who coded, by the coder's place in the list.
        """
        edges: list[tuple[int, int]] = []
        for coder, runs in coded.items():
            for start, end in runs:
                edges.append((start, 1 << coder))
                edges.append((end, 1 << coder))
        edges.sort()
        since = state = 0
        for at, bit in edges:
            if state and at > since:
                yield from self._read(since, at, state)
            state ^= bit
            since = at

    def read_between(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the runs between two units that two or more have read, with their readers."""
        return self._read(start, end, -1)

    def _read(self, start: int, end: int, state: int) -> Iterator[Piece]:
        at = bisect_right(self._ends, start)
        while at < len(self.readers) and self.readers[at].start < end:
            low, high, readers, _ = self.readers[at]
            if state & readers:
                yield Piece(max(start, low), min(end, high), readers, state & readers)
            at += 1

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span of the text touches a unit that two have read."""
        run = self.axis.run(start, end)
        return run[0] < run[1] and next(self._read(*run, -1), None) is not None

    def common(self, mask: int) -> int:
        """Return how many units all the coders of a mask have read."""
        return sum(end - start for start, end, who, _ in self.readers if who & mask == mask)

    def shared(self, mask: int) -> list[Pair]:
        """Return the units that all the coders of a mask have read, as united runs."""
        return unite((start, end) for start, end, who, _ in self.readers if who & mask == mask)

    def by_block(self, pieces: Iterable[Piece]) -> dict[int, tuple[float, int]]:
        """Return (split, marked) of each passage where anybody coded; see ``Spread``."""
        found: dict[int, tuple[float, int]] = {}
        for start, end, readers, coded in pieces:
            many, some = readers.bit_count(), coded.bit_count()
            each = 2 * some * (many - some) / (many - 1)
            at = bisect_right(self._starts, start) - 1
            while at < len(self.blocks) and self.blocks[at][0] < end:
                low, high = self.blocks[at]
                size = min(end, high) - max(start, low)
                if size > 0:
                    split, marked = found.get(at, (0.0, 0))
                    found[at] = split + each * size, marked + some * size
                at += 1
        return found

    def values_by_block(self) -> dict[int, int]:
        """Return how many values (units times readers) each passage gives that two have read."""
        found: dict[int, int] = {}
        for start, end, readers, _ in self.readers:
            at = bisect_right(self._starts, start) - 1
            while at < len(self.blocks) and self.blocks[at][0] < end:
                low, high = self.blocks[at]
                if high > low:
                    found[at] = (high - low) * readers.bit_count()
                at += 1
        return found


def count(ground: Ground, pieces: Sequence[Piece], coders: int) -> Agreed:
    """Return how coders agreed about one code in one document.

    Args:
        ground: the document.
        pieces: what they coded, from ``Ground.pieces``.
        coders: how many are compared.
    """
    if ground.unit == "documents":
        return _whole(ground, pieces, coders)
    pairs = []
    for first, second in combinations(range(coders), 2):
        one, other = 1 << first, 1 << second
        mask = one | other
        counts = {mask: 0, one: 0, other: 0, 0: 0}
        for start, end, readers, coded in pieces:
            if readers & mask == mask:
                counts[coded & mask] += end - start
        used = counts[mask] + counts[one] + counts[other]
        neither = ground.common(mask) - used
        pairs.append(TwoByTwo(counts[mask], counts[one], counts[other], neither))
    values = sum((end - start) * who.bit_count() for start, end, who, _ in ground.readers)
    marked, split = 0, 0.0
    for start, end, readers, coded in pieces:
        many, some = readers.bit_count(), coded.bit_count()
        marked += some * (end - start)
        split += 2 * some * (many - some) / (many - 1) * (end - start)
    return Agreed(tuple(pairs), Spread(values, marked, split))


def _whole(ground: Ground, pieces: Sequence[Piece], coders: int) -> Agreed:
    """Count a document as one unit."""
    pairs = []
    for first, second in combinations(range(coders), 2):
        one, other = 1 << first, 1 << second
        mask = one | other
        if not ground.common(mask):
            pairs.append(TwoByTwo())
            continue
        coded = 0
        for piece in pieces:
            if piece.readers & mask == mask:
                coded |= piece.coded & mask
        pairs.append(
            TwoByTwo(int(coded == mask), int(coded == one), int(coded == other), int(not coded))
        )
    readers = coded = 0
    for piece in ground.readers:
        readers |= piece.readers
    for piece in pieces:
        coded |= piece.coded
    many, some = readers.bit_count(), coded.bit_count()
    if many < 2:
        return Agreed(tuple(pairs), Spread())
    return Agreed(tuple(pairs), Spread(many, some, 2 * some * (many - some) / (many - 1)))


def within(passages: Iterable[Read], parts: Sequence[Pair] | None) -> list[Read]:
    """Return passages cut to parts of the text.

    Args:
        passages: in order.
        parts: united spans; None for the whole text.
    """
    if parts is None:
        return list(passages)
    found = []
    for passage in passages:
        for low, high in intersect([(passage.start, passage.end)], parts):
            inside = intersect(passage.sentences, [(low, high)])
            found.append(passage._replace(start=low, end=high, sentences=inside))
    return found
