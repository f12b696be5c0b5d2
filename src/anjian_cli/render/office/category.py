"""The table of one scored category, put together column by column: what every annex from the second on is made of.

Takes the bulletin; a town that has done nothing in the month shows 0, one that has not reported 未报, one without a
task —.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from anjian_cli.bulletin import findings, phrase, wording
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.render.paper import Head, Kind, Row, Sheet, Value

NAMES = {
    "training": "教育培训",
    "standard": "标准化创建",
    "village": "责任村创建",
    "special": "专项整治",
    "trusteeship": "社会化服务",
    "health": "职业卫生检测",
}
UNREPORTED = "未报"
UNDELIVERED = "未报送报送包"


def name_of(category: Category) -> str:
    """A category's name on a worksheet."""
    return NAMES.get(category.id, category.title)


def period_line(bulletin: Bulletin) -> str:
    """统计期：2018年1—10月　截至：2018年10月31日"""
    return f"统计期：{phrase.period(bulletin)}　截至：{phrase.day(bulletin.as_of)}"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a category's table: how a town's cell, the cell of 未定镇街 and the county's come about."""

    head: Head
    town: Callable[[int], Value]
    total: Value
    other: Value = ""


class CategoryTable:
    """The columns of one category's table, put together from its indicators. Towns are known by their place in the
    office's order."""

    def __init__(self, bulletin: Bulletin, category: Category) -> None:
        self.bulletin = bulletin
        self.category = category
        self.found = {table.id: table for table in category.indicators}
        self.scored = findings.scored_tables(category)
        self.rows = {row.town: row for row in category.rows}
        self.columns: list[_Column] = []

    def add(self, head: Head, town: Callable[[int], Value], total: Value = None, other: Value = "") -> None:
        """A column, `town` giving the cell of a town by its place."""
        self.columns.append(_Column(head, town, total, other))

    def cells(
        self, table: IndicatorTable | None, title: str, of: Callable[[Cell], Value], group: str = "", code: bool = False
    ) -> None:
        """A column of one figure of an indicator; nothing where the bulletin does not have the indicator."""
        if table is None:
            return
        kind: Kind = "money" if table.unit == wording.MONEY else "count"
        other = of(table.other) if table.other is not None else 0
        otherwise = table.otherwise

        def told(at: int) -> Value:
            cell = table.cells[at]
            return _marked(of(cell), table) if cell.town in otherwise else of(cell)

        self.add(Head(title, kind, group, table.short if code else ""), told, of(table.total), other)

    def done(self, indicator: str, title: str, group: str = "") -> None:
        """What was done, or stands, of an indicator that is only told."""
        self.cells(self.found.get(indicator), title, lambda cell: cell.done, group, code=True)

    def owed(self, indicator: str, carried: str, title: str) -> None:
        """What is owed of the year, and with it what was carried over, where anything was."""
        before = self.found.get(carried)
        if before is None or not phrase.says_anything(before):
            self.done(indicator, title)
        elif (of_year := self.found.get(indicator)) is not None:
            self.sums((of_year, before), title, lambda cell: cell.done)

    def sums(
        self, tables: Sequence[IndicatorTable], title: str, of: Callable[[Cell], int | None], group: str = ""
    ) -> None:
        """A column of one figure summed over indicators of one unit; — where one of them is not known."""
        if not tables:
            return
        if len(tables) == 1:
            self.cells(tables[0], title, of, group)
            return

        def summed(cells: Iterable[Cell | None]) -> Value:
            numbers = [0 if cell is None else of(cell) for cell in cells]
            known = [number for number in numbers if number is not None]
            return sum(known) if len(known) == len(numbers) else None

        kind: Kind = "money" if tables[0].unit == wording.MONEY else "count"
        otherwise = frozenset[str]().union(*(table.otherwise for table in tables))

        def told(at: int) -> Value:
            number = summed(table.cells[at] for table in tables)
            return _marked(number, tables[0]) if tables[0].cells[at].town in otherwise else number

        self.add(
            Head(title, kind, group),
            told,
            summed(table.total for table in tables),
            summed(table.other for table in tables),
        )

    def targets(self, title: str, group: str = "") -> None:
        """What is asked, over all indicators that are scored; — for a town of which nothing is asked."""
        tables = self.scored

        def asked(cells: list[Cell]) -> Value:
            told = [cell.target for cell in cells if cell.target is not None]
            return sum(told) if told else None

        self.add(
            Head(title, "count", group),
            lambda at: asked([table.cells[at] for table in tables]),
            asked([table.total for table in tables]),
        )

    def monthly(self, title: str) -> None:
        """The month's own, over all that are scored; 未报 where nothing came from a town that has not reported, 冲减1
        where more was taken back than was done."""
        filed = self.bulletin.filings
        missing = filed.missing if filed is not None else ()
        self.sums(self.scored, title, lambda cell: cell.this_month)
        if not self.scored:
            return
        column = self.columns.pop()

        def town(at: int) -> Value:
            number = column.town(at)
            unreported = number == 0 and self.bulletin.towns[at].code in missing
            return UNREPORTED if unreported else self._taken_back(number)

        self.columns.append(_Column(column.head, town, self._taken_back(column.total), column.other))

    def _taken_back(self, number: Value) -> Value:
        """A sum of the month's own figures; in words where it is below nought and no stock is in it."""
        if not isinstance(number, int) or number >= 0 or not all(map(phrase.of_flow, self.scored)):
            return number
        return phrase.in_month(self.scored[0], number)

    def rated(self, *, spare: bool = False) -> None:
        """Rates (each indicator's where there are several), lead on the pace, what is owed to it, and the place. The
        rates of the indicators can be spared where a table tells task and done of each."""
        category, codes = self.category, [town.code for town in self.bulletin.towns]
        several = len(self.scored) > 1
        group = "完成率（%）" if several else ""
        for table in self.scored if several else ():
            self.add(
                Head(_within(category, table), "percent", group, table.short, spare=spare),
                lambda at, of=table: of.cells[at].rate,  # type: ignore[misc]
                table.total.rate,
            )

        def row(at: int, field: str) -> Value:
            found = self.rows.get(codes[at])
            value: Value = getattr(found, field) if found is not None else None
            return value

        title = "本类" if several else "完成率（%）"
        self.add(Head(title, "percent", group), lambda at: row(at, "rate"), category.total_rate)
        self.add(Head("与序时进度差（百分点）", "points"), lambda at: row(at, "gap"), category.gap)
        unit = f"（{wording.shown_unit(self.scored[0].unit)}）" if self.scored else ""
        self.add(
            Head(f"尚欠序时{unit}"),
            lambda at: _sum_of(table.cells[at].owes_pace for table in self.scored),
        )
        self.add(Head("排名", "rank"), lambda at: row(at, "rank"))
        self.add(Head("上月排名", "rank"), lambda at: row(at, "last_rank"))

    def rate(self, table: IndicatorTable, title: str, group: str) -> None:
        """An indicator's own rate."""
        self.add(Head(title, "percent", group), lambda at: table.cells[at].rate, table.total.rate)

    def remarks(self) -> None:
        """How the town reported the month, where that is worth a word."""
        late = {one.town for one in self.bulletin.late}

        def remark(at: int) -> Value:
            code = self.bulletin.towns[at].code
            if code in late:
                return UNDELIVERED
            word = phrase.filing(self.bulletin, code)
            return "" if word == "已报" else word

        self.add(Head("备注", "text"), remark, "")

    def sheet(self, number: int | None) -> Sheet:
        """The table as annex `number` (None: as a part of one), towns by their place in the category."""
        codes = [town.code for town in self.bulletin.towns]
        unranked = len(codes) + 1
        ranks = {code: row.rank or unranked for code, row in self.rows.items()}
        leaders = {one.town for one in findings.field_of(self.category).leaders}
        order = sorted(range(len(codes)), key=lambda at: ranks.get(codes[at], unranked))
        rows = [
            Row(
                (serial, self.bulletin.towns[at].name, *(column.town(at) for column in self.columns)),
                codes[at] in self.category.laggards,
                codes[at] in leaders,
            )
            for serial, at in enumerate(order, 1)
        ]
        others = [column.other for column in self.columns]
        if any(isinstance(value, int) and value for value in others):
            rows.append(Row(("", self.bulletin.unsettled, *others)))
        heads = (Head("序号", "serial"), Head(self.bulletin.units, "name"), *(column.head for column in self.columns))
        return Sheet(
            f"{number or ''}{name_of(self.category)}",
            number,
            f"{self.bulletin.month[:4]}年{phrase.month(self.bulletin)}月份{self.category.title}情况表",
            period_line(self.bulletin),
            "单位：见列名",
            heads,
            tuple(rows),
            ("", "合计", *(column.total for column in self.columns)),
            tuple(notes(self)),
        )


