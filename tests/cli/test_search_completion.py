"""Completion inside queries: what is offered, what it costs, and that a real bash takes it."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Qual
from tests.conftest import RunPython
from tui.cli.commands import complete
from tui.search.completion import begins_name, complete_query
from tui.search.query import read_query

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "code": [("R1", "Root"), ("R1-1", "Child"), ("C 1", "spaced")],
    "branch": [("R1+", "Root")],
    "document": [("brief", ""), ("two talks", "")],
    "coder": [("ann", ""), ("bob", "")],
    "attribute": [("year", "number"), ("role", "text"), ("two words", "text")],
    "search": [("wet", "rained"), ("wet.days", "rained snow")],
    "value": [("year=1993", ""), ("year=2013", ""), ("role=head teacher", "")],
}


def offered(query: str) -> list[str]:
    return [name for name, _ in complete_query(query, NAMES.__getitem__)]


def test_codes_documents_coders_attributes_and_places_are_offered() -> None:
    assert offered("code:r1") == ["code:R1", "code:R1+", "code:R1-1"]
    assert offered("-code:R1-") == ["-code:R1-1"]
    assert offered("tired (NATO -code:R1-") == ["tired (NATO -code:R1-1"]
    assert offered("code:C") == ['code:"C 1"']
    assert offered('doc:"two t') == offered("doc:two") == ['doc:"two talks"']
    assert offered("coder:") == ["coder:ann", "coder:bob"]
    assert offered("year>") == ["year>1993", "year>2013"]
    assert offered("x YEAR>=20") == ["x YEAR>=2013"]
    assert offered("role=") == ['role="head teacher"']
    assert offered("in:m") == ["in:memos"] and offered("stem:germ") == ["stem:german"]
    assert offered("un") == ["uncoded:"]
    assert offered("co") == ["code:", "coder:"]
    assert offered("y") == ["year>="] and offered("ro") == ["role="]
    assert {"code:", "doc:", "year>="} <= set(offered(""))
    assert offered("tired ") == [f"tired {each}" for each in offered("")]
    assert offered("@") == offered("@WE") == ["@wet", "@wet.days"]
    assert offered("tired (@wet.") == ["tired (@wet.days"]
    assert offered('"@we') == offered("ann@we") == offered("-@we") == []
    assert offered('"two w') == ['"two words"='] == offered('"two words')
    assert offered('"co') == offered("nothing=") == offered("=") == []


def test_what_is_offered_can_be_read() -> None:
    for query in ("code:", "doc:", "coder:", "in:", "year>", "role=", "-code:", "x code:"):
        for whole in offered(query):
            assert len(read_query(whole).filters()) == 1, whole


def test_only_a_name_is_completed_while_a_query_is_typed() -> None:
    for query in ("@", "@we", "x (@we", "code:", "-code:R", "year>=", "ro=h", 'doc:"two t'):
        assert begins_name(query), query
    for query in ("", "co", "code", "tired", "code:R1 x", '"code:', "/a=", "http://x", "a@b"):
        assert not begins_name(query), query


def test_the_command_offers_them_of_the_project_with_their_names(
    qual: Qual, capsys: pytest.CaptureFixture[str]
) -> None:
    qual("attr", "set", "--doc", "letter", "year=1911")
    qual("docs", "rename", "talk", "two talks")
    assert "code:C1-1-1\tWages" in list(complete.complete(["search", "code:C1-1"]))
    assert list(complete.complete(["search", "rain", "doc:two"])) == ['doc:"two talks"']
    assert list(complete.complete(["search", "rain year>19"])) == ["rain year>1911"]
    assert list(complete.complete(["search", "--unit", "p"])) == ["paragraph"]
    assert list(complete.complete(["search", "--format", ""])) == ["csv", "tsv", "md"]
    assert "-code:C1-1-1\tWages" in list(complete.complete(["search", "-code:C1-1"]))
    assert list(complete.complete(["search", "-C", ""])) == []
    assert list(complete.complete(["like", "l"])) == ["letter"]
    assert complete.main(["search", "code", ":", "C2"]) == 0
    assert capsys.readouterr().out == "code:C2\tWeather\n"


def test_completing_a_query_loads_no_more_than_a_search(tiny: str, run_python: RunPython) -> None:
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "sys.argv[0] = 'qual'\n"
        "from tui.cli.commands.complete import main\n"
        "code = main(sys.argv[1:])\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)\n"
    )
    done = run_python(code, "-p", tiny, "search", "code:C1-1-")
    assert done.stdout == "code:C1-1-1\tWages\n"
    modules = done.stderr.split()
    heavy = {
        "typer",
        "textual",
        "sqlite_utils",
        "sqlite3",
        "json",
        "dataclasses",
        "pathlib",
        "rich",
    }
    assert not {name.partition(".")[0] for name in modules} & heavy
    assert len([name for name in modules if name.startswith("tui")]) <= 20, modules
    known = {"tui.search", "tui.search.completion"}
    assert {name for name in modules if name.startswith("tui.search")} <= known
    assert not any(name.startswith("tui.project") for name in modules)


def typed_in_bash(lines: dict[str, str], folder: Path) -> None:
    """Type lines, each with a Tab, into an interactive bash; each must come to show its text."""
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - another process
        os.chdir(folder)
        os.environ.update(TERM="dumb", INPUTRC="/dev/null", HISTFILE="")
        os.execvp("bash", ["bash", "--noprofile", "--rcfile", str(folder / "rc"), "-i"])
    try:
        for line, shown in lines.items():
            _read(terminal, "ready> ")
            os.write(terminal, f"{line}\t".encode())
            _read(terminal, shown)
            os.write(terminal, b"\x15\r")
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def _read(terminal: int, until: str) -> None:
    seen = b""
    end = time.monotonic() + 120
    while until.encode() not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 65536)
    assert until.encode() in seen, seen


def shim_for(folder: Path) -> None:
    """Write a program ``qual`` into a folder that works on the project of the test."""
    shim = folder / "qual"
    shim.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' QUAL_PROJECT='{Path.cwd() / 'tiny.qual'}'"
        f" exec '{sys.executable}' -m tui \"$@\"\n",
        encoding="utf-8",
    )
    shim.chmod(0o755)


@pytest.mark.skipif(not shutil.which("fish"), reason="no fish here")
def test_a_real_fish_takes_them_within_quotes_and_without(qual: Qual, tmp_path: Path) -> None:
    qual("attr", "set", "--doc", "letter", "year=1911")
    shim_for(tmp_path)
    (tmp_path / "script.fish").write_text(qual("completion", "fish").out, encoding="utf-8")
    lines = {
        "qual search code:C1-1-": "code:C1-1-1\tWages",
        "qual search 'rain -code:C2": "rain -code:C2\tWeather",
        "qual search 'rain year>=19": "rain year>=1911",
        "qual like C1-1-": "C1-1-1\tWages",
    }
    asked = "".join(f"complete -C {shlex.quote(line)}; echo; " for line in lines)
    home = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source {tmp_path}/script.fish; {asked}"],
        capture_output=True, text=True, check=False, env={**os.environ, **home},
    )  # fmt: skip
    for shown in lines.values():
        assert shown in done.stdout.splitlines(), done


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_a_real_bash_takes_them_within_quotes_and_without(qual: Qual, tmp_path: Path) -> None:
    qual("attr", "set", "--doc", "letter", "year=1911")
    qual("docs", "rename", "talk", "two talks")
    qual("searches", "save", "wet-days", "rained OR snow")
    shim_for(tmp_path)
    script = qual("completion", "bash").out
    rc = f"bind 'set bell-style none'\nPATH='{tmp_path}':$PATH\n{script}\nPS1='ready> '\n"
    (tmp_path / "rc").write_text(rc, encoding="utf-8")
    lines = {
        "qual search code:C1-1-": "qual search code:C1-1-1 ",
        "qual search 'rain year>=19": "qual search 'rain year>=1911' ",
        'qual search "rain -code:C2': 'qual search "rain -code:C2" ',
        "qual search 'doc:two": '"two talks"\' ',
        "qual search doc:two": '\\"two\\ talks\\" ',
        "qual search @we": "qual search @wet-days ",
        "qual search snow\\ @we": "qual search snow\\ @wet-days ",
        "qual search 'snow NOT (@we": "qual search 'snow NOT (@wet-days' ",
    }
    typed_in_bash(lines, tmp_path)
