"""报送包 taken in by the unit above: whose it is, whether it is newer than what is there, and what it changes.

The sums of a county's ledger stand as it told them last. A package holds all months up to its own, so that the newest
(its month, then its serial) takes the place of what stood; of the rest nothing is lost: the log has the rows as they
were. In whatever order packages come, what stands at the end is the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from anjian_cli.bulletin.package_parts import IssuedCell, Opened, Parts
from anjian_cli.bulletin.period import month_title
from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import settings
from anjian_cli.ledger.fingerprint import sha256
from anjian_cli.ledger.gate import Gate
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import NamedTuple
from anjian_cli.workflow import signing

DETAIL = "package.detail"
"""The setting that says how far down sums are kept: 镇 (as they are told) or 县 (a county's units added up)."""


class Registered(NamedTuple):
    """A ledger that may deliver: its row, the county it is of, its key, and until when."""

    id: int
    number: str
    town: str
    name: str
    key: str
    until_on: str | None
    replaced_by: str | None


class Received(NamedTuple):
    """A package that was received last of a ledger; `cells` the SHA-256 of what was issued, None where nothing was."""

    month: str
    serial: int
    content: str
    cells: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A package as it is taken in: what it carries, and what its manifest says of it; `name` of its file."""

    name: str
    parts: Parts
    serial: int
    content: str
    manifest: str
    made_at: str
    program: str
    key: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: `sums` that are others than before, of months up to the one received last before (`again`:
    they are corrections); `kind`: 新收, 更正, 已收过."""

    town: str
    month: str
    serial: int
    kind: str
    sums: int
    again: int


def receive(gate: Gate, delivery: Delivery) -> Outcome:
    """Take a package into the ledger; the same again changes nothing. Raises `Refused`: E927 (no counties here), E925
    (a demonstration's), E913 (unknown ledger), E915 (of another county), E914 (another key), E926 (its ledger ended),
    E916 (older), E917 (another under the same number), E918 (issued figures do not fit the sums, every one)."""
    connection = gate.connection
    of = registered_of(connection, delivery)
    before = last_received(connection, of.id)
    _refuse_older(delivery, of, before)
    parts = delivery.parts
    if before is not None and (before.month, before.serial) == (parts.month, delivery.serial):
        return Outcome(of.name, parts.month, delivery.serial, "已收过", 0, 0)
    kept = _kept_sums(connection, of.id)
    told = _sums(parts, by_town=settings.value(connection, DETAIL, gate.today) != "县")
    _refuse_cells(delivery, of)
    changed = _bring_sums(gate, of.id, kept, told)
    _bring_openings(gate, of.id, parts)
    _bring_units(gate, of.id, parts)
    gate.insert(
        "received_package",
        reporting_ledger_id=of.id,
        month=parts.month,
        serial=delivery.serial,
        content=delivery.content,
        manifest=delivery.manifest,
        made_at=delivery.made_at,
        head_hash=parts.head_hash,
        operation=parts.operation,
        issued=int(parts.issued),
        cells=_cells(parts),
        program=delivery.program,
        definition=definition_of(parts),
    )
    if (
        before is not None
        and before.month == parts.month
        and parts.issued
        and before.cells not in (None, _cells(parts))
    ):
        gate.notices.append(Fault("N480", {"town": of.name, "month": month_title(parts.month)}))
    again = 0 if before is None else sum(ends_on[:7] <= before.month for ends_on, _, _ in changed)
    return Outcome(of.name, parts.month, delivery.serial, "更正" if again else "新收", len(changed), again)


def admitted(connection: sqlite3.Connection, delivery: Delivery) -> Registered:
    """The registration of a package that may be kept outside the ledger, which itself stays as it is. Raises `Refused`
    as `receive`, but for what hangs on the packages received before."""
    of = registered_of(connection, delivery)
    _refuse_cells(delivery, of)
    return of


def registered_of(connection: sqlite3.Connection, delivery: Delivery) -> Registered:
    """The registration under which a package comes. Raises `Refused` E927, E925, E913, E919, E915, E914, E926."""
    if not connection.execute("SELECT 1 FROM town WHERE kind = '县级' AND voided_on IS NULL LIMIT 1").fetchone():
        raise refused("E927")
    if delivery.parts.demonstration and not settings.is_demonstration(connection):
        raise refused("E925", delivery.name)
    of = registered(connection, delivery.parts.ledger)
    if of is None:
        raise _unknown(connection, delivery)
    _refuse_other(delivery, of)
    return of


def registered(connection: sqlite3.Connection, ledger: str) -> Registered | None:
    """The registration of a ledger, by its id; None where there is none."""
    found = connection.execute(
        "SELECT r.id, r.number, r.town_code, t.name, r.key, r.until_on, r.replaced_by FROM reporting_ledger r"
        " JOIN town t ON t.code = r.town_code WHERE r.ledger_id = ? AND r.voided_on IS NULL",
        (ledger,),
    ).fetchone()
    return None if found is None else Registered(*found)


def county_name(connection: sqlite3.Connection, region: str) -> str:
    """The county with a region's code (six digits). Raises `Refused` E929 where there is none here."""
    found = connection.execute(
        "SELECT name FROM town WHERE code = ? AND kind = '县级' AND voided_on IS NULL", (f"{region}000",)
    ).fetchone()
    if found is None:
        raise refused("E929", region=region)
    return str(found[0])


def register(gate: Gate, parts: Parts, key: str, replaces: str | None) -> str:
    """Let a ledger deliver for its county from today on; returns its number. `replaces`: the id of the ledger that it
    carries on. Raises `Refused` E929 (no such county), E919 (the county has another), E930 (that ledger is none of the
    county's), E931 (it is registered already)."""
    connection = gate.connection
    name = county_name(connection, parts.region)
    county = f"{parts.region}000"
    if registered(connection, parts.ledger) is not None:
        raise refused("E931", ledger=parts.ledger, town=name)
    standing = connection.execute(
        "SELECT id, ledger_id FROM reporting_ledger WHERE town_code = ? AND voided_on IS NULL AND until_on IS NULL"
        " AND replaced_by IS NULL",
        (county,),
    ).fetchall()
    replaced = [row for row, ledger in standing if ledger == replaces]
    if replaces is not None and not replaced:
        raise refused("E930", replaces, town=name)
    others = [ledger for _, ledger in standing if ledger != replaces]
    if others:
        line = f"anjian 报送包 登记 文件 --取代 {others[0]}"
        raise refused("E919", parts.ledger, town=name, other=others[0], line=line)
    for row in replaced:
        gate.update("reporting_ledger", row, replaced_by=parts.ledger, until_on=gate.today)
    number = gate.number("reporting_ledger", county, int(gate.today[:4]))
    gate.insert(
        "reporting_ledger",
        number=number,
        town_code=county,
        ledger_id=parts.ledger,
        key=key,
        from_on=gate.today,
    )
    return number


def last_received(connection: sqlite3.Connection, of: int) -> Received | None:
    """What was received last of a registered ledger (its row id)."""
    found = connection.execute(
        "SELECT month, serial, content, cells FROM received_package WHERE reporting_ledger_id = ?"
        " ORDER BY month DESC, serial DESC LIMIT 1",
        (of,),
    ).fetchone()
    return None if found is None else Received(*found)


def _unknown(connection: sqlite3.Connection, delivery: Delivery) -> Refused:
    parts = delivery.parts
    county = f"{parts.region}000"
    name = connection.execute("SELECT name FROM town WHERE code = ? AND voided_on IS NULL", (county,)).fetchone()
    line = f"anjian 报送包 登记 {delivery.name}"
    other = connection.execute(
        "SELECT ledger_id FROM reporting_ledger WHERE town_code = ? AND voided_on IS NULL AND until_on IS NULL"
        " AND replaced_by IS NULL",
        (county,),
    ).fetchone()
    if other is not None:
        return refused("E919", delivery.name, town=name[0], other=other[0], line=f"{line} --取代 {other[0]}")
    told = {"region": f"{parts.region_name}（{parts.region}）", "ledger": parts.ledger}
    return refused("E913", delivery.name, **told, fingerprint=fingerprint(delivery.key), line=line)


def fingerprint(key: str) -> str:
    """A public key (hexadecimal) as it is read out over the telephone."""
    return signing.fingerprint(bytes.fromhex(key))


def _refuse_other(delivery: Delivery, of: Registered) -> None:
    parts = delivery.parts
    if f"{parts.region}000" != of.town:
        told = {"region": f"{parts.region_name}（{parts.region}）", "town": of.name, "number": of.number}
        raise refused("E915", delivery.name, **told)
    if delivery.key != of.key:
        line = f"anjian 报送台账 修改 {of.number} --签名公钥 {delivery.key}"
        raise refused("E914", delivery.name, town=of.name, fingerprint=fingerprint(delivery.key), line=line)
    if of.replaced_by is not None or (of.until_on is not None and of.until_on <= f"{parts.month}-01"):
        ended = "取代" if of.replaced_by is not None else "停报"
        raise refused("E926", delivery.name, ended=ended, town=of.name, number=of.number)


def _refuse_older(delivery: Delivery, of: Registered, before: Received | None) -> None:
    if before is None:
        return
    parts = delivery.parts
    mine = (parts.month, delivery.serial)
    if mine == (before.month, before.serial) and delivery.content != before.content:
        month = month_title(parts.month)
        raise refused("E917", delivery.name, town=of.name, month=month, serial=delivery.serial)
    if mine < (before.month, before.serial):
        known_month = month_title(before.month)
        raise refused(
            "E916",
            delivery.name,
            month=month_title(parts.month),
            serial=delivery.serial,
            town=of.name,
            known=f"{known_month}第{before.serial}次",
            known_month=known_month,
        )


Key = tuple[str, str, str]  # the month's last day, measure, unit
Pair = tuple[int, int]  # came, went


def _sums(parts: Parts, *, by_town: bool) -> Mapping[Key, Pair]:
    found: dict[Key, Pair] = {}
    for unit, measure, ends_on, came, went in parts.sums:
        key = (ends_on, measure, unit if by_town else "")
        plus, minus = found.get(key, (0, 0))
        found[key] = (plus + came, minus + went)
    return found


def _kept_sums(connection: sqlite3.Connection, of: int) -> Mapping[Key, tuple[int, Pair]]:
    return {
        (ends_on, measure, unit): (row, (came, went))
        for row, ends_on, measure, unit, came, went in connection.execute(
            "SELECT id, ends_on, measure, unit, came, went FROM delivered_sum WHERE reporting_ledger_id = ?", (of,)
        )
    }


def _bring_sums(gate: Gate, of: int, kept: Mapping[Key, tuple[int, Pair]], told: Mapping[Key, Pair]) -> list[Key]:
    """Bring the sums that are kept to what is told; returns those that changed."""
    changed = []
    for key, (row, pair) in kept.items():
        now = told.get(key)
        if now == pair:
            continue
        changed.append(key)
        if now is None:
            gate.delete("delivered_sum", row)
        else:
            gate.update("delivered_sum", row, came=now[0], went=now[1])
    for key in sorted(told.keys() - kept.keys()):
        ends_on, measure, unit = key
        came, went = told[key]
        gate.insert(
            "delivered_sum",
            reporting_ledger_id=of,
            unit=unit,
            measure=measure,
            ends_on=ends_on,
            came=came,
            went=went,
        )
        changed.append(key)
    return changed


def _bring_openings(gate: Gate, of: int, parts: Parts) -> None:
    kept = {
        Opened(*row[1:]): row[0]
        for row in gate.connection.execute(
            "SELECT id, unit, measure, from_on, until_on, COALESCE(period_from, ''), quantity FROM delivered_opening"
            " WHERE reporting_ledger_id = ?",
            (of,),
        )
    }
    told = set(parts.openings)
    for row, key in [(row, key) for key, row in kept.items() if key not in told]:
        gate.delete("delivered_opening", row)
        del kept[key]
    for unit, measure, from_on, until_on, period_from, quantity in sorted(told - kept.keys()):
        gate.insert(
            "delivered_opening",
            reporting_ledger_id=of,
            unit=unit,
            measure=measure,
            from_on=from_on,
            until_on=until_on,
            period_from=period_from or None,
            quantity=quantity,
        )


def _bring_units(gate: Gate, of: int, parts: Parts) -> None:
    kept = {
        unit: (row, name)
        for row, unit, name in gate.connection.execute(
            "SELECT id, unit, name FROM delivered_unit WHERE reporting_ledger_id = ?", (of,)
        )
    }
    told = {unit.code: unit.name for unit in parts.units}
    for code, (row, name) in kept.items():
        if code not in told:
            gate.delete("delivered_unit", row)
        elif told[code] != name:
            gate.update("delivered_unit", row, name=told[code])
    for code in sorted(told.keys() - kept.keys()):
        gate.insert("delivered_unit", reporting_ledger_id=of, unit=code, name=told[code])


def _cells(parts: Parts) -> str | None:
    """SHA-256 of what was printed of an issued month: a month that is issued keeps it, whatever comes later."""
    if not parts.issued:
        return None
    return sha256(json.dumps([(cell.unit, cell.indicator, cell.issued) for cell in parts.cells], ensure_ascii=False))


def definition_of(parts: Parts) -> str:
    """What a package counts, as `received_package.definition` keeps it (JSON)."""
    return json.dumps(
        {"facts": dict(sorted(parts.facts.items())), "measures": sorted(parts.measures)},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _refuse_cells(delivery: Delivery, of: Registered) -> None:
    """Raises `Refused` with every cell of an issued month that does not fit the sums (E918)."""
    parts = delivery.parts
    rolled = {unit.code: unit.counts_for for unit in parts.units}
    sums: defaultdict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for unit, measure, ends_on, came, went in parts.sums:
        sums[rolled.get(unit, ""), measure].append((ends_on, came, went))
    names = {unit.code: unit.name for unit in parts.units} | {"": "未定镇街"}
    faults = list(_unfit(delivery, of, sums, names))
    if faults:
        raise Refused(faults)


def _unfit(
    delivery: Delivery,
    of: Registered,
    sums: Mapping[tuple[str, str], Iterable[tuple[str, int, int]]],
    names: Mapping[str, str],
) -> Iterator[Fault]:
    month = delivery.parts.month
    for cell in delivery.parts.cells:
        found = _counted(cell, sums, month)
        if found != cell.issued + cell.corrected:
            told = {
                "town": of.name,
                "month": month_title(month),
                "indicator": cell.indicator,
                "issued": cell.issued,
                "corrected": cell.corrected,
                "sums": found,
                "unit": names.get(cell.unit, cell.unit),
            }
            yield Fault("E918", told)


def _counted(cell: IssuedCell, sums: Mapping[tuple[str, str], Iterable[tuple[str, int, int]]], month: str) -> int:
    """What a cell comes to by the sums: a flow counts from January on, a stock all that came less all that went."""
    total = 0
    for sign, measures in ((1, cell.measures), (-1, cell.takes_off)):
        for measure in measures:
            for ends_on, came, went in sums.get((cell.unit, measure), ()):
                if ends_on[:7] > month or (cell.counted == "flow" and ends_on[:4] != month[:4]):
                    continue
                total += sign * (came if cell.counted == "flow" else came - went)
    return total
