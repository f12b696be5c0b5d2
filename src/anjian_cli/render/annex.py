"""The bulletin's annexes: the ranking, then a table a scored category. What Word, Excel, page and PDF draw alike.

Takes the bulletin and nothing else. A town that has done nothing in the month shows 0, one that has not reported 未报,
one without a task —.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.definition import COUNTY
from anjian_cli.bulletin.notice import attachments
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable
from anjian_cli.render.sheet import Head, Kind, Row, Sheet, Value

NAMES = {
    "training": "教育培训",
    "standard": "标准化创建",
    "village": "责任村创建",
    "special": "专项整治",
    "trusteeship": "社会化服务",
    "health": "职业卫生检测",
}
UNREPORTED = "未报"


def annexes(bulletin: Bulletin) -> tuple[Sheet, ...]:
    """The overall ranking (1) and the scored categories in their order (2 to 7)."""
    scored = [category for category in bulletin.categories if category.scored]
    return (ranking(bulletin), *(_category(bulletin, each, at) for at, each in enumerate(scored, 2)))


def name_of(category: Category) -> str:
    """A category's name on a worksheet."""
    return NAMES.get(category.id, category.title)


def period_line(bulletin: Bulletin) -> str:
    """统计期：2018年1—10月　截至：2018年10月31日"""
    return f"统计期：{phrase.period(bulletin)}　截至：{phrase.day(bulletin.as_of)}"


