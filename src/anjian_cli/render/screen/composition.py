"""明细 of a category's rate or of the score, for a person, as CSV and as JSON. Takes a Composition and nothing else."""

from __future__ import annotations

import json

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.composition import Composition, Part
from anjian_cli.bulletin.exact import encode
from anjian_cli.light_dataclasses import fields
from anjian_cli.render.cell_text import percent
from anjian_cli.render.data import records
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table

COLUMNS = ("格码", "名称", "任务", "累计", "单位", "完成率(%)", "计入(%)", "权重", "未计入的原因")
_STATES = {"": "现在算出", "closed": "已定稿", "issued": "已印发"}


def lines(found: Composition, width: int | None = None) -> list[Line]:
    """The figure, what it is the mean of, how, and what does not enter it."""
    bulletin = found.bulletin
    when = f"{bulletin.month[:4]}年{phrase.month(bulletin)}月（{_STATES[bulletin.state]}）"
    shown = [Line(f"【{phrase.DEMONSTRATION}】", "title")] if bulletin.demonstration else []
    shown += [
        Line(f"{found.code}  {found.place_name}  {found.title}", "title"),
        *paragraph(f"{when}，截至{phrase.day(bulletin.as_of)}", width),
        *paragraph(_figure(found), width, "title"),
        Line(""),
        Line(f"计入的（{len(found.parts)}项）", "title"),
    ]
    shown += [*table(_grid(found, width)), *paragraph(_sum(found), width)] if found.parts else [Line("（没有）")]
    if found.left_out:
        told = "；".join(f"{each.title}（{each.reason}）" for each in found.left_out)
        shown += paragraph(f"没有计入的：{told}。", width)
    return shown


def delimited(found: Composition) -> str:
    """A row for each part, then what is left out, then the mean."""
    rows = [[part.code, *_amounts(part), percent(part.rate), percent(part.counted), _weight(part), ""]
            for part in found.parts]  # fmt: skip
    rows += [["", each.title, *[""] * 6, each.reason] for each in found.left_out]
    rows.append([found.code, found.title, "", "", "", "", percent(found.result), "", ""])
    return records.delimited(COLUMNS, rows)


def structured(found: Composition) -> str:
    """Everything by name; fractions as "a/b"."""
    whole = {of.name: encode(getattr(found, of.name)) for of in fields(found) if of.name != "bulletin"}
    bulletin = found.bulletin
    head = {"month": bulletin.month, "state": bulletin.state, "demonstration": bulletin.demonstration}
    return json.dumps(head | whole, ensure_ascii=False, indent=2) + "\n"


def _figure(found: Composition) -> str:
    if found.result is None:
        return "没有可算的任务。"
    words = f"{wording.percent(found.result)}{wording.exceeded(found.result)}"
    if found.of_score:
        words = f"{wording.score(found.result * 100)}分"
    if found.gap is not None:
        words += f"，{wording.against_pace(found.gap)}"
    return f"{words}，排名第{found.rank}。" if found.rank is not None else f"{words}。"


def _grid(found: Composition, width: int | None) -> Grid:
    counts = any(part.target is not None for part in found.parts)
    heads = [Column("名称", right=False), *map(Column, ("任务", "累计") if counts else ()), Column("完成率(%)")]
    heads += [Column("计入(%)"), Column("权重"), Column("格码", right=False)]
    rows = [
        [
            part.title,
            *(_amounts(part)[1:3] if counts else ()),
            percent(part.rate),
            percent(part.counted),
            _weight(part),
            part.code,
        ]
        for part in found.parts
    ]
    last = ["平均", *(("", "") if counts else ()), "", percent(found.result), "", ""]
    return Grid(heads, [*rows, last], width)


def _sum(found: Composition) -> str:
    """How the mean is taken, in the numbers that are shown."""
    alike = len({part.weight for part in found.parts}) == 1
    shown = "+".join(
        percent(part.counted) if alike else f"{percent(part.counted)}×{_weight(part)}" for part in found.parts
    )
    over = str(len(found.parts)) if alike else wording.decimal(sum(part.weight for part in found.parts))
    return f"（{shown}）÷{over}={percent(found.result)}；按精确分数算，显示到两位小数。"


def _amounts(part: Part) -> list[str]:
    known = [None if n is None else wording.amount(n, part.unit) for n in (part.target, part.done)]
    return [part.title, *(text or "" for text in known), wording.shown_unit(part.unit)]


def _weight(part: Part) -> str:
    return wording.decimal(part.weight)
