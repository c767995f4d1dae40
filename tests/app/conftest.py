"""What the tests of the app share: a pilot that waits for rest."""

from __future__ import annotations

import pytest

from tests.app.rest import share_styles, use_rest


@pytest.fixture(autouse=True)
def resting_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait until nothing is left to do, however fast the machine is."""
    use_rest(monkeypatch)
    share_styles(monkeypatch)
