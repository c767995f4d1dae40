"""Hypothesis strategies: spans, hostile text, code trees, and every act of the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from tests.tiny import draft
from tui.codebook.file import STAGES, FileCode, file_codes, parse_codebook
from tui.codebook.rewrite import write_codebook
from tui.codebook.sync import compare
from tui.errors import QualError
from tui.model.case import ReadingState
from tui.model.decision import VERDICTS
from tui.model.memo import MemoTarget
from tui.project.edits.agreement import decide
from tui.project.edits.cases import (
    AttributeRow,
    add_case,
    add_relation,
    assign_case,
    delete_attribute,
    delete_case,
    delete_relation,
    release_case,
    rename_case,
    set_attribute,
    set_attribute_of,
    set_attributes,
)
from tui.project.edits.codebook import pull_codebook
from tui.project.edits.codes import add_code, change_code, delete_code, merge_codes, move_code
from tui.project.edits.codings import (
    add_codings,
    move_coding,
    recode_codings,
    remove_codings,
    set_important,
)
from tui.project.edits.documents import (
    delete_document,
    delete_documents,
    import_document,
    rename_document,
)
from tui.project.edits.memos import add_memo, change_memo, delete_memo
from tui.project.edits.readings import hide_coders, mark_passages, set_setting, show_coders
from tui.project.edits.searches import delete_search, rename_search, save_search
from tui.project.edits.study import CodingRow, load_codings
from tui.project.project import Project
from tui.store.codes import list_codes
from tui.text.normalise import normalise_newlines

T = TypeVar("T")


class Draw(Protocol):
    """Hypothesis's own ``draw``: gives a value of a strategy."""

    def __call__(self, strategy: st.SearchStrategy[T], label: Any = None) -> T: ...


# Text --------------------------------------------------------------------------------------------

HARD_PIECES: Sequence[str] = (
    "👩‍👩‍👧‍👦",  # a family: seven code points, one letter
    "👍🏽",
    "🇩🇪🇫🇷",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "工资",
    "ひらがな",
    "한국어",
    "e\u0301\u0323",
    "q\u0307\u0323",
    "क्षत्रिय",
    "নির্দিষ্ট",
    "שָׁלוֹם",
    "مرحبا",
    "\u202eabc\u202c",
    "\u2066x\u2069",
    "\u200d",
    "\ufeff",
    "\u2028",
    "\u0085",
    "\x1b[31m",
    "\x00",
    "\x07",
    "\x9b",
    "\ufffe",
    "𝒳",
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    "Ada: ",
    "Dr. No. ",
    "# ",
    "'",
    '"',
    "%_;--",
    "[b]x[/b]",
    "=1+1",
)
"""Pieces of text that programs stumble over."""


def hard_texts(max_pieces: int = 30) -> st.SearchStrategy[str]:
    """Give texts of hard pieces and plain words."""
    plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    words = st.sampled_from(["the ", "mill ", "opened. ", "Why? ", "wages\n", "1.5 "])
    return st.lists(st.one_of(st.sampled_from(HARD_PIECES), words, plain), max_size=max_pieces).map(
        "".join
    )


def stored_texts(max_pieces: int = 30) -> st.SearchStrategy[str]:
    """Give texts as an import would store them: hard, newlines normalised."""
    return hard_texts(max_pieces).map(normalise_newlines)


def spans(length: int) -> st.SearchStrategy[tuple[int, int]]:
    """Give half-open spans inside ``[0, length)``, most of them not empty."""
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(
        lambda ends: (min(ends), max(ends))
    )


# Codebooks ---------------------------------------------------------------------------------------

_NAMES = st.sampled_from(["Alpha", "alpha", "Beta", "Гамма", "名", "Work", "a  b", "Delta", "Zeta"])
_LINES = st.sampled_from(["", "one line", "two\nlines", 'quotes " and \\', "'''", "é 👍🏽", "# no"])
_LETTERS = st.sampled_from(["", "A", "a", "B", "W"])
_SLOTS = st.sampled_from([None, 1, 2, 9])
_STAGES = st.sampled_from(STAGES)


@st.composite
def code_trees(draw: Draw, max_size: int = 8) -> tuple[FileCode, ...]:
    """Give codebooks that are right in themselves, in tree order."""
    count = draw(st.integers(0, max_size))
    letters = draw(st.permutations(["A", "B", "C", "a", "b", "c", "", ""]))
    slots = draw(st.permutations([1, 2, 3, None, None, None, None, None]))
    children: dict[str, list[FileCode]] = {"": []}
    for at in range(count):
        parent = draw(st.sampled_from(sorted(children)))
        code = FileCode(
            key=f"K{at}",
            parent=parent,
            name=f"{draw(_NAMES).replace('  ', ' ')} {at}",
            definition=draw(_LINES),
            include=draw(_LINES),
            letter=letters[at % 8],
            slot=slots[at % 8] if at < 8 else None,
            stage=draw(_STAGES),
        )
        children[parent].append(code)
        children[code.key] = []

    def in_order(parent: str) -> list[FileCode]:
        return [each for code in children[parent] for each in (code, *in_order(code.key))]

    return tuple(in_order(""))


