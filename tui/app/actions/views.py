"""Looking at the whole: codebook, matrix, co-occurrence, clusters, project."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.action import Action
from tui.app.actions.jumps import disagreement, nobody_to_compare
from tui.app.actions.navigate import remember
from tui.app.actions.segments import arrive
from tui.app.desk import Desk
from tui.app.keybook import hint

Passage = tuple[int, int, int]
"""Document, start, end."""


def codebook(desk: Desk) -> None:
    """Show the codebook as a page; go to the segments of a code, or to it in the tree."""

    def go(verb: str, code_id: int) -> None:
        if verb == "tree":
            desk.tree.jump(code_id)
            desk.go_to_pane("tree")
        else:
            desk.ask.show_segments(code_id, lambda *found: arrive(desk, *found), "")

    desk.ask.look_at_codebook(go)


def matrix(desk: Desk) -> None:
    """Show codes against documents; go to the segments of a cell."""
    desk.ask.look_at_matrix(
        lambda code_id, filter: desk.ask.show_segments(
            code_id, lambda *found: arrive(desk, *found), filter
        )
    )


def project(desk: Desk) -> None:
    """Show the project as a page; open a document from there."""
    desk.ask.look_at_project(lambda document_id: desk.open_document(document_id))


def pairs(desk: Desk) -> None:
    """Show which codes overlap; go to the passages of a pair, one after the other."""

    def go(passages: list[Passage]) -> None:
        document_id, *span = passages[0]
        desk.open_document(document_id, (span[0], span[1]))
        desk.go_to_pane("text")
        remember(desk, lambda at, way: _next(at, passages, way), "passage of the pair")
        if len(passages) > 1:
            again = hint("go.again", "shows the next one")
            desk.say(f"Passage 1 of {len(passages):,} of the pair   {again}")

    desk.ask.look_at_pairs(go)


def agreement(desk: Desk) -> None:
    """Show where two coders differ; go to a disagreement, and from there to the next ones."""

    def go(document_id: int, start: int, end: int) -> None:
        desk.open_document(document_id, (start, end))
        desk.go_to_pane("text")
        remember(desk, disagreement, "disagreement")

    desk.ask.look_at_agreement(go)


def clusters(desk: Desk) -> None:
    """Show which codes stand in the same places; go to the segments of one."""
    desk.ask.look_at_clusters(
        lambda code_id: desk.ask.show_segments(code_id, lambda *found: arrive(desk, *found), "")
    )


def _next(desk: Desk, passages: Sequence[Passage], direction: int) -> None:
    document = desk.study.document
    span = desk.view.selected_span or (0, 0)
    order = {each.id: at for at, each in enumerate(desk.study.documents)}
    here = (order.get(document.id, 0) if document else 0, *span)
    placed = sorted((order[each[0]], *each[1:]) for each in passages if each[0] in order)
    beyond = [each for each in placed if (each > here if direction > 0 else each < here)]
    if not beyond:
        side = "after" if direction > 0 else "before"
        desk.refuse(f"No passage of the pair {side} this one")
        return
    at, start, end = beyond[0] if direction > 0 else beyond[-1]
    desk.open_document(desk.study.documents[at].id, (start, end))


def _no_codes(desk: Desk) -> str | None:
    return None if desk.study.codes else f"No codes yet · {hint('code.pick', 'makes one')}"


def _no_cells(desk: Desk) -> str | None:
    if not desk.study.documents:
        return f"No documents yet · {hint('pane.documents', 'brings some in')}"
    return _no_codes(desk)


_BOTH = ("text", "tree")

ACTIONS = (
    Action("view.codebook", "codebook",
           "Shows the codebook as a page: definitions, what to include and exclude, how often.",
           ("w c",), ("text", "tree"), codebook, _no_codes),
    Action("view.matrix", "matrix",
           "Shows how often each code stands in each document, or by an attribute.", ("w m",),
           ("text", "tree"), matrix, _no_cells),
    Action("view.cooc", "co-occurrence", "Shows which codes overlap, and how often.", ("w o",),
           ("text", "tree"), pairs, _no_cells),
    Action("view.clusters", "clusters", "Groups codes that stand in the same places, as a tree.",
           ("w t",), ("text", "tree"), clusters, _no_cells),
    Action("view.agreement", "agreement",
           "Shows where two coders differ, and how far they agree.", ("w i",),
           ("text", "tree"), agreement, nobody_to_compare),
    Action("view.project", "project", "Shows the project as a page: what it holds, how far it is.",
           ("w p",), ("text", "tree"), project),
)  # fmt: skip
