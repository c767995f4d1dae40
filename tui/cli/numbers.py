"""From an open project to what the measures take: trees, codings, columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui.analysis.counting import Mark, Tally, coverage, tally
from tui.analysis.matrix import Region
from tui.analysis.regions import gather
from tui.analysis.tree import Basis, Tree
from tui.cli.output import Record
from tui.cli.scope import Scope, attribute_parts, read_marks
from tui.cli.session import Reading
from tui.errors import QualError
from tui.model.code import Code
from tui.store.cases import list_attributes, list_cases, owned_by
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.text.counted import counted

BASES: Final[tuple[Basis, ...]] = ("direct", "aggregated", "subtree")


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that is counted from, read once."""

    codes: list[Code]
    """In tree order."""
    tree: Tree
    marks: dict[int, list[Mark]]
    """Codings by code id."""
    measured: dict[int, list[Mark]]
    """The same, cut to the scope's text where it holds spans only."""
    chars: int
    """Characters of the scope's text."""

    def keys(self) -> dict[int, str]:
        """Return code keys by id."""
        return {code.id: code.key for code in self.codes}

    def groups(self, code_id: int, basis: Basis) -> list[list[Mark]]:
        """Return the codings that a number of a code adds up, code by code."""
        return [self.marks.get(each, []) for each in self.tree.members(code_id, basis)]

    def tally(self, code_id: int, basis: Basis) -> Tally:
        """Count the codings of a code."""
        return tally(self.groups(code_id, basis))

    def covered_chars(self, code_id: int, basis: Basis) -> int:
        """Return how many characters of the scope's text lie under a code."""
        groups = [self.measured.get(each, []) for each in self.tree.members(code_id, basis)]
        return tally(groups).chars

    def code_record(self, code: Code) -> dict[str, object]:
        """Return what is counted of one code, as ``qual count --json`` prints it."""
        counted = {basis: self.tally(code.id, basis) for basis in BASES}
        keys = self.keys()
        chars = self.covered_chars(code.id, "direct")
        below = self.covered_chars(code.id, "subtree")
        return {
            "code": code.key,
            "name": code.name,
            "parent": keys[code.parent_id] if code.parent_id is not None else None,
            "level": self.tree.level[code.id],
            "direct": counted["direct"].segments,
            "aggregated": counted["aggregated"].segments,
            "subtree": counted["subtree"].segments,
            "refs_merged": counted["direct"].refs_merged,
            "refs_merged_aggregated": counted["aggregated"].refs_merged,
            "refs_merged_subtree": counted["subtree"].refs_merged,
            "documents": counted["direct"].documents,
            "documents_aggregated": counted["aggregated"].documents,
            "documents_subtree": counted["subtree"].documents,
            "chars": chars,
            "chars_subtree": below,
            "coverage": coverage(chars, self.chars),
            "coverage_subtree": coverage(below, self.chars),
        }


def read_numbers(reading: Reading, scope: Scope) -> Numbers:
    """Read everything that is counted from."""
    codes = list_codes(reading.db)
    return Numbers(
        codes,
        Tree((code.id, code.parent_id) for code in codes),
        read_marks(reading, scope),
        read_marks(reading, scope, clip=True),
        scope.chars(),
    )


def read_basis(word: str) -> Basis:
    """Return the basis of counting that a word names.

    Raises:
        QualError: it names none.
    """
    for basis in BASES:
        if word == basis:
            return basis
    raise QualError(f"There is no basis {word!r}.", f"Bases: {', '.join(BASES)}.")


def read_columns(reading: Reading, scope: Scope, by: str) -> list[Region]:
    """Return the columns of a matrix, each cut to the scope.

    Args:
        reading: the open project.
        scope: what is counted.
        by: ``document``, ``case``, ``coder`` or the name of an attribute.

    Raises:
        QualError: there is no such attribute.
    """
    whole = scope.region.parts
    attributes = [attribute.name for attribute in list_attributes(reading.db)]
    if by in attributes:
        parts = attribute_parts(reading.db, by)
        found = [Region(value, parts[value]) for value in sorted(parts, key=_order)]
        known = {document for each in parts.values() for document in each}
        rest = {document.id: None for document in scope.documents if document.id not in known}
        found.append(Region("(none)", rest))
    elif by == "document":
        found = [Region(each.name, {each.id: None}) for each in scope.documents]
    elif by == "coder":
        names = {coder.id: coder.name for coder in list_coders(reading.db)}
        found = [Region(names[each], whole, each) for each in scope.coder_ids if each in names]
    elif by == "case":
        found = [
            Region(case.name, gather(owned_by(reading.db, case.id)))
            for case in list_cases(reading.db)
        ]
    else:
        raise QualError(
            f"There is no attribute {by!r}.",
            f"--by takes document, case, coder{''.join(f', {name}' for name in attributes)}.",
        )
    cut = [region.within(whole) for region in found]
    return [region for region in cut if region.parts]


def _order(value: str) -> tuple[int, float, str]:
    """Put numbers in their order, and texts after them."""
    try:
        return (0, float(value.replace(",", ".").replace(" ", "")), value)
    except ValueError:
        return (1, 0.0, value.casefold())


def basis_notes(scope: Scope, numbers: Numbers) -> list[str]:
    """Return in words what was counted: whose codings, in what."""
    total = tally(list(numbers.marks.values()))
    present = {coder for marks in numbers.marks.values() for _, coder, _, _ in marks}
    who = ", ".join(
        name for coder, name in zip(scope.coder_ids, scope.coders, strict=True) if coder in present
    )
    return [
        f"{counted(total.segments, 'segment')} by {who or 'nobody'} in {total.documents} of"
        f" {counted(len(scope.documents), 'document')};"
        f" {counted(total.refs_merged, 'reference')} when a coder's"
        " overlapping or touching spans of one code count once (refs_merged).",
    ]


def total_record(scope: Scope, numbers: Numbers, passages: int, spans: int) -> Record:
    """Return what is counted of all codings together."""
    total = tally(list(numbers.marks.values()))
    chars = tally(list(numbers.measured.values())).chars
    return {
        "segments": total.segments,
        "refs_merged": total.refs_merged,
        "codes_used": sum(1 for marks in numbers.marks.values() if marks),
        "documents": total.documents,
        "documents_all": len(scope.documents),
        "spans": spans,
        "passages": passages,
        "chars": chars,
        "chars_all": numbers.chars,
        "coverage": coverage(chars, numbers.chars),
        "coders": scope.coders,
    }


def at_level(numbers: Numbers, level: int) -> Sequence[Code]:
    """Return the codes of a level in tree order.

    Raises:
        QualError: the tree is not that deep.
    """
    wanted = set(numbers.tree.at_level(level))
    if not wanted:
        raise QualError(
            f"The code tree has no level {level}.",
            f"Its levels are 1 to {numbers.tree.depth}." if numbers.tree.depth else "",
        )
    return [code for code in numbers.codes if code.id in wanted]
