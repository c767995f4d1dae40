"""The list of documents as a table: what is known of each, which are shown, in which order."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tui.app.document.cells import width
from tui.app.widgets.rows import clip
from tui.model.document import Document
from tui.store.cases import document_attributes
from tui.store.codes import list_codes
from tui.store.counts import count_cells
from tui.store.documents import progress
from tui.text.fold import fold

_NAME_LEAST, _NAME_MOST = 12, 44
_ATTRIBUTE_MOST = 12
_MEASURED = 200
"""So many documents are looked at to find how wide a column must be."""
_CONDITION = re.compile(r"(-?)([^\s=<>!:]+)(!=|>=|<=|=|<|>|:)(\S+)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document beyond its name and length."""

    read: int = 0
    """Passages that this coder has read."""
    aside: int = 0
    """Passages that this coder has set aside."""
    segments: int = 0
    """Codings of the coders that are shown."""
    codes: frozenset[str] = frozenset()
    """Keys of the codes it is coded with, in small letters."""
    attributes: Mapping[str, str] = field(default_factory=dict)
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
    def is_done(self) -> bool:
        """Whether nothing of it is left to read."""
        return 0 < self.document.passages <= self.seen


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width, what stands in it and what it is sorted by."""

    title: str
    cells: int
    show: Callable[[Line], str]
    order: Callable[[Line], tuple[float, str]]
    right: bool = True


def read_facts(db: sqlite3.Connection, coder_id: int, coder_ids: Sequence[int]) -> dict[int, Facts]:
    """Return what is known of each document about which anything is, by id.

    Args:
        db: a reader.
        coder_id: whose reading counts.
        coder_ids: whose codings count.
    """
    keys = {code.id: code.key.casefold() for code in list_codes(db)}
    codes: dict[int, set[str]] = {}
    for code_id, document_id, _, _ in count_cells(db, coder_ids):
        codes.setdefault(document_id, set()).add(keys.get(code_id, ""))
    done = progress(db, coder_id, coder_ids)
    attributes = document_attributes(db)
    return {
        number: Facts(
            *done.get(number, (0, 0, 0)),
            frozenset(codes.get(number, ())),
            attributes.get(number, {}),
        )
        for number in {*done, *codes, *attributes}
    }


def columns_for(lines: Sequence[Line]) -> list[Column]:
    """Return every column there is to show, the most wanted first; the name is the first."""
    some = lines[:_MEASURED]
    names = max((width(clip(line.document.name, _NAME_MOST)) for line in some), default=0)
    columns = [
        Column(
            "name",
            min(max(names, _NAME_LEAST), _NAME_MOST),
            lambda line: line.document.name,
            lambda line: (0, fold(line.document.name)),
            right=False,
        ),
        Column(
            "¶ read",
            9,
            lambda line: f"{line.seen}/{line.document.passages}" if line.facts.known else "…",
            lambda line: (line.seen / max(line.document.passages, 1), ""),
        ),
        Column(
            "segs",
            6,
            lambda line: f"{line.facts.segments:,}" if line.facts.known else "…",
            lambda line: (-line.facts.segments, ""),
        ),
        Column(
            "codes",
            5,
            lambda line: f"{len(line.facts.codes):,}" if line.facts.known else "…",
            lambda line: (-len(line.facts.codes), ""),
        ),
        Column(
            "chars",
            9,
            lambda line: f"{line.document.chars:,}",
            lambda line: (-line.document.chars, ""),
        ),
    ]
    names_of = dict.fromkeys(name for line in some for name in line.facts.attributes)
    return columns + [_attribute(name, some) for name in names_of]


def _attribute(name: str, lines: Sequence[Line]) -> Column:
    values = [line.facts.attributes.get(name, "-") for line in lines]
    widest = max((width(clip(value, _ATTRIBUTE_MOST)) for value in [*values, name]), default=4)

    def show(line: Line) -> str:
        return line.facts.attributes.get(name, "-")

    def order(line: Line) -> tuple[float, str]:
        value = line.facts.attributes.get(name)
        if value is None:
            return (float("inf"), "\U0010ffff")
        number = _number(value)
        return (float("inf"), fold(value)) if number is None else (number, "")

    return Column(name, min(widest, _ATTRIBUTE_MOST), show, order, right=False)


def fitting(columns: Sequence[Column], cells: int) -> list[Column]:
    """Return the first columns that fit into so many cells, the name as wide as is left."""
    name, *others = columns
    taken, kept = min(name.cells, max(cells // 3, _NAME_LEAST)), []
    for column in others:
        if taken + column.cells + 2 > cells:
            break
        taken += column.cells + 2
        kept.append(column)
    room = cells - sum(column.cells + 2 for column in kept)
    fitted = Column(name.title, min(name.cells, max(room, 4)), name.show, name.order, right=False)
    return [fitted, *kept]


class Filter:
    """Which documents a filter leaves: words of the name, ``year>=2013``, ``coded:KEY``.

    Args:
        text: as it was typed.
        attributes: the names of the attributes there are.
    """

    def __init__(self, text: str, attributes: Sequence[str]) -> None:
        known = {name.casefold(): name for name in attributes}
        self.unknown: list[str] = []
        """Names of attributes that were asked for and do not exist."""
        self._words: list[str] = []
        self._tests: list[Callable[[Line], bool]] = []
        for part in text.split():
            found = _CONDITION.fullmatch(part)
            if found is None:
                self._words.append(folded_words(part))
                continue
            negated, name, sign, value = found.groups()
            if sign == ":" and name.casefold() == "coded":
                self._tests.append(_coded(value.casefold(), wanted=not negated))
            elif sign == ":":
                self._words.append(folded_words(part))
            elif name.casefold() in known:
                self._tests.append(_compare(known[name.casefold()], sign, value))
            else:
                self.unknown.append(name)

    def holds(self, line: Line) -> bool:
        """Tell whether a document is left."""
        if self.unknown:
            return False
        name = folded_words(line.document.name) if self._words else ""
        return all(word in name for word in self._words) and all(test(line) for test in self._tests)


@lru_cache(maxsize=20_000)
def folded_words(text: str) -> str:
    """Return a text as it is compared: case and accents aside, at any length."""
    return " ".join(fold(word) for word in text[:2_000].split())


def _coded(key: str, *, wanted: bool) -> Callable[[Line], bool]:
    return lambda line: (key in line.facts.codes) == wanted


def _compare(name: str, sign: str, wanted: str) -> Callable[[Line], bool]:
    """Return a test of an attribute; as numbers when both are, else as words."""

    def test(line: Line) -> bool:
        value = line.facts.attributes.get(name)
        if value is None:
            return sign == "!="
        one, two = _number(value), _number(wanted)
        left: tuple[float, str] = (
            (0, folded_words(value)) if one is None or two is None else (one, "")
        )
        right: tuple[float, str] = (
            (0, folded_words(wanted)) if one is None or two is None else (two, "")
        )
        return {
            "=": left == right,
            "!=": left != right,
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
        }[sign]

    return test


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number else None
