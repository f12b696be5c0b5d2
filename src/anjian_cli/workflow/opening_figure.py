"""Keep opening figures: cumulative totals become what each adds to the one before it.

A flow's total since 1 January counts as an item on the day it is of; a second total of the same year adds only the
difference. A stock's number holds from its day until the next one (or until 1 January, for a stock of the year; until
the next month's last day, for what a unit tells month by month: as long as the figure that it stands for would).
Writing one down makes room for single records.

A total of the whole county (全市, 合计) stands for all that its towns have; beside figures of towns it would count
twice. Where it is their sum it is left out, where it is not it is refused. What no town bears is a figure of 未定镇街.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from anjian_cli.bulletin import wording
from anjian_cli.errors import Fault, Misread, Refused, refused
from anjian_cli.ledger import lookup
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder, Indicator
from anjian_cli.records import amounts, values
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import hazard_figures, place_names
from anjian_cli.rules import opening_figure as rule
from anjian_cli.rules.intervals import OPEN, month_end, next_day
from anjian_cli.workflow import register, timeline
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a total; it is read in the indicator's unit (件数, or money such as 274.7万元). Raises `Refused` E268 for
    what is only due on a day that is not over, E796 for what is counted for departments."""
    unsettled = given.get("town") is not None and values.clean(str(given["town"])) in lookup.UNSETTLED
    stored = register.resolve(record, {**given, "town": place_names.COUNTY} if unsettled else given, finder)
    if given.get("town") is not None:
        stored["unsettled"] = 1 if unsettled else CLEAR
    number = stored.get("number")
    row = register.existing(gate, record, stored)
    if stored.get("cumulative") is not None:
        indicator = finder.indicator(str(stored.get("indicator") or (row or {})["indicator"]))
        if indicator.kind == "today":
            words = {
                "what": f"“{indicator.title}”的期初数",
                "why": "它只数当天没有过完时的记录",
                "remedy": "请不要登记这一条",
            }
            raise Refused([Fault("E268", words, None, "indicator")])
        if indicator.of_departments:
            raise refused("E796", None, "indicator", short=indicator.short)
        stored["cumulative"] = _read(indicator, str(stored["cumulative"]))
    meant = row if number or row is None or stored.get("unsettled") == (row["unsettled"] or CLEAR) else None
    if (note := _beside(gate, finder, meant, stored)) is not None:
        return Kept(record.name, 0, record.name, 0, "", "left out", note=note)
    if row is None:
        columns = {**stored, "quantity": 0, "until_on": OPEN}
        kept = register.insert(gate, record, register.region_of(gate, stored), columns)
    else:
        _make_room(gate, row, stored)
        kept = register.update(gate, record, row, stored)
        if number and kept.changes:
            _settle(gate, finder, row)
    _settle(gate, finder, gate.row("opening_figure", kept.row_id))
    return kept


