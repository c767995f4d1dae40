"""From preset and settings to the keys that count: every bad line is named, none locks one out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Final

from tui.app.action import PANES, shown
from tui.app.actions import ACTIONS, BY_ID
from tui.app.keys.names import BadKey, held_by, read_keys
from tui.app.keys.presets import PRESETS, Keys, begin_with
from tui.app.screen_keys import PART, PARTS, SCREEN_KEYS, rows_of
from tui.config import Config, KeyLine

ALWAYS: Final = {"pane.text": "escape", "app.interrupt": "ctrl+c"}
"""Keys that stay with what they do: the way back to the text, and the answer to Ctrl+C."""
NEEDED: Final = ("app.palette",)
"""What must have a key: everything else is found from there."""

_IN_WORDS: Final = {"text": "the text", "tree": "the code tree"}


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """A line that does not count."""

    id: str
    message: str
    hint: str
    place: str
    fatal: bool = True
    """The line does not count; else it does, with a warning."""
    clash: bool = False
    """It would, but for the keys that acts without a line of their own have."""

    def __str__(self) -> str:
        return f"{self.message} ({self.place})" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Clash:
    """Two acts of one place that cannot both have their keys."""

    scope: str
    """The pane or screen, in words."""
    keys: str
    first: str
    """Id of the one act; the other is ``second``."""
    second: str
    begins: bool
    """One of them begins with the other's key: ``g`` and ``g u``."""


@dataclass(slots=True)
class KeySet:
    """The keys that count."""

    preset: str
    keys: dict[str, Keys]
    problems: list[KeyProblem] = field(default_factory=list)


def title_of(id: str) -> str:
    """Return what an id does, in a few words."""
    return BY_ID[id].title if id in BY_ID else SCREEN_KEYS[id].title


def where_of(id: str) -> str:
    """Return where the keys of an id work, in words."""
    if id in BY_ID:
        return " and ".join(_IN_WORDS[pane] for pane in BY_ID[id].where)
    return PART[id.partition(".")[0]].title


def is_fixed(id: str) -> bool:
    """Tell whether the keys of an id stay as they are."""
    return id in SCREEN_KEYS and SCREEN_KEYS[id].fixed


def preset_keys(preset: str) -> dict[str, Keys]:
    """Return every id with its keys in a preset, whatever the coder's own lines say."""
    defaults = [(action.id, action.keys) for action in ACTIONS]
    defaults += [(row.id, row.keys) for row in SCREEN_KEYS.values()]
    keys = begin_with(preset, defaults)
    chosen = PRESETS[preset].keys
    while (clash := next(find_clashes(keys), None)) is not None:
        # What the preset gives a key to takes it; the other keeps what it has besides.
        loser = clash.first if clash.second in chosen else clash.second
        keys[loser] = without(keys[loser], clash.keys)
    return keys


def keys_of_config(config: Config) -> KeySet:
    """Return the keys that count by the coder's settings."""
    return make_keys(config.text("keys.preset"), config.keys)


def make_keys(preset: str, lines: Sequence[KeyLine]) -> KeySet:
    """Return the keys that count; a line that cannot be followed leaves its act as it was.

    Args:
        preset: the keys to begin with; an unknown one is the default.
        lines: the coder's own, in the order of the file.
    """
    base = preset_keys(preset if preset in PRESETS else "default")
    result = KeySet(preset, dict(base))
    taken: dict[str, KeyLine] = {}
    for line in lines:
        keys = _read_line(line, base, result.problems)
        if keys is not None:
            result.keys[line.id] = keys
            taken[line.id] = line
    _take_back_clashes(result, base, taken)
    return result


