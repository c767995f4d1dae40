"""Run everything that is measured and print one table: ``python -m bench [--full] [--quick]``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from bench import screen, store
from bench.row import Row, markdown


def main() -> int:
    """Measure, print the table, exit 0: a missed goal is a figure, not a failure."""
    quick, full = "--quick" in sys.argv, "--full" in sys.argv
    from bench import search

    parts: list[tuple[str, Callable[[], list[Row]]]] = [
        ("store", lambda: store.rows(quick)),
        ("search", lambda: search.rows(full=full, quick=quick)),
        ("screen", lambda: screen.rows(quick)),
    ]
    begun = time.perf_counter()
    rows: list[Row] = []
    for name, measure in parts:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows += measure()
    print(markdown(rows))
    print(f"\n{time.perf_counter() - begun:.0f} s in all", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
