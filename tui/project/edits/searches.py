"""Acts on saved searches: a query under a name, the same for all who code in the project."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tui.errors import Refused
from tui.project.act import Act, edit
from tui.store.searches import SavedRow, find_search

NAME_LIMIT: Final = 40
QUERY_LIMIT: Final = 1_000
_NAME: Final = re.compile(r"\w[\w.-]*")


@edit("search.save")
def save_search(act: Act, name: str, query: str, *, replace: bool = False) -> int:
    """Save a query under a name; return its id.

    Args:
        name: letters, digits, ``_``, ``-`` and dots; a query then finds it as ``@name``.
        query: what is searched for.
        replace: put it in the place of another query of that name.

    Raises:
        Refused: the name is none, or taken; or the query is empty.
    """
    name, query = _checked(name), " ".join(query.split())
    if not query:
        raise Refused("There is no query to save.", "Type one first.")
    if len(query) > QUERY_LIMIT:
        raise Refused(f"A saved search has {QUERY_LIMIT} characters at most; this is longer.")
    known = find_search(act.db, name)
    if known is None:
        act.subject = f"Saved the search @{name}"
        return act.rows.insert(
            "searches",
            {"name": name, "query": query, "coder_id": act.coder_id, "created_at": act.now},
        )
    if known[2] != query and not replace:
        raise Refused(
            f"There is a search @{known[1]} already: {known[2]}",
            "Choose another name, or replace it.",
        )
    if act.rows.update("searches", known[0], {"query": query}):
        act.subject = f"Replaced the search @{known[1]}"
    return known[0]


@edit("search.rename")
def rename_search(act: Act, name: str, new_name: str) -> None:
    """Give a saved search another name.

    Raises:
        Refused: there is none of that name, or the new one is none or taken.
    """
    known, new_name = _existing(act, name), _checked(new_name)
    other = find_search(act.db, new_name)
    if other is not None and other[0] != known[0]:
        raise Refused(f"There is a search @{other[1]} already.", "Choose another name.")
    if act.rows.update("searches", known[0], {"name": new_name}):
        act.subject = f"Renamed the search @{known[1]} to @{new_name}"


@edit("search.delete")
def delete_search(act: Act, name: str) -> None:
    """Delete a saved search; undo brings it back.

    Raises:
        Refused: there is none of that name.
    """
    known = _existing(act, name)
    act.rows.delete("searches", known[0])
    act.subject = f"Deleted the search @{known[1]}: {known[2]}"


def _existing(act: Act, name: str) -> SavedRow:
    known = find_search(act.db, name.strip().removeprefix("@"))
    if known is None:
        raise Refused(f"There is no saved search @{name}.", "`qual searches` lists them.")
    return known


def _checked(name: str) -> str:
    name = unicodedata.normalize("NFC", name.strip().removeprefix("@"))
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise Refused(
            f"{name!r} is no name for a search." if name else "A saved search needs a name.",
            "Use letters, digits, _, - and dots, without spaces: tests-by-year.",
        )
    if len(name) > NAME_LIMIT:
        raise Refused(f"A name has {NAME_LIMIT} characters at most; this one has {len(name)}.")
    return name
