"""Every command over the hostile study: nothing that comes out acts, and nothing is lost."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.conftest import Answer, Qual, answered, environment
from tests.hostile.study import (
    CODER,
    ESCAPES,
    FAKE,
    FORMULAS,
    HIDDEN,
    NAME,
    SHOWN,
    TEXTS,
    Hostile,
    stored,
)
from tui.cli.option_names import OPTIONS
from tui.cli.registry import COMMANDS
from tui.text.safe import make_line, make_visible, unguard_formula

DOC = NAME_OF_FIRST = "\x1b]0;owned\x07[red]=cmd()👩‍👩‍👧"
"""A document; its name is that of its file."""
TALK = "talk\u202e"
KEY, CHILD = "\x1b[31mK[/x]", "=K\u202e"
CASE = f"{NAME} case"
ATTRIBUTE = "=year[/x]\x1b[31m"
WORSE = f"{ESCAPES['clipboard']}\x9b31m\u202e[/x]\n{FAKE}@SUM"
"""A name for new things."""
FOUND = '{"document": "+1", "start": 0, "end": 23}\n'

Line = tuple[str, ...]
SUCCESS: dict[str, list[Line]] = {
    "init": [("{other}",), ("{other}/again", "--json"), ("{other}/third", "-p", "{other}/t.qual")],
    "open": [],
    "import": [
        ("{fresh}",),
        ("{fresh}", "--name", WORSE),
        ("{fresh}", "--name", f"{WORSE} 2", "--language", WORSE, "--json"),
    ],
    "docs": [()],
    "docs rename": [(DOC, WORSE), (TALK, f"{WORSE} more", "--json")],
    "docs delete": [("hard", "--yes"), ("long", "--yes", "--json")],
    "docs mark": [(DOC, "read"), (DOC, "aside", "0:50", "--json"), (DOC, "unread")],
    "docs next": [(), ("--uncoded", "--after", f"{TALK}:0", "--json"), ("--after", f"{DOC}:0")],
    "docs bookmark": [(), (DOC, "10"), (DOC, "10", "--json")],
    "show": [(DOC,), (TALK,), ("@SUM.md",), (DOC, "--raw"), (DOC, "0:30"), ("hard",)],
    "search": [],
    "like": [(KEY,), (CHILD, "--json"), (DOC, "0:30"), (KEY, "--words"), (KEY, "--below")],
    "searches": [()],
    "searches save": [("one", WORSE), ("one", "two", "--replace", "--json")],
    "searches rename": [("kept", "other"), ("other", "third", "--json")],
    "searches delete": [("kept", "--yes")],
    "codes": [()],
    "codes add": [(WORSE, "--parent", KEY, "--definition", WORSE), (f"{NAME} 2", "--key", "\x1bN")],
    "codes rename": [(KEY, WORSE), (CHILD, f"{WORSE} 2", "--json"), ("=1+1", "+2")],
    "codes change": [
        (KEY, "--key", "\x9bnew", "--color", "\x1b[31m", "--example", WORSE),
        (CHILD, "--exclude", WORSE, "--json"),
    ],
    "codes move": [(CHILD, "--top"), (CHILD, "--parent", KEY, "--json")],
    "codes merge": [(f"{CHILD}-1", KEY, "--yes"), ("=1+1K", KEY, "--yes", "--json")],
    "codes delete": [("=1+1K", "--yes"), ("@SUM(A1)K", "--yes", "--json")],
    "codes pin": [("1", KEY), ("2", CHILD, "--json"), ("1",)],
    "codes hide": [(KEY,), (KEY, "--show", "--json")],
    "codes show": [(KEY,), (CHILD, "--json")],
    "codes solo": [(KEY,), (), ("--all", "--json")],
    "codebook": [],
    "codebook check": [("{book}",), ("{book}", "--json")],
    "codebook diff": [("--file", "{book}"), ("--file", "{book}", "--json")],
    "codebook pull": [("--file", "{small}", "--dry-run"), ("--file", "{small}")],
    "codebook push": [("--file", "{small}", "--dry-run"), ("--file", "{new}"), ("--json",)],
    "code": [(DOC, "3:9", KEY), (DOC, "3:9", CHILD, "--json"), (KEY, "--stdin"), ()],
    "uncode": [("1",), ("2", "3", "--json")],
    "recode": [("1", "--to", CHILD), ("--from", KEY, "--to", CHILD, "--yes", "--json")],
    "codings": [
        (),
        ("--code", KEY, "--below"),
        ("--doc", DOC, "--memo"),
        ("--case", CASE),
        ("--attr", "[kind]\x9b=-1"),
        ("--coder", SHOWN),
    ],
    "memo": [(), ("--doc", DOC), ("--code", KEY), ("--case", CASE), ("--on-project",)],
    "memo add": [(WORSE,), (WORSE, "--doc", DOC, "--span", "0:9", "--json"), ("-",)],
    "memo change": [("1", WORSE), ("2", f"{WORSE} 2", "--json")],
    "memo delete": [("1", "--yes"), ("2", "--yes", "--json")],
    "attr": [(), ("--name", ATTRIBUTE), ("--doc", DOC), ("--case", CASE)],
    "attr set": [
        (f"{WORSE}={WORSE}", "--doc", DOC),
        (f"{WORSE}=-1", "@2=3", "--case", CASE, "--json"),
    ],
    "attr load": [("{table}",), ("{table}", "--json")],
    "attr delete": [(ATTRIBUTE, "--yes"), ("+role", "--yes", "--json")],
    "case": [()],
    "case add": [(WORSE, "--kind", WORSE), (f"{WORSE} 2", "--json")],
    "case rename": [(CASE, WORSE), ("Ann\x1bc", f"{WORSE} 2", "--json")],
    "case assign": [(CASE, TALK), (CASE, DOC, "30:40", "--json")],
    "case release": [(CASE, "+1"), (CASE, DOC, "0:20", "--json")],
    "case delete": [(CASE, "--yes")],
    "relate": [()],
    "relate add": [(CHILD, WORSE, KEY), (CHILD, f"{WORSE} 2", KEY, "--json")],
    "relate delete": [("1", "--yes")],
    "count": [(), (KEY, CHILD), ("--total",), ("--doc", DOC, "--coder", CODER)],
    "matrix": [(), ("--by", "case"), ("--by", "coder"), ("--by", ATTRIBUTE), ("--rate",)],
    "agree": [(), ("--by", "both"), ("--total",)],
    "agree places": [("--coder", CODER, "--coder", SHOWN)],
    "agree decide": [],
    "cluster": [
        ("--min", "1"),
        ("--min", "1", "--show", "tree"),
        ("--min", "1", "--show", "joins", "--columns", "segment"),
        ("--min", "1", "--show", "pairs", "--measure", "pearson", "--json"),
    ],
    "cluster name": [(WORSE, KEY, CHILD), (f"{WORSE} 2", CHILD, "--json"), ("", CHILD)],
    "report": [],
    "report tables": [(), ("--level", "2")],
    "coders": [()],
    "coders show": [("--", HIDDEN), ("--all", "--json")],
    "coders hide": [(SHOWN,), ("--all", "--json")],
    "share": [("{group}",), ("{group}", "--json")],
    "backup": [("{copy}",), ("{copy}2", "--json"), ()],
    "log": [(), ("-n", "3")],
    "undo": [(), ("-n", "2", "--json")],
    "redo": [],
    "check": [(), ("--repair",), ("--dump",), ("--json",)],
    "config": [()],
    "config show": [("--origin",)],
    "config check": [(), ("--json",)],
    "config path": [()],
    "config set": [("theme", "dark"), ("title", WORSE, "--in-project")],
    "doctor": [],
    "keys": [(), ("--json",)],
    "completion": [("bash",), ("zsh",), ("fish",)],
}
"""Lines that succeed, for every verb and subverb; in the order in which they are run."""

REFUSED: list[Line] = [
    (f"\x1b[31m{WORSE}",),
    (f"--{WORSE}",),
    (f"-{WORSE}",),
    ("codes", f"--{WORSE}"),
    ("codes", WORSE),
    ("show",),
    ("show", WORSE),
    ("show", DOC, WORSE),
    ("show", DOC, "1:99999999"),
    ("show", DOC, "--format", WORSE),
    ("-p", f"{WORSE}.qual", "codes"),
    ("codes", "--project", f"\x1b[2J{WORSE}"),
    ("--coder", "\x1b \u2028"[1:], "codes"),
    ("import", f"{WORSE}.txt"),
    ("import", f"{WORSE}.docx"),
    ("import", WORSE),
    ("import", "{fresh}", "--encoding", WORSE),
    ("import", "{sources}"),
    ("docs", "rename", DOC, "+1"),
    ("docs", "delete", DOC),
    ("docs", "mark", DOC, WORSE),
    ("docs", "next", "--after", WORSE),
    ("docs", "bookmark", DOC),
    ("search", WORSE + '"'),
    ("search", f'code:{WORSE} "'),
    ("search", f'code:"{WORSE}"'),
    ("search", "\x1b[31m\u202e>=3"),
    ("search", f'doc:"{WORSE}"'),
    ("search", f'coder:"{WORSE}"'),
    ("search", f"in:{WORSE}"),
    ("search", "-e", f"({WORSE}"),
    ("search", f"--{WORSE}"),
    ("search", f"-{WORSE}"),
    ("search", "-m", WORSE, "x"),
    ("search", "--unit", WORSE, "x"),
    ("search", "-p", f"{WORSE}.qual", "x"),
    ("codes", "add", NAME),
    ("codes", "add", "x", "--parent", WORSE),
    ("codes", "add", "x", "--key", KEY),
    ("codes", "add", "x", "--key", f"{WORSE} two"),
    ("codes", "add", "x", "--letter", "\x1b"),
    ("codes", "add", "x", "--stage", WORSE),
    ("codes", "add", "x", "--slot", WORSE),
    ("codes", "rename", WORSE, "x"),
    ("codes", "move", KEY, "--parent", CHILD),
    ("codes", "merge", KEY, WORSE),
    ("codes", "merge", KEY, CHILD),
    ("codes", "delete", KEY),
    ("codes", "pin", WORSE, KEY),
    ("codebook", "check", f"{WORSE}.toml"),
    ("codebook", "check", "{broken}"),
    ("codebook", "pull", "--file", "{twice}"),
    ("codebook", "diff", "--file", "{cycle}"),
    ("codebook", "push", "--file", f"{WORSE}/no/such/folder.toml"),
    ("code", DOC, "3:9", WORSE),
    ("code", WORSE, "3:9", KEY),
    ("code", DOC, WORSE, KEY),
    ("code", KEY, "--stdin"),
    ("uncode", WORSE),
    ("recode", "1", "--to", WORSE),
    ("recode", "1", "--span", WORSE),
    ("codings", "--code", WORSE),
    ("codings", "--case", WORSE),
    ("codings", "--attr", WORSE),
    ("codings", "--coder", WORSE),
    ("codings", "--coder", HIDDEN),
    ("memo", "--doc", WORSE),
    ("memo", "change", "1", " "),
    ("attr", "--name", WORSE),
    ("attr", "set", WORSE.replace("=", ""), "--doc", DOC),
    ("attr", "set", "x=1", "--doc", WORSE),
    ("attr", "load", f"{WORSE}.csv"),
    ("attr", "load", "{strange}"),
    ("attr", "delete", WORSE, "--yes"),
    ("case", "add", CASE),
    ("case", "assign", CASE, "+1"),
    ("case", "assign", CASE, DOC, WORSE),
    ("case", "delete", CASE),
    ("relate", "add", KEY, "leads to \x1b[31m[/x]", CHILD),
    ("relate", "add", KEY, "x", KEY),
    ("count", WORSE),
    ("matrix", "--by", WORSE),
    ("matrix", "--cells", WORSE),
    ("matrix", "--basis", WORSE),
    ("agree", "--unit", WORSE),
    ("agree", "decide", DOC, "0:9", KEY, WORSE),
    ("cluster", "--measure", WORSE),
    ("cluster", "--show", WORSE),
    ("report", WORSE),
    ("coders", "show", WORSE),
    ("coders", "--round", WORSE),
    ("share", WORSE),
    ("backup", f"{WORSE}/no/such/folder"),
    ("backup", "{fresh}"),
    ("undo", "-n", WORSE),
    ("config", "set", WORSE, "1"),
    ("config", "set", "theme", WORSE),
    ("config", "set", WORSE, "1", "--in-project"),
    ("completion", WORSE),
    ("open", WORSE, "-p", WORSE),
    ("init", "{fresh}"),
    ("init", "x", "-p", WORSE),
]
"""Lines that are refused, hostile words in what the refusal quotes."""

SEARCHES: list[Line] = [
    ("words",),
    ("owned", "-C", "1"),
    ("ownde",),
    ("-e", r"\x1b."),
    ("-F", "[/x]"),
    ("-F", ESCAPES["clipboard"]),
    ('"not red"',),
    (f"code:{KEY}+",),
    (f'doc:"{DOC}" words',),
    ("words", "-l"),
    ("words", "-l", "-c"),
    ("words", "-c"),
    ("in:memos", "memo"),
    ("in:codes", "owned"),
    ("words", "--kwic"),
    ("नमस्ते",),
    ("مرحبا",),
    ("uncoded: words", "--loose"),
]


@pytest.fixture
def names(hostile: Hostile, tmp_path: Path) -> dict[str, str]:
    """Give what stands for the names in braces: files that the lines are about."""
    folder = tmp_path / "in \x1b[31m[x]\u202e"
    folder.mkdir()
    files = {
        "fresh": ("\x1b]0;owned\x07 fresh\n\u202e.txt", f"Fresh {WORSE} words.\n"),
        "small": ("\x1b[31msmall.toml", '[[code]]\nkey = "\\u001b[1mS"\nname = "=cmd() \\u202e"\n'),
        "broken": ("\x9bbroken.toml", '[[code]\nkey = "\x07"\n'),
        "twice": ("\x9btwice.toml", '[[code]]\nkey="\\u001b"\nname="a"\n' * 2),
        "cycle": ("\x1bcycle.toml", '[[code]]\nkey="\\u009b"\nname="a"\nparent="\\u009b"\n'),
        "table": ("\x1b[31mtable.csv", f"document,'=year,\"{WORSE}\"\n+1,'=1+1,\x1b[31m\n"),
        "strange": ("\x1b[31mstrange.csv", f'document,a\n"{WORSE}",1\n'),
    }
    found = {"sources": hostile.sources, "other": str(folder / "\x1b[2Jother")}
    for name, (file, text) in files.items():
        (folder / file).write_text(text, encoding="utf-8")
        found[name] = str(folder / file)
    (folder / "\x1b[2Jother" / "corpus").mkdir(parents=True)
    corpus = folder / "\x1b[2Jother" / "corpus"
    (corpus / "\x9b31m=doc.txt").write_text(f"One {WORSE}.\n", encoding="utf-8")
    (corpus / "\x1b[31mleft out.bin").write_text("x", encoding="utf-8")
    found["new"], found["copy"] = str(folder / "\x1bnew.toml"), str(folder / "\x9bcopy")
    import grp

    found["group"] = grp.getgrgid(os.getgid()).gr_name
    return found


def line_of(words: Line, names: dict[str, str]) -> list[str]:
    """Return a line with the names in braces put in."""
    return [re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], found[0]), w) for w in words]


def test_every_command_has_a_case() -> None:
    verbs = [name for name in OPTIONS if not name.startswith("__")]
    assert sorted(SUCCESS) == sorted({*verbs, *COMMANDS})


@pytest.mark.parametrize("verb", SUCCESS)
def test_what_a_command_prints_acts_on_nothing(
    qual: Qual, names: dict[str, str], verb: str
) -> None:
    if verb == "codebook check" or verb == "codebook diff":
        names["book"] = names["new"]
        assert qual("codebook", "push", "--file", names["new"]).code == 0
        assert qual("codes", "rename", KEY, WORSE).code == 0
    if verb in ("searches", "searches rename", "searches delete"):
        assert qual("searches", "save", "kept", WORSE).code == 0
    before = qual("log", "-n", "1", "--json").out
    for number, words in enumerate(SUCCESS[verb]):
        line = [*verb.split(), *line_of(words, names)]
        stdin = FOUND if "--stdin" in words else WORSE
        if not words and verb == "code":
            line, stdin = ["code", KEY, "--stdin", "--json"], FOUND.replace("23", "9")
        answer = qual(*line, stdin=stdin)
        assert answer.code in (
            (0, 1)
            if verb
            in (
                "import",
                "docs next",
                "like",
                "agree",
                "agree places",
            )
            else (0,)
        ), (
            line,
            answer,
        )
        if "--json" in line:
            assert all(record["schema"] == 1 for record in answer.records)
        listed = not words or words[0].startswith("--") or verb == "show"
        if verb == "backup":
            qual("backup")
            line, listed = ["backup", "--list"], True
        if (
            number < 2
            and listed
            and "--format" in OPTIONS[verb]
            and not {"--json", "--raw"} & {*words}
        ):
            all_formats(qual, line)
    if qual("log", "-n", "1", "--json").out != before:
        assert qual("check").code == 0, "what was changed is whole"


def all_formats(qual: Qual, line: list[str]) -> None:
    """Print a listing in every format; what is parsed back is what JSON says."""
    records = qual(*line, "--json").records
    qual(*line, "--format", "table")
    table = qual(*line, "--format", "md").out
    assert "\x1b" not in table
    sheet = read_sheet(qual(*line, "--format", "csv"))
    rows = [each.split("\t") for each in qual(*line, "--format", "tsv").out.splitlines()]
    assert len(records) == len(sheet) == len(rows), line
    for record, cells, row in zip(records, sheet, rows, strict=True):
        assert len(row) == len(cells)
        for (field, cell), plain in zip(cells.items(), row, strict=True):
            value = record.get(field)
            if isinstance(value, str):
                assert unguard_formula(cell) == value
                assert unescaped(plain) == value


def read_sheet(answer: Answer) -> list[dict[str, str]]:
    """Return the rows of a CSV; no cell of it begins a formula."""
    rows = list(csv.DictReader(io.StringIO(answer.out, newline=""), strict=True))
    for row in rows:
        assert None not in row and None not in row.values()
        for cell in (*row, *row.values()):
            assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell), cell
    return rows


def unescaped(field: str) -> str:
    r"""Take ``\t``, ``\n`` and ``\\`` of a tab-separated field back."""
    meant = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}
    return re.sub(r"\\[tn\\]", lambda found: meant[found[0]], field)


def test_a_refusal_quotes_names_without_obeying_them(qual: Qual, names: dict[str, str]) -> None:
    before = qual("check", "--dump").out
    for words in REFUSED:
        line = line_of(words, names)
        answer = qual(*line)
        assert answer.code in (1, 2), (line, answer)
        assert answer.code == 1 or answer.out == "", (line, answer)
        assert answer.err.startswith("qual: ") or (words[0] == "search" and not answer.err)
    assert qual("check", "--dump").out == before, "what is refused leaves no trace"


def test_where_an_error_arose_is_shown_without_obeying_what_it_quotes(qual: Qual) -> None:
    for verb in (("search", "words"), ("codes",)):
        answer = qual(*verb, "-p", f"{WORSE}.qual", "--debug", traced=True)
        assert answer.code == 2
        assert "ProjectNotFound" in answer.err


def test_every_search_in_every_form_is_inert(qual: Qual) -> None:
    forms: list[Line] = [(), ("--json",), ("--format", "csv"), ("--format", "tsv")]
    forms += [("--format", "md"), ("--unit", "paragraph"), ("-0",)]
    for words in SEARCHES:
        for form in forms:
            if "--kwic" in words and form and form != ("-0",):
                continue
            answer = qual("search", *words, *form) if form != ("-0",) else None
            if answer is None:
                continue
            assert answer.code == 0, (words, answer)
            if form == ("--json",) and "-c" not in words and "-l" not in words:
                assert answer.records and all(each["schema"] == 1 for each in answer.records)
            if form == ("--format", "csv") and "-c" not in words and "-l" not in words:
                assert read_sheet(answer)


def test_a_query_from_a_pipe_comes_back_inert(qual: Qual) -> None:
    answer = qual("search", "-", "--json", stdin=f"words\n{WORSE} words\n[/x]\n")
    assert answer.records[0]["query"] == "words"
    assert "\u202e" not in answer.out


def test_formulas_are_guarded_in_sheets_alone(qual: Qual) -> None:
    sheet = qual("codes", "--format", "csv").out
    piped, lines = qual("codes").out, qual("codes", "--json").out
    for formula in FORMULAS:
        shown = make_line(formula)
        assert f"\t{shown}\t" in piped or f"{shown}K\t" in piped
        assert f'"{shown}"' in lines
    assert "'=cmd()" in sheet and "'=cmd()" not in piped and "'=cmd()" not in lines
    assert "'''=1" not in piped and "''=1" in sheet


def test_sheets_that_come_back_say_what_went_out(
    qual: Qual, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Export as CSV, import as a study: names, attributes and codings are the same."""
    folder = tmp_path / "again"
    (folder / "corpus").mkdir(parents=True)
    text = "=cmd() opens this text. +1 follows.\n"
    wanted = {"=doc": "=1+1", "+doc": "@SUM", "-doc": "'-1"}
    for name in wanted:
        (folder / "corpus" / f"{name}.txt").write_text(text)
    (folder / "codebook.toml").write_text(
        "".join(f"[[code]]\nkey = {f + 'K'!r}\nname = {f!r}\n" for f in ("=cmd()", "@SUM", "+1"))
    )
    project = str(folder / "again.qual")
    monkeypatch.setenv("QUAL_CODER", "=zoe()")
    assert qual("init", str(folder)).code == 0
    for name, value in wanted.items():
        assert qual("-p", project, "attr", "set", f"@year={value}", "--doc", name).code == 0
        assert qual("-p", project, "code", "--", name, "0:5", "=cmd()K", "+1K").code == 0
    before = {
        verb: [
            {key: each[key] for key in keys} for each in qual("-p", project, verb, "--json").records
        ]
        for verb, keys in {
            "attr": ("name", "attribute", "value"),
            "codings": ("document", "coder", "code", "start", "end", "quote"),
        }.items()
    }
    values = read_sheet(qual("-p", project, "attr", "--format", "csv"))
    write_csv(
        folder / "corpus" / "attributes.csv",
        [["document", values[0]["attribute"]], *([row["name"], row["value"]] for row in values)],
    )
    codings = read_sheet(qual("-p", project, "codings", "--format", "csv"))
    keep = ["document", "coder", "code", "start", "end", "quote", "memo"]
    write_csv(
        folder / "corpus" / "codings.csv", [keep, *([row[key] for key in keep] for row in codings)]
    )
    os.unlink(project)
    assert qual("init", str(folder)).code == 0
    for verb, records in before.items():
        found = qual("-p", project, verb, "--json").records
        assert [{key: each[key] for key in records[0]} for each in found] == records


