"""覆盖 (不留死角): which enterprises were inspected, in a campaign or in the year so far, and which were not.

In scope is who is in operation on the day (neither 停产, 关闭 nor 搬迁, and registered by then) and is meant by the
campaign's scope, where it has one. A visit before the
campaign began, after it ended, or under another name covers nothing. Every figure is a sum over the same list of firms,
so that scope is inspected and not inspected, by every split.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from anjian_cli.bulletin.definition import departments_on, towns_on
from anjian_cli.bulletin.grid_work import Grids
from anjian_cli.bulletin.in_operation import IN_OPERATION
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.regular_inspection import Frequency
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value, rate, typed
from anjian_cli.bulletin.value import UNSETTLED, UNSETTLED_DEPARTMENT
from anjian_cli.errors import refused
from anjian_cli.ledger import held, lookup, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import industries, place_names
from anjian_cli.rules.intervals import OPEN

TOWN, DEPARTMENT, INDUSTRY, RISK, GRADE, GRID, METHOD = "镇街", "部门", "行业", "风险", "等级", "网格", "方式"
PER = (TOWN, DEPARTMENT, INDUSTRY, RISK, GRADE, GRID, METHOD)
"""What there can be a row for each of."""
VISITED, UNVISITED = "已查", "未查"
RESTS_ON = (
    *("enterprise", "residence", "operating_state", "enterprise_risk", "town", "department", "setting", "campaign"),
    *("inspection", "hazard", "hazard_deadline", "rectification"),
    *("campaign_phase", "campaign_scope", "risk_grade", "officer", "grid"),
)
WITHOUT_RISK, WITHOUT_GRADE, WITHOUT_GRID = "未填风险", "未评定", "未定网格"
COLUMNS = (
    Column("范围"),
    Column("已查"),
    Column("未查"),
    Column("覆盖率", "percent"),
    Column("检查家次"),
    Column("查出问题"),
    Column("文书"),
    Column("发现", group="隐患"),
    Column("销号", group="隐患"),
    Column("整改率", "percent", group="隐患"),
    Column("逾期", group="隐患"),
    Column("发现", group="重大隐患"),
    Column("销号", group="重大隐患"),
    Column("整改率", "percent", group="重大隐患"),
    Column("投入（万元）", "money"),
)
REGULAR = (
    Column("应查期", group="按频次"),
    Column("查了", group="按频次"),
    Column("按期率", "percent", group="按频次"),
)
REGULAR_MEANING = (
    "按频次：一年按等级的检查频次（设置 检查频次）分成几期，已过完的、期初已评定这个等级的算应查，"
    "这一期里有人去查过的算查了；企业自查的不算"
)
MEANING = (
    "范围是截至日在营的{scope}企业（停产、关闭、搬迁和还没有登记的不在内）；{visits}；隐患是这些检查当天、同一来源查出的；"
    "投入是这些隐患的整改资金，没有的按整改方案的"
)
OF_GRIDS = "企业的网格是它的网格员负责的那一片；没有写网格员的，看所在的村，村里只有一个网格的就是它"
OVERLAPPING = "一家企业可以有几样{per}，各样都算，合计里只算一家"


class Hazards(NamedTuple):
    """What was found in an inspection, and what of it is closed; `funds` in fen."""

    found: int = 0
    closed: int = 0
    major: int = 0
    major_closed: int = 0
    overdue: int = 0
    funds: int = 0


class Visit(NamedTuple):
    """An inspection that counts, with what it found."""

    on: str
    method: str
    department: str
    found_any: bool
    document: bool
    hazards: Hazards


class Firm(NamedTuple):
    """An enterprise in scope, or one that was inspected and is out of it by now (`in_scope`)."""

    id: int
    number: str
    name: str
    town: str
    village: str
    officer: str
    industry: str
    risks: tuple[str, ...]
    grade: str
    graded_on: str
    credit_code: str | None
    in_scope: bool
    visits: list[Visit]


class Coverage(NamedTuple):
    """The firms of a campaign ('' for the year so far) as of a day; visits from `first` to `last`. `narrowed`: the
    campaign has a scope of its own."""

    campaign: str
    day: str
    first: str
    last: str
    firms: tuple[Firm, ...]
    narrowed: bool


def coverage(connection: sqlite3.Connection, day: str, campaign: str | None = None) -> Coverage:
    """Who was inspected by a day. Raises `Refused` E231 for a campaign that there is not, E858 for one that had not
    begun, and as `ledger.held`, where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    return _counted(connection, day, campaign, _HAZARDS)


