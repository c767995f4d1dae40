"""A few letters for each coder, where a whole name has no room."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.text.safe import make_line

_PARTS = re.compile(r"[\s._@-]+")
_SHORT = 3


def initials(names: Mapping[int, str]) -> dict[int, str]:
    """Return one to a few letters for each coder, no two alike.

    ``Marie Brandt`` and ``m.brandt`` give ``MB``, ``zoe`` gives ``ZO``, a name of up to three
    letters stays; who entered the project later gets a longer form where two would be alike.

    Args:
        names: coder id to name.
    """
    given: dict[int, str] = {}
    taken: set[str] = set()
    for coder_id in sorted(names):
        name = make_line(names[coder_id]).strip() or "?"
        found = next((each for each in _forms(name) if each.casefold() not in taken), None)
        given[coder_id] = found or f"{name[:2].upper()}{coder_id}"
        taken.add(given[coder_id].casefold())
    return given


def _forms(name: str) -> list[str]:
    """Return the forms of a name that may stand for it, the wanted one first."""
    parts = [part for part in _PARTS.split(name) if part]
    forms = [name] if len(name) <= _SHORT else []
    if len(parts) > 1:
        forms.append("".join(part[0] for part in parts[:_SHORT]).upper())
    whole = "".join(parts) or name
    return forms + [whole[:length].upper() for length in range(2, 7)]