def _read_line(line: KeyLine, base: Mapping[str, Keys], problems: list[KeyProblem]) -> Keys | None:
    """Return the keys of a line, None after noting why it does not count."""

    def refuse(message: str, hint: str = "") -> None:
        problems.append(KeyProblem(line.id, message, hint, line.place))

    if line.id not in base:
        near = get_close_matches(line.id, base, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else "`qual keys` lists all names."
        refuse(f"There is no {line.id!r} to give a key to.", hint)
        return None
    kept = f"{line.id} keeps {keys_in_words(base[line.id])}"
    if is_fixed(line.id):
        refuse(f"The keys of {line.id} cannot be changed; {kept}.", "Enter, Esc and y are fixed.")
        return None
    values = [line.value] if isinstance(line.value, str) else line.value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        refuse(f"keys.{line.id} must be a key in quotes, or a list of them; {kept}.")
        return None
    keys: list[str] = []
    for text in values:
        if not text and len(values) == 1:
            continue
        try:
            read = read_keys(text)
            _refuse_here(line.id, read)
        except BadKey as error:
            refuse(f"Key {text!r} {error.why}; {kept}.", error.instead)
            return None
        if read not in keys:
            keys.append(read)
        if holder := held_by(read):
            warning = f"Key {text!r} may be kept by {holder}, and never arrive."
            problems.append(KeyProblem(line.id, warning, "", line.place, fatal=False))
    missing = _missing(line.id, keys)
    if missing:
        refuse(f"{missing}; {kept}.")
        return None
    return tuple(keys)


def _refuse_here(id: str, keys: str) -> None:
    """Refuse keys that are no use for an act, or belong to another one for good.

    Raises:
        BadKey: they are.
    """
    for owner, key in ALWAYS.items():
        if key in keys.split(" ") and id != owner:
            raise BadKey(f"always means: {title_of(owner)}")
    if id not in SCREEN_KEYS:
        return
    if " " in keys:
        raise BadKey("is a row of keys, which only the text and the code tree take")
    part = PART[id.partition(".")[0]]
    if part.typing and len(keys) == 1:
        raise BadKey(f"is text in the {part.title}", "Take a key with ctrl.")


def _missing(id: str, keys: Sequence[str]) -> str:
    """Return what would be out of reach if an act had these keys only; empty: nothing."""
    if id in ALWAYS and ALWAYS[id] not in keys:
        return f"{shown(ALWAYS[id])} always stays with {title_of(id)!r}"
    if id in NEEDED and not keys:
        return f"{id} needs a key, for everything else is reached from there"
    return ""


def _take_back_clashes(result: KeySet, base: Mapping[str, Keys], taken: dict[str, KeyLine]) -> None:
    """Give acts their former keys until no two of one place share any."""
    order = list(taken)
    while True:
        clash = next(find_clashes(result.keys), None)
        if clash is None:
            return
        own = [id for id in (clash.first, clash.second) if id in taken]
        # The later line gives way.
        loser = max(own, key=order.index)
        other = clash.second if loser == clash.first else clash.first
        line = taken.pop(loser)
        result.keys[loser] = base[loser]
        how = "begins keys of" if clash.begins else "belongs to"
        message = (
            f"Key {shown(clash.keys)!r} {how} {other} ({title_of(other)}) in {clash.scope};"
            f" {loser} keeps {keys_in_words(base[loser])}."
        )
        hint = f'Give {other} another key first, or none: "{other}" = "".'
        clashes = other not in taken
        result.problems.append(KeyProblem(loser, message, hint, line.place, clash=clashes))


def find_clashes(keys: Mapping[str, Keys]) -> Iterator[Clash]:
    """Yield what cannot stand together in one pane or on one screen.

    Args:
        keys: every id with its keys.
    """
    for scope, ids, typing in _scopes():
        held: dict[str, str] = {}
        prefixes: dict[str, str] = {}
        for id in ids:
            for each in keys[id]:
                if typing and len(each) == 1:
                    continue
                other = held.setdefault(each, id)
                if other != id:
                    yield Clash(scope, each, other, id, begins=False)
                first, _, rest = each.partition(" ")
                if rest:
                    prefixes.setdefault(first, id)
        for first in prefixes.keys() & held.keys():
            yield Clash(scope, first, held[first], prefixes[first], begins=True)


@cache
def _scopes() -> list[tuple[str, list[str], bool]]:
    """Return the places where no two acts may share a key: name, ids, whether letters are text."""
    scopes = [
        (_IN_WORDS[pane], [action.id for action in ACTIONS if pane in action.where], False)
        for pane in PANES
    ]
    scopes += [
        (part.title, [row.id for row in rows_of(part.name) if row.do], part.typing)
        for part in PARTS
        if part.name not in ("list", "screen")
    ]
    return scopes


def clashes_of(id: str, new: Iterable[str], keys: Mapping[str, Keys]) -> list[Clash]:
    """Return what would be in the way if an act had these keys.

    Args:
        id: of the act.
        new: its keys then.
        keys: every id with its keys now.
    """
    wanted = {**keys, id: tuple(new)}
    return [clash for clash in find_clashes(wanted) if id in (clash.first, clash.second)]


def without(keys: Keys, taken: str) -> Keys:
    """Return keys without those that cannot stand beside ``taken``."""
    return tuple(each for each in keys if not _same_or_begins(each, taken))


def _same_or_begins(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def keys_in_words(keys: Keys) -> str:
    """Return keys as they are printed, ``no key`` when there are none."""
    return " ".join(repr(shown(each)) for each in keys) if keys else "no key"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One thing that can be done, with its keys, for lists of all of them."""

    id: str
    title: str
    where: str
    """The panes or the screen, in words."""
    help: str
    fixed: bool
    keys: Keys
    default: Keys
    """What it has while neither a preset nor a line of the settings says otherwise."""


def key_rows(keys: Mapping[str, Keys]) -> list[KeyRow]:
    """Return a row for everything that can be done: the panes first, then the screens.

    Args:
        keys: every id with its keys.

    Raises:
        KeyError: an id is missing.
    """
    rows = [
        KeyRow(a.id, a.title, where_of(a.id), a.help, False, keys[a.id], a.keys) for a in ACTIONS
    ]
    for row in SCREEN_KEYS.values():
        about = row.help or f"{row.title[0].upper()}{row.title[1:]}."
        rows.append(
            KeyRow(row.id, row.title, where_of(row.id), about, row.fixed, keys[row.id], row.keys)
        )
    return rows


def acts_in_text(keys: Mapping[str, Keys]) -> dict[str, str]:
    """Return which keys do what in the text: keys to id."""
    return {each: a.id for a in ACTIONS if "text" in a.where for each in keys[a.id]}
