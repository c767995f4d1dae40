"""The box under the passage of a hit, where there is room: codes nearby, and where all hits are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import on
from textual.message import Message

from tui.app.screens.search.nearby import Lookout, Nearby
from tui.app.screens.search.nearby_rows import LEAST, nearby_rows
from tui.app.screens.search.searcher import Answer
from tui.app.widgets.rows import Rows
from tui.model.code import Code
from tui.project.project import Project

_FROM = 24
"""From so many rows beside the list on, a third of them is this box."""


class NearbyBox(Rows):
    """Says at once what the listed hits tell; a thread adds what is coded around one of them.

    Args:
        project: the open project.
    """

    @dataclass
    class Looked(Message):
        """It is known what is coded around a hit."""

        near: Nearby

    def __init__(self, project: Project) -> None:
        super().__init__(id="nearby")
        self._project = project
        self._near = Nearby()
        self._lookout: Lookout | None = None
        self._answer = Answer(0, "")
        self._at = 0
        self._codes: Mapping[str, Code] = {}

    def fit(self, rows: int) -> None:
        """Take a share of so many rows; without room, none."""
        self.styles.height = rows // 3 if rows >= _FROM else 0

    def tell_of(self, answer: Answer, at: int, codes: Mapping[str, Code]) -> None:
        """Tell of a hit.

        Args:
            answer: the hits.
            at: the number of the highlighted one.
            codes: codes by key.
        """
        self._answer, self._at, self._codes = answer, at, codes
        self._draw()
        hit = answer.hits[at] if 0 <= at < len(answer.hits) else None
        if hit is None or not hit.passage_id or self.size.height < LEAST:
            return
        if self._lookout is None:
            self._lookout = Lookout(self._project.path, self._project.coder, self._hear)
        self._lookout.look(hit)

    def _hear(self, near: Nearby) -> None:
        """Take over what the thread has seen."""
        self.post_message(self.Looked(near))

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        event.stop()
        self._near = event.near
        self._draw()

    def _draw(self) -> None:
        cells, height = self.size
        self.show(*nearby_rows(self._answer, self._at, self._near, self._codes, cells, height))

    def on_unmount(self) -> None:
        """End the thread."""
        if self._lookout is not None:
            self._lookout.close()
