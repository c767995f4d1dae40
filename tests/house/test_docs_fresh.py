"""Generated pages are fresh, and every verb is documented."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tui.cli.registry import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["docs/commands.md", "docs/qual.1", "tui/cli/option_names.py"])
def test_a_generated_page_is_what_the_generator_writes(generator: Any, name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == generator.PAGES[name](), (
        "stale: run `python docs/generate.py`"
    )


def test_every_verb_and_subverb_has_help_with_an_explanation(generator: Any) -> None:
    for name, command in generator.walk():
        text = generator.help_of(name, command)
        assert text.startswith(f"Usage: qual {name}"), name
        assert len(command.help or "") > 20, f"qual {name} explains nothing"
        assert "--install-completion" not in text


def test_every_verb_that_prints_json_is_on_the_page_of_json_fields(generator: Any) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for name, command in generator.walk():
        options = {option for param in command.params for option in param.opts}
        acts = re.search(r"acts: .*", page)
        assert acts is not None
        if "--json" in options and name in COMMANDS:
            known = f"`{name}" in page or name in ("uncode", "recode")
            assert known, f"docs/json.md says nothing of qual {name} --json"
