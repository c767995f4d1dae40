"""One row of the table: a figure, what it is compared with, and the goal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured thing."""

    group: str
    what: str
    size: str
    """80x24, 11k passages, …"""
    ours: str
    """The figure with its unit; ``MISSING`` when it could not be measured."""
    beside: str
    """The peer and its figure in the same run."""
    goal: str
    verdict: str
    """``met``, ``MISSED``, ``MISSING`` or empty where there is no goal."""


def verdict(value: float, goal: float) -> str:
    """Tell whether a value is within its goal."""
    return "met" if value <= goal else "MISSED"


HEADING = "| | what | at | ours | beside it, same run | goal | |\n|---|---|---|---|---|---|---|"


def markdown(rows: list[Row], *, heading: bool = True) -> str:
    """Return the rows as one Markdown table, or as more rows of one."""
    lines = [HEADING] if heading else []
    for row in rows:
        cells = (row.group, row.what, row.size, row.ours, row.beside, row.goal, row.verdict)
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines)
