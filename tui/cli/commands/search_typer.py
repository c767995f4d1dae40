"""``qual search`` as the full command line knows it: for its help, documentation and completion.

Made from the same table as the light parser, and runs the same code. The command line itself never
comes here; see :mod:`tui.__main__`.
"""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from tui.cli.commands.search import run_values
from tui.cli.commands.search_line import Values, parted
from tui.cli.session import call_of
from tui.cli.upgrading import bring_up_to_date
from tui.search.options import FLAG, GLOBAL, NUMBER, OPTIONS, SUMMARY, Option, help_text


class SearchCommand(TyperCommand):
    """Takes the lines of the light parser, and prints the help of the table."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read a line; what the light parser takes for the query is the query here, too."""
        return super().parse_args(ctx, parted(args))

    def get_help(self, ctx: Any) -> str:
        """Return the help without its last line feed, which the caller adds."""
        return help_text().rstrip("\n")


def _annotation(option: Option) -> Any:
    name, letter, kind, value, choices, text = option
    names = [f"-{letter}", f"--{name}"] if letter else [f"--{name}"]
    if kind == FLAG:
        return Annotated[bool, typer.Option(*names, help=text)]
    if kind == NUMBER:
        return Annotated[int | None, typer.Option(*names, min=0, metavar=value, help=text)]
    if choices:
        return Annotated[
            str | None,
            typer.Option(*names, metavar="|".join(choices), help=text, callback=_one_of(choices)),
        ]
    return Annotated[str | None, typer.Option(*names, metavar=value, help=text)]


def _one_of(choices: tuple[str, ...]) -> Any:
    def check(value: str | None) -> str | None:
        if value is not None and value not in choices:
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(choices)}.")
        return value

    return check


def _parameters() -> list[inspect.Parameter]:
    query = Annotated[list[str] | None, typer.Argument(metavar="[QUERY]...", show_default=False)]
    keyword = inspect.Parameter.KEYWORD_ONLY
    made = [inspect.Parameter("ctx", keyword, annotation=typer.Context)]
    made.append(inspect.Parameter("query", keyword, annotation=query, default=None))
    for option in OPTIONS:
        default = False if option[2] == FLAG else None
        made.append(
            inspect.Parameter(
                _parameter(option[0]), keyword, annotation=_annotation(option), default=default
            )
        )
    return made


def _parameter(name: str) -> str:
    # ``null`` and the like are fine; only the sign has to go.
    return name.replace("-", "_")


def values_of(given: dict[str, Any]) -> Values:
    """Return what typer read in the form of the light parser: only what was given."""
    values: Values = {}
    for option in OPTIONS:
        value = given[_parameter(option[0])]
        if value is not None and value is not False:
            values[option[0]] = value
    values["query"] = list(given["query"] or ())
    return values


def search(ctx: typer.Context, **given: Any) -> None:
    """Find passages, letters wrong or not."""
    values = values_of(given)
    call = call_of(ctx)
    for name in GLOBAL:
        said = getattr(call, name)
        if name not in values and said:
            values[name] = said
    code = run_values(values, bring_up_to_date)
    if code:
        raise typer.Exit(code)


_made = _parameters()
search.__signature__ = inspect.Signature(_made)  # type: ignore[attr-defined]
search.__annotations__ = {parameter.name: parameter.annotation for parameter in _made}

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
app.command(
    cls=SearchCommand,
    help=SUMMARY,
    context_settings={"help_option_names": ["-h", "--help"]},
)(search)
