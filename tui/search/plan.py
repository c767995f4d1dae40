"""From the tree of a query to what decides it in a project: the joints, once for each place.

``in:`` is a condition on what is found: an alternative that names no place is looked for in the
texts, one that names several in each of them. ``coder:`` and ``stem:`` say something about what
they are joined with by AND, also inside its parentheses; the innermost wins. A ``coder:`` without
a ``code:`` or ``uncoded:`` to speak of is the condition that this coder coded the passage.
"""

from __future__ import annotations

from tui.search import filters
from tui.search.hit import Found
from tui.search.joints import Asked, Both, Condition, Either, Leaf, Without
from tui.search.matching import LIVE_LIMIT, READ
from tui.search.query import PLACES, All, Filter, Pattern, Phrase, QueryError, Word
from tui.search.tree import Any, Near, Not, Same
from tui.search.worlds import Codes, Memos, Passages
from tui.store import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Callable, Iterable

    from tui.search.asking import Asking
    from tui.search.hit import Hit
    from tui.search.joints import Joint
    from tui.search.query import Query
    from tui.search.rank import Judge, Term, Unit
    from tui.search.tree import Node
    from tui.search.verdict import Verdict
    from tui.search.vocabulary import Vocabulary
    from tui.search.worlds import World

    MakeTerm = Callable[[Word | Phrase | Pattern, str, Vocabulary | None], Term]
    """Makes the term of a word, phrase or expression; the language of its stems, or none; and
    the words it may reach (None: those of the index)."""
    Weigh = Callable[[list[Term]], list[float]]
    EachHit = Callable[[list[int], list[Term], Judge | Verdict], Iterable[Hit]]
    """Reads passages and yields their hits, as the engine does."""


class Plan:
    """What a query asks of one place.

    Attributes:
        place: ``text``, ``memos`` or ``codes``.
        world: its texts.
        root: what must hold.
    """

    __slots__ = ("place", "root", "world")

    def __init__(self, place: str, world: World, root: Joint) -> None:
        self.place = place
        self.world = world
        self.root = root

    def rows(self, breathe: Callable[[], None], most: int | None = None) -> list[int]:
        """Return every text that holds, in order; where it must be read, so many may do."""
        return sorted(self.root.rows(Asked(self.world, breathe, self.root, most), None))


