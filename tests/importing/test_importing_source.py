from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.errors import QualError
from tui.importing.draft import Draft, Extract, make_draft
from tui.importing.registry import READERS, can_read, read_source
from tui.text.cut import read_cut
from tui.text.graphemes import is_boundary


def _import(folder: Path, name: str, data: bytes | str, **wanted: bool | str | None) -> Draft:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_source(str(path), **wanted)  # type: ignore[arg-type]


def _put_together(draft: Draft) -> str:
    return draft.lead + "".join(passage.text + passage.gap for passage in draft.passages)


def test_a_text_becomes_a_draft_with_its_cut(tmp_path: Path) -> None:
    draft = _import(tmp_path, "interview 7.txt", "\n\nAnna went home. She slept.\n\nBob too.\n")
    assert (draft.name, draft.source, draft.lead) == ("interview 7", "interview 7.txt", "\n\n")
    assert (draft.language, draft.notes) == ("en", "")
    first, second = draft.passages
    assert (first.number, first.start, first.end, first.gap) == (1, 2, 28, "\n\n")
    assert (second.number, second.text, second.gap) == (2, "Bob too.", "\n")
    cut = read_cut(first.cut)
    assert [first.text[a:b] for a, b in cut.sentences] == ["Anna went home.", "She slept."]
    assert [first.text[a:b] for a, b in cut.words] == ["Anna", "went", "home", "She", "slept"]


def test_the_original_bytes_are_kept(tmp_path: Path) -> None:
    data = "Привет,\r\nмир. Как дела?\r\n".encode("cp1251")
    draft = _import(tmp_path, "a.txt", data)
    assert draft.original == data
    assert draft.text == "Привет,\nмир. Как дела?\n"
    assert draft.notes == "read as Windows-1251, guessed"
    assert draft.language == "ru"


def test_markdown_is_kept_word_for_word(tmp_path: Path) -> None:
    text = "# Head *one*\n\nText with [a link](x) and `code`.\n\n* a\n* b\n"
    draft = _import(tmp_path, "note.md", text)
    assert draft.text == text
    assert [passage.kind for passage in draft.passages] == ["heading", "paragraph", "paragraph"]


def test_wrapped_lines_are_joined_and_told_unless_forbidden(tmp_path: Path) -> None:
    line = "words that go on and on until the margin comes and then still go"
    text = "\n".join([line] * 8) + "\n\nEnd.\n"
    joined = _import(tmp_path, "a.txt", text)
    assert joined.notes == "joined 8 hard-wrapped lines into 1 paragraph"
    assert joined.passages[0].text == " ".join([line] * 8)
    assert _import(tmp_path, "a.txt", text, join_lines=False).text == text
    assert _import(tmp_path, "a.md", text).text == text
    assert _import(tmp_path, "a.md", text, join_lines=True).text == joined.text


def test_language_and_encoding_can_be_said(tmp_path: Path) -> None:
    data = "Привет".encode("koi8-r")
    draft = _import(tmp_path, "a.txt", data, language="bg", encoding="koi8-r")
    assert (draft.language, draft.text) == ("bg", "Привет")
    assert draft.notes == "read as KOI8-R, as asked"


def test_hostile_text_is_imported_unchanged(tmp_path: Path) -> None:
    text = (
        "\x1b[31mred\x07 \u202ereversed\u2066 [/bold] {x} $(rm) '; DROP TABLE\n"
        "=1+1\n\x00 nul\u2028sep\x85nel\x0c e\u0301 👩‍👩‍👧\n" + "x" * 100_000 + "\n"
    )
    draft = _import(tmp_path, "evil.txt", text)
    assert draft.text == text
    assert _put_together(draft) == text


def test_a_file_name_that_is_no_text_is_made_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "wb") as file:
            file.write(b"Hello there.")
    except OSError:
        pytest.skip("this file system has no such names")
    draft = read_source(os.fsdecode(path))
    draft.name.encode("utf-8")
    assert draft.name.startswith("caf")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.docx", "a word processor document"),
        ("a.PDF", "a PDF document"),
        ("a.odt", "a word processor document"),
        ("a.rtf", "a word processor document"),
        ("a.html", "a web page"),
        ("a.vtt", "a subtitle file"),
        ("a.srt", "a subtitle file"),
        ("a.csv", "a table"),
        ("a.xlsx", "a table"),
        ("a.epub", "an e-book"),
        ("a.qdpx", "a file of another coding program"),
        ("a.qda", "a file of another coding program"),
        ("a.mp3", "a recording"),
        ("a.zip", "an archive"),
        ("a.xyz", "the ending .xyz"),
        ("notes", "no ending"),
    ],
)
def test_other_formats_are_refused_by_name(tmp_path: Path, name: str, kind: str) -> None:
    with pytest.raises(QualError) as caught:
        _import(tmp_path, name, "text")
    assert caught.value.message.startswith(name)
    assert kind in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 2
    assert not can_read(name)


def test_missing_empty_and_unreadable_files_are_told_apart(tmp_path: Path) -> None:
    for name in ("gone.txt", "gone.docx"):
        with pytest.raises(QualError, match="does not exist"):
            read_source(str(tmp_path / name))
    with pytest.raises(QualError, match=r"empty\.txt is empty"):
        _import(tmp_path, "empty.txt", b"")
    with pytest.raises(QualError, match="only white space"):
        _import(tmp_path, "blank.md", " \n\n")
    with pytest.raises(QualError, match="is a folder"):
        read_source(str(tmp_path))
    with pytest.raises(QualError, match="cannot be read"):
        read_source("a\0b.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(QualError, match="no permission"):
        read_source(str(path))


def test_every_format_names_a_module_that_reads() -> None:
    code = (
        "import importlib, sys; from tui.importing.registry import READERS; "
        "assert 'tui.importing.markdown' not in sys.modules; "
        "[importlib.import_module(m).read for m in READERS.values()]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert set(READERS) == {".txt", ".text", ".md", ".markdown"}


@settings(deadline=None)
@given(
    st.text(
        st.one_of(
            st.sampled_from(list("aB .!\n\n\t:-#\u0301\u200d中。😀\u00a0\u2028")),
            st.characters(exclude_categories=["Cs"]),
        ),
        max_size=80,
    )
)
def test_lead_texts_and_gaps_are_the_text_again(text: str) -> None:
    draft = make_draft("a.txt", b"", Extract(text))
    assert _put_together(draft) == text
    for number, passage in enumerate(draft.passages, start=1):
        assert passage.number == number
        assert text[passage.start : passage.end] == passage.text
        cut = read_cut(passage.cut)
        for spans in (cut.sentences, cut.words):
            for edge in (offset for span in spans for offset in span):
                assert is_boundary(text, passage.start + edge)
        for start, end in cut.words:
            assert any(a <= start and end <= b for a, b in cut.sentences)
