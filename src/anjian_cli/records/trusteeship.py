"""托管合同（安全生产社会化服务）: an enterprise, an agency, a kind, and the days it is in force."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.errors import Misread
from anjian_cli.records import amounts
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.fields import (
    OWNER,
    OfEnterprise,
    Remark,
    coming,
    document_text,
    money,
    past,
    word_of,
    words,
)
from anjian_cli.rules.word_lists import ENTRUSTED, PAYERS

MOST_VISITS = 366


def visits(text: str) -> int:
    """Visits a year, at most one a day. Misread: E243, E247."""
    number = amounts.count(text)
    if number > MOST_VISITS:
        raise Misread("E247")
    return number


class Trusteeship(OfEnterprise):
    agency: Annotated[
        str,
        words(
            "服务机构",
            "中介机构",
            "机构",
            required=True,
            register="agency",
            example="示例安全技术公司",
            near=("托管单位", "托管机构", "服务单位"),
        ),
    ]
    kind: Annotated[
        str,
        word_of(
            *("托管类别", ENTRUSTED, "类别"),
            required=True,
            near=("托管类型", "服务类别", "服务类型"),
            near_values={f"{kind}企业": kind for kind in ENTRUSTED.words},
        ),
    ]
    contract_number: Annotated[str | None, document_text("合同编号", limit=60)] = None
    from_on: Annotated[
        str,
        coming(
            "起始日期",
            "开始日期",
            required=True,
            example="2018-03-01",
            near=("托管日期", "托管期限", "合同期限", "服务期限", "签订日期", "生效日期"),
        ),
    ]
    last_on: Annotated[
        str,
        coming(
            "终止日期",
            "终止日期（含当日）",
            "截至日期",
            required=True,
            example="2019-02-28",
            after=("from_on",),
            near=("到期日期", "结束日期", "截止日期"),
        ),
    ]
    yearly_fee: Annotated[int | None, money("年服务费（元）", "年服务费", example="3000")] = None
    payer: Annotated[str | None, word_of("付费方", PAYERS)] = None
    visits_per_year: Annotated[
        int,
        Column(
            *("约定服务次数", visits, ("约定服务次数（次/年）", "服务次数")),
            required=True,
            example="4",
            near=("服务频次", "年服务次数"),
        ),
    ]
    ended_on: Annotated[str | None, past("提前终止日期")] = None
    end_reason: Annotated[str | None, words("终止原因", limit=200)] = None
    remark: Remark = None


RECORD = Record(
    "trusteeship",
    "托管合同",
    Trusteeship,
    order=13,
    called=("托管",),
    subject="enterprise",
    day="from_on",
    of_enterprise=True,
    lasting=OWNER,
    prefilled=OWNER - {"number"} | {"kind"},
    listed=("number", "town", "enterprise", "kind", "agency", "from_on", "last_on", "ended_on"),
    keys=(("number",), ("enterprise", "kind", "from_on")),
)
