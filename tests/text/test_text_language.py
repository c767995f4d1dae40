from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The teachers said that they were tired.", "en"),
        ("Die Lehrer sind nicht müde, und wir sind es auch.", "de"),
        ("Les enfants sont dans la cour avec une amie.", "fr"),
        ("Los niños están en el patio con una amiga.", "es"),
        ("Мы говорили о школе.", "ru"),
        ("Ми говорили про школу і її вчителів.", "uk"),
        ("我们讨论了外交政策。", "zh"),
        ("先生たちは疲れています。", "ja"),
        ("선생님들은 피곤합니다.", "ko"),
        ("Οι δάσκαλοι είναι κουρασμένοι.", "el"),
        ("המורים עייפים", "he"),
        ("The word 政策 means policy, and this is English.", "en"),
        ("Слово «policy» здесь по-английски.", "ru"),
        ("1993", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert guess_language(text) == language


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert len(guess_language(text)) == 2
