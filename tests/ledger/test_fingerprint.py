"""SHA-256, whoever reckons it."""

from __future__ import annotations

import hashlib

import pytest

from anjian_cli.ledger import fingerprint


@pytest.mark.parametrize("before", [0, fingerprint.FIRST - 3000, fingerprint.FIRST])
@pytest.mark.parametrize("length", [0, 1, 1000, 1001])
def test_the_first_of_a_run_and_those_behind(before: int, length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "_so_far", before)
    text = "隐" * length  # three bytes each
    assert fingerprint.sha256(text) == hashlib.sha256(text.encode()).hexdigest()
