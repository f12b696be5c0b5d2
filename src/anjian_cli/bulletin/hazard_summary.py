"""隐患统计: how many hazards were found in a year, rectified, stand open and are overdue, and for how long, by town, by
department, by level or by source.

Asks for no scheme: it counts the facts that the shipped indicators of hazards count, so that of a month that is not
locked its figures are those of the bulletin, opening figures and all. What an opening figure stands for has no records:
it has no level, no department and no days.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import due_today, locked_month, summary_table
from anjian_cli.bulletin.counting import year_to
from anjian_cli.bulletin.definition import UNSETTLED_SHORT, departments_on, towns_on
from anjian_cli.bulletin.opening_totals import OPENED, Opening
from anjian_cli.bulletin.period import Period, month_title
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, SummaryTable
from anjian_cli.bulletin.tables import cell_code
from anjian_cli.bulletin.value import UNSETTLED, UNSETTLED_DEPARTMENT, Town
from anjian_cli.ledger import held, schemes, settings
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.rules import industries, measure, place_names
from anjian_cli.rules.unit_kinds import ROLES, TOWNS, holds_for

TOWN, LEVEL, SOURCE, INDUSTRY = "镇街", "级别", "来源", "行业"
PER = (TOWN, *ROLES, LEVEL, SOURCE, INDUSTRY)
"""What there can be a row for each of."""
LEVELS = ("一般", "重大")
FACTS: Mapping[str, str] = {
    "found": "hazard.found",
    "closed": "hazard.accepted_of_year",
    "standing": "hazard.open",
    "overdue": "hazard.overdue",
}
"""The facts that are counted; the shipped indicators of them are called the same."""
RESTS_ON = (
    "hazard",
    "hazard_deadline",
    "rectification",
    "hazard_due",
    "hazard_charge",
    "opening_figure",
    "town",
    "department",
    "setting",
    "scheme",
    "scheme_indicator",
    "scheme_part",
    "issued_month",
)
OPENING = "期初数"
"""The row of what has no records, where there is a row for each of something that only records tell."""

MEANING = (
    "发现、销号只数当年发现的；未销号、逾期数到截至日还在的，往年发现的也在内。天数从发现那天起，销号的到验收合格，"
    "未销号的到截至日，是有逐条记录的平均"
)

_INDUSTRY = "(SELECT e.industry_code FROM hazard h JOIN enterprise e ON e.id = h.enterprise_id WHERE h.id = root_id)"
_COLUMNS = {TOWN: "town_code", **ROLES, LEVEL: "level", SOURCE: "channel", INDUSTRY: _INDUSTRY}
_FOUND_ON = "(SELECT julianday(found_on) FROM hazard WHERE id = root_id)"
_DAYS = {
    # An item of a hazard that was handed over since begins on that day, not on that of the acceptance.
    "closed": f"(SELECT julianday(accepted_on) FROM rectification WHERE id = record_id) - {_FOUND_ON}",
    "standing": f"julianday(:day) - {_FOUND_ON}",
}
"""For how many days a hazard of a figure was open."""


@dataclass(frozen=True, slots=True)
class Count:
    """`total` is what the bulletin says, None where it is not known; `levels` those of it that have records, in the
    order of LEVELS; `opening` is what opening figures add to them."""

    total: int | None
    levels: tuple[int, ...]
    opening: int


@dataclass(frozen=True, slots=True)
class Row:
    """`closed` are those found in the year; `standing` and `overdue` those of any year, on the day. The days are means
    over what has records, from the day a hazard was found to that of its acceptance, or until the day; None where there
    is none. `see` is what is typed behind `anjian` to see the records, '' where nothing finds these alone."""

    name: str
    found: Count
    closed: Count
    standing: Count
    overdue: Count
    days_closed: Fraction | None
    days_standing: Fraction | None
    see: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The last of `rows` is of all the others together."""

    month: str
    as_of: str
    per: str
    town: str
    demonstration: bool
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


