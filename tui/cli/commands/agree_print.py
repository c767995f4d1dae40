"""What ``qual agree`` prints: a record for each row, its columns, and what the numbers stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from tui.analysis.agreement import MEASURES, Agreed, overall
from tui.analysis.bootstrap import FEWEST, Interval
from tui.analysis.comparison import RARE, Comparison, Coverage
from tui.analysis.tree import Basis, Tree
from tui.cli.diagnostics import note
from tui.cli.output import Column, Format, Record
from tui.cli.scope import Scope
from tui.cli.session import Reading
from tui.model.code import Code
from tui.store.compared import shown_later
from tui.text.counted import counted


@dataclass(frozen=True, slots=True)
class Asked:
    """What was compared, and how rows are made of it."""

    compared: Comparison
    scope: Scope
    codes: list[Code]
    """The rows' codes that somebody used, in tree order."""
    tree: Tree
    basis: Basis
    draws: int
    seed: int

    def interval(self, codes: Sequence[int]) -> Interval | None:
        """Return the interval of alpha of these codes pooled, over all documents."""
        return self.compared.interval(codes, self.draws, self.seed) if self.draws else None


def agreement_records(asked: Asked, by: str) -> Iterator[Record]:
    """Yield one record for each code, each document, or each code in each document.

    Args:
        asked: what was compared.
        by: ``code``, ``document`` or ``both``.
    """
    compared = asked.compared
    names = {document.id: document.name for document in asked.scope.documents}
    if by == "document":
        ids = [each.id for each in asked.codes]
        for document in compared.documents():
            agreed = compared.of_document(document, ids)
            yield {"document": names[document], **_record(asked, agreed, None)}
        return
    for code in asked.codes:
        about = {
            "code": code.key,
            "name": code.name,
            "level": asked.tree.level[code.id],
            "basis": asked.basis,
        }
        rare = {
            "segments": compared.segments[code.id],
            "rare": compared.segments[code.id] < RARE,
        }
        if by == "code":
            agreed = compared.of_code(code.id)
            found = asked.interval([code.id])
            yield {**about, **_record(asked, agreed, found), **rare}
            continue
        for document in compared.documents():
            agreed = compared.cell(code.id, document)
            if agreed.used:
                yield {"document": names[document], **about, **_record(asked, agreed, None)}


def _record(asked: Asked, agreed: Agreed, interval: Interval | None) -> dict[str, object]:
    """Return the fields that every row has; of two coders the four counts stand in it."""
    only = agreed.pairs[0] if len(agreed.pairs) == 1 else None
    return {
        "unit": asked.compared.unit,
        "coders": _names(asked),
        "units": only.total if only else None,
        "n11": only.both if only else None,
        "n10": only.one if only else None,
        "n01": only.other if only else None,
        "n00": only.neither if only else None,
        **_values(agreed),
        "alpha_low": interval[0] if interval else None,
        "alpha_high": interval[1] if interval else None,
        "pairs": [
            {
                "coders": list(names),
                "n11": table.both,
                "n10": table.one,
                "n01": table.other,
                "n00": table.neither,
                "percent": table.percent,
                "kappa": table.kappa if table.varies else 1.0 if table.total else None,
                "no_variation": not table.varies,
            }
            for names, table in zip(combinations(_names(asked), 2), agreed.pairs, strict=True)
        ],
    }


def _values(agreed: Agreed) -> dict[str, object]:
    """Return the measures, kappa 1 where nothing varies, and whether it does."""
    values: dict[str, object] = {**agreed.measures()}
    if not agreed.varies and agreed.percent is not None:
        values["kappa"] = 1.0
    values["no_variation"] = not agreed.varies
    return values


def with_words(records: Iterable[Record], form: Format) -> Iterator[Record]:
    """Yield records with the two cells that are words, which JSON has as numbers only."""
    for row in records:
        if form == "json":
            yield row
            continue
        kappa, low, high = row["kappa"], row["alpha_low"], row["alpha_high"]
        yield {
            **row,
            "kappa": "1 (no variation)" if kappa is not None and row["no_variation"] else kappa,
            "interval": f"{low:z.2f} to {high:z.2f}" if low is not None else None,
        }


def _names(asked: Asked) -> list[str]:
    scope = asked.scope
    by_id = dict(zip(scope.coder_ids, scope.coders, strict=True))
    return [by_id[each] for each in asked.compared.coder_ids]


