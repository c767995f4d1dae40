"""What counts as the same word: text cut into the tokens that the search index holds.

Both sides of a search go through here, the stored text and the query, so that they cannot differ.
A token is a run of letters, digits and the marks on them, with single apostrophes inside; case,
accents (``ё`` is ``е``) and full width are folded away. Han and Kana, which are written without
spaces, give every overlapping pair of characters instead, a run of one character itself.

Nothing heavy is imported at the top on purpose: the search command cuts its query here and must
start at once; ``re`` alone would cost half a bare interpreter.
"""

from __future__ import annotations

from _operator import add

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

LONGEST = 64
"""Letters of a token that count; longer ones (addresses, encoded data) are cut there."""

Token = tuple[str, int, int]
"""A folded token with the half-open code points it stands at in the text."""

_APOSTROPHES = "'\u2019\u02bc\uff07"
# Soft hyphen and the joiners of Persian and Indic writing: inside a word they are not seen.
_UNSEEN = "\u00ad\u200c\u200d"
_INNER = _APOSTROPHES + _UNSEEN
# Each range is half-open: Hiragana and Katakana (without the middle dot), Han, half-width Kana.
_PAIRED_RANGES = (
    (0x3005, 0x3008),
    (0x3041, 0x3097),
    (0x309D, 0x30A0),
    (0x30A1, 0x30FB),
    (0x30FC, 0x3100),
    (0x31F0, 0x3200),
    (0x3400, 0x4DC0),
    (0x4E00, 0xA000),
    (0xF900, 0xFB00),
    (0xFF66, 0xFF9E),
    (0x20000, 0x32000),
)
_VOICED = "\u3099\u309a\uff9e\uff9f"
_CACHED = 60_000
_REMEMBERED = 24
_SIMPLE_END, _DOUBT = 0x0530, "\0"
_RUSSIAN = {0x0439: 0x0438, 0x0450: 0x0435, 0x0451: 0x0435}


def is_paired(char: str) -> bool:
    """Tell whether a character belongs to Han or Kana, which are searched by pairs."""
    return char >= "\u3005" and _PAIRED[char]


def has_digit(token: str) -> bool:
    """Tell whether a token counts as a number: it is never found with a letter wrong."""
    return not token.isalpha() and any(map(str.isdigit, token))


class _Paired(dict[str, bool]):
    """Whether a character is searched by pairs, remembered once it was asked."""

    def __missing__(self, char: str) -> bool:
        paired = any(low <= ord(char) < high for low, high in _PAIRED_RANGES)
        self[char] = paired
        return paired


_PAIRED = _Paired()


class _Separators(dict[int, int]):
    """Translation of text: what cannot be in a word becomes a space, the rest stays."""

    def __missing__(self, point: int) -> int:
        char = chr(point)
        kept = point
        if not char.isalnum() and char not in _INNER and not _is_mark(char):
            kept = 0x20
        self[point] = kept
        return kept


def _is_mark(char: str) -> bool:
    """Tell whether a character is a mark on the letter before it."""
    if char < "\u0300":
        return False
    import unicodedata  # noqa: PLC0415 - only for text beyond ASCII

    return unicodedata.category(char)[0] == "M" or char in _VOICED


_SEPARATORS = _Separators()
# The C loop of translate() wants a string for ASCII text; one entry per code point.
_ASCII = "".join(chr(i) if chr(i).isalnum() or chr(i) == "'" else " " for i in range(128))


class _Simple(dict[int, int | str]):
    """Translation of text whose letters fold each for itself: to them, or to a space.

    What does not (marks, apostrophes, Han, whatever is beyond Latin, Greek and Cyrillic letters)
    becomes DOUBT, and the text has to be cut the long way.
    """

    def __missing__(self, point: int) -> int | str:
        char = chr(point)
        kept: int | str = 0x20
        if point < _SIMPLE_END and char.isalnum() and char not in _INNER:
            # Nothing folds to nothing: a text of the same length has the same places.
            kept = fold(char) or _DOUBT
        elif _SEPARATORS[point] != 0x20:
            kept = _DOUBT
        if isinstance(kept, str) and len(kept) == 1:
            kept = ord(kept)
        self[point] = kept
        return kept


_SIMPLE = _Simple()
_pieces_of: dict[str, list[Token]] = {}
# Runs that are one token, as most are.
_token_of: dict[str, str] = {}