class _Tally:
    """What is added up for a row: by figure and level the hazards, by figure their days and the opening figures."""

    def __init__(self) -> None:
        self.hazards: dict[tuple[str, str], int] = defaultdict(int)
        self.days: dict[str, int] = defaultdict(int)
        self.openings: dict[str, list[int | None]] = defaultdict(list)

    def add(self, other: _Tally) -> None:
        for key, number in other.hazards.items():
            self.hazards[key] += number
        for figure, days in other.days.items():
            self.days[figure] += days
        for figure, numbers in other.openings.items():
            self.openings[figure] += numbers

    @property
    def has_any(self) -> bool:
        return any(self.hazards.values()) or any(number != 0 for each in self.openings.values() for number in each)

    def count(self, figure: str) -> Count:
        levels = tuple(self.hazards[figure, level] for level in LEVELS)
        openings = self.openings[figure]
        known = [number for number in openings if number is not None]
        total = sum(levels) + sum(known) if len(known) == len(openings) else None
        return Count(total, levels, sum(known))

    def mean_days(self, figure: str) -> Fraction | None:
        number = sum(self.hazards[figure, level] for level in LEVELS)
        return Fraction(self.days[figure], number) if number else None

    def row(self, name: str, see: str) -> Row:
        counts = {figure: self.count(figure) for figure in FACTS}
        return Row(
            name,
            **counts,
            days_closed=self.mean_days("closed"),
            days_standing=self.mean_days("standing"),
            see=see,
        )


def summary(connection: sqlite3.Connection, period: Period, per: str = TOWN, town: str | None = None) -> Summary:
    """The hazards of a period's year up to its as-of day, a row for each of what `per` (one of PER) says; `town` is
    the code of the town whose alone they are, '' for what has none, None for all. A town or department that went into
    another is counted there, as in the bulletin. Raises `Refused`, as `ledger.held`, where what it rests on is not as
    it was written."""
    held.definitions(connection)
    held.tables(connection, (*RESTS_ON, "enterprise") if per == INDUSTRY else RESTS_ON)
    held.tail(connection)
    towns, rolled = towns_on(connection, period.as_of)

    def wanted(code: str) -> bool:
        return town is None or rolled.get(code, UNSETTLED) == rolled.get(town, UNSETTLED)

    units, into = (towns, rolled) if per == TOWN else departments_on(connection, period.as_of)
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for figure, level, code, value, number, days in _counted(connection, period, _COLUMNS[per]):
        if wanted(code):
            word = industries.division(value) if per == INDUSTRY else value
            tally = tallies[into.get(word, UNSETTLED) if per in (TOWN, *ROLES) else word]
            tally.hazards[figure, level] += number
            tally.days[figure] += days
    for figure, code, opened in _openings(connection, period, rolled):
        if wanted(code):
            tallies[code if per == TOWN else OPENING].openings[figure].append(opened)
    whole = _Tally()
    for tally in tallies.values():
        whole.add(tally)
    of = next((each for each in towns if town is not None and each.code == rolled.get(town)), None)
    of = of or (None if town is None else Town(UNSETTLED, UNSETTLED_NAME, UNSETTLED_SHORT))
    see = _See(connection, period, of)
    if per in ROLES:
        see.call(ROLES[per], units, {word for each in towns for word in (each.name, each.short)})
    named = [(of.code, of.name, of.short)] if of and per == TOWN else _named(per, units, tallies)
    rows = [tallies[code].row(name, see.of(per, code, short)) for code, name, short in named]
    county = place_names.whole(settings.region_name(connection))
    rows.append(whole.row(of.name if of else county, see.whole(county)))
    return Summary(
        month=period.key,
        as_of=period.as_of,
        per=per,
        town=of.name if of else "",
        demonstration=settings.is_demonstration(connection),
        rows=tuple(rows),
        notes=(*_notes(connection, period, rows[-1]), *see.notes(per)),
    )


def table(of: Summary) -> SummaryTable:
    """The same as a 统计表: each figure in all and, but where a row is of one level, by level; the days as means."""
    levels = of.per != LEVEL
    columns: list[Column] = []
    for title in ("发现", "销号", "未销号", "逾期"):
        columns += [Column(title), *(Column(level, group=title) for level in LEVELS if levels)]
    columns += [Column("平均天数", "days", group=title) for title in ("销号", "未销号")]
    *rows, whole = (_as_row(row, levels=levels) for row in of.rows)
    return SummaryTable(
        title=f"{of.town}隐患统计",
        days=f"{month_title(of.month)}，1月1日至{int(of.as_of[5:7])}月{int(of.as_of[8:])}日，按{of.per}",
        per=of.per,
        columns=tuple(columns),
        rows=tuple(rows),
        total=whole,
        meaning=MEANING,
        notes=of.notes,
        demonstration=of.demonstration,
    )


