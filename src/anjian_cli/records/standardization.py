"""安全标准化: one creation, re-review or upgrade of an enterprise, from its beginning to its certificate.

The certificate is valid for three years from the announcement; what counts, and when, follows in
rules/standardization.py.
"""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, days, values
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, document_text, past, word_of, words
from anjian_cli.rules.word_lists import GRADES, UNDERTAKINGS


class Standardization(OfEnterprise):
    grade: Annotated[str, word_of("申报等级", GRADES, "等级", "标准化等级", required=True, example="三级")]
    kind: Annotated[str, word_of("创建类型", UNDERTAKINGS, "类型", required=True)]
    agency: Annotated[str | None, words("中介机构", "咨询机构", "机构", register="agency")] = None
    begun_on: Annotated[str | None, past("启动日期", "开始创建日期", example="2018-03-01")] = None
    consulted_on: Annotated[str | None, past("咨询日期", example="2018-03-12")] = None
    self_assessed_on: Annotated[str | None, past("自评日期", example="2018-05-20")] = None
    applied_on: Annotated[str | None, past("申请日期", example="2018-06-15")] = None
    reviewed_on: Annotated[str | None, past("评审日期", example="2018-08-10")] = None
    review_score: Annotated[str | None, Column("评审得分", amounts.marks, ("得分",), example="78.5")] = None
    reviewed_by: Annotated[str | None, words("评审单位")] = None
    announced_on: Annotated[str | None, past("公告日期", example="2018-09-20")] = None
    announcement: Annotated[str | None, document_text("公告文号")] = None
    certificate_number: Annotated[str | None, document_text("证书编号", limit=60, of_one=True)] = None
    abandoned_on: Annotated[str | None, past("中止日期", "终止创建日期")] = None
    revoked_on: Annotated[str | None, past("撤销日期", "证书撤销日期")] = None
    excused_on: Annotated[str | None, past("核减日期")] = None
    excuse: Annotated[str | None, words("核减依据", "核减原因", limit=200)] = None
    remark: Remark = None
    last_valid_on: Annotated[str | None, Column("有效期至", days.day, shown_only=True)] = None
    stage: Annotated[str | None, Column("现处阶段", values.text(20), shown_only=True)] = None


RECORD = Record(
    "standardization",
    "标准化",
    Standardization,
    order=11,
    called=("标准化", "标化"),
    command="standard",
    subject="enterprise",
    day="begun_on",
    since="begun_on",
    of_enterprise=True,
    listed=("number", "town", "enterprise", "grade", "kind", "stage", "announced_on", "last_valid_on"),
    lasting=OWNER | {"begun_on"},
    keys=(("number",),),
    prefilled=OWNER - {"number"} | {"grade", "kind"},
)
