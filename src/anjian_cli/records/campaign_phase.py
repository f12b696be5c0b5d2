"""行动阶段: a phase of a campaign: from which day on, what is to be done in it, how far it is to come by its end."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.errors import Misread
from anjian_cli.records import amounts
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, coming, words


def percent(text: str) -> int:
    """A whole per cent, 0 to 100: 95%, 95. Raises `Misread`."""
    found = amounts.count(text.strip().rstrip("%％"))
    if found > 100:
        raise Misread("E203", choices="0至100的整数")
    return found


class CampaignPhase(Fields):
    number: Number = None
    campaign: Annotated[
        str, words("行动名称", "行动", required=True, register="campaign", example="2018年秋季安全生产大检查")
    ]
    title: Annotated[str, words("阶段名称", "阶段", limit=60, required=True, example="集中推进")]
    from_on: Annotated[str, coming("阶段起", "阶段起始日期", required=True, example="2018-10-16")]
    task: Annotated[str | None, words("阶段任务", limit=300, example="逐家检查三场所两企业")] = None
    work: Annotated[str | None, words("应做工作项", limit=20, example="督查检查")] = None
    visited: Annotated[int | None, Column("检查覆盖率目标（%）", percent, ("覆盖率目标（%）",), example="100")] = None
    closed: Annotated[int | None, Column("整改率目标（%）", percent, example="95")] = None
    remark: Remark = None


RECORD = Record(
    "campaign_phase",
    "行动阶段",
    CampaignPhase,
    order=10,
    office=True,
    called=("行动阶段",),
    command="phase",
    subject="campaign",
    listed=("number", "campaign", "title", "from_on", "task", "visited", "closed"),
    lasting=frozenset({"number", "campaign"}),
    keys=(("number",),),
)