def _beside(gate: Gate, finder: Finder, row: Row | None, stored: Values) -> Fault | None:
    """The note (N302) that the total of the county is the sum of its towns, and so left out; None where the figure may
    stand. Raises `Refused` E476 (it is not the sum), E477 or E478 (a total would stand beside figures of towns)."""
    of = ("indicator", "town_code", "from_on", "unsettled", "cumulative")
    fresh = {name: (row or {}).get(name) if stored.get(name) is None else stored[name] for name in of}
    fresh = {name: None if value == CLEAR else value for name, value in fresh.items()}
    indicator, day, told = (
        finder.indicator(str(fresh["indicator"])),
        str(fresh["from_on"]),
        int(str(fresh["cumulative"])),
    )
    whole = fresh["town_code"] is None and fresh["unsettled"] is None
    others = [
        other
        for other in gate.connection.execute(
            "SELECT * FROM opening_figure WHERE indicator = ? AND voided_on IS NULL AND id <> ? ORDER BY from_on",
            (indicator.id, (row or {}).get("id", 0)),
        ).fetchall()
        if _overlap(indicator, other, day, _end(gate, indicator, fresh["town_code"], day))
    ]
    totals = [other for other in others if other["town_code"] is None and other["unsettled"] is None]
    parts = [other for other in others if other not in totals]
    of_towns = [part for part in parts if part["town_code"] is not None]
    if not whole:
        if totals and fresh["town_code"] is not None:
            total = totals[0]
            words = {
                "day": total["from_on"],
                "number": total["number"],
                "quantity": _shown(indicator, total["cumulative"]),
            }
            raise Refused([Fault("E477", {"indicator": indicator.short, **words}, None, "town")])
        return None
    if not of_towns:
        return None
    words = {"indicator": indicator.short, "day": of_towns[-1]["from_on"], "told": _shown(indicator, told)}
    # Last month's figures stay beside this month's total, unless a town has none of this day: it may be part of it.
    on_day = {part["town_code"] for part in of_towns if part["from_on"] == day}
    if row is not None or any(part["town_code"] not in on_day for part in of_towns):
        raise Refused([Fault("E478", words, None, "town")])
    found = sum(part["cumulative"] for part in parts if part["from_on"] == day)
    if told != found:
        words |= {"sum": _shown(indicator, found), "by": _shown(indicator, abs(told - found))}
        raise Refused([Fault("E476", words, None, "cumulative")])
    return Fault(
        "N302", {"told": words["told"], "read": "与各镇（街、区）相加的相等，不另计入", "remedy": "合计由台账自己加"}
    )


def _end(gate: Gate, indicator: Indicator, town: object, day: str) -> str:
    """The day on which a stock's figure of a day ends: the next one of its cell, or its last."""
    (following,) = gate.connection.execute(
        "SELECT min(from_on) FROM opening_figure WHERE indicator = ? AND town_code IS ? AND from_on > ?"
        " AND voided_on IS NULL",
        (indicator.id, town, day),
    ).fetchone()
    return min(following or OPEN, _last(indicator, day))


def _last(indicator: Indicator, day: str) -> str:
    """The day on which a stock's figure of a day ends if no other follows it."""
    if indicator.monthly:
        end = month_end(day[:7])
        return end if day < end else month_end(day[:7], 1)
    return f"{int(day[:4]) + 1}-01-01" if indicator.of_year else OPEN


def _overlap(indicator: Indicator, other: Mapping[str, object], day: str, end: str) -> bool:
    """Whether a figure from `day` to before `end` counts beside another one: flows in the same year, stocks on any
    day."""
    if indicator.kind == "flow":
        return str(other["from_on"])[:4] == day[:4]
    return str(other["from_on"]) < end and day < str(other["until_on"])


def _shown(indicator: Indicator, quantity: int) -> str:
    return f"{wording.amount(quantity, indicator.unit)}{wording.shown_unit(indicator.unit)}"


def _make_room(gate: Gate, row: Row, stored: Values) -> None:
    """Before a total moves to another day or cell: is that day free? Its days are set anew when it stands there."""
    names = ("indicator", "town_code", "from_on")
    fresh = {name: row[name] if stored.get(name) is None else stored[name] for name in names}
    if all(row[name] == value for name, value in fresh.items()):
        return
    row_id, day = int(str(row["id"])), str(fresh.pop("from_on"))
    timeline.refuse_taken_day(gate, "opening_figure", "期初数", fresh, day, row_id)
    gate.update("opening_figure", row_id, until_on=OPEN, period_from=None)


def voided(gate: Gate, row: Row) -> None:
    """The totals after it take its part over again."""
    _settle(gate, Finder(gate.connection), row)


