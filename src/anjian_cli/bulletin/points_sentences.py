"""What the letter says of points: how the totals stand, who lost most and for what, what is open, vetoes, consequences
(R18 to R20). Said where a scheme gives points (百分制).

Takes the bulletin's value, returns Chinese text; numbers are put into words by `wording`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import phrase, points_sum, ranking, wording
from anjian_cli.bulletin.points_value import (
    UNFILED,
    ItemPoints,
    Lacking,
    PointsCategory,
    PointsRow,
    PointsTable,
    ScoredItem,
)
from anjian_cli.bulletin.sentences import LISTED, names, scheme, until
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.rules import place_names, scoring
from anjian_cli.rules.scoring_total import BONUSES

MOST = 3
"""So many units are named that lost most."""
ITEMS = 2
"""So many items are named for which most was lost."""
NONE = Fraction(0)


def total(bulletin: Bulletin) -> str:
    """By which scheme, the mean of the totals, and whether they are provisional (R18, R19, R22)."""
    scored = [row.score for row in bulletin.scores if row.score is not None]
    if not scored:
        return scheme(bulletin)
    mean = wording.marks(bulletin.mean_score)
    without = len(bulletin.scores) - len(scored)
    more = f"；另有{without}个{bulletin.units}没有可计分的项目，不计总分" if without else ""
    said = f"{bulletin.county}{len(scored)}个{bulletin.units}总分平均为{mean}分{more}。"
    return scheme(bulletin) + said + provisional(bulletin)


def provisional(bulletin: Bulletin) -> str:
    """What is still open (R19): 1项尚待评分（共10分），2个镇未报送，总分为暂计，名次为暂定; '' where nothing is."""
    table = bulletin.points
    if table is None:
        return ""
    parts = []
    unmarked = [item for at, item in enumerate(table.items) if _states(table, at, scoring.UNMARKED)]
    if unmarked:
        full = sum((item.full or NONE for item in unmarked), NONE)
        parts.append(f"{len(unmarked)}项尚待评分" + (f"（共{wording.marks(full)}分）" if full else ""))
    parts += _unreported(bulletin, {row.town: row.items for row in table.rows})
    unknown = [item.short for at, item in enumerate(table.items) if _states(table, at, scoring.UNKNOWN)]
    if unknown:
        parts.append(f"{'、'.join(unknown)}的累计数无从得知")
    return f"{'，'.join(parts)}，有关总分为暂计，名次为暂定。" if parts else ""


def _unreported(bulletin: Bulletin, items: Mapping[str, Sequence[ItemPoints]]) -> list[str]:
    """Who has not reported; who has, and has not filed a monthly figure."""
    waiting = {town: [one.reason for one in own if one.state == scoring.UNREPORTED] for town, own in items.items()}
    silent = [town for town, reasons in waiting.items() if set(reasons) - {UNFILED}]
    unfiled = [town for town, reasons in waiting.items() if reasons and town not in silent]
    said = ((silent, "未报送"), (unfiled, "没有上报当月数"))
    return [f"{_few(bulletin, towns)}{what}" for towns, what in said if towns]


def vetoes(bulletin: Bulletin) -> str:
    """Whose veto is met, and what it does; the grade of the year is not ours to give (R20)."""
    table = bulletin.points
    said = [(row.town, veto) for row in (table.rows if table else ()) for veto in row.vetoes]
    if not said:
        return ""
    told = "；".join(f"{phrase.place(bulletin, town)}{veto}" for town, veto in said)
    committee = place_names.committee(bulletin.region_name)
    return f"{told}。年度等次由{committee}按办法确定。"


def consequences(bulletin: Bulletin) -> str:
    """Who has met the condition of a consequence: that it is met is said, the office decides (R20)."""
    table = bulletin.points
    groups: dict[str, list[str]] = {}
    for row in table.rows if table else ():
        for said in row.consequences:
            groups.setdefault(said, []).append(row.town)
    if not groups:
        return ""
    told = "；".join(f"{names(bulletin, towns)}{said}" for said, towns in groups.items())
    return f"截至{until(bulletin)}，{told}。"


def category(bulletin: Bulletin, of: str) -> str:
    """The paragraph of a category (R18, R19); '' where it gives no points."""
    table = bulletin.points
    found = next((each for each in table.categories if each.id == of), None) if table else None
    if table is None or found is None:
        return ""
    items = [(at, item) for at, item in enumerate(table.items) if item.category == of]
    said = _standing(bulletin, table, found) if found.full is not None else ""
    for at, item in items:
        said += _frequency(bulletin, table, at, item)
        said += _floor(bulletin, table, at, item)
        said += _beyond(bulletin, table, at, item)
    said += _bonus(bulletin, table, found)
    for at, item in items:
        said += _marks(bulletin, table, at, item)
    return said


def most_lost(bulletin: Bulletin) -> str:
    """For which items most was lost in all: 书记督查共失50分、按期率共失20分; '' where nothing was."""
    table = bulletin.points
    if table is None:
        return ""
    lost = [(item.short, sum(_lost(table, at), NONE)) for at, item in enumerate(table.items)]
    most = sorted((pair for pair in lost if pair[1] > 0), key=lambda pair: -pair[1])[:MOST]
    return "、".join(f"{short}共失{wording.marks(points)}分" for short, points in most)


def demand(bulletin: Bulletin, plan: str, office: str) -> str:
    """What is asked of those who lost points; '' where no points are given, or nothing was lost."""
    if not most_lost(bulletin):
        return ""
    return f"总分居后和有扣分的{bulletin.units}，要对照扣分原因逐项整改，明确责任人和完成时限，{plan}前书面报{office}。"


def _standing(bulletin: Bulletin, table: PointsTable, of: PointsCategory) -> str:
    """Mean, who lost most and for what; or that nobody lost anything, only of those of whom all is known."""
    at = [each.id for each in table.categories].index(of.id)
    known = {row.town: row.categories[at].points for row in table.rows}
    scored = [points for points in known.values() if points is not None]
    if not scored:
        return ""
    lost = {row.town: _lost_in(table, row, at) for row in table.rows if known[row.town] is not None}
    silent = [row.town for row in table.rows if _open(table, row, of.id, scoring.UNREPORTED)]
    own = [place for place, item in enumerate(table.items) if item.category == of.id]
    waited_for = _unreported(bulletin, {row.town: [row.items[place] for place in own] for row in table.rows})
    waiting = f"{'，'.join(waited_for)}，暂不计" if silent else ""
    if not any(lost.values()):
        if silent:
            heard = len(lost) - len([town for town in silent if town in lost])
            return f"已报送的{heard}个{bulletin.units}均未扣分，{waiting}。" if heard else f"{waiting}。"
        partly = any(_open(table, row, of.id, state) for row in table.rows for state in scoring.OPEN)
        return f"{'已计分的各项，' if partly else ''}{phrase.every(bulletin)}均未扣分。"
    mean = wording.marks(ranking.mean(scored))
    open_ = any(_open(table, row, of.id, state) for row in table.rows for state in scoring.OPEN)
    said = f"满分{wording.marks(of.full)}分，{phrase.every(bulletin)}平均得{mean}分{'（暂计）' if open_ else ''}；"
    said += _who_lost(bulletin, lost)
    by_item = [(item.short, sum(_lost(table, n), NONE)) for n, item in enumerate(table.items) if item.category == of.id]
    most = sorted((pair for pair in by_item if pair[1] > 0), key=lambda pair: -pair[1])[:ITEMS]
    if most:
        each = "、".join(f"{short}（共{wording.marks(points)}分）" for short, points in most)
        said += f"，{'主要' if len(most) > 1 else ''}扣在{each}"
    return f"{said}{f'；{waiting}' if waiting else ''}。"


def _who_lost(bulletin: Bulletin, lost: dict[str, Fraction]) -> str:
    """扣分最多的是甲镇（扣15分）、乙镇（扣12分): those that share a place that does not fit are left out together."""
    losing = {town: points for town, points in lost.items() if points > 0}
    if len(losing) == len(lost) and len(set(losing.values())) == 1 and len(losing) > 1:
        return f"{phrase.every(bulletin)}均扣{wording.marks(next(iter(losing.values())))}分"
    ranks = ranking.places(losing)
    most = ranking.first_places(ranks, MOST, list(losing))
    if not most:
        top = [town for town, rank in ranks.items() if rank == 1]
        return f"{len(top)}个{bulletin.units}扣分最多，各扣{wording.marks(losing[top[0]])}分"
    each = "、".join(f"{phrase.place(bulletin, town)}（扣{wording.marks(losing[town])}分）" for town in most)
    return f"扣分最多的是{each}" if len(losing) > 1 else f"仅{each.replace('（扣', '扣').removesuffix('）')}"


def _lost_in(table: PointsTable, row: PointsRow, at: int) -> Fraction:
    """What a unit has not got of a category's full marks of which all is known, without its bonuses."""
    of = table.categories[at]
    found = points_sum.reckon(table, row).categories[at]
    bonus = sum((cut.by for cut in found.cuts if cut.why == BONUSES), NONE)
    bonus += sum(
        (
            has.points
            for item, has in zip(table.items, row.items, strict=True)
            if item.category == of.id and item.form == scoring.BONUS and has.points is not None
        ),
        NONE,
    )
    return max(NONE, found.full - found.open - (found.points or NONE) + bonus)


