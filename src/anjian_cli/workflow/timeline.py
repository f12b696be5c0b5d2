"""Rows of one kind that follow one another by date, each in force until the next begins."""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.rules.intervals import OPEN


def rows(gate: Gate, table: str, key: Mapping[str, Value]) -> list[Row]:
    """The rows of a key that are not voided, in the order of their days."""
    condition = " AND ".join(f'"{name}" IS ?' for name in key)
    found = gate.connection.execute(
        f'SELECT * FROM "{table}" WHERE {condition} AND voided_on IS NULL ORDER BY from_on',
        tuple(key.values()),
    )
    return [dict(row) for row in found]


def refuse_taken_day(gate: Gate, table: str, what: str, key: Mapping[str, Value], day: str, row_id: int) -> None:
    """E417 if another row of the key than `row_id` begins on `day`."""
    if any(row["from_on"] == day and row["id"] != row_id for row in rows(gate, table, key)):
        raise Refused([Fault("E417", {"what": what, "day": day}, None, "from_on")])


def settle(gate: Gate, table: str, key: Mapping[str, Value]) -> None:
    """Let every row of a key hold until the next one begins, the last for good: after one came, moved or went."""
    standing = rows(gate, table, key)
    for index, row in enumerate(standing, 1):
        end = str(standing[index]["from_on"]) if index < len(standing) else OPEN
        gate.update(table, int(str(row["id"])), until_on=end)
