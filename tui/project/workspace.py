"""Workspaces: a folder with a codebook file, a corpus and one project file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import Final

from tui.codebook.file import read_codebook
from tui.codebook.sync import compare
from tui.errors import QualError
from tui.importing.folder import list_folder
from tui.importing.registry import can_read, read_source
from tui.importing.tables import read_attributes, read_codings
from tui.project.edits.cases import AttributeRow, set_attributes
from tui.project.edits.codebook import pull_codebook
from tui.project.edits.documents import import_document
from tui.project.edits.readings import set_setting
from tui.project.edits.study import CodingRow, load_codings
from tui.project.project import Clock, Project, utc_now
from tui.project.sync import keep_base
from tui.store.filesystem import publish
from tui.store.migrate import create_project
from tui.store.writer import leave_wal
from tui.text.counted import counted

CODEBOOK: Final = "codebook.toml"
CORPUS: Final = "corpus"

Say = Callable[[str], None]


def project_path(folder: str) -> str:
    """Return the path of the project that a workspace without one would get: ``NAME/NAME.qual``."""
    folder = os.path.abspath(folder)
    name = os.path.basename(folder).strip() or "project"
    return os.path.join(folder, f"{name}.qual")


def is_study(folder: str) -> bool:
    """Tell whether a folder holds what a project could be made of."""
    return os.path.isfile(os.path.join(folder, CODEBOOK)) or os.path.isdir(
        os.path.join(folder, CORPUS)
    )


def make_workspace(
    folder: str, coder: str, *, path: str | None = None, say: Say = print, clock: Clock = utc_now
) -> str:
    """Make the project of a folder from its codebook file and its corpus, if it has them.

    The project appears under its name only when everything is in it; a failure or a kill leaves
    no trace but, after a kill, a file ending in ``.new``.

    Args:
        folder: the workspace; made when it does not exist.
        coder: who makes it.
        path: the project file; ``NAME.qual`` in the folder when left out.
        say: told each step in words.
        clock: gives the time of acts.

    Returns:
        The path of the project.

    Raises:
        QualError: a project is there already, or codebook or corpus are wrong; nothing is made.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise QualError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another place."
        ) from error
    path = path or project_path(folder)
    if os.path.lexists(path):
        raise QualError(f"{path} exists already.", f"Open it: qual open {path}")
    draft = os.path.join(os.path.dirname(path), f".{os.path.basename(path)}.{os.getpid()}.new")
    create_project(draft, network=True)
    try:
        with Project(draft, coder, clock=clock) as project:
            title = os.path.splitext(os.path.basename(path))[0]
            with project.one_step():
                # A file name may hold bytes that are no text; the project cannot.
                set_setting(project, "title", title.encode("utf-8", "replace").decode())
                fill_from_folder(project, folder, say)
            # A rollback journal until the file has its name: then nothing lies beside it.
            leave_wal(project.db)
        publish(draft, path)
    finally:
        for name in (draft, f"{draft}-wal", f"{draft}-shm", f"{draft}-journal"):
            if os.path.exists(name):
                os.unlink(name)
    return path


def fill_from_folder(project: Project, folder: str, say: Say) -> None:
    """Bring codebook file, documents, attributes and codings of a folder into a project."""
    codebook = os.path.join(folder, CODEBOOK)
    corpus = os.path.join(folder, CORPUS)
    with project.one_step():
        if os.path.isfile(codebook):
            file = read_codebook(codebook)
            plan = compare((), file.codes, ())
            if plan.pull:
                pull_codebook(project, file.codes, plan.pull)
            keep_base(project, file.codes)
            for name, value in (("codebook.title", file.title), ("codebook.source", file.source)):
                if value:
                    set_setting(project, name, value)
            say(f"{CODEBOOK}: {counted(len(file.codes), 'code')}")
        if os.path.isdir(corpus):
            _import_corpus(project, corpus, say)


