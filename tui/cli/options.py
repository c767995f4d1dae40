"""Options that several verbs share."""

from __future__ import annotations

from typing import Annotated

import typer

JsonFlag = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]

FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, tsv, csv, md or json; by default a table on a terminal, tsv in a pipe.",
    ),
]

YesFlag = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

LimitOption = Annotated[
    int | None, typer.Option("-n", "--limit", min=0, metavar="N", help="At most so many; 0 = all.")
]

LevelOption = Annotated[
    int | None,
    typer.Option("--level", min=1, metavar="N", help="Only codes of this level; 1 = top."),
]
BasisOption = Annotated[
    str | None,
    typer.Option(
        "--basis",
        metavar="BASIS",
        help="direct, aggregated or subtree; subtree with --level, else direct.",
    ),
]
CodeOptions = Annotated[
    list[str] | None, typer.Option("--code", metavar="KEY", help="Only this code; repeatable.")
]

DocOptions = Annotated[
    list[str] | None,
    typer.Option("--doc", metavar="DOC", help="Only this document; repeatable."),
]

CaseOptions = Annotated[
    list[str] | None,
    typer.Option("--case", metavar="CASE", help="Only what this case owns; repeatable."),
]

AttrOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--attr",
        metavar="NAME=VALUE",
        help="Only where the attribute has this value; repeatable.",
    ),
]

WhoseOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--coder",
        metavar="NAME",
        help="Only codings of this coder; repeatable. (Before the verb: who you are.)",
    ),
]


def new_app(*, no_args_is_help: bool = False) -> typer.Typer:
    """Return an empty verb: plain help, no completion of typer's own, no tracebacks of typer's."""
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=no_args_is_help,
    )