def _lost(table: PointsTable, at: int) -> list[Fraction]:
    """What each unit has lost in an item."""
    item = table.items[at]
    return [
        max(NONE, (item.full or NONE) - has.points)
        for has in (row.items[at] for row in table.rows)
        if has.points is not None and item.form != scoring.BONUS
    ]


def _frequency(bulletin: Bulletin, table: PointsTable, at: int, item: ScoredItem) -> str:
    """乡镇党委主要负责人每季度至少督查1次，大峃镇第二季度缺1次，扣1分。"""
    lacking = [(row.town, row.items[at]) for row in table.rows if row.items[at].lacking]
    groups: dict[tuple[tuple[Lacking, ...], Fraction], list[str]] = {}
    for town, has in lacking:
        groups.setdefault((has.lacking, _taken(item, has)), []).append(town)
    told = []
    for (missing, points), towns in groups.items():
        each = "各" if len(towns) > 1 else ""
        periods = _periods(missing, item.unit, each)
        taken = f"，{each}扣{wording.marks(points)}分" if points else ""
        told.append(f"{_few(bulletin, towns)}{periods}{taken}")
    return f"{item.title}，{'；'.join(told)}。" if told else ""


def _periods(missing: Sequence[Lacking], unit: str, each: str) -> str:
    """第二季度缺1次; 第一季度、第二季度各缺1次; of many, how many in all: 缺6次."""
    times = {one.times for one in missing}
    shown = wording.shown_unit(unit)
    if len(missing) > LISTED or len(times) > 1:
        return f"{each}缺{sum(one.times for one in missing)}{shown}"
    when = "、".join(one.period for one in missing)
    return f"{when}{'各' if len(missing) > 1 or each else ''}缺{missing[0].times}{shown}"


