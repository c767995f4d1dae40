"""All acts, loaded: whoever needs the whole registry imports it from here."""

from __future__ import annotations

from tui.project.act import ACTS
from tui.project.edits import (
    agreement,
    cases,
    codebook,
    codes,
    codings,
    documents,
    memos,
    readings,
    searches,
    study,
)

__all__ = [
    "ACTS",
    "agreement",
    "cases",
    "codebook",
    "codes",
    "codings",
    "documents",
    "memos",
    "readings",
    "searches",
    "study",
]
