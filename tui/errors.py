"""Errors that people read: what happened, why, what now."""

from __future__ import annotations


class QualError(Exception):
    """Something that cannot be done; ``hint`` says what to do now.

    Args:
        message: what happened and why, one line, no trailing newline.
        hint: what the reader can do about it; may be empty.
        exit_code: what the shell gets (2 = usage or error, 1 = nothing found or check failed).
    """

    def __init__(self, message: str, hint: str = "", exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class ProjectNotFound(QualError):
    """No project where one was asked for."""


class SeveralProjects(QualError):
    """A folder holds more than one project, and none was named."""


class ProjectLocked(QualError):
    """Another process holds the project longer than anyone should wait."""


class OlderProject(QualError):
    """The project has an older schema; opening it for writing brings it up to date."""


class ReadOnlyProject(QualError):
    """The project can be read but not changed here."""


class Refused(QualError):
    """An act whose check failed; nothing was changed."""


class AlreadyCoded(Refused):
    """An identical coding by the same coder exists."""
