"""What the app knows of the project stays what the project says, change by change."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Opener
from tests.tiny import draft
from tui.app.state import Study
from tui.project.edits.codes import add_code, delete_code, merge_codes, move_code
from tui.project.edits.codings import (
    add_codings,
    move_coding,
    recode_codings,
    remove_codings,
    set_important,
)
from tui.project.edits.documents import delete_document, import_document
from tui.project.edits.readings import hide_coders, show_coders
from tui.project.project import Project
from tui.project.undo import redo, undo


def facts(study: Study) -> object:
    return (
        {code: n for code, n in study.direct.items() if n},
        study.branch,
        study.segments,
        study.codes,
        study.documents,
        study.visible,
        study.hidden_coders,
    )


def assert_followed(project: Project, acts: list[Callable[[], object]]) -> None:
    study = Study(project)
    project.subscribe(study.take)
    for number, act in enumerate(acts):
        act()
        assert facts(study) == facts(Study(project)), f"after act {number}"


def test_counts_follow_every_act_and_its_undoing(project: Project) -> None:
    ids: list[int] = []
    assert_followed(
        project,
        [
            lambda: ids.extend(add_codings(project, 1, 0, 10, [1, 3])),
            lambda: ids.extend(add_codings(project, 2, 0, 10, [3])),
            lambda: set_important(project, ids[0], True),
            lambda: move_coding(project, ids[0], 0, 20),
            lambda: recode_codings(project, [ids[1]], 4),
            lambda: show_coders(project, ["zoe"]),
            lambda: remove_codings(project, ids[:1]),
            lambda: undo(project),
            lambda: undo(project),
            lambda: redo(project),
            lambda: hide_coders(project, ["zoe"]),
            lambda: add_code(project, "Rain", 4),
            lambda: merge_codes(project, 2, 4),
            lambda: move_code(project, 4, 1),
            lambda: undo(project),
            lambda: undo(project),
            lambda: import_document(project, draft("more", "One. Two.")),
            lambda: delete_document(project, 2),
            lambda: undo(project),
            lambda: delete_code(project, 5),
        ],
    )


def test_counts_follow_what_other_processes_do(open_tiny: Opener) -> None:
    mine, other = open_tiny("ann"), open_tiny("zoe")
    study = Study(mine)
    mine.subscribe(study.take)
    show_coders(mine, ["zoe"])
    for act in (
        lambda: add_codings(other, 1, 0, 10, [1, 3]),
        lambda: undo(other),
        lambda: add_code(other, "Rain"),
        lambda: import_document(other, draft("more", "One. Two.")),
    ):
        act()
        mine.poll()
        assert facts(study) == facts(Study(mine))


def test_many_codings_at_once_are_counted_anew(project: Project) -> None:
    study = Study(project)
    project.subscribe(study.take)
    with project.act("coding.add") as act:
        for start in range(80):
            add_codings.apply(act, 1, start, start + 20, [1])
    assert study.direct[1] == 80 and study.branch[1] == 80