def _as_row(row: Row, *, levels: bool) -> summary_table.Row:
    counts = (row.found, row.closed, row.standing, row.overdue)
    figures = [number for count in counts for number in (count.total, *(count.levels if levels else ()))]
    return summary_table.Row(row.name, (*figures, row.days_closed, row.days_standing), row.see)


def _counted(
    connection: sqlite3.Connection, period: Period, column: str
) -> Iterator[tuple[str, str, str, str, int, int]]:
    """By figure, level, town and another column of an item: how many there are, and for how many days all of them."""
    which, _ = due_today.among(period, [*FACTS.values()], today=False)
    not_due = which.replace("?", ":day")
    first = year_to(period.as_of).first
    cursor = connection.cursor()
    cursor.row_factory = None
    for figure, fact in FACTS.items():
        # What was found is counted by its day, all else as it stands on the day.
        when = "from_on BETWEEN :first AND :day" if figure == "found" else "from_on <= :day AND :day < until_on"
        more = f" AND {not_due}" if fact in due_today.FACTS else ""
        days = _DAYS.get(figure, "0")
        found = cursor.execute(
            f"SELECT level, town_code, {column}, sum(quantity), CAST(sum(quantity * ({days})) AS INTEGER)"
            f" FROM hazard_item WHERE fact = :fact AND {when}{more} GROUP BY 1, 2, 3",
            {"fact": fact, "first": first, "day": period.as_of},
        )
        yield from ((figure, *row) for row in found.fetchall())


def _openings(
    connection: sqlite3.Connection, period: Period, rolled: Mapping[str, str]
) -> Iterator[tuple[str, str, int | None]]:
    """By figure and town in force what opening figures add, None where they do not say how many on that day."""
    found: defaultdict[tuple[str, str], list[Opening]] = defaultdict(list)
    cursor = connection.execute(
        f"SELECT {OPENED} AS indicator,"
        " COALESCE(town_code, '') AS town, from_on, until_on, period_from, quantity, last_rank, source"
        " FROM opening_figure o WHERE voided_on IS NULL ORDER BY from_on"
    )
    figures = {fact: figure for figure, fact in FACTS.items()}
    for row in cursor:
        if row["indicator"] in figures:
            opening = Opening(**row)
            found[figures[opening.indicator], rolled.get(opening.town, UNSETTLED)].append(opening)
    window = year_to(period.as_of)
    for (figure, town), openings in found.items():
        if figure == "found":
            known = all(map(window.knows, openings))
            counted = [each for each in openings if window.first <= each.from_on <= window.last]
        else:
            told = [each for each in openings if figure != "closed" or each.from_on[:4] == window.last[:4]]
            known = any(each.from_on <= window.last for each in told) or not any(each.quantity for each in told)
            counted = [each for each in openings if each.from_on <= window.last < each.until_on]
        yield figure, town, sum(each.quantity for each in counted) if known else None


def _named(per: str, units: Sequence[Town], tallies: Mapping[str, _Tally]) -> Iterator[tuple[str, str, str]]:
    """The rows, by what they are counted by, with name and short name: every town and level, of all else what there is
    any of; last what is of none, and what has no records."""
    there = {code for code, tally in tallies.items() if tally.has_any}
    if per == TOWN:
        yield from ((unit.code, unit.name, unit.short) for unit in units)
        if UNSETTLED in there:
            yield UNSETTLED, UNSETTLED_NAME, UNSETTLED_SHORT
        return
    if per in ROLES:
        yield from ((unit.code, unit.name, unit.name) for unit in units if unit.code in there)
        if UNSETTLED in there:
            yield UNSETTLED, UNSETTLED_DEPARTMENT, ""
    elif per == LEVEL:
        yield from ((level, level, level) for level in LEVELS)
    else:
        most = sorted((-sum(tallies[word].count("found").levels), word) for word in there - {OPENING})
        yield from ((word, word, word) for _, word in most)
    if OPENING in there:
        yield OPENING, OPENING, ""


