"""The coder's keys at the start: whoever has set none pays nothing for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.keybook import use, use_layout
from tui.config import Config

if TYPE_CHECKING:
    from tui.app.keys.rules import KeyProblem


def take_keys(config: Config) -> list[KeyProblem]:
    """Let the keys of the settings count; return what is wrong with them.

    Args:
        config: the coder's settings.
    """
    use_layout(config.text("keyboard.layout"))
    if not config.keys and config.text("keys.preset") == "default":
        use({})
        return []
    # Most coders keep the keys they find.
    from tui.app.keys.rules import keys_of_config  # noqa: PLC0415

    found = keys_of_config(config)
    use(found.keys)
    return found.problems
