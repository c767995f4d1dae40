"""Messages that cross widgets; each says what has happened."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass(eq=False, repr=False)
class SelectionMoved(Message):
    """Another stretch of the document is selected."""

    document_id: int
    start: int
    end: int
    unit: str
    """``word``, ``clause``, ``sentence``, ``passage`` or ``document``."""

    def can_replace(self, message: Message) -> bool:
        """Only the newest counts."""
        return isinstance(message, SelectionMoved)


@dataclass(eq=False, repr=False)
class PassageLeft(Message):
    """The selection has gone on to another passage."""

    document_id: int
    number: int
    """The passage it has left, from 1."""


@dataclass(eq=False, repr=False)
class CodingPointedAt(Message):
    """A coding's lane was clicked."""

    coding_id: int


@dataclass(eq=False, repr=False)
class CodingsPointedAt(Message):
    """The sign that stands for codings without a lane of their own was clicked."""

    coding_ids: tuple[int, ...]


@dataclass(eq=False, repr=False)
class EdgesHeld(Message):
    """Something was clicked while the edges of a coding are moved and not kept yet."""


@dataclass(eq=False, repr=False)
class CodingsAskedFor(Message):
    """The right button was pressed on text: the codings there are wanted."""

    document_id: int
    start: int
    end: int


@dataclass(eq=False, repr=False)
class PassagesFitted(Message):
    """The passages beside the text have other room than what they show was made for."""
