"""Words that every printed form of a bulletin shares: its state, its days, its towns, its corrections.

Takes values, returns text. Numbers are put into words by `bulletin.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.value import (
    LATE,
    OTHERWISE,
    UNCOUNTED,
    Base,
    Bulletin,
    Category,
    Cell,
    Correction,
    DeathRate,
    IndicatorTable,
    ScoreRow,
    Undelivered,
)
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import place_names

DEMONSTRATION = "演示数据"
UNSETTLED_NAME = "未定镇街"
CHINA = timedelta(hours=8)  # all of China keeps the time of Beijing
BRIEF = {
    "training": "培训",
    "standard": "标化",
    "village": "责任村",
    "special": "整治",
    "trusteeship": "社会化",
    "health": "职卫",
}
NAMED = 5
"""How many towns without a task are named."""
OTHERWISE_MARK = "※"
"""What stands at a figure that means another thing than the others in its column (口径不一)."""
_APART = {LATE: "未报送", UNCOUNTED: "没有采用这个口径", OTHERWISE: "口径不一"}
_STATES = {"": "核对稿", "closed": "定稿", "issued": "印发", "withdrawn": "已撤回"}


def month(bulletin: Bulletin) -> int:
    """The month's number: 10."""
    return int(bulletin.month[5:])


def month_before(bulletin: Bulletin) -> int:
    """The number of the month before: 9; of January 12."""
    return (month(bulletin) - 2) % 12 + 1


def month_told(bulletin: Bulletin, month: str) -> str:
    """Another month (YYYY-MM) as it is named in a bulletin: 9月; with its year where that is another: 2017年12月."""
    year = "" if month[:4] == bulletin.month[:4] else f"{month[:4]}年"
    return f"{year}{int(month[5:])}月"


def day(text: str) -> str:
    """2018-10-31 -> 2018年10月31日; '' for ''."""
    return f"{text[:4]}年{int(text[5:7])}月{int(text[8:])}日" if text else ""


def moment(text: str) -> str:
    """A moment in UTC (…Z) by the clock of Beijing, to the minute; '' for ''."""
    if not text:
        return ""
    return f"{datetime.fromisoformat(text) + CHINA:%Y-%m-%d %H:%M}"


def witness(bulletin: Bulletin) -> str:
    """The line that every paper made of a bulletin ends in: 核验码：3f9a 1b2c 4d5e 6f70."""
    return f"核验码：{wording.witness(bulletin.witness) or wording.NOTHING}"


def without_task(bulletin: Bulletin) -> str:
    """How many towns have no task, and so no score: it stands at the head, before any place. '' where each has one, or
    nobody has."""
    late = {one.town for one in bulletin.late}
    without = [row.town for row in bulletin.scores if row.score is None and row.town not in late]
    if not without or len(without) == len(bulletin.scores):
        return ""
    named = "、".join(place(bulletin, code) for code in without[:NAMED])
    more = "等" if len(without) > NAMED else ""
    why = "没有任务" if bulletin.points is None else "没有可计分的项目"
    return f"{len(bulletin.scores)}个{bulletin.units}中有{len(without)}个{why}，不评分、不排名次：{named}{more}。"


def undelivered(late: Sequence[Undelivered], names: Mapping[str, str]) -> str:
    """Which counties have not delivered (报送包), all of them: 武义县（只报到2018年9月）、磐安县（从未报送）."""
    return "、".join(
        f"{names[one.town]}（{f'只报到{one.until[:4]}年{int(one.until[5:])}月' if one.until else '从未报送'}）"
        for one in late
    )


def without_package(bulletin: Bulletin) -> str:
    """Which counties have not delivered the month: it stands at the head, before any figure. '' where all have."""
    if not bulletin.late:
        return ""
    names = {town.code: town.name for town in bulletin.towns}
    several = len(bulletin.late) > NAMED
    named = undelivered(bulletin.late[:NAMED], names) + (f"等{len(bulletin.late)}个" if several else "")
    return f"未报送报送包：{named}；数字不详，不排名次，合计不含。"


