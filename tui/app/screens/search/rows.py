"""What the search page says: a hit as a row, the passage of one, how to ask. No widgets."""

from __future__ import annotations

from collections.abc import Mapping

from tui.app.division import MEASURE
from tui.app.document.cells import width
from tui.app.keybook import hint, key
from tui.app.screens.bulk.auto_code import bracketed, shifted, unit_name
from tui.app.screens.search.searcher import Answer, Nearest
from tui.app.widgets.kwic import Excerpt, in_line
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, columns
from tui.model.code import Code
from tui.project.project import Project
from tui.search.hit import Hit
from tui.store.documents import read_passages
from tui.text.counted import counted

KEYS_FROM = 90
"""From so many cells on codes are shown by their keys, below by the letters of their lanes."""
_AROUND = 1_200
"""Code points of a passage shown on each side of a hit."""
_NEIGHBOURS = 2
_MARGIN = 6


def place_of_hit(hit: Hit) -> tuple[str, str]:
    """Return what a hit is in, and where, in words."""
    if hit.code is not None:
        return "codebook", hit.code
    if hit.memo is not None:
        return hit.document or "project", "memo"
    return hit.document, f"¶{hit.number}"


def hits_in_words(total: str) -> str:
    """Return ``4,370 hits``, ``150+ hits`` or ``1 hit``."""
    return f"{spaced(total)} hit{'' if total == '1' else 's'}"


def spaced(total: str) -> str:
    """Return a total with its thousands parted: ``4,370``."""
    return f"{int(total):,}" if total.isdecimal() else total