def _taken(item: ScoredItem, has: ItemPoints) -> Fraction:
    """What was taken off an item, after its limit."""
    return NONE if has.points is None else (item.full or NONE) - has.points


def _floor(bulletin: Bulletin, table: PointsTable, at: int, item: ScoredItem) -> str:
    """烟花爆竹经营点不规范行为，大峃镇5处，应扣5分，扣完该项4分为止。"""
    if item.form != scoring.DEDUCT or item.full is None or item.scoring.bottomless:
        return ""
    found = [
        f"{phrase.place(bulletin, row.town)}{row.items[at].reason}"
        for row in table.rows
        if row.items[at].points is not None and row.items[at].due > item.full and not row.items[at].lacking
    ]
    more = f"等{len(found)}个{bulletin.units}扣完" if len(found) > LISTED else ""
    return f"{item.title}，{'；'.join(found[:LISTED])}{more}。" if found else ""


def _beyond(bulletin: Bulletin, table: PointsTable, at: int, item: ScoredItem) -> str:
    """What has no full marks of its own is taken off the whole: 石柱镇生产安全死亡事故4人，从总分中扣12分。"""
    if item.form != scoring.DEDUCT or item.full is not None:
        return ""
    found = [
        (row.town, row.items[at].reason.partition("，")[0], -(row.items[at].points or NONE))
        for row in table.rows
        if row.items[at].points
    ]
    found.sort(key=lambda each: -each[2])
    told = [
        f"{phrase.place(bulletin, town)}{what}，从总分中扣{wording.marks(points)}分"
        for town, what, points in found[:LISTED]
    ]
    more = f"；另有{len(found) - LISTED}个{bulletin.units}也扣了分" if len(found) > LISTED else ""
    return f"{item.title}，{'；'.join(told)}{more}。" if told else ""


