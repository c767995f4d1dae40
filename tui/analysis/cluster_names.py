"""Names of clusters: memos on the project that name a set of codes.

What a cluster means is the researcher's reading, so it is kept where readings are kept: a memo,
dated, with its author, in the journal, undone and exported like any other. Its first line is
``Cluster: NAME``, then each code stands as a link, then how the cluster came about. A name is found
again by its codes, whatever measure, linkage or cut brings them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tui.model.code import Code
from tui.model.memo import Memo, MemoTarget

NAME_LIMIT: Final = 80
ON_PROJECT: Final = MemoTarget("project")
"""What these memos are on."""
_FIRST: Final = re.compile(r"Cluster: *(\S[^\n]*)\n")
_LINK: Final = re.compile(r"^\[\[(\S+)[^\n]*\]\] *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedCluster:
    """A name that a coder gave to a set of codes."""

    memo_id: int
    name: str
    keys: frozenset[str]
    """Keys of its codes, folded."""
    coder_id: int
    text: str
    """The whole memo."""

    def renamed(self, name: str) -> str:
        """Return the memo under another name."""
        return _FIRST.sub(lambda _: f"Cluster: {name}\n", f"{self.text}\n", count=1)


def named_clusters(memos: Iterable[Memo]) -> list[NamedCluster]:
    """Return what memos on the project name, in their order."""
    found = []
    for memo in memos:
        first = _FIRST.match(f"{memo.text}\n")
        keys = frozenset(key.casefold() for key in _LINK.findall(memo.text))
        if first is not None and keys:
            name = first[1].strip()[:NAME_LIMIT]
            found.append(NamedCluster(memo.id, name, keys, memo.coder_id, memo.text))
    return found


def names_cluster(memo: Memo) -> bool:
    """Tell whether a memo on the project is there to name a cluster."""
    return bool(named_clusters([memo]))


def find_name(
    names: Sequence[NamedCluster], codes: Iterable[Code], coder_id: int
) -> NamedCluster | None:
    """Return what exactly these codes are called: the coder's own newest name, else the newest."""
    keys = frozenset(code.key.casefold() for code in codes)
    fitting = [each for each in names if each.keys == keys]
    return max(fitting, key=lambda each: (each.coder_id == coder_id, each.memo_id), default=None)


def find_near_name(
    names: Sequence[NamedCluster], codes: Iterable[Code], coder_id: int
) -> NamedCluster | None:
    """Return what a cluster was called that shares at least half of its codes with these.

    Half of all codes that are in either; of several the one that shares most.
    """
    keys = frozenset(code.key.casefold() for code in codes)

    def shared(named: NamedCluster) -> float:
        return len(named.keys & keys) / len(named.keys | keys)

    found = max(
        names,
        key=lambda each: (shared(each), each.coder_id == coder_id, each.memo_id),
        default=None,
    )
    return found if found is not None and shared(found) >= 0.5 else None


def naming_memo(name: str, codes: Iterable[Code], how: str) -> str:
    """Return the memo that names a cluster.

    Args:
        name: its name.
        codes: its codes.
        how: a line about how it came about; may be empty.
    """
    links = "\n".join(f"[[{code.key} {code.name}]]" for code in codes)
    return f"Cluster: {name}\n\n{links}\n\n{how}".rstrip()
