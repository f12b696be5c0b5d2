"""部门比较: the departments beside each other: inspections, the firms of their sectors, the hazards that they answer
for, what was handed over to them and how they answered, cases.

Each figure is counted by the rule by which it is counted elsewhere: firms by `coverage`, hazards by `hazard_summary`
(监管部门), cases by `case_summary`, what is owed by `due_item`. What names no department is in no row.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import case_summary, coverage, hazard_summary
from anjian_cli.bulletin.definition import departments_on
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.sectors import Sectors
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value, added, rate, typed
from anjian_cli.errors import Misread
from anjian_cli.ledger import held, lookup, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.word_lists import CHANNELS

JOINT = "联合执法"
RESTS_ON = (
    *("department", "department_sector", "enterprise", "enterprise_risk"),
    *("inspection", "hazard", "hazard_charge", "hazard_deadline", "term", "setting"),
)
COLUMNS = (
    Column("家次", group="检查"),
    Column("牵头联合", group="检查"),
    Column("参加联合", group="检查"),
    Column("在营", group="监管企业"),
    Column("已查", group="监管企业"),
    Column("覆盖率", "percent", group="监管企业"),
    Column("发现", group="监管隐患"),
    Column("销号", group="监管隐患"),
    Column("逾期", group="监管隐患"),
    Column("移交来", group="移交"),
    Column("已答复", group="移交"),
    Column("待答复", group="移交"),
    Column("逾期", group="移交"),
    Column("平均天数", "days", group="移交"),
    Column("立案", group="执法"),
    Column("联合", group="执法"),
    Column("罚款（万元）", "money", group="执法"),
)
MEANING = (
    "年初到截至日；检查按检查部门，联合的（方式是联合执法，或写了参加部门）牵头的在家次里，参加的另数；监管企业是监管行业、监管风险里在营的，"
    "已查是今年有人去查过的；监管隐患按现在的监管部门，和隐患统计相同；移交来的按移交日期，待答复、逾期是截至日还没有答复的，往年移交的也在内，"
    "平均天数从移交到答复；执法按立案单位；没有写明部门的不在内"
)
SIGN = "有逾期没有答复的"
WITHOUT_SECTORS = "没有一个部门登记了监管行业、监管风险，监管企业数不出来；登记：anjian 部门 修改 编号 --监管行业 C33"


class _Answers(NamedTuple):
    """What was handed over to a department in the year and, of it, for how many days it waited for each answer; and
    what is owed on the day, of any year."""

    handed_over: int = 0
    days: tuple[int, ...] = ()
    owed: int = 0
    late: int = 0


class _Inspections(NamedTuple):
    of_its_own: int = 0
    led: int = 0
    joined: int = 0


def departments(connection: sqlite3.Connection, day: str, today: str) -> SummaryTable:
    """The year of `day` up to it, a row for each department that there is on it, in the office's order. Raises
    `Refused`, as `ledger.held`, where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    units, rolled = departments_on(connection, day)
    period = Period(int(day[:4]), int(day[5:7]), day, finished=day < today)
    hazards = {row.name: row for row in hazard_summary.summary(connection, period, "监管部门").rows}
    cases = case_summary.case_summary(connection, day, case_summary.DEPARTMENT)
    at = [[column.title for column in cases.columns].index(title) for title in ("立案", "其中联合执法", "罚款（万元）")]
    of_cases = {row.name: [row.values[index] for index in at] for row in cases.rows}
    inspected = _inspections(connection, day, rolled)
    firms = _firms(connection, day)
    answers = _answers(connection, day, rolled)
    rows = []
    for unit in units:
        hazard = hazards.get(unit.name)
        counts = [0, 0, 0] if hazard is None else [hazard.found.total, hazard.closed.total, hazard.overdue.total]
        own = firms.get(unit.code, {})
        rows.append(
            _row(
                unit.name,
                inspected.get(unit.code, _Inspections()),
                own,
                counts,
                answers.get(unit.code, _Answers()),
                of_cases.get(unit.name, [0, 0, 0]),
            )
        )
    return SummaryTable(
        title="部门比较",
        days=f"{day[:4]}年，截至{int(day[5:7])}月{int(day[8:])}日",
        per="部门",
        columns=COLUMNS,
        rows=tuple(rows),
        total=_total(rows, firms, answers.values()) if len(rows) > 1 else None,
        meaning=MEANING,
        notes=() if firms else (WITHOUT_SECTORS,),
        sign=SIGN,
        demonstration=settings.is_demonstration(connection),
    )


