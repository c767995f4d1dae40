"""The registry of actions, and what is made of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tui.app.actions import ACTIONS, BY_ID, FOOTER, GROUPS, PREFIXES, footer_keys, group_of
from tui.app.keys.keys_page import keys_page

ROOT = Path(__file__).resolve().parents[2]


def test_every_action_is_named_explained_and_has_a_place_in_the_help() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert group_of(action) in GROUPS.values()
        assert action.title and action.where
        assert action.help.endswith(".") and action.help[0].isupper(), action.id
        assert len(action.title) <= 40, action.id


def test_every_key_that_begins_something_has_a_heading() -> None:
    firsts = {keys.split(" ")[0] for action in ACTIONS for keys in action.keys if " " in keys}
    assert firsts == set(PREFIXES)


def test_the_last_row_shows_keys_that_work_in_its_pane() -> None:
    for pane, places in FOOTER.items():
        for ids, _ in places:
            assert all(pane in BY_ID[each].where for each in ids), ids
            assert len(footer_keys(ids)) == len(ids)


def test_the_page_of_keys_is_up_to_date() -> None:
    path = ROOT / "docs" / "keys.md"
    assert path.read_text(encoding="utf-8") == keys_page(), "stale: run `make docs`"


def test_the_page_of_keys_names_every_action() -> None:
    page = keys_page()
    for action in ACTIONS:
        assert f"`{action.id}`" in page


LITERAL = re.compile(
    r"""[ "'·(](?:[zZ] (?:undo|redo)|c gives|n makes|[tT] brings|H (?:shows|hides)|q q leaves"""
    r"""|o goes on|d shows|s searches|x lets|y copies|F\d (?:gives|takes|shows|runs))\b"""
)
"""Keys written out in a message, which would be wrong as soon as a coder has moved them."""


def test_messages_ask_for_their_keys_instead_of_writing_them_out() -> None:
    found = []
    for path in sorted((ROOT / "tui" / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if "\n" not in node.value and LITERAL.search(f" {node.value}"):
                found.append(f"{path.name}:{node.lineno}: {node.value!r}")
    told = [each for each in found if "``" not in each and not each.startswith("presets.py")]
    assert told == [], "ask keybook.hint or keybook.fill for the key"
