"""Seeded corpora for the benchmarks: made-up languages with the statistics of real ones.

Words are made of syllables and endings, their frequencies follow a Zipf-Mandelbrot law, passages
mix them with topics and recurring phrases; 0.1 % of the words have a natural typo and 1.3 % are
numbers. 85 % of the passages are English-like, 7 % Russian-like, 5 % Han or Kana, 3 % German- and
Spanish-like. The same seed gives the same bytes. Cached outside the repository.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from tui.store import index
from tui.store.index_schema import INDEX_STATEMENTS
from tui.store.migrations import m0001_initial, m0002_solo, m0003_totals, m0004_searches
from tui.store.version import APPLICATION_ID, SCHEMA_VERSION
from tui.text.cut import pack_cut

SEED = 20240917
_VERSION = 6
SHARES = (("en", 0.85), ("ru", 0.07), ("zh", 0.03), ("ja", 0.02), ("de", 0.015), ("es", 0.015))
_BLOCK = 50

_LATIN = (
    "b c d f g h j k l m n p r s t v w bl br ch cl cr dr fl fr gr pl pr qu sc sh sl sp st str th tr"
)
_SOUNDS: dict[str, tuple[str, str, str, str]] = {
    "en": (_LATIN, "a e i o u a e i o ea ee ou ai io", "n r l t s d m ck nd nt st ng ss rd ct", ""),
    "de": (_LATIN + " sch pf zw kn", "a e i o u e ei au ie ü ö ä", "n r l t s ch nd st ng rt", ""),
    "es": ("b c d f g l m n p r s t v br cr tr pl gu", "a e i o u a e o ia ie ué ó", "n r s l", ""),
    "ru": (
        "б в г д ж з к л м н п р с т х ц ч ш пр ст тр вл сл",
        "а е и о у я ы ю ё",
        "н р л т с д м ст вь ть й",
        "",
    ),
}
_ENDINGS = {
    "en": (
        "",
        "",
        "",
        "",
        "",
        "",
        "s",
        "s",
        "ed",
        "ing",
        "er",
        "ly",
        "tion",
        "ness",
        "al",
        "ment",
        "ity",
    ),
    "de": ("", "", "en", "er", "es", "ung", "lich", "keit", "te", "st"),
    "es": ("", "s", "o", "a", "as", "os", "ción", "mente", "ar", "ado"),
    "ru": ("", "а", "ы", "у", "ом", "ами", "ость", "ение", "ать", "ый", "ого"),
}
_SIZES = {"en": 240_000, "ru": 120_000, "de": 40_000, "es": 40_000, "zh": 30_000, "ja": 30_000}
_ALPHABET = {"ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def cache_folder() -> Path:
    """Return the folder that holds the corpora, made when missing."""
    root = os.environ.get("XDG_CACHE_HOME") or os.path.join(Path.home(), ".cache")
    folder = Path(root) / "qual-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def mistyped(word: str, rng: random.Random, language: str = "en") -> str:
    """Return a word with one edit: delete, swap, replace or insert; 12 % hit the first letter."""
    letters = _ALPHABET.get(language, _LETTERS)
    at = rng.randrange(0 if rng.random() < 0.12 else 1, len(word))
    kind = rng.random()
    if kind < 0.30:
        return word[:at] + word[at + 1 :]
    if kind < 0.50 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.80:
        return word[:at] + rng.choice(letters) + word[at + 1 :]
    return word[:at] + rng.choice(letters) + word[at:]


class Language:
    """One made-up language: its words by rank and how it writes a passage."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._rng = random.Random(f"{SEED}-{name}")
        spaced = name not in ("zh", "ja")
        self._words = self._spell(_SIZES[name]) if spaced else self._write(_SIZES[name])
        self._weights = list(
            accumulate(1 / (rank + 2.7) ** 1.08 for rank in range(len(self._words)))
        )
        high = min(len(self._words), 30_000)
        self._topics = [
            [self._words[self._rng.randrange(250, high)] for _ in range(500)] for _ in range(150)
        ]
        self._topic_weights = list(accumulate(1 / (rank + 1) ** 0.8 for rank in range(500)))
        rarer = self._words[60:]
        weights = self._weights[60:]
        self._phrases = [
            self._rng.choices(rarer, cum_weights=weights, k=n)
            for n in self._rng.choices((2, 3, 4), k=8_000)
        ]
        self._phrase_weights = list(accumulate(1 / (rank + 1) ** 0.9 for rank in range(8_000)))

    def passages(self, count: int) -> Iterator[str]:
        """Yield passages; the topic changes every 50."""
        topic = self._topics[0]
        for number in range(count):
            if number % _BLOCK == 0:
                topic = self._rng.choice(self._topics)
            length = min(50, max(12, round(self._rng.lognormvariate(3.15, 0.33))))
            yield self._passage(length, topic)

    def _passage(self, length: int, topic: list[str]) -> str:
        rng = self._rng
        common = iter(rng.choices(self._words, cum_weights=self._weights, k=length))
        themed = iter(rng.choices(topic, cum_weights=self._topic_weights, k=length))
        words: list[str] = []
        for _ in range(length):
            kind = rng.random()
            if kind < 0.27:
                words.append(next(themed))
            elif kind < 0.31:
                words += rng.choices(self._phrases, cum_weights=self._phrase_weights, k=1)[0]
            elif kind < 0.323:
                words.append(_number(rng))
            elif kind < 0.324:
                word = next(common)
                words.append(mistyped(word, rng, self.name) if len(word) > 3 else word)
            else:
                words.append(next(common))
        return self._joined(words)

    def _joined(self, words: list[str]) -> str:
        rng = self._rng
        if self.name in ("zh", "ja"):
            mark = "，" if self.name == "zh" else "、"
            parts = [word + (mark if at and at % 11 == 0 else "") for at, word in enumerate(words)]
            return "".join(parts)[: rng.randrange(40, 160)] + "。"
        for at in range(4, len(words) - 2):
            kind = rng.random()
            if kind < 0.05:
                words[at] += ","
            elif kind < 0.08 and at > 6:
                words[at] += "."
                words[at + 1] = words[at + 1].capitalize()
        text = " ".join(words)[:299]
        return text[:1].upper() + text[1:] + "."

    def _spell(self, count: int) -> list[str]:
        rng = self._rng
        onsets, cores, codas, _ = (part.split() for part in _SOUNDS[self.name])
        endings = _ENDINGS[self.name]
        found: dict[str, None] = {}
        while len(found) < count:
            # Frequent words are short.
            rank = len(found)
            most = 1 if rank < 800 else 2 if rank < 60_000 else 3
            syllables = max(1, most - (rng.random() < 0.45))
            word = "".join(
                rng.choice(onsets)
                + rng.choice(cores)
                + (rng.choice(codas) if rng.random() < 0.4 else "")
                for _ in range(syllables)
            )
            if rank < 150 and rng.random() < 0.5:
                word = word[: rng.randrange(1, 4)]
            found[word + (rng.choice(endings) if rank >= 300 else "")] = None
        return list(found)

    def _write(self, count: int) -> list[str]:
        rng = self._rng
        chars = [chr(point) for point in range(0x4E00, 0x4E00 + 3_000)]
        if self.name == "ja":
            kana = [chr(point) for point in range(0x3042, 0x3094)]
            chars = kana + chars[:1_500]
        rng.shuffle(chars)
        weights = list(accumulate(1 / (rank + 8) ** 0.9 for rank in range(len(chars))))
        found: dict[str, None] = {}
        while len(found) < count:
            size = 1 if len(found) < 300 else rng.choice((1, 2, 2, 2, 3))
            found["".join(rng.choices(chars, cum_weights=weights, k=size))] = None
        return list(found)


