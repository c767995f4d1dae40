"""Giving acts other keys while the program runs: they count at once, and are kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tui.app.action import shown
from tui.app.keybook import keys_of, use
from tui.app.keys.presets import Keys
from tui.app.keys.rules import (
    ALWAYS,
    NEEDED,
    KeyProblem,
    clashes_of,
    is_fixed,
    keys_of_config,
    preset_keys,
    title_of,
    without,
)
from tui.config import Config, Found, KeyLine, config_path, read_config, save_value
from tui.errors import QualError

# What could not be written counts until the program ends, and beside what is written later.
_UNSAVED: Final[dict[str, KeyLine]] = {}


@dataclass(frozen=True, slots=True)
class Taken:
    """An act that would lose keys to another one."""

    id: str
    left: Keys
    """What it would keep."""

    def in_words(self) -> str:
        """Say what would become of it."""
        rest = f"keeps {' '.join(map(shown, self.left))}" if self.left else "is left without a key"
        return f"{title_of(self.id)!r} {rest}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What giving keys to an act would do."""

    id: str
    keys: Keys
    taken: tuple[Taken, ...] = ()
    refusal: str = ""
    """Why it cannot be done; empty when it can."""


def current_preset() -> str:
    """Return the preset that counts."""
    return _config().text("keys.preset")


def plan(id: str, keys: Keys) -> Plan:
    """Return what giving an act these keys would do; nothing is changed.

    Args:
        id: of the act.
        keys: all the keys it would have.
    """
    if is_fixed(id):
        return Plan(
            id, keys, refusal="Enter, Esc and y mean the same everywhere: this one is fixed"
        )
    if id in ALWAYS and ALWAYS[id] not in keys:
        return Plan(id, keys, refusal=f"{shown(ALWAYS[id])} always stays with {title_of(id)!r}")
    if id in NEEDED and not keys:
        return Plan(id, keys, refusal="This needs a key: everything else is reached from there")
    now = _now()
    left: dict[str, Keys] = {}
    for clash in clashes_of(id, keys, now):
        other = clash.second if clash.first == id else clash.first
        mine = [each for each in keys if each == clash.keys or each.startswith(f"{clash.keys} ")]
        for each in mine or [clash.keys]:
            left[other] = without(left.get(other, now[other]), each)
    for other, rest in left.items():
        if is_fixed(other) or (other in ALWAYS and ALWAYS[other] not in rest):
            return Plan(id, keys, refusal=f"That key always means: {title_of(other)}")
        if other in NEEDED and not rest:
            return Plan(id, keys, refusal=f"{title_of(other)!r} needs this key: it has no other")
    return Plan(id, keys, tuple(Taken(other, rest) for other, rest in left.items()))


def carry_out(wanted: Plan) -> str:
    """Give an act its keys, now and from now on; return what was done, in words.

    Raises:
        QualError: it cannot be done; nothing was changed.
    """
    if wanted.refusal:
        raise QualError(f"{wanted.refusal}.", "")
    base = preset_keys(current_preset())
    given = {wanted.id: wanted.keys, **{each.id: each.left for each in wanted.taken}}
    trouble = _keep({id: None if keys == base[id] else keys for id, keys in given.items()})
    keys = " ".join(map(shown, wanted.keys)) or "no key"
    return _said(f"{title_of(wanted.id)}: {keys}", trouble)


def reset(id: str) -> str:
    """Give an act back the keys of the preset; return what was done, in words.

    Raises:
        QualError: another act has them now; nothing was changed.
    """
    keys = preset_keys(current_preset())[id]
    found = plan(id, keys)
    if found.taken:
        raise QualError(f"Its own keys are in use: {found.taken[0].in_words()} then.", "")
    return carry_out(found)


def choose_preset(name: str) -> str:
    """Begin with the keys of a preset; what the coder set besides still counts.

    Args:
        name: of the preset.
    """
    try:
        save_value(config_path(os.environ), "keys.preset", "" if name == "default" else name)
    except QualError as error:
        _UNSAVED["preset"] = KeyLine("preset", name)
        trouble = error.message
    else:
        _UNSAVED.pop("preset", None)
        trouble = ""
    problems = _apply()
    clashes = [each.id for each in problems if each.clash]
    bad = [each.id for each in problems if not each.clash]
    more = f", but not for {_few(clashes)}: {_clash(clashes)} with it" if clashes else ""
    if bad:
        more += f" · no use: {_few(bad)}, see `qual config check`"
    return _said(f"Keys: {name}{more}", trouble)


def _few(ids: list[str]) -> str:
    """Name ids as far as a row has room for them: the first two, and how many more."""
    return f"{', '.join(ids[:2])} and {len(ids) - 2} more" if len(ids) > 3 else ", ".join(ids)


def _clash(ids: list[str]) -> str:
    return "it clashes" if len(ids) == 1 else "they clash"


def _keep(lines: Mapping[str, Keys | None]) -> str:
    """Write lines of ``[keys]`` and let them count; return why they could not be written."""
    trouble = ""
    for id, keys in lines.items():
        value = "" if keys is None else keys[0] if len(keys) == 1 else list(keys)
        try:
            save_value(config_path(os.environ), f"keys.{id}", value)
            _UNSAVED.pop(id, None)
        except QualError as error:
            trouble = error.message
            _UNSAVED[id] = KeyLine(id, list(keys) if keys is not None else None)
    _apply()
    return trouble


def _apply() -> list[KeyProblem]:
    """Let the keys count; return what keeps lines of the coder's own from counting."""
    found = keys_of_config(_config())
    use(found.keys)
    return [problem for problem in found.problems if problem.fatal]


def _config() -> Config:
    """Return the settings with what could not be written."""
    config = read_config(os.environ)
    if "preset" in _UNSAVED:
        config.values["keys.preset"] = Found(str(_UNSAVED["preset"].value), "user", "")
    kept = [line for line in config.keys if line.id not in _UNSAVED]
    own = [line for line in _UNSAVED.values() if line.id != "preset" and line.value is not None]
    config.keys = [*kept, *own]
    return config


def _now() -> dict[str, Keys]:
    return {id: keys_of(id) for id in keys_of_config(_config()).keys}


def _said(what: str, trouble: str) -> str:
    return f"{what} · until you leave: {trouble}" if trouble else f"{what} · kept in config.toml"
