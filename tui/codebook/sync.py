"""Three-way comparison of the codebook file with the project.

The base is what both held when they were last in step. What only one side changed is taken from
it; what both changed differently is a conflict, shown and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tui.codebook.file import FileCode
from tui.model.code import TEXT_FIELDS

FIELDS: Final = ("parent", *TEXT_FIELDS, "slot")
"""What is compared of a code, its place among its siblings aside."""

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one code that is not the same on both sides."""

    key: str
    field: str
    """A field of ``FileCode``; ``code`` for a whole code; ``order`` for the order of children."""
    base: Value
    file: Value
    project: Value


@dataclass(slots=True)
class Plan:
    """What a pull and a push would do."""

    pull: list[Difference] = field(default_factory=list)
    """Changed in the file only."""
    push: list[Difference] = field(default_factory=list)
    """Changed in the project only."""
    conflicts: list[Difference] = field(default_factory=list)
    """Changed differently on both sides."""


def compare(
    base: Sequence[FileCode], file: Sequence[FileCode], project: Sequence[FileCode]
) -> Plan:
    """Compare three states of a codebook, each in tree order."""
    plan = Plan()
    in_base, in_file, in_project = (
        {code.key: code for code in side} for side in (base, file, project)
    )
    for key in dict.fromkeys([*in_file, *in_project, *in_base]):
        b, f, p = in_base.get(key), in_file.get(key), in_project.get(key)
        if f is not None and p is not None:
            for name in FIELDS:
                _sort(plan, key, name, _get(b, name), getattr(f, name), getattr(p, name))
        elif f is not None or p is not None:
            _sort_whole(plan, key, b, f, p)
    for parent in dict.fromkeys(["", *in_file]):
        common = set(in_file) & set(in_project)
        orders = [
            " ".join(code.key for code in side if code.parent == parent and code.key in common)
            for side in (base, file, project)
        ]
        # Codes that changed parents are moved by that; only then is their order compared.
        if sorted(orders[1].split()) == sorted(orders[2].split()):
            _sort(plan, parent, "order", *orders)
    return plan


def describe(difference: Difference, take: str) -> Iterator[str]:
    """Yield lines of a diff for people: what goes away (``-``) and what comes (``+``).

    Args:
        difference: the difference.
        take: the side that wins, ``file`` or ``project``.
    """
    old = difference.project if take == "file" else difference.file
    new = difference.file if take == "file" else difference.project
    where = difference.key or "top"
    if difference.field == "code":
        yield f"+ {where} {new}" if new is not None else f"- {where} {old}"
        return
    if old not in ("", None):
        yield f"- {where} {difference.field}: {old}"
    if new not in ("", None):
        yield f"+ {where} {difference.field}: {new}"


def _sort(plan: Plan, key: str, name: str, base: Value, file: Value, project: Value) -> None:
    if file == project:
        return
    chosen_here = name == "letter" and not base
    if chosen_here and not file:
        return  # the file leaves the choice of a letter to the project
    difference = Difference(key, name, base, file, project)
    if project == base or chosen_here:
        plan.pull.append(difference)
    elif file == base:
        plan.push.append(difference)
    else:
        plan.conflicts.append(difference)


def _sort_whole(
    plan: Plan, key: str, base: FileCode | None, file: FileCode | None, project: FileCode | None
) -> None:
    difference = Difference(key, "code", _name(base), _name(file), _name(project))
    if base is None:
        (plan.pull if project is None else plan.push).append(difference)
    elif file is None:
        (plan.pull if _is_untouched(project, base) else plan.conflicts).append(difference)
    else:
        (plan.push if file == base else plan.conflicts).append(difference)


def _is_untouched(project: FileCode | None, base: FileCode) -> bool:
    """Tell whether a code is as it was; a letter that the project chose is no change."""
    if project is not None and not base.letter:
        project = replace(project, letter="")
    return project == base


def _get(code: FileCode | None, name: str) -> Value:
    value: Value = getattr(code, name) if code is not None else None
    return value


def _name(code: FileCode | None) -> str | None:
    return code.name if code is not None else None
