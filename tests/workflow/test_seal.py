"""The statement of a ledger's head: it says what the ledger is, and every letter of it is behind the signature."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from anjian_cli.bulletin import locked_month
from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import witness
from anjian_cli.workflow import month, seal
from support.desk import TODAY, Desk, refuses

KEY = bytes(range(32))


@pytest.fixture
def told(desk: Desk) -> seal.Statement:
    desk.training()
    desk.step(month.close, ended(2018, 10), "0")
    return seal.statement(desk.ledger, TODAY)


def test_it_says_what_the_ledger_is(desk: Desk, told: seal.Statement) -> None:
    head = witness.head(desk.ledger)
    assert head is not None
    assert (told.operation, told.at, told.hash) == (head.operation, head.at, head.hash)
    assert told.ledger == witness.ledger_id(desk.ledger)
    (locked,) = locked_month.all_locked(desk.ledger)
    assert told.months == {"2018-10": hashlib.sha256(locked.text.encode()).hexdigest()}
    assert set(told.months.values()) == seal.kept_bulletins(desk.ledger)


def test_an_upgrade_is_no_head(desk: Desk, told: seal.Statement) -> None:
    with desk.gate(command="upgrade") as gate:
        gate.note_down()
    assert seal.statement(desk.ledger, TODAY) == told


def test_an_empty_ledger_has_nothing_to_sign(ledger: Any) -> None:
    with refuses("E107"):
        seal.statement(ledger, TODAY)


def test_it_comes_back_from_its_file(told: seal.Statement) -> None:
    signed = seal.signed(told, KEY)
    for each, words in ((signed, "签名密钥 "), (told, "未签名")):
        text = seal.text(each)
        assert words in text
        assert seal.is_statement(text.encode())
        assert seal.read("a", text.encode()) == each
    assert not seal.is_statement(b'{"witness": "3f9a1b2c4d5e6f70"}')


@pytest.mark.unmeasured
@pytest.mark.parametrize("field", ["ledger", "region", "operation", "at", "hash", "months", "key", "signature"])
def test_whatever_is_altered_the_signature_does_not_hold(told: seal.Statement, field: str) -> None:
    found = json.loads(seal.text(seal.signed(told, KEY)))
    other: dict[str, Any] = {"operation": found["operation"] + 1, "months": {}, "region": "另一县"}
    if field in other:
        found[field] = other[field]
    else:
        found[field] = found[field][:-1] + ("0" if found[field][-1] != "0" else "1")
    with refuses("E726"):
        seal.read("a", json.dumps(found).encode())


def test_taking_the_signature_away_is_seen(told: seal.Statement) -> None:
    """Half of it is no signature; all of it makes an unsigned one, which is told as such."""
    found = json.loads(seal.text(seal.signed(told, KEY)))
    for gone in ("key", "signature"):
        with refuses("E726"):
            seal.read("a", json.dumps({**found, gone: ""}).encode())
    assert seal.read("a", json.dumps({**found, "key": "", "signature": ""}).encode()) == told


@pytest.mark.parametrize(
    "altered",
    [
        {"operation": "1"},
        {"operation": True},
        {"hash": "00"},
        {"hash": None},
        {"months": []},
        {"months": {"2018-13": "00"}},
        {"months": {"2018-10": 1}},
        {"key": "zz"},
        {"anjian_seal": 2},
        {"region": ["x"]},
    ],
)
def test_what_is_none_is_refused(told: seal.Statement, altered: dict[str, Any]) -> None:
    found = json.loads(seal.text(told)) | altered
    with refuses("E727"):
        seal.read("a", json.dumps(found).encode())


def test_what_is_no_json_or_too_much_is_refused() -> None:
    for data in (b'{"anjian_seal"', b'{"anjian_seal": 1}', b'{"anjian_seal": ' + b"[" * 100_000, b" " * 2_000_000):
        with refuses("E727"):
            seal.read("a", data)
