"""事故走势: the three figures of accidents (起数, 死亡, 重伤) in years and months beside each other, by town or sector.

Years are compared up to the same day. A year before the first accident or opening figure that the ledger has is not
known, and said to be so: an office that began its ledger in 2018 had accidents before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import pairwise

from anjian_cli.bulletin import fact_flows
from anjian_cli.bulletin.counting import Window
from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.period import month_end, same_day
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value, added, typed
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held, settings
from anjian_cli.rules import place_names

YEAR, MONTH, TOWN, SECTOR = "年", "月", "镇街", "行业领域"
PER = (YEAR, MONTH, TOWN, SECTOR)
"""What there can be a row for each of."""
YEARS = 5
FACTS = {
    "accident.count": "起数",
    "accident.deaths": "死亡",
    "accident.injured": "重伤",
    "accident.larger": "较大以上",
}
RESTS_ON = ("accident", "casualties", "opening_figure", "town", "setting", "scheme", "scheme_indicator")
OPENING = "期初数"
"""The row of what has no records, where there is a row for each of something that only records tell."""
UNKNOWN = "{years}的事故没有登记，也没有期初数，不知道有几起"


class _Asked:
    """The accidents of one town or all, in windows of days."""

    def __init__(self, connection: sqlite3.Connection, day: str, town: str | None) -> None:
        self.connection, self.town = connection, town
        self.towns, self.rolled = towns_on(connection, day)
        self.since = fact_flows.first_day(connection, "accident", FACTS)
        of = next((each.name for each in self.towns if town is not None and each.code == self.rolled.get(town)), "")
        self.name = UNSETTLED_NAME if town == "" else of

    def by_town(self, window: Window) -> Mapping[str, tuple[int | None, ...]]:
        """The figures of FACTS, by town in force; of a year before all records none is known."""
        codes = [*(each.code for each in self.towns), UNSETTLED]
        if not self.knows(window):
            return {code: (None,) * len(FACTS) for code in codes}
        told = fact_flows.recorded(self.connection, "accident", FACTS, window, "town_code")
        opened = fact_flows.opened(self.connection, FACTS, window, self.rolled)
        found: dict[str, dict[str, int | None]] = {code: dict.fromkeys(FACTS, 0) for code in codes}
        every = [*told.items(), *(((fact, town), number) for (fact, town), number in opened.items())]
        for (fact, town), number in every:
            of = found[self.rolled.get(town, UNSETTLED)]
            before = of[fact]
            of[fact] = None if number is None or before is None else before + number
        return {code: tuple(of.values()) for code, of in found.items()}

    def knows(self, window: Window) -> bool:
        """Whether a window is not of a year before all records and opening figures."""
        return window.last[:4] >= self.since[:4]

    def within(self, town: str) -> bool:
        """Whether what is of a town's code is asked for."""
        return self.town is None or self.rolled.get(town, UNSETTLED) == self.rolled.get(self.town, UNSETTLED)

    def whole(self, window: Window) -> tuple[int | None, ...]:
        """The figures of the town asked for, or of all together."""
        of = self.by_town(window)
        rows = of.values() if self.town is None else [of[self.rolled.get(self.town, UNSETTLED)]]
        return tuple(_sum(column) for column in zip(*rows, strict=True))


def accident_trend(connection: sqlite3.Connection, day: str, per: str = YEAR, town: str | None = None) -> SummaryTable:
    """The accidents up to a day: YEARS years of the same days, the months of the year and of the one before, or the
    year to the day by town or sector beside the one before. `town` is the code of the town whose alone they are, ''
    for what has none, None for all. Raises `Refused`, as `ledger.held`, where what it rests on is not as it was
    written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    asked = _Asked(connection, day, town)
    rows: list[Row]
    total: Row | None = None
    year = int(day[:4])
    if per == YEAR:
        columns = (*_columns("同期"), *_columns("全年"))
        rows = [_year(asked, each, day) for each in range(year - YEARS + 1, year + 1)]
    elif per == MONTH:
        columns = (*_columns(f"{year}年"), *_columns(f"{year - 1}年"))
        rows = [_month(asked, year, month, day) for month in range(1, int(day[5:7]) + 1)]
        # Of the days as a whole: an opening figure tells what came in them, and of no month what came in it.
        total = Row("合计", (*asked.whole(_to(year, day)), *asked.whole(_to(year - 1, day))))
    else:
        columns = (*_columns(f"{year}年"), *_columns(f"{year - 1}年同期"))
        rows = _towns(asked, day) if per == TOWN else _sectors(asked, day)
        county = place_names.whole(settings.region_name(connection))
        total = added(asked.name or county, columns, rows, "" if asked.name else "事故 列表")
    return SummaryTable(
        title=f"{asked.name}事故走势",
        days=f"1月1日至{int(day[5:7])}月{int(day[8:])}日，按{per}",
        per=per,
        columns=columns,
        rows=tuple(rows),
        total=total if len(rows) > 1 else None,
        meaning="只数生产安全事故；死亡、重伤含以后续报的，按报来的日子算；核销的不算",
        notes=tuple(_notes(asked, per, rows, year)),
        demonstration=settings.is_demonstration(connection),
    )


def _columns(group: str) -> tuple[Column, ...]:
    return tuple(Column(title, group=group) for title in FACTS.values())


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _to(year: int, day: str) -> Window:
    """From 1 January of a year to the same day as another year's."""
    return Window(f"{year}-01-01", same_day(day, year))


