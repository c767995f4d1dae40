"""Copying the selected words with where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui.app.action import Action
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk
from tui.text.safe import make_line, make_visible

_MOST_CODES: Final = 12


def copy(desk: Desk) -> None:
    """Copy the selected words and their citation: document, passages, offsets, codes."""
    document, span = desk.study.document, desk.view.selected_span
    if document is None or span is None:
        desk.refuse("Nothing is selected")
        return
    text = desk.view.text
    first, last = text.place_of(span[0]) + 1, text.place_of(span[1] - 1) + 1
    by_id = desk.study.by_id
    ids = dict.fromkeys(coding.code_id for coding in desk.view.codings_here())
    names = [f"{by_id[each].key} {by_id[each].name}" for each in ids if each in by_id]
    desk.copy(document.id, *span, citation(document.name, (first, last), span, names))


def citation(
    document: str, passages: tuple[int, int], span: tuple[int, int], codes: Sequence[str]
) -> str:
    """Return one line that says where a quote stands; nothing in it acts on a terminal.

    Args:
        document: the document's name.
        passages: numbers of the first and the last passage.
        span: where it stands, half-open code points.
        codes: the codes on it; many are counted rather than named.
    """
    first, last = passages
    where = f"¶{first}" if first == last else f"¶{first}-{last}"
    source = f"— {document} {where}, {span[0]}:{span[1]}"
    if len(codes) > _MOST_CODES:
        source += f" · {len(codes)} codes"
    elif codes:
        source += f" · {'; '.join(codes)}"
    return make_line(source)


def quotation(quote: str, source: str) -> str:
    """Return a quote as stored with its citation below it; nothing in it acts on a terminal."""
    # A tab that is pasted into a shell completes a name: it is a blank like others.
    return f"{make_visible(quote.replace(chr(9), ' ')).strip()}\n{source}\n"


ACTIONS = (
    Action("edit.copy", "copy quote and citation",
           "Copies the selected words with document, paragraph and codes: through the terminal if"
           " it allows that, and into the file last-copy.txt.", ("y",), ("text",), copy, no_text,
           "copy"),
)  # fmt: skip
