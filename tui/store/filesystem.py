"""Where a project file lies: network file systems, the writer's lock there, shared permissions."""

from __future__ import annotations

import grp
import json
import os
import socket
import stat
import time

from tui.errors import ProjectLocked, QualError, ReadOnlyProject
from tui.values import dataclass

NETWORK_TYPES = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fhgfs",
        "fuse.ceph",
        "fuse.davfs2",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "mmfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "orangefs",
        "panfs",
        "pvfs2",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "wekafs",
    }
)
"""File system types where the shared memory that WAL needs does not work between hosts."""


def network_type(path: str, mount_table: str = "/proc/self/mountinfo") -> str | None:
    """Return the network file system type that a path lies on, or None for a local disk.

    Args:
        path: a file or folder.
        mount_table: a file in the format of ``/proc/self/mountinfo``. ``QUAL_MOUNTS`` names
            another one, for systems and tests that have their own.
    """
    mount_table = os.environ.get("QUAL_MOUNTS", mount_table)
    real = os.path.realpath(path)
    best, kind = "", ""
    try:
        with open(mount_table, encoding="utf-8", errors="surrogateescape") as table:
            for line in table:
                left, _, right = line.partition(" - ")
                fields, rest = left.split(), right.split()
                if len(fields) < 5 or not rest:
                    continue
                point = fields[4].replace("\\040", " ").replace("\\011", "\t")
                inside = point == "/" or real == point or real.startswith(point + "/")
                if inside and len(point) >= len(best):
                    best, kind = point, rest[0]
    except OSError:
        return None  # no mount table (not Linux): nothing is known, a local disk is assumed
    return kind if kind in NETWORK_TYPES else None


@dataclass(frozen=True, slots=True)
class WriterLock:
    """The one writer of a project on a network file system."""

    coder: str
    host: str
    pid: int
    since: str
    """UTC time, ``2026-11-22 10:02``."""


def lock_path(path: str) -> str:
    """Return the name of the lock file beside a project."""
    return f"{path}.lock"


def take_writer_lock(path: str, coder: str) -> None:
    """Become the one writer of a project on a network file system.

    A lock left by a dead process of this host is taken over; one of another host is not, since
    nobody here can tell whether it still lives.

    Raises:
        ProjectLocked: somebody else is writing; names who, where, since when.
        ReadOnlyProject: the lock cannot be made.
    """
    mine = WriterLock(
        coder, socket.gethostname(), os.getpid(), time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    )
    # Written apart and linked: link() is atomic on NFS, where O_EXCL has not always been.
    draft = f"{lock_path(path)}.{mine.host}.{mine.pid}"
    try:
        _write_lock(draft, mine)
        for _ in range(2):
            try:
                os.link(draft, lock_path(path))
                return
            except FileExistsError:
                held = read_writer_lock(path)
                if held is None or (held.host == mine.host and not _alive(held.pid)):
                    _unlink(lock_path(path))
                    continue
                if held.host == mine.host and held.pid == mine.pid:
                    return
                raise ProjectLocked(
                    f"This project lies on a network file system and {held.coder}"
                    f" (host {held.host}, process {held.pid}) is writing, since {held.since} UTC.",
                    "Read it meanwhile (search, show and count work), or ask them to quit."
                    f" If that process is gone, delete {os.path.basename(lock_path(path))}.",
                ) from None
        raise ProjectLocked("Another process took the writer's place just now.", "Try again.")
    except OSError as error:
        raise ReadOnlyProject(
            f"The writer's lock {os.path.basename(lock_path(path))} cannot be made:"
            f" {error.strerror}.",
            "Read the project meanwhile, or copy it to a folder of your own.",
        ) from error
    finally:
        _unlink(draft)


def _write_lock(path: str, lock: WriterLock) -> None:
    with open(path, "w", encoding="utf-8") as file:
        json.dump(
            {"coder": lock.coder, "host": lock.host, "pid": lock.pid, "since": lock.since}, file
        )


def drop_writer_lock(path: str) -> None:
    """Give up being the writer; silent when the lock is not this process's."""
    held = read_writer_lock(path)
    if held and held.host == socket.gethostname() and held.pid == os.getpid():
        _unlink(lock_path(path))


def read_writer_lock(path: str) -> WriterLock | None:
    """Return who holds the writer's lock, or None."""
    try:
        with open(lock_path(path), encoding="utf-8") as file:
            held = json.load(file)
        return WriterLock(
            str(held["coder"]), str(held["host"]), int(held["pid"]), str(held["since"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish(draft: str, path: str) -> None:
    """Give a finished project file the name under which it is found, for good.

    Raises:
        QualError: somebody else has made a project of that name meanwhile; theirs stays.
    """
    try:
        os.link(draft, path)  # refuses to replace
    except FileExistsError as error:
        raise QualError(f"{path} exists already.", "Open it.") from error
    except OSError:
        os.rename(draft, path)  # a file system without hard links
    sync_folder(path)


def sync_folder(path: str) -> None:
    """Bring the names in a folder to the disk, after a file was made, linked or renamed there.

    Args:
        path: a file in the folder.
    """
    descriptor = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        return  # a file system that cannot sync folders keeps names by other means
    finally:
        os.close(descriptor)


def share_with_group(path: str, group: str) -> list[str]:
    """Make a project and its folder readable and writable for a group.

    New files in the folder inherit the group (set-group-id), so SQLite's own files beside the
    project do too; SQLite gives them the permissions of the project.

    Returns:
        What was changed, in words.

    Raises:
        QualError: no such group, or not the owner.
    """
    try:
        gid = grp.getgrnam(group).gr_gid
    except KeyError as error:
        raise QualError(
            f"There is no group {group!r} on this machine.",
            "`getent group` lists them; ask the administrator to make one.",
        ) from error
    folder = os.path.dirname(os.path.abspath(path))
    done = []
    try:
        for name in (folder, path, f"{path}-wal", f"{path}-shm"):
            if not os.path.exists(name):
                continue
            os.chown(name, -1, gid)
            mode = stat.S_IMODE(os.stat(name).st_mode)
            extra = 0o2070 if name == folder else 0o060
            os.chmod(name, mode | extra)
            done.append(f"{name}: group {group} may read and write")
    except OSError as error:
        raise QualError(
            f"{name} cannot be shared: {error.strerror}.",
            "Its owner must do it, and must belong to the group.",
        ) from error
    return done


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
