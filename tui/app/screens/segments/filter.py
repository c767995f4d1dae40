"""What the filter of the segments screen says: words, attributes, documents, coders, flags."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tui.analysis.regions import Owned, Parts, gather, overlap, touches
from tui.app.screens.documents.facts import Facts, Line
from tui.app.screens.documents.filter import NO_VALUE, Filter, folded_words, is_comparison, parts_of
from tui.model.document import Document
from tui.store.cases import case_attributes, document_attributes, owned_by
from tui.store.documents import list_documents
from tui.store.segments import memos_for_filter, read_for_filter

_LIKE_FIELD = re.compile(r"-?[^\W\d_]+:")
_FIELD = re.compile(r"(-?)(doc|coder|important|memo):(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class SegmentFilter:
    """A filter that was read: what documents and coders it leaves, and what rows must hold."""

    document_ids: frozenset[int] | None = None
    """The documents it leaves; None for all."""
    coder_ids: tuple[int, ...] = ()
    """The coders it leaves."""
    words: list[str] = field(default_factory=list)
    """Folded words that the quote must hold."""
    important: bool | None = None
    """Whether the flag must stand or must not; None when it does not matter."""
    memo: bool | None = None
    """Whether there must be a memo or must not."""
    memo_words: list[str] = field(default_factory=list)
    """Folded words that the memo must hold."""
    parts: Parts | None = None
    """The text they must touch, where some of it is a case's; None for whole documents."""
    trouble: str = ""
    """Why nothing can be left: a name that does not exist."""
    taken_as_word: str = ""
    """What looks like a condition and is none, looked for in the quotes."""
    options: list[str] = field(default_factory=list)
    """The same in the words of ``qual codings``, as far as it has them."""

    @property
    def looks_into_rows(self) -> bool:
        """Whether rows must be read to tell; documents and coders can be told from the counts."""
        flags = self.important is not None or self.memo is not None
        return bool(self.words) or flags or self.parts is not None

    def keep(
        self, db: sqlite3.Connection, memo_coders: Sequence[int], ids: Sequence[int]
    ) -> list[int]:
        """Return those of some segments that hold, in their order.

        Args:
            db: a reader.
            memo_coders: whose memos count.
            ids: a few hundred.
        """
        memos = memos_for_filter(db, memo_coders, ids) if self.memo is not None else {}
        kept = set()
        for segment_id, document_id, start, end, important, quote in read_for_filter(db, ids):
            if self.document_ids is not None and document_id not in self.document_ids:
                continue
            if self.parts is not None and not touches(self.parts, document_id, start, end):
                continue
            if self.important is not None and self.important != bool(important):
                continue
            if self.memo is not None and not self._memo_holds(memos.get(segment_id)):
                continue
            text = folded_words(quote) if self.words else ""
            if all(word in text for word in self.words):
                kept.add(segment_id)
        return [each for each in ids if each in kept]

    def _memo_holds(self, text: str | None) -> bool:
        if text is None or not self.memo:
            return self.memo == (text is not None)
        memo = folded_words(text) if self.memo_words else ""
        return all(word in memo for word in self.memo_words)


def read_filter(
    db: sqlite3.Connection, text: str, visible: Sequence[int], names: Mapping[int, str]
) -> SegmentFilter:
    """Read what was typed.

    Args:
        db: a reader.
        text: as typed: words of the quote, ``"several words"``, ``year>=2013``, ``doc:NAME``,
            ``coder:NAME``, ``important:``, ``memo:`` or ``memo:WORD``; ``-`` turns the last
            four around.
        visible: the coders whose segments are shown.
        names: the names of all coders.
    """
    found = SegmentFilter(coder_ids=tuple(visible))
    conditions: list[str] = []
    documents: list[Document] | None = None
    for piece in parts_of(text):
        named = _FIELD.fullmatch(piece)
        if named is None:
            if is_comparison(piece):
                conditions.append(piece)
                continue
            if _LIKE_FIELD.match(piece):
                found.taken_as_word = found.taken_as_word or piece
            found.words += [folded_words(piece.strip('"'))] if piece.strip('"') else []
            continue
        negated, name, value = named[1] == "-", named[2].lower(), named[3].strip('"')
        if name == "doc" and value:
            documents = list_documents(db) if documents is None else documents
            _take_documents(found, documents, value, negated)
        elif name == "coder" and value:
            _take_coders(found, value, negated, visible, names)
        elif name == "important":
            found.important = not negated
            found.options += [] if negated else ["--important"]
        elif name == "memo":
            found.memo = not negated
            found.memo_words += [folded_words(value)] if value else []
            found.options += [] if negated else ["--memo"]
    if conditions:
        documents = list_documents(db) if documents is None else documents
        _take_attributes(found, db, documents, conditions)
    return found


