"""Memos: dated text by a coder on something of the project."""

from __future__ import annotations

from typing import Literal

from tui.values import dataclass

MemoKind = Literal["project", "document", "case", "code", "coding", "relation", "span"]


@dataclass(frozen=True, slots=True)
class MemoTarget:
    """What a memo is about; ``kind`` says which of the fields are set."""

    kind: MemoKind
    document_id: int | None = None
    start: int | None = None
    end: int | None = None
    case_id: int | None = None
    code_id: int | None = None
    coding_id: int | None = None
    relation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Memo:
    """One memo."""

    id: int
    target: MemoTarget
    coder_id: int
    text: str
    created_at: str
    updated_at: str
