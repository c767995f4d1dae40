"""Mistakes end in one line with a hint, an exit code, and no traceback."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Qual
from tests.conftest import RunPython
from tui.cli import main as command_line
from tui.cli.commands import check
from tui.errors import QualError


def test_an_unknown_verb_names_near_ones(qual: Qual) -> None:
    answer = qual("cods")
    assert answer.code == 2
    assert answer.out == ""
    assert "There is no command 'cods'. Did you mean 'codes'" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("codes", "renam"),
        ("codes", "--jsn"),
        ("show",),
        ("codebook",),
        ("codes", "pin", "12", "C1"),
        ("--frobnicate",),
        ("code", "letter", "0:24"),
        ("code", "letter", "24", "C1"),
        ("code", "letter", "9:3", "C1"),
        ("code", "letter", "0:999999", "C1"),
        ("code", "nobody", "0:4", "C1"),
        ("code", "letter", "0:4", "C9"),
        ("uncode",),
        ("uncode", "99"),
        ("recode", "1"),
        ("recode", "1", "--from", "C1", "--to", "C2"),
        ("codes", "move", "C1"),
        ("codes", "move", "C1", "--parent", "C1-1"),
        ("codes", "delete", "C1"),
        ("docs", "delete", "letter"),
        ("docs", "mark", "letter", "eaten"),
        ("memo", "add", " "),
        ("memo", "add", "x", "--doc", "letter", "--code", "C1"),
        ("attr", "set", "year"),
        ("attr", "set", "year=1"),
        ("attr", "load", "nowhere.csv"),
        ("case", "assign", "Ada", "letter", "5"),
        ("matrix", "--by", "nothing"),
        ("matrix", "--cells", "tears"),
        ("matrix", "--level", "9"),
        ("agree", "--unit", "tears"),
        ("agree", "--by", "nothing"),
        ("cluster", "--linkage", "ward"),
        ("cluster", "--level", "9"),
        ("cluster", "--cut", ".2", "--clusters", "3"),
        ("count", "--format", "xml"),
        ("coders", "show"),
        ("coders", "show", "nobody"),
        ("coders", "--round", "ajar"),
        ("config", "set", "thme", "dark"),
        ("completion", "csh"),
        ("share", "no-such-group"),
        ("undo", "-n", "0"),
        ("import", "nowhere.txt"),
        ("-p", "nowhere.qual", "codes"),
        ("codes", "-p", "nowhere.qual"),
        ("--coder", " ", "codes"),
    ],
)
def test_a_mistake_is_told_in_words_with_exit_code_2(qual: Qual, words: tuple[str, ...]) -> None:
    answer = qual(*words)
    assert answer.code == 2, answer
    assert answer.err.startswith("qual: ") and "Traceback" not in answer.err
    assert answer.out == ""
    assert qual("log", "--json").records[0]["subject"].startswith("+ C1-1 Pay")


def test_what_is_not_found_has_exit_code_1(qual: Qual) -> None:
    for words in (("memo",), ("relate",), ("codings", "--code", "C2"), ("attr",)):
        answer = qual(*words)
        assert (answer.code, answer.out) == (1, ""), words


def test_a_word_near_the_wrong_one_is_offered(qual: Qual) -> None:
    assert "Did you mean letter?" in qual("show", "leter").err
    assert "Did you mean C1-1 or" in qual("code", "letter", "0:4", "C11").err


def test_a_foreign_file_and_a_text_are_no_projects(qual: Qual, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.qual").execute("CREATE TABLE t (x)").connection.close()
    (tmp_path / "text.qual").write_text("no database at all, but long enough to be looked at")
    for name in ("other.qual", "text.qual"):
        answer = qual("-p", name, "codes")
        assert answer.code == 2
        assert "project" in answer.err and "Traceback" not in answer.err


def test_two_projects_in_a_folder_are_named(qual: Qual, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "tiny.qual", tmp_path / "other.qual")
    answer = qual("codes")
    assert answer.code == 2
    assert "other.qual, tiny.qual" in answer.err


def test_an_unexpected_error_is_one_line_and_debug_shows_where(
    qual: Qual, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the bottom fell out\x1b[31m")

    monkeypatch.setattr("tui.cli.session.open_reader", broken)
    answer = qual("codes")
    assert answer.code == 2
    assert answer.err.startswith("qual: unexpected RuntimeError: the bottom fell out")
    assert "\x1b" not in answer.err and "Traceback" not in answer.err
    assert "Traceback" in qual("codes", "--debug").err


def test_an_interrupt_ends_with_130(qual: Qual, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.session.open_reader", interrupted)
    assert qual("codes").code == 130


def test_without_a_terminal_the_screen_is_refused_and_nothing_is_made(
    qual: Qual, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "study"
    (folder / "corpus").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for words in ((), ("open",), ("open", "--sample")):
        answer = qual(*words)
        assert answer.code == 2
        assert answer.err.startswith("qual: The screen needs a terminal")
    assert [each.name for each in folder.iterdir()] == ["corpus"]


def test_a_dumb_terminal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.cli import opening

    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(QualError, match="cannot show a screen"):
        opening.need_terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    opening.need_terminal()


def test_a_pipe_that_closes_early_is_quiet(tiny: str, run_python: RunPython) -> None:
    code = (
        "import os, sys\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        "os.dup2(write, 1)\n"
        "from tui.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = run_python(code, "-p", tiny, "--coder", "zoe", "show", "letter")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_under_the_results_is_told(tiny: str, run_python: RunPython) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    code = (
        "import os, sys\n"
        "os.dup2(os.open('/dev/full', os.O_WRONLY), 1)\n"
        "from tui.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = run_python(code, "-p", tiny, "codes")
    assert done.returncode == 2
    assert done.stderr.startswith("qual: The output could not be written: No space left")
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_help_is_plain_and_exit_code_0(qual: Qual) -> None:
    for words in (("--help",), ("-h",), ("help",), ("codes", "-h"), ("help", "codes", "add")):
        answer = qual(*words)
        assert answer.code == 0
        assert answer.out.startswith("Usage: qual")
        assert "\x1b" not in answer.out and "╭" not in answer.out
    assert qual("--version").out.startswith("qual ")


def test_the_words_of_the_process_are_taken_when_none_are_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["qual", "--version"])
    assert command_line.main() == 0
    assert capsys.readouterr().out.startswith("qual ")


def test_a_long_list_of_faults_is_cut_short_but_for_json(
    qual: Qual, tiny: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tiny) as db:
        db.execute("INSERT INTO index_tokens (index_tokens) VALUES ('delete-all')")
    monkeypatch.setattr(check, "_SHOWN", 2)
    answer = qual("check")
    faults = next(r["problems"] for r in qual("check", "--json").records if not r["ok"])
    assert answer.code == 1 and len(faults) > 3
    assert answer.lines[-2:] == [
        f"  {faults[1]}",
        f"  … and {len(faults) - 2} more; --json lists all",
    ]
    assert qual("check", "--repair").code == 0
