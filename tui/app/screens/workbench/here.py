"""Codings at the selection as they are listed: in the popup and beside the tree."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from tui.app.document.motions import units_of
from tui.app.document.text_source import DocumentText
from tui.app.state import Study
from tui.store.codings import read_codings
from tui.store.memos import coding_ids_with_memo, coding_signs

_FEW = 100


class HereEntry(NamedTuple):
    """What is told about a coding."""

    coding_id: int
    letter: str
    """The letter of its code's lane."""
    name: str
    """The name of its code."""
    place: str
    """Where it lies: ``¶15 s2-4``."""
    coder: str
    when: str
    """When it was made, short: ``10:31`` or ``2 Mar``."""
    own: bool
    """Whether this coder made it; others' codings can be looked at but not changed."""
    memo: bool
    """Whether it has a memo."""
    important: bool


def here_entries(study: Study, text: DocumentText, coding_ids: Sequence[int]) -> list[HereEntry]:
    """Return what is told about each of some codings of the open document, in their order."""
    project = study.project
    if study.document is None:
        return []
    found = read_codings(project.db, coding_ids)
    with_memo = _with_memo(study, coding_ids)
    rows = []
    for coding_id in coding_ids:
        coding = found.get(coding_id)
        code = study.by_id.get(coding.code_id) if coding else None
        if coding is None or code is None:
            continue
        rows.append(
            HereEntry(
                coding.id,
                code.letter or "~",
                f"{code.key} {code.name}",
                place_words(text, coding.start, coding.end),
                study.coder_names.get(coding.coder_id, "?"),
                when_words(coding.created_at, project.clock()),
                coding.coder_id == project.coder_id,
                coding.id in with_memo,
                coding.important,
            )
        )
    return rows


def _with_memo(study: Study, coding_ids: Sequence[int]) -> Container[int]:
    """Return those of some codings that have a memo; of very many, those of the whole document."""
    db = study.project.db
    if len(coding_ids) > _FEW and study.document is not None:
        return coding_ids_with_memo(db, study.document.id, study.visible)
    signs = coding_signs(db, coding_ids, study.visible)
    return {coding_id for coding_id, sign in signs.items() if "m" in sign}


def place_words(text: DocumentText, start: int, end: int) -> str:
    """Return where a span lies: ``¶15 s2-4``, ``¶15`` when it is all of it, ``¶3-5``."""
    if not len(text):
        return ""
    first, last = text.place_of(start), text.place_of(max(end - 1, start))
    if first != last:
        return f"¶{first + 1}-{last + 1}"
    base, finish = text.span(first)
    if start <= base and end >= finish:
        return f"¶{first + 1}"
    touched = [
        number
        for number, (low, high) in enumerate(units_of(text, "sentence", first), 1)
        if base + low < end and base + high > start
    ]
    if not touched:
        return f"¶{first + 1}"
    low, high = touched[0], touched[-1]
    return f"¶{first + 1} s{low}" + (f"-{high}" if high > low else "")


def when_words(at: str, now: str) -> str:
    """Return a time short: ``10:31`` on the same day, else ``11-22``; times are UTC."""
    if at[:10] == now[:10]:
        return at[11:16]
    return at[5:10] if at[:4] == now[:4] else at[:7]
