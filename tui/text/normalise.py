"""From the bytes of a file to text: its character set found, its newlines made one kind.

Nothing else is touched: tabs, form feeds, U+2028, NEL and NUL stay as they are, since offsets are
stored against this text for years.
"""

from __future__ import annotations

import codecs
import re

from tui.errors import QualError
from tui.text.charsets import guess_charset, name_charset
from tui.text.counted import counted

_BOMS = (
    # The longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (a .docx, .odt or .epub file, perhaps)"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)
# Controls that text does not hold; tab, line feed, form feed, carriage return, escape and the
# end-of-file mark of DOS are not among them.
_CONTROLS = bytes(range(9)) + bytes(range(14, 26)) + bytes(range(28, 32)) + b"\x0b"
_NEWLINES = re.compile("\r\n?")


def decode(data: bytes, *, name: str = "the file", encoding: str | None = None) -> tuple[str, str]:
    """Turn the bytes of a file into text.

    Args:
        data: the whole file.
        name: what to call it in an error.
        encoding: the character set to read it in, whatever it looks like; None to find out.

    Returns:
        The text, newlines normalised, and a note that says what was decided (empty for UTF-8).

    Raises:
        QualError: it is empty, binary, or in no character set that can be told.
    """
    if not data:
        raise QualError(
            f"{name} is empty: there is nothing to code in it",
            "Check that the file was saved or downloaded completely.",
        )
    text, note = _forced(data, name, encoding) if encoding else _found(data, name)
    text = normalise_newlines(text)
    if not text.strip("\ufeff") or text.isspace():
        raise QualError(
            f"{name} holds only white space: there is nothing to code in it",
            "Check that the file was saved or downloaded completely.",
        )
    return text, note


def normalise_newlines(text: str) -> str:
    """Make CRLF and lone CR into LF; every other character stays."""
    return _NEWLINES.sub("\n", text) if "\r" in text else text


def _forced(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    """Decode in the character set that the user named."""
    try:
        codec = codecs.lookup(encoding)
        if not codec._is_text_encoding:
            raise LookupError(encoding)
    except LookupError:
        raise QualError(
            f"no character set is called {encoding!r}",
            "Names that work: utf-8, utf-16, windows-1251, windows-1252, koi8-r, gb18030, "
            "big5, shift_jis, euc-kr.",
        ) from None
    for mark, marked in _BOMS:
        if data.startswith(mark) and codecs.lookup(marked).name.startswith(codec.name):
            data, encoding = data[len(mark) :], marked
            break
    try:
        text = data.decode(encoding)
        text.encode("utf-8")  # Some codecs let through halves of characters that nothing can store.
    except UnicodeEncodeError:
        raise QualError(
            f"{name} is not in {name_charset(codec.name)}: it would hold halves of characters",
            "Leave the encoding out to have it found, or name another one.",
        ) from None
    except UnicodeDecodeError as error:
        raise QualError(
            f"{name} is not in {name_charset(codec.name)}: byte {error.start + 1:,} does not fit",
            "Leave the encoding out to have it found, or name another one.",
        ) from None
    return text, f"read as {name_charset(codec.name)}, as asked"


def _found(data: bytes, name: str) -> tuple[str, str]:
    """Decode in the character set that fits: byte order mark, UTF-8, UTF-16, then older sets."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name, encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise _not_text(name, f"it is {kind}")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    # ASCII in UTF-16 is also good UTF-8, with a NUL after every letter.
    if b"\x00" in data and (not text or 4 * controls > len(data)):
        wide = _utf16_without_mark(data)
        if wide is not None:
            return wide
    if text:
        if controls > max(3, len(data) // 20):
            raise _not_text(name, "it is full of control characters")
        return text, _nul_note(text)
    if b"\x00" in data or controls > len(data) // 20:
        raise _not_text(name, "it holds bytes that no text has")
    return guess_charset(data, name)


def _marked(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    """Decode what follows a byte order mark."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return guess_charset(data, name)
        raise QualError(
            f"{name} says it is {name_charset(encoding)}, but it is damaged at byte "
            f"{error.start + 1:,}",
            "Open it in a text editor, save it again as UTF-8 and import that.",
        ) from None
    note = "" if encoding == "utf-8" else f"read as {name_charset(encoding)}"
    return text, "; ".join(filter(None, (note, _nul_note(text))))


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 that has no byte order mark, or return None when it is not that."""
    if len(data) % 2:
        return None
    best: tuple[int, str, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Spaces and line ends are there in every script and turn into oddities the wrong way round.
        plain = len(re.findall(r"[ \n\r\ta-zA-Z0-9.,]", text))
        odd = len(re.findall("[\x00-\x08\x0e-\x1f\u2000\u0a00\u0d00\ue000-\uf8ff]", text))
        if plain > 4 * odd and (best is None or plain > best[0]):
            best = (plain, text, encoding)
    if best is None:
        return None
    return best[1], f"read as {name_charset(best[2])} (no byte order mark)"


def _nul_note(text: str) -> str:
    count = text.count("\x00")
    if not count:
        return ""
    return f"holds {counted(count, 'NUL character')}, kept as found"


def _not_text(name: str, why: str) -> QualError:
    return QualError(
        f"{name} is not a text file: {why}",
        "Open it in the program that made it and save it as .txt (UTF-8) or .md, then import that.",
    )
