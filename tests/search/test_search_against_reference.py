"""Sets, counts and exit codes of the engine equal those of the slow reference."""

from __future__ import annotations

import random

import pytest

from tests.search import reference
from tests.search.projects import MakeProject, OpenEngine
from tui.cli.commands.search import run
from tui.search.hit import Hit
from tui.search.query import read_query
from tui.text import fold

ENGLISH = [
    "school",
    "schools",
    "schooling",
    "skool",
    "test",
    "tests",
    "tested",
    "testing",
    "text",
    "rest",
    "reading",
    "readings",
    "raeding",
    "teacher",
    "teachers",
    "teaching",
    "don't",
    "dont",
    "won't",
    "the",
    "a",
    "of",
    "and",
    "on",
    "no",
    "not",
    "near",
    "in",
    "it",
    "is",
    "was",
    "pupil",
    "pupils",
    "exam",
    "exams",
    "exma",
    "state",
    "standard",
    "standards",
    "assessment",
    "assesment",
    "policy",
    "polices",
    "police",
]
RUSSIAN = [
    "школа",
    "школы",
    "ёлка",
    "елка",
    "елки",
    "учитель",
    "учителя",
    "учитиль",
    "чтение",
    "экзамен",
    "тест",
    "тесты",
]
CHINESE = "教育部发布标准学生阅读能力考试评价教师学校北京大学".replace(" ", "")
ACCENTS = [
    "café",
    "cafe",
    "CAFÉ",
    "naïve",
    "naive",
    "Straße",
    "strasse",
    "façade",
    "façade",
    "İstanbul",
    "istanbul",
    "ｆｕｌｌ",
    "full",
]
NUMBERS = ["2013", "2103", "213", "1,000", "3.5", "35", "b2b", "covid19", "1990s"]
KANA = ["がっこう", "ガッコウ", "ｶﾞｯｺｳ", "テスト", "ー"]


def mistyped(word: str, rng: random.Random) -> str:
    letters = "абвгдеёжз" if word[0] > "\u0400" else "abcdehnorst"
    at = rng.randrange(len(word))
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + rng.choice(letters) + word[at + 1 :]
    return word[:at] + rng.choice(letters) + word[at:]


