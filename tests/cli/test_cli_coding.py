"""Coding from the shell: one span, what a search found, retrieving, taking back."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Qual
from tui.project.edits import codings


def found(*spans: tuple[int, int], document: str = "letter") -> str:
    return "".join(
        json.dumps({"schema": 1, "document": document, "start": start, "end": end}) + "\n"
        for start, end in spans
    )


def spans(qual: Qual, key: str) -> list[tuple[int, int]]:
    return [
        (each["start"], each["end"]) for each in qual("codings", "--code", key, "--json").records
    ]


def test_a_span_is_coded_with_several_codes_at_once_and_undone_as_one(qual: Qual) -> None:
    answer = qual("code", "letter", "0:8", "C1", "c2", "--json")
    assert answer.code == 0
    assert [(each["code"], each["quote"], each["coder"]) for each in answer.records] == [
        ("C1", "The mill", "zoe"),
        ("C2", "The mill", "zoe"),
    ]
    assert qual("undo").out == "Undone: + C1 Work, C2 Weather on letter ¶1\n"
    assert spans(qual, "C2") == []
    assert qual("redo").code == 0
    assert spans(qual, "C2") == [(0, 8)]


def test_a_document_may_be_named_by_its_file_and_a_code_by_its_name(qual: Qual) -> None:
    assert qual("code", "letter.txt", "0:8", "weather").code == 0
    assert spans(qual, "C2") == [(0, 8)]


def test_an_identical_coding_is_refused_with_a_notice(qual: Qual) -> None:
    answer = qual("code", "letter", "0:24", "C1")
    assert answer.code == 2
    assert answer.err == "qual: Already coded C1 Work on these words.\n"


def test_what_a_search_found_is_coded_in_slices_as_one_step_and_known_ones_are_counted(
    qual: Qual, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codings, "SLICE", 2)
    lines = found((0, 24), (25, 52), (54, 60), (61, 70), (61, 70)) + "\n"
    answer = qual("code", "C1", "C2", "--stdin", "--json", stdin=lines)
    (record,) = answer.records
    assert {**record, "step": 0} == {
        "schema": 1,
        "coded": 7,
        "known": 1,
        "spans": 4,
        "documents": 1,
        "codes": ["C1", "C2"],
        "step": 0,
    }
    acts = [each for each in qual("log", "--json").records if each["step"] == record["step"]]
    assert [each["action"] for each in acts] == ["coding.add", "coding.add"]
    assert qual("undo").code == 0
    assert spans(qual, "C2") == []
    assert spans(qual, "C1") == [(0, 24)]


def test_coding_the_same_twice_adds_nothing_and_says_so(qual: Qual) -> None:
    lines = found((0, 8), (9, 15))
    assert (
        "+ 2 codings C2 on 2 spans in 1 document" in qual("code", "C2", "--stdin", stdin=lines).out
    )
    answer = qual("code", "C2", "--stdin", stdin=lines)
    assert answer.code == 0
    assert "+ 0 codings C2 on 2 spans in 1 document; 2 were there already" in answer.out


@pytest.mark.parametrize(
    "line",
    [
        "letter\t1\t0\t8",
        "[1, 2]",
        '{"document": "letter", "start": "0", "end": 8}',
        '{"document": "letter", "start": 0, "end": true}',
        '{"document": "letter", "start": 8, "end": 8}',
        '{"document": "letter", "start": 0, "end": 99999}',
        '{"start": 0, "end": 8}',
    ],
)
def test_one_bad_line_codes_nothing(qual: Qual, line: str) -> None:
    answer = qual("code", "C2", "--stdin", stdin=found((0, 8)) + line + "\n")
    assert answer.code == 2
    assert answer.err.startswith("qual: Line 2 of what came through the pipe cannot be coded")
    assert spans(qual, "C2") == []


def test_an_unknown_document_and_a_wrong_place_of_a_word_are_named_with_their_line(
    qual: Qual,
) -> None:
    unknown = '{"document": "leter", "start": 0, "end": 8}\n'
    answer = qual("code", "C2", "--stdin", stdin=found((0, 8)) + unknown)
    assert answer.code == 2 and "Line 2" in answer.err and "There is no document" in answer.err
    turned = '{"document": "letter", "start": 0, "end": 8, "hits": [[0, 3], [8, 5]]}\n'
    answer = qual("code", "C2", "--stdin", "--unit", "hit", stdin=turned)
    assert answer.code == 2 and "Line 1" in answer.err and "8:5" in answer.err
    assert spans(qual, "C2") == []


def test_lines_without_a_place_are_skipped_and_said(qual: Qual) -> None:
    lines = '{"schema": 1, "memo": 3, "text": "on the project"}\n' + found((0, 8))
    answer = qual("code", "C2", "--stdin", stdin=lines)
    assert "Skipped: 1 line without a place in a text." in answer.err
    assert spans(qual, "C2") == [(0, 8)]


def test_nothing_through_the_pipe_is_exit_code_1(qual: Qual) -> None:
    assert qual("code", "C2", "--stdin").code == 1


def test_codings_go_through_the_pipe_to_be_coded_again_and_taken_away(qual: Qual) -> None:
    lines = qual("codings", "--code", "C1", "--json").out
    assert qual("code", "C2", "--stdin", stdin=lines).code == 0
    assert spans(qual, "C2") == spans(qual, "C1")
    lines = qual("codings", "--code", "C2", "--json").out
    assert qual("uncode", "--stdin", stdin=lines).code == 2
    assert qual("uncode", "--stdin", "--yes", stdin=lines).code == 0
    assert spans(qual, "C2") == []


def test_a_coding_is_recoded_moved_and_flagged_in_one_step(qual: Qual) -> None:
    (coding,) = qual("codings", "--code", "C1", "--json").records
    words = ("recode", str(coding["id"]), "--to", "C2", "--span", "4:8", "--important")
    assert qual(*words).code == 0
    (moved,) = qual("codings", "--code", "C2", "--json").records
    assert (moved["quote"], moved["important"], moved["id"]) == ("mill", True, coding["id"])
    qual("undo")
    assert qual("codings", "--code", "C1", "--json").records == [coding]


def test_all_codings_of_a_code_are_recoded_only_when_asked_twice(qual: Qual) -> None:
    assert qual("recode", "--from", "C1", "--to", "C2").code == 2
    assert qual("recode", "--from", "C1", "--to", "C2", "--yes").code == 0
    assert spans(qual, "C2") == [(0, 24)]


def test_codings_are_retrieved_by_branch_document_attribute_case_and_flag(qual: Qual) -> None:
    qual("code", "talk", "5:24", "C2", "--important")
    qual("attr", "set", "--doc", "letter", "year=1911")
    qual("attr", "set", "--case", "Ada", "role=clerk")
    qual("memo", "add", "so dry", "--coding", "4")

    def ids(*words: str) -> list[int]:
        return [each["id"] for each in qual("codings", "--json", *words).records]

    assert ids() == [1, 2, 3, 4]
    assert ids("--code", "C1") == [1]
    assert ids("--code", "C1", "--below") == [1, 2, 3]
    assert ids("--doc", "talk") == ids("--important") == ids("--memo") == [4]
    assert ids("--attr", "year=1911") == [1, 2, 3]
    assert ids("--case", "Ada") == ids("--attr", "role=clerk") == [4]
    assert ids("--case", "Ben") == []
    assert ids("--case", "Ben", "--case", "Ada") == [4]
    assert ids("--case", "Ada", "--attr", "year=1911") == []
    assert ids("-n", "2") == [1, 2]
    assert qual("codings", "--attr", "year=1912").code == 1
    assert qual("codings", "--json", "--memo").records[0]["memo"] == "so dry"


def test_anothers_codings_are_hidden_until_turned_on(
    qual: Qual, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUAL_CODER", "bob")
    assert qual("codings").code == 1
    assert [each["direct"] for each in qual("codes", "--json").records] == [0, 0, 0, 0]
    assert qual("show", "letter", "0:24", "--json").records[0]["codes"] == []
    assert all(each["codings"] == 0 for each in qual("docs", "--json").records)
    refused = qual("codings", "--coder", "zoe")
    assert refused.code == 2
    assert "qual coders show zoe" in refused.err
    log = qual("log", "--json")
    assert not any(each["action"].startswith("coding.") for each in log.records)
    assert "Left out: 2 acts of coders whose codings are hidden from you." in log.err

    assert qual("coders", "show", "zoe").code == 0
    assert len(qual("codings", "--json").records) == 3
    assert len(qual("codings", "--json", "--coder", "zoe").records) == 3
    assert qual("--coder", "bob", "codings", "--coder", "bob").code == 1
    assert qual("coders", "hide", "--all").code == 0
    assert qual("codings").code == 1


def test_while_a_round_is_open_nobody_turns_others_on(qual: Qual) -> None:
    qual("code", "letter", "0:8", "C2", "--coder", "bob")
    assert qual("coders", "--round", "open").code == 0
    assert qual("coders", "show", "bob").code == 2
    assert qual("coders", "--round", "closed").code == 2  # nobody can be asked
    assert qual("coders", "--round", "closed", "--yes").code == 0
    assert qual("coders", "show", "--all").code == 0
    assert [each["shown"] for each in qual("coders", "--json").records] == [True, True]


def test_who_codes_is_said_before_or_after_the_verb(qual: Qual) -> None:
    assert qual("--coder", "bob", "code", "letter", "0:8", "C1").code == 0
    assert qual("code", "letter", "0:8", "C2", "--coder", "eve").code == 0
    counts = {each["name"]: each["codings"] for each in qual("coders", "--json").records}
    assert counts == {"zoe": 3, "bob": 1, "eve": 1}
