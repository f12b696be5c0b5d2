"""行动: a drive of inspections such as the autumn inspection or 百日攻坚, in three phases.

Inspections name it (检查行动); how far it has come is counted from them.
"""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, coming, document_text, words


class Campaign(Fields):
    number: Number = None
    name: Annotated[str, Column("行动名称", values.name, ("行动",), required=True, example="2018年秋季安全生产大检查")]
    document: Annotated[str | None, document_text("部署文号", "方案文号", example="永安委〔2018〕12号")] = None
    lead: Annotated[str | None, words("牵头部门", "牵头单位", register="department", example="示例安委办")] = None
    from_on: Annotated[str, coming("宣传发动起", "开始日期", required=True, example="2018-10-01")]
    push_on: Annotated[str | None, coming("集中推进起", example="2018-10-16", after=("from_on",))] = None
    summary_on: Annotated[str | None, coming("总结提高起", example="2018-12-16", after=("from_on",))] = None
    last_on: Annotated[str | None, coming("结束日期", example="2018-12-31", after=("from_on",))] = None
    remark: Remark = None
    inspections: Annotated[int | None, Column("已检查（家次）", amounts.count, shown_only=True)] = None
    enterprises: Annotated[int | None, Column("涉及企业（家）", amounts.count, shown_only=True)] = None
    hazards: Annotated[int | None, Column("发现隐患（条）", amounts.count, shown_only=True)] = None


RECORD = Record(
    "campaign",
    "行动",
    Campaign,
    order=8,
    hinted=("行动",),
    subject="name",
    listed=("number", "name", "from_on", "last_on", "inspections", "enterprises", "hazards"),
    keys=(("number",), ("name",)),
)
