"""数字确认: what a town answers to the sheet of its figures of a month (确认单). It is no record of its own: the answer
is kept in the town's report of the month (`records.filing`).
"""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import days, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Town, past, term, words

AGREED, OBJECTED = "确认", "有异议"
BY_SHEET = "确认单"
"""How it was told where the sheet does not say."""


class Confirmation(Fields):
    town: Town
    month: Annotated[str, Column("统计期", days.year_month, required=True, example="2018-10")]
    code: Annotated[str, Column("核对码", values.text(20), required=True, example="H0a1b2c3d4e")]
    answer: Annotated[str | None, term("镇里答复", (AGREED, OBJECTED))] = None
    objection: Annotated[str | None, words("异议内容", limit=200)] = None
    confirmed_by: Annotated[str | None, words("答复人", limit=40)] = None
    confirmed_on: Annotated[str | None, past("答复日期")] = None
    confirmed_how: Annotated[str | None, words("答复方式", limit=40)] = None


RECORD = Record(
    "filing",
    "数字确认",
    Confirmation,
    order=23,
    subject="town",
    prefilled=frozenset({"town", "month", "code"}),
)
