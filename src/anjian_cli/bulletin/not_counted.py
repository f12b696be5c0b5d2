"""Items near a figure that do not count, each with the reason: ended, excused, not begun, moved away, voided."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence

from anjian_cli.bulletin import due_today, items
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.period import day_after
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.ledger.measures import COLUMNS, Told, condition
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.records import masking
from anjian_cli.rules.measure import TOWN

LOOKS_BACK = 365  # days: what ended longer ago is not asked about
LOOKS_AHEAD = 60
_Ended = tuple[Told, str, int, str]  # what, record, its id, until_on
_DAY = re.compile(r"于?\d{4}-\d\d-\d\d[起止]?，?")


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An item that does not count, and why (Chinese)."""

    item: Item
    reason: str

    @property
    def reason_in_general(self) -> str:
        """The reason without what it says of this record alone, its day and what stands behind a colon: 已不在期内."""
        return _DAY.sub("", self.reason.partition("：")[0])


def not_counted(
    connection: sqlite3.Connection,
    definition: Definition,
    indicator: Indicator,
    place: str,
    counted: Sequence[Item],
) -> list[NotCounted]:
    """The items that a town would ask about: those of the cell that ended lately or begin soon, those that went with
    their enterprise to another town, and records that never count."""
    if indicator.kind == "counted":
        return []
    distinct = indicator.kind == "distinct"
    of = definition.members(indicator) if distinct else (indicator,)
    day = definition.period.as_of
    found: list[NotCounted] = []
    if distinct:
        found += _counted_already(connection, definition, of, place, counted)
    found += _due_today(connection, definition, indicator, place)
    never = [one for one in _never(connection, definition, of, place) if not _counts(one.item, counted)]
    told = {_ended(standing.item) for standing in never}
    if indicator.kind not in ("flow", "today"):
        here = {item.subject for item in counted}
        ended = items.select(
            connection,
            definition,
            of,
            place,
            "until_on <= ? AND until_on > ?",
            [day, day_after(day, -LOOKS_BACK)],
        )
        gone = [item for item in ended if item.subject not in here and item.record != "opening_figure"]
        gone = [item for item in gone if _ended(item) not in told]
        moved = _moved(connection, definition, of, gone)
        for item in gone:
            town = moved.get(_ended(item))
            if town is not None and place != COUNTY:
                found.append(NotCounted(item, f"{item.until_on}起{town}"))
            else:
                found.append(NotCounted(item, f"{day_after(item.until_on, -1)}止，已不在期内"))
    ahead = items.select(
        connection,
        definition,
        of,
        place,
        "from_on > ? AND from_on <= ?",
        [day, day_after(day, LOOKS_AHEAD)],
    )
    if indicator.kind != "flow":  # what stands in stretches counts already, and goes on in the next
        ahead = [item for item in ahead if not _counts(item, counted)]
    found += [NotCounted(item, f"{item.from_on}起，计入{int(item.from_on[5:7])}月") for item in ahead]
    found += never
    described = items.described(connection, (standing.item for standing in found))
    return [NotCounted(item, standing.reason) for item, standing in zip(described, found, strict=True)]


def _counts(item: Item, counted: Sequence[Item]) -> bool:
    """Whether the record of an item counts all the same: beside an opening total, or again after it had ended. Of an
    accident's casualties a part may be left out (corrected in the next year), and that is told."""
    if item.record == "accident":
        return False
    return sum(one.quantity for one in counted if (one.record, one.record_id) == (item.record, item.record_id)) > 0


def _ended(item: Item) -> _Ended:
    """By what an item and the reason why it ended are known to belong together."""
    return item.told, item.record, item.record_id, item.until_on


