"""工作项: what a unit did on a day, of a kind that the office itself names (应急演练, 督查检查), and how often."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.errors import Misread
from anjian_cli.records import amounts
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownToTell, department, document_text, past, word_of, words
from anjian_cli.rules.word_lists import WORK, WORK_LEVELS


def times(text: str) -> int:
    """How often, from 1. Raises `Misread`."""
    number = amounts.count(text)
    if not number:
        raise Misread("E203", choices="从1起的次数")
    return number


class WorkItem(Fields):
    number: Number = None
    kind: Annotated[
        str, word_of("工作项种类", WORK, "种类", "工作项", required=True, example="应急演练", near=("工作类别",))
    ]
    town: TownToTell = None
    department: Annotated[
        str | None, department("部门", "责任部门", on=("done_on",), near=("牵头部门", "主办单位"))
    ] = None
    done_on: Annotated[str, past("完成日期", "开展日期", required=True, example="2018-10-09", near=("活动日期",))]
    title: Annotated[
        str | None,
        words("工作名称", "工作项名称", limit=200, example="喷涂企业火灾应急演练", near=("活动名称", "工作内容")),
    ] = None
    level: Annotated[str | None, word_of("工作项级别", WORK_LEVELS, "级别", example="县级")] = None
    times: Annotated[int | None, Column("次数", times, assumed="1", example="1", near=("场次", "数量"))] = None
    campaign: Annotated[
        str | None, words("所属行动", "行动名称", register="campaign", example="2018年秋季安全生产大检查")
    ] = None
    document: Annotated[str | None, document_text("文号", "文件文号", example="永安委办〔2018〕15号")] = None
    remark: Remark = None


RECORD = Record(
    "work_item",
    "工作项",
    WorkItem,
    order=25,
    command="work",
    called=("工作项",),
    subject="kind",
    lasting=frozenset({"number", "times"}),
    keys=(("number",), ("kind", "town", "department", "done_on", "title")),
)
