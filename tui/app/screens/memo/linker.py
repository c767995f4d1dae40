"""The box in which a memo's link is chosen: a code or a document, found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.screens.keys.help import HelpRow
from tui.app.screens.keys.palette_screen import PaletteScreen
from tui.model.code import Code
from tui.model.document import Document


class LinkScreen(PaletteScreen):
    """Finds a code or a document; the result is what stands for it in a text.

    Args:
        codes: the codebook.
        documents: the documents.
    """

    HEADING = "Link a code or a document"
    SCREEN = "linker"
    NONE_FOUND = "No code or document of that name."

    def __init__(self, codes: Sequence[Code], documents: Sequence[Document]) -> None:
        by_id = {code.id: code for code in codes}
        rows = [
            HelpRow(
                f"[[{code.key} {code.name}]]",
                f"{code.key} {code.name}",
                "code",
                _above(code, by_id),
                code.definition or _above(code, by_id),
            )
            for code in codes
        ]
        rows += [
            HelpRow(f"[[{document.name}]]", document.name, "document", "", document.source)
            for document in documents
        ]
        super().__init__(rows)


def _above(code: Code, by_id: dict[int, Code]) -> str:
    """Return the names of the codes above one, the top one first."""
    names: list[str] = []
    parent = by_id.get(code.parent_id or 0)
    while parent is not None:
        names.insert(0, parent.name)
        parent = by_id.get(parent.parent_id or 0)
    return " › ".join(names)
