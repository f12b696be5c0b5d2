"""Keep opening figures: cumulative totals become what each adds to the one before it.

A flow's total since 1 January counts as an item on the day it is of; a second total of the same year adds only the
difference. A stock's number holds from its day until the next one (or until 1 January, for a stock of the year).
Writing one down makes room for single records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Misread, Refused, refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.lookup import Finder, Indicator
from anjian_cli.ledger.write import Gate
from anjian_cli.records import values
from anjian_cli.rules.intervals import OPEN, next_day
from anjian_cli.workflow import register, timeline
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a total; it is read in the indicator's unit (件数, or money such as 274.7万元)."""
    stored = register.resolve(record, given, finder)
    number = stored.get("number")
    row = register.existing(gate, record, stored)
    if row is None:
        stored["cumulative"] = _read(finder.indicator(str(stored["indicator"])), str(stored["cumulative"]))
        columns = {**stored, "quantity": 0, "until_on": OPEN}
        kept = register.insert(gate, record, register.region_of(gate, stored), columns)
    else:
        if stored.get("cumulative") is not None:
            indicator = finder.indicator(str(stored.get("indicator") or row["indicator"]))
            stored["cumulative"] = _read(indicator, str(stored["cumulative"]))
        _make_room(gate, row, stored)
        kept = register.update(gate, record, row, stored)
        if number and kept.changes:
            _settle(gate, finder, row)
    _settle(gate, finder, gate.row("opening_figure", kept.row_id))
    return kept


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


def write_down(gate: Gate, figure: int, by: int) -> None:
    """Take `by` off an opening figure, so that as many single records of its cell and period may be entered.

    Raises `Refused` E415 (more than there is), E416 (voided).
    """
    row = gate.row("opening_figure", figure)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if by > int(str(row["quantity"])):
        raise refused("E415", number=row["number"], quantity=row["quantity"], by=by)
    gate.update("opening_figure", figure, written_down=int(str(row["written_down"])) + by)
    _settle(gate, Finder(gate.connection), row)


def _read(indicator: Indicator, text: str) -> int:
    try:
        return values.money(text) if indicator.unit == "分" else values.count(text)
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
            end = f"{int(year) + 1}-01-01" if indicator.of_year else OPEN
            following = rows[index + 1]["from_on"] if index + 1 < len(rows) else end
            gate.update(
                "opening_figure",
                int(figure["id"]),
                period_from=None,
                until_on=min(following, end),
                quantity=figure["cumulative"] - figure["written_down"],
            )
