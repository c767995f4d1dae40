"""File and project brought into step from both sides; a conflict is shown and changes nothing."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.strategies import code_trees, rewritten
from tests.tiny import Clock, memory_folder
from tui.codebook.file import FileCode, file_codes, read_codebook
from tui.codebook.rewrite import write_codebook
from tui.codebook.sync import compare
from tui.errors import QualError, Refused
from tui.project.check import canonical_dump, check
from tui.project.edits import codes, codings
from tui.project.edits.codebook import pull_codebook
from tui.project.project import Project
from tui.project.sync import codebook_path, plan_sync, pull, push
from tui.project.undo import undo
from tui.store.codes import find_code, list_codes
from tui.store.migrate import create_project


def held(project: Project) -> tuple[FileCode, ...]:
    """Return the codebook of a project as its file would have it."""
    return file_codes(list_codes(project.db))


def in_order(tree: tuple[FileCode, ...]) -> tuple[FileCode, ...]:
    """Return codes parents first, as a project lists them."""

    def below(parent: str) -> list[FileCode]:
        return [each for code in tree if code.parent == parent for each in (code, *below(code.key))]

    return tuple(below(""))


def assert_whole(project: Project) -> None:
    assert {name: wrong for name, wrong in check(project.db) if wrong} == {}


@pytest.fixture
def study(project: Project) -> Iterator[tuple[Project, Path]]:
    """Give the tiny project in step with its codebook file."""
    path = Path(codebook_path(project))
    push(project, str(path))
    yield project, path


def edit_file(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)


def test_a_first_push_writes_what_the_project_holds(study: tuple[Project, Path]) -> None:
    project, path = study
    assert read_codebook(str(path)).codes == held(project)
    assert push(project, str(path)) == 0
    assert pull(project, str(path)) == 0


def test_renaming_moving_and_deleting_through_the_file(study: tuple[Project, Path]) -> None:
    project, path = study
    edit_file(path, ('name = "Weather"', 'name = "Rain"\nparent = "C1"'))
    assert pull(project, str(path)) == 2
    rain = find_code(project.db, "C2")
    assert rain is not None
    assert (rain.name, rain.parent_id) == ("Rain", 1)
    text = path.read_text()
    start = text.index("[[code]]", text.index('name = "Rain"') - 40)
    path.write_text(text[:start])
    pull(project, str(path))
    assert find_code(project.db, "C2") is None
    assert read_codebook(str(path)).codes == held(project)
    assert_whole(project)


def test_letters_slots_and_names_may_be_swapped(study: tuple[Project, Path]) -> None:
    project, path = study
    codes.change_code(project, 1, {"slot": 1})
    codes.change_code(project, 4, {"slot": 2})
    push(project, str(path))
    work, weather = find_code(project.db, "C1"), find_code(project.db, "C2")
    assert work is not None
    assert weather is not None
    edit_file(
        path,
        ('name = "Work"', 'name = "?"'),
        ('name = "Weather"', 'name = "Work"'),
        ('name = "?"', 'name = "Weather"'),
        (f'letter = "{work.letter}"', 'letter = "?"'),
        (f'letter = "{weather.letter}"', f'letter = "{work.letter}"'),
        ('letter = "?"', f'letter = "{weather.letter}"'),
        ("slot = 1", "slot = 9"),
        ("slot = 2", "slot = 1"),
        ("slot = 9", "slot = 2"),
    )
    assert pull(project, str(path)) == 6
    now = find_code(project.db, "C1")
    assert now is not None
    assert (now.name, now.letter, now.slot) == ("Weather", weather.letter, 2)
    assert_whole(project)
    undo(project)
    assert find_code(project.db, "C1") == work


def test_a_code_with_its_branch_may_change_places_with_another(
    study: tuple[Project, Path],
) -> None:
    project, path = study
    file = read_codebook(str(path))
    by_key = {code.key: code for code in file.codes}
    turned = (
        replace(by_key["C1-1"], parent=""),
        replace(by_key["C1"], parent="C1-1"),
        replace(by_key["C1-1-1"], parent="C1"),
        by_key["C2"],
    )
    path.write_text(write_codebook(path.read_text(), turned))
    pull(project, str(path))
    assert held(project) == turned
    assert_whole(project)


def test_a_code_that_others_have_used_is_not_deleted_through_the_file(
    study: tuple[Project, Path],
) -> None:
    project, path = study  # zoe has coded with C1-1-1
    before = list(canonical_dump(project.db))
    text = path.read_text()
    start = text.index("[[code]]", text.index('key = "C1-1-1"') - 20)
    end = text.index("[[code]]", start + 1)
    path.write_text(text[:start] + text[end:])
    with pytest.raises(Refused, match="Other coders have codings"):
        pull(project, str(path))
    assert list(canonical_dump(project.db)) == before


def test_a_conflict_is_shown_and_changes_neither_side(study: tuple[Project, Path]) -> None:
    project, path = study
    edit_file(path, ('name = "Weather"', 'name = "Rain"'))
    codes.change_code(project, 4, {"name": "Snow"})
    before, text = list(canonical_dump(project.db)), path.read_text()
    for act in (pull, push):
        with pytest.raises(Refused) as refused:
            act(project, str(path))
        assert "name of C2: 'Rain' in the file, 'Snow' in the project" in refused.value.message
        assert "qual codebook diff" in refused.value.hint
    assert (list(canonical_dump(project.db)), path.read_text()) == (before, text)
    codes.change_code(project, 4, {"name": "Rain"})
    assert pull(project, str(path)) == 0


def test_both_sides_may_make_different_changes(study: tuple[Project, Path]) -> None:
    project, path = study
    edit_file(path, ('name = "Weather"', 'name = "Rain"'))
    codes.change_code(project, 4, {"definition": "What falls."})
    with pytest.raises(Refused, match="has 1 change not taken into the project yet"):
        push(project, str(path))
    assert pull(project, str(path)) == 1
    assert push(project, str(path)) == 1
    (rain,) = (code for code in read_codebook(str(path)).codes if code.key == "C2")
    assert (rain.name, rain.definition) == ("Rain", "What falls.")


def test_a_push_after_an_undone_pull_does_not_forget_the_file(study: tuple[Project, Path]) -> None:
    project, path = study
    edit_file(path, ('name = "Weather"', 'name = "Rain"'))
    pull(project, str(path))
    undo(project)
    _, plan = plan_sync(project, str(path))
    assert [(d.field, d.file, d.project) for d in plan.push] == [("name", "Rain", "Weather")]


def test_a_file_that_cannot_be_written_stays_and_is_not_remembered(
    study: tuple[Project, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, path = study
    text = path.read_text()
    codes.add_code(project, "Looms")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(QualError, match="cannot be written: No space left"):
            push(project, str(path))
    assert path.read_text() == text
    assert sorted(os.listdir(path.parent)) == sorted({"codebook.toml", *_of(project)})
    assert push(project, str(path)) == 1


def _of(project: Project) -> list[str]:
    name = os.path.basename(project.path)
    return [each for each in os.listdir(os.path.dirname(project.path)) if each.startswith(name)]


def test_the_files_permissions_stay(study: tuple[Project, Path]) -> None:
    project, path = study
    path.chmod(0o640)
    codes.add_code(project, "Looms")
    push(project, str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_definitions_brought_by_the_file_count_as_revisions(study: tuple[Project, Path]) -> None:
    project, path = study
    codings.add_codings(project, 1, 0, 4, [4])
    edit_file(path, ('name = "Weather"', 'name = "Weather"\ndefinition = "Sky."'))
    pull(project, str(path))
    weather = find_code(project.db, "C2")
    assert weather is not None
    assert weather.revision == 2


def letters_left_open(
    codes: tuple[FileCode, ...], file: tuple[FileCode, ...]
) -> tuple[FileCode, ...]:
    """Return codes without the letters whose choice the file leaves to the project."""
    chosen = {code.key for code in file if not code.letter}
    return tuple(replace(code, letter="") if code.key in chosen else code for code in codes)


@given(
    base=code_trees(),
    data=st.data(),
    sides=st.sampled_from([("file",), ("project",), ("file", "project")]),
)
def test_any_edits_on_both_sides_come_together_or_are_shown(
    base: tuple[FileCode, ...], data: st.DataObject, sides: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        path = os.path.join(folder, "codebook.toml")
        create_project(os.path.join(folder, "a.qual"))
        with Project(os.path.join(folder, "a.qual"), "ann", clock=Clock()) as project:
            Path(path).write_text(write_codebook("# mine\n", base))
            pull(project, path)
            assert letters_left_open(held(project), base) == in_order(base)
            if "file" in sides:
                file = rewritten(data.draw, base)
                Path(path).write_text(write_codebook(Path(path).read_text(), file))
            if "project" in sides:
                mine = rewritten(data.draw, held(project))
                here = held(project)
                with suppress(Refused):
                    pull_codebook(project, mine, compare(here, mine, here).pull)
            before, text = list(canonical_dump(project.db)), Path(path).read_text()
            try:
                pull(project, path)
            except Refused as refusal:
                event("conflict" if "differently" in refusal.message else "refused")
                assert len(sides) == 2, refusal.message
                assert list(canonical_dump(project.db)) == before
                assert Path(path).read_text() == text
                return
            event("came together")
            push(project, path)
            file_now = in_order(read_codebook(path).codes)
            assert letters_left_open(held(project), file_now) == file_now
            assert (pull(project, path), push(project, path)) == (0, 0)
            assert Path(path).read_text().startswith("# mine\n")
            assert_whole(project)
