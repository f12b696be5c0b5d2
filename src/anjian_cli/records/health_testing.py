"""职业卫生检测: one test of an enterprise's workplaces, counted on the day of its report."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, count, document_text, past, term, words
from anjian_cli.rules.word_lists import FACTORS

KINDS = ("定期检测", "现状评价")


class HealthTest(OfEnterprise):
    agency: Annotated[str, words("检测机构", "机构", required=True, register="agency", example="示例检测技术公司")]
    sampled_on: Annotated[str, past("采样日期", required=True, example="2018-09-20")]
    reported_on: Annotated[str, past("报告日期", required=True, example="2018-10-09")]
    report_number: Annotated[str | None, document_text("报告编号", limit=60, of_one=True)] = None
    kind: Annotated[str | None, term("检测类别", KINDS)] = None
    points: Annotated[int, count("检测点（个）", "检测点数", required=True, example="12")]
    points_over: Annotated[int, count("超标点（个）", "超标点数", required=True, example="1")]
    factors: Annotated[
        tuple[str, ...] | None,
        Column(
            "超标因素",
            values.several(values.Word(FACTORS.words, FACTORS.meant)),
            choices=FACTORS.words,
            show="、".join,
            example="噪声",
        ),
    ] = None
    remedied_on: Annotated[str | None, past("整改完成日期")] = None
    retested_on: Annotated[str | None, past("复测日期")] = None
    remark: Remark = None


RECORD = Record(
    "health_test",
    "职业卫生检测",
    HealthTest,
    order=16,
    hinted=("检测",),
    command="health",
    subject="enterprise",
    day="reported_on",
    of_enterprise=True,
    lasting=OWNER,
    prefilled=OWNER - {"number"},
    listed=("number", "town", "enterprise", "agency", "reported_on", "points", "points_over", "remedied_on"),
    keys=(("number",), ("enterprise", "sampled_on")),
)
