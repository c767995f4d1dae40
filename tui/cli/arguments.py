"""What people name on a command line: documents, codes, cases, coders, spans."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterable

from tui.errors import QualError
from tui.model.case import Case, Coder
from tui.model.code import Code
from tui.model.document import Document
from tui.store.cases import find_case, list_cases
from tui.store.coders import find_coder, list_coders
from tui.store.codes import find_code, list_codes
from tui.store.documents import find_document, list_documents

_SPAN = re.compile(r"([0-9]{1,15}):([0-9]{1,15})")


def need_document(db: sqlite3.Connection, name: str) -> Document:
    """Return the document of this name, suffix or not.

    Raises:
        QualError: there is none; names near ones.
    """
    found = find_document(db, name)
    if found is None:
        names = [document.name for document in list_documents(db)]
        raise QualError(
            f"There is no document {name!r} in the project.", near(name, names, "`qual docs`")
        )
    return found


def need_code(db: sqlite3.Connection, key: str) -> Code:
    """Return the code with this key, or the only one with this name.

    Raises:
        QualError: there is none, or several share the name.
    """
    found = find_code(db, key)
    if found is not None:
        return found
    codes = list_codes(db)
    named = [code for code in codes if code.name.casefold() == key.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        keys = ", ".join(code.key for code in named)
        raise QualError(f"{len(named)} codes are called {key!r}: {keys}.", "Give the key.")
    words = [word for code in codes for word in (code.key, code.name)]
    raise QualError(f"There is no code {key!r}.", near(key, words, "`qual codes`"))


def need_case(db: sqlite3.Connection, name: str) -> Case:
    """Return the case of this name.

    Raises:
        QualError: there is none; names near ones.
    """
    found = find_case(db, name)
    if found is None:
        names = [case.name for case in list_cases(db)]
        raise QualError(f"There is no case {name!r}.", near(name, names, "`qual case`"))
    return found


def need_coder(db: sqlite3.Connection, name: str) -> Coder:
    """Return the coder of this name.

    Raises:
        QualError: there is none; names near ones.
    """
    found = find_coder(db, name)
    if found is None:
        names = [coder.name for coder in list_coders(db)]
        raise QualError(f"There is no coder {name!r} here.", near(name, names, "`qual coders`"))
    return found


def near(word: str, known: Iterable[str], listing: str) -> str:
    """Return a hint: names like the one that was not found, or where they are listed."""
    from difflib import get_close_matches  # noqa: PLC0415 (only a mistake needs it)

    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(name.casefold(), name)
    found = get_close_matches(word.casefold(), folded, n=3)
    if found:
        return f"Did you mean {' or '.join(folded[name] for name in found)}? {listing} lists all."
    return f"{listing} lists them."


def read_span(text: str, chars: int | None = None) -> tuple[int, int]:
    """Return the span that ``START:END`` names.

    Args:
        text: two offsets in code points; END is not included.
        chars: the length of the document's text, when the span must lie in it.

    Raises:
        QualError: it is no such span.
    """
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise QualError(
            f"{text!r} is not a span.", "Spans are START:END in characters, such as 120:245."
        )
    start, end = int(match[1]), int(match[2])
    if start >= end or (chars is not None and end > chars):
        size = f" The text has {chars} characters." if chars is not None else ""
        raise QualError(
            f"{text} is not a span of the text.{size}",
            "Spans are START:END, END not included and after START.",
        )
    return start, end


def read_pair(text: str) -> tuple[str, str]:
    """Return the name and the value of ``NAME=VALUE``.

    Raises:
        QualError: there is no = in it, or no name before it.
    """
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise QualError(f"{text!r} is not NAME=VALUE.", "Such as year=1993.")
    return name.strip(), value.strip()


def read_text_argument(text: str) -> str:
    """Return a text given as an argument; ``-`` reads it from stdin.

    Raises:
        QualError: stdin is not text.
    """
    if text != "-":
        return text
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise QualError(
            "What came through stdin is not text in UTF-8.", "Nothing was stored."
        ) from (error)
