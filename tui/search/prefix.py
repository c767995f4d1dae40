"""Words that begin with what is being typed, letters wrong or not."""

from __future__ import annotations

from tui.store.index_schema import reachable, script_of
from tui.text.fold import has_digit, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.search.planes import Group
    from tui.search.vocabulary import Vocabulary

MOST = 200
"""Words that one unfinished word may stand for; exact beginnings first, then the shortest."""
_NEAR = 64


def beginning_with(start: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Return words that begin with ``start`` with their likeness, at most a few hundred."""
    if is_paired(start[0]):
        return {}
    limit = 0 if len(start) < 4 or has_digit(start) else 1 if len(start) < 7 else 2
    exact: list[str] = []
    near: list[list[tuple[Group, int]]] = [[] for _ in range(limit + 1)]
    for length, group in vocabulary.groups(len(start) - limit, reachable(script_of(start))):
        if length >= len(start) and len(exact) < MOST:
            exact += group.words(group.holding(start, at_start=True, at_end=False))
        if limit:
            for edits, row in enumerate(group.beginning(start, limit)):
                if row:
                    near[edits].append((group, row))
    found = {word: 1.0 if word == start else 0.97 for word in exact[:MOST]}
    most = len(found) + _NEAR
    for edits, rows in enumerate(near):
        if len(found) < most:
            words = [word for group, row in rows for word in group.words(row) if word not in found]
            words.sort(key=lambda word: (word[0] != start[0], len(word)))
            likeness = max(0.3, 0.97 - edits / len(start))
            found.update(dict.fromkeys(words[: most - len(found)], likeness))
    return found
