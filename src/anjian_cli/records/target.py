"""年度任务: what a town is asked to do in a year, by indicator; by date, since it may be changed or withdrawn."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from anjian_cli.errors import Misread
from anjian_cli.records import values
from anjian_cli.records.definition import Column, Record

COUNTY = ("全市", "全县", "全区", "合计")


def year(text: str) -> int:
    """A year, 2018 or 2018年. Raises `Misread`."""
    plain = values.clean(text).removesuffix("年").removesuffix("年度")
    number = values.count(plain)
    if not 1900 <= number <= 2199:
        raise Misread("E215")
    return number


class Target(BaseModel):
    number: Annotated[str | None, Column("编号", values.text(40))] = None
    year: Annotated[int, Column("年度", year, ("年份",), required=True, example="2018")]
    indicator: Annotated[
        str,
        Column("指标", values.text(50), ("指标名称",), required=True, refers="indicator", example="三级新创"),
    ]
    town: Annotated[
        str,
        Column(
            "镇（街、区）",
            values.text(50),
            ("属地", "镇街"),
            required=True,
            refers="town or county",
            example="芝英镇",
        ),
    ]
    quantity: Annotated[int | None, Column("任务数", values.count, ("年度任务", "任务"), example="20")] = None
    document: Annotated[
        str,
        Column("下达文号", values.text(100), ("文号", "依据"), required=True, example="永安委〔2018〕3号"),
    ]
    from_on: Annotated[str | None, Column("起用日期", values.day, example="2018-01-01")] = None
    remark: Annotated[str | None, Column("备注", values.text(500))] = None


RECORD = Record(
    "target",
    "年度任务",
    Target,
    order=4,
    subject="indicator",
    lasting=frozenset({"number", "from_on"}),
    keys=(("number",), ("year", "indicator", "town", "from_on")),
)