def every(bulletin: Bulletin) -> str:
    """All units that are ranked: 各镇（街、区）; 参加排名的各县（市、区） where some are left out of what is scored."""
    tables = (table for category in bulletin.categories if category.scored for table in category.indicators)
    some = bulletin.late or any(table.left_out for table in tables if table.scored)
    return f"{'参加排名的' if some else ''}各{bulletin.units}"


def cell_amount(table: IndicatorTable, cell: Cell) -> str:
    """What was done, without its unit; with a mark where it is another thing than the others' (口径不一)."""
    mark = OTHERWISE_MARK if cell.done is not None and cell.town in table.otherwise else ""
    return f"{wording.amount(cell.done, table.unit)}{mark}"


def apart(table: IndicatorTable, town: str) -> str:
    """Why a county is left out of an indicator: 未报送, 没有采用这个口径, 口径不一; '' where it is not."""
    return _APART.get(table.why_left_out(town), "")


def set_apart(tables: Sequence[IndicatorTable]) -> list[str]:
    """Of one unit's tables, which of its figures are ranked by none, and why: 口径不一，不排名：涉氨、涉粉。"""
    found: dict[str, list[str]] = {}
    for table in tables:
        if why := apart(table, table.cells[0].town):
            found.setdefault(why, []).append(table.short)
    return [f"{why}，不排名：{'、'.join(shorts)}。" for why, shorts in found.items()]


def state(bulletin: Bulletin) -> str:
    """核对稿, 定稿, 印发 or 已撤回."""
    return _STATES[bulletin.state]


def period(bulletin: Bulletin) -> str:
    """统计期: 2018年1—10月."""
    last = month(bulletin)
    return f"{bulletin.month[:4]}年1{f'—{last}' if last > 1 else ''}月"


def brief(category: Category) -> str:
    """A category in two or three characters, as far as it has such a name."""
    return BRIEF.get(category.id, category.title)


def place(bulletin: Bulletin, code: str) -> str:
    """A town's name by its code; 未定镇街; a code that is no town of this month stays what it is."""
    try:
        return bulletin.town(code).name
    except KeyError:
        return bulletin.unsettled if code == "" else code


def score_change(row: ScoreRow) -> str:
    """A town's score against the month before: 得分较上月升1.12分."""
    if row.score is None or row.last_score is None:
        return "上月得分无从比较"
    by = row.score - row.last_score
    return "得分与上月持平" if by == 0 else f"得分较上月{'升' if by > 0 else '降'}{wording.decimal(abs(by))}分"


def of_flow(table: IndicatorTable) -> bool:
    """Whether things are done in a month; of all else there are more or fewer at its end."""
    return table.kind == "flow"


def monthly(table: IndicatorTable) -> str:
    """What the month's own figure is called."""
    if table.less and of_flow(table):
        return "本月发生"
    if of_flow(table):
        return "本月完成"
    return "本月增减" if table.of_year else "本月净增"


def in_month(table: IndicatorTable, number: int | None) -> str:
    """The month's own figure in its unit, as `wording.amount`: 冲减1 where more was taken back than was done. What
    there is fewer of at the end of a month was not taken back: that is -1."""
    if number is not None and number < 0 and of_flow(table):
        return f"冲减{wording.amount(-number, table.unit)}"
    return wording.amount(number, table.unit)


def standing(bulletin: Bulletin, table: IndicatorTable) -> str:
    """What the figure itself is called: done since New Year, or there on the day."""
    if of_flow(table):
        return "累计发生" if table.less else "累计完成"
    if table.of_year:
        return "本年累计"
    what = "在托" if table.known_as.startswith("trusteeship.") else "实有"
    return f"{'月末' if bulletin.finished else '现时'}{what}"


def asked(table: IndicatorTable) -> str:
    """What the rate is measured against."""
    return "应办数量" if table.against not in ("", "target") else "年度任务"


