"""What the command prints: safe, whole, and in the forms that others read."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.search.projects import MakeProject, write_project
from tui.cli.columns import clipped, width
from tui.cli.commands.search import run
from tui.errors import ProjectNotFound, QualError
from tui.store.locate import find_coder, find_project

ESCAPE = "hidden \x1b[31mred\x1b[0m \u202eevil\u2069 \x9b word\ttab\nline \\ =1+1"
DOCUMENTS = {
    "brief": [
        "Schools were tested. Teachers were tired. Nobody read.",
        "学校考试很多。Schools again.",
    ],
    "no\x1btes": [ESCAPE],
}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    return lambda documents, name="study.qual": write_project(tmp_path / name, documents)


@pytest.fixture
def project(make_project: MakeProject) -> str:
    return str(make_project(DOCUMENTS))


Captured = pytest.CaptureFixture[str]


def out(capfd: Captured, *words: str) -> tuple[int, str]:
    code = run(list(words))
    return code, capfd.readouterr().out


def test_piped_lines_are_tab_separated(project: str, capfd: Captured) -> None:
    assert out(capfd, "-p", project, "schools tested") == (
        0,
        "brief\t1\t0\t20\t\tSchools were tested.\n",
    )
    assert out(capfd, "-p", project, "-0", "schools tested")[1].endswith("tested.\0")


def test_nothing_of_a_text_or_a_name_reaches_the_terminal_raw(
    project: str, capfd: Captured
) -> None:
    forms: tuple[list[str], ...] = (
        [],
        ["--json"],
        ["--format", "csv"],
        ["--format", "md"],
        ["--kwic"],
        ["-l"],
        ["-C1"],
    )
    for form in forms:
        code, text = out(capfd, "-p", project, *form, "hidden")
        assert code == 0
        for sign in "\x1b\x9b\u202e\u2069":
            assert sign not in text, form
    run(["-p", project, "doc:no\x1b[31m\u202e", "x"])
    run(["-p", "gone\x1b[31m\u202e", "x"])
    run(["-p", project, "code:\x1b]0;x\x07"])
    run(["--\x1b[31m"])
    errors = capfd.readouterr().err
    assert errors
    for sign in "\x1b\x07\u202e":
        assert sign not in errors


def test_a_line_stays_a_line(project: str, capfd: Captured) -> None:
    _, text = out(capfd, "-p", project, "hidden", "--unit", "paragraph")
    (line,) = text.splitlines()
    fields = line.split("\t")
    assert len(fields) == 6
    assert fields[5].endswith("word\\ttab\\nline \\\\ =1+1")


def test_in_a_pipe_words_are_marked_only_where_colour_is_asked_for(
    project: str, capfd: Captured
) -> None:
    asked = ("-p", project, "schools", "--sort", "place")
    _, plain = out(capfd, *asked)
    _, marked = out(capfd, *asked, "--color", "always")
    assert "\x1b" not in plain + out(capfd, *asked, "--color", "always", "--format", "tsv")[1]
    assert "\t\x1b[1;4mSchools\x1b[0m were tested.\n" in marked
    assert marked.replace("\x1b[1;4m", "").replace("\x1b[0m", "") == plain


def test_json_lines_are_json_with_the_documented_fields(project: str, capfd: Captured) -> None:
    _, text = out(capfd, "-p", project, "--json", "schools", "--sort", "place")
    one, two = map(json.loads, text.splitlines())
    assert one["schema"] == 1
    assert (one["document"], one["paragraph"], one["start"], one["end"]) == ("brief", 1, 0, 20)
    assert (one["hits"], one["codes"], one["text"]) == ([[0, 7]], [], "Schools were tested.")
    assert 0 < one["score"] <= 1
    assert "query" not in one and "memo" not in one
    # One sentence: no space follows the Chinese stop.
    assert two["text"] == "学校考试很多。Schools again."
    assert two["hits"] == [[62, 69]]
    _, hidden = out(capfd, "-p", project, "--json", "hidden", "--unit", "paragraph")
    assert json.loads(hidden)["text"] == ESCAPE.translate(
        {0x1B: "\u241b", 0x202E: "\ufffd", 0x2069: "\ufffd", 0x9B: "\ufffd"}
    )


def test_csv_is_guarded_and_read_back(make_project: MakeProject, capfd: Captured) -> None:
    path = str(make_project({"d": ['=cmd "quoted", word', "line\nword"]}))
    _, text = out(
        capfd, "-p", path, "--format", "csv", "word", "--sort", "place", "--unit", "paragraph"
    )
    head, one, two = csv.reader(io.StringIO(text))
    assert head == ["document", "paragraph", "start", "end", "score", "codes", "text"]
    assert (one[6], two[6]) == ('\'=cmd "quoted", word', "line\nword")


def test_markdown_rows_escape_what_markdown_reads(
    make_project: MakeProject, capfd: Captured
) -> None:
    path = str(make_project({"d": ["a | b *word* <i>"]}))
    _, text = out(capfd, "-p", path, "--format", "md", "word")
    assert text.splitlines()[2].endswith(r"| a \| b \*word\* \<i\> |")


def test_kwic_is_aligned_in_cells(project: str, capfd: Captured) -> None:
    _, text = out(capfd, "-p", project, "--kwic", "schools", "--sort", "place")
    places = [width(line[: line.index("Schools")]) for line in text.splitlines()]
    assert len(set(places)) == 1 and len(places) == 2


def test_context_counts_units(project: str, capfd: Captured) -> None:
    _, text = out(capfd, "-p", project, "--json", "tired", "-C1")
    hit = json.loads(text)
    assert (hit["before"], hit["after"]) == (["Schools were tested."], ["Nobody read."])
    _, text = out(capfd, "-p", project, "--json", "tired", "-A9", "-B0", "--unit", "paragraph")
    assert json.loads(text)["after"] == ["学校考试很多。Schools again."]


def test_counts_names_limits_and_exit_codes(
    project: str, make_project: MakeProject, capfd: Captured
) -> None:
    texts = ["Cafe\u0301 \U0001f600", "\u0e44\u0e17\u0e22\u0e42\u0e25\u0e01"]
    odd = str(make_project({"odd": texts}, name="odd.qual"))
    assert out(capfd, "-p", project, "-c", "schools") == (0, "2\n")
    assert out(capfd, "-p", project, "-c", "zzzzz") == (1, "0\n")
    assert out(capfd, "-p", project, "-l", "schools") == (0, "brief\n")
    assert out(capfd, "-p", project, "-lc", "schools") == (0, "brief\t2\n")
    assert out(capfd, "-p", project, "-q", "schools") == (0, "")
    assert out(capfd, "-p", project, "-q", "zzzzz") == (1, "")
    assert out(capfd, "-p", project, "-m1", "schools")[1].count("\n") == 1
    assert out(capfd, "-p", project, "-m0", "schools") == (1, "")
    assert out(capfd, "-p", project, "zzz qqq xxx") == (1, "")
    assert out(capfd, "-p", project, "!!!") == (2, "")
    assert out(capfd, "-p", project, "-F", "chools w") == (
        0,
        "brief\t1\t0\t20\t\tSchools were tested.\n",
    )
    assert out(capfd, "-p", project, "-e", "t[ei]red") == (
        0,
        "brief\t1\t21\t41\t\tTeachers were tired.\n",
    )
    assert out(capfd, "-p", project, "-c", "-e", "t[ei]red", "again") == (1, "0\n")
    assert out(capfd, "-p", project, "-w", "-c", "school") == (1, "0\n")
    assert out(capfd, "-p", project, "-w", "-c", "scho*") == (0, "2\n")
    assert out(capfd, "-p", project, "-c", "-doc:brief schools") == (1, "0\n")
    for way in (["/Caf\u00e9/"], ["-F", "Cafe\u0301"], ['"\U0001f600"'], ["\u0e42\u0e25\u0e01"]):
        assert out(capfd, "-p", odd, "-c", *way) == (0, "1\n"), way


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a", "-"], "stands alone"),
        (["-is", "a"], "exclude each other"),
        ([" "], "nothing to search"),
        (["-e", "(", "a"], "  (\n  ^"),
        (["a code:"], "  a code:\n    ^"),
        (["人 code:"], "  人 code:\n     ^"),
        (["中国 \U0001f600 x"], "  中国 \U0001f600 x\n       ^"),
        (["\U0001f600中 AND OR x"], "  \U0001f600中 AND OR x\n  ^"),
        (['"\U0001f600中" AND OR x'], '  "\U0001f600中" AND OR x\n         ^'),
        (["Å\u0301и code:"], "  Å\u0301и code:\n     ^"),
        (['"a b'], "not closed"),
        (["-war", "peace"], "There is no option -a in -war"),
        (["--kwic", "-C1", "a"], "exclude each other"),
        (["!!!"], "no word in this query"),
        ([f"{'x ' * 100}code: {'y ' * 100}"], f"  …{'x ' * 30}code: {'y ' * 57}…\n   {' ' * 60}^"),
    ],
)
def test_wrong_lines_and_queries_exit_2_and_say_where(
    words: list[str], said: str, project: str, capfd: Captured
) -> None:
    assert run(["-p", project, *words]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert said in captured.err


def test_bad_project_files_are_explained(tmp_path: Path, capfd: Captured) -> None:
    import sqlite3

    (tmp_path / "text.qual").write_text("not a database at all " * 50)
    (tmp_path / "empty.qual").touch()
    for name, version, application in (("new.qual", 99, 0x7175616C), ("foreign.qual", 0, 7)):
        db = sqlite3.connect(tmp_path / name)
        db.execute(f"PRAGMA application_id = {application}")
        db.execute(f"PRAGMA user_version = {version}")
        db.execute("CREATE TABLE t (x)")
        db.commit()
        db.close()
    said = {
        "text.qual": "no project of qual",
        "empty.qual": "not a project of qual",
        "new.qual": "newer",
        "foreign.qual": "not a project of qual",
        "missing.qual": "no project at",
    }
    for name, text in said.items():
        assert run(["-p", str(tmp_path / name), "word"]) == 2
        assert text in capfd.readouterr().err, name


def test_a_locked_project_is_explained(
    project: str, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    monkeypatch.setattr("tui.store.reader.WAIT_SECONDS", 0.05)
    db = sqlite3.connect(project, isolation_level=None)
    db.execute("PRAGMA journal_mode = delete")
    db.execute("BEGIN EXCLUSIVE")
    assert run(["-p", project, "word"]) == 2
    assert "held by another program" in capfd.readouterr().err
    db.close()


def test_the_project_is_found_upward_and_two_are_refused(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    with pytest.raises(ProjectNotFound):
        find_project(str(deep), None, {})
    (tmp_path / "one.qual").touch()
    assert find_project(str(deep), None, {}) == str(tmp_path / "one.qual")
    assert find_project("/", str(tmp_path), {}) == str(tmp_path / "one.qual")
    assert find_project("/", None, {"QUAL_PROJECT": str(tmp_path / "one.qual")}).endswith(
        "one.qual"
    )
    (tmp_path / "two.qual").touch()
    with pytest.raises(QualError, match=r"one\.qual, two\.qual"):
        find_project(str(deep), None, {})


def test_the_coder_is_named_by_option_environment_or_login() -> None:
    env = {"QUAL_CODER": "ann", "LOGNAME": "login"}
    assert find_coder("bob", env) == "bob"
    assert find_coder(None, env) == "ann"
    assert find_coder(None, {"LOGNAME": "login"}) == "login"
    assert find_coder(None, {})


def qual(*words: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *words],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, **more},
    )


def test_options_may_stand_before_the_verb_and_queries_come_through_a_pipe(project: str) -> None:
    before = qual("-p", project, "--coder", "ann", "search", "-c", "schools")
    after = qual("search", "-c", "schools", QUAL_PROJECT=project)
    assert before.stdout == after.stdout == "2\n"
    several = qual("search", "-p", project, "--json", "-", stdin="tired\n\nzzzzz\nread\n")
    assert [json.loads(line)["query"] for line in several.stdout.splitlines()] == ["tired", "read"]
    assert several.returncode == 0 and "line 2 is blank" in several.stderr


def test_a_broken_pipe_is_quiet(project: str) -> None:
    line = f"{sys.executable} -m tui search -p '{project}' schools -C 2 | true"
    ended = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert ended.stderr == ""


def test_a_wrong_query_among_several_is_told_of_and_the_others_are_answered(project: str) -> None:
    said = qual("search", "-p", project, "-c", "-", stdin="tired\na code:\nschools\r\n")
    assert (said.stdout, said.returncode) == ("1\ttired\n2\tschools\n", 2)
    assert said.stderr.startswith("qual: line 2: code: has no value.\n  a code:\n    ^\nhint: ")
    bytes_in = subprocess.run(
        [sys.executable, "-m", "tui", "search", "-p", project, "-c", "--json", "-"],
        cwd=ROOT, input=b"ti\xffred\ntired\n", capture_output=True,
    )  # fmt: skip
    counted = [json.loads(line) for line in bytes_in.stdout.splitlines()]
    assert [(each["query"], each["count"]) for each in counted] == [
        ("ti\ufffdred", 0),
        ("tired", 1),
    ]


def test_the_answers_to_several_queries_can_be_told_apart(
    project: str, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*options: str, lines: str = "tired\nread\n") -> tuple[int, list[str]]:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        code, text = out(capfd, "-p", project, *options, "-")
        return code, text.splitlines()

    assert asked("-l") == (0, ["brief\ttired", "brief\tread"])
    assert asked("-lc") == (0, ["brief\t1\ttired", "brief\t1\tread"])
    assert [line.rpartition("\t")[2] for line in asked()[1]] == ["tired", "read"]
    for form in ("csv", "md"):
        lines = asked("--format", form)[1]
        assert sum("paragraph" in line for line in lines) == 1
        assert "query" in lines[0] and "tired" in lines[-2] and "read" in lines[-1]
    assert asked("--kwic")[1][0] == "tired" and asked("--kwic")[1][2] == "read"
    assert asked("-q", lines="tired\na code:\n") == (2, [])
    assert asked("-q", lines="zzzzz\n") == (1, [])


def test_several_queries_are_answered_as_they_come(project: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "search", "-p", project, "-c", "-"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        for query, count in (("tired", "1\ttired\n"), ("schools", "2\tschools\n")):
            process.stdin.write(f"{query}\n")
            process.stdin.flush()
            assert process.stdout.readline() == count
        process.stdin.close()
    assert process.returncode == 0


def test_a_full_disk_is_said_and_an_interrupt_is_130(project: str) -> None:
    line = f"{sys.executable} -m tui search -p '{project}' schools > /dev/full"
    ended = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stderr.startswith("qual: The output could not be written: No space left")
    assert "Traceback" not in ended.stderr
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "search", "-p", project, "-c", "-"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        process.stdin.write("tired\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 130


def test_counts_and_names_come_in_every_form(project: str, capfd: Captured) -> None:
    assert json.loads(out(capfd, "-p", project, "-c", "--json", "schools")[1]) == {
        "schema": 1, "count": 2,
    }  # fmt: skip
    assert json.loads(out(capfd, "-p", project, "-l", "--json", "schools")[1]) == {
        "schema": 1, "document": "brief", "count": 2,
    }  # fmt: skip
    assert out(capfd, "-p", project, "-l", "--format", "csv", "schools")[1] == (
        "document,count\nbrief,2\n"
    )
    assert out(capfd, "-p", project, "-lc", "--format", "md", "schools")[1].endswith(
        "| brief | 2 |\n"
    )


def test_kwic_leaves_the_text_as_it_is_written(make_project: MakeProject, capfd: Captured) -> None:
    texts = ["They joined (NATO).", "我们学校考试很多", "e\u0301cole, NATO", "NATO"]
    path = str(make_project({"d": texts}))
    _, text = out(capfd, "-p", path, "--kwic", "NATO", "--sort", "place")
    lines = text.splitlines()
    assert [line.split("  ", 1)[1].strip() for line in lines] == [texts[0], texts[2], texts[3]]
    _, chinese = out(capfd, "-p", path, "--kwic", "学校")
    assert "我们学校考试很多" in chinese
    columns = {width(line[: line.index("NATO")]) for line in lines}
    assert columns == {width(chinese[: chinese.index("学校")])}
    long = str(make_project({"a very long name of a document indeed": ["NATO"]}, name="l.qual"))
    assert "…:1 " in out(capfd, "-p", long, "--kwic", "NATO")[1]


def on_terminal(*words: str, **more: str) -> str:
    """Run the command on a pseudo-terminal of 60 columns and return what it shows."""
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    env = {**os.environ, "TERM": "xterm", **more}
    env.pop("NO_COLOR", None) if "NO_COLOR" not in more else None
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "search", *words],
        cwd=ROOT,
        stdout=follower,
        stderr=follower,
        env=env,
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    process.wait()
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


def test_on_a_terminal_hits_are_grouped_bold_and_counted(project: str) -> None:
    shown = on_terminal("-p", project, "schools")
    assert "\x1b[1mbrief\x1b[0m\n" in shown
    assert "\x1b[1;4mSchools\x1b[0m were tested." in shown
    assert shown.rstrip().endswith("2 hits in 1 document")
    assert (
        on_terminal("-p", project, "schools", "-m1").rstrip().endswith("1 of 2 hits in 1 document")
    )
    for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"QUAL_NO_COLOR": "1"}):
        assert "\x1b" not in on_terminal("-p", project, "schools", **plain)
    assert "\x1b" not in on_terminal("-p", project, "schools", "--color", "never")
    assert "\x1b[1;4m" in on_terminal("-p", project, "schools", "--color", "always", NO_COLOR="1")


def test_an_answer_longer_than_the_screen_goes_through_the_pager(
    make_project: MakeProject, tmp_path: Path
) -> None:
    path = str(make_project({"d": [f"needle {at}" for at in range(60)]}))
    kept = tmp_path / "kept"
    pager = f"cat > {kept}; sleep 0"
    shown = on_terminal("-p", path, "needle", QUAL_PAGER=pager, PAGER="false")
    assert "needle 59" not in shown and "60 hits in 1 document" in shown
    paged = kept.read_text(encoding="utf-8")
    assert paged.count("\x1b[1;4mneedle\x1b[0m") == 60
    for words, more in (
        (("-m", "3"), {"QUAL_PAGER": "false"}),
        (("--no-pager",), {"QUAL_PAGER": "false"}),
        ((), {"QUAL_PAGER": "", "PAGER": "false"}),
        ((), {"QUAL_PAGER": "no-such-pager-here 2>/dev/null"}),
        ((), {"PAGER": "cat", "TERM": "dumb"}),
    ):
        shown = on_terminal("-p", path, "needle", "--color", "never", *words, **more)
        assert "needle 1" in shown and "needle 2" in shown, (words, more)
    # Put away before its end: no complaint.
    shown = on_terminal("-p", path, "needle", QUAL_PAGER="head -n 2")
    assert "Broken" not in shown and "60 hits" in shown


def test_on_a_terminal_no_line_is_wider_than_it(make_project: MakeProject) -> None:
    text = "学校 " * 40 + "needle " + "long words " * 30
    path = str(make_project({"d" * 90: [text, "needle"]}))
    for form in ([], ["--kwic"], ["-C2"]):
        shown = on_terminal("-p", path, "needle", "--color", "never", *form)
        assert max(width(line) for line in shown.splitlines()) <= 60
        assert shown.count("needle") >= 2


def test_on_a_terminal_partial_hits_come_last_and_are_not_counted(project: str) -> None:
    shown = on_terminal("-p", project, "schools tested zzzzz", "--color", "never")
    assert "(partial)" in shown
    assert "Nothing found." in shown
    assert "(partial)" not in qual("search", "-p", project, "schools tested zzzzz").stdout


def test_texts_are_clipped_in_cells() -> None:
    assert clipped("学校考试", 5) == "学校…"
    assert clipped("学校考试", 8) == "学校考试"
    assert clipped("abcdef", 4, at_end=False) == "…def"
    assert width("e\u0301学") == 3
