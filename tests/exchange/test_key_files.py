"""The private key's file is its owner's, and public keys lie beside the ledger."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from anjian_cli.exchange import key_files
from support.desk import refuses

ONE, OTHER = "a" * 64, "b" * 64


def test_public_keys_lie_beside_the_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "甲.db"
    assert key_files.known(ledger) == frozenset()
    key_files.remember(ledger, ONE, "2018-11-02 经办人甲")
    key_files.remember(ledger, ONE, "2018-11-03 经办人乙")
    key_files.remember(ledger, OTHER, "2018-11-03 经办人乙")
    assert key_files.known(ledger) == {ONE, OTHER}
    path = key_files.beside(ledger)
    assert path == tmp_path / "甲.db.keys"
    assert path.read_text(encoding="utf-8").splitlines() == [
        f"{ONE}  2018-11-02 经办人甲",
        f"{OTHER}  2018-11-03 经办人乙",
    ]
    path.write_text(f"{ONE}  手写的，末尾没有换行", encoding="utf-8")
    key_files.remember(ledger, OTHER, "2018-11-03 经办人乙")
    assert key_files.known(ledger) == {ONE, OTHER}
    path.write_bytes(b"\xff\xfe")
    assert key_files.known(ledger) == frozenset()


def test_a_private_key_that_is_not_there_or_is_no_text(tmp_path: Path) -> None:
    with refuses("E729"):
        key_files.private(tmp_path / "没有")
    with refuses("E728"):
        key_files.private(tmp_path)
    (tmp_path / "a").write_bytes(b"\xff\xfe\xff")
    with refuses("E728"):
        key_files.private(tmp_path / "a")


@pytest.mark.parametrize("rights", [0o600, 0o400])
def test_who_may_read_it(tmp_path: Path, rights: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_text("x", encoding="utf-8")
    path.chmod(rights)
    assert not key_files.others_read(path)
    path.chmod(rights | 0o040)
    assert key_files.others_read(path)
    monkeypatch.setattr(os, "name", "nt")
    assert not key_files.others_read(path)
