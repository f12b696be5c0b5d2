"""SHA-256 of a text.

A short one is hashed by code that the interpreter brings along: hashlib loads OpenSSL, which takes longer than hashing
all that a step such as `hazard close` does. A long one is hashed by hashlib, five times as fast.
"""

from __future__ import annotations

try:
    from _sha2 import sha256 as _own  # type: ignore[import-not-found]  # from Python 3.12 on
except ImportError:
    try:
        from _sha256 import sha256 as _own  # type: ignore[import-not-found]
    except ImportError:  # an interpreter that was built without it
        from hashlib import sha256 as _own

SHORT = 1 << 18
"""Bytes, under a millisecond."""


def sha256(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits. Raises UnicodeEncodeError for lone surrogates."""
    told = text.encode()
    if len(told) <= SHORT:
        digest: str = _own(told).hexdigest()
        return digest
    import hashlib

    return hashlib.sha256(told).hexdigest()