def says_anything(table: IndicatorTable) -> bool:
    """Whether any cell has a task or a figure other than 0. A task of 0 says something if somebody set it, and so does
    a control figure of 0."""
    given = table.against in ("", "target")
    without = table.without  # of these nothing is known, whatever the indicator; nor of all where none is left
    total = () if len(without) == len(table.cells) > 0 else (table.total,)
    others = (table.other,) if table.other else ()
    cells = [*(cell for cell in table.cells if cell.town not in without or cell.done), *total, *others]
    return table.county_task is not None or any(
        cell.target
        or (given and cell.asked is not None)
        or cell.done is None
        or any((cell.done, cell.this_month, cell.last_month, cell.last_year))
        for cell in cells
    )


def measured(table: IndicatorTable) -> bool:
    """Whether the indicator is ranked and some town has something to be measured against; it need not be scored this
    month (`findings.scored_tables`)."""
    return table.ranked and table.tasked


def by_rank(table: IndicatorTable) -> list[Cell]:
    """The towns' cells by rank, those that share one in the office's order, the unranked last."""
    return sorted(table.cells, key=lambda cell: cell.rank or len(table.cells) + 1)


def noun(category: Category) -> wording.Noun:
    """Whether its figures 增长 or 上升."""
    return "accident" if category.id == "accident" else "count"


def rectification(category: Category) -> list[str]:
    """整改率 and 按期整改率 where a category holds their counts (rule R13)."""
    totals = {table.known_as: table.whole for table in category.indicators}
    needed = ("hazard.found", "hazard.accepted_of_year", "hazard.due_of_year", "hazard.on_time_of_year")
    if not all(name in totals for name in (*needed, "hazard.late_of_year")):
        return []
    said = []
    found, accepted, due, on_time = (totals[name] for name in needed)
    if accepted.rate is not None:
        compared = _rate_against_last_year(accepted, found)
        said.append(
            f"当年排查{found.done}条，已验收{accepted.done}条，整改率{wording.percent(accepted.rate)}{compared}。"
        )
    if numbers := fell_due(category):
        compared = _rate_against_last_year(on_time, due)
        said.append(f"当年{rectified('到期应整改', numbers, compared)}。")
    return said


class FellDue(NamedTuple):
    """The hazards that fell due and their parts (R13): due = on_time + late + awaiting + overdue. Of the overdue ones:
    carried over from the year before, with an extension, refused or sent back. `awaiting` is None in a month that was
    stored before it was told apart. `today`: beside them, what is due on a day that is not over."""

    due: int
    on_time: int
    late: int
    awaiting: int | None
    overdue: int
    carried: int = 0
    extended: int = 0
    sent_back: int = 0
    today: int = 0


def fell_due(category: Category) -> FellDue | None:
    """What fell due this year, each part as its table has it. None where nothing fell due or it is not known."""
    done = {table.known_as: table.whole.done for table in category.indicators}
    due, on_time, late = (done.get(f"hazard.{name}_of_year") for name in ("due", "on_time", "late"))
    if not due or on_time is None or late is None:
        return None
    awaiting, overdue = done.get("hazard.awaiting"), done.get("hazard.overdue")
    if awaiting is None or overdue is None:
        return FellDue(due, on_time, late, None, due - on_time - late)
    carried, extended, sent_back = (
        done.get(f"hazard.overdue_{name}") or 0 for name in ("carried", "extended", "sent_back")
    )
    today = done.get("hazard.due_today") or 0
    return FellDue(due, on_time, late, awaiting, overdue, carried, extended, sent_back, today)


def rectified(lead: str, found: FellDue, compared: str = "") -> str:
    """What became of the hazards that fell due: `lead`…条，按期整改…条，按期整改率…；逾期后整改…条，已整改待验收…条，
    逾期仍未整改…条, and of the last in brackets what is known of them."""
    awaiting = "" if found.awaiting is None else f"，已整改待验收{found.awaiting}条"
    parts = (("上年转入", found.carried), ("已批准延期", found.extended), ("退回重改", found.sent_back))
    of_it = "、".join(f"{name}{number}条" for name, number in parts if number)
    rate = wording.percent(Fraction(found.on_time, found.due))
    said = f"{lead}{found.due}条，按期整改{found.on_time}条，按期整改率{rate}{compared}；逾期后整改{found.late}条"
    today = f"；另有今日到期{found.today}条" if found.today else ""
    return f"{said}{awaiting}，逾期仍未整改{found.overdue}条" + (f"（其中{of_it}）" if of_it else "") + today


