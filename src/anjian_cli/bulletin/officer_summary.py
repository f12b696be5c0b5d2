"""网格员统计: grids and officers of a year, by town, by person or by grid: who looks after what, who was trained, who
inspects, and who never finds anything.

An inspection of two officers is one of each of them, and one of their town. Who inspects and is no officer of the town
on that day has a row as well, by person.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from anjian_cli.bulletin.grid_work import Grid, Grids, Inspection, Officer, in_place, in_use, inspections, names
from anjian_cli.bulletin.officers_due import any_trained, in_last_week, trained
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value, rate, typed
from anjian_cli.ledger import held, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import masking
from anjian_cli.rules import place_names

TOWN, PERSON, GRID = "镇街", "网格员", "网格"
PER = (TOWN, PERSON, GRID)
"""What there can be a row for each of."""
RESTS_ON = (
    *("town", "village", "grid", "officer", "training", "training_officer", "inspection"),
    *("enterprise", "residence", "operating_state", "term", "setting"),
)
NEVER_FOUND = 5
"""Who has inspected so often in the year and has never found anything is marked. No rule says how often; it is ours."""
SHOWN = 5  # how many names a note gives
_INSPECTED = (
    Column("次数", group="检查"),
    Column("查出问题", group="检查"),
    Column("查无隐患", group="检查"),
    Column("查无隐患率", "percent", group="检查"),
)
_OF_TOWNS = (
    Column("网格"),
    Column("没人的", group="网格"),
    Column("本月未报", group="网格"),
    Column("在岗网格员"),
    Column("企业"),
    Column("每人几家", "days"),
    Column("已培训", group="网格员"),
    Column("未培训", group="网格员"),
    *_INSPECTED,
)
_OF_PEOPLE = (
    Column("镇街", "text"),
    Column("网格", "text"),
    Column("企业"),
    Column("今年培训", "text"),
    *_INSPECTED,
    Column("最近一次", "text", group="检查"),
)
_OF_GRIDS = (
    Column("镇街", "text"),
    Column("在岗网格员", "text"),
    Column("企业"),
    *_INSPECTED,
    Column("本月巡查"),
)
OUTSIDER = "不在册"
MEANING = {
    TOWN: "年初到截至日；检查是本镇在岗网格员参加的，两人同去算一次；没人的是截至日没有在岗网格员的网格，"
    "本月未报的是当月没有网格巡查的；企业是截至日在营的",
    PERSON: "年初到截至日；按检查登记的检查人算，两人同去各算一次；企业是写明由他管的；"
    "不在册的是检查那天不是那个镇的在岗网格员",
    GRID: "年初到截至日；检查是网格巡查里本网格的人去的，或者查的是本网格企业的；企业按它的网格员归网格，"
    "没有写的，所在村（居）只有一个网格的归那个",
}
SIGN = {
    TOWN: "有网格没有人，或到了月末最后一周还没有报",
    PERSON: f"查了{NEVER_FOUND}次以上，一次问题也没有查出",
    GRID: "没有在岗网格员，或到了月末最后一周还没有报",
}


class _Firm(NamedTuple):
    town: str
    grid: int | None
    officer: int | None


class _Tally:
    """Inspections counted together, with the towns and the last day on which they were."""

    def __init__(self, inspections: int = 0, found: int = 0) -> None:
        self.inspections, self.found, self.last = inspections, found, ""
        self.towns: set[str] = set()

    def add(self, inspection: Inspection) -> None:
        self.inspections += 1
        self.found += inspection.found_any
        self.last = max(self.last, inspection.on)
        self.towns.add(inspection.town)

    @property
    def values(self) -> tuple[Value, ...]:
        """For the columns of _INSPECTED."""
        none = self.inspections - self.found
        return self.inspections, self.found, none, rate(none, self.inspections)


class _Year:
    """What a year has of grids up to a day, in one town (or in the one that it went into) or in all (None)."""

    def __init__(self, connection: sqlite3.Connection, day: str, town: str | None) -> None:
        self.day = day
        self.grids = Grids(connection, day)
        only = None if town is None else self.grids.town(town)
        self.towns = [one for one in self.grids.towns if only in (None, one.code)]
        self.name_of = {one.code: one.name for one in self.grids.towns}
        codes = {one.code for one in self.towns}
        self.used = [grid for grid in self.grids.grids if grid.town in codes and in_use(grid, day)]
        self.staff = [one for one in self.grids.officers if one.town in codes and in_place(one, day)]
        self.trained = trained(connection, day) if any_trained(connection, day) else None
        self.firms = [firm for firm in self._firms(connection) if firm.town in codes]
        self.of_town: defaultdict[str, _Tally] = defaultdict(_Tally)
        self.of_officer: defaultdict[int, _Tally] = defaultdict(_Tally)
        self.of_outsider: defaultdict[str, _Tally] = defaultdict(_Tally)
        self.of_grid: defaultdict[int, _Tally] = defaultdict(_Tally)
        self.this_month: defaultdict[int, int] = defaultdict(int)
        self.nameless = 0
        for inspection in inspections(connection, self.grids, f"{day[:4]}-01-01", day):
            if only in (None, inspection.town):
                self._count(inspection)

    def _count(self, inspection: Inspection) -> None:
        self.nameless += not inspection.inspectors
        whose = [(name, self.grids.officer(inspection.told, name, inspection.on)) for name in inspection.inspectors]
        if any(officer is not None for _, officer in whose):
            self.of_town[inspection.town].add(inspection)
        for name, officer in whose:
            (self.of_outsider[name] if officer is None else self.of_officer[officer.id]).add(inspection)
        for grid in self.grids.reports(inspection):
            self.of_grid[grid].add(inspection)
            self.this_month[grid] += inspection.on[:7] == self.day[:7]

    def _firms(self, connection: sqlite3.Connection) -> Iterable[_Firm]:
        """Those in operation on the day, as 覆盖 has them."""
        for code, village, told in connection.execute(
            "SELECT r.town_code, COALESCE(r.village_code, ''), COALESCE(e.grid_officer, '') FROM enterprise e"
            " JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= ?1 AND ?1 < r.until_on"
            " WHERE e.voided_on IS NULL AND COALESCE(e.registered_on, ?1) <= ?1 AND NOT EXISTS"
            "  (SELECT 1 FROM operating_state s WHERE s.enterprise_id = e.id AND s.from_on <= ?1 AND ?1 < s.until_on)",
            (self.day,),
        ):
            grid = self.grids.of_firm(code or "", village, told, self.day)
            own = (self.grids.officer(code or "", name, self.day) for name in names(told))
            officer = next((one for one in own if one is not None), None)
            yield _Firm(self.grids.town(code), grid and grid.id, officer and officer.id)

    @property
    def month_is_over(self) -> bool:
        """Whether it is so nearly over that a grid should have reported: until then most have not."""
        return in_last_week(self.day)

    def without_anyone(self, grid: Grid) -> bool:
        """Whether nobody looks after a grid on the day."""
        return not any(in_place(officer, self.day) for officer in self.grids.of(grid))


def officer_summary(connection: sqlite3.Connection, day: str, per: str = TOWN, town: str | None = None) -> SummaryTable:
    """The year of `day` up to it, a row for each of what `per` (one of PER) says; `town` is the code of the town whose
    alone they are, None for all. Raises `Refused`, as `ledger.held`, where what it rests on is not as it was
    written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    year = _Year(connection, day, town)
    whole = place_names.whole(settings.region_name(connection))
    columns, rows, total = {TOWN: _by_town, PERSON: _by_person, GRID: _by_grid}[per](year, whole)
    return SummaryTable(
        title="网格员统计",
        days=f"{day[:4]}年，截至{int(day[5:7])}月{int(day[8:])}日，按{per}",
        per=per,
        columns=columns,
        rows=tuple(rows),
        total=total if len(rows) > 1 else None,
        meaning=MEANING[per],
        notes=tuple(_notes(year, per, rows)),
        sign=SIGN[per],
        demonstration=settings.is_demonstration(connection),
    )


