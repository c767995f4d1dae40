"""Settings, health, completion scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Qual
from tests.tiny import make_tiny
from tui.cli.commands import complete
from tui.cli.option_names import OPTIONS, VALUES
from tui.config import config_path, read_config
from tui.errors import QualError


def write_config(text: str) -> Path:
    path = Path(config_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_option_of_the_environment_goes_before_project_file_and_default(
    qual: Qual, monkeypatch: pytest.MonkeyPatch
) -> None:
    def language() -> tuple[str, str]:
        rows = qual("config", "show", "--origin", "--json").records
        found = next(row for row in rows if row["name"] == "import.language")
        return found["value"], found["origin"]

    assert language() == ("", "default")
    path = write_config('# mine\n[import]\nlanguage = "ru"\n')
    assert language() == ("ru", "user")
    assert qual("config", "set", "--in-project", "import.language", "zh").code == 0
    assert language() == ("zh", "project")
    monkeypatch.setenv("QUAL_IMPORT_LANGUAGE", "de")
    assert language() == ("de", "environment")
    config = read_config({"XDG_CONFIG_HOME": str(path.parent.parent)})
    assert config.values["import.language"].place == f"{path} line 3"


def test_a_project_does_not_set_the_screen(qual: Qual) -> None:
    assert qual("config", "set", "--in-project", "theme", "dark").code == 2
    config = read_config({"HOME": "/nowhere"}, {"theme": "dark", "title": "T"})
    assert config.text("theme") == "auto"
    assert qual("config", "set", "--in-project", "title", "The mill").code == 0


def test_a_setting_is_written_into_the_file_beside_its_comments(qual: Qual) -> None:
    path = write_config("# mine\nmouse = true # yes\n")
    assert qual("config", "set", "mouse", "off").code == 0
    assert qual("config", "set", "import.join_lines", "never").code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# mine\nmouse = false # yes\n")
    config = read_config(os.environ)
    assert config.flag("mouse") is False
    assert config.text("import.join_lines") == "never"
    assert qual("config", "set", "mouse", "").code == 0
    assert read_config(os.environ).flag("mouse") is True
    assert qual("config", "path").out.strip() == str(path)


def test_wrong_values_are_errors_with_file_and_line_unknown_names_warnings(qual: Qual) -> None:
    path = write_config('thme = "dark"\n\n[import]\njoin_lines = "allways"\n')
    answer = qual("config", "check")
    assert answer.code == 2
    assert f"warning: {path} line 1: there is no setting 'thme'." in answer.err
    assert "Did you mean theme?" in answer.err
    assert f"qual: {path} line 4: import.join_lines is 'allways'" in answer.err
    assert "Did you mean 'always'?" in answer.err
    answer = qual("config", "set", "keyboard.layout", "rusian")
    assert "Did you mean 'ru'?" in answer.err
    write_config("mouse = 1\n")
    assert "mouse must be true or false" in qual("config", "check").err
    write_config("mouse = true\n\nbroken = [\n")
    assert f"{path} line 3: " in qual("config", "check").err
    path.write_bytes(b'mouse = true\ntheme = "\xff"\n')
    assert f"{path} line 2: this is no text in UTF-8" in qual("config", "check").err
    write_config('theme.colour = "dark"\n')
    assert "Did you mean theme?" in qual("config", "check").err
    write_config('[keyz]\n"code.pick" = "C"\n')
    assert "Did you mean [keys]?" in qual("config", "check").err
    write_config("keys = 3\n")
    assert f"{path} line 1: keys must be a table." in qual("config", "check").err
    answer = qual("config", "set", "keys.code.pick", "C")
    assert answer.code == 2 and "keys must be a table." in answer.err
    assert "Write [keys] on a line of its own" in answer.err
    write_config("[keys]\ncode = 3\n")
    assert qual("config", "set", "keys.code.pick", "C").code == 0
    write_config("mouse = true\n")
    assert qual("config", "check").code == 0


def test_the_own_file_is_checked_where_several_projects_are(
    qual: Qual, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "several"
    folder.mkdir()
    for name in ("one.qual", "two.qual"):
        make_tiny(folder / name)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("QUAL_PROJECT", raising=False)
    write_config("mouse = 1\n")
    answer = qual("config", "check")
    assert answer.code == 2 and "mouse must be true or false" in answer.err
    write_config("mouse = true\n")
    answer = qual("config", "check")
    assert answer.code == 0 and "nothing wrong" in answer.out
    assert "several projects here" in answer.err
    assert "Name one with -p" in qual("-p", str(folder), "config", "check").err


def test_a_wrong_value_in_the_environment_names_the_variable() -> None:
    config = read_config({"HOME": "/nowhere", "QUAL_MOUSE": "maybe"})
    with pytest.raises(QualError, match="QUAL_MOUSE"):
        config.refuse_errors()


def test_the_doctor_describes_all_and_shows_no_text_of_the_project(qual: Qual) -> None:
    (record,) = qual("doctor", "--json").records
    for name in ("TERM", "colours", "utf8", "tmux", "ssh", "sqlite", "fts5", "file_system"):
        assert name in record
    assert record["held_by"] == "" and record["fts5"] is True
    text = qual("doctor").out
    for word in ("letter", "mill", "Work", "Weather"):
        assert word not in text


def test_the_doctor_names_the_process_that_has_the_project_open(
    qual: Qual, tiny: str, run_python: object
) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("open files of other processes are not to be seen here")
    with subprocess.Popen(["sleep", "60"], stdin=open(tiny, "rb")) as other:
        try:
            (record,) = qual("doctor", "--json").records
            assert str(other.pid) in record["open_in_processes"].split(", ")
        finally:
            other.kill()


def test_the_check_is_silent_about_nothing(qual: Qual) -> None:
    proofs = qual("check", "--json").records
    assert all(each["ok"] and each["problems"] == [] for each in proofs)
    assert {"file", "documents", "codings", "counts", "journal"} <= {p["proof"] for p in proofs}
    assert qual("check").code == 0


def test_a_broken_count_is_found_and_mended(qual: Qual, tiny: str) -> None:
    import sqlite3

    db = sqlite3.connect(tiny)
    db.execute("UPDATE code_counts SET segments = 7 WHERE code_id = 1")
    db.commit()
    db.close()
    answer = qual("check", "--json")
    assert answer.code == 1
    assert [each["proof"] for each in answer.records if not each["ok"]] == ["counts"]
    assert qual("check", "--repair").code == 0


def test_the_dump_escapes_what_would_act_on_a_terminal(qual: Qual) -> None:
    import json

    qual("memo", "add", "red \x1b[31m and \u202e back")
    answer = qual("check", "--dump")
    assert "\x1b" not in answer.out and "\u202e" not in answer.out
    memos = [row for row in answer.records if row["table"] == "memos"]
    assert memos[0]["text"] == "red \x1b[31m and \u202e back"
    assert json.loads(qual("memo", "--json").out)["text"] == "red ␛[31m and � back"


def offered(*words: str) -> list[str]:
    return [line.split("\t")[0] for line in complete.complete(words)]


def test_verbs_subverbs_options_and_names_are_completed(
    qual: Qual, monkeypatch: pytest.MonkeyPatch
) -> None:
    qual("attr", "set", "--doc", "letter", "year=1911")
    assert offered("und") == ["undo"]
    assert "search" in offered("")
    assert offered("codes", "re") == ["rename"]
    assert offered("codes", "rename", "c1-") == ["C1-1", "C1-1-1"]
    assert offered("show", "") == ["letter", "talk"]
    assert offered("code", "letter", "0:8", "C1", "C2") == ["C2"]
    assert offered("code", "--stdin", "C2") == ["C2"]
    assert offered("codings", "--doc", "t") == ["talk"]
    assert offered("codings", "--doc=t") == ["--doc=talk"]
    assert offered("codings", "--attr", "y") == ["year=1911"]
    assert offered("codings", "--case", "") == ["Ada", "Ben"]
    assert offered("matrix", "--by", "") == ["document", "case", "coder", "year"]
    assert offered("agree", "--by", "") == ["code", "document", "both"]
    assert offered("agree", "decide", "letter", "0:8", "C2", "n") == ["neither"]
    assert offered("agree", "--unit=s") == ["--unit=sentences"]
    assert offered("count", "--format", "c") == ["csv"]
    assert offered("cluster", "--linkage", "") == ["complete", "average", "single"]
    assert offered("cluster", "name", "work", "c1-") == ["C1-1", "C1-1-1"]
    assert "--stdin" in offered("code", "--")
    assert offered("completion", "z") == ["zsh"]
    assert offered("open", "") == offered("-p", "") == [":files"]
    assert offered("-p", "tiny.qual", "show", "l") == ["letter"]
    assert complete.rejoin(["codings", "--attr", "year", "=", "19"])[-1] == "year=19"
    assert complete.rejoin(["code", "letter", "0", ":", "8", ""]) == ["code", "letter", "0:8", ""]
    monkeypatch.chdir("/")
    assert complete.main(["show", ""]) == 0


def test_every_option_with_names_as_values_is_one_that_some_verb_has() -> None:
    known = {option for options in VALUES.values() for option in options}
    assert set(complete.KINDS) - {"-p", "--project"} <= known
    assert set(complete.ARGUMENTS) <= set(OPTIONS)


def test_completion_scripts_are_printed_and_bash_accepts_its_own(
    qual: Qual, tmp_path: Path
) -> None:
    for shell in ("bash", "zsh", "fish"):
        text = qual("completion", shell).out
        assert "qual __complete" in text
        if shutil.which(shell):
            script = tmp_path / f"script.{shell}"
            script.write_text(text, encoding="utf-8")
            done = subprocess.run([shell, "-n", str(script)], capture_output=True, check=False)
            assert done.returncode == 0, done.stderr


def test_the_scripts_of_shells_that_may_be_missing_ask_and_answer_as_those_do(qual: Qual) -> None:
    # Where zsh and fish are, the test above has them read their scripts; this holds everywhere.
    zsh = qual("completion", "zsh").out
    assert zsh.startswith("#compdef qual\n") and "compdef _qual qual" in zsh
    assert '"${(@Q)words[2,CURRENT]}"' in zsh, "words without the name of the program, unquoted"
    assert r"typed[-1]=${typed[-1]#[\"\']}" in zsh, "nor a quote that is still open"
    assert "compadd -S '' -a values" in zsh, "no blank after doc: or year="
    assert "compadd -l -d notes -a values" in zsh and "_files" in zsh
    assert zsh.count("if [[") == zsh.count("fi\n") - zsh.count("if ((") and zsh.count("done <") == 1
    fish = qual("completion", "fish").out
    assert "(commandline -opc)" in fish and "commandline -ct" in fish, "words, and the last one"
    assert "$words[2..-1]" in fish and "complete -c qual -f -a '(__qual_complete)'" in fish
    openers = sum(line.split()[:1] in (["function"], ["for"], ["if"]) for line in fish.splitlines())
    assert openers == sum(line.strip() == "end" for line in fish.splitlines())


def test_bash_offers_names_with_spaces_in_one_piece(qual: Qual, tmp_path: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    qual("docs", "rename", "talk", "two talks")
    shim = tmp_path / "qual"
    shim.write_text("#!/bin/sh\nprintf '%s\\n' 'letter' 'two talks'\n", encoding="utf-8")
    shim.chmod(0o755)
    script = qual("completion", "bash").out + (
        "COMP_LINE='qual show '; COMP_POINT=10\n"
        "COMP_WORDS=(qual show ''); COMP_CWORD=2; _qual_complete\n"
        "printf '<%s>' \"${COMPREPLY[@]}\"\n"
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "<letter><two\\ talks>"
