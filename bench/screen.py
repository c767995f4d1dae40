"""The screen: first paint, and key to last byte and bytes, in a real pseudo terminal.

Ours, a read-only TextArea, vim, less and slate stand open at the same time on the same text and are
pressed in turns, so that what else the machine does falls on all of them. A TextArea takes seconds
for a key on 10 MB; the same keys on 1 MB stand beside it.
"""

from __future__ import annotations

import sys

from bench.acts import (
    DOWN,
    ENTER,
    OURS,
    PAGE_DOWN,
    PICKER,
    Act,
    Measured,
    Player,
    editors,
    our_command,
)
from bench.load import loaded_project, text_file
from bench.row import Row, verdict
from bench.terminal import Terminal, median

SIZES = ((80, 24), (160, 48))
ROUNDS = 3

# Act: at each size the largest part of the TextArea's like act and the most bytes, as specified;
# None stands for 1.2 for each cell whose sign or look is another, and as many more as the last
# number says.
GOALS: dict[str, tuple[tuple[float, int | None, int], tuple[float, int | None, int]]] = {
    "h l (word)": ((1 / 10, 150, 0), (1 / 10, 200, 0)),
    "j (sentence)": ((1 / 10, None, 120), (1 / 10, None, 200)),
    "J K (stretch)": ((1 / 10, None, 120), (1 / 10, None, 200)),
    "L H (edge of a coding)": ((1 / 10, None, 120), (1 / 10, None, 200)),
    "code this: a digit": ((1 / 6, 700, 0), (1 / 7, 1000, 0)),
    ENTER: ((1 / 6, 700, 0), (1 / 7, 1000, 0)),
    "PageDown": ((1 / 6, 2200, 0), (1 / 4, 6000, 0)),
    "wheel (3 rows)": ((1 / 6, 2000, 0), (1 / 5, 6000, 0)),
}
PAINT_GOAL = 1.45
PAINT_BYTES = (8_000, 22_000)
MEMORY_GOAL = 80
LEAST_PAINT = 1_500
"""Bytes; what is said before the first paint is some hundreds, the smallest paint 2,000."""
_BLANK = [sys.executable, "-m", "bench.peers", "blank"]


def rows(quick: bool = False) -> list[Row]:
    """Measure and return the rows.

    A quick run takes fewer keys, on 1 MB only: there a key of the TextArea takes no seconds.
    """
    found: list[Row] = []
    for at, (columns, lines) in enumerate(SIZES):
        found += paint_rows(at, columns, lines, 3 if quick else 9)
        if quick:
            found += _act_rows(at, columns, lines, 1, 4, rounds=2)
        else:
            found += _act_rows(at, columns, lines, 10, 20)
            found += _act_rows(at, columns, lines, 1, 20)
    return found


# First paint


def paints(command: list[str], columns: int, lines: int) -> tuple[float, int, float]:
    """Return milliseconds and bytes of a first paint and the resident megabytes after it."""
    terminal = Terminal(command, columns, lines)
    paint = terminal.first_paint(0.4, LEAST_PAINT)
    memory = terminal.resident_megabytes()
    terminal.stop()
    return paint.milliseconds, paint.size, memory


def paint_rows(at: int, columns: int, lines: int, reps: int) -> list[Row]:
    """Measure the first paint beside that of a blank app, in turns, and the memory above it."""
    project = loaded_project()
    blank, ours = [], []
    paints(our_command(project), columns, lines)
    for _ in range(reps):
        blank.append(paints(_BLANK, columns, lines))
        ours.append(paints(our_command(project), columns, lines))
    ratio = median([each[0] for each in ours]) / median([each[0] for each in blank])
    memory = median([each[2] for each in ours]) - median([each[2] for each in blank])
    size = f"{columns}x{lines}"
    return [
        Row(
            "screen",
            "first paint, 10 MB, 10,922 codings",
            size,
            f"{median([each[0] for each in ours]):.0f} ms"
            f" ({min(each[0] for each in ours):.0f} to {max(each[0] for each in ours):.0f}),"
            f" {min(each[1] for each in ours):,} to {max(each[1] for each in ours):,} B",
            f"blank Textual app {median([each[0] for each in blank]):.0f} ms ({ratio:.2f} x)",
            f"<= {PAINT_GOAL} x, {PAINT_BYTES[at]:,} B",
            verdict(max(ratio / PAINT_GOAL, max(each[1] for each in ours) / PAINT_BYTES[at]), 1),
        ),
        Row(
            "screen",
            "resident memory, 10 MB, 10,922 codings",
            size,
            f"{median([each[2] for each in ours]):.0f} MB",
            f"{memory:.0f} MB above a blank Textual app",
            f"<= {MEMORY_GOAL} MB above it",
            verdict(memory, MEMORY_GOAL),
        ),
    ]


