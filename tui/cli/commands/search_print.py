"""How hits are printed other than as plain lines: for a terminal, as JSON, as tables."""

from __future__ import annotations

import os
import sys

from tui.cli.columns import clipped, padded, width
from tui.cli.commands.search import asked, cells, column, field, line_end, write
from tui.text.safe import guard_formula, make_line, make_visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.cli.commands.search_line import Values
    from tui.search.engine import Engine
    from tui.search.hit import Found, Hit
    from tui.search.query import Query

Around = tuple[list[str], list[str]]
"""Units before and after a hit."""

_BOLD, _PLAIN = "\x1b[1;4m", "\x1b[0m"
_TITLE, _DIM = "\x1b[1m", "\x1b[2m"
_KWIC_ROOM = 40
_LABEL = 24
_NARROW = 3
"""The part of the screen that the label takes at most, where there is little room."""


def print_found(engine: Engine, query: Query, found: Found, values: Values) -> None:
    """Print hits in the form the options ask for."""
    end = line_end(values)
    around = _around(engine, found, values)
    if values.get("documents"):
        _show(_documents(found, values, end), values)
    elif values.get("json"):
        made = (
            _json(hit, pair, asked(values) or None)
            for hit, pair in zip(found.hits, around, strict=True)
        )
        _show("".join(line + end for line in made), values)
    elif values.get("format") in ("csv", "md"):
        _show(_table(_rows(found, around), values, end), values)
    elif values.get("format") == "tsv" or (not sys.stdout.isatty() and not values.get("kwic")):
        marked = values.get("color") == "always" and values.get("format") != "tsv"
        made = (_line(hit, pair, marked) for hit, pair in zip(found.hits, around, strict=True))
        _show("".join(line + column(values) + end for line in made), values)
    elif values.get("kwic"):
        head = f"{make_line(asked(values))}{end}" if asked(values) and found.hits else ""
        _show(head + "".join(line + end for line in _kwic(found, _coloured(values))), values)
    else:
        head = f"== {make_line(asked(values))}\n" if asked(values) and found.hits else ""
        lines = _grouped(engine, found, around, _coloured(values))
        _show(head + "".join(line + "\n" for line in lines), values)


def _show(text: str, values: Values) -> None:
    """Write an answer; on a terminal through a pager when it is longer than the screen."""
    if sys.stdout.isatty() and not values.get("no-pager") and values["query"] != ["-"]:
        from tui.cli.pager import page  # noqa: PLC0415 - on terminals only

        if page(text):
            return
    write(text)


def _coloured(values: Values) -> bool:
    when = values.get("color", "auto")
    if when != "auto":
        return when == "always"
    off = os.environ.get("NO_COLOR") or os.environ.get("QUAL_NO_COLOR")
    return sys.stdout.isatty() and not off and os.environ.get("TERM") != "dumb"


def _around(engine: Engine, found: Found, values: Values) -> list[Around]:
    both = values.get("context", 0)
    before, after = values.get("before", both), values.get("after", both)
    assert isinstance(before, int)
    assert isinstance(after, int)
    if not before and not after:
        return [([], []) for _ in found.hits]
    paragraphs = values.get("unit") == "paragraph"
    return [engine.around(hit, before, after, paragraphs=paragraphs) for hit in found.hits]


def _documents(found: Found, values: Values, end: str) -> str:
    counts: dict[str, int] = {}
    for hit in found.hits:
        if hit.document and not hit.partial:
            counts[hit.document] = counts.get(hit.document, 0) + 1
    if values.get("json"):
        lines = []
        for name, count in counts.items():
            pairs: list[tuple[str, str | int]] = [("document", name), ("count", count)]
            if asked(values):
                pairs.append(("query", asked(values)))
            lines.append(json_line(pairs) + end)
        return "".join(lines)
    if values.get("format") in ("csv", "md"):
        rows = [["document", "count"], *([name, str(count)] for name, count in counts.items())]
        return _table(rows, values, end)
    end = column(values) + end
    if values.get("count") or values.get("format") == "tsv":
        return "".join(f"{field(name)}\t{count}{end}" for name, count in counts.items())
    return "".join(f"{field(name)}{end}" for name in counts)


