"""What ties the codes of a cluster: their pairs, and the codes outside that are nearest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import nlargest

from tui.analysis.clusters import Clustering


@dataclass(frozen=True, slots=True)
class Tie:
    """Two codes and how similar they are."""

    similarity: float
    one: int
    """A code of the cluster."""
    other: int
    """Another one of it, or one outside."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What codes outside a cluster have to do with it."""

    nearest: list[Tie]
    """Each with the code of the cluster that it is most similar to, the most similar first."""
    undefined: list[int]
    """Those whose similarity to every code of the cluster is undefined."""


def pairs_within(made: Clustering, codes: Sequence[int], most: int) -> list[Tie]:
    """Return the pairs of a cluster, the most similar first; equal ones as the codes are given.

    Args:
        made: the clustering, with the similarities that it was made of.
        codes: those of the cluster, each of them in the tree: all their pairs are defined.
        most: how many pairs are wanted, 1 or more.
    """
    place = {code: at for at, code in enumerate(made.items)}
    places = [place[code] for code in codes]
    found: list[tuple[float, int, int]] = []
    least = float("-inf")
    for at, own in enumerate(places):
        row = made.values[own]
        ahead = enumerate(places[at + 1 :], at + 1)
        found += [(-row[there], at, other) for other, there in ahead if row[there] > least]
        if len(found) > most * 4:
            # Of a thousand codes nearly no pair is among the first: the rest is only compared.
            found = sorted(found)[:most]
            least = -found[-1][0]
    return [Tie(-value, codes[at], codes[other]) for value, at, other in sorted(found)[:most]]


def nearest_outside(made: Clustering, codes: Collection[int], most: int) -> Outside:
    """Return the codes outside a cluster that are nearest to any code of it.

    Args:
        made: the clustering; codes that it compared and left out of the tree count, too.
        codes: those of the cluster; one that is left out stands for itself.
        most: how many of the nearest are wanted.
    """
    place = {code: at for at, code in enumerate(made.compared)}
    inside = [(code, made.similarities[place[code]]) for code in codes if code in place]
    nearest: list[Tie] = []
    undefined: list[int] = []
    for at, other in enumerate(made.compared):
        if other in codes:
            continue
        best: Tie | None = None
        for one, row in inside:
            value = row[at]
            if value is not None and (best is None or value > best.similarity):
                best = Tie(value, one, other)
        if best is None:
            undefined.append(other)
        else:
            nearest.append(best)
    return Outside(nlargest(most, nearest, key=lambda tie: tie.similarity), undefined)
