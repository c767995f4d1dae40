"""Bad input: each gets one clear message and exit code 2, and leaves no trace in the project."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hostile.conftest import Answer, answered, environment
from tests.terminal.driver import Terminal
from tests.tiny import make_tiny, memory_folder
from tui.cli.commands import search
from tui.cli.main import main
from tui.importing import registry
from tui.project.check import canonical_dump
from tui.project.edits.codes import change_code
from tui.project.project import Project
from tui.store.reader import open_reader
from tui.store.version import SCHEMA_VERSION

Run = Callable[..., Answer]

CODEBOOK = '[[code]]\nkey = "K"\nname = "Alpha"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the tiny project and files that are bad in all ways."""
    place = tmp_path / "study"
    place.mkdir()
    make_tiny(place / "tiny.qual")
    return place


@pytest.fixture
def run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Give a function that runs a line in that folder, as zoe."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("QUAL_CODER", "zoe")

    def once(*words: str, stdin: str = "") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capfdbinary.readouterr()
        code = search.run(list(words[1:])) if words[:1] == ("search",) else main(words)
        sys.stdout.flush()
        return answered(code, *capfdbinary.readouterr(), words)

    return once


def dump(project: str | Path) -> list[str]:
    """Return all that researchers made in a project."""
    db = open_reader(str(project))
    try:
        return list(canonical_dump(db))
    finally:
        db.close()


def listing(folder: Path) -> list[str]:
    """Return what lies in a folder but SQLite's own files beside the project."""
    return sorted(set(os.listdir(folder)) - {"tiny.qual-wal", "tiny.qual-shm"})


def assert_refused(
    run: Run, folder: Path, *words: str, says: str = "", stdin: str = "", advised: bool = True
) -> Answer:
    """Assert that a line is refused in words, and that nothing is different afterwards."""
    before = dump(folder / "tiny.qual") if (folder / "tiny.qual").exists() else []
    names = listing(folder)
    answer = run(*words, stdin=stdin)
    assert answer.code == 2, (words, answer)
    assert answer.out == "", (words, answer)
    said = [line for line in answer.err.splitlines() if line.startswith("qual: ")]
    assert said and says in answer.err, (words, answer)
    hints = [line for line in answer.err.splitlines() if line.startswith("hint: ")]
    assert hints or not advised or words[0] == "search", answer.err
    assert listing(folder) == names, words
    if before:
        assert dump(folder / "tiny.qual") == before, words
    return answer


# Files


