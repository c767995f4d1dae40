"""Dataclasses that are made in a quarter of the time: every start of the program makes dozens.

The standard library compiles seven functions for a frozen class, one by one. Here only ``__init__``
is compiled; the others are the same for all classes and ask for the fields by name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """Make a dataclass as the standard library does; quicker where it is frozen with slots.

        Args:
            cls: the class; None returns a decorator.
            frozen: whether its objects can be hashed and never change.
            slots: whether they have no ``__dict__``.
        """
        if not (frozen and slots):
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots)
        return _value if cls is None else _value(cls)


_set = object.__setattr__


def _value(plain: type[Any]) -> type[Any]:
    cls: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    fields = dataclasses.fields(cls)
    if any(each.kw_only for each in fields):
        return dataclasses.dataclass(plain, frozen=True, slots=True)
    _add(cls, "__init__", _init_of(cls, fields))
    compared = [each.name for each in fields if each.compare]
    values: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda self: ()
    shown = [each.name for each in fields if each.repr]

    def equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is cls else NotImplemented

    def hashed(self: Any) -> int:
        return hash((cls, values(self)))

    def described(self: Any) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{cls.__qualname__}({inside})"

    def kept(self: Any) -> list[Any]:
        return [getattr(self, each.name) for each in fields]

    def restored(self: Any, state: list[Any]) -> None:
        for each, value in zip(fields, state, strict=True):
            _set(self, each.name, value)

    _add(cls, "__eq__", equal)
    if "__hash__" not in plain.__dict__ or plain.__dict__["__hash__"] is None:
        cls.__hash__ = hashed
    _add(cls, "__repr__", described)
    _add(cls, "__getstate__", kept)
    _add(cls, "__setstate__", restored)
    cls.__setattr__ = _refuse_set
    cls.__delattr__ = _refuse_delete
    return cls  # type: ignore[no-any-return]


def _add(cls: Any, name: str, function: Callable[..., Any]) -> None:
    """Give a class a function unless it has defined its own."""
    if name not in cls.__dict__ or name == "__init__":
        function.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, function)


def _init_of(cls: Any, fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """Compile the ``__init__`` that sets the fields."""
    known: dict[str, Any] = {"_set": _set, "_missing": dataclasses.MISSING}
    parameters, body = ["self"], []
    for each in fields:
        name, value = each.name, each.name
        if each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}()"
            if each.init:
                parameters.append(f"{name}=_missing")
                value = f"{value} if {name} is _missing else {name}"
        elif each.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = each.default
            if each.init:
                parameters.append(f"{name}=_default_{name}")
            else:
                value = f"_default_{name}"
        elif each.init:
            parameters.append(name)
        else:
            continue
        body.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    made: dict[str, Any] = {}
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(body or [" pass"]), known, made)
    init: Callable[..., None] = made["__init__"]
    return init


def _refuse_set(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
