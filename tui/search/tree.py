"""The joints of a query's tree, and how a tree is written down again."""

from __future__ import annotations

from tui.search.query import JOINTS, All, Filter, Pattern, Phrase, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.search.query import Query


class Any:
    """At least one part must hold (``OR``)."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[Node]) -> None:
        self.parts = parts


class Not:
    """The part must not hold; ``at`` is where the NOT stands."""

    __slots__ = ("at", "part")

    def __init__(self, part: Node, at: int) -> None:
        self.part = part
        self.at = at


class Near:
    """Two parts stand apart from each other with at most some words between them.

    Attributes:
        parts: the two sides, in either order in the text: words, phrases or :class:`Any` of such.
        words: at most so many words stand between them; a Han or Kana character is a word.
        at: where NEAR stands in the query.
    """

    __slots__ = ("at", "parts", "words")

    def __init__(self, parts: list[Node], words: int, at: int) -> None:
        self.parts = parts
        self.words = words
        self.at = at


class Same:
    """All parts stand in one sentence or one paragraph.

    Attributes:
        parts: words, phrases, expressions or :class:`Any` of such.
        unit: ``SENTENCE`` or ``PARAGRAPH``.
        at: where the first joint stands in the query.
    """

    __slots__ = ("at", "parts", "unit")

    def __init__(self, parts: list[Node], unit: str, at: int) -> None:
        self.parts = parts
        self.unit = unit
        self.at = at


if TYPE_CHECKING:
    Node = Word | Phrase | Pattern | Filter | All | Any | Not | Near | Same
    """Whatever can stand in the tree of a query."""

SETTINGS = ("in", "coder", "stem")
"""Filters that say something about what stands beside them."""


def has_setting(node: Node) -> bool:
    """Tell whether a filter that says something about its neighbours stands right in a node."""
    return isinstance(node, All) and any(
        isinstance(part, Filter) and part.name in SETTINGS for part in node.parts
    )


def written(query: Query) -> str:
    """Write a query down from its tree; reading that gives the same tree."""
    return _all(query.root.parts)


def _all(parts: Sequence[Node]) -> str:
    return " ".join(_pieces(parts))


def _pieces(parts: Sequence[Node]) -> Iterator[str]:
    """Yield the parts of an AND; the pairs of one stretch of Han are that stretch again."""
    stretch, end, run = "", 0, 0
    for part in parts:
        if isinstance(part, Word) and part.run is not None:
            if stretch and part.run[0] == run:
                stretch += part.written[end - part.at :]
            else:
                if stretch:
                    yield stretch
                stretch, run = part.written, part.run[0]
            end = part.at + len(part.written)
            continue
        if stretch:
            yield stretch
            stretch = ""
        inner = isinstance(part, (All, Any))
        yield f"({_node(part)})" if inner else _node(part)
    if stretch:
        yield stretch


def _node(node: Node) -> str:
    if isinstance(node, Word):
        # A sign that belongs to no word keeps it from being a joint.
        sign = "*" if node.open else "," if node.written in JOINTS else ""
        return node.written + sign
    if isinstance(node, Phrase):
        return _quoted(node.text)
    if isinstance(node, Pattern):
        if node.fuzzy and node.fixed:
            return node.fixed
        return f"/{node.source}/" if node.fixed is None else _quoted(node.fixed)
    if isinstance(node, Filter):
        return _filter(node)
    if isinstance(node, All):
        return _all(node.parts)
    if isinstance(node, Any):
        return " OR ".join(
            [f"({_node(p)})" if isinstance(p, Any) else _node(p) for p in node.parts]
        )
    if isinstance(node, Not):
        return f"NOT {_operand(node.part)}"
    joint = f" NEAR/{node.words} " if isinstance(node, Near) else f" {node.unit} "
    return joint.join([_operand(part) for part in node.parts])


def _operand(node: Node) -> str:
    if isinstance(node, (All, Any, Near, Same)):
        return f"({_node(node)})"
    return _node(node)


def _filter(item: Filter) -> str:
    name = f"{item.name}:"
    if item.name == "attribute":
        name = f"{_name(item.field)}{item.sign}"
    value = "" if item.name == "uncoded" else _quoted(item.value)
    return f"{'-' if item.negated else ''}{name}{value}"


def _name(field: str) -> str:
    plain = field[0].isalpha() and all(char.isalnum() or char in "_-." for char in field)
    return field if plain else _quoted(field)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
