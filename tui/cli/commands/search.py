"""``qual search`` from the shell: as light as it can be, because it is asked all day.

Nothing that takes longer to load than a search takes is loaded here: see the budget in the tests.
"""

from __future__ import annotations

import os
import sys

from tui.errors import OlderProject, QualError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Callable, Iterator
    from typing import NoReturn

    from tui.cli.commands.search_line import Values
    from tui.search.engine import Engine
    from tui.search.hit import Found, Hit
    from tui.search.query import Case, Query
    from tui.search.rank import Unit

    Upgrade = Callable[[str, str], None]
    """Brings a project to the present schema, for a coder."""

_PARTIAL_ON_SCREEN = 5
_ALARM_SECONDS = 10


def main(words: list[str], upgrade: Upgrade) -> NoReturn:
    """Search and end the process: 0 found, 1 nothing found, 2 wrong usage or error.

    Args:
        words: the command line without ``search``.
        upgrade: called for a project of an older schema.
    """
    code = run(words, upgrade)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = 0
    except OSError:
        # Said when it was written; the rest of it has nowhere to go.
        code = code or 2
    os._exit(code)


def run(words: list[str], upgrade: Upgrade | None = None) -> int:
    """Search and return the exit code; arguments as of :func:`main`."""
    values: Values = {}
    try:
        values = _read(words)
        return run_values(values, upgrade)
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        _close_output()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the border: everything ends in one line
        if isinstance(error, QualError) and not values.get("debug"):
            _refuse(error)
            return error.exit_code
        from tui.cli.diagnostics import report  # noqa: PLC0415 - rarely needed

        return report(error, debug=bool(values.get("debug")))


def _read(words: list[str]) -> Values:
    """Read a command line; most are words and ``-p FILE``, which need no table of options."""
    values: Values = {}
    if words[:1] == ["-p"] and len(words) > 1:
        values["project"], words = words[1], words[2:]
    if any(word.startswith("-") for word in words):
        from tui.cli.commands.search_line import read_line  # noqa: PLC0415 - options are rare

        values = read_line(["-p", str(values["project"]), *words] if values else words)
    else:
        values["query"] = words
    return values


def _check(values: Values) -> None:
    """Refuse options that exclude each other, and a search for nothing."""
    words = values["query"]
    assert isinstance(words, list)
    if values.keys() - {"project", "query"} or "-" in words or not "".join(words).strip():
        from tui.cli.commands.search_line import check_values  # noqa: PLC0415 - options are rare

        check_values(values)


def _refuse(error: QualError, line: int = 0, source: str = "") -> None:
    from tui.cli.commands.search_errors import print_error  # noqa: PLC0415 - rarely needed

    print_error(error, line, source)


def _say_blank(line: int) -> None:
    from tui.cli.commands.search_errors import print_note  # noqa: PLC0415 - rarely needed

    print_note(f"line {line} is blank: nothing was searched for it")


def run_values(values: Values, upgrade: Upgrade | None = None) -> int:
    """Search with options that were read; the typer command comes in here.

    Args:
        values: the options by name.
        upgrade: called for a project of an older schema.

    Raises:
        QualError: what was asked for cannot be done.
    """
    if "help" in values:
        from tui.search.options import help_text  # noqa: PLC0415 - only for --help

        write(help_text())
        return 0
    _check(values)
    from tui.search.engine import Engine  # noqa: PLC0415 - not for a wrong line
    from tui.store.locate import find_coder, find_project  # noqa: PLC0415 - not for a wrong line
    from tui.store.reader import open_reader  # noqa: PLC0415 - not for a wrong line

    project, coder = values.get("project"), values.get("coder")
    path = find_project(os.getcwd(), str(project) if project else None, os.environ)
    several = values["query"] == ["-"]
    name = find_coder(str(coder) if coder else None, os.environ)
    try:
        db = open_reader(path, still=not several)
    except OlderProject:
        if upgrade is None:
            raise
        upgrade(path, name)
        db = open_reader(path, still=not several)
    try:
        engine = Engine(db, name, warm=several)
        engine.scored = bool(values.get("json") or values.get("format"))
        code = 1
        for number, source in enumerate(_sources(values), 1):
            if several and not source.strip():
                _say_blank(number)
                continue
            try:
                values["asked"] = _decoded(source)
                query = _query(_expanded(db, source, values), values)
                engine.stop_by_timer(query.has_pattern() and _set_alarm())
                found = _answer(engine, query, values)
            except QualError as error:
                if not several:
                    raise
                # One wrong query of many is told of; the others are answered.
                _refuse(error, number, source)
                code = 2
                continue
            finally:
                _clear_alarm()
            if found and code == 1:
                code = 0
        return code
    except _database_error() as error:
        from tui.cli.commands.search_errors import explained  # noqa: PLC0415 - rarely needed

        raise explained(error, path) from None
    finally:
        db.close()


