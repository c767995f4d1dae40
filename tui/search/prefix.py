"""Words that begin with what is being typed, letters wrong or not."""

from __future__ import annotations

from tui.store.index_schema import reachable, script_of
from tui.text.fold import has_digit, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.search.planes import Group
    from tui.search.vocabulary import Vocabulary

MOST = 120
"""Words that one unfinished word may stand for; exact beginnings first, then the shortest."""
_NEAR = 64
_ALL = 1 << 40


def limit_of(start: str) -> int:
    """Return how many letters of a beginning may be wrong."""
    return 0 if len(start) < 4 or has_digit(start) else 1 if len(start) < 7 else 2


def beginning_with(
    start: str, vocabulary: Vocabulary, *, fuzzy: bool = True, every: bool = False
) -> dict[str, float]:
    """Return words that begin with ``start``, with their likeness.

    Args:
        start: a folded beginning.
        vocabulary: where to look.
        fuzzy: letters of it may be wrong.
        every: give all of them, not at most a few hundred.
    """
    if is_paired(start[0]):
        return {}
    limit = limit_of(start) if fuzzy else 0
    room, more = (_ALL, _ALL) if every else (MOST, _NEAR)
    exact: list[str] = []
    # For each number of edits, the words that begin as they should, and those that do not.
    near: list[list[tuple[Group, int]]] = [[] for _ in range(2 * limit)]
    best = 0
    for length, group in vocabulary.groups(len(start) - limit, reachable(script_of(start))):
        if length >= len(start) and len(exact) < room:
            row = group.holding(start, at_start=True, at_end=False)
            exact += group.words(row, room - len(exact)) if row else []
        if best < more and limit:
            first = group.letter(0, start[0])
            for edits, row in enumerate(group.beginning(start, limit)[1:]):
                if row:
                    same = row & first
                    near[2 * edits].append((group, same))
                    near[2 * edits + 1].append((group, row ^ same))
                    # Longer ones with as many edits would come after these.
                    best += 0 if edits else same.bit_count()
    found = {word: 1.0 if word == start else 0.97 for word in exact}
    most = len(found) + more
    for at, rows in enumerate(near):
        likeness = max(0.3, 0.97 - (at // 2 + 1) / len(start))
        for group, row in rows:
            if row and len(found) < most:
                for word in group.words(row, most - len(found)):
                    found.setdefault(word, likeness)
    return found


def is_cut(start: str, found: dict[str, float]) -> bool:
    """Tell whether there may be more words than those that were given."""
    exact = sum(word.startswith(start) for word in found)
    return exact >= MOST or len(found) - exact >= _NEAR
