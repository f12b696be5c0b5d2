"""否决解除: a veto (一票否决) of a town or department that was lifted on appeal, from a day on, by a document."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownToTell, department, document_text, past, words


class VetoLifting(Fields):
    number: Number = None
    indicator: Annotated[
        str, Column("指标", values.text(50), ("指标名称",), required=True, refers="indicator", example="较大事故否决")
    ]
    town: TownToTell = None
    department: Annotated[str | None, department("部门", on=("lifted_on",))] = None
    lifted_on: Annotated[str, past("解除日期", required=True, example="2018-10-25")]
    document: Annotated[str, document_text("解除文号", "文号", required=True, example="永安委〔2018〕18号")]
    reason: Annotated[str | None, words("解除理由", "理由", limit=300, example="复核后认定不属于责任事故")] = None
    remark: Remark = None


RECORD = Record(
    "veto_lifting",
    "否决解除",
    VetoLifting,
    order=28,
    office=True,
    command="veto-lifting",
    called=("否决解除",),
    subject="indicator",
    keys=(("number",), ("indicator", "town", "department", "lifted_on")),
)
