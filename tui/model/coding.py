"""Codings: a span of one document, one code, one coder."""

from __future__ import annotations

from tui.model.span import Span
from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding as stored; overlapping ones are never merged."""

    id: int
    document_id: int
    start: int
    end: int
    code_id: int
    coder_id: int
    important: bool
    revision: int
    """The code's ``revision`` when this coding was made."""
    created_at: str
    quote: str

    @property
    def span(self) -> Span:
        """Its place in the document."""
        return Span(self.start, self.end)
