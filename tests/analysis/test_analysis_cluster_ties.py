"""What ties the codes of a cluster: as counting all pairs one by one finds it."""

from __future__ import annotations

import random
from itertools import combinations

from tui.analysis.cluster_ties import Tie, nearest_outside, pairs_within
from tui.analysis.clusters import Clustering, Dendrogram, Similarities


def made_of(values: Similarities, left: int = 0) -> Clustering:
    """Codes 10, 11, … with these similarities; the last ``left`` of them are in no cluster."""
    codes = [10 + at for at in range(len(values))]
    kept = range(len(codes) - left)
    defined = [[values[one][other] or 0.0 for other in kept] for one in kept]
    tree = Dendrogram(len(kept), [])
    return Clustering([codes[at] for at in kept], defined, tree, None, [], codes, values)


def test_the_pairs_of_a_cluster_are_the_most_similar_first_and_equal_ones_in_order() -> None:
    rng = random.Random(7)
    values: Similarities = [[1.0] * 40 for _ in range(40)]
    for one, other in combinations(range(40), 2):
        values[one][other] = values[other][one] = rng.randrange(-9, 10) / 10
    codes = rng.sample(range(10, 50), 30)

    def value(pair: tuple[int, int]) -> float:
        return values[pair[0] - 10][pair[1] - 10] or 0.0

    pairs = sorted(combinations(codes, 2), key=value, reverse=True)
    wanted = [Tie(value(pair), *pair) for pair in pairs]
    made = made_of(values)
    for most in (1, 7, 1000):
        assert pairs_within(made, codes, most) == wanted[:most]
    assert pairs_within(made, codes[:1], 5) == []


def test_an_undefined_similarity_outside_is_named_and_never_taken_for_0() -> None:
    made = made_of(
        [
            [1.0, 0.5, -0.2, None],
            [0.5, 1.0, None, None],
            [-0.2, None, 1.0, None],
            [None, None, None, 1.0],
        ],
        left=1,
    )
    outside = nearest_outside(made, [10, 11], 5)
    assert outside.nearest == [Tie(-0.2, 10, 12)] and outside.undefined == [13]
    assert nearest_outside(made, [13], 5).undefined == [10, 11, 12]
