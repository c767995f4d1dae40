"""Cases, the spans they own, attributes and their values, relations between codes."""

from __future__ import annotations

import sqlite3
from typing import Literal

from tui.model.case import Attribute, Case, CaseSpan, Relation


def list_cases(db: sqlite3.Connection) -> list[Case]:
    """Return all cases by name."""
    return [Case(*row) for row in db.execute("SELECT id, name, kind FROM cases ORDER BY name")]


def find_case(db: sqlite3.Connection, name: str) -> Case | None:
    """Return a case by name, or None."""
    row = db.execute("SELECT id, name, kind FROM cases WHERE name = ?", (name,)).fetchone()
    return Case(*row) if row else None


def list_case_spans(db: sqlite3.Connection, case_id: int | None = None) -> list[CaseSpan]:
    """Return what cases own, all or those of one case, in document order."""
    where, values = ("WHERE case_id = ?", (case_id,)) if case_id is not None else ("", ())
    return [
        CaseSpan(*row)
        for row in db.execute(
            f"SELECT id, case_id, document_id, start, end FROM case_spans {where}"
            " ORDER BY document_id, start, id",
            values,
        )
    ]


def passages_spoken(db: sqlite3.Connection) -> dict[int, int]:
    """Return the number of speaker turns of each case, by case id."""
    return dict(
        db.execute(
            "SELECT case_id, count(*) FROM passages WHERE case_id IS NOT NULL GROUP BY case_id"
        ).fetchall()
    )


def spoken_spans(db: sqlite3.Connection, case_id: int) -> list[tuple[int, int, int]]:
    """Return (document_id, start, end) of the turns that a case speaks."""
    return db.execute(
        "SELECT document_id, start, end FROM passages WHERE case_id = ?"
        " ORDER BY document_id, start",
        (case_id,),
    ).fetchall()


def list_attributes(db: sqlite3.Connection) -> list[Attribute]:
    """Return all attributes in the order in which they were made."""
    return [
        Attribute(*row) for row in db.execute("SELECT id, name, kind FROM attributes ORDER BY id")
    ]


def find_attribute(db: sqlite3.Connection, name: str) -> Attribute | None:
    """Return an attribute by name, or None."""
    row = db.execute("SELECT id, name, kind FROM attributes WHERE name = ?", (name,)).fetchone()
    return Attribute(*row) if row else None


def document_attributes(db: sqlite3.Connection) -> dict[int, dict[str, str]]:
    """Return name → value for each document that has any attribute, by document id."""
    return _values_by(db, "document_id")


def case_attributes(db: sqlite3.Connection) -> dict[int, dict[str, str]]:
    """Return name → value for each case that has any attribute, by case id."""
    return _values_by(db, "case_id")


def _values_by(
    db: sqlite3.Connection, owner: Literal["document_id", "case_id"]
) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for owner_id, name, value in db.execute(
        f"SELECT {owner}, name, value FROM attribute_values"
        f" JOIN attributes ON attributes.id = attribute_id WHERE {owner} IS NOT NULL"
        " ORDER BY attribute_id"
    ):
        found.setdefault(owner_id, {})[name] = value
    return found


def owned_by(db: sqlite3.Connection, case_id: int) -> list[tuple[int, int | None, int | None]]:
    """Return (document_id, start, end) of what a case owns, and of the turns it speaks.

    Start and end are None for a whole document.
    """
    spans = list_case_spans(db, case_id)
    owned = [(each.document_id, each.start, each.end) for each in spans]
    return [*owned, *spoken_spans(db, case_id)]


def owned_by_value(
    db: sqlite3.Connection, name: str
) -> dict[str, list[tuple[int, int | None, int | None]]]:
    """Return what belongs to each value of an attribute, of documents and of cases, by value."""
    owned: dict[str, list[tuple[int, int | None, int | None]]] = {}
    for document_id, values in document_attributes(db).items():
        if name in values:
            owned.setdefault(values[name], []).append((document_id, None, None))
    for case_id, values in case_attributes(db).items():
        if name in values:
            owned.setdefault(values[name], []).extend(owned_by(db, case_id))
    return owned


def find_value(
    db: sqlite3.Connection, attribute_id: int, document_id: int | None, case_id: int | None
) -> tuple[int, str] | None:
    """Return (id, value) of an attribute of a document or a case, or None."""
    row = db.execute(
        "SELECT id, value FROM attribute_values"
        " WHERE attribute_id = ? AND document_id IS ? AND case_id IS ?",
        (attribute_id, document_id, case_id),
    ).fetchone()
    return (row[0], row[1]) if row else None


def attribute_of_value(db: sqlite3.Connection, value_id: int) -> int | None:
    """Return the id of the attribute that a value is of, or None when the value is gone."""
    row = db.execute(
        "SELECT attribute_id FROM attribute_values WHERE id = ?", (value_id,)
    ).fetchone()
    return row[0] if row else None


def rows_of(db: sqlite3.Connection, place: str, column: str, key: int) -> list[int]:
    """Return the ids of the rows of a table of this family whose ``column`` is ``key``."""
    allowed = {
        ("case_spans", "case_id"),
        ("case_spans", "document_id"),
        ("attribute_values", "document_id"),
        ("attribute_values", "case_id"),
        ("attribute_values", "attribute_id"),
        ("relations", "from_code_id"),
        ("relations", "to_code_id"),
    }
    if (place, column) not in allowed:
        raise KeyError((place, column))
    return [
        row[0]
        for row in db.execute(f"SELECT id FROM {place} WHERE {column} = ? ORDER BY id", (key,))
    ]


def list_relations(db: sqlite3.Connection) -> list[Relation]:
    """Return all relations between codes."""
    return [
        Relation(*row)
        for row in db.execute(
            "SELECT id, from_code_id, to_code_id, kind, coder_id, created_at FROM relations"
            " ORDER BY id"
        )
    ]
