from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import QualError
from tui.text.charsets import name_charset
from tui.text.normalise import decode

RUSSIAN = "Интервьюер: Расскажите о себе.\nОтвет: Я живу в Казани, ёлки-палки!\n"
SAMPLES = [
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "mac-cyrillic"),
    (RUSSIAN, "iso8859-5"),
    ("Їжак їв і сміявся. Щоденні турботи є в усіх.", "cp1251"),
    ("Їжак їв і сміявся. Щоденні турботи є в усіх.", "koi8-u"),
    ("“Smart” café – naïve… €5\n", "cp1252"),
    ("Grüße", "cp1252"),
    ("one accent é alone\n" * 3, "cp1252"),
    ("Le garçon a été très heureux à l'école où ça va bien.", "cp850"),
    ("Le garçon a été très heureux à l'école où ça va bien.", "mac-roman"),
    ("Žluťoučký kůň úpěl ďábelské ódy.\n", "cp1250"),
    ("Zażółć gęślą jaźń. Wszyscy się śmiali i mówili, że źle.", "iso8859-2"),
    ("Az őrült hölgy fűtött. Nem tudom, hogy miért jött későn.", "cp1250"),
    ("Öğrenciler şimdi çok yorgun ve ışık yanıyor.", "cp1254"),
    ("Mokytojai yra pavargę ir šiandien dirba ilgiau, nei reikėjo. Ačiū už tai.", "cp1257"),
    ("Οι δάσκαλοι είναι κουρασμένοι και θέλουν να φύγουν.", "cp1253"),
    ("מראיין: שלום!\nמשיב: תודה רבה.\n", "cp1255"),
    ("المعلمون متعبون جدا ويريدون الذهاب إلى البيت.", "cp1256"),
    ("ครูเหนื่อยมากและอยากกลับบ้าน เพราะงานมีมากเกินไป", "cp874"),
    ("老师们很累，他们想回家。我们讨论了外交政策。", "gb18030"),
    ("訪問者：お名前は？\n受訪者：我叫王小明，𠮷野家。\n", "gb18030"),
    ("老師們很累，他們想回家。我們討論了外交政策。", "big5"),
    ("訪問者：お名前は？\n回答：山田です。\n", "cp932"),
    ("先生たちはとても疲れていて、家に帰りたいと言いました。", "euc_jp"),
    ("면접자: 안녕하세요?\n응답자: 네, 반갑습니다.\n", "cp949"),
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1)


@pytest.mark.parametrize(("text", "encoding"), SAMPLES)
def test_older_character_sets_are_recognised_and_named(text: str, encoding: str) -> None:
    found, note = decode(text.encode(encoding))
    assert found == text
    assert note.endswith(", guessed")


@pytest.mark.parametrize(("text", "encoding"), SAMPLES)
def test_a_named_character_set_is_used_as_asked(text: str, encoding: str) -> None:
    found, note = decode(text.encode(encoding), encoding=encoding)
    assert found == text
    assert note == f"read as {name_charset(encoding)}, as asked"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@given(text=TEXTS.filter(lambda text: bool(text.strip())))
def test_a_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str, text: str) -> None:
    if text.strip("\ufeff") == text and not (encoding == "utf-16-le" and text[0] == "\0"):
        assert decode(mark + text.encode(encoding))[0] == text


@given(TEXTS)
def test_utf8_comes_back_unchanged(text: str) -> None:
    data = text.encode()
    try:
        found, _ = decode(data, encoding="utf-8")
    except QualError as error:
        assert "white space" in error.message
    else:
        assert found == text.removeprefix("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_recognised_without_its_mark(encoding: str) -> None:
    for text in (RUSSIAN, "Plain English, two lines.\nNo more.\n", "日本語 です\n"):
        found, note = decode(text.encode(encoding))
        assert found == text
        assert "no byte order mark" in note


def test_newlines_become_one_kind_and_nothing_else_changes() -> None:
    data = "a\r\nb\nc\rd\u2028e\x0bf\x0cg\x85h\ti\u00a0\n\r\n".encode()
    assert decode(data)[0] == "a\nb\nc\nd\u2028e\x0bf\x0cg\x85h\ti\u00a0\n\n"


def test_a_nul_in_a_text_stays_and_is_told() -> None:
    assert decode(b"abc\x00def\n") == ("abc\x00def\n", "holds 1 NUL character, kept as found")


def test_bytes_that_are_not_utf8_in_utf8_are_read_and_counted() -> None:
    found, note = decode(b"caf\xc3\xa9 \xe9t\xe9 \xff\n")
    assert found == "café été ÿ\n"
    assert note == "read as UTF-8; 3 bytes that are not UTF-8 read as Windows-1252"
    found, note = decode((RUSSIAN * 400).encode() + b"\x97 \xd0\xba\n")
    assert found == RUSSIAN * 400 + "— к\n"
    assert "1 byte that is not UTF-8" in note


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "only white space"),
        (codecs.BOM_UTF8, "only white space"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04 and so on", "a zip archive"),
        (b"{\\rtf1 hello}", "an RTF document"),
        (b"SQLite format 3\x00....", "an SQLite database"),
        (bytes(range(32)) * 4, "control characters"),
        (random.Random(7).randbytes(999), "bytes that no text has"),
        (bytes(random.Random(7).choices(range(128, 256), k=999)), "no character set"),
        (codecs.BOM_UTF16_LE + b"a\0\x00\xd8", "damaged at byte 3"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(QualError) as caught:
        decode(data, name="notes.txt")
    assert caught.value.message.startswith("notes.txt ")
    assert why in caught.value.message
    assert caught.value.hint
    assert "\n" not in caught.value.message


def test_a_wrong_or_unknown_encoding_is_refused_in_words() -> None:
    with pytest.raises(QualError, match="byte 1 does not fit"):
        decode("é".encode("cp1252"), encoding="utf-8")
    for name in ("klingon", "base64", "rot13"):
        with pytest.raises(QualError, match="no character set is called"):
            decode(b"abc", encoding=name)


@given(st.binary(max_size=200))
def test_any_bytes_become_text_or_a_message(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except QualError as error:
        assert error.message and error.hint
    else:
        text.encode("utf-8")
        assert "\r" not in text


def test_the_sample_is_taken_where_the_letters_are() -> None:
    text = "plain words " * 50_000 + "et le garçon a été très heureux à l’école"
    assert decode(text.encode("cp1252"))[0] == text
