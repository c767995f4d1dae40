"""Digests that prove that a text or a file is still what it was."""

from __future__ import annotations


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    # Its library takes longer to load than most things that are asked of a screen.
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(data).hexdigest()


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8; lone surrogates are kept apart, not replaced."""
    return sha256(text.encode("utf-8", "surrogatepass"))
