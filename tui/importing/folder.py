"""Which files of a folder are documents."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from tui.errors import QualError
from tui.importing.registry import READERS, can_read

ATTRIBUTES = "attributes.csv"
"""The table of document attributes that may stand beside the documents."""
CODINGS = "codings.csv"
"""The table of codings that may stand beside the documents."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds."""

    sources: tuple[str, ...]
    """Paths of the files that can be imported, in natural order (2 before 10)."""
    left_out: tuple[str, ...]
    """Names of the files of other kinds; hidden files and the README are not even named."""
    attributes: str | None
    """Path of ``attributes.csv``, when there is one."""
    codings: str | None
    """Path of ``codings.csv``, when there is one."""


def list_folder(folder: str) -> Listing:
    """Return the documents of a folder and the tables beside them; subfolders are not entered.

    Raises:
        QualError: there is no such folder, or it cannot be read, or no document is in it.
    """
    try:
        names = sorted(os.listdir(folder), key=_natural)
    except FileNotFoundError:
        raise QualError(
            f"{folder} does not exist", "Check the spelling, or make the folder and fill it."
        ) from None
    except NotADirectoryError:
        raise QualError(f"{folder} is a file, not a folder", "Import it by its own name.") from None
    except OSError as error:
        raise QualError(
            f"{folder} cannot be read: {error.strerror}",
            "Ask its owner for permission to read it, or copy the files elsewhere.",
        ) from None
    files = [
        name
        for name in names
        if not name.startswith(".") and os.path.isfile(os.path.join(folder, name))
    ]
    documents = [name for name in files if can_read(name) and not _is_readme(name)]
    if not documents:
        raise QualError(
            f"{folder} holds no document that can be read (read: {', '.join(READERS)})",
            "Save the texts to code there as .txt or .md files and import the folder again.",
        )
    aside = {*documents, ATTRIBUTES, CODINGS}
    return Listing(
        sources=tuple(os.path.join(folder, name) for name in documents),
        left_out=tuple(n for n in files if n not in aside and not _is_readme(n)),
        attributes=os.path.join(folder, ATTRIBUTES) if ATTRIBUTES in files else None,
        codings=os.path.join(folder, CODINGS) if CODINGS in files else None,
    )


def folders_with_documents(folder: str) -> list[str]:
    """Return the folder and those below it that hold a document, hidden ones passed over."""
    found: list[str] = []
    for at, below, names in os.walk(folder):
        below[:] = sorted((name for name in below if not name.startswith(".")), key=_natural)
        if any(can_read(n) and not _is_readme(n) and not n.startswith(".") for n in names):
            found.append(at)
    return found


def _is_readme(name: str) -> bool:
    return os.path.splitext(name)[0].lower() == "readme"


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Return a sorting key under which 2 comes before 10."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in _DIGITS.split(name)
        if part
    ]
