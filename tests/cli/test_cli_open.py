"""Opening the screen: which project, and what is made where none stands."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import RunPython
from tui.cli.main import main
from tui.cli.opening import read_plain
from tui.cli.session import Call
from tui.errors import ProjectNotFound

Opened = list[tuple[str | None, str, str | None]]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opened:
    """Give the list of what was opened, by a screen that closes at once."""
    calls: Opened = []

    def run_app(
        path: str | None, coder: str, *, first_run_folder: str | None = None, **_: object
    ) -> int:
        calls.append((path, coder, first_run_folder))
        return 0

    screen = ModuleType("tui.app.app")
    screen.run_app = run_app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app.app", screen)
    monkeypatch.setattr("tui.cli.opening.need_terminal", lambda: None)
    monkeypatch.setattr("tui.cli.commands.open.need_terminal", lambda: None)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return calls


@pytest.fixture
def nothing_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no project be found, whatever lies in the folders above those of the tests."""

    def find(start: str, explicit: str | None, environ: object) -> str:
        raise ProjectNotFound("There is no project here.")

    monkeypatch.setattr("tui.cli.session.find_project", find)


def test_the_project_above_the_folder_is_opened(opened: Opened, tmp_path: Path, tiny: str) -> None:
    assert main([]) == 0
    assert main(["open"]) == 0
    assert main(["--coder", "bob"]) == 0
    assert [(path, coder) for path, coder, _ in opened] == [
        (tiny, "ann"),
        (tiny, "ann"),
        (tiny, "bob"),
    ]


def test_a_named_project_is_opened(opened: Opened, tmp_path: Path, tiny: str) -> None:
    other = shutil.copy(tiny, tmp_path / "here" / "other.qual")
    assert main(["open", str(other)]) == 0
    assert main(["-p", tiny]) == 0
    assert [path for path, _, _ in opened] == [str(other), tiny]
    assert main(["open", "nowhere.qual"]) == 2
    assert main(["open", str(other), "-p", tiny]) == 2


def test_a_folder_with_a_corpus_becomes_a_project(
    opened: Opened, nothing_above: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "here" / "corpus"
    corpus.mkdir()
    (corpus / "one.txt").write_text("Some words here.\n", encoding="utf-8")
    assert main([]) == 0
    path = str(tmp_path / "here" / "here.qual")
    assert opened == [(path, "ann", None)]
    assert Path(path).is_file()
    assert "corpus/one.txt: 1 passage\n" in capsys.readouterr().err


def test_where_nothing_stands_the_first_screen_is_shown(
    opened: Opened, nothing_above: None, tmp_path: Path
) -> None:
    assert main([]) == 0
    assert opened == [(None, "ann", str(tmp_path / "here"))]
    assert list((tmp_path / "here").iterdir()) == []


def test_a_damaged_corpus_opens_nothing_and_leaves_no_trace(
    opened: Opened, nothing_above: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here" / "codebook.toml").write_text('[[code]]\nkey = "A"\n', encoding="utf-8")
    assert main([]) == 2
    assert "codebook.toml line 1: a code needs a name" in capsys.readouterr().err
    assert opened == []
    assert [each.name for each in (tmp_path / "here").iterdir()] == ["codebook.toml"]


def test_of_two_projects_it_asks_which(
    opened: Opened, tmp_path: Path, tiny: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(tiny, tmp_path / "other.qual")
    monkeypatch.setattr(sys, "stdin", Terminal("2\n"))
    assert main([]) == 0
    assert [path for path, _, _ in opened] == [tiny]
    monkeypatch.setattr(sys, "stdin", Terminal("7\n"))
    assert main([]) == 1


def test_the_screens_own_exit_code_is_passed_on(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    sys.modules["tui.app.app"].run_app = lambda *_, **__: 143  # type: ignore[attr-defined]
    assert main([]) == 143


PLAIN: dict[str, tuple[str | None, str | None]] = {
    "": (None, None),
    "open": (None, None),
    "open x.qual": ("x.qual", None),
    "--coder ann open x.qual": ("x.qual", "ann"),
    "open open": ("open", None),
    "-p x.qual": ("x.qual", None),
    "--project=x.qual --coder=ann": ("x.qual", "ann"),
    "open -p x.qual": ("x.qual", None),
}
NOT_PLAIN = (
    "x.qual", "docs", "open x y", "open x -p y", "-p y open x", "open --sample", "--help", "-p",
    "open --", "--debug", "-px.qual", "--coder=", "open -p --coder", "--version",
)  # fmt: skip


def test_plain_lines_are_read_without_the_parser_and_mean_the_same() -> None:
    for line, (project, coder) in PLAIN.items():
        assert read_plain(line.split()) == Call(project, coder), line
    for line in NOT_PLAIN:
        assert read_plain(line.split()) is None, line


def test_the_screen_opens_without_the_parser(run_python: RunPython) -> None:
    done = run_python(
        "import sys; sys.argv = ['qual', '-p', 'nowhere.qual']\n"
        "from tui.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, 'typer' in sys.modules)\n"
    )
    assert done.stdout.split() == ["2", "False"]
    assert (
        "needs a terminal" in done.stderr or "no terminal" in done.stderr or "none" in done.stderr
    )
