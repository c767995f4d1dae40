"""Where errors end: what goes wrong inside an act becomes words on the screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from tui.app.work import log_error
from tui.errors import ProjectLocked, QualError


class Border:
    """Runs what a key started and shows what went wrong.

    Args:
        show: shows a message and a hint until the next key.
        forget_keys: forgets the keys that were pressed while an act waited in vain: they were
            meant for what would have come of it.
    """

    def __init__(
        self, show: Callable[[str, str], None], forget_keys: Callable[[], None] = lambda: None
    ) -> None:
        self._show = show
        self._forget_keys = forget_keys

    def run(self, doing: str, do: Callable[[], None]) -> bool:
        """Do something; tell whether it went without an error.

        Args:
            doing: what is done, in words, for the error log.
            do: does it.
        """
        try:
            do()
        except ProjectLocked as error:
            self._forget_keys()
            self._show(error.message, f"{error.hint} Keys pressed meanwhile were not read.")
        except QualError as error:
            self._show(error.message, error.hint)
        except sqlite3.Error as error:
            path = log_error(error, doing)
            self._show(
                f"The project file gave an error ({error}); that was not done: {doing}.",
                f"What was saved before is safe; details in {path}",
            )
        except Exception as error:  # noqa: BLE001 - a mistake in one act must not end the session
            path = log_error(error, doing)
            self._show(
                f"That did not work: {doing} ({type(error).__name__}). This is a mistake in qual.",
                f"What was saved before is safe; details in {path}",
            )
        else:
            return True
        return False
