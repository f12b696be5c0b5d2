"""评分: points that somebody gives a town or department, or takes off, in an indicator of this form. Those of one unit
and indicator add up."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, days, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownToTell, department, past, words


class Mark(Fields):
    number: Number = None
    indicator: Annotated[
        str, Column("指标", values.text(50), ("指标名称",), required=True, refers="indicator", example="监管人员")
    ]
    town: TownToTell = None
    department: Annotated[str | None, department("部门", on=("month", "marked_on"))] = None
    month: Annotated[str | None, Column("月份", days.year_month, ("所属月份", "统计期"), example="2018-10")] = None
    marked_on: Annotated[str, past("评分日期", required=True, example="2018-10-25", today=True)]
    points: Annotated[
        str, Column("分值", amounts.points, ("加减分", "评分"), required=True, example="-1", near=("得分", "分数"))
    ]
    reason: Annotated[
        str | None, words("评分理由", "理由", limit=300, example="监管人员缺1名", near=("扣分原因", "原因"))
    ] = None
    marker: Annotated[str | None, words("评分单位", limit=50, example="县安委办")] = None
    remark: Remark = None


RECORD = Record(
    "mark",
    "评分",
    Mark,
    order=27,
    office=True,
    hinted=("评分",),
    subject="indicator",
    lasting=frozenset({"number", "month"}),
    keys=(("number",), ("indicator", "town", "department", "month", "marked_on", "reason")),
    apart="确是两次评分的，请在“评分理由”里写明第几次、为什么，各条分值相加；重复录入的，只留一行",
    doubled_within=31,
)
