"""Where to go next, against what a plain look at everything finds."""

from __future__ import annotations

import random
import sqlite3

import pytest

from tui.store.disagreement import find_disagreement
from tui.store.jumps import Place, find_coding, find_with_code
from tui.store.migrations.m0001_initial import STATEMENTS
from tui.store.readings import find_uncoded, find_unread
from tui.text.cut import pack_cut

Spans = list[tuple[int, int, int, int, int]]
"""Document, start, end, code, coder."""
DOCUMENTS, PASSAGES, LENGTH = 3, 8, 12


def study(seed: int) -> tuple[sqlite3.Connection, Spans]:
    """Return a study of three documents with random codings and readings by three coders."""
    dice = random.Random(seed)
    db = sqlite3.connect(":memory:", isolation_level=None)
    for statement in STATEMENTS:
        db.execute(statement)
    for coder in (1, 2, 3):
        db.execute("INSERT INTO coders VALUES (?, ?, '')", (coder, f"coder {coder}"))
    for code in (1, 2, 3):
        db.execute("INSERT INTO codes (key, name, position) VALUES (?, 'x', 1)", (f"C{code}",))
    spans: set[tuple[int, int, int, int, int]] = set()
    for document in range(1, DOCUMENTS + 1):
        # Ids do not follow the order of the list.
        db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, 'en', '', '', '', 0, ?, '', '', '')",
            (document, f"d{document}", -document, PASSAGES),
        )
        for number in range(PASSAGES):
            start = number * (LENGTH + 1)
            kind = "heading" if dice.random() < 0.2 else "paragraph"
            cut = pack_cut([(0, 5), (6, LENGTH)], [(0, 5), (6, LENGTH)])
            cursor = db.execute(
                "INSERT INTO passages (document_id, number, start, end, kind, text, gap, cut)"
                " VALUES (?, ?, ?, ?, ?, ?, ' ', ?)",
                (document, number + 1, start, start + LENGTH, kind, "x" * LENGTH, cut),
            )
            for coder in (1, 2, 3):
                if dice.random() < 0.7:
                    state = "read" if dice.random() < 0.9 else "aside"
                    db.execute(
                        "INSERT INTO readings VALUES (?, ?, ?)", (coder, cursor.lastrowid, state)
                    )
        for _ in range(dice.choice((0, 2, 5, 12))):
            start = dice.randrange(PASSAGES * (LENGTH + 1) - 2)
            end = start + dice.choice((1, 3, 5, 20, 60))
            who = dice.choice(((1,), (2,), (1, 2), (1, 2, 3), (3,)))
            spans |= {(document, start, end, dice.randint(1, 3), coder) for coder in who[:1]}
            code = dice.randint(1, 3)
            spans |= {(document, start, end, code, coder) for coder in who}
    for span in spans:
        db.execute(
            "INSERT INTO codings (document_id, start, end, code_id, coder_id, revision,"
            " created_at, quote) VALUES (?, ?, ?, ?, ?, 1, '', 'q')",
            span,
        )
    return db, sorted(spans)


def nearest(places: list[Place], here: Place, direction: int) -> Place | None:
    """Return the place after or before ``here``; documents with high ids come first."""
    order = sorted(places, key=lambda each: (-each[0], *each[1:]))
    key = (-here[0], *here[1:])
    if direction > 0:
        return next((each for each in order if (-each[0], *each[1:]) > key), None)
    return next((each for each in reversed(order) if (-each[0], *each[1:]) < key), None)


def passages(db: sqlite3.Connection) -> list[tuple[int, int, int, int]]:
    """Return id, document, start and end of all passages that are no headings."""
    return db.execute(
        "SELECT id, document_id, start, end FROM passages WHERE kind <> 'heading'"
    ).fetchall()


@pytest.mark.parametrize("seed", range(25))
def test_what_is_found_is_the_nearest_there_is(seed: int) -> None:
    db, spans = study(seed)
    dice = random.Random(seed + 1000)
    for _ in range(12):
        document = dice.randint(1, DOCUMENTS)
        start = dice.randrange(PASSAGES * (LENGTH + 1))
        here = Place(document, start, start + dice.randint(1, 9))
        for direction in (1, -1):
            coded = [Place(*span[:3]) for span in spans if span[4] in (1, 2) and span[3] != 2]
            found = find_coding(db, [1, 2], [2], -document, here, direction)
            assert found == nearest(coded, here, direction)
            third = [Place(*span[:3]) for span in spans if span[3] == 3 and span[4] == 1]
            found = find_with_code(db, 3, [1], -document, here, direction)
            assert found == nearest(third, here, direction)
            _check_passages(db, spans, document, start, direction)
            _check_disagreement(db, spans, here, direction)


def _check_passages(
    db: sqlite3.Connection, spans: Spans, document: int, start: int, direction: int
) -> None:
    here = Place(document, start, 10**6 if direction > 0 else -1)
    uncoded = [
        Place(of, low, high)
        for _, of, low, high in passages(db)
        if not any(s[0] == of and s[1] < high and s[2] > low and s[4] in (1, 2) for s in spans)
    ]
    found = find_uncoded(db, [1, 2], -document, document, start, direction)
    assert found == nearest(uncoded, here, direction)
    read = {row[0] for row in db.execute("SELECT passage_id FROM readings WHERE coder_id = 1")}
    unread = [Place(*row[1:]) for row in passages(db) if row[0] not in read]
    found = find_unread(db, 1, -document, document, start, direction)
    assert found == nearest(unread, here, direction)


def _check_disagreement(db: sqlite3.Connection, spans: Spans, here: Place, direction: int) -> None:
    read = set(
        db.execute("SELECT coder_id, passage_id FROM readings WHERE state = 'read'").fetchall()
    )
    different = []
    for passage, document, start, _ in db.execute(
        "SELECT id, document_id, start, end FROM passages"
    ):
        for low, high in ((start, start + 5), (start + 6, start + LENGTH)):
            sets = {
                frozenset(
                    s[3] for s in spans if s[4] == coder and s[0] == document
                    and s[1] < high and s[2] > low and s[3] != 2
                )
                for coder in (1, 2, 3)
                if (coder, passage) in read
            }  # fmt: skip
            if len(sets) > 1:
                different.append(Place(document, low, high))
    found = find_disagreement(db, [1, 2, 3], [2], -here.document_id, here, direction)
    # Only where a sentence begins counts.
    point = here._replace(end=10**6 if direction > 0 else -1)
    assert (found and found.place) == nearest(different, point, direction)
