"""What stands under the passage of a hit: which codes are near, where all hits are. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.app.document.cells import width
from tui.app.screens.search.nearby import Nearby
from tui.app.screens.search.searcher import Answer
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, columns
from tui.model.code import Code
from tui.search.hit import Hit
from tui.text.counted import counted

LEAST = 8
"""Fewer rows than this say nothing."""
_NAME = 18
_PLACES = 8
_HERE = "this ¶"
_TWO_FROM = 44
"""From so many cells on documents stand in two columns."""


def nearby_rows(
    answer: Answer, at: int, near: Nearby, codes: Mapping[str, Code], cells: int, height: int
) -> list[Row]:
    """Return both parts.

    Args:
        answer: the hits.
        at: the number of the highlighted one.
        near: what was seen around it; what is of another hit is left out.
        codes: codes by key.
        cells: the width.
        height: how many rows there are.
    """
    if height < LEAST or not 0 <= at < len(answer.hits):
        return []
    rule: Row = [("─" * cells, DIM)]
    room = height - 4
    coded = _coded(answer, at, near, codes, cells, (room + 1) // 2)
    coded += [[] for _ in range((room + 1) // 2 - len(coded))]
    head: Row = [(" SIMILAR CODES ALREADY HERE", BOLD)]
    spread, said = _spread(answer, at, cells, room // 2)
    where = columns([(" WHERE THE HITS ARE", BOLD)], [(f"{said} ", DIM)], cells)
    return [rule, head, *coded, rule, where, *spread]


def _coded(
    answer: Answer, at: int, near: Nearby, codes: Mapping[str, Code], cells: int, height: int
) -> list[Row]:
    """Return the codes on this passage, those near it, and those that other hits have."""
    found = _places(answer.hits, at, near)
    if not found:
        return [[(" none, neither near by nor on the other hits", DIM)]]
    shown = list(found)[: height if len(found) <= height else height - 1]
    # Long names get what the places leave.
    widest = max(width(_listed(found[key], cells)) for key in shown)
    most = max(cells * 2 // 5, _NAME, cells - widest - 4)
    names = {key: f"{key} {codes[key].name}" if key in codes else key for key in found}
    name_cells = min(max(width(clip(names[key], most)) for key in shown), most)
    rows: list[Row] = []
    for key in shown:
        places = _listed(found[key], cells - name_cells - 4)
        rows.append([(f" {column(names[key], name_cells)}", PLAIN), (f"  {places}", DIM)])
    if len(shown) < len(found):
        rest = " · ".join(list(found)[len(shown) :])
        rows.append([(clip(f" and {rest}", cells), DIM)])
    return rows


def _places(hits: Sequence[Hit], at: int, near: Nearby) -> dict[str, list[str]]:
    """Return where each code is: those nearest first, then those that most hits have."""
    here = hits[at]
    distances: dict[str, dict[int, str]] = {}
    for key in here.codes if here.memo is None and here.code is None else ():
        distances.setdefault(key, {})[0] = _HERE
    if here.passage_id and near.passage_id == here.passage_id:
        for number, key in near.codes:
            label = f"¶{number}" if number != here.number else _HERE
            distances.setdefault(key, {})[abs(number - here.number)] = label
    found = {
        key: [label for _, label in sorted(places.items())]
        for key, places in sorted(distances.items(), key=lambda one: (min(one[1]), one[0]))
    }
    others: dict[str, list[str]] = {}
    for hit in hits:
        if hit is here or hit.partial or hit.memo is not None or hit.code is not None:
            continue
        label = f"¶{hit.number}"
        if hit.document_id != here.document_id:
            label = f"{clip(hit.document, 16)} {label}"
        for key in hit.codes:
            others.setdefault(key, []).append(label)
    for key, labels in sorted(others.items(), key=lambda one: -len(one[1])):
        known = found.setdefault(key, [])
        known += [label for label in labels if label not in known]
    return found


def _listed(places: Sequence[str], cells: int) -> str:
    """Return as many places as there is room for, and how many more there are."""
    shown = ""
    for count, place in enumerate(places):
        more = len(places) - count - 1
        longer = f"{shown}, {place}" if shown else place
        after = f" +{more:,}" if more else ""
        if shown and width(longer) + width(after) > cells:
            return clip(f"{shown} +{more + 1:,}", cells)
        shown = longer
        if count + 1 == _PLACES:
            return clip(shown + after, cells)
    return clip(shown, cells)


def _spread(answer: Answer, at: int, cells: int, height: int) -> tuple[list[Row], str]:
    """Return the documents with most hits as bars, and how many hits they speak of."""
    counts = answer.spread
    if not counts:
        return [[(" in no document", DIM)]], ""
    said = f"in {counted(len(counts), 'document')}"
    if not answer.is_spread_whole:
        said = f"of the first {sum(count for _, count in counts):,}"
    wide = 2 if cells >= _TWO_FROM else 1
    room = height * wide
    here = answer.hits[at].document
    if answer.passages > 1 and len(counts) == 1:
        said = f"in {clip(here, 24)}" if answer.is_spread_whole else said
        parts, now = _along(answer, answer.hits[at].number, room)
        return _bars(parts, now, wide, cells), said
    shown = counts if len(counts) <= room else counts[: (height - 1) * wide]
    rows = _bars(shown, here, wide, cells)
    if len(shown) < len(counts):
        rest = sum(count for _, count in counts[len(shown) :])
        rows.append([(f" {counted(len(counts) - len(shown), 'other document')} {rest:,}", DIM)])
    return rows, said


def _along(answer: Answer, number: int, room: int) -> tuple[list[tuple[str, int]], str]:
    """Return how many hits each stretch of a document has, and the stretch of one passage."""
    size = max(-(-answer.passages // max(room, 1)), 1)
    firsts = range(1, answer.passages + 1, size)
    lasts = [min(first + size - 1, answer.passages) for first in firsts]
    names = [
        f"¶{first}" if first == last else f"¶{first}-{last}"
        for first, last in zip(firsts, lasts, strict=True)
    ]
    counts = [0] * len(names)
    for each in answer.numbers:
        counts[min((each - 1) // size, len(counts) - 1)] += 1
    return list(zip(names, counts, strict=True)), names[min((number - 1) // size, len(names) - 1)]


def _bars(shown: Sequence[tuple[str, int]], here: str, wide: int, cells: int) -> list[Row]:
    """Return names with a bar and a number each, ``wide`` in a row; the name ``here`` is bold."""
    each = cells // wide
    most = max(count for _, count in shown)
    number_cells = len(f"{most:,}")
    name_cells = min(max(width(clip(name, _NAME)) for name, _ in shown), each // 2)
    bar_cells = max(each - name_cells - number_cells - 4, 1)
    rows: list[Row] = []
    for first in range(0, len(shown), wide):
        row: Row = []
        for name, count in shown[first : first + wide]:
            bar = "█" * (max(1, count * bar_cells // most) if count else 0)
            row += [(f" {column(name, name_cells)} ", BOLD if name == here else PLAIN)]
            row += [(column(f"{bar} {count:,}".lstrip(), each - name_cells - 2), PLAIN)]
        rows.append(row)
    return rows
