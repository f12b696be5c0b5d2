"""Who reported the month, and how: not at all, late, sent back and mended, nothing new. Knows no figures (rule R14)."""

from __future__ import annotations

import sqlite3

from anjian_cli.bulletin.definition import Definition, unit_columns
from anjian_cli.bulletin.period import day_after, month_end
from anjian_cli.bulletin.value import Confirmed, Filings
from anjian_cli.ledger import settings


def filings(connection: sqlite3.Connection, definition: Definition) -> Filings | None:
    """The month's reports of the units in force; None where none of them has ever reported, so that none is missing."""
    whose, _ = unit_columns(definition.of)
    (kept,) = connection.execute(
        f"SELECT EXISTS (SELECT 1 FROM filing WHERE voided_on IS NULL AND {whose} IS NOT NULL)"
    ).fetchone()
    if not kept:
        return None
    rows = {
        definition.roll(row["unit"]): row
        for row in connection.execute(
            f"SELECT f.{whose} AS unit, l.in_time, f.returned_on, f.refiled_on, f.nil"
            " FROM filing f JOIN filing_listing l ON l.id = f.id"
            f" WHERE f.month = ? AND f.voided_on IS NULL AND f.{whose} IS NOT NULL",
            (definition.period.key,),
        ).fetchall()
    }
    codes = [town.code for town in definition.towns]
    return Filings(
        missing=tuple(code for code in codes if code not in rows),
        late=tuple(code for code in codes if code in rows and rows[code]["in_time"] == "迟报"),
        returned=tuple(code for code in codes if code in rows and rows[code]["returned_on"] is not None),
        mended=tuple(code for code in codes if code in rows and rows[code]["refiled_on"] is not None),
        nil=tuple(code for code in codes if code in rows and rows[code]["nil"] == "是"),
    )


def unreported(connection: sqlite3.Connection, definition: Definition) -> frozenset[str] | None:
    """The units that have not reported the last month that has ended; None where none of them ever reports."""
    whose, _ = unit_columns(definition.of)
    (kept,) = connection.execute(
        f"SELECT EXISTS (SELECT 1 FROM filing WHERE voided_on IS NULL AND {whose} IS NOT NULL)"
    ).fetchone()
    if not kept:
        return None
    month = definition.period if definition.period.finished else definition.period.previous()
    reported = {
        definition.roll(town)
        for (town,) in connection.execute(
            f"SELECT {whose} FROM filing WHERE month = ? AND voided_on IS NULL AND {whose} IS NOT NULL", (month.key,)
        )
    }
    return frozenset(town.code for town in definition.towns) - reported


def confirmed(connection: sqlite3.Connection, definition: Definition) -> tuple[Confirmed, ...]:
    """The towns that agreed with their figures of the month, in the office's order."""
    rows = {
        definition.roll(row["town_code"]): row
        for row in connection.execute(
            "SELECT town_code, confirmed_by, confirmed_on, confirmed_how FROM filing"
            " WHERE month = ? AND voided_on IS NULL AND confirmed_on IS NOT NULL AND town_code IS NOT NULL",
            (definition.period.key,),
        ).fetchall()
    }
    return tuple(
        Confirmed(town=town.code, by=row["confirmed_by"], on=row["confirmed_on"], method=row["confirmed_how"])
        for town in definition.towns
        if (row := rows.get(town.code)) is not None
    )


def due_on(connection: sqlite3.Connection, month: str) -> str:
    """The last day on which a report of a month (YYYY-MM) is in time: the month's last, or as many days later as the
    setting of that day says (报送宽限天数)."""
    end = month_end(int(month[:4]), int(month[5:]))
    return day_after(end, int(settings.value(connection, "filing.grace", end) or 0))


def told(connection: sqlite3.Connection, month: str) -> list[tuple[str, str, int]]:
    """What the towns themselves say their figures of a month (YYYY-MM) are: (town, indicator, quantity)."""
    found = connection.execute(
        "SELECT f.town_code, g.indicator, g.quantity FROM filed_figure g JOIN filing f ON f.id = g.filing_id"
        " WHERE f.month = ? AND f.voided_on IS NULL AND f.town_code IS NOT NULL ORDER BY f.town_code, g.indicator",
        (month,),
    )
    return [tuple(row) for row in found]
