"""Codes that are given on a page without asking for them: by a digit, or the last ones again."""

from __future__ import annotations

from typing import ClassVar, Protocol

from tui.app.keybook import hint
from tui.app.state import Study


class SpeakingPage(Protocol):
    """A page that can say why not."""

    def say(self, text: str) -> None:
        """Say something in the bottom row."""


class CodeKeys:
    """Gives codes to what a page has marked, or to the highlighted row.

    Args:
        page: the page.
        study: the open study, with the slots and what was given last.
    """

    CODE_KEY: ClassVar[str]
    """The id of the page's key that asks for codes, to be named in messages."""

    def __init__(self, page: SpeakingPage, study: Study) -> None:
        self._study = study
        self._say = page.say

    def _give_these(self, code_ids: tuple[int, ...]) -> None:
        raise NotImplementedError

    def slot(self, digit: int) -> None:
        """Give the code of a slot, 1 to 9."""
        code_id = self._study.slots.get(digit)
        if code_id is None:
            self._say(f"Slot {digit} is empty · {hint(self.CODE_KEY, 'chooses a code')}")
        else:
            self._give_these((code_id,))

    def again(self) -> None:
        """Give the codes that were given last."""
        if self._study.last_codes:
            self._give_these(self._study.last_codes)
        else:
            self._say(f"No code was given yet · {hint(self.CODE_KEY, 'chooses one')}")
