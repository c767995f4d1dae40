"""What the index and the texts say, asked once: a warm engine's memory of one state of the file."""

from __future__ import annotations

from tui.store import lookup
from tui.text.fold import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterable, Sequence

    from tui.store.lookup import PassageRow

_MOST_ROWS, _MOST_TEXTS = 60_000, 3_000


class Kept:
    """Answers of the index; remembers those that the next key will ask for again.

    Args:
        db: a reader.
        warm: remember anything at all.
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

    def refresh(self) -> None:
        """Forget everything when the file has changed since."""
        version = lookup.version(self._db)
        if version != self._version:
            self._version = version
            self._matched.clear()
            self._held = 0
            self._counts.clear()
            self._texts.clear()
            self._words.clear()

    def match(self, expression: str, limit: int = -1) -> list[int]:
        """Return the passages that fit a full-text expression; see :func:`lookup.match`.

        Asked for more of them than before, it goes on where it stopped.
        """
        if not self._warm:
            return lookup.match(self._db, expression, limit)
        rows, whole = self._matched.get(expression, ([], False))
        if not whole and not 0 <= limit <= len(rows):
            wanted = limit - len(rows) if limit >= 0 else -1
            more = lookup.match(self._db, expression, wanted, rows[-1] if rows else 0)
            self._held += len(more)
            if self._held > _MOST_ROWS:
                self._matched.clear()
                self._held = len(rows) + len(more)
            rows = rows + more
            self._matched[expression] = rows, len(more) != wanted
        return rows[:limit] if limit >= 0 else list(rows)

    def frequency(self, term: str) -> int:
        """Return how many passages and memos hold a token."""
        count = self._counts.get(term)
        if count is None:
            count = lookup.frequency(self._db, term) if term else lookup.count_passages(self._db)
            if self._warm:
                self._counts[term] = count
        return count

    def passages(self) -> int:
        """Return about how many passages there are."""
        return self.frequency("")

    def read(self, rows: Sequence[int]) -> list[PassageRow]:
        """Return passages that were asked for together; not in order."""
        if not self._warm or len(rows) > _MOST_TEXTS // 4:
            return list(lookup.passages(self._db, rows))
        known = self._texts
        found = [known[row] for row in rows if row in known]
        if len(found) < len(rows):
            missing = [row for row in rows if row not in known]
            if len(known) > _MOST_TEXTS:
                known.clear()
                self._words.clear()
            for passage in lookup.passages(self._db, missing):
                known[passage[0]] = passage
                found.append(passage)
        return found

    def words(self, passage: PassageRow) -> Iterable[str]:
        """Return the tokens of a passage."""
        if not self._warm:
            return tokens(passage[5])
        words = self._words.get(passage[0])
        if words is None:
            words = self._words[passage[0]] = frozenset(tokens(passage[5]))
        return words
