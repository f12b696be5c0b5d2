"""Opening figures against single records, and what is locked against what comes after.

An opening figure stands for records that are not in the ledger. Records of the same cell and period are taken only
as far as the opening figure was written down for them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from anjian_cli.errors import Fault
from anjian_cli.ledger import schemes
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.spans import Span
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import measure, opening_figure
from anjian_cli.rules.totals import BY_POINTS


def cells(connection: sqlite3.Connection, spans: Iterable[Span]) -> set[tuple[str, str]]:
    """The cells (measure, town code) of the opening figures among the touched roots: one that adds nothing still stands
    for its days."""
    return {
        (measure, town)
        for root, first, last in spans
        if root == "opening_figure"
        for measure, town in connection.execute(
            "SELECT COALESCE(i.measure, i.id), COALESCE(o.town_code, '') FROM opening_figure o"
            " JOIN indicator i ON i.id = o.indicator WHERE o.id BETWEEN ? AND ?",
            (first, last),
        )
    }


def faults(connection: sqlite3.Connection, cells: Iterable[tuple[str, str]]) -> list[Fault]:
    """Clashes in the cells (measure, town code) given. Reads sums, not records."""
    wanted = {*cells}
    of_towns = json.dumps([*{town for _, town in wanted}])
    stands = "COALESCE(o.town_code, '') IN (SELECT value FROM json_each(?)) AND o.voided_on IS NULL"
    # Asked first, since the view of indicators costs a step of one record more than all else that is read here.
    if connection.execute(f"SELECT 1 FROM opening_figure o WHERE {stands} LIMIT 1", (of_towns,)).fetchone() is None:
        return []
    found = []
    for row in connection.execute(
        "SELECT o.*, COALESCE(i.measure, i.id) AS measure, COALESCE(t.name, '') AS town_name, i.title"
        " FROM opening_figure o JOIN indicator i ON i.id = o.indicator LEFT JOIN town t ON t.code = o.town_code"
        f" WHERE {stands} AND COALESCE(i.measure, i.id) IN (SELECT value FROM json_each(?))"
        " ORDER BY COALESCE(i.measure, i.id), COALESCE(o.town_code, ''), o.from_on",
        (of_towns, json.dumps([*{of for of, _ in wanted}])),
    ).fetchall():
        if (row["measure"], row["town_code"] or "") in wanted:
            fault = opening_figure.clash(dict(row), _recorded(connection, row, row["measure"]))
            if fault is not None:
                found.append(fault)
    return found


def locked(
    connection: sqlite3.Connection,
    moved: Iterable[tuple[str, str, str]],
    figures: Iterable[Row] = (),
    spans: Iterable[Span] = (),
) -> list[Fault]:
    """A notice if sums (day, measure, unit) moved that the last locked month rests on: it stays what it is, and what
    has come is a correction (N501), but where departments' sums alone moved, which are not corrected (N421). A flow
    of another year is not in it. `figures` are the monthly figures (上报数) that were changed, as they were, `spans`
    the touched roots: what a town filed, or took back, of a locked month after its locking is no correction (N442)."""
    month = _last_locked(connection)
    if month is None:
        return []
    flows = {of for (of,) in connection.execute("SELECT id FROM fact WHERE counted = 'flow'")}
    new_year = month["as_of"][:4] + "-01-01"
    this_year: set[str] = set()
    before: set[str] = set()
    late = _filed_late(connection, figures, spans)
    unknown: set[str] = set()
    for day, of, unit in moved:
        if (day, unit) in late and measure.read(of).fact == _STANDING:
            unknown.add(late[day, unit])
        elif day <= month["as_of"]:
            (this_year if day >= new_year else before).add(of)
    found = [Fault("N442", {"month": each["month"], "state": _state(each)}) for each in _locked(connection, unknown)]
    asked = this_year | {of for of in before - this_year if measure.read(of).fact not in flows}
    if asked:
        code = "N421" if all(measure.read(of).unit != measure.TOWN for of in asked) else "N501"
        found.append(Fault(code, {"month": month["month"], "state": _state(month)}))
    return found


_STANDING = "figure.standing"
"""A monthly figure that stands until the next month's."""


def _filed_late(
    connection: sqlite3.Connection, before: Iterable[Row], spans: Iterable[Span]
) -> dict[tuple[str, str], str]:
    """The months of the towns' monthly figures that were not there, or are no more, by the days (and the town) on which
    their sums move."""
    touched = [span for span in spans if span[0] == "monthly_figure"]
    stood = {row["id"] for row in before if row.get("voided_on") is None}
    return {
        (day, row["town_code"]): row["month"]
        for _, first, last in touched
        for row in connection.execute("SELECT * FROM monthly_figure WHERE id BETWEEN ? AND ?", (first, last))
        if row["town_code"] is not None and (row["voided_on"] is None) != (row["id"] in stood)
        for day in (row["from_on"], row["until_on"])
    }


