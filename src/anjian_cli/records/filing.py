"""报送: a report of a month, of a town or of a department: in time or late, a nil report (零报告), sent back or not."""

from __future__ import annotations

import re
from typing import Annotated

from anjian_cli.errors import Misread
from anjian_cli.records import days, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownToTell, department, past, words, yes_no

UNTOLD = "新登记的不写即今天，过了报送截止日的算迟报"


def told_figures(text: str) -> tuple[str, ...]:
    """What a town says its figures are: `涉氨 3；喷涂 8` -> ('涉氨 3', '喷涂 8'). Misread: E201, E202, E257, E265."""
    found: list[str] = []
    for part in re.split(r"[；;、,，\n]+", values.clean(text)):
        if not part.strip():
            continue
        said = re.fullmatch(r"\s*(\S.*?)[\s:：=]*([0-9][0-9.,]*(?:万?元)?)\s*(?:家|人次|人|条|次|个|起)?\s*", part)
        if said is None:
            raise Misread("E257")
        if any(other.startswith(f"{said[1]} ") for other in found):
            raise Misread("E265", word=said[1])
        found.append(f"{said[1]} {said[2]}")
    if not found:
        raise Misread("E202")
    return tuple(found)


class Filing(Fields):
    number: Number = None
    town: TownToTell = None
    department: Annotated[str | None, department("报送部门", "报送单位", on=("month",))] = None
    month: Annotated[str, Column("统计期", days.year_month, ("报送月份", "统计月份"), required=True, example="2018-10")]
    filed_on: Annotated[
        str | None,
        past("报送时间", "报送日期", example="2018-10-31", hint=UNTOLD),
    ] = None
    method: Annotated[str, words("报送方式", limit=40, required=True, example="微信")]
    nil: Annotated[str, yes_no("零报告", "是否零报告", assumed="否")]
    nil_for: Annotated[
        tuple[str, ...] | None,
        Column(
            "零报告类别",
            values.several(values.text(50)),
            show="、".join,
            hint="当月考核办法里的类别，可写几个；有哪些，见 anjian 办法 查看",
        ),
    ] = None
    figures: Annotated[
        tuple[str, ...] | None, Column("镇报数", told_figures, ("上报数",), show="；".join, example="涉氨 3；喷涂 8")
    ] = None
    returned_on: Annotated[str | None, past("退回日期")] = None
    refiled_on: Annotated[str | None, past("补正日期", "重报日期")] = None
    filer: Annotated[str | None, words("报送人", limit=40)] = None
    reviewer: Annotated[str | None, words("审核人", limit=40)] = None
    remark: Remark = None
    confirmed_on: Annotated[str | None, Column("确认日期", days.day, shown_only=True)] = None
    confirmed_by: Annotated[str | None, Column("确认人", values.text(40), shown_only=True)] = None
    confirmed_how: Annotated[str | None, Column("确认方式", values.text(40), shown_only=True)] = None
    due_on: Annotated[str | None, Column("报送截止日", days.day, shown_only=True)] = None
    in_time: Annotated[str | None, Column("是否按期", values.text(10), shown_only=True)] = None


RECORD = Record(
    "filing",
    "报送",
    Filing,
    order=22,
    hinted=("报送",),
    subject="town",
    since="filed_on",
    listed=("number", "town", "department", "month", "filed_on", "in_time", "nil", "returned_on"),
    lasting=frozenset({"number", "filed_on"}),
    keys=(("number",), ("town", "department", "month")),
    prefilled=frozenset({"town", "department", "month"}),
)
