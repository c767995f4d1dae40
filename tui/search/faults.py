"""What is said of signs and filters in a query that mean nothing there; loaded to look for them."""

from __future__ import annotations

from tui.search.query import OPEN_FROM, QueryError
from tui.text.fold import cut, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_MEANT = {
    "document": "doc:",
    "documents": "doc:",
    "file": "doc:",
    "tag": "code:",
    "tags": "code:",
    "label": "code:",
    "user": "coder:",
    "language": "stem:",
    "lang": "stem:",
    "memo": "in:memos and not memo:",
    "memos": "in:memos and not memos:",
}
"""The filter that was meant by another program's name for it."""


def unknown_filter(source: str, at: int, name: str, value: str, near: Sequence[str]) -> QueryError:
    """Return the error for what looks like a filter and is none.

    Args:
        source: the query.
        at: where it begins.
        name: what stands before the colon.
        value: what follows it.
        near: filters with a name like it.
    """
    meant = f"{near[0]}:" if near else _MEANT.get(name.lower(), "")
    if meant:
        way = f"Write {meant}{'' if ' ' in meant else '…'}"
    else:
        way = f"Write {name}={value} if it is an attribute"
    hint = f"{way}, or put the words in quotes."
    return QueryError(source, at, f"There is no filter {name}:.", hint)


def check_signs(source: str, start: int, end: int) -> None:
    """Refuse signs that mean something elsewhere, where they would be left out without a word.

    Args:
        source: the query.
        start, end: a stretch of it without spaces.

    Raises:
        QueryError: there is one.
    """
    chunk = source[start:end]
    fault = _joint_of_others(chunk, source[end : end + 1]) or _wildcard(chunk)
    if fault is None and not chunk.isascii():
        at = first_symbol(chunk)
        if at >= 0:
            hint = f'To find the sign itself, put it in quotes: "{chunk[at]}".'
            fault = (at, f"{chunk[at]} is no word.", hint)
    if fault is not None:
        raise QueryError(source, start + fault[0], *fault[1:])


def first_symbol(text: str) -> int:
    """Return where the first symbol beyond ASCII stands (an emoji, an arrow, €); -1 for none."""
    import unicodedata  # noqa: PLC0415 - only for text beyond ASCII

    for at, char in enumerate(text):
        if char > "\x7f" and char != "\ufffd" and unicodedata.category(char)[0] == "S":
            return at
    return -1


Fault = tuple[int, str, str]
"""Where in the stretch, what is wrong, and what to write instead."""


def _joint_of_others(chunk: str, following: str) -> Fault | None:
    """Find a sign with which other programs join words."""
    inner = chunk[1:2] or following
    if chunk[0] == "-" and (inner.isalpha() or inner == '"'):
        hint = "Write NOT before what to leave out; a - stands only before filters, as -code:KEY."
        return 0, "Words cannot be left out by a -.", hint
    if chunk[0] == "!" and inner and (inner.isalnum() or inner in '"('):
        return 0, "Words cannot be left out by a !.", "Write NOT before what to leave out."
    if "|" in chunk:
        return chunk.index("|"), "| is no joint here.", "Write war OR peace."
    if chunk.lower().startswith("near/") and chunk[5:].isdigit():
        return 0, "Joints are written in capitals.", f"Write war NEAR/{chunk[5:]} peace."
    for sign in (">=", "<=", "!=", "=", ">", "<"):
        rest = chunk[len(sign) :]
        if chunk.startswith(sign) and (not rest or rest[0].isalnum()):
            hint = "Write year>=2013, or put the sign in quotes."
            return 0, f"No attribute stands before {sign}.", hint
    return None


def _wildcard(chunk: str) -> Fault | None:
    """Find a * or ? that does not mean what it means elsewhere."""
    at = chunk.find("?")
    if 0 < at < len(chunk) - 1 and chunk[at - 1].isalnum() and chunk[at + 1].isalnum():
        hint = (
            "Letters may be wrong anyway; /secur.ty/ is exactly one. Quotes find the sign itself."
        )
        return at, "A ? stands for no letter.", hint
    if "*" not in chunk:
        return None
    ends = {last: text for text, _, last in cut(chunk)}
    for at, char in enumerate(chunk):
        if char != "*":
            continue
        word = ends.get(at, "")
        if not word or chunk[at + 1 : at + 2].isalnum():
            hint = "Write secur* for words that begin so, /sec.*ty/ for others."
            return at, "A * stands only at the end of a word.", hint
        if is_paired(word[0]):
            return at, "Chinese and Kana are found in longer words anyway.", "Leave the * out."
        if len(word) < OPEN_FROM:
            hint = "Write secur* for words that begin so."
            return at, f"Before a * stand {OPEN_FROM} letters at least.", hint
    return None