Made = tuple[tuple[Column, ...], Sequence[Row], Row | None]


def _by_town(year: _Year, whole: str) -> Made:
    rows = []
    for one in year.towns:
        grids = [grid for grid in year.used if grid.town == one.code]
        staff = [officer for officer in year.staff if officer.town == one.code]
        firms = sum(firm.town == one.code for firm in year.firms)
        see = f"网格员 列表 --镇街 {typed(one.name)}"
        rows.append(_of_town(year, one.name, grids, staff, firms, year.of_town[one.code], see))
    of_towns = year.of_town.values()
    every = _Tally(sum(tally.inspections for tally in of_towns), sum(tally.found for tally in of_towns))
    return _OF_TOWNS, rows, _of_town(year, whole, year.used, year.staff, len(year.firms), every, "网格员 列表")


def _of_town(
    year: _Year, name: str, grids: Sequence[Grid], staff: Sequence[Officer], firms: int, tally: _Tally, see: str
) -> Row:
    vacant = sum(map(year.without_anyone, grids))
    silent = sum(not year.this_month[grid.id] for grid in grids)
    done = None if year.trained is None else sum(officer.id in year.trained for officer in staff)
    values: tuple[Value, ...] = (
        len(grids),
        vacant,
        silent,
        len(staff),
        firms,
        rate(firms, len(staff)),
        done,
        None if done is None else len(staff) - done,
        *tally.values,
    )
    return Row(name, values, see, behind=bool(vacant or (silent and year.month_is_over)))