def rewritten(draw: Draw, codes: Sequence[FileCode]) -> tuple[FileCode, ...]:
    """Return a codebook as somebody might have left it after editing its file; right in itself."""
    edited = list(codes)
    for _ in range(draw(st.integers(1, 4))):
        trial = list(edited)
        kind = draw(st.sampled_from(["add", "drop", "field", "parent", "swap", "order"]))
        if kind == "add" or not trial:
            parents = [""] + [code.key for code in trial]
            at = draw(st.integers(0, len(trial)))
            key = f"N{draw(st.integers(1, 5))}"
            trial.insert(at, FileCode(key, draw(st.sampled_from(parents)), draw(_NAMES)))
        else:
            at = draw(st.integers(0, len(trial) - 1))
            other = draw(st.integers(0, len(trial) - 1))
            if kind == "drop":
                trial = [code for code in trial if not _is_below(trial, code, trial[at].key)]
            elif kind == "field":
                trial[at] = _with_field(draw, trial[at])
            elif kind == "parent":
                trial[at] = replace(trial[at], parent=draw(st.sampled_from(["", trial[other].key])))
            elif kind == "swap":
                one, two = trial[at], trial[other]
                trial[at] = replace(one, letter=two.letter, slot=two.slot, name=two.name)
                trial[other] = replace(two, letter=one.letter, slot=one.slot, name=one.name)
            else:
                trial.insert(other, trial.pop(at))
        try:
            edited = list(parse_codebook(write_codebook("", trial).encode(), "codebook.toml").codes)
        except QualError:
            continue  # that would not be a codebook
    return tuple(edited)


def _with_field(draw: Draw, code: FileCode) -> FileCode:
    fields: dict[str, st.SearchStrategy[Any]] = {
        "name": _NAMES,
        "definition": _LINES,
        "exclude": _LINES,
        "letter": _LETTERS,
        "slot": _SLOTS,
        "stage": _STAGES,
        "color": st.sampled_from(["", "#ff0000"]),
    }
    field = draw(st.sampled_from(sorted(fields)))
    return replace(code, **{field: draw(fields[field])})


def _is_below(codes: Sequence[FileCode], code: FileCode, key: str) -> bool:
    parents = {each.key: each.parent for each in codes}
    at = code.key
    while at:
        if at == key:
            return True
        at = parents.get(at, "")
    return False


# Acts --------------------------------------------------------------------------------------------

Plan = Callable[[Draw, Project], object]
"""Does one act of a kind, with arguments that are drawn; may be refused."""


def _ids(project: Project, table: str) -> list[int]:
    return [row[0] for row in project.db.execute(f"SELECT id FROM {table} ORDER BY id")]


def _one(draw: Draw, project: Project, table: str) -> int:
    """Draw the id of a row; now and then of one that does not exist."""
    ids = _ids(project, table)
    return draw(st.sampled_from(ids * 4 + [9999]))


def _own(draw: Draw, project: Project, table: str) -> int:
    """Draw the id of a row of the acting coder; now and then of somebody else's."""
    own = project.db.execute(f"SELECT id FROM {table} WHERE coder_id = ?", (project.coder_id,))
    mine: list[int] = [row[0] for row in own]
    return draw(st.sampled_from(mine * 4 + [*_ids(project, table), 9999]))


def _some(draw: Draw, project: Project, table: str) -> list[int]:
    ids = _ids(project, table) or [9999]
    return draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3))


def _some_own(draw: Draw, project: Project) -> list[int]:
    return [_own(draw, project, "codings") for _ in range(draw(st.sampled_from([1, 1, 1, 2])))]


def _maybe(draw: Draw, project: Project, table: str) -> int | None:
    return draw(st.sampled_from([None, *_ids(project, table)]))


def _document_span(draw: Draw, project: Project) -> tuple[int, int, int]:
    document = _one(draw, project, "documents")
    row = project.db.execute("SELECT chars FROM documents WHERE id = ?", (document,)).fetchone()
    # Few different spans, so that codings meet.
    length = row[0] if row else 5
    middle, end = length // 2, min(3, length)
    right = [(0, end), (0, length), (0, middle), (middle, length), (end, middle)]
    start, end = draw(st.sampled_from([*right * 3, (middle, middle), (0, length + 1)]))
    return document, start, end


