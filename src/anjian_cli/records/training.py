"""安全生产教育培训: one course held, by kind of people."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, Town, count, past, word_of, words
from anjian_cli.rules.word_lists import TRAINED

KINDS_NEAR = {
    **dict.fromkeys(("负责人", "企业负责人", "单位负责人"), "主要负责人"),
    **dict.fromkeys(("管理人员", "安管人员", "安全员", "安全管理员"), "安全管理人员"),
    **dict.fromkeys(("特种作业", "特种工", "特殊工种"), "特种作业人员"),
    **dict.fromkeys(("从业人员", "员工", "企业员工", "职工", "企业职工", "一线员工", "全体员工"), "其他从业人员"),
    "网格巡查员": "网格员",
}
"""How lists say who was taught."""


class Training(Fields):
    number: Number = None
    town: Town
    held_on: Annotated[str, past("培训日期", required=True, example="2018-10-09", near=("举办日期",))]
    kind: Annotated[
        str,
        word_of(
            *("培训类别", TRAINED, "类别"),
            required=True,
            example="其他从业人员",
            near=("培训对象", "人员类别", "培训人员类别"),
            near_values=KINDS_NEAR,
        ),
    ]
    title: Annotated[
        str,
        words(
            *("培训名称", "培训内容"),
            required=True,
            example="喷涂企业员工安全培训",
            near=("培训主题", "培训课程", "课程名称", "培训班名称"),
        ),
    ]
    hours: Annotated[int | None, count("学时", example="8")] = None
    attended: Annotated[
        int, count("参训人次", "参训人数", required=True, example="60", near=("人数", "人次", "培训人数"))
    ]
    passed: Annotated[int | None, Column("合格人次", amounts.count, ("合格人数",), expected=True, example="58")] = None
    organiser: Annotated[str | None, words("举办单位")] = None
    enterprise: Annotated[
        str | None, Column("企业名称", values.name, ("企业（单办时）", "企业"), refers="enterprise")
    ] = None
    roster: Annotated[str | None, words("名册附件", "名册", limit=200)] = None
    officers: Annotated[
        tuple[str, ...] | None,
        Column(
            "到场网格员",
            values.several(values.text(40)),
            show="、".join,
            example="网格员甲",
        ),
    ] = None
    remark: Remark = None


RECORD = Record(
    "training",
    "培训",
    Training,
    order=24,
    subject="title",
    called=("培训",),
    keys=(("number",), ("town", "held_on", "kind", "title")),
    prefilled=frozenset({"town", "kind"}),
)
