"""责任村指导: a small enterprise that was guided one to one in a responsible village."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records.definition import Fields, Record
from anjian_cli.records.fields import (
    OWNER,
    CreditCode,
    EnterpriseName,
    Number,
    Remark,
    TownToTell,
    Village,
    count,
    past,
    words,
)


class Guidance(Fields):
    number: Number = None
    town: TownToTell = None
    village: Village
    enterprise: EnterpriseName = None
    credit_code: CreditCode = None
    guided_on: Annotated[str, past("指导日期", required=True, example="2018-05-09", today=True)]
    agency: Annotated[str | None, words("服务机构", register="agency", example="示例安全技术公司")] = None
    advice: Annotated[str | None, words("整改建议", limit=500, example="配电箱加装防护盖")] = None
    hazards_found: Annotated[int | None, count("发现隐患（条）", example="3")] = None
    remark: Remark = None


RECORD = Record(
    "guidance",
    "责任村指导",
    Guidance,
    order=19,
    hinted=("指导",),
    subject="village",
    day="guided_on",
    of_enterprise=True,
    listed=("number", "town", "village", "enterprise", "guided_on", "hazards_found"),
    lasting=OWNER | {"village"},
    keys=(("number",),),
)
