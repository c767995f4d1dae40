"""``qual searches``, ``@name`` in a query, and auto-coding with a preview from a pipe."""

from __future__ import annotations

from tests.cli.conftest import Qual


def test_a_search_is_saved_listed_asked_renamed_and_deleted(qual: Qual) -> None:
    assert qual("searches").code == 1
    assert qual("searches", "save", "wet", "rained", "OR", "ledger").code == 0
    again = qual("searches", "save", "WET", "snow")
    assert again.code == 2 and "already: rained OR ledger" in again.err
    assert qual("searches", "save", "wet", "rained", "--replace").code == 0
    (record,) = qual("searches", "--json").records
    assert (record["name"], record["query"], record["coder"]) == ("wet", "rained", "zoe")
    assert qual("search", "@wet").lines == qual("search", "rained").lines != []
    assert qual("search", "doc:talk @wet", "-c").out == qual("search", "doc:talk rained", "-c").out
    assert qual("searches", "rename", "@wet", "damp").out == "Renamed the search @wet to @damp\n"
    missing = qual("search", "mill @wet")
    assert missing.code == 2
    assert missing.err.startswith("qual: There is no saved search @wet.")
    assert qual("searches", "delete", "damp").code == 2, "it asks"
    assert qual("searches", "delete", "damp", "--yes").code == 0
    assert qual("undo").code == 0
    assert [row[0] for row in qual("searches").rows] == ["damp"]


def test_a_query_or_name_that_cannot_be_read_is_not_saved(qual: Qual) -> None:
    for words in (("a b", "mill"), ("x", 'open "quote'), ("x", "@nobody"), ("", "mill")):
        assert qual("searches", "save", *words).code == 2
    assert qual("searches").code == 1
    assert "\n  mill AND\n       ^\nhint:" in qual("searches", "save", "x", "mill AND").err
    for name, query in (("one", "mill"), ("two", "@one"), ("three", "@two")):
        assert qual("searches", "save", name, query).code == 0
    renamed = qual("searches", "rename", "two", "deux")
    assert renamed.code == 0 and renamed.err.startswith("Still named @two in @three:")
    assert qual("undo").code == 0
    circle = qual("searches", "save", "--replace", "one", "rained @three")
    assert circle.code == 2 and "@three leads back to @one" in circle.err


def test_a_dry_run_prints_what_would_be_coded_and_changes_nothing(qual: Qual) -> None:
    lines = qual("search", "mill", "--json").out
    before = qual("codings", "--json").out
    shown = qual("code", "C2", "--stdin", "--dry-run", "--json", stdin=lines)
    assert shown.code == 0 and qual("codings", "--json").out == before
    assert {record["state"] for record in shown.records} == {"new"}
    assert "Nothing was changed." in shown.err
    assert qual("code", "C2", "--stdin", stdin=lines).code == 0
    made = {
        (each["start"], each["end"]) for each in qual("codings", "--code", "C2", "--json").records
    }
    assert made == {(record["start"], record["end"]) for record in shown.records}
    again = qual("code", "C2", "--stdin", "--dry-run", stdin=lines)
    assert again.code == 1 and {row[4] for row in again.rows} == {"known"}
    assert qual("code", "letter", "0:8", "C2", "--dry-run").code == 2


def test_the_unit_decides_how_much_of_each_hit_is_coded(qual: Qual) -> None:
    lines = qual("search", "mill", "--json", "-m", "1").out

    def span(*more: str) -> tuple[int, int]:
        (record,) = qual("code", "C2", "--stdin", "--dry-run", "--json", *more, stdin=lines).records
        return record["start"], record["end"]

    hit, sentence = span("--unit", "hit"), span("--unit", "sentence")
    paragraph = span("--unit", "paragraph")
    assert hit[1] - hit[0] == len("mill")
    assert sentence == span()
    assert paragraph[0] <= sentence[0] <= hit[0] < hit[1] <= sentence[1] <= paragraph[1]
    assert paragraph != sentence
    assert qual("code", "C2", "--stdin", "--unit", "word", stdin=lines).code == 2
