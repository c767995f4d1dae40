"""``qual like``: what it prints, what it leaves out, what it says when there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Qual
from tui.text.fold import tokens

DIARY = [f"On day {at} it rained and the fair was put off." for at in range(40)]
DIARY[10], DIARY[20] = (
    "The mill opened late that spring.",
    ("It rained. When the mill opened nobody came. So it was."),
)


@pytest.fixture
def diary(qual: Qual, tmp_path: Path) -> Qual:
    """Give the tiny project with a document that holds two passages like what C1 has."""
    path = tmp_path / "diary.txt"
    path.write_text("\n\n".join(DIARY), encoding="utf-8")
    assert qual("import", str(path)).code == 0
    return qual


def test_the_lines_of_a_code_say_why_and_can_be_coded(diary: Qual) -> None:
    answer = diary("like", "C1", "--json")
    assert answer.code == 0
    assert [each["text"] for each in answer.records] == [DIARY[10], DIARY[20]]
    weights = {
        each["word"]: each["weight"] for each in diary("like", "C1", "--words", "--json").records
    }
    assert {"mill", "opened"} <= weights.keys() and "it" not in weights
    for each in answer.records:
        words = {tie["word"]: tie["weight"] for tie in each["words"]}
        assert words == {w: weights[w] for w in weights if w in set(tokens(each["text"]))}
        assert [each["text"][a - each["start"] : b - each["start"]] for a, b in each["hits"]]
        assert (each["document"], each["codes"]) == ("diary", [])
    coded = diary("code", "C1", "--stdin", stdin=answer.out)
    assert coded.code == 0 and coded.out.startswith("+ 2 codings C1")
    assert diary("like", "C1").code == 1
    assert diary("undo").code == 0
    assert len(diary("like", "C1", "-n", "1").rows) == 1
    # Of a passage only the sentence that its words tie most: printed, and coded by a pipe.
    parts = diary("like", "C1", "--unit", "sentence", "--json").records
    assert [each["text"] for each in parts] == [DIARY[10], "When the mill opened nobody came."]
    for each in parts:
        assert all(each["start"] <= low < high <= each["end"] for low, high in each["hits"])
    assert diary("like", "C1", "--unit", "hit").code == 2
    score, document, number, _, _, codes, listed, text = diary("like", "C1").rows[0]
    assert 0 < float(score) <= 1 and (document, number, codes) == ("diary", "11", "")
    assert {"mill", "opened"} <= set(listed.split()) and text == DIARY[10]


def test_a_span_is_compared_and_only_bare_passages_are_wanted(diary: Qual) -> None:
    assert {row[2] for row in diary("like", "letter", "0:24").rows} == {"11", "21"}
    diary("code", "diary", "483:490", "C2")
    assert len(diary("like", "C1", "--uncoded").rows) in (1, 2)
    assert diary("like", "letter", "0:24", "--below").code == 2


def test_other_coders_teach_nothing_and_mistakes_are_named(diary: Qual) -> None:
    hidden = diary("like", "C1", "--coder", "ann")
    assert hidden.code == 1 and "that you see" in hidden.err and hidden.out == ""
    assert "no code 'C9'" in diary("like", "C9").err
    assert diary("like", "letter", "0:99999").code == 2
    assert diary("like", "C2").code == 1
    assert diary("like").code == 2
