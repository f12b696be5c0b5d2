"""A ledger out to a folder of plain files and back, and whether it is the same one."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.explain import Asked, explain
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.errors import Refused
from anjian_cli.exchange import ledger_folder
from anjian_cli.ledger import check, write
from anjian_cli.ledger import open as opening
from anjian_cli.render.data import bulletin_json
from anjian_cli.workflow import undo

STRANGE = (
    "=SUM(1)", "'", "''", "'=1", "+1", "-1", "@SUM(A1)", "－甲", "007", "1e5", "真", "null", '"', '"甲","乙"', "甲,乙",
    "甲\n乙", "甲\r\n乙", "\r", "\t甲", " 甲 ", "\ufeff甲", "甲\u2028乙", "\\u0041", "🚒", "9" * 40,
)  # fmt: skip
"""Texts that a program for tables, or a careless reader, makes something else of."""


def strange_rows(connection: sqlite3.Connection, today: str) -> None:
    """Write records with such texts, one that is changed afterwards, and one with an empty text."""
    with write.gate(connection, "test", at="2019-02-01T01:00:00Z", actor="'甲", today=today) as gate:
        rows = [
            gate.insert("agency", number=f"A-{at}", name=f"{text}{at}", remark=text) for at, text in enumerate(STRANGE)
        ]
        gate.insert("month_text", month="2018-10", section=1, text="")
    with write.gate(connection, "test", at="2019-02-01T02:00:00Z", actor="甲", today=today) as gate:
        for row, text in zip(rows, reversed(STRANGE), strict=True):
            gate.update("agency", row, remark=text, contact=None, phone=text)


def round_trip(connection: sqlite3.Connection, folder: Path) -> sqlite3.Connection:
    """The ledger that is made of what this one was written to, below `folder`, open for writing."""
    ledger_folder.write(lambda: nullcontext(connection), folder / "出", "0")
    ledger_folder.take_in(folder / "出", folder / "回.db")
    again = sqlite3.connect(folder / "回.db", isolation_level=None)
    opening.prepare(again)
    ledger_folder.write(lambda: nullcontext(again), folder / "再出", "0")
    return again


def differences(connection: sqlite3.Connection, again: sqlite3.Connection, folder: Path) -> list[str]:
    """What is not as it was: rows of any table, and bytes of any file that was written a second time."""
    found = []
    names = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    for name in names:
        if name != "_sqlite_migrations" and _rows(connection, name) != _rows(again, name):
            found.append(name)
    first, second = _files(folder / "出"), _files(folder / "再出")
    return found + sorted(name for name in first | second if first.get(name) != second.get(name))


def bulletins(connection: sqlite3.Connection, months: Sequence[Period]) -> list[str]:
    """The bulletins of months, with all that is in them."""
    return [bulletin_json.bulletin_json(compile_bulletin(connection, month)) for month in months]


def cells(connection: sqlite3.Connection, month: Period) -> list[Asked]:
    """Every cell of a month's bulletin."""
    bulletin = compile_bulletin(connection, month)
    tables = [table for category in bulletin.categories for table in category.indicators]
    return [Asked(month, cell.town, table.id) for table in tables for cell in table.cells]


def explained(connection: sqlite3.Connection, asked: Sequence[Asked]) -> list[object]:
    """What stands behind cells."""
    return [explain(connection, cell) for cell in asked]


def undone(connection: sqlite3.Connection, operation: int, today: str) -> object:
    """What comes of undoing an operation: the new head, or the code of the refusal. The ledger stays as it is."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        copy.deserialize(connection.serialize())
        opening.prepare(copy)
        try:
            with write.gate(copy, "undo", at="2030-01-01T00:00:00Z", actor="甲", today=today) as gate:
                undo.undo(gate, operation)
        except Refused as refusal:
            return refusal.faults[0].code
        assert check.check(copy) == []
        return tuple(copy.execute("SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1").fetchone())


def every_month(first: Period, last: str) -> list[Period]:
    """The months from one to the one before `last` (YYYY-MM-DD)."""
    year, month = (int(part) for part in first.key.split("-"))
    months = []
    while f"{year}-{month:02d}" < last[:7]:
        months.append(ended(year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def altered(folder: Path, name: str, was: str, now: str) -> None:
    """Write other words into the only place of a file where `was` stands."""
    path = folder / name
    text = path.read_bytes().decode()
    assert text.count(was) == 1, text.count(was)
    path.write_bytes(text.replace(was, now).encode())


def manifest(folder: Path, **changed: Any) -> None:
    """Write other values into the manifest, and its own hash anew: as somebody would who knows how."""
    path = folder / ledger_folder.MANIFEST
    told = json.loads(path.read_text(encoding="utf-8"))
    del told[ledger_folder.HASH]
    told |= changed
    path.write_text(json.dumps({**told, ledger_folder.HASH: ledger_folder._hash(told)}), encoding="utf-8")


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in connection.execute(f'SELECT * FROM "{table}"')), key=repr)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def flip_a_byte(connection: sqlite3.Connection, folder: Path, chance: random.Random) -> None:
    """Write the ledger below a folder, put another byte in any place of any file, and hold that it is refused."""
    ledger_folder.write(lambda: nullcontext(connection), folder / "出", "0")
    path = chance.choice(sorted(path for path in (folder / "出").iterdir()))
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    with pytest.raises(Refused):
        ledger_folder.take_in(folder / "出", folder / "回.db")
    assert not (folder / "回.db").exists(), (path.name, at)
