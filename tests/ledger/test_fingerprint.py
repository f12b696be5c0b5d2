"""SHA-256, whoever reckons it."""

from __future__ import annotations

import hashlib

import pytest

from anjian_cli.ledger import fingerprint


@pytest.mark.parametrize(
    "length", [0, 1, 1000, fingerprint.SHORT // 3 - 1, fingerprint.SHORT // 3 + 1, fingerprint.SHORT]
)
def test_short_and_long(length: int) -> None:
    text = "隐" * length  # three bytes each
    assert fingerprint.sha256(text) == hashlib.sha256(text.encode()).hexdigest()