def fold(word: str, *, keep_case: bool = False) -> str:
    """Fold one word: case (unless kept), accents, full width, length.

    Args:
        word: letters, digits, marks and inner apostrophes only.
        keep_case: leave capitals as they are, for a search that minds them.
    """
    if not keep_case and "\u0400" < min(word, default="") <= max(word) <= "\u0451":
        # The most frequent letters beyond ASCII, without the long way round.
        small = word.lower()
        if min(small) >= "\u0430" and max(small) <= "\u0451":
            word = small.translate(_RUSSIAN)
            return word if len(word) <= LONGEST else word[:LONGEST]
    if not word.isascii():
        import unicodedata  # noqa: PLC0415 - only for text beyond ASCII

        plain = unicodedata.normalize("NFKD", word)
        kept = [c for c in plain if (c.isalnum() or not unicodedata.combining(c)) and _stays(c)]
        word = unicodedata.normalize("NFC", "".join(kept))
        for apostrophe in _APOSTROPHES[1:]:
            word = word.replace(apostrophe, "'")
        if keep_case:
            word = "".join(c if c.isupper() else c.casefold() for c in word)
        else:
            word = word.casefold()
        word = word.replace("\u0131", "i")
    elif not keep_case:
        word = word.lower()
    return word if len(word) <= LONGEST else word[:LONGEST]


def _stays(char: str) -> bool:
    """Tell whether a character of a decomposed word is part of its token; ½ is 1⁄2, not 12."""
    return char.isalnum() or char in _APOSTROPHES or char == "\u2044" or _is_mark(char)


def tokens(text: str) -> list[str]:
    """Cut a text into the tokens its index entry holds, in order, repeats included."""
    if text.isascii():
        runs = text.lower().translate(_ASCII).split()
        if "'" not in text and (
            len(text) <= LONGEST or len(max(runs, key=len, default="")) <= LONGEST
        ):
            return runs
    else:
        if text[0] < "\u0530" and _DOUBT not in (folded := text.translate(_SIMPLE)):
            runs = folded.split()
            if len(text) <= LONGEST or len(max(runs, key=len, default="")) <= LONGEST:
                return runs
        runs = text.translate(_SEPARATORS).split()
    found: list[str] = []
    known = _token_of
    for run in runs:
        token = known.get(run)
        if token is None:
            listed = _tokens_of_run(run)
            if len(listed) != 1 or len(run) > _REMEMBERED:
                found += listed
                continue
            token = listed[0]
            if len(known) >= _CACHED:
                known.clear()
            known[run] = token
        found.append(token)
    return found


def entry(text: str) -> str:
    """Return what the index is given for a text: its tokens, kept apart by other ASCII signs.

    The index folds ASCII itself and knows where its words end, so most texts are their own entry.
    """
    if text.isascii():
        if "'" not in text and _is_spaced(text):
            return text
    elif text[0] < "\u0530":
        folded = text.translate(_SIMPLE)
        if _DOUBT not in folded and _is_spaced(folded):
            return folded
    return " ".join(tokens(text))


def _is_spaced(text: str) -> bool:
    """Tell whether spaces stand so close that no token has to be cut off."""
    at, last = 0, len(text) - LONGEST
    while at < last:
        at = text.rfind(" ", at, at + LONGEST + 1) + 1
        if not at:
            return False
    return True


def _tokens_of_run(run: str) -> list[str]:
    """Cut a run without separators into tokens."""
    if run.isascii() and "'" not in run:
        return [run.lower() if len(run) <= LONGEST else run[:LONGEST].lower()]
    if _is_paired_only(run):
        return list(map(add, run, run[1:])) or [run]
    return [piece[0] for piece in _pieces(run)]


def cut(text: str, *, keep_case: bool = False, pairs: bool = True) -> list[Token]:
    """Cut a text into its tokens with the code points each of them stands at.

    Args:
        text: any text.
        keep_case: leave capitals as they are; all else is folded.
        pairs: give Han and Kana as the overlapping pairs of the index; else one by one.
    """
    spaced = text.translate(_ASCII if text.isascii() else _SEPARATORS)
    found: list[Token] = []
    at = 0
    for run in spaced.split():
        at = spaced.index(run, at)
        if run.isascii() and "'" not in run:
            token = run if keep_case else run.lower()
            found.append((token[:LONGEST], at, at + len(run)))
        else:
            pieces = _pieces(run) if pairs else _cut_run(run, pairs=False)
            if keep_case:
                pieces = [(_cased(run[a:b], token), a, b) for token, a, b in pieces]
            found += [(token, at + a, at + b) for token, a, b in pieces]
        at += len(run)
    return found


def find(text: str, wanted: Container[str]) -> list[Token]:
    """Return those tokens of a text that are wanted, as :func:`cut` gives them."""
    spaced = spread(text)
    if spaced is None:
        return [token for token in cut(text) if token[0] in wanted]
    found: list[Token] = []
    end = 0
    for run in spaced.split():
        if run in wanted:
            at = spaced.index(run, end)
            end = at + len(run)
            # It may stand inside of others first.
            while (at and spaced[at - 1] != " ") or spaced[end : end + 1].strip():
                at = spaced.index(run, at + 1)
                end = at + len(run)
            found.append((run, at, end))
    return found


