"""统计数: what others publish (生产总值, 从业人员), the denominators of death rates."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownOrCounty, past, term, words

KINDS = ("生产总值", "从业人员")


class Statistic(Fields):
    number: Number = None
    kind: Annotated[
        str, term("统计项目", KINDS, "项目", meant={"GDP": "生产总值", "地区生产总值": "生产总值"}, required=True)
    ]
    town: TownOrCounty
    from_on: Annotated[str, past("截至日期", "截至", required=True, example="2017-12-31")]
    # Read in the kind's unit: money (559.8亿元), or people (42.3万人).
    amount: Annotated[
        str, Column("数值", values.text(40), ("数量", "金额"), required=True, example="559.8亿元", measure="kind")
    ]
    source: Annotated[str, words("来源", "依据", limit=200, required=True, example="2017年国民经济和社会发展统计公报")]
    remark: Remark = None


RECORD = Record(
    "statistic",
    "统计数",
    Statistic,
    order=23,
    office=True,
    hinted=("统计",),
    subject="kind",
    keys=(("number",), ("kind", "town", "from_on")),
)
