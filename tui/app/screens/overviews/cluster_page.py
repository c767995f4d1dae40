"""What the page of clusters works out and says; its keys are in ``clusters``."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from tui.analysis.cluster_names import ON_PROJECT, NamedCluster, named_clusters
from tui.analysis.dendrogram import number
from tui.analysis.incidence import Incidence, Unit
from tui.analysis.tree import Tree
from tui.app.keybook import hint
from tui.app.screens.counting import CountingPage
from tui.app.screens.hidden import hidden_words
from tui.app.screens.overviews.cluster_panel import panel_of_cluster, panel_of_left
from tui.app.screens.overviews.cluster_view import (
    Settings,
    Shown,
    count_columns,
    items_of,
)
from tui.app.screens.spoken import is_accessible
from tui.app.state import Study
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, columns
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.store.memos import list_memos
from tui.text.counted import counted

_NOW: Final = 20_000
"""Up to so many segments are counted at once; more are counted in a thread."""
_DOCUMENTS_NOW: Final = 2_000
"""In up to so many documents."""
_CODES_NOW: Final = 150
"""Up to so many codes are compared and joined at once."""
_OF_TREE: Final = frozenset(("clusters.fewer", "clusters.more", "clusters.name", "clusters.export"))
"""What can be done with a tree alone."""
_WIDE: Final = 120
"""Cells from which on the clusters are listed beside the tree."""


class ClustersPage(CountingPage[int | None]):
    """Shows which codes stand in the same places; the result is a code to look at, or None.

    Args:
        study: what is shown of the project.
        code_id: the code that the cursor is on at first; None for the first one.
    """

    SCREEN = "clusters"
    VIEW = "view.clusters"
    LOW = 18
    AUTO_FOCUS = ""

    @dataclass
    class Made(Message):
        """A thread has made a tree."""

        settings: Settings
        shown: Shown | None

    def __init__(self, study: Study, code_id: int | None = None) -> None:
        super().__init__()
        self._study = study
        self._first = code_id
        self._tree = Tree((code.id, code.parent_id) for code in study.codes)
        self._settings = Settings()
        self._found: dict[tuple[Unit, int], Incidence] = {}
        """What was counted, by columns and level."""
        self._shown: Shown | None = None
        self._of_left = False
        self._waiting = False

    @property
    def listing(self) -> VirtualList:
        """The codes as they stand in the tree, or those that are left out."""
        return self.query_one(VirtualList)

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor."""
        at, shown = self.listing.highlighted, self._shown
        if shown is None or at < 0:
            return None
        return shown.made.left[at].item if self._of_left else shown.made.items[shown.leaves[at]]

    def compose(self) -> ComposeResult:
        """Make heading, axis, tree and what the cluster at the cursor is."""
        yield Rows(id="heading")
        yield Rows(id="axis")
        yield Rows(classes="rule")
        with Horizontal(id="both"):
            yield VirtualList(self._row, self._moved)
            yield Rows(id="panel")
        yield Rows(classes="rule")
        yield Rows(id="about")
        yield Rows(id="facts")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Count and join, in a thread where that takes its time."""
        self._make()

    def on_resize(self, event: events.Resize) -> None:
        """Put the clusters beside the tree where there is room."""
        self.set_class(event.size.width >= _WIDE and not is_accessible(self.app), "-wide")

    @property
    def idle_keys(self) -> frozenset[str]:
        """What cannot be done now: without a tree, among what is left out, on no code."""
        shown, idle = self._shown, frozenset[str]()
        if shown is None or self._of_left or not shown.enough:
            idle |= _OF_TREE
        elif shown.at == 0:
            idle |= {"clusters.more"}
        elif shown.at == len(shown.cuts) - 1:
            idle |= {"clusters.fewer"}
        if shown is None or (not shown.made.left and not self._of_left):
            idle |= {"clusters.left"}
        if not self._study.branch.get(self.code_in_hand or 0, 0):
            idle |= {"clusters.open"}
        if self._tree.depth < 2:
            idle |= {"clusters.level"}
        return idle

    @property
    def verbs_now(self) -> dict[str, str]:
        """Where the key of what is left out leads now."""
        return {"clusters.left": "back to the tree"} if self._of_left else {}

    # What is worked out

    def _make(self) -> None:
        study, settings = self._study, self._settings
        self._tree = Tree((code.id, code.parent_id) for code in study.codes)
        documents = [(document.id, document.passages) for document in study.documents]
        coders, items = list(study.visible), items_of(self._tree, settings.level)
        names, coder_id = self._names(), study.project.coder_id
        codes = {code.id: code for code in study.codes}
        found = self._found.get((settings.unit, settings.level))
        few = study.segments <= _NOW and len(documents) <= _DOCUMENTS_NOW
        if (found is not None or few) and len(codes) <= _CODES_NOW:
            found = found or count_columns(
                study.project.db, documents, coders, settings.unit, items
            )
            assert found is not None
            self._take(settings, Shown.of(settings, found, codes, names, coder_id))
            return
        self._waiting = True
        self._tell()

        def make(db: sqlite3.Connection) -> Shown | None:
            counted_ = found
            if counted_ is None:
                counted_ = count_columns(
                    db, documents, coders, settings.unit, items,
                    lambda: not self._left and self._settings == settings,
                )  # fmt: skip
            if counted_ is None:
                return None  # nobody waits for it any more
            return Shown.of(settings, counted_, codes, names, coder_id)

        self._count_apart(make, "cluster codes", lambda shown: self.Made(settings, shown))

    def _names(self) -> list[NamedCluster]:
        study = self._study
        return named_clusters(
            list_memos(study.project.db, coder_ids=study.visible, target=ON_PROJECT)
        )

    @on(Made)
    def _made(self, event: Made) -> None:
        event.stop()
        if event.settings != self._settings:
            return
        if event.shown is None:
            self._waiting = False
            self._tell()
            self.say("That could not be counted; `qual check` in a shell says what is wrong")
        else:
            self._take(event.settings, event.shown)

    def _take(self, settings: Settings, shown: Shown) -> None:
        before = self._shown
        code = self._first if before is None else self.code_in_hand
        if before is not None and before.settings == settings:
            shown.cut_near(before.similarity)
        self._waiting = False
        self._shown = shown
        self._found[settings.unit, settings.level] = shown.found
        self._list(code)

    def _list(self, code: int | None) -> None:
        """Fill the list; the cursor stays on a code when it is there."""
        shown = self._shown
        if shown is None:
            return
        if self._of_left:
            items = [left.item for left in shown.made.left]
        else:
            items = [shown.made.items[leaf] for leaf in shown.leaves] if shown.enough else []
        at = items.index(code) if code in items else 0
        self.listing.show(len(items), at if items else NONE)
        self._fit()

    def _fit(self) -> None:
        if not self.is_mounted:
            return
        if self._shown is not None and self.listing.size.width:
            self._shown.fit(self.listing.size.width - 1)
        self.listing.redraw()
        self._tell()

    # What is said

    def _row(self, index: int, cells: int) -> Row:
        shown = self._shown
        if shown is None:
            return []
        if self._of_left:
            return shown.left_row(index, cells)
        if is_accessible(self.app):
            return shown.spoken_row(index)
        if not shown.drawing:
            shown.fit(cells)
        return shown.row(index, cells)

    def _moved(self, index: int) -> None:
        if self.is_mounted:
            self._tell_about()
            self._fit_keys()

    def _tell(self) -> None:
        if not self.is_mounted:
            return
        shown, settings = self._shown, self._settings
        said = settings.words()
        if hidden := hidden_words(self._study):
            said += f" · {hidden}"
        cut = ""
        if shown is not None and shown.enough:
            cut = f"cut {number(shown.similarity)} → {counted(len(shown.clusters), 'cluster')} "
        title: Row = [(" CLUSTERS  ", BOLD), (said, PLAIN)]
        self.query_one("#heading", Rows).show(columns(title, [(cut, BOLD)], self.size.width))
        self._tell_axis()
        self._tell_facts()
        self._tell_about()
        self._fit_keys()

    def _tell_axis(self) -> None:
        axis, shown = self.query_one("#axis", Rows), self._shown
        if self._of_left:
            axis.show(columns([(" LEFT OUT", BOLD)], [("segments  why ", DIM)], self.size.width))
        elif shown is None or not shown.enough:
            axis.tell("")
        elif is_accessible(self.app):
            axis.tell(" cluster, code, what it joins and at which similarity", DIM)
        else:
            axis.show(shown.head(self.listing.size.width - 1))

    def _tell_facts(self) -> None:
        shown = self._shown
        if self._waiting or shown is None:
            self.query_one("#facts", Rows).tell(" counting …", DIM)
            return
        left = ""
        if shown.made.left:
            way = "back to the tree" if self._of_left else f"{len(shown.made.left):,} left out"
            left = hint("clusters.left", way)
        said = shown.facts(self.size.width - 2, left)
        self.query_one("#facts", Rows).tell(f" {said}", DIM)

    def _tell_about(self) -> None:
        about, shown, at = self.query_one("#about", Rows), self._shown, self.listing.highlighted
        if shown is None:
            about.show([])
        elif self._of_left:
            self._about_left(about, shown, at)
        elif not shown.enough:
            fewer = "fewer" if self._settings.least > 1 else "another number of"
            more = hint("clusters.least", f"takes codes with {fewer} segments")
            about.show([(f" {shown.nothing()}", BOLD)], [(f" {more}", DIM)])
        elif at >= 0:
            self._about_cluster(about, shown, at)
        self._tell_panel()

    def _about_left(self, about: Rows, shown: Shown, at: int) -> None:
        if not 0 <= at < len(shown.made.left):
            about.show([(" No code is left out.", DIM)])
            return
        left = shown.made.left[at]
        code = shown.codes[left.item]
        about.show(
            [(f" {code.key} {code.name}", BOLD)],
            [(f" {counted(left.segments, 'segment')} · left out: {shown.why(left)}", PLAIN)],
        )

    def _about_cluster(self, about: Rows, shown: Shown, at: int) -> None:
        item = shown.leaves[at]
        of = shown.cluster_of[item]
        title = f" Cluster {of} {shown.title_of(of)}".rstrip()
        members = ", ".join(shown.code(each).name for each in shown.clusters[of - 1])
        sizes = f" {shown.sizes(of)} "
        room = self.size.width - len(sizes)
        left: Row = [(clip(title, room), BOLD), (" = ", DIM), (members, PLAIN)]
        code = shown.code(item)
        segments = counted(shown.found.segments[code.id], "segment")
        joins = f" · {segments} · {shown.joins(at)}"
        name = clip(f" {code.key} {code.name}", max(self.size.width // 2, 12))
        about.show(columns(left, [(sizes, PLAIN)], self.size.width), [(name, PLAIN), (joins, DIM)])

    def _tell_panel(self) -> None:
        """Say beside the tree what ties the codes of the cluster at the cursor."""
        if not self.has_class("-wide"):
            return
        panel, shown, at = self.query_one("#panel", Rows), self._shown, self.listing.highlighted
        cells, height = max(panel.size.width - 1, 10), max(panel.size.height, 1)
        rows: list[Row] = []
        if shown is not None and at >= 0:
            if self._of_left:
                rows = panel_of_left(shown, at, cells, height)
            elif shown.enough:
                of = shown.cluster_of[shown.leaves[at]]
                rows = panel_of_cluster(shown, of, cells, height)
        # The line before an empty panel would part nothing.
        panel.set_class(not rows, "-bare")
        panel.show(*rows)
