"""What a search says on standard error: errors with the place marked, counts, nearest words."""

from __future__ import annotations

import sys

from tui.cli.columns import width
from tui.errors import ProjectLocked, QualError
from tui.text.safe import make_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.search.engine import Engine
    from tui.search.hit import Found
    from tui.search.query import Query


_AROUND = 60
"""Code points of a long query that are shown on either side of its fault."""


def print_error(error: QualError, line: int = 0, source: str = "") -> None:
    """Print an error, its hint, and the query with a caret under the place it is about.

    Args:
        error: the error.
        line: which line of several queries it is about; 0 when there is only one.
        source: that line.
    """
    where = f"line {line}: " if line else ""
    lines = [f"qual: {where}{make_line(error.message)}"]
    lines += marked(error) or ([f"  {make_line(source)}"] if line else [])
    if error.hint:
        lines.append(f"hint: {make_line(error.hint)}")
    _say(lines)


def marked(error: QualError) -> list[str]:
    """Return the query of an error with a caret under the place it is about; of a long one a part.

    Nothing where an error is about no place of a query.
    """
    query, at = getattr(error, "query", None), getattr(error, "at", None)
    if not isinstance(query, str) or not isinstance(at, int):
        return []
    shown = make_line(query)
    first = at - _AROUND if at > 2 * _AROUND else 0
    lead = "…" if first else ""
    tail = "…" if len(shown) > at + 2 * _AROUND else ""
    part = f"{lead}{shown[first : at + 2 * _AROUND]}{tail}"
    return [f"  {part}", "  " + " " * width(lead + shown[first:at]) + "^"]


def print_note(text: str) -> None:
    """Say something beside the answer, in one line."""
    _say([make_line(text)])


def print_summary(engine: Engine, query: Query, found: Found) -> None:
    """Print notes, and on a terminal how much was found or which words are near."""
    lines = [make_line(note) for note in found.notes]
    if sys.stderr.isatty():
        whole = [hit for hit in found.hits if not hit.partial]
        documents = len({hit.document_id for hit in whole})
        if found.total:
            some = f"{len(whole)} of " if len(whole) < found.total else ""
            lines.append(
                f"{some}{found.total} {'hit' if found.total == 1 else 'hits'} in {documents} "
                f"{'document' if documents == 1 else 'documents'}"
            )
        else:
            lines.append("Nothing found." + _nearest(engine, query))
    _say(lines)


def explained(error: Exception, path: str) -> QualError:
    """Turn an error of the database into one that says what to do."""
    text = make_line(str(error))
    if "locked" in text or "busy" in text:
        return ProjectLocked(
            f"{path} is held by another program.", "Try again when its long act has ended."
        )
    return QualError(f"{path} cannot be searched: {text}.", "Run `qual check`.")


def _nearest(engine: Engine, query: Query) -> str:
    near = engine.nearest_words(query)
    if not near:
        return ""
    listed = "; ".join(f"{word}: {', '.join(words)}" for word, words in near if words)
    return f" Nearest words: {make_line(listed)}." if listed else ""


def _say(lines: list[str]) -> None:
    if lines:
        text = "".join(f"{line}\n" for line in lines)
        encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()