_DOCUMENT_NAMES = st.sampled_from(["one", "One", "two", "letter", "three", "four"])
_CASE_NAMES = st.sampled_from(["Ada", "Ben", "The mill", "Cleo", "Dora", "Emma"])
_ATTRIBUTES = st.sampled_from(["year", "place"])
_VALUES = st.sampled_from(["", "1993", "2001-05-06", "Leeds", " ", "工资"])
_MEMO_TEXTS = st.one_of(st.sampled_from(["a thought", "another\nthought", ""]), hard_texts(5))


def _import(draw: Draw, project: Project) -> object:
    text = draw(st.one_of(stored_texts(8), st.sampled_from(["Ada: Yes.\n\nBen: No.", "", "x"])))
    return import_document(project, draft(draw(_DOCUMENT_NAMES), text))


def _add_code(draw: Draw, project: Project) -> object:
    key = draw(st.sampled_from([None, None, "C1", "c1", "K"]))
    fields = draw(
        st.fixed_dictionaries({}, optional={"letter": _LETTERS, "slot": _SLOTS, "stage": _STAGES})
    )
    return add_code(project, draw(_NAMES), _maybe(draw, project, "codes"), key, fields)


def _change_code(draw: Draw, project: Project) -> object:
    fields = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "name": _NAMES,
                "definition": _LINES,
                "key": st.sampled_from(["C1", "c1", "K", "L"]),
                "letter": _LETTERS,
                "slot": _SLOTS,
            },
        )
    )
    return change_code(project, _one(draw, project, "codes"), fields)


def _move_code(draw: Draw, project: Project) -> object:
    place = draw(st.sampled_from([None, 1, 2]))
    return move_code(project, _one(draw, project, "codes"), _maybe(draw, project, "codes"), place)


def _pull(draw: Draw, project: Project) -> object:
    here = file_codes(list_codes(project.db))
    file = rewritten(draw, here)
    return pull_codebook(project, file, compare(here, file, here).pull)


def _load(draw: Draw, project: Project) -> object:
    document, start, end = _document_span(draw, project)
    names = dict(project.db.execute("SELECT id, name FROM documents").fetchall())
    keys = dict(project.db.execute("SELECT id, key FROM codes").fetchall())
    rows = [
        CodingRow(
            "codings.csv line 2",
            names.get(document, "nothing"),
            project.coder,
            keys.get(code, "nothing"),
            start,
            end,
            "",
            draw(st.booleans()),
            draw(st.sampled_from(["", "why"])),
        )
        for code in _some(draw, project, "codes")
    ]
    return load_codings(project, rows)


def _add_memo(draw: Draw, project: Project) -> object:
    document, start, end = _document_span(draw, project)
    kind = draw(st.sampled_from(["project", "document", "case", "code", "coding", "span"]))
    target = {
        "project": lambda: MemoTarget("project"),
        "document": lambda: MemoTarget("document", document_id=document),
        "span": lambda: MemoTarget("span", document_id=document, start=start, end=end),
        "case": lambda: MemoTarget("case", case_id=_one(draw, project, "cases")),
        "code": lambda: MemoTarget("code", code_id=_one(draw, project, "codes")),
        "coding": lambda: MemoTarget("coding", coding_id=_one(draw, project, "codings")),
    }[kind]()
    if _ids(project, "relations"):
        on_relation: bool = draw(st.booleans())
        if on_relation:
            target = MemoTarget("relation", relation_id=_one(draw, project, "relations"))
    return add_memo(project, target, draw(_MEMO_TEXTS))


def _assign(draw: Draw, project: Project) -> object:
    document, start, end = _document_span(draw, project)
    case = _one(draw, project, "cases")
    if draw(st.booleans()):
        return assign_case(project, case, document)
    return assign_case(project, case, document, start, end)


def _set_attribute(draw: Draw, project: Project) -> object:
    name, value = draw(_ATTRIBUTES), draw(_VALUES)
    if draw(st.booleans()):
        return set_attribute(project, name, value, document_id=_one(draw, project, "documents"))
    return set_attribute(project, name, value, case_id=_one(draw, project, "cases"))


def _set_attributes(draw: Draw, project: Project) -> object:
    values = tuple(draw(st.dictionaries(_ATTRIBUTES, _VALUES)).items())
    names = [row[0] for row in project.db.execute("SELECT name FROM documents")]
    return set_attributes(
        project,
        [AttributeRow("attributes.csv line 2", draw(st.sampled_from(["?", *names])), values)],
    )


