"""企业. Identified by its unified social credit code (GB 32100-2015), an old registration number, or a reason why
it has neither. Its town, name and operating state are kept by date."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import word_of
from anjian_cli.rules.word_lists import RISKS, WITHOUT_CODE

SIZES = ("大型", "中型", "小型", "微型")
STATES = ("在营", "停产", "关闭", "搬迁")


class Enterprise(Fields):
    number: Annotated[str | None, Column("编号", values.text(40), ("企业编号",))] = None
    town: Annotated[
        str | None,
        Column(
            "镇（街、区）",
            values.text(50),
            ("属地", "镇街", "所属镇街"),
            expected=True,
            refers="town",
            example="芝英镇",
        ),
    ] = None
    name: Annotated[
        str,
        Column("企业名称", values.name, ("单位名称", "名称", "企业"), required=True, example="永康市示例五金厂"),
    ]
    credit_code: Annotated[str | None, Column("统一社会信用代码", codes.credit_code, ("信用代码", "社会信用代码"))] = (
        None
    )
    registration_number: Annotated[
        str | None, Column("注册号", codes.registration_number, ("旧注册号", "工商注册号"))
    ] = None
    no_code_reason: Annotated[
        str | None,
        word_of("无代码原因", WITHOUT_CODE, example="家庭作坊"),
    ] = None
    village: Annotated[str | None, Column("村（居）", values.text(50), ("村居", "村"), refers="village")] = None
    registered_address: Annotated[str | None, Column("注册地址", values.text(300), ("住所",))] = None
    operating_address: Annotated[
        str | None,
        Column(
            "生产经营地址",
            values.text(300),
            ("实际地址", "经营地址"),
            expected=True,
            example="芝英镇示例路1号",
            near=("地址", "企业地址", "单位地址", "厂址", "所在地"),
        ),
    ] = None
    industry_code: Annotated[str | None, Column("行业代码", codes.industry_code, example="C3351")] = None
    industry_name: Annotated[
        str | None, Column("行业名称", values.text(100), near=("行业", "所属行业", "行业类别"))
    ] = None
    size: Annotated[str | None, Column("规模", values.choice(*SIZES), ("企业规模",), choices=SIZES, example="小型")] = (
        None
    )
    risks: Annotated[
        tuple[str, ...] | None,
        Column(
            "风险类别",
            values.several(values.Word(RISKS.words, RISKS.meant)),
            ("风险种类",),
            near=("风险", "风险类型", "主要风险"),
            choices=RISKS.words,
            show="、".join,
            example="喷涂、胶水",
        ),
    ] = None
    employees: Annotated[int | None, Column("从业人数", amounts.count, ("从业人员", "人数"), example="12")] = None
    principal: Annotated[str | None, Column("主要负责人", values.text(40), ("法人代表", "法定代表人", "负责人"))] = None
    safety_officer: Annotated[str | None, Column("安全管理员", values.text(40))] = None
    phone: Annotated[str | None, Column("联系电话", codes.phone, ("电话",), private=True)] = None
    grid_officer: Annotated[str | None, Column("网格员", values.text(40))] = None
    state: Annotated[
        str | None, Column("经营状态", values.choice(*STATES), ("状态",), choices=STATES, example="在营")
    ] = None
    changed_on: Annotated[
        str | None, Column("变更日期", days.day, ("状态起始日期", "迁入日期"), example="2018-10-09", past=True)
    ] = None
    risk_grade: Annotated[str | None, Column("风险等级", values.text(10), shown_only=True)] = None
    registered_on: Annotated[str | None, Column("注册日期", days.day, ("成立日期",), past=True)] = None
    remark: Annotated[str | None, Column("备注", values.text(500))] = None


RECORD = Record(
    "enterprise",
    "企业",
    Enterprise,
    order=3,
    hinted=("企业",),
    subject="name",
    lasting=frozenset({"number", "state", "changed_on"}),
    listed=("number", "town", "name", "credit_code", "risks", "state"),
    keys=(("number",), ("credit_code",), ("registration_number",), ("name", "town")),
    apart="确是两家的，请各填统一社会信用代码或注册号，都没有的在名称后加括号注明负责人；重复录入的，只留一行",
)
