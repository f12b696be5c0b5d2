"""隐患, with what a file may say of its rectification and acceptance at once (总局令第16号)."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, Record, yuan
from anjian_cli.records.fields import department, word_of
from anjian_cli.rules.word_lists import CHANNELS, HAZARDS

CLAUSES = "重大的写判定条款的代码；有哪些：anjian 隐患 判定标准"
LEVELS = ("一般", "重大")
SUPERVISION_LEVELS = ("镇级", "县级", "设区市级", "省级")
CONCLUSIONS = ("合格", "不合格")
_DONE = ("已整改", "已整改到位", "整改到位", "已整改完成", "已完成整改", "整改完成", "整改完毕", "已整改完毕", "已落实")
_SEEN = ("已完成", "已销号", "销号", "已闭环", "闭环", "复查合格", "验收合格", "验收通过", "是", "√")
_OPEN = ("未整改", "正在整改", "整改中", "未完成", "未完成整改", "未整改到位", "限期整改", "未销号", "未闭环", "否")
CONCLUSIONS_NEAR = {
    **dict.fromkeys((*_DONE, *_SEEN), "合格"),
    **dict.fromkeys(("复查不合格", "验收不合格"), "不合格"),
    **dict.fromkeys(_OPEN, ""),
}
"""How registers say in one word what became of a hazard. That it was accepted is more than they say: it is proposed."""
HANDING_OVER = ("handed_over_by", "answer_due_on", "answered_on", "answer")
"""What a file may say of the last handing over beside its day."""
STEPS = (
    "supervision_level",
    "supervision_document",
    "supervised_on",
    "extended_to",
    "extended_on",
    "extension_reason",
    "extension_unit",
    "extension_document",
    "rectified_on",
    "accepted_on",
    "accepted_unit",
    "accepted_by",
    "conclusion",
    "failure_reason",
    "handed_over_on",
    *HANDING_OVER,
)
"""What a file may say of the hazard's life at once; kept in rows of their own."""
LEVEL = values.choice(
    *LEVELS,
    aliases={
        "一般隐患": "一般",
        "重大隐患": "重大",
        "一般事故隐患": "一般",
        "重大事故隐患": "重大",
        "一般安全隐患": "一般",
        "重大安全隐患": "重大",
    },
    refusals={"较大": "E241", "较大隐患": "E241"},
)
SUPERVISION_LEVEL = values.choice(*SUPERVISION_LEVELS, refusals={"市级": "E242", "市": "E242"})


