"""诊断: what an agency found in an enterprise, and the plan that it wrote; its hazards are those that were found there
on the day by 中介诊断."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, document_text, past, words
from anjian_cli.rules.word_lists import PROGRAMMES


class Diagnosis(OfEnterprise):
    programme: Annotated[
        str | None,
        Column("整治类别", values.Word(PROGRAMMES.words, PROGRAMMES.meant), choices=PROGRAMMES.words, example="喷涂"),
    ] = None
    agency: Annotated[str, words("诊断机构", "中介机构", required=True, register="agency", example="示例安全技术公司")]
    diagnosed_on: Annotated[str, past("诊断日期", required=True, example="2018-03-10", today=True)]
    findings: Annotated[str | None, words("诊断情况", "诊断结论", limit=500, example="喷漆房通风不足")] = None
    planned_on: Annotated[str | None, past("方案日期", example="2018-04-10")] = None
    plan: Annotated[str | None, words("整改方案", "治理方案", limit=500, example="更换防爆风机")] = None
    report_number: Annotated[str | None, document_text("诊断报告编号", limit=60)] = None
    remark: Remark = None


RECORD = Record(
    "diagnosis",
    "诊断",
    Diagnosis,
    order=13,
    called=("诊断",),
    subject="enterprise",
    day="diagnosed_on",
    of_enterprise=True,
    lasting=OWNER | {"programme"},
    listed=("number", "town", "enterprise", "programme", "agency", "diagnosed_on", "planned_on"),
    keys=(("number",), ("enterprise", "diagnosed_on")),
)