def _rate_against_last_year(part: Cell, whole: Cell) -> str:
    """，同比上升1.20个百分点 (R8: rates differ in points); '' where the year before is not known or had nothing."""
    if part.last_year is None or not whole.last_year:
        return ""
    last = Fraction(part.last_year, whole.last_year)
    return f"，同比{wording.change(part.rate, last, 'rate')}"


def death_rates(bulletin: Bulletin) -> list[str]:
    """The death rates, each with its denominator: 亿元生产总值死亡率0.0589人/亿元（33人÷559.8亿元，…）."""
    said = []
    for found in bulletin.death_rates:
        compared = ""
        if found.last_rate is not None and found.last_base is not None:
            compared = (
                f"；上年同期{rate(found.last_rate)}（{found.last_year}人÷{_base(found, found.last_base)}），"
                f"同比{wording.change(found.rate, found.last_rate, 'accident')}"
            )
        said.append(
            f"{found.title}{rate(found.rate)}{found.unit}（{found.deaths}人÷{_base(found, found.base)}）{compared}。"
        )
    return said


def standardization(bulletin: Bulletin) -> list[str]:
    """What was reached, under way and due by the end of the month before, and what the month brought (rule R10)."""
    tables = {table.known_as: table for category in bulletin.categories for table in category.indicators}
    cells = {name: table.total if table.scored else table.whole for name, table in tables.items()}
    wanted = (
        ("standard.reached.三级新创", "三级标准化达标"),
        ("standard.underway.三级", "在创"),
        ("standard.underway.二级", "二级标准化在创"),
        ("standard.review_due", "到期复评"),
    )
    known = [(cells[name].last_month, words) for name, words in wanted if name in cells]
    if month(bulletin) == 1 or not any(done for done, _ in known):
        return []
    parts = [f"{words}{done}家" for done, words in known if done is not None]
    said = f"截至{month(bulletin) - 1}月底，{'、'.join(parts)}。"
    name = "standard.reached.三级新创"
    reached = cells.get(name)
    if reached is not None and reached.done is not None and (fresh := reached.this_month) is not None:
        brought = f"三级达标{in_month(tables[name], fresh)}家" if fresh < 0 else f"新增三级达标{fresh}家"
        said += f"{month(bulletin)}月{brought if fresh else '没有新增三级达标'}，累计{reached.done}家。"
    return [said]


def larger_accidents(category: Category) -> list[str]:
    """That none was of grade 较大 or above, where there were accidents at all."""
    done = {table.known_as: table.whole.done for table in category.indicators}
    return ["未发生较大及以上事故。"] if done.get("accident.count") and done.get("accident.larger") == 0 else []


def rate(value: Fraction | None) -> str:
    """A death rate, four decimals."""
    return wording.decimal(value, 4)


def _base(found: DeathRate, base: Base) -> str:
    if found.kind == "生产总值":
        amount = wording.decimal(Fraction(base.quantity, 10**10), 2).rstrip("0").rstrip(".") + "亿元"
    else:
        amount = wording.decimal(Fraction(base.quantity, 10_000), 4).rstrip("0").rstrip(".") + "万人"
    return f"{found.kind}{amount}，截至{day(base.as_of)}，{base.source}"


def filing_faults(bulletin: Bulletin, of: str = "") -> list[str]:
    """Who did not report, who was late, whose report was sent back: three things apart (R14). `of` is what was to be
    reported (10月份报表), where that is to be said."""
    found = bulletin.filings
    late = (
        f"{undelivered(bulletin.late, {t.code: t.name for t in bulletin.towns})}未报送报送包" if bulletin.late else ""
    )
    if found is None:
        return [late] if late else []
    unmended = tuple(code for code in found.returned if code not in found.mended)
    parts = (
        (found.missing, f"未报送{of}"),
        (found.late, f"未按时报送{of}"),
        (found.mended, f"{of}经退回后补正"),
        (unmended, f"{of}退回后尚未补正"),
    )
    said = [f"{'、'.join(place(bulletin, code) for code in codes)}{what}" for codes, what in parts if codes]
    return [late, *said] if late else said


