"""Cases, attributes, coders, relations."""

from __future__ import annotations

from typing import Literal

from tui.values import dataclass

AttributeKind = Literal["text", "number", "date"]
ReadingState = Literal["unread", "read", "aside"]


@dataclass(frozen=True, slots=True)
class Coder:
    """Someone who codes."""

    id: int
    name: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Case:
    """Who or what the data is about: a person, an organisation, a version."""

    id: int
    name: str
    kind: str
    """``speaker`` when it came from a transcript; free text otherwise."""


@dataclass(frozen=True, slots=True)
class CaseSpan:
    """What a case owns: a whole document (start and end None) or a span of it."""

    id: int
    case_id: int
    document_id: int
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A named property of documents and cases."""

    id: int
    name: str
    kind: AttributeKind


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link from one code to another."""

    id: int
    from_code_id: int
    to_code_id: int
    kind: str
    coder_id: int
    created_at: str
