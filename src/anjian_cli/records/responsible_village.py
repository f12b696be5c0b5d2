"""主体责任村: a village taken into the year's programme, from the agency's moving in to acceptance and reward."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, days
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownToTell, Village, count, money, past, term, words

CONCLUSIONS = ("合格", "不合格")


class ResponsibleVillage(Fields):
    number: Number = None
    year: Annotated[int, Column("年度", days.year, ("年份",), required=True, example="2018")]
    town: TownToTell = None
    village: Village
    agency: Annotated[str | None, words("中介机构", "机构", register="agency", example="示例安全技术公司")] = None
    enrolled_on: Annotated[str | None, past("列入日期", "纳入日期")] = None
    moved_in_on: Annotated[str | None, past("进驻日期", example="2018-03-12")] = None
    firms_to_guide: Annotated[int | None, count("应指导企业（家）", "应指导企业", example="24")] = None
    accepted_on: Annotated[str | None, past("验收日期", example="2018-10-20")] = None
    conclusion: Annotated[str | None, term("验收结论", CONCLUSIONS, "年终验收", "结论")] = None
    reward: Annotated[int | None, money("奖励金额（元）", "奖励资金（元）", example="20000")] = None
    paid_on: Annotated[str | None, past("拨付日期")] = None
    remark: Remark = None
    firms_guided: Annotated[int | None, Column("已指导企业（家）", amounts.count, shown_only=True)] = None


RECORD = Record(
    "responsible_village",
    "主体责任村",
    ResponsibleVillage,
    order=18,
    hinted=("责任村",),
    command="responsible-village",
    subject="village",
    lasting=frozenset({"number", "village", "town", "enrolled_on"}),
    listed=("number", "town", "village", "year", "firms_to_guide", "firms_guided", "conclusion", "reward"),
    keys=(("number",), ("year", "village")),
)
