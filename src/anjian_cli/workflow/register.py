"""Take a record in: find what it refers to, find whether it is there already, write it, say what became of it.

A plain record (one row, one table) is handled here; a record with a life of its own has a module that says how
(`own_life`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused, refused
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import masking
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import word_lists
from anjian_cli.rules.intervals import month_end
from anjian_cli.workflow import agreement, own_life
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

STORED_AS = {"town": "town_code", "village": "village_code", "enterprise": "enterprise_id"}


def take(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in one record of parsed values (field name to value; None = blank, `CLEAR` = to be emptied).

    Raises `Refused` with the faults of this record, each naming its field; E213 for a day in the future, E256 for
    what cannot be emptied.
    """
    given, masked = masking.told(given)
    if _unfit(gate, record, given):
        raise Refused(faults(gate, record, given, finder))
    own = own_life.of(record.name)
    if own is not None and hasattr(own, "keep"):
        kept: Kept = own.keep(gate, record, given, finder)
    else:
        kept = keep_plain(gate, record, resolve(record, given, finder))
    if masked and kept.note is None:
        row = gate.row(record.name, kept.row_id)
        kept.hidden = not all(masking.fits(number, str(row[name] or "")) for name, number in masked.items())
    if kept.changes:
        from anjian_cli.workflow import echo  # here: most rows of a file change nothing

        kept.told = echo.changes(gate.connection, record, kept)
    return kept


