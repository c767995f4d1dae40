"""What the page of resembling passages says: heading, rows, how a score came about. No widgets."""

from __future__ import annotations

from tui.app.document.cells import width
from tui.app.keybook import hint, key
from tui.app.screens.like.comparer import Likeness
from tui.app.state import Study
from tui.app.widgets.kwic import in_line
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, columns, wrapped
from tui.project.spans import Unit
from tui.search.like import Like
from tui.text.counted import counted

_KEYS_FROM = 90
"""From so many cells on codes are shown by their keys, below by the letters of their lanes."""
_HEADING_FROM = 60
_FEWEST_TIES = 5
_BAR = 10


class LikeRows:
    """Makes the rows of the page.

    Args:
        study: the open study.
        name: what the others are compared with.
    """

    def __init__(self, study: Study, name: str) -> None:
        self._study = study
        self.name = name
        self._names = {document.id: document.name for document in study.documents}
        self._codes = {code.key: code for code in study.codes}
        self._name_cells = 8

    def measure(self, found: Likeness) -> None:
        """Find how wide the names of documents are."""
        names = {self.document(like) for like in found.likes}
        self._name_cells = max((width(clip(name, 24)) for name in names), default=8)

    def document(self, like: Like) -> str:
        """Return the name of a passage's document."""
        return self._names.get(like.document_id, "?")

    def heading(self, found: Likeness | None, bare: bool, below: bool, cells: int) -> Row:
        """Return the heading: like what, how many, which are left out."""
        right = "comparing… " if found is None else ""
        if found is not None and not found.trouble:
            shown = len(found.likes)
            count = f"{shown:,}" if shown == found.total else f"best {shown:,} of {found.total:,}"
            what = "without any code" if bare else self._left_out(found)
            right = f"{count} · {what} " if cells >= _HEADING_FROM else f"{count} "
        title = " MORE LIKE  " if cells >= _HEADING_FROM else " LIKE "
        branch = " + branch" if below else ""
        room = max(cells - width(right) - len(title) - len(branch) - 2, 4)
        return columns(
            [(title, BOLD), (clip(self.name, room), PLAIN), (branch, BOLD)], [(right, DIM)], cells
        )

    def _left_out(self, found: Likeness) -> str:
        study = self._study
        keys = [study.by_id[each].key for each in found.code_ids if each in study.by_id]
        if not keys:
            return "coded or not"
        return f"without {clip(keys[0], 12)}" if len(keys) == 1 else "without its codes"

    def words(self, found: Likeness, cells: int) -> Row:
        """Return the words that were compared, the weightiest first, as far as there is room."""
        if not found.words:
            return []
        listed = "  ".join(f"{word} {weight:.1f}" for word, weight, _, _, _ in found.words)
        return [(" words ", BOLD), (clip(listed, max(cells - 8, 8)), DIM)]

    def passage(self, like: Like, marked: bool, cells: int) -> Row:
        """Return one passage as a row; the words that tie it are bold."""
        name_cells = min(self._name_cells, max(cells // 5, 8))
        codes_cells = min(max(cells // 8, 6), 20)
        head: Row = [
            ("✓ " if marked else "  ", BOLD),
            (f"{like.score:.2f} ", PLAIN),
            (f"{column(self.document(like), name_cells)} {column(f'¶{like.number}', 6)} ", DIM),
        ]
        taken = 2 + 5 + name_cells + 8
        text_cells = max(cells - taken - codes_cells - 1, 10)
        hits = [(start - like.start, end - like.start) for start, end in like.hits]
        text = in_line(like.text, hits, text_cells, text_cells // 4)
        codes = column(self._codes_of(like, cells), codes_cells)
        return columns([*head, *text], [(codes, PLAIN)], cells)

    def _codes_of(self, like: Like, cells: int) -> str:
        if not like.codes:
            return "-"
        if cells >= _KEYS_FROM:
            return " ".join(like.codes)
        return " ".join(self._codes[key].letter or "~" for key in like.codes if key in self._codes)

    def where(self, like: Like, cells: int) -> Row:
        """Return the heading of a passage: where it is, which codes it has."""
        names = [self._codes[key].name for key in like.codes if key in self._codes]
        left = f" {clip(self.document(like), 40)} ¶{like.number}"
        room = max(cells - width(left) - 3, 8)
        return columns(
            [(left, BOLD)], [(f"{clip(', '.join(names) or 'uncoded', room)} ", DIM)], cells
        )

    def status(
        self, like: Like, found: Likeness, at: int, marked: int, unit: Unit, cells: int
    ) -> Row:
        """Return what would be coded, and how the score of a passage came about."""
        total = sum(weight for _, weight, _, _, _ in found.words)
        listed = " + ".join(
            f"{word} {weight:.1f}"
            for word, (_, weight) in zip(like.words(), like.ties, strict=True)
        )
        share = sum(weight for _, weight in like.ties) / total if total else 0.0
        length = share / like.score if like.score else 1.0
        long = f" / length {length:.2f}" if length > 1.005 else ""
        rest = f") / {total:.1f}{long} = {like.score:.2f} "
        place = f" {at + 1:,} of {len(found.likes):,}"
        if marked:
            place += f" · {marked:,} marked"
        if unit != "paragraph" or cells >= _HEADING_FROM * 2:
            place += f" · unit: {unit} ({key('like.grow')} {key('like.shrink')})"
        # Where it is too long the last words go, not what it comes to.
        room = max(cells - width(place) - len(rest) - 3, 8)
        return columns([(place, DIM)], [(f"({clip(listed, room)}{rest}", DIM)], cells)

    def ties(self, like: Like, found: Likeness, cells: int, height: int) -> list[Row]:
        """Return the words that tie a passage, each with its weight and how telling it is.

        Args:
            like: the passage.
            found: what was found.
            cells: the width.
            height: how many rows there are; without a few nothing is said.
        """
        if height < _FEWEST_TIES:
            return []
        numbers = {word: (inside, outside) for word, _, _, inside, outside in found.words}
        written = dict(zip((word for word, _ in like.ties), like.words(), strict=True))
        shown = like.ties if len(like.ties) <= height - 2 else like.ties[: height - 3]
        most = max(weight for _, weight in like.ties)
        word_cells = min(max(width(clip(written[word], 24)) for word, _ in shown), 24)
        rows: list[Row] = [
            [("─" * cells, DIM)],
            [(clip(f" WHAT TIES IT TO {self.name}", cells), BOLD)],
        ]
        for word, weight in shown:
            inside, outside = numbers.get(word, (0, 0))
            bar = "█" * max(1, round(weight * _BAR / most))
            rows.append(
                [
                    (f" {column(written[word], word_cells)} {weight:5.1f} ", PLAIN),
                    (column(bar, _BAR), PLAIN),
                    (f"  in {inside:,} of {found.coded:,} here, {outside:,} of", DIM),
                    (f" {found.rest:,} others", DIM),
                ]
            )
        if len(shown) < len(like.ties):
            rest = like.ties[len(shown) :]
            weight = sum(value for _, value in rest)
            rows.append([(f" {counted(len(rest), 'more word')} {weight:.1f}", DIM)])
        return rows

    def advice(self, found: Likeness, bare: bool) -> list[str]:
        """Return why there is nothing, and what to do about it."""
        other = hint("like.code", "gives a code to the marked ones")
        if found.trouble:
            return [found.trouble]
        if not found.coded:
            return [
                f"No passage that you see is coded with {self.name} yet.",
                "Code one or two passages first: their words are what is compared.",
            ]
        if not found.words:
            return [
                f"No word sets {self.name} apart from the other passages.",
                "More coded passages, or a longer selection, tell more.",
            ]
        way = hint("like.bare", "shows those with other codes, too") if bare else ""
        lines = [f"No other passage shares a word that sets {self.name} apart."]
        return [*lines, f"{way}."] if way else [*lines, f"Where there are some, {other}."]

    def explanation(self, found: Likeness, cells: int, height: int) -> list[Row]:
        """Return how passages are compared, and the words with their numbers.

        Args:
            found: what was found.
            cells: the width.
            height: how many rows there are; the last one says where the rest is.
        """
        said = (
            f"Each word of the {counted(found.coded, 'passage')} compared with is counted: how many"
            f" of these have it, how many of the {found.rest:,} others. G² (the log-likelihood"
            " ratio) says how far that is from chance; a word weighs the root of it. Words that"
            " a fifth of the others have, or none, do not count, and the 40 weightiest do. A"
            " passage's score is the share of all weights that its words have; when it is n times"
            " as long as the average, it is divided by 1 + (n - 1) / 2. Nothing is guessed, and"
            " nothing coded by it."
        )
        rows = wrapped(said, max(cells - 2, 8), 12)
        head = f"{'weight':>7} {'G²':>8} {'here':>6} {'others':>7}  word"
        rows += [[], [(head, BOLD)]]
        for word, weight, g2, inside, outside in found.words:
            numbers = f"{weight:7.2f} {g2:8.2f} {inside:6,} {outside:7,}  "
            rows.append([(numbers, DIM), (clip(word, 40), PLAIN)])
        if len(rows) > height > 0:
            left = len(rows) - height + 1
            rows[height - 1 :] = [[(f"… {left} more: `qual like … --words` lists all", DIM)]]
        return [[(" ", PLAIN), *row] for row in rows]
