"""检查计划: who is to be visited in a month, and why, a row a firm. Nothing is stored: it follows.

Of the county, a town or a department (the firms of its sectors): whose regular inspection ends in the month, whom the
campaigns of the month have not inspected, whose hazards wait for their acceptance by the month's end. Of an agency: the
firms with which it has agreed on a visit by then.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence

from anjian_cli.bulletin import coverage, due, due_answers, inspections_due
from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.period import month_end, month_title
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.sectors import Sectors
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.errors import refused
from anjian_cli.ledger import held, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import masking
from anjian_cli.rules.intervals import BEGINNING, OPEN

RESTS_ON = (*coverage.RESTS_ON, "officer", "grid", "village", "department_sector", "trusteeship", "visit", "term")
ACCEPTANCE = "隐患验收"
"""How the kinds of what is due end that are acceptances."""
COLUMNS = (
    Column("镇（街、区）", "text"),
    Column("村（社区）", "text"),
    Column("网格员", "text"),
    Column("地址", "text"),
    Column("上次检查", "text"),
    Column("事由", "text"),
)
MEANING = (
    "定期检查是本月到期、这一期还没有人去查过的；行动是本月里的行动还没有查到的；待验收的隐患是本月底以前到期的，"
    "逾期的在内"
)
OF_AGENCY = "合同约定、本月底以前该上门还没有上门的，逾期的在内"


class Planned(NamedTuple):
    """A firm that is to be visited. `unit` is the name of its town; `campaign` that of the campaign for which it is
    ('' for none, or for several: of these the first to end)."""

    number: str
    name: str
    credit_code: str | None
    unit: str
    village: str
    officer: str
    address: str
    last_visit: str
    campaign: str
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """定期检查（红色，一年4次）12-31前；隐患待验收2条，11-20前"""
        return "；".join(self.reasons)


class Plan(NamedTuple):
    """The firms of a month, by town in the office's order, village and name. `whose` is the town, department or agency
    whose plan it is ('' for the county)."""

    month: str
    today: str
    whose: str
    of_town: bool
    of_agency: bool
    firms: tuple[Planned, ...]


class Asked(NamedTuple):
    """Whose plan is asked for: a town's code ('' for what has none), a department's number or an agency's name; `name`
    as it is printed. All None for the county."""

    town: str | None = None
    department: str | None = None
    agency: str | None = None
    name: str = ""


_FIRMS = """
SELECT e.id, e.number, e.name, e.credit_code, e.industry_code, e.grid_officer, COALESCE(r.town_code, '') AS town_code,
       COALESCE(e.operating_address, e.registered_address, '') AS address, COALESCE(r.village_code, '') AS village_code,
       COALESCE(v.name, '') AS village,
       COALESCE((SELECT group_concat(kind, '、') FROM enterprise_risk k WHERE k.enterprise_id = e.id), '') AS risks,
       COALESCE((SELECT max(inspected_on) FROM inspection i WHERE i.enterprise_id = e.id AND i.voided_on IS NULL
         AND i.inspected_on <= :today), '') AS last_visit
  FROM enterprise e JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= :today AND :today < r.until_on
  LEFT JOIN village v ON v.code = r.village_code
 WHERE e.id IN (SELECT value FROM json_each(:ids))
