"""Where the program begins: the screen and a search go short ways, the rest the full parser's.

The short way loads a twentieth of what the full one does; a search from the shell takes about
twice as long as starting Python and doing nothing, and the screen is painted that much earlier.
"""

from __future__ import annotations

import os
import sys

# Options that may stand before the verb, too.
_WITH_VALUE = ("-p", "--project", "--coder")


def main() -> None:
    """Run the command line; ends the process with its exit code."""
    words = sys.argv[1:]
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        _do_without_streams()
    at = _verb(words)
    if at >= 0 and words[at] == "search":
        import gc  # noqa: PLC0415 - only here

        # A search makes no garbage worth collecting and ends at once.
        gc.disable()
        from tui.cli.commands.search import main as search  # noqa: PLC0415 - the short way

        search(words[:at] + words[at + 1 :], _bring_up_to_date)
    elif words[:1] == ["__complete"]:
        from tui.cli.commands.complete import main as complete  # noqa: PLC0415 - the short way

        sys.exit(complete(words[1:]))
    else:
        call = None
        if at < 0 or words[at] == "open":
            from tui.cli.opening import main as open_screen  # noqa: PLC0415 - the short way
            from tui.cli.opening import read_plain  # noqa: PLC0415 - the short way

            call = read_plain(words)
        if call is not None:
            sys.exit(open_screen(call))
        from tui.cli.main import main as run  # noqa: PLC0415 - loads the full parser

        sys.exit(run())


def _bring_up_to_date(path: str, coder: str) -> None:
    from tui.cli.upgrading import bring_up_to_date  # noqa: PLC0415 - once for a project

    bring_up_to_date(path, coder)


def _do_without_streams() -> None:
    """Put nothing in place of closed standard input and errors; end when output is closed."""
    # In this order: each takes the lowest number that is free, which is its own.
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for as long as the process
    if sys.stderr is None:
        while (number := os.open(os.devnull, os.O_WRONLY)) < 2:
            continue
        sys.stderr = open(number, "w", encoding="utf-8")  # noqa: SIM115 - likewise
    if sys.stdout is None:
        sys.stderr.write(
            "qual: Standard output is closed; there is nowhere to write to.\n"
            "hint: `>/dev/null` throws an answer away and keeps the exit code.\n"
        )
        sys.exit(2)


def _verb(words: list[str]) -> int:
    """Return the place of the verb: the first word that is no global option; -1 when none is."""
    at = 0
    while at < len(words):
        word = words[at]
        if word in _WITH_VALUE:
            at += 2
        elif (
            word == "--debug"
            or word.startswith(("--project=", "--coder="))
            or (word[:2] == "-p" and len(word) > 2)
        ):
            at += 1
        else:
            return at
    return -1


if __name__ == "__main__":
    main()
