"""行动范围: which enterprises a campaign is about: those of a risk, an industry, a grade, of a town, or one by name."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records.definition import Fields, Record
from anjian_cli.records.fields import CreditCode, EnterpriseName, Number, Remark, TownToTell, coming, term, words

KINDS = ("风险", "行业", "等级", "镇街", "企业")
TOLD_IN = {"镇街": "town", "企业": "enterprise"}
"""The field that says which, by kind; of the others `word` does."""


class CampaignScope(Fields):
    number: Number = None
    campaign: Annotated[
        str, words("行动名称", "行动", required=True, register="campaign", example="2018年秋季安全生产大检查")
    ]
    kind: Annotated[str, term("范围类别", KINDS, required=True, example="企业")]
    word: Annotated[str | None, words("范围词语", limit=60)] = None
    town: TownToTell = None
    enterprise: EnterpriseName = None
    credit_code: CreditCode = None
    from_on: Annotated[str | None, coming("列入日期", example="2018-10-01")] = None
    until_on: Annotated[str | None, coming("移出日期", after=("from_on",))] = None
    remark: Remark = None


RECORD = Record(
    "campaign_scope",
    "行动范围",
    CampaignScope,
    order=10,
    office=True,
    called=("行动范围",),
    command="scope",
    subject="campaign",
    listed=("number", "campaign", "kind", "word", "town", "enterprise", "from_on", "until_on"),
    lasting=frozenset({"number", "campaign", "word", "town", "enterprise", "credit_code"}),
    keys=(("number",),),
)
