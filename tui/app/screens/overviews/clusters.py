"""The page of clusters: codes that stand in the same places, as a tree that is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on

from tui.analysis.cluster_names import NAME_LIMIT
from tui.analysis.clusters import LINKAGES, MEASURES
from tui.analysis.dendrogram import number
from tui.analysis.incidence import UNITS
from tui.app.keybook import hint
from tui.app.screens.overviews.cluster_page import ClustersPage
from tui.app.screens.overviews.cluster_view import MINIMA, Settings, after
from tui.app.screens.prompt import PromptScreen
from tui.app.screens.stepping import Stepping
from tui.app.screens.table_file import ask_and_write
from tui.app.state import Study
from tui.app.widgets.rows import clip
from tui.app.widgets.virtual_list import VirtualList
from tui.errors import QualError
from tui.model.code import Code
from tui.project.cluster_names import name_cluster
from tui.text.counted import counted


class ClustersScreen(ClustersPage):
    """The page with its keys; the result is a code to look at, or None.

    Args:
        study: what is shown of the project.
        code_id: the code that the cursor is on at first; None for the first one.
    """

    def __init__(self, study: Study, code_id: int | None = None) -> None:
        super().__init__(study, code_id)
        self._stepping = Stepping(self, study.project, "clusters.undo", "clusters.redo")

    def action_cut(self, by: int) -> None:
        """Move the cut: to the right for fewer clusters, to the left for more."""
        shown = self._shown
        if not self._has_tree() or shown is None:
            return
        to = shown.at + by
        if 0 <= to < len(shown.cuts):
            self.unsay()
            shown.cut(to)
            self._fit()
        elif by < 0:
            self.say("No further cut: what is left of it is exactly alike")
        elif len(shown.clusters) == 1:
            self.say("No further cut: it is one cluster")
        else:
            last = number(shown.made.tree.joins[-1].similarity)
            self.say(f"No further cut: these {len(shown.clusters)} join all at once, at {last}")

    def action_measure(self) -> None:
        """Compare by the next measure."""
        self._settle(replace(self._settings, measure=after(self._settings.measure, MEASURES)))

    def action_counts(self) -> None:
        """Compare how often codes stand somewhere, or only whether."""
        self._settle(replace(self._settings, counts=not self._settings.counts))

    def action_linkage(self) -> None:
        """Join by the next linkage."""
        self._settle(replace(self._settings, linkage=after(self._settings.linkage, LINKAGES)))

    def action_unit(self) -> None:
        """Compare by paragraphs, segments or documents."""
        self._settle(replace(self._settings, unit=after(self._settings.unit, UNITS)))

    def action_level(self) -> None:
        """Take the codes of one level with all below, then every code alone again."""
        depth = self._tree.depth
        if depth < 2:
            self.say(f"The code tree has one level only · {self.keys_row()}")
            return
        self._settle(replace(self._settings, level=after(self._settings.level, range(depth))))

    def action_least(self) -> None:
        """Leave out codes with fewer segments than another number."""
        self._settle(replace(self._settings, least=after(self._settings.least, MINIMA)))
        self.say(f"Codes with at least {counted(self._settings.least, 'segment')}")

    def _settle(self, settings: Settings) -> None:
        self.unsay()
        self._settings = settings
        self._make()

    def action_left(self) -> None:
        """Show the codes that are left out, or the tree again."""
        shown = self._shown
        if shown is None:
            self.say("Still counting")
        elif not shown.made.left and not self._of_left:
            self.say(f"No code is left out · {self.keys_row()}")
        else:
            self.unsay()
            self._of_left = not self._of_left
            self._list(None)

    def _has_tree(self) -> bool:
        shown = self._shown
        if shown is None or self._waiting:
            self.say("Still counting")
        elif not shown.enough:
            self.say(f"{shown.nothing()} {hint('clusters.least', 'takes others')}")
        elif self._of_left:
            self.say(f"These are in no cluster · {hint('clusters.left', 'back to the tree')}")
        else:
            return True
        return False

    def action_open(self) -> None:
        """Close with the code whose segments are wanted."""
        code = self.code_in_hand
        if code is None:
            self.say(f"No code here · {self.keys_row()}")
        elif not self._study.branch.get(code, 0):
            name = self._study.by_id[code].name
            self.say(f"No segments of {clip(name, 30)} yet · {self.keys_row()}")
        else:
            self.lead(code)

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_name(self) -> None:
        """Ask for a name of the cluster at the cursor."""
        shown, at = self._shown, self.listing.highlighted
        if (
            not self._has_tree()
            or shown is None
            or at < 0
            or not self.may_write(self._study.project)
        ):
            return
        of = shown.cluster_of[shown.leaves[at]]
        codes = [shown.code(each) for each in shown.clusters[of - 1]]
        called = shown.title_of(of).removeprefix("≈ ")
        how = f"{shown.settings.words()} · cut {number(shown.similarity)}"

        def typed(name: str | None) -> None:
            if name is not None:
                self._call(of, codes, "" if name == "-" else name, how)

        title = f"Name of cluster {of}, {counted(len(codes), 'code')}"
        line = "Kept as a memo on the project; a - takes it away."
        prompt = PromptScreen(title, called, line, limit=NAME_LIMIT)
        self.app.push_screen(prompt, typed)

    def _call(self, of: int, codes: Sequence[Code], name: str, how: str) -> None:
        try:
            done = name_cluster(self._study.project, codes, name, how)
        except QualError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        self._rename()
        if done:
            said = f"Cluster {of} is {name}" if name else f"Cluster {of} has no name any more"
            self.say(f"{clip(said, 60)}   {hint('clusters.undo', 'undo')}")
        else:
            self.say("Nothing was changed")

    def _rename(self) -> None:
        """Show names that have changed."""
        if self._shown is not None:
            self._shown.call(self._names())
            self._tell()

    def action_undo(self) -> None:
        """Take back this coder's newest act, whatever it was."""
        self._stepping.undo()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self._stepping.redo()

    def reload(self) -> None:
        """Take in what a step through the history has changed."""
        change = self._study.project.last_change
        if change is not None and change.action.startswith("memo."):
            self._rename()
        else:
            self._found.clear()
            self._make()

    def renew(self) -> None:
        """Count anew what has changed under another page."""
        self._found.clear()
        self._make()

    def action_export(self) -> None:
        """Ask for a file and write the codes with their clusters into it."""
        shown = self._shown
        if not self._has_tree() or shown is None:
            return
        ask_and_write(
            self,
            self._study.project.path,
            "Write the clusters to",
            "clusters",
            shown.lines,
            shown.command,
            "clusters.export",
        )

    def action_leave(self) -> None:
        """Go back to the tree, then to where one was."""
        if self._of_left:
            self.action_left()
        else:
            self.dismiss(None)
