"""A full disk: the act is refused in words, what was before is safe, nothing half done stays."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import RunPython
from tests.tiny import draft
from tui.errors import QualError
from tui.project.check import canonical_dump, check
from tui.project.edits import codings, documents
from tui.project.project import Project

LONG = "\n\n".join(f"Passage {at} has some words of its own, {at * at}." for at in range(3000))


def test_a_full_file_refuses_the_act_and_keeps_the_rest(project: Project) -> None:
    codings.add_codings(project, 1, 0, 4, [1])
    before = list(canonical_dump(project.db))
    pages = project.db.execute("PRAGMA page_count").fetchone()[0]
    project.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(QualError) as refused:
        documents.import_document(project, draft("long", LONG))
    assert refused.value.message.startswith("The disk did not take it")
    assert refused.value.hint == "Free some space and do it again; everything before it is safe."
    assert list(canonical_dump(project.db)) == before
    assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
    project.db.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    documents.import_document(project, draft("long", LONG))
    assert {name: wrong for name, wrong in check(project.db) if wrong} == {}


FILL = """
import os, resource, sys
from tests.tiny import draft
from tests.durability.test_full_disk import LONG
from tui.errors import QualError
from tui.project.edits import codings, documents
from tui.project.project import Project
path = sys.argv[1]
size = os.path.getsize(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, resource.RLIM_INFINITY))
project = Project(path, "ann")
made = 0
try:
    for at in range(1000):
        codings.add_codings(project, 1, 0, 4 + at % 100, [1 + at // 100])
        print("made", project.last_change.id, flush=True)
except QualError as error:
    print("refused", error.message, flush=True)
try:
    documents.import_document(project, draft("long", LONG))
except QualError as error:
    print("refused", error.message, flush=True)
os._exit(0)
"""


def test_a_file_that_may_not_grow_loses_nothing_that_was_acknowledged(
    tiny: str, run_python: RunPython
) -> None:
    done = run_python(FILL, tiny)
    assert done.stderr == ""
    told = {int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("made")}
    refusals = [line for line in done.stdout.splitlines() if line.startswith("refused")]
    assert told
    assert refusals[-1].startswith("refused The disk did not take it")
    with Project(tiny, "ann") as project:
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        ids = {row[0] for row in project.db.execute("SELECT id FROM changes")}
        assert told <= ids
        names = [row[0] for row in project.db.execute("SELECT name FROM documents")]
        assert names == ["letter", "talk"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_really_full_disk_loses_nothing(tmp_path: Path) -> None:
    from tests.tiny import make_tiny

    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let its root mount")
    try:
        path = make_tiny(folder / "tiny.qual")
        with Project(path, "ann") as project:
            codings.add_codings(project, 1, 0, 4, [1])
            before = list(canonical_dump(project.db))
            with pytest.raises(QualError, match="The disk did not take it"):
                documents.import_document(project, draft("long", LONG * 3))
            assert list(canonical_dump(project.db)) == before
            codings.add_codings(project, 1, 0, 5, [1])
            assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
