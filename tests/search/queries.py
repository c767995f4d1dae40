"""Random queries of the whole language, as trees and as they are written; and projects for them."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.search import reference
from tests.search.language import Facts, Item, Tree
from tests.search.projects import write_project
from tests.search.test_search_against_reference import mistyped, text_of, word_of
from tui.search.query import JOINTS

CODES: dict[str, str | None] = {"R1": None, "R1-1": "R1", "R1-1-1": "R1-1", "R2": None, "C1": None}
CODERS = ("ann", "bob", "cid")
DOCUMENTS = {
    "brief-1993": {"year": "1993"},
    "brief-2013": {"year": "2013", "role": "state"},
    "interview": {"role": "teacher"},
    "note": {},
}
REGEXES = [
    r"test(s|ed)", r"\bte", r"[0-9]{2,}", "s{2}", r"\w+ing\b", "S", r"t.{0,3}t", r"учител.",
    r"the|of", r"\.", r"[а-я]{7,}", r"(s|t)+", "教.", r"a b",
]  # fmt: skip


@dataclass
class Study:
    """A random project and what is in it."""

    path: Path
    items: list[Item]
    facts: Facts
    texts: list[str]


def study_of(rng: random.Random, path: Path) -> Study:
    """Write a random project."""
    facts = Facts(parents=dict(CODES), shown=frozenset(("ann", "bob")))
    facts.values = {name: dict(values) for name, values in DOCUMENTS.items()}
    items: list[Item] = []
    texts: dict[str, Sequence[str]] = {}
    statements = [
        "INSERT INTO shown_coders VALUES (1, 2)",
        "INSERT INTO attributes VALUES (1, 'year', 'number'), (2, 'role', 'text')",
    ]
    items += _codes(rng, statements)
    for at, name in enumerate(DOCUMENTS, 1):
        texts[name] = [text_of(rng) for _ in range(rng.randint(10, 16))]
        start = 0
        for text in texts[name]:
            number = sum(item.kind == "text" for item in items) + 1
            items.append(Item("text", number, text, name, start))
            start += len(text) + 1
        for attribute, value in DOCUMENTS[name].items():
            statements.append(
                "INSERT INTO attribute_values (attribute_id, document_id, value) "
                f"VALUES ({1 + (attribute == 'role')}, {at}, '{value}')"
            )
        _code(rng, name, at, start - 1, facts, statements)
    items += _memos(rng, statements)
    write_project(path, texts, *statements)
    every = [item.text for item in items]
    return Study(path, items, facts, every)


def _codes(rng: random.Random, statements: list[str]) -> list[Item]:
    items = []
    for at, (key, parent) in enumerate(CODES.items(), 1):
        words = [_clean(rng, text_of(rng)).replace("\n", " ") for _ in range(2)]
        over = list(CODES).index(parent) + 1 if parent else "NULL"
        statements.append(
            "INSERT INTO codes (id, key, name, definition, parent_id, position) "
            f"VALUES ({at}, '{key}', '{words[0]}', '{words[1]}', {over}, {at})"
        )
        items.append(Item("code", at, "\n".join([key, *words, "", "", ""]), key=key))
    return items


def _code(
    rng: random.Random, name: str, at: int, end: int, facts: Facts, statements: list[str]
) -> None:
    for _ in range(12):
        first = rng.randrange(end)
        last = min(end, first + rng.randint(1, 60))
        code, coder = rng.randrange(len(CODES)), rng.randrange(3)
        facts.codings.append((name, first, last, list(CODES)[code], CODERS[coder]))
        statements.append(
            "INSERT OR IGNORE INTO codings "
            "(document_id, start, end, code_id, coder_id, revision, created_at, quote) "
            f"VALUES ({at}, {first}, {last}, {code + 1}, {coder + 1}, 1, '', '')"
        )


def _memos(rng: random.Random, statements: list[str]) -> list[Item]:
    items = []
    for number in range(1, 25):
        text = _clean(rng, text_of(rng))
        coder, target = rng.randrange(3), rng.randrange(len(DOCUMENTS))
        columns, values = "kind, document_id, start, end", f"'span', {target + 1}, 0, 5"
        name: str | None = list(DOCUMENTS)[target]
        key: str | None = None
        if rng.random() < 0.5:
            columns, values = "kind, code_id", f"'code', {target + 1}"
            name, key = None, list(CODES)[target]
        statements.append(
            f"INSERT INTO memos (id, {columns}, coder_id, text, created_at, updated_at) "
            f"VALUES ({number}, {values}, {coder + 1}, '{text}', '', '')"
        )
        items.append(Item("memo", number, text, name, coder=CODERS[coder], key=key))
    return items


def _clean(rng: random.Random, text: str) -> str:
    """Return a text without single quotes, for a statement."""
    return text.replace("'", rng.choice("’ "))


class Maker:
    """Makes random queries about a study.

    Args:
        rng: where chance comes from.
        study: what the queries are about.
        mode: ``text``, ``memos`` or ``codes``: where some of it searches.
    """

    def __init__(self, rng: random.Random, study: Study, mode: str) -> None:
        self._rng = rng
        self._study = study
        self._mode = mode

    def tree(self) -> Tree:
        """Return a random tree."""
        tree = self._tree(self._rng.choice((1, 2, 2, 3)))
        if self._mode != "text":
            place = ("filter", "in", self._rng.choice(("text", self._mode, self._mode)), False)
            tree = ("and", [tree, place]) if self._rng.random() < 0.7 else ("or", [tree, place])
        return tree

    def _tree(self, depth: int) -> Tree:
        rng = self._rng
        kind = rng.random()
        if depth == 0 or kind < 0.2:
            return self._leaf()
        if kind < 0.5:
            return self._and(depth)
        if kind < 0.72:
            return ("or", [self._tree(depth - 1) for _ in range(rng.randint(2, 3))])
        if kind < 0.8:
            return ("not", self._tree(depth - 1))
        if kind < 0.91:
            return ("near", rng.choice((0, 1, 2, 3, 5, 10)), self._side(False), self._side(False))
        unit = rng.choice(("SENTENCE", "SENTENCE", "PARAGRAPH"))
        return ("same", unit, [self._side(True) for _ in range(rng.randint(2, 3))])

    def _and(self, depth: int) -> Tree:
        rng = self._rng
        parts = [self._tree(depth - 1) for _ in range(rng.randint(2, 3))]
        coder = any(p[:2] == ("filter", "coder") and not p[3] for p in parts)
        more: list[Tree] = []
        if rng.random() < 0.15 and not coder and self._mode != "codes":
            more.append(("filter", "coder", rng.choice(CODERS), False))
        if rng.random() < 0.15:
            more.append(("filter", "stem", rng.choice(("english", "russian", "dutch")), False))
        parts += more
        # Two coders beside each other are refused.
        seen = False
        kept = []
        for part in parts:
            if part[:2] == ("filter", "coder") and not part[3]:
                if seen:
                    continue
                seen = True
            kept.append(part)
        rng.shuffle(kept)
        return ("and", kept) if len(kept) > 1 else kept[0]

    def _leaf(self) -> Tree:
        kind = self._rng.random()
        if kind < 0.55:
            return self._word()
        if kind < 0.65:
            return ("phrase", self._phrase())
        if kind < 0.72:
            return ("regex", self._rng.choice(REGEXES))
        return self._filter()

    def _word(self) -> Tree:
        """Return a word; now and then one that others begin with."""
        word = self.word()
        tokens = reference.tokens(word)
        if self._rng.random() < 0.2 and len(tokens) == 1 and not reference._PAIRED.match(tokens[0]):
            start = word[: self._rng.randint(2, 9)]
            found = reference.tokens(start)
            if len(found) == 1 and len(found[0]) > 1 and start[-1:].isalnum():
                return ("open", start)
        return ("word", word)

    def _side(self, same: bool) -> Tree:
        kind = self._rng.random()
        if kind < 0.65:
            return self._word()
        if kind < 0.75:
            return ("phrase", self._phrase() if same else self.word())
        if kind < 0.85 and same:
            return ("regex", self._rng.choice(REGEXES))
        return ("or", [("word", self.word()) for _ in range(self._rng.randint(2, 3))])

    def word(self) -> str:
        """Return a stretch of words, mostly of the study, letters wrong or not."""
        rng = self._rng
        while True:
            word = word_of(rng)
            if rng.random() < 0.6:
                word = rng.choice(rng.choice(self._study.texts).split() or [word])
            word = re.sub(r"[()\"/:=<>]", "", word).lstrip("-")
            if rng.random() < 0.25 and word.isalpha():
                word = mistyped(word, rng)
            if word in JOINTS or word.startswith("NEAR"):
                word = word.lower()
            if reference.tokens(word):
                return word

    def _phrase(self) -> str:
        rng = self._rng
        words = rng.choice(self._study.texts).replace('"', " ").split() or ["the"]
        at = rng.randrange(len(words))
        return " ".join(words[at : at + rng.randint(1, 3)])

    def _filter(self) -> Tree:
        rng = self._rng
        negated = rng.random() < 0.3
        if self._mode == "codes":
            return ("filter", "in", rng.choice(("text", "codes")), False)
        name = rng.choice(("code", "code", "doc", "coder", "uncoded", "year", "role"))
        if self._mode == "memos" and name in ("uncoded", "year", "role"):
            name = "code"
        if name == "code":
            return ("filter", "code", rng.choice(list(CODES)) + rng.choice(("", "+")), negated)
        if name == "doc":
            value = rng.choice((*DOCUMENTS, "brief-*", "*e*"))
            return ("filter", "doc", value, negated)
        if name == "coder":
            return ("filter", "coder", rng.choice(CODERS), negated)
        if name == "uncoded":
            return ("filter", "uncoded", "", negated)
        if name == "role":
            return ("attribute", "role", rng.choice(("=", "!=")), "teacher", negated)
        sign = rng.choice(("=", "!=", "<", ">", "<=", ">="))
        return ("attribute", "year", sign, rng.choice(("1993", "2000", "2013")), negated)


def without_places(tree: Tree) -> Tree:
    """Return a tree in which no place is named below a NOT, where none may be."""
    if tree[0] in ("and", "or"):
        return (tree[0], [without_places(part) for part in tree[1]])
    if tree[0] == "not":
        return ("not", _placeless(tree[1]))
    return tree


def _placeless(tree: Tree) -> Tree:
    if tree[:2] == ("filter", "in"):
        return ("word", "school")
    if tree[0] in ("and", "or"):
        return (tree[0], [_placeless(part) for part in tree[1]])
    return ("not", _placeless(tree[1])) if tree[0] == "not" else tree


def spell(tree: Tree, rng: random.Random) -> str:
    """Write a tree as a query, with parentheses where they are needed and some where not."""
    kind = tree[0]
    if kind == "and":
        parts = [_inside(part, ("and", "or"), rng) for part in tree[1]]
        return "".join(
            part if at == 0 else rng.choice((" ", " ", " AND ")) + part
            for at, part in enumerate(parts)
        )
    if kind == "or":
        return " OR ".join([_inside(part, ("or",), rng) for part in tree[1]])
    if kind == "not":
        return "NOT " + _inside(tree[1], ("and", "or", "near", "same"), rng)
    if kind == "near":
        sides = [_inside(side, ("or",), rng) for side in tree[2:]]
        return f" NEAR/{tree[1]} ".join(sides)
    if kind == "same":
        return f" {tree[1]} ".join([_inside(side, ("or",), rng) for side in tree[2]])
    return _spell_leaf(tree)


def _inside(tree: Tree, looser: tuple[str, ...], rng: random.Random) -> str:
    written = spell(tree, rng)
    plain = tree[0] not in looser
    # Parentheses around a setting alone, or around a side, would say something else.
    if plain and (rng.random() > 0.1 or tree[0] == "filter" or len(written.split()) < 2):
        return written
    return f"({written})"


def _spell_leaf(tree: Tree) -> str:
    kind = tree[0]
    if kind in ("word", "open"):
        return f"{tree[1]}*" if kind == "open" else str(tree[1])
    if kind == "phrase":
        return f'"{tree[1]}"'
    if kind == "regex":
        return f"/{tree[1]}/"
    sign = "-" if tree[-1] else ""
    if kind == "attribute":
        return f"{sign}{tree[1]}{tree[2]}{tree[3]}"
    return f"{sign}{tree[1]}:{tree[2]}"
