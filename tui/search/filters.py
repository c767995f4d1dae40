"""Filters of a query: from what was written to the passages that satisfy it.

A filter is a condition on the passage. Codings of coders who are not turned on do not exist here.
"""

from __future__ import annotations

from tui.search.distance import distance
from tui.search.query import QueryError
from tui.store import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterable
    from typing import NoReturn

    from tui.search.query import Filter, Query


_FEW = 3
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Scope:
    """What the filters of one query leave.

    Attributes:
        coder_ids: whose codings and memos count.
        chosen: passages must be among these; None for all.
        excluded: passages must not be among these.
        notes: what the reader should know about the result.
    """

    __slots__ = ("chosen", "coder_ids", "excluded", "notes")

    def __init__(self, coder_ids: list[int]) -> None:
        self.coder_ids = coder_ids
        self.chosen: set[int] | None = None
        self.excluded: set[int] = set()
        self.notes: list[str] = []

    def limit(self, passages: set[int], negated: bool) -> None:
        """Keep only these passages, or all but these."""
        if negated:
            self.excluded |= passages
        else:
            self.chosen = passages if self.chosen is None else self.chosen & passages

    def keep(self, passages: Iterable[int]) -> list[int]:
        """Return those of the passages that the filters leave, in their order."""
        kept = [row for row in passages if self.chosen is None or row in self.chosen]
        return [row for row in kept if row not in self.excluded] if self.excluded else kept


def read_filters(db: Connection, query: Query, coder: str) -> Scope:
    """Turn the filters of a query into what they leave.

    Args:
        db: a reader.
        query: with filters.
        coder: whose codings count, with those of the coders they have turned on.

    Raises:
        QueryError: a filter names what does not exist.
    """
    scope = Scope(lookup.shown_coders(db, coder))
    filters = query.filters()
    for item in filters:
        if item.name == "coder":
            _by_coder(db, query, item, scope, coder)
    for item in filters:
        if item.name == "attribute":
            note_nobody(db, query, item, scope.notes)
        if item.name == "code":
            _by_code(db, query, item, scope)
        elif item.name == "uncoded":
            scope.limit(lookup.coded_passages(db, scope.coder_ids), not item.negated)
        elif item.name == "doc":
            _by_document(db, query, item, scope)
        elif item.name == "attribute":
            _by_attribute(db, query, item, scope)
        elif item.name == "coder" and not any(f.name in ("code", "uncoded") for f in filters):
            scope.limit(lookup.coded_passages(db, scope.coder_ids), False)
    return scope


def refuse_elsewhere(query: Query, item: Filter, place: str) -> None:
    """Refuse a filter that means nothing for memos or codes.

    Raises:
        QueryError: it is about passages only.
    """
    if place == "codes" or (place == "memos" and item.name not in ("doc", "coder", "code")):
        shown = query.source[item.at : item.value_at] + item.value
        raise QueryError(
            query.source, item.at, f"{shown} cannot be asked of {place}.", "Leave one out."
        )


def coder_of(db: Connection, query: Query, item: Filter) -> int:
    """Return the coder that a filter names.

    Raises:
        QueryError: there is none of that name.
    """
    coders = lookup.coders(db)
    if item.value not in coders:
        _refuse_name(query, item, "coder", coders)
    return coders[item.value]


def refuse_second_coder(query: Query, item: Filter) -> NoReturn:
    """Refuse a coder beside another one.

    Raises:
        QueryError: always.
    """
    hint = "For either, write (coder:ann OR coder:bob)."
    raise QueryError(query.source, item.at, "coder: stands twice beside the same words.", hint)


def note_hidden(name: str, coder: str) -> str:
    """Return what is said when the codings of a coder are hidden from another."""
    return f"The codings of {name} are not turned on for {coder}."


def _by_coder(db: Connection, query: Query, item: Filter, scope: Scope, coder: str) -> None:
    if any(other.name == "coder" and other.at < item.at for other in query.filters()):
        refuse_second_coder(query, item)
    chosen = coder_of(db, query, item)
    if chosen not in scope.coder_ids:
        scope.notes.append(note_hidden(item.value, coder))
    scope.coder_ids = [row for row in scope.coder_ids if row == chosen]


