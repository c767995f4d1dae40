"""How well a text fits a query with joints, and the span of it that is the hit.

The span is the smallest run of whole sentences that holds the words of one way in which the text
fits; a text that fits only for what has no place (a filter, a NOT) is a hit as a whole.
"""

from __future__ import annotations

from bisect import bisect_right

from tui.search.joints import marks_of, narrowest
from tui.search.rank import Judged
from tui.search.worlds import Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.search.joints import Joint, Way
    from tui.search.rank import Unit

_EXACT, _NEAR, _CLOSE, _MORE = 0.8, 0.84, 0.1, 0.1


class Verdict:
    """Judges texts that fit; like :class:`tui.search.rank.Judge`.

    Args:
        root: what holds of them.
        unit: what the span of a hit is.
    """

    def __init__(self, root: Joint, unit: Unit) -> None:
        self._root = root
        self._unit = unit
        self._leaves = root.leaves()

    def prepare(self, texts: list[str]) -> None:
        """Match in one go what takes a process of its own."""
        for leaf in self._leaves:
            leaf.prepare(texts)

    def judge(self, text: str, packed: bytes | None, row: int = 0) -> Judged:
        """Score a text and find its hit.

        Args:
            text: the text.
            packed: its cut; None when it has none.
            row: its number in its place.
        """
        reading = Reading(row, text, packed)
        ways = [way for way in self._root.ways(reading) if way]
        if not ways:
            return Judged(0.0, 0, 0, len(text), [])
        sizes = [self._size(way, reading) for way in ways]
        _, width, start, end, at = min((*size, at) for at, size in enumerate(sizes))
        score = self._score(ways[at], width, reading)
        if self._unit == "paragraph" or (self._unit == "sentence" and packed is None):
            start, end = 0, len(text)
        elif self._unit == "sentence":
            spans = reading.sentences()
            start = min(start, spans[_sentence(spans, start)][0])
            end = max(end, spans[_sentence(spans, end - 1)][1])
        marks = marks_of(self._root.spots(reading), start, end)
        return Judged(score, 0, start, end, marks)

    def _size(self, way: Way, reading: Reading) -> tuple[int, int, int, int]:
        """Return how many sentences and letters a way takes, and where."""
        start, end, _ = narrowest([spots for _, spots in way])
        sentences = 0
        if self._unit == "sentence" and len(reading.sentences()) > 1:
            spans = reading.sentences()
            sentences = _sentence(spans, end - 1) - _sentence(spans, start)
        return sentences, end - start, start, end

    def _score(self, way: Way, width: int, reading: Reading) -> float:
        """Return 0 to 1: likeness by weight, closeness, and how much of the query is there."""
        total = sum(weight for weight, _ in way) or 1.0
        best = [max(spot[2] for spot in spots) for _, spots in way]
        likeness = sum(w * b * b for (w, _), b in zip(way, best, strict=True)) / total
        letters = sum(min(s[1] - s[0] for s in spots) for _, spots in way)
        closeness = min(1.0, (letters + len(way)) / max(width, 1)) if len(way) > 1 else 1.0
        there = sum(bool(reading.places.get(leaf)) for leaf in self._leaves)
        more = there / len(self._leaves) if self._leaves else 1.0
        score = _EXACT * likeness + _CLOSE * closeness + _MORE * more
        return min(score, _NEAR) if min(best) < 1 else score


def _sentence(spans: list[tuple[int, int]], at: int) -> int:
    """Return the number of the sentence that holds a place or begins before it."""
    return max(0, bisect_right(spans, (at, 1 << 62)) - 1)
