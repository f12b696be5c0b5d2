"""What is answered about a record's fields, as the office writes them: names where the ledger keeps codes and ids,
罚款：1万元 → 2万元, yes and no in words.

Takes stored values and a connection to look names up in; knows no screen and no file. What kind a field is of, its
definition says: `refers`, `show`, `measure`. A file that is read again is not written so (`exchange.cells`).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from anjian_cli.ledger import settings
from anjian_cli.ledger.lookup import Finder, Indicator
from anjian_cli.records import amounts, masking, setting
from anjian_cli.records.definition import Kind, yuan
from anjian_cli.rules import place_names
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.workflow.kept_record import Change, Kept

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

TELLING = (
    *("case_number", "party", "enterprise", "village", "name", "title", "indicator", "town"),
    *("month", "grade", "kind", "value", "amount", "description", "list", "word"),
)
"""Fields that say best which record is meant, as many as stand in a line."""
IN_A_LINE = 4
OFTEN = ("from_on", "quantity", "points")
"""Fields that say when or how much, of whatever kind they are."""

FIELDS = {
    "town_code": "town",
    "village_code": "village",
    "enterprise_id": "enterprise",
    "responsible_village_id": "village",
    "campaign_id": "campaign",
    "programme_id": "programme",
    "quantity": "amount",
}
"""Columns that are called otherwise than the field they are told in."""

NAMED = {
    "town": "SELECT name, code FROM town WHERE code = ?",
    "department": "SELECT name, number FROM department WHERE number = ?",
    "village": "SELECT name, code FROM village WHERE code = ?",
    "enterprise": "SELECT name, number FROM enterprise WHERE id = ?",
    "responsible_village": "SELECT v.name || '（' || p.year || '年）', v.code FROM responsible_village p"
    " JOIN village v ON v.code = p.village_code WHERE p.id = ?",
    "campaign": "SELECT name, number FROM campaign WHERE id = ?",
    "programme": "SELECT kind, number FROM programme WHERE id = ?",
}
"""By what is referred to: its name, and what tells it from a namesake."""

BY_ID = {f"{name}_id": name for name in ("responsible_village", "campaign", "programme")}
"""Columns that have the id of what another field, or none, refers to."""

Fields = list[tuple[str, str, str]]
"""Fields of a record: name, title, text."""

MONEY = "分"
YUAN = 100
UNIT_OF_KIND = {"生产总值": MONEY, "从业人员": "人"}
_UNIT = re.compile("（万?元）$")


def changes(connection: sqlite3.Connection, record: Record, kept: Kept) -> list[Change]:
    """What became of a record, field by field. Columns that are no field of it follow from others and are left out."""
    told: list[Change] = []
    changed = [(name, *change) for change in kept.changes if (name := _field(record, change[0])) is not None]
    named = {stored for _, stored, *_ in changed}
    # That it is of an enterprise is told with its name.
    changed = [one for one in changed if one[:2] != ("enterprise", "party_kind") or "enterprise_id" not in named]
    beside = any(record.columns[name].measure or record.columns[name].person_where for name, *_ in changed)
    now = _row(connection, kept) if beside else {}
    was = now | {stored: before for stored, before, _ in kept.changes}
    for name, stored, before, after in changed:
        texts = [_worded(connection, record, name, stored, value, row) for value, row in ((before, was), (after, now))]
        if texts[0] == texts[1]:
            texts = [_apart(connection, record, name, stored, value) for value in (before, after)]
        told.append(change(record, name, *texts, now=now, was=was))
    return told


def change(
    record: Record,
    name: str,
    before: object,
    after: object,
    *,
    was: Mapping[str, Any] | None = None,
    now: Mapping[str, Any] | None = None,
) -> Change:
    """A field's change in words, masked, by the row that it `was` and is `now` where that says whose name it is; where
    only what is hidden differs, it says so."""
    column = record.columns[name]
    hidden = [masking.shown(column, text, row=row) for text, row in ((before, was), (after, now))]
    if hidden[0] == hidden[1] and before != after:
        hidden[1] = f"{hidden[1]}（遮盖的几位不同）"
    return Change(_title(record, name), *hidden)


def _row(connection: sqlite3.Connection, kept: Kept) -> dict[str, Any]:
    found = connection.execute(f'SELECT * FROM "{kept.table}" WHERE id = ?', (kept.row_id,))
    return dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))


def fields(connection: sqlite3.Connection, record: Record, row: Mapping[str, Any], *, phones: bool = False) -> Fields:
    """The fields that are filled in a row of the record's listing, but for its number: name, title, text. Telephone
    numbers are masked unless `phones` says otherwise."""
    return masked(record, whole(connection, record, row), phones=phones)


def masked(record: Record, told: Fields, *, phones: bool = False) -> Fields:
    """What `whole` tells, as it may be read by others."""
    row = {name: text for name, _, text in told}
    return [
        (name, title, masking.shown(record.columns[name], text, phones=phones, row=row)) for name, title, text in told
    ]


def whole(connection: sqlite3.Connection, record: Record, row: Mapping[str, Any]) -> Fields:
    """As `fields`, with nothing hidden: to be compared, not to be shown."""
    told = []
    for name in record.columns:
        if name != "number" and row.get(name) is not None:
            told.append((name, _title(record, name), str(_worded(connection, record, name, name, row[name], row))))
    return told


def line(
    record: Record, row: Mapping[str, Any], told: Sequence[tuple[str, str, str]], also: Container[str] = ()
) -> str:
    """A few words that tell which record a row of the listing is, whose `fields` are `told`: named in full, the town
    always there, or the department of what is of none. Of the fields `also` the days and amounts follow."""
    known = {name: (title, text) for name, title, text in told}
    telling = [name for name in TELLING if name in row][:IN_A_LINE]
    if "town" in row and "town" not in telling:
        telling.append("town")
    if row.get("town") is None and row.get("department") is not None:
        telling.append("department")
    words = [known[name][1] for name in telling if name in known]
    words += [
        f"{title}{text}"
        for name, title, text in told
        if name in also and name not in telling and tells_when_or_how_much(record, name)
    ]
    return "，".join(words)


def tells_when_or_how_much(record: Record, name: str) -> bool:
    """Whether a field is a day or an amount, a number with a unit included."""
    column = record.columns[name]
    return record.kinds[name] in (Kind.DAY, Kind.AMOUNT) or bool(column.measure) or name in OFTEN


def listed(connection: sqlite3.Connection, record: Record, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Rows of a record's listing for a screen: settings, which the ledger keeps under keys, by their Chinese names."""
    if record.name != "setting":
        return rows
    return [{**row, **{name: text for name, _, text in fields(connection, record, row)}} for row in rows]


