"""What is known of each document: how far it is read and coded, by whom, its attributes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tui.model.document import Document
from tui.store.cases import document_attributes
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.store.counts import cells_by_coder
from tui.store.coverage import uncoded_passages
from tui.store.documents import progress
from tui.text.initials import initials


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document beyond its name and length."""

    read: int = 0
    """Passages that this coder has read."""
    aside: int = 0
    """Passages that this coder has set aside."""
    segments: int = 0
    """Codings of the coders that are shown."""
    codes: Mapping[str, int] = field(default_factory=dict)
    """Segments by the key of their code."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    uncoded: int = 0
    """Passages without a coding, of those that can have one: headings cannot."""
    passages: int = 0
    """Passages that can have one."""
    coders: Mapping[str, int] = field(default_factory=dict)
    """Segments by the initials of the coder, of the coders that are shown."""
    known: bool = True
    """Whether all this has been read yet."""


NO_FACTS = Facts()
UNREAD = Facts(known=False)
"""What is known before it has been read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One document as the table shows it."""

    document: Document
    facts: Facts = NO_FACTS

    @property
    def seen(self) -> int:
        """Passages that are read or set aside."""
        return self.facts.read + self.facts.aside

    @property
    def is_read(self) -> bool:
        """Whether nothing of it is left to read."""
        return 0 < self.document.passages <= self.seen

    @property
    def is_coded(self) -> bool:
        """Whether each passage that can have a coding has one."""
        return self.facts.passages > 0 and not self.facts.uncoded


def read_facts(db: sqlite3.Connection, coder_id: int, coder_ids: Sequence[int]) -> dict[int, Facts]:
    """Return what is known of each document about which anything is, by id.

    The number of queries does not depend on the number of documents.

    Args:
        db: a reader.
        coder_id: whose reading counts.
        coder_ids: whose codings count; nothing of anybody else's is looked at.
    """
    keys = {code.id: code.key for code in list_codes(db)}
    names = initials({coder.id: coder.name for coder in list_coders(db)})
    codes: dict[int, dict[str, int]] = {}
    coders: dict[int, dict[str, int]] = {}
    for code_id, document_id, who, segments in cells_by_coder(db, coder_ids):
        for found, name in ((codes, keys.get(code_id, "")), (coders, names.get(who, "?"))):
            row = found.setdefault(document_id, {})
            row[name] = row.get(name, 0) + segments
    done = progress(db, coder_id, coder_ids)
    attributes = document_attributes(db)
    covered = uncoded_passages(db, coder_ids)
    return {
        number: Facts(
            *done.get(number, (0, 0, 0)),
            codes.get(number, {}),
            attributes.get(number, {}),
            *covered.get(number, (0, 0)),
            coders.get(number, {}),
        )
        for number in {*done, *codes, *attributes, *covered}
    }
