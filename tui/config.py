"""User settings: one TOML file, the environment over it, and what a project may say.

What counts: an option of the command, then ``QUAL_…`` of the environment, then the project, then
the user's file, then the default. A project sets only what concerns its texts, never programs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from difflib import get_close_matches
from typing import Any, Final, Literal

from tui.errors import QualError
from tui.values import dataclass

Value = str | int | bool
Origin = Literal["environment", "project", "user", "default"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that the program knows."""

    name: str
    """Dotted: ``import.language`` is ``language`` in the table ``[import]``."""
    default: Value
    """Its type is the type of the setting."""
    about: str
    choices: tuple[str, ...] = ()
    """The only values allowed; empty when any will do."""
    project_may: bool = False
    """Whether a project may set it for everybody who opens it."""
    span: tuple[int, int] | None = None
    """The least and the largest of a number."""

    @property
    def variable(self) -> str:
        """The environment variable that goes before the files."""
        return "QUAL_" + self.name.upper().replace(".", "_")


SETTINGS: Final = (
    Setting(
        "theme",
        "auto",
        "colours of the screen; contrast: none, nothing dim, and the cursor follows",
        ("auto", "dark", "light", "contrast"),
    ),
    Setting("mouse", True, "whether the screen takes the mouse from the terminal"),
    Setting(
        "glyphs",
        "auto",
        "signs of the screen: all, plain ones only, or by locale and TERM",
        ("auto", "unicode", "ascii"),
    ),
    Setting("accessible", False, "for screen readers: the cursor follows, one column, no boxes"),
    Setting("bell", False, "whether a key that cannot act rings"),
    Setting(
        "keys.preset",
        "default",
        "keys to begin with; the table [keys] changes single ones",
        ("default", "vim", "arrows", "qualcoder", "single"),
    ),
    Setting(
        "keyboard.layout",
        "auto",
        "layout whose signs are read by their place, too",
        ("auto", "ru", "el", "he", "ar", "azerty"),
    ),
    Setting(
        "layout.tree", "open", "code tree at the start: open or folded away", ("open", "folded")
    ),
    Setting("layout.tree_width", 0, "cells of the code tree; 0: by the window", span=(0, 120)),
    Setting("layout.text_width", 72, "cells that a line of text takes at most", span=(24, 200)),
    Setting("layout.lanes", 0, "lanes beside the text; 0: by the window", span=(0, 16)),
    Setting(
        "import.language",
        "",
        "language of documents, such as en; empty: guessed from each",
        project_may=True,
    ),
    Setting(
        "import.join_lines",
        "auto",
        "join hard-wrapped lines when importing",
        ("auto", "always", "never"),
        project_may=True,
    ),
)
"""Every setting."""

_MILD: Final = ("keys.", "keyboard.", "layout.")
"""Groups of settings that the screen can do without, even where a variable gives them."""

BY_NAME: Final = {setting.name: setting for setting in SETTINGS}
_TABLES: Final = {name.partition(".")[0] for name in BY_NAME if "." in name}

_TRUE: Final = ("1", "true", "yes", "on")
_FALSE: Final = ("0", "false", "no", "off")
_TABLE: Final = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]")
_KEY: Final = re.compile(r"^\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*[^=\s]+)*)\s*=")


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a setting and where it comes from."""

    value: Value
    origin: Origin
    place: str
    """File and line, or the variable's name; empty for a default."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the table ``[keys]``, as it stands there."""

    id: str
    """What gets the key: ``code.pick``."""
    value: object
    """Text, a list of texts, or anything else by mistake."""
    place: str = ""
    """File and line."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the settings."""

    message: str
    hint: str
    fatal: bool
    """A wrong value; an unknown name is only a warning."""
    mild: bool = False
    """The default does instead, and the screen opens all the same: nobody is locked out by it."""


@dataclass(slots=True)
class Config:
    """The settings that count here and now."""

    path: str
    """The user's file, whether it exists or not."""
    values: dict[str, Found] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    keys: list[KeyLine] = field(default_factory=list)
    """The user's own keys, in the order of the file; what they may be is the screen's matter."""

    def text(self, name: str) -> str:
        """Return the value of a text setting."""
        return str(self.values[name].value)

    def flag(self, name: str) -> bool:
        """Return the value of a setting that is yes or no."""
        return bool(self.values[name].value)

    def number(self, name: str) -> int:
        """Return the value of a setting that is a number."""
        return int(self.values[name].value)

    def refuse_errors(self, *, mild_too: bool = True) -> None:
        """Raise the first wrong value as an error.

        Args:
            mild_too: also one for which the default can stand in.

        Raises:
            QualError: there is one.
        """
        for problem in self.problems:
            if problem.fatal and (mild_too or not problem.mild):
                raise QualError(problem.message, problem.hint)


