"""``qual agree places`` and ``decide``: where two coders differ, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import typer

from tui.analysis.agreement_cases import Case, find_cases
from tui.analysis.agreement_units import UNITS, Ground, Read, Unit
from tui.cli.arguments import need_code, need_coder, need_document, read_span
from tui.cli.diagnostics import note
from tui.cli.options import CodeOptions, DocOptions, FormatOption, JsonFlag
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.records import Names, say_act
from tui.cli.scope import read_scope
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.model.decision import VERDICTS, Decision
from tui.store.coders import list_coders
from tui.store.compared import read_compared
from tui.store.counts import cells_by_coder
from tui.store.decisions import last_decided, read_decisions
from tui.store.documents import passage_number, read_text

COLUMNS: Final = (
    Column("document", "document"),
    Column("paragraph", "¶", right=True),
    Column("start", "start", right=True),
    Column("end", "end", right=True),
    Column("code", "code"),
    Column("who", "who"),
    Column("decision", "decision"),
    Column("text", "text", fill=True),
)

TwoOption = Annotated[
    list[str] | None,
    typer.Option("--coder", metavar="NAME", help="The two, in this order: give it twice."),
]
UnitOption = Annotated[
    str, typer.Option("--unit", metavar="UNIT", help="characters, sentences, paragraphs.")
]


def places(
    ctx: typer.Context,
    code: CodeOptions = None,
    doc: DocOptions = None,
    whom: TwoOption = None,
    unit: UnitOption = "sentences",
    waiting: Annotated[
        bool, typer.Option("--open", help="Only those that you have not decided.")
    ] = False,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """List where two coders used a code differently, with what you have decided.

    Who: the one who has the code there alone, or "edges" where both have it with other edges. What
    counts as different follows the unit: by sentence, other edges within a sentence are the same.
    """
    counted = read_unit(unit)
    if counted == "documents":
        raise QualError("Places are smaller than documents.", f"Units: {', '.join(UNITS[:3])}.")
    with reading(ctx) as opened:
        coders = two_coders(opened, whom)
        scope = read_scope(opened, docs=doc)
        codes = {need_code(opened.db, key).id for key in code or ()}
        decided = read_decisions(opened.db, opened.coder_id, *coders)
        cases = (
            case
            for document in scope.documents
            for case in _cases(opened, document.id, coders, counted)
            if case.kind != "both" and (not codes or case.code in codes)
        )
        rows = _records(opened, coders, cases, decided, waiting)
        if not write_records(rows, COLUMNS, choose_format(json_lines, form)):
            raise QualError("There is no such place.", exit_code=1)


def decide(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOC", help="Name of a document.")],
    span: Annotated[str, typer.Argument(metavar="START:END", help="As `places` prints them.")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="Key of a code, or its name.")],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="first, second, both, neither, edges, later.")
    ],
    whom: TwoOption = None,
    json_lines: JsonFlag = False,
) -> None:
    """Decide a place: your own codings of the code become as the verdict says; one step of undo.

    first, second: as that coder has it; both: all that either has; neither: not coded so; edges:
    your coding with the other's edges; later: nothing is changed. Nobody else's codings are.
    """
    from tui.project.edits.agreement import decide as settle  # noqa: PLC0415 (an act)

    known = next((each for each in VERDICTS if each == verdict), None)
    if known is None:
        raise QualError(f"There is no verdict {verdict!r}.", f"Verdicts: {', '.join(VERDICTS)}.")
    with reading(ctx) as opened:
        coders = two_coders(opened, whom)
    with writing(ctx) as project:
        about = need_document(project.db, document)
        start, end = read_span(span, about.chars)
        code = need_code(project.db, key)
        settle(project, about.id, start, end, code.id, coders, known)
        say_act(project, json_lines)


def read_unit(word: str) -> Unit:
    """Return the unit that a word names.

    Raises:
        QualError: it names none.
    """
    for unit in UNITS:
        if word in (unit, unit.removesuffix("s")):
            return unit
    raise QualError(f"There is no unit {word!r}.", f"Units: {', '.join(UNITS)}.")


def two_coders(opened: Reading, names: Sequence[str] | None) -> tuple[int, int]:
    """Return the two who are compared: those named, the last two decided between, the only two.

    Raises:
        QualError: they are not two, or one is hidden.
    """
    if names:
        found = list(dict.fromkeys(need_coder(opened.db, name).id for name in names))
        hidden = [each for each in found if each not in opened.coder_ids]
        if hidden or len(found) != 2:
            raise QualError(
                "Two coders whose codings you see are needed.", "`qual coders` lists who is shown."
            )
        return found[0], found[1]
    coded = {row[2] for row in cells_by_coder(opened.db, opened.coder_ids)}
    found = [each for each in opened.coder_ids if each in coded]
    last = last_decided(opened.db, opened.coder_id)
    if last is not None and set(last) <= set(found):
        return last
    if len(found) != 2:
        names = [coder.name for coder in list_coders(opened.db) if coder.id in found]
        raise QualError(
            f"{len(found)} coders are shown to you: {', '.join(names)}."
            if len(found) > 2
            else "Only one coder here.",
            "Name two with --coder." if len(found) > 2 else "`qual coders` lists who is hidden.",
            exit_code=2 if len(found) > 2 else 1,
        )
    return found[0], found[1]


def _cases(opened: Reading, document: int, coders: tuple[int, int], unit: Unit) -> list[Case]:
    read = read_compared(opened.db, document, coders, sentences=unit == "sentences")
    ground = Ground([Read(*passage) for passage in read.passages], unit)
    return find_cases(document, ground, read.spans, *coders)


def _records(
    opened: Reading,
    coders: tuple[int, int],
    cases: Iterator[Case],
    decided: Sequence[Decision],
    waiting: bool,
) -> Iterator[Record]:
    names = Names(opened.db)
    first, second = (names.coders[each] for each in coders)
    by_place: dict[tuple[int, int], list[Decision]] = {}
    for each in decided:
        by_place.setdefault((each.document_id, each.code_id), []).append(each)
    for case in cases:
        about = by_place.get((case.document, case.code), ())
        over = [each for each in about if each.start < case.end and case.start < each.end]
        verdict = over[-1].verdict if over else None
        if waiting and verdict not in (None, "later"):
            continue
        yield {
            "document": names.documents[case.document],
            "paragraph": passage_number(opened.db, case.document, case.start),
            "start": case.start,
            "end": case.end,
            "code": names.codes[case.code],
            "who": {"first": first, "second": second}.get(case.kind, "edges"),
            "kind": case.kind,
            "coders": [first, second],
            "first": [[span[0], span[1]] for span in case.first],
            "second": [[span[0], span[1]] for span in case.second],
            "decision": verdict,
            "text": read_text(opened.db, case.document, case.start, case.end),
        }
    note(f"first: {first}, second: {second}.")
