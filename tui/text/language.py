"""Guessing the language of a text, well enough to cut its sentences and to name it."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 100_000
_SCRIPTS = (
    ("kana", "\u3041-\u30fa\uff66-\uff9d"),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"),
    ("hangul", "\u1100-\u11ff\uac00-\ud7a3"),
    ("cyrillic", "\u0400-\u052f"),
    ("greek", "\u0370-\u03ff"),
    ("arabic", "\u0600-\u06ff"),
    ("hebrew", "\u0590-\u05ff"),
    ("thai", "\u0e00-\u0e7f"),
    ("devanagari", "\u0900-\u097f"),
    ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
)
_COUNTERS = {name: re.compile(f"[{ranges}]") for name, ranges in _SCRIPTS}
_ALONE = {
    "hangul": "ko",
    "greek": "el",
    "arabic": "ar",
    "hebrew": "he",
    "thai": "th",
    "devanagari": "hi",
}
COMMON_WORDS = {
    "en": "the and of to in that is was for it with as on be by this not are they have you what",
    "de": "der die und das ist nicht ich sie mit den auf ein eine es dem zu von im sich auch wir",
    "fr": "le la les et des est une que dans pour qui pas sur il elle je nous vous ce du avec au",
    "es": "el la los que de y en un una por con para las del se no es lo como más pero su al",
    "pt": "o a os que de e em um uma para com não as do da se no na por mais como mas ao eu",
    "it": "il la che di e un una per non con sono del della si le gli in da come più ma ho nel",
    "nl": "de het een en van is niet dat ik op te voor met zijn er aan hij ze wij maar ook die",
    "pl": "i w nie na się z że jest to do jak co ale o od za po tak był dla czy tym już przez",
    "cs": "a se v je na že to s z do jako i ale o by pro si tak jsem ve co nebo od při který",
    "hu": "a az és hogy nem is egy ez van csak de volt ha mint meg már még azt ami ki el",
    "ro": "și în nu a de la că cu o este pe mai un din pentru au dar ce se sau sunt care",
    "hr": "je i u se na da su što za nije od ali sam to kao s bi ili po iz o koji te",
    "sv": "och att det är i en som på för med av inte den till jag har de var ett om men",
    "da": "og at det er i en som på for med af ikke den til jeg har de var et om men der",
    "fi": "ja on ei että se oli hän mutta en kun niin minä ovat joka myös mitä tai sen ole",
    "tr": "ve bir bu da de için ile çok ne var daha gibi ama o ben en olarak mi kadar değil",
    "lt": "ir yra kad tai į su iš kaip buvo bet ne aš jis ar už apie jau tik nuo po",
}
"""A few words of each Latin-script language that hardly any page does without."""

_WORD_SETS = {code: frozenset(words.split()) for code, words in COMMON_WORDS.items()}
_LATIN_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str:
    """Return the ISO 639-1 code of the language a text is most likely in.

    Judged by script, then by a few common words; ``en`` when nothing speaks for another.

    Args:
        text: any text; its first 100,000 characters are looked at.
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _latin(sample)
    # Han and kana say as much in one character as other scripts in three.
    counts = {name: len(pattern.findall(sample)) for name, pattern in _COUNTERS.items()}
    together = 3 * (counts["han"] + counts["kana"])
    others = {name: n for name, n in counts.items() if name not in ("han", "kana")}
    top = max(others, key=lambda name: others[name])
    if together > others[top]:
        return "ja" if 10 * counts["kana"] > counts["han"] else "zh"
    if top == "cyrillic":
        return _cyrillic(sample)
    return _ALONE[top] if top in _ALONE and others[top] else _latin(sample)


def count_common_words(text: str) -> Counter[str]:
    """Count, for each Latin-script language, how many words of ``text`` are its common ones."""
    words = Counter(_LATIN_WORD.findall(text.lower()))
    found: Counter[str] = Counter()
    for code, common in _WORD_SETS.items():
        found[code] = sum(count for word, count in words.items() if word in common)
    return found


def _latin(sample: str) -> str:
    """Return the language with most common words; English when none has any."""
    code, count = max(
        count_common_words(sample).items(), key=lambda item: (item[1], item[0] == "en")
    )
    return code if count else "en"


def _cyrillic(sample: str) -> str:
    """Tell Russian from its neighbours by the letters only they have."""
    small = sample.lower()
    if "ў" in small and "и" not in small:
        return "be"
    if len(re.findall("[їєґі]", small)) * 50 > len(re.findall("[а-я]", small)):
        return "uk"
    return "ru"
