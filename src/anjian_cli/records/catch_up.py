"""补差计划: what a unit that lags answers to the bulletin of a month, and what it means to come up with by the next."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import days
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownToTell, department, document_text, past, words
from anjian_cli.records.filing import told_figures


class CatchUp(Fields):
    number: Number = None
    town: TownToTell = None
    department: Annotated[str | None, department("部门", "责任部门", on=("month",))] = None
    month: Annotated[str, Column("补差月份", days.year_month, ("通报月份",), required=True, example="2018-09")]
    filed_on: Annotated[str, past("报来日期", "提交日期", required=True, example="2018-10-08", today=True)]
    plan: Annotated[str, words("补差措施", "补差计划", limit=500, required=True, example="每周新签托管合同2家")]
    figures: Annotated[
        tuple[str, ...] | None, Column("补差数", told_figures, show="；".join, example="涉氨 3；喷涂 8")
    ] = None
    responsible: Annotated[str | None, words("补差责任人", "责任人", limit=40)] = None
    document: Annotated[str | None, document_text("文号", "文件文号")] = None
    remark: Remark = None


RECORD = Record(
    "catch_up",
    "补差计划",
    CatchUp,
    order=22,
    called=("补差",),
    command="catch-up",
    subject="town",
    listed=("number", "town", "department", "month", "filed_on", "plan", "figures"),
    keys=(("number",), ("town", "department", "month")),
    prefilled=frozenset({"town", "department", "month"}),
)
