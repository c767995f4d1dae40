"""Leaping: two letters of a word in sight, and the selection is there."""

from __future__ import annotations

from typing import Final
from unicodedata import combining

from tui.app.action import Action, shown
from tui.app.actions.edges import reach
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk
from tui.app.document.leap import labelled, targets
from tui.app.document.motions import Bounds
from tui.app.keybook import key as key_of
from tui.app.keybook import key_list

_LETTERS: Final = 2


class Leap:
    """Reads the letters of a leap, and the label where several words begin with them.

    Always two letters, although one may be enough: hands learn one movement. Space or Enter
    after the first says that the word has no more.

    Args:
        desk: where the leap happens.
        extend: take the word into the selection rather than select it.
    """

    def __init__(self, desk: Desk, *, extend: bool) -> None:
        self._desk = desk
        self._extend = extend
        self._key = key_of("text.leap_extend" if extend else "text.leap")
        self._typed: list[str] = []
        self._labels: dict[str, Bounds] = {}
        self._found = 0
        self._missed = ""
        """Why the last key led nowhere: the rest of a word that was typed is no command."""

    @property
    def literal(self) -> bool:
        """Letters are taken as typed, whatever the layout; labels by their place on it."""
        return not self._labels

    def prompt(self) -> str:
        """Return what is waited for."""
        typed = "".join(self._typed)
        if self._missed:
            return f"{self._missed} · Esc"
        if self._labels:
            count = len(self._labels)
            if self._found > count:
                have = f"{self._found} words, the nearest {count} have letters"
                return f"{self._key} {typed}: {have} · Backspace, then a rarer one · Esc"
            return f"{self._key} {typed}: press one of the {count} letters · Esc"
        if typed:
            return f"{self._key} {typed}_: next letter, or Space · Esc"
        what = "take in a word in sight" if self._extend else "a word in sight"
        return f"{self._key}: two letters of {what} · Esc"

    def press(self, key: str) -> bool:
        """Take a key; return whether another one is waited for."""
        self._missed = ""
        if self._labels:
            return self._choose(key)
        if key == "escape":
            self._desk.refuse("No leap")
        elif key == "backspace":
            if self._typed:
                self._typed.pop()
                return True
            self._desk.refuse("No leap: the last letter was taken back")
        elif key in ("space", "enter"):
            if self._typed:
                return self._look(whole=True)
            self._desk.refuse(f"No leap: {self._key} is followed by two letters of a word in sight")
        elif len(key) > 1:
            self._desk.refuse(f"No leap: {self._key} is followed by letters, not by {shown(key)}")
        else:
            return self._letter(key)
        return False

    def cancel(self) -> None:
        """Take the labels away."""
        if self._labels:
            self._labels = {}
            self._desk.view.set_labels({})

    def _letter(self, letter: str) -> bool:
        self._typed.append(letter)
        # A mark that is typed by itself belongs to the letter before it and is no letter.
        count = sum(not combining(each) for each in self._typed)
        return self._look(whole=False) if count >= _LETTERS else True

    def _look(self, *, whole: bool) -> bool:
        view = self._desk.view
        typed = "".join(self._typed)
        words = view.visible_words()
        if not self._extend and view.selection is not None:
            # To leap to where one is would look as if nothing had happened.
            words = [word for word in words if word != view.selected_span]
        found = targets(view.text, words, typed, whole=whole)
        if not found:
            self._missed = f"No word in sight begins with or holds “{typed}”: two other letters"
            self._typed.clear()
            return True
        if len(found) == 1:
            self._land(found[0])
            return False
        at = view.selection
        near = 0 if at is None else at.start
        self._found = len(found)
        self._labels = labelled(found, near)
        view.set_labels({start: label for label, (start, _) in self._labels.items()})
        return True

    def _choose(self, key: str) -> bool:
        word = self._labels.get(key)
        if word is None and len(key) == 1:
            self._missed = f"{key} is over none of the words: press a letter that is"
            return True
        self.cancel()
        if word is not None:
            self._land(word)
        elif key == "backspace":
            self._typed.pop()
            return True
        elif key == "escape":
            self._desk.refuse("No leap")
        else:
            self._desk.refuse(f"No leap: {shown(key)} is over none of the words")
        return False

    def _land(self, word: Bounds) -> None:
        if self._extend:
            reach(self._desk, *word)
        else:
            self._desk.view.select(*word, "word")


def _blocked(desk: Desk) -> str | None:
    """Say why nothing can be leapt to."""
    if desk.view.is_heard:
        ways = key_list("text.word_prev", "text.word_next", "search.document")
        return f"Leaping needs a page in sight; {ways} find words by ear"
    return no_text(desk)


ACTIONS = (
    Action("text.leap", "leap to a word in sight",
           "Two letters of a word on the screen select it; where several begin with them, one"
           " more key chooses.", ("f",), ("text",),
           lambda desk: desk.read_keys(Leap(desk, extend=False)), _blocked, "leap"),
    Action("text.leap_extend", "extend to word in sight",
           "Like f, but the selection stretches to the word, or a focused coding does.", ("F",),
           ("text",), lambda desk: desk.read_keys(Leap(desk, extend=True)), _blocked,
           "leap extend"),
)  # fmt: skip
