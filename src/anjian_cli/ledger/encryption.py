"""Backups encrypted by age (age-encryption.org) to several public keys, of which any one opens them.

The library is not part of every installation, and is imported where it is used.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.errors import Fault, Place, Refused, refused

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MAGIC = b"age-encryption.org/"
PUBLIC, SECRET = "age1", "AGE-SECRET-KEY-1"
FEWEST = 2
"""So many keys must open a backup: who loses the only one has lost all backups."""


class Pair(NamedTuple):
    """A key to encrypt with, and the one that opens what it encrypted."""

    public: str
    secret: str


def library() -> ModuleType:
    """pyrage. Raises `Refused` E665 where it is not installed."""
    try:
        return import_module("pyrage")
    except ImportError as error:
        raise refused("E665") from error


def new_pair() -> Pair:
    """A pair of keys, drawn by lot. Raises `Refused` E665."""
    secret = library().x25519.Identity.generate()
    return Pair(str(secret.to_public()), str(secret))


def is_encrypted(path: Path) -> bool:
    """Whether a file says of itself that age made it. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def public_keys(path: Path) -> list[str]:
    """The public keys in a file, one a line; lines that begin with # are words. Raises `Refused` E665, E666 for every
    line that is none, E667 for too few; OSError."""
    lines = _lines(path)
    of_text = library().x25519.Recipient.from_str
    found: dict[str, None] = {}
    wrong = []
    for number, line in lines:
        try:
            found[str(of_text(line))] = None
        except library().RecipientError:
            what = "这是私钥，不是公钥" if line.startswith(SECRET) else "不是公钥（age1开头的一长串）"
            shown = None if line.startswith(SECRET) else line
            wrong.append(Fault("E666", {"why": what}, shown, place=Place(file=path.name, row=number)))
    if wrong:
        raise Refused(wrong)
    if len(found) < FEWEST:
        raise refused("E667", path=path, count=len(found))
    return list(found)


def encrypt(plain: Path, target: Path, keys: Sequence[str]) -> None:
    """Encrypt a file to public keys into `target`, an empty file, and read it back. Raises `Refused` E660 where what is
    read back is something else; OSError."""
    of_text = library().x25519.Recipient.from_str
    # Nobody here has a key that opens it. One more, which is forgotten at once, lets it be read back.
    proof = library().x25519.Identity.generate()
    with plain.open("rb") as source, target.open("r+b") as file:
        writing = _Through(file)
        try:
            library().encrypt_io(source, writing, [*map(of_text, keys), proof.to_public()])
        except library().EncryptError as error:
            raise (writing.failed or OSError(str(error))) from error
        file.flush()
    wanted, found = hashlib.sha256(), hashlib.sha256()
    with plain.open("rb") as source:
        while block := source.read(1 << 20):
            wanted.update(block)
    with target.open("rb") as file:
        try:
            library().decrypt_io(file, _Hashing(found), [proof])
        except (library().DecryptError, OSError) as error:
            raise _unlike() from error
    if wanted.digest() != found.digest():
        raise _unlike()


def decrypt(path: Path, target: Path, keys: Path) -> None:
    """Open an encrypted file with one of the secret keys in the file `keys`, into `target`, an empty file. Raises
    `Refused` E664 where no key opens it, E665, E668 where it is damaged; OSError."""
    identities = []
    for _, line in _lines(keys):
        try:
            identities.append(library().x25519.Identity.from_str(line))
        except library().IdentityError as error:
            raise refused("E664", path=path, why=f"{keys.name} 里有不是私钥的行") from error
    with path.open("rb") as source, target.open("r+b") as file:
        writing = _Through(file)
        try:
            library().decrypt_io(source, writing, identities)
        except (library().DecryptError, OSError) as error:
            if writing.failed is not None:
                raise writing.failed from error
            if isinstance(error, library().DecryptError) and "No matching keys" in str(error):
                raise refused("E664", path=path, why=f"{keys.name} 里的私钥打不开它") from error
            raise refused("E668", path=path, why="加密的内容已损坏或不全") from error


def _lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a file of keys, with their numbers. Raises OSError."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    stripped = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in stripped if line and not line.startswith("#")]


def _unlike() -> Refused:
    return refused("E660", why="写下去的和读回来的不一样", remedy="这个盘靠不住，请换一个盘再备份")


class _Through(io.RawIOBase):
    """A file to write to that remembers why it could not be: the library tells only that it failed."""

    def __init__(self, file: io.BufferedRandom) -> None:
        self._file = file
        self.failed: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, block: ReadableBuffer) -> int:
        try:
            return self._file.write(block)
        except OSError as error:
            self.failed = error
            raise


class _Hashing(io.RawIOBase):
    """A file that keeps the hash of what is written to it, and nothing else."""

    def __init__(self, digest: hashlib._Hash) -> None:
        self._digest = digest

    def writable(self) -> bool:
        return True

    def write(self, block: ReadableBuffer) -> int:
        self._digest.update(block)
        return memoryview(block).nbytes
