"""Keeping the codebook file and the project in step."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict

from tui.codebook.file import CodebookFile, FileCode, file_codes, read_codebook
from tui.codebook.rewrite import write_codebook
from tui.codebook.sync import Plan, compare
from tui.errors import QualError, Refused
from tui.project.edits.codebook import pull_codebook
from tui.project.project import Project
from tui.store.bases import read_base, write_base
from tui.store.codes import list_codes
from tui.store.filesystem import sync_folder
from tui.store.settings import read_setting
from tui.text.counted import counted


def codebook_path(project: Project) -> str:
    """Return where the codebook file of a project lies: beside it."""
    return os.path.join(os.path.dirname(project.path), "codebook.toml")


def plan_sync(project: Project, path: str) -> tuple[CodebookFile, Plan]:
    """Compare a codebook file with the project, from what both last held.

    Raises:
        QualError: the file is missing or wrong.
    """
    file = read_codebook(path)
    base = tuple(FileCode(**code) for code in json.loads(read_base(project.db) or "[]"))
    return file, compare(base, file.codes, file_codes(list_codes(project.db)))


def pull(project: Project, path: str) -> int:
    """Take what changed in the file into the project; return how many differences there were.

    Raises:
        Refused: both sides changed the same thing differently; nothing is changed then.
    """
    file, plan = plan_sync(project, path)
    _refuse_conflicts(plan)
    if plan.pull:
        pull_codebook(project, file.codes, plan.pull)
    keep_base(project, file.codes)
    return len(plan.pull)


def push(project: Project, path: str) -> int:
    """Write what changed in the project into the file; return how many differences there were.

    The file is replaced as a whole or not at all; its comments stay.

    Raises:
        Refused: the file has changes that a push would overwrite: pull first.
        QualError: the file cannot be written.
    """
    codes = file_codes(list_codes(project.db))
    old, count = "", len(codes)
    if os.path.exists(path):
        file, plan = plan_sync(project, path)
        _refuse_conflicts(plan)
        if plan.pull:
            raise Refused(
                f"{os.path.basename(path)} has {counted(len(plan.pull), 'change')} not taken into"
                " the project yet.",
                "`qual codebook pull` takes them; then push.",
            )
        if not plan.push:
            keep_base(project, file.codes)
            return 0
        count = len(plan.push)
        with open(path, encoding="utf-8", newline="") as present:
            old = present.read()
    text = write_codebook(
        old,
        codes,
        read_setting(project.db, "codebook.title", read_setting(project.db, "title")),
        read_setting(project.db, "codebook.source"),
    )
    _replace(path, text)
    keep_base(project, codes)
    return count


def keep_base(project: Project, codes: Sequence[FileCode]) -> None:
    """Remember what file and project held when they were in step; not journaled."""
    with project.write() as db:
        write_base(db, json.dumps([asdict(code) for code in codes], ensure_ascii=False))


def _refuse_conflicts(plan: Plan) -> None:
    if plan.conflicts:
        first = plan.conflicts[0]
        raise Refused(
            f"File and project changed the same thing differently, in {len(plan.conflicts)}"
            f" places; the first is {first.field} of {first.key or 'the top'}:"
            f" {first.file!r} in the file, {first.project!r} in the project.",
            "`qual codebook diff` shows all; make one side like the other, then try again.",
        )


def _replace(path: str, text: str) -> None:
    draft = f"{path}.{os.getpid()}.new"
    try:
        with open(draft, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            os.chmod(draft, os.stat(path).st_mode & 0o777)
        os.replace(draft, path)
        sync_folder(path)  # before the project remembers that the file holds this
    except OSError as error:
        if os.path.exists(draft):
            os.unlink(draft)
        raise QualError(
            f"{path} cannot be written: {error.strerror}.", "The old file is as it was."
        ) from error
