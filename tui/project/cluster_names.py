"""Naming a cluster: the acts on the memos that do it (``analysis/cluster_names``)."""

from __future__ import annotations

from collections.abc import Sequence

from tui.analysis.cluster_names import (
    NAME_LIMIT,
    ON_PROJECT,
    find_name,
    named_clusters,
    naming_memo,
)
from tui.errors import Refused
from tui.model.code import Code
from tui.project.edits.memos import add_memo, change_memo, delete_memo
from tui.project.project import Project
from tui.store.memos import list_memos


def name_cluster(project: Project, codes: Sequence[Code], name: str, how: str = "") -> str:
    """Give a set of codes a name, another name, or none.

    Args:
        project: the open project.
        codes: the cluster.
        name: its name; empty takes an own one away.
        how: one line about how the cluster came about, for a new memo.

    Returns:
        The act in words: ``named``, ``renamed``, ``taken away``; empty when nothing changed.

    Raises:
        Refused: there are no codes, the name has several lines or is too long, or it cannot be
            written.
    """
    name = " ".join(name.split())
    if not codes:
        raise Refused("A cluster has at least one code: nothing was named.")
    if len(name) > NAME_LIMIT:
        raise Refused(f"The name of a cluster has at most {NAME_LIMIT} letters.")
    memos = list_memos(project.db, coder_ids=[project.coder_id], target=ON_PROJECT)
    own = find_name(named_clusters(memos), codes, project.coder_id)
    if own is None:
        if not name:
            return ""
        add_memo(project, ON_PROJECT, naming_memo(name, codes, how))
        return "named"
    if not name:
        delete_memo(project, own.memo_id)
        return "taken away"
    return "renamed" if change_memo(project, own.memo_id, own.renamed(name)) else ""
