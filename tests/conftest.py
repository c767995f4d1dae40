"""What all tests share: an empty home, a clock that stands still, a tiny project."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.tiny import Clock, make_tiny
from tui.project.project import Project

ROOT = Path(__file__).resolve().parent.parent

_ORDINARY = settings(
    deadline=None,  # a busy machine is no bug
    max_examples=60,
    print_blob=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("ordinary", _ORDINARY)
settings.register_profile("torture", _ORDINARY, max_examples=3000)
settings.load_profile("torture" if os.environ.get("QUAL_TORTURE") else "ordinary")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # As behind `nohup … &`: whatever the tests start would never hear of Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

_FOREIGN = (
    *("COLORFGBG", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM"),
    *("EDITOR", "VISUAL", "PAGER", "LESS", "LESSCHARSET", "LANG", "LANGUAGE", "LC_CTYPE", "TZ"),
    *("SSH_CONNECTION", "SSH_TTY", "STY", "TMUX", "TEXTUAL", "TEXTUAL_FPS"),
)
"""What a terminal, a shell or a developer may have set and no test counts on."""

Opener = Callable[..., Project]
RunPython = Callable[..., subprocess.CompletedProcess[str]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs out unless they are asked for by their mark."""
    if "torture" in str(config.getoption("markexpr")):
        return
    long = [item for item in items if item.get_closest_marker("torture")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(autouse=True)
def empty_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hide the developer's own configuration, data, name and terminal from every test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in [name for name in os.environ if name.startswith("QUAL_")]:
        if name != "QUAL_TORTURE":
            monkeypatch.delenv(name)
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.setenv("USER", "ann")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    return home


@pytest.fixture
def clock() -> Clock:
    """Give a clock that starts at a fixed time and goes on by a second with each look."""
    return Clock()


@pytest.fixture
def tiny(tmp_path: Path) -> str:
    """Give the path of a tiny project: two documents, four codes, three codings by zoe."""
    return make_tiny(tmp_path / "tiny.qual")


@pytest.fixture
def open_tiny(tiny: str, clock: Clock) -> Iterator[Opener]:
    """Give a function that opens the tiny project as a coder; all are closed at the end."""
    opened: list[Project] = []

    def open_as(coder: str = "ann") -> Project:
        project = Project(tiny, coder, clock=clock)
        opened.append(project)
        return project

    yield open_as
    for project in opened:
        project.close()


@pytest.fixture
def project(open_tiny: Opener) -> Project:
    """Give the tiny project, opened by ann."""
    return open_tiny("ann")


@pytest.fixture
def run_python(empty_home: Path) -> RunPython:
    """Give a function that runs Python code in a clean interpreter from the root of the checkout.

    Its environment is the test's own; ``env`` adds to it, ``args`` become ``sys.argv[1:]``.
    """

    def run(
        code: str, *args: str, env: dict[str, str] | None = None, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *args],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    return run
