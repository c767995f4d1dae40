"""Every example of the page on the query language finds what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.cli.commands.search import run
from tui.project.workspace import copy_sample, make_workspace
from tui.search.grammar import LANGUAGES
from tui.search.options import EXPLANATION
from tui.search.query import FILTERS, JOINTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \|.*\| ([0-9]+) \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("study"))
    copy_sample(folder)
    return make_workspace(folder, "zoe", say=lambda line: None)


def test_the_examples_of_the_page_find_what_it_says(
    study: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert len(ROWS) > 40
    for query, count in ROWS:
        code = run(["-p", study, "--coder", "hana", "-c", "--", query])
        printed = capfd.readouterr()
        assert (printed.out.strip(), printed.err) == (count, ""), query
        assert code == 0, query


def test_the_error_on_the_page_is_the_one_that_is_printed(
    study: str, capfd: pytest.CaptureFixture[str]
) -> None:
    ((query, shown),) = re.findall(r"^\$ qual search '(.+)'\n((?:.+\n)+)", PAGE, re.MULTILINE)
    assert run(["-p", study, "--", query]) == 2
    assert capfd.readouterr() == ("", shown.removesuffix("```\n"))


def test_page_and_help_name_every_joint_filter_and_language() -> None:
    for name in (*JOINTS, *(f"{name}:" for name in FILTERS)):
        assert name in PAGE, name
        assert name in EXPLANATION, name
    assert ", ".join(LANGUAGES) in PAGE