def write_csv(path: Path, rows: list[list[str]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_nothing_of_a_text_is_lost(qual: Qual) -> None:
    assert qual("check").code == 0
    dumped = qual("check", "--dump").records
    rows = [row for row in dumped if row["table"] == "passages"]
    for number, name in enumerate(TEXTS, 1):
        (document,) = (row for row in dumped if row["table"] == "documents" and row["id"] == number)
        text = document["lead"] + "".join(
            row["text"] + row["gap"] for row in rows if row["document_id"] == number
        )
        assert text == stored(name)
        assert document["source"] == name
        shown = qual("show", document["name"], "--raw").out
        assert shown == make_visible(stored(name), tabs=True).removesuffix("\n") + "\n"


def test_names_are_stored_as_they_were_given(qual: Qual) -> None:
    dumped = qual("check", "--dump").records
    kept = {table: [row["name"] for row in dumped if row["table"] == table] for table in (
        "codes", "cases", "coders", "attributes")}  # fmt: skip
    assert NAME in kept["codes"] and CASE in kept["cases"]
    assert {CODER, SHOWN, HIDDEN} <= set(kept["coders"])
    assert ATTRIBUTE in kept["attributes"]


def test_what_the_shell_completes_is_inert(qual: Qual, hostile: Hostile) -> None:
    for words in (
        ("codes", "rename", ""),
        ("codings", "--code", ""),
        (
            "codings",
            "--code=",
        ),
        ("show", ""),
        ("codings", "--case", ""),
        ("codings", "--coder", ""),
        ("codings", "--attr", ""),
        ("matrix", "--by", ""),
        ("code", DOC, "0:9", ""),
        ("search", ""),
        ("search", "code:"),
        ("search", f"x doc:{DOC}"),
        ("search", f"{ATTRIBUTE}="),
        ("like", ""),
        ("-p", hostile.path, "show", ""),
        ("-p", f"{WORSE}.qual", "show", ""),
        (WORSE, WORSE, ""),
        ("",),
        (),
    ):
        answer = qual("__complete", *words)
        assert answer.code == 0 and answer.err == "", (words, answer)
        assert all(line.count("\t") <= 1 for line in answer.out.split("\n"))
    assert make_line(KEY) in qual("__complete", "codes", "rename", "").out


def test_the_hostile_project_is_described(qual: Qual) -> None:
    answer = qual("doctor")
    assert answer.code in (0, 1)
    assert make_line("\x1b[31m=cmd()[x]") in answer.out
    assert qual("doctor", "--json").records[0]["project"].endswith("\ufffd.qual")


def test_two_hostile_projects_in_a_folder_are_named(qual: Qual, hostile: Hostile) -> None:
    (Path(hostile.folder) / "\x1b]0;owned\x07.qual").write_text("")
    for verb in ("codes", "doctor", "log", "check"):
        answer = qual(verb)
        assert answer.code == 2 and "holds 2 projects" in answer.err


HALVES = os.fsdecode(b"half \xff\xed\xa0\x80\x80name")
"""What bytes of a command line or of a file name become that are no text."""


def test_bytes_that_are_no_text_are_refused_or_made_safe(
    qual: Qual, hostile: Hostile, tmp_path: Path
) -> None:
    before = qual("check", "--dump").out
    for line in (
        ("show", HALVES),
        ("docs", "rename", "+1", HALVES),
        ("codes", "add", HALVES),
        ("codes", "change", KEY, "--definition", HALVES),
        ("codes", "rename", HALVES, "x"),
        ("memo", "add", HALVES),
        ("attr", "set", f"{HALVES}=1", "--doc", "+1"),
        ("attr", "set", f"x={HALVES}", "--doc", "+1"),
        ("case", "add", HALVES),
        ("relate", "add", KEY, HALVES, CHILD),
        ("config", "set", "title", HALVES, "--in-project"),
        ("config", "set", "keys.x", HALVES),
        ("config", "set", HALVES, "x"),
        ("--coder", HALVES, "codes", "add", "x"),
        ("import", HALVES),
        ("codebook", "check", HALVES),
        ("codebook", "pull", "--file", HALVES),
        ("share", HALVES),
        ("search", f"code:{HALVES}"),
        ("search", "-e", f"({HALVES}"),
        ("search", "-p", HALVES, "x"),
        ("-p", HALVES, "codes"),
        (HALVES,),
        ("codes", f"--{HALVES}"),
    ):
        assert qual(*line).code in (1, 2), line
    assert qual("check", "--dump").out == before
    for line in (
        ("--coder", HALVES, "codes"),
        ("codings", "--doc", HALVES),
        ("search", HALVES),
        ("search", "-F", HALVES),
        ("search", "-e", HALVES),
        ("search", "--coder", HALVES, "words"),
        ("__complete", "show", HALVES),
        ("__complete", "-p", HALVES, "show", ""),
        ("__complete", HALVES, HALVES),
    ):
        qual(*line)
    answer = qual("memo", "add", "-", stdin=HALVES)
    assert answer.code == 2, answer
    answer = qual("code", KEY, "--stdin", stdin='{"document": "\\ud800", "start": 0, "end": 3}')
    assert answer.code == 2, answer
    assert qual("check", "--dump").out == before


def test_a_file_whose_name_is_no_text_is_imported_under_a_safe_name(
    qual: Qual, tmp_path: Path
) -> None:
    folder = tmp_path / HALVES
    (folder / "corpus").mkdir(parents=True)
    for name in (f"{HALVES}.txt", "\n \u2028.txt", " \x9b31m  two\n lines .md"):
        (folder / "corpus" / name).write_text("Some words.\n", encoding="utf-8")
    answer = qual("init", str(folder))
    assert answer.code == 0, answer
    project = str(folder / f"{HALVES}.qual")
    names = [each["name"] for each in qual("-p", project, "docs", "--json").records]
    assert sorted(names) == sorted(["half ?????name", ".txt", "\ufffd31m two lines"])
    assert qual("-p", project, "check").code == 0
    assert qual("-p", project, "backup").code == 0
    assert qual("search", "-p", project, "words").code == 0
    assert qual("-p", project, "import", str(folder / "corpus")).code == 2


def test_the_process_itself_prints_nothing_that_acts(hostile: Hostile, empty_home: Path) -> None:
    """Through the real door: the light search, the full parser, help, completion."""
    for words, code in (
        (("search", "-p", hostile.path, "--coder", CODER, "words"), 0),
        (("search", "-p", hostile.path, "--coder", HALVES, "words"), 2),
        (("search", "-p", f"{WORSE}.qual", "--debug", "words"), 2),
        (("-p", hostile.path, "--coder", CODER, "show", DOC), 0),
        (("-p", hostile.path, "__complete", "show", ""), 2),
        (("__complete", "-p", hostile.path, "show", ""), 0),
        ((WORSE,), 2),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words],
            env=environment(empty_home),
            cwd=hostile.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        traced = "--debug" in words
        answer = answered(done.returncode, done.stdout, done.stderr, words, traced=traced)
        assert answer.code == code, (words, answer)