def filings(bulletin: Bulletin) -> list[str]:
    """How the month was reported. A nil report is told, and wants nothing."""
    found = bulletin.filings
    if found is None:
        return []
    said = filing_faults(bulletin)
    if found.nil:
        said.append(f"{'、'.join(place(bulletin, code) for code in found.nil)}零报告")
    return [f"{month(bulletin)}月月报：{'；'.join(said) or '全部按时报送'}。"]


def filing(bulletin: Bulletin, code: str) -> str:
    """How a town reported the month: 未报, 零报告, 迟报, 已报; '' where reports are not kept."""
    found = bulletin.filings
    if found is None:
        return ""
    if code in found.missing:
        return "未报"
    words = [word for codes, word in ((found.nil, "零报告"), (found.late, "迟报")) if code in codes]
    if code in found.returned:
        words.append("退回后补正" if code in found.mended else "退回未补正")
    return "、".join(words) or "已报"


def having(bulletin: Bulletin, table: IndicatorTable) -> str:
    """The towns that a counted indicator counts: 江南街道、西城街道等8个 …; '' if there is none."""
    named = [place(bulletin, cell.town) for cell in table.cells if cell.done]
    if table.kind != "counted" or not named:
        return ""
    return f"{table.title}：{'、'.join(named)}，共{len(named)}{table.unit}。"


def beside(bulletin: Bulletin, table: IndicatorTable) -> str:
    """What stands beside the total that is held against the tasks: what towns without a task have done, and all
    together, so that a column can be added up. '' where there is no such town, and where it has not filed its figure,
    which is told of it."""
    if not table.untasked or set(table.untasked) & set(table.unfiled):
        return ""
    unit = wording.shown_unit(table.unit)
    done, whole = table.total.done, table.whole.done
    kind = "没有控制数" if table.less else "无任务"
    verb = ("发生" if table.less else "完成") if of_flow(table) else "有"
    who = f"另有{kind}的{bulletin.units}{verb}"
    if done is None or whole is None:
        return f"{who}数无从得知"
    more, monthly = whole - done, ""
    if table.whole.this_month is not None and table.total.this_month is not None:
        of_month = table.whole.this_month - table.total.this_month
        monthly = f"（本月{wording.amount(of_month, table.unit)}{unit}）" if of_month else ""
    if not more and not monthly:
        return ""
    return (
        f"{who}{wording.amount(more, table.unit)}{unit}{monthly}，"
        f"{bulletin.county}共{wording.amount(whole, table.unit)}{unit}"
    )


def county_task(bulletin: Bulletin) -> str:
    """What the region's own task from above is called: 县里任务."""
    return f"{place_names.own(bulletin.region_name)}任务"


def whole_task(bulletin: Bulletin, table: IndicatorTable) -> str:
    """The county's own task from above, and how far it is met by all that was done; of a control figure nothing, since
    that is told otherwise (`control.county`)."""
    if table.county_task is None or table.less:
        return ""
    done = table.whole.done
    unit = wording.shown_unit(table.unit)
    words = f"{county_task(bulletin)}：{wording.amount(table.county_task, table.unit)}{unit}"
    if done is None or not table.county_task:
        return f"{words}。"
    rate = wording.percent(Fraction(done, table.county_task))
    return f"{words}，{bulletin.county}已有{wording.amount(done, table.unit)}{unit}，为{rate}。"


def correction(bulletin: Bulletin, found: Correction) -> str:
    """9月份通报中芝英镇涉氨4家更正为3家 (rule R15)."""
    tables = {table.id: table for category in bulletin.categories for table in category.indicators}
    table = tables.get(found.indicator)
    name, unit = (table.short, table.unit) if table else (found.indicator, "")
    shown = wording.shown_unit(unit)
    was, now = (f"{wording.amount(number, unit)}{shown}" for number in (found.was, found.now))
    where = f"{month_told(bulletin, found.month)}份通报中{place(bulletin, found.town)}{name}"
    return f"{where}{was}{'，按现在的口径为' if found.definition else '更正为'}{now}"