def visits_alone(connection: sqlite3.Connection, day: str, campaign: str | None = None) -> Coverage:
    """As `coverage`, where what the visits found does not matter and is not read. Nothing is held again."""
    return _counted(connection, day, campaign, None)


def _counted(connection: sqlite3.Connection, day: str, campaign: str | None, hazards: str | None) -> Coverage:
    name, first, last, of = "", f"{day[:4]}-01-01", day, None
    if campaign is not None:
        of, name, first, ends = _campaign(connection, campaign)
        if day < first:
            raise refused("E858", campaign, first=first)
        last = min(day, ends)
    within = _Scope(connection, of, last)
    firms = {row["id"]: _firm(row, within) for row in connection.execute(_FIRMS, {"day": last})}
    asked = {"first": first, "last": last, "campaign": name}
    rows = () if hazards is None else connection.execute(hazards, asked)
    found = {row["inspection"]: Hazards(*row[1:]) for row in rows}
    for row in connection.execute(_VISITS, asked):
        firms[row["enterprise_id"]].visits.append(
            Visit(
                on=row["inspected_on"],
                method=row["method"],
                department=row["department"],
                found_any=row["found_any"] == "有",
                document=bool(row["document"]),
                hazards=found.get(row["id"], Hazards()),
            )
        )
    counted = (firm for firm in firms.values() if firm.in_scope or firm.visits)
    return Coverage(name, day, first, last, tuple(counted), within.narrowed)


_FIRMS = f"""
SELECT e.id, e.number, e.name, e.credit_code, e.industry_code, e.grid_officer, COALESCE(r.town_code, '') AS town_code,
       COALESCE(r.village_code, '') AS village_code,
       (SELECT g.grade || g.from_on FROM risk_grade g WHERE g.enterprise_id = e.id AND g.voided_on IS NULL
          AND g.from_on <= :day AND :day < g.until_on) AS graded,
       (SELECT group_concat(kind, '、') FROM enterprise_risk k WHERE k.enterprise_id = e.id) AS risks,
       {IN_OPERATION} AS in_scope
  FROM enterprise e JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= :day AND :day < r.until_on
 WHERE e.voided_on IS NULL ORDER BY e.id
"""
_COUNTING = """
 i.voided_on IS NULL AND i.inspected_on BETWEEN :first AND :last AND (:campaign = '' OR i.campaign = :campaign)
   AND EXISTS (SELECT 1 FROM enterprise e WHERE e.id = i.enterprise_id AND e.voided_on IS NULL)
"""
_VISITS = f"""
SELECT i.id, i.enterprise_id, i.inspected_on, i.method, COALESCE(i.department, '') AS department, i.found_any,
       i.document FROM inspection i WHERE {_COUNTING} ORDER BY i.inspected_on, i.id
"""
_HAZARDS = f"""
SELECT inspection, count(*), sum(closed), sum(major), sum(major AND closed), sum(late), sum(funds) FROM (
 SELECT min(i.id) AS inspection, h.level = '重大' AS major, COALESCE(r.funds, h.funds, 0) AS funds,
        r.id IS NOT NULL AS closed, r.id IS NULL AND EXISTS (SELECT 1 FROM hazard_deadline d WHERE d.hazard_id = h.id
          AND d.late_from <= :last AND d.from_on <= :last AND :last < d.until_on) AS late
   FROM inspection i JOIN hazard h ON h.enterprise_id = i.enterprise_id AND h.found_on = i.inspected_on
    AND h.source = i.method AND h.voided_on IS NULL
   LEFT JOIN rectification r ON r.hazard_id = h.id AND r.conclusion = '合格' AND r.accepted_on <= :last
    AND :last < r.until_on
  WHERE {_COUNTING} GROUP BY h.id) GROUP BY inspection
"""