def word_of(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.5:
        word = rng.choice(ENGLISH)
    elif kind < 0.65:
        word = rng.choice(RUSSIAN)
    elif kind < 0.8:
        at = rng.randrange(len(CHINESE) - 4)
        return CHINESE[at : at + rng.randint(1, 5)]
    elif kind < 0.9:
        word = rng.choice(ACCENTS)
    elif kind < 0.95:
        word = rng.choice(NUMBERS)
    else:
        word = rng.choice(KANA)
    if rng.random() < 0.3 and word.isalpha():
        word = mistyped(word, rng) or word
    if rng.random() < 0.15:
        word = rng.choice((str.upper, str.capitalize))(word)
    return word


def text_of(rng: random.Random) -> str:
    words = [word_of(rng) for _ in range(rng.randint(1, 14))]
    signs = (" ", " ", " ", ", ", ". ", " — ", " “", "” ", "", "\n", "'", "\u00ad", "_", "\u200b")
    return "".join(word + rng.choice(signs) for word in words)


def query_of(rng: random.Random, texts: list[str]) -> str:
    if rng.random() < 0.5:
        words = rng.choice(texts).replace('"', "").split()
        some = rng.sample(words, min(len(words), rng.randint(1, 3)))
        parts = [mistyped(w, rng) or w if rng.random() < 0.4 else w for w in some]
    else:
        parts = [word_of(rng) for _ in range(rng.randint(1, 3))]
    # What would be a filter, a comparison or an excluded word is another test's business.
    parts = [p.lstrip("-").replace(":", "").replace("=", "") for p in parts]
    parts = parts if any(map(reference.tokens, parts)) else ["school"]
    if rng.random() < 0.2:
        words = rng.choice(texts).replace('"', " ").split()
        at = rng.randrange(len(words)) if words else 0
        parts.append('"' + " ".join(words[at : at + rng.randint(1, 3)]) + '"')
    return " ".join(parts)


@pytest.mark.parametrize("seed", range(6))
def test_random_queries_find_what_the_reference_finds(
    seed: int, make_project: MakeProject, open_engine: OpenEngine
) -> None:
    rng = random.Random(seed)
    texts = [text_of(rng) for _ in range(160)]
    path = make_project({"one": texts[:90], "two": texts[90:]})
    stored = dict(enumerate(texts, 1))
    warm = open_engine(path, warm=True)
    found_some = 0
    for _ in range(90):
        source = query_of(rng, texts)
        case = rng.choice(("smart", "smart", "ignore", "sensitive"))
        whole = rng.random() < 0.2
        query = read_query(source, case=case, whole=whole)  # type: ignore[arg-type]
        expected = reference.find(stored, source, case, whole)
        cold = open_engine(path)
        found = cold.search(query)
        assert {hit.passage_id for hit in found.hits} == expected, (source, case, whole)
        assert found.total == len(expected) == cold.count(query)
        assert cold.exists(query) == bool(expected)
        # A warm engine always asks what each word reaches; a cold one may read few texts instead.
        assert list(map(_whole, warm.search(query).hits)) == list(map(_whole, found.hits)), source
        found_some += bool(expected)
    assert found_some > 30


@pytest.mark.parametrize("seed", range(2))
def test_random_command_lines_count_and_exit_as_the_reference_says(
    seed: int, make_project: MakeProject, capfd: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(100 + seed)
    texts = [text_of(rng) for _ in range(120)]
    path = make_project({"one": texts})
    stored = dict(enumerate(texts, 1))
    for _ in range(60):
        source = query_of(rng, texts)
        if not source.strip():
            continue
        expected = reference.find(stored, source)
        code = run(["-p", str(path), "-c", "--", source])
        assert (code, capfd.readouterr().out) == (0 if expected else 1, f"{len(expected)}\n"), (
            source
        )
        assert run(["-p", str(path), "-q", "--", source]) == code
        assert run(["-p", str(path), "--", source]) == code
        assert len(capfd.readouterr().out.splitlines()) == len(expected), source


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_the_best_few_are_the_first_of_all(
    limit: int, make_project: MakeProject, open_engine: OpenEngine
) -> None:
    rng = random.Random(limit)
    texts = [text_of(rng) for _ in range(160)]
    engine = open_engine(make_project({"one": texts[:60], "two": texts[60:]}))
    for _ in range(60):
        query = read_query(query_of(rng, texts).lower())
        loose, by_place = rng.random() < 0.3, rng.random() < 0.2
        every = engine.search(query, loose=loose, by_place=by_place)
        few = engine.search(query, loose=loose, by_place=by_place, limit=limit)
        assert [_whole(hit) for hit in few.hits] == [_whole(hit) for hit in every.hits[:limit]]
        assert few.total == every.total


def _whole(hit: Hit) -> list[object]:
    return [getattr(hit, name) for name in Hit.__slots__]


def test_loose_adds_what_misses_one_word_of_three(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    rng = random.Random(9)
    words = [w for w in ENGLISH if "'" not in w]
    texts = [" ".join(rng.choices(words, k=rng.randint(2, 9))) for _ in range(150)]
    engine = open_engine(make_project({"one": texts}))
    stored = dict(enumerate(texts, 1))
    for _ in range(60):
        wanted = rng.sample(words, rng.randint(2, 4))
        query = read_query(" ".join(wanted))
        expected = reference.find_loosely(stored, wanted)
        assert {hit.passage_id for hit in engine.search(query, loose=True).hits} == expected, wanted
        assert engine.count(query, loose=True) == len(expected)


@pytest.mark.parametrize("seed", range(4))
def test_tokens_are_cut_and_folded_as_the_reference_cuts_and_folds(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(500):
        text = text_of(rng)
        assert tuple(fold.tokens(text)) == reference.tokens(text), text
        for keep_case in (False, True):
            for pairs in (False, True):
                cut = fold.cut(text, keep_case=keep_case, pairs=pairs)
                assert tuple(t for t, _, _ in cut) == reference.tokens(text, keep_case, pairs)
                assert all(0 <= a < b <= len(text) for _, a, b in cut)
        wanted = {token for token in reference.tokens(text) if rng.random() < 0.4}
        expected = [token for token in fold.cut(text) if token[0] in wanted]
        assert fold.find(text, wanted) == expected, text


def test_odd_signs_are_cut_as_the_reference_cuts_them() -> None:
    for text in (
        "x\u0301y",
        "\u0301a",
        "don’t — “won’t”",
        "a''b",
        "'tis",
        "l'été",
        "Å ﬁ ½ ²",
        "人",
        "𠮷野",
        "e\u200dx",
        "\u02bctwas об\u02bcєкт ab\u02bc",
    ):
        assert tuple(fold.tokens(text)) == reference.tokens(text), ascii(text)