def _bonus(bulletin: Bulletin, table: PointsTable, of: PointsCategory) -> str:
    """江南街道国家级2、省级2，应加6分，按加分合计不超过5分的规定加5分。"""
    items = [(n, item) for n, item in enumerate(table.items) if item.category == of.id and item.form == scoring.BONUS]
    told = []
    for row in table.rows:
        own = [(item, row.items[n]) for n, item in items if row.items[n].points]
        if not own:
            continue
        added = sum((has.points for _, has in own if has.points is not None), NONE)
        what = "、".join(f"{item.short}（{has.reason.partition('，')[0]}）" for item, has in own)
        due = sum((has.due for _, has in own), NONE)
        kept = added if of.bonus_cap is None else min(added, of.bonus_cap)
        if kept == due:
            told.append(f"{phrase.place(bulletin, row.town)}{what}，加{wording.marks(kept)}分")
            continue
        capped = f"加分合计不超过{wording.marks(of.bonus_cap)}分" if kept < added else "该项加分上限"
        told.append(
            f"{phrase.place(bulletin, row.town)}{what}，应加{wording.marks(due)}分，按{capped}的规定"
            f"加{wording.marks(kept)}分"
        )
    more = f"；另有{len(told) - LISTED}个{bulletin.units}也加了分" if len(told) > LISTED else ""
    return f"{'；'.join(told[:LISTED])}{more}。" if told else ""


def _marks(bulletin: Bulletin, table: PointsTable, at: int, item: ScoredItem) -> str:
    """监管人员一项由县安委办评分，已评12个镇，平均3.5分；其余4个尚未评分。"""
    waiting = _states(table, at, scoring.UNMARKED)
    if item.form != scoring.MARK or not waiting:
        return ""
    given = [has.points for has in (row.items[at] for row in table.rows) if has.points is not None]
    who = "、".join(item.scoring.markers)
    lead = f"{item.short}一项{f'由{who}评分，' if who else ''}"
    if not given:
        return f"{lead}各{bulletin.units}尚未评分，总分为暂计。"
    mean = wording.marks(ranking.mean(given))
    return f"{lead}已评{len(given)}个{bulletin.units}，平均{mean}分；其余{waiting}个尚未评分，总分为暂计。"


def _states(table: PointsTable, at: int, state: str) -> int:
    return sum(row.items[at].state == state for row in table.rows)


def _open(table: PointsTable, row: PointsRow, category: str, state: str) -> bool:
    return any(
        has.state == state for item, has in zip(table.items, row.items, strict=True) if item.category == category
    )


def _few(bulletin: Bulletin, towns: Sequence[str]) -> str:
    """Names; of many, how many they are."""
    return names(bulletin, towns) if len(towns) <= LISTED else f"{len(towns)}个{bulletin.units}"


def major_hazards(bulletin: Bulletin) -> str:
    """动态清零 in its three ways (R21): all closed; how many are not, where and how late; who found none. Nothing is
    said to be cleared of who found or reported nothing."""
    if not bulletin.major:
        return ""
    return "".join(f"{part}。" for part in ("；".join(filter(None, _major(bulletin))),) if part)


def _major(bulletin: Bulletin) -> Iterator[str]:
    found = sum(one.found for one in bulletin.major)
    closed = sum(one.closed for one in bulletin.major)
    open_ = [one for one in bulletin.major if one.open]
    number = sum(one.open for one in open_)
    if found or number:
        said = f"排查重大事故隐患{found}条"
        if not number:
            yield f"{said}，已全部整改销号"
        else:
            where = "、".join(
                f"{phrase.place(bulletin, one.town)}{one.open}条"
                + (f"，逾期{'、'.join(map(str, one.overdue))}天" if one.overdue else "")
                for one in open_[:LISTED]
            )
            carried = number - (found - closed)
            of_before = f"，其中上年转入{carried}条" if carried > 0 else ""
            yield f"{said}，已销号{closed}条，尚有{number}条（{where}）未销号{of_before}"
    silent = [one.town for one in bulletin.major if one.silent and not one.found and not one.open]
    none = [one.town for one in bulletin.major if not one.silent and not one.found and not one.open and one.town]
    if none:
        yield f"{_few(bulletin, none)}没有排查出重大事故隐患"
    if silent:
        yield f"{_few(bulletin, silent)}未报送"
