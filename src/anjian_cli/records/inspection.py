"""检查: an enterprise was looked at, by whatever channel; what was found stands in hazards of their own."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, department, document_text, past, term, word_of, words
from anjian_cli.rules.word_lists import CHANNELS


class Inspection(OfEnterprise):
    inspected_on: Annotated[str, past("检查日期", required=True, example="2018-10-09", today=True)]
    method: Annotated[str, word_of("检查方式", CHANNELS, "方式", required=True, example="部门检查", without="群众举报")]
    department: Annotated[
        str | None, department("检查部门", "检查单位", on=("inspected_on",), near=("牵头部门", "牵头单位"))
    ] = None
    joined: Annotated[str | None, words("参加部门", "参加单位", "联合检查部门", limit=200, example="示例消防大队")] = (
        None
    )
    campaign: Annotated[
        str | None, words("检查行动", "行动", register="campaign", example="2018年秋季安全生产大检查")
    ] = None
    inspector: Annotated[str | None, words("检查人", "检查人员")] = None
    document: Annotated[str | None, document_text("检查记录文书号", "文书号", of_one=True)] = None
    found_any: Annotated[
        str,
        term("有无隐患", ("有", "无"), "是否有隐患", meant={"是": "有", "否": "无"}, required=True, example="无"),
    ]
    remark: Remark = None
    hazards_found: Annotated[int | None, Column("发现隐患（条）", amounts.count, shown_only=True)] = None


RECORD = Record(
    "inspection",
    "检查",
    Inspection,
    order=9,
    hinted=("检查",),
    subject="enterprise",
    day="inspected_on",
    of_enterprise=True,
    lasting=OWNER - {"town"},
    listed=("number", "town", "enterprise", "inspected_on", "method", "found_any", "hazards_found"),
    keys=(("number",), ("enterprise", "inspected_on", "method")),
    prefilled=frozenset({"town", "enterprise", "credit_code", "campaign"}),
)
