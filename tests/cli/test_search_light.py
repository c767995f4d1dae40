"""The search command stays light: what it loads is counted, not timed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunPython
from tests.search.projects import empty_project, fill

FORBIDDEN = (
    "typer",
    "click",
    "sqlite_utils",
    "numpy",
    "pathlib",
    "dataclasses",
    "json",
    "argparse",
    "rich",
    "textual",
    "sqlite3",
    "typing",
    "re",
    "enum",
    "inspect",
    "logging",
    "tempfile",
    "subprocess",
    "threading",
    "asyncio",
    "functools",
    "collections",
    "struct",
    "array",
    "tui.model",
    "tui.project",
    "tui.app",
    "tui.cli.main",
)

CODE = """
import os, sys
before = set(sys.modules)
end = os._exit
def tell(code):
    sys.stderr.write("\\n".join(sorted(set(sys.modules) - before)))
    sys.stderr.flush()
    end(code)
os._exit = tell
sys.argv[0] = "qual"
from tui.__main__ import main
main()
"""


@pytest.fixture
def project(tmp_path: Path) -> str:
    path = tmp_path / "study.qual"
    db = empty_project(path)
    fill(db, {"brief": ["The tests made teachers tired.", "Nobody spoke of reading."]})
    db.close()
    return str(path)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["tests", "teachers"], 0),
        (["tsets", "taechers"], 0),
        (["zzzzzz"], 1),
        (["tests", "doc:brief", "uncoded:"], 0),
        (["-c", "tests"], 0),
        (["--help"], 0),
    ],
)
def test_the_command_loads_nothing_heavy(
    words: list[str], code: int, project: str, run_python: RunPython
) -> None:
    ended = run_python(CODE, "-p", project, "search", *words)
    assert ended.returncode == code
    loaded = ended.stderr.split()
    assert [name for name in loaded if name.split(".")[0] == "rapidfuzz" or name in FORBIDDEN] == []
    assert [name for name in loaded if name.split(".")[0] in FORBIDDEN] == []
    assert len(loaded) <= 33 + ("-c" in words)
    assert len([name for name in loaded if name.startswith("tui")]) <= 27 + ("-c" in words)


JOINED = ("grammar", "tree", "plan", "joints", "worlds", "verdict", "stems", "elsewhere", "pattern")


def test_only_a_query_with_joints_loads_what_reads_them(
    project: str, run_python: RunPython
) -> None:
    words = ["tests", '"made teachers"', "uncoded:", "doc:brief"]
    plain = run_python(CODE, "-p", project, "search", *words)
    assert plain.returncode == 0
    joined = run_python(CODE, "-p", project, "search", "(tests OR zeal) NOT reading teachers")
    assert joined.returncode == 0
    assert [name for name in JOINED if f"tui.search.{name}" in plain.stderr.split()] == []
    loaded = joined.stderr.split()
    assert [name for name in loaded if name.split(".")[0] in FORBIDDEN] == []
    assert not {"snowballstemmer", "tui.search.stems", "tui.search.elsewhere"} & set(loaded)
    assert len(loaded) <= 42
    stems = run_python(CODE, "-p", project, "search", "stem:english", "teacher", "test")
    assert stems.returncode == 0
    assert "snowballstemmer" in stems.stderr.split()


def test_what_stands_in_while_the_driver_is_loaded_is_gone_afterwards(
    project: str, run_python: RunPython
) -> None:
    code = """
import sys
from tui.store.reader import open_reader
print("functools" in sys.modules)
db = open_reader(sys.argv[1])
for _ in range(300):
    assert db.execute("SELECT 1").fetchone() == (1,)
import functools, sqlite3
print(functools.reduce(lambda a, b: a + b, [1, 2]), sqlite3.connect is not None)
print(functools.lru_cache(3)(len).cache_info().maxsize)
"""
    ended = run_python(code, project)
    assert ended.stdout.split() == ["False", "3", "True", "3"], ended.stderr


def test_very_many_near_words_load_nothing_heavy_either(
    tmp_path: Path, run_python: RunPython
) -> None:
    path = tmp_path / "many.qual"
    db = empty_project(path)
    letters = "abcdefghijklmnopqrst"
    crowd = [f"abc{a}{b}{c}xyz" for a in letters for b in letters for c in letters]
    fill(db, {"brief": [" ".join(crowd[at : at + 50]) for at in range(0, len(crowd), 50)]})
    db.close()
    typed = run_python(CODE, "-p", str(path), "search", "-c", crowd[0])
    assert "rapidfuzz" not in typed.stderr
    mistyped = run_python(CODE, "-p", str(path), "search", "-c", "abcfgzyxz")
    assert mistyped.returncode in (0, 1)
    assert "rapidfuzz" not in mistyped.stderr


def test_the_project_is_left_as_it_was(project: str, run_python: RunPython) -> None:
    before = Path(project).read_bytes()
    run_python(CODE, "-p", project, "search", "tests")
    assert Path(project).read_bytes() == before
    # What SQLite puts beside it to read along with writers holds nothing.
    log = Path(project + "-wal")
    assert not log.exists() or log.stat().st_size == 0
