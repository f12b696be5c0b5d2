"""专项整治: an enterprise enrolled in a programme by kind: 排查, 诊断, 方案, 整改, 验收, and what became of it."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records.definition import Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, past, term, word_of, words
from anjian_cli.rules.word_lists import ENROLMENTS, OUTCOMES, PROGRAMMES

CONCLUSIONS = ("合格", "不合格")


class Programme(OfEnterprise):
    action: Annotated[str, words("整治行动", "行动名称", required=True, example="2018年喷涂行业整治")]
    kind: Annotated[str, word_of("整治类别", PROGRAMMES, "类别", required=True)]
    enrolled_on: Annotated[str, past("纳入日期", "列入日期", required=True, example="2018-01-15")]
    reason: Annotated[str | None, word_of("纳入原因", ENROLMENTS)] = None
    inspected_on: Annotated[str | None, past("排查日期", example="2018-02-10")] = None
    diagnosed_on: Annotated[str | None, past("诊断日期", example="2018-03-10")] = None
    agency: Annotated[str | None, words("诊断机构", "中介机构", register="agency")] = None
    planned_on: Annotated[str | None, past("方案日期", example="2018-04-10")] = None
    rectified_on: Annotated[str | None, past("整改完成日期", example="2018-07-10")] = None
    accepted_on: Annotated[str | None, past("验收日期", example="2018-08-10")] = None
    accepted_unit: Annotated[str | None, words("验收单位")] = None
    conclusion: Annotated[str | None, term("验收结论", CONCLUSIONS, "结论")] = None
    outcome: Annotated[str | None, word_of("处置结果", OUTCOMES, "结果")] = None
    outcome_on: Annotated[str | None, past("处置日期")] = None
    excused_on: Annotated[str | None, past("核减日期")] = None
    excuse: Annotated[str | None, words("核减依据", "核减原因", limit=200)] = None
    remark: Remark = None


RECORD = Record(
    "programme",
    "专项整治",
    Programme,
    order=12,
    hinted=("整治",),
    subject="enterprise",
    day="enrolled_on",
    of_enterprise=True,
    lasting=OWNER,
    listed=("number", "town", "enterprise", "kind", "enrolled_on", "accepted_on", "conclusion", "outcome"),
    keys=(("number",), ("enterprise", "action", "kind")),
)