"""


class _Reasons:
    """By firm (its id): what it is visited for, and the campaign."""

    def __init__(self) -> None:
        self.told: defaultdict[int, list[str]] = defaultdict(list)
        self.campaign: dict[int, str] = {}


def plan(connection: sqlite3.Connection, month: str, today: str, asked: Asked) -> Plan:
    """The plan of a month (YYYY-MM), as things stand on `today`. Raises `Refused` E870 for a month that is over, and as
    `ledger.held`, where what it rests on is not as it was written."""
    end = month_end(int(month[:4]), int(month[5:]))
    if end < today:
        raise refused("E870", month_title(month))
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    first = max(today, f"{month}-01")
    found = _Reasons()
    owed = due.due(connection, today, end)
    if asked.agency is not None:
        _visits(connection, owed, asked.agency, found)
    else:
        for one in inspections_due.owed(connection, today, end, first, end):
            found.told[one.firm].append(f"{inspections_due.KIND}（{one.why}）{_day(one.period[1])}前")
        _campaigns(connection, first, end, found)
        _acceptances(connection, owed, found)
    return Plan(
        month=month,
        today=today,
        whose=asked.name,
        of_town=asked.town is not None,
        of_agency=asked.agency is not None,
        firms=_firms(connection, today, asked, found),
    )


def _campaigns(connection: sqlite3.Connection, first: str, end: str, found: _Reasons) -> None:
    """Those whom the campaigns of the days from `first` to `end` have not inspected."""
    for name, last in connection.execute(
        "SELECT name, last_on FROM campaign WHERE voided_on IS NULL AND from_on <= ?2 AND COALESCE(last_on, ?2) >= ?1"
        " ORDER BY last_on IS NULL, last_on, id",
        (first, end),
    ).fetchall():
        until = f"，至{_day(last)}" if last is not None else ""
        for firm in coverage.visits_alone(connection, end, name).firms:
            if firm.in_scope and not firm.visits:
                found.told[firm.id].append(f"{name}未查{until}")
                found.campaign.setdefault(firm.id, name)


def _acceptances(connection: sqlite3.Connection, owed: Sequence[due.Due], found: _Reasons) -> None:
    """The firms whose hazards wait for their acceptance."""
    waiting = {one.record_id: one.due_on for one in owed if one.kind.endswith(ACCEPTANCE)}
    by_firm: defaultdict[int, list[str]] = defaultdict(list)
    for hazard, firm in connection.execute(
        "SELECT id, enterprise_id FROM hazard WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*waiting]),)
    ):
        by_firm[firm].append(waiting[hazard])
    for firm, days in by_firm.items():
        found.told[firm].append(f"隐患待验收{len(days)}条，{_day(min(days))}前")


def _visits(connection: sqlite3.Connection, owed: Sequence[due.Due], agency: str, found: _Reasons) -> None:
    """The firms to which an agency owes visits by its contracts."""
    of_contract = dict(
        connection.execute("SELECT id, enterprise_id FROM trusteeship WHERE agency = ?", (agency,)).fetchall()
    )
    for one in owed:
        if due_answers.answered_by(one) == due_answers.VISIT and one.record_id in of_contract:
            found.told[of_contract[one.record_id]].append(f"{one.detail}，{_day(one.due_on)}前")


def _firms(connection: sqlite3.Connection, today: str, asked: Asked, found: _Reasons) -> tuple[Planned, ...]:
    towns, rolled = towns_on(connection, today)
    place = {town.code: (at, town.name) for at, town in enumerate(towns)}
    nowhere = (len(place), UNSETTLED_NAME)
    sectors, officers = Sectors(connection, today), _officers(connection, today)
    rows = connection.execute(_FIRMS, {"today": today, "ids": json.dumps([*found.told])}).fetchall()
    planned = []
    for row in rows:
        town = rolled.get(row["town_code"], UNSETTLED)
        if asked.town is not None and town != rolled.get(asked.town, UNSETTLED):
            continue
        if asked.department is not None and asked.department not in _departments(sectors, row):
            continue
        at, name = place.get(town, nowhere)
        planned.append((at, row["village_code"] == "", _planned(row, name, officers, found)))
    planned.sort(key=lambda each: (*each[:2], each[2].village, each[2].officer, each[2].name))
    return tuple(firm for *_, firm in planned)


def _departments(sectors: Sectors, row: Mapping[str, str]) -> set[str]:
    return sectors.departments(row["industry_code"], row["risks"].split("、"))


def _officers(connection: sqlite3.Connection, day: str) -> dict[str, str]:
    """The grid officers of a day by the code of their village."""
    return dict(
        connection.execute(
            "SELECT village_code, group_concat(name, '、') FROM officer WHERE village_code IS NOT NULL"
            " AND voided_on IS NULL AND COALESCE(from_on, ?2) <= ?1 AND ?1 < COALESCE(until_on, ?3) GROUP BY 1",
            (day, BEGINNING, OPEN),
        ).fetchall()
    )


def _planned(row: sqlite3.Row, unit: str, officers: Mapping[str, str], found: _Reasons) -> Planned:
    return Planned(
        number=row["number"],
        name=row["name"],
        credit_code=row["credit_code"],
        unit=unit,
        village=row["village"],
        officer=row["grid_officer"] or officers.get(row["village_code"], ""),
        address=masking.in_text(row["address"]),
        last_visit=row["last_visit"],
        campaign=found.campaign.get(row["id"], ""),
        reasons=tuple(found.told[row["id"]]),
    )


def table(connection: sqlite3.Connection, of: Plan) -> SummaryTable:
    """The plan as a table."""
    rows = [Row(firm.name, _told(firm)[of.of_town :], f"企业 档案 {firm.number}") for firm in of.firms]
    return SummaryTable(
        title=f"{of.whose}{month_title(of.month)}检查计划",
        days=f"按{of.today}的台账",
        per="企业",
        columns=COLUMNS[of.of_town :],  # whose plan is a town's needs no column for it
        rows=tuple(rows),
        meaning=OF_AGENCY if of.of_agency else MEANING,
        notes=(f"共{len(rows)}家",),
        demonstration=settings.is_demonstration(connection),
    )


def _told(firm: Planned) -> tuple[str, ...]:
    return firm.unit, firm.village, firm.officer, firm.address, firm.last_visit or "没有查过", firm.why


def _day(day: str) -> str:
    """12-31"""
    return day[5:]
