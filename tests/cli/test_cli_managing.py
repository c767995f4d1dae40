"""Documents, codes, memos, attributes, cases, relations, the codebook file, backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Qual


def test_documents_are_imported_listed_renamed_and_deleted(qual: Qual, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Note\n\nOne thing. Another thing.\n", encoding="utf-8")
    (record,) = qual("import", "note.md", "--language", "en", "--json").records
    assert (record["name"], record["chars"], record["paragraphs"]) == ("note", 34, 2)
    assert qual("docs", "rename", "note", "notes").out == "Renamed document note → notes\n"
    assert [row[1] for row in qual("docs").rows] == ["letter", "talk", "notes"]
    assert qual("docs", "delete", "notes", "--yes").code == 0
    assert len(qual("docs", "--json").records) == 2
    qual("undo", "-n", "3")
    assert len(qual("docs", "--json").records) == 2
    assert not any("note" in each["name"] for each in qual("docs", "--json").records)


def test_what_cannot_be_imported_is_named_and_the_rest_is_one_step(
    qual: Qual, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (2, 10, 1):
        (folder / f"t{number}.txt").write_text(f"Text number {number}.\n", encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty.txt").write_bytes(b"")
    answer = qual("import", "in", "empty.txt", "letter.docx")
    assert answer.code == 2
    assert [line.split(",")[0] for line in answer.lines] == [
        "Imported t1",
        "Imported t2",
        "Imported t10",
    ]
    assert "scan.pdf" in answer.err and "empty.txt" in answer.err and "letter.docx" in answer.err
    assert len(qual("docs", "--json").records) == 5
    qual("undo")
    assert len(qual("docs", "--json").records) == 2


def test_a_document_is_called_as_asked_and_a_name_is_not_given_twice(
    qual: Qual, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Some words.\n", encoding="utf-8")
    assert qual("import", "a.txt", "--name", "letter").code == 2
    assert qual("import", "a.txt", "--name", "second  letter").code == 0
    assert qual("show", "second letter", "--raw").out == "Some words.\n"
    assert qual("import", "a.txt", "talk.txt", "--name", "x").code == 2


def test_a_document_is_read_by_passages_cut_to_the_span(qual: Qual) -> None:
    records = qual("show", "letter", "4:60", "--json").records
    assert [(each["paragraph"], each["start"], each["end"]) for each in records] == [
        (1, 4, 52),
        (2, 54, 60),
    ]
    assert records[0]["text"] == "mill opened in 1911. Nobody spoke of wages then."
    assert records[0]["codes"] == ["C1", "C1-1", "C1-1-1"]
    assert qual("show", "letter", "4:8", "--raw").out == "mill\n"
    talk = qual("show", "talk", "--json").records
    assert [each["speaker"] for each in talk] == ["Ada", "Ben", "Ada"]


def test_passages_are_marked_and_the_next_ones_named(qual: Qual) -> None:
    (place,) = qual("docs", "next", "--json").records
    assert place["document"] == "letter" and place["start"] == 54
    assert qual("docs", "mark", "letter", "read").code == 0
    assert qual("docs", "mark", "talk", "aside", "0:5").code == 0
    (place,) = qual("docs", "next", "--json").records
    assert (place["document"], place["start"]) == ("talk", 36)
    assert qual("docs", "next", "--uncoded", "--after", "letter:54").rows[0][0] == "letter"
    docs = {each["name"]: each for each in qual("docs", "--json").records}
    assert docs["letter"]["read"] == docs["letter"]["paragraphs"]
    assert docs["talk"]["aside"] == 1
    qual("docs", "mark", "talk", "read")
    assert qual("docs", "next").code == 1


def test_bookmarks_are_set_listed_and_taken_away(qual: Qual) -> None:
    assert qual("docs", "bookmark").code == 1
    assert qual("docs", "bookmark", "letter", "25").code == 0
    assert qual("docs", "bookmark").out == "letter\t25\n"
    assert qual("docs", "bookmark", "letter", "25", "--json").records[0]["stands"] is False
    assert qual("docs", "bookmark", "letter", "9999").code == 2


def test_the_tree_is_listed_with_its_counts(qual: Qual) -> None:
    records = qual("codes", "--json").records
    wanted = ("key", "parent", "level", "direct", "aggregated", "subtree", "documents")
    assert [tuple(each[name] for name in wanted) for each in records] == [
        ("C1", None, 1, 1, 2, 3, 1),
        ("C1-1", "C1", 2, 1, 2, 2, 1),
        ("C1-1-1", "C1-1", 3, 1, 1, 1, 1),
        ("C2", None, 1, 0, 0, 0, 0),
    ]
    assert set(records[0]) >= {"schema", "id", "name"}


def test_codes_are_made_changed_moved_merged_and_deleted(qual: Qual) -> None:
    (made,) = qual("codes", "add", "Rain", "--parent", "C2", "--slot", "3", "--json").records
    assert made["code"] == "C2-1"
    assert qual("codes", "rename", "C2-1", "Heavy rain").code == 0
    change = ("codes", "change", "C2-1", "--definition", "Water", "--slot", "0", "--key", "RAIN")
    assert qual(*change).code == 0
    rain = next(each for each in qual("codes", "--json").records if each["key"] == "RAIN")
    assert (rain["name"], rain["definition"], rain["slot"]) == ("Heavy rain", "Water", None)
    assert qual("codes", "move", "RAIN", "--top", "--position", "1").code == 0
    assert next(each["key"] for each in qual("codes", "--json").records) == "RAIN"
    assert qual("codes", "merge", "C1-1-1", "RAIN").code == 2
    merged = qual("codes", "merge", "C1-1-1", "RAIN", "--yes", "--json")
    assert merged.records[0]["codings"] == 1
    assert qual("codes", "delete", "RAIN", "--yes").code == 0
    qual("undo", "-n", "6")
    assert [each["key"] for each in qual("codes", "--json").records] == [
        "C1",
        "C1-1",
        "C1-1-1",
        "C2",
    ]


def test_pins_and_hidden_lanes_are_each_coders_own(qual: Qual) -> None:
    qual("codes", "add", "Rain", "--slot", "2")
    assert qual("codes", "pin", "4", "C2").out == "4 = C2 Weather\n"
    slots = {each["key"]: each["slot"] for each in qual("codes", "--json").records}
    assert slots["C2"] == 4
    others = qual("codes", "--json", "--coder", "bob").records
    assert {each["key"]: each["slot"] for each in others}["C2"] is None
    assert qual("codes", "pin", "4").code == 0
    assert qual("codes", "hide", "C1", "--json").records[0]["hidden"] is True
    assert qual("codes", "hide", "C1", "--show", "--json").records[0]["hidden"] is False


def test_lanes_are_hidden_and_shown_by_branch_and_one_branch_alone(qual: Qual) -> None:
    def hidden() -> list[object]:
        return [each["key"] for each in qual("codes", "--json").records if each["hidden"]]

    qual("codes", "hide", "C1")
    assert hidden() == ["C1", "C1-1", "C1-1-1"]
    refused = qual("codes", "show", "C1-1")
    assert refused.code == 2 and "hidden with those of C1 Work" in refused.err
    assert qual("codes", "show", "C1").code == 0 and hidden() == []
    assert qual("codes", "solo").code == 1
    qual("codes", "solo", "C1-1")
    assert hidden() == ["C1", "C2"]
    assert qual("codes", "solo", "--json").records[0]["code"] == "C1-1"
    assert "solo --all" in qual("codes", "show", "C2").err
    assert qual("codes", "solo", "--all").out == "All lanes\n" and hidden() == []


def test_memos_go_on_anything_and_are_listed_by_what_they_are_on(qual: Qual) -> None:
    qual("relate", "add", "C1", "leads to", "C2")
    targets = (
        ("project",),
        ("document", "--doc", "letter"),
        ("span", "--doc", "letter", "--span", "0:8"),
        ("case", "--case", "Ada"),
        ("code", "--code", "C1"),
        ("coding", "--coding", "1"),
        ("relation", "--relation", "1"),
    )
    for kind, *words in targets:
        assert qual("memo", "add", f"On the {kind}.", *words).code == 0
        choice = words or ["--on-project"]
        if kind != "document":
            (record,) = qual("memo", "--json", *choice).records
            assert (record["on"], record["text"]) == (kind, f"On the {kind}.")
    on_letter = qual("memo", "--doc", "letter", "--json").records
    assert [each["on"] for each in on_letter] == ["document", "span", "coding"]
    assert [each["about"] for each in qual("memo", "--json").records] == [
        "",
        "letter",
        "letter 0:8",
        "Ada",
        "C1",
        "C1 letter 0:24",
        "C1 leads to C2",
    ]


def test_a_memo_is_read_from_stdin_rewritten_and_deleted(qual: Qual) -> None:
    (made,) = qual("memo", "add", "-", "--json", stdin="First.\nSecond.\n").records
    assert qual("memo", "--json").records[0]["text"] == "First.\nSecond."
    assert qual("memo", "change", str(made["memo"]), "Third.").code == 0
    assert qual("memo", "change", str(made["memo"]), "x", "--coder", "bob").code == 2
    assert qual("memo", "delete", str(made["memo"])).code == 2
    assert qual("memo", "delete", str(made["memo"]), "--yes").code == 0
    assert qual("memo").code == 1


def test_what_is_so_already_is_no_step_of_undo(qual: Qual) -> None:
    qual("attr", "set", "--doc", "letter", "year=1911")
    before = len(qual("log", "--json").records)
    answer = qual("attr", "set", "--doc", "letter", "year=1911", "--json")
    assert answer.records == [{"schema": 1, "id": None, "action": None, "subject": "", "values": 0}]
    assert len(qual("log", "--json").records) == before


def test_attributes_are_set_on_several_loaded_listed_and_deleted(
    qual: Qual, tmp_path: Path
) -> None:
    assert (
        qual("attr", "set", "--doc", "letter", "--doc", "talk", "year=1911", "place=mill").code == 0
    )
    assert len(qual("attr", "--json").records) == 4
    qual("undo")
    assert qual("attr").code == 1
    (tmp_path / "a.csv").write_text("document,year\nletter,1911\ntalk,1999\n", encoding="utf-8")
    assert qual("attr", "load", "a.csv", "--json").records[0]["values"] == 2
    assert [row[3] for row in qual("attr", "--name", "year").rows] == ["1911", "1999"]
    assert len(qual("attr", "--doc", "talk", "--json").records) == 1
    docs = {each["name"]: each["attributes"] for each in qual("docs", "--json").records}
    assert docs["talk"] == {"year": "1999"}
    assert qual("attr", "delete", "year", "--yes", "--json").records[0]["values"] == 2


def test_cases_own_documents_and_spans(qual: Qual) -> None:
    assert qual("case", "add", "The mill", "--kind", "organisation").code == 0
    assert qual("case", "assign", "The mill", "letter").code == 0
    assert qual("case", "assign", "The mill", "talk", "0:5").code == 0
    cases = {each["name"]: each for each in qual("case", "--json").records}
    assert cases["The mill"]["owns"] == ["letter", "talk 0:5"]
    assert cases["Ada"]["turns"] == 2
    assert qual("case", "release", "The mill", "talk", "0:5").code == 0
    assert qual("case", "release", "The mill", "talk").code == 2
    assert qual("case", "rename", "The mill", "Mill").code == 0
    assert qual("case", "delete", "Mill", "--yes").code == 0
    assert qual("case", "delete", "Ada", "--yes").code == 2  # speaks in a document


def test_relations_are_drawn_listed_and_deleted(qual: Qual) -> None:
    assert qual("relate", "add", "C1", "leads to", "C2").code == 0
    (record,) = qual("relate", "--json").records
    assert (record["from"], record["kind"], record["to"]) == ("C1", "leads to", "C2")
    assert qual("relate", "delete", str(record["id"]), "--coder", "bob", "--yes").code == 2
    assert qual("relate", "delete", str(record["id"]), "--yes").code == 0
    assert qual("relate").code == 1


def test_the_codebook_file_is_written_edited_pulled_and_compared(
    qual: Qual, tmp_path: Path
) -> None:
    file = tmp_path / "codebook.toml"
    assert qual("codebook", "check").code == 2
    assert qual("codebook", "push").code == 0
    assert qual("codebook", "check", "--json").records[0]["codes"] == 4
    assert qual("codebook", "diff").code == 1
    file.write_text(
        file.read_text(encoding="utf-8").replace('"Weather"', '"Climate"'), encoding="utf-8"
    )
    answer = qual("codebook", "diff", "--json")
    assert [(each["direction"], each["field"], each["file"]) for each in answer.records] == [
        ("pull", "name", "Climate")
    ]
    assert "+ C2 name: Climate" in qual("codebook", "diff").out
    assert qual("codebook", "pull", "--dry-run").code == 0
    assert qual("codes", "--json").records[-1]["name"] == "Weather"
    assert qual("codebook", "pull").code == 0
    assert qual("codes", "--json").records[-1]["name"] == "Climate"
    qual("codes", "rename", "C2", "Sky")
    file.write_text(
        file.read_text(encoding="utf-8").replace('"Climate"', '"Air"'), encoding="utf-8"
    )
    assert qual("codebook", "diff", "--json").records[0]["direction"] == "conflict"
    assert qual("codebook", "pull").code == 2
    assert qual("codes", "--json").records[-1]["name"] == "Sky"


def test_backups_are_made_and_listed(qual: Qual, tmp_path: Path) -> None:
    assert qual("backup", "--list").code == 1
    assert qual("backup", "kept.copy").out == "kept.copy\n"
    assert qual("backup", "kept.copy").code == 2
    (made,) = qual("backup", "--json").records
    assert [row[0] for row in qual("backup", "--list").rows] == [made["path"]]
    assert qual("-p", "kept.copy", "codes").code == 0


def test_init_makes_a_project_of_a_folder_and_refuses_a_second(
    qual: Qual, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mine"
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "one.txt").write_text("Some words here.\n", encoding="utf-8")
    (record,) = qual("init", str(folder), "--json").records
    assert record["project"] == str(folder / "mine.qual")
    assert qual("-p", record["project"], "docs").rows[0][1] == "one"
    assert qual("-p", str(folder), "docs").code == 0
    assert qual("init", str(folder)).code == 2
    assert qual("init", str(folder), "--sample").code == 2
    assert qual("-p", str(tmp_path / "x.db"), "init").code == 2


def test_the_journal_tells_who_did_what_and_what_is_undone(qual: Qual) -> None:
    qual("codes", "add", "Rain")
    qual("undo")
    newest, undone = qual("log", "--json").records[:2]
    assert newest["action"] == "undo" and newest["target"] == undone["id"]
    assert (undone["action"], undone["undone"], undone["coder"]) == ("code.add", True, "zoe")
    assert set(undone) >= {"schema", "id", "at", "coder", "action", "subject", "undone"}
    assert len(qual("log", "-n", "1").lines) == 1
    assert qual("redo", "--json").records[0]["subject"] == "New code C3 Rain"


def test_nothing_to_undo_is_said(qual: Qual) -> None:
    answer = qual("undo", "--coder", "bob")
    assert answer.code == 2
    assert "Nothing to undo" in answer.err
