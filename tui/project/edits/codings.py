"""Acts on codings."""

from __future__ import annotations

from collections.abc import Sequence

from tui.errors import AlreadyCoded, Refused
from tui.model.code import Code
from tui.model.coding import Coding
from tui.project.act import Act, edit
from tui.project.edits.readings import mark_span_read
from tui.store.codes import read_code
from tui.store.codings import coding_ids_of_code, find_identical, read_coding
from tui.store.documents import passages_touching, read_document, read_text
from tui.store.memos import memo_ids_on

SLICE = 500
"""Codings per transaction of a bulk act: some milliseconds, so that nobody waits for it."""


@edit("coding.add")
def add_codings(
    act: Act,
    document_id: int,
    start: int,
    end: int,
    code_ids: Sequence[int],
    important: bool = False,
) -> list[int]:
    """Code a span with one or several codes, and mark its passages read.

    Args:
        document_id: the document.
        start: first code point of the span.
        end: code point after the last, half-open.
        code_ids: the codes; those that the coder has put on exactly this span already are
            left out.
        important: flag the new codings.

    Returns:
        The ids of the new codings.

    Raises:
        AlreadyCoded: every one of the codes is on exactly this span already.
        Refused: the span is empty or outside the text, or a code is gone.
    """
    document = read_document(act.db, document_id)
    if document is None:
        raise Refused("That document is no longer in the project.", "`qual docs` lists them.")
    if not 0 <= start < end <= document.chars:
        raise Refused(
            f"{start}:{end} is not a span of {document.name},"
            f" which has {document.chars} characters.",
            "Spans are START:END in characters, END not included.",
        )
    quote = read_text(act.db, document_id, start, end)
    if not quote.strip():
        raise Refused(f"{start}:{end} of {document.name} holds no text.", "Select some words.")
    codes = [_code(act, code_id) for code_id in dict.fromkeys(code_ids)]
    fresh = [
        code
        for code in codes
        if find_identical(act.db, document_id, start, end, code.id, act.coder_id) is None
    ]
    if not fresh:
        names = ", ".join(f"{code.key} {code.name}" for code in codes)
        raise AlreadyCoded(f"Already coded {names} on these words.")
    made = [
        act.rows.insert(
            "codings",
            {
                "document_id": document_id,
                "start": start,
                "end": end,
                "code_id": code.id,
                "coder_id": act.coder_id,
                "important": int(important),
                "revision": code.revision,
                "created_at": act.now,
                "quote": quote,
            },
        )
        for code in fresh
    ]
    mark_span_read(act, document_id, start, end)
    where = place_of(act, document_id, start, end)
    act.subject = f"+ {', '.join(_label(code) for code in fresh)} on {where}"
    return made


@edit("coding.remove")
def remove_codings(act: Act, coding_ids: Sequence[int]) -> int:
    """Take own codings away, with the own memos on them.

    Returns:
        How many were removed.

    Raises:
        Refused: one is another coder's, is gone, or carries another coder's memo.
    """
    removed: list[str] = []
    for coding_id in dict.fromkeys(coding_ids):
        coding = own_coding(act, coding_id)
        delete_coding(act, coding_id)
        code = _code(act, coding.code_id)
        where = place_of(act, coding.document_id, coding.start, coding.end)
        removed.append(f"{_label(code)} from {where}")
    act.subject = "- " + _listed(removed, "codings")
    return len(removed)


@edit("coding.recode")
def recode_codings(act: Act, coding_ids: Sequence[int], code_id: int) -> int:
    """Give own codings another code, edges and memos kept.

    A coding whose twin with the new code exists already is removed instead, its memos moved to
    the twin.

    Returns:
        How many codings were changed.

    Raises:
        Refused: one is another coder's or gone, or the code is gone.
    """
    code = _code(act, code_id)
    changed = 0
    before = ""
    for coding_id in dict.fromkeys(coding_ids):
        coding = own_coding(act, coding_id)
        if coding.code_id == code_id:
            continue
        before = _label(_code(act, coding.code_id))
        give_code(act, coding, code)
        changed += 1
    act.subject = f"Recoded {changed} {_noun(changed)}: {before} → {_label(code)}"
    return changed


