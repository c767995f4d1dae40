from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.initials import initials


def test_names_become_a_few_letters() -> None:
    names = {1: "ab", 2: "Marie Brandt", 3: "m.brandt", 4: "zoe.k@host", 5: "jonas", 6: "工资"}
    assert initials(names) == {1: "ab", 2: "MB", 3: "MBR", 4: "ZKH", 5: "JO", 6: "工资"}


@given(st.lists(st.text(min_size=1, max_size=12), max_size=30))
def test_no_two_coders_are_alike(names: list[str]) -> None:
    given_ = initials(dict(enumerate(names, 1)))
    assert len({each.casefold() for each in given_.values()}) == len(names)
    assert all(each.strip() for each in given_.values())
