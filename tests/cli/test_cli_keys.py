"""The keys from the shell: listed, tried out, set in the user's file, checked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Qual
from tests.terminal.driver import Terminal
from tui.cli.key_bytes import read_presses
from tui.config import config_path, read_config
from tui.errors import QualError


def settings(text: str) -> Path:
    """Write the user's file and return its path."""
    path = Path(config_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_listed_as_the_settings_make_it(qual: Qual) -> None:
    settings('[keys]\npreset = "vim"\n"code.pick" = ["Y", "ctrl+k"]\n')
    by_id = {each["id"]: each for each in qual("keys", "--json").records}
    assert by_id["code.pick"]["keys"] == ["Y", "ctrl+k"]
    assert by_id["code.pick"]["default"] == ["c"]
    assert by_id["edit.undo"]["keys"][0] == "u"
    assert by_id["documents.sort"]["where"] == "documents"
    assert by_id["picker.apply"]["fixed"] is True
    assert "Y  Ctrl+K\tcode.pick\tthe text\tcode…" in qual("keys").out


def test_bad_keys_are_named_by_check_and_by_the_doctor_with_file_and_line(qual: Qual) -> None:
    path = settings('# mine\n[keys]\n"code.remove" = "ctrl+h"\n"code.pcik" = "x"\n')
    answer = qual("config", "check")
    assert answer.code == 2
    assert f"qual: {path} line 3: Key 'ctrl+h' cannot be told from Backspace" in answer.err
    assert f"{path} line 4: There is no 'code.pcik'" in answer.err, "all are named, not the first"
    problems = qual("config", "check", "--json").records
    assert [each["kind"] for each in problems] == ["error", "error"]
    assert f"{path} line 4: There is no 'code.pcik'" in problems[1]["message"]
    assert problems[1]["hint"] == "Did you mean code.pick?"
    (record,) = qual("doctor", "--json").records
    assert any("line 3" in each for each in record["warnings"])
    assert record["keys"] == "default, 2 of your own"
    settings('[keys]\npreset = "vmi"\n')
    assert "Did you mean 'vim'?" in qual("config", "check").err


def test_a_key_is_set_with_its_neighbours_in_mind_and_comments_are_kept(qual: Qual) -> None:
    path = settings('theme = "dark"  # at night\n\n[keys]\n# pens\ncode.pick = "Y"\n')
    assert qual("config", "set", "keys.code.pick", '["K2"]').code == 2
    assert qual("config", "set", "keys.edit.undo", "Y").code == 2, "code.pick has it"
    assert qual("config", "set", "keys.code.pick", "C").code == 0
    assert qual("config", "set", "keys.edit.undo", '["Y", "ctrl+z"]').code == 0
    text = path.read_text(encoding="utf-8")
    assert "# at night" in text and '# pens\ncode.pick = "C"' in text
    assert '"edit.undo" = ["Y", "ctrl+z"]' in text
    rows = qual("config", "show", "--origin").rows
    assert ["keys.edit.undo", "Y, ctrl+z", "user", f"{path} line 6"] in rows
    assert qual("config", "set", "keys.edit.undo", "").code == 0
    assert "edit.undo" not in path.read_text(encoding="utf-8")


def test_a_project_sets_no_keys(qual: Qual) -> None:
    answer = qual("config", "set", "--in-project", "keys.code.pick", "x")
    assert answer.code == 2 and "A project may not set keys.code.pick." in answer.err
    config = read_config({"HOME": "/nowhere"}, {"keys.preset": "vim", "keys.code.pick": "x"})
    assert config.text("keys.preset") == "default" and config.keys == []


def test_a_wrong_file_locks_nobody_out_but_a_wrong_variable_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings('[keys]\npreset = "vmi"\n[layout]\ntree_width = 900\n')
    config = read_config(os.environ)
    config.refuse_errors(mild_too=False)
    assert config.text("keys.preset") == "default" and config.number("layout.tree_width") == 0
    for wrong in ('theme = "drak"\n', "broken = [\n"):
        settings(wrong)
        config = read_config(os.environ)
        config.refuse_errors(mild_too=False)
        assert config.problems and config.text("theme") == "auto"
    settings("")
    monkeypatch.setenv("QUAL_THEME", "drak")
    with pytest.raises(QualError, match="theme is 'drak'"):
        read_config(os.environ).refuse_errors(mild_too=False)


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        (b"j", ["j"]), (b"\x1b[1;2B", ["shift+down"]), (b"\x1b[5~", ["pageup"]), (b"\r", ["enter"]),
        (b"\x08", ["backspace"]), (b"\x0b", ["ctrl+k"]), (b"\x1b", ["escape"]),
        (b"\x1bj", ["alt+j"]),
        (b"\x1bOP\x1b[15~", ["f1", "f5"]), ("о é".encode(), ["о", "space", "é"]),
        (b"\x1b[97;5u", ["ctrl+a"]), (b"\x00", ["ctrl+@"]), (b"\xff", ["\ufffd"]),
        (b"\x1b[1;5C", ["ctrl+right"]), (b"\x1b\x1b", ["escape", "escape"]),
    ],
)  # fmt: skip
def test_what_a_terminal_sends_gets_the_name_of_its_key(sent: bytes, names: list[str]) -> None:
    assert [press.name for press in read_presses(sent)] == names


def test_keys_can_be_tried_out_in_a_terminal(tmp_path: Path) -> None:
    with Terminal(["keys", "--test"], tmp_path) as terminal:
        terminal.wait_for("in the text")
        for keys, words in (
            ("j", "6a                    next sentence (text.next)"),
            ("о", "d0 be                 next sentence (text.next)"),
            ("g", "g begins something"),
            ("u", "g u: next uncoded ¶ (go.uncoded)"),
            ("\x08", "08                    back (text.back)"),
            ("\x1bx", "Esc"),
        ):
            terminal.press(keys)
            terminal.wait_for(words)
        terminal.press("q")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert terminal.is_cooked()
