"""``qual like``: passages whose words resemble what is coded, and that are not coded yet."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.arguments import need_code, need_document, read_span
from tui.cli.diagnostics import note
from tui.cli.options import FormatOption, JsonFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.session import Reading, reading
from tui.errors import QualError
from tui.search.keyness import weight
from tui.search.like import Model, Resemblance, find_like, like_code, like_span
from tui.store.codes import code_ids_below
from tui.store.documents import list_documents
from tui.text.counted import counted

app = new_app()

UNITS: Final = ("sentence", "paragraph")
_SPAN: Final = re.compile(r"[0-9]+:[0-9]+")

COLUMNS: Final = (
    Column("score", "score", right=True),
    Column("document", "document"),
    Column("paragraph", "¶", right=True),
    Column("start", "start", right=True),
    Column("end", "end", right=True),
    Column("codes", "codes"),
    Column("words", "words"),
    Column("text", "text", fill=True),
)
TABLE: Final = tuple(COLUMNS[at] for at in (0, 1, 2, 6, 7))
"""What fits a terminal; the rest is in the other formats."""

WORD_COLUMNS: Final = (
    Column("word", "word"),
    Column("weight", "weight", right=True),
    Column("g2", "G²", right=True),
    Column("coded", "coded", right=True),
    Column("others", "others", right=True),
)


@app.command()
def like(
    ctx: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(metavar="KEY…|DOC START:END", help="Codes, or a span of a document."),
    ],
    below: Annotated[
        bool, typer.Option("--below", help="And the codes below those named.")
    ] = False,
    uncoded: Annotated[
        bool, typer.Option("--uncoded", help="Only passages without any code.")
    ] = False,
    words: Annotated[
        bool, typer.Option("--words", help="Print the words that are compared instead.")
    ] = False,
    limit: Annotated[
        int, typer.Option("-n", "--limit", min=0, metavar="N", help="At most so many; 0 = all.")
    ] = 20,
    unit: Annotated[
        str,
        typer.Option(
            "--unit",
            metavar="UNIT",
            help="What of a passage is printed, and coded by a pipe: paragraph (all of it), or"
            " sentence (the one whose words weigh most).",
        ),
    ] = "paragraph",
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Find passages that resemble what is coded and are not coded yet.

    With codes: passages without these codes whose words resemble what has them. With a span:
    passages without the codes on it whose words resemble it. Nothing is coded; to code all of the
    list: `qual like KEY --json | qual code KEY --stdin`.

    Plain counting, no model. A word's G² (log-likelihood ratio) says how much more often the
    coded passages have it than the others do; its weight is the root of that. Words that a fifth
    of the others have do not count, and the 40 weightiest do. A passage's score is the share of
    the weights that its words have, divided, when it is n times as long as
    the average, by 1 + (n - 1) / 2.
    """
    chosen = choose_format(json_lines, form)
    if unit not in UNITS:
        raise QualError(f"There is no unit {unit!r} here.", f"Units: {', '.join(UNITS)}.")
    with reading(ctx) as opened:
        model, name = _model(opened, what, below)
        found = find_like(opened.db, opened.coder, model, bare=uncoded, most=limit or sys.maxsize)
        _explain(model, found, name)
        if words:
            write_records(_word_records(found), WORD_COLUMNS, chosen)
        else:
            write_records(
                _records(opened, found, unit, lists=chosen == "json"),
                TABLE if chosen == "table" else COLUMNS,
                chosen,
            )


def _model(opened: Reading, what: list[str], below: bool) -> tuple[Model, str]:
    """Return what is compared with, and its name."""
    if len(what) == 2 and _SPAN.fullmatch(what[1]):
        document = need_document(opened.db, what[0])
        start, end = read_span(what[1], document.chars)
        if below:
            raise QualError("--below goes with codes, not with a span.", "Leave it out.")
        model = like_span(opened.db, opened.coder, document.id, start, end)
        return model, f"{document.name} {start}:{end}"
    codes = [need_code(opened.db, key) for key in what]
    ids = [code.id for code in codes]
    if below:
        ids = [each for code_id in ids for each in code_ids_below(opened.db, code_id)]
    return like_code(opened.db, opened.coder, ids), " ".join(code.key for code in codes)


def _explain(model: Model, found: Resemblance, name: str) -> None:
    """Say what was compared; refuse when there was nothing to compare or to find.

    Raises:
        QualError: exit code 1: nothing is coded so, no word stands out, or nothing is like it.
    """
    if not model.whole:
        raise QualError(
            f"No passage that you see is coded with {name}.",
            "Code one or two first, or give a span: qual like DOC START:END.",
            exit_code=1,
        )
    if not found.keys:
        raise QualError(
            f"No word sets {name} apart from the other passages.",
            "More coded passages, or a longer span, tell more.",
            exit_code=1,
        )
    if not found.likes:
        raise QualError(
            f"No other passage shares a word that sets {name} apart.",
            "All that do are coded already.",
            exit_code=1,
        )
    if sys.stderr.isatty():
        note(
            f"{counted(found.total, 'passage')} with one or more of"
            f" {counted(len(found.keys), 'word')} by which {counted(found.coded, 'passage')} and"
            f" {counted(found.rest, 'other')} differ; --words lists them."
        )


def _records(opened: Reading, found: Resemblance, unit: str, *, lists: bool) -> Iterator[Record]:
    names = {document.id: document.name for document in list_documents(opened.db)}
    for like in found.likes:
        written = like.words()
        start, end = like.sentence() if unit == "sentence" else (like.start, like.end)
        ties: object = " ".join(written)
        if lists:
            ties = [
                {"word": word, "as": form, "weight": round(value, 4)}
                for (word, value), form in zip(like.ties, written, strict=True)
            ]
        yield {
            "document": names[like.document_id],
            "paragraph": like.number,
            "start": start,
            "end": end,
            "hits": [list(span) for span in like.hits if start <= span[0] < end],
            "score": round(like.score, 4),
            "codes": like.codes if lists else ",".join(like.codes),
            "words": ties,
            "text": like.text[start - like.start : end - like.start],
        }


def _word_records(found: Resemblance) -> Iterator[Record]:
    for key in found.keys:
        word, value, inside, outside = key
        yield {
            "word": word,
            "weight": round(weight(key), 4),
            "g2": round(value, 4),
            "coded": inside,
            "others": outside,
        }
