"""部门: a member of the work-safety committee that inspects and reports in its own field."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Phone, Remark, words


class Department(Fields):
    number: Number = None
    name: Annotated[str, Column("部门名称", values.name, ("部门", "成员单位"), required=True, example="示例建设局")]
    duty: Annotated[str | None, words("监管领域", "监管职责", "行业领域", limit=200, example="建筑施工、燃气管道")] = (
        None
    )
    contact: Annotated[str | None, words("联系人", limit=40)] = None
    phone: Phone = None
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
)
