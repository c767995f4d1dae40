"""How many letters are wrong: optimal string alignment distance, bounded.

An edit inserts, deletes or replaces a letter, or swaps two that stand side by side; no letter is
edited twice. The vocabulary is measured by :mod:`tui.search.planes`; plain Python serves single
words, and for lists of names :func:`compiled` is worth its loading time.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def allowed(word: str) -> int:
    """Return how many letters of a folded query word may be wrong: 0, 1 or 2."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2


def distance(one: str, two: str, limit: int) -> int:
    """Return the distance of two words; ``limit`` + 1 when it is more than ``limit`` (0 to 2)."""
    if one == two:
        return 0
    if len(one) > len(two):
        one, two = two, one
    longer = len(two) - len(one)
    if longer > limit or limit == 0:
        return limit + 1
    at = _first_difference(one, two)
    if limit == 1:
        return 1 if _within_one(one, two, at, longer) else 2
    if longer < 2 and _within_one(one, two, at, longer):
        return 1
    return 2 if _within_two(one[at:], two[at:], longer) else 3


def _first_difference(one: str, two: str) -> int:
    """Return where the first letters differ; the end of ``one`` when it begins ``two``."""
    at, size = 0, len(one)
    while at < size and one[at] == two[at]:
        at += 1
    return at


def _within_one(one: str, two: str, at: int, longer: int) -> bool:
    """Tell whether one edit at the first difference is enough; ``two`` is 0 or 1 longer."""
    if longer:
        return one[at:] == two[at + 1 :]
    rest = one[at + 1 :]
    if rest == two[at + 1 :]:
        return True
    return rest[:1] == two[at] and one[at] == two[at + 1] and rest[1:] == two[at + 2 :]


def _near(one: str, two: str) -> bool:
    """Tell whether at most one edit lies between two words."""
    if one == two:
        return True
    if len(one) > len(two):
        one, two = two, one
    longer = len(two) - len(one)
    return longer < 2 and _within_one(one, two, _first_difference(one, two), longer)


def _within_two(one: str, two: str, longer: int) -> bool:
    """Tell whether two edits are enough for words whose first letters differ.

    Equal letters before them never take part in the edits of a best alignment, so one of the edits
    is at the front: try each kind. ``two`` is ``longer`` (0 to 2) letters longer.
    """
    if _near(one, two[1:]):
        return True
    if longer == 2 or not one:
        return False
    if _near(one[1:], two[1:]):
        return True
    if longer == 0 and _near(one[1:], two):
        return True
    return one[:1] == two[1:2] and one[1:2] == two[:1] and _near(one[2:], two[2:])


def compiled() -> Callable[..., int]:
    """Return rapidfuzz's compiled distance; takes both words and ``score_cutoff``."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - takes longer than most searches

    return OSA.distance
