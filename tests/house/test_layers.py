"""The house: who may import whom, where SQL lives, who knows Textual, what is explained."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FILES = sorted((ROOT / "tui").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_import_contracts_hold() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA\s"
    r"|CREATE\s+(TABLE|INDEX|UNIQUE|VIRTUAL|TRIGGER)|WITH\s+RECURSIVE|BEGIN\s+IMMEDIATE)",
    re.DOTALL,
)
"""How a statement begins; words of a sentence are no statement."""

CALLS = ("execute", "executemany", "executescript")


def sql_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            yield f"{name_of(path)}:{node.lineno}: {node.value[:40]!r}"
        if isinstance(node, ast.Attribute) and node.attr in CALLS:
            yield f"{name_of(path)}:{node.lineno}: .{node.attr}("


def test_sql_lives_in_the_store_alone() -> None:
    outside = [path for path in FILES if not name_of(path).startswith("tui/store/")]
    assert [found for path in outside for found in sql_of(path)] == []
    assert any(sql_of(path) for path in FILES if name_of(path).startswith("tui/store/"))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", ["textual", "rich"])
def test_the_app_alone_knows_the_screen_library(package: str) -> None:
    knowing = {
        name_of(path)
        for path in FILES
        if any(each.split(".")[0] == package for each in imports_of(path))
    }
    assert knowing
    assert {name for name in knowing if not name.startswith("tui/app/")} == set()


def test_nothing_opens_a_network_connection() -> None:
    forbidden = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx"}
    # Only to ask for this machine's name.
    allowed = {("tui/store/filesystem.py", "socket")}
    found = {
        (name_of(path), each.split(".")[0])
        for path in FILES
        for each in imports_of(path)
        if each.split(".")[0] in forbidden and each != "urllib.parse"
    }
    assert found <= allowed
    text = (ROOT / "tui/store/filesystem.py").read_text(encoding="utf-8")
    assert set(re.findall(r"socket\.(\w+)", text)) == {"gethostname"}


def test_there_is_no_room_for_odds_and_ends() -> None:
    names = {part for path in FILES for part in Path(name_of(path)).with_suffix("").parts}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc", "managers", "base"}


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name.startswith("_"):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                for member in node.body:
                    if not isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
                        continue
                    if member.name.startswith("_"):
                        continue
                    if not any(isinstance(each, ast.Attribute) for each in member.decorator_list):
                        yield member  # a setter is explained by its property


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_and_every_public_thing_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module does not say what lives in it"
    silent = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert silent == []


def test_a_migration_is_never_changed_after_it_was_released() -> None:
    from tui.store.migrations import (
        m0001_initial,
        m0002_solo,
        m0003_totals,
        m0004_searches,
        m0005_planes,
    )
    from tui.store.version import SCHEMA_VERSION

    modules = (m0001_initial, m0002_solo, m0003_totals, m0004_searches, m0005_planes)
    assert [migration.NAME for migration in modules] == [
        "m0001_initial",
        "m0002_solo",
        "m0003_totals",
        "m0004_searches",
        "m0005_planes",
    ]
    numbers = [int(path.name[1:5]) for path in (ROOT / "tui/store/migrations").glob("m0*.py")]
    assert sorted(numbers) == list(range(1, SCHEMA_VERSION + 1))
