"""``qual __complete``: what the shell offers for the word under the cursor; loads next to nothing.

Prints one candidate a line, a tab and a word about it; ``:files`` alone says that a file is meant.
"""

from __future__ import annotations

import os
import sys

from tui.cli.option_names import OPTIONS, VALUES
from tui.cli.registry import COMMANDS
from tui.errors import QualError
from tui.text.safe import make_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GLOBAL = ("-p", "--project", "--coder", "--debug")
_WITH_VALUE = ("-p", "--project", "--coder")

KINDS = {
    "--code": "code",
    "--to": "code",
    "--from": "code",
    "--parent": "code",
    "--doc": "document",
    "--case": "case",
    "--coder": "coder",
    "--by": "attribute",
    "--name": "attribute",
    "--attr": "value",
    "--format": "format",
    "--unit": "unit",
    "--columns": "column",
    "--measure": "measure",
    "--linkage": "linkage",
    "--show": "of a cluster",
    "--sort": "order",
    "--basis": "basis",
    "--color": "when",
    "-p": "files",
    "--project": "files",
    "--file": "files",
}
"""What the value of an option is."""

KINDS_OF = {
    "search": {"--format": "table format"},
    "like": {"--unit": "part"},
    "agree": {"--by": "rows", "--unit": "counted"},
}
"""What it is for one verb that means something else by it."""

ARGUMENTS = {
    "init": ("files",),
    "open": ("files",),
    "import": ("files", "..."),
    "docs rename": ("document",),
    "docs delete": ("document",),
    "docs mark": ("document", "state"),
    "docs bookmark": ("document",),
    "show": ("document",),
    "search": ("query", "..."),
    "like": ("code or document", "..."),
    "searches rename": ("search",),
    "searches delete": ("search",),
    "codes rename": ("code",),
    "codes change": ("code",),
    "codes move": ("code",),
    "codes merge": ("code", "code"),
    "codes delete": ("code",),
    "codes pin": ("", "code"),
    "codes hide": ("code",),
    "codes show": ("code",),
    "codes solo": ("code",),
    "codebook check": ("files",),
    "code": ("document", "", "code", "..."),
    "attr load": ("files",),
    "attr delete": ("attribute",),
    "case rename": ("case",),
    "case assign": ("case", "document"),
    "case release": ("case", "document"),
    "case delete": ("case",),
    "relate add": ("code", "", "code"),
    "count": ("code", "..."),
    "cluster name": ("", "code", "..."),
    "coders show": ("coder", "..."),
    "coders hide": ("coder", "..."),
    "backup": ("files",),
    "agree decide": ("document", "", "code", "verdict"),
    "completion": ("shell",),
}
"""What the arguments of a verb are, one after the other; ``...`` repeats the last."""

WORDS = {
    "format": ("table", "tsv", "csv", "md", "json"),
    "table format": ("csv", "tsv", "md"),
    "shell": ("bash", "zsh", "fish"),
    "state": ("read", "aside", "unread"),
    "unit": ("sentence", "paragraph", "hit"),
    "part": ("sentence", "paragraph"),
    "order": ("relevance", "place"),
    "column": ("paragraph", "segment", "document"),
    "measure": ("jaccard", "sorensen", "pearson"),
    "linkage": ("complete", "average", "single"),
    "of a cluster": ("codes", "joins", "pairs", "tree"),
    "when": ("auto", "always", "never"),
    "verdict": ("first", "second", "both", "neither", "edges", "later"),
    "rows": ("code", "document", "both"),
    "counted": ("characters", "sentences", "paragraphs", "documents"),
    "basis": ("direct", "aggregated", "subtree"),
}


def main(argv: Sequence[str]) -> int:
    """Print the candidates for the last of these words; the exit code is always 0.

    Args:
        argv: the words after ``qual`` up to the cursor, the last one unfinished or empty.
    """
    try:
        lines = list(complete(rejoin(argv)))
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    except (QualError, OSError):
        return 0  # no project, no names: nothing to offer
    return 0


def rejoin(words: Sequence[str]) -> list[str]:
    """Put together what bash takes apart at ``=``, ``:`` and ``@``."""
    joined: list[str] = []
    glue = False
    for word in words:
        inside = word in ("=", ":") or (word == "@" and bool(joined) and joined[-1].endswith(" "))
        if joined and (glue or inside):
            joined[-1] += word
        else:
            joined.append(word)
        glue = word in ("=", ":", "@")
    return joined


