"""What a click beside the text does: a lane focuses its coding, ``+`` lists what it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.actions.coding import act_on
from tui.app.desk import Desk
from tui.store.codings import read_coding


def focus_pointed(desk: Desk, coding_id: int) -> None:
    """Focus a coding whose lane was clicked; select its words where it is not under the selection.

    The rows below the text tell about the selection: what has the focus must be part of it.
    """
    if coding_id not in [coding.id for coding in desk.view.codings_here()]:
        coding = read_coding(desk.project.db, coding_id)
        if coding is not None:
            desk.view.select(coding.start, coding.end)
    act_on(desk, "focus", coding_id)


def list_pointed(desk: Desk, coding_ids: Sequence[int]) -> None:
    """List the codings that share the last lane of a row."""
    title = f"{len(coding_ids)} codings share this lane"
    desk.ask.choose_coding(coding_ids, title, lambda verb, one: act_on(desk, verb, one))
