"""整治计划: by which day a stage is to be done by whoever was enrolled in a kind of programme in a year."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import days
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, coming, document_text, term, word_of
from anjian_cli.rules.word_lists import PROGRAMMES

STAGES = ("排查", "诊断", "方案", "整改")


class ProgrammePlan(Fields):
    number: Number = None
    year: Annotated[int, Column("年度", days.year, ("年份",), required=True, example="2018")]
    kind: Annotated[str, word_of("整治类别", PROGRAMMES, "类别", required=True)]
    stage: Annotated[str, term("整治阶段", STAGES, "阶段", required=True)]
    due_on: Annotated[str, coming("计划完成日期", "完成期限", required=True, example="2018-06-30", after=("year",))]
    document: Annotated[str | None, document_text("计划文号", example="永安委〔2018〕3号")] = None
    remark: Remark = None


RECORD = Record(
    "programme_plan",
    "整治计划",
    ProgrammePlan,
    order=12,
    office=True,
    called=("整治计划",),
    command="programme-plan",
    subject="kind",
    listed=("number", "year", "kind", "stage", "due_on", "document"),
    keys=(("number",), ("year", "kind", "stage")),
)
