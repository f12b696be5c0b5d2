"""村（居）."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import codes, days, values
from anjian_cli.records.definition import Column, Fields, Record


class Village(Fields):
    code: Annotated[
        str,
        Column("区划代码", codes.village_code, ("统计用区划代码", "代码"), required=True, example="330784115201"),
    ]
    name: Annotated[str, Column("名称", values.name, ("村居名称", "村（居）"), required=True, example="芝英一村")]
    town: Annotated[
        str | None,
        Column("镇（街、区）", values.text(50), ("属地", "镇街", "streetCode"), refers="town", example="芝英镇"),
    ] = None
    from_on: Annotated[str | None, Column("启用日期", days.day)] = None
    until_on: Annotated[str | None, Column("停用日期", days.day)] = None
    merged_into: Annotated[str | None, Column("并入", values.text(50), refers="village")] = None


RECORD = Record(
    "village",
    "村（居）",
    Village,
    order=2,
    hinted=("村居", "行政村", "社区"),
    keys=(("code",),),
    subject="name",
    lasting=frozenset(Village.__annotations__),
)
