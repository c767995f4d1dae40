"""What can be done with passages that resemble: code them, all of one act undone at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.app.actions.bulk import ASK_ABOVE
from tui.app.screens.bulk.slices import Outcome, run_slices
from tui.app.screens.choosing.comparison import passages_of
from tui.app.screens.choosing.picker import CodePicker
from tui.app.screens.code_keys import CodeKeys
from tui.app.screens.like.gather import LikeGather, place_of_like
from tui.app.state import Study
from tui.app.widgets.rows import clip
from tui.project.spans import Place, Unit, code_places
from tui.store.codings import recent_code_ids
from tui.text.counted import counted

if TYPE_CHECKING:
    from tui.app.screens.bulk.auto_code import Agreed
    from tui.app.screens.bulk.gather import Gathered
    from tui.app.screens.choosing.picking import Picked
    from tui.app.screens.like.screen import LikeScreen

UNITS: tuple[Unit, ...] = ("sentence", "paragraph")
"""What of a passage can be coded, the smallest first."""


class LikeActs(CodeKeys):
    """Codes the passages that a page has marked, or the highlighted one.

    Args:
        page: the page.
        study: the open study.
    """

    CODE_KEY = "like.code"

    def __init__(self, page: LikeScreen, study: Study) -> None:
        super().__init__(page, study)
        self._page = page
        self._project = study.project

    def _give_these(self, code_ids: tuple[int, ...]) -> None:
        self._give(code_ids)

    def pick(self, *, first: bool = False) -> None:
        """Ask for codes and give them; the one compared with comes first.

        Args:
            first: without marks all that are listed are meant, and shown first however few.
        """
        page, study, project = self._page, self._study, self._project
        if not self._can_code():
            return
        recent = recent_code_ids(project.db, project.coder_id)
        in_hand = [page.code_in_hand] if page.code_in_hand is not None else []
        count = len(page.chosen(everything=first))

        def picked(found: Picked | None) -> None:
            if found is not None:
                self._give(found.code_ids, found.new_name, found.new_parent_id, first=first)

        page.app.push_screen(
            CodePicker(
                study.codes,
                study.direct,
                [*in_hand, *recent],
                study.slots,
                f"Code {counted(count, 'passage')} as…",
                page.code_in_hand,
                passages=lambda code, most: passages_of(study, code, most),
            ),
            picked,
        )

    def _can_code(self) -> bool:
        page = self._page
        if not page.may_write(self._project):
            return False
        if not page.chosen():
            page.say("Nothing is marked or highlighted · Esc back")
            return False
        return True

    def _give(
        self,
        code_ids: Sequence[int],
        new_name: str | None = None,
        parent_id: int | None = None,
        *,
        first: bool = False,
    ) -> None:
        page = self._page
        if not self._can_code():
            return
        chosen = page.chosen(everything=first)
        if not first and len(chosen) <= ASK_ABOVE:
            places = [place_of_like(like, page.unit) for like in chosen]
            self._code(places, code_ids, new_name, parent_id)
            return
        # Loaded by those who code many at once.
        from tui.app.screens.bulk.auto_code import AutoCode  # noqa: PLC0415

        project, names = self._project, {each.id: each.name for each in self._study.documents}

        def collect(
            unit: Unit, done: Callable[[Gathered], None], _progress: Callable[[int, int], None]
        ) -> LikeGather:
            ids = () if new_name is not None else code_ids
            return LikeGather(project.path, project.coder_id, chosen, ids, names, unit, done)

        def agreed(found: Agreed | None) -> None:
            if found is None:
                page.say("Nothing was coded")
                return
            page.unit = found.unit
            self._code(found.places, code_ids, new_name, parent_id)

        given = clip(self._names(code_ids, new_name), 60)
        said = f"{counted(len(chosen), 'passage')} · resembling is not meaning the same"
        page.app.push_screen(
            AutoCode(collect, page.unit, given, said, noun="place", units=UNITS), agreed
        )

    def _code(
        self,
        places: Sequence[Place],
        code_ids: Sequence[int],
        new_name: str | None,
        parent_id: int | None,
    ) -> None:
        page, study = self._page, self._study
        names = self._names(code_ids, new_name)
        made = 0

        def slices() -> Iterator[int]:
            nonlocal made
            with self._project.one_step():
                for some, coded in code_places(
                    self._project, places, code_ids, new_name=new_name, parent_id=parent_id
                ):
                    made += coded
                    yield some

        def ended(outcome: Outcome) -> None:
            if code_ids:
                study.last_codes = tuple(code_ids)
            page.marks.clear()
            page.reload()
            there = outcome.done * (len(code_ids) + (new_name is not None)) - made
            said = f"+ {names} on {counted(len(places), page.unit_noun)}"
            said += f" · {there:,} were there" if there > 0 else ""
            page.say(outcome.said(said, len(places)))

        run_slices(page.app.push_screen, "Coding", len(places), slices(), ended)

    def _names(self, code_ids: Sequence[int], new_name: str | None) -> str:
        by_id = self._study.by_id
        names = [clip(by_id[each].key, 12) for each in code_ids if each in by_id]
        return ", ".join([*names, clip(new_name, 40)] if new_name else names)
