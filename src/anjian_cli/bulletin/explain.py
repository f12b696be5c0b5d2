"""明细: the records that make a figure, those that stand near it and do not count, and why.

The counted items add up to the figure. A locked month is explained with the records as they were then.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext

from anjian_cli.bulletin import delivered, items, locked_month, not_counted, phrase, place_asked, scored_count
from anjian_cli.bulletin.correction import as_locked
from anjian_cli.bulletin.counting import Window
from anjian_cli.bulletin.definition import Definition, Indicator, define, unit_columns
from anjian_cli.bulletin.filed_figures import FiledFigures
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.meaning import means_the_same
from anjian_cli.bulletin.not_counted import NotCounted
from anjian_cli.bulletin.opening_totals import singles_out
from anjian_cli.bulletin.period import Period, choose_month
from anjian_cli.bulletin.tables import cell_code
from anjian_cli.bulletin.value import COUNTY, TARGET, UNSETTLED, Bulletin, Cell, IndicatorTable
from anjian_cli.errors import Misread, Refused, refused
from anjian_cli.ledger import catalogue, held
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.records import days, values
from anjian_cli.rules.unit_kinds import TOWNS

RANK_WORDS = ("排名", "名次", "综合")


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell that is asked about. `place` is a town's code, UNSETTLED or COUNTY; `of` is TOWNS or DEPARTMENTS."""

    period: Period
    place: str
    indicator: str
    of: str = TOWNS


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of the targets that a rate is measured against. `quantity` None = withdrawn."""

    number: str
    town: str
    quantity: int | None
    document: str
    from_on: str
    until_on: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`cell` is the cell as the bulletin shows it. The quantities of `counted` add up to `figure`, unless a note
    says why not. `state` is '', closed or issued; `units` is what its towns are called together. `since` is the day on
    which the 考核期 began, where the figure is that of the 考核期 and not the cell's; '' else."""

    period: Period
    state: str
    demonstration: bool
    place: str
    place_name: str
    indicator: Indicator
    against: str
    carried: int
    cell: Cell
    counted: tuple[Item, ...]
    not_counted: tuple[NotCounted, ...]
    targets: tuple[TargetRow, ...]
    notes: tuple[str, ...]
    units: str
    figure: int | None
    since: str = ""


def parse_code(
    connection: sqlite3.Connection, words: Sequence[str], today: str, default: Period | None = None
) -> Asked:
    """A cell by its code (10-江南-涉氨, 2018-10-江南-涉氨) or in words (10 江南 涉氨); without a month, `default` or
    the last month that has ended. Raises `Refused` E451 (not a cell), E231, E239, E792, E854,
    E108, E445."""
    text = "-".join(values.clean(word) for word in words)
    found = re.fullmatch(r"(?:((?:\d{4}-)?\d{1,2}|\d{6}|[^-]*月份?)-)?([^-]+)-([^-]+)", text)
    if found is None:
        raise refused("E451", " ".join(words), remedy="请写成如 10-江南-涉氨（月-镇街-指标）")
    finder = Finder(connection, guess=True)
    try:
        asked = days.month(found[1], today) if found[1] else None
        of_default = default if asked is None else None
        period = of_default or choose_month(connection, asked, None, today)
        place = place_asked.find(connection, found[2], period.as_of)
        indicator = finder.indicator(found[3], period.as_of, period.as_of).id
    except Misread as error:
        raise Refused([error.fault(_word_of(error, found))]) from error
    return Asked(period, place.code, indicator, place.of)


def rank_asked(words: Sequence[str]) -> tuple[str | None, str] | None:
    """The month (None if not told) and the town where a place is asked about: 10-芝英-排名, 10 芝英 排名, 芝英 综合."""
    parts = "-".join(values.clean(word) for word in words).rsplit("-", 2)
    if len(parts) < 2 or parts[-1] not in RANK_WORDS:
        return None
    return (parts[0] if len(parts) == 3 else None), parts[-2]


def _word_of(error: Misread, found: re.Match[str]) -> str:
    return str(found[{"E108": 1, **dict.fromkeys(("E231", "E792", "E854"), 2)}.get(error.code, 3)])


