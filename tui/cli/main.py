"""The command line: verbs loaded when they run, errors told in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup, TyperOption

import tui
from tui.cli import output
from tui.cli.diagnostics import report, report_usage
from tui.cli.registry import COMMANDS
from tui.cli.session import Call, call_of

_SETTINGS = {"help_option_names": ["-h", "--help"]}

_HELP = """Code qualitative data from the keyboard.

Without a verb, qual opens the project of this folder on the screen. Results go to stdout, all
else to stderr; exit code 0: done or found, 1: nothing found or check failed, 2: usage or error."""


class LazyGroup(TyperGroup):
    """The verbs of the registry; a verb's module is imported when that verb runs."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all verbs in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load one verb; None when there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = load_command(cmd_name)
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the verbs by section, from the registry alone."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, (section, _, summary) in COMMANDS.items():
            sections.setdefault(section, []).append((name, summary))
        width = max(map(len, COMMANDS))
        for section, rows in sections.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(width), summary) for name, summary in rows])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb; suggest near ones when there is none."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS, n=3)
            words = f" Did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
            ctx.fail(f"There is no command {args[0]!r}.{words}")
        return super().resolve_command(ctx, args)


def load_command(name: str) -> Any:
    """Import a verb's module and return its command with the options that all verbs have.

    Raises:
        KeyError: no verb has this name.
    """
    module = import_module(COMMANDS[name][1])
    command: Any = typer.main.get_command(module.app)
    command.name = name
    _finish(command)
    return command


def build() -> Any:
    """Return the whole command line, no verb loaded."""
    app = typer.Typer(
        cls=LazyGroup,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings=_SETTINGS,
    )
    app.callback(help=_HELP, invoke_without_command=True)(_without_verb)
    group: Any = typer.main.get_command(app)
    group.params.extend([*_shared_options(), *_screen_options()])
    group.params.append(
        TyperOption(
            param_decls=["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="Print the version.",
        )
    )
    return group


def run() -> NoReturn:
    """Run the command line of this process and end it with its exit code."""
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line.

    Args:
        argv: the words after ``qual``; those of this process when left out.

    Returns:
        The exit code.
    """
    args = list(sys.argv[1:] if argv is None else argv)
    if args[:1] == ["help"]:
        args = [*args[1:], "--help"]
    if args[:1] == ["__complete"]:
        from tui.cli.commands.complete import main as complete  # noqa: PLC0415 (only here)

        return complete(args[1:])
    call = Call()
    if hasattr(sys.stdout, "reconfigure"):
        # A terminal that is not UTF-8 gets escapes, never a crash.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = _run(args, call)
        output.flush()
        return code
    except BaseException as error:  # the border: everything ends in one line
        if isinstance(error, SystemExit | GeneratorExit):
            raise
        code = report(error, debug=call.debug)
        _leave_quietly()
        return code


def _run(args: list[str], call: Call) -> int:
    group = build()
    try:
        with group.make_context("qual", list(args), obj=call) as ctx:
            group.invoke(ctx)
    except typer.Exit as leave:
        return int(leave.exit_code)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except EOFError as error:
        raise KeyboardInterrupt from error
    except Exception as error:
        # Typer carries its own Click since 0.26: its usage errors are known by their shape.
        if not hasattr(error, "format_message") or not hasattr(error, "exit_code"):
            raise
        where = getattr(error, "ctx", None)
        path = where.command_path if where is not None else "qual"
        message = str(error.format_message())
        if type(error).__name__ == "NoArgsIsHelpError":
            message = "A subcommand is missing."
        return report_usage(" ".join(message.split()), path)
    return 0


def _leave_quietly() -> None:
    try:
        output.flush()
    except Exception:  # noqa: BLE001 - the error that counts has been told already
        output.silence()


def _without_verb(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        from tui.cli.opening import open_here  # noqa: PLC0415 (only here)

        code = open_here(call_of(ctx))
        if code:
            raise typer.Exit(code)


def _print_version(ctx: typer.Context, _: object, value: bool) -> None:
    if value:
        output.write_line(f"qual {tui.__version__}")
        raise typer.Exit


def _keep(ctx: typer.Context, param: Any, value: object) -> None:
    # After the verb wins over before it.
    if value:
        setattr(call_of(ctx), param.name, value)


def _shared_options() -> list[Any]:
    return [
        TyperOption(
            param_decls=["-p", "--project"],
            type=str,
            metavar="FILE",
            callback=_keep,
            expose_value=False,
            help="The project, when it is not the one found from this folder upward.",
        ),
        TyperOption(
            param_decls=["--coder"],
            type=str,
            metavar="NAME",
            callback=_keep,
            expose_value=False,
            help="Who you are, when not the login name.",
        ),
        TyperOption(
            param_decls=["--debug"],
            is_flag=True,
            callback=_keep,
            expose_value=False,
            help="Show where an error arose.",
        ),
    ]


def _screen_options() -> list[Any]:
    """Return what can be said about the screen where no verb is given; `open` has its own."""
    return [
        TyperOption(
            param_decls=["--no-mouse"],
            is_flag=True,
            callback=_keep,
            expose_value=False,
            help="Without a verb: leave the mouse to the terminal.",
        ),
        TyperOption(
            param_decls=["--accessible"],
            is_flag=True,
            callback=_keep,
            expose_value=False,
            help="Without a verb: for screen readers; the cursor follows, one column, no boxes.",
        ),
    ]


def _finish(command: Any) -> None:
    """Give a verb and its subverbs the options of all verbs, but those it means otherwise."""
    taken = {name for param in command.params for name in param.opts}
    command.params.extend(
        option for option in _shared_options() if not taken.intersection(option.opts)
    )
    command.context_settings = {**_SETTINGS, **(command.context_settings or {})}
    for child in getattr(command, "commands", {}).values():
        _finish(child)
