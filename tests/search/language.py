"""What a query with joints means, written as slowly and plainly as it can be.

A query is here a tree of plain tuples, never read from text by what it judges::

    ("word", chunk)  ("open", word)  ("phrase", text)  ("regex", source)
    ("filter", name, value, negated)  ("attribute", name, sign, value, negated)
    ("and", parts)  ("or", parts)  ("not", part)
    ("near", words, one, two)  ("same", "SENTENCE" or "PARAGRAPH", parts)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import snowballstemmer

from tests.search import reference
from tests.search.projects import sentences
from tui.text.sentences import find_sentences

Tree = tuple[Any, ...]
SETTINGS = ("in", "coder", "stem")


@dataclass(frozen=True)
class Item:
    """A passage, memo or code of the project."""

    kind: str
    number: int
    text: str
    document: str | None = None
    start: int = 0
    """Of a passage: where it begins in its document."""
    coder: str = ""
    """Of a memo."""
    key: str | None = None
    """Of a memo or code."""


@dataclass
class Facts:
    """All that conditions are about."""

    codings: list[tuple[str, int, int, str, str]] = field(default_factory=list)
    """Document, start, end, code, coder."""
    parents: dict[str, str | None] = field(default_factory=dict)
    """The parent of each code."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """The attributes of each document."""
    shown: frozenset[str] = frozenset()
    """The coders whose codings count."""


@dataclass(frozen=True)
class Asked:
    """How a query is asked: options, and what ``coder:`` and ``stem:`` say where one is."""

    facts: Facts
    case: str = "smart"
    whole: bool = False
    coders: frozenset[str] = frozenset()
    stem: str = ""


def found(items: list[Item], tree: Tree, asked: Asked) -> set[tuple[str, int]]:
    """Return kind and number of all that is found."""
    asked = Asked(asked.facts, asked.case, asked.whole, asked.facts.shown)
    result = set()
    for item in items:
        if item.kind == "memo" and item.coder not in asked.facts.shown:
            continue
        for places in ways(tree, item, asked):
            wanted = {"text": "text", "memo": "memos", "code": "codes"}[item.kind]
            if wanted in places or (not places and wanted == "text"):
                result.add((item.kind, item.number))
    return result


def ways(tree: Tree, item: Item, asked: Asked) -> set[frozenset[str]]:
    """Return, for each alternative that holds, the places it names."""
    kind = tree[0]
    plain: set[frozenset[str]] = {frozenset()}
    if kind == "or":
        return {way for part in tree[1] for way in ways(part, item, asked)}
    if kind == "and":
        return _every(tree[1], item, asked)
    if kind == "not":
        return set() if ways(tree[1], item, asked) else plain
    if kind == "filter" and tree[1] == "in":
        return {frozenset([tree[2]])}
    if kind in ("filter", "attribute"):
        return plain if _condition(tree, item, asked) != tree[-1] else set()
    if kind == "near":
        return plain if _near(tree, item, asked) else set()
    if kind == "same":
        return plain if _same(tree, item, asked) else set()
    return plain if _there(tree, item.text, asked) else set()


def _every(parts: list[Tree], item: Item, asked: Asked) -> set[frozenset[str]]:
    rest = list(parts)
    coders, stem = asked.coders, asked.stem
    for part in parts:
        if part[:2] == ("filter", "stem"):
            stem = part[2]
            rest.remove(part)
    mine = [part for part in rest if part[:2] == ("filter", "coder") and not part[3]]
    if mine and item.kind == "text" and any(_about_codings(part) for part in rest):
        coders = asked.facts.shown & {mine[0][2]}
        rest.remove(mine[0])
    inside = Asked(asked.facts, asked.case, asked.whole, coders, stem)
    found = [ways(part, item, inside) for part in rest]
    return {frozenset().union(*chosen) for chosen in itertools.product(*found)}


def _about_codings(tree: Tree) -> bool:
    if tree[0] == "filter":
        return tree[1] in ("code", "uncoded")
    if tree[0] == "not":
        return _about_codings(tree[1])
    if tree[0] == "and" and any(p[:2] == ("filter", "coder") and not p[3] for p in tree[1]):
        return False
    return tree[0] in ("and", "or") and any(_about_codings(part) for part in tree[1])


def _condition(tree: Tree, item: Item, asked: Asked) -> bool:
    facts = asked.facts
    if tree[0] == "attribute":
        return _has_value(tree, facts.values.get(item.document or "", {}).get(tree[1]))
    _, name, value, _ = tree
    if name == "doc":
        pattern = ".*".join(map(re.escape, value.split("*")))
        return bool(item.document and re.fullmatch(pattern, item.document))
    if name == "coder":
        if item.kind == "memo":
            return item.coder == value and value in facts.shown
        return bool(_codes_of(item, facts, facts.shown & {value}))
    if name == "uncoded":
        return not _codes_of(item, facts, asked.coders)
    wanted_codes = {value} if value in facts.parents else set(_branch(value[:-1], facts))
    if item.kind == "memo":
        return item.key in wanted_codes
    return bool(_codes_of(item, facts, asked.coders) & wanted_codes)


def _has_value(tree: Tree, value: str | None) -> bool:
    name, sign, wanted = str(tree[1]), str(tree[2]), str(tree[3])
    if sign == "!=":
        return value != wanted
    if value is None or name == "role":
        return value == wanted
    one, two = float(value), float(wanted)
    if one == two:
        return "=" in sign
    return sign[0] == ("<" if one < two else ">")


def _branch(key: str, facts: Facts) -> Iterator[str]:
    yield key
    for child, parent in facts.parents.items():
        if parent == key:
            yield from _branch(child, facts)


def _codes_of(item: Item, facts: Facts, coders: frozenset[str]) -> set[str]:
    end = item.start + len(item.text)
    return {
        code
        for document, first, last, code, coder in facts.codings
        if document == item.document and coder in coders and first < end and last > item.start
    }


@lru_cache(maxsize=200_000)
def stem_of(language: str, word: str) -> str:
    """Return the stem of a folded word."""
    return str(snowballstemmer.stemmer(language).stemWord(word))


def _is_paired(token: str) -> bool:
    return bool(reference._PAIRED.match(token))


def _fits(token: str, kept: str, plain: str, cased: str | None, asked: Asked) -> bool:
    """Tell whether one token of a text is what a word of the query means."""
    if asked.stem:
        same = token == plain
        if not _is_paired(plain) and not any(map(str.isdigit, plain + token)):
            same = same or (
                not _is_paired(token) and stem_of(asked.stem, token) == stem_of(asked.stem, plain)
            )
        return same and _shows(cased, kept)
    limit = 0 if asked.whole else reference.allowed(plain)
    if abs(len(plain) - len(token)) > limit:
        return False
    edits = reference.distance(plain, token)
    return edits <= limit and (cased is None or reference.distance(cased, kept) == edits)


def _shows(cased: str | None, kept: str) -> bool:
    """Tell whether capitals agree up to the first letter in which two forms differ."""
    for one, two in itertools.zip_longest(cased or "", kept):
        if cased is not None and one != two:
            return one is None or two is None or one.casefold() != two.casefold()
    return True


def _there(tree: Tree, text: str, asked: Asked) -> bool:
    """Tell whether what is looked for stands somewhere in a text."""
    kind, wanted = tree[0], tree[1]
    if kind == "phrase":
        return reference.has_phrase(text, wanted, asked.case, asked.whole)
    if kind == "regex":
        return bool(_regex_spans(wanted, text, asked))
    if kind == "open":
        ((plain, cased),) = words(wanted, asked)
        both = zip(reference.tokens(text), reference.tokens(text, True), strict=True)
        return any(_open(token, kept, plain, cased, asked) for token, kept in both)
    return all(_has(text, plain, cased, asked) for plain, cased in words(wanted, asked))


def _open(token: str, kept: str, plain: str, cased: str | None, asked: Asked) -> bool:
    """Tell whether a token is what ``word*`` means."""
    if _fits(token, kept, plain, cased, asked):
        return True
    if not asked.stem:
        return reference.begins(token, kept, (plain, cased), asked.whole)
    return reference.begins(token, kept, (plain, None), asked.whole) and _shows(cased, kept)


def words(chunk: str, asked: Asked) -> list[tuple[str, str | None]]:
    """Return the words of a stretch, folded, with their capitals when they count."""
    return reference.words_of(chunk, asked.case)


def _has(text: str, plain: str, cased: str | None, asked: Asked) -> bool:
    if len(plain) == 1 and _is_paired(plain):
        return any(plain in token for token in reference.tokens(text) if _is_paired(token))
    both = zip(reference.tokens(text), reference.tokens(text, True), strict=True)
    return any(_fits(token, kept, plain, cased, asked) for token, kept in both)


def _regex_spans(source: str, text: str, asked: Asked) -> list[tuple[int, int]]:
    minds = asked.case == "sensitive" or (
        asked.case == "smart" and any(map(str.isupper, re.sub(r"\\.", "", source)))
    )
    whole = rf"(?<!\w)(?:{source})(?!\w)" if asked.whole else source
    made = re.compile(whole, 0 if minds else re.IGNORECASE)
    return [match.span() for match in made.finditer(text) if match.group()]


def _near(tree: Tree, item: Item, asked: Asked) -> bool:
    _, most, one, two = tree
    for first, last in _ranges(one, item.text, asked):
        for start, end in _ranges(two, item.text, asked):
            between = start - last if start >= last else first - end
            if (start >= last or first >= end) and between <= most:
                return True
    return False


def _ranges(side: Tree, text: str, asked: Asked) -> list[tuple[int, int]]:
    """Return where a side stands, counted in words; half-open."""
    if side[0] == "or":
        return [found for part in side[1] for found in _ranges(part, text, asked)]
    chunk = side[1]
    if side[0] == "phrase" or len(words(chunk, asked)) > 1:
        keep = asked.case == "sensitive" or (
            asked.case == "smart" and any(c.isupper() for c in chunk)
        )
        wanted, units = reference.tokens(chunk, keep, False), reference.tokens(text, keep, False)
        size = len(wanted)
        return [
            (at, at + size)
            for at in range(len(units) - size + 1)
            if size and units[at : at + size] == wanted
        ]
    ((plain, cased),) = words(chunk, asked)
    found, at = [], 0
    # Stretch by stretch: a pair of Han is two words of one stretch.
    for match in reference._WORDS.finditer("".join(map(reference._class, text))):
        piece = text[match.start() : match.end()]
        units, kept = reference.tokens(piece, False, False), reference.tokens(piece, True, False)
        if match[0].startswith("H"):
            size = 2 if len(reference.tokens(plain, False, False)) == 2 else 1
            for place in range(len(units) - size + 1):
                # Words of several characters can never be one pair of them.
                if "".join(units[place : place + size]) == plain:
                    found.append((at + place, at + place + size))
        else:
            fits = _fits if side[0] != "open" else _open
            for place, (token, shown) in enumerate(zip(units, kept, strict=True)):
                if fits(token, shown, plain, cased, asked):
                    found.append((at + place, at + place + 1))
        at += len(units)
    return found


def _same(tree: Tree, item: Item, asked: Asked) -> bool:
    _, unit, sides = tree
    spans = _paragraphs(item)
    if unit == "SENTENCE":
        cut = sentences if item.kind == "text" else find_sentences
        spans = [(a + s, a + e) for a, b in spans for s, e in cut(item.text[a:b])] or [
            (0, len(item.text))
        ]
    return any(all(_inside(side, item.text, span, asked) for side in sides) for span in spans)


def _paragraphs(item: Item) -> list[tuple[int, int]]:
    if item.kind == "text":
        return [(0, len(item.text))]
    return [m.span() for m in re.finditer(r"[^\n]+", item.text) if m.group().strip()]


def _inside(side: Tree, text: str, span: tuple[int, int], asked: Asked) -> bool:
    if side[0] == "or":
        return any(_inside(part, text, span, asked) for part in side[1])
    if side[0] == "regex":
        return any(span[0] <= a and b <= span[1] for a, b in _regex_spans(side[1], text, asked))
    if side[0] == "word" and len(words(side[1], asked)) > 1:
        side = ("phrase", side[1])
    return _there(side, text[span[0] : span[1]], asked)