def codes_of(db: Connection, query: Query, item: Filter) -> tuple[set[int], set[str]]:
    """Return ids and keys of the code, or of the branch, that a filter names.

    Raises:
        QueryError: there is no such code.
    """
    codes = lookup.code_list(db)
    key = item.value
    by_key: dict[str, int] = {}
    for row, _, _, words in codes:
        # A name stands for its code, unless it is the key of another, or not the only one.
        name = words.partition("\n")[0].casefold()
        by_key[name] = 0 if name in by_key else row
    by_key = {name: row for name, row in by_key.items() if row and name}
    by_key.update({known.casefold(): row for row, known, _, _ in codes})
    branch = key.endswith("+") and key.casefold() not in by_key
    number = by_key.get((key[:-1] if branch else key).casefold())
    if number is None:
        named = _by_words(key, [(known, words.partition("\n")[0]) for _, known, _, words in codes])
        if named:
            raise QueryError(query.source, item.value_at, f"There is no code {key}.", named)
        _refuse_name(query, item, "code", [known for _, known, _, _ in codes])
    wanted = {number}
    while branch:
        more = {row for row, _, parent, _ in codes if parent in wanted} - wanted
        if not more:
            break
        wanted |= more
    return wanted, {known for row, known, _, _ in codes if row in wanted}


def _by_words(wanted: str, codes: list[tuple[str, str]]) -> str:
    """Return a hint at the codes in whose names a word is, a letter wrong or not; or nothing."""
    folded = wanted.rstrip("+").casefold()
    most = 0 if len(folded) < 4 else 1 if len(folded) < 6 else 2
    near = [
        f"{key} ({name})"
        for key, name in codes
        if (len(folded) > 2 and folded in name.casefold())
        or any(distance(word, folded, most) <= most for word in name.casefold().split())
    ]
    return f"By name: {', '.join(near[:_FEW])}." if near else ""


def coded_with(
    db: Connection, query: Query, item: Filter, coder_ids: list[int], notes: list[str]
) -> set[int]:
    """Return the passages coded with what a filter names; note when only codes below it are used.

    Raises:
        QueryError: there is no such code.
    """
    wanted, keys = codes_of(db, query, item)
    found = lookup.coded_passages(db, coder_ids, wanted)
    if not found and not item.negated and len(keys) == 1:
        (key,) = keys
        if any(parent in wanted for _, _, parent, _ in lookup.code_list(db)):
            said = f"Nothing is coded with {key} itself; code:{key}+ takes in the codes below it."
            notes += [said] * (said not in notes)
    return found


def _by_code(db: Connection, query: Query, item: Filter, scope: Scope) -> None:
    found = coded_with(db, query, item, scope.coder_ids, scope.notes)
    scope.limit(found, item.negated)


def documents_of(db: Connection, query: Query, item: Filter) -> set[int]:
    """Return the documents that a filter names; stars stand for any letters.

    Raises:
        QueryError: there is none.
    """
    documents = lookup.documents(db)
    wanted = item.value.casefold()
    chosen = {
        number
        for number, name, source in documents
        if _fits(name.casefold(), wanted) or _fits(source.casefold(), wanted)
    }
    if not chosen:
        _refuse_name(query, item, "document", [name for _, name, _ in documents])
    return chosen


def _by_document(db: Connection, query: Query, item: Filter, scope: Scope) -> None:
    chosen = documents_of(db, query, item)
    scope.limit(lookup.passages_of(db, chosen), item.negated)


def _fits(name: str, wanted: str) -> bool:
    """Compare a name with one that may hold stars."""
    if "*" not in wanted:
        return name == wanted
    first, *rest = wanted.split("*")
    last = rest.pop()
    if not name.startswith(first) or len(name) < len(first) + len(last):
        return False
    if not name.endswith(last):
        return False
    at, end = len(first), len(name) - len(last)
    for piece in rest:
        at = name.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def attributed(db: Connection, query: Query, item: Filter) -> set[int]:
    """Return the passages whose document or case has a value that holds; ``!=`` counts as ``=``.

    Raises:
        QueryError: there is no such attribute, or it is a number and the value is none.
    """
    attributes = {name.casefold(): row for name, row in lookup.attributes(db).items()}
    known = attributes.get(item.field.casefold())
    if known is None:
        _refuse_attribute(query, item, lookup.attributes(db))
    number, kind = known
    if kind == "number" and _number(item.value) is None:
        raise QueryError(
            query.source,
            item.value_at,
            f"{item.field} is a number, {item.value} is none.",
            f"Write {item.field}>=2013 or the like.",
        )
    if kind == "date" and "*" not in item.value and not _is_date(item.value):
        raise QueryError(
            query.source,
            item.value_at,
            f"{item.field} is a date, {item.value} is none.",
            f"Write {item.field}>=2013-05-31, or only the year, or year and month.",
        )
    found: set[int] = set()
    sign = "=" if item.sign == "!=" else item.sign
    for value, document_id, case_id in lookup.attribute_values(db, number):
        if _holds(value, sign, item.value, kind):
            if document_id is not None:
                found |= lookup.passages_of(db, [document_id])
            elif case_id is not None:
                found |= lookup.passages_of_case(db, case_id)
    return found