def config_path(environ: Mapping[str, str]) -> str:
    """Return the path of the user's file: ``$XDG_CONFIG_HOME/qual/config.toml``."""
    base = environ.get("XDG_CONFIG_HOME") or os.path.join(
        environ.get("HOME") or os.path.expanduser("~"), ".config"
    )
    return os.path.join(base, "qual", "config.toml")


def read_config(environ: Mapping[str, str], project: Mapping[str, str] | None = None) -> Config:
    """Return the settings that count.

    Args:
        environ: the environment.
        project: settings of the open project, if one is open.
    """
    config = Config(config_path(environ))
    config.values = {each.name: Found(each.default, "default", "") for each in SETTINGS}
    _take_file(config)
    for name, text in (project or {}).items():
        setting = BY_NAME.get(name)
        if setting is not None and setting.project_may:
            _take_text(config, setting, text, "project", f"setting {name} of the project")
    for setting in SETTINGS:
        if environ.get(setting.variable):
            _take_text(config, setting, environ[setting.variable], "environment", setting.variable)
    return config


def parse_value(setting: Setting, text: str) -> Value:
    """Return the value that a text gives a setting.

    Raises:
        QualError: it is none of the allowed values; names the nearest.
    """
    value: Value = text
    if isinstance(setting.default, bool):
        word = text.strip().casefold()
        if word not in (*_TRUE, *_FALSE):
            raise QualError(f"{setting.name} is {text!r}, neither true nor false.", "Write true.")
        value = word in _TRUE
    elif isinstance(setting.default, int):
        value = int(text) if text.strip().removeprefix("-").isdecimal() else text
    wrong = _why_wrong(setting, value)
    if wrong:
        raise QualError(*wrong)
    return value


def save_value(file_path: str, name: str, value: Value | list[str]) -> None:
    """Change one line of the user's file, comments kept; an empty text takes the line out.

    Args:
        file_path: the user's file; made when it is not there.
        name: of the setting, dotted, or ``keys.`` and the name of an act.
        value: of the setting's type, a list of keys, or the empty text.

    Raises:
        QualError: the file cannot be read or written; it is as it was.
    """
    import tomlkit

    try:
        with open(file_path, encoding="utf-8-sig", newline="") as file:
            document = tomlkit.parse(file.read())
    except FileNotFoundError:
        document = tomlkit.document()
    except (OSError, ValueError) as error:
        raise QualError(
            f"{file_path} cannot be read: {error}.", "Mend it first; nothing was changed."
        ) from error
    table: Any = document
    first, _, rest = name.partition(".")
    if rest:
        table = document.setdefault(first, tomlkit.table())
        name = rest
    if not isinstance(table, dict):
        message, hint = _no_table(first)
        raise QualError(f"{file_path}: {message}", f"{hint} Nothing was changed.")
    inner, _, last = name.partition(".")
    if last and isinstance(table.get(inner), dict) and last in table[inner]:
        table, name = table[inner], last  # written without quotes: code.pick = "c"
    if value == "":
        table.pop(name, None)
    else:
        table[name] = value
    _replace(file_path, tomlkit.dumps(document))


def _replace(file_path: str, text: str) -> None:
    draft = f"{file_path}.{os.getpid()}.new"
    try:
        os.makedirs(os.path.dirname(file_path), mode=0o700, exist_ok=True)
        with open(draft, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, file_path)
    except OSError as error:
        if os.path.exists(draft):
            os.unlink(draft)
        raise QualError(
            f"{file_path} cannot be written: {error.strerror}.",
            "It is as it was; free some space, or look who may write there.",
        ) from error


