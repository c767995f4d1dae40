"""What the coder must know when a project opens."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.actions.unsaved import tell_unsaved
from tui.app.desk import Desk
from tui.app.keybook import key


def told_at_start(desk: Desk, troubles: Sequence[str]) -> tuple[str, str] | None:
    """Return the weightiest thing to say when a project opens, and what to do; None for nothing.

    Args:
        desk: the open study.
        troubles: what is wrong with the configuration.
    """
    project = desk.project
    reason = project.read_only_reason
    if reason is not None:
        return f"Read-only: {reason.message}", reason.hint
    if project.backup:
        return (
            "The project was brought to this version's form.",
            f"As it was before, it is kept in {project.backup}",
        )
    if project.network:
        return (
            f"This project lies on a network disk ({project.network}): one writer at a time.",
            "Others can read it meanwhile; you hold the writer's place until you quit.",
        )
    if troubles:
        more = f"{len(troubles) - 1} more. " if len(troubles) > 1 else ""
        return troubles[0], f"{more}`qual config check` names all, with file and line."
    if unsaved := tell_unsaved(desk):
        return f"{unsaved}.", f"{key('app.palette')} unsaved memo opens it."
    if not desk.study.documents:
        keys = f"{key('pane.documents')} and then {key('documents.import')}"
        return "No documents yet.", f"{keys} bring some in; so does `qual import` in a shell."
    return None
