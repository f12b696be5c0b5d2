"""中介机构: who guides, diagnoses, tests and takes enterprises under trusteeship."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import CreditCode, Number, Phone, Remark, words


class Agency(Fields):
    number: Number = None
    name: Annotated[
        str,
        Column("机构名称", values.name, ("中介机构名称", "机构"), required=True, example="示例甲安全技术服务公司"),
    ]
    credit_code: CreditCode = None
    qualification: Annotated[str | None, words("资质", "资质证书", limit=200, example="安全评价乙级")] = None
    contact: Annotated[str | None, words("联系人", limit=40)] = None
    phone: Phone = None
    remark: Remark = None
    contracts: Annotated[int | None, Column("托管合同数", amounts.count, shown_only=True)] = None
    visits: Annotated[int | None, Column("服务次数累计", amounts.count, shown_only=True)] = None


RECORD = Record(
    "agency",
    "中介机构",
    Agency,
    order=6,
    office=True,
    hinted=("机构",),
    subject="name",
    keys=(("number",), ("name",)),
)
