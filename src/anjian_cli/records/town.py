"""镇（街、区）: the units that are ranked. Codes are the statistical bureau's, or local ones for zones."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, Record

COUNTY = "县级"
"""A county (县、县级市、市辖区、旗), in the ledger of a city, a province or the nation."""
KINDS = ("镇", "街道", "乡", "功能区", COUNTY)


_MEANT = {"开发区": "功能区", "园区": "功能区"} | dict.fromkeys(("县", "县级市", "市辖区", "旗"), COUNTY)


class Town(Fields):
    code: Annotated[
        str,
        Column(
            "区划代码",
            codes.town_code,
            ("统计用区划代码", "代码", "镇街代码", "towncode"),
            required=True,
            example="330784115",
        ),
    ]
    name: Annotated[str, Column("名称", values.name, ("镇街名称", "镇（街、区）"), required=True, example="芝英镇")]
    short_name: Annotated[str | None, Column("简称", values.text(20), example="芝英")] = None
    kind: Annotated[
        str | None,
        Column(
            "类别",
            values.choice(*KINDS, aliases=_MEANT),
            choices=KINDS,
            example="镇",
        ),
    ] = None
    position: Annotated[int | None, Column("排序号", amounts.count, ("机关序", "序号"), example="14")] = None
    from_on: Annotated[str | None, Column("启用日期", days.day)] = None
    until_on: Annotated[str | None, Column("停用日期", days.day)] = None
    merged_into: Annotated[str | None, Column("并入", values.text(50), refers="town")] = None
    city: Annotated[str | None, Column("所属市", values.text(50), ("地级市", "设区市"))] = None
    province: Annotated[str | None, Column("所属省", values.text(50), ("省份", "省"))] = None


RECORD = Record(
    "town",
    "镇（街、区）",
    Town,
    order=1,
    office=True,
    hinted=("镇街", "乡镇"),
    keys=(("code",),),
    subject="name",
    lasting=frozenset(Town.__annotations__),
)
