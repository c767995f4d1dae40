"""An open project: one writer, many readers, one journal."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.errors import OlderProject, QualError, ReadOnlyProject, Refused
from tui.model.change import Change
from tui.project.act import Act
from tui.project.events import Committed
from tui.store import coders, journal
from tui.store.filesystem import drop_writer_lock, network_type, take_writer_lock
from tui.store.images import Image
from tui.store.reader import open_reader
from tui.store.writer import Writer, data_version, fold_wal, open_writer, transaction

Clock = Callable[[], str]


def utc_now() -> str:
    """Return the present time, UTC, to the second: ``2026-11-22T10:02:03Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Project:
    """One project file, opened by one coder.

    Args:
        path: the project file.
        coder: the name of who works here.
        clock: gives the time of acts; tests set their own.

    Raises:
        QualError: the file is missing, foreign, damaged or newer than this program.
    """

    def __init__(self, path: str, coder: str, *, clock: Clock = utc_now) -> None:
        self.path = os.path.abspath(path)
        self.coder = _checked_name(coder)
        self.clock = clock
        self.network = network_type(self.path)
        self.backup: str | None = None
        """The backup made before a schema upgrade at opening, if there was one."""
        self.read_only_reason: QualError | None = None
        self.last_change: Change | None = None
        """The newest change that this object committed."""
        self._listeners: list[Callable[[Committed], object]] = []
        self._own: set[int] = set()
        """Own changes, told already, that another process's unseen ones lie before."""
        self._step: int | None = None
        self._in_step = False
        self._coder_id: int | None = None
        self._closed = False
        self._writer: Writer | None = None
        self.db: sqlite3.Connection = self._open()
        """The connection that everything reads from; never write through it directly."""
        self._seen = journal.newest_change_id(self.db)
        self._data_version = data_version(self.db)

    def _open(self) -> sqlite3.Connection:
        try:
            reader = open_reader(self.path)  # refuses what is not a project, says why
        except OlderProject:
            self._upgrade()
            reader = open_reader(self.path)
        # Closed first: SQLite changes the kind of journal only while nobody else has the file open.
        reader.close()
        try:
            self._claim()
            self._writer = open_writer(self.path, network=bool(self.network))
        except QualError as error:
            self._release()
            self.read_only_reason = error
            return open_reader(self.path)
        return self._writer

    def _upgrade(self) -> None:
        # Costs 100 ms of imports, so only when it is needed.
        from tui.store.migrate import upgrade  # noqa: PLC0415

        self._claim()
        try:
            self.backup = upgrade(self.path, network=bool(self.network))
        except BaseException:
            self._release()
            raise

    def _claim(self) -> None:
        if self.network and os.access(os.path.dirname(self.path), os.W_OK):
            take_writer_lock(self.path, self.coder)

    def _release(self) -> None:
        if self.network:
            drop_writer_lock(self.path)

    @property
    def read_only(self) -> bool:
        """Whether acts are refused here."""
        return self._writer is None

    @property
    def coder_id(self) -> int:
        """The id of who works here; 0 while they have never written to this project."""
        if self._coder_id is None:
            found = coders.find_coder(self.db, self.coder)
            if found is None:
                return 0
            self._coder_id = found.id
        return self._coder_id

    def join(self) -> int:
        """Enter the coder into the project, if need be, and return the id."""
        if not self.coder_id:
            writer = self._need_writer()
            with transaction(writer):
                found = coders.find_coder(writer, self.coder)
                self._coder_id = (
                    found.id if found else coders.insert_coder(writer, self.coder, self.clock())
                )
        return self.coder_id

    def visible_coder_ids(self) -> list[int]:
        """Return whose codings are shown here: the coder's own and those turned on."""
        return coders.visible_coder_ids(self.db, self.coder_id)

    @contextmanager
    def act(self, name: str) -> Iterator[Act]:
        """Do one act: the body changes rows through ``act.rows``; then all is committed at once.

        Nothing is journaled when the body changed nothing. When this block ends without an
        error, the act is on disk.

        Raises:
            ReadOnlyProject: the project cannot be written here.
            Refused: the act's own check failed.
            QualError: the disk is full, the file is locked or damaged.
        """
        coder_id = self.join()
        writer = self._need_writer()
        change = None
        with transaction(writer):
            act = Act(writer, coder_id, self.clock())
            try:
                yield act
            except sqlite3.IntegrityError as error:
                raise Refused(
                    f"{name} was refused: {error}.", "Nothing was changed; run `qual check`."
                ) from error
            except UnicodeEncodeError as error:
                raise Refused(
                    "That holds bytes that are not text.", "Nothing was changed; type it in UTF-8."
                ) from error
            if act.rows.images:
                change = journal.append_change(
                    writer,
                    at=act.now,
                    coder_id=coder_id,
                    kind="act",
                    target=None,
                    action=name,
                    subject=act.subject or name,
                    images=act.rows.images,
                    step=self._step,
                )
        if change is not None:
            if self._in_step and self._step is None:
                self._step = change.id
            self._publish(Committed(change, tuple(act.rows.images), own=True))

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make all acts of the body one step of undo, although each commits by itself.

        For bulk acts: nobody else waits longer than one slice, and what is committed stays
        when the process dies. Inside another one it is part of that one.
        """
        if self._in_step:
            yield
            return
        self._in_step, self._step = True, None
        try:
            yield
        finally:
            self._in_step, self._step = False, None

    @contextmanager
    def acting_as(self, coder: str) -> Iterator[None]:
        """Do the acts of the body as another coder: for tables that name who coded."""
        mine = self.coder, self._coder_id
        self.coder, self._coder_id = _checked_name(coder), None
        try:
            yield
        finally:
            self.coder, self._coder_id = mine

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Write outside the journal, in one transaction: the coder's own desk, caches, repair."""
        self.join()
        writer = self._need_writer()
        with transaction(writer):
            yield writer

    def tell_waiting(self, listener: Callable[[bool], object]) -> None:
        """Call ``listener`` with True while an act waits long for another process, then False."""
        if self._writer is not None:
            self._writer.waiting = listener

    @contextmanager
    def without_waiting(self) -> Iterator[None]:
        """Let acts of the body be refused at once while another process writes.

        For what can be done later as well, and should hold nobody up.
        """
        writer = self._need_writer()
        before, writer.patient = writer.patient, False
        try:
            yield
        finally:
            writer.patient = before

    def subscribe(self, listener: Callable[[Committed], object]) -> Callable[[], None]:
        """Call ``listener`` after each change that reached the disk, own or another's.

        Returns:
            What ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish_own(self, change: Change, images: tuple[Image, ...]) -> None:
        """Tell listeners of an undo or redo that was just committed.

        Args:
            change: it, as the journal has it.
            images: the rows it touched.
        """
        self._publish(Committed(change, images, own=True))

    def poll(self) -> list[Committed]:
        """Return, and publish, what other processes have committed since the last look.

        Costs one pragma when nothing happened.
        """
        version = data_version(self.db)
        if version == self._data_version:
            return []
        self._data_version = version
        found = []
        for change, _ in reversed(journal.list_changes(self.db, after=self._seen)):
            self._seen = change.id
            if change.id not in self._own:
                images = tuple(journal.read_images(self.db, change.id))
                found.append(Committed(change, images, own=False))
        self._own.clear()
        for event in found:
            self._tell(event)
        return found

    def fold(self) -> bool:
        """Fold the write-ahead log into the file; True when a plain copy of it is whole."""
        return self._writer is None or bool(self.network) or fold_wal(self._writer)

    def close(self) -> None:
        """Fold the log, give up the writer's lock, close; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        if self._writer is not None:
            self.fold()
        self.db.close()
        self._release()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _need_writer(self) -> Writer:
        if self._writer is None:
            reason = self.read_only_reason
            raise ReadOnlyProject(
                f"This project is open read-only. {reason.message if reason else ''}".strip(),
                reason.hint if reason else "",
            )
        return self._writer

    def _publish(self, event: Committed) -> None:
        self.last_change = event.change
        # Another process may have committed between: their changes are still to be polled.
        if self._seen == event.change.id - 1:
            self._seen = event.change.id
        else:
            self._own.add(event.change.id)
        self._tell(event)

    def _tell(self, event: Committed) -> None:
        for listener in tuple(self._listeners):
            listener(event)


def _checked_name(coder: str) -> str:
    """Return the name of a coder, or refuse it when it is empty or holds bytes that are no text."""
    try:
        coder.encode()
    except UnicodeEncodeError as error:
        raise QualError(
            "The coder's name holds bytes that are not text.", "Name another with --coder."
        ) from error
    if not coder.strip():
        raise QualError("The coder has no name.", "Name one with --coder, or set QUAL_CODER.")
    return coder
