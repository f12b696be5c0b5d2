"""托管服务: one visit that an agency made to an enterprise under its trusteeship."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records.definition import Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, count, document_text, past, word_of, words
from anjian_cli.rules.word_lists import ENTRUSTED


class Visit(OfEnterprise):
    agency: Annotated[
        str, words("服务机构", "中介机构", "机构", required=True, register="agency", example="示例安全技术公司")
    ]
    kind: Annotated[str, word_of("托管类别", ENTRUSTED, "类别", required=True)]
    visited_on: Annotated[str, past("服务日期", required=True, example="2018-10-09", today=True)]
    visitor: Annotated[str | None, words("服务人员")] = None
    hazards_found: Annotated[int | None, count("发现隐患（条）", example="3")] = None
    hazards_closed: Annotated[int | None, count("已整改（条）", example="2")] = None
    report_number: Annotated[str | None, document_text("报告编号", limit=60)] = None
    remark: Remark = None


RECORD = Record(
    "visit",
    "托管服务",
    Visit,
    order=14,
    hinted=("服务",),
    subject="enterprise",
    day="visited_on",
    of_enterprise=True,
    lasting=OWNER,
    prefilled=OWNER - {"number"} | {"agency", "kind"},
    listed=("number", "town", "enterprise", "kind", "visited_on", "agency", "hazards_found"),
    keys=(("number",), ("enterprise", "kind", "visited_on")),
)
