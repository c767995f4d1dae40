"""The top row: which study, who codes, how much there is, whether it is saved."""

from __future__ import annotations

from tui.app.document.cells import width
from tui.app.state import Study
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, PLAIN, Row, clip

_LEAST_NAME = 8
_AROUND = len(" qual ·  · ")


class TitleRow(Lines):
    """The title row of the workbench."""

    def tell_study(self, study: Study) -> None:
        """Show the study as it is now."""
        self.show(title_row(study, self._cells))


def title_row(study: Study, cells: int) -> Row:
    """Return the title row of a study at a width; the study's name gives way first."""
    project = study.project
    documents = len(study.documents)
    parts = [
        f"coder {clip(project.coder, 24)}",
        f"{documents:,} doc{'' if documents == 1 else 's'}",
        f"{study.segments:,} segment{'' if study.segments == 1 else 's'}",
    ]
    if hidden := len(study.hidden_coders):
        parts.append(f"{hidden} coder{'' if hidden == 1 else 's'} hidden")
    if project.network:
        parts.append("network disk")
    parts.append("read-only" if project.read_only else "saved")
    while len(parts) > 2 and width(" · ".join(parts)) > cells - _AROUND - _LEAST_NAME:
        # What cannot be done here stays; how much there is can be asked for.
        del parts[1]
    tail = " · ".join(parts)
    name = clip(study.title, max(cells - _AROUND - width(tail), _LEAST_NAME))
    return [(" qual", BOLD), (f" · {name} · {tail}", PLAIN)]
