"""网格: a part of a town that officers look after; an officer's row names it as the town does."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, Town, coming, words


class Grid(Fields):
    number: Number = None
    town: Town
    village: Annotated[str | None, Column("村（居）", values.text(50), ("村居", "村"), refers="village")] = None
    name: Annotated[str, words("网格名称", limit=60, required=True, example="芝英一网格")]
    duty: Annotated[str | None, words("网格范围", limit=200, example="示例路以东的企业")] = None
    from_on: Annotated[str | None, coming("启用日期", example="2018-03-01")] = None
    until_on: Annotated[str | None, coming("停用日期", after=("from_on",))] = None
    remark: Remark = None
    officers: Annotated[str | None, Column("在岗网格员", values.text(200), shown_only=True)] = None


RECORD = Record(
    "grid",
    "网格",
    Grid,
    order=8,
    office=True,
    hinted=("网格",),
    subject="name",
    listed=("number", "town", "village", "name", "officers", "from_on", "until_on"),
    keys=(("number",), ("town", "name")),
)
