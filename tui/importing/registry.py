"""Which file is read by which module, and what is refused by name."""

from __future__ import annotations

import os
from importlib import import_module
from typing import cast

from tui.errors import QualError
from tui.importing.draft import Draft, Extract, Reader, make_draft
from tui.text.joining import join_wrapped_lines

READERS = {
    ".txt": "tui.importing.plain",
    ".text": "tui.importing.plain",
    ".md": "tui.importing.markdown",
    ".markdown": "tui.importing.markdown",
}
"""Suffix to the module whose ``read`` reads it."""

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read: some eleven million words, and a few hundred times the
longest transcript."""

_AS_TEXT = "Open it where it was made, save it as .txt (UTF-8) or .md, and import that."
_FROM_PDF = (
    "Copy its text into a .txt file, or run `pdftotext FILE.pdf`, and import the .txt; "
    "lines broken by the page are joined at import."
)
_PROJECT = "Export its documents from there as .txt or .md, and import those."
_TABLE = (
    "Save each text to code as a .txt file; attributes.csv and codings.csv are read along with "
    "the folder they stand in."
)
_MEDIA = "Transcribe it first and import the transcript as .txt or .md."
_UNPACK = "Unpack it and import the files in it."
_QUAL = "Open it with `qual open`; its documents are imported from their own files."
_REFUSED = (
    ("a word processor document", _AS_TEXT, ".docx .doc .odt .rtf .pages .wps"),
    ("a PDF document", _FROM_PDF, ".pdf"),
    ("a web page", _AS_TEXT, ".html .htm .xhtml .mhtml"),
    ("an XML document", _AS_TEXT, ".xml"),
    ("an e-book", _AS_TEXT, ".epub .mobi .azw3"),
    ("a subtitle file", _AS_TEXT, ".vtt .srt .sbv .ass"),
    ("a table", _TABLE, ".csv .tsv .xlsx .xls .ods .sav"),
    (
        "a file of another coding program",
        _PROJECT,
        ".qdpx .qdc .qda .nvp .nvpx .mx18 .mx20 .mx22 .mx24 .atlproj .atlcb",
    ),
    ("a recording", _MEDIA, ".mp3 .wav .m4a .ogg .flac .mp4 .mov .avi .mkv .webm"),
    ("a picture", _MEDIA, ".png .jpg .jpeg .gif .tif .tiff .heic .webp"),
    ("an archive", _UNPACK, ".zip .tar .gz .7z .rar"),
    ("a project of qual", _QUAL, ".qual"),
)


def read_source(
    path: str,
    *,
    join_lines: bool | None = None,
    language: str | None = None,
    encoding: str | None = None,
) -> Draft:
    """Read one file into the draft of a document.

    Args:
        path: the file.
        join_lines: join hard-wrapped or double-spaced lines: always, never, or (None) when they
            are recognised as such.
        language: ISO 639-1 code; None to guess it.
        encoding: character set of the file; None to find it out.

    Raises:
        QualError: the file is missing, unreadable, empty, not text or of a format not read.
    """
    source = os.path.basename(path)
    module = _reader_module(path, source)
    original = _bytes_of(path)
    read = cast(Reader, import_module(module).read)
    extract = read(original, source, encoding)
    # What a format keeps word for word is joined only when someone asks for it.
    wanted = False if join_lines is None and extract.verbatim else join_lines
    text, note = join_wrapped_lines(extract.text, wanted)
    joined = Extract(text, (*extract.notes, note), extract.verbatim)
    return make_draft(source, original, joined, language=language)


def can_read(path: str) -> bool:
    """Tell by its suffix whether a file is of a format that is read."""
    return os.path.splitext(path)[1].lower() in READERS


def _reader_module(path: str, source: str) -> str:
    """Return the module that reads ``path``, or refuse it."""
    if os.path.isdir(path):
        raise QualError(
            f"{path} is a folder, not a document", "Import its files, or the folder as a whole."
        )
    suffix = os.path.splitext(source)[1].lower()
    module = READERS.get(suffix)
    if module is not None:
        return module
    if not os.path.lexists(path):
        raise _missing(path)
    known = ", ".join(READERS)
    for kind, hint, suffixes in _REFUSED:
        if suffix in suffixes.split():
            raise QualError(f"{source} is {kind}, which is not read here (read: {known})", hint)
    what = f"the ending {suffix}" if suffix else "no ending"
    raise QualError(
        f"{source} has {what}, so how to read it is unknown (read: {known})",
        "If it is plain text, give it the ending .txt and import it again.",
    )


def _bytes_of(path: str) -> bytes:
    """Return the content of a file, or say why it cannot be had."""
    try:
        with open(path, "rb") as file:
            # One byte more tells a file that is too large from one that just fits, without
            # trusting the size that a pipe or a file being written says it has.
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _missing(path) from None
    except PermissionError:
        raise QualError(
            f"{path} cannot be read: you have no permission for it",
            f"Ask its owner, or run `chmod u+r {os.path.basename(path)}` if it is yours.",
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise QualError(
            f"{path} cannot be read: {reason}",
            "Check the disk or the network it lies on, then import it again.",
        ) from None
    if len(data) > LARGEST:
        raise QualError(
            f"{path} is larger than {LARGEST // 1024 // 1024} MB, the most that is read as one"
            " document",
            "Split it where its parts begin, and import the parts.",
        )
    return data


def _missing(path: str) -> QualError:
    where = os.path.dirname(path) or "."
    return QualError(
        f"{path} does not exist", f"Check the spelling; `ls {where}` shows what is there."
    )
