"""Brings a project of an older schema up to date for commands too light to do it themselves."""

from __future__ import annotations


def bring_up_to_date(path: str, coder: str) -> None:
    """Bring a project to the present schema; a copy of it is kept.

    Args:
        path: the project file.
        coder: who works here.

    Raises:
        QualError: it cannot be; says why. The project is as it was.
    """
    # Costs ten times a search, once in the life of a project.
    from tui.cli.diagnostics import note  # noqa: PLC0415
    from tui.project.project import Project  # noqa: PLC0415

    with Project(path, coder) as project:
        if project.backup:
            note(f"The project was brought up to date; the older file is {project.backup}")