def _by_person(year: _Year, _: str) -> Made:
    """Officers in place, and those who left and inspected in the year; behind them who is no officer, the busiest
    first."""
    codes = [one.code for one in year.towns]
    officers = [
        one
        for one in year.grids.officers
        if one.town in codes and (in_place(one, year.day) or one.id in year.of_officer)
    ]
    officers.sort(key=lambda one: codes.index(one.town))
    firms: defaultdict[int | None, int] = defaultdict(int)
    for firm in year.firms:
        firms[firm.officer] += 1
    rows = []
    for one in officers:
        here = in_place(one, year.day)
        told = (
            year.name_of[one.town],
            (one.grid or "没有写") if here else "已离岗",
            firms[one.id] if here else None,
            _training(year, one) if here else None,
        )
        rows.append(_of_person(one.name, told, year.of_officer[one.id]))
    others = sorted(year.of_outsider.items(), key=lambda each: (-each[1].inspections, each[0]))
    for name, tally in others:
        rows.append(_of_person(name, (_places(tally, year.name_of), OUTSIDER, None, None), tally))
    return _OF_PEOPLE, rows, None


def _training(year: _Year, officer: Officer) -> str | None:
    return None if year.trained is None else "已培训" if officer.id in year.trained else "未培训"


def _places(tally: _Tally, name_of: Mapping[str, str]) -> str | None:
    """The town where somebody inspected, or in how many."""
    towns = [name_of[code] for code in tally.towns if code in name_of]
    return towns[0] if len(towns) == 1 else f"{len(towns)}个镇街" if towns else None


def _of_person(name: str, told: tuple[Value, ...], tally: _Tally) -> Row:
    """Who inspected is told as forms do, often with a telephone beside the name: hidden, and nothing to look for."""
    behind = tally.inspections >= NEVER_FOUND and not tally.found
    shown = masking.in_text(name)
    see = f"检查 列表 --查找 {typed(name)}" if shown == name else ""
    return Row(shown, (*told, *tally.values, tally.last or None), see, behind)


def _by_grid(year: _Year, _: str) -> Made:
    codes = [one.code for one in year.towns]
    rows = []
    for grid in sorted(year.used, key=lambda one: codes.index(one.town)):
        staff = [officer.name for officer in year.grids.of(grid) if in_place(officer, year.day)]
        values: tuple[Value, ...] = (
            year.name_of[grid.town],
            "、".join(staff) or None,
            sum(firm.grid == grid.id for firm in year.firms),
            *year.of_grid[grid.id].values,
            year.this_month[grid.id],
        )
        behind = not staff or (year.month_is_over and not year.this_month[grid.id])
        rows.append(Row(year.grids.called(grid), values, f"网格 查看 {grid.number}", behind))
    return _OF_GRIDS, rows, None


def _notes(year: _Year, per: str, rows: Sequence[Row]) -> Iterable[str]:
    if not year.staff:
        yield "还没有登记在岗的网格员：anjian 网格员 新增"
    if not year.used:
        yield "还没有划定网格：anjian 网格 新增"
    if year.trained is None and per != GRID:
        yield "培训都没有写到场的网格员，不知道谁训过：anjian 培训 修改 编号 --到场网格员 姓名"
    if per == PERSON:
        if never := [row.name for row in rows if row.behind]:
            told = "、".join(never[:SHOWN]) + (f"等{len(never)}人" if len(never) > SHOWN else "")
            yield f"{SIGN[PERSON]}的：{told}"
        if year.nameless:
            yield f"有{year.nameless}次检查没有写检查人，不在表里"
    if year.used:
        lost = [one for one in year.staff if one.grid and not year.grids.grid_of(one) and _has_grids(year, one)]
        if lost:
            told = "、".join(f"{one.name}（{one.grid}）" for one in lost[:SHOWN])
            yield f"写的网格不在网格名录里的有{len(lost)}名：{told}"


def _has_grids(year: _Year, officer: Officer) -> bool:
    return any(grid.town == officer.town for grid in year.used)
