"""Which keys of the search can do something now, and what: for its bottom row. No widgets."""

from __future__ import annotations

from collections.abc import Mapping

from tui.app.screens.bulk.gather import is_codable
from tui.app.screens.search.rows import taken_first
from tui.app.screens.search.searcher import Answer
from tui.search.hit import Hit
from tui.values import dataclass

_CODING = ("search_list.slot", "search_list.code", "search_list.again")


@dataclass(frozen=True, slots=True)
class Acts:
    """What the bottom row of the search offers."""

    idle: frozenset[str] = frozenset()
    """Ids of rows in ``screen_keys`` that can do nothing."""
    verbs: Mapping[str, str] | None = None
    """What some do instead of what they mostly do, by id."""


def acts_in_field(answer: Answer, hit: Hit | None, query: str, *, way: bool, past: bool) -> Acts:
    """Return what can be done while the query is typed.

    Args:
        answer: what is shown; the answer to the query.
        hit: the highlighted one.
        query: as it stands in the field.
        way: whether a name at the end of the query can be completed.
        past: whether there are earlier queries to bring back.
    """
    idle = set()
    verbs = {}
    if hit is None or hit.document_id is None or answer.error:
        idle.add("search_page.open")
    if not answer.has_whole:
        if way:
            verbs["search_page.list"] = "complete the name"
        elif taken_first(answer) is not None and not answer.error:
            verbs["search_page.list"] = "nearest word"
        else:
            idle.add("search_page.list")
    if not query.strip() or answer.error or answer.missing:
        idle.add("search_page.save")
    if not query:
        idle.add("search_page.empty")
        if past:
            verbs["search_page.earlier"] = "earlier queries"
    return Acts(frozenset(idle), verbs)


def acts_in_list(
    answer: Answer, hit: Hit | None, *, marked: bool, slots: bool, again: bool
) -> Acts:
    """Return what can be done with the hits.

    Args:
        answer: what is shown.
        hit: the highlighted one.
        marked: whether some are marked: then acts are on those.
        slots: whether a digit gives a code.
        again: whether there are codes that were given last.
    """
    idle = set()
    place = hit is not None and hit.document_id is not None
    if not place:
        idle.add("search_list.open")
    if not (place and hit is not None and hit.passage_id):
        idle.add("search_list.like")
        if not marked:
            idle.add("search_list.memo")
    if not marked and not (hit is not None and is_codable(hit)):
        idle.update(_CODING)
    if hit is None or not is_codable(hit):
        idle.add("search_list.mark")
    if not any(map(is_codable, answer.hits)):
        idle.update(("search_list.mark_all", "search_list.preview"))
    if not slots:
        idle.add("search_list.slot")
    if not again:
        idle.add("search_list.again")
    return Acts(frozenset(idle))
