"""Which passages hold the words of a query: all of them, or as many as a live list needs.

The index is asked as little as can be: what it said is remembered for the next key, words that
many passages have are looked for in the texts of the few that are left, and what is only shown is
bounded.
"""

from __future__ import annotations

from tui.search.terms import best_of, likely, narrowed
from tui.store import lookup
from tui.text.fold import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Callable, Iterable, Sequence

    from tui.search.cuts import Cuts
    from tui.search.filters import Scope
    from tui.search.rank import Term
    from tui.store.lookup import PassageRow

LIVE_LIMIT = 150
"""Hits of a live list; more are counted as ``150+``."""
READ = 160
"""While someone types, so many passages that fit are read."""
# Of passages that miss a word, when only the best few are shown: for each word, so many are read
# that miss it (more where nothing fits), and so many tokens looked for that others reach.
_WEAK, _ALONE, _LIKELY = 100, 300, 32
# Words that reach more tokens than that together are looked up with the likelier of them, and only
# where that leads to less than enough with all.
_WIDE, _LIKELIER, _ENOUGH = 200, 48, 20
# Of the passages that hold the words before the last, so many are read at a time.
_AMONG = (60, 240)
# Words in one of so many passages are looked for in texts when so few passages are left.
_COMMON, _FEW = 100, 200
# As many passages as this are less work to read than to find all that one more word reaches.
_NARROW = 60
_PARTIAL_FROM = 3
_CHECKED_EVERY = 200
# What is remembered: rows of expressions, texts; and how many passages tell how common a word is.
_MOST_ROWS, _MOST_TEXTS, _PROBED = 60_000, 3_000, 100