def ranking(bulletin: Bulletin) -> Sheet:
    """Annex 1: a line a town by its score, the rate in every scored category, the place and how it moved."""
    scored = [category for category in bulletin.categories if category.scored]
    rates = {category.id: {row.town: row.rate for row in category.rows} for category in scored}
    grouped = any(row.group for row in bulletin.scores)
    heads = [Head("序号", "serial"), Head("镇（街、区）", "name")]
    heads += [Head(f"{name_of(category)}（%）", "percent") for category in scored]
    heads += [Head("参评项数"), Head("任务总量（件）"), Head("综合得分（分）", "score"), Head("排名", "rank")]
    heads += [Head("组别", "text"), Head("组内排名", "rank")] if grouped else []
    heads += [Head("上月排名", "rank"), Head("位次变化", "move")]
    rows = []
    for at, score in enumerate(bulletin.scores, 1):
        moved = None if score.rank is None or score.last_rank is None else score.last_rank - score.rank
        cells: list[Value] = [at, phrase.place(bulletin, score.town)]
        cells += [rates[category.id].get(score.town) for category in scored]
        cells += [score.categories, score.work, score.score, score.rank]
        cells += [score.group, score.group_rank] if grouped else []
        rows.append(Row((*cells, score.last_rank, moved), score.town in bulletin.laggards))
    total: list[Value] = ["", COUNTY, *(category.total_rate for category in scored)]
    total += [None, sum(score.work for score in bulletin.scores), bulletin.mean_score, None]
    total += ["", None] if grouped else []
    notes = (
        "综合得分一栏的全市数为各镇（街、区）得分的平均。",
        *bulletin.rule,
        *bulletin.notes,
        _fingerprint(bulletin),
    )
    return Sheet(
        "1综合排名",
        1,
        attachments(bulletin)[0],
        period_line(bulletin),
        "单位：见列名",
        tuple(heads),
        tuple(rows),
        (*total, None, None),
        notes,
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a category's table: how a town's cell, the cell of 未定镇街 and the county's come about."""

    head: Head
    town: Callable[[int], Value]
    total: Value
    other: Value = ""


class _Table:
    """The columns of one category's table, put together from its indicators. Towns are known by their place in the
    office's order."""

    def __init__(self, bulletin: Bulletin, category: Category) -> None:
        self.bulletin = bulletin
        self.category = category
        self.found = {table.id: table for table in category.indicators}
        self.scored = [t for t in category.indicators if t.scored and any(cell.target for cell in t.cells)]
        self.rows = {row.town: row for row in category.rows}
        self.columns: list[_Column] = []

    def add(self, head: Head, town: Callable[[int], Value], total: Value = None, other: Value = "") -> None:
        self.columns.append(_Column(head, town, total, other))

    def cells(
        self, table: IndicatorTable | None, title: str, of: Callable[[Cell], Value], group: str = "", code: bool = False
    ) -> None:
        """A column of one figure of an indicator; nothing where the bulletin does not have the indicator."""
        if table is None:
            return
        kind: Kind = "money" if table.unit == wording.MONEY else "count"
        other = of(table.other) if table.other is not None else 0
        self.add(
            Head(title, kind, group, table.short if code else ""),
            lambda at: of(table.cells[at]),
            of(table.total),
            other,
        )

    def done(self, indicator: str, title: str, group: str = "") -> None:
        """What was done, or stands, of an indicator that is only told."""
        self.cells(self.found.get(indicator), title, lambda cell: cell.done, group, code=True)

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
        self.add(
            Head(title, kind, group),
            lambda at: summed(table.cells[at] for table in tables),
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
        """The month's own, over all that are scored; 未报 where nothing came from a town that has not reported."""
        filed = self.bulletin.filings
        missing = filed.missing if filed is not None else ()
        self.sums(self.scored, title, lambda cell: cell.this_month)
        if not self.scored:
            return
        column = self.columns.pop()

        def town(at: int) -> Value:
            number = column.town(at)
            unreported = number == 0 and self.bulletin.towns[at].code in missing
            return UNREPORTED if unreported else number

        self.columns.append(_Column(column.head, town, column.total, column.other))

    def rated(self) -> None:
        """Rates (each indicator's where there are several), lead on the pace, what is owed to it, and the place."""
        category, codes = self.category, [town.code for town in self.bulletin.towns]
        several = len(self.scored) > 1
        group = "完成率（%）" if several else ""
        for table in self.scored if several else ():
            self.add(
                Head(_within(category, table), "percent", group, table.short),
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

    def remarks(self) -> None:
        """How the town reported the month, where that is worth a word."""

        def remark(at: int) -> Value:
            word = phrase.filing(self.bulletin, self.bulletin.towns[at].code)
            return "" if word == "已报" else word

        self.add(Head("备注", "text"), remark, "合计不评排名")

    def sheet(self, number: int, notes: Sequence[str]) -> Sheet:
        codes = [town.code for town in self.bulletin.towns]
        unranked = len(codes) + 1
        ranks = {code: row.rank or unranked for code, row in self.rows.items()}
        order = sorted(range(len(codes)), key=lambda at: ranks.get(codes[at], unranked))
        rows = [
            Row(
                (serial, self.bulletin.towns[at].name, *(column.town(at) for column in self.columns)),
                codes[at] in self.category.laggards,
            )
            for serial, at in enumerate(order, 1)
        ]
        others = [column.other for column in self.columns]
        if any(isinstance(value, int) and value for value in others):
            rows.append(Row(("", phrase.UNSETTLED_NAME, *others)))
        heads = (Head("序号", "serial"), Head("镇（街、区）", "name"), *(column.head for column in self.columns))
        return Sheet(
            f"{number}{name_of(self.category)}",
            number,
            f"{self.bulletin.month[:4]}年{phrase.month(self.bulletin)}月份{self.category.title}情况表",
            period_line(self.bulletin),
            "单位：见列名",
            heads,
            tuple(rows),
            ("", "合计", *(column.total for column in self.columns)),
            (*notes, *_notes(self, heads)),
        )


def _sum_of(numbers: Iterable[int | None]) -> Value:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _within(category: Category, table: IndicatorTable) -> str:
    """An indicator's short word under a heading that names the rest: 整治喷涂 -> 喷涂."""
    return table.short.removeprefix("整治") if category.id == "special" else table.short


def _category(bulletin: Bulletin, category: Category, number: int) -> Sheet:
    table = _Table(bulletin, category)
    _SHAPES.get(category.id, _plain)(table)
    table.remarks()
    return table.sheet(number, ())


def _unit(table: _Table) -> str:
    units = {wording.shown_unit(found.unit) for found in table.scored}
    return f"（{units.pop()}）" if len(units) == 1 else ""


def _plain(table: _Table) -> None:
    unit = _unit(table)
    table.targets(f"年度任务{unit}")
    table.monthly(f"本月{unit}")
    table.sums(table.scored, f"累计{unit}", lambda cell: cell.done)
    table.rated()


def _training(table: _Table) -> None:
    unit = _unit(table)
    table.targets(f"年度任务{unit}")
    group = f"累计完成{unit}" if len(table.scored) > 1 else ""
    for found in table.scored:
        table.cells(found, found.short if group else f"累计完成{unit}", lambda cell: cell.done, group, code=True)
    if group:
        table.sums(table.scored, "合计", lambda cell: cell.done, group)
    table.monthly(f"本月完成{unit}")
    table.rated()


def _standard(table: _Table) -> None:
    unit, month = _unit(table), phrase.month(table.bulletin)
    table.targets(f"新创年度任务{unit}")
    if month > 1:
        table.sums(table.scored, f"{month - 1}月底累计{unit}", lambda cell: cell.last_month)
    table.monthly(f"本月新增{unit}")
    code = len(table.scored) == 1
    if code:
        table.cells(table.scored[0], f"累计达标{unit}", lambda cell: cell.done, code=True)
    else:
        table.sums(table.scored, f"累计达标{unit}", lambda cell: cell.done)
    table.rated()
    for indicator, title in (
        ("standard.review_due", "应复评（家）"),
        ("standard.stage.复评.咨询", "已咨询（家）"),
        ("standard.stage.复评.评审", "进入评审（家）"),
        ("standard.reached.三级复评", "复评已公告（家）"),
        ("standard.underway.二级", "二级在创（家）"),
    ):
        table.done(indicator, title)


def _village(table: _Table) -> None:
    bulletin = table.bulletin
    codes = [town.code for town in bulletin.towns]
    own = {code: [row for row in bulletin.villages if row.town == code] for code in codes}

    def joined(at: int, field: str) -> Value:
        parts = [str(getattr(row, field)) for row in own[codes[at]]]
        return "、".join(dict.fromkeys(part for part in parts if part))

    def judged(at: int) -> Value:
        return "、".join(dict.fromkeys(row.conclusion or "未验收" for row in own[codes[at]])) or None

    def rewarded(at: int) -> Value:
        paid = [row.reward for row in own[codes[at]] if row.reward is not None]
        return sum(paid) if paid else None

    unit = _unit(table)
    table.add(Head("创建村（居）", "text"), lambda at: joined(at, "village"), f"{len(bulletin.villages)}个")
    table.add(Head("中介机构", "text"), lambda at: joined(at, "agency"), "")
    table.add(Head("进驻日期", "text"), lambda at: joined(at, "moved_in_on"), "")
    table.targets(f"应指导小微企业{unit}" if _guided(table) else f"年度任务{unit}")
    table.monthly(f"本月指导{unit}" if _guided(table) else f"本月{unit}")
    if len(table.scored) == 1:
        table.cells(table.scored[0], f"累计{'指导' if _guided(table) else ''}{unit}", lambda cell: cell.done, code=True)
    else:
        table.sums(table.scored, f"累计{unit}", lambda cell: cell.done)
    table.rated()
    accepted = [row for row in bulletin.villages if row.conclusion == "合格"]
    paid = [row.reward for row in bulletin.villages if row.reward is not None]
    table.add(Head("年终验收", "text"), judged, f"合格{len(accepted)}个")
    table.add(Head("奖励资金（万元）", "money"), rewarded, sum(paid) if paid else None)


def _guided(table: _Table) -> bool:
    return [found.id for found in table.scored] == ["village.guided"]


def _special(table: _Table) -> None:
    for found in table.category.indicators:
        if not found.id.startswith("special.enrolled.") or not phrase.says_anything(found):
            continue
        kind = found.id.removeprefix("special.enrolled.")
        accepted = table.found.get(f"special.accepted.{kind}")
        table.cells(found, "应整治（家）", lambda cell: cell.done, kind, code=True)
        table.cells(accepted, "已验收（家）", lambda cell: cell.done, kind, code=True)
    table.targets("应整治（家）", "合计")
    table.monthly("本月验收（家）")
    table.sums(table.scored, "累计验收（家）", lambda cell: cell.done)
    table.rated()
    for outcome in ("整治", "提升", "托管", "关停"):
        table.done(f"special.outcome.{outcome}", outcome, "处置结果（家）")


def _trusteeship(table: _Table) -> None:
    bulletin = table.bulletin
    unit = "（家次）"
    expiring = {row.town: row.contracts for row in bulletin.expiring}
    group = f"{'月末' if bulletin.finished else '现时'}在托{unit}"
    table.targets(f"年度任务{unit}")
    for found in table.scored:
        table.cells(found, found.short, lambda cell: cell.done, group, code=True)
    if len(table.scored) > 1:
        table.sums(table.scored, "合计", lambda cell: cell.done, group)
    table.done("trusteeship.enterprises", "其中：涉及企业（家）")
    table.monthly(f"本月净增{unit}")
    table.rated()
    table.add(
        Head("30日内到期（份）"),
        lambda at: expiring.get(bulletin.towns[at].code, 0),
        sum(expiring.values()),
        expiring.get("", 0),
    )


def _health(table: _Table) -> None:
    table.targets("应检测（家）")
    table.done("health.severe", "其中：职业病危害严重（家）")
    table.monthly("本月检测（家）")
    if len(table.scored) == 1:
        table.cells(table.scored[0], "累计检测（家）", lambda cell: cell.done, code=True)
    else:
        table.sums(table.scored, "累计检测（家）", lambda cell: cell.done)
    table.rated()
    table.done("health.over_limit", "检测超标（家）")
    table.done("health.points_over", "超标点（个）")
    table.done("health.remedied", "超标已整改（家）")


_SHAPES: dict[str, Callable[[_Table], None]] = {
    "training": _training,
    "standard": _standard,
    "village": _village,
    "special": _special,
    "trusteeship": _trusteeship,
    "health": _health,
}


def _notes(table: _Table, heads: Sequence[Head]) -> list[str]:
    """How the rate comes about, what is not scored and why, what rests on totals, the cells' codes, the fingerprint."""
    bulletin, category = table.bulletin, table.category
    notes = []
    if len(table.scored) > 1:
        shown = "、".join(_within(category, found) for found in table.scored)
        notes.append(f"本类完成率为{shown}完成率（单项超过100%的按计分规则）的平均数，不是合计数之比。")
    if category.id == "trusteeship" and "trusteeship.enterprises" in table.found:
        notes.append("“涉及企业”一家只计一次，不等于各类之和；本月净增可以为负。")
    notes += [f"{found.unscored_reason}。" for found in category.indicators if found.unscored_reason]
    notes += [f"{found.short}：{found.note}。" for found in category.indicators if found.note]
    codes = "、".join(dict.fromkeys(head.code for head in heads if head.code))
    town = bulletin.towns[0].short if bulletin.towns else COUNTY
    first = next((head.code for head in heads if head.code), "")
    if first:
        month = phrase.month(bulletin)
        notes.append(f"格码：{month}-镇（街、区）简称-指标，指标有{codes}；如{month}-{town}-{first}。")
    return [*notes, _fingerprint(bulletin)]


def _fingerprint(bulletin: Bulletin) -> str:
    return f"数据时点：{phrase.moment(bulletin.known_at)}；台账指纹：{bulletin.fingerprint}。"