class Planner:
    """Makes the plans of one query.

    Args:
        db: a reader.
        query: as read.
        coder: whose codings count, with those of the coders they have turned on.
        make_term: makes the terms.
        weigh: tells how much each term counts.
    """

    def __init__(
        self, db: Connection, query: Query, coder: str, make_term: MakeTerm, weigh: Weigh
    ) -> None:
        self._db = db
        self._query = query
        self._coder = coder
        self._make_term = make_term
        self._weigh = weigh
        self._shown = lookup.shown_coders(db, coder)
        self._vocabulary: Vocabulary | None = None
        self._place = "text"
        self._world: World = Passages(db)
        self.notes: list[str] = []

    def plans(self) -> list[Plan]:
        """Return the plans of all places that the query asks.

        Raises:
            QueryError: a filter names what does not exist, or means nothing there.
        """
        root: Node = self._query.root
        made = []
        for place in PLACES:
            wanted = _named(self._query, root, place)
            if place == "text":
                wanted = _any([wanted, _unnamed(root)])
            if _is_never(wanted):
                continue
            self._enter(place)
            joint = self._joint(wanted, self._shown, "")
            self._weigh_leaves(joint.leaves())
            made.append(Plan(place, self._world, joint))
        return made

    def _enter(self, place: str) -> None:
        self._place = place
        self._vocabulary = None
        if place == "memos":
            self._world = Memos(self._db, self._shown)
        elif place == "codes":
            from tui.search.elsewhere import WordsOf  # noqa: PLC0415 - only for in:codes

            self._world = codes = Codes(self._db)
            self._vocabulary = WordsOf(self._db, [text for _, text in codes.rows.values()])

    def _weigh_leaves(self, leaves: list[Leaf]) -> None:
        for leaf, weight in zip(leaves, self._weigh([leaf.term for leaf in leaves]), strict=True):
            leaf.weight = weight

    def _joint(self, node: Node, coder_ids: list[int], stem: str) -> Joint:
        """Return what decides a node, under the coders and the stems that hold there."""
        if isinstance(node, (Word, Phrase, Pattern)):
            term = self._make_term(node, stem, self._vocabulary)
            return Leaf(term, 1.0, self._world.indexed)
        if isinstance(node, Filter):
            return self._condition(node, coder_ids)
        if isinstance(node, All):
            return self._all(node, coder_ids, stem)
        if isinstance(node, Not):
            return Without(self._joint(node.part, coder_ids, stem))
        parts = [self._joint(part, coder_ids, stem) for part in node.parts]
        if isinstance(node, (Near, Same)):
            from tui.search.ties import Close, Together  # noqa: PLC0415 - rarer than OR and NOT

            if isinstance(node, Near):
                return Close(parts[0], parts[1], node.words)
            return Together(parts, node.unit)
        return Either(parts)

    def _all(self, node: All, coder_ids: list[int], stem: str) -> Joint:
        parts = list(node.parts)
        for item in node.parts:
            if isinstance(item, Filter) and item.name == "stem":
                stem = item.value
                parts.remove(item)
        coders = [p for p in parts if isinstance(p, Filter) and p.name == "coder" and not p.negated]
        if len(coders) > 1:
            filters.refuse_second_coder(self._query, coders[1])
        if coders and self._place == "text" and any(_speaks_of_codings(part) for part in parts):
            coder_ids = self._only(coders[0])
            parts.remove(coders[0])
        joints = [self._joint(part, coder_ids, stem) for part in parts]
        if not joints and node.parts:
            # Nothing but a language: it says nothing of its own.
            return Either([])
        return joints[0] if len(joints) == 1 else Both(joints)

    def _only(self, item: Filter) -> list[int]:
        """Return the coder that counts, when shown."""
        chosen = filters.coder_of(self._db, self._query, item)
        if chosen not in self._shown:
            note = filters.note_hidden(item.value, self._coder)
            self.notes += [note] * (note not in self.notes)
        return [row for row in self._shown if row == chosen]

    def _condition(self, item: Filter, coder_ids: list[int]) -> Condition:
        db, query = self._db, self._query
        filters.refuse_elsewhere(query, item, self._place)
        if isinstance(self._world, Memos):
            return Condition(self._memos(item, self._world), item.negated)
        negated = item.negated
        if item.name == "coder":
            found = lookup.coded_passages(db, self._only(item))
        elif item.name == "code":
            found = filters.coded_with(db, query, item, coder_ids, self.notes)
        elif item.name == "uncoded":
            found, negated = lookup.coded_passages(db, coder_ids), not negated
        elif item.name == "doc":
            found = lookup.passages_of(db, filters.documents_of(db, query, item))
        else:
            found = filters.attributed(db, query, item)
            filters.note_nobody(db, query, item, self.notes)
            negated = negated != (item.sign == "!=")
        return Condition(found, negated)

    def _memos(self, item: Filter, world: Memos) -> set[int]:
        """Return the memos of a coder, about a code, or in a document."""
        if item.name == "coder":
            chosen = self._only(item)
            return {number for number, row in world.rows.items() if row[7] in chosen}
        if item.name == "code":
            _, keys = filters.codes_of(self._db, self._query, item)
            return {number for number, row in world.rows.items() if row[5] in keys}
        documents = filters.documents_of(self._db, self._query, item)
        return {number for number, row in world.rows.items() if row[2] in documents}


def _speaks_of_codings(node: Node) -> bool:
    """Tell whether a node has a filter that a coder beside it is about."""
    if isinstance(node, Filter):
        return node.name in ("code", "uncoded")
    if isinstance(node, Not):
        return _speaks_of_codings(node.part)
    parts: list[Node] = getattr(node, "parts", [])
    if any(isinstance(p, Filter) and p.name == "coder" and not p.negated for p in parts):
        # That one speaks of them, or is a condition.
        return not isinstance(node, All) and any(_speaks_of_codings(p) for p in parts)
    return any(_speaks_of_codings(part) for part in parts)


