"""The answer to a town that asks why it has its place: a screen of 80 columns, CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.dispute import Dispute, Part
from anjian_cli.bulletin.exact import encode
from anjian_cli.bulletin.not_counted import NotCounted
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.cell_text import gap, percent, whole
from anjian_cli.render.data import records
from anjian_cli.render.screen.explanation import not_counted_json
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table

_FIGURES = ("累计", "任务", "完成率(%)", "与序时差(百分点)", "单项名次", "折合得分", "尚欠序时", "尚欠年度")
LEFT_OUT = 6  # how many kinds of records that do not count are named
COLUMNS = ("月份", "镇街", "类别", *_FIGURES)
TOWN = "镇"


def lines(bulletin: Bulletin, found: Dispute, left_out: Sequence[NotCounted], width: int | None = None) -> list[Line]:
    """What the score is made of, why the place changed, what would lift it, by which rule and data, and what does not
    count."""
    return [
        *_heading(bulletin, found, width),
        *(_points(found, width) if found.points else _parts(found)),
        *paragraph(_moved(bulletin, found), width),
        *paragraph(_upwards(bulletin, found), width),
        *(line for rule in bulletin.rule for line in paragraph(f"口径：{rule}", width, "quiet")),
        *paragraph(_data(bulletin, found), width, "quiet"),
        *paragraph(_left_out(bulletin, left_out), width, "quiet"),
    ]


def delimited(bulletin: Bulletin, found: Dispute) -> str:
    """A row for each category, then the score."""
    same = [bulletin.month, phrase.place(bulletin, found.row.town)]
    if found.points:
        return _points_delimited(same, found)
    rows = [[*same, part.title, *(_blank(cell) for cell in _cells(part))] for part in found.parts]
    rows.append([*same, "综合得分", "", "", "", "", whole(found.row.rank), wording.score(found.row.score), "", ""])
    return records.delimited(COLUMNS, rows)


def structured(bulletin: Bulletin, found: Dispute, left_out: Sequence[NotCounted]) -> str:
    """Everything by name; fractions as "a/b"."""
    whole = {
        "month": bulletin.month,
        "dispute": encode(found),
        "not_counted": [not_counted_json(near) for near in left_out],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _heading(bulletin: Bulletin, found: Dispute, width: int | None) -> Iterator[Line]:
    row = found.row
    made_up = f"【{phrase.DEMONSTRATION}】" if bulletin.demonstration else ""
    last = f"（{phrase.month_before(bulletin)}月第{row.last_rank}名）" if row.last_rank is not None else ""
    grouped = f"  {row.group}第{row.group_rank}名" if row.group else ""
    month = f"{bulletin.month[:4]}年{phrase.month(bulletin)}月"
    words = f"{made_up}{phrase.place(bulletin, row.town)}  {month}  综合第{row.rank}名{last}{grouped}"
    if found.points:
        yield from paragraph(f"{words}  总分{wording.marks(row.score)}", width, "title")
        return
    yield from paragraph(f"{words}  得分{wording.score(row.score)}  任务总量{row.work}件", width, "title")


POINTS_COLUMNS = ("月份", "镇街", "类别", "满分", "得分", "平均", "名次", "说明")


def _points_delimited(same: list[str], found: Dispute) -> str:
    """A row for each category, then the total."""
    rows = [
        [
            *same,
            part.title,
            *(_blank(wording.marks(n)) for n in (part.full, part.points, part.mean)),
            "",
            "；".join(part.why),
        ]
        for part in found.points
    ]
    total = wording.marks(found.row.score)
    rows.append([*same, "总分", "", total, "", whole(found.row.rank), "；".join(found.said)])
    return records.delimited(POINTS_COLUMNS, rows)


def _points(found: Dispute, width: int | None) -> Iterator[Line]:
    """What it has in each category beside the mean, why it is not more, and what vetoes and consequences say."""
    heads = [Column("类别", right=False), *map(Column, ("满分", "得分", "平均")), Column("说明", right=False, least=16)]
    rows = [
        [part.title, *map(wording.marks, (part.full, part.points, part.mean)), "；".join(part.why)]
        for part in found.points
    ]
    yield from table(Grid(heads, rows, width))
    for said in found.said:
        yield from paragraph(f"{said}。", width)


def _cells(part: Part) -> list[str]:
    return [
        whole(part.done),
        whole(part.target),
        percent(part.row.rate),
        gap(part.row.gap),
        whole(part.row.rank),
        wording.score(part.points),
        whole(part.owes_pace),
        whole(part.owes_year),
    ]


def _blank(cell: str) -> str:
    return "" if cell == wording.NOTHING else cell


def _parts(found: Dispute) -> Iterator[Line]:
    heads = [Column("类别", right=False), *map(Column, ("累计", "任务", "完成率\n(%)", "序时差", "单项\n名次"))]
    heads += [Column("折合\n得分"), Column("尚欠\n序时"), Column("尚欠\n年度")]
    rows = [[part.title.removeprefix("安全生产").removeprefix("安全"), *_cells(part)] for part in found.parts]
    total = ["合计", "", "", "", "", "", wording.score(found.row.score), "", ""]
    yield from table(Grid(heads, [*rows, total]))


def _own(bulletin: Bulletin) -> str:
    """What the one that asks is called: 本镇, 本部门."""
    return f"本{bulletin.of or TOWN}"


def _moved(bulletin: Bulletin, found: Dispute) -> str:
    """Its own change against being overtaken."""
    row = found.row
    by = row.moved
    if by is None:
        return "上月没有名次，不比较升降。"
    word = "没有变" if by == 0 else f"{'升' if by > 0 else '降'}了{abs(by)}位"
    own = _own(bulletin)
    said = f"名次{word}：{own}{phrase.score_change(row)}"
    if found.passed_by:
        named = "、".join(
            f"{phrase.place(bulletin, each.town)}（{phrase.score_change(each)}）" for each in found.passed_by
        )
        said += f"；先后超过{own}的：{named}"
    if found.passed:
        named = "、".join(phrase.place(bulletin, each.town) for each in found.passed)
        said += f"；{own}超过了{named}"
    return f"{said}。"


def _upwards(bulletin: Bulletin, found: Dispute) -> str:
    if found.goal is None or found.holder is None or found.short_of is None:
        return "已是第1名。"
    if found.points:
        return _upwards_by_points(bulletin, found)
    holder = f"{phrase.place(bulletin, found.holder.town)}{wording.score(found.holder.score)}分"
    said = f"怎样到第{found.goal}名：现第{found.goal}名{holder}，相差{wording.decimal(found.short_of)}分。"
    if not found.ways:
        return f"{said}{_own(bulletin)}各项全部完成也还不够。"
    ways = "；或".join(
        "加".join(f"{s.short}再完成{wording.amount(s.count, s.unit)}{wording.shown_unit(s.unit)}" for s in way)
        for way in found.ways
    )
    return f"{said}其他{bulletin.of or TOWN}不变时，{'任一即可：' if len(found.ways) > 1 else '须'}{ways}。"


def _upwards_by_points(bulletin: Bulletin, found: Dispute) -> str:
    """What would bring most, and the place then."""
    if found.holder is None or found.short_of is None:
        return ""
    holder = f"{phrase.place(bulletin, found.holder.town)}{wording.marks(found.holder.score)}分"
    said = f"现第{found.goal}名{holder}，相差{wording.marks(found.short_of)}分。"
    if not found.lifts:
        return f"{said}各项已不能再多得分。"
    ways = "；".join(
        f"{lift.short}得满分，多{wording.marks(lift.gain)}分"
        + (f"，到第{lift.rank}名" if lift.rank != found.row.rank else "，名次不变")
        for lift in found.lifts
    )
    return f"{said}其他{bulletin.units}不变时：{ways}。"


def _left_out(bulletin: Bulletin, left_out: Sequence[NotCounted]) -> str:
    if not left_out:
        return "没有相近而未计入的记录。"
    titles = {table.id: table.short for category in bulletin.categories for table in category.indicators}
    groups: dict[tuple[str, str], list[str]] = {}
    for each in left_out:
        groups.setdefault((titles[each.item.indicator], each.reason), []).append(each.item.number)
    told = [
        f"{short}{len(numbers)}件{reason}" if len(numbers) > 1 else f"{short}{numbers[0]}，{reason}"
        for (short, reason), numbers in groups.items()
    ]
    more = f"；其余{len(told) - LEFT_OUT}种见各数字的明细" if len(told) > LEFT_OUT else ""
    return f"未计入的{len(left_out)}件：{'；'.join(told[:LEFT_OUT])}{more}。"


def _data(bulletin: Bulletin, found: Dispute) -> str:
    said = f"数据：时点{phrase.moment(bulletin.known_at)}，{phrase.witness(bulletin)}"
    agreed = next((each for each in bulletin.confirmed if each.town == found.row.town), None)
    if agreed is not None:
        said += f"；{agreed.on}确认（{agreed.by}，{agreed.method}）"
    town = bulletin.town(found.row.town).short
    return f"{said}。单个数字：anjian 明细 {phrase.month(bulletin)}-{town}-指标。"