def _year(asked: _Asked, year: int, day: str) -> Row:
    running = year == int(day[:4])
    whole = (None,) * len(FACTS) if running else asked.whole(Window(f"{year}-01-01", f"{year}-12-31"))
    return Row(f"{year}年", (*asked.whole(_to(year, day)), *whole))


def _month(asked: _Asked, year: int, month: int, day: str) -> Row:
    def of(year: int) -> Window:
        # Of a month that is not over as many days as this year has of it.
        return Window(f"{year}-{month:02d}-01", min(month_end(year, month), same_day(day, year)))

    return Row(f"{month}月", (*asked.whole(of(year)), *asked.whole(of(year - 1))))


def _towns(asked: _Asked, day: str) -> list[Row]:
    now, before = (asked.by_town(_to(int(day[:4]) - back, day)) for back in (0, 1))
    names = {each.code: each.name for each in asked.towns}
    if asked.town is not None:
        own = asked.rolled.get(asked.town, UNSETTLED)
        names = {own: names.get(own, UNSETTLED_NAME)}
    elif any(now[UNSETTLED]) or any(before[UNSETTLED]):
        names[UNSETTLED] = UNSETTLED_NAME
    return [
        Row(name, (*now[code], *before[code]), f"事故 列表 --镇街 {'未定' if code == UNSETTLED else name}")
        for code, name in names.items()
    ]


def _sectors(asked: _Asked, day: str) -> list[Row]:
    """By sector, those with most accidents first; what opening figures say has none."""
    windows = [_to(int(day[:4]) - back, day) for back in (0, 1)]
    told = [
        fact_flows.recorded(asked.connection, "accident", FACTS, window, "kind", asked.within) for window in windows
    ]
    words = {word for of in told for _, word in of}

    def values(word: str) -> tuple[int | None, ...]:
        return tuple(
            of.get((fact, word), 0) if asked.knows(window) else None
            for of, window in zip(told, windows, strict=True)
            for fact in FACTS
        )

    order = sorted(words, key=lambda word: (*(-(number or 0) for number in values(word)[:2]), word))
    rows = [Row(word, values(word), f"事故 列表 --查找 {typed(word)}") for word in order]
    openings = [_opening(asked, window) for window in windows]
    if any(number != 0 for of, window in zip(openings, windows, strict=True) if asked.knows(window) for number in of):
        rows.append(Row(OPENING, tuple(number for of in openings for number in of), "期初 列表"))
    return rows


def _opening(asked: _Asked, window: Window) -> tuple[int | None, ...]:
    if not asked.knows(window):
        return (None,) * len(FACTS)
    opened = fact_flows.opened(asked.connection, FACTS, window, asked.rolled)
    return tuple(
        _sum([number for (of, town), number in opened.items() if of == fact and asked.within(town)]) for fact in FACTS
    )


def _notes(asked: _Asked, per: str, rows: Sequence[Row], year: int) -> list[str]:
    first = year - YEARS + 1 if per == YEAR else year - 1
    unknown = [each for each in range(first, year) if str(each) < asked.since[:4]]
    notes = []
    if unknown:
        years = f"{unknown[0]}年" if len(unknown) == 1 else f"{unknown[0]}至{unknown[-1]}年"
        notes.append(UNKNOWN.format(years=years))
    if per == YEAR:
        for at, title in enumerate([*FACTS.values()][:2]):
            fell = _fell([row.values[at] for row in rows])
            if fell > 1:  # one year is no row of years
                notes.append(f"{title}同期连续{fell}年下降")
    return notes


def _fell(values: Sequence[Value]) -> int:
    """In how many years, up to the last, a figure fell each time."""
    fell = 0
    for before, now in reversed([*pairwise(values)]):
        if not isinstance(before, int) or not isinstance(now, int) or now >= before:
            break
        fell += 1
    return fell
