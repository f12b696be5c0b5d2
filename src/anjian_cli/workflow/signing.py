"""Signing with Ed25519 (RFC 8032) by PyNaCl: a key as 32 bytes, its fingerprint, its text to be typed in again, and the
file that keeps it, with a passphrase where one was given.

Values in, values out: it reads and writes no file and asks nobody. PyNaCl is imported where it is used, since there are
machines without it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from anjian_cli.errors import refused

if TYPE_CHECKING:
    from nacl.secret import SecretBox

SEED = 32
"""Bytes of a private key, and of a public one."""
_KIND = "anjian_key"
_LINE = 8
"""Hexadecimal digits of a key in a line of the recovery sheet, which has two more to check them."""
LINES = 2 * SEED // _LINE
"""How many of them there are."""
_LOOKS_LIKE = str.maketrans({"o": "0", "l": "1", "i": "1"})


def new() -> bytes:
    """A new private key. Raises `Refused` E732."""
    _nacl()
    import nacl.utils

    return nacl.utils.random(SEED)


def public_of(key: bytes) -> bytes:
    """The public key of a private one. Raises `Refused` E732."""
    return bytes(_nacl().SigningKey(key).verify_key)


def sign(key: bytes, message: bytes) -> bytes:
    """The signature (64 bytes) of a message. Raises `Refused` E732."""
    return bytes(_nacl().SigningKey(key).sign(message).signature)


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is that of the public key over the message. Raises `Refused` E732."""
    signing = _nacl()
    from nacl.exceptions import BadSignatureError

    try:
        signing.VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """What a key is called on paper: sixteen digits of its SHA-256, in fours."""
    digits = hashlib.sha256(public).hexdigest()[:16]
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def kept(key: bytes, passphrase: str) -> str:
    """The text of the file that keeps a key; locked (Argon2id, XSalsa20-Poly1305) unless the passphrase is ''.
    Raises `Refused` E732."""
    told: dict[str, object] = {_KIND: 1, "public": public_of(key).hex()}
    if passphrase:
        import nacl.pwhash
        import nacl.utils

        salt = nacl.utils.random(nacl.pwhash.argon2id.SALTBYTES)
        told |= {"salt": salt.hex(), "locked": _box(passphrase, salt).encrypt(key).hex()}
    else:
        told["secret"] = key.hex()
    return json.dumps(told, indent=1) + "\n"


def is_locked(text: str) -> bool:
    """Whether a file's key wants a passphrase. Raises `Refused` E728."""
    return "locked" in _told(text)


def taken(text: str, passphrase: str = "") -> bytes:
    """The private key in a file. Raises `Refused` E728 (it holds none), E731 (the passphrase is wrong), E732."""
    told = _told(text)
    _nacl()
    try:
        if "locked" not in told:
            key = bytes.fromhex(str(told["secret"]))
        else:
            from nacl.exceptions import CryptoError

            box, locked = _box(passphrase, bytes.fromhex(str(told["salt"]))), bytes.fromhex(str(told["locked"]))
            try:
                key = bytes(box.decrypt(locked))
            except CryptoError as error:
                raise refused("E731", why="口令不对") from error
        if len(key) != SEED or public_of(key).hex() != told["public"]:
            raise refused("E728", why="密钥残缺")
    except (KeyError, ValueError, TypeError) as error:
        raise refused("E728", why="密钥残缺") from error
    return key


def written_out(key: bytes) -> tuple[tuple[str, str], ...]:
    """A key as it is typed in again: lines of eight digits in fours, with two that check each."""
    digits = key.hex()
    lines = [digits[at : at + _LINE] for at in range(0, len(digits), _LINE)]
    return tuple((f"{line[:4]} {line[4:]}", _check(at, line)) for at, line in enumerate(lines, 1))


def typed_in(lines: Sequence[str]) -> bytes:
    """The key of lines as somebody typed them from the sheet, with or without the line's number. Raises `Refused` E733
    with every line that is wrong."""
    typed = [re.sub(r"[^0-9a-z]", "", _without_number(line.lower()).translate(_LOOKS_LIKE)) for line in lines]
    typed = [line for line in typed if line]
    wrong = [
        str(at)
        for at, line in enumerate(typed, 1)
        if len(line) != _LINE + 2 or not re.fullmatch("[0-9a-f]+", line) or _check(at, line[:_LINE]) != line[_LINE:]
    ]
    if len(typed) != LINES:
        raise refused("E733", why=f"要{LINES}行，打了{len(typed)}行")
    if wrong:
        raise refused("E733", why=f"第{'、'.join(wrong)}行的校验不对")
    return bytes.fromhex("".join(line[:_LINE] for line in typed))


def _without_number(line: str) -> str:
    return re.sub(r"^\s*[1-8]\s*[.、:：)）|\s]\s*(?=[0-9a-z]{4})", "", line)


def _check(at: int, line: str) -> str:
    return hashlib.sha256(f"{at} {line}".encode()).hexdigest()[:2]


def _told(text: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refused("E728", why="不是密钥文件") from error
    if not isinstance(told, dict) or told.get(_KIND) != 1:
        raise refused("E728", why="不是密钥文件")
    return told


def _box(passphrase: str, salt: bytes) -> SecretBox:
    import nacl.pwhash
    import nacl.secret

    made = nacl.pwhash.argon2id.kdf(
        nacl.secret.SecretBox.KEY_SIZE,
        passphrase.encode(),
        salt,
        opslimit=nacl.pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=nacl.pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    return nacl.secret.SecretBox(made)


def _nacl() -> ModuleType:
    try:
        import nacl.signing
    except (ImportError, OSError) as error:
        raise refused("E732", why=error) from error
    return nacl.signing