def total_records(asked: Asked) -> Iterator[Record]:
    """Yield the three ways to make one value of all, each by its name, and alpha of the sets.

    A cell is a code in a document; a document that is one unit itself makes none, so there it is
    a code over all documents.
    """
    compared = asked.compared
    if compared.unit == "documents":
        cells = [compared.of_code(code.id) for code in asked.codes]
    else:
        cells = [
            compared.cell(code.id, document)
            for code in asked.codes
            for document in compared.documents()
        ]
    if not cells:
        return
    found = overall(cells)
    interval = asked.interval([each.id for each in asked.codes])
    covered = sum(compared.coverage.values(), Coverage())
    common = {
        "unit": compared.unit,
        "coders": _names(asked),
        "codes": len(asked.codes),
        "documents": len(compared.documents()),
        "basis": asked.basis,
        "units": covered.units,
        "paragraphs": covered.paragraphs,
        "left_out": covered.left_out,
    }
    for name, values in (("mean", found.mean), ("length-weighted mean", found.weighted)):
        rest = {"no_variation": False, "alpha_low": None, "alpha_high": None}
        yield {"average": name, "cells": found.cells, **common, **values, **rest}
    yield {
        "average": "pooled",
        "cells": len(cells),
        **common,
        **_values(found.pooled),
        "alpha_low": interval[0] if interval else None,
        "alpha_high": interval[1] if interval else None,
    }
    if compared.sets is not None:
        none = dict.fromkeys((*MEASURES, "cells", "alpha_low", "alpha_high"))
        alpha = compared.sets.alpha
        yield {
            **common,
            "average": "sets of codes",
            **none,
            "alpha": alpha,
            "no_variation": alpha is None,
        }


def _measure_columns(*, interval: bool = True) -> list[Column]:
    heads = {"percent": "%", "holsti": "Holsti", "reliability": "R", "ac1": "AC1"}
    columns = []
    for name in MEASURES:
        columns.append(Column(name, heads.get(name, name), right=True))
        if name == "alpha" and interval:
            columns.append(Column("interval", "95 %", right=True))
    return columns


TOTAL_COLUMNS: Final = (
    Column("average", "over all"),
    Column("cells", "cells", right=True),
    *_measure_columns(),
)


def columns_by(by: str, coders: int) -> list[Column]:
    """Return the columns of rows by ``code``, ``document`` or ``both``; the four counts are there
    when ``coders``, the number of those compared, is two.
    """
    first = []
    if by != "code":
        first.append(Column("document", "document"))
    if by != "document":
        first += [Column("code", "code"), Column("name", "name", fill=True)]
    counts = ("n11", "n10", "n01", "n00") if coders == 2 else ()
    return [
        *first,
        *(Column(name, name, right=True) for name in counts),
        *_measure_columns(interval=by == "code"),
    ]


def explain(opened: Reading, asked: Asked) -> None:
    """Say on what the numbers stand: who, what was read, how it was counted, how independent."""
    compared = asked.compared
    covered = sum(compared.coverage.values(), Coverage())
    names = _names(asked)
    many = len(names)
    both, one = ("both have", "one has") if many == 2 else ("two or more have", "fewer have")
    whom = ", ".join(names) if many > 2 else f"{names[0]} (n10: {names[0]} only) and {names[1]}"
    size = "" if compared.unit == "paragraphs" else f": {covered.units:,} {compared.unit}"
    read = counted(covered.paragraphs, "paragraph")
    left = covered.left_out
    out = f"; {counted(left, 'is', 'are')} left out because {one if many > 2 else one + ' not'}"
    note(f"{whom}, on the {read} that {both} read{size}{out if left else ''}.")
    rare = sum(1 for each in asked.codes if compared.segments[each.id] < RARE)
    if rare:
        all_codes = counted(len(asked.codes), "code")
        note(f"{rare} of {all_codes}: fewer than {RARE} segments, so their values say little.")
    drawn = "documents" if compared.unit == "documents" else "paragraphs"
    if asked.draws and compared.drawn < FEWEST:
        note(f"No interval: {compared.drawn} {drawn} to draw from, fewer than {FEWEST}.")
    elif asked.draws:
        note(
            f"95 %: of alpha, percentiles of {asked.draws} draws of {drawn}, seed {asked.seed};"
            " empty where it says nothing."
        )
    by_id = dict(zip(compared.coder_ids, names, strict=True))
    later = shown_later(opened.db, compared.coder_ids)
    for coder, other, at, count in later:
        note(
            f"{by_id[coder]} turned on the codings of {by_id[other]} on {at[:10]};"
            f" {counted(count, 'coding')} of {by_id[coder]} younger than that."
        )
    if not later:
        note("None of them had turned on the codings of another.")
