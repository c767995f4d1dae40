"""The table of agreement as it is written to a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tui.analysis.agreement import MEASURES, Overall, TwoByTwo, overall
from tui.analysis.bootstrap import Interval
from tui.analysis.comparison import RARE
from tui.app.screens.agreement.data import Compared
from tui.text.safe import make_line

Later = tuple[int, int, str, int]
"""A coder, another, since when that one's codings are shown, how many codings are younger."""

_HEADS: Final = ("code", "name", "both", "first only", "second only", "edges differ", "n11", "n10",
                 "n01", "n00", *MEASURES, "alpha from", "alpha to", "rare")  # fmt: skip


def averages(found: Compared) -> Overall | None:
    """Return mean, length-weighted mean and pooled of all codes; None where nothing was used.

    The means are over codes in documents; only where a code was used can anything vary.
    """
    cells = list(found.comparison.cells.values())
    return overall(cells) if cells else None


def report_lines(
    found: Compared, names: tuple[str, str], later: Sequence[Later] = ()
) -> Iterator[list[str]]:
    """Yield the cells of each line: what was compared, a head, the codes, the averages.

    Args:
        found: what was compared.
        names: of the two coders.
        later: whose codings are younger than the sight of the other's; see ``shown_later``.
    """
    read = sum(each.paragraphs for each in found.comparison.coverage.values())
    out = sum(each.left_out for each in found.comparison.coverage.values())
    first, second = map(make_line, names)
    yield [
        f"# first: {first}; second: {second}; unit: {found.asked.unit};"
        f" {len(found.asked.documents)} documents; {read} paragraphs that both have read,"
        f" {out} left out; interval: 95 % of alpha, 1000 draws of paragraphs, seed 1"
    ]
    by_id = dict(zip(found.asked.coders, (first, second), strict=True))
    for coder, other, at, count in later:
        yield [
            f"# {by_id[coder]} turned on the codings of {by_id[other]} on {at[:10]};"
            f" {count} of {by_id[coder]}'s codings are younger than that"
        ]
    if not later:
        yield ["# neither had turned on the codings of the other"]
    yield list(_HEADS)
    for row in found.rows:
        kinds, agreed = row.counts.kinds, row.agreed
        yield [
            make_line(row.code.key),
            make_line(row.code.name),
            *(str(kinds[kind]) for kind in ("both", "first", "second", "edges")),
            *_table(agreed.pairs[0]),
            *map(_number, agreed.measures().values()),
            *_interval(row.interval),
            "yes" if row.segments < RARE else "",
        ]
    total = averages(found)
    if total is None or found.pooled is None:
        return
    for name, values in (("mean", total.mean), ("length-weighted mean", total.weighted)):
        yield [name, f"{total.cells} cells", *[""] * 8, *map(_number, values.values()), "", "", ""]
    pooled = found.pooled
    yield [
        "pooled",
        "",
        *[""] * 4,
        *_table(pooled.pairs[0]),
        *map(_number, pooled.measures().values()),
        *_interval(found.interval),
        "",
    ]


def _table(table: TwoByTwo) -> list[str]:
    return [str(each) for each in (table.both, table.one, table.other, table.neither)]


def _interval(interval: Interval | None) -> tuple[str, str]:
    return (_number(interval[0]), _number(interval[1])) if interval else ("", "")


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:z.4f}"
