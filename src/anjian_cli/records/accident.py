"""事故: what happened, and its casualties as they are known; a later correction (续报) keeps what was known before."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import CreditCode, Number, Remark, Town, count, past, word_of, words, yes_no
from anjian_cli.rules.word_lists import SECTORS

NO_FIRM = ("个人", "无")
"""What stands in the place of an enterprise where the accident is of none."""
CASUALTIES = ("deaths", "serious", "loss")
"""What may be corrected after the accident; kept in rows of their own."""


def ten_thousand_yuan(fen: int) -> str:
    """Money in fen as 万元 text: 12000000 -> 12."""
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)


NOBODY_HURT = count("重伤（人）", "重伤人数", required=True, example="0")._replace(assumed="0")


class Accident(Fields):
    number: Number = None
    name: Annotated[str, words("事故名称", required=True, example="示例五金厂机械伤害事故")]
    happened_on: Annotated[
        str, past("发生时间", "发生日期", "事故日期", required=True, example="2018-10-09", today=True)
    ]
    town: Town
    enterprise: Annotated[
        str | None,
        Column(
            "事故单位",
            values.name,
            ("事故发生单位",),
            refers="enterprise",
            example="永康市示例五金厂",
            near=("事发单位", "发生单位", "事故企业"),
            instead=NO_FIRM,
            hint=f"不是台账里的企业的，写 {NO_FIRM[0]} 或 {NO_FIRM[1]}",
        ),
    ] = None
    credit_code: CreditCode = None
    sector: Annotated[str, word_of("行业领域", SECTORS, "领域", required=True)]
    deaths: Annotated[int, count("死亡（人）", "死亡人数", required=True, example="1")]
    serious: Annotated[int, NOBODY_HURT]
    light: Annotated[int | None, count("轻伤（人）", "轻伤人数")] = None
    missing: Annotated[int | None, count("下落不明（人）")] = None
    loss: Annotated[
        int | None,
        Column("直接经济损失（万元）", amounts.ten_thousand, show=ten_thousand_yuan, example="12.5"),
    ] = None
    production: Annotated[str | None, yes_no("是否生产经营性", "生产经营性", required=False)] = None
    known_on: Annotated[str | None, past("续报日期")] = None
    written_off_on: Annotated[str | None, past("核销日期")] = None
    write_off_reason: Annotated[str | None, words("核销原因", limit=300)] = None
    remark: Remark = None
    grade: Annotated[str | None, Column("事故等级", values.text(10), shown_only=True)] = None


RECORD = Record(
    "accident",
    "事故",
    Accident,
    order=21,
    called=("事故",),
    subject="name",
    listed=("number", "town", "name", "happened_on", "sector", "deaths", "serious", "grade"),
    lasting=frozenset({"number", "known_on", "production"}),
    keys=(("number",), ("name", "happened_on")),
)