class _Scope:
    """Which firms a campaign is about on a day (行动范围): all, where nothing is said; else those that any of its parts
    means."""

    def __init__(self, connection: sqlite3.Connection, campaign: int | None, day: str) -> None:
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        _, self._rolled = towns_on(connection, day)
        for kind, which in connection.execute(
            "SELECT kind, COALESCE(word, town_code, enterprise_id) FROM campaign_scope WHERE campaign_id = ?"
            " AND voided_on IS NULL AND from_on <= ? AND ? < until_on",
            (campaign, day, day),
        ):
            self._parts[kind].add(str(which))
        self._towns = {self._rolled.get(code, code) for code in self._parts["镇街"]}
        self._industries = tuple(self._parts["行业"])
        self.narrowed = any(self._parts.values())

    def holds(self, row: sqlite3.Row) -> bool:
        """Whether a firm (a row of _FIRMS) is one of them."""
        if not self.narrowed:
            return True
        risks = set((row["risks"] or "").split("、"))
        return bool(
            str(row["id"]) in self._parts["企业"]
            or self._rolled.get(row["town_code"], "") in self._towns
            or risks & self._parts["风险"]
            or (row["industry_code"] or "").startswith(self._industries or ("?",))
            or (row["graded"] or "")[:1] in self._parts["等级"]
        )


def _campaign(connection: sqlite3.Connection, name: str) -> tuple[int, str, str, str]:
    found = connection.execute(
        "SELECT id, name, from_on, last_on FROM campaign WHERE voided_on IS NULL"
        " AND ?1 <> '' AND instr(name, ?1) > 0 ORDER BY name <> ?1, from_on DESC",
        (name,),
    ).fetchall()
    if found and (len(found) == 1 or found[0][1] == name):  # a part of its name will do where no other has it
        return found[0][0], found[0][1], found[0][2], found[0][3] or OPEN
    near = lookup.near(connection, "campaign", name)
    several = "、".join(row[1] for row in found)
    remedy = f"您要的是哪一个：{several}" if found else f"您要的是“{near}”吗" if near else "看有哪些：anjian 行动 列表"
    raise refused("E231", name, kind="行动", remedy=remedy)


def _firm(row: sqlite3.Row, within: _Scope) -> Firm:
    return Firm(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        town=row["town_code"],
        village=row["village_code"],
        officer=row["grid_officer"] or "",
        industry=industries.division(row["industry_code"]),
        risks=tuple((row["risks"] or WITHOUT_RISK).split("、")),
        credit_code=row["credit_code"],
        grade=row["graded"][:1] if row["graded"] else WITHOUT_GRADE,
        graded_on=row["graded"][1:] if row["graded"] else "",
        in_scope=bool(row["in_scope"]) and within.holds(row),
        visits=[],
    )


