"""What a screen is called that keys wait for."""

from __future__ import annotations


class KeyHolder:
    """A screen that may let the keys that come wait in the app until it knows whom they are for."""

    @property
    def holds_keys(self) -> bool:
        """Whether keys wait now; ``QualApp.read_keys`` gives them on when that is over."""
        return False
