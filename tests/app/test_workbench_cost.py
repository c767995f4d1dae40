"""What a key costs, in bytes, statements and modules: counts that hold on any machine."""

from __future__ import annotations

import json

import pytest

from tests.app.bench import bench_of, on_screen
from tests.app.started import Started
from tests.conftest import RunPython
from tests.tiny import draft
from tui.app.screens.workbench.first_steps import SEEN
from tui.app.work import remember_seen
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.project import Project

SENTENCE = "The {0} mill was opened in the year {0}, and nobody in the valley spoke of wages then."

_REST = 0.25
"""Seconds without a byte and without work after which a key is done with."""


@pytest.mark.parametrize(
    ("size", "paint", "word", "sentence", "coding"),
    [((80, 24), 8_000, 150, 900, 700), ((160, 48), 22_000, 200, 1_100, 1_000)],
)
def test_only_what_changed_is_sent(
    tiny: str,
    start_app: Started,
    size: tuple[int, int],
    paint: int,
    word: int,
    sentence: int,
    coding: int,
) -> None:
    remember_seen(SEEN)
    with Project(tiny, "ann") as project:
        for document_id in (1, 2):
            project.db.execute("UPDATE documents SET position = 9 WHERE id = ?", (document_id,))
        project.db.commit()
        text = "\n\n".join(
            " ".join(SENTENCE.format(4 * p + s) for s in range(4)) for p in range(30)
        )
        import_document(project, draft("mills", text))
        project.db.execute("UPDATE documents SET position = 1 WHERE name = 'mills'")
        project.db.commit()
    terminal = start_app(tiny, *size)
    terminal.settle(_REST)
    assert len(terminal.output) <= paint

    def cost(keys: str) -> int:
        before = len(terminal.output)
        terminal.press(keys)
        terminal.settle(_REST)
        return len(terminal.output) - before

    assert max(cost("j") for _ in range(3)) <= sentence
    cost("l")  # leaves the sentence
    assert max(cost("l") for _ in range(4)) <= word
    terminal.press("kcpay\r")
    terminal.wait_for("+ C1-1 Pay on 18 words")
    assert cost("j") <= sentence + 200
    assert cost(".") <= coding
    assert cost("jc") <= coding + sentence  # the picker comes with the ten rows it covers …
    assert cost("\r") <= coding  # … and goes with them in the paint that shows the coding
    cost("oL")  # the rows below the text change: what is focused, how it ends
    assert max(cost("L") for _ in range(3)) <= word + 150
    assert cost("J") <= sentence


@on_screen
async def test_moving_reads_no_counts_and_writes_nothing(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "j", "k")
        statements: list[str] = []
        project.db.set_trace_callback(statements.append)
        await bench.press("j", "l", "J", "x", "k")
        project.db.set_trace_callback(None)
        assert not [s for s in statements if s.split()[0] not in ("SELECT", "PRAGMA")]
        assert not [
            s
            for s in statements
            if "code_counts" in s or ("FROM codings" in s and "WHERE id IN" not in s)
        ]


@on_screen
async def test_a_key_asks_the_store_a_few_questions_however_many_codings_are_there(
    project: Project,
) -> None:
    text = "\n\n".join(" ".join(SENTENCE.format(4 * p + s) for s in range(4)) for p in range(60))
    document = import_document(project, draft("mills", text))
    for start in range(0, 4_000, 40):
        add_codings(project, document, start, start + 200, [1, 2])
    async with bench_of(project, (160, 48)) as bench:
        bench.screen.desk.open_document(document)
        await bench.press("j", "k", "pagedown", "pageup")
        for key in ("j", "l", "J", "K", "equals_sign", "minus", "pagedown", "pageup", "k", "h"):
            statements: list[str] = []
            project.db.set_trace_callback(statements.append)
            await bench.press(key)
            project.db.set_trace_callback(None)
            asked = [s for s in statements if s.startswith("SELECT")]
            assert len(asked) <= 5, (key, asked)


@on_screen
async def test_coding_counts_nothing_anew(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "j")
        statements: list[str] = []
        project.db.set_trace_callback(statements.append)
        await bench.press(".")
        project.db.set_trace_callback(None)
        assert len(bench.own()) == 2
        assert not [s for s in statements if "GROUP BY" in s]
        assert sum(s.startswith("COMMIT") for s in statements) == 1


FIRST_PAINT = """
import json, sys
from tui.app.lean import load_textual
load_textual()
import asyncio
from tui.app.app import QualApp
from tui.project.project import Project

async def paint():
    with Project(sys.argv[1], "ann") as project:
        async with QualApp(project, "ann").run_test(size=(160, 48)) as pilot:
            await pilot.pause()
            print(json.dumps([type(pilot.app.screen).__name__, *sorted(sys.modules)]))

asyncio.run(paint())
"""
AT_THE_START = {
    "bindings", "border", "choosing", "choosing.comparison", "clipboard", "spoken", "too_small",
    "workbench", "workbench.at_start", "workbench.desk_rows", "workbench.doors",
    "workbench.first_steps", "workbench.heartbeat", "workbench.here", "workbench.input_method",
    "workbench.keys", "workbench.open_desk", "workbench.rows", "workbench.screen",
}  # fmt: skip
"""The modules of screens that the first paint needs; all others wait until they are asked for."""
OURS_AT_THE_START = 162
"""Modules of the program until then; each takes about half a millisecond of the processor."""


LOADED_LATER = """
from tui.app.lean import load_textual
load_textual()
import ssl, textual.command, textual.types
from textual.widgets import Input, OptionList
from tui.app.screens.choosing.picker import CodePicker
print(ssl.__file__ and textual.command.CommandPalette.__mro__[-2].__name__)
print(Input.__module__, issubclass(textual.command.CommandList, OptionList))
"""


def test_what_is_left_out_of_textual_is_there_for_who_wants_it_later(run_python: RunPython) -> None:
    done = run_python(LOADED_LATER)
    assert done.stdout.split() == ["MessagePump", "textual.widgets._input", "True"], done.stderr


def test_boxes_and_pages_are_loaded_when_they_open(tiny: str, run_python: RunPython) -> None:
    done = run_python(FIRST_PAINT, tiny)
    screen, *loaded = json.loads(done.stdout)
    assert screen == "Workbench"
    screens = {name.removeprefix("tui.app.screens.") for name in loaded if ".screens." in name}
    assert screens - AT_THE_START == set()
    assert len([name for name in loaded if name.partition(".")[0] == "tui"]) <= OURS_AT_THE_START
    assert not set(loaded) & {
        "textual.widgets._text_area", "sqlite_utils", "rapidfuzz", "tui.search", "tui.analysis",
        "tui.importing", "tomlkit", "typer", "tui.app.keys.rules", "tui.app.widgets.query_field",
        "hashlib", "ssl", "textual.command", "textual.widgets._input", "tui.project.undo",
        "tui.store.proof", "tui.app.screens.memo.drafts", "tui.app.screens.choosing.picking",
        "tui.app.screens.workbench.pick_box",
    }  # fmt: skip
