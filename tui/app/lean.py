"""Loads Textual without what this program never shows: a fifth of what stands before a first paint.

Textual's own palette brings four kinds of lists and fields with it, and asyncio what encrypts
connections. While Textual is loaded something empty stands in their place; then that is taken away,
so that whoever wants one of them afterwards, a screen with a field for instance, loads it as ever.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Final

_WIDGETS: Final = ("_directory_tree", "_input", "_option_list", "_placeholder", "_select")
_UNSEEN: Final = ("textual.command", *(f"textual.widgets.{name}" for name in _WIDGETS))


class _StandIn(ModuleType):
    """A module that has every name: a class of its own that can be derived from."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__init_subclass__": classmethod(lambda cls, **options: None)})
        setattr(self, name, made)
        return made


def load_textual() -> None:
    """Load Textual as far as it is needed at the start; does nothing when it is there already."""
    if "textual.app" in sys.modules:
        return
    modules: dict[str, Any] = sys.modules
    absent = [name for name in _UNSEEN if name not in modules]
    modules.update((name, _StandIn(name)) for name in absent)
    encrypts = "ssl" in modules
    if not encrypts:
        modules["ssl"] = None  # as in a Python that was built without it: no connection is opened
    try:
        import textual.app  # noqa: F401, PLC0415
    finally:
        for name in absent:
            if isinstance(modules.get(name), _StandIn):
                del modules[name]
        if not encrypts:
            modules.pop("ssl", None)
