"""Which words of the project a query word reaches.

A query word is never compared with words one by one: for each length in reach, distances of all
words are computed side by side (:mod:`tui.search.planes`), exactly.
"""

from __future__ import annotations

from tui.search.distance import allowed
from tui.search.planes import Group
from tui.store import lookup
from tui.store.index_schema import SCRIPTS, group_of, reachable, script_of
from tui.text.fold import LONGEST, has_digit, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterable, Iterator


class Vocabulary:
    """The words of a project as one connection sees them; reads a group when it is first asked for.

    Args:
        db: a reader.
    """

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._groups: dict[tuple[int, int], Group | None] = {}
        self._every: list[tuple[int, int]] = []
        self._near: dict[str, dict[str, int]] = {}
        self._almost: dict[str, list[str]] = {}
        self._revision = -1
        self.stems: dict[tuple[str, str], dict[str, list[str]]] = {}
        """Words by stem, of a language and a first letter; see :mod:`tui.search.stems`."""

    def refresh(self) -> None:
        """Forget what was read when the vocabulary has changed since."""
        revision = lookup.revision(self._db)
        if revision != self._revision:
            self._revision = revision
            self._groups.clear()
            self._every.clear()
            self._near.clear()
            self._almost.clear()
            self.stems.clear()

    def near(self, word: str) -> dict[str, int]:
        """Return every word within reach of a folded query word, with its distance.

        The word itself is among them (at 0) only when some text has it.
        """
        known = self._near.get(word)
        if known is None:
            limit = 0 if has_digit(word) or is_paired(word[0]) else allowed(word)
            known = self._within(word, limit)
            if len(self._near) > 4_000:
                self._near.clear()
            self._near[word] = known
        return known

    def has(self, word: str) -> bool:
        """Tell whether some text has exactly this token."""
        key = (script_of(word), len(word))
        if key not in self._groups:
            # Reading a group takes longer than asking the index.
            return lookup.holds(self._db, word)
        group = self._groups[key]
        return group is not None and group.has(word)

    def almost(self, word: str) -> list[str]:
        """Return the words a letter away from one of two or three letters, which reaches none."""
        if len(word) < 2 or has_digit(word) or is_paired(word[0]):
            return []
        known = self._almost.get(word)
        if known is None:
            scripts = (script_of(word),)
            groups = self._read(len(word) - 1, len(word) + 1, scripts)
            known = [w for group in groups for w in group.words(group.within(word, 1)[1])]
            self._almost[word] = known
        return known

    def nearest(self, word: str, count: int) -> list[str]:
        """Return words that are closest to one that reaches none: a letter further than allowed."""
        limit = 1 if len(word) < 4 else 2
        found = self._within(word, limit)
        return sorted(found, key=lambda term: (found[term], term[0] != word[0], term))[:count]

    def holding(self, piece: str, at_start: bool, at_end: bool, most: int = -1) -> list[str]:
        """Return every word that holds a piece: anywhere, or at the word's start or end.

        Args:
            piece: letters side by side.
            at_start: it begins the words.
            at_end: it ends them.
            most: about so many are enough; -1 for all.
        """
        found: list[str] = []
        for _, group in self.groups(len(piece), SCRIPTS):
            if 0 <= most <= len(found):
                break
            room = most - len(found) if most >= 0 else -1
            found += group.words(group.holding(piece, at_start, at_end), room)
        return found

    def every(self) -> Iterator[str]:
        """Yield every word."""
        for _, group in self.groups(1, SCRIPTS):
            yield from group.words(group.full)

    def cut_off(self) -> list[str]:
        """Return the words that are so long that the index holds only their beginning."""
        found = self._read(LONGEST, LONGEST, SCRIPTS)
        return [word for group in found for word in group.words(group.full)]

    def groups(self, shortest: int, scripts: Iterable[int]) -> list[tuple[int, Group]]:
        """Return the length and the words of each group of some scripts, shorter words first."""
        if not self._every:
            self._every = lookup.groups(self._db)
        lengths = sorted({n for script, n in self._every if n >= shortest and script in scripts})
        return [(n, group) for n in lengths for group in self._read(n, n, scripts)]

    def _within(self, word: str, limit: int) -> dict[str, int]:
        if limit == 0:
            return {word: 0} if self.has(word) else {}
        scripts = reachable(script_of(word)) if len(word) > 3 else SCRIPTS
        found: dict[str, int] = {}
        for group in self._read(max(1, len(word) - limit), len(word) + limit, scripts):
            for edits, row in enumerate(group.within(word, limit)):
                if row:
                    found.update(dict.fromkeys(group.words(row), edits))
        return found

    def _read(self, shortest: int, longest: int, scripts: Iterable[int]) -> list[Group]:
        """Return the groups of some lengths and scripts that have words."""
        wanted = [(script, n) for n in range(shortest, longest + 1) for script in scripts]
        missing = [n for script, n in wanted if (script, n) not in self._groups]
        if missing:
            parts: dict[tuple[int, int], list[bytes]] = {}
            for number, planes in lookup.parts(self._db, min(missing), max(missing), scripts):
                parts.setdefault(group_of(number), []).append(planes)
            for key in wanted:
                if key not in self._groups:
                    self._groups[key] = Group(*key, parts[key]) if key in parts else None
        return [group for key in wanted if (group := self._groups[key]) is not None]
