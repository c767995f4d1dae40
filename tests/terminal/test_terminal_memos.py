"""Memos in a real terminal: lines are lost and programs killed while they are written."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal
from tui.app.work import state_folder
from tui.model.memo import MemoTarget
from tui.project.edits.memos import add_memo
from tui.project.project import Project
from tui.store.memos import list_memos

WORDS = "The ledger knew more than the cousin"


def qual(stack: ExitStack, path: str, env: dict[str, str] | None = None) -> Terminal:
    """Start the program on a project; return its terminal once the text is on the screen."""
    arguments = ["-p", path, "--coder", "ann"]
    terminal = stack.enter_context(Terminal(arguments, os.path.dirname(path), env=env))
    terminal.wait_for("The mill opened")
    return terminal


def memos_of(path: str) -> list[str]:
    with Project(path, "ann") as project:
        return [memo.text for memo in list_memos(project.db, coder_ids=[project.coder_id])]


def drafts() -> list[str]:
    """Return the drafts that a killed program leaves: those without a suffix are whole."""
    return [
        path.read_text(encoding="utf-8")
        for path in Path(state_folder(), "drafts").iterdir()
        if not path.suffix
    ]


@pytest.mark.parametrize("how", ["killed", "line lost", "told to end"])
def test_a_memo_that_is_being_written_is_found_again(path: str, start: ExitStack, how: str) -> None:
    first = qual(start, path)
    first.press("m")
    first.wait_for("What do you notice?")
    first.press(WORDS)
    if how == "killed":
        first.wait_for("· kept ")  # two seconds at most; of a slow typist not all of it
        first.wait_for(lambda _: any(WORDS in text for text in drafts()))
        first.kill()
    elif how == "line lost":
        first.wait_for(WORDS)
        first.hang_up()
    else:
        first.wait_for(WORDS)
        first.kill(signal.SIGTERM)
    first.wait_for_end()
    assert memos_of(path) == []
    second = qual(start, path)
    second.wait_for("Never saved, kept at")
    second.wait_for("Memo on ¶1 letter")
    second.press(":")
    second.wait_for("Every command by name")
    second.press("unsaved")
    second.wait_for("unsaved memo ")
    second.press("\r")
    second.wait_for("was never saved: Ctrl+R brings it back")
    second.press("\x12")  # Ctrl+R
    second.wait_for(WORDS)
    second.press("\x1b")
    second.wait_for("Memo saved")
    assert memos_of(path) == [WORDS]
    second.press("qq")
    assert second.wait_for_end() == 0
    third = qual(start, path)
    assert "Never saved" not in third.settle()


def test_the_editor_of_the_coder_gets_the_terminal_and_gives_it_back(
    path: str, start: ExitStack, tmp_path: Path
) -> None:
    editor = tmp_path / "ed"
    editor.write_text('#!/bin/sh\necho AN EDITOR\nread line\nprintf "%s\\n" "$line" >> "$1"\n')
    editor.chmod(0o700)
    terminal = qual(start, path, {"VISUAL": str(editor)})
    terminal.press("m")
    terminal.wait_for("What do you notice?")
    terminal.press("first")
    terminal.wait_for("first")
    terminal.press("\x0f")  # Ctrl+O
    terminal.wait_for(lambda _: b"AN EDITOR" in terminal.output)
    assert terminal.is_cooked()
    terminal.press("second\n")
    assert "║ first" in terminal.wait_for("║ second")
    assert "EDITOR " not in terminal.text().replace("$EDITOR", "")
    terminal.press("\x1b")
    terminal.wait_for("Memo saved")
    assert memos_of(path) == ["first\nsecond"]
    terminal.press("z")
    terminal.wait_for("Undone: Memo on letter")


def test_memos_of_coders_that_are_shown_are_read_and_one_more_is_written(
    path: str, start: ExitStack
) -> None:
    target = MemoTarget("document", document_id=1)
    with Project(path, "zoe") as project:
        add_memo(project, target, "A letter, not a diary.")
    terminal = qual(start, path)

    def on_document() -> None:
        terminal.press(":")
        terminal.wait_for("Every command by name")
        terminal.press("memo on this document")
        terminal.wait_for("1 of ")
        terminal.press("\r")
        terminal.wait_for("╔═ Memo on letter")

    on_document()
    assert "diary" not in terminal.settle(0.2)
    terminal.press("mine\x0e")  # Ctrl+N: one more
    terminal.wait_for("ann, 20")
    terminal.press("again\x1b")
    terminal.wait_for(lambda shown: "╔═ Memo" not in shown)
    assert memos_of(path) == ["mine", "again"]
    terminal.press(":")
    terminal.wait_for("Every command by name")
    terminal.press("show other")
    terminal.wait_for("show other coders")
    terminal.press("\r")
    terminal.wait_for("Now showing the codings of zoe")
    on_document()
    terminal.wait_for("diary")
