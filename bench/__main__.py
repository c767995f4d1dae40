"""Run everything that is measured and print one table: ``python -m bench [--full] [--quick]``.

``--profile`` prints below the table where the time of each missed act goes; names of parts (store,
search, screen, large, slow) measure these alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from bench import large, profile, screen, slow_line, store
from bench.row import Row, markdown


def main() -> int:
    """Measure, print the table, exit 0: a missed goal is a figure, not a failure."""
    quick, full = "--quick" in sys.argv, "--full" in sys.argv
    from bench import search

    parts: list[tuple[str, Callable[[], list[Row]]]] = [
        ("store", lambda: store.rows(quick)),
        ("search", lambda: search.rows(full=full, quick=quick)),
        ("screen", lambda: screen.rows(quick)),
        ("large", lambda: large.rows(quick)),
        ("slow", lambda: slow_line.rows(quick)),
    ]
    named = [each for each in parts if each[0] in sys.argv[1:]]
    begun = time.perf_counter()
    rows: list[Row] = []
    for name, measure in named or parts:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        found = measure()
        # Part by part: a run that is cut short has not been for nothing.
        print(markdown(found, heading=not rows), flush=True)
        rows += found
    if "--profile" in sys.argv:
        print(profile.of_missed(rows))
    print(f"\n{time.perf_counter() - begun:.0f} s in all", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