def _locked(connection: sqlite3.Connection, months: Iterable[str]) -> list[sqlite3.Row]:
    """Those of some months (YYYY-MM) that are locked."""
    return connection.execute(
        "SELECT month, issued_on, document_number FROM issued_month WHERE withdrawn_on IS NULL"
        " AND month IN (SELECT value FROM json_each(?)) ORDER BY month",
        (json.dumps(sorted(months)),),
    ).fetchall()


def marked(connection: sqlite3.Connection, before: Iterable[Row], spans: Iterable[Span]) -> list[Fault]:
    """Notices if marks (评分) of a locked month were given, changed or taken back, by which no sum moves. `before` are
    the marks that were changed, as they were; `spans` the touched roots. The last locked month stays what it is: what
    a town's points would be now is told in the next bulletin (N435), a department's are not corrected (N436); a mark
    of a part of the year that was assessed before (考核期) enters no bulletin any more (N437)."""
    touched = [span for span in spans if span[0] == "mark"]
    month = _last_locked(connection) if touched else None
    if month is None or (scheme := schemes.on(connection, month["as_of"])).total != BY_POINTS:
        return []
    was = {row["id"]: _mark(row) for row in before}
    now = {
        row["id"]: _mark(dict(row))
        for _, first, last in touched
        for row in connection.execute("SELECT * FROM mark WHERE id BETWEEN ? AND ?", (first, last)).fetchall()
    }
    moved = [(was.get(each), now.get(each)) for each in was.keys() | now.keys() if was.get(each) != now.get(each)]
    number = int(month["month"][5:])
    begun = f"{month['month'][:5]}{number - (number - 1) % scheme.months:02d}"
    codes = {
        "N437" if mark.month < begun else "N436" if mark.department else "N435"
        for pair in moved
        for mark in pair
        if mark is not None and mark.month <= month["month"]
    }
    return [Fault(code, {"month": month["month"], "state": _state(month), "begun": begun}) for code in sorted(codes)]


class _Mark(NamedTuple):
    """What the points of a unit rest on, of a mark."""

    month: str
    town: object
    department: object
    indicator: object
    points: object
    voided_on: object


def _mark(row: Row) -> _Mark:
    month, *others = map(row.get, ("month", "town_code", "department", "indicator", "points", "voided_on"))
    return _Mark(str(month), *others)


def _last_locked(connection: sqlite3.Connection) -> sqlite3.Row | None:
    found: sqlite3.Row | None = connection.execute(
        "SELECT month, as_of, issued_on, document_number FROM issued_month WHERE withdrawn_on IS NULL"
        " ORDER BY month DESC LIMIT 1"
    ).fetchone()
    return found


def _state(month: sqlite3.Row) -> str:
    return f"已于{month['issued_on']}印发（{month['document_number']}）" if month["issued_on"] else "已定稿"


def _recorded(connection: sqlite3.Connection, row: sqlite3.Row, measure: str) -> int:
    """What single records count in an opening figure's cell and period: all that is counted, less the openings."""
    cell = (measure, row["town_code"] or "")
    if row["period_from"] is None:
        day = row["from_on"]
        (counted,) = connection.execute(
            "SELECT COALESCE(sum(came - went), 0) FROM ("
            " SELECT came, went FROM measure_month WHERE month < ? AND measure = ? AND town_code = ?"
            " UNION ALL SELECT came, went FROM measure_day"
            " WHERE day BETWEEN ? AND ? AND measure = ? AND town_code = ?)",
            (day[:7], *cell, day[:7] + "-01", day, *cell),
        ).fetchone()
        (openings,) = connection.execute(
            "SELECT COALESCE(sum(quantity), 0) FROM opening_figure_item WHERE fact = ?"
            " AND town_code = ? AND from_on <= ? AND ? < until_on",
            (*cell, day, day),
        ).fetchone()
    else:
        span = (row["period_from"], row["from_on"])
        (counted,) = connection.execute(
            "SELECT COALESCE(sum(came), 0) FROM measure_day"
            " WHERE day BETWEEN ? AND ? AND measure = ? AND town_code = ?",
            (*span, *cell),
        ).fetchone()
        (openings,) = connection.execute(
            "SELECT COALESCE(sum(quantity), 0) FROM opening_figure WHERE from_on BETWEEN ? AND ?"
            " AND indicator = ? AND COALESCE(town_code, '') = ? AND voided_on IS NULL",
            (*span, row["indicator"], row["town_code"] or ""),
        ).fetchone()
    return int(counted - openings)
