"""Documents and their passages."""

from __future__ import annotations

from typing import Literal

from tui.model.span import Span
from tui.values import dataclass

PassageKind = Literal["heading", "paragraph", "turn"]


@dataclass(frozen=True, slots=True)
class Document:
    """One imported text; the text itself lives in its passages."""

    id: int
    name: str
    position: int
    """Place in the document list, from 1."""
    language: str
    """``en``, ``ru``, ``zh`` or another ISO 639-1 code; guides where sentences end."""
    source: str
    """File name it was imported from, without its folder."""
    chars: int
    """Length of the stored text in code points."""
    passages: int
    """Number of passages."""
    notes: str
    """What the import did to the text (joined lines, decoded from …); empty when nothing."""
    imported_at: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or one speaker turn: the unit of reading and of the search index."""

    id: int
    document_id: int
    number: int
    """Place in the document, from 1; shown as ¶7."""
    start: int
    end: int
    kind: PassageKind
    case_id: int | None
    """The case that speaks, when the passage is a speaker turn."""
    text: str
    """The stored text of ``[start, end)``."""
    gap: str
    """The stored text between this passage and the next (line ends, mostly)."""
    cut: bytes
    """Packed offsets of its sentences and words; see ``tui.text.cut``."""

    @property
    def span(self) -> Span:
        """Its place in the document."""
        return Span(self.start, self.end)
