"""What the tests of the app share: a pilot that waits for rest, the app on a real terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.app.rest import share_styles, use_rest
from tests.app.started import Started


@pytest.fixture(autouse=True)
def resting_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait until nothing is left to do, however fast the machine is."""
    use_rest(monkeypatch)
    share_styles(monkeypatch)


@pytest.fixture
def start_app() -> Iterator[Started]:
    """Give what starts the app on a project and waits for its text."""
    with ExitStack() as stack:
        yield Started(stack)
