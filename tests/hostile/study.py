"""A study in which everything that can be named or written is hostile to terminals and sheets."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.tiny import Clock, memory_folder
from tui.importing.registry import read_source
from tui.model.memo import MemoTarget
from tui.project.edits import cases, codes, codings, documents, memos, readings
from tui.project.project import Project
from tui.store.desk import pin_slot, toggle_bookmark
from tui.store.migrate import create_project
from tui.text.normalise import normalise_newlines

# What a terminal obeys

ESCAPES: Final = {
    "colour": "\x1b[31mred\x1b[0m",
    "clear": "\x1b[2J\x1b[H",
    "title": "\x1b]0;owned\x07",
    "title ended by ST": "\x1b]2;owned\x1b\\",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "link": "\x1b]8;;file:///etc/passwd\x1b\\here\x1b]8;;\x1b\\",
    "device control": '\x1bP$q"p\x1b\\',
    "device control, raw": "\x90$qm\x9c",
    "report": "\x1b[6n\x1b[c\x05",
    "reset": "\x1bc",
    "raw colour": "\x9b31mred\x9b0m",
    "raw title": "\x9d0;owned\x9c",
    "privacy message": "\x9eowned\x9c\x1b^owned\x1b\\",
    "keys": "\x1b[>25u\x1b[?1003h",
    "overstrike": "secret\x08\x08\x08\x08\x08\x08public",
    "back to the start": "secret\rpublic",
    "other letters": "\x0e\x1b(0",
}
"""Sequences that change a terminal, by what they do."""

CONTROLS: Final = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
"""Every control of C0 and C1, and DEL."""

BIDI: Final = (
    "\u202eesrever\u202c \u2067isolate\u2069 \u200fmark\u200e \u061cletter \u202dover\u202c"
)
SEPARATORS: Final = "line\u2028paragraph\u2029next\x85feed\x0bform\x0cend"
NONCHARACTERS: Final = "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff\ufff9\ufffb"

# What a toolkit or a spreadsheet obeys

MARKUP: Final = (
    "[red]not red[/red]",
    "[/x]",
    "[/]",
    "[@click=app.quit]quit[/]",
    "[link=file:///etc/passwd]here[/link]",
    "$n {0} %s \\[bold]",
    "[",
    "<b>&amp;</b>",
    "`code` *bold* _it_ | cell |",
)
FORMULAS: Final = ("=cmd()", "+1", "-1", "@SUM(A1)", "=1+1", "＝cmd()", "'=1", "-2+3", "''+1")

# What is only hard to draw

HARD: Final = (
    "👩‍👩‍👧‍👦 👨🏿‍🚀 family",
    "🇩🇪🇫🇷🇯 flags 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "क्षत्रिय नमस्ते र्क",
    "தமிழ் நிர்ணயம்",
    "ਪੰਜਾਬੀ ਗੁਰਮੁਖੀ",
    "z" + "\u0300\u0489\u0336\u20dd" * 60 + "algo",
    "مرحبا بالعالم",
    "שָׁלוֹם עוֹלָם",
    "漢字かな交じり文",
    "한국어 각",
    "\u200dz\u200d\u200c\u200b\ufeff\u00ad",
    "\ufe0f\u20e3",
    "e\u0301\u0323" * 30,
)

PIECES: Final = (
    *ESCAPES.values(),
    BIDI,
    SEPARATORS,
    NONCHARACTERS,
    *MARKUP,
    *FORMULAS,
    *HARD,
)
"""Everything above, one piece each."""

LONG: Final = 100_000
"""Characters of the longest lines and names."""

NAME: Final = "\x1b]0;owned\x07\x1b[31m\x9b31m[red][/x]\u202e👩‍👩‍👧 =cmd()"
"""A name that tries everything at once and lets itself be typed: no spaces at its ends."""

FAKE: Final = "qual: all is well"
"""What a name with a line feed in it might pretend that the program says."""

# What must never come out

UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff]"
)
"""C0 but tab and line feed, C1, DEL, controls of reading order, separators, halves."""


def assert_inert(output: bytes, what: object) -> str:
    """Assert that nothing in an output acts on a terminal; return it as text.

    Args:
        output: the bytes of stdout or stderr.
        what: named when it fails.
    """
    text = output.decode("utf-8")
    found = UNSAFE.search(text)
    if found is not None:
        around = text[max(found.start() - 40, 0) : found.end() + 40]
        raise AssertionError(f"{what}: {found[0]!r} comes out in {around!r}")
    return text


# The study


@dataclass(frozen=True)
class Hostile:
    """Where a copy of the hostile study lies."""

    path: str
    """The project file, in a folder with a hostile name."""
    sources: str
    """The folder of the files that its documents were imported from."""

    @property
    def folder(self) -> str:
        """The folder of the project."""
        return os.path.dirname(self.path)


FOLDER: Final = "study \x1b]0;owned\x07[red]\u202e\x9b31m"
PROJECT: Final = "\x1b[31m=cmd()[x]\u2028.qual"
CODER: Final = "\x1b[31mann\x9b0m[/x]\u202e"
"""Who works in it."""
SHOWN: Final = "=zoe()\x1b]52;c;b3duZWQ=\x07"
"""Another coder, whose codings are turned on."""
HIDDEN: Final = "-bo\x1b[2J"
"""A third one, whose codings are not."""

TEXTS: Final = {
    # The names of files hold everything but "/" and NUL.
    "\x1b]0;owned\x07[red]=cmd()👩‍👩‍👧.txt": "\n\n".join(f"{piece} and words." for piece in PIECES),
    "+1.txt": "=cmd() opens this text. +1 follows.\n\n-1 is next.\n\n@SUM(A1) ends it.\n",
    "@SUM.md": "# [red]=cmd()\n\n> [/x] quoted\n\n- \x1b[31mitem\x1b[0m\n- \u202eitem\n",
    "\x9b31m\u2028two\nlines\t[x] .txt": (
        # So many words around them that it is not taken for a program or a picture.
        f"All of them: {CONTROLS} stand here.\n\n{'And some words. ' * 60}\n\n" * 3
    ),
    "talk\u202e.txt": (
        "Ann\x1bc: I came \x1b[1mlate\x1b[0m.\n\n"
        "Ma\x9b31mry\u202e: You did. =cmd() is right.\n\n"
        "Ann\x1bc: Yes [/x].\n\nMa\x9b31mry\u202e: 👩‍👩‍👧 came too.\n"
    ),
    "long.txt": (
        f"{'x' * LONG}\n\n{'word ' * (LONG // 5)}\n\n{'字' * (LONG // 5)}\n\n"
        f"{'e' + chr(0x301) * LONG}\n\n"
        f"{'👩‍' * (LONG // 2)}\n\n{chr(0x1B) * 3000}{'[31m' * 3000}\n"
    ),
    "hard.txt": "\n\n".join(f"{piece} {piece}. {piece}!" for piece in HARD),
}
"""Name of a source file → its text."""

LONG_NAME: Final = "Long " + "[red]\x1b[31m字" * (LONG // 13)

_pattern: str | None = None


def make_hostile(folder: Path) -> Hostile:
    """Put a copy of the hostile study into a folder; return where it lies."""
    global _pattern
    if _pattern is None:
        _pattern = tempfile.mkdtemp(prefix="hostile-", dir=memory_folder())
        _fill(Hostile(os.path.join(_pattern, "study.qual"), os.path.join(_pattern, "sources")))
    place = Hostile(str(folder / FOLDER / PROJECT), str(folder / "sources \x1b[31m"))
    os.makedirs(place.folder)
    shutil.copyfile(os.path.join(_pattern, "study.qual"), place.path)
    os.chmod(place.path, 0o600)
    shutil.copytree(os.path.join(_pattern, "sources"), place.sources)
    return place


def write_sources(folder: str) -> None:
    """Write the source files of the study."""
    os.makedirs(folder)
    for name, text in TEXTS.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text.encode())


def stored(name: str) -> str:
    """Return the text of a source file as it is to be stored: all of it but the newlines."""
    return normalise_newlines(TEXTS[name])


def _fill(place: Hostile) -> None:
    write_sources(place.sources)
    create_project(place.path)
    with Project(place.path, CODER, clock=Clock()) as project:
        readings.set_setting(project, "title", f"{NAME} title")
        ids = {}
        for name in TEXTS:
            draft = read_source(os.path.join(place.sources, name), join_lines=False, language="en")
            ids[name] = documents.import_document(project, draft)
        _fill_codebook(project)
        _code(project, list(ids.values()))
        _think(project, list(ids.values()))
        with project.write() as db:
            pin_slot(db, project.coder_id, 1, 1)
            pin_slot(db, project.coder_id, 2, 2)
            toggle_bookmark(db, project.coder_id, 1, 0)
        for other in (SHOWN, HIDDEN):
            with project.acting_as(other):
                codings.add_codings(project, 2, 0, 6, [1, 3])
                memos.add_memo(project, MemoTarget("document", document_id=2), f"{other} thinks")
        readings.show_coders(project, [SHOWN])


def _fill_codebook(project: Project) -> None:
    words = {field: f"{field}: " + " ".join(PIECES) for field in ("definition", "include")}
    words |= {"exclude": "=cmd()\n\x1b[2J", "example": "[/x]\u202e\x00", "color": "[red]\x1b"}
    top = codes.add_code(project, NAME, None, "\x1b[31mK[/x]", words)
    child = codes.add_code(project, "=cmd()", top, "=K\u202e", {"slot": 3})
    codes.add_code(project, "[/x] \x9b31m", child)
    for number, piece in enumerate(PIECES):
        codes.add_code(project, f"{number} {piece}", top if number % 3 else None)
    codes.add_code(project, LONG_NAME, None, "L" * 500, {"definition": "\x1b[31m" * 20_000})
    for formula in FORMULAS:
        codes.add_code(project, f"{formula} ", child, f"{formula}K")


def _code(project: Project, ids: list[int]) -> None:
    count = len(project.db.execute("SELECT id FROM codes").fetchall())
    for document_id in ids:
        passages = project.db.execute(
            "SELECT start, end FROM passages WHERE document_id = ? ORDER BY number", (document_id,)
        ).fetchall()
        with project.act("coding.add") as act:
            for number, (start, end) in enumerate(passages[:40]):
                wanted = [1 + number % count, 1 + (number * 7 + document_id) % count]
                codings.add_codings.apply(act, document_id, start, end, wanted, number % 5 == 0)


def _think(project: Project, ids: list[int]) -> None:
    ann = cases.add_case(project, f"{NAME} case", "\x1b[31mkind")
    first = project.db.execute("SELECT min(id) FROM codings").fetchone()[0]
    relation = cases.add_relation(project, 1, 2, "leads to \x1b[31m[/x]")
    text = "\n".join(("A memo.", *PIECES, CONTROLS))
    for target in (
        MemoTarget("project"),
        MemoTarget("document", document_id=ids[0]),
        MemoTarget("span", document_id=ids[0], start=0, end=20),
        MemoTarget("case", case_id=ann),
        MemoTarget("code", code_id=1),
        MemoTarget("coding", coding_id=first),
        MemoTarget("relation", relation_id=relation),
    ):
        memos.add_memo(project, target, f"{target.kind} {text}")
    cases.assign_case(project, ann, ids[1])
    cases.assign_case(project, ann, ids[0], 0, 20)
    for document_id in ids:
        cases.set_attribute(project, "=year[/x]\x1b[31m", f"=cmd(){document_id}", document_id)
        cases.set_attribute(project, "[kind]\x9b", "-1", document_id)
        cases.set_attribute(project, "-1", f"{NAME} \n{SEPARATORS}", document_id)
    cases.set_attribute(project, "+role", "@SUM\x9b31m", case_id=ann)
    readings.mark_passages(project, ids[1], 0, 10, "aside")