def table(connection: sqlite3.Connection, of: Coverage, per: str = TOWN) -> SummaryTable:
    """A row for each of what `per` (one of PER) says."""
    towns, rolled = towns_on(connection, of.last)
    departments, into = departments_on(connection, of.last)
    names = {each.code: each.name for each in (towns if per == TOWN else departments)}
    of_words: defaultdict[str, list[tuple[Firm, Sequence[Visit]]]] = defaultdict(list)
    grids = Grids(connection, of.last) if per == GRID else None
    town_names = {town.code: town.name for town in towns}
    for firm in of.firms:
        if per in (METHOD, DEPARTMENT):
            by: defaultdict[str, list[Visit]] = defaultdict(list)
            for visit in firm.visits:
                by[visit.method if per == METHOD else into.get(visit.department, UNSETTLED)].append(visit)
            for word, visits in by.items():
                of_words[word].append((firm, visits))
        elif grids is not None:
            grid = grids.of_firm(firm.town, firm.village, firm.officer, of.last)
            word = WITHOUT_GRID if grid is None else f"{town_names.get(grid.town, UNSETTLED_NAME)} {grids.called(grid)}"
            of_words[word].append((firm, firm.visits))
        else:
            for word in _words(firm, per, rolled):
                of_words[word].append((firm, firm.visits))
    if per in (TOWN, DEPARTMENT):
        unsettled = UNSETTLED_NAME if per == TOWN else UNSETTLED_DEPARTMENT
        order = [code for code in names if per == TOWN or code in of_words]
        order += [UNSETTLED] if UNSETTLED in of_words else []
        names[UNSETTLED] = unsettled
    elif per == GRID:
        position = {name: at for at, name in enumerate(town_names.values())}
        order = sorted(of_words, key=lambda word: (position.get(word.partition(" ")[0], len(position)), word))
    else:
        order = sorted(of_words, key=lambda word: (-len(of_words[word]), word))
    in_all = sum(firm.in_scope for firm in of.firms) if per == METHOD else None
    called = {word: names.get(word, word) for word in order}
    rows = [
        _row(called[word], of_words[word], in_all, _see(of, per, called[word]), alone=per != DEPARTMENT)
        for word in order
    ]
    region = place_names.whole(settings.region_name(connection))
    total = _row(region, [(firm, firm.visits) for firm in of.firms], None, _see(of, "", ""))
    columns: tuple[Column, ...] = COLUMNS
    if per == GRADE and not of.campaign:
        frequency = Frequency(connection, of.last)
        rows = [
            _beside(row, [firm for firm, _ in of_words[word]], frequency, of.last)
            for row, word in zip(rows, order, strict=True)
        ]
        total = _beside(total, of.firms, frequency, of.last)
        columns = (*COLUMNS, *REGULAR)
    scope = "、行动范围里的" if of.narrowed else ""
    counted = "检查是这次行动的、行动期间里的" if of.campaign else "检查是年初到截至日的"
    return SummaryTable(
        title=f"{of.campaign or '安全检查'}覆盖情况",
        days=f"{of.first}至{of.last}，按{per}",
        per=per,
        columns=columns,
        rows=tuple(rows),
        total=total,
        meaning=MEANING.format(scope=scope, visits=counted),
        notes=(
            *((OVERLAPPING.format(per=per),) if per in (RISK, METHOD, DEPARTMENT) else ()),
            *((OF_GRIDS,) if per == GRID else ()),
            *((REGULAR_MEANING,) if len(columns) > len(COLUMNS) else ()),
        ),
        demonstration=settings.is_demonstration(connection),
    )


def _beside(row: Row, firms: Iterable[Firm], frequency: Frequency, last: str) -> Row:
    """A row with how many parts of the year that are over by the day `last` asked for an inspection of the firms in
    scope (定期检查), and in how many of them somebody else than the firm came."""
    asked = kept = 0
    for firm in firms:
        days = [visit.on for visit in firm.visits if visit.method not in frequency.own]
        for begins, ends in frequency.asking(firm.grade, firm.graded_on) if firm.in_scope else ():
            if ends <= last:
                asked += 1
                kept += any(begins <= day <= ends for day in days)
    return Row(row.name, (*row.values, asked, kept, rate(kept, asked)), row.see, row.behind)