def _line(hit: Hit, around: Around, marked: bool) -> str:
    text = field(hit.text)
    if marked:
        shift = hit.start if hit.memo is None and hit.code is None else 0
        ends = [end - shift for span in hit.hits for end in span]
        cut = zip([0, *ends], [*ends, len(hit.text)], strict=True)
        pieces = (field(hit.text[one:two]) for one, two in cut)
        text = "".join(
            f"{_BOLD}{piece}{_PLAIN}" if at % 2 else piece for at, piece in enumerate(pieces)
        )
    fields = [*map(field, cells(hit)), text]
    if around[0] or around[1]:
        fields += [field(" ".join(part)) for part in around]
    return "\t".join(fields)


def json_line(pairs: list[tuple[str, str | int]]) -> str:
    """Return names and values as a JSON object with the schema number first."""
    shown = ((name, _string(value) if isinstance(value, str) else value) for name, value in pairs)
    return "{" + ", ".join(f'"{name}": {value}' for name, value in [("schema", 1), *shown]) + "}"


def _json(hit: Hit, around: Around, query: str | None) -> str:
    pairs = [("schema", "1"), ("document", _string(hit.document) if hit.document else "null")]
    placed = hit.start >= 0
    pairs.append(("paragraph", str(hit.number) if hit.number else "null"))
    pairs.append(("start", str(hit.start) if placed else "null"))
    pairs.append(("end", str(hit.end) if placed else "null"))
    if hit.memo is not None:
        pairs.append(("memo", str(hit.memo)))
    elif hit.code is not None:
        pairs.append(("code", _string(hit.code)))
    else:
        spans = ", ".join(f"[{start}, {end}]" for start, end in hit.hits)
        pairs.append(("hits", f"[{spans}]"))
    pairs.append(("score", f"{hit.score:.4f}"))
    pairs.append(("codes", "[" + ", ".join(map(_string, hit.codes)) + "]"))
    pairs.append(("text", _string(hit.text)))
    for name, part in zip(("before", "after"), around, strict=True):
        if part:
            pairs.append((name, "[" + ", ".join(map(_string, part)) + "]"))
    if query is not None:
        pairs.append(("query", _string(query)))
    return "{" + ", ".join(f'"{name}": {value}' for name, value in pairs) + "}"


_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\n"): "\\n", ord("\t"): "\\t"}


def _string(text: str) -> str:
    """Return a JSON string; controls are replaced, so that printing it raw is safe too."""
    return '"' + make_visible(text, tabs=True).translate(_ESCAPES) + '"'


def _rows(found: Found, around: list[Around]) -> list[list[str]]:
    """Return the cells of a table, its headings first."""
    names = ["document", "paragraph", "start", "end", "score", "codes", "text"]
    context = any(one or two for one, two in around)
    rows = [names + ["before", "after"] * context]
    for hit, pair in zip(found.hits, around, strict=True):
        *place, codes = cells(hit)
        row = [*place, f"{hit.score:.4f}", codes, hit.text]
        rows.append(row + [" ".join(part) for part in pair] * context)
    return rows


