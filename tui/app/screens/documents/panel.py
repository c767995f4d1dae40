"""What stands beside the list of documents on a wide screen: all about the highlighted one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.app.document.cells import width
from tui.app.screens.documents.facts import Line
from tui.app.screens.documents.table import Group
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, wrapped

_TOP_CODES = 8
_MEMO_ROWS = 8
_ATTRIBUTES = 16
_LABEL = 12


def panel_rows(line: Line, memos: Sequence[str], names: Mapping[str, str], cells: int) -> list[Row]:
    """Return all about a document as rows.

    Args:
        line: the document.
        memos: memos on it, oldest first.
        names: names of the codes by key.
        cells: the width.
    """
    rule: Row = [("─" * cells, PLAIN)]
    rows: list[Row] = [[(clip(f" ATTRIBUTES  {line.document.name}", cells), BOLD)]]
    given = list(line.facts.attributes.items())
    rows += [_pair(name, value, cells) for name, value in given[:_ATTRIBUTES]]
    if len(given) > _ATTRIBUTES:
        rows.append([(f" … and {len(given) - _ATTRIBUTES} more", DIM)])
    if not given:
        rows.append([(" none yet", DIM)])
    if memos:
        rows += [rule, [(" MEMO" if len(memos) == 1 else f" MEMO  the last of {len(memos)}", BOLD)]]
        said: list[Row] = []
        for text in memos[-1].splitlines():
            if text.strip():
                said += wrapped(text, cells - 2, _MEMO_ROWS - len(said))
        rows += [[(" ", PLAIN), *row] for row in said]
    top = sorted(line.facts.codes.items(), key=lambda each: -each[1])[:_TOP_CODES]
    if top:
        rows += [rule, [(" TOP CODES", BOLD)]]
        most = top[0][1]
        room = max(cells - 32, 4)
        for key, count in top:
            name = column(f"{key} {names.get(key, '')}", 22)
            bar = "█" * max(1, count * room // most)
            rows.append([(f" {name}{count:>6,}  {bar}", PLAIN)])
    if line.facts.coders:
        shares = "  ".join(f"{name} {count:,}" for name, count in line.facts.coders.items())
        rows += [rule, [(clip(f" CODERS  {shares}", cells), PLAIN)]]
    read = f"{line.facts.read:,} ¶ read · {line.facts.aside:,} set aside"
    rows += [
        rule,
        [(clip(f" {read} · of {line.document.passages:,}", cells), PLAIN)],
        [(clip(f" {line.document.source}  {line.document.imported_at[:10]}", cells), DIM)],
    ]
    if line.document.notes:
        rows += [[(" ", PLAIN), *row] for row in wrapped(line.document.notes, cells - 2, 3, DIM)]
    return rows


def group_rows(group: Group, cells: int) -> list[Row]:
    """Return all about a group of documents as rows."""
    segments = sum(line.facts.segments for line in group.lines)
    done = sum(line.is_coded for line in group.lines)
    return [
        [(clip(f" {group.name}: {group.value or '(none)'}", cells), BOLD)],
        _pair("documents", f"{len(group.lines):,}", cells),
        _pair("fully coded", f"{done:,}", cells),
        _pair("uncoded ¶", f"{sum(line.facts.uncoded for line in group.lines):,}", cells),
        _pair("segments", f"{segments:,}", cells),
    ]


def _pair(name: str, value: str, cells: int) -> Row:
    label = column(name, max(_LABEL, min(width(clip(name, 20)), 20)))
    return [(f" {label} ", PLAIN), (clip(value, max(cells - width(label) - 3, 4)), BOLD)]
