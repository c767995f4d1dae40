"""Words that begin with what is being typed, letters wrong or not; for the warm engine only."""

from __future__ import annotations

from tui.store.index_schema import CLASSES, OTHER, script_of
from tui.text.fold import has_digit, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.search.vocabulary import Vocabulary

MOST = 200
"""Words that one unfinished word may stand for; exact beginnings first, then the shortest."""
_NEAR = 64


def beginning_with(start: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Return words that begin with ``start`` with their likeness, at most a few hundred."""
    if is_paired(start[0]):
        return {}
    script = script_of(start)
    exact: list[str] = []
    limit = 0 if len(start) < 4 or has_digit(start) else 1 if len(start) < 7 else 2
    classes = {ord(char) % CLASSES for char in start}
    candidates: list[str] = []
    for group, length in vocabulary.groups():
        if group not in (script, OTHER) or length < len(start) - limit:
            continue
        for part in vocabulary.parts(group, length):
            if length >= len(start) and len(exact) < MOST:
                exact += part.holding(start, at_start=True, at_end=False)
            if limit:
                candidates += part.beginning_near(start, classes, limit)
    near = _near(start, candidates, limit) if limit else {}
    found = {word: 1.0 if word == start else 0.97 for word in exact[:MOST]}
    rest = sorted(
        (word for word in near if word not in found),
        key=lambda word: (near[word], word[0] != start[0], len(word)),
    )
    for word in rest[:_NEAR]:
        found[word] = max(0.3, 0.97 - near[word] / len(start))
    return found


def _near(start: str, words: list[str], limit: int) -> dict[str, int]:
    """Return the words whose beginning is within ``limit`` edits of ``start``."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - takes longer than most searches
    from rapidfuzz.process import extract  # noqa: PLC0415

    near: dict[str, int] = {}
    for size in range(len(start) - 1, len(start) + 2):
        heads = [word[:size] for word in words]
        matches = extract(start, heads, scorer=OSA.distance, score_cutoff=limit, limit=None)
        for _, edits, at in matches:
            word = words[at]
            if edits < near.get(word, 3):
                near[word] = int(edits)
    return near