def correct(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Mend a record that was entered wrongly; it is found by its number or its keys. Where its life is more than its
    fields, its module says how, and which `STEPS` it can take away. Raises `Refused` as `take`, and what that module
    raises."""
    own = own_life.of(record.name)
    if own is None or not hasattr(own, "correct"):
        return take(gate, record, given, finder)
    unfit = [fault for fault in _unfit(gate, record, given) if fault.code != "E256" or fault.field not in own.STEPS]
    if unfit:
        raise Refused(unfit)
    kept: Kept = own.correct(gate, record, given, finder)
    if kept.changes:
        from anjian_cli.workflow import echo

        kept.told = echo.changes(gate.connection, record, kept)
    return kept


def faults(gate: Gate, record: Record, given: Values, finder: Finder) -> list[Fault]:
    """What is wrong with single values, before the record is looked for: days, what cannot be emptied, references."""
    found = _unfit(gate, record, given)
    try:
        resolve(record, given, finder)
    except Refused as refusal:
        found += refusal.faults
    return found


def trusted(read: Values, faults: Iterable[Fault]) -> Values:
    """Of values some of which were misread those that can be judged: an enterprise is not looked for by its name where
    its code, or by its code where its name, could not be read."""
    identity = {"enterprise", "credit_code"}
    unsure = identity if identity & {fault.field for fault in faults} else set()
    return {name: value for name, value in read.items() if name not in unsure}


def _unfit(gate: Gate, record: Record, given: Values) -> list[Fault]:
    found = [
        Fault("E213", {"today": gate.today, "title": column.title}, str(given[name]), name)
        for name, column in record.columns.items()
        if column.past and given.get(name) is not None and gate.today < given[name] != CLEAR
    ]
    return found + [
        Fault("E256", {}, CLEAR, name) for name, value in given.items() if value == CLEAR and name in record.lasting
    ]


def keep_plain(gate: Gate, record: Record, stored: Values, row: Row | None = None) -> Kept:
    """Keep a record that is one row; `row` is the one meant, where it is known by more than the record's keys.

    Of an enterprise the town given tells namesakes apart; where the record has a town of its own and none is told,
    it is the one the enterprise was in on the record's day. Raises `Refused` E202 without an enterprise.
    """
    columns = gate.columns(record.name)
    town = stored.get("town_code") if "town_code" in columns else stored.pop("town_code", None)
    row = row or existing(gate, record, stored)
    if row is not None:
        _refuse_taken_key(gate, record, row, stored)
        kept = update(gate, record, row, stored)
        kept.root, kept.root_id = gate.root_of(
            record.name, {**row, **{k: v for k, v in stored.items() if v is not None}}
        )
        return kept
    stored = {name: None if value == CLEAR else value for name, value in stored.items()}
    if record.since and stored.get(record.since) is None:
        days = [stored[name] for name, column in record.columns.items() if column.past and stored.get(name)]
        stored[record.since] = min(days, default=gate.today)
    if record.of_enterprise:
        if stored.get("enterprise_id") is None:
            raise refused("E202", None, "enterprise")
        if town in (None, CLEAR):
            town = town_on(gate, int(stored["enterprise_id"]), str(stored[record.day]))
    if "town_code" in columns:
        stored["town_code"] = town
    kept = insert(gate, record, region_of(gate, {"town_code": town}), stored)
    kept.root, kept.root_id = gate.root_of(record.name, {"id": kept.row_id, **stored})
    return kept


def town_on(gate: Gate, enterprise: int, day: str) -> str | None:
    """The town an enterprise was in on a day; None = 未定镇街."""
    found = (
        gate.reading("residence", enterprise_id=enterprise)
        .execute(
            "SELECT town_code FROM residence WHERE enterprise_id = ? AND from_on <= ? AND ? < until_on",
            (enterprise, day, day),
        )
        .fetchone()
    )
    return found[0] if found else None


def resolve(record: Record, given: Values, finder: Finder) -> Values:
    """The given values as they are stored: names replaced by what they refer to, words as their lists write them.
    Raises `Refused`."""
    stored: Values = {}
    faults: list[Fault] = []
    told = {name: value for name, value in given.items() if value not in (None, CLEAR)}
    of_lists = word_lists.uses_of(record.name)
    for name, column in record.columns.items():
        if name not in given:
            continue
        value = given[name]
        target = STORED_AS.get(name, name) if column.refers else name
        stored[target] = value
        if name in of_lists and name in told:
            of, use = of_lists[name]
            on = word_lists.on_which(told, use)
            stored[target], unknown = _words(value, partial(finder.term, of, use, on=on))
            faults += [error.fault(text, name) for text, error in unknown]
        if not column.refers or value is None or value == CLEAR or column.refers == "enterprise":
            continue
        try:
            if column.refers == "town":
                stored[target] = finder.town(value).code
            elif column.refers == "town or county":
                town = finder.town_or_county(value)
                # Of a record that is there, a town is emptied; a blank would leave it.
                stored[target] = town.code if town else CLEAR if given.get("number") else None
            elif column.refers == "department":
                days = [str(told[day]) for day in column.named_on if day in told]
                # Of a month: the last of its days.
                stored[target] = finder.department(value, f"{days[0]:-<7}-31"[:10] if days else None).number
            elif column.refers == "village":
                # A village cannot be looked for in a town that is not known.
                if not any(fault.field == "town" for fault in faults):
                    stored[target] = finder.village(value, stored.get("town_code"))
            else:
                stored[target] = finder.indicator(value, *_days_of(record, given)).id
        except Misread as error:
            faults.append(error.fault(str(value), name))
    faults += _resolve_enterprise(record, given, stored, finder)
    if faults:
        raise Refused(faults)
    return stored


def _words(value: object, find: Callable[[str], str]) -> tuple[object, list[tuple[str, Misread]]]:
    """A word of a list, or several, as the list writes them; and those that it does not have."""
    found: list[str] = []
    unknown: list[tuple[str, Misread]] = []
    for text in value if isinstance(value, tuple) else (str(value),):
        try:
            found.append(find(text))
        except Misread as error:
            unknown.append((text, error))
    return (tuple(dict.fromkeys(found)) if isinstance(value, tuple) else "".join(found)), unknown


def _resolve_enterprise(record: Record, given: Values, stored: Values, finder: Finder) -> list[Fault]:
    column = record.columns.get("enterprise")
    if column is None or not column.refers:
        return []
    if not given.keys() & {"enterprise", "credit_code"}:
        return []  # a file without these columns left no cell of them blank
    name, code = given.get("enterprise"), given.get("credit_code")
    stored.pop("credit_code", None)
    if name in column.instead:
        stored |= {"enterprise_id": CLEAR, "party_kind": name}
        return []
    if CLEAR in (name, code) or (name is None and code is None):
        stored["enterprise_id"] = CLEAR if name == CLEAR else None
        if column.instead:
            stored["party_kind"] = stored["enterprise_id"]
        return []
    try:
        stored["enterprise_id"] = finder.enterprise(name, code, stored.get("town_code"))
        if column.instead:
            stored["party_kind"] = "企业"
    except Misread as error:
        return [error.fault(str(name or code), "enterprise" if name else "credit_code")]
    return []


def existing(gate: Gate, record: Record, stored: Values) -> Row | None:
    """The record in the ledger that these values speak of, by its number or its keys; None if it is new.

    Raises `Refused` E235 (no such number), E236 (it was voided), and what `agreement.refuse_another` raises.
    """
    number = stored.get("number")
    if number:
        found = gate.connection.execute(f'SELECT * FROM "{record.name}" WHERE number = ?', (number,)).fetchall()
        if not found and not _may_bear(gate, record, str(number)):
            raise refused("E235", number, "number", kind=record.title)
        if found:
            row = alive(record, found, "number")
            if row is not None and gate.source is not None:
                agreement.refuse_another(gate, record, row, stored)
            return row
    for key in record.keys:
        names = [STORED_AS.get(name, name) if record.columns[name].refers else name for name in key]
        if key == ("number",) or any(name not in stored for name in names):
            continue
        condition = " AND ".join(f'"{name}" IS ?' for name in names)
        sought = {name: stored[name] for name in names}
        connection = gate.reading(record.name, **sought)
        found = connection.execute(f'SELECT * FROM "{record.name}" WHERE {condition}', [*sought.values()]).fetchall()
        row = alive(record, found, key[0])
        if row is not None:
            return row
    return None


def _days_of(record: Record, given: Values) -> tuple[str, str]:
    """The first and the last day that a record of an indicator is about: of a year's task, of the month that goes by
    its last day's scheme, of a total or whatever was on a day; '' for all."""
    if year := given.get("year"):
        return f"{year}-01-01", f"{year}-12-31"
    if month := given.get("month"):
        return month_end(month), month_end(month)
    day = str(given.get("from_on") or given.get(record.obvious_day) or "")
    return day, day


def _may_bear(gate: Gate, record: Record, number: str) -> bool:
    """Whether a record of a file may be new under the number it had in another ledger: a ledger that has no records yet
    takes the export of one whole."""
    if gate.source is None or not gate.numbers_are_free:
        return False
    try:
        gate.take_number(record.name, number)
    except ValueError:
        return False
    return True


def known(gate: Gate, record: Record, given: Values, finder: Finder) -> int | None:
    """The id of the record that values speak of, whatever else is wrong with them; None where that is not clear."""
    try:
        own = own_life.of(record.name)
        find = own.meant if own is not None and hasattr(own, "meant") else existing
        row = find(gate, record, resolve(record, given, finder))
    except Refused:
        return None
    return None if row is None else int(str(row["id"]))


def _refuse_taken_key(gate: Gate, record: Record, row: Row, stored: Values) -> None:
    """E238 if a change would make of the record one that is there already, by any of its keys.

    What hangs on another root is held by the rules of that root, which can say more.
    """
    if gate.root_of(record.name, row)[0] != record.name:
        return
    for key in record.keys:
        titles = {
            STORED_AS.get(name, name) if column.refers else name: column.title
            for name, column in record.columns.items()
            if name in key
        }
        fresh = {name: row[name] if stored.get(name) is None else _stored(stored[name]) for name in titles}
        if key == ("number",) or all(row[name] == value for name, value in fresh.items()):
            continue
        condition = " AND ".join(f'"{name}" IS ?' for name in fresh)
        other = gate.connection.execute(
            f'SELECT number FROM "{record.name}" WHERE {condition} AND id <> ? AND voided_on IS NULL',
            (*fresh.values(), row["id"]),
        ).fetchone()
        if other is not None:
            raise refused("E238", None, key[-1], other=other["number"], title="、".join(titles.values()))


def alive(record: Record, found: list[sqlite3.Row], field: str) -> Row | None:
    """The one among rows of a key that is not voided; `Refused` E236 if there are only voided ones."""
    for row in found:
        if row["voided_on"] is None:
            return dict(row)
    if found:
        voided = found[0]
        raise Refused(
            [
                Fault(
                    "E236",
                    {"kind": record.title, "reason": masking.in_text(voided["void_reason"])},
                    voided["number"],
                    field,
                )
            ]
        )
    return None


def region_of(gate: Gate, stored: Values) -> str:
    """The region a new record's number begins with: its town, else the county."""
    town = stored.get("town_code")
    if town:
        return str(town)
    found = (
        gate.reading("setting", name="region_code")
        .execute(
            "SELECT value FROM setting WHERE name = 'region_code' AND voided_on IS NULL ORDER BY from_on DESC LIMIT 1"
        )
        .fetchone()
    )
    return str(found[0]) if found else "000000"


def insert(gate: Gate, record: Record, region: str, row: Values) -> Kept:
    """A new row with a number of its own; `row` are its columns. A number among them it may bear (`existing`)."""
    number = str(row.get("number") or gate.number(record.name, region, int(gate.today[:4])))
    columns = {name: _stored(value) for name, value in row.items() if name != "number"}
    row_id = gate.insert(record.name, number=number, **columns)
    return Kept(record.name, row_id, record.name, row_id, number)


def update(gate: Gate, record: Record, row: Row, stored: Values) -> Kept:
    """Bring a row up to what was given. A blank leaves the value; `CLEAR` empties it."""
    row_id = int(str(row["id"]))
    kept = Kept(record.name, row_id, record.name, row_id, str(row["number"]), "unchanged")
    fresh: dict[str, Value] = {}
    for name, value in stored.items():
        if name not in row or name == "number":
            continue
        if value is None:
            kept.blanks += row[name] is not None
            continue
        known, told = row[name], _stored(value)
        if isinstance(known, str) and isinstance(told, str):
            told = masking.restored(told, known)
        if told != known:
            fresh[name] = told
            kept.changed(name, known, told)
    if fresh:
        gate.update(record.name, row_id, **fresh)
    return kept


def refuse_backwards(row: Values, first: tuple[str, str], last: tuple[str, str]) -> None:
    """E214 if the day `last` (name, title) is not after `first`: the schema would refuse it without words."""
    begun, ended = row.get(first[0]), row.get(last[0])
    if begun is not None and ended is not None and ended <= begun:
        raise Refused([Fault("E214", {"other_title": first[1], "other": begun}, ended, last[0])])


def _stored(value: object) -> Value:
    if value is None or value == CLEAR:
        return None
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return value if isinstance(value, int | str) else str(value)
