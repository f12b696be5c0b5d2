"""The statement of a ledger's head (封存说明): which ledger, after which operation, with which hash and which locked
months; signed or not. As a value, as the text of its file, and back from a text that anybody may have written.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Mapping

from anjian_cli.bulletin import locked_month, phrase
from anjian_cli.errors import refused
from anjian_cli.ledger import settings, witness
from anjian_cli.light_dataclasses import asdict, dataclass, fields, replace
from anjian_cli.workflow import signing

KIND = "anjian_seal"
LONGEST = 1024 * 1024
"""Bytes of a statement: a hundred years of months are a tenth of it."""
UNSIGNED = "未签名"
_SAID = "安监台账封存说明。核对：anjian 核验 --比对 本文件"
_MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Statement:
    """`ledger` is the ledger's own number ('' where it is not known), `region` its county; after operation `operation`,
    recorded at `at` (UTC), its head was `hash`. `months` has the SHA-256 of the bulletin that is kept of each locked
    month (YYYY-MM). `key` and `signature` are hexadecimal, '' where nobody has signed it."""

    ledger: str
    region: str
    operation: int
    at: str
    hash: str
    months: Mapping[str, str]
    key: str = ""
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed: all but the signature, the key included."""
        told = {**asdict(self), KIND: 1}
        del told["signature"]
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def statement(connection: sqlite3.Connection, day: str, *, numbered: bool = True) -> Statement:
    """What may be signed of a ledger now; `day` (YYYY-MM-DD) is today, for the region's name. Not `numbered`: it is
    read from a copy upgraded in memory, which gave a ledger of version 1 a number that is nobody else's. Raises
    `Refused` E107 for a ledger without an operation."""
    head = witness.head(connection)
    if head is None:
        raise refused("E107", reason="台账里还没有任何记录", remedy="请先录入或导入")
    region = settings.value(connection, "region_name", day) or ""
    if settings.demonstration_day(connection) is not None:
        region += f"（{phrase.DEMONSTRATION}）"
    return Statement(
        ledger=witness.ledger_id(connection) if numbered else "",
        region=region,
        operation=head.operation,
        at=head.at,
        hash=head.hash,
        months={one.month: _sha256(one.text) for one in locked_month.all_locked(connection)},
    )


def signed(told: Statement, key: bytes) -> Statement:
    """The statement with a signature of this private key. Raises `Refused` E732."""
    told = replace(told, key=signing.public_of(key).hex())
    return replace(told, signature=signing.sign(key, told.message).hex())


def text(told: Statement) -> str:
    """The statement as a file, which says of itself what it is and whether it is signed."""
    by = f"签名密钥 {signing.fingerprint(bytes.fromhex(told.key))}" if told.signature else UNSIGNED
    return json.dumps({KIND: 1, "notice": f"{_SAID}。{by}", **asdict(told)}, ensure_ascii=False, indent=2) + "\n"


def is_statement(data: bytes) -> bool:
    """Whether a file means to be one."""
    return data.lstrip().startswith(b"{") and f'"{KIND}"'.encode() in data[:LONGEST]


def read(name: str, data: bytes) -> Statement:
    """The statement in a file called `name`. One that is signed has been held against its signature: refused E726 where
    it is another's or the text was altered. Raises `Refused` E727 (it is none), E726, E732."""
    try:
        if len(data) > LONGEST:
            raise ValueError(len(data))
        told = json.loads(data)
        if told.get(KIND) != 1:
            raise ValueError(KIND)
        found = Statement(**{field.name: told[field.name] for field in fields(Statement)})
        _refuse_shape(found)
        key, signature = bytes.fromhex(found.key), bytes.fromhex(found.signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise refused("E727", name) from error
    if (found.key or found.signature) and not signing.holds(key, found.message, signature):
        raise refused("E726", name)
    return found


def kept_bulletins(connection: sqlite3.Connection) -> frozenset[str]:
    """The SHA-256 of every bulletin that a ledger, of whatever version, keeps of a locked month."""
    return frozenset(_sha256(str(row[0])) for row in connection.execute("SELECT bulletin FROM issued_month"))


def _refuse_shape(found: Statement) -> None:
    """Raises ValueError for a statement of other types than it has."""
    texts = (found.ledger, found.region, found.at, found.hash, found.key, found.signature)
    months = found.months if isinstance(found.months, dict) else {"": 0}
    plain = all(isinstance(each, str) for each in (*texts, *months, *months.values()))
    plain = plain and all(_MONTH.fullmatch(month) for month in months)
    if not plain or type(found.operation) is not int or not _HASH.fullmatch(found.hash):
        raise ValueError(found)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
