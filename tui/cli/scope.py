"""Which codings a verb is about: by document, case, attribute and coder."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from tui.analysis.counting import Mark
from tui.analysis.matrix import Region
from tui.analysis.regions import Parts, gather, join, overlap
from tui.cli.arguments import near, need_case, need_coder, need_document, read_pair
from tui.cli.session import Reading
from tui.errors import QualError
from tui.model.document import Document
from tui.store.cases import list_attributes, owned_by, owned_by_value
from tui.store.coders import list_coders
from tui.store.codings import spans_of_document
from tui.store.documents import list_documents, read_passages
from tui.text.cut import read_cut


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a project that numbers are taken from."""

    documents: list[Document]
    """In their order; only those that the parts touch."""
    region: Region
    """All of it, as one column."""
    coder_ids: list[int]
    coders: list[str]
    """Their names, in the same order."""

    def lengths(self) -> dict[int, int]:
        """Return the characters of each document, by id."""
        return {document.id: document.chars for document in self.documents}

    def chars(self) -> int:
        """Return how many characters of text there are."""
        return self.region.chars(self.lengths())


def read_scope(
    reading: Reading,
    *,
    docs: Sequence[str] | None = None,
    cases: Sequence[str] | None = None,
    attrs: Sequence[str] | None = None,
    coders: Sequence[str] | None = None,
) -> Scope:
    """Return what the options of a verb choose; all that the coder may see without any.

    Args:
        reading: the open project.
        docs: only these documents.
        cases: only what these cases own or speak.
        attrs: ``NAME=VALUE``; several of one name are alternatives, different names add up.
        coders: only codings by these coders, whose codings must be turned on.

    Raises:
        QualError: something is unknown, or a coder's codings are hidden.
    """
    db = reading.db
    documents = list_documents(db)
    parts: Parts = {document.id: None for document in documents}
    if docs:
        wanted = {need_document(db, name).id for name in docs}
        parts = overlap(parts, dict.fromkeys(wanted))
    if cases:
        owned = [each for name in cases for each in owned_by(db, need_case(db, name).id)]
        parts = overlap(parts, gather(owned))
    by_name: dict[str, list[str]] = {}
    for pair in attrs or ():
        name, value = read_pair(pair)
        by_name.setdefault(name, []).append(value)
    for name, values in by_name.items():
        known = attribute_parts(db, name)
        found: Parts = {}
        for value in values:
            if value not in known:
                hint = near(value, known, f"`qual attr --name {name}`")
                raise QualError(f"No document or case has {name}={value}.", hint, exit_code=1)
            found = join(found, known[value])
        parts = overlap(parts, found)
    ids = visible_ids(reading, coders)
    names = {coder.id: coder.name for coder in list_coders(db)}
    return Scope(
        [document for document in documents if document.id in parts],
        Region("all", parts),
        ids,
        [names.get(each, reading.coder) for each in ids],
    )


def visible_ids(reading: Reading, coders: Sequence[str] | None) -> list[int]:
    """Return the ids of coders that were named, or of all whose codings are shown.

    Raises:
        QualError: one is unknown or hidden.
    """
    if not coders:
        return reading.coder_ids
    ids = []
    for name in coders:
        coder = need_coder(reading.db, name)
        if coder.id not in reading.coder_ids:
            raise QualError(
                f"The codings of {coder.name} are hidden from you ({reading.coder}).",
                f"`qual coders show {coder.name}` turns them on, and the journal keeps it; if you"
                f" are {coder.name}, say so before the verb: qual --coder {coder.name} …",
            )
        ids.append(coder.id)
    return ids


def attribute_parts(db: sqlite3.Connection, name: str) -> dict[str, Parts]:
    """Return the text that belongs to each value of an attribute, of documents and of cases.

    Raises:
        QualError: there is no such attribute.
    """
    names = [attribute.name for attribute in list_attributes(db)]
    if name not in names:
        raise QualError(f"There is no attribute {name!r}.", near(name, names, "`qual attr`"))
    return {value: gather(each) for value, each in owned_by_value(db, name).items()}


def read_marks(reading: Reading, scope: Scope, *, clip: bool = False) -> dict[int, list[Mark]]:
    """Return the codings of a scope by code id.

    Args:
        reading: the open project.
        scope: what to take.
        clip: cut codings to the scope's text, for measuring characters.
    """
    marks: dict[int, list[Mark]] = {}
    for document in scope.documents:
        for start, end, code_id, coder_id, _ in spans_of_document(
            reading.db, document.id, scope.coder_ids
        ):
            inside = scope.region.inside([(document.id, coder_id, start, end)], clip=clip)
            if inside:
                marks.setdefault(code_id, []).extend(inside)
    return marks


def count_words(db: sqlite3.Connection, documents: Sequence[Document], parts: Parts) -> int:
    """Return how many words the parts of these documents have."""
    count = 0
    for document in documents:
        if document.id not in parts:
            continue
        spans = parts[document.id]
        for passage in read_passages(db, document.id, 1, document.passages):
            words = read_cut(passage.cut).words
            if spans is None:
                count += len(words)
                continue
            count += sum(
                1
                for word in words
                if any(start <= passage.start + word[0] < end for start, end in spans)
            )
    return count