def _number(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.4:
        return str(rng.randint(1900, 2026))
    if kind < 0.7:
        return str(rng.randint(1, 99))
    if kind < 0.85:
        return f"{rng.randint(1, 99)}.{rng.randint(0, 9)}"
    return str(rng.randint(100, 99_999))


def generate(count: int) -> list[tuple[str, str]]:
    """Return language and text of each passage."""
    blocks: list[list[tuple[str, str]]] = []
    for name, share in SHARES:
        made = [(name, text) for text in Language(name).passages(int(count * share))]
        blocks += [made[at : at + _BLOCK] for at in range(0, len(made), _BLOCK)]
    random.Random(SEED).shuffle(blocks)
    return [passage for block in blocks for passage in block]


def text_file(count: int) -> Path:
    """Return the corpus as a text file, one passage a line, made when missing."""
    path = cache_folder() / f"v{_VERSION}-{count}.txt"
    if not path.exists():
        half = path.with_suffix(".half")
        half.write_text("".join(f"{n}\t{text}\n" for n, text in generate(count)), "utf-8")
        plain = path.with_suffix(".plain")
        plain.write_text(
            "".join(line.split("\t", 1)[1] for line in half.open(encoding="utf-8")), "utf-8"
        )
        half.rename(path)
    return path


def plain_file(count: int) -> Path:
    """Return the corpus without the language column, as other tools read it."""
    return text_file(count).with_suffix(".plain")


def passages(count: int) -> Iterator[tuple[str, str]]:
    """Yield language and text of each passage of a corpus."""
    with text_file(count).open(encoding="utf-8") as lines:
        for line in lines:
            name, _, text = line.rstrip("\n").partition("\t")
            yield name, text


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of a generated passage's sentences."""
    spans, start = [], 0
    while start < len(text):
        end = text.find(". ", start)
        end = len(text) if end < 0 else end + 1
        spans.append((start, end))
        start = end + 1
    return spans


def project_file(count: int) -> Path:
    """Return a project that holds the corpus, made when missing."""
    path = cache_folder() / f"v{_VERSION}-{count}-schema-{SCHEMA_VERSION}.qual"
    if not path.exists():
        half = path.with_suffix(".half.qual")
        half.unlink(missing_ok=True)
        write_project(half, (text for _, text in passages(count)))
        half.rename(path)
    return path


def write_project(path: Path, texts: Iterator[str], *, per_document: int = 500) -> None:
    """Write a project file with these passages, 500 a document, and its index."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = wal")
    db.execute("PRAGMA synchronous = off")
    db.execute("BEGIN")
    for statement in (
        *m0001_initial.STATEMENTS,
        *INDEX_STATEMENTS,
        *m0002_solo.STATEMENTS,
        *m0003_totals.STATEMENTS,
        *m0004_searches.STATEMENTS,
    ):
        db.execute(statement)
    number, start, row, batch = 0, 0, 0, []
    for row, text in enumerate(texts, 1):
        if (row - 1) % per_document == 0:
            number, start = number + 1, 0
        cut = pack_cut(sentences(text), [])
        place = (row - 1) % per_document + 1
        batch.append((row, number, place, start, start + len(text), text, cut))
        start += len(text) + 1
    documents = []
    for document in range(1, number + 1):
        count = min(per_document, row - (document - 1) * per_document)
        documents.append((document, f"document-{document:04}", document, count))
    db.executemany(
        "INSERT INTO documents VALUES (?, ?, ?, 'en', '', '', '', 0, ?, '', '', '')", documents
    )
    db.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, 'paragraph', NULL, ?, char(10), ?)", batch
    )
    index.rebuild(db)
    db.execute("COMMIT")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
