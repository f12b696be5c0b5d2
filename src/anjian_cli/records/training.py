"""安全生产教育培训: one course held, by kind of people."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Record

KINDS = ("主要负责人", "安全管理人员", "特种作业人员", "其他从业人员", "网格员")


class Training(BaseModel):
    number: Annotated[str | None, Column("编号", values.text(40))] = None
    town: Annotated[
        str,
        Column("镇（街、区）", values.text(50), ("属地", "镇街"), required=True, refers="town", example="芝英镇"),
    ]
    held_on: Annotated[str, Column("培训日期", values.day, required=True, example="2018-10-09", past=True)]
    kind: Annotated[
        str,
        Column("培训类别", values.choice(*KINDS), ("类别",), required=True, choices=KINDS, example="其他从业人员"),
    ]
    title: Annotated[
        str,
        Column("培训名称", values.text(100), ("培训内容",), required=True, example="喷涂企业员工安全培训"),
    ]
    hours: Annotated[int | None, Column("学时", values.count, example="8")] = None
    attended: Annotated[int, Column("参训人次", values.count, ("参训人数",), required=True, example="60")]
    passed: Annotated[int | None, Column("合格人次", values.count, ("合格人数",), expected=True, example="58")] = None
    organiser: Annotated[str | None, Column("举办单位", values.text(100))] = None
    enterprise: Annotated[
        str | None, Column("企业名称", values.name, ("企业（单办时）", "企业"), refers="enterprise")
    ] = None
    remark: Annotated[str | None, Column("备注", values.text(500))] = None


RECORD = Record(
    "training", "培训", Training, order=12, subject="title", keys=(("number",), ("town", "held_on", "kind", "title"))
)
