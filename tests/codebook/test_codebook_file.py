"""``codebook.toml``: every mistake is named with its places; writing keeps what people wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import code_trees, rewritten
from tui.codebook.file import FileCode, parse_codebook, read_codebook
from tui.codebook.rewrite import write_codebook
from tui.errors import QualError

GOOD = """\
[codebook]
title = "Mills"
source = "Test"

[[code]]
key = "C1"
name = "Work"
letter = "W"

[[code]]
key = "C1-1"
name = "Pay"
parent = "C1"
letter = "P"
slot = 1
"""


def line_of(text: str, wanted: str, nth: int = 1) -> int:
    """Return the number of the line that holds a text for the nth time."""
    lines = [at for at, line in enumerate(text.splitlines(), 1) if wanted in line]
    return lines[nth - 1]


BAD: dict[str, tuple[str, str, tuple[int, ...]]] = {
    "duplicate key": (GOOD.replace('"C1-1"', '"c1"'), "key 'c1' is given twice", (6, 11)),
    "duplicate letter": (GOOD.replace('"P"', '"W"'), "letter 'W' is given twice", (8, 14)),
    "duplicate slot": (
        GOOD.replace('letter = "W"', 'letter = "W"\nslot = 1'),
        "slot 1 is given twice",
        (9, 16),
    ),
    "siblings of one name": (
        GOOD.replace('"Pay"\nparent = "C1"', '"work"'),
        "siblings share the name 'work'",
        (7, 12),
    ),
    "unknown parent": (
        GOOD.replace('parent = "C1"', 'parent = "C9"'),
        "names the parent 'C9'",
        (13,),
    ),
    "circle": (
        GOOD.replace('name = "Work"', 'name = "Work"\nparent = "C1-1"'),
        "are above each other",
        (8, 14),
    ),
    "own parent": (
        GOOD.replace('parent = "C1"', 'parent = "C1-1"'),
        "C1-1 is its own parent",
        (13,),
    ),
    "text for slot": (GOOD.replace("slot = 1", 'slot = "1"'), "slot must be a number", (15,)),
    "true for slot": (GOOD.replace("slot = 1", "slot = true"), "slot must be a number", (15,)),
    "slot ten": (GOOD.replace("slot = 1", "slot = 10"), "slot must be a number from 1 to 9", (15,)),
    "number for name": (GOOD.replace('"Pay"', "5"), "needs a name, as text", (12,)),
    "no name": (GOOD.replace('name = "Pay"\n', ""), "needs a name", (10,)),
    "blank key": (GOOD.replace('"C1-1"', '" "'), "needs a key", (11,)),
    "key of two words": (GOOD.replace('"C1-1"', '"C1 1"'), "must be one word", (11,)),
    "long letter": (GOOD.replace('"P"', '"Pa"'), "letter must be one of A-Z or a-z", (14,)),
    "foreign letter": (GOOD.replace('"P"', '"Ж"'), "letter must be one of A-Z or a-z", (14,)),
    "list for definition": (
        GOOD.replace("slot = 1", "slot = 1\ndefinition = []"),
        "definition must be text",
        (16,),
    ),
    "unknown stage": (GOOD.replace("slot = 1", 'stage = "late"'), "stage must be open", (15,)),
    "unknown field": (GOOD.replace("slot = 1", 'colour = "x"'), "no field 'colour'", (15,)),
    "one table for all": ("code = 1\n", "must be one table and [[code]] a list", ()),
    "unknown table": (GOOD + "\n[extra]\n", "unknown table 'extra'", ()),
    "broken TOML": (GOOD.replace('"Pay"', '"Pay'), "line 12", ()),
    "not a table": ("code = [1]\n", "a code must be a [[code]] table", ()),
}


@pytest.mark.parametrize("kind", sorted(BAD))
def test_a_mistake_is_named_with_its_lines(kind: str) -> None:
    text, said, lines = BAD[kind]
    with pytest.raises(QualError) as refused:
        parse_codebook(text.encode(), "/somewhere/codebook.toml")
    assert said in refused.value.message
    assert refused.value.message.startswith("codebook.toml")
    for line in lines:
        assert f"codebook.toml line {line}" in refused.value.message
    assert "/somewhere" not in refused.value.message


def test_what_is_not_text_is_said_to_be_not_text() -> None:
    with pytest.raises(QualError, match=r"codebook.toml is not UTF-8 \(byte 10\)"):
        parse_codebook(b"# comment \xff", "codebook.toml")


def test_a_missing_file_is_said_to_be_missing(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(QualError, match="cannot be read: No such file"):
        read_codebook(str(tmp_path_factory.mktemp("x") / "codebook.toml"))


def test_a_byte_order_mark_and_other_newlines_do_no_harm() -> None:
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    read = parse_codebook(windows, "codebook.toml")
    assert read == parse_codebook(GOOD.encode(), "codebook.toml")
    written = write_codebook(windows.decode(), read.codes)
    assert written.encode() == windows.removeprefix(b"\xef\xbb\xbf")


def test_lines_of_a_text_over_several_lines_are_not_taken_for_fields() -> None:
    text = GOOD.replace(
        'name = "Work"', 'name = "Work"\ndefinition = """\n[[code]]\nslot = 77\n"""'
    ).replace("slot = 1", "slot = 11")
    with pytest.raises(QualError) as refused:
        parse_codebook(text.encode(), "codebook.toml")
    line = line_of(text, "slot = 11")
    assert f"line {line}:" in refused.value.message


@given(codes=code_trees())
def test_what_is_written_is_read_again(codes: tuple[FileCode, ...]) -> None:
    text = write_codebook("", codes, "Title", "Source")
    file = parse_codebook(text.encode(), "codebook.toml")
    assert file.codes == codes
    assert (file.title, file.source) == ("Title", "Source")
    assert write_codebook(text, codes) == text


@given(codes=code_trees(), data=st.data())
def test_rewriting_changes_only_what_differs_and_keeps_every_comment(
    codes: tuple[FileCode, ...], data: st.DataObject
) -> None:
    bare = write_codebook("", codes, "Title", "Source")
    text = "# on top\n" + "".join(
        f"{line} # note {at}\n" if line.startswith(("key", "title")) else f"{line}\n"
        for at, line in enumerate(bare.splitlines())
    )
    edited = rewritten(data.draw, codes)
    written = write_codebook(text, edited)
    assert parse_codebook(written.encode(), "codebook.toml").codes == edited
    assert written.startswith("# on top\n")
    kept = {code.key for code in edited}
    for code in codes:
        if code.key in kept:
            (line,) = (line for line in text.splitlines() if f'key = "{code.key}"' in line)
            assert line in written.splitlines()
    if edited == codes:
        assert written == text


def test_comments_stay_where_they_are_when_one_value_changes() -> None:
    text = GOOD.replace('name = "Work"', '# about work\nname = "Work"  # of all kinds')
    work, pay = parse_codebook(text.encode(), "codebook.toml").codes
    written = write_codebook(text, [work, replace(pay, name="Wages")])
    assert written == text.replace('"Pay"', '"Wages"')


NOTED = """\
# the mills
[codebook]
title = "Mills"  # working title

