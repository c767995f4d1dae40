"""Acts on documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.errors import Refused
from tui.model.document import Document
from tui.project.act import Act, edit
from tui.store import index
from tui.store.cases import find_case, rows_of
from tui.store.codings import list_codings
from tui.store.decisions import decisions_on
from tui.store.documents import (
    count_uses,
    find_document,
    insert_document,
    next_position,
    read_document,
)
from tui.store.memos import memo_coder_ids, memo_ids_on
from tui.store.readings import readings_of_document
from tui.text.counted import counted
from tui.text.digest import sha256, text_sha256

if TYPE_CHECKING:
    from tui.importing.draft import Draft
    from tui.project.project import Project


MANY_PASSAGES = 5_000
"""From so many passages on, an import leaves the search index joined: searches stay fast."""


@edit("document.import")
def import_document(act: Act, draft: Draft) -> int:
    """Store a document with its passages, its original bytes and the cases that speak in it.

    Returns:
        The document's id.

    Raises:
        Refused: a document of this name exists.
    """
    if find_document(act.db, draft.name) is not None:
        raise Refused(
            f"A document named {draft.name!r} is in the project already.",
            "Rename it with `qual docs rename`, or import under another name with --name.",
        )
    cases = {
        speaker: _case_of(act, speaker)
        for speaker in dict.fromkeys(p.speaker for p in draft.passages if p.speaker)
    }
    row: dict[str, str | int | None] = {
        "name": draft.name,
        "position": next_position(act.db),
        "language": draft.language,
        "source": draft.source,
        "source_sha256": sha256(draft.original),
        "text_sha256": text_sha256(draft.text),
        "chars": len(draft.text),
        "passages": len(draft.passages),
        "lead": draft.lead,
        "notes": draft.notes,
        "imported_at": act.now,
    }
    document_id, indexed = insert_document(
        act.db,
        row,
        draft.original,
        (
            (p.number, p.start, p.end, p.kind, cases.get(p.speaker or ""), p.text, p.gap, p.cut)
            for p in draft.passages
        ),
    )
    index.add_passages(act.db, indexed)
    if len(indexed) >= MANY_PASSAGES:
        index.settle(act.db)
    act.rows.record_document({**row, "id": document_id})
    count = len(draft.passages)
    act.subject = f"Imported {draft.name}, {counted(count, 'passage')}"
    return document_id


@edit("document.rename")
def rename_document(act: Act, document_id: int, name: str) -> None:
    """Give a document another name.

    Raises:
        Refused: the name is empty or taken, or the document is gone.
    """
    document = read_document(act.db, document_id)
    name = " ".join(name.split())
    if document is None or not name:
        raise Refused("A document needs a name." if document else "That document is gone.")
    other = find_document(act.db, name)
    if other is not None and other.id != document_id and other.name == name:
        raise Refused(f"A document named {name!r} is in the project already.")
    act.rows.update("documents", document_id, {"name": name})
    act.subject = f"Renamed document {document.name} → {name}"


@edit("document.delete")
def delete_document(act: Act, document_id: int) -> int:
    """Delete a document with the coder's own codings and memos in it.

    Returns:
        How many codings were deleted with it.

    Raises:
        Refused: another coder has codings, memos or reading states in it; it is gone.
    """
    document = _deletable(act, document_id)
    readings = readings_of_document(act.db, document_id)
    codings = list_codings(act.db, coder_ids=[act.coder_id], document_ids=[document_id])
    for coding in codings:
        _delete_memos(act, "coding_id", coding.id)
        act.rows.delete("codings", coding.id)
    _delete_memos(act, "document_id", document_id)
    for place in ("case_spans", "attribute_values"):
        for row_id in rows_of(act.db, place, "document_id", document_id):
            act.rows.delete(place, row_id)
    for key in readings:
        act.rows.delete("readings", key)
    for decision_id, _ in decisions_on(act.db, "document_id", document_id):
        act.rows.delete("decisions", decision_id)
    act.rows.delete("documents", document_id)
    act.subject = f"Deleted document {document.name} ({_codings(len(codings))})"
    return len(codings)


@edit("document.delete_many")
def delete_documents(act: Act, document_ids: Sequence[int]) -> list[tuple[str, str]]:
    """Delete several documents as ``delete_document`` does each; those that must stay, stay.

    Returns:
        Name of each document that stays, and why with what now.
    """
    stay: list[tuple[str, str]] = []
    codings = 0
    for document_id in document_ids:
        document = read_document(act.db, document_id)
        if document is None:
            continue  # somebody else has just deleted it
        try:
            _deletable(act, document_id)
        except Refused as refusal:
            stay.append((document.name, f"{refusal.message} {refusal.hint}"))
            continue
        codings += delete_document.apply(act, document_id)
    gone = len(document_ids) - len(stay)
    if gone > 1:
        act.subject = f"Deleted {counted(gone, 'document')} ({_codings(codings)})"
    return stay


def _deletable(act: Act, document_id: int) -> Document:
    """Return a document that this coder may delete.

    Raises:
        Refused: another coder has codings, memos or reading states in it; it is gone.
    """
    document = read_document(act.db, document_id)
    refusal = _why_it_stays(act.db, act.coder_id, document)
    if document is None or refusal is not None:
        raise refusal or Refused("That document is no longer in the project.")
    return document


def why_document_stays(project: Project, document_id: int) -> Refused | None:
    """Return why this coder cannot delete a document, None when it can go: asked before asking."""
    document = read_document(project.db, document_id)
    return _why_it_stays(project.db, project.coder_id, document)


def _why_it_stays(
    db: sqlite3.Connection, coder_id: int, document: Document | None
) -> Refused | None:
    if document is None:
        return Refused("That document is no longer in the project.", "`qual docs` lists them.")
    if set(count_uses(db, document.id)) - {coder_id}:
        return Refused(
            f"Other coders have codings in {document.name}.",
            "They must remove them first, or the document stays.",
        )
    if any(coder != coder_id for coder, _ in readings_of_document(db, document.id)):
        return Refused(f"Another coder has begun to read {document.name}.", "It stays.")
    if memo_coder_ids(db, document.id) - {coder_id}:
        return Refused("Another coder has written a memo in this document.", "It stays.")
    if any(coder != coder_id for _, coder in decisions_on(db, "document_id", document.id)):
        return Refused(f"Another coder has decided disagreements in {document.name}.", "It stays.")
    return None


def _delete_memos(act: Act, column: str, key: int) -> None:
    for memo_id, _ in memo_ids_on(act.db, column, key):
        act.rows.delete("memos", memo_id)


def _codings(count: int) -> str:
    return counted(count, "coding")


def _case_of(act: Act, speaker: str) -> int:
    case = find_case(act.db, speaker)
    if case is not None:
        return case.id
    return act.rows.insert("cases", {"name": speaker, "kind": "speaker"})
