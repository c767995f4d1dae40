"""A driver that keeps what would be sent to the terminal."""

from __future__ import annotations

from typing import Any

from textual.drivers.headless_driver import HeadlessDriver


class Capture(HeadlessDriver):
    """A driver that keeps what is written."""

    is_headless = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written: list[str] = []

    def write(self, data: str) -> None:
        """Keep the bytes."""
        self.written.append(data)