@edit("coding.move")
def move_coding(act: Act, coding_id: int, start: int, end: int) -> None:
    """Move the edges of an own coding.

    Args:
        coding_id: the coding.
        start: its new first code point.
        end: the code point after its new last one.

    Raises:
        Refused: it is another coder's or gone, or the span is not one of the text.
        AlreadyCoded: the same code is on that span already.
    """
    coding = own_coding(act, coding_id)
    document = read_document(act.db, coding.document_id)
    if document is None or not 0 <= start < end <= document.chars:
        raise Refused(f"{start}:{end} is not a span of this document.")
    code = _code(act, coding.code_id)
    twin = find_identical(act.db, coding.document_id, start, end, coding.code_id, act.coder_id)
    if twin is not None and twin != coding_id:
        raise AlreadyCoded(f"Already coded {_label(code)} on these words.")
    quote = read_text(act.db, coding.document_id, start, end)
    if not quote.strip():
        raise Refused(f"{start}:{end} holds no text.", "Select some words.")
    act.rows.update("codings", coding_id, {"start": start, "end": end, "quote": quote})
    where = place_of(act, coding.document_id, start, end)
    act.subject = f"Moved the edges of {_label(code)} to {where}"


@edit("coding.important")
def set_important(act: Act, coding_id: int, important: bool) -> None:
    """Flag an own coding as important, or take the flag off.

    Raises:
        Refused: it is another coder's, or gone.
    """
    coding = own_coding(act, coding_id)
    act.rows.update("codings", coding_id, {"important": int(important)})
    word = "important" if important else "not important"
    where = place_of(act, coding.document_id, coding.start, coding.end)
    act.subject = f"{_label(_code(act, coding.code_id))} on {where}: {word}"


def give_code(act: Act, coding: Coding, code: Code) -> None:
    """Change the code of one coding of any coder; a twin takes its place and its memos."""
    twin = find_identical(
        act.db, coding.document_id, coding.start, coding.end, code.id, coding.coder_id
    )
    if twin is None:
        act.rows.update("codings", coding.id, {"code_id": code.id, "revision": code.revision})
        return
    for memo_id, _ in memo_ids_on(act.db, "coding_id", coding.id):
        act.rows.update("memos", memo_id, {"coding_id": twin})
    if coding.important:
        act.rows.update("codings", twin, {"important": 1})
    act.rows.delete("codings", coding.id)


def give_code_everywhere(act: Act, from_code: Code, to_code: Code) -> int:
    """Change the code of every coding of every coder; return how many there were."""
    ids = coding_ids_of_code(act.db, from_code.id)
    for coding_id in ids:
        coding = read_coding(act.db, coding_id)
        if coding is not None:
            give_code(act, coding, to_code)
    return len(ids)


def delete_coding(act: Act, coding_id: int) -> None:
    """Delete a coding with the acting coder's memos on it.

    Raises:
        Refused: it carries another coder's memo.
    """
    for memo_id, coder_id in memo_ids_on(act.db, "coding_id", coding_id):
        if coder_id != act.coder_id:
            raise Refused(
                f"Another coder has written a memo on coding {coding_id}.",
                "Deleting it would lose that memo: ask them first.",
            )
        act.rows.delete("memos", memo_id)
    act.rows.delete("codings", coding_id)


def own_coding(act: Act, coding_id: int) -> Coding:
    """Return a coding of the acting coder.

    Raises:
        Refused: it is gone, or another coder's.
    """
    coding = read_coding(act.db, coding_id)
    if coding is None:
        raise Refused(
            f"There is no coding {coding_id} any more.", "`qual codings` lists them with ids."
        )
    if coding.coder_id != act.coder_id:
        raise Refused(
            f"Coding {coding_id} is another coder's.", "Only who made a coding changes it."
        )
    return coding


def place_of(act: Act, document_id: int, start: int, end: int) -> str:
    """Name a place for people: ``brief-1993 ¶4``."""
    document = read_document(act.db, document_id)
    passages = passages_touching(act.db, document_id, start, end)
    name = document.name if document else "?"
    if not passages:
        return name
    first, last = passages[0].number, passages[-1].number
    return f"{name} ¶{first}" if first == last else f"{name} ¶{first}-{last}"


def _code(act: Act, code_id: int) -> Code:
    code = read_code(act.db, code_id)
    if code is None:
        raise Refused("That code is no longer in the codebook.", "`qual codes` lists it.")
    return code


def _label(code: Code) -> str:
    return f"{code.key} {code.name}"


def _noun(count: int) -> str:
    return "coding" if count == 1 else "codings"


def _listed(items: list[str], noun: str) -> str:
    return items[0] if len(items) == 1 else f"{len(items)} {noun}: {items[0]}, …"
