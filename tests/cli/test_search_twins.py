"""The light command line and the full one are one table: same lines, same values, same help."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from tui.cli.commands import search_typer
from tui.cli.commands.search_line import Values, read_line
from tui.errors import QualError
from tui.search.options import CHOICE, FLAG, NUMBER, OPTIONS, help_text

WORDS = (
    "a",
    "-",
    "tired tests",
    "code:R1",
    "-1",
    "",
    "-code:R1+ a",
    "-uncoded:",
    "-year>=2",
    '-"a"=1',
)
VALUES = {
    NUMBER: ("0", "3", "12", "-1", "x", "1.5", "", " 4"),
    "text": ("a", "-x", "", "--", "ä=b"),
}
WRONG = ("--nope", "-z", "--count=3", "-hq", "--unit", "-m", "-cmx", "-icm3", "-m3c", "--no-count")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give a function that reads a line with the full parser; None when it refuses."""
    seen: list[Values] = []

    def keep(values: Values, _: object) -> int:
        seen.append(values)
        return 0

    monkeypatch.setattr(search_typer, "run_values", keep)
    made = typer.main.get_command(search_typer.app)

    def read(line: list[str]) -> Values | None:
        seen.clear()
        try:
            made.main(list(line), prog_name="qual search", standalone_mode=True)
        except SystemExit as ended:
            if ended.code not in (0, None):
                return None
        return seen[0] if seen else {"help": True, "query": []}

    yield read


def light(line: list[str]) -> Values | None:
    try:
        return read_line(line)
    except QualError as error:
        assert error.exit_code == 2
        return None


def random_line(rng: random.Random) -> list[str]:
    line: list[str] = []
    for _ in range(rng.randint(0, 4)):
        name, letter, kind, _, choices, _ = rng.choice(OPTIONS)
        shown = f"-{letter}" if letter and rng.random() < 0.5 else f"--{name}"
        if kind == FLAG:
            line.append(shown)
            continue
        options = (*choices, "wrong", "") if kind == CHOICE else VALUES[kind]
        value = rng.choice(options)
        way = rng.random()
        if way < 0.4:
            line += [shown, value]
        elif shown.startswith("--"):
            line.append(f"{shown}={value}")
        elif value:
            line.append(shown + value)
        else:
            line.append(shown)
    for _ in range(rng.randint(0, 2)):
        line.insert(rng.randint(0, len(line)), rng.choice(WORDS))
    if rng.random() < 0.15:
        line.insert(rng.randint(0, len(line)), rng.choice((*WRONG, "--", "-h", "--help")))
    return line


def test_both_accept_and_refuse_the_same_lines(
    command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(7)
    refused = 0
    for _ in range(900):
        line = random_line(rng)
        expected = light(line)
        assert command(line) == expected, line
        refused += expected is None
    assert 100 < refused < 700
    capsys.readouterr()


@pytest.mark.parametrize("line", [[word] for word in WRONG])
def test_both_refuse_what_is_wrong(
    line: list[str], command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(line) == light(line)
    capsys.readouterr()


def test_both_print_the_same_help(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("-h", "--help"):
        command([flag])
        assert capsys.readouterr().out == help_text()


def test_every_option_is_in_the_help_and_no_line_is_wide() -> None:
    lines = help_text().splitlines()
    for name, *_ in OPTIONS:
        assert any(f"--{name}" in line for line in lines)
    assert max(map(len, lines)) <= 90
