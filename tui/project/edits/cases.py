"""Acts on cases, attributes and relations between codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.errors import QualError, Refused
from tui.model.case import AttributeKind
from tui.project.act import Act, edit
from tui.project.edits.codes import existing
from tui.store.cases import find_attribute, find_case, find_value, rows_of, spoken_spans
from tui.store.documents import find_document, read_document
from tui.store.memos import memo_ids_on
from tui.text.counted import counted


@edit("case.add")
def add_case(act: Act, name: str, kind: str = "") -> int:
    """Add a case; return its id.

    Raises:
        Refused: the name is empty or taken.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("A case needs a name.")
    if find_case(act.db, name) is not None:
        raise Refused(f"There is a case {name!r} already.")
    act.subject = f"New case {name}"
    return act.rows.insert("cases", {"name": name, "kind": kind})


@edit("case.rename")
def rename_case(act: Act, case_id: int, name: str) -> None:
    """Give a case another name.

    Raises:
        Refused: the name is empty or taken, or the case is gone.
    """
    row = act.rows.row("cases", case_id)
    name = " ".join(name.split())
    if row is None or not name:
        raise Refused("A case needs a name." if row else "That case is gone.")
    other = find_case(act.db, name)
    if other is not None and other.id != case_id:
        raise Refused(f"There is a case {name!r} already.")
    act.rows.update("cases", case_id, {"name": name})
    act.subject = f"Renamed case {row['name']} → {name}"


@edit("case.assign")
def assign_case(
    act: Act, case_id: int, document_id: int, start: int | None = None, end: int | None = None
) -> int:
    """Give a case a whole document, or the span ``[start, end)`` of it; return the row's id.

    Raises:
        Refused: it owns that already, the span is not one of the text, or something is gone.
    """
    row = act.rows.row("cases", case_id)
    document = read_document(act.db, document_id)
    if row is None or document is None:
        raise Refused("That case or document is no longer in the project.")
    if (start is None) != (end is None) or (
        start is not None and end is not None and not 0 <= start < end <= document.chars
    ):
        raise Refused(f"{start}:{end} is not a span of {document.name}.")
    for span_id in rows_of(act.db, "case_spans", "case_id", case_id):
        span = act.rows.row("case_spans", span_id)
        if span and (span["document_id"], span["start"], span["end"]) == (document_id, start, end):
            raise Refused(f"{row['name']} owns that already.")
    what = document.name if start is None else f"{start}:{end} of {document.name}"
    act.subject = f"Case {row['name']} owns {what}"
    return act.rows.insert(
        "case_spans",
        {"case_id": case_id, "document_id": document_id, "start": start, "end": end},
    )


@edit("case.release")
def release_case(act: Act, case_span_id: int) -> None:
    """Take a document or a span away from a case."""
    row = act.rows.row("case_spans", case_span_id)
    if row is None:
        raise Refused("That case does not own it any more.")
    act.rows.delete("case_spans", case_span_id)
    act.subject = "Took a document from a case"


@edit("case.delete")
def delete_case(act: Act, case_id: int) -> None:
    """Delete a case with what it owns and its attribute values.

    Raises:
        Refused: it speaks in a document, or another coder has a memo on it.
    """
    row = act.rows.row("cases", case_id)
    if row is None:
        raise Refused("That case is no longer in the project.")
    if spoken_spans(act.db, case_id):
        raise Refused(
            f"{row['name']} speaks in a document.", "A speaker stays as long as the document does."
        )
    for memo_id, coder_id in memo_ids_on(act.db, "case_id", case_id):
        if coder_id != act.coder_id:
            raise Refused(f"Another coder has written a memo on {row['name']}.")
        act.rows.delete("memos", memo_id)
    for place in ("case_spans", "attribute_values"):
        for row_id in rows_of(act.db, place, "case_id", case_id):
            act.rows.delete(place, row_id)
    act.rows.delete("cases", case_id)
    act.subject = f"Deleted case {row['name']}"


@edit("attribute.set")
def set_attribute(
    act: Act,
    name: str,
    value: str,
    document_id: int | None = None,
    case_id: int | None = None,
) -> bool:
    """Set an attribute of a document or of a case; an empty value removes it.

    The attribute is made when it is new. It holds numbers or dates as long as all its values are
    such, else text.

    Returns:
        Whether anything was different.

    Raises:
        Refused: no name, no target or both, or the target is gone.
    """
    name = " ".join(name.split())
    value = value.strip()
    if not name or (document_id is None) == (case_id is None):
        raise Refused("An attribute needs a name, and one document or case to belong to.")
    place, key = ("documents", document_id) if case_id is None else ("cases", case_id)
    target = act.rows.row(place, key)
    if target is None:
        raise Refused("What the attribute is to belong to is no longer in the project.")
    attribute = find_attribute(act.db, name)
    if attribute is None:
        if not value:
            return False
        attribute_id = act.rows.insert("attributes", {"name": name, "kind": kind_of(value)})
    else:
        attribute_id = attribute.id
        if value and attribute.kind not in ("text", kind_of(value)):
            act.rows.update("attributes", attribute_id, {"kind": "text"})
    now = find_value(act.db, attribute_id, document_id, case_id)
    if now is None:
        if not value:
            return False
        act.rows.insert(
            "attribute_values",
            {
                "attribute_id": attribute_id,
                "document_id": document_id,
                "case_id": case_id,
                "value": value,
            },
        )
    elif not value:
        act.rows.delete("attribute_values", now[0])
    elif not act.rows.update("attribute_values", now[0], {"value": value}):
        return False
    act.subject = f"{target['name']}: {name} = {value or 'removed'}"
    return True


