"""The store: one coding with its journal row, beside a bare insert under the same settings."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from bench.load import CODER, loaded_project
from bench.row import Row, verdict
from bench.terminal import median, percentile99
from tui.project.edits.codings import add_codings
from tui.project.project import Project
from tui.store.coders import find_coder
from tui.store.codes import list_codes
from tui.store.codings import spans_of_document
from tui.store.documents import list_documents, passage_table


def rows(quick: bool = False) -> list[Row]:
    """Measure and return the rows."""
    reps = 50 if quick else 300
    path = loaded_project()
    bare = _bare_inserts(reps)
    with Project(str(path), CODER) as project:
        document = list_documents(project.db)[0]
        codes = [code.id for code in list_codes(project.db)]
        passages = passage_table(project.db, document.id)
        ours = []
        for at in range(reps):
            _, start, end = passages[-at - 1]
            begun = time.perf_counter()
            add_codings(project, document.id, start, end, [codes[at % len(codes)]])
            ours.append((time.perf_counter() - begun) * 1000)
        coder = find_coder(project.db, CODER)
        opened = []
        for _ in range(20):
            begun = time.perf_counter()
            spans_of_document(project.db, document.id, [coder.id if coder else 0])
            opened.append((time.perf_counter() - begun) * 1000)
    ratio = median(ours) / median(bare)
    return [
        Row(
            "store",
            "one coding with its journal, committed (WAL, FULL)",
            "10,922 codings",
            f"{median(ours):.2f} ms (99 %: {percentile99(ours):.1f})",
            f"bare insert {median(bare):.2f} ms ({ratio:.2f} x)",
            "<= 2 x",
            verdict(ratio, 2),
        ),
        Row(
            "store",
            "the codings of a document, read",
            "10,922 codings",
            f"{median(opened):.1f} ms",
            "",
            "",
            "",
        ),
    ]


def _bare_inserts(reps: int) -> list[float]:
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        db = sqlite3.connect(f"{folder}/bare.db", isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER, q TEXT)")
        times = []
        for at in range(reps):
            begun = time.perf_counter()
            db.execute("INSERT INTO t VALUES (?, ?, ?, ?)", (at, at, at, "x" * 150))
            times.append((time.perf_counter() - begun) * 1000)
        db.close()
    return times
