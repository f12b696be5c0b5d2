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


def span(gate: Gate, table: str, key: Mapping[str, Value], from_on: str) -> str:
    """Make room for a new row of this key from a day on: the row before ends there. Returns the new row's end."""
    standing = rows(gate, table, key)
    before = [row for row in standing if str(row["from_on"]) < from_on]
    after = [row for row in standing if str(row["from_on"]) > from_on]
    if before:
        gate.update(table, int(str(before[-1]["id"])), until_on=from_on)
    return str(after[0]["from_on"]) if after else OPEN


def close_gap(gate: Gate, table: str, key: Mapping[str, Value], gone: Row) -> None:
    """After a row of this key was voided: the one before it holds on until the next begins."""
    before = [row for row in rows(gate, table, key) if str(row["from_on"]) < str(gone["from_on"])]
    if before:
        gate.update(table, int(str(before[-1]["id"])), until_on=gone["until_on"])