def _import_corpus(project: Project, corpus: str, say: Say) -> None:
    if not any(can_read(name) for name in os.listdir(corpus)):
        say(f"{CORPUS}/: no documents yet")
        return
    listing = list_folder(corpus)
    for path in listing.sources:
        draft = read_source(path)
        import_document(project, draft)
        note = f" ({draft.notes})" if draft.notes else ""
        say(f"{CORPUS}/{draft.source}: {counted(len(draft.passages), 'passage')}{note}")
    if listing.left_out:
        say(f"{CORPUS}/: left out, of other kinds: {', '.join(listing.left_out)}")
    if listing.attributes:
        count = load_attributes(project, listing.attributes)
        say(f"{CORPUS}/attributes.csv: {counted(count, 'value')}")
    if listing.codings:
        for coder, count in load_codings_table(project, listing.codings).items():
            say(f"{CORPUS}/codings.csv: {counted(count, 'coding')} by {coder}")


def load_attributes(project: Project, path: str) -> int:
    """Set the attributes of documents from a table; return how many values it set.

    Raises:
        QualError: a row names a document that is not there; names file and line.
    """
    table = read_attributes(path)
    name = os.path.basename(path)
    rows = [
        AttributeRow(
            f"{name} line {row.line}",
            row.document,
            tuple(zip(table.names, row.values, strict=True)),
        )
        for row in table.rows
    ]
    return set_attributes(project, rows)


def load_codings_table(project: Project, path: str) -> dict[str, int]:
    """Store the codings of a table, each as its own coder's; return how many each coder got."""
    by_coder: dict[str, list[CodingRow]] = {}
    name = os.path.basename(path)
    for row in read_codings(path):
        coder = row.coder or project.coder
        coding = CodingRow(
            f"{name} line {row.line}",
            row.document,
            coder,
            row.code,
            row.start,
            row.end,
            row.quote,
            row.important,
            row.memo,
        )
        by_coder.setdefault(coder, []).append(coding)
    stored = {}
    for coder, rows in by_coder.items():
        with project.acting_as(coder):
            stored[coder] = load_codings(project, rows)[0]
    return stored


def sample_source() -> str:
    """Return the folder of the shipped study: in the installed package, or in the checkout.

    Raises:
        QualError: this installation lacks it.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "study"), os.path.dirname(package)):
        if os.path.isfile(os.path.join(folder, CODEBOOK)) and os.path.isdir(
            os.path.join(folder, CORPUS)
        ):
            return folder
    raise QualError("The shipped study is not in this installation.", "Install qual again.")


def open_sample(coder: str, say: Say = print) -> str:
    """Return the project of the shipped study in the user's data folder, made when missing."""
    path = _sample_path()
    folder = os.path.dirname(path)
    if os.path.isfile(path):
        return path
    if not is_study(folder):
        copy_sample(folder)
    return make_workspace(folder, coder, path=path, say=say)


def is_sample(path: str) -> bool:
    """Tell whether a project is this user's copy of the shipped study."""
    return os.path.abspath(path) == os.path.abspath(_sample_path())


def _sample_path() -> str:
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(base, "qual", "sample-study", "sample-study.qual")


def copy_sample(folder: str) -> None:
    """Copy codebook file and corpus of the shipped study into a folder, made when missing.

    Raises:
        QualError: this installation lacks them, or the folder holds such files already.
    """
    source = sample_source()
    for name in (CODEBOOK, CORPUS):
        if os.path.exists(os.path.join(folder, name)):
            raise QualError(
                f"{os.path.join(folder, name)} exists already.", "Choose an empty folder."
            )
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        shutil.copytree(os.path.join(source, CORPUS), os.path.join(folder, CORPUS))
        shutil.copyfile(os.path.join(source, CODEBOOK), os.path.join(folder, CODEBOOK))
    except OSError as error:
        raise QualError(
            f"The shipped study cannot be copied to {folder}: {error.strerror}.",
            "Choose another folder.",
        ) from error