class Hazard(Fields):
    number: Annotated[str | None, Column("隐患编号", values.text(40), ("编号",))] = None
    town: Annotated[
        str | None,
        Column("镇（街、区）", values.text(50), ("属地", "镇街"), refers="town", example="芝英镇"),
    ] = None
    enterprise: Annotated[
        str | None,
        Column(
            "企业名称",
            values.name,
            ("企业", "单位名称"),
            refers="enterprise",
            example="永康市示例五金厂",
            near=("责任单位", "受检单位", "被检查单位", "被检查企业", "排查单位", "隐患单位"),
        ),
    ] = None
    credit_code: Annotated[str | None, Column("统一社会信用代码", codes.credit_code, ("信用代码",))] = None
    found_on: Annotated[
        str,
        Column(
            "发现日期",
            days.day,
            required=True,
            example="2018-10-09",
            past=True,
            assumed="今天",
            near=("排查日期", "检查日期", "巡查日期", "登记日期"),
        ),
    ]
    source: Annotated[
        str,
        Column(
            "隐患来源",
            values.Word(CHANNELS.words, CHANNELS.meant),
            ("来源",),
            required=True,
            choices=CHANNELS.words,
            example="网格巡查",
            assumed="网格巡查",
            near=("检查类型", "检查方式", "排查类型", "排查方式"),
        ),
    ]
    level: Annotated[
        str,
        Column(
            "隐患级别",
            LEVEL,
            ("级别",),
            required=True,
            choices=LEVELS,
            example="一般",
            assumed="一般",
            near=("隐患等级", "等级", "隐患分级", "隐患性质"),
        ),
    ]
    description: Annotated[
        str,
        Column(
            "隐患部位与描述",
            values.text(500),
            ("隐患描述", "隐患内容", "部位", "描述"),
            required=True,
            example="喷漆房无防爆灯",
            near=("存在问题", "存在的问题", "存在隐患", "问题描述", "问题隐患", "隐患问题", "主要问题"),
        ),
    ]
    deadline_on: Annotated[
        str,
        Column(
            "整改期限",
            days.day,
            ("期限",),
            required=True,
            example="2018-10-31",
            after=("found_on",),
            soon=True,
            near=("限期", "整改限期"),
        ),
    ]
    found_by: Annotated[
        str | None,
        department("检查部门", "检查单位", on=("found_on",), near=("排查部门", "来源部门", "牵头部门", "牵头单位")),
    ] = None
    charged_to: Annotated[
        str | None,
        department("监管部门", "监管单位", on=("handed_over_on", "found_on"), near=("主管部门", "行业主管部门")),
    ] = None
    handed_over_on: Annotated[str | None, Column("移交日期", days.day, ("监管移交日期",), past=True)] = None
    handed_over_by: Annotated[str | None, Column("抄告函", codes.Document(100), ("抄告函文号", "移交文号"))] = None
    answer_due_on: Annotated[
        str | None, Column("答复期限", days.day, ("答复截止日",), after=("handed_over_on", "found_on"), soon=True)
    ] = None
    answered_on: Annotated[str | None, Column("答复日期", days.day, past=True)] = None
    answer: Annotated[str | None, Column("部门答复", values.text(500), ("答复情况",))] = None
    category: Annotated[str | None, word_of("隐患类别", HAZARDS, near=("隐患类型",))] = None
    basis: Annotated[str | None, Column("判定依据", values.text(200), hint=CLAUSES)] = None
    document: Annotated[str | None, Column("文书名称及文号", codes.Document(100), ("文书文号",))] = None
    responsible: Annotated[str | None, Column("整改责任人", values.text(40), ("责任人",))] = None
    measures: Annotated[
        str | None,
        Column("措施", values.text(500), ("整改措施",), near=("整改措施与要求", "整改要求", "整改措施及要求")),
    ] = None
    funds: Annotated[
        int | None, Column("资金（元）", amounts.money, ("资金", "整改资金（元）"), show=yuan, example="5000")
    ] = None
    contingency_plan: Annotated[str | None, Column("预案", values.text(500), ("应急预案",))] = None
    reported_on: Annotated[str | None, Column("上报日期", days.day, past=True)] = None
    supervision_level: Annotated[str | None, Column("挂牌级别", SUPERVISION_LEVEL, choices=SUPERVISION_LEVELS)] = None
    supervision_document: Annotated[str | None, Column("挂牌文号", codes.Document(100))] = None
    supervised_on: Annotated[str | None, Column("挂牌日期", days.day, past=True)] = None
    extended_to: Annotated[
        str | None,
        Column("延至日期", days.day, ("延期至", "延至"), after=("deadline_in_force", "deadline_on"), soon=True),
    ] = None
    extended_on: Annotated[str | None, Column("延期日期", days.day, ("延期申请日期", "延期批准日期"), past=True)] = None
    extension_reason: Annotated[str | None, Column("延期理由", values.text(300), ("延期原因",))] = None
    extension_unit: Annotated[str | None, Column("批准单位", values.text(100), ("延期批准单位",))] = None
    extension_document: Annotated[str | None, Column("批准文号", codes.Document(100), ("延期批准文号",))] = None
    rectified_on: Annotated[
        str | None,
        Column("整改完成日期", days.day, ("完成日期",), example="2018-10-20", past=True, near=("整改日期",)),
    ] = None
    accepted_on: Annotated[
        str | None,
        Column(
            "验收日期",
            days.day,
            example="2018-10-22",
            past=True,
            near=("复查日期", "复核日期", "复验日期", "销号日期", "闭环日期"),
        ),
    ] = None
    accepted_unit: Annotated[str | None, Column("验收单位", values.text(100), near=("复查单位",))] = None
    accepted_by: Annotated[
        str | None, Column("验收人", values.text(40), near=("复查人", "复查人员", "复核人", "验收人员"))
    ] = None
    conclusion: Annotated[
        str | None,
        Column(
            "验收结论",
            values.choice(*CONCLUSIONS),
            ("结论",),
            choices=CONCLUSIONS,
            example="合格",
            near=(
                *("复查结果", "复查结论", "复查情况", "验收情况", "整改情况", "整改状态", "整改结果", "整改落实情况"),
                *("整改完成情况", "销号情况", "闭环情况", "是否整改", "是否整改到位", "是否完成整改", "是否销号"),
            ),
            near_values=CONCLUSIONS_NEAR,
        ),
    ] = None
    failure_reason: Annotated[str | None, Column("不合格原因", values.text(300))] = None
    remark: Annotated[str | None, Column("备注", values.text(500))] = None
    deadline_in_force: Annotated[str | None, Column("现期限", days.day, shown_only=True)] = None
    stage: Annotated[str | None, Column("现状", values.text(20), shown_only=True)] = None


RECORD = Record(
    "hazard",
    "隐患",
    Hazard,
    order=10,
    called=("隐患",),
    steps=frozenset(STEPS),
    same_day=("rectified_on", "accepted_on"),
    outcome=("conclusion", "accepted_on", "accepted_unit", "accepted_by"),
    subject="enterprise",
    lasting=frozenset({"number", "enterprise", "credit_code", *STEPS}),
    listed=("number", "town", "enterprise", "level", "description", "deadline_in_force", "stage"),
    keys=(("number",), ("enterprise", "found_on", "description")),
    doubled_within=7,
    apart="确是两条隐患的，请在“隐患部位与描述”里写明部位，如 一车间、二车间；重复录入的，只留一行",
)
