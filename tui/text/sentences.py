"""Where sentences lie inside a passage.

One pass finds every place where a sentence might stop; rules look at the word before it and the
character after it. Nothing depends on a model or a word list of the project, so the same text is
cut the same way on every machine. Line breaks end nothing, but list items and table
rows begin anew.
"""

from __future__ import annotations

import re

from tui.text.abbreviations import (
    BEFORE_NUMBER,
    ENDS_LISTS,
    MAYBE_LAST,
    NEVER_LAST,
    STARTERS,
    TITLES,
)
from tui.text.graphemes import is_boundary, next_boundary, previous_boundary

_CLOSERS = "\"'”’»›“‘)\\]}*_~"
_WIDE_CLOSERS = "\"'”’)）」』】》〉〕＂＇*_~"
_OPENERS = "\"'“‘„‚«‹”’([{「『（【《〈〔¿¡*_~"
_DASHES = "—–―-"
# A stop, then the closing quotes, brackets, marks of emphasis and note numbers that belong to it.
# The first branch is for scripts that put a space after a sentence, the second for those without.
# It must begin where a run of stops begins: else ten thousand dots would be tried over and over.
_STOP = re.compile(
    r"(?<![.!?…])(?P<stop>\.(?:[ \u00a0]\.){2,}|[.!?…‽؟۔।॥։።။]+)"
    rf"(?P<tail>[{_CLOSERS}]*(?:[ \u00a0\u202f]»)?"
    r"(?:\[[0-9][0-9, –-]{0,12}\]|[¹²³⁰⁴-⁹]+)?)(?=\s|\Z)"
    r"|(?P<wide>(?:[。！？｡]|．(?![0-9０-９A-Za-z]))+[!?…]*)"
    rf"(?P<wide_tail>[{_WIDE_CLOSERS}]*)"
)
_AFTER = re.compile(rf"\s+(?P<dash>[{_DASHES}]+\s*)?[{_OPENERS}]*(?P<word>[^\W_]+(?P<dot>\.)?)?")
# The longest piece of text before a stop that decides anything: an abbreviation or an initial.
_LOOK_BACK = 24
_ENUMERATOR = re.compile(r"[\s(*_]*(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[^\W\d_]|[ivxIVX]{1,5})\Z")
_ITEM = re.compile(r"^[ \t]*(?:[-*+•‣◦▪·]\s+(?=\S)|\|)", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*\(?[0-9]{1,2}[.)][ \t]+(?=\S)", re.MULTILINE)
_REPORTED_ZH = re.compile(r"[^，。！？；：\s]{0,6}[说說问問道答喊叫]")
_QUOTES_CLOSED = frozenset('"”’»›」』＂')
_ENDS_BEFORE_LOWER = frozenset("!?؟")


def find_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the spans of the sentences of a passage.

    Args:
        text: the text of one passage.
        language: ISO 639-1 code; only German changes anything ("3. Oktober").

    Returns:
        Half-open spans in code points relative to ``text``: sorted, not overlapping, trimmed of
        white space, together holding every character that is not white space.
    """
    cuts = _stops(text, language)
    if "\n" in text:
        cuts = sorted({*cuts, *_items(text)})
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in [*cuts, len(text)]:
        if cut > start:
            span = _trimmed(text, start, cut)
            start = cut
            if span is not None:
                spans.append(span)
    return spans if text.isascii() else _settled(text, spans)


def _stops(text: str, language: str) -> list[int]:
    """Return the offsets right behind the sentences that a stop ends."""
    cuts: list[int] = []
    start = 0
    # Transcripts typed without capitals: a small letter then says nothing about a sentence.
    unshifted = text.islower()
    for found in _STOP.finditer(text):
        if found["stop"] is None:
            ends = _wide_ends(text, found)
        else:
            ends = _stop_ends(text, found, start, language, unshifted)
        if ends:
            start = found.end()
            cuts.append(start)
    return cuts


def _stop_ends(text: str, found: re.Match[str], start: int, language: str, unshifted: bool) -> bool:
    """Tell whether the stop ``found`` ends the sentence that began at ``start``."""
    after = _AFTER.match(text, found.end())
    if after is None:
        return True
    stop, word = found["stop"], after["word"]
    if word is None:
        return True
    if word[0].islower() and not unshifted:
        # "Really?" he asked. — Что? — спросил он. But: Really? yes.
        return stop[-1] in _ENDS_BEFORE_LOWER and not found["tail"] and not after["dash"]
    if stop == "…" or (len(stop) > 1 and stop[0] in ".…" and stop[-1] in ".…"):
        # A pause, not an end: well... I thought so.
        return word not in ("I", "Я") and not (word[0].islower() and unshifted)
    if stop != "." or found["tail"]:
        return True
    return _full_stop_ends(text, found.start(), start, after, language)


def _full_stop_ends(text: str, stop: int, start: int, after: re.Match[str], language: str) -> bool:
    """Tell whether a single full stop before a capital, a digit or another script is an end."""
    if stop - start <= _LOOK_BACK and _ENUMERATOR.match(text, start, stop):
        return False
    token, word = _token_before(text, start, stop), after["word"]
    if token.isdigit():
        return not (language == "de" and len(token) <= 2 and word[0].isupper())
    small = token.lower()
    if word[0].isdigit() and small in BEFORE_NUMBER:
        return False
    if small in NEVER_LAST or (small in TITLES and token[0].isupper()):
        return False
    starter = after["dot"] is None and word.lower() in STARTERS
    if small in MAYBE_LAST:
        return starter or (small in ENDS_LISTS and word[0].isupper())
    return starter or not _is_initials(token)


def _token_before(text: str, start: int, stop: int) -> str:
    """Return the word before ``stop`` with its inner stops and without what opens it."""
    pieces = text[max(start, stop - _LOOK_BACK) : stop].rsplit(None, 1)
    return pieces[-1].rpartition("—")[2].lstrip(_OPENERS) if pieces else ""


def _is_initials(token: str) -> bool:
    """Tell whether a token is one letter or letters between stops: J, U.S, А.С."""
    return len(token) < 8 and all(len(part) == 1 and part.isalpha() for part in token.split("."))


def _wide_ends(text: str, found: re.Match[str]) -> bool:
    """Tell whether a full-width stop is an end: not when the speaker of a quote is named next."""
    tail = found["wide_tail"]
    if not tail or tail[-1] not in _QUOTES_CLOSED:
        return True
    following = text[found.end() : found.end() + 8]
    if following[:1] in ("と", "っ"):
        return False
    return _REPORTED_ZH.match(following) is None


def _items(text: str) -> list[int]:
    """Return where the list items and table rows of a passage begin, but for its first line."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    numbered = [found.start() for found in _NUMBERED.finditer(text)]
    if len(numbered) > 1:
        starts += numbered
    return starts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return ``[start, end)`` without the white space at its ends, or None when nothing is left."""
    piece = text[start:end]
    bare = piece.lstrip()
    if not bare:
        return None
    start = end - len(bare)
    return start, start + len(bare.rstrip())


def _settled(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Move edges out of letters, and join sentences that such an edge left nothing between."""
    settled: list[tuple[int, int]] = []
    for start, end in spans:
        if not is_boundary(text, start):
            start = previous_boundary(text, start)
        if not is_boundary(text, end):
            end = next_boundary(text, end)
        if settled and start < settled[-1][1]:
            start = settled.pop()[0]
        settled.append((start, end))
    return settled
