"""Documents for the tests of the text pane: made of passages, without a project."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from tui.app.document.text_source import DocumentText
from tui.model.code import Code
from tui.model.document import Document, Passage
from tui.text.cut import pack_cut
from tui.text.graphemes import is_boundary

GAP = "\n\n"
PIECES = (
    "word",
    "a",
    "I",
    "tired",
    "well-known",
    "incomprehensibilities",
    " ",
    "  ",
    ". ",
    "! ",
    "? ",
    ", ",
    "\t",
    "\n",
    "数据",
    "学校的问题。",
    "「はい」",
    "カタカナー",
    "한국어",
    "e\u0301e\u0323\u0301",
    "\u0301",
    "नमस्ते ",
    "क्षत्रिय",
    "தமிழ்",
    "שלום ",
    "مرحبا ",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "🇩🇪🇫🇷🇩",
    "❤️",
    "\u200d",
    "\u200b",
    "\u202eabc\u202c",
    "\x1b[31m",
    "\x00",
    "…",
    "—",
    "ﬁ",
    "Ж",
)


def texts(max_pieces: int = 25) -> st.SearchStrategy[str]:
    """Give passage texts of many scripts."""
    return st.lists(st.sampled_from(PIECES), min_size=1, max_size=max_pieces).map("".join)


def passages(contents: Sequence[str]) -> list[Passage]:
    """Return passages with sentences and words cut in a simple way, two line feeds between."""
    found: list[Passage] = []
    offset = 0
    for number, text in enumerate(contents, 1):
        end = offset + len(text)
        cut = pack_cut(_cut(r"\S[^.!?。]*[.!?。]*", text), _cut(r"\w+", text))
        found.append(Passage(number, 1, number, offset, end, "paragraph", None, text, GAP, cut))
        offset = end + len(GAP)
    return found


def document_text(contents: Sequence[str]) -> DocumentText:
    """Return a document's text made of these passages."""
    return DocumentText.from_passages(passages(contents))


def documents(max_passages: int = 6) -> st.SearchStrategy[DocumentText]:
    """Give documents of one passage or more."""
    return st.lists(texts(), min_size=1, max_size=max_passages).map(document_text)


def document(text: DocumentText, name: str = "interview_07.txt") -> Document:
    """Return the entry of a document."""
    return Document(1, name, 1, "en", name, text.end, len(text), "", "2024-01-01")


def codes(letters: str = "WATBSD") -> list[Code]:
    """Return codes with these lane letters, their ids from 1."""
    names = {"W": "Workload", "A": "Admin", "T": "Testing", "B": "Burnout", "S": "Sleep"}
    return [
        Code(n, f"C{n}", names.get(letter, f"Code {n}"), None, n, letter=letter)
        for n, letter in enumerate(letters, 1)
    ]


def _cut(pattern: str, text: str) -> list[tuple[int, int]]:
    """Find spans and move their ends to where no sign is taken apart."""
    spans: list[tuple[int, int]] = []
    for found in re.finditer(pattern, text):
        start, end = found.span()
        while start > 0 and not is_boundary(text, start):
            start -= 1
        while not is_boundary(text, end):
            end += 1
        if spans and start < spans[-1][1]:
            start = spans[-1][1]
        if start < end:
            spans.append((start, end))
    return spans


INTERVIEW = (
    "How I plan is Sunday night, and that is before anyone asks for the new tracker.",
    "INT: And during the week?",
    "R07: I mark until eleven most nights, and then the head adds another form. The data drop is "
    "what finishes me: you type the same number into three systems and nobody reads it. I lie "
    "awake doing the totals. My manager says be kind to yourself.",
    "R07: We have a group chat, that helps.",
    "INT: Has anything been taken away?",
)
"""A few turns of talk."""
