"""Telling which older character set a file is in, when it is not UTF.

Each set that can decode the file at all is judged by what comes out: are these the letters that a
language uses, as often as it uses them, with capitals where capitals stand? Own code and not a
library, since the libraries at hand take short Cyrillic, Hebrew and Czech files for something else.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable
from functools import cache

from tui.errors import QualError
from tui.text.language import count_common_words

_SAMPLE = 8_000
"""Bytes looked at, from lines that hold more than ASCII."""
_SURE = 0.15
"""Points per character below which nothing that came out looks like a language."""

_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "cp866": "DOS Cyrillic (cp866)",
    "cp850": "DOS Latin (cp850)",
    "cp874": "Windows-874 (Thai)",
    "cp932": "Shift JIS",
    "cp949": "EUC-KR (cp949)",
    "mac-cyrillic": "Mac Cyrillic",
    "mac-roman": "Mac Roman",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "euc_jp": "EUC-JP",
}

# Letters of each script, the most frequent first.
_ORDERS = {
    "cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў",
    "greek": "αοιετσνηυρπκμλςωδγχθίάόφέβήύξζώψϊΐϋΰ",
    "hebrew": "יוהלארתבשמםנכדפקעחטסזגןצץףך",
    "arabic": "الينمورتبةعدسفهكقأحجشصىخإطذزثئضغءؤظآًٌٍَُِّْ",
    "thai": "านรอกเง่ยมลว้ัทตสดีิปคะแหไจขใชพถผธบโณศษูึุื็ซ์ฟฉภญฎฏฐฑฒฬฮๆฯำๅํ",
}
_LATIN = {
    "en": "éèêëïöüçñáíóú",
    "fr": "éèàêçôûîâùëïœ",
    "de": "üäöß",
    "es": "óíáéñúü",
    "pt": "ãçáéíóêõâôúà",
    "it": "àèùìòé",
    "sv": "äåöé",
    "da": "øæåé",
    "is": "áðíéóúýþæö",
    "pl": "łąężśóćńź",
    "cs": "áíéěřýžščůúťďňóľĺŕôä",
    "hu": "áéöóőüíúű",
    "ro": "ăîâşţșț",
    "hr": "čšžćđ",
    "tr": "ıişüöğçâ",
    "lt": "ėšįųčąžūę",
    "lv": "āīšēņļžūķģč",
    "et": "äõüöšž",
}
_SIGNS = "“”‘’„‚«»–—…€£§°©®™•·№\u00a0¿¡ºª"
_WIDE_SIGNS = "，。、：；？！「」『』（）“”‘’《》〈〉【】…—·・ー～　％／"
_COMMON_HAN = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
    "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
    "這個國來說們為時會過對裡後麼沒發當無開經頭動兩長問題學點與關實現機訪者受名"
)
_COMMON_HANGUL = frozenset(
    "이다는을에고의가하지한를도로어은서기사아니요나있자리대그라시만들수보해정일"
)
_VOWELLESS = re.compile("[бвгджзйклмнпрстфхцчшщ]{5,}|\\b[ъьы]|[ъьй][ъь]", re.IGNORECASE)
_ASCII_LETTER = re.compile("[A-Za-z]")
_FINAL_INSIDE = re.compile("[םןץףך](?=[א-ת])")

_Judge = Callable[[str], float]


def name_charset(encoding: str) -> str:
    """Return what people call a character set.

    Args:
        encoding: a name that Python knows.
    """
    name = codecs.lookup(encoding).name
    if name.startswith("cp125"):
        return "Windows-" + name[2:]
    return _NAMES.get(encoding) or _NAMES.get(name) or name.upper()


def guess_charset(data: bytes, name: str) -> tuple[str, str]:
    """Decode bytes that are not UTF in the set whose outcome looks most like a language.

    Args:
        data: the whole file.
        name: what to call it in an error.

    Returns:
        The text and a note that names the set.

    Raises:
        QualError: nothing that comes out looks like a language.
    """
    sample = _sample(data)
    scores: list[tuple[float, str]] = []
    for encoding, judge, handicap in _candidates():
        text = _decoded(sample, encoding)
        if text is not None:
            scores.append((judge(text) - handicap, encoding))
    mended, strays = _mended(sample)
    if mended:
        scores.append((_judge_any(mended) + _trust_in_mending(sample, strays), ""))
    scores.sort(key=lambda item: -item[0])
    for score, encoding in scores:
        if score < _SURE:
            break
        if not encoding:
            text, strays = _mended(data)
            plural = "s that are" if strays > 1 else " that is"
            return text, f"read as UTF-8; {strays:,} byte{plural} not UTF-8 read as Windows-1252"
        try:
            return data.decode(encoding), f"read as {name_charset(encoding)}, guessed"
        except UnicodeDecodeError:
            continue
    raise QualError(
        f"{name} is in no character set that can be told from its content",
        "Name it with `--encoding` (windows-1251, gb18030, …), or save the file as UTF-8.",
    )


def _sample(data: bytes) -> bytes:
    """Return lines that hold more than ASCII, some kilobytes of them."""
    lines: list[bytes] = []
    size = 0
    for found in re.finditer(rb"[\x80-\xff][^\r\n]*", data):
        # Back to the start of the line or, in a very long one, to a space: never into a character.
        begin = max(data.rfind(mark, 0, found.start()) + 1 for mark in (b"\n", b"\r"))
        if found.start() - begin > _SAMPLE // 8:
            begin = data.rfind(b" ", begin, found.start()) + 1 or begin
        lines.append(data[begin : min(found.end(), begin + _SAMPLE)])
        size += len(lines[-1])
        if size > _SAMPLE:
            break
    return b"\n".join(lines)


def _decoded(sample: bytes, encoding: str) -> str | None:
    """Decode a sample strictly; a character cut off at the end of a line is forgiven."""
    pieces: list[str] = []
    for line in sample.split(b"\n"):
        try:
            pieces.append(codecs.getincrementaldecoder(encoding)().decode(line))
        except UnicodeDecodeError:
            return None
    return "\n".join(pieces)


@cache
def _candidates() -> tuple[tuple[str, _Judge, float], ...]:
    """Return each set, how to judge what it makes, and how far it stands back in a tie."""
    cyrillic, latin = _judge_of("cyrillic"), _judge_latin
    return (
        ("cp1251", cyrillic, 0.0),
        ("koi8-r", cyrillic, 0.02),
        ("koi8-u", cyrillic, 0.03),
        ("cp866", cyrillic, 0.02),
        ("mac-cyrillic", cyrillic, 0.04),
        ("iso8859-5", cyrillic, 0.1),
        ("cp1252", latin, 0.0),
        ("cp1250", latin, 0.05),
        ("iso8859-2", latin, 0.1),
        ("cp1254", latin, 0.05),
        ("cp1257", latin, 0.05),
        ("cp850", latin, 0.2),
        ("mac-roman", latin, 0.2),
        ("cp1253", _judge_of("greek"), 0.05),
        ("cp1255", _judge_of("hebrew"), 0.05),
        ("cp1256", _judge_of("arabic"), 0.05),
        ("cp874", _judge_of("thai"), 0.1),
        ("gb18030", _judge_chinese("gb2312", 0xD7), 0.0),
        ("big5hkscs", _judge_chinese("big5", 0xC6), 0.0),
        ("cp932", _judge_japanese, 0.0),
        ("euc_jp", _judge_japanese, 0.0),
        ("cp949", _judge_korean, 0.0),
    )


def _judge_of(script: str) -> _Judge:
    """Return the judge of a script with letters of its own."""
    order = _ORDERS[script]
    points = {char: 1.2 - 1.4 * rank / len(order) for rank, char in enumerate(order)}
    points.update({char: 0.4 for char in _SIGNS})

    def judge(text: str) -> float:
        counts = _foreign(text)
        total = sum(counts.values())
        if not total:
            return 0.0
        score = 0.0
        for char, count in counts.items():
            small = char.lower()
            if char == small:
                score += count * points.get(char, -1.5)
            else:
                score += count * min(points.get(small, -1.5), 0.5)
        score -= 1.5 * _oddities(text)
        score -= len(_VOWELLESS.findall(text)) + 1.5 * len(_FINAL_INSIDE.findall(text))
        # One odd letter in a page of English is an accent, whatever letter it would make here.
        plain = len(_ASCII_LETTER.findall(text))
        return score / total - 0.5 * plain / (plain + total)

    return judge


def _judge_latin(text: str) -> float:
    """Judge text in Latin script by the language that explains its letters best."""
    counts = _foreign(text)
    total = sum(counts.values())
    if not total:
        return 0.0
    common = count_common_words(text)
    most = max(common.values()) or 1
    best = -9.0
    for language, letters in _LATIN.items():
        score = 0.0
        for char, count in counts.items():
            if char.lower() in letters:
                score += count * (1.0 - 0.5 * letters.index(char.lower()) / len(letters))
            elif char in _SIGNS:
                score += 0.5 * count
            else:
                score -= count * (0.7 if char.isalpha() else 1.5)
        best = max(best, score / total + 0.4 * common[language] / most)
    return best - 1.5 * _oddities(text) / total


def _judge_chinese(plane: str, last_common: int) -> _Judge:
    """Return the judge of Chinese: its common characters fill the first part of a national set."""

    def judge(text: str) -> float:
        score = 0.0
        counts = _foreign(text)
        for char, count in counts.items():
            if char in _WIDE_SIGNS:
                score += 0.8 * count
            elif char in _COMMON_HAN:
                score += 1.3 * count
            elif "\u3041" <= char <= "\u30ff":
                score += 0.3 * count
            elif not ("\u3400" <= char <= "\u9fff" or char >= "\U00020000"):
                score -= (3.0 if "\ue000" <= char <= "\uf8ff" else 0.8) * count
            else:
                lead = char.encode(plane, "ignore")[:1]
                common = bool(lead) and lead[0] <= last_common
                score += count * (0.8 if common else -0.3)
        return score / max(sum(counts.values()), 1)

    return judge


def _judge_japanese(text: str) -> float:
    """Judge Japanese: kana must be there; half-width katakana mostly means a wrong guess."""
    score = 0.0
    kana = 0
    counts = _foreign(text)
    for char, count in counts.items():
        if char in _WIDE_SIGNS:
            score += 0.8 * count
        elif "\u3041" <= char <= "\u30fe":
            kana += count
            score += (1.2 if char < "\u30a0" else 0.9) * count
        elif "\u4e00" <= char <= "\u9fff":
            lead = char.encode("euc_jp", "ignore")[:1]
            score += count * (0.7 if lead and lead[0] <= 0xCF else -0.4)
        else:
            score -= (0.6 if "\uff61" <= char <= "\uff9f" else 1.0) * count
    total = sum(counts.values())
    return score / max(total, 1) - (0.6 if 10 * kana < total else 0.0)


def _judge_korean(text: str) -> float:
    """Judge Korean: hardly anything but the two thousand common syllables."""
    score = 0.0
    counts = _foreign(text)
    for char, count in counts.items():
        if char in _COMMON_HANGUL:
            score += 1.4 * count
        elif "\uac00" <= char <= "\ud7a3":
            lead, trail = char.encode("cp949")
            score += count * (0.9 if lead >= 0xB0 and trail >= 0xA1 else -0.8)
        elif char in _WIDE_SIGNS:
            score += 0.5 * count
        else:
            score -= 0.6 * count
    return score / max(sum(counts.values()), 1)


def _judge_any(text: str) -> float:
    """Judge text in whatever language it is."""
    return max(judge(text) for judge in {judge for _, judge, _ in _candidates()})


def _foreign(text: str) -> Counter[str]:
    """Count the characters beyond ASCII."""
    return Counter(re.findall(r"[^\x00-\x7f]", text))


def _oddities(text: str) -> int:
    """Count what no writing does: capitals after small letters, signs and scripts inside words."""
    count = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char < "\x80":
            continue
        if not char.isalpha():
            count += char not in "’·-\u00ad" and before.isalpha() and after.isalpha()
        elif before.isalpha():
            count += (before.islower() and char.isupper()) or (char > "\u0370" and before < "\x80")
    return count


def _mended(data: bytes) -> tuple[str, int]:
    """Decode UTF-8, and each byte that is none as Windows-1252; return the text and their number.

    The text is empty when the bytes hold no UTF-8 sequence at all.
    """
    strays = 0
    pieces: list[str] = []
    start = 0
    text = data.decode("utf-8", "surrogateescape")
    if text.isascii() or not re.search("[\x80-\ud7ff\ue000-\U0010ffff]", text):
        return "", 0
    for found in re.finditer("[\udc80-\udcff]", text):
        byte = bytes([ord(found[0]) - 0xDC00])
        pieces += (text[start : found.start()], byte.decode("cp1252", "ignore") or chr(byte[0]))
        start = found.end()
        strays += 1
    pieces.append(text[start:])
    return "".join(pieces), strays


def _trust_in_mending(sample: bytes, strays: int) -> float:
    """Return how much the share of good sequences speaks for damaged UTF-8, -0.5 to 0.5."""
    good = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", sample))
    return good / (good + strays) - 0.5
