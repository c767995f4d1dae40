"""More like this: passages whose words resemble what is coded, and that are not coded yet.

Plain statistics over the search index (see :mod:`tui.search.keyness`), no model: every score can
be recomputed by hand from the words shown beside it. Only the postings of the few weightiest words
are read, never all texts. Nothing is ever coded from here.
"""

from __future__ import annotations

from tui.search.keyness import fewest, key_words, score, weight
from tui.store import lookup
from tui.text.cut import read_sentences
from tui.text.fold import cut, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Callable, Iterable

    from tui.search.keyness import Key

    Tie = tuple[str, float]

_AT_ONCE = 500
_CHECKED_EVERY = 500


class Cancelled(Exception):
    """The comparison was told to stop."""


class Like:
    """One passage that resembles.

    Attributes:
        document_id: its document.
        number: its place in the document (¶).
        passage_id: the passage.
        start: its first code point in the document.
        end: where it ends, exclusive.
        text: its text.
        score: see :func:`tui.search.keyness.score`; higher is better.
        ties: the words that made the score, each with its weight, the weightiest first.
        hits: where those words stand, spans of the document in order; pairs of Han that touch
            are one span.
        codes: keys of the visible codings that share a character with it.
    """

    __slots__ = (
        "_cut",
        "codes",
        "document_id",
        "end",
        "hits",
        "number",
        "passage_id",
        "score",
        "start",
        "text",
        "ties",
    )

    def __init__(self, row: lookup.PassageRow, score: float, ties: list[Tie]) -> None:
        self.passage_id, self.document_id, self.number, self.start, self.end, self.text = row[:6]
        self._cut = row[6]
        self.score = score
        self.ties = ties
        self.hits = _places(self.text, self.start, {word for word, _ in ties})
        self.codes: list[str] = []

    def sentence(self) -> tuple[int, int]:
        """Return the span of the sentence whose words weigh most; the first of several such.

        Each word counts once, whatever its number.
        """
        weights = dict(self.ties)
        spans = read_sentences(self._cut) or [(0, len(self.text))]
        sums = [0.0] * len(spans)
        for at, (start, end) in enumerate(spans):
            found = {token for token in tokens(self.text[start:end]) if token in weights}
            sums[at] = sum(weights[token] for token in found)
        start, end = spans[sums.index(max(sums))]
        return self.start + start, self.start + end

    def words(self) -> list[str]:
        """Return the tying words as this passage writes them, the weightiest first."""
        written: dict[str, str] = {}
        for token, start, end in cut(self.text):
            written.setdefault(token, self.text[start:end])
        return [written.get(word, word) for word, _ in self.ties]


class Resemblance:
    """What a comparison found.

    Attributes:
        keys: the words that were looked for, the weightiest first.
        coded: how many coded passages they come from.
        rest: how many other passages there are.
        total: how many passages share a word and are not left out.
        likes: the best of them, best first.
    """

    __slots__ = ("coded", "keys", "likes", "rest", "total")

    def __init__(self, keys: list[Key], coded: int, rest: int) -> None:
        self.keys = keys
        self.coded = coded
        self.rest = rest
        self.total = 0
        self.likes: list[Like] = []


class Model:
    """What the others are compared with: passages, and the parts of them that count.

    Attributes:
        parts: by passage, the texts of its parts that are coded or selected.
        whole: by passage, its whole text.
        code_ids: the codes that make a passage one that is left out.
    """

    __slots__ = ("code_ids", "parts", "whole")

    def __init__(self, code_ids: Iterable[int]) -> None:
        self.parts: dict[int, list[str]] = {}
        self.whole: dict[int, str] = {}
        self.code_ids = set(code_ids)

    def take(self, rows: Iterable[tuple[int, int, str, int, int]]) -> None:
        """Take in passages: id, start, text, and the span of the document that counts."""
        for number, start, text, first, last in rows:
            self.whole[number] = text
            part = text[max(first - start, 0) : max(last - start, 0)]
            self.parts.setdefault(number, []).append(part)


def like_code(db: Connection, coder: str, code_ids: Iterable[int]) -> Model:
    """Return what is coded with some codes, by the coders that this one sees.

    Args:
        db: a reader.
        coder: whose codings count, with those of the coders they have turned on.
        code_ids: a code, or a branch.
    """
    model = Model(code_ids)
    model.take(lookup.coded_parts(db, lookup.shown_coders(db, coder), model.code_ids))
    return model


