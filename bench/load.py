"""The project that the screen is measured on: 10 MB of text, 10,922 overlapping codings.

English, Russian, Chinese and emoji in it; made once, cached outside the repository.
"""

from __future__ import annotations

import os
import random
import shutil
from contextlib import suppress
from pathlib import Path

from tui.errors import AlreadyCoded
from tui.importing.registry import read_source
from tui.project.edits.codes import add_code
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.project import Project
from tui.store.documents import passage_table
from tui.store.migrate import create_project

VERSION = "1"
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
    """Return a copy of a project with one document of so many million bytes, densely coded."""
    master = cache_folder() / f"load-{megabytes}mb-{codings}-{VERSION}.qual"
    if not master.exists():
        draft = master.with_suffix(".new.qual")
        draft.unlink(missing_ok=True)
        create_project(str(draft))
        with Project(str(draft), CODER) as project:
            _fill(project, text_file(megabytes), codings)
        draft.rename(master)
    copy = cache_folder() / "run.qual"
    for name in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm")):
        name.unlink(missing_ok=True)
    shutil.copyfile(master, copy)
    return copy


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


def _fill(project: Project, path: Path, codings: int) -> None:
    document = import_document(project, read_source(str(path)))
    codes = [
        add_code(project, f"Theme {number}", fields={"slot": number if number < 10 else None})
        for number in range(1, 43)
    ]
    passages = passage_table(project.db, document)
    dice = random.Random(1)
    # The first passages are the ones that are seen: at least three codings on every line there.
    crowded = passages[:1500]
    made = 0
    with project.act("coding.add") as act:
        while made < codings:
            many = made < codings * 2 // 3
            _, start, end = dice.choice(crowded if many else passages)
            width = dice.randint(20, 300)
            left = dice.randint(start, max(start, end - 20))
            if left >= end:
                continue
            span = (left, min(end, left + width))
            with suppress(AlreadyCoded):
                made += len(add_codings.apply(act, document, *span, [dice.choice(codes)]))