class _See:
    """How the records of a row are seen: the bulletin's cell explained where the scheme in force has the figure of that
    kind of unit, else a list."""

    def __init__(self, connection: sqlite3.Connection, period: Period, town: Town | None) -> None:
        scheme = schemes.on(connection, period.as_of)
        found = connection.execute(
            "SELECT measure, short, COALESCE(units, '') FROM dated_indicator WHERE scheme_id = ?"
            " AND from_on <= ? AND ? < until_on",
            (scheme.id, period.as_of, period.as_of),
        )
        shorts = {measure: short for measure, short, units in found if holds_for(units, TOWNS)}
        self._short = shorts.get(FACTS["found"], "")
        self._others = [shorts[fact] for fact in FACTS.values() if fact in shorts and fact != FACTS["found"]]
        self._period, self._town = period, town
        self._of_departments = dict(
            connection.execute(
                "SELECT p.measure, i.short FROM scheme_part p JOIN scheme_indicator i"
                " ON i.scheme_id = p.scheme_id AND i.code = p.indicator"
                " WHERE p.scheme_id = ? AND p.sign <> 0 AND instr(p.measure, '@') GROUP BY i.code HAVING count(*) = 1",
                (scheme.id,),
            ).fetchall()
        )
        self._figures: tuple[str, ...] = ()
        self._called: dict[str, str] = {}

    def call(self, role: str, units: Sequence[Town], taken: Collection[str]) -> None:
        """Departments have figures of a role (`measure.UNITS`) where the scheme ranks them; each is called by its short
        name, or in full where a town is called so (`taken`)."""
        measures = [measure.written(fact, {}, role) for fact in FACTS.values()]
        self._figures = tuple(self._of_departments.get(each, "") for each in measures)
        self._called = {each.code: each.name if each.short in taken else each.short for each in units}
        self._called[UNSETTLED] = UNSETTLED_DEPARTMENT

    def of(self, per: str, code: str, short: str) -> str:
        if code == OPENING:
            return "期初 列表"
        if per == TOWN:
            return self._cell(short) or f"隐患 列表 --镇街 {short}"
        if per in ROLES and not self._town and self._figures[0]:
            return self._explained(self._called[code], self._figures[0])
        if per == INDUSTRY:
            return ""
        of_town = f" --镇街 {self._town.short}" if self._town else ""
        return f"隐患 列表{of_town} --查找 {short}" if short else ""

    def whole(self, county: str) -> str:
        if self._town:
            return self._cell(self._town.short) or f"隐患 列表 --镇街 {self._town.short}"
        return self._cell(county) or "隐患 列表"

    def notes(self, per: str) -> Iterator[str]:
        if self._short and self._others:
            whose = f"{TOWN}的" if any(self._figures) else ""
            yield f"{whose}明细里把“{self._short}”换成{_quoted(self._others)}，看那一个数的记录"
        found, *others = self._figures or ("",)
        others = [short for short in others if short]
        if others and found:
            yield f"{per}的明细里把“{found}”换成{_quoted(others)}，看那一个数的记录"
        elif others:
            line = self._explained("部门简称", others[0])
            rest = f"；“{others[0]}”也可以是{_quoted(others[1:])}" if others[1:] else ""
            yield f"一个{per}的“{others[0]}”由哪些记录组成：anjian {line}{rest}"

    def _cell(self, place: str) -> str:
        return self._explained(place, self._short) if self._short else ""

    def _explained(self, place: str, short: str) -> str:
        return f"明细 {self._period.year}-{cell_code(self._period.key, place, short)}"


def _quoted(shorts: Sequence[str]) -> str:
    return "、".join(f"“{short}”" for short in shorts)


def _notes(connection: sqlite3.Connection, period: Period, whole: Row) -> Iterator[str]:
    counts = {"发现": whole.found, "销号": whole.closed, "未销号": whole.standing, "逾期": whole.overdue}
    opened = "、".join(f"{title}{count.opening}条" for title, count in counts.items() if count.opening)
    if opened:
        yield f"合计里含期初数（{opened}）：没有逐条记录，不分级别，不算天数"
    unknown = "、".join(title for title, count in counts.items() if count.total is None)
    if unknown:
        yield f"期初数只说了跨过这一天的总数，这一天的{unknown}无从得知"
    if due_today.day_not_over(period):
        yield "今天还没有过完，期限就是今天的不算逾期"
    if locked_month.find(connection, period.key) is not None:
        yield f"{period.title}已定稿；这里按台账现有的记录算，定稿以后补登、更正的也在内"
