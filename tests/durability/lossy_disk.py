"""A disk that forgets: records what SQLite writes and syncs, and shows what a power cut leaves.

The writer's connection is opened through a recording layer under SQLite (a VFS of the package
``apsw``), which passes everything on and keeps a log. From the log any moment can be replayed:
what was synced is there; of what was written since, a random choice is there, some of it torn at
the 512 bytes of a sector; files that were made or deleted without a sync of their folder may be
there or not.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Literal

import apsw

SECTOR = 512

Mercy = Literal["nothing", "everything", "some", "torn"]
"""What of the unsynced writes survives."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one file, or an act that was acknowledged."""

    kind: Literal["create", "write", "truncate", "sync", "delete", "acknowledge"]
    name: str
    at: int = 0
    """Offset of a write, size of a truncation, number of the acknowledged change."""
    data: bytes = b""
    synced: bool = False
    """Of a deletion: whether the folder was synced with it."""


@dataclass(slots=True)
class Disk:
    """The log of one run, and the files as they were before it."""

    before: dict[str, bytes]
    log: list[Event] = field(default_factory=list)

    def acknowledge(self, change_id: int) -> None:
        """Note that the program told its user of a change."""
        self.log.append(Event("acknowledge", "", change_id))

    def after_power_cut(
        self, moment: int, mercy: Mercy, chance: random.Random
    ) -> tuple[dict[str, bytes], set[int]]:
        """Return the files that a power cut after so many events leaves, and what was told."""
        files = {name: _File(bytearray(data), on_disk=True) for name, data in self.before.items()}
        told: set[int] = set()
        for event in self.log[:moment]:
            if event.kind == "acknowledge":
                told.add(event.at)
            elif event.kind == "create":
                files.setdefault(event.name, _File(bytearray(), on_disk=False)).there = True
            elif event.kind == "sync":
                files[event.name].sync()
            elif event.kind == "delete":
                if event.synced:
                    files.pop(event.name, None)
                else:
                    files[event.name].there = False
            else:
                files[event.name].waiting.append(event)
        left = {}
        for name, file in files.items():
            keeps_entry = file.on_disk if mercy == "nothing" else file.there
            if mercy in ("some", "torn") and file.there != file.on_disk:
                keeps_entry = chance.random() < 0.5
            if keeps_entry:
                left[name] = file.survive(mercy, chance)
        return left, told


@dataclass(slots=True)
class _File:
    durable: bytearray
    on_disk: bool
    """Whether its name is surely in the folder."""
    there: bool = True
    """Whether the running program sees it."""
    waiting: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.waiting:
            _apply(self.durable, event)
        self.waiting.clear()
        # SQLite syncs the folder together with the first sync of a journal it has made.
        self.on_disk = True

    def survive(self, mercy: Mercy, chance: random.Random) -> bytes:
        content = bytearray(self.durable)
        for event in self.waiting:
            if mercy == "everything":
                _apply(content, event)
            elif mercy in ("some", "torn") and chance.random() < 0.5:
                _apply(content, _torn(event, chance) if mercy == "torn" else event)
        return bytes(content)


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del content[event.at :]
        return
    if len(content) < event.at:
        content.extend(bytes(event.at - len(content)))
    content[event.at : event.at + len(event.data)] = event.data


def _torn(event: Event, chance: random.Random) -> Event:
    """Return only some sectors of a write, in one piece, from its start or to its end."""
    if event.kind != "write" or len(event.data) <= 1:
        return event
    edge = min(len(event.data) - 1, SECTOR * chance.randrange(1, 2 + len(event.data) // SECTOR))
    if chance.random() < 0.5:
        return Event("write", event.name, event.at, event.data[:edge])
    return Event("write", event.name, event.at + edge, event.data[edge:])


class _RecordingFile(apsw.VFSFile):
    def __init__(self, disk: Disk, filename: str | apsw.URIFilename, flags: list[int]) -> None:
        path = filename if isinstance(filename, str) else filename.filename()
        self._disk = disk
        self._name = os.path.basename(path)
        if not os.path.exists(path):
            disk.log.append(Event("create", self._name))
        super().__init__("", filename, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.log.append(Event("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._disk.log.append(Event("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._disk.log.append(Event("sync", self._name))


class RecordingVFS(apsw.VFS):
    """Passes everything on to the ordinary layer and keeps a log of what matters."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self.name = f"recording-{id(disk)}"
        super().__init__(self.name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        """Open a file of the project; SQLite's own temporary files are left alone."""
        if name is None:
            return apsw.VFSFile("", name, flags)
        return _RecordingFile(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Delete a journal."""
        super().xDelete(filename, syncdir)
        self._disk.log.append(Event("delete", os.path.basename(filename), synced=syncdir))


class _Cursor:
    """As much of ``sqlite3.Cursor`` as the program uses, all rows fetched at once."""

    def __init__(self, db: apsw.Connection, cursor: apsw.Cursor) -> None:
        try:
            self.description: Sequence[Sequence[Any]] = cursor.getdescription()
        except apsw.ExecutionCompleteError:
            self.description = ()
        self._rows = iter(cursor.fetchall())
        self.rowcount = db.changes()
        self.lastrowid = db.last_insert_rowid()

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)


class _Connection:
    """As much of ``sqlite3.Connection`` as the program uses, over the recording layer."""

    def __init__(self, path: str, vfs: str) -> None:
        self._db = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def execute(self, statement: str, values: Sequence[Any] = ()) -> _Cursor:
        try:
            return _Cursor(self._db, self._db.cursor().execute(statement, tuple(values)))
        except apsw.ConstraintError as error:
            raise sqlite3.IntegrityError(str(error)) from error
        except apsw.Error as error:
            raise sqlite3.OperationalError(str(error)) from error

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        for row in rows:
            self.execute(statement, row)

    def close(self) -> None:
        self._db.close()


@contextmanager
def recording(path: str, patch: Any) -> Iterator[Disk]:
    """Record all that projects opened in the body write to the files beside ``path``.

    Args:
        path: the project file; the files beside it are as they were synced long ago.
        patch: pytest's ``monkeypatch``.
    """
    folder = os.path.dirname(path)
    before = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            before[name] = file.read()
    disk = Disk(before)
    vfs = RecordingVFS(disk)
    module = {name: getattr(sqlite3, name) for name in dir(sqlite3) if name[0].isupper()}
    with patch.context() as patched:
        patched.setattr(
            "tui.store.writer.sqlite3",
            SimpleNamespace(**module, connect=lambda at, **_: _Connection(at, vfs.name)),
        )
        # One SQLite in this process, not two: their locks on one file would undo each other.
        patched.setattr("tui.project.project.open_reader", lambda at: _Connection(at, vfs.name))
        yield disk
    vfs.unregister()