def explain(connection: sqlite3.Connection, asked: Asked) -> Explanation:
    """Explain one cell. Raises `Refused` E451 where the town is not in that month's bulletin, the indicator not in its
    scheme, or what is only due on a day that is not over is asked of a month that has ended; as `ledger.held` where the
    ledger is not as it was written, and E711 where figure and records disagree and nothing that is counted otherwise
    since says why."""
    period = asked.period
    bulletin = place_asked.bulletin(connection, period, asked.of)
    held.readable(connection)
    held.log(connection)
    locked = locked_month.find(connection, period.key)
    with nullcontext(connection) if locked is None else as_locked(connection, locked) as known:
        definition = define(known, replace(period, as_of=bulletin.as_of), of=asked.of)
        if all(indicator.id != asked.indicator for indicator in definition.indicators):
            remedy = _why_not_asked(known, definition, asked.indicator)
            raise refused("E451", catalogue.called(connection, "indicator", asked.indicator), remedy=remedy)
        indicator = definition.indicator(asked.indicator)
        cell, table = _cell(bulletin, asked, indicator)
        counted = _counted(known, definition, indicator, asked.place)
        figure, since, of_year, standing = cell.done, "", counted, list[NotCounted]()
        if _is_of_assessed(definition, indicator, asked.place):
            from anjian_cli.bulletin import points_evidence  # here: most schemes assess a whole year, or nothing

            figure = points_evidence.value(known, definition, indicator, asked.place)
            since = f"{period.year:04d}-{definition.first_month:02d}-01"
            counted = items.in_assessed(known, definition, indicator, asked.place)
            earlier = items.described(known, (Counter(of_year) - Counter(counted)).elements())
            standing = [NotCounted(item, f"不在本考核期：{since}起计") for item in earlier]
            of_year += counted  # and none of these is told twice
        standing += not_counted.not_counted(known, definition, indicator, asked.place, of_year)
        counted = items.described(known, (i for i in counted if i.record != "town")) + [
            i for i in counted if i.record == "town"
        ]
        if asked.place == COUNTY and table.untasked:
            counted, beside = _without_task(definition, counted, table)
            standing = [*beside, *standing]
        if asked.place == COUNTY and table.left_out:
            counted, beside = _left_out(definition, counted, table)
            standing = [*beside, *standing]
        compared, last_year = scored_count.year_before(known, definition, indicator, asked.place, cell)
        standing = [*standing, *compared]
        asked_of = scored_count.condition(known, definition, indicator, asked.place)
        targets = _targets(known, definition, indicator, asked.place)
        unfiled = _unfiled(known, definition, indicator, asked.place) if figure is None else ()
        items.hold(known, [*counted, *(one.item for one in standing)])
    notes = []
    if asked.place == COUNTY and (beside_total := phrase.beside(bulletin, table)):
        notes.append(beside_total)
    if why := phrase.apart(table, asked.place):
        notes.append(_why_apart(bulletin, asked.place, why))
    elif asked.place == COUNTY and table.left_out:
        notes.append(table.note or phrase.without_package(bulletin).rstrip("。"))
    elif figure is None:
        notes.append(_why_unknown(definition, indicator, unfiled))
    if figure is not None and (found := sum(item.quantity for item in counted)) != figure:
        if locked is None or means_the_same(connection, locked.definition, locked.as_of):
            raise refused("E711", cell=cell.code, figure=figure, found=found)
        notes.append("定稿以后指标口径有变化，明细按现在的口径列出，与当时的数字不等")
    carried = _carried(bulletin, indicator, asked.place)
    rest = _where_the_rest_is(definition, indicator, cell, carried)
    below = _below_what_was_delivered(asked, cell, counted)
    notes += [note for note in (last_year, asked_of, rest, below) if note]
    return Explanation(
        period=period,
        state=bulletin.state,
        demonstration=bulletin.demonstration,
        place=asked.place,
        place_name=_place_name(bulletin, asked.place),
        indicator=indicator,
        against=table.against,
        carried=carried,
        cell=cell,
        counted=tuple(counted),
        not_counted=tuple(standing),
        targets=tuple(targets),
        notes=tuple(notes),
        units=bulletin.units,
        figure=figure,
        since=since,
    )


def _where_the_rest_is(definition: Definition, indicator: Indicator, cell: Cell, carried: int) -> str:
    """Where to see what is owed and not done: it is counted by what the rate is held against. '' where all is done, or
    it is held against a task."""
    if indicator.against in ("", TARGET) or cell.done is None or cell.target is None or cell.done >= cell.target:
        return ""
    before = cell.code.rpartition("-")[0]
    against = (indicator.against, *([indicator.carried] if carried else []))
    of = [definition.indicator(each).short for each in against]
    return "没有办的在应办的里面，对照着看：" + "、".join(f"anjian 明细 {before}-{short}" for short in of)


