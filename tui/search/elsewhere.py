"""Searching in memos and in the codebook: few and short texts, so each candidate is read."""

from __future__ import annotations

from tui.search.hit import Hit
from tui.store import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection

    from tui.search.filters import Scope
    from tui.search.rank import Judge, Term


def search(db: Connection, terms: list[Term], scope: Scope, judge: Judge) -> list[Hit]:
    """Return the memos and codes that hold every term.

    Memos of coders who are not turned on are left out, as their codings are.
    """
    hits: list[Hit] = []
    if "memos" in scope.places:
        hits += _in_memos(db, terms, scope, judge)
    if "codes" in scope.places:
        hits += _in_codes(db, terms, judge)
    return hits


def _in_memos(db: Connection, terms: list[Term], scope: Scope, judge: Judge) -> list[Hit]:
    expressions = [term.expression() for term in terms]
    if not all(expressions):
        return []
    narrowing = [expression for expression in expressions if expression != "*"]
    every = not narrowing
    rows = lookup.all_memos(db) if every else lookup.match_memos(db, " AND ".join(narrowing))
    hits: list[Hit] = []
    for number, _, document_id, start, end, key, text, coder_id in lookup.memos(db, rows):
        if coder_id not in scope.coder_ids:
            continue
        if scope.document_ids is not None and document_id not in scope.document_ids:
            continue
        if scope.code_keys is not None and key not in scope.code_keys:
            continue
        judged = judge.judge(text, None)
        if judged.missing:
            continue
        hit = Hit(document_id, 0, 0, text)
        hit.memo = number
        hit.score, hit.hits = judged.score, judged.hits
        if start is not None and end is not None:
            hit.start, hit.end = start, end
        hit.codes = [key] if key else []
        hits.append(hit)
    return hits


def _in_codes(db: Connection, terms: list[Term], judge: Judge) -> list[Hit]:
    hits: list[Hit] = []
    for _, key, _, text in lookup.code_list(db):
        judged = judge.judge(f"{key}\n{text}", None)
        if not terms or judged.missing:
            continue
        shown = f"{key}\n{text}".rstrip("\n")
        hit = Hit(None, 0, 0, shown)
        hit.code, hit.codes = key, [key]
        hit.score, hit.hits = judged.score, judged.hits
        hits.append(hit)
    return hits