def find_character(text: str, char: str) -> list[tuple[int, int]]:
    """Return where a single Han or Kana stands, as :func:`cut` without pairs gives it."""
    spaced = text.translate(_SEPARATORS)
    found: list[tuple[int, int]] = []
    at = 0
    for run in spaced.split():
        at = spaced.index(run, at)
        if not run.isascii():
            if not _is_paired_only(run):
                found += [
                    (at + a, at + b) for token, a, b in _cut_mixed(run, False) if token == char
                ]
            elif char in run:
                found += [(at + a, at + a + 1) for a, one in enumerate(run) if one == char]
        at += len(run)
    return found


def spread(text: str) -> str | None:
    """Return a text as its tokens at their places and spaces between; None if it must be cut."""
    if not text.isascii():
        spaced = text.translate(_SIMPLE) if text[0] < "\u0530" else _DOUBT
        if _DOUBT in spaced or len(spaced) != len(text):
            return None
    elif "'" in text:
        return None
    else:
        spaced = text.lower().translate(_ASCII)
    if len(text) > LONGEST < max(map(len, spaced.split()), default=0):
        return None
    return spaced


def _cased(word: str, token: str) -> str:
    """Return a word folded but for its case; pairs have none."""
    return token if is_paired(token[0]) else fold(word, keep_case=True)


def _pieces(run: str) -> list[Token]:
    """Cut a run without separators into tokens; offsets are relative to the run."""
    known = _pieces_of.get(run)
    if known is None:
        # Most words beyond ASCII are letters of one script and nothing else.
        plain = run.isalpha() and max(run) < "\u3005" and "\u02bc" not in run
        token = fold(run) if plain else ""
        known = [(token, 0, len(run))] if token else _cut_run(run)
        if len(_pieces_of) >= _CACHED:
            _pieces_of.clear()
        if len(run) <= _REMEMBERED:
            _pieces_of[run] = known
    return known


def _is_paired_only(run: str) -> bool:
    """Tell whether a run is characters searched by pairs that fold to themselves, nothing else."""
    return "\u3005" <= run[0] <= "\u9fff" >= max(run) and all(map(_PAIRED.__getitem__, run))


def _cut_run(run: str, *, pairs: bool = True) -> list[Token]:
    if _is_paired_only(run):
        size = len(run)
        if pairs and size > 1:
            found = map(add, run, run[1:])
            return list(zip(found, range(size), range(2, size + 1), strict=False))
        return list(zip(run, range(size), range(1, size + 1), strict=True))
    return _cut_mixed(run, pairs)


def _cut_mixed(run: str, pairs: bool) -> list[Token]:
    found: list[Token] = []
    start = 0
    while start < len(run):
        if is_paired(run[start]):
            end = start + 1
            while end < len(run) and (is_paired(run[end]) or run[end] in _VOICED):
                end += 1
            chars = _chars(run, start, end)
            found += _joined(chars) if pairs else chars
        elif run[start] in _INNER or _is_mark(run[start]):
            end = start + 1
        else:
            end = _word_end(run, start)
            token = fold(run[start:end])
            if token:
                found.append((token, start, end))
        start = end
    return found


def _word_end(run: str, start: int) -> int:
    """Return where the word that begins at ``start`` ends; one inner sign does not end it."""
    at = start
    while at < len(run) and not is_paired(run[at]):
        if run[at] in _INNER:
            after = run[at + 1 : at + 2]
            if not after or after in _INNER or is_paired(after) or _is_mark(after):
                break
        at += 1
    return at


def _chars(run: str, start: int, end: int) -> list[Token]:
    """Return the characters of one stretch of Han or Kana; a voicing sign joins the one before."""
    chars: list[Token] = []
    for at in range(start, end):
        if run[at] in _VOICED and chars:
            char, first, _ = chars[-1]
            chars[-1] = (char + run[at], first, at + 1)
        else:
            chars.append((run[at], at, at + 1))
    if not all("\u3005" <= char <= "\u9fff" for char, _, _ in chars):
        import unicodedata  # noqa: PLC0415 - only for text beyond ASCII

        chars = [(unicodedata.normalize("NFKC", char), a, b) for char, a, b in chars]
    return chars


def _joined(chars: list[Token]) -> list[Token]:
    """Return the overlapping pairs of one stretch; a single character stays itself."""
    if len(chars) == 1:
        return chars
    together = zip(chars, chars[1:], strict=False)  # noqa: RUF007 - without ``itertools``
    return [(one + two, a, b) for (one, a, _), (two, _, b) in together]