def complete(words: Sequence[str]) -> Iterable[str]:
    """Return the candidates for the last word."""
    *before, current = words or [""]
    project, verb, rest = read_words(before)
    if before and before[-1] in ("--project", "-p"):
        return [":files"]
    # ``--code=R1`` and ``--code R1`` are the same.
    option, sign, value = current.partition("=")
    kinds = {**KINDS, **KINDS_OF.get(verb, {})}
    if sign and option.startswith("--") and option in kinds:
        return [f"{option}={line}" for line in _of_kind(kinds[option], value, project)]
    if before and before[-1] in VALUES.get(verb, ()) and before[-1] in kinds:
        return _of_kind(kinds[before[-1]], current, project)
    if before and before[-1] in VALUES.get(verb, ()):
        return []
    if not verb:
        if current.startswith("-"):
            return _starting(current, ((name, "") for name in (*GLOBAL, "--help", "--version")))
        return _starting(current, ((name, COMMANDS[name][2]) for name in COMMANDS))
    if current.startswith("-") and not (verb == "search" and _is_query(current)):
        return _starting(current, ((name, "") for name in (*OPTIONS.get(verb, ()), *GLOBAL)))
    if verb == "code" and "--stdin" in before:
        return _of_kind("code", current, project)
    found = []
    if not rest:
        subverbs = (name[len(verb) + 1 :] for name in OPTIONS if name.startswith(f"{verb} "))
        found = list(_starting(current, ((name, "") for name in subverbs)))
    return [*found, *_of_kind(_kind_of_argument(verb, rest), current, project)]


def _is_query(current: str) -> bool:
    """Tell whether a dash is the query's: it stands before a filter."""
    from tui.cli.commands.search_line import is_query  # noqa: PLC0415 - only for ``search -``

    return is_query(current)


def read_words(words: Sequence[str]) -> tuple[str | None, str, list[str]]:
    """Return the project named, the verb with its subverb, and the arguments after it."""
    project, verb = None, ""
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in _WITH_VALUE or word in VALUES.get(verb, ()):
            if word in ("-p", "--project") and at + 1 < len(words):
                project = words[at + 1]
            at += 1
        elif word.startswith("--project="):
            project = word.partition("=")[2]
        elif not word.startswith("-"):
            if not verb:
                verb = word
            elif not rest and f"{verb} {word}" in OPTIONS:
                verb = f"{verb} {word}"
            else:
                rest.append(word)
        at += 1
    return project, verb, rest


def _kind_of_argument(verb: str, rest: Sequence[str]) -> str:
    kinds = ARGUMENTS.get(verb, ())
    if kinds and kinds[-1] == "..." and len(rest) >= len(kinds) - 2:
        return kinds[-2]
    return kinds[len(rest)] if len(rest) < len(kinds) else ""


def _of_kind(kind: str, current: str, project: str | None) -> list[str]:
    if not kind:
        return []
    if kind == "files":
        return [":files"]
    if kind in WORDS:
        return list(_starting(current, ((word, "") for word in WORDS[kind])))
    from tui.store.locate import find_project  # noqa: PLC0415 - only names need the project
    from tui.store.names import names_of  # noqa: PLC0415
    from tui.store.reader import open_reader  # noqa: PLC0415

    db = open_reader(find_project(os.getcwd(), project, os.environ))
    try:
        if kind == "query":
            from tui.search.completion import complete_query  # noqa: PLC0415

            return list(_lines(complete_query(current, lambda kind: names_of(db, kind))))
        names = [name for each in kind.split(" or ") for name in names_of(db, each)]
    finally:
        db.close()
    if kind == "attribute":
        names = [*(("document", ""), ("case", ""), ("coder", "")), *names]
    return list(_starting(current, names))


def _starting(current: str, names: Iterable[tuple[str, str]]) -> Iterable[str]:
    folded = current.casefold()
    return _lines(pair for pair in names if pair[0].casefold().startswith(folded))


def _lines(names: Iterable[tuple[str, str]]) -> Iterable[str]:
    for name, about in names:
        yield f"{make_line(name)}\t{make_line(about)}" if about else make_line(name)
