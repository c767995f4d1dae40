"""What a verb loads, and that reading changes nothing: each in a clean interpreter."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import RunPython
from tui.cli.registry import COMMANDS

RUN = (
    "import sys\n"
    "from tui.cli.main import main\n"
    "code = main(sys.argv[1:])\n"
    "print('loaded', *sorted(sys.modules), file=sys.stderr)\n"
    "sys.exit(code)\n"
)

READING = (
    ("docs",),
    ("docs", "next"),
    ("docs", "bookmark"),
    ("show", "letter"),
    ("like", "C1"),
    ("searches",),
    ("codes",),
    ("codings",),
    ("memo",),
    ("attr",),
    ("case",),
    ("relate",),
    ("count",),
    ("count", "--total"),
    ("matrix",),
    ("matrix", "--rate"),
    ("cluster", "--min", "1"),
    ("report", "tables"),
    ("coders",),
    ("log",),
    ("config",),
    ("doctor",),
    ("backup", "--list"),
    ("codebook", "diff"),
    ("completion", "bash"),
    ("--help",),
)


def loaded(stderr: str) -> set[str]:
    last = stderr.splitlines()[-1].split()
    assert last[0] == "loaded", stderr
    return set(last[1:])


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_reading_verb_opens_no_writer_and_loads_neither_screen_nor_migrations(
    tiny: str, run_python: RunPython, words: tuple[str, ...]
) -> None:
    before = Path(tiny).read_bytes()
    done = run_python(RUN, "-p", tiny, "--coder", "zoe", *words)
    modules = loaded(done.stderr)
    heavy = {"sqlite_utils", "textual", "rich", "tomlkit", "numpy", "pydantic"}
    assert not {name for name in modules if name.partition(".")[0] in heavy}
    assert not modules & {"tui.store.writer", "tui.store.migrate", "tui.app", "tui.search.engine"}
    assert "Traceback" not in done.stderr
    assert Path(tiny).read_bytes() == before


@pytest.mark.parametrize(
    "words", [("code", "letter", "0:8", "C2"), ("undo",), ("memo", "add", "x"), ("check",)]
)
def test_an_act_loads_no_screen_and_no_migrations(
    tiny: str, run_python: RunPython, words: tuple[str, ...]
) -> None:
    done = run_python(RUN, "-p", tiny, "--coder", "zoe", *words)
    assert done.returncode == 0, done.stderr
    assert not loaded(done.stderr) & {"sqlite_utils", "textual", "rich", "tui.store.migrate"}


def test_help_loads_no_verb(run_python: RunPython) -> None:
    modules = loaded(run_python(RUN, "--help").stderr)
    verbs = {module for _, module, _ in COMMANDS.values()}
    assert not modules & verbs


def test_a_verb_loads_no_other_verb(tiny: str, run_python: RunPython) -> None:
    modules = loaded(run_python(RUN, "-p", tiny, "codes").stderr)
    assert {name for name in modules if name.startswith("tui.cli.commands.")} == {
        "tui.cli.commands.codes",
        "tui.cli.commands.codes_desk",
    }


def test_completion_loads_next_to_nothing(tiny: str, run_python: RunPython) -> None:
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from tui.cli.commands.complete import main\n"
        "code = main(sys.argv[1:])\n"
        "print('loaded', *sorted(set(sys.modules) - before), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    done = run_python(code, "-p", tiny, "codings", "--doc", "l")
    assert done.stdout == "letter\n"
    modules = loaded(done.stderr)
    heavy = {"typer", "textual", "sqlite_utils", "sqlite3", "json", "dataclasses", "pathlib"}
    assert not {name.partition(".")[0] for name in modules} & heavy
    assert {name for name in modules if name.startswith("tui.store.")} == {
        "tui.store.locate",
        "tui.store.names",
        "tui.store.reader",
        "tui.store.version",
    }


def test_reading_verbs_work_where_nothing_can_be_written(
    tiny: str, run_python: RunPython, tmp_path: Path
) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    path = folder / "tiny.qual"
    path.write_bytes(Path(tiny).read_bytes())
    path.chmod(0o400)
    folder.chmod(0o500)
    # The owner of everything may write everywhere: take that away by what the program asks.
    shut = (
        "import os\n"
        "access = os.access\n"
        "os.access = lambda path, mode, **kw: mode != os.W_OK and access(path, mode, **kw)\n"
    )
    try:
        for words in (("codes",), ("codings",), ("show", "letter"), ("log",), ("check",)):
            done = run_python(shut + RUN, "-p", str(path), "--coder", "zoe", *words)
            assert done.returncode == 0, done.stderr
            assert done.stdout
        done = run_python(shut + RUN, "-p", str(path), "--coder", "zoe", "undo")
        assert done.returncode == 2
        assert "cannot be written here" in done.stderr
        assert sorted(os.listdir(folder)) == ["tiny.qual"]
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize(
    ("closed", "words", "code", "said"),
    [
        (">&-", "search mill", 2, "Standard output is closed"),
        (">&-", "codes", 2, "Standard output is closed"),
        ("2>&-", "search -c mill", 0, ""),
        ("<&-", "search -", 1, ""),
    ],
)
def test_closed_streams_end_in_a_line_not_in_a_traceback(
    tiny: str, closed: str, words: str, code: int, said: str
) -> None:
    line = f"{shlex.quote(sys.executable)} -m tui {words} -p {shlex.quote(tiny)} {closed}"
    ended = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert ended.returncode == code, ended
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
