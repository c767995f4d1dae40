"""Acts: check, apply, journal, publish, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from tui.store.images import Recorder

if TYPE_CHECKING:
    from tui.project.project import Project

P = ParamSpec("P")
R = TypeVar("R")


class Act:
    """One act while it is being done: inside its transaction, before its commit.

    Args:
        db: the writing connection, inside a transaction.
        coder_id: who acts.
        now: the time of the act, UTC, ``2026-11-22T10:02:03Z``.
    """

    def __init__(self, db: sqlite3.Connection, coder_id: int, now: str) -> None:
        self.db = db
        self.rows = Recorder(db)
        self.coder_id = coder_id
        self.now = now
        self.subject = ""
        """What was done, in words for the log and the notice; the edit sets it."""


class Edit(Generic[P, R]):
    """An act that can be done: called with a project it is one transaction of its own.

    ``edit.apply(act, …)`` does the same inside an act that is already under way.
    """

    def __init__(self, name: str, apply: Callable[Concatenate[Act, P], R]) -> None:
        self.name = name
        self.apply = apply
        self.__doc__ = apply.__doc__
        self.__wrapped__ = apply

    def __call__(self, project: Project, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do the act in a transaction of its own; when this returns, it is on disk."""
        with project.act(self.name) as act:
            return self.apply(act, *args, **kwargs)


ACTS: dict[str, Edit[..., Any]] = {}
"""Every act by name. The property test of undo has a strategy for each, or fails."""


def edit(name: str) -> Callable[[Callable[Concatenate[Act, P], R]], Edit[P, R]]:
    """Register a function as the act ``name``."""

    def register(apply: Callable[Concatenate[Act, P], R]) -> Edit[P, R]:
        if name in ACTS:
            raise ValueError(f"two acts named {name}")
        made = Edit(name, apply)
        ACTS[name] = made
        return made

    return register
