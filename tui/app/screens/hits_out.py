"""Hits as text for elsewhere: keywords in context to be pasted, lines of a table in a file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from tui.app.document.cells import width
from tui.app.screens.gather import Wanted, chosen_hits
from tui.app.screens.search_rows import place_of_hit
from tui.app.widgets.kwic import in_line
from tui.app.widgets.rows import clip
from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.project.spans import Unit
from tui.search.engine import Cancelled, Engine
from tui.search.hit import Hit
from tui.store.reader import open_reader
from tui.text.safe import make_line

HEADINGS = ("document", "paragraph", "start", "end", "codes", "text")
_LABEL = 30
_LINE, _BEFORE = 100, 40
_AT_ONCE = 500


def kwic(hits: Sequence[Hit]) -> Iterator[str]:
    """Yield a line for each hit: its place, then its text with the first word found aligned."""
    labels = [" ".join(place_of_hit(hit)) for hit in hits]
    most = min(max(map(width, labels), default=0), _LABEL)
    for hit, label in zip(hits, labels, strict=True):
        base = 0 if hit.memo is not None or hit.code is not None else hit.start
        spans = [(start - base, end - base) for start, end in hit.hits]
        line = "".join(text for text, _ in in_line(hit.text, spans, _LINE, _BEFORE))
        label = clip(label, most)
        yield f"{label}{' ' * (most - width(label))}  {line}".rstrip()


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


class HitFile:
    """Writes all hits that are meant to a file, in a thread with a reader of its own.

    Args:
        path: the project file.
        coder: whose codings are named.
        wanted: which hits.
        unit: what of each is the hit.
        file: the new file.
        done: called in the thread with how many were written, or why none were; not when stopped.
    """

    def __init__(
        self,
        path: str,
        coder: str,
        wanted: Wanted,
        unit: Unit,
        file: str,
        done: Callable[[int, str], None],
    ) -> None:
        self._path = path
        self._coder = coder
        self._wanted = wanted
        self._unit: Unit = unit
        self._file = file
        self._done = done
        self._stopped = threading.Event()
        in_thread(self._run, "write hits")

    def stop(self) -> None:
        """Give it up: no file is left."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            db = open_reader(self._path)
            try:
                engine = Engine(db, self._coder, warm=True)
                count, trouble = write_hits(self._file, self._hits(engine), self._stopped.is_set)
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