def _row(
    name: str,
    inspections: _Inspections,
    firms: Mapping[str, bool],
    hazards: Sequence[int | None],
    answers: _Answers,
    cases: Sequence[Value],
) -> Row:
    covered = sum(firms.values())
    mean = Fraction(sum(answers.days), len(answers.days)) if answers.days else None
    values: tuple[Value, ...] = (
        *inspections,
        *(len(firms), covered, rate(covered, len(firms))),
        *hazards,
        *(answers.handed_over, len(answers.days), answers.owed, answers.late, mean),
        *cases,
    )
    if any(hazards) or answers.handed_over:
        see = f"隐患 列表 --查找 {typed(name)}"
    elif any(inspections):
        see = f"检查 列表 --查找 {typed(name)}"
    else:
        see = f"执法 列表 --查找 {typed(name)}" if any(cases) else f"部门 查看 {typed(name)}"
    return Row(name, values, see, behind=answers.late > 0)


def _total(rows: Sequence[Row], firms: Mapping[str, Mapping[str, bool]], answers: Iterable[_Answers]) -> Row:
    """Of all departments: a firm that is of the sectors of two is counted once, and of who joined others nothing is
    added up."""
    whole = added("合计", COLUMNS, rows)
    every = {firm: covered for of in firms.values() for firm, covered in of.items()}
    days = [each for of in answers for each in of.days]
    values = list(whole.values)
    for title, value in (
        ("检查参加联合", None),
        ("监管企业在营", len(every)),
        ("监管企业已查", sum(every.values())),
        ("监管企业覆盖率", rate(sum(every.values()), len(every))),
        ("移交平均天数", Fraction(sum(days), len(days)) if days else None),
    ):
        values[_AT[title]] = value
    return Row(whole.name, tuple(values))


_AT = {column.full_title: at for at, column in enumerate(COLUMNS)}


def _inspections(connection: sqlite3.Connection, day: str, rolled: Mapping[str, str]) -> Mapping[str, _Inspections]:
    """The inspections of the year up to a day, by department in force: its own, of these the joint ones, and those of
    others that it joined. A joined department is told by name; what is no department's name is passed over."""
    finder = lookup.Finder(connection)
    own: Counter[str] = Counter()
    led: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    values = (f"{day[:4]}-01-01", day, JOINT, CHANNELS.name)
    for number, with_whom, joint, on in connection.execute(_INSPECTIONS, values):
        leader = rolled.get(number or "")
        if leader is not None:
            own[leader] += 1
            led[leader] += joint or bool(with_whom)
        others = {_department(finder, name, on, rolled) for name in re.split(_BETWEEN, with_whom or "")}
        joined.update(others.difference(("", leader or "")))
    return {number: _Inspections(own[number], led[number], joined[number]) for number in own | joined}


_BETWEEN = r"[、，,；;\s]+"
_INSPECTIONS = (
    "SELECT department, joined, method = ?3 OR method IN (SELECT word FROM term WHERE list = ?4 AND means = ?3"
    " AND voided_on IS NULL), inspected_on FROM inspection WHERE voided_on IS NULL AND inspected_on BETWEEN ?1 AND ?2"
    " AND (department IS NOT NULL OR joined IS NOT NULL)"
)


def _department(finder: lookup.Finder, name: str, on: str, rolled: Mapping[str, str]) -> str:
    try:
        return rolled.get(finder.department(name, on).number, "") if name else ""
    except Misread:
        return ""


def _firms(connection: sqlite3.Connection, day: str) -> Mapping[str, Mapping[str, bool]]:
    """By department the firms of its sectors that are in operation on a day, with whether anybody inspected them in the
    year."""
    found: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM department_sector)").fetchone()[0]:
        return found
    sectors = Sectors(connection, day)
    codes = dict(connection.execute("SELECT id, industry_code FROM enterprise").fetchall())
    for firm in coverage.coverage(connection, day).firms:
        for number in sectors.departments(codes[firm.id], firm.risks) if firm.in_scope else ():
            found[number][firm.number] = bool(firm.visits)
    return found


def _answers(connection: sqlite3.Connection, day: str, rolled: Mapping[str, str]) -> Mapping[str, _Answers]:
    handed_over: Counter[str] = Counter()
    days: defaultdict[str, list[int]] = defaultdict(list)
    for number, waited in connection.execute(
        "SELECT c.charged_to, CASE WHEN c.answered_on <= ?2"
        "  THEN CAST(julianday(c.answered_on) - julianday(c.from_on) AS INTEGER) END"
        " FROM hazard_charge c JOIN hazard h ON h.id = c.hazard_id"
        " WHERE h.voided_on IS NULL AND c.from_on BETWEEN ?1 AND ?2",
        (f"{day[:4]}-01-01", day),
    ):
        unit = rolled.get(number or "", "")
        handed_over[unit] += 1
        if waited is not None:
            days[unit].append(waited)
    owed: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for number, due_on in connection.execute(
        "SELECT c.charged_to, i.due_on FROM due_item i JOIN hazard_charge c ON c.id = i.record_id"
        " WHERE i.record = 'hazard_charge' AND i.from_on <= ?1 AND ?1 < i.settled_on",
        (day,),
    ):
        unit = rolled.get(number or "", "")
        owed[unit] += 1
        late[unit] += due_on < day
    return {unit: _Answers(handed_over[unit], tuple(days[unit]), owed[unit], late[unit]) for unit in handed_over | owed}
