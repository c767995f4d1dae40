from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from tui.text.graphemes import is_boundary, next_boundary, previous_boundary

# Letters of many kinds, so that clusters come up often; a virama comes with its consonant.
CHARS = st.sampled_from(
    list("aZ1 \t\n.é中あｱ한각\u1100\u1161\u11a8\uac00")
    + list("\u0301\u0308\u0323\u200d\u200c\ufe0f\u20e3\uff9e\u0e33\u0e01\u093f\u0915\u0937")
    + [
        "\u0915\u094d",
        "😀",
        "👩",
        "❤",
        "🏽",
        "🇩",
        "🇪",
        "\U000e0067",
        "©",
        "\u200b",
        "\u00ad",
        "\u0b95",
    ]
)
TEXTS = st.lists(CHARS, max_size=20).map("".join)


def _clusters(text: str) -> list[str]:
    edges = [i for i in range(len(text) + 1) if is_boundary(text, i)]
    return [text[a:b] for a, b in pairwise(edges)]


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "e\u0301\u0323",
        "👩‍👩‍👧‍👦",
        "🇩🇪",
        "👍🏽",
        "❤️",
        "1️⃣",
        "각",
        "क्षि",
        "กำ",
        "ｶﾞ",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_a_cluster_has_no_boundary_inside(cluster: str) -> None:
    text = f"a{cluster}b"
    assert _clusters(text) == ["a", cluster, "b"]


def test_flags_are_pairs_counted_from_the_first() -> None:
    assert _clusters("🇩🇪🇫🇷🇮") == ["🇩🇪", "🇫🇷", "🇮"]


def test_a_mark_on_a_space_belongs_to_the_space() -> None:
    assert not is_boundary("a \u0301b", 2)
    assert is_boundary("a\n\u0301b", 2)


def test_steps_stop_at_both_ends() -> None:
    assert next_boundary("", 0) == 0
    assert previous_boundary("", 0) == 0
    assert next_boundary("e\u0301", 0) == 2
    assert previous_boundary("e\u0301", 2) == 0
    assert next_boundary("ab", 2) == 2


@given(TEXTS)
@example("©\u200d😀")
@example("😀\u200d\u200d😀")
@example("\u200d😀")
@example("©\u200d©")
@example("\u0915\u094d\u200d\u0937")
def test_clusters_agree_with_the_rules_of_unicode(text: str) -> None:
    assert _clusters(text) == list(iter_graphemes(text))


@given(TEXTS, st.integers(0, 20))
def test_a_step_forward_and_back_returns_to_the_boundary(text: str, index: int) -> None:
    index = min(index, len(text))
    while not is_boundary(text, index):
        index -= 1
    if index < len(text):
        assert previous_boundary(text, next_boundary(text, index)) == index
