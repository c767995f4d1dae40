from __future__ import annotations

from pathlib import Path

import pytest

from tui.errors import QualError
from tui.importing.folder import list_folder


def test_documents_come_in_natural_order_without_the_rest(tmp_path: Path) -> None:
    for name in (
        "b10.txt",
        "b2.txt",
        "A1.md",
        "README.md",
        "readme.txt",
        ".hidden.txt",
        "attributes.csv",
        "codings.csv",
        "scan.pdf",
    ):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub.txt").mkdir()
    listing = list_folder(str(tmp_path))
    assert [Path(path).name for path in listing.sources] == ["A1.md", "b2.txt", "b10.txt"]
    assert listing.left_out == ("scan.pdf",)
    assert listing.attributes == str(tmp_path / "attributes.csv")
    assert listing.codings == str(tmp_path / "codings.csv")


def test_tables_that_are_not_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    listing = list_folder(str(tmp_path))
    assert (listing.attributes, listing.codings) == (None, None)


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    with pytest.raises(QualError, match="holds no document"):
        list_folder(str(tmp_path))


def test_a_folder_that_is_not_there_or_is_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QualError, match="does not exist"):
        list_folder(str(tmp_path / "gone"))
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(QualError, match="is a file"):
        list_folder(str(tmp_path / "a.txt"))