def name_hint(name: str) -> str:
    """Return a hint for a setting that is not known."""
    found = get_close_matches(name, BY_NAME, n=1)
    first = name.partition(".")[0]
    if not found and first in BY_NAME:
        found = [first]  # theme.colour: there is a theme, and nothing in it
    if not found and first != name:
        found = [f"[{each}]" for each in get_close_matches(first, _TABLES, n=1)]
    return f"Did you mean {found[0]}?" if found else "`qual config` lists all settings."


def _no_table(name: str) -> tuple[str, str]:
    """Return what is wrong where a table is given a value, and what to write."""
    return f"{name} must be a table.", f"Write [{name}] on a line of its own, what it holds below."


_KINDS: Final = {bool: "true or false", int: "a whole number", str: "text, in quotes"}


def _why_wrong(setting: Setting, value: object) -> tuple[str, str] | None:
    if type(value) is not type(setting.default):
        kind = _KINDS[type(setting.default)]
        return f"{setting.name} must be {kind}.", f"It is {value!r}."
    if setting.span and isinstance(value, int) and not setting.span[0] <= value <= setting.span[1]:
        least, most = setting.span
        return f"{setting.name} is {value}, out of its bounds.", f"From {least} to {most}."
    if setting.choices and value not in setting.choices:
        text = str(value)
        near = get_close_matches(text, setting.choices, n=1)
        # A whole word for its beginning: russian for ru.
        near = near or [one for one in setting.choices if len(one) > 1 and text.startswith(one)]
        guess = f"Did you mean {near[0]!r}? " if near else ""
        return (
            f"{setting.name} is {value!r}, which is no choice.",
            f"{guess}Choices: {', '.join(setting.choices)}.",
        )
    return None


def _take_text(config: Config, setting: Setting, text: str, origin: Origin, place: str) -> None:
    try:
        config.values[setting.name] = Found(parse_value(setting, text), origin, place)
    except QualError as error:
        mild = setting.name.startswith(_MILD)
        config.problems.append(Problem(f"{place}: {error.message}", error.hint, True, mild))


def _take_file(config: Config) -> None:
    try:
        with open(config.path, "rb") as file:
            text = file.read().decode("utf-8-sig")
        import tomllib  # noqa: PLC0415 - most have no configuration to read

        tables = tomllib.loads(text)
    except FileNotFoundError:
        return
    except OSError as error:
        config.problems.append(
            Problem(f"{config.path} cannot be read: {error.strerror}.", "", fatal=True, mild=True)
        )
        return
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, nested by the thousand
        place = f"{config.path} line {_wrong_line(error, config.path)}"
        why = _AT.sub("", str(error))
        if isinstance(error, UnicodeDecodeError):
            why = "this is no text in UTF-8"
        hint = "Mend that line, or move the file; until then the defaults count."
        config.problems.append(Problem(f"{place}: {why}.", hint, fatal=True, mild=True))
        return
    lines = _lines(text)
    for name, value in _flatten(tables):
        line = lines.get(name)
        place = f"{config.path} line {line}" if line else config.path
        setting = BY_NAME.get(name)
        if setting is None and name.startswith("keys."):
            config.keys.append(KeyLine(name.removeprefix("keys."), value, place))
        elif name in _TABLES:
            message, hint = _no_table(name)
            config.problems.append(Problem(f"{place}: {message}", hint, True, mild=True))
        elif setting is None:
            config.problems.append(
                Problem(f"{place}: there is no setting {name!r}.", name_hint(name), fatal=False)
            )
        elif wrong := _why_wrong(setting, value):
            config.problems.append(Problem(f"{place}: {wrong[0]}", wrong[1], True, mild=True))
        elif isinstance(value, str | int):
            config.values[name] = Found(value, "user", place)


_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def _wrong_line(error: Exception, path: str) -> int:
    """Return the line of a file that an error of reading it is about; the last one if unsaid."""
    found = _AT.search(str(error))
    if found is not None and found[1]:
        return int(found[1])
    with open(path, "rb") as file:
        content = file.read()
    if isinstance(error, UnicodeDecodeError):
        content = content[: error.start + 1]
    return content.rstrip(b"\n").count(b"\n") + 1


def _flatten(tables: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _lines(text: str) -> dict[str, int]:
    """Return the line in which each dotted name is set, for messages."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TABLE.match(line):
            table = _bare(match[1]) + "."
        elif match := _KEY.match(line):
            found.setdefault(table + _bare(match[1]), number)
    return found


def _bare(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in re.split(r"\s*\.\s*", name))