def _code_span(draw: Draw, project: Project) -> object:
    document, start, end = _document_span(draw, project)
    codes = _some(draw, project, "codes")
    return add_codings(project, document, start, end, codes, draw(st.booleans()))


def _move_coding(draw: Draw, project: Project) -> object:
    _, start, end = _document_span(draw, project)
    return move_coding(project, _own(draw, project, "codings"), start, end)


def _mark(draw: Draw, project: Project) -> object:
    document, start, end = _document_span(draw, project)
    states: list[ReadingState] = ["read", "aside", "unread"]
    state = draw(st.sampled_from(states))
    return mark_passages(project, document, start, end, state)


_OTHERS = st.lists(st.sampled_from(["ann", "bob", "zoe"]), min_size=1, max_size=2)
_SEARCHES = st.sampled_from(["a", "A", "b", "ünder", "ÜNDER"])


def _decide(draw: Draw, project: Project) -> object:
    document, start, end = _document_span(draw, project)
    first, second = draw(st.permutations([1, 2, 3]))[:2]
    code, verdict = _one(draw, project, "codes"), draw(st.sampled_from(VERDICTS))
    return decide(project, document, start, end, code, (first, second), verdict)


ACT_PLANS: dict[str, Plan] = {
    "agreement.decide": _decide,
    "document.import": _import,
    "document.rename": lambda draw, p: rename_document(
        p, _one(draw, p, "documents"), draw(_DOCUMENT_NAMES)
    ),
    "document.delete": lambda draw, p: delete_document(p, _one(draw, p, "documents")),
    "document.delete_many": lambda draw, p: delete_documents(p, _some(draw, p, "documents")),
    "code.add": _add_code,
    "code.change": _change_code,
    "code.move": _move_code,
    "code.merge": lambda draw, p: merge_codes(p, _one(draw, p, "codes"), _one(draw, p, "codes")),
    "code.delete": lambda draw, p: delete_code(p, _one(draw, p, "codes")),
    "codebook.pull": _pull,
    "coding.add": _code_span,
    "coding.remove": lambda draw, p: remove_codings(p, _some_own(draw, p)),
    "coding.recode": lambda draw, p: recode_codings(p, _some_own(draw, p), _one(draw, p, "codes")),
    "coding.move": _move_coding,
    "coding.important": lambda draw, p: set_important(
        p, _own(draw, p, "codings"), draw(st.booleans())
    ),
    "coding.load": _load,
    "memo.add": _add_memo,
    "memo.change": lambda draw, p: change_memo(p, _own(draw, p, "memos"), draw(_MEMO_TEXTS)),
    "memo.delete": lambda draw, p: delete_memo(p, _own(draw, p, "memos")),
    "case.add": lambda draw, p: add_case(p, draw(_CASE_NAMES)),
    "case.rename": lambda draw, p: rename_case(p, _one(draw, p, "cases"), draw(_CASE_NAMES)),
    "case.assign": _assign,
    "case.release": lambda draw, p: release_case(p, _one(draw, p, "case_spans")),
    "case.delete": lambda draw, p: delete_case(p, _one(draw, p, "cases")),
    "attribute.set": _set_attribute,
    "attribute.set_many": lambda draw, p: set_attribute_of(
        p, draw(_ATTRIBUTES), draw(_VALUES), _some(draw, p, "documents")
    ),
    "attribute.load": _set_attributes,
    "attribute.delete": lambda draw, p: delete_attribute(p, draw(_ATTRIBUTES)),
    "relation.add": lambda draw, p: add_relation(
        p,
        _one(draw, p, "codes"),
        _one(draw, p, "codes"),
        draw(st.sampled_from(["causes", "hinders"])),
    ),
    "relation.delete": lambda draw, p: delete_relation(p, _own(draw, p, "relations")),
    "reading.mark": _mark,
    "search.save": lambda draw, p: save_search(
        p, draw(_SEARCHES), draw(st.sampled_from(["mill", "@a rain"])), replace=draw(st.booleans())
    ),
    "search.rename": lambda draw, p: rename_search(p, draw(_SEARCHES), draw(_SEARCHES)),
    "search.delete": lambda draw, p: delete_search(p, draw(_SEARCHES)),
    "coder.show": lambda draw, p: show_coders(p, draw(_OTHERS)),
    "coder.hide": lambda draw, p: hide_coders(p, draw(_OTHERS)),
    "setting.set": lambda draw, p: set_setting(
        p, draw(st.sampled_from(["title", "round"])), draw(st.sampled_from(["", "open", "closed"]))
    ),
}
"""One plan for every act of the program; a test fails when an act has none."""