def quantity(unit: str, number: int) -> str:
    """A number in its indicator's unit: money with its own, anything else bare."""
    return money(number) if unit == MONEY else str(number)


def money(fen: int) -> str:
    """An exact amount in the largest unit that takes two decimals at most: 2000000 -> 2万元, 350000 -> 3500元."""
    sign, amount = "-" if fen < 0 else "", abs(fen)
    return f"{sign}{_in_large_units(amount, YUAN) or yuan(amount)}元"


def people(number: int) -> str:
    """As `money`, of people: 423000 -> 42.3万人, 58 -> 58人."""
    return f"{_in_large_units(number, 1) or number}人"


def _in_large_units(number: int, one: int) -> str:
    """A number of which `one` makes a whole in 亿 or 万; '' where that is less than one of them or not exact."""
    for word, size in (("亿", 100_000_000), ("万", 10_000)):
        hundredth = one * size // 100
        if number >= one * size and number % hundredth == 0:
            return yuan(number // hundredth) + word
    return ""


def _field(record: Record, stored: str) -> str | None:
    """The field in which a column is told; None for one that only follows from others."""
    told_in = FIELDS.get(stored, "enterprise" if stored == "party_kind" else "")
    name = stored if stored in record.columns else told_in
    return name if name in record.columns else None


def _title(record: Record, name: str) -> str:
    """The field's title, without a unit that stands with the value."""
    title = record.columns[name].title
    return _UNIT.sub("", title) if record.kinds[name] is Kind.AMOUNT else title


def _worded(
    connection: sqlite3.Connection, record: Record, name: str, stored: str, value: Any, row: Mapping[str, Any]
) -> object:
    """A stored value as people read it; what needs no other words (a day, a number, a text) as it is. `row` has the
    fields beside it."""
    column = record.columns[name]
    if column.refers == "town or county" and value is None:
        return place_names.whole(settings.region_name(connection))
    if value in (None, "", OPEN):
        return None
    if value == BEGINNING:
        return "最初"
    if column.refers == "indicator":
        return _indicator(connection, value).short
    if column.refers or stored in BY_ID:
        found = _named(connection, column.refers, stored, value)
        return found[0] if found else value
    if record.kinds[name] is Kind.AMOUNT:
        return money(value)
    if record.name == "setting" and name == "name":
        return _setting(connection, value)
    if column.measure == "name":
        return setting.worded(row["name"], value)
    if column.measure:
        return _measured(connection, column.measure, row[column.measure], value)
    return value


def _measured(connection: sqlite3.Connection, measure: str, of: str, value: int | str) -> object:
    """A number in the unit of its indicator or kind; a listing has it as text."""
    unit = _indicator(connection, of).unit if measure == "indicator" else UNIT_OF_KIND[of]
    if unit == MONEY:
        return money(amounts.money(value) if isinstance(value, str) else value)
    return people(int(value)) if measure == "kind" else value


def _apart(connection: sqlite3.Connection, record: Record, name: str, stored: str, value: object) -> object:
    """What is told by name where both are of the same name: the name with its number or code."""
    found = _named(connection, record.columns[name].refers, stored, value)
    return f"{found[0]}（{found[1]}）" if found else value


def _named(connection: sqlite3.Connection, refers: str, stored: str, value: object) -> tuple[str, str] | None:
    """The name of what a value refers to, and what tells it from a namesake; None if the value is a name itself."""
    if stored == "party_kind":
        return None
    kind = BY_ID.get(stored) or refers.removesuffix(" or county")
    if kind not in NAMED:
        return None
    found = connection.execute(NAMED[kind], (value,)).fetchone()
    return (str(found[0]), str(found[1])) if found else None


def _indicator(connection: sqlite3.Connection, word: str) -> Indicator:
    return Finder(connection).indicator(word)


def _setting(connection: sqlite3.Connection, name: str) -> str:
    """The name of a setting by its titles: plan.standard.reached.三级复评 -> 序时计划.三级复评."""
    title = setting.kind(name)[0]
    if name in setting.FIXED:
        return title
    prefix, _, of = name.partition(".")
    if prefix in setting.BY_INDICATOR:
        return f"{title}.{_indicator(connection, of).short}"
    if prefix in setting.BY_TOWN:
        found = _named(connection, "town", "", of)
    else:
        found = connection.execute("SELECT title FROM category WHERE id = ?", (of,)).fetchone()
    return f"{title}.{found[0] if found else of}"
