"""SHA-256 of a text.

The first ones of a run are hashed by code that the interpreter brings along: hashlib loads OpenSSL, which takes longer
than hashing all that a step such as `hazard close` does. Where more comes, all that follows is hashed by hashlib, five
times as fast.
"""

from __future__ import annotations

try:
    from _sha2 import sha256 as _own  # type: ignore[import-not-found]  # from Python 3.12 on
except ImportError:
    try:
        from _sha256 import sha256 as _own  # type: ignore[import-not-found]
    except ImportError:  # an interpreter that was built without it
        from hashlib import sha256 as _own

FIRST = 1 << 20
"""Bytes, 4 ms."""

_so_far = 0


def sha256(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits. Raises UnicodeEncodeError for lone surrogates."""
    global _so_far
    told = text.encode()
    _so_far += len(told)
    if _so_far <= FIRST:
        digest: str = _own(told).hexdigest()
        return digest
    import hashlib

    return hashlib.sha256(told).hexdigest()