def remarks(gate: Gate, kept: Iterable[Kept]) -> list[Fault]:
    """Notes on figures of hazards of the places and days of those kept: what cannot be beside each other (N305), and
    what can only be if more came over from the year before (N306)."""
    found: list[Fault] = []
    rows = [gate.row("opening_figure", one.row_id) for one in kept if one.outcome in ("new", "changed")]
    touched = {(row["town_code"], row["from_on"]) for row in rows if row["indicator"] in hazard_figures.TITLES}
    for town, day in sorted(touched, key=str):
        done = dict(
            gate.connection.execute(
                "SELECT indicator, cumulative FROM opening_figure WHERE town_code IS ? AND from_on = ?"
                " AND voided_on IS NULL",
                (town, day),
            ).fetchall()
        )
        name = gate.connection.execute("SELECT name FROM town WHERE code = ?", (town,)).fetchone()
        place = name[0] if name else place_names.COUNTY
        for code, told in (
            ("N305", hazard_figures.impossible(done, lambda: None)),
            ("N306", hazard_figures.unexplained(done, lambda: None)),
        ):
            found += [Fault(code, {"place": place, "day": day, "said": said}) for said in told]
    return found


def typed(gate: Gate, figure: int, text: str) -> int:
    """A quantity as it is typed for an opening figure, in its indicator's unit: 2, or of money 1.5万元. Raises
    `Refused`: what `records.amounts` says of a count or of money."""
    return _read(Finder(gate.connection).indicator(str(gate.row("opening_figure", figure)["indicator"])), text)


def shown(gate: Gate, figure: int) -> str:
    """What an opening figure still counts, as it is written."""
    row = gate.row("opening_figure", figure)
    return rule.told(row["indicator"], int(str(row["quantity"])))


def write_down(gate: Gate, figure: int, by: int) -> None:
    """Take `by` off an opening figure, so that as many single records of its cell and period may be entered.

    Raises `Refused` E415 (nothing, or more than there is), E416 (voided).
    """
    row = gate.row("opening_figure", figure)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if not 0 < by <= int(str(row["quantity"])):
        there, taken = (rule.told(row["indicator"], int(str(n))) for n in (row["quantity"], by))
        raise refused("E415", number=row["number"], quantity=there, by=taken)
    gate.update("opening_figure", figure, written_down=int(str(row["written_down"])) + by)
    _settle(gate, Finder(gate.connection), row)


def take_over(gate: Gate, kept: Kept, shown: Mapping[str, str]) -> None:
    """Write a figure that comes from another ledger down by as much as it was there: the records that it made room for
    come with it. Raises as `write_down`, and what `records.amounts` says of a count."""
    text = shown.get("written_down", "0")
    try:
        by = amounts.count(text)
    except Misread as error:
        raise Refused([error.fault(text, "written_down")]) from error
    if by:
        write_down(gate, kept.row_id, by)


def _read(indicator: Indicator, text: str) -> int:
    try:
        return amounts.money(text) if indicator.unit == "分" else amounts.count(text)
    except Misread as error:
        raise Refused([error.fault(text, "cumulative")]) from error


def _settle(gate: Gate, finder: Finder, row: Row) -> None:
    """Work out the days and quantities of all opening figures of a cell anew."""
    indicator = finder.indicator(str(row["indicator"]))
    rows = gate.connection.execute(
        "SELECT * FROM opening_figure WHERE indicator = ? AND town_code IS ? AND voided_on IS NULL ORDER BY from_on",
        (row["indicator"], row["town_code"]),
    ).fetchall()
    for index, figure in enumerate(rows):
        year = str(figure["from_on"])[:4]
        if indicator.kind == "flow":
            before = rows[index - 1] if index and rows[index - 1]["from_on"][:4] == year else None
            gate.update(
                "opening_figure",
                int(figure["id"]),
                period_from=next_day(before["from_on"]) if before else f"{year}-01-01",
                until_on=OPEN,
                quantity=figure["cumulative"] - (before["cumulative"] if before else 0) - figure["written_down"],
            )
        else:
            end = _last(indicator, str(figure["from_on"]))
            following = rows[index + 1]["from_on"] if index + 1 < len(rows) else end
            gate.update(
                "opening_figure",
                int(figure["id"]),
                period_from=None,
                until_on=min(following, end),
                quantity=figure["cumulative"] - figure["written_down"],
            )
