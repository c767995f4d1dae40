"""Memos: on a coding, on words, on a code, on the document, on the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.app.action import Action
from tui.app.actions.reasons import no_code_to_change, no_coding, no_text, no_writing
from tui.app.desk import Desk
from tui.app.keybook import undo_hint
from tui.model.coding import Coding
from tui.model.document import Document
from tui.model.memo import Memo, MemoTarget
from tui.project.edits.memos import add_memo, change_memo, delete_memo
from tui.store.codings import read_coding
from tui.store.memos import list_memos


def open_memo(desk: Desk) -> None:
    """Write a memo on the focused coding, else the newest own one here, else on the words."""
    view = desk.view
    own = [c.id for c in view.codings_here() if c.coder_id == desk.project.coder_id]
    chosen = view.focused_coding if view.focused_coding is not None else max(own, default=None)
    coding = read_coding(desk.project.db, chosen) if chosen is not None else None
    if coding is not None:
        open_coding_memo(desk, coding)
        return
    annotate(desk)


def annotate(desk: Desk) -> None:
    """Write a memo on the selected words themselves."""
    document, span = desk.study.document, desk.view.selected_span
    if document is None or span is None:
        desk.refuse("Nothing is selected")
        return
    target = MemoTarget("span", document_id=document.id, start=span[0], end=span[1])
    _edit(desk, target, f"Memo on ¶{desk.view.passage_at}  {document.name}")


def open_coding_memo(desk: Desk, coding: Coding) -> None:
    """Write a memo on a coding."""
    code = desk.study.by_id.get(coding.code_id)
    name = f"{code.letter or '~'} {code.key} {code.name}" if code else "a coding"
    where = f"¶{desk.view.passage_at}  {desk.study.document.name}" if desk.study.document else ""
    _edit(desk, MemoTarget("coding", coding_id=coding.id), f"Memo on {name} {where}".rstrip())


def on_document(desk: Desk) -> None:
    """Write a memo on the open document."""
    document = desk.study.document
    if document is not None:
        target = MemoTarget("document", document_id=document.id)
        _edit(desk, target, f"Memo on {document.name}")


def on_document_of(desk: Desk, document: Document, say: Callable[[str], None]) -> None:
    """Write a memo on any document; ``say`` takes what was done with it."""
    _edit(desk, MemoTarget("document", document_id=document.id), f"Memo on {document.name}", say)


def on_words_of(desk: Desk, target: MemoTarget, title: str, say: Callable[[str], None]) -> None:
    """Write a memo on words of any document; ``say`` takes what was done with it."""
    _edit(desk, target, title, say)


def on_project(desk: Desk) -> None:
    """Write a memo on the project."""
    _edit(desk, MemoTarget("project"), f"Memo on {desk.study.title}")


def on_code(desk: Desk) -> None:
    """Write a memo on the code at the cursor of the tree."""
    code = desk.tree.highlighted
    if code is not None:
        _edit(desk, MemoTarget("code", code_id=code.id), f"Memo on {code.key} {code.name}")


def _edit(
    desk: Desk, target: MemoTarget, title: str, say: Callable[[str], None] | None = None
) -> None:
    own = list_memos(desk.project.db, coder_ids=[desk.project.coder_id], target=target)
    if target.kind == "project":
        from tui.analysis.cluster_names import names_cluster  # noqa: PLC0415 (few memos need it)

        own = [memo for memo in own if not names_cluster(memo)]
    edit_one(desk, target, title, own[-1] if own else None, say)


def edit_one(
    desk: Desk,
    target: MemoTarget,
    title: str,
    memo: Memo | None,
    say: Callable[[str], None] | None = None,
) -> None:
    """Let one memo be written; what else was written on the same stands above it.

    Args:
        desk: the open study.
        target: what it is on.
        title: that in words.
        memo: an own memo to go on with; None writes a new one.
        say: takes what was done; None says it on the workbench.
    """
    project = desk.project
    told = say or (lambda text: desk.say(f"{text}   {undo_hint()}"))
    others = [
        each
        for each in list_memos(project.db, coder_ids=desk.study.visible, target=target)
        if memo is None or each.id != memo.id
    ]
    # A second memo on the same has a draft of its own.
    key = draft_key(target) + (ANOTHER if memo is None and _any_own(desk, others) else "")

    def store(text: str) -> None:
        if memo is not None and not text.strip():
            delete_memo(project, memo.id)
            told("Memo deleted")
            return
        if memo is None:
            add_memo(project, target, text)
        elif not change_memo(project, memo.id, text):
            return
        told("Memo saved")

    desk.ask.edit_memo(
        title,
        memo.text if memo else "",
        key,
        store,
        earlier=earlier_text(desk, others),
        another=lambda: edit_one(desk, target, title, None, say),
    )


ANOTHER = "-another"
"""What the key of a draft ends with when it is one more memo on the same."""
_FIELDS: dict[str, tuple[str, ...]] = {
    "project": (),
    "document": ("document_id",),
    "span": ("document_id", "start", "end"),
    "case": ("case_id",),
    "code": ("code_id",),
    "coding": ("coding_id",),
    "relation": ("relation_id",),
}


def draft_key(target: MemoTarget) -> str:
    """Return what the draft of a memo is found by: ``span-1-20-40``."""
    numbers = [getattr(target, field) for field in _FIELDS[target.kind]]
    return "-".join([target.kind, *(str(number) for number in numbers)])


def target_of(key: str) -> MemoTarget | None:
    """Return what the draft of this key is on; None when that is no memo."""
    kind, *numbers = key.removesuffix(ANOTHER).split("-")
    fields = _FIELDS.get(kind)
    if fields is None or len(fields) != len(numbers) or not all(map(str.isdecimal, numbers)):
        return None
    given = dict(zip(fields, map(int, numbers), strict=True))
    return MemoTarget(kind, **given)  # type: ignore[arg-type]


def earlier_text(desk: Desk, memos: Sequence[Memo]) -> str:
    """Return memos as one text, each under whose it is and when it was written; times are UTC."""
    names = desk.study.coder_names
    return "\n\n".join(
        f"{names.get(memo.coder_id, '?')}, {memo.updated_at[:16].replace('T', ' ')}:\n{memo.text}"
        for memo in memos
    )


def _any_own(desk: Desk, memos: Sequence[Memo]) -> bool:
    return any(memo.coder_id == desk.project.coder_id for memo in memos)


def _no_document(desk: Desk) -> str | None:
    return no_writing(desk) or no_text(desk)


ACTIONS = (
    Action("memo.open", "memo",
           "Writes a memo on the focused coding, else on your newest coding here, else on the"
           " selected words.", ("m",), ("text",), open_memo, no_coding),
    Action("note.add", "annotate these words", "Writes a memo on the selected words themselves,"
           " with a \" in the margin.", ("a",), ("text",), annotate, no_coding, "annotate"),
    Action("memo.code", "memo on this code", "Writes a memo on the code at the cursor.", ("a",),
           ("tree",), on_code, no_code_to_change, "memo"),
    Action("memo.document", "memo on this document", "Writes a memo on the open document.", (),
           ("text",), on_document, _no_document),
    Action("memo.project", "memo on the project", "Writes a memo on the whole project.", (),
           ("text", "tree"), on_project, no_writing),
)  # fmt: skip