def _below_what_was_delivered(asked: Asked, cell: Cell, counted: Sequence[Item]) -> str:
    """Where the records behind a county's delivered sums are; '' where nothing was delivered."""
    if asked.place in (COUNTY, UNSETTLED) or all(item.record != items.DELIVERED for item in counted):
        return ""
    return f"报送数由哪些记录组成，问那里的台账；包里带了明细的，也可以问汇总库：anjian 汇总库 明细 汇总库 {cell.code}"


def _unfiled(
    connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str
) -> tuple[str, ...]:
    """The names of the units at a place that have not filed the figure that stands on the as-of day."""
    filed = FiledFigures(connection, definition, [indicator])
    month = Window(definition.period.as_of, definition.period.as_of).last_whole
    there = [town for town in definition.towns if place in (COUNTY, town.code)]
    return tuple(town.name for town in there if filed.lacking(indicator, town.code, month))


def _why_unknown(definition: Definition, indicator: Indicator, unfiled: Sequence[str]) -> str:
    if unfiled:
        return f"{'、'.join(unfiled)}没有上报{definition.period.last_told}的数，这一天的数字待报（没有的报0）"
    why = "期初数里的事故没有逐起记录" if singles_out(indicator) else "期初数只说了跨过这一天的总数"
    return f"{why}，这一天的数字无从得知"


def _is_of_assessed(definition: Definition, indicator: Indicator, place: str) -> bool:
    """Whether what is asked about is scored by what was counted in a 考核期 that does not begin with the year. The
    tables, and the county, tell the year to the day all the same."""
    of_year = indicator.kind == "flow" or indicator.of_year
    of_unit = place not in (COUNTY, UNSETTLED)
    return of_unit and of_year and definition.first_month > 1 and indicator.scoring is not None


def _why_not_asked(connection: sqlite3.Connection, definition: Definition, indicator: str) -> str:
    known = connection.execute(
        "SELECT kind FROM dated_indicator WHERE scheme_id = ? AND id = ?", (definition.scheme.id, indicator)
    ).fetchone()
    title = definition.period.title
    if known is None:
        return f"{title}的办法（{definition.scheme.name}）里没有这个指标"
    if known["kind"] == "today":
        return f"{title}已经结束，没有今日到期的"
    return f"办法里这个指标不考核{definition.units}"


def _cell(bulletin: Bulletin, asked: Asked, indicator: Indicator) -> tuple[Cell, IndicatorTable]:
    for category in bulletin.categories:
        for table in category.indicators:
            if table.id != asked.indicator:
                continue
            if asked.place == COUNTY:
                return table.total, table
            if asked.place == UNSETTLED:
                return table.other or _nothing(bulletin, indicator), table
            for cell in table.cells:
                if cell.town == asked.place:
                    return cell, table
    raise refused("E451", asked.place, remedy=f"{bulletin.month}的通报里没有这个{bulletin.units}")


def _carried(bulletin: Bulletin, indicator: Indicator, place: str) -> int:
    """What is carried over in the cell's denominator; none in a month that was locked before it was."""
    tables = (table for category in bulletin.categories for table in category.indicators)
    table = next((table for table in tables if table.id == indicator.carried), None)
    if table is None:
        return 0
    if place == COUNTY:
        return table.total.done or 0
    cells = (*table.cells, *((table.other,) if table.other else ()))
    return next((cell.done or 0 for cell in cells if cell.town == place), 0)


def _without_task(
    definition: Definition, counted: list[Item], table: IndicatorTable
) -> tuple[list[Item], list[NotCounted]]:
    """What is in the county's total, and what towns without a task have done, which stands beside it."""
    names = {town.code: town.name for town in definition.towns if town.code in table.untasked}
    of = "控制数" if table.less else "任务"
    inside, beside = [], []
    for item in counted:
        name = names.get(definition.roll(item.town))
        if name is None:
            inside.append(item)
        else:
            beside.append(NotCounted(item, f"{name}没有{of}，在合计之外另列"))
    return inside, beside