@edit("attribute.set_many")
def set_attribute_of(act: Act, name: str, value: str, document_ids: Sequence[int]) -> int:
    """Set an attribute of several documents to one value; an empty value removes it.

    Returns:
        How many of them had another value before.

    Raises:
        Refused: no name, or a document is gone.
    """
    subjects = []
    for document_id in document_ids:
        if set_attribute.apply(act, name, value, document_id=document_id):
            subjects.append(act.subject)
    if len(subjects) == 1:
        act.subject = subjects[0]
    else:
        act.subject = f"{name} = {value or 'removed'} on {counted(len(subjects), 'document')}"
    return len(subjects)


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """One row of ``attributes.csv``."""

    place: str
    """File and line, for messages."""
    document: str
    values: tuple[tuple[str, str], ...]
    """(attribute, value) pairs."""


@edit("attribute.load")
def set_attributes(act: Act, rows: Sequence[AttributeRow]) -> int:
    """Set attributes of documents from a table; return how many values were different.

    Raises:
        QualError: a row names a document that is not there; names file and line.
    """
    count = 0
    for row in rows:
        document = find_document(act.db, row.document)
        if document is None:
            raise QualError(
                f"{row.place}: there is no document {row.document!r} in the project.",
                "Nothing was stored.",
            )
        for name, value in row.values:
            count += set_attribute.apply(act, name, value, document_id=document.id)
    act.subject = f"Set {counted(count, 'attribute')} from a table"
    return count


@edit("attribute.delete")
def delete_attribute(act: Act, name: str) -> int:
    """Delete an attribute with all its values; return how many there were."""
    attribute = find_attribute(act.db, name)
    if attribute is None:
        raise Refused(f"There is no attribute {name!r}.", "`qual attr` lists them.")
    ids = rows_of(act.db, "attribute_values", "attribute_id", attribute.id)
    for row_id in ids:
        act.rows.delete("attribute_values", row_id)
    act.rows.delete("attributes", attribute.id)
    act.subject = f"Deleted attribute {name} ({counted(len(ids), 'value')})"
    return len(ids)


@edit("relation.add")
def add_relation(act: Act, from_code_id: int, to_code_id: int, kind: str) -> int:
    """Draw a typed relation from one code to another; return its id.

    Raises:
        Refused: both are the same code, the kind is empty, or the coder drew it before.
    """
    start, end = existing(act, from_code_id), existing(act, to_code_id)
    kind = " ".join(kind.split())
    if from_code_id == to_code_id or not kind:
        raise Refused("A relation needs two different codes and a kind, such as 'leads to'.")
    for relation_id in rows_of(act.db, "relations", "from_code_id", from_code_id):
        row = act.rows.row("relations", relation_id)
        same = row and (row["to_code_id"], row["kind"]) == (to_code_id, kind)
        if row and same and row["coder_id"] == act.coder_id:
            raise Refused(f"{start.key} {kind} {end.key} is there already.")
    act.subject = f"Relation {start.key} {kind} {end.key}"
    return act.rows.insert(
        "relations",
        {
            "from_code_id": from_code_id,
            "to_code_id": to_code_id,
            "kind": kind,
            "coder_id": act.coder_id,
            "created_at": act.now,
        },
    )


@edit("relation.delete")
def delete_relation(act: Act, relation_id: int) -> None:
    """Delete an own relation with the own memos on it.

    Raises:
        Refused: it is gone or another coder's, or carries another coder's memo.
    """
    row = act.rows.row("relations", relation_id)
    if row is None or row["coder_id"] != act.coder_id:
        raise Refused("That relation is gone or another coder's.")
    for memo_id, coder_id in memo_ids_on(act.db, "relation_id", relation_id):
        if coder_id != act.coder_id:
            raise Refused("Another coder has written a memo on this relation.")
        act.rows.delete("memos", memo_id)
    act.rows.delete("relations", relation_id)
    act.subject = f"Deleted relation {row['kind']}"


def kind_of(value: str) -> AttributeKind:
    """Tell whether a value reads as a number, an ISO date or text."""
    text = value.strip()
    try:
        float(text.replace(",", ".").replace(" ", ""))
        return "number"
    except ValueError:
        parts = text.split("-")
        lengths = tuple(map(len, parts))
        if lengths in ((4, 2), (4, 2, 2)) and all(part.isdecimal() for part in parts):
            return "date"
        return "text"