class Kept:
    """What the index and the texts said, remembered for one state of the file.

    Args:
        db: a reader.
        warm: remember it from one search to the next.
    """

    def __init__(self, db: Connection, warm: bool) -> None:
        self._db = db
        self._warm = warm
        self._version = -1
        self._matched: dict[str, tuple[list[int], bool]] = {}
        self._held = 0
        self._counts: dict[str, int] = {}
        self._texts: dict[int, PassageRow] = {}
        self._words: dict[int, frozenset[str]] = {}
        self._cuts: Cuts | None = None

    def refresh(self) -> None:
        """Forget what may have changed since the last search."""
        version = lookup.version(self._db) if self._warm else -1
        if version != self._version or not self._warm:
            self._version = version
            self._matched.clear()
            self._held = 0
            self._counts.clear()
            self._texts.clear()
            self._words.clear()
            if self._cuts:
                self._cuts.clear()

    def match(self, expression: str, limit: int = -1) -> list[int]:
        """Return the passages that fit a full-text expression; see :func:`lookup.match`.

        Asked for more of them than before, it goes on where it stopped.
        """
        rows, whole = self._matched.get(expression, ([], False))
        if not whole and not 0 <= limit <= len(rows):
            wanted = limit - len(rows) if limit >= 0 else -1
            more = lookup.match(self._db, expression, wanted, rows[-1] if rows else 0)
            rows = rows + more if rows else more
            self._held += len(more)
            if self._held > _MOST_ROWS:
                self._matched.clear()
                self._held = len(rows)
            if len(rows) <= _MOST_ROWS:
                self._matched[expression] = rows, len(more) != wanted
        return rows[:limit] if limit >= 0 else list(rows)

    def frequency(self, term: str) -> int:
        """Return how many passages hold a token; where they are many, about how many."""
        count = self._counts.get(term)
        if count is None:
            rows = lookup.match(self._db, f'"{term}"', _PROBED)
            count = len(rows)
            if count == _PROBED:
                count = max(count, count * self.passages() // rows[-1])
            self._counts[term] = count
        return count

    def passages(self) -> int:
        """Return about how many passages there are."""
        count = self._counts.get("")
        if count is None:
            count = self._counts[""] = lookup.count_passages(self._db)
        return count

    def read(self, rows: Sequence[int]) -> list[PassageRow]:
        """Return passages that were asked for together; not in order."""
        if len(rows) > _MOST_TEXTS // 4:
            return list(lookup.passages(self._db, rows))
        known = self._texts
        found = [known[row] for row in rows if row in known]
        if len(found) < len(rows):
            missing = [row for row in rows if row not in known]
            if len(known) > _MOST_TEXTS:
                known.clear()
            for passage in lookup.passages(self._db, missing):
                known[passage[0]] = passage
                found.append(passage)
        return found

    def words(self, row: int, text: str) -> frozenset[str]:
        """Return the tokens of a passage."""
        words = self._words.get(row)
        if words is None:
            if len(self._words) > _MOST_TEXTS:
                self._words.clear()
            words = self._words[row] = frozenset(tokens(text))
        return words

    def cuts(self) -> Cuts | None:
        """Return what remembers the cuts of passages; None for who asks once."""
        if self._cuts is None and self._warm:
            from tui.search.cuts import Cuts  # noqa: PLC0415 - the shell does without

            self._cuts = Cuts(self.words)
        return self._cuts


class Matching:
    """Finds the passages that hold terms.

    Args:
        db: a reader.
        kept: what is remembered of it.
        breathe: called now and then; raises when the search is to stop.
    """

    def __init__(self, db: Connection, kept: Kept, breathe: Callable[[], None]) -> None:
        self._db = db
        self._kept = kept
        self._breathe = breathe

    def common(self, terms: list[Term]) -> list[int]:
        """Return about how many passages hold the likeliest token of each term."""
        found = []
        for term in terms:
            best = best_of(term)
            found.append(self._kept.frequency(best) if best else 0)
        return found

    def complete(
        self,
        terms: list[Term],
        scope: Scope | None,
        most: int | None = None,
        *,
        narrow: bool = False,
    ) -> list[int]:
        """Return every passage that fits, in order of id.

        Args:
            terms: the parts of the query.
            scope: what its filters leave.
            most: where texts must be read, so many passages are enough.
            narrow: nothing is asked of the terms afterwards but about these passages, so that it
                need not be known what all of them reach.
        """
        if not terms:
            return scope.keep(lookup.all_passages(self._db)) if scope else []
        if narrow:
            few = narrowed(terms, _NARROW, self._match, self._texts)
            if few is not None:
                return scope.keep(few) if scope else few
        expressions = [term.expression() for term in terms]
        if not all(expressions):
            return []
        rows = self._holding(terms, expressions)
        if scope:
            rows = scope.keep(rows)
        return self._proven(rows, terms, most)

    def some(self, terms: list[Term], scope: Scope | None, growing: bool) -> tuple[list[int], bool]:
        """Return the passages a live list may need, exact ones first; tell if there are more.

        Args:
            terms: the parts of the query.
            scope: what its filters leave.
            growing: only the last word changes from one search to the next.
        """
        if scope or not terms or any(term.must_check() for term in terms):
            rows = self.complete(terms, scope, READ + 1)
            return rows[:READ], len(rows) > READ
        expressions = [term.expression() for term in terms]
        if not all(expressions):
            return [], False
        among = self._among(terms, expressions) if growing else None
        if among is not None and len(among) <= LIVE_LIMIT:
            return among, False
        exact = [term.expression(exact=True) for term in terms]
        rows = self._match(exact, READ) if all(exact) else []
        self._breathe()
        if len(rows) > LIVE_LIMIT:
            return rows[:READ], True
        fitting, more = among, True
        if fitting is None:
            fitting, more = self._fitting(terms, expressions)
        seen = set(rows)
        rows += [row for row in fitting if row not in seen]
        return rows[:READ], more or len(rows) > READ

    def leading(self, rows: list[int], terms: list[Term], best: int | None) -> list[int]:
        """Return the passages among which the best ones are: as typed, if there are enough."""
        if best is None or len(rows) <= best or any(term.must_check() for term in terms):
            return rows
        exact = [term.expression(exact=True) for term in terms]
        if not all(exact):
            return rows
        kept = set(rows)
        leading = [row for row in self._match(exact) if row in kept]
        return leading if len(leading) >= best else rows

    def partial(self, terms: list[Term], scope: Scope | None, full: set[int]) -> list[int]:
        """Return every passage that misses one word of three or more, the most telling first.

        A character of a stretch of Han counts as one word: missing it, its pairs are missed.
        """
        found: set[int] = set()
        groups: list[list[int]] = []
        for _, kept in _without(terms):
            expressions = [term.expression() for term in kept]
            if all(expressions):
                self._breathe()
                rows = self._holding(kept, expressions)
                rows = scope.keep(rows) if scope else rows
                rows = [row for row in rows if row not in full and row not in found]
                groups.append(self._proven(rows, kept))
                found.update(groups[-1])
        # Words that few passages share tell more than words that many do.
        return [row for group in sorted(groups, key=len) for row in group]

    def nearly(
        self,
        terms: list[Term],
        scope: Scope | None,
        full: set[int],
        room: int,
        growing: bool,
    ) -> list[int]:
        """Return passages that miss one word, as many as can be read while someone waits.

        Args:
            terms: the parts of the query.
            scope: what its filters leave.
            full: the passages that fit.
            room: how many will be shown.
            growing: only the last word changes from one search to the next.
        """
        # Where nothing fits, they are all there is to show.
        most = _WEAK if full or growing else _ALONE
        enough = 2 * room if full else 3 * most
        common = self.common(terms)
        found: set[int] = set()
        groups: list[list[int]] = []

        def worth(one: tuple[set[int], list[Term]]) -> tuple[bool, int]:
            # What is known from before the last word first; then with the rarest words.
            return not (growing and one[0] == {len(terms) - 1}), -min(common[at] for at in one[0])

        for dropped, kept in sorted(_without(terms), key=worth):
            if len(found) >= enough:
                break
            self._breathe()
            every = most > _WEAK or (growing and dropped == {len(terms) - 1})
            expressions = [term.expression() if every else likely(term, _LIKELY) for term in kept]
            if all(expressions):
                limit = -1 if scope else most + min(len(full), most)
                rows = self._holding(kept, expressions, limit)
                rows = scope.keep(rows) if scope else rows
                rows = [row for row in rows if row not in full and row not in found]
                groups.append(self._proven(rows[:most], kept))
                found.update(groups[-1])
        return [row for group in sorted(groups, key=len) for row in group][: 3 * most]

    def _fitting(self, terms: list[Term], expressions: list[str]) -> tuple[list[int], bool]:
        """Return passages that fit, enough for a live list; tell if there may be more."""
        if sum([len(term.forms) for term in terms]) > _WIDE:
            likelier = [likely(term, _LIKELIER) for term in terms]
            rows = self._holding(terms, likelier, READ + 1)
            if len(rows) >= _ENOUGH:
                return rows, True
            self._breathe()
        rows = self._holding(terms, expressions, READ + 1)
        return rows, len(rows) > READ

    def _among(self, terms: list[Term], expressions: list[str]) -> list[int] | None:
        """Return the passages that fit, read from those that hold the words before the last.

        Those are the same at every key of the last word, and remembered. The result is complete
        or longer than a live list; None when the index will find as many sooner.
        """
        last = terms[-1]
        if len(terms) < 2 or not last.is_plain():
            return None
        forms = frozenset(last.forms)
        found: list[int] = []
        done = 0
        for size in _AMONG:
            rows = self._match(expressions[:-1], size)
            for passage in self._kept.read(rows[done:]):
                if not forms.isdisjoint(self._kept.words(passage[0], passage[5])):
                    found.append(passage[0])
            done = len(rows)
            if done < size or len(found) > LIVE_LIMIT:
                return sorted(found)
            if len(found) * _AMONG[-1] < LIVE_LIMIT * size:
                break
            self._breathe()
        return None

    def _holding(self, terms: list[Term], expressions: list[str], limit: int = -1) -> list[int]:
        """Return the passages that the index finds; common words are looked for in texts.

        Reading the long lists of common words costs the index more than reading the few texts that
        the two rarest words leave.
        """
        if len(terms) < 3 or not all(term.is_plain() for term in terms):
            return self._match(expressions, limit)
        common = self.common(terms)
        order = sorted(range(len(terms)), key=common.__getitem__)
        if common[order[-1]] * _COMMON < self._kept.passages():
            return self._match(expressions, limit)
        rows = self._match([expressions[at] for at in order[:2]], _FEW + 1)
        if len(rows) > _FEW:
            return self._match(expressions, limit)
        others = [frozenset(terms[at].forms) for at in order[2:]]
        found = []
        for passage in self._kept.read(rows):
            words = self._kept.words(passage[0], passage[5])
            if not any([forms.isdisjoint(words) for forms in others]):
                found.append(passage[0])
        found.sort()
        return found[:limit] if limit >= 0 else found

    def _texts(self, rows: list[int]) -> Iterable[tuple[int, str]]:
        return lookup.texts(self._db, rows)

    def _match(self, expressions: Iterable[str], limit: int = -1) -> list[int]:
        narrowing = [expression for expression in expressions if expression != "*"]
        if not narrowing:
            return lookup.all_passages(self._db)
        # The narrowest first would not help: the index reads all lists side by side.
        return self._kept.match(" AND ".join(dict.fromkeys(narrowing)), limit)

    def _proven(self, rows: list[int], terms: list[Term], most: int | None = None) -> list[int]:
        """Return the passages whose text shows what the index cannot."""
        doubtful = [term for term in terms if term.must_check()]
        if not doubtful:
            return rows
        from itertools import islice  # noqa: PLC0415 - only where texts must be read

        kept = []
        patterns = [term for term in doubtful if hasattr(term, "prepare")]
        texts = lookup.texts(self._db, rows)
        while some := list(islice(texts, _CHECKED_EVERY)):
            self._breathe()
            for pattern in patterns:
                pattern.prepare([text for _, text in some])
            kept += [row for row, text in some if all(term.places(text) for term in doubtful)]
            if most is not None and len(kept) >= most:
                break
        return sorted(kept)


def _without(terms: list[Term]) -> list[tuple[set[int], list[Term]]]:
    """Return, for each word that may be missed, the terms it takes part in, and the others."""
    chars: dict[tuple[int, int], set[int]] = {}
    words: list[set[int]] = []
    for at, term in enumerate(terms):
        word = getattr(term, "word", None)
        if word is not None and word.run is not None:
            run, place = word.run
            chars.setdefault((run, place), set()).add(at)
            if len(word.text) > 1:
                chars.setdefault((run, place + 1), set()).add(at)
        else:
            words.append({at})
    found = []
    for dropped in words + list(chars.values()):
        kept = [term for at, term in enumerate(terms) if at not in dropped]
        found.append((dropped, kept))
    if len(found) < _PARTIAL_FROM:
        return []
    return [one for one in found if one[1]]
