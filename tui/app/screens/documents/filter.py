"""The filter of the documents: words of the name, ``year>=2013``, ``coded:KEY``, ``uncoded:``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from tui.app.screens.documents.facts import Line
from tui.app.widgets.rows import clip
from tui.model.code import Code
from tui.text.fold import fold

_PART = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_CONDITION = re.compile(r'(-?)("[^"]*"|[^\s=<>!:"]+)(!=|>=|<=|=|<|>|:)(.*)', re.DOTALL)
_LONGEST = 2_000
_DATE, _BEGUN = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}(-\d\d)?")
NO_VALUE = "(none)"
"""Stands for documents without a value: ``year=(none)``."""

Test = Callable[[Line], bool]


class Filter:
    """Which documents a filter leaves.

    Args:
        text: as it was typed: words of the name, ``name=value`` (also ``!= < > <= >=``, a value
            with blanks in quotation marks), ``coded:KEY`` (``KEY+``: with its branch), ``unread:``,
            ``uncoded:``; a ``-`` before one with a colon turns it round.
        attributes: the names of the attributes there are.
        codes: the codebook, in tree order.
    """

    def __init__(self, text: str, attributes: Sequence[str], codes: Sequence[Code] = ()) -> None:
        self._attributes = {name.casefold(): name for name in attributes}
        self._codes = codes
        self.trouble = ""
        """What was asked for and does not exist, in words; empty when all does."""
        self.taken_as_word = ""
        """What looks like a condition and is none: ``read:no``; looked for in the names."""
        self._words: list[str] = []
        self._tests: list[Test] = []
        self._compared: set[str] = set()
        for part in _PART.findall(text):
            self._take(part)

    def names(self, values: Iterable[str]) -> bool:
        """Tell whether it compares any of these attributes."""
        return not self._compared.isdisjoint(values)

    def holds(self, line: Line) -> bool:
        """Tell whether a document is left."""
        if self.trouble:
            return False
        name = folded_words(line.document.name) if self._words else ""
        return all(word in name for word in self._words) and all(test(line) for test in self._tests)

    def _take(self, part: str) -> None:
        found = _CONDITION.fullmatch(part)
        if found is None:
            self._words.append(folded_words(part.replace('"', "")))
            return
        minus, name, sign, value = found.groups()
        value = value.replace('"', "")
        name = name.replace('"', "").casefold()
        wanted = not minus
        if sign == ":" and name in ("unread", "uncoded"):
            if name == "unread":
                self._tests.append(lambda line: line.is_read != wanted)
            else:
                self._tests.append(lambda line: (line.facts.uncoded > 0) == wanted)
        elif sign == ":" and name == "coded":
            self._take_code(value, wanted)
        elif sign == ":":
            self._words.append(folded_words(part))
            self.taken_as_word = self.taken_as_word or part
        elif not value:
            return  # it is still being typed
        elif name in self._attributes and wanted:
            self._compared.add(self._attributes[name])
            self._tests.append(_compare(self._attributes[name], sign, value))
        elif not self.trouble:
            known = ", ".join(self._attributes.values()) or "none yet"
            self.trouble = f"No attribute {minus}{name} · there are: {known}"

    def _take_code(self, value: str, wanted: bool) -> None:
        if not value:
            self._tests.append(lambda line: (line.facts.segments > 0) == wanted)
            return
        keys = keys_meant(value, self._codes)
        if not keys:
            self.trouble = self.trouble or f"No code {value} · its key or a word of its name"
        self._tests.append(lambda line: bool(keys & line.facts.codes.keys()) == wanted)


def no_condition(part: str, conditions: str) -> str:
    """Return what to say where nothing is left and a part may have been meant as a condition.

    Args:
        part: what was typed.
        conditions: those with a colon that there are, as they are typed.
    """
    return f"{clip(part, 20)} is looked for as a word; conditions are {conditions}"


def quoted(text: str) -> str:
    """Return a name or a value as a filter takes it: in quotation marks where it needs them."""
    bare = text.replace('"', "")
    plain = bare and not any(each.isspace() or each in "=<>!:" for each in bare)
    return bare if plain and not bare.startswith("-") else f'"{bare}"'


def parts_of(text: str) -> list[str]:
    """Return the parts of a filter: divided at blanks, but for those in quotation marks."""
    return _PART.findall(text)


def is_comparison(part: str) -> bool:
    """Tell whether a part of a filter compares an attribute: ``year>=2013``."""
    found = _CONDITION.fullmatch(part)
    return found is not None and found[3] != ":"


def keys_meant(value: str, codes: Sequence[Code]) -> set[str]:
    """Return the keys of the codes that a value names, none when it names none.

    Args:
        value: a key, ``KEY+`` with all codes below it, or words of names; capitals aside.
        codes: the codebook in tree order.
    """
    wanted = value.casefold()
    exact = {code.key for code in codes if code.key.casefold() == wanted}
    if exact:
        return exact
    top = next((code for code in codes if f"{code.key}+".casefold() == wanted), None)
    if top is None:
        return {code.key for code in codes if folded_words(value) in folded_words(code.name)}
    branch = {top.id}
    for code in codes:  # in tree order: a code comes after the one above it
        if code.parent_id in branch:
            branch.add(code.id)
    return {code.key for code in codes if code.id in branch}


@lru_cache(maxsize=20_000)
def folded_words(text: str) -> str:
    """Return a text as it is compared: case and accents aside, at any length."""
    return " ".join(fold(word) for word in text[:_LONGEST].split())


def number_of(text: str) -> float | None:
    """Return a value as a number, None when it is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number else None


def _compare(name: str, sign: str, wanted: str) -> Test:
    """Return a test of an attribute; as numbers when both are, else as words."""

    def test(line: Line) -> bool:
        value = line.facts.attributes.get(name)
        if wanted == NO_VALUE and sign in ("=", "!="):
            return (value is None or value == NO_VALUE) == (sign == "=")
        if value is None:
            return sign == "!="
        value = value.replace('"', "")  # what is asked for can hold none
        if _DATE.fullmatch(value) and _BEGUN.fullmatch(wanted):
            value = value[: len(wanted)]  # a day is in its month and year
        one, two = number_of(value), number_of(wanted)
        left: tuple[float, str] = (
            (0, folded_words(value)) if one is None or two is None else (one, "")
        )
        right: tuple[float, str] = (
            (0, folded_words(wanted)) if one is None or two is None else (two, "")
        )
        return {
            "=": left == right,
            "!=": left != right,
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
        }[sign]

    return test
