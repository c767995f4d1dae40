"""Acts on disagreements: a decision changes the acting coder's own codings, and is kept."""

from __future__ import annotations

from collections.abc import Sequence

from tui.analysis.spans import Pair, unite
from tui.errors import Refused
from tui.model.coding import Coding
from tui.model.decision import Verdict
from tui.project.act import Act, edit
from tui.project.edits.codings import add_codings, move_coding, place_of, remove_codings
from tui.store.coders import visible_coder_ids
from tui.store.codes import read_code
from tui.store.codings import list_codings
from tui.store.decisions import read_decisions


@edit("agreement.decide")
def decide(
    act: Act,
    document_id: int,
    start: int,
    end: int,
    code_id: int,
    coders: Pair,
    verdict: Verdict,
) -> bool:
    """Settle a place where two coders used a code differently.

    Only codings of the acting coder are changed: those of the code that share text with the span
    become as the verdict says. An own coding that only has to move keeps its memos. The decision
    itself is stored; an earlier one of the same coder on the same place gives way to it.

    Args:
        document_id: the document.
        start: first code point of what either of the two had coded.
        end: the code point after the last.
        code_id: the code.
        coders: the two; ``first`` and ``second`` speak of them in this order.
        verdict: whose way it is; ``later`` changes no coding.

    Returns:
        Whether a coding was changed.

    Raises:
        Refused: one of the two is hidden from the acting coder, the code is gone, nobody of the
            two has coded there any more, there are no edges to take, or an own coding that would
            go carries another coder's memo.
    """
    code = read_code(act.db, code_id)
    if code is None:
        raise Refused("That code is no longer in the codebook.", "`qual codes` lists it.")
    visible = visible_coder_ids(act.db, act.coder_id)
    if coders[0] == coders[1] or not set(coders) <= set(visible):
        raise Refused("Two coders whose codings you see are needed.", "`qual coders` lists them.")
    there = [
        coding
        for coding in list_codings(
            act.db,
            coder_ids=sorted({*coders, act.coder_id}),
            document_ids=[document_id],
            code_ids=[code_id],
        )
        if coding.start < end and start < coding.end
    ]
    one, other = ([(c.start, c.end) for c in there if c.coder_id == who] for who in coders)
    if not one and not other:
        raise Refused("Nobody of the two has that code there any more.", "Look at the next place.")
    changed = False
    if verdict != "later":
        wanted = _wanted(act, coders, verdict, one, other)
        mine = [coding for coding in there if coding.coder_id == act.coder_id]
        changed = _make(act, document_id, code_id, mine, wanted)
    for decision in read_decisions(act.db, act.coder_id, *coders):
        same = (decision.document_id, decision.code_id) == (document_id, code_id)
        if same and decision.start < end and start < decision.end:
            act.rows.delete("decisions", decision.id)
    act.rows.insert(
        "decisions",
        {
            "document_id": document_id,
            "start": start,
            "end": end,
            "code_id": code_id,
            "first_id": coders[0],
            "second_id": coders[1],
            "verdict": verdict,
            "coder_id": act.coder_id,
            "created_at": act.now,
        },
    )
    said = _words(verdict, act.coder_id in coders)
    if verdict in ("first", "second") and act.coder_id == coders[verdict == "second"]:
        said = "my own way"
    where = place_of(act, document_id, start, end)
    act.subject = f"Agreement on {code.key} {code.name}, {where}: {said}"
    return changed


def _wanted(
    act: Act, coders: Pair, verdict: Verdict, one: Sequence[Pair], other: Sequence[Pair]
) -> list[Pair]:
    """Return the spans that the acting coder's codings are to have."""
    if verdict == "edges":
        if not one or not other:
            raise Refused("Only one of the two has that code there: there are no other edges.")
        if act.coder_id not in coders:
            raise Refused("Neither of these codings is yours: take one coder's as it is.")
        return list(other if act.coder_id == coders[0] else one)
    if verdict == "neither":
        return []
    if verdict == "both":
        return unite([*one, *other])
    return list(one if verdict == "first" else other)


def _make(
    act: Act, document_id: int, code_id: int, mine: Sequence[Coding], wanted: Sequence[Pair]
) -> bool:
    """Give the acting coder codings with exactly these spans; tell whether any was changed."""
    missing = [span for span in dict.fromkeys(wanted)]
    left: list[Coding] = []
    for coding in mine:
        if (coding.start, coding.end) in missing:
            missing.remove((coding.start, coding.end))
        else:
            left.append(coding)
    changed = bool(missing or left)
    moved = min(len(left), len(missing))
    for coding, span in zip(left[:moved], missing[:moved], strict=True):
        move_coding.apply(act, coding.id, *span)
    if left[moved:]:
        remove_codings.apply(act, [coding.id for coding in left[moved:]])
    for span in missing[moved:]:
        add_codings.apply(act, document_id, *span, [code_id])
    return changed


def _words(verdict: Verdict, own: bool) -> str:
    """Say it without names: who reads the journal may not see those coders' codings."""
    return {
        "first": "the other's way" if own else "one coder's way",
        "second": "the other's way" if own else "one coder's way",
        "both": "what either has",
        "neither": "not coded so",
        "edges": "the other's edges",
        "later": "put off",
    }[verdict]
