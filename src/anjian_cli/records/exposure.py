"""职业病危害: an enterprise whose people are exposed to it, and so has to be tested (应检)."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records.definition import Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, past, term, words

LEVELS = ("严重", "较重", "一般")


class Exposure(OfEnterprise):
    level: Annotated[str, term("危害程度", LEVELS, "职业病危害风险", "风险分类", required=True, example="一般")]
    factors: Annotated[str | None, words("危害因素", "职业病危害因素", limit=200, example="粉尘、噪声")] = None
    from_on: Annotated[str, past("接触起始日期", "纳入应检日期", required=True, example="2018-01-01")]
    ended_on: Annotated[str | None, past("核减日期", "不再接触日期")] = None
    end_reason: Annotated[str | None, words("核减依据", "核减原因", limit=200)] = None
    remark: Remark = None


RECORD = Record(
    "exposure",
    "职业病危害",
    Exposure,
    order=15,
    hinted=("职业病危害", "应检"),
    subject="enterprise",
    day="from_on",
    of_enterprise=True,
    lasting=OWNER,
    listed=("number", "town", "enterprise", "level", "factors", "from_on", "ended_on"),
    keys=(("number",), ("enterprise", "from_on")),
)