def like_span(db: Connection, coder: str, document_id: int, start: int, end: int) -> Model:
    """Return what a span holds; its codes are those that the coder sees on it.

    Args:
        db: a reader.
        coder: whose codings count, with those of the coders they have turned on.
        document_id: the document.
        start: first code point of the span.
        end: the one after its last.
    """
    coder_ids = lookup.shown_coders(db, coder)
    on = lookup.codes_on(db, coder_ids, document_id, start, end)
    model = Model(code_id for code_id, _ in on)
    model.take(
        (number, first, text, start, end)
        for number, first, text in lookup.passages_within(db, document_id, start, end)
    )
    return model


def find_like(
    db: Connection,
    coder: str,
    model: Model,
    *,
    bare: bool = False,
    most: int = 100,
    cancelled: Callable[[], bool] = bool,
) -> Resemblance:
    """Find the passages that resemble a model and are not coded like it.

    Args:
        db: a reader.
        coder: whose codings count, with those of the coders they have turned on.
        model: what they are compared with; its own passages are never found.
        bare: only passages without any coding, not just without the codes of the model.
        most: return so many at most, the best; all are counted.
        cancelled: asked now and then.

    Raises:
        Cancelled: ``cancelled`` was true.
    """
    coder_ids = lookup.shown_coders(db, coder)
    size, chars = lookup.size_of_text(db)
    coded, rest = len(model.whole), size - len(model.whole)
    keys = key_words(_counts(db, model, cancelled), coded, rest) if coded and rest else []
    found = Resemblance(keys, coded, rest)
    left_out = set(model.whole)
    if bare or model.code_ids:
        left_out |= lookup.coded_passages(db, coder_ids, None if bare else model.code_ids)
    shared: dict[int, list[int]] = {}
    for at, key in enumerate(keys):
        _breathe(cancelled)
        for row in lookup.match(db, f'"{key[0]}"'):
            if row not in left_out:
                shared.setdefault(row, []).append(at)
    found.total = len(shared)
    weights = [weight(key) for key in keys]
    best = _best(db, shared, weights, chars / size if size else 0.0, most, cancelled)
    rows = {row[0]: row for row in lookup.passages(db, [number for _, number in best])}
    for value, number in best:
        ties = [(keys[at][0], weights[at]) for at in shared[number]]
        like = Like(rows[number], value, ties)
        place = like.document_id, like.start, like.end
        like.codes = [key for _, key in lookup.codes_on(db, coder_ids, *place)]
        found.likes.append(like)
    return found


def _best(
    db: Connection,
    shared: dict[int, list[int]],
    weights: list[float],
    average: float,
    most: int,
    cancelled: Callable[[], bool],
) -> list[tuple[float, int]]:
    """Return score and id of the passages with the best scores, best first."""
    total = sum(weights)
    rows = sorted(shared, key=lambda row: (-sum(weights[at] for at in shared[row]), row))
    scored: list[tuple[float, int]] = []
    for first in range(0, len(rows), _AT_ONCE):
        _breathe(cancelled)
        some = rows[first : first + _AT_ONCE]
        # The sums only fall from here on, and no passage is shorter than nothing.
        highest = score([weights[at] for at in shared[some[0]]], total, 0, average)
        if len(scored) == most and -scored[-1][0] > highest:
            break
        for row, length in lookup.lengths(db, some):
            value = score([weights[at] for at in shared[row]], total, length, average)
            scored.append((-value, row))
        scored = sorted(scored)[:most]
    return [(-value, row) for value, row in scored]


def _counts(
    db: Connection, model: Model, cancelled: Callable[[], bool]
) -> Iterable[tuple[str, int, int]]:
    """Yield each word of the coded parts with the coded and the other passages that have it."""
    inside: dict[str, int] = {}
    around: dict[str, int] = {}
    for number, text in model.whole.items():
        _breathe(cancelled)
        for word in {token for part in model.parts[number] for token in tokens(part)}:
            inside[word] = inside.get(word, 0) + 1
        for word in set(tokens(text)):
            around[word] = around.get(word, 0) + 1
    least = fewest(len(model.whole))
    memos = lookup.has_memos(db)
    for at, (word, count) in enumerate(inside.items()):
        if at % _CHECKED_EVERY == 0:
            _breathe(cancelled)
        if count < least:
            continue
        held = lookup.frequency(db, word)
        if memos and held:
            held -= len(lookup.match_memos(db, f'"{word}"'))
        # An edge inside a word leaves a piece that no passage has: it ties nothing.
        yield word, count, max(held - around.get(word, 0), 0)


def _breathe(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _places(text: str, base: int, words: set[str]) -> list[tuple[int, int]]:
    """Return where words stand, as spans of the document; those that overlap are joined."""
    spans: list[tuple[int, int]] = []
    for token, start, end in cut(text):
        if token not in words:
            continue
        if spans and base + start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], base + end))
        else:
            spans.append((base + start, base + end))
    return spans
