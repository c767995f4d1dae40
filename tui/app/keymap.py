"""From what the terminal sends to an action: layouts, names of keys, sequences."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeGuard

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.widget import Widget

from tui.app.action import PANES, Action, Pane, shown
from tui.app.keybook import hint, layout
from tui.app.keybook import key as key_of
from tui.app.keys.layouts import normalise
from tui.values import dataclass


def name_of(key: str, character: str | None) -> str:
    """Return the name by which actions know a key: what it prints, else its name."""
    if character and len(character) == 1 and character.isprintable() and character != " ":
        return character
    return key


@dataclass(frozen=True, slots=True)
class Waiting:
    """The key begins something: ``prefix`` is what has been pressed so far."""

    prefix: str
    following: tuple[tuple[str, Action], ...]


@dataclass(frozen=True, slots=True)
class Unbound:
    """The key leads nowhere; ``reason`` says what is possible."""

    reason: str


class KeyTable:
    """Which keys run which action in which pane.

    Args:
        actions: all actions.
        keys: gives the keys of an action by its id; left out: those it has by default.

    Raises:
        ValueError: two actions of one pane have the same keys.
    """

    def __init__(
        self, actions: Iterable[Action], keys: Callable[[str], Sequence[str]] | None = None
    ) -> None:
        self._table: dict[Pane, dict[str, Action]] = {pane: {} for pane in PANES}
        for action in actions:
            for pane in action.where:
                for each in action.keys if keys is None else keys(action.id):
                    held = self._table[pane].setdefault(each, action)
                    if held is not action:
                        raise ValueError(f"{each!r} in {pane}: {held.id} and {action.id}")
        self._prefixes: dict[Pane, dict[str, tuple[tuple[str, Action], ...]]] = {}
        for pane, table in self._table.items():
            groups: dict[str, list[tuple[str, Action]]] = {}
            for each, action in table.items():
                first, _, rest = each.partition(" ")
                if rest:
                    groups.setdefault(first, []).append((rest, action))
            self._prefixes[pane] = {first: tuple(rows) for first, rows in groups.items()}
            both = set(groups) & set(table)
            if both:
                raise ValueError(f"{both} in {pane} both act and begin something")

    def find(self, pane: Pane, prefix: str, key: str) -> Action | Waiting | Unbound:
        """Return what a key does.

        Args:
            pane: the pane that has the keys.
            prefix: the key before it that waits for one to follow, or empty.
            key: the key, by the name that ``name_of`` gives.
        """
        table = self._table[pane]
        if prefix:
            found = table.get(f"{prefix} {key}")
            if found is not None:
                return found
            possible = ", ".join(shown(rest) for rest, _ in self._prefixes[pane].get(prefix, ()))
            return Unbound(
                f"{shown(prefix)} {shown(key)} does nothing · after {prefix}: {possible}"
            )
        if key in self._prefixes[pane]:
            return Waiting(key, self._prefixes[pane][key])
        found = table.get(key)
        if found is not None:
            return found
        return Unbound(self._elsewhere(pane, key))

    def _elsewhere(self, pane: Pane, key: str) -> str:
        for other in PANES:
            if other != pane and (found := self._table[other].get(key)) is not None:
                there = key_of("pane.codes") if other == "tree" else key_of("pane.text")
                where, go = "code tree" if other == "tree" else "text", there
                return f"{shown(key)} is for the {where} ({go} goes there): {found.title}"
        more = f"{hint('app.help', 'shows every key')}, {hint('app.palette', 'every command')}"
        return f"{shown(key)} does nothing here · {more}"


_LONGEST_WAIT = 1.0
"""Seconds that keys wait for a screen at most; then they are read as they come."""


class KeyHolder:
    """A screen that may let the keys that come wait in the app until it knows whom they are for."""

    @property
    def holds_keys(self) -> bool:
        """Whether keys wait now; ``QualApp.read_keys`` gives them on when that is over."""
        return False


class KeyQueue:
    """Keys that have come and are not read yet: each is done with before the next is looked at.

    Without it what is typed fast goes to the screen that is shown when it comes, not to the one
    that the keys before it open or close. What is pasted stands in the same queue.

    Args:
        app: knows what has the focus.
        press: gives a key by its name to the screen that takes names; tells whether that is shown.
        forward: gives a key, or what was pasted, to whatever has the focus.
        is_open: tells whether what is shown can take keys yet; ``release`` says when it can.
        is_literal: tells whether letters are to be given as they were typed, as in a field.
    """

    def __init__(
        self,
        app: App[Any],
        press: Callable[[str], bool],
        forward: Callable[[events.Key | events.Paste], Awaitable[None]],
        is_open: Callable[[], bool],
        is_literal: Callable[[], bool],
    ) -> None:
        self._app = app
        self._is_literal = is_literal
        self._is_open = is_open
        self._press = press
        self._forward = forward
        self._typed: list[events.Key | events.Paste] = []
        self._waiting = False
        self._since = 0.0
        self._forgotten = 0.0

    def forget(self) -> None:
        """Do nothing with the keys that have been pressed until now and are not read yet."""
        self._typed.clear()
        self._forgotten = time.monotonic()

    async def take(self, event: events.Key | events.Paste) -> None:
        """Read a key, or what was pasted, after what came before it."""
        if event.time < self._forgotten:
            return
        self._typed.append(event)
        await self._read()

    def hold(self) -> None:
        """Let what is typed from now on wait: the screen it is meant for may be another one."""
        self._waiting, self._since = True, time.monotonic()

    def release(self) -> None:
        """Read on."""
        self._waiting = False
        if self._typed:
            self._app.call_later(self._read)

    async def _read(self) -> None:
        if not self._is_open():
            return
        if self._waiting and time.monotonic() - self._since < _LONGEST_WAIT:
            return
        self._waiting = False
        while self._typed and not self._waiting and self._is_open():
            event = self._typed.pop(0)
            if isinstance(event, events.Paste):
                await self._give(event)
                continue
            if not takes_text(self._app.focused) and not self._is_literal():
                meant = normalise(event.key, event.character, layout())
                event = _event(*meant[0])
                self._typed[:0] = [_event(*each) for each in meant[1:]]
            if not self._press(name_of(event.key, event.character)):
                await self._give(self._with_letters_behind(event))

    def _with_letters_behind(self, event: events.Key) -> events.Key:
        """Return a letter that goes into a text with all that wait behind it, as one key.

        However fast somebody types, what has come is put in and drawn at once.
        """
        if not self._typed or not _is_letter(event) or not takes_text(self._app.focused):
            return event
        letters = [event.character or ""]
        while self._typed and _is_letter(behind := self._typed[0]):
            letters.append(behind.character or "")
            del self._typed[0]
        return events.Key("letters", "".join(letters)) if len(letters) > 1 else event

    async def _give(self, event: events.Key | events.Paste) -> None:
        """Give an event to whatever has the focus, and read on when it is done with."""
        self.hold()
        target = self._app.focused or self._app.screen
        await self._forward(event)
        self._go_round(target)

    def _go_round(self, node: DOMNode) -> None:
        """Read on when a key has been through the queues it goes through, and what it set off."""
        # Up to the app, where keys become bindings, and once more for what those set off; twice
        # at each station, since what it sets off there stands behind it in the same queue.
        stations = [each for each in node.ancestors_with_self for _ in range(2)] * 2

        def go_on() -> None:
            while stations:
                # As ``call_later``, which looks up anew each time what its function takes.
                if stations.pop(0).post_message(events.Callback(callback=go_on)):
                    return
            self.release()

        go_on()


def _event(name: str, character: str | None) -> events.Key:
    """Return a key as the screen library names it: ``slash`` for ``/``, as in its bindings."""
    return events.Key(_character_to_key(name) if len(name) == 1 else name, character)


def _is_letter(event: events.Key | events.Paste) -> TypeGuard[events.Key]:
    """Tell whether a key does nothing but print; Alt with one is Esc and then the letter."""
    return isinstance(event, events.Key) and event.is_printable and not event.key.startswith("alt+")


def takes_text(widget: Widget | None) -> bool:
    """Tell whether keys are text in a widget; its module need not be loaded to know."""
    names = {cls.__name__ for cls in type(widget).__mro__}
    return not names.isdisjoint({"Input", "TextArea"})
