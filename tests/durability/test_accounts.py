"""Accounts and permissions: read-only folders and files, and two accounts in one project."""

from __future__ import annotations

import grp
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tiny import make_tiny
from tui.errors import QualError, ReadOnlyProject
from tui.project.check import check
from tui.project.edits import codings
from tui.project.project import Project
from tui.store.codings import spans_of_document
from tui.store.filesystem import share_with_group
from tui.store.reader import open_reader

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
ANN, BOB, GROUP = 61_001, 61_002, 61_003
"""Ids that belong to nobody."""


def as_account(uid: int, gids: list[int], work: Callable[[], None]) -> None:
    """Do some work as another account, in a process of its own; assert that it came to its end."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.setgroups(gids)
            os.setgid(uid)
            os.setuid(uid)
            os.umask(0o077)
            work()
            status = 0
        except BaseException:  # noqa: BLE001 (whatever it is, it must not run the parent's tests)
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(pid, 0)
    assert status == 0


@pytest.fixture
def desk() -> Iterator[Path]:
    """Give a folder that every account can reach; pytest shuts its own at each of its starts."""
    with tempfile.TemporaryDirectory(prefix="qual-accounts-") as name:
        top = Path(name)
        for folder in (top, *top.parents):
            if folder.stat().st_uid == os.getuid() and folder != Path("/"):
                folder.chmod(folder.stat().st_mode | 0o011)
        desk = top / "desk"
        desk.mkdir()
        desk.chmod(0o755)
        yield desk


def read_and_be_refused(path: str) -> None:
    with Project(path, "ann") as project:
        assert project.read_only
        assert len(spans_of_document(project.db, 1, [1])) == 3
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        with pytest.raises(ReadOnlyProject) as refused:
            codings.add_codings(project, 1, 0, 4, [1])
        assert "open read-only" in refused.value.message
        assert "Copy it to a folder of your own" in refused.value.hint
    open_reader(path).close()


@ROOT_ONLY
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_project_that_may_not_be_written_is_read(desk: Path, what: str) -> None:
    path = make_tiny(desk / "tiny.qual")
    os.chmod(path, 0o444 if what == "file" else 0o666)
    os.chmod(desk, 0o777 if what == "file" else 0o555)
    as_account(ANN, [], lambda: read_and_be_refused(path))


@ROOT_ONLY
def test_a_project_that_may_not_be_read_says_so(desk: Path) -> None:
    path = make_tiny(desk / "tiny.qual")

    def refused() -> None:
        with pytest.raises(QualError, match="may not be read by you") as error:
            Project(path, "ann")
        assert "qual share GROUP" in error.value.hint

    as_account(ANN, [], refused)


@ROOT_ONLY
def test_two_accounts_write_one_shared_project(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_tiny(desk / "tiny.qual")
    os.chown(path, ANN, ANN)
    os.chown(desk, ANN, ANN)
    os.chmod(desk, 0o700)
    real = grp.getgrnam
    monkeypatch.setattr(
        grp,
        "getgrnam",
        lambda name: grp.struct_group(("lab", "x", GROUP, [])) if name == "lab" else real(name),
    )

    def share() -> None:
        done = share_with_group(path, "lab")
        assert len(done) == 2

    def write(coder: str) -> None:
        with Project(path, coder) as project:
            codings.add_codings(project, 1, 0, 4, [1])
            for suffix in ("", "-wal", "-shm"):
                mode = stat.S_IMODE(os.stat(path + suffix).st_mode)
                assert mode & 0o660 == 0o660, suffix
                assert mode & 0o007 == 0, suffix
                assert os.stat(path + suffix).st_gid == GROUP, suffix
            codings.add_codings(project, 1, 0, 5, [1])
            os._exit(0) if coder == "bob" else None  # leaves the log behind for the other account

    as_account(ANN, [GROUP], share)
    as_account(BOB, [GROUP], lambda: write("bob"))
    as_account(ANN, [GROUP], lambda: write("ann"))
    as_account(BOB, [GROUP], lambda: write("bob again"))
    with Project(path, "zoe") as project:
        (count,) = project.db.execute("SELECT count(*) FROM codings WHERE coder_id > 1").fetchone()
        assert count == 6
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}


def test_sharing_with_a_group_that_is_not_there_says_so(tiny: str) -> None:
    with pytest.raises(QualError, match="no group 'nobody-here'"):
        share_with_group(tiny, "nobody-here")


@ROOT_ONLY
def test_only_the_owner_can_share(desk: Path) -> None:
    path = make_tiny(desk / "tiny.qual")

    def refused() -> None:
        with pytest.raises(QualError, match="cannot be shared"):
            share_with_group(path, grp.getgrgid(0).gr_name)

    as_account(ANN, [], refused)
