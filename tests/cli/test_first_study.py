"""The documented study runs from the shell, first to last."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_study_runs_as_documented(tmp_path: Path) -> None:
    if not shutil.which("sh"):
        pytest.skip("no shell here")
    shims = tmp_path / "bin"
    shims.mkdir()
    shim = shims / "qual"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    done = subprocess.run(
        ["sh", str(ROOT / "docs" / "first-study.sh"), str(tmp_path / "study")],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{shims}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "QUAL_CODER": "ann",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    tables = (tmp_path / "study" / "tables.md").read_text(encoding="utf-8")
    assert "## Table 1. First-level codes (3)" in tables
    assert "## Table 2. Second-level codes (11)" in tables
    assert "## Table 3. Third-level codes (42)" in tables
    rows = (tmp_path / "study" / "tables.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + 56
    assert "codings R1-3-1 on" in done.stdout
    assert "Undone: " in done.stdout and "Redone: " in done.stdout
    assert "codings\tok" in done.stdout
    assert (tmp_path / "study" / "kept.qual").is_file()
