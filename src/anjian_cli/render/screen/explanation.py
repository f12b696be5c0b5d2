"""明细: a figure and the records behind it, for a person, as CSV and as JSON. Takes an Explanation and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from anjian_cli.bulletin import control, exact, phrase, wording
from anjian_cli.bulletin.explain import Explanation
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.not_counted import NotCounted
from anjian_cli.light_dataclasses import asdict
from anjian_cli.render.cell_text import percent
from anjian_cli.render.data import records
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table
from anjian_cli.rules.intervals import OPEN

SHOWN = 20
"""So many records that do not count are listed on a terminal; of more, first how many there are for each reason."""
COLUMNS = ("格码", "是否计入", "编号", "记录", "内容", "指标", "镇街代码", "起", "至", "数量", "单位", "操作号", "原因")


def lines(found: Explanation, width: int | None = None) -> list[Line]:
    """The figure, what makes it, what stands near it and why it does not count, and the task it is measured against."""
    unit = wording.shown_unit(found.indicator.unit)
    head = [f"{found.cell.code}  {found.place_name}  {found.indicator.title}"]
    state = {"": "现在算出", "closed": "已定稿", "issued": "已印发"}[found.state]
    head.append(f"{found.period.title}（{state}），截至{phrase.day(found.period.as_of)}")
    shown = [Line(f"【{phrase.DEMONSTRATION}】", "title")] if found.demonstration else []
    shown += [Line(head[0], "title"), *paragraph(head[1], width), *paragraph(_figure(found, unit), width, "title")]
    shown += [Line(""), Line(f"计入的（{len(found.counted)}条）", "title"), *_counted(found, width)]
    if found.not_counted:
        shown += [Line(""), Line(f"没有计入的（{len(found.not_counted)}条）", "title"), *_not_counted(found, width)]
    if found.targets:
        shown += [
            Line(""),
            Line("任务依据" if not found.indicator.less else "控制数依据", "title"),
            *_targets(found, width),
        ]
    for note in found.notes:
        shown += paragraph(f"注：{note}。", width)
    return shown


def delimited(found: Explanation) -> str:
    """A row for each item, those that count first."""
    return records.delimited(records.titled(COLUMNS, found.units), rows(found))


def rows(found: Explanation) -> list[list[str]]:
    """The rows of `delimited`."""
    told = [_cells(found, item, "是", "") for item in found.counted]
    return told + [_cells(found, near.item, "否", near.reason) for near in found.not_counted]


def structured(found: Explanation) -> str:
    """The whole explanation by field name; the quantities of money in fen."""
    return json.dumps(document(found), ensure_ascii=False, indent=2) + "\n"


def document(found: Explanation) -> dict[str, object]:
    """What `structured` writes."""
    return {
        "month": found.period.key,
        "as_of": found.period.as_of,
        "state": found.state,
        "demonstration": found.demonstration,
        "place": found.place,
        "place_name": found.place_name,
        "indicator": found.indicator.id,
        "unit": found.indicator.unit,
        "figure": found.figure,
        **({"since": found.since} if found.since else {}),
        "cell": exact.encode(found.cell),
        "counted": [_item_json(item) for item in found.counted],
        "not_counted": [not_counted_json(near) for near in found.not_counted],
        "targets": [asdict(row) for row in found.targets],
        "notes": list(found.notes),
    }


def not_counted_json(near: NotCounted) -> dict[str, object]:
    """A record that does not count, by its fields, and why."""
    return _item_json(near.item) | {"reason": near.reason}


def _item_json(item: Item) -> dict[str, object]:
    """An item by its fields; what it is by rule (`told`) is for the program."""
    return {name: value for name, value in asdict(item).items() if name != "told"}


def _figure(found: Explanation, unit: str) -> str:
    cell, of = found.cell, found.indicator.unit
    words = f"{wording.amount(found.figure, of)}{unit}" if found.figure is not None else "不详"
    if found.since:
        of_year = f"{wording.amount(cell.done, of)}{unit}" if cell.done is not None else "不详"
        words = f"本考核期（{phrase.day(found.since)}起）{words}，年初以来{of_year}"
    if cell.target is not None:
        against = found.against if found.against not in ("", "target") else "年度任务"
        words += f"，{against}{wording.amount(cell.target, of)}{unit}"
        words += f"（含上年结转{wording.amount(found.carried, of)}{unit}）" if found.carried else ""
    if cell.control is not None:
        words += f"，控制数{wording.amount(cell.control, of)}{unit}"
        words += f"，{control.left(cell.left, of)}{unit}" if cell.left is not None else ""
    if cell.rate is not None:
        words += f"，完成率{percent(cell.rate)}%{wording.exceeded(cell.rate)}"
    if cell.gap is not None:
        words += f"，{wording.against_pace(cell.gap)}"
    if cell.rank is not None:
        words += f"，排名第{cell.rank}"
    return f"{words}。"


def _counted(found: Explanation, width: int | None) -> Iterator[Line]:
    if not found.counted:
        yield Line("（没有）")
        return
    stays = found.indicator.kind != "flow"
    heads = [
        Column("编号", right=False),
        Column("记录", right=False),
        Column("内容", right=False, least=16),
        Column("起" if stays else "日期", right=False),
        *([Column("至", right=False)] if stays else []),
        Column("数量"),
        Column("操作号"),
    ]
    rows = [
        [
            item.number,
            item.record_title,
            item.description,
            item.from_on,
            *([item.last_on] if stays else []),
            wording.amount(item.quantity, found.indicator.unit),
            "" if item.operation is None else str(item.operation),
        ]
        for item in found.counted
    ]
    total = sum(item.quantity for item in found.counted)
    last = ["合计", "", "", "", *([""] if stays else []), wording.amount(total, found.indicator.unit), ""]
    yield from table(Grid(heads, [*rows, last], width))


def _not_counted(found: Explanation, width: int | None) -> Iterator[Line]:
    heads = [
        Column("编号", right=False),
        Column("记录", right=False),
        Column("内容", right=False, least=16),
        Column("没有计入的原因", right=False),
    ]
    near = found.not_counted if width is None else found.not_counted[:SHOWN]
    if len(near) < len(found.not_counted):
        yield from _by_reason(found.not_counted, width)
        yield from [Line(""), *paragraph(f"先列{len(near)}条（全部：加上 -o 明细.csv）", width)]
    rows = [[n.item.number, n.item.record_title, n.item.description, n.reason] for n in near]
    yield from table(Grid(heads, rows, width))


def _by_reason(near: Sequence[NotCounted], width: int | None) -> Iterator[Line]:
    """How many do not count for each reason, the most frequent first."""
    counts = Counter(one.reason_in_general for one in near)
    heads = [Column("没有计入的原因", right=False, least=16), Column("条数")]
    yield from table(Grid(heads, [[reason, str(count)] for reason, count in counts.most_common()], width))


def _targets(found: Explanation, width: int | None) -> Iterator[Line]:
    heads = [
        Column("编号", right=False),
        Column(found.units, right=False),
        Column("控制数" if found.indicator.less else "任务"),
        Column("起用", right=False),
        Column("文号", right=False, least=16),
    ]
    unit = found.indicator.unit
    rows = [
        [
            row.number,
            row.town,
            "撤销" if row.quantity is None else wording.amount(row.quantity, unit),
            f"{row.from_on}{'' if row.until_on == OPEN else '（已改）'}",
            row.document,
        ]
        for row in found.targets
    ]
    yield from table(Grid(heads, rows, width))


def _cells(found: Explanation, item: Item, counts: str, reason: str) -> list[str]:
    return [
        found.cell.code,
        counts,
        item.number,
        item.record_title,
        item.description,
        item.indicator,
        item.town,
        item.from_on,
        item.last_on,
        wording.amount(item.quantity, found.indicator.unit),
        wording.shown_unit(found.indicator.unit),
        "" if item.operation is None else str(item.operation),
        reason,
    ]