def _marked(number: Value, table: IndicatorTable) -> Value:
    """A figure that means another thing than the others in its column; it is not to be added to them."""
    if not isinstance(number, int):
        return number
    return f"{wording.amount(number, table.unit)}{phrase.OTHERWISE_MARK}"


def _sum_of(numbers: Iterable[int | None]) -> Value:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _within(category: Category, table: IndicatorTable) -> str:
    """An indicator's short word under a heading that names the rest: 整治喷涂 -> 喷涂."""
    return table.short.removeprefix("整治") if category.id == "special" else table.short


def notes(table: CategoryTable) -> list[str]:
    """How the rate comes about, what is not scored and why, what rests on totals, 核验码."""
    bulletin, category = table.bulletin, table.category
    notes = [said] if (said := phrase.without_package(bulletin)) else []
    if len(table.scored) > 1 and bulletin.by_rates:
        shown = "、".join(_within(category, found) for found in table.scored)
        notes.append(f"本类完成率为{shown}完成率（单项超过100%的按计分规则）的平均数，不是合计数之比。")
    if category.id == "trusteeship" and "trusteeship.enterprises" in table.found:
        notes.append("“涉及企业”一家只计一次，不等于各类之和；本月净增可以为负。")
    notes += [f"{found.unscored_reason}。" for found in category.indicators if found.unscored_reason]
    notes += [f"{found.short}{said}。" for found in category.indicators if (said := phrase.beside(bulletin, found))]
    notes += [f"{found.short}：{found.note}。" for found in category.indicators if found.note]
    return [*notes, last_note(bulletin)]


def last_note(bulletin: Bulletin) -> str:
    """数据时点 and 核验码, as the last note of a table."""
    return f"数据时点：{phrase.moment(bulletin.known_at)}；{phrase.witness(bulletin)}。"