def firms(connection: sqlite3.Connection, of: Coverage, which: str, town: str | None = None) -> list[tuple[str, Firm]]:
    """The firms in scope that were inspected, or not (VISITED, UNVISITED), each with the name of its town, in the
    office's order of towns and by name; `town` is the code of the town whose alone they are, '' for none, None for
    all."""
    towns, rolled = towns_on(connection, of.last)
    names = {each.code: each.name for each in towns}
    position = {code: at for at, code in enumerate(names)}
    wanted = [
        (rolled.get(firm.town, UNSETTLED), firm)
        for firm in of.firms
        if firm.in_scope
        and bool(firm.visits) == (which == VISITED)
        and (town is None or rolled.get(firm.town, UNSETTLED) == rolled.get(town, UNSETTLED))
    ]
    wanted.sort(key=lambda each: (position.get(each[0], len(position)), each[1].name))
    return [(names.get(code, UNSETTLED_NAME), firm) for code, firm in wanted]


def listed(connection: sqlite3.Connection, of: Coverage, which: str, town: str | None = None) -> SummaryTable:
    """The same firms as a table, by name."""
    visited = which == VISITED
    more = (Column("第一次检查", "text"), Column("次数"), Column("隐患")) if visited else (Column("风险", "text"),)
    rows = []
    for where, firm in firms(connection, of, which, town):
        told: tuple[Value, ...] = (
            (firm.visits[0].on, len(firm.visits), sum(visit.hazards.found for visit in firm.visits))
            if visited
            else ("、".join(firm.risks),)
        )
        rows.append(Row(firm.name, (where, firm.credit_code, *told), f"企业 档案 {firm.number}"))
    return SummaryTable(
        title=f"{of.campaign or '安全检查'}{which}企业",
        days=f"{of.first}至{of.last}",
        per="企业",
        columns=(Column("镇（街、区）", "text"), Column("统一社会信用代码", "text"), *more),
        rows=tuple(rows),
        notes=(f"共{len(rows)}家",),
        demonstration=settings.is_demonstration(connection),
    )


def _words(firm: Firm, per: str, rolled: Mapping[str, str]) -> tuple[str, ...]:
    if per == RISK:
        return firm.risks
    if per == GRADE:
        return (firm.grade,)
    return (firm.industry,) if per == INDUSTRY else (rolled.get(firm.town, UNSETTLED),)


def _row(
    name: str, of: Iterable[tuple[Firm, Sequence[Visit]]], in_all: int | None, see: str, *, alone: bool = True
) -> Row:
    """`in_all`: the scope where it is the whole; `alone` False: whose scope is nobody's alone."""
    told = list(of)
    scope = sum(firm.in_scope for firm, _ in told) if in_all is None else in_all
    covered = sum(firm.in_scope and bool(visits) for firm, visits in told)
    every = [visit for _, visits in told for visit in visits]

    def total(of: Callable[[Hazards], int]) -> int:
        return sum(of(visit.hazards) for visit in every)

    found, closed, major, major_closed = (
        total(lambda each: each.found),
        total(lambda each: each.closed),
        total(lambda each: each.major),
        total(lambda each: each.major_closed),
    )
    values: tuple[Value, ...] = (
        scope if alone else None,
        covered,
        scope - covered if alone else None,
        rate(covered, scope) if alone else None,
        len(every),
        sum(visit.found_any for visit in every),
        sum(visit.document for visit in every),
        found,
        closed,
        rate(closed, found),
        total(lambda each: each.overdue),
        major,
        major_closed,
        rate(major_closed, major),
        total(lambda each: each.funds),
    )
    return Row(name, values, see)


def _see(of: Coverage, per: str, name: str) -> str:
    campaign = f" --行动 {typed(of.campaign)}" if of.campaign else ""
    if per == TOWN:
        return f"覆盖{campaign} --列出 未查 --镇街 {'未定' if name == UNSETTLED_NAME else name}"
    if per in (METHOD, DEPARTMENT) and name != UNSETTLED_DEPARTMENT:
        return f"检查 列表 --查找 {typed(name)}"
    return f"覆盖{campaign} --列出 未查" if not per else ""
