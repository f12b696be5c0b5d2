"""What belongs to a campaign and names it: which campaign is meant, and the record of it that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import lookup
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import likeness
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
        raise _unknown(gate, str(name))
    stored["campaign_id"] = found["id"]


def hold_named(gate: Gate, record: Record, stored: Values, finder: Finder) -> None:
    """Of a record that names its campaign: let the name be one of the register, spelt as there. One that is none may
    stand where it stood, and come into a new ledger as it goes out of an old one: it was taken in before names were
    held against the register. Raises `Refused` E860 where it is newly told."""
    told = stored.get("campaign")
    if told in (None, CLEAR):
        return
    name = finder.campaigns.get(told)
    if name is None:
        name = _registered(gate, told)
        if name != told and _stood(gate, record, stored, told):
            return
        if name is None:
            raise _unknown(gate, told)
        finder.campaigns[told] = name
    stored["campaign"] = name


def _registered(gate: Gate, told: str) -> str | None:
    """The name of a campaign as it is registered; None where none is called so, by whatever spelling."""
    if is_one(gate, told):
        return told
    names = gate.connection.execute("SELECT name FROM campaign WHERE voided_on IS NULL").fetchall()
    return {likeness.key(name): str(name) for (name,) in names}.get(likeness.key(told))


def is_one(gate: Gate, name: str) -> bool:
    """Whether a campaign of the register has that name."""
    connection = gate.reading("campaign", name=name)
    return bool(connection.execute("SELECT 1 FROM campaign WHERE name = ? AND voided_on IS NULL", (name,)).fetchone())


def _stood(gate: Gate, record: Record, stored: Values, told: str) -> bool:
    """Whether a record has that name already: in this ledger, or in the one that a new ledger takes it from."""
    row = register.existing(gate, record, stored)
    if row is None:
        return gate.source is not None and gate.numbers_are_free and bool(stored.get("number"))
    return row["campaign"] == told


def _unknown(gate: Gate, name: str) -> Refused:
    near = lookup.near(gate.connection, "campaign", name)
    longer = gate.connection.execute(
        "SELECT name FROM campaign WHERE voided_on IS NULL AND instr(name, ?) > 0 ORDER BY from_on DESC LIMIT ?",
        (name, lookup.SHOWN),
    ).fetchall()
    candidates = [near] if near else [str(each["name"]) for each in longer]
    meant = "”“".join(candidates)
    remedy = f"您要填的是“{meant}”吗" if candidates else "请先登记行动：anjian 行动 新增"
    return Refused([Fault("E860", {"meant": remedy}, name, "campaign")])


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
