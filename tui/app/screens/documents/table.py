"""The list of documents as a table: its columns, its order, its groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tui.app.document.cells import width
from tui.app.screens.documents.facts import Line
from tui.app.screens.documents.filter import folded_words, number_of
from tui.app.widgets.rows import clip

_NAME_LEAST, _NAME_MOST = 12, 44
_ATTRIBUTE_MOST, _ATTRIBUTE_WIDE = 12, 18
_MEASURED = 200
"""So many documents are looked at to find how wide a column must be."""
_BAR = 10

Rank = tuple[int, float, str]
"""What a column is sorted by: numbers before words."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width, what stands in it and what it is sorted by."""

    title: str
    cells: int
    show: Callable[[Line], str]
    rank: Callable[[Line], Rank | None]
    """None for documents that have nothing there: they come last in either direction."""
    right: bool = True
    down: bool = False
    """Whether the most comes first unless asked otherwise."""
    attribute: str = ""
    """The attribute that it shows; empty for what the program knows by itself."""


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of the documents that have the same value of an attribute."""

    name: str
    value: str
    """Empty for those that have none."""
    lines: tuple[Line, ...]

    def words(self) -> str:
        """Return the heading: ``role: teacher · 3 documents · 12 uncoded ¶``."""
        count = len(self.lines)
        uncoded = sum(line.facts.uncoded for line in self.lines)
        documents = "1 document" if count == 1 else f"{count:,} documents"
        return f"{self.name}: {self.value or '(none)'} · {documents} · {uncoded:,} uncoded ¶"


Entry = Line | Group


def _number(value: float) -> Rank:
    return (0, value, "")


def columns_for(lines: Sequence[Line], *, wide: bool = False) -> list[Column]:
    """Return every column there is to show, the most wanted first; the name is the first.

    Args:
        lines: the documents.
        wide: whether there is room for what only pleases: a bar of how far each is coded.
    """
    some = lines[:_MEASURED]
    names = max((width(clip(line.document.name, _NAME_MOST)) for line in some), default=0)
    columns = [
        Column(
            "name",
            min(max(names, _NAME_LEAST), _NAME_MOST),
            lambda line: line.document.name,
            lambda line: (1, 0, folded_words(line.document.name)),
            right=False,
        ),
        _known(
            "uncoded ¶",
            9,
            lambda line: f"{line.facts.uncoded:,}/{line.facts.passages:,}",
            lambda line: line.facts.uncoded,
        ),
        _known(
            "read",
            4,
            lambda line: f"{100 * line.seen // max(line.document.passages, 1)}%",
            lambda line: line.seen / max(line.document.passages, 1),
            down=False,
        ),
        _known(
            "segs", 6, lambda line: f"{line.facts.segments:,}", lambda line: line.facts.segments
        ),
        _known(
            "codes",
            5,
            lambda line: f"{len(line.facts.codes):,}",
            lambda line: len(line.facts.codes),
        ),
    ]
    coders = dict.fromkeys(name for line in some for name in line.facts.coders)
    if len(coders) > 1:
        columns.append(_coders(some))
    attributes = dict.fromkeys(name for line in some for name in line.facts.attributes)
    most = _ATTRIBUTE_WIDE if wide else _ATTRIBUTE_MOST
    columns += [_attribute(name, some, most) for name in attributes]
    columns.append(
        Column(
            "chars",
            9,
            lambda line: f"{line.document.chars:,}",
            lambda line: _number(line.document.chars),
            down=True,
        )
    )
    if wide:
        columns.insert(1, Column("coded", _BAR, _bar, lambda line: _number(_share(line))))
    return columns


def _known(
    title: str,
    cells: int,
    show: Callable[[Line], str],
    rank: Callable[[Line], float],
    *,
    down: bool = True,
) -> Column:
    """Return a column of numbers that may not have been read yet."""
    return Column(
        title,
        cells,
        lambda line: show(line) if line.facts.known else "…",
        lambda line: _number(rank(line)) if line.facts.known else None,
        down=down,
    )


def _share(line: Line) -> float:
    return 1 - line.facts.uncoded / line.facts.passages if line.facts.passages else 0


def _bar(line: Line) -> str:
    if not line.facts.known:
        return "…"
    full = int(_share(line) * _BAR)
    return "▓" * full + "░" * (_BAR - full)


def _coders(lines: Sequence[Line]) -> Column:
    widest = max((width(" ".join(line.facts.coders)) for line in lines), default=0)
    return Column(
        "coders",
        min(max(widest, len("coders")), _ATTRIBUTE_MOST),
        lambda line: " ".join(sorted(line.facts.coders)),
        lambda line: (1, 0, " ".join(sorted(line.facts.coders))) if line.facts.coders else None,
        right=False,
    )


def _attribute(name: str, lines: Sequence[Line], most: int) -> Column:
    values = [line.facts.attributes.get(name, "-") for line in lines]
    widest = max((width(clip(value, most)) for value in [*values, name]), default=4)
    return Column(
        name,
        min(widest, most),
        lambda line: line.facts.attributes.get(name, "-"),
        lambda line: rank_of(line.facts.attributes.get(name)),
        right=False,
        attribute=name,
    )


def rank_of(value: str | None) -> Rank | None:
    """Return what a value of an attribute is sorted by: as a number when it is one."""
    if value is None:
        return None
    number = number_of(value)
    return (1, 0, folded_words(value)) if number is None else _number(number)


_SPOKEN = {"uncoded ¶": "uncoded paragraphs", "segs": "segments", "chars": "letters"}
"""Heads of columns in words."""


def spoken_line(line: Line, columns: Sequence[Column]) -> str:
    """Return a document as it is read aloud: its name, then each value with its name."""
    name, *others = columns
    said = [f"{_SPOKEN.get(one.title, one.title)} {one.show(line)}" for one in others]
    return "  ".join([name.show(line), *said])


def fitting(columns: Sequence[Column], cells: int, sorted_by: str = "") -> list[Column]:
    """Return the first columns that fit into so many cells, the name as wide as is left.

    The column that the list is sorted by comes with them, whatever else must go.
    """
    name, *others = columns
    first = [column for column in others if column.title == sorted_by]
    taken, kept = min(name.cells, max(cells // 3, _NAME_LEAST)), []
    for column in [*first, *(column for column in others if column not in first)]:
        if taken + column.cells + 2 > cells:
            break
        taken += column.cells + 2
        kept.append(column)
    kept.sort(key=columns.index)
    room = cells - sum(column.cells + 2 for column in kept)
    return [replace(name, cells=min(name.cells, max(room, 4))), *kept]


def in_order(lines: Sequence[Line], by: Column | None, *, turned: bool) -> list[Line]:
    """Return documents in the order of a column; None for the order of the project.

    Args:
        lines: the documents.
        by: the column.
        turned: the other way round than the column has it by itself.
    """
    if by is None:
        return list(reversed(lines)) if turned else list(lines)
    ranked = [(by.rank(line), line) for line in lines]
    present = [(rank, line) for rank, line in ranked if rank is not None]
    present.sort(key=lambda pair: pair[0], reverse=by.down != turned)
    return [line for _, line in present] + [line for rank, line in ranked if rank is None]


def grouped(lines: Sequence[Line], attribute: str) -> list[Entry]:
    """Return documents under headings by an attribute, in the order they have; empty: as is."""
    if not attribute:
        return list(lines)
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.facts.attributes.get(attribute, ""), []).append(line)
    ranks = {value: rank_of(value or None) or (2, 0.0, "") for value in groups}
    entries: list[Entry] = []
    for value in sorted(groups, key=lambda each: ranks[each]):
        entries += [Group(attribute, value, tuple(groups[value])), *groups[value]]
    return entries