def _left_out(
    definition: Definition, counted: list[Item], table: IndicatorTable
) -> tuple[list[Item], list[NotCounted]]:
    """What is in the total of counties, and what is told of those that it is told without."""
    names = {town.code: town.name for town in definition.towns if town.code in table.without}
    inside, beside = [], []
    for item in counted:
        place = definition.roll(item.town)
        if place not in names:
            inside.append(item)
        else:
            beside.append(NotCounted(item, f"{names[place]}{phrase.apart(table, place)}，合计不含"))
    return inside, beside


def _why_apart(bulletin: Bulletin, place: str, why: str) -> str:
    """Why a county's figure is not known, or means another thing than the others'."""
    late = [one for one in bulletin.late if one.town == place]
    if not late:
        return f"{why}：这个数不排名，合计不含；各县的口径见 anjian 报送包 列表 {bulletin.month}"
    named = phrase.undelivered(late, {place: bulletin.town(place).name})
    return f"{named}未报送这个月的报送包，数字不详：anjian 报送包 列表 {bulletin.month}"


def _nothing(bulletin: Bulletin, indicator: Indicator) -> Cell:
    code = cell_code(bulletin.month, bulletin.unsettled_word, indicator.short)
    return Cell(
        code=code,
        town=UNSETTLED,
        done=0,
        this_month=0,
        target=None,
        rate=None,
        gap=None,
        owes_pace=None,
        owes_year=None,
        rank=None,
        last_rank=None,
        last_month=0,
        last_year=None,
        mean_two_years=None,
    )


def _place_name(bulletin: Bulletin, place: str) -> str:
    return {COUNTY: bulletin.whole_word, UNSETTLED: bulletin.unsettled}.get(place) or bulletin.town(place).name


def _counted(connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str) -> list[Item]:
    own = items.in_figure(connection, definition, indicator, place)
    if indicator.kind == "distinct":
        return _each_once(connection, definition, indicator, place) + own
    if indicator.kind == "counted":
        return _towns(connection, definition, indicator, place, own)
    return own


def _each_once(connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str) -> list[Item]:
    """Every subject of the members once, by the first of its items; of counties how many each has delivered that they
    are."""
    seen: dict[int, Item] = {}
    for member in definition.members(indicator):
        for item in items.in_figure(connection, definition, member, place):
            if item.record not in ("opening_figure", items.DELIVERED):
                seen.setdefault(item.subject, replace(item, quantity=1))
    if not definition.counties:
        return list(seen.values())
    by_counties = replace(indicator, kind="stock", measures=(delivered.distinct(definition, indicator),))
    return [*seen.values(), *items.in_figure(connection, definition, by_counties, place)]


def _towns(
    connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str, own: list[Item]
) -> list[Item]:
    """The towns that have any; and, where the county's number alone is known, what it has beyond them."""
    of = definition.indicator(indicator.counts)
    day = definition.period.as_of
    found = []
    for town in definition.towns:
        having = sum(i.quantity for i in items.in_figure(connection, definition, of, town.code))
        if having > 0:
            described = f"{town.name}，{of.title}{having}{of.unit}"
            found.append(
                Item(
                    indicator=indicator.id,
                    told=(indicator.id, "", "", ""),
                    town=town.code,
                    subject=0,
                    from_on=day,
                    until_on=day,
                    quantity=1,
                    root="town",
                    root_id=0,
                    record="town",
                    record_id=0,
                    number=town.code,
                    record_title=definition.units,
                    description=described,
                )
            )
    opened = [i for i in own if definition.roll(i.town) == UNSETTLED]
    beyond = sum(i.quantity for i in opened) - len(found)
    rest = [replace(opened[0], quantity=beyond)] if opened and beyond > 0 else []
    if place == COUNTY:
        return found + rest
    return rest if place == UNSETTLED else [item for item in found if item.town == place]


def _targets(
    connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str
) -> list[TargetRow]:
    if indicator.against != TARGET:
        return []
    whose, others = unit_columns(definition.of)
    named = "department u WHERE u.number" if whose == "department" else "town u WHERE u.code"
    here, codes = definition.where(place, whose)
    found = connection.execute(
        f"SELECT number, COALESCE((SELECT name FROM {named} = target.{whose}), ?) AS town,"
        " quantity, document, from_on, until_on"
        f" FROM target WHERE indicator = ? AND year = ? AND voided_on IS NULL AND from_on <= ? AND {here}"
        f" AND {others} IS NULL ORDER BY {whose}, from_on",
        (definition.county, indicator.id, definition.period.year, definition.period.as_of, *codes),
    )
    return [TargetRow(**row) for row in found]
