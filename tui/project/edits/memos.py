"""Acts on memos."""

from __future__ import annotations

from tui.errors import Refused
from tui.model.memo import MemoTarget
from tui.project.act import Act, edit
from tui.project.edits.codings import place_of
from tui.store.codes import read_code
from tui.store.codings import read_coding
from tui.store.documents import read_document
from tui.store.images import Value
from tui.store.memos import TARGET_COLUMNS, read_memo


@edit("memo.add")
def add_memo(act: Act, target: MemoTarget, text: str) -> int:
    """Write a memo on something.

    Returns:
        The memo's id.

    Raises:
        Refused: the text is empty, or what it is about is gone.
    """
    text = _checked(text)
    about = describe_target(act, target)
    values: dict[str, Value] = {name: getattr(target, name) for name in TARGET_COLUMNS}
    made = act.rows.insert(
        "memos",
        {
            **values,
            "coder_id": act.coder_id,
            "text": text,
            "created_at": act.now,
            "updated_at": act.now,
        },
    )
    act.subject = f"Memo on {about}"
    return made


@edit("memo.change")
def change_memo(act: Act, memo_id: int, text: str) -> bool:
    """Rewrite an own memo; tell whether anything was different.

    Raises:
        Refused: the text is empty, or the memo is gone or another coder's.
    """
    memo = _own(act, memo_id)
    text = _checked(text)
    if row_text(act, memo_id) == text:
        return False
    act.rows.update("memos", memo_id, {"text": text, "updated_at": act.now})
    act.subject = f"Rewrote the memo on {describe_target(act, memo)}"
    return True


@edit("memo.delete")
def delete_memo(act: Act, memo_id: int) -> None:
    """Delete an own memo.

    Raises:
        Refused: it is gone or another coder's.
    """
    target = _own(act, memo_id)
    act.rows.delete("memos", memo_id)
    act.subject = f"Deleted the memo on {describe_target(act, target)}"


def describe_target(act: Act, target: MemoTarget) -> str:
    """Name what a memo is about.

    Raises:
        Refused: it is gone, or the span is not one of the text.
    """
    if target.kind == "project":
        return "the project"
    name: str | None = None
    if target.kind in ("document", "span"):
        name = _describe_place(act, target)
    elif target.kind == "code":
        code = read_code(act.db, target.code_id or 0)
        if code is not None:
            name = f"{code.key} {code.name}"
    elif target.kind == "coding":
        coding = read_coding(act.db, target.coding_id or 0)
        code = read_code(act.db, coding.code_id) if coding else None
        if coding is not None and code is not None:
            where = place_of(act, coding.document_id, coding.start, coding.end)
            name = f"{code.key} {code.name} on {where}"
    elif target.kind == "case":
        row = act.rows.row("cases", target.case_id or 0)
        name = f"case {row['name']}" if row else None
    else:
        row = act.rows.row("relations", target.relation_id or 0)
        name = f"relation {row['kind']}" if row else None
    if name is not None:
        return name
    raise Refused(f"The {target.kind} that this memo is about is no longer in the project.")


def _describe_place(act: Act, target: MemoTarget) -> str | None:
    document = read_document(act.db, target.document_id or 0)
    if document is None or target.kind == "document":
        return document.name if document else None
    if 0 <= (target.start or 0) < (target.end or 0) <= document.chars:
        return place_of(act, document.id, target.start or 0, target.end or 0)
    raise Refused(f"{target.start}:{target.end} is not a span of {document.name}.")


def row_text(act: Act, memo_id: int) -> str:
    """Return the text of a memo as it is now."""
    row = act.rows.row("memos", memo_id)
    return str(row["text"]) if row else ""


def _own(act: Act, memo_id: int) -> MemoTarget:
    memo = read_memo(act.db, memo_id)
    if memo is None:
        raise Refused(f"There is no memo {memo_id} any more.", "`qual memo` lists them.")
    if memo.coder_id != act.coder_id:
        raise Refused(f"Memo {memo_id} is another coder's.", "Only who wrote a memo changes it.")
    return memo.target


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise Refused("The memo is empty: nothing was stored.")
    return text
