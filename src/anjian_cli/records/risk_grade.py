"""风险等级: how much an enterprise is to be watched, from the day on which it was graded, and what that rests on."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import days
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, document_text, past, term, words

GRADES = ("红", "橙", "黄", "蓝")
MEANT = {
    **{f"{grade}{more}": grade for grade in GRADES for more in ("色", "级", "色等级")},
    **dict(zip(("重大风险", "较大风险", "一般风险", "低风险"), GRADES, strict=True)),
}
"""How lists write the four grades."""


class RiskGrade(OfEnterprise):
    grade: Annotated[str, term("风险等级", GRADES, "风险分级", meant=MEANT, required=True)]
    from_on: Annotated[str, past("评定日期", "定级日期", required=True, example="2018-03-01", today=True)]
    basis: Annotated[str, words("评定依据", "定级依据", limit=300, required=True, example="喷涂作业，10人以上")]
    graded_by: Annotated[str | None, words("评定单位", "定级单位", example="示例安监所")] = None
    document: Annotated[str | None, document_text("评定文号", "定级文号")] = None
    remark: Remark = None
    until_on: Annotated[str | None, Column("重新评定日期", days.day, shown_only=True)] = None


RECORD = Record(
    "risk_grade",
    "风险等级",
    RiskGrade,
    order=11,
    command="risk",
    called=("风险等级", "风险分级"),
    subject="enterprise",
    day="from_on",
    of_enterprise=True,
    lasting=OWNER,
    listed=("number", "town", "enterprise", "grade", "from_on", "basis", "until_on"),
    keys=(("number",), ("enterprise", "from_on")),
)