class SearchRows:
    """Draws the answer to a query.

    Args:
        project: the open project.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.codes: Mapping[str, Code] = {}
        """Codes by key."""
        self._answer = Answer(0, "")
        self._name_cells = 8

    def take(self, answer: Answer) -> None:
        """Draw this answer from now on."""
        self._answer = answer
        names = {place_of_hit(hit)[0] for hit in answer.hits}
        self._name_cells = max((width(clip(name, 24)) for name in names), default=8)

    def total(self) -> str:
        """Return how many hits there are, after the last word when that may go on."""
        answer = self._answer
        if not answer.meant or answer.error:
            return ""
        said = hits_in_words(answer.total)
        return f"{clip(answer.word, 16)} {said}" if answer.word else said

    def hit(self, index: int, marked: bool, cells: int) -> Row:
        """Return a hit as one row."""
        hit = self._answer.hits[index]
        name, place = place_of_hit(hit)
        name_cells = min(self._name_cells, max(cells // 5, 8))
        codes = self._codes_of(hit, cells)
        codes_cells = min(max(cells // 8, 6), 20)
        text_cells = max(cells - name_cells - codes_cells - 10, 10)
        base = 0 if hit.memo is not None or hit.code is not None else hit.start
        base, text = self._answer.texts.get(hit.passage_id, (base, hit.text))
        hits = [(start - base, end - base) for start, end in hit.hits]
        sign = "x" if marked else "~" if hit.partial else " "
        head: Row = [(f"{sign} {column(name, name_cells)} {column(place, 6)} ", DIM)]
        line = in_line(text, hits, text_cells, text_cells // 3)
        return columns([*head, *line], [(column(codes, codes_cells), PLAIN)], cells)

    def _codes_of(self, hit: Hit, cells: int) -> str:
        """Return the codes on a hit as short as the room asks for."""
        if hit.memo is not None:
            return "memo"
        if hit.code is not None:
            return "code"
        if not hit.codes:
            return "-"
        if cells < KEYS_FROM:
            known = [self.codes[each].letter or "~" for each in hit.codes if each in self.codes]
            return " ".join(known)
        return " ".join(hit.codes)

    def status(self, index: int, marked: int, in_list: bool) -> str:
        """Return where the highlighted hit stands among all, what is marked, and the unit."""
        answer = self._answer
        if answer.notes and not in_list:
            return " " + " ".join(answer.notes)
        if answer.hits[index].partial:
            return "  ".join([" This one misses a word of the query (~)", *self.nearest()])
        whole = [hit for hit in answer.hits if not hit.partial]
        text = f" {index + 1} of {spaced(answer.total)}"
        if answer.documents is not None:
            text += f" in {counted(answer.documents, 'document')}"
        if in_list:
            if marked:
                text += f" · {marked:,} marked"
            grow, shrink = key("search_list.grow"), key("search_list.shrink")
            text += f" · unit: {unit_name(answer.unit)} ({grow} {shrink})"
            if answer.missing:
                return f"{text} · of {clip(answer.whole, 24)}"
            return f"{text} · {clip(answer.word, 16)} may go on" if answer.word else text
        if answer.word:
            text += f" · {clip(answer.word, 16)} may go on, a space ends it"
        bare = sum(not hit.codes and hit.memo is None for hit in whole)
        if bare and answer.is_counted and int(answer.total) == len(whole):
            text += f" · {bare} without a code"
            if "uncoded:" not in answer.query:
                # It asks for passages without any code; a sentence may be bare in one that has.
                whole_too = answer.unit == "paragraph"
                text += " (uncoded: finds these)" if whole_too else " (uncoded: asks for whole ¶)"
        return text

    def where(self, hit: Hit, cells: int) -> Row:
        """Return what stands over the passage of a hit: its place, its codes."""
        name, place = place_of_hit(hit)
        codes = [self.codes[each].name for each in hit.codes if each in self.codes]
        what = ", ".join(codes) or "uncoded"
        return columns([(f" {clip(name, 40)} {place}", BOLD)], [(f"{clip(what, 60)} ", DIM)], cells)

    def passage(self, hit: Hit, cells: int, height: int, measure: int = MEASURE) -> list[Row]:
        """Return the passage of a hit with what stands around it, the hit in sight.

        Args:
            hit: the hit.
            cells: the width.
            height: how many rows there are.
            measure: cells that a line of text takes at most.
        """
        text_cells = min(cells - _MARGIN - 1, measure)
        rows: list[Row] = []
        first = 0
        for excerpt in self._excerpts(hit):
            drawn, at = excerpt.rows(text_cells, _MARGIN)
            if excerpt.bright[0] < excerpt.bright[1]:
                first = len(rows) + at
            rows += [*drawn, []]
        # One row of what stands before, if there is any, and the hit in sight.
        top = max(0, min(first - min(height // 3, 2), len(rows) - height))
        return rows[top : top + height]

    def _excerpts(self, hit: Hit) -> list[Excerpt]:
        if hit.memo is not None or hit.code is not None or hit.document_id is None:
            return [Excerpt("", hit.text[: 2 * _AROUND], (0, len(hit.text)), hit.hits)]
        first, last = hit.number - _NEIGHBOURS, hit.number + _NEIGHBOURS
        found: list[Excerpt] = []
        for passage in read_passages(self._project.db, hit.document_id, first, last):
            label = f" ¶{passage.number}"
            if passage.number != hit.number:
                part = slice(-_AROUND, None) if passage.number < hit.number else slice(_AROUND)
                found.append(Excerpt(label, passage.text[part], (0, 0)))
                continue
            low = max(0, hit.start - passage.start - _AROUND)
            base = passage.start + low
            text = passage.text[low : hit.end - passage.start + _AROUND]
            span = hit.start - base, hit.end - base
            hits = tuple((start - base, end - base) for start, end in hit.hits)
            found.append(
                Excerpt(
                    label, bracketed(text, span), (span[0], span[1] + 2), shifted(hits, span[0])
                )
            )
        return found

    def advice(self) -> list[str]:
        """Return how to ask, or what is nearest to what was asked and not found."""
        answer = self._answer
        if answer.error:
            return ["Nothing is searched until the query can be read."]
        if answer.missing and not answer.meant:
            return ["Nothing is searched yet: the query goes on.", answer.missing]
        if answer.query:
            conditions, count = answer.without
            without = [f"Without {clip(conditions, 60)} · {hits_in_words(str(count))}"]
            return [
                f"0 hits for {clip(answer.meant, 60)}",
                *(without if count else self.nearest()),
                *answer.notes,
            ]
        return [
            "Words in any order; letters may be wrong.",
            '"exact phrase"   /regular expression/   code:KEY   uncoded:   doc:NAME',
            "year>=2013   coder:NAME   in:memos   in:codes   -code:KEY   @NAME (saved)",
            f"{hint('search_page.saved', 'saved searches')} · {key('search_page.earlier')} in the"
            " empty field: earlier queries",
        ]

    def nearest(self) -> list[str]:
        """Return the words nearest to those that no text has, and the key that takes the first."""
        lines = []
        nearest = self._answer.nearest
        alone = [one.word for one in nearest if not one.words and not one.count]
        if alone:
            lines.append(f"No text has {' or '.join(alone)}, nor a word like it.")
        strange = [one for one in nearest if one.words and not one.count]
        if strange:
            lines.append("Nearest words · " + " · ".join(map(_near, strange)))
            if (first := taken_first(self._answer)) is not None:
                word = first.words[0][0]
                lines.append(hint("search_page.list", f"puts {word} in place of {first.word}"))
        elif nearest and all(one.count for one in nearest):
            counts = ", ".join(f"{one.word} ({one.count:,})" for one in nearest)
            if self._answer.joined:
                lines.append(f"Each word is there, but never as it is asked for: {counts}.")
            elif len(nearest) > 1:
                lines.append(f"Each word is there, but never all in one passage: {counts}.")
        return lines


def taken_first(answer: Answer) -> Nearest | None:
    """Return the first word of a query that a nearer one can take the place of."""
    strange = (one for one in answer.nearest if one.words and not one.count and one.place)
    return next(strange, None)


def _near(one: Nearest) -> str:
    return f"{one.word}: " + ", ".join(f"{word} ({count:,})" for word, count in one.words)