def _limit(found: SegmentFilter, ids: Iterable[int]) -> None:
    kept = frozenset(ids)
    found.document_ids = kept if found.document_ids is None else found.document_ids & kept


def _take_documents(
    found: SegmentFilter, documents: Sequence[Document], value: str, negated: bool
) -> None:
    wanted = folded_words(value.replace('"', ""))
    names = {one.id: folded_words(one.name.replace('"', "")) for one in documents}
    if "*" in wanted:
        pattern = re.compile(".*".join(map(re.escape, wanted.split("*"))), re.DOTALL)
        fitting = {one for one, name in names.items() if pattern.fullmatch(name)}
    else:
        fitting = {one for one, name in names.items() if name == wanted}
        fitting = fitting or {one for one, name in names.items() if wanted in name}
    if not fitting:
        found.trouble = f"No document is called {value} · w d lists them"
    _limit(found, set(names) - fitting if negated else fitting)
    if not negated:
        found.options += [
            f'--doc "{one.name}"' if " " in one.name else f"--doc {one.name}"
            for one in documents
            if one.id in fitting
        ][:3]


def _take_coders(
    found: SegmentFilter,
    value: str,
    negated: bool,
    visible: Sequence[int],
    names: Mapping[int, str],
) -> None:
    wanted = value.casefold()
    fitting = [one for one, name in names.items() if name.casefold() == wanted]
    fitting = fitting or [one for one, name in names.items() if name.casefold().startswith(wanted)]
    shown = [one for one in fitting if one in visible]
    if not fitting:
        found.trouble = f"There is no coder {value} here"
    elif not shown and not negated:
        found.trouble = f"The codings of {names[fitting[0]]} are hidden from you"
    found.coder_ids = tuple(one for one in found.coder_ids if (one in shown) != negated)
    if not negated:
        found.options += [f"--coder {names[one]}" for one in shown]


def _take_attributes(
    found: SegmentFilter,
    db: sqlite3.Connection,
    documents: Sequence[Document],
    conditions: Sequence[str],
) -> None:
    of_documents, of_cases = document_attributes(db), case_attributes(db)
    several = (*of_documents.values(), *of_cases.values())
    names = list(dict.fromkeys(name for values in several for name in values))
    parts: Parts = {one.id: None for one in documents}
    for condition in conditions:
        wanted = Filter(condition, names)
        found.trouble = wanted.trouble or found.trouble
        owned: list[Owned] = []
        by_cases: set[int] = set()  # where a case has the attribute, it is not without a value
        for case_id, values in of_cases.items():
            # Which document it is does not matter: what is compared is a value.
            line = Line(documents[0], Facts(attributes=values)) if documents else None
            if line is None or not wanted.names(values):
                continue
            spans = owned_by(db, case_id)
            by_cases.update(each[0] for each in spans)
            owned += spans if wanted.holds(line) else []
        for one in documents:
            values = of_documents.get(one.id, {})
            if one.id in by_cases and not wanted.names(values):
                continue
            if wanted.holds(Line(one, Facts(attributes=values))):
                owned.append((one.id, None, None))
        parts = overlap(parts, gather(owned))
    _limit(found, parts)
    if any(spans is not None for spans in parts.values()):
        found.parts = parts
    found.options += [
        f"--attr {each}"
        for each in conditions
        if re.search(r"[^!<>]=", each) and not each.endswith(NO_VALUE)
    ]
