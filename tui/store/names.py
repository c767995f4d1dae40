"""Names for shell completion: read from cold, so nothing but a connection is needed here."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection

_QUERIES = {
    "code": "SELECT key, name FROM codes ORDER BY key",
    "branch": (
        "SELECT key || '+', name FROM codes WHERE id IN (SELECT parent_id FROM codes) ORDER BY key"
    ),
    "document": "SELECT name, '' FROM documents ORDER BY position, id",
    "case": "SELECT name, kind FROM cases ORDER BY name",
    "coder": "SELECT name, '' FROM coders ORDER BY name",
    "attribute": "SELECT name, kind FROM attributes ORDER BY name",
    "search": "SELECT name, query FROM searches ORDER BY name COLLATE NOCASE",
    "value": (
        "SELECT DISTINCT name || '=' || value, '' FROM attribute_values"
        " JOIN attributes ON attributes.id = attribute_id ORDER BY name, value"
    ),
}


def names_of(db: Connection, kind: str) -> list[tuple[str, str]]:
    """Return (name, a word about it) of all codes, documents, cases, coders, attributes, searches.

    Args:
        db: a reader.
        kind: ``code``, ``branch`` (``KEY+`` of those with codes below), ``document``, ``case``,
            ``coder``, ``attribute``, ``value`` (``NAME=VALUE`` of every attribute) or ``search``
            (the saved ones).
    """
    return db.execute(_QUERIES[kind]).fetchall()