def note_nobody(db: Connection, query: Query, item: Filter, notes: list[str]) -> None:
    """Say that no document or case has the value of an attribute that a filter asks for."""
    attributes = {name.casefold(): row for name, row in lookup.attributes(db).items()}
    number, kind = attributes.get(item.field.casefold(), (0, ""))
    values = {value for value, _, _ in lookup.attribute_values(db, number)} if number else set()
    sign = "=" if item.sign == "!=" else item.sign
    if not number or any(_holds(value, sign, item.value, kind) for value in values):
        return
    said = f"Nothing has {item.field}{item.sign}{item.value}."
    if item.sign == "!=":
        said = f"Nothing has {item.field}={item.value}: all fit."
    folded = item.value.casefold()
    near = [v for v in values if folded in v.casefold() or distance(v.casefold(), folded, 2) <= 2]
    near = near if sign == "=" else []
    listed = sorted(near or values)[:_FEW]
    if listed:
        shown = ", ".join(f'"{value}"' if " " in value else value for value in listed)
        said += f" {'Nearest' if near else 'There are'}: {shown}."
    if said not in notes:
        notes.append(said)


def _refuse_attribute(query: Query, item: Filter, names: Iterable[str]) -> NoReturn:
    """Refuse an attribute that there is not; one whose name goes on before it is quoted."""
    before = query.source[: item.at].casefold()
    folded = item.field.casefold()
    for name in names:
        head = name.casefold().removesuffix(folded)
        if len(head) < len(name) and head and before.endswith(head):
            hint = f'Write "{name}"{item.sign}{item.value}.'
            at = item.at - len(head)
            raise QueryError(query.source, at, f"{name} has to stand in quotes.", hint)
    _refuse_name(query, item, "attribute", names, item.field, item.at)


def _by_attribute(db: Connection, query: Query, item: Filter, scope: Scope) -> None:
    scope.limit(attributed(db, query, item), item.negated != (item.sign == "!="))


def _holds(value: str, sign: str, wanted: str, kind: str) -> bool:
    """Compare as numbers when both are, else as text without case; a day is in its month and year.

    Args:
        value: that a document or case has.
        sign: the comparison.
        wanted: what it is compared with.
        kind: of the attribute.
    """
    if kind == "date" and "*" not in wanted:
        value = value[: len(wanted)]
    one, two = _number(value), _number(wanted)
    left: float | str
    right: float | str
    if one is not None and two is not None:
        left, right = one, two
    else:
        left, right = value.casefold(), wanted.casefold()
    if sign == "=":
        if isinstance(right, str) and "*" in right:
            return _fits(value.casefold(), right)
        return left == right
    less = left < right if isinstance(left, float) else str(left) < str(right)  # type: ignore[operator]
    if sign in ("<", "<="):
        return less or (sign == "<=" and left == right)
    return not less and (sign == ">=" or left != right)


def _is_date(text: str) -> bool:
    """Tell whether a text is a year, a month or a day: 2013, 2013-05, 2013-05-31."""
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return False
    if tuple(map(len, parts)) not in ((4,), (4, 2), (4, 2, 2)):
        return False
    year, month, day = [*map(int, parts), 1, 1][:3]
    if not 1 <= month <= 12:
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _DAYS[month - 1] + leap


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number else None


def _refuse_name(
    query: Query,
    item: Filter,
    what: str,
    names: Iterable[str],
    name: str | None = None,
    at: int | None = None,
) -> NoReturn:
    """Refuse a name that does not exist, with the nearest ones that do."""
    wanted = item.value if name is None else name
    folded = wanted.casefold()
    far = {n: distance(n.casefold(), folded, 2) for n in names}
    begun = len(folded)
    near = [
        n
        for n in far
        if far[n] <= 2
        or folded in n.casefold()
        or (begun > 2 and distance(n.casefold()[:begun], folded, 1) <= 1)
    ]
    near.sort(key=lambda n: (far[n], n))
    hint = f"Nearest: {', '.join(near[:3])}." if near else f"There is no {what} like it."
    if item.name == "doc" and sum(n.casefold().startswith(folded) for n in far) > 1:
        way = f'doc:"{wanted}*"' if " " in wanted else f"doc:{wanted}*"
        hint = f"All that begin so: {way}. {hint}"
    several = [each for each in wanted.replace(";", ",").split(",") if each]
    if at is None and len(several) > 1:
        either = " OR ".join(f"{item.name}:{each}" for each in several[:_FEW])
        hint = f"Write ({either})."
    raise QueryError(
        query.source,
        item.value_at if at is None else at,
        f"There is no {what} {wanted}.",
        hint,
    )
