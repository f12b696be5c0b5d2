"""执法案件: filed, decided, collected; what was revoked is taken back on its day."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import (
    CreditCode,
    Number,
    Remark,
    Town,
    count,
    department,
    document_text,
    money,
    past,
    term,
    word_of,
    words,
    yes_no,
)
from anjian_cli.rules.word_lists import VIOLATIONS

PARTIES = ("企业", "个人", "无")
"""Whose a case or an accident is: of an enterprise in the ledger, of a person, or of none that the ledger has."""

PARTY = words("当事人", "被处罚单位", required=True, example="永康市示例五金厂")._replace(
    person_where=("party_kind", "个人")
)


class EnforcementCase(Fields):
    number: Number = None
    case_number: Annotated[
        str, document_text("案号", "案件编号", limit=60, required=True, example="永安监立案〔2018〕15号")
    ]
    party: Annotated[str, PARTY]
    credit_code: CreditCode = None
    party_kind: Annotated[
        str | None,
        term("当事人类别", PARTIES, "当事人性质", meant={"单位": "企业", "自然人": "个人"}, example="企业"),
    ] = None
    firm: Annotated[
        str | None, Column("涉案企业", values.name, hint="当事人写法和企业名录不同的才写；不写按当事人的代码、名称对")
    ] = None
    town: Town
    department: Annotated[
        str | None, department("立案单位", "立案部门", "执法单位", on=("filed_on",), near=("办案单位", "主办单位"))
    ] = None
    violation: Annotated[str | None, word_of("违法类型", VIOLATIONS, "违法行为类型", example="违规作业")] = None
    cause: Annotated[str, words("案由", "违法行为", limit=300, required=True, example="未按规定设置安全警示标志")]
    filed_on: Annotated[str, past("立案日期", required=True, example="2018-10-09", today=True)]
    decided_on: Annotated[str | None, past("决定日期", "处罚决定日期", example="2018-10-20")] = None
    document: Annotated[str | None, document_text("决定书文号", "处罚决定书文号", limit=60)] = None
    basis: Annotated[str | None, words("处罚依据", "法律依据", limit=300)] = None
    fine: Annotated[int | None, money("罚款（元）", "处罚金额（元）", "罚款", example="20000")] = None
    collected_on: Annotated[str | None, past("收缴日期")] = None
    accident: Annotated[str, yes_no("是否事故类", "事故类", assumed="否")]
    joint: Annotated[str, yes_no("是否联合执法", "联合执法", assumed="否")]
    referred: Annotated[int | None, count("建议追究刑事责任（人）", "追究刑事责任（人）")] = None
    referred_on: Annotated[str | None, past("移送日期")] = None
    revoked_on: Annotated[str | None, past("撤销日期")] = None
    revoke_reason: Annotated[str | None, words("撤销原因", limit=300)] = None
    remark: Remark = None


RECORD = Record(
    "enforcement_case",
    "执法案件",
    EnforcementCase,
    order=20,
    called=("立案", "处罚"),
    command="case",
    subject="case_number",
    listed=("number", "town", "case_number", "party", "filed_on", "decided_on", "fine"),
    keys=(("number",), ("case_number",)),
)
