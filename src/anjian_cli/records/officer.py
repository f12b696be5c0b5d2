"""网格员: who looks after a grid of a town."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Phone, Remark, Town, coming, words


class Officer(Fields):
    number: Number = None
    town: Town
    village: Annotated[str | None, Column("村（居）", values.text(50), ("村居", "村"), refers="village")] = None
    name: Annotated[str, words("姓名", "网格员姓名", limit=40, required=True, example="网格员甲")]
    grid: Annotated[str | None, words("网格", "网格名称", "网格编号", limit=60, example="芝英一网格")] = None
    phone: Phone = None
    from_on: Annotated[str | None, coming("到岗日期", example="2018-03-01")] = None
    until_on: Annotated[str | None, coming("离岗日期")] = None
    remark: Remark = None


RECORD = Record(
    "officer",
    "网格员",
    Officer,
    order=8,
    subject="name",
    keys=(("number",), ("town", "name")),
    prefilled=frozenset({"town", "grid"}),
)
