"""部门: a member of the work-safety committee that inspects and reports in its own field, from a day until another."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Phone, Remark, words
from anjian_cli.rules.word_lists import RISKS


class Department(Fields):
    number: Number = None
    name: Annotated[str, Column("部门名称", values.name, ("部门", "成员单位"), required=True, example="示例建设局")]
    short_name: Annotated[str | None, Column("简称", values.text(20), ("部门简称",), example="建设局")] = None
    duty: Annotated[str | None, words("监管领域", "监管职责", "行业领域", limit=200, example="建筑施工、燃气管道")] = (
        None
    )
    industries: Annotated[
        tuple[str, ...] | None,
        Column("监管行业", values.several(codes.industry), ("监管行业代码",), show="、".join, example="C33、E47"),
    ] = None
    risks: Annotated[
        tuple[str, ...] | None,
        Column(
            "监管风险",
            values.several(values.Word(RISKS.words, RISKS.meant)),
            choices=RISKS.words,
            show="、".join,
            example="有限空间",
        ),
    ] = None
    contact: Annotated[str | None, words("联系人", limit=40)] = None
    phone: Phone = None
    position: Annotated[int | None, Column("排序号", amounts.count, ("机关序",), example="3")] = None
    from_on: Annotated[str | None, Column("启用日期", days.day)] = None
    until_on: Annotated[str | None, Column("停用日期", days.day)] = None
    merged_into: Annotated[str | None, Column("并入", values.text(50), refers="department")] = None
    remark: Remark = None


RECORD = Record(
    "department",
    "部门",
    Department,
    order=7,
    office=True,
    hinted=("部门", "成员单位"),
    subject="name",
    keys=(("number",), ("name",)),
    listed=("number", "name", "short_name", "duty", "from_on", "until_on", "merged_into"),
)
