"""The text of an open document: where its passages lie, their text on demand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from tui.app.document.cells import without_loose_joiners
from tui.app.document.passage_table import PassageTable, WholeTable
from tui.model.document import Passage, PassageKind
from tui.text.clauses import find_clauses
from tui.text.cut import read_cut
from tui.text.safe import make_visible

Fetch = Callable[[int, int], Sequence[Passage]]
"""Takes the first and the last passage number (both inclusive), returns those passages in order."""
Spans = Sequence[tuple[int, int]]

_BLOCK_PASSAGES = 32
_BLOCK_CHARS = 32_768
_KEPT_CHARS = 1_000_000
_KEPT_PASSAGES = 4_096


class LoadedPassage:
    """One passage in memory; offsets of sentences and words are relative to ``start``."""

    __slots__ = (
        "_clauses",
        "_cut",
        "_spans",
        "end",
        "gap",
        "kind",
        "number",
        "shown",
        "start",
        "text",
    )

    def __init__(self, passage: Passage) -> None:
        self.number = passage.number
        self.start = passage.start
        self.end = passage.end
        self.kind: PassageKind = passage.kind
        self.text = passage.text
        self.gap = passage.gap
        self.shown = without_loose_joiners(make_visible(passage.text, tabs=True))
        """What is drawn: as long as ``text``, nothing in it acts on a terminal."""
        self._cut = passage.cut
        self._spans: tuple[Spans, Spans] | None = None
        self._clauses: Spans | None = None

    @property
    def sentences(self) -> Spans:
        """Its sentences; a passage in which none was found is one sentence."""
        return (self._spans or self._read())[0]

    @property
    def clauses(self) -> Spans:
        """The parts of its sentences, found when they are first asked for."""
        if self._clauses is None:
            self._clauses = find_clauses(self.text, self.sentences, self.words)
        return self._clauses

    @property
    def words(self) -> Spans:
        """Its words; where there is none (a line of stars), its sentences."""
        return (self._spans or self._read())[1]

    def _read(self) -> tuple[Spans, Spans]:
        length = len(self.text)
        cut = read_cut(self._cut)
        whole: Spans = [(0, length)] if length else []
        sentences = [span for span in cut.sentences if span[0] < span[1] <= length] or whole
        words = [span for span in cut.words if span[0] < span[1] <= length] or sentences
        self._spans = (sentences, words)
        return self._spans


class DocumentText:
    """The passages of one document, by place: 0 for the first, whose number is 1.

    Args:
        table: where they lie.
        fetch: gives passages by number; called with a short range when text is needed.
    """

    def __init__(self, table: PassageTable, fetch: Fetch) -> None:
        self._table = table
        self._count = len(table)
        self._fetch = fetch
        self._kept: OrderedDict[int, LoadedPassage] = OrderedDict()
        self._kept_chars = 0
        self.span: Callable[[int], tuple[int, int]] = table.span
        """Returns the span of the passage at a place without loading it."""
        self.place_of: Callable[[int], int] = table.place_of
        """Returns the place of the passage that holds an offset, or of the last one before it.

        Before the first passage: 0. The document must have a passage.
        """

    @classmethod
    def from_table(cls, rows: Iterable[tuple[int, int, int]], fetch: Fetch) -> DocumentText:
        """Make one from ``(number, start, end)`` rows in order of number."""
        known = list(rows)
        table = WholeTable((start for _, start, _ in known), (end for _, _, end in known))
        return cls(table, fetch)

    @classmethod
    def from_passages(cls, passages: Sequence[Passage]) -> DocumentText:
        """Make one from passages already in memory."""
        return cls.from_table(
            ((passage.number, passage.start, passage.end) for passage in passages),
            lambda first, last: passages[first - 1 : last],
        )

    def __len__(self) -> int:
        return self._count

    @property
    def end(self) -> int:
        """Where the last passage ends; 0 in an empty document."""
        return self.span(self._count - 1)[1] if self._count else 0

    def passage(self, place: int) -> LoadedPassage:
        """Return the passage at ``place``, loading it and its neighbours when it is not there."""
        loaded = self._kept.get(place)
        if loaded is None:
            return self._load(place)
        self._kept.move_to_end(place)
        return loaded

    def slice(self, start: int, end: int) -> str:
        """Return the stored text of ``[start, end)``, as far as it lies after the first passage
        has begun.
        """
        parts: list[str] = []
        place = self.place_of(start) if len(self) else 0
        while place < len(self) and self.span(place)[0] < end:
            loaded = self.passage(place)
            whole = loaded.text + loaded.gap
            parts.append(whole[max(0, start - loaded.start) : end - loaded.start])
            place += 1
        return "".join(parts)

    def _load(self, place: int) -> LoadedPassage:
        """Fetch a block: backwards too, because k and Page Up come from below."""
        first = last = place
        budget = _BLOCK_CHARS - self._length(place)
        while last - first + 1 < _BLOCK_PASSAGES and budget > 0:
            grown = False
            for side, step in ((last + 1, 1), (first - 1, -1)):
                if not 0 <= side < len(self) or side in self._kept:
                    continue
                budget -= self._length(side)
                if budget > 0:
                    first, last = (first, side) if step > 0 else (side, last)
                    grown = True
            if not grown:
                break
        for passage in self._fetch(first + 1, last + 1):
            self._keep(LoadedPassage(passage))
        self._kept.move_to_end(place)
        self._drop_oldest()
        return self._kept[place]

    def _length(self, place: int) -> int:
        start, end = self.span(place)
        return end - start

    def _keep(self, loaded: LoadedPassage) -> None:
        self._kept[loaded.number - 1] = loaded
        self._kept_chars += len(loaded.text)

    def _drop_oldest(self) -> None:
        while len(self._kept) > 1 and (
            self._kept_chars > _KEPT_CHARS or len(self._kept) > _KEPT_PASSAGES
        ):
            _, dropped = self._kept.popitem(last=False)
            self._kept_chars -= len(dropped.text)
