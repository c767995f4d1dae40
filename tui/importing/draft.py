"""The draft of a document: a file read and cut, not yet in the project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.model.document import PassageKind
from tui.text.cut import pack_cut
from tui.text.language import guess_language
from tui.text.passages import find_passages
from tui.text.sentences import find_sentences
from tui.text.words import find_words


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader makes of a file: its text and what was done to get it."""

    text: str
    """The text to store, newlines normalised."""
    notes: tuple[str, ...] = ()
    """What was done, each in words ("read as Windows-1251")."""
    verbatim: bool = False
    """Whether its line breaks are the author's own, so that none is joined unasked."""


Reader = Callable[[bytes, str, str | None], Extract]
"""How a format is read: ``read(data, name, encoding)``."""


@dataclass(frozen=True, slots=True)
class DraftPassage:
    """One passage to be; see :class:`tui.model.document.Passage` for the fields they share."""

    number: int
    start: int
    end: int
    kind: PassageKind
    speaker: str | None
    """Who speaks, when ``kind`` is ``turn``."""
    text: str
    gap: str
    cut: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """One document to be. ``lead`` and each passage's text and gap are ``text`` again."""

    name: str
    """File name without its suffix."""
    source: str
    """File name without its folder."""
    original: bytes
    """The file as it was."""
    text: str
    lead: str
    """The text before the first passage (blank lines, mostly nothing)."""
    passages: tuple[DraftPassage, ...]
    language: str
    """ISO 639-1 code."""
    notes: str
    """What the import did to the text, in words; empty when nothing."""


def make_draft(
    source: str, original: bytes, extract: Extract, *, language: str | None = None
) -> Draft:
    """Cut a text into passages, sentences and words.

    Args:
        source: file name without its folder.
        original: the bytes of the file.
        extract: its text, joined already where joining was wanted.
        language: ISO 639-1 code; None to guess it from the text.
    """
    text = extract.text
    language = language or guess_language(text)
    spans = find_passages(text)
    passages: list[DraftPassage] = []
    for number, (start, end, kind, speaker) in enumerate(spans, start=1):
        gap_end = spans[number][0] if number < len(spans) else len(text)
        piece = text[start:end]
        cut = pack_cut(find_sentences(piece, language), find_words(piece))
        passages.append(
            DraftPassage(number, start, end, kind, speaker, piece, text[end:gap_end], cut)
        )
    # A file name may hold bytes that are no text; the project cannot.
    source = source.encode("utf-8", "replace").decode("utf-8")
    return Draft(
        name=_stem(source),
        source=source,
        original=original,
        text=text,
        lead=text[: spans[0][0]] if spans else text,
        passages=tuple(passages),
        language=language,
        notes="; ".join(note for note in extract.notes if note),
    )


def _stem(source: str) -> str:
    """Return a file name without its suffix, as one line; ``.txt`` alone stays what it is."""
    stem, dot, _ = source.rpartition(".")
    # Line feeds and spaces around it could not be typed, nor stand in a table of codings.
    return " ".join((stem if dot and stem.strip() else source).split())
