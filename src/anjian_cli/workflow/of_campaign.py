"""What belongs to a campaign and names it: which campaign is meant, and the record of it that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import lookup
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def campaign(gate: Gate, stored: Values) -> None:
    """Put the campaign's id in the place of its name. Raises `Refused` E860 where there is none of that name."""
    name = stored.pop("campaign", None)
    if name in (None, CLEAR):
        return
    found = gate.connection.execute(
        "SELECT id FROM campaign WHERE (name = ?1 OR number = ?1) AND voided_on IS NULL", (name,)
    ).fetchone()
    if found is None:
        near = lookup.near(gate.connection, "campaign", str(name))
        meant = f"您要填的是“{near}”吗" if near else "请先登记行动：anjian 行动 新增"
        raise Refused([Fault("E860", {"meant": meant}, str(name), "campaign")])
    stored["campaign_id"] = found["id"]


def known(gate: Gate, record: Record, stored: Values, key: Mapping[str, Value]) -> Row | None:
    """The record by its number, else the living one whose columns are as in `key`; a new one names its campaign.
    Raises `Refused` E202, and as `register.existing`."""
    row = register.existing(gate, record, {"number": stored.get("number")})
    if row is not None:
        return row
    if stored.get("campaign_id") is None:
        raise refused("E202", None, "campaign")
    return _of_key(gate, record, key)


def refuse_taken(gate: Gate, record: Record, row: Row, key: Mapping[str, Value]) -> None:
    """Raises `Refused` E238 where another record of this type has that key."""
    other = _of_key(gate, record, key)
    if other is not None and other["id"] != row["id"]:
        raise refused("E238", None, "campaign", other=other["number"], title=record.title)


def _of_key(gate: Gate, record: Record, key: Mapping[str, Value]) -> Row | None:
    condition = " AND ".join(f'"{name}" IS ?' for name in key)
    found = (
        gate.reading(record.name, **key)
        .execute(f'SELECT * FROM "{record.name}" WHERE {condition} AND voided_on IS NULL', [*key.values()])
        .fetchone()
    )
    return None if found is None else dict(found)