# Keys


def _act_rows(
    at: int, columns: int, lines: int, megabytes: int, reps: int, rounds: int = ROUNDS
) -> list[Row]:
    text = text_file(megabytes)
    project = loaded_project(megabytes)
    ours = Player("qual", our_command(project), columns, lines)
    ours.press(b"\x1b")
    area = Player(
        "TextArea",
        [sys.executable, "-m", "bench.peers", "textarea", str(text)],
        columns,
        lines,
        quiet=2.0,
    )
    beside = editors(text, columns, lines) if megabytes == 10 or rounds < ROUNDS else []
    acts = {act.name: Measured() for act in OURS}
    like = {"cursor": Measured(), "page": Measured()}
    others: dict[tuple[str, str], Measured] = {}
    # Keys of a TextArea take seconds on 10 MB.
    area_reps = max(1, reps // 6) if megabytes > 1 else reps
    for _ in range(rounds):
        for act in OURS:
            ours.measure(act, reps, acts[act.name])
        area.measure(Act("cursor", [DOWN]), area_reps, like["cursor"])
        area.measure(Act("page", [PAGE_DOWN]), area_reps, like["page"])
        for player, their_acts in beside:
            if isinstance(player, Player):
                for act in their_acts:
                    key = (player.name, act.name)
                    player.measure(act, reps, others.setdefault(key, Measured()))
    size = f"{columns}x{lines}, {megabytes} MB"
    found = [
        _row(at, size, name, measured, like["page" if name == "PageDown" else "cursor"])
        for name, measured in acts.items()
        if name != PICKER
    ]
    found.append(_picker_row(size, acts[PICKER], acts[ENTER]))
    for name, measured in like.items():
        found.append(_peer_row(size, f"TextArea, {name}", measured))
    for player, _ in beside:
        if isinstance(player, str):
            found.append(Row("peer", player, size, "not found", "", "", "MISSING"))
    found += [_peer_row(size, f"{name}, {act}", each) for (name, act), each in others.items()]
    for each in (ours, area, *(player for player, _ in beside)):
        if isinstance(each, Player):
            each.stop()
    return found


def _row(at: int, size: str, name: str, measured: Measured, like: Measured) -> Row:
    part, most, more = GOALS[name][at]
    allowed = most or round(1.2 * measured.changed + more)
    ratio = measured.milliseconds / like.milliseconds
    return Row(
        "screen",
        name,
        size,
        _figure(measured),
        f"TextArea {like.milliseconds:.1f} ms ({ratio:.3f} x)",
        f"<= {part:.2f} x, {allowed:,} B",
        verdict(max(ratio / part, measured.size / allowed), 1),
    )


def _picker_row(size: str, comes: Measured, goes: Measured) -> Row:
    """Return what the picker costs before anything is chosen; the specification sets no goal."""
    both = f"with Enter: processor {comes.processor + goes.processor:.1f} ms"
    return Row(
        "screen",
        PICKER,
        size,
        _figure(comes),
        f"{both}, {comes.size + goes.size:,.0f} B",
        "",
        "",
    )


def _peer_row(size: str, name: str, measured: Measured) -> Row:
    return Row("peer", name, size, _figure(measured), "", "", "")


def _figure(measured: Measured) -> str:
    return (
        f"{measured.milliseconds:.1f} ms (99 %: {measured.tail:.0f};"
        f" processor {measured.processor:.1f}), {measured.size:,.0f} B"
        f" for {measured.changed:,.0f} cells"
    )