def _database_error() -> type[Exception]:
    import _sqlite3  # noqa: PLC0415 - loaded by the reader before

    return _sqlite3.Error


def _sources(values: Values) -> Iterator[str]:
    """Yield the queries; those of standard input as they come, each answered before the next."""
    words = values["query"]
    assert isinstance(words, list)
    if words != ["-"]:
        yield " ".join(words)
        return
    given = getattr(sys.stdin, "buffer", None)
    for line in sys.stdin if given is None else given:
        # Bytes that are no text cannot be in the text either.
        text = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
        yield text.rstrip("\r\n")


def _expanded(db: Connection, source: str, values: Values) -> str:
    """Put saved searches in place of their names."""
    if "@" not in source or values.get("fixed-strings"):
        return source
    from tui.search.saved import expand  # noqa: PLC0415 - rarely needed

    return expand(db, source).text


def _query(source: str, values: Values) -> Query:
    from tui.search.query import as_pattern, fixed_query, read_query  # noqa: PLC0415

    source = _decoded(source)
    case: Case = "ignore" if values.get("ignore-case") else "smart"
    if values.get("case-sensitive"):
        case = "sensitive"
    whole = bool(values.get("word"))
    if values.get("fixed-strings"):
        return fixed_query(source, case=case, whole=whole)
    query = read_query(source, case=case, whole=whole)
    pattern = values.get("regexp")
    if pattern:
        query.root.parts.append(as_pattern(str(pattern), case, whole, fixed=False))
    return query


def _decoded(source: str) -> str:
    """Return a query without bytes of the command line that are no text, nor in any."""
    return source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def asked(values: Values) -> str:
    """Return the query that is being answered when it is one of several, as written; else empty."""
    return str(values.get("asked", "")) if values["query"] == ["-"] else ""


def _answer(engine: Engine, query: Query, values: Values) -> bool:
    """Print the answer to one query; tell whether there is one."""
    loose, limit = bool(values.get("loose")), values.get("max-count")
    most = limit if isinstance(limit, int) else None
    if values.get("quiet"):
        return engine.exists(query) if not loose else engine.count(query, loose=True) > 0
    if values.get("count") and not values.get("documents"):
        count = engine.count(query, loose=loose)
        count = count if most is None else min(count, most)
        write(_counted(count, values))
        if engine.notes:
            from tui.cli.commands.search_errors import print_note  # noqa: PLC0415 - rarely needed

            for note in engine.notes:
                print_note(note)
        return count > 0
    screen = sys.stdout.isatty()
    tables = any(values.get(name) for name in ("json", "format", "kwic", "documents"))
    unit = values.get("unit", "sentence")
    found = engine.search(
        query,
        limit=most,
        unit=_unit(unit),
        by_place=values.get("sort") == "place",
        loose=loose,
        partial=_PARTIAL_ON_SCREEN if screen and not tables else 0,
    )
    other = ("context", "after", "before", "color")
    if tables or screen or any(name in values for name in other):
        from tui.cli.commands.search_print import print_found  # noqa: PLC0415 - not when piped

        print_found(engine, query, found, values)
    else:
        write(_lines(found, values))
    if found.notes or sys.stderr.isatty():
        from tui.cli.commands.search_errors import print_summary  # noqa: PLC0415 - rarely needed

        print_summary(engine, query, found)
    if values.get("documents") and found.hits and not any(hit.document for hit in found.hits):
        from tui.cli.commands.search_errors import print_note  # noqa: PLC0415 - rarely needed

        print_note("Nothing of what was found is in a document.")
        return False
    return found.total > 0 and bool(found.hits)


