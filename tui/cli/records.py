"""Records that several verbs print: codings, memos, changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tui.cli.diagnostics import note
from tui.cli.output import Column, Format, Record, write_json, write_records, write_text
from tui.model.change import Change
from tui.model.coding import Coding
from tui.model.memo import Memo
from tui.store.cases import list_cases, list_relations
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.store.codings import read_coding
from tui.store.documents import list_documents
from tui.store.memos import list_memos
from tui.text.safe import make_line

if TYPE_CHECKING:
    from tui.project.project import Project

CODING_COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("document", "document"),
    Column("start", "start", right=True),
    Column("end", "end", right=True),
    Column("code", "code"),
    Column("coder", "coder"),
    Column("important", "!"),
    Column("quote", "quote", fill=True),
    Column("memo", "memo", fill=True),
    Column("created_at", "made at"),
)

CODING_TABLE: Final = CODING_COLUMNS[:8]
"""The columns that fit a terminal; the memo and the date are in the other formats."""

MEMO_COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("on", "on"),
    Column("about", "about"),
    Column("coder", "coder"),
    Column("updated_at", "changed"),
    Column("text", "text", fill=True),
)


class Names:
    """The names of everything that ids in rows refer to."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.documents = {document.id: document.name for document in list_documents(db)}
        self.codes = {code.id: code.key for code in list_codes(db)}
        self.coders = {coder.id: coder.name for coder in list_coders(db)}


def coding_records(
    names: Names, codings: Iterable[Coding], memos: dict[int, str] | None = None
) -> Iterator[Record]:
    """Yield the records of codings; ``memos`` are texts by coding id."""
    for coding in codings:
        yield {
            "id": coding.id,
            "document": names.documents[coding.document_id],
            "start": coding.start,
            "end": coding.end,
            "code": names.codes[coding.code_id],
            "coder": names.coders[coding.coder_id],
            "quote": coding.quote,
            "important": coding.important,
            "memo": (memos or {}).get(coding.id, ""),
            "created_at": coding.created_at,
        }


def memos_of_codings(db: sqlite3.Connection, coder_ids: Sequence[int]) -> dict[int, str]:
    """Return the memo text of each coding that has one; several are parted by an empty line."""
    found: dict[int, str] = {}
    for memo in list_memos(db, coder_ids=coder_ids):
        coding_id = memo.target.coding_id
        if coding_id is not None:
            found[coding_id] = (
                f"{found[coding_id]}\n\n{memo.text}" if coding_id in found else memo.text
            )
    return found


def memo_records(db: sqlite3.Connection, memos: Sequence[Memo]) -> Iterator[Record]:
    """Yield the records of memos: what they are about by name, and their texts."""
    names = Names(db)
    cases = {case.id: case.name for case in list_cases(db)}
    relations = {
        relation.id: f"{names.codes[relation.from_code_id]} {relation.kind}"
        f" {names.codes[relation.to_code_id]}"
        for relation in list_relations(db)
    }
    for memo in memos:
        target = memo.target
        coding = read_coding(db, target.coding_id) if target.coding_id else None
        document_id = coding.document_id if coding else target.document_id
        code_id = coding.code_id if coding else target.code_id
        record: dict[str, object] = {
            "id": memo.id,
            "on": target.kind,
            "document": names.documents[document_id] if document_id else None,
            "start": coding.start if coding else target.start,
            "end": coding.end if coding else target.end,
            "case": cases[target.case_id] if target.case_id else None,
            "code": names.codes[code_id] if code_id else None,
            "coding": target.coding_id,
            "relation": target.relation_id,
            "coder": names.coders[memo.coder_id],
            "text": memo.text,
            "created_at": memo.created_at,
            "updated_at": memo.updated_at,
        }
        relation = relations[target.relation_id] if target.relation_id else None
        yield {**record, "about": _about(record, relation)}


def _about(record: Record, relation: str | None) -> str:
    if relation:
        return relation
    if record["on"] == "project":
        return ""
    span = f"{record['start']}:{record['end']}" if record["start"] is not None else None
    parts = (record["case"], record["code"], record["document"], span)
    return " ".join(str(part) for part in parts if part is not None)


def change_record(change: Change, coder: str, undone: bool) -> Record:
    """Return the record of a change, as ``qual log --json`` prints it."""
    return {
        "id": change.id,
        "at": change.at,
        "coder": coder,
        "action": change.action if change.kind == "act" else change.kind,
        "subject": change.subject,
        "undone": undone,
        "step": change.step,
        "target": change.target,
    }


def say_act(project: Project, json_lines: bool, **fields: object) -> None:
    """Print the act that a verb has just done; ``fields`` are added to its JSON line."""
    change = project.last_change
    if change is None:
        note("Nothing was changed: it was so already.")
        if json_lines:
            write_json({"id": None, "action": None, "subject": "", **fields})
    elif json_lines:
        write_json({**change_record(change, project.coder, False), **fields})
    else:
        write_text(make_line(change.subject))


def write_codings(records: Iterable[Record], form: Format) -> int:
    """Print codings; return how many there were."""
    return write_records(records, CODING_TABLE if form == "table" else CODING_COLUMNS, form)
