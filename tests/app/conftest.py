"""What tests of the app on a real terminal share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.app.started import Started


@pytest.fixture
def start_app() -> Iterator[Started]:
    """Give what starts the app on a project and waits for its text."""
    with ExitStack() as stack:
        yield Started(stack)
