"""Where errors end: what goes wrong inside an act becomes words on the screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from tui.app.work import log_error
from tui.errors import QualError


class Border:
    """Runs what a key started and shows what went wrong.

    Args:
        show: shows a message and a hint until the next key.
    """

    def __init__(self, show: Callable[[str, str], None]) -> None:
        self._show = show

    def run(self, doing: str, do: Callable[[], None]) -> bool:
        """Do something; tell whether it went without an error.

        Args:
            doing: what is done, in words, for the error log.
            do: does it.
        """
        try:
            do()
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
