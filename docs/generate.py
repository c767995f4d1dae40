"""Write the generated pages: commands, keys, and the option names for completion.

Run it from the root of the repository: ``python docs/generate.py``. A test fails while they are
stale.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs.ten_tasks import tasks_page  # noqa: E402
from tui.app.keys.keys_page import keys_page  # noqa: E402
from tui.cli.main import build, load_command  # noqa: E402
from tui.cli.registry import COMMANDS  # noqa: E402

WIDTH = 80


def walk() -> Iterator[tuple[str, Any]]:
    """Yield every verb and subverb with its command, in the order of the help."""
    for name in COMMANDS:
        command = load_command(name)
        yield name, command
        for child, sub in getattr(command, "commands", {}).items():
            yield f"{name} {child}", sub


def help_of(name: str, command: Any) -> str:
    """Return what ``--help`` prints."""
    words = ["qual", *name.split()]
    context = None
    for word in words:
        target = build() if context is None else command if word == words[-1] else None
        if target is None:
            target = load_command(word)
        context = type(target).context_class(
            target,
            info_name=word,
            parent=context,
            terminal_width=WIDTH,
            **target.context_settings,
        )
    assert context is not None
    lines = context.command.get_help(context).rstrip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def commands_page() -> str:
    """Return the text of ``docs/commands.md``."""
    parts = [
        "# Commands\n\n"
        "What `--help` prints, for every command. This page is generated"
        " (`python docs/generate.py`); JSON fields are in [json.md](json.md).\n"
    ]
    section = ""
    for name, command in walk():
        verb = name.split()[0]
        if COMMANDS[verb][0] != section:
            section = COMMANDS[verb][0]
            parts.append(f"\n## {section}\n")
        level = "###" if name == verb else "####"
        parts.append(f"\n{level} qual {name}\n\n```text\n{help_of(name, command)}\n```\n")
    return "".join(parts)


def option_names() -> str:
    """Return the text of ``tui/cli/option_names.py``."""
    options: dict[str, list[str]] = {}
    values: dict[str, list[str]] = {}
    for name, command in walk():
        options[name] = ["--help"]
        values[name] = []
        for param in command.params:
            if param.param_type_name != "option":
                continue
            names = [each for each in (*param.opts, *param.secondary_opts) if each[:2] == "--"]
            known = [each for each in names if each not in ("--project", "--coder", "--debug")]
            options[name].extend(known)
            if not param.is_flag:
                values[name].extend(param.opts)
    lines = [
        '"""Options of every verb, for shell completion; written by ``docs/generate.py``."""',
        "",
        "# Plain tuples and no imports: shell completion reads this table from cold.",
        "# fmt: off",
    ]
    for title, table, about in (
        ("OPTIONS", options, "Verb → its long options, but those that every verb has."),
        ("VALUES", values, "Verb → its options that take a value."),
    ):
        lines.append(f"{title}: dict[str, tuple[str, ...]] = {{")
        for name, found in table.items():
            words = "".join(f' "{each}",' for each in found).strip()
            row = f'    "{name}": ({words if len(found) == 1 else words.removesuffix(",")}),'
            if len(row) <= 100:
                lines.append(row)
                continue
            lines.append(f'    "{name}": (')
            lines.extend(
                " " * 8 + line for line in textwrap.wrap(words, 90, break_on_hyphens=False)
            )
            lines.append("    ),")
        lines.extend(["}", f'"""{about}"""'])
    return "\n".join([*lines, "# fmt: on", ""])


def man_page() -> str:
    """Return the text of ``docs/qual.1``: what ``--help`` prints, as a page for ``man``."""
    parts = [
        '.TH QUAL 1 "" "qual" "User Commands"\n.SH NAME\n'
        "qual \\- code qualitative data from the keyboard, in a terminal\n"
        ".SH SYNOPSIS\n.B qual\n[\\fIOPTIONS\\fR] [\\fICOMMAND\\fR] [\\fIARGS\\fR]...\n"
        ".SH DESCRIPTION\nWithout a command it opens the project found upward from the current"
        " folder on the screen.\n"
    ]
    section = ""
    for name, command in walk():
        heading = COMMANDS[name.split()[0]][0]
        if heading != section:
            section = heading
            parts.append(f".SH {heading.upper()}\n")
        parts.append(f'.SS "qual {name}"\n.nf\n{_roff(help_of(name, command))}\n.fi\n')
    parts.append(
        ".SH EXIT STATUS\n0 done or found, 1 nothing found or a check failed, 2 wrong usage or"
        " error, 130 interrupted.\n"
        ".SH ENVIRONMENT\nQUAL_PROJECT, QUAL_CODER, QUAL_PAGER, PAGER, NO_COLOR, QUAL_NO_COLOR.\n"
    )
    return "".join(parts)


def _roff(text: str) -> str:
    """Return lines as roff prints them: nothing in them is a request or an escape."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    # Not every roff reads UTF-8.
    text = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in text)
    lines = text.split("\n")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in lines)


PAGES = {
    "docs/ten-tasks.md": tasks_page,
    "docs/commands.md": commands_page,
    "docs/qual.1": man_page,
    "docs/keys.md": keys_page,
    "tui/cli/option_names.py": option_names,
}
"""Every generated file."""


def main() -> None:
    """Write the files that are stale, and name them."""
    for name, page in PAGES.items():
        path = ROOT / name
        text = page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(name)


if __name__ == "__main__":
    main()