# --- people ---

# about work
[[code]]
key = "A"
name = "Work"

# about pay
[[code]]
key = "B"
name = "Pay"
definition = '''
[[code]]
# no comment
'''

# --- things ---

# about looms
[[code]]
key = "C"
name = "Looms"
# the end
"""


def noted(*order: str) -> str:
    codes = {code.key: code for code in parse_codebook(NOTED.encode(), "codebook.toml").codes}
    return write_codebook(NOTED, [codes[key] for key in order])


def test_a_comment_above_a_code_moves_with_it() -> None:
    written = noted("B", "A", "C")
    assert '# about pay\n[[code]]\nkey = "B"' in written
    assert '# about work\n[[code]]\nkey = "A"' in written
    assert written.index("about pay") < written.index("about work") < written.index("things")


def test_a_comment_above_a_code_goes_with_it_but_a_heading_stays() -> None:
    written = noted("B", "C")
    assert "about work" not in written
    assert written.index("--- people ---") < written.index("about pay")
    assert written.index("about pay") < written.index("--- things ---")
    without_all = noted()
    assert "--- things ---" in without_all
    assert "# the end" in without_all
    assert parse_codebook(without_all.encode(), "codebook.toml").codes == ()


def test_nothing_changes_when_nothing_differs() -> None:
    assert noted("A", "B", "C") == NOTED


def test_codes_written_as_one_list_become_tables() -> None:
    old = '# mine\ncode = [{key = "A", name = "Work"}]\n[codebook]\ntitle = "T"\n'
    codes = parse_codebook(old.encode(), "codebook.toml").codes
    written = write_codebook(old, codes)
    assert parse_codebook(written.encode(), "codebook.toml").codes == codes
    assert "# mine" in written


def test_a_head_below_the_codes_is_found() -> None:
    old = '[[code]]\nkey = "A"\nname = "Work"\n\n[codebook]\ntitle = "T"\n'
    file = parse_codebook(old.encode(), "codebook.toml")
    written = write_codebook(old, [*file.codes, FileCode("B", "A", "Pay")])
    again = parse_codebook(written.encode(), "codebook.toml")
    assert (again.title, [code.key for code in again.codes]) == ("T", ["A", "B"])
