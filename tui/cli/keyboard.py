"""The screen's keys as commands see them: what the settings make of them, and what is wrong there.

The only part of the app that commands reach besides opening it; none of it draws.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator

from tui.app.action import shown
from tui.app.keys.layouts import normalise
from tui.app.keys.rules import acts_in_text, key_rows, keys_of_config, make_keys, title_of
from tui.cli.output import Record
from tui.config import Config, KeyLine, Problem, config_path, save_value
from tui.errors import QualError


def key_problems(config: Config) -> list[Problem]:
    """Return what is wrong with the coder's own keys, file and line in the message."""
    return [
        Problem(f"{each.place}: {each.message}" if each.place else each.message, each.hint,
                each.fatal, mild=True)
        for each in keys_of_config(config).problems
    ]  # fmt: skip


def key_records(config: Config) -> Iterator[Record]:
    """Yield a record for everything that has a key or could have one.

    Args:
        config: the settings; what does not count in them is passed over.
    """
    for row in key_rows(keys_of_config(config).keys):
        yield {
            "id": row.id,
            "keys": list(row.keys),
            "default": list(row.default),
            "where": row.where,
            "title": row.title,
            "help": row.help,
            "fixed": row.fixed,
            "shown": "  ".join(shown(each) for each in row.keys) or "-",
        }


def set_keys(config: Config, id: str, text: str) -> list[str] | str:
    """Give an act its keys in the user's file; return what stands there now.

    Args:
        config: the settings as they are.
        id: of the act.
        text: a key, or a TOML list of keys; empty takes the line out.

    Raises:
        QualError: the keys cannot be had, or the file cannot be written; nothing was changed.
    """
    value: list[str] | str = text
    if text.startswith("["):
        try:
            value = tomllib.loads(f"x = {text}")["x"]
        except ValueError as error:
            raise QualError(f"{text!r} is no list of keys: {error}.", '["c", "ctrl+k"]') from error
    others = [line for line in config.keys if line.id != id]
    found = make_keys(config.text("keys.preset"), [*others, KeyLine(id, value)])
    for problem in found.problems:
        if problem.id == id and problem.fatal:
            raise QualError(problem.message, problem.hint)
    save_value(config_path(os.environ), f"keys.{id}", value)
    return value


class KeyReport:
    """Says what each key that arrives would do in the text.

    Args:
        config: the coder's settings.
    """

    def __init__(self, config: Config) -> None:
        self._acts = acts_in_text(keys_of_config(config).keys)
        self._layout = config.text("keyboard.layout")
        self._prefix = ""

    def tell(self, name: str, sign: str) -> str:
        """Return what a key would do after those before it.

        Args:
            name: its name, ``ctrl+d``, or the sign it prints.
            sign: what it prints; empty when nothing.
        """
        said = [self._tell_one(each) for each, _ in normalise(name, sign or None, self._layout)]
        return ", then ".join(said)

    def _tell_one(self, key: str) -> str:
        whole = f"{self._prefix} {key}".strip()
        self._prefix = ""
        if whole in self._acts:
            id = self._acts[whole]
            read = f"{shown(whole)}: " if whole != key else ""
            return f"{read}{title_of(id)} ({id})"
        if any(keys.startswith(f"{whole} ") for keys in self._acts):
            self._prefix = whole
            return f"{shown(whole)} begins something"
        return f"{shown(whole)} does nothing in the text"