def _counted(count: int, values: Values) -> str:
    """Return a count as a line, or as the JSON line of its query."""
    one = asked(values)
    if not values.get("json"):
        return f"{count}{column(values)}{line_end(values)}"
    from tui.cli.commands.search_print import json_line  # noqa: PLC0415 - not when piped

    several = [("query", one)] if one else []
    return json_line([("count", count), *several]) + line_end(values)


def _unit(name: object) -> Unit:
    return "hit" if name == "hit" else "paragraph" if name == "paragraph" else "sentence"


def line_end(values: Values) -> str:
    """Return what ends a record."""
    return "\0" if values.get("null") else "\n"


def _lines(found: Found, values: Values) -> str:
    """Return tab-separated lines: document, paragraph, start, end, codes, text."""
    end = column(values) + line_end(values)
    return "".join(
        [
            f"{field(hit.document)}\t{hit.number}\t{hit.start}\t{hit.end}"
            f"\t{field(','.join(hit.codes))}\t{field(hit.text)}{end}"
            if hit.start >= 0 and hit.memo is None
            else "\t".join([*map(field, cells(hit)), field(hit.text)]) + end
            for hit in found.hits
        ]
    )


def cells(hit: Hit) -> list[str]:
    """Return document, paragraph, start, end and codes; what is no place in a text is empty.

    In the place of the paragraph, a memo has ``memo`` and its id, a code ``code`` and its key.
    """
    number = str(hit.number or "")
    if hit.memo is not None:
        number = f"memo {hit.memo}"
    elif hit.code is not None:
        number = f"code {hit.code}"
    placed = hit.start >= 0
    place = [str(hit.start), str(hit.end)] if placed else ["", ""]
    return [hit.document, number, *place, ",".join(hit.codes)]


def column(values: Values) -> str:
    """Return what ends a tab-separated line: the query, when it is one of several."""
    one = asked(values)
    return f"\t{field(one)}" if one else ""


def field(text: str) -> str:
    """Return a text as one field of a tab-separated line: nothing in it ends field or line."""
    if text.isprintable() and "\\" not in text:
        return text
    text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    if not text.isprintable():
        from tui.text.safe import make_visible  # noqa: PLC0415 - loads ``re``

        text = make_visible(text)
    return text


def write(text: str) -> None:
    """Write to standard output; what its encoding lacks becomes a question mark.

    Raises:
        BrokenPipeError: nobody reads any more.
        QualError: it cannot be written: a full disk.
    """
    output = getattr(sys.stdout, "buffer", None)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        sys.stdout.flush()
        output.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
        output.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise QualError(
            f"The output could not be written: {error.strerror}.",
            "What was printed so far is not complete.",
        ) from error


def _close_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush cannot fail."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
    except OSError:
        pass


def _set_alarm() -> bool:
    """Let the process be interrupted when a regular expression takes too long."""
    import signal  # noqa: PLC0415 - only for expressions
    import threading  # noqa: PLC0415 - only for expressions

    if threading.current_thread() is not threading.main_thread():
        return False
    from tui.search.pattern import too_slow  # noqa: PLC0415 - only for expressions

    def stop(number: int, frame: object) -> None:
        raise too_slow()

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _ALARM_SECONDS)
    return True


def _clear_alarm() -> None:
    """Take the alarm back, for whoever goes on in this process: tests, and a shell of commands."""
    # Not loaded unless an alarm was set.
    signal = sys.modules.get("signal")
    if signal is not None:
        signal.setitimer(signal.ITIMER_REAL, 0)
