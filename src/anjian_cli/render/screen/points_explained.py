"""明细 of points for a person, as CSV and as JSON: of a total, a category, an item. Takes what is explained and nothing
else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.exact import encode
from anjian_cli.bulletin.points_explained import Change, ItemExplained, Part, PointsExplained
from anjian_cli.bulletin.points_reason import points
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import fields
from anjian_cli.render.data import records
from anjian_cli.render.screen import explanation
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table
from anjian_cli.rules.scoring import MARK, MISSING
from anjian_cli.rules.scoring_text import percent

COLUMNS = ("格码", "名称", "组", "满分", "各项合计", "限额增减", "得分", "折算", "计入", "状态", "说明")
_STATES = {"": "现在算出", "closed": "已定稿", "issued": "已印发"}


def lines(found: PointsExplained, width: int | None = None) -> list[Line]:
    """The points, what they are made of, what limits made of them, and what a veto or a consequence says."""
    shown = [*_head(found.bulletin, found.code, found.place_name, found.title, width)]
    shown += [*paragraph(_result(found), width, "title"), Line("")]
    shown += _parts(found, width)
    if not found.mean:
        shown += paragraph(_sum(found), width)
    for said in found.said:
        shown += paragraph(f"{said}。", width)
    return shown


def delimited(found: PointsExplained) -> str:
    """A row for each part, for each limit that changed anything, then the whole."""
    rows = [
        [
            part.code,
            part.title,
            part.group,
            _blank(part.full),
            _blank(part.of_items),
            _signed(part.changes),
            _blank(part.points),
            "" if part.conversion is None else percent(part.conversion),
            "" if part.points is None else _blank(part.counted),
            part.state,
            _why(part),
        ]
        for part in found.parts
    ]
    rows += [["", change.why, *[""] * 6, _blank(change.by), "", ""] for change in found.changes]
    state = "暂计" if found.provisional else ""
    last = [found.code, found.title, "", _blank(found.full), "", "", _blank(found.result), "", "", state]
    rows.append([*last, "；".join(found.said)])
    return records.delimited(COLUMNS, rows)


def structured(found: PointsExplained) -> str:
    """Everything by name; fractions as "a/b"."""
    return _json(
        found.bulletin, {f.name: encode(getattr(found, f.name)) for f in fields(found) if f.name != "bulletin"}
    )


def item_lines(found: ItemExplained, width: int | None = None) -> list[Line]:
    """How the points come about, the marks by number, then the records behind the count."""
    item = found.item
    shown = [*_head(found.bulletin, found.code, found.place_name, item.title, width)]
    shown += paragraph(_of_item(found), width, "title")
    how = "，".join(part for part in (item.form, item.group, item.rule) if part)
    shown += paragraph(f"计分：{how}。", width)
    if item.standard:
        shown += paragraph(f"评分标准：{item.standard}", width)
    if found.points.lacking:
        said = "、".join(f"{each.period}缺{each.times}{item.unit}" for each in found.points.lacking)
        shown += paragraph(f"{said}。", width)
    if found.marks:
        shown += [Line(""), Line(f"评分（{len(found.marks)}条）", "title"), *table(_marks(found, width))]
    if found.records is not None:
        shown += [Line(""), *explanation.lines(found.records, width)[1 if found.records.demonstration else 0 :]]
    return shown


def item_delimited(found: ItemExplained) -> str:
    """The columns of records: first the steps from full marks to the points, then the marks, then the records."""
    rows = [_row(found, "", "得分", step.why, points(step.by)) for step in found.steps]
    rows += [_row(found, mark.number, "评分", mark.reason, points(mark.points)) for mark in found.marks]
    if found.records is not None:
        rows += explanation.rows(found.records)
    return records.delimited(records.titled(explanation.COLUMNS, found.bulletin.units), rows)


def item_structured(found: ItemExplained) -> str:
    """Everything by name, the records as they are explained alone."""
    own = {of.name: encode(getattr(found, of.name)) for of in fields(found) if of.name not in ("bulletin", "records")}
    behind = None if found.records is None else explanation.document(found.records)
    return _json(found.bulletin, {**own, "records": behind})


def _json(bulletin: Bulletin, whole: dict[str, object]) -> str:
    head = {"month": bulletin.month, "state": bulletin.state, "demonstration": bulletin.demonstration}
    return json.dumps(head | whole, ensure_ascii=False, indent=2) + "\n"


def _head(bulletin: Bulletin, code: str, place: str, title: str, width: int | None) -> Iterator[Line]:
    if bulletin.demonstration:
        yield Line(f"【{phrase.DEMONSTRATION}】", "title")
    yield Line(f"{code}  {place}  {title}", "title")
    when = f"{bulletin.month[:4]}年{phrase.month(bulletin)}月（{_STATES[bulletin.state]}）"
    yield from paragraph(f"{when}，截至{phrase.day(bulletin.as_of)}", width)


def _result(found: PointsExplained) -> str:
    if found.result is None:
        return "没有可以计分的。"
    said = f"{points(found.result)}分"
    if found.full is not None:
        said += f"（满分{points(found.full)}分）"
    if found.provisional:
        said += f"，暂计，还有{points(found.open)}分未定" if found.open else "，暂计"
    said += f"，等次{found.grade}" if found.grade else ""
    return f"{said}，排名第{found.rank}。" if found.rank is not None else f"{said}。"


def _parts(found: PointsExplained, width: int | None) -> Iterator[Line]:
    if any(part.changes or part.conversion is not None for part in found.parts):
        heads = [
            Column("名称", right=False),
            *map(Column, ("满分", "各项\n合计", "限额\n增减", "得分", "折算", "计入")),
        ]
        heads += [Column("说明", right=False, least=10), Column("格码", right=False)]
        rows = [
            [
                part.title,
                points(part.full),
                points(part.of_items),
                _signed(part.changes),
                points(part.points),
                "" if part.conversion is None else percent(part.conversion),
                points(part.counted),
                _why(part),
                part.code,
            ]
            for part in found.parts
        ]
        last = ["平均" if found.mean else "合计", *[""] * 5, points(found.result), "", ""]
    else:
        grouped = any(part.group for part in found.parts)
        heads = [Column("名称", right=False), *([Column("组", right=False)] if grouped else [])]
        heads += [Column("满分"), Column("得分"), Column("说明", right=False, least=10), Column("格码", right=False)]
        rows = [
            [
                part.title,
                *([part.group] if grouped else []),
                points(part.full),
                points(part.points),
                _why(part),
                part.code,
            ]
            for part in found.parts
        ]
        last = ["平均" if found.mean else "合计", *([""] if grouped else []), "", points(found.result), "", ""]
    yield from table(Grid(heads, [*rows, last], width))


def _why(part: Part) -> str:
    said = [*(f"{change.why}：{_plus(change)}" for change in part.changes)]
    return "；".join([*([part.reason or part.state] if part.reason or part.state else []), *said])


def _plus(change: Change) -> str:
    return f"{'+' if change.by > 0 else ''}{points(change.by)}"


def _signed(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    by = sum((change.by for change in changes), Fraction(0))
    return f"{'+' if by > 0 else ''}{points(by)}"


def _sum(found: PointsExplained) -> str:
    """How the whole is reckoned, in the numbers that are shown."""
    counted = [part for part in found.parts if part.points is not None]
    if found.result is None or not counted:
        return ""
    shown = _added([*(points(part.counted) for part in counted)])
    for change in found.changes:
        shown += f"{'+' if change.by > 0 else '-'}{points(abs(change.by))}（{change.why}）"
    return f"{shown}={points(found.result)}；按精确分数算，显示到两位小数。"


def _added(shown: Sequence[str]) -> str:
    """5+1-6: what is below 0 is taken off."""
    first, *more = shown
    return first + "".join(each if each.startswith("-") else f"+{each}" for each in more)


def _of_item(found: ItemExplained) -> str:
    has, item = found.points, found.item
    if has.points is None:
        return f"{'缺项' if has.state == MISSING else '暂不计分'}：{has.reason or has.state}。"
    full = f"（满分{points(item.full)}分）" if item.full is not None else ""
    said = f"{points(has.points)}分{full}"
    if item.form == MARK and found.marks:
        given = f"评分合计{points(has.due)}分"
        said += f"：{given}" if found.steps[0].why != "满分" else f"：满分{points(item.full)}分，{given}"
    elif has.reason:
        said += f"：{has.reason}"
    return f"{said}。"


def _marks(found: ItemExplained, width: int | None) -> Grid:
    heads = [Column("编号", right=False), Column("分"), Column("评分单位", right=False)]
    heads.append(Column("依据", right=False, least=16))
    rows = [
        [mark.number, "不涉及" if mark.points is None else points(mark.points), mark.marker, mark.reason]
        for mark in found.marks
    ]
    return Grid(heads, rows, width)


def _row(found: ItemExplained, number: str, record: str, said: str, amount: str) -> list[str]:
    town = next(town.code for town in found.bulletin.towns if town.name == found.place_name)
    return [found.code, "是", number, record, said, found.item.id, town, "", "", amount, "分", "", ""]


def _blank(value: Fraction | None) -> str:
    return "" if value is None else points(value)