def _has_place(node: Node) -> bool:
    if isinstance(node, Filter):
        return node.name == "in"
    if isinstance(node, Not):
        return _has_place(node.part)
    return any(_has_place(part) for part in getattr(node, "parts", ()))


def _never() -> Node:
    return Any([])


def _is_never(node: Node) -> bool:
    if isinstance(node, Any):
        return all(map(_is_never, node.parts))
    return isinstance(node, All) and any(map(_is_never, node.parts))


def _any(parts: list[Node]) -> Node:
    kept = [part for part in parts if not _is_never(part)]
    return kept[0] if len(kept) == 1 else Any(kept)


def _placeless(node: Node) -> Node:
    """Return the tree without any place."""
    if isinstance(node, Filter) and node.name == "in":
        return All([])
    if not _has_place(node):
        return node
    parts = [_placeless(part) for part in getattr(node, "parts", ())]
    return All(parts) if isinstance(node, All) else Any(parts)


def _unnamed(node: Node) -> Node:
    """Return the alternatives that name no place."""
    if isinstance(node, Filter) and node.name == "in":
        return _never()
    if not _has_place(node):
        return node
    parts = [_unnamed(part) for part in getattr(node, "parts", ())]
    return All(parts) if isinstance(node, All) else _any(parts)


def _named(query: Query, node: Node, place: str) -> Node:
    """Return the alternatives that name a place, freed from naming it."""
    if isinstance(node, Filter) and node.name == "in":
        return All([]) if node.value == place else _never()
    if not _has_place(node):
        return _never()
    if isinstance(node, Not):
        hint = "Name the places where to search instead."
        raise QueryError(query.source, node.at, "A place cannot be left out.", hint)
    parts: list[Node] = getattr(node, "parts", [])
    if not isinstance(node, All):
        return _any([_named(query, part, place) for part in parts])
    ways: list[Node] = []
    for at, part in enumerate(parts):
        if _has_place(part):
            others = [_placeless(p) for number, p in enumerate(parts) if number != at]
            named = _named(query, part, place)
            if not _is_never(named):
                ways.append(All([named, *others]))
    return _any(ways)


def search_planned(
    asking: Asking,
    asked: tuple[Query, int | None, bool, Unit],
    breathe: Callable[[], None],
    each_hit: EachHit,
) -> Found:
    """Return what is found, in no order yet.

    Args:
        asking: reads the query for the project.
        asked: the query, most hits that will be shown (None for all), whether it is still typed
            and no more than a live list is needed, and what the span of a hit is.
        breathe: called now and then; raises when the search is to stop.
        each_hit: reads passages.
    """
    from tui.search.verdict import Verdict  # noqa: PLC0415 - counting does without

    query, limit, typing, unit = asked
    plans, notes = asking.plans(query, typing)
    found = Found(notes)
    for plan in plans:
        rows = plan.rows(breathe, READ + 1 if typing else None)
        found.total += len(rows)
        judge = Verdict(plan.root, unit)
        if plan.place == "text":
            found.more = typing and len(rows) > READ
            found.hits += each_hit(rows[:READ] if typing else rows, [], judge)
        else:
            found.hits += _elsewhere(plan, rows, judge)
    if found.more:
        found.total = LIVE_LIMIT if limit is None else limit
    found.more |= asking.cut
    return found


def _elsewhere(plan: Plan, rows: list[int], judge: Verdict) -> list[Hit]:
    """Return the hits among memos or codes."""
    from tui.search import elsewhere  # noqa: PLC0415 - only for in:memos and in:codes

    hits = []
    for row, text, packed in plan.world.texts(rows):
        judged = judge.judge(text, packed, row)
        if isinstance(plan.world, Memos):
            hits.append(elsewhere.memo_hit(plan.world.rows[row], judged))
        elif isinstance(plan.world, Codes):
            hits.append(elsewhere.code_hit(*plan.world.rows[row], judged))
    return hits
