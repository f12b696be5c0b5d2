"""报送台账: a county's ledger that may deliver packages (报送包), and the key that it signs them by."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import codes, days
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, Town, coming, past


class ReportingLedger(Fields):
    number: Number = None
    town: Town
    ledger_id: Annotated[
        str, Column("台账标识", codes.ledger_id, ("台账号",), required=True, example="0123456789abcdef" * 2)
    ]
    key: Annotated[str, Column("签名公钥", codes.public_key, ("公钥",), required=True, example="0123456789abcdef" * 4)]
    from_on: Annotated[str, past("登记日期", "启用日期", required=True, example="2018-01-01", today=True)]
    until_on: Annotated[str | None, coming("停报日期", "停用日期", after=("from_on",))] = None
    replaced_by: Annotated[str | None, Column("由哪本取代", codes.ledger_id, ("取代它的台账",))] = None
    remark: Remark = None
    received: Annotated[str | None, Column("报到哪月", days.year_month, shown_only=True)] = None


RECORD = Record(
    "reporting_ledger",
    "报送台账",
    ReportingLedger,
    order=2,
    office=True,
    hinted=("报送台账",),
    command="reporting-ledger",
    subject="ledger_id",
    keys=(("number",), ("ledger_id",)),
    lasting=frozenset({"town", "ledger_id", "key", "from_on"}),
)
