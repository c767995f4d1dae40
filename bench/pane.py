"""The text pane alone, beside a still tree of codes: time and bytes of its keys.

``python -m bench.pane`` measures at both sizes; ``python -m bench.pane app [SIZE_IN_MB]`` is the
program it drives: 10,922 overlapping codings, some as long as the document.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Sequence

from bench.terminal import Answer, Terminal, median, percentile99

_WORDS = (
    "the school and of to a in that pupils it we was for they have more teacher work marking "
    "planning meeting assessment because difficult sometimes afternoon data Friday reading rules "
    "changed year before someone asked nobody knows children class support parents curriculum"
)
KEYS: dict[str, Sequence[bytes]] = {
    "h l (word)": [b"l", b"l", b"l", b"h", b"h"],
    "j (sentence)": [b"j"],
    "J (extend)": [b"J", b"J", b"K", b"K"],
    "PageDown": [b"\x1b[6~"],
    "scroll one line": [b"e"],
    "code this": [b"1"],
}


def passage_texts(size: int, seed: int = 7) -> list[str]:
    """Return paragraphs of made-up sentences, about ``size`` characters in all."""
    dice = random.Random(seed)
    words = _WORDS.split()
    texts: list[str] = []
    left = size
    while left > 0:
        sentences = []
        for _ in range(dice.randint(1, 4)):
            sentence = " ".join(dice.choices(words, k=dice.randint(5, 14)))
            sentences.append(sentence.capitalize() + ".")
        texts.append(" ".join(sentences))
        left -= len(texts[-1]) + 2
    return texts


def _run_app(megabytes: float) -> None:
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    from bench.pane_app import PaneApp

    PaneApp(passage_texts(int(megabytes * 1_000_000))).run()


def _measure(columns: int, rows: int, reps: int, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "bench.pane", "app"]
    terminal = Terminal(command, columns, rows, environment)
    first = terminal.first_paint(1.0)
    print(f"{columns}x{rows}: first paint {first.milliseconds:.0f} ms, {first.size:,} B")
    for name, keys in KEYS.items():
        answers: list[Answer] = []
        for at in range(reps):
            if name == "code this":
                terminal.press(b"j")
            answer = terminal.press(keys[at % len(keys)])
            if answer is not None:
                answers.append(answer)
        times = [answer.milliseconds for answer in answers]
        sizes = [answer.size for answer in answers]
        print(
            f"  {name:16} p50 {median(times):6.2f} ms  p99 {percentile99(times):6.2f} ms"
            f"  p50 {median(sizes):7.0f} B  most {max(sizes, default=0):6} B  n {len(answers)}"
        )
    print(f"  peak memory {terminal.resident_megabytes():.0f} MB")
    terminal.stop()


def main() -> None:
    """Run the program or measure it."""
    if sys.argv[1:2] == ["app"]:
        _run_app(float(sys.argv[2]) if len(sys.argv) > 2 else 10)
        return
    reps = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    for columns, rows in ((80, 24), (160, 48)):
        _measure(columns, rows, reps, {})


if __name__ == "__main__":
    main()
