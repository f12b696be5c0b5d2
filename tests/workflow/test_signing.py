"""Keys and signatures: what one key signed holds for that key and that text alone, and a key comes back from its file
and from its sheet."""

from __future__ import annotations

import json

import pytest

from anjian_cli.workflow import signing
from support.desk import refuses

KEY = bytes(range(32))
PUBLIC = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
"""Of that key, by RFC 8032."""


def test_a_signature_holds_for_its_key_and_its_text() -> None:
    public = signing.public_of(KEY)
    assert public.hex() == PUBLIC
    signature = signing.sign(KEY, b"text")
    assert signing.holds(public, b"text", signature)
    assert signing.sign(KEY, b"text") == signature
    assert not signing.holds(public, b"text ", signature)
    assert not signing.holds(signing.public_of(signing.new()), b"text", signature)
    assert not signing.holds(public, b"text", bytes([signature[0] ^ 1]) + signature[1:])
    assert not signing.holds(public, b"text", signature[:-1])
    assert not signing.holds(b"short", b"text", signature)
    assert not signing.holds(b"", b"text", b"")


def test_the_signature_of_rfc_8032() -> None:
    """7.1, test 2."""
    key = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    assert signing.public_of(key).hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert signing.sign(key, b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def test_two_new_keys_differ() -> None:
    assert signing.new() != signing.new()
    assert len(signing.new()) == signing.SEED


def test_a_key_comes_back_from_its_file() -> None:
    text = signing.kept(KEY, "")
    assert not signing.is_locked(text)
    assert signing.taken(text) == KEY
    locked = signing.kept(KEY, "口令甲")
    assert signing.is_locked(locked)
    assert KEY.hex() not in locked
    assert signing.taken(locked, "口令甲") == KEY
    with refuses("E731"):
        signing.taken(locked, "口令乙")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        json.dumps({"anjian_key": 1}),
        json.dumps({"anjian_key": 1, "public": PUBLIC, "secret": "zz"}),
        json.dumps({"anjian_key": 1, "public": PUBLIC, "secret": "00" * 32}),
        json.dumps({"anjian_key": 1, "public": PUBLIC, "secret": "00"}),
        json.dumps({"anjian_key": 1, "public": PUBLIC, "salt": "00", "locked": "00"}),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with refuses("E728"):
        signing.taken(text)


def test_a_key_comes_back_from_its_sheet_however_it_is_typed() -> None:
    lines = signing.written_out(KEY)
    assert lines[0] == ("0001 0203", lines[0][1])
    assert len(lines) == signing.LINES
    plain = [f"{digits} {check}" for digits, check in lines]
    assert signing.typed_in(plain) == KEY
    assert signing.typed_in([f"{at}. {line}" for at, line in enumerate(plain, 1)]) == KEY
    assert signing.typed_in([f"{at} {line.upper()}" for at, line in enumerate(plain, 1)]) == KEY
    assert signing.typed_in([line.replace(" ", "").replace("0", "o").replace("1", "l") for line in plain]) == KEY


def test_a_line_that_is_typed_wrong_is_named() -> None:
    """Two that changed places are noticed, too: the check knows which line it is of."""
    lines = [f"{digits} {check}" for digits, check in signing.written_out(KEY)]
    with refuses("E733") as said:
        signing.typed_in([lines[1], lines[0], *lines[2:4], f"f{lines[4][1:]}", *lines[5:]])
    assert "第1、2、5行的校验不对" in said[0]
    with refuses("E733") as said:
        signing.typed_in(lines[:7])
    assert "要8行，打了7行" in said[0]


def test_without_the_library_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nacl.signing", None)
    for asked in (lambda: signing.public_of(KEY), signing.new, lambda: signing.holds(KEY, b"", b"")):
        with refuses("E732"):
            asked()
