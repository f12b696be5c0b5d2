"""上报数: what a unit says that something comes to in a month. One of a kind, unit and month; told again it is
corrected."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, days
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownToTell, department, word_of, words
from anjian_cli.rules.word_lists import REPORTED


class MonthlyFigure(Fields):
    number: Number = None
    kind: Annotated[
        str, word_of("上报项目", REPORTED, "项目", required=True, example="避灾安置场所", near=("上报内容",))
    ]
    town: TownToTell = None
    department: Annotated[str | None, department("部门", "上报部门", on=("month",))] = None
    month: Annotated[
        str, Column("月份", days.year_month, ("统计期", "所属月份", "统计月份"), required=True, example="2018-10")
    ]
    quantity: Annotated[
        int,
        Column("本月数", amounts.count, ("上报数",), required=True, example="12", near=("数量", "数值")),
    ]
    source: Annotated[str | None, words("来源", "数据来源", limit=200, example="各村上报")] = None
    remark: Remark = None


RECORD = Record(
    "monthly_figure",
    "上报数",
    MonthlyFigure,
    order=26,
    command="figure",
    called=("上报数",),
    subject="kind",
    keys=(("number",), ("kind", "town", "department", "month")),
)
