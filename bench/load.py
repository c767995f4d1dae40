"""The projects that the screen is measured on: 10,922 overlapping codings on 10 MB; a million.

English, Russian, Chinese and emoji in it; made once, cached outside the repository.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from tui.importing.registry import read_source
from tui.project.edits.codes import add_code
from tui.project.edits.documents import import_document
from tui.project.project import Project
from tui.store.documents import passage_table, read_text
from tui.store.migrate import create_project
from tui.store.version import SCHEMA_VERSION

VERSION = "3"
"""Raise it when what is generated changes."""

CODINGS = 10_922
CODER = "bench"

ENGLISH = [
    "council",
    "treaty",
    "border",
    "winter",
    "harvest",
    "signal",
    "market",
    "river",
    "engine",
    "school",
    "minister",
    "delegation",
    "paragraph",
    "interest",
    "region",
    "agreement",
    "partner",
    "security",
    "question",
    "answer",
    "between",
    "although",
    "because",
    "whenever",
    "nobody",
    "several",
    "under",
    "across",
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
]
RUSSIAN = [
    "мир",
    "договор",
    "граница",
    "регион",
    "интерес",
    "безопасность",
    "вопрос",
    "соседи",
    "развитие",
    "право",
    "и",
    "в",
    "на",
]
CHINESE = "国际秩序多极世界合作安全发展主权文化地区经济贸易边界和平"


def cache_folder() -> Path:
    """Return the folder where generated corpora lie, outside the repository."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(base) / "qual-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def text_file(megabytes: int) -> Path:
    """Return a text file of so many million bytes, made when it is not there."""
    path = cache_folder() / f"text-{megabytes}mb-{VERSION}.txt"
    if path.exists():
        return path
    dice = random.Random(megabytes)
    draft = path.with_suffix(".new")
    size = 0
    with draft.open("w", encoding="utf-8") as file:
        while size < megabytes * 1_000_000:
            paragraph = " ".join(_sentence(dice) for _ in range(dice.randint(2, 7)))
            size += file.write(paragraph + "\n\n")
    draft.rename(path)
    return path


def loaded_project(megabytes: int = 10, codings: int = CODINGS) -> Path:
    """Return a copy of a project with one document of so many million bytes, densely coded.

    At least three codings lie on every line of it, more in its first pages.
    """
    master = cache_folder() / f"load-{megabytes}mb-{codings}-{VERSION}.qual"
    if not master.exists():
        draft = _draft(master)
        with Project(str(draft), CODER) as project:
            document = import_document(project, read_source(str(text_file(megabytes))))
            codes = _add_codes(project, 42)
            _insert_codings(project, _dense_spans(project, document, codings), codes)
        _finish(draft, master)
    return _fresh_copy(master, "run.qual")


def large_project(documents: int = 2_000, codings: int = 1_000_000) -> Path:
    """Return a copy of a project of 2,000 documents, 200 codes, three coders, a million codings.

    Its largest document is the one of ``loaded_project``; the others have 20 kB each.
    """
    master = cache_folder() / f"large-{documents}-{codings}-{VERSION}.qual"
    if not master.exists():
        draft = _draft(master)
        dice = random.Random(documents)
        with Project(str(draft), CODER) as project:
            largest = import_document(project, read_source(str(text_file(10))))
            others = [_import_small(project, number, dice) for number in range(1, documents)]
            codes = _add_codes(project, 200)
            with project.acting_as("second"):
                project.join()
            with project.acting_as("third"):
                project.join()
            _insert_codings(project, _dense_spans(project, largest, CODINGS), codes)
            each, more = divmod(codings - CODINGS, documents - 1)
            for at, document in enumerate(others):
                spans = _scattered_spans(project, document, each + (at < more), dice)
                _insert_codings(project, spans, codes, coders=3)
        _finish(draft, master)
    return _fresh_copy(master, "run-large.qual")


def _draft(master: Path) -> Path:
    draft = master.with_suffix(".new.qual")
    for name in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
        name.unlink(missing_ok=True)
    create_project(str(draft))
    return draft


def _finish(draft: Path, master: Path) -> None:
    db = sqlite3.connect(draft)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    draft.rename(master)


