"""托管合同（安全生产社会化服务）: an enterprise, an agency, a kind, and the days it is in force."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from anjian_cli.records import values
from anjian_cli.records.definition import Column, Record, yuan

KINDS = ("喷涂", "涉氨", "涉粉", "小微")
PAYERS = ("企业", "财政", "共担")


class Trusteeship(BaseModel):
    number: Annotated[str | None, Column("编号", values.text(40))] = None
    town: Annotated[str | None, Column("镇（街、区）", values.text(50), ("属地", "镇街"), refers="town")] = None
    enterprise: Annotated[
        str | None,
        Column("企业名称", values.name, ("企业", "单位名称"), refers="enterprise", example="永康市示例五金厂"),
    ] = None
    credit_code: Annotated[str | None, Column("统一社会信用代码", values.credit_code, ("信用代码",))] = None
    agency: Annotated[
        str,
        Column("服务机构", values.text(100), ("中介机构", "机构"), required=True, example="示例安全技术公司"),
    ]
    kind: Annotated[
        str,
        Column(
            "托管类别",
            values.choice(*KINDS, aliases={"涉氨制冷": "涉氨", "涉可燃爆粉尘": "涉粉"}),
            ("类别",),
            required=True,
            choices=KINDS,
            example="喷涂",
        ),
    ]
    contract_number: Annotated[str | None, Column("合同编号", values.text(60))] = None
    from_on: Annotated[str, Column("起始日期", values.day, ("开始日期",), required=True, example="2018-03-01")]
    last_on: Annotated[
        str,
        Column("终止日期", values.day, ("终止日期（含当日）", "截至日期"), required=True, example="2019-02-28"),
    ]
    yearly_fee: Annotated[
        int | None, Column("年服务费（元）", values.money, ("年服务费",), show=yuan, example="3000")
    ] = None
    payer: Annotated[str | None, Column("付费方", values.choice(*PAYERS), choices=PAYERS, example="企业")] = None
    visits_per_year: Annotated[
        int,
        Column("约定服务次数", values.count, ("约定服务次数（次/年）", "服务次数"), required=True, example="4"),
    ]
    ended_on: Annotated[str | None, Column("提前终止日期", values.day)] = None
    end_reason: Annotated[str | None, Column("终止原因", values.text(200))] = None
    remark: Annotated[str | None, Column("备注", values.text(500))] = None


RECORD = Record(
    "trusteeship",
    "托管合同",
    Trusteeship,
    order=11,
    subject="enterprise",
    lasting=frozenset({"number", "town", "enterprise", "credit_code"}),
    listed=("number", "town", "enterprise", "kind", "agency", "from_on", "last_on", "ended_on"),
    keys=(("number",), ("enterprise", "kind", "from_on")),
)
