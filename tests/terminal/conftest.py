"""What tests of the program on a real terminal share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.tiny import make_tiny


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Give a project in a workspace of its own."""
    (tmp_path / "study").mkdir()
    return make_tiny(tmp_path / "study" / "tiny.qual")


@pytest.fixture
def start() -> Iterator[ExitStack]:
    """Give a stack that closes every terminal at the end."""
    with ExitStack() as stack:
        yield stack
