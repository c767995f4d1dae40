"""The quicker dataclass does what the standard library's does."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field

import pytest

from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class Quick:
    """A value."""

    number: int
    name: str = "x"
    marks: list[int] = field(default_factory=list, compare=False, repr=False)
    length: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


@dataclass(frozen=True, slots=True)
class Wider(Quick):
    """A value with one field more."""

    more: int | None = None


@dataclass(slots=True)
class Loose:
    """Made by the standard library."""

    number: int = 1


def test_a_quick_value_is_made_compared_hashed_and_told_as_any_other() -> None:
    one = Quick(1, "ab")
    assert (one.number, one.name, one.marks, one.length) == (1, "ab", [], 2)
    assert one == Quick(1, name="ab", marks=[3]) and one != Quick(2, "ab")
    assert hash(one) == hash(Quick(1, "ab")) and len({one, Quick(1, "ab"), Quick(1, "b")}) == 2
    assert repr(one) == "Quick(number=1, name='ab', length=2)"
    assert Quick(1).marks is not Quick(1).marks
    assert dataclasses.replace(one, name="abc").length == 3
    assert dataclasses.asdict(one) == {"number": 1, "name": "ab", "marks": [], "length": 2}
    match one:
        case Quick(1, name):
            assert name == "ab"


def test_a_quick_value_never_changes_and_has_nothing_beside_its_fields() -> None:
    one = Quick(1)
    with pytest.raises(FrozenInstanceError):
        one.number = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.number
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    assert not hasattr(one, "__dict__")


def test_values_are_copied_kept_and_widened() -> None:
    one = Wider(1, "ab", [4], 7)
    assert copy.copy(one) == one and copy.deepcopy(one).marks == [4]
    assert pickle.loads(pickle.dumps(one)) == one
    assert one != Quick(1, "ab") and repr(one).startswith("Wider(number=1")
    loose = Loose()
    loose.number = 5
    assert loose == Loose(5)