def _fresh_copy(master: Path, name: str) -> Path:
    _bring_up_to_date(master)
    copy = cache_folder() / name
    for each in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
        each.unlink(missing_ok=True)
    for each in cache_folder().glob(f"{name}.backup-*"):
        each.unlink()
    shutil.copyfile(master, copy)
    return copy


def _bring_up_to_date(master: Path) -> None:
    """Upgrade a project that an older version of the program has made: once, not in each copy.

    Otherwise every measurement would begin with an upgrade and leave a backup behind.
    """
    db = sqlite3.connect(master)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    if version >= SCHEMA_VERSION:
        return
    with Project(str(master), CODER):
        pass
    for each in master.parent.glob(f"{master.name}.backup-*"):
        each.unlink()


def _sentence(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.08:
        words = dice.choices(RUSSIAN, k=dice.randint(4, 14))
    elif kind < 0.13:
        return "".join(dice.choices(CHINESE, k=dice.randint(6, 24))) + "。"
    else:
        words = dice.choices(ENGLISH, k=dice.randint(4, 28))
        if dice.random() < 0.02:
            words.append(dice.choice(["👩‍👩‍👧", "🌍", "✅"]))
    return " ".join(words).capitalize() + dice.choice([".", ".", ".", "?"])


def _add_codes(project: Project, number: int) -> list[int]:
    codes: list[int] = []
    for at in range(1, number + 1):
        parent = codes[(at - 1) // 8 * 8 - 1] if at > 8 and at % 8 else None
        slot = at if at < 10 else None
        codes.append(add_code(project, f"Theme {at}", parent, fields={"slot": slot}))
    return codes


def _import_small(project: Project, number: int, dice: random.Random) -> int:
    paragraphs = [" ".join(_sentence(dice) for _ in range(dice.randint(2, 7))) for _ in range(40)]
    data = "\n\n".join(paragraphs).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"interview-{number:04}.txt"
        path.write_bytes(data)
        return import_document(project, read_source(str(path)))


def _dense_spans(project: Project, document: int, codings: int) -> list[tuple[int, int, int]]:
    """Return (document, start, end) of so many codings: three or more on every line.

    Three layers, each shifted against the one below it, cover the text without a gap: in the first
    pages with codings of three passages, further down with longer ones. The rest are short.
    """
    passages = [(start, end) for _, start, end in passage_table(project.db, document)]
    dice = random.Random(1)
    crowded = min(1_500, len(passages) // 2)
    long = max(3, round(3 * (len(passages) - crowded) / (codings * 0.55)))
    spans: set[tuple[int, int]] = set()
    for layer in range(3):
        at, width = 0, layer + 1
        while at < len(passages):
            last = min(at + width, len(passages)) - 1
            spans.add((passages[at][0], passages[last][1]))
            entering = at < crowded <= last + 1
            at = last + 1
            shift = layer * (long // 3) if entering and long > 8 else 0
            width = 3 if at < crowded else long - shift
    while len(spans) < codings:
        start, end = passages[dice.randrange(crowded)]
        left = dice.randint(start, max(start, end - 20))
        if left < end:
            spans.add((left, min(end, left + dice.randint(20, 300))))
    return [(document, start, end) for start, end in sorted(spans)]


def _scattered_spans(
    project: Project, document: int, number: int, dice: random.Random
) -> list[tuple[int, int, int]]:
    end = passage_table(project.db, document)[-1][2]
    spans: set[tuple[int, int]] = set()
    while len(spans) < number:
        left = dice.randrange(end - 10)
        spans.add((left, min(end, left + dice.randint(10, 300))))
    return [(document, left, right) for left, right in sorted(spans)]


def _insert_codings(
    project: Project, spans: list[tuple[int, int, int]], codes: list[int], coders: int = 1
) -> None:
    """Insert codings past the journal: a million acts would take an hour."""
    document = spans[0][0]
    text = read_text(project.db, document, 0, spans[-1][2] + 1_000_000)
    dice = random.Random(document)
    with project.write() as db:
        db.executemany(
            "INSERT INTO codings (document_id, start, end, code_id, coder_id, revision,"
            " created_at, quote) VALUES (?, ?, ?, ?, ?, 1, '2026-01-01T00:00:00Z', ?)",
            (
                (document, start, end, dice.choice(codes), dice.randint(1, coders), text[start:end])
                for _, start, end in spans
            ),
        )
