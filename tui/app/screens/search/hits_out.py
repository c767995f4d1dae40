"""Hits as text for elsewhere: keywords in context to be pasted, lines of a table in a file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice

from tui.app.document.cells import width
from tui.app.screens.bulk.gather import Wanted, chosen_hits
from tui.app.screens.search.rows import place_of_hit
from tui.app.widgets.kwic import in_line
from tui.app.widgets.rows import clip
from tui.app.work import in_thread, keep_copy, log_error
from tui.errors import QualError
from tui.project.spans import Unit
from tui.search.engine import Cancelled, Engine
from tui.search.hit import Hit
from tui.store.reader import open_reader
from tui.text.safe import make_line

HEADINGS = ("document", "paragraph", "start", "end", "codes", "text")
_LABEL = 30
_NUMBER = len(" ¶1234")
_LINE, _BEFORE = 100, 40
_AT_ONCE = 500


def kwic(hits: Iterable[Hit], most: int) -> Iterator[str]:
    """Yield a line for each hit: its place, then its text with the first word found aligned.

    Args:
        hits: the hits.
        most: cells that a place takes.
    """
    for hit in hits:
        base = 0 if hit.memo is not None or hit.code is not None else hit.start
        spans = [(start - base, end - base) for start, end in hit.hits]
        line = "".join(text for text, _ in in_line(hit.text, spans, _LINE, _BEFORE))
        name, place = place_of_hit(hit)
        label = f"{clip(name, max(most - width(place) - 1, 1))} {place}"
        yield f"{label}{' ' * (most - width(label))}  {line}".rstrip() + "\n"


def label_cells(hits: Iterable[Hit]) -> int:
    """Return how many cells the places of some hits take, in ``kwic``."""
    return min(max((width(" ".join(place_of_hit(hit))) for hit in hits), default=0), _LABEL)


def room_for_labels(names: Iterable[str]) -> int:
    """Return how many cells places in these documents take, for hits that are not at hand yet."""
    return min(max(map(width, names), default=0) + _NUMBER, _LABEL)


def lines(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield hits as lines of a table, tabs between their fields; nothing in them breaks a line."""
    for hit in hits:
        number = str(hit.number) if hit.number else ""
        span = ("", "") if hit.start < 0 else (str(hit.start), str(hit.end))
        name = hit.document or place_of_hit(hit)[0]
        fields = (name, number, *span, ",".join(hit.codes), hit.text)
        yield "\t".join(make_line(each) for each in fields) + "\n"


def write_hits(
    path: str, hits: Iterable[Hit], stopped: Callable[[], bool] = bool
) -> tuple[int, str]:
    """Write hits to a new file, whole or not at all.

    Args:
        path: the file; one that is there already stays as it is.
        hits: what to write.
        stopped: asked now and then; when true, no file is left.

    Returns:
        How many were written, and why none were; the latter empty when all went well.
    """
    count = 0
    try:
        with open(path, "x", encoding="utf-8", newline="") as file:
            try:
                file.write("\t".join(HEADINGS) + "\n")
                rows = lines(hits)
                while some := list(islice(rows, _AT_ONCE)):
                    if stopped():
                        raise Cancelled
                    file.writelines(some)
                    count += len(some)
                file.flush()
            except BaseException:
                with suppress(OSError):
                    os.unlink(path)
                raise
    except FileExistsError:
        return 0, "exists already, nothing was written · another name writes it"
    except OSError as error:
        return 0, f"{error.strerror or error}: nothing was written"
    return count, ""


class HitCopy:
    """Writes hits as keywords in context to the file of what was copied last.

    Args:
        most: so many characters are kept in memory, too.
        label: cells that the place of a hit takes.
    """

    def __init__(self, most: int, label: int) -> None:
        self._most = most
        self._label = label
        self._kept: list[str] = []
        self._chars = 0

    @property
    def text(self) -> str:
        """What was written; empty when that is more than is kept."""
        return "".join(self._kept)

    def write(self, hits: Iterator[Hit], stopped: Callable[[], bool]) -> tuple[int, str]:
        """Write all of them, or leave the file as it was; return how many, and why none were."""
        count = 0

        def parts() -> Iterator[str]:
            nonlocal count
            for line in kwic(hits, self._label):
                if count % _AT_ONCE == 0 and stopped():
                    raise Cancelled
                count += 1
                self._keep(line)
                yield line

        try:
            keep_copy(parts())
        except OSError as error:
            return 0, f"{error.strerror or error}: nothing was copied"
        return count, ""

    def _keep(self, line: str) -> None:
        self._chars += len(line)
        if self._chars <= self._most:
            self._kept.append(line)
        else:
            self._kept.clear()


class HitWriter:
    """Writes all hits that are meant, in a thread with a reader of its own.

    Args:
        path: the project file.
        coder: whose codings are named.
        wanted: which hits.
        unit: what of each is the hit.
        write: takes the hits and what tells whether to stop; returns how many it has written, and
            why none were.
        done: called in the thread with what ``write`` returned, or why that was not called; not
            when stopped.
    """

    def __init__(
        self,
        path: str,
        coder: str,
        wanted: Wanted,
        unit: Unit,
        write: Callable[[Iterator[Hit], Callable[[], bool]], tuple[int, str]],
        done: Callable[[int, str], None],
    ) -> None:
        self._path = path
        self._coder = coder
        self._wanted = wanted
        self._unit: Unit = unit
        self._write = write
        self._done = done
        self._stopped = threading.Event()
        in_thread(self._run, "write hits")

    def stop(self) -> None:
        """Give it up: nothing of it is left."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            db = open_reader(self._path)
            try:
                engine = Engine(db, self._coder, warm=True)
                count, trouble = self._write(self._hits(engine), self._stopped.is_set)
            finally:
                db.close()
        except Cancelled:
            return
        except QualError as error:
            count, trouble = 0, f"{error.message} {error.hint}".strip()
        except Exception as error:  # noqa: BLE001 - a thread may not end without a word
            count, trouble = 0, f"nothing was written; see {log_error(error, 'writing hits')}"
        if not self._stopped.is_set():
            self._done(count, trouble)

    def _hits(self, engine: Engine) -> Iterator[Hit]:
        _, hits = chosen_hits(engine, self._wanted, self._unit, self._stopped.is_set)
        while some := list(islice(hits, _AT_ONCE)):
            engine.add_codes(some)
            yield from some
