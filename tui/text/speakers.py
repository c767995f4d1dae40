"""Recognising a transcript: who speaks in lines such as ``Anna: I came late.``

A colon after a short phrase is common in any prose, so a text counts as a transcript only by the
pattern of all its lines together; see :func:`find_turns`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_NAME_LENGTH = 40
_NAME_WORDS = 4
_TIME = r"[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?"
# [00:01:02] **Anna (teacher)** (00:01): text. After an ASCII colon something must show that the
# phrase has ended, or http://x and 12:30 would be names. Spaces are counted out so that a line of
# nothing else costs no time.
_LABEL = re.compile(
    rf"^[ \t\u3000]{{0,20}}(?:{_TIME}[ \t]{{0,4}}(?:[-–—][ \t]{{0,4}})?)?"
    rf"(?:[-–—][ \t]{{1,4}})?\*{{0,2}}\[?"
    rf"(?P<name>[^\W_][^\n:：*\[\]()<>\"“”«»?!;,|=\t]{{0,{_NAME_LENGTH - 1}}}?)\]?"
    rf"(?:[ \t]{{0,2}}\([^()\n]{{1,30}}\))?\*{{0,2}}(?:[ \t]{{0,4}}{_TIME})?[ \t]{{0,4}}"
    r"(?:：|:(?=\*{0,2}(?:\s|\Z)|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]))\*{0,2}",
    re.MULTILINE,
)
_ENDS_LIKE_SPEECH = re.compile(r"[.!?…。！？؟][\"'”’»」』)）]*\s*\Z")
_DIGIT_FIRST = re.compile(r"\d")


# Phrases that stand before a colon without being anybody; compared in lower case.
_NOBODY = frozenset(
    phrase.strip()
    for line in (
        "note, notes, nb, n.b, warning, caution, example, examples, e.g, i.e, see, see also, re",
        "source, sources, title, subtitle, author, authors, date, time, place, location, subject",
        "to, from, cc, bcc, sent, abstract, keywords, key words, summary, conclusion, conclusions",
        "introduction, background, methods, results, discussion, purpose, aim, aims, goal, goals",
        "objective, objectives, figure, table, fig, appendix, references, url, link, email, e-mail",
        "phone, tel, fax, address, http, https, ftp, mailto, file, version, status, type, category",
        "tags, language, pros, cons, advantages, disadvantages, strengths, weaknesses, important",
        "tip, hint, definition, theorem, lemma, proof, remark, problem, solution, step, first",
        "second, third, finally, total, price, todo, ps, p.s, chapter, part, section, duration",
        "participants, present, age, gender, sex, occupation, name, interview date, recorded",
        "include, exclude, copyright, license, isbn, doi, publisher, memo, fact, facts, in short",
        "примечание, примечания, прим, например, источник, источники, тема, дата, время, место",
        "автор, авторы, от кого, кому, от, копия, цель, цели, задача, задачи, вывод, выводы",
        "введение, заключение, ключевые слова, аннотация, рис, рисунок, таблица, табл, тел, адрес",
        "итого, внимание, важно, пример, примеры, см, пол, возраст, название, имя, фио, участники",
        "во-первых, во-вторых, в-третьих, таким образом",
        "注, 注意, 例, 例如, 摘要, 关键词, 關鍵詞, 来源, 來源, 日期, 时间, 時間, 地点, 地點",
        "作者, 题目, 題目, 标题, 標題, 备注, 備註, 姓名, 年龄, 年齡, 性别, 性別",
        "第一, 第二, 第三, 首先, 其次, 日時, 場所, 출처, 날짜, 제목, 주의, 참고",
        "hinweis, beispiel, quelle, datum, ort, thema, betreff, zusammenfassung, titel, autor",
        "remarque, exemple, nota, ejemplo, fuente, fecha, lugar, objet, titre, auteur",
    )
    for phrase in line.split(",")
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The start of one speaker turn."""

    start: int
    """Offset of the line that carries the name."""
    speaker: str
    """The name, spaces inside it made single."""


def find_turns(text: str) -> list[Turn]:
    """Return where speakers begin to speak, or nothing when the text is no transcript.

    It is one when at least three lines carry a plausible name and

    * two names come back, and at least every tenth line carries one; or
    * one name comes back, and at least two lines in five carry one; or
    * every line carries one and most of the lines end like speech.

    Args:
        text: the whole stored text.
    """
    turns = [
        Turn(found.start(), " ".join(found["name"].split()))
        for found in _LABEL.finditer(text)
        if is_name(found["name"])
    ]
    if len(turns) < 3:
        return []
    lines = sum(1 for line in text.splitlines() if not line.isspace() and line)
    share = len(turns) / max(lines, 1)
    counts = Counter(turn.speaker for turn in turns)
    recurring = sum(1 for count in counts.values() if count > 1)
    if recurring >= 2 and share >= 0.1:
        return _without_chance_names(turns, counts)
    if recurring == 1 and share >= 0.4:
        return turns
    if share == 1 and _sounds_spoken(text, turns):
        return turns
    return []


def is_name(phrase: str) -> bool:
    """Tell whether a phrase before a colon could name a speaker.

    Args:
        phrase: what stands before the colon, without decoration.
    """
    words = phrase.split()
    if not words or len(words) > _NAME_WORDS or len(phrase) > _NAME_LENGTH:
        return False
    if _DIGIT_FIRST.match(phrase) or phrase.rstrip(".").lower() in _NOBODY:
        return False
    # A name is written with a capital, or in a script that has none; "one more thing:" is no name,
    # while "interviewer:" may be.
    first = words[0][0]
    return not first.islower() or len(words) == 1


def _without_chance_names(turns: list[Turn], counts: Counter[str]) -> list[Turn]:
    """Drop names seen once that read like phrases, not like names, in a large transcript."""
    if len(turns) < 20:
        return turns
    return [turn for turn in turns if counts[turn.speaker] > 1 or " " not in turn.speaker]


def _sounds_spoken(text: str, turns: list[Turn]) -> bool:
    """Tell whether most turns end like a sentence; the fields of a form do not."""
    ends = [turn.start for turn in turns[1:]] + [len(text)]
    spoken = sum(
        1
        for turn, end in zip(turns, ends, strict=True)
        if _ENDS_LIKE_SPEECH.search(text, max(turn.start, end - 20), end)
    )
    return 2 * spoken > len(turns)
