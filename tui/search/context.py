"""What stands around a hit, in sentences or paragraphs of its document."""

from __future__ import annotations

from tui.store import lookup
from tui.text.cut import read_sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection

    from tui.search.hit import Hit


def around(
    db: Connection, hit: Hit, before: int, after: int, paragraphs: bool
) -> tuple[list[str], list[str]]:
    """Return up to ``before`` and ``after`` units beside a hit, in reading order.

    Memos and codes have nothing around them.
    """
    if not hit.passage_id or hit.document_id is None:
        return [], []
    reach = max(before, after)
    rows = lookup.neighbours(db, hit.document_id, hit.number - reach, hit.number + reach)
    units: list[tuple[int, int, str]] = []
    for _, start, text, packed in rows:
        cuts = [] if paragraphs else read_sentences(packed)
        units += [(start + a, start + b, text[a:b]) for a, b in cuts or [(0, len(text))]]
    earlier = [text for _, end, text in units if end <= hit.start]
    later = [text for start, _, text in units if start >= hit.end]
    return earlier[-before:] if before else [], later[:after]
