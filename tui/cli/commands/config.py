"""``qual config``: your settings, and where each of them comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.diagnostics import note
from tui.cli.options import FormatOption, JsonFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_json, write_records, write_text
from tui.cli.records import say_act
from tui.cli.session import call_of, reading, writing
from tui.config import (
    BY_NAME,
    Config,
    config_path,
    name_hint,
    parse_value,
    read_config,
    save_value,
)
from tui.errors import ProjectNotFound, QualError, SeveralProjects
from tui.store.settings import read_settings

app = new_app()

COLUMNS: Final = (Column("name", "setting"), Column("value", "value"))
ORIGIN: Final = (Column("origin", "origin"), Column("place", "place"))

PROJECT_ONLY: Final = ("title",)
"""Settings that only a project has; ``round`` is set by `qual coders --round`."""


@app.callback(invoke_without_command=True)
def without_verb(
    ctx: typer.Context, json_lines: JsonFlag = False, form: FormatOption = None
) -> None:
    """Show and set your settings.

    What counts: an option, then QUAL_… of the environment, then the project, then your file, then
    the default. A project sets only what concerns its texts, never programs.
    """
    if ctx.invoked_subcommand is None:
        _show(ctx, origin=False, json_lines=json_lines, form=form)


@app.command()
def show(
    ctx: typer.Context,
    origin: Annotated[
        bool, typer.Option("--origin", help="And where each comes from: file and line.")
    ] = False,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Show every setting that counts here."""
    _show(ctx, origin=origin, json_lines=json_lines, form=form)


@app.command()
def check(ctx: typer.Context, json_lines: JsonFlag = False) -> None:
    """Prove the settings: exit code 2 when a value is wrong; unknown names are warnings."""
    from tui.cli.keyboard import key_problems  # noqa: PLC0415 (the list of all acts)

    config = _read(ctx)
    config.problems += key_problems(config)
    first = next((problem for problem in config.problems if problem.fatal), None)
    for problem in config.problems:
        if json_lines:
            kind = "error" if problem.fatal else "warning"
            write_json({"kind": kind, "message": problem.message, "hint": problem.hint})
        elif problem is not first:
            note(f"{'error' if problem.fatal else 'warning'}: {problem.message}")
            if problem.hint:
                note(f"hint: {problem.hint}")
    config.refuse_errors()
    if not json_lines:
        write_text(f"{config.path}: nothing wrong" if not config.problems else config.path)


@app.command()
def path() -> None:
    """Print where your settings are kept."""
    write_text(config_path(os.environ))


@app.command(name="set")
def set_value(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Empty: back to the default.")],
    in_project: Annotated[
        bool, typer.Option("--in-project", help="For everybody who opens this project.")
    ] = False,
    json_lines: JsonFlag = False,
) -> None:
    """Set one setting in your file, comments kept, or in the project.

    `keys.NAME` gives something another key, by a name of `qual keys`: a key, or a list of them in
    brackets, `["c", "ctrl+k"]`; `[]` leaves it without one.
    """
    setting = BY_NAME.get(name)
    if in_project:
        _set_in_project(ctx, name, value, json_lines)
        return
    if setting is None and name.startswith("keys."):
        _set_keys(ctx, name.removeprefix("keys."), value, json_lines)
        return
    if setting is None:
        raise QualError(f"There is no setting {name!r}.", name_hint(name))
    wanted = parse_value(setting, value) if value else value
    save_value(config_path(os.environ), name, wanted)
    if json_lines:
        write_json({"name": name, "value": wanted})
    else:
        write_text(f"{name} = {value or 'default'}")


def _show(ctx: typer.Context, *, origin: bool, json_lines: bool, form: str | None) -> None:
    config = _read(ctx)
    columns = (*COLUMNS, *ORIGIN) if origin else COLUMNS
    write_records(_records(config), columns, choose_format(json_lines, form))
    for problem in config.problems:
        note(f"{'error' if problem.fatal else 'warning'}: {problem.message}")


def _set_keys(ctx: typer.Context, id: str, value: str, json_lines: bool) -> None:
    from tui.cli.keyboard import set_keys  # noqa: PLC0415 (the list of all acts)

    wanted = set_keys(_read(ctx), id, value)
    if json_lines:
        write_json({"name": f"keys.{id}", "value": wanted})
    else:
        write_text(f"keys.{id} = {wanted or ('default' if value == '' else 'no key')}")


def _records(config: Config) -> Iterator[Record]:
    for name, found in config.values.items():
        value = found.value
        shown = ("true" if value else "false") if isinstance(value, bool) else value
        yield {"name": name, "value": shown, "origin": found.origin, "place": found.place}
    for line in config.keys:
        keys = line.value if isinstance(line.value, list) else [line.value]
        shown = ", ".join(map(str, keys))
        yield {"name": f"keys.{line.id}", "value": shown, "origin": "user", "place": line.place}


def _read(ctx: typer.Context) -> Config:
    try:
        call_of(ctx).path()
    except (ProjectNotFound, SeveralProjects) as error:
        if call_of(ctx).project:
            raise
        if isinstance(error, SeveralProjects):
            note("Only your own settings: there are several projects here; -p FILE adds one's.")
        return read_config(os.environ)
    with reading(ctx) as opened:
        return read_config(os.environ, read_settings(opened.db))


def _set_in_project(ctx: typer.Context, name: str, value: str, json_lines: bool) -> None:
    from tui.project.edits.readings import set_setting  # noqa: PLC0415 (an act)

    setting = BY_NAME.get(name)
    if name not in PROJECT_ONLY:
        if setting is None and not name.startswith("keys."):
            raise QualError(f"There is no setting {name!r}.", name_hint(name))
        if setting is None or not setting.project_may:
            raise QualError(
                f"A project may not set {name}.",
                "It sets only what concerns its texts; leave --in-project out.",
            )
        if value:
            parse_value(setting, value)
    with writing(ctx) as project:
        set_setting(project, name, value)
        say_act(project, json_lines)
