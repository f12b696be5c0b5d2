"""年度任务: what a town or department is asked to do in a year, by indicator; by date, since it may be changed or
withdrawn."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, days, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownOrCountyToTell, coming, department, document_text


class Target(Fields):
    number: Number = None
    year: Annotated[int, Column("年度", days.year, ("年份",), required=True, example="2018")]
    indicator: Annotated[
        str,
        Column("指标", values.text(50), ("指标名称",), required=True, refers="indicator", example="三级新创"),
    ]
    town: TownOrCountyToTell = None
    department: Annotated[str | None, department("部门", on=("from_on",))] = None
    quantity: Annotated[
        int | None, Column("任务数", amounts.count, ("年度任务", "任务", "控制数"), example="20", measure="indicator")
    ] = None
    document: Annotated[str, document_text("下达文号", "文号", "依据", required=True, example="永安委〔2018〕3号")]
    from_on: Annotated[str | None, coming("起用日期", example="2018-01-01", after=("year",))] = None
    remark: Remark = None
    nature: Annotated[str | None, Column("性质", values.text(10), shown_only=True)] = None


RECORD = Record(
    "target",
    "年度任务",
    Target,
    order=4,
    office=True,
    hinted=("任务",),
    subject="indicator",
    listed=("number", "year", "indicator", "town", "department", "quantity", "nature", "document", "from_on"),
    lasting=frozenset({"number", "from_on"}),
    keys=(("number",), ("year", "indicator", "town", "department", "from_on")),
)
