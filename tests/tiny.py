"""A tiny project, and drafts of documents, for tests and for the processes that tests start."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
import time
from pathlib import Path

from tui.importing.draft import Draft, Extract, make_draft
from tui.project.edits import codes, codings, documents
from tui.project.project import Project
from tui.store.migrate import create_project

LETTER = (
    "The mill opened in 1911. Nobody spoke of wages then.\n\n"
    "My mother's cousin — the loud one — kept the books; she was paid by the line.\n\n"
    "— Who told you?\n"
    "— The ledger did. 工资 was written there twice.\n"
)
TALK = "Ada: We met on Fridays. It rained.\n\nBen: It always rained 👩‍👩‍👧.\n\nAda: Yes… always.\n"


class Clock:
    """Time that goes on by one second each time somebody looks at it."""

    def __init__(self) -> None:
        self._seconds = itertools.count(1_767_323_045)  # 2026-01-02T03:04:05Z

    def __call__(self) -> str:
        """Return the time, UTC, to the second."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(next(self._seconds)))


def draft(name: str, text: str) -> Draft:
    """Return the draft of an English document."""
    return make_draft(f"{name}.txt", text.encode(), Extract(text), language="en")


def memory_folder() -> str | None:
    """Return a folder whose files live in memory, if there is one: syncs cost nothing there."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


_pattern: str | None = None


def make_tiny(path: str | Path) -> str:
    """Make the tiny project at a path; return the path.

    It is filled once and copied from then on: zoe has imported ``letter`` and ``talk``, made the
    codes C1 Work, C1-1 Pay, C1-1-1 Wages and C2 Weather, and coded three spans of ``letter``.
    """
    global _pattern
    if _pattern is None:
        folder = tempfile.mkdtemp(prefix="tiny-", dir=memory_folder())
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _pattern = os.path.join(folder, "tiny.qual")
        create_project(_pattern)
        with Project(_pattern, "zoe", clock=Clock()) as project:
            fill(project)
    shutil.copyfile(_pattern, path)
    os.chmod(path, 0o600)
    return str(path)


def fill(project: Project) -> None:
    """Put what the tiny project holds into an empty one."""
    letter = documents.import_document(project, draft("letter", LETTER))
    documents.import_document(project, draft("talk", TALK))
    work = codes.add_code(project, "Work")
    pay = codes.add_code(project, "Pay", work)
    wages = codes.add_code(project, "Wages", pay)
    codes.add_code(project, "Weather")
    codings.add_codings(project, letter, 0, 24, [work])
    codings.add_codings(project, letter, 25, 52, [pay, wages])


def text_of(project: Project, document_id: int) -> str:
    """Return the whole stored text of a document, put together by other means than the program."""
    (lead,) = project.db.execute(
        "SELECT lead FROM documents WHERE id = ?", (document_id,)
    ).fetchone()
    pieces = project.db.execute(
        "SELECT text, gap FROM passages WHERE document_id = ? ORDER BY number", (document_id,)
    ).fetchall()
    return str(lead) + "".join(text + gap for text, gap in pieces)


def assert_anchored(project: Project) -> None:
    """Assert that the text at the offsets of every coding is its quote."""
    texts: dict[int, str] = {}
    for document_id, start, end, quote in project.db.execute(
        "SELECT document_id, start, end, quote FROM codings"
    ).fetchall():
        if document_id not in texts:
            texts[document_id] = text_of(project, document_id)
        assert texts[document_id][start:end] == quote
