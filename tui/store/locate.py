"""Finds the project file and the coder from where and by whom the program was called."""

from __future__ import annotations

import os

from tui.errors import ProjectNotFound, SeveralProjects

# Known to type checkers by its name; importing ``typing`` would cost half an interpreter.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIX = ".qual"


def find_project(start_dir: str, explicit: str | None, env: Mapping[str, str]) -> str:
    """Return the path of the project file.

    Args:
        start_dir: where to begin the search upward.
        explicit: what ``-p/--project`` named: a file, or a folder that holds one.
        env: the environment; ``QUAL_PROJECT`` is asked when ``explicit`` is None.

    Raises:
        ProjectNotFound: there is none.
        SeveralProjects: a folder holds two.
    """
    named = explicit or env.get("QUAL_PROJECT")
    if named:
        if os.path.isdir(named):
            found = _only_project(named)
            if found:
                return found
        elif os.path.exists(named):
            return named
        raise ProjectNotFound(
            f"There is no project at {named}.",
            "Name the file with -p FILE, or make one with `qual init`.",
        )
    folder = os.path.abspath(start_dir)
    while True:
        found = _only_project(folder)
        if found:
            return found
        parent = os.path.dirname(folder)
        if parent == folder:
            raise ProjectNotFound(
                f"There is no project (*{SUFFIX}) in {os.path.abspath(start_dir)} or above it.",
                "Go to its folder, name it with -p FILE, or make one with `qual init`.",
            )
        folder = parent


def _only_project(folder: str) -> str | None:
    """Return the one project file of a folder, or None."""
    try:
        names = [name for name in os.listdir(folder) if name.endswith(SUFFIX) and name != SUFFIX]
    except OSError:
        return None
    files = sorted(path for name in names if os.path.isfile(path := os.path.join(folder, name)))
    if len(files) > 1:
        listed = ", ".join(os.path.basename(path) for path in files)
        raise SeveralProjects(
            f"{folder} holds {len(files)} projects: {listed}.", "Name one with -p FILE."
        )
    return files[0] if files else None


def find_coder(explicit: str | None, env: Mapping[str, str]) -> str:
    """Return the name of the coder: ``--coder``, ``QUAL_CODER``, the login name or the user id."""
    named = explicit or env.get("QUAL_CODER") or env.get("LOGNAME") or env.get("USER")
    if named:
        return named
    import pwd  # noqa: PLC0415 - only where the environment names nobody

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
