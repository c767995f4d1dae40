"""More like this: against a slow plain computation, and what must never count."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from math import log
from pathlib import Path

import pytest

from tests.search.projects import write_project
from tui.search.keyness import keyness
from tui.search.like import Cancelled, Resemblance, find_like, like_code, like_span
from tui.store.reader import open_reader
from tui.text.fold import tokens

CODES = tuple(
    f"INSERT INTO codes (id, key, name, position) VALUES ({at}, 'C{at}', 'c{at}', {at})"
    for at in (1, 2)
)


def coding(document: int, span: tuple[int, int], code: int, coder: int = 1) -> str:
    return (
        "INSERT INTO codings (document_id, start, end, code_id, coder_id, important, revision,"
        f" created_at, quote) VALUES ({document}, {span[0]}, {span[1]}, {code}, {coder}, 0, 1,"
        " '', '')"
    )


def memo(text: str) -> str:
    return (
        "INSERT INTO memos (kind, coder_id, text, created_at, updated_at)"
        f" VALUES ('project', 2, '{text}', '', '')"
    )


def spans_of(texts: list[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for text in texts:
        found.append((at, at + len(text)))
        at += len(text) + 1
    return found


def resembling(
    path: Path, code: int = 1, *, bare: bool = False, most: int = 100
) -> tuple[Resemblance, sqlite3.Connection]:
    db = open_reader(str(path))
    return find_like(db, "ann", like_code(db, "ann", [code]), bare=bare, most=most), db


def slow(texts: list[str], coded: dict[int, str]) -> tuple[dict[str, float], dict[int, float]]:
    """Return the weight of each key word and the score of each other passage, by reading all."""
    rest = [at for at in range(len(texts)) if at not in coded]
    inside = Counter(word for part in coded.values() for word in set(tokens(part)))
    outside = Counter(word for at in rest for word in set(tokens(texts[at])))
    rooted: dict[str, float] = {}
    a_all, b_all = len(coded), len(rest)
    for word, a in inside.items():
        b = outside[word]
        few = a_all >= 5 and a < 2
        if few or not b or b > b_all / 5 or a / a_all <= b / b_all:
            continue
        total = a_all + b_all
        g2 = 0.0
        for seen, row, having in (
            (a, a_all, a + b), (a_all - a, a_all, total - a - b),
            (b, b_all, a + b), (b_all - b, b_all, total - a - b),
        ):  # fmt: skip
            g2 += 2 * seen * log(seen / (row * having / total)) if seen else 0
        if g2 >= 3.84:
            rooted[word] = g2**0.5
    kept = dict(sorted(rooted.items(), key=lambda pair: (-pair[1], pair[0]))[:40])
    average = sum(map(len, texts)) / len(texts)
    scores = {}
    for at in rest:
        shared = set(tokens(texts[at])) & kept.keys()
        if shared:
            share = sum(kept[word] for word in shared) / sum(kept.values())
            scores[at] = share / max(1, 1 + (len(texts[at]) / average - 1) / 2)
    return kept, scores


@pytest.mark.parametrize("seed", range(6))
def test_the_index_gives_what_reading_every_passage_gives(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    words = [f"w{at}" for at in range(60)] + ["学校", "考试", "школа", "Écolé"]
    texts = [
        " ".join(rng.choices(words, [1 / (at + 1) for at in range(64)], k=rng.randint(2, 30)))
        for _ in range(120)
    ]
    spans = spans_of(texts)
    chosen = rng.sample(range(120), rng.choice([1, 3, 12]))
    # Half of the passage is coded, cut between words or inside one.
    parts = {at: texts[at][: max(len(texts[at]) // 2, 3)] for at in chosen}
    statements = [
        coding(1, (spans[at][0], spans[at][0] + len(part)), 1) for at, part in parts.items()
    ]
    notes = [memo(" ".join(rng.choices(words, k=9))) for _ in range(20)]
    path = write_project(tmp_path / "p.qual", {"d": texts}, *CODES, *statements, *notes)
    found, db = resembling(path, most=1000)
    weights, scores = slow(texts, parts)
    assert {word: g2**0.5 for word, g2, _, _ in found.keys} == pytest.approx(weights)
    assert {like.number - 1: like.score for like in found.likes} == pytest.approx(scores)
    assert found.total == len(scores) and (found.coded, found.rest) == (
        len(chosen), 120 - len(chosen),
    )  # fmt: skip
    assert [like.score for like in found.likes] == pytest.approx(
        sorted(scores.values(), reverse=True)
    )
    # The few best are the same ones, though not all lengths are read for them.
    assert [
        x.passage_id for x in find_like(db, "ann", like_code(db, "ann", [1]), most=3).likes
    ] == [x.passage_id for x in found.likes[:3]]
    # Said by the words shown, nothing else.
    for like in found.likes:
        shared = set(tokens(like.text)) & weights.keys()
        assert {word for word, _ in like.ties} == shared
        marked = {
            token
            for a, b in like.hits
            for token in tokens(like.text[a - like.start : b - like.start])
        }
        assert marked == shared


FILLER = [f"Nothing of note was said on day {at} of the meeting." for at in range(40)]
CODED = [
    "Teachers dread the league tables.",
    "The league tables frighten every school.",
    "A school lives and dies by its tables.",
]
PLANTED = "Our league tables came out and the school wept."


def planted(tmp_path: Path, *more: str, extra: list[str] | None = None) -> Path:
    texts = [*CODED, *FILLER, PLANTED, *(extra or [])]
    spans = spans_of(texts)
    codings = [coding(1, spans[at], 1) for at in range(3)]
    return write_project(tmp_path / "p.qual", {"d": texts}, *CODES, *codings, *more)


def test_a_planted_passage_comes_first_and_stop_words_fall_out(tmp_path: Path) -> None:
    found, _ = resembling(planted(tmp_path))
    first = found.likes[0]
    assert first.text == PLANTED
    assert set(first.words()) == {"league", "tables", "school"}
    assert not {"the", "of", "on", "was"} & {key[0] for key in found.keys}


def test_what_is_coded_so_is_left_out_and_other_codes_only_when_asked(tmp_path: Path) -> None:
    extra = ["These tables are for the school kitchen.", "League rules bind the school."]
    spans = spans_of([*CODED, *FILLER, PLANTED, *extra])
    path = planted(tmp_path, coding(1, spans[44], 2), coding(1, spans[45], 1), extra=extra)
    found, _ = resembling(path)
    assert [like.text for like in found.likes] == [PLANTED, extra[0]]
    assert found.likes[1].codes == ["C2"]
    bare, _ = resembling(path, bare=True)
    assert [like.text for like in bare.likes] == [PLANTED]


def test_hidden_coders_neither_teach_nor_hide_anything(tmp_path: Path) -> None:
    spans = spans_of([*CODED, *FILLER, PLANTED])
    theirs = [coding(1, span, 1, 2) for span in spans[5:9]] + [coding(1, spans[43], 1, 2)]
    path = planted(tmp_path, *theirs)
    found, db = resembling(path)
    assert found.coded == 3 and found.likes[0].text == PLANTED and found.likes[0].codes == []
    assert not like_code(db, "bob", [2]).whole
    shown = "INSERT INTO shown_coders (coder_id, other_id) VALUES (1, 2)"
    (tmp_path / "two").mkdir()
    found, _ = resembling(planted(tmp_path / "two", *theirs, shown))
    assert found.coded == 8 and all(like.text != PLANTED for like in found.likes)


def test_a_span_finds_its_like_and_leaves_out_what_has_its_codes(tmp_path: Path) -> None:
    path = planted(tmp_path)
    db = open_reader(str(path))
    place = spans_of([*CODED, *FILLER, PLANTED])[43]
    found = find_like(db, "ann", like_span(db, "ann", 1, *place))
    assert {like.text for like in found.likes} == set(CODED)
    coded = like_span(db, "ann", 1, 0, 8)
    assert coded.code_ids == {1} and coded.parts == {1: ["Teachers"]}


def test_nothing_to_compare_is_nothing_found_and_it_can_be_stopped(tmp_path: Path) -> None:
    path = planted(tmp_path)
    found, db = resembling(path, 2)
    assert not found.keys and not found.likes and found.total == 0
    with pytest.raises(Cancelled):
        find_like(db, "ann", like_code(db, "ann", [1]), cancelled=lambda: True)


def test_keyness_is_that_of_the_textbook_and_only_of_words_used_more() -> None:
    # Expected: 3 and 997, 27 and 8,973.
    by_hand = 10 * log(10 / 3) + 990 * log(990 / 997) + 20 * log(20 / 27)
    by_hand += 8980 * log(8980 / 8973)
    assert keyness(10, 1000, 20, 9000) == pytest.approx(2 * by_hand)
    assert keyness(2, 10, 20, 100) == 0
    assert keyness(0, 10, 20, 100) == 0
    assert keyness(3, 3, 0, 100) > 20