def _table(rows: list[list[str]], values: Values, end: str) -> str:
    """Return a table; of several queries each row ends with its own, and one heading is enough."""
    if asked(values):
        rows = [[*row, asked(values) if at else "query"] for at, row in enumerate(rows)]
    headed, values["headed"] = bool(values.get("headed")), True
    if values["format"] == "csv":
        return "".join(",".join(map(_csv, row)) + end for row in rows[headed:])
    rows = rows[1:] if headed else [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "".join("| " + " | ".join(map(_markdown, row)) + " |" + end for row in rows)


def _csv(text: str) -> str:
    text = guard_formula(make_visible(text, tabs=True))
    if any(char in text for char in ',"\n\r\t'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _markdown(text: str) -> str:
    escaped = (f"\\{char}" if char in "\\`*_[]<>|#" else char for char in make_line(text))
    return "".join(escaped)


def _room() -> int:
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        columns = int(os.environ.get("COLUMNS", "0")) if _is_number("COLUMNS") else 0
    return max(20, columns or 80)


def _is_number(name: str) -> bool:
    return os.environ.get(name, "").isdigit()


def _kwic(found: Found, coloured: bool) -> Iterator[str]:
    """Yield one line a hit: document and paragraph, what stands before, the words, what follows."""
    room = _room() if sys.stdout.isatty() else 0
    labels = [_label(hit, min(_LABEL, room // _NARROW) if room else _LABEL) for hit in found.hits]
    left = max(map(width, labels), default=0)
    side = (room - left - 2) // 2 if room else _KWIC_ROOM
    for hit, label in zip(found.hits, labels, strict=True):
        text = make_line(hit.text)
        start, end = _first_span(hit)
        # The text stays as it is written: nothing is put between the words and what is beside.
        before = clipped(text[:start], max(4, side), at_end=False)
        word = clipped(text[start:end], max(4, side))
        after = clipped(text[end:], side - width(word)) if side > width(word) else ""
        shown = f"{_BOLD}{word}{_PLAIN}" if coloured else word
        yield f"{padded(label, left)}  {padded(before, max(4, side), right=True)}{shown}{after}"


def _first_span(hit: Hit) -> tuple[int, int]:
    """Return the first words found, relative to the hit's text."""
    if not hit.hits:
        return 0, 0
    shift = hit.start if hit.memo is None and hit.code is None else 0
    start, end = hit.hits[0]
    return start - shift, end - shift


def _label(hit: Hit, room: int = 10**9) -> str:
    """Return what a hit is in, and where; of a long name the end is cut, never the number."""
    if hit.code is not None:
        return clipped(make_line(f"code {hit.code}"), room)
    if hit.memo is not None:
        return f"memo {hit.memo}"
    number = f":{hit.number}"
    return clipped(make_line(hit.document), room - len(number)) + number


def _grouped(engine: Engine, found: Found, around: list[Around], coloured: bool) -> Iterator[str]:
    """Yield lines under a heading for each document; hits stay in their order within it."""
    groups: dict[str, list[tuple[Hit, Around]]] = {}
    for hit, pair in zip(found.hits, around, strict=True):
        groups.setdefault(hit.document or _label(hit), []).append((hit, pair))
    room = _room()
    for at, (name, listed) in enumerate(groups.items()):
        if at:
            yield ""
        title = clipped(make_line(name), room)
        facts = engine.facts(listed[0][0])
        shown = f"  {make_line(facts)}" if facts else ""
        shown = clipped(shown, room - width(title))
        yield (f"{_TITLE}{title}{_PLAIN}" if coloured else title) + shown
        for hit, (before, after) in listed:
            for text in before:
                yield _context_line(text, room, coloured)
            yield _hit_line(hit, room, coloured)
            for text in after:
                yield _context_line(text, room, coloured)


def _context_line(text: str, room: int, coloured: bool) -> str:
    line = "      " + clipped(make_line(text), room - 6)
    return f"{_DIM}{line}{_PLAIN}" if coloured else line


def _hit_line(hit: Hit, room: int, coloured: bool) -> str:
    codes = clipped(make_line(", ".join(hit.codes)) or "-", max(8, room // 4))
    if hit.partial:
        codes += " (partial)"
    number = "memo" if hit.memo is not None else str(hit.number or "")
    inner = room - 6 - 2 - width(codes)
    text = make_line(hit.text)
    shift = hit.start if hit.memo is None and hit.code is None else 0
    spans = [(start - shift, end - shift) for start, end in hit.hits]
    text, spans = _windowed(text, spans, max(10, inner))
    return (
        f"{number:>4}  {_marked(text, spans, coloured)}"
        + " " * (max(0, inner - width(text)) + 2)
        + codes
    )


def _windowed(
    text: str, spans: list[tuple[int, int]], room: int
) -> tuple[str, list[tuple[int, int]]]:
    """Cut a text to ``room`` cells so that the first words found can be seen; shift the spans."""
    if width(text) <= room:
        return text, spans
    first = 0
    if spans and width(text[: spans[0][1]]) > room - 2:
        # A quarter of the room before the first word found.
        lead = clipped(text[: spans[0][0]], 10**9)
        first = len(lead)
        used = 0
        while first > 0 and used < room // 4:
            first -= 1
            used += width(lead[first])
    kept = clipped(text[first:], room - (1 if first else 0))
    shift = first - (1 if first else 0)
    end = len(kept) + (1 if first else 0)
    moved = [(max(0, a - shift), min(end, b - shift)) for a, b in spans]
    return ("…" if first else "") + kept, [(a, b) for a, b in moved if a < b]


def _marked(text: str, spans: list[tuple[int, int]], coloured: bool) -> str:
    if not coloured:
        return text
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], _BOLD, text[start:end], _PLAIN]
        at = end
    return "".join(parts) + text[at:]
