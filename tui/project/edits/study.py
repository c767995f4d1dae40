"""Loading codings that stand in a table beside the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.errors import AlreadyCoded, QualError
from tui.model.memo import MemoTarget
from tui.project.act import Act, edit
from tui.project.edits.codings import add_codings
from tui.project.edits.memos import add_memo
from tui.store.codes import find_code
from tui.store.documents import find_document, read_text
from tui.text.counted import counted


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of ``codings.csv``."""

    place: str
    """File and line, for messages."""
    document: str
    coder: str
    code: str
    start: int
    end: int
    quote: str
    important: bool
    memo: str


@edit("coding.load")
def load_codings(act: Act, rows: Sequence[CodingRow]) -> tuple[int, int]:
    """Store codings, with their memos, as the acting coder's.

    The quote decides: where the text at the offsets is not the quote, the row is refused rather
    than moved.

    Returns:
        How many were stored, and how many were there already.

    Raises:
        QualError: a document or code is unknown, or a quote does not stand where its row says;
            names file and line, and nothing is stored.
    """
    stored = known = 0
    for row in rows:
        document = find_document(act.db, row.document)
        code = find_code(act.db, row.code)
        if document is None or code is None:
            what = f"document {row.document!r}" if document is None else f"code {row.code!r}"
            raise QualError(
                f"{row.place}: there is no {what} in the project.", "Nothing was stored."
            )
        if not 0 <= row.start < row.end <= document.chars:
            raise QualError(
                f"{row.place}: {row.start}:{row.end} is not a span of {document.name},"
                f" which has {document.chars} characters.",
                "Nothing was stored.",
            )
        if row.quote and read_text(act.db, document.id, row.start, row.end) != row.quote:
            raise QualError(
                f"{row.place}: the text of {document.name} at {row.start}:{row.end}"
                " is not the quote of this row.",
                "Was the document edited after the table was made? Nothing was stored.",
            )
        try:
            made = add_codings.apply(act, document.id, row.start, row.end, [code.id], row.important)
        except AlreadyCoded:
            known += 1
            continue
        stored += 1
        if row.memo:
            add_memo.apply(act, MemoTarget("coding", coding_id=made[0]), row.memo)
    act.subject = f"Loaded {counted(stored, 'coding')} from a table"
    return stored, known
