"""Processes that write to a project and tell, act by act, what was committed."""

from __future__ import annotations

import os
import random
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.synchronize import Barrier

from tests.tiny import draft
from tui.errors import Refused
from tui.model.memo import MemoTarget
from tui.project.edits import codes, codings, documents, memos, readings
from tui.project.project import Project
from tui.project.undo import redo, undo
from tui.store.codes import list_codes
from tui.store.codings import list_codings
from tui.store.documents import list_documents

Acknowledge = Callable[[int], object]

TOGETHER = 10
"""Acts that one of several writers does between two of their meetings."""


def work_at_random(
    project: Project,
    chance: random.Random,
    acts: int,
    told: Acknowledge,
    together: Barrier | None = None,
) -> None:
    """Do random acts of every weight; tell the id of each change that the program says is made.

    Args:
        project: where.
        chance: decides on the acts.
        acts: how many.
        told: takes the ids.
        together: where the writers wait for each other before every few acts.
    """
    project.subscribe(lambda event: told(event.change.id) if event.own else None)
    for number in range(acts):
        if together is not None and number % TOGETHER == 0:
            together.wait(60)
        with suppress(Refused):
            _one_act(project, chance, number)


def _one_act(project: Project, chance: random.Random, number: int) -> None:
    document = chance.choice(list_documents(project.db))
    code = chance.choice(list_codes(project.db))
    start = chance.randrange(max(1, document.chars - 1))
    end = min(document.chars, start + chance.randrange(1, 40))
    own = list_codings(project.db, coder_ids=[project.coder_id])
    kind = chance.choice(["code"] * 8 + ["memo", "read", "tree", "bulk", "import", "undo", "fold"])
    if kind == "code":
        codings.add_codings(project, document.id, start, end, [code.id])
    elif kind == "memo" and own:
        memos.add_memo(project, MemoTarget("coding", coding_id=own[-1].id), "why " * 50)
    elif kind == "read":
        readings.mark_passages(project, document.id, start, end, "aside")
    elif kind == "tree":
        made = codes.add_code(project, f"{project.coder} {number}", code.id)
        codings.add_codings(project, document.id, start, end, [made])
        codes.merge_codes(project, made, code.id)
    elif kind == "bulk":
        with project.one_step():
            for at in range(0, 10):
                codings.add_codings(project, document.id, at, end + at, [code.id])
    elif kind == "import":
        text = "\n\n".join(f"Passage {at} of {number}. It has words." for at in range(20))
        documents.import_document(project, draft(f"{project.coder} {number} {os.getpid()}", text))
    elif kind == "undo":
        undo(project)
        if chance.random() < 0.5:
            redo(project)
    elif kind == "fold":
        project.fold()


class Writer:
    """A forked process that works on a project until it is done or killed.

    Args:
        path: the project file.
        coder: who works.
        seed: of its random acts.
        acts: how many acts it does at the most.
        together: where it waits for the others; left out, it works by itself.
    """

    def __init__(
        self, path: str, coder: str, seed: int, acts: int, together: Barrier | None = None
    ) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:  # the child never returns
            os.close(self._read)
            code = 1
            try:
                with Project(path, coder) as project:
                    os.write(write, b"open\n")
                    work_at_random(
                        project,
                        random.Random(seed),
                        acts,
                        lambda change: os.write(write, b"%d\n" % change),
                        together,
                    )
                code = 0
            except BaseException:  # noqa: BLE001 (it must not run the parent's tests, whatever it is)
                os.write(write, traceback.format_exc().encode())
            finally:
                os._exit(code)
        os.close(write)

    def wait_until_open(self) -> None:
        """Wait until it has opened the project."""
        os.read(self._read, 5)

    def kill(self) -> None:
        """End it at once: nothing of it runs any more."""
        os.kill(self.pid, signal.SIGKILL)

    def acknowledged(self) -> list[int]:
        """Wait for its end; return the ids of the changes that it was told are made."""
        told = b""
        while piece := os.read(self._read, 65536):
            told += piece
        os.close(self._read)
        _, status = os.waitpid(self.pid, 0)
        lines = told.decode().splitlines()
        # A kill may cut the last line; a failure of its own shows in its status.
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, told.decode()
        whole = lines if told.endswith(b"\n") else lines[:-1]
        return [int(line) for line in whole if line != "open" and line]
