"""Rows of one kind that follow one another by date, each in force until the next begins."""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.write import OPEN, Gate

BEGINNING = "0001-01-01"


def rows(gate: Gate, table: str, key: Mapping[str, Value]) -> list[Row]:
    """The rows of a key that are not voided, in the order of their days."""
    condition = " AND ".join(f'"{name}" IS ?' for name in key)
    found = gate.connection.execute(
        f'SELECT * FROM "{table}" WHERE {condition} AND voided_on IS NULL ORDER BY from_on',
        tuple(key.values()),
    )
    return [dict(row) for row in found]


def settle(gate: Gate, table: str, key: Mapping[str, Value]) -> None:
    """Let every row of a key hold until the next one begins, the last for good: after one came, moved or went."""
    standing = rows(gate, table, key)
    ends = [str(row["from_on"]) for row in standing[1:]] + [OPEN]
    for row, end in zip(standing, ends, strict=True):
        gate.update(table, int(str(row["id"])), until_on=end)