def _due_today(
    connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str
) -> list[NotCounted]:
    """What holds on a day that is not over and counts when it is."""
    if indicator.kind == "today":
        return []
    day = definition.period.as_of
    which, values = due_today.among(definition.period, indicator.measures, today=True)
    held = items.select(
        connection,
        definition,
        [indicator],
        place,
        f"from_on <= ? AND ? < until_on AND {which}",
        [day, day, *values],
    )
    return [NotCounted(item, "今日到期，过了今日才计入") for item in held]


def _counted_already(
    connection: sqlite3.Connection,
    definition: Definition,
    of: Sequence[Indicator],
    place: str,
    counted: Sequence[Item],
) -> list[NotCounted]:
    """Further items of subjects that a distinct figure counts once."""
    told = ("opening_figure", items.DELIVERED)  # totals, of which no subject is known
    counts = {item.subject: item for item in counted if item.record not in told}
    day = definition.period.as_of
    standing = items.select(
        connection,
        definition,
        of,
        place,
        "from_on <= ? AND ? < until_on AND record NOT IN (?, ?)",
        [day, day, *told],
    )
    found = []
    for item in standing:
        first = counts[item.subject]
        if (item.indicator, item.record_id) != (first.indicator, first.record_id):
            shown = definition.indicator(first.indicator).short
            found.append(NotCounted(item, f"同一企业不重复计，已按{shown}计"))
    return found


def _moved(
    connection: sqlite3.Connection, definition: Definition, of: Sequence[Indicator], gone: Sequence[Item]
) -> dict[_Ended, str]:
    """Where a record's items went on in another town, or for another department, on the day they ended here."""
    units = {indicator.id: indicator.unit_column for indicator in of}
    roots = sorted({(item.root, item.root_id, units[item.indicator]) for item in gone})
    towns = {_ended(item): item.town for item in gone}
    found = {}
    for root, root_id, unit in roots:
        names = dict(connection.execute(_NAMES[unit == TOWN]).fetchall())
        for *told, town, record, record_id, from_on in connection.execute(
            f"SELECT {COLUMNS}, {unit}, record, record_id, from_on FROM fact_item WHERE root = ? AND root_id = ?",
            (root, root_id),
        ):
            key = (tuple(told), record, record_id, from_on)
            if key in towns and definition.roll(town) != definition.roll(towns[key]):
                found[key] = (
                    f"属地为{names.get(town, '未定镇街')}" if unit == TOWN else f"由{names.get(town, '别的部门')}监管"
                )
    return found


_NAMES = ("SELECT number, name FROM department", "SELECT code, name FROM town")


def _never(
    connection: sqlite3.Connection, definition: Definition, of: Sequence[Indicator], place: str
) -> list[NotCounted]:
    """Records of the year that do not count at all: voided, not accepted, nobody passed."""
    day = definition.period.as_of
    standing = []
    for unit, some in items.by_unit(of).items():
        here, codes = definition.where(place, unit)
        counted, words = condition(measure for indicator in some for measure in indicator.measures)
        found = connection.execute(
            f"SELECT n.*, t.root FROM (SELECT * FROM not_counted WHERE {counted} AND {here} AND {unit} IS NOT NULL"
            " AND on_day BETWEEN ? AND ?) n JOIN record_table t ON t.name = n.record ORDER BY n.on_day, n.record_id",
            (*words, *codes, f"{day[:4]}-01-01", day),
        )
        asked = items.asked_by(connection, some)
        standing += [_standing(row, asked, unit) for row in found]
    return standing


def _standing(row: sqlite3.Row, asked: Callable[[Told], str], unit: str) -> NotCounted:
    return NotCounted(
        Item(
            indicator=asked(tuple(row)[: items.TOLD]),
            told=tuple(row)[: items.TOLD],
            town=row[unit],
            subject=row["record_id"],
            from_on=row["on_day"],
            until_on=row["on_day"],
            quantity=0,
            root=row["root"],
            root_id=row["record_id"],
            record=row["record"],
            record_id=row["record_id"],
        ),
        masking.in_text(row["reason"]),
    )