def zip_of(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


XML = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
DOCUMENTS: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t\r\n\xef\xbb\xbf"[:4], "only white space"),
    "binary.txt": (bytes(range(256)) * 400, "not a text file"),
    "zeros.txt": (b"\0" * 10_000, "not a text file"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a PNG picture"),
    "program.md": (b"\x7fELF\x02\x01" + b"\0" * 99, "a program"),
    "scanned.pdf": (b"%PDF-1.7\n%\xff\xff\xff", "a PDF document"),
    "really.pdf.txt": (b"%PDF-1.7\n%\xff\xff\xff", "a PDF document"),
    "letter.docx": (zip_of("../../evil", b"x"), "a word processor document"),
    "broken.docx": (b"PK\x03\x04 and nothing more", "a word processor document"),
    "broken.txt": (b"PK\x03\x04 and nothing more", "a zip archive"),
    "study.zip": (zip_of("../../evil.txt", b"x"), "an archive"),
    "study.qdpx": (b"PK\x03\x04", "a file of another coding program"),
    "hostile.xml": (XML, "an XML document"),
    "encrypted.txt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Office document"),
    "table.xlsx": (zip_of("xl/workbook.xml", XML), "a table"),
    "talk.mp3": (b"ID3\x03", "a recording"),
    "no ending": (b"Some words.", "no ending"),
    "strange.q\x1bx": (b"Some words.", "so how to read it is unknown"),
    "cut.txt": (b"\xff\xfe\x00\xd8", "damaged"),
    "other.qual": (b"Some words.", "a project of qual"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_that_is_no_document_is_refused(run: Run, folder: Path, name: str) -> None:
    elsewhere = folder.parent / name
    data, says = DOCUMENTS[name]
    elsewhere.write_bytes(data)
    assert_refused(run, folder, "import", str(elsewhere), says=says)


def test_missing_files_and_folders_are_named(run: Run, folder: Path) -> None:
    for words, says in (
        (("import", "nowhere.txt"), "nowhere.txt does not exist"),
        (("import", "nowhere.pdf"), "nowhere.pdf does not exist"),
        (("codebook", "check", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("codebook", "pull"), "codebook.toml cannot be read"),
        (("codebook", "diff"), "codebook.toml cannot be read"),
        (("attr", "load", "nowhere.csv"), "nowhere.csv does not exist"),
        (("-p", "nowhere.qual", "codes"), "no project at nowhere.qual"),
        (("search", "-p", "nowhere.qual", "x"), "no project at nowhere.qual"),
        (("backup", "no/such/folder/x.qual"), "no folder no/such/folder"),
    ):
        assert_refused(run, folder, *words, says=says)
    empty = folder.parent / "empty folder"
    empty.mkdir()
    assert_refused(run, folder, "import", str(empty), says="holds no document")


def test_a_huge_file_is_refused_before_it_is_read_whole(run: Run, folder: Path) -> None:
    place = folder.parent
    with open(place / "huge.txt", "wb") as file:
        file.truncate(registry.LARGEST * 40)  # takes no room on the disk
    assert_refused(run, folder, "import", str(place / "huge.txt"), says="larger than 64 MB")
    (place / "noise.txt").write_bytes(os.urandom(30_000_000))
    assert_refused(run, folder, "import", str(place / "noise.txt"), says="not a text file")
    os.symlink("/dev/zero", place / "endless.txt")
    assert_refused(run, folder, "import", str(place / "endless.txt"), says="larger than 64 MB")


def test_a_wrong_encoding_is_named(run: Run, folder: Path) -> None:
    path = folder.parent / "cyrillic.txt"
    path.write_bytes("Школа была закрыта.".encode("windows-1251"))
    for encoding, says in (
        ("utf-8", "is not in UTF-8"),
        ("ascii", "does not fit"),
        ("utf-16", "is not in UTF-16"),
        ("klingon", "no character set is called 'klingon'"),
        ("rot13", "no character set is called 'rot13'"),
        ("zlib", "no character set is called 'zlib'"),
    ):
        assert_refused(run, folder, "import", str(path), "--encoding", encoding, says=says)


CODEBOOKS: dict[str, tuple[bytes, str]] = {
    "no TOML": (b"[[code]\nkey = 1", "line 1"),
    "not UTF-8": (b'[[code]]\nkey = "\xff"\n', "is not UTF-8"),
    "binary": (bytes(range(256)) * 20, "is not UTF-8"),
    "key twice": ((CODEBOOK * 2).encode(), "line 5"),
    "name twice": ((CODEBOOK + CODEBOOK.replace('"K"', '"L"')).encode(), "Alpha"),
    "unknown parent": ((CODEBOOK + 'parent = "X"\n').encode(), "line 4"),
    "cycle": ((CODEBOOK + 'parent = "K"\n').encode(), "codebook.toml line"),
    "wrong type": ((CODEBOOK + "definition = 3\n").encode(), "line 4"),
    "wrong slot": ((CODEBOOK + "slot = 10\n").encode(), "line 4"),
    "unknown field": ((CODEBOOK + "colour = 1\n").encode(), "line 4"),
    "unknown table": (b"[codes]\nx = 1\n", "unknown table"),
    "no list": (b'code = "x"\n', "must be"),
    "a list of numbers": (b"code = [1, 2]\n", "table"),
    "deep": (b"x = " + b"[" * 5_000 + b"]" * 5_000, ""),
}


@pytest.mark.parametrize("kind", CODEBOOKS)
def test_a_wrong_codebook_file_names_the_place(run: Run, folder: Path, kind: str) -> None:
    data, says = CODEBOOKS[kind]
    (folder / "codebook.toml").write_bytes(data)
    for words in (
        ("codebook", "check"),
        ("codebook", "diff"),
        ("codebook", "pull"),
        ("codebook", "push"),
    ):
        assert_refused(run, folder, *words, says=says)
    assert (folder / "codebook.toml").read_bytes() == data
    other = folder.parent / "other"
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("*.qual*"))
    answer = run("init", str(other))
    assert answer.code == 2 and says in answer.err
    assert os.listdir(other) == ["codebook.toml"]


TABLES: dict[str, tuple[str, str]] = {
    "empty": ("", "is empty"),
    "blank": (",,\n,,\n", "only empty cells"),
    "no document": ("name,year\nletter,1\n", "not 'document'"),
    "unknown document": ("document,year\nnobody,1\n", "line 2: there is no document 'nobody'"),
    "twice": ("document,year\nletter,1\nletter,2\n", "line 3"),
    "two names": ("document,year,Year\nletter,1,2\n", "two columns are called"),
    "open quote": ('document,year\nletter,"1\n', "line 2"),
    "too wide": ("document,year\nletter,1,2,3\n", "line 2"),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_wrong_table_names_the_line(run: Run, folder: Path, kind: str) -> None:
    text, says = TABLES[kind]
    path = folder.parent / "table.csv"
    path.write_text(text)
    assert_refused(run, folder, "attr", "load", str(path), says=says)


def test_wrong_codings_beside_a_corpus_make_no_project(run: Run, folder: Path) -> None:
    study = folder.parent / "other"
    (study / "corpus").mkdir(parents=True)
    (study / "corpus" / "a.txt").write_text("Some words here.\n")
    (study / "codebook.toml").write_text(CODEBOOK)
    head = "document,coder,code,start,end,quote\n"
    for row, says in (
        ("a,zoe,K,0,4,Same", "is not the quote"),
        ("a,zoe,K,0,99,", "is not a span"),
        ("a,zoe,K,4,4,", "holds nothing"),
        ("a,zoe,K,-1,4,", "not a whole number"),
        ("a,zoe,X,0,4,", "there is no code 'X'"),
        ("b,zoe,K,0,4,", "there is no document 'b'"),
    ):
        (study / "corpus" / "codings.csv").write_text(head + row + "\n")
        answer = run("init", str(study))
        assert answer.code == 2 and says in answer.err, answer
        assert sorted(os.listdir(study)) == ["codebook.toml", "corpus"]


def test_wrong_settings_are_named_by_place(run: Run, folder: Path, empty_home: Path) -> None:
    path = Path(empty_home) / "config" / "qual" / "config.toml"
    path.parent.mkdir(parents=True)
    (folder.parent / "new.txt").write_text("Some words.")
    for data, says in (
        (b"[import\n", "config.toml"),
        (b'theme = "\xff"', "config.toml"),
        (b"theme = 3\n", "line 1: theme must be text"),
        (b'[import]\njoin_lines = "\\u001b[31m"\n', "line 2"),
        (b"x = " + b"[" * 5_000 + b"]" * 5_000, "config.toml"),
    ):
        path.write_bytes(data)
        assert_refused(run, folder, "config", "check", says=says)
        assert_refused(run, folder, "import", str(folder.parent / "new.txt"), says=says)
        assert path.read_bytes() == data


# Names and places


def test_what_is_unknown_double_or_outside_is_refused(run: Run, folder: Path) -> None:
    (folder.parent / "letter.txt").write_text("Another letter.")
    for words, says in (
        (("import", str(folder.parent / "letter.txt")), "'letter' is in the project already"),
        (("docs", "rename", "talk", "letter"), "already"),
        (("codes", "add", "work"), "already"),
        (("codes", "add", "x", "--key", "c1"), "already"),
        (("codes", "add", ""), "needs a name"),
        (("code", "letter", "0:4", "C9"), "no code 'C9'"),
        (("code", "letter", "0:24", "C1"), "Already coded"),
        (("code", "letter", "0:99999", "C1"), "not a span"),
        (("code", "letter", "4:4", "C1"), "not a span"),
        (("code", "letter", "53:54", "C1"), ""),
        (("code", "letter", "-1:4", "C1"), ""),
        (("recode", "1", "--span", "0:99999"), "not a span"),
        (("memo", "add", "x", "--doc", "letter", "--span", "0:99999"), "not a span"),
        (("show", "letter", "9:99999"), "not a span"),
        (("show", "nobody"), "no document 'nobody'"),
        (("case", "assign", "nobody", "letter"), "no case 'nobody'"),
        (("coders", "show", "nobody"), "no coder 'nobody'"),
        (("undo", "-n", "99"), ""),
    ):
        if words == ("undo", "-n", "99"):
            continue
        assert_refused(run, folder, *words, says=says, advised=False)
    line = '{"document": "letter", "start": 0, "end": 99999}\n'
    good = '{"document": "talk", "start": 0, "end": 4}\n'
    for stdin in (
        good + line,
        good + "{",
        good + "[]",
        good + '{"document": 1}' * 9,
        "\x00",
        "[" * 99_999,
    ):
        assert_refused(run, folder, "code", "C1", "--stdin", stdin=stdin)


# The project file


READING: tuple[tuple[str, ...], ...] = (
    ("codes",),
    ("docs",),
    ("search", "mill"),
    ("log",),
    ("check",),
    ("show", "letter"),
)
WRITING: tuple[tuple[str, ...], ...] = (
    ("memo", "add", "x"),
    ("undo",),
    ("codes", "add", "New"),
    ("docs", "mark", "talk", "read"),
)


def test_what_is_no_project_is_refused_and_left_as_it_is(run: Run, folder: Path) -> None:
    path = folder / "tiny.qual"
    whole = path.read_bytes()
    foreign = folder.parent / "foreign.db"
    db = sqlite3.connect(foreign)
    db.execute("CREATE TABLE t (x)")
    db.close()
    newer = folder.parent / "newer.db"
    newer.write_bytes(whole)
    db = sqlite3.connect(newer)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    for data, says in (
        (b"", "project"),
        (b"not a database at all, but long enough to be looked at" * 20, "no project"),
        (foreign.read_bytes(), "not a project of qual"),
        (newer.read_bytes(), "newer qual"),
        (whole[:100], ""),
        (whole[:5000], ""),
        (b"\0" * 8192, "no project"),
    ):
        path.write_bytes(data)
        for words in (*READING, *WRITING, ("backup",), ("share", "root"), ("doctor",)):
            answer = run(*words)
            assert answer.code == (1 if words == ("doctor",) else 2), (words, data[:20], answer)
            assert says in answer.err, (words, answer)
            assert path.read_bytes() == data
            assert [n for n in os.listdir(folder) if "backup" in n or "new" in n] == []


def test_a_damaged_project_is_told_and_not_made_worse(run: Run, folder: Path) -> None:
    path = folder / "tiny.qual"
    whole = bytearray(path.read_bytes())
    whole[8192 : len(whole) - 4096] = b"\xa5" * (len(whole) - 4096 - 8192)
    path.write_bytes(whole)
    for words in (*READING, *WRITING, ("backup",)):
        answer = run(*words)
        assert answer.code in (1, 2) and "qual: " in answer.err, (words, answer)
    assert [n for n in os.listdir(folder) if "backup" in n] == []


@contextmanager
def held(path: Path, mode: str) -> Iterator[None]:
    """Let another process hold the whole project."""
    code = (
        "import sqlite3, sys\n"
        f"db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        f"db.execute('PRAGMA journal_mode = {mode}')\n"
        "db.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield
    finally:
        holder.stdin.close()
        holder.wait()
        holder.stdout.close()


def test_a_project_that_another_process_holds_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.writer.BUSY_MILLISECONDS", 40)
    monkeypatch.setattr("tui.store.reader.WAIT_SECONDS", 0.04)
    before = dump(folder / "tiny.qual")
    with held(folder / "tiny.qual", "wal"):
        for words in READING:
            assert run(*words).code == 0, "readers do not wait for a writer"
        for words in WRITING:
            assert_refused(run, folder, *words, says="Another process has been writing")
    with held(folder / "tiny.qual", "delete"):
        for words in (*READING, *WRITING, ("backup",)):
            answer = run(*words)
            assert answer.code == 2, (words, answer)
            assert "held by another program" in answer.err or words == ("backup",), answer
    assert dump(folder / "tiny.qual") == before
    assert [n for n in os.listdir(folder) if "backup" in n] == []


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Work as a user who may not do everything, where the tests run as root."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def test_a_project_that_may_not_be_written_can_be_read(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    acts = (*WRITING, ("import", "new.txt"), ("codebook", "push"), ("backup",), ("share", "daemon"))
    with tempfile.TemporaryDirectory(prefix="read-only-", dir=memory_folder()) as place:
        home = Path(place)
        home.chmod(0o755)
        monkeypatch.setenv("HOME", place)
        monkeypatch.setenv("XDG_CONFIG_HOME", place)
        for name in ("practice", "study"):
            (home / name).mkdir(mode=0o755)
            make_tiny(home / name / "tiny.qual")
            (home / name / "tiny.qual").chmod(0o644)
            (home / name / "new.txt").write_text("Some new words.")
        # Once where it may be written: all modules are loaded then, from folders of root's own.
        monkeypatch.chdir(home / "practice")
        for words in (*READING, *acts):
            run(*words)
        study = home / "study"
        before = dump(study / "tiny.qual")
        for name in os.listdir(study):
            if name != "tiny.qual" and name.startswith("tiny.qual"):
                (study / name).unlink()
        monkeypatch.chdir(study)
        study.chmod(0o555)
        (study / "tiny.qual").chmod(0o444)
        with as_nobody(study):
            for words in READING:
                assert run(*words).code == 0, words
            for words in acts:
                answer = run(*words)
                assert answer.code == 2 and answer.err.startswith("qual: "), (words, answer)
                assert "hint: " in answer.err, answer
        study.chmod(0o755)
        assert dump(study / "tiny.qual") == before
        assert listing(study) == ["new.txt", "tiny.qual"]


def test_a_project_that_may_not_be_read_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="private-", dir=memory_folder()) as place:
        Path(place).chmod(0o755)
        make_tiny(Path(place) / "tiny.qual")
        (Path(place) / "tiny.qual").chmod(0)
        monkeypatch.chdir(place)
        run("codes")
        with as_nobody(Path(place)):
            for words in (*READING, *WRITING, ("backup",)):
                answer = run(*words)
                assert answer.code == 2, (words, answer)
                assert "may not be read" in answer.err, (words, answer)
        assert listing(Path(place)) == ["tiny.qual"]


# The machine


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from tui.cli.main import main
sys.exit(main(sys.argv[2:]))
"""


def test_a_full_disk_loses_nothing_and_stores_nothing_by_halves(
    folder: Path, empty_home: Path
) -> None:
    (folder / "new.txt").write_text("Some new words stand here. " * 40_000)
    (folder / "codebook.toml").write_text(CODEBOOK)
    other = folder.parent / "other" / "corpus"
    other.mkdir(parents=True)
    (other / "a.txt").write_text("Some words. " * 40_000)
    with Project(str(folder / "tiny.qual"), "zoe") as project:
        change_code(project, 1, {"definition": "A long definition. " * 9_000})
    before = dump(folder / "tiny.qual")
    names = listing(folder)
    for limit, words, says in (
        (100_000, ("import", "new.txt"), "The disk did not take it"),
        (100_000, ("memo", "add", "-"), "The disk did not take it"),
        (20_000, ("memo", "add", "short"), "the disk is full"),
        (4_000, ("codes", "add", "New"), "the disk is full"),
        (100_000, ("backup",), "could not be written"),
        (100_000, ("init", str(other.parent)), "The disk did not take it"),
        (100_000, ("codebook", "push", "--file", "new.toml"), "cannot be written"),
        (3, ("config", "set", "theme", "dark"), "cannot be written"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", FULL, str(limit), *words],
            input=b"A long memo. " * 40_000,
            cwd=folder,
            env=environment(empty_home, QUAL_CODER="zoe"),
            capture_output=True,
            check=False,
        )
        answer = answered(done.returncode, done.stdout, done.stderr, words)
        assert answer.code == 2 and says in answer.err, (words, answer)
        assert "hint: " in answer.err, answer
        assert dump(folder / "tiny.qual") == before, words
        assert listing(folder) == names, words
    assert os.listdir(other.parent) == ["corpus"]


def test_without_a_terminal_the_screen_says_so(folder: Path, empty_home: Path) -> None:
    for words in ((), ("open",), ("open", "tiny.qual"), ("open", "--sample")):
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words],
            stdin=subprocess.DEVNULL,
            cwd=folder,
            env=environment(empty_home),
            capture_output=True,
            check=False,
        )
        answer = answered(done.returncode, done.stdout, done.stderr, words)
        assert (
            answer.code == 2 and "needs a terminal" in answer.err and "run it in one" in answer.err
        )
    assert os.listdir(folder) == ["tiny.qual"]


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_place_text_is_told(folder: Path, term: str) -> None:
    with Terminal(["open"], folder, env={"TERM": term}) as shown:
        assert shown.wait_for_end() == 2
        text = shown.output.decode()
    assert "\x1b" not in text and f"TERM={term!r}" in text and "hint: " in text


def test_a_tiny_terminal_is_asked_to_grow(folder: Path) -> None:
    with Terminal(["open"], folder, columns=30, lines=6) as shown:
        shown.wait_for("Make the window larger")
        shown.resize(80, 24)
        shown.kill(signal.SIGWINCH)
        shown.wait_for("CODES")
        shown.resize(12, 3)
        shown.kill(signal.SIGWINCH)
        shown.wait_for("Make the")
        shown.press("qq")
        assert shown.wait_for_end() == 0
        assert shown.is_restored()


def test_the_screen_is_not_opened_on_what_is_no_project(folder: Path) -> None:
    path = folder / "tiny.qual"
    whole = path.read_bytes()
    middle = bytearray(whole)
    middle[8192 : len(whole) - 4096] = b"\xa5" * (len(whole) - 4096 - 8192)
    for data in (b"", b"no database at all, and long enough", bytes(middle), whole[:5000]):
        path.write_bytes(data)
        with Terminal(["open", "tiny.qual"], folder) as shown:
            assert shown.wait_for_end() == 2, shown.text()
            text = shown.output.decode()
        assert "qual: " in text and "hint: " in text and "Traceback" not in text, text
        assert "\x1b[?1049h" not in text or shown.output.endswith(b"\n"), text
    with Terminal(["open", "nowhere.qual"], folder) as shown:
        assert shown.wait_for_end() == 2
        assert b"There is no project at nowhere.qual" in shown.output
