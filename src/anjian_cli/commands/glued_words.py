"""What people say for a field, glued to its value: 参加22人, 年费3600元, 11月1日发现, 某所主办.

A table of words by record and field, and how a word is taken apart by them. What is not in the table, or in the titles
of the field, is glued to nothing. Knows no ledger and no command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import loose_days
from anjian_cli.commands.somebody import OFFICER, PERSON, TITLED
from anjian_cli.records.definition import Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


DAYS = frozenset({"--on", "--to", "--rectified", "--deadline", "--due"})
"""What a step takes that is a day."""


class Said(NamedTuple):
    """How a field is said: the words `before` its value, those `behind` it, its `units`, the `shape` of a
    value that stands behind its word without a colon, and that of one which stands `alone`; what it is
    `about` may stand before it but does not tell."""

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    shape: str = ""
    alone: str = ""
    about: tuple[str, ...] = ()


_PROVIDER = r"\S*(?:公司|服务部|经营部|中心)"
_NUMBERED = r"\S*\d+\S*"
_BODY = r"\S*(?:公司|所|局|办|镇|街道|区|村|中心|协会|学校|学院|医院|厂|委|队|站|科)"
"""What a body of people ends in, which does something: any other text before a verb is a sentence."""
_PEOPLE = ("人", "人次", "名", "个人")
_ITEMS = tuple(f"{unit}{of}" for of in ("隐患", "问题", "") for unit in "条处个项")
_PAPER = r"\S*[〔\[（(]\d{4}[〕\]）)]\S*号\S*"
_WHO = rf"{OFFICER}|{TITLED}"
_SOMEBODY = rf"(?:{PERSON}|{OFFICER})"
_CREDIT_CODE = r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}"
"""As GB 32100-2015 has it, whether its last character fits or not: that is read with the record."""
_PHONE = r"1[3-9]\d{9}"
_VISIT = {
    "hazards_found": Said(("发现隐患", "发现", "查出隐患", "查出", "隐患"), (), _ITEMS),
    "hazards_closed": Said(
        ("整改", "已整改", "整改隐患", "整改了", "改了", "当场改了", "当场整改", "已改"), (), _ITEMS
    ),
}
TABLE: Mapping[str, Mapping[str, Said]] = {
    "training": {
        "held_on": Said(("培训",), ("培训", "举办", "开课")),
        "attended": Said(("参加", "参训", "到场", "培训", "参加人数"), (), _PEOPLE, "", r"\d{1,5}人次?"),
        "passed": Said(("合格", "考核合格", "考试合格", "通过"), (), _PEOPLE),
        "hours": Said(("学时", "课时"), (), ("学时", "课时", "个学时", "个课时")),
        "organiser": Said(
            (),
            ("主办", "举办", "承办", "组织", "主讲", "讲课", "授课"),
            (),
            "",
            r"\S{2,}(?:公司|中心|协会|学校|学院|安监所|安监站|大队)",
        ),
    },
    "accident": {
        "happened_on": Said(("发生",), ("发生",)),
        "deaths": Said(("死亡", "死", "亡"), (), _PEOPLE),
        "serious": Said(("重伤",), (), _PEOPLE),
        "light": Said(("轻伤",), (), _PEOPLE),
        "missing": Said(("失踪", "下落不明"), (), _PEOPLE),
        "known_on": Said(("得知", "获知", "续报"), ("得知", "获知", "续报")),
        "loss": Said(("直接损失", "直接经济损失", "经济损失", "损失"), (), ("万元", "万")),
    },
    "device": {
        "installed_on": Said(("安装",), ("安装", "装", "装好", "上线")),
        "removed_on": Said(("停用", "拆除"), ("停用", "拆除")),
        "sets": Said(("设备", "安装", "装"), (), ("套", "台")),
        "provider": Said(("服务商", "服务单位", "安装单位"), ("提供", "安装"), (), _PROVIDER, _PROVIDER),
    },
    "visit": {
        **_VISIT,
        "agency": Said((), ("上门", "服务", "上门的", "去的", "做的")),
        "visited_on": Said(("服务", "上门"), ("服务", "上门")),
        "visitor": Said(("服务人", "服务人员", "上门人员", "人员"), (), (), PERSON, _WHO),
        "report_number": Said(("报告号", "报告编号"), (), (), _NUMBERED),
    },
    "guidance": {**_VISIT, "agency": Said((), ("指导", "去的", "做的")), "guided_on": Said(("指导",), ("指导",))},
    "inspection": {
        "inspected_on": Said(("检查",), ("检查", "查")),
        "department": Said((), ("检查", "查的")),
        "inspector": Said(("检查人", "检查人员", "带队"), ("带队",), (), PERSON, _WHO),
        "document": Said(("文书号", "文书"), (), (), _NUMBERED),
    },
    "trusteeship": {
        "from_on": Said(("起始", "开始", "自", "从"), ("起", "开始")),
        "last_on": Said(("终止", "到", "至", "截至"), ("止", "到期", "为止")),
        "yearly_fee": Said(("年费", "年服务费", "费用", "服务费"), (), ("元", "元/年", "元每年", "万元", "万")),
        "visits_per_year": Said(
            ("每年", "一年", "年", "约定", "服务", "一年上门", "每年上门", "一年服务", "每年服务", "全年"),
            (),
            ("次", "次/年", "次每年"),
        ),
        "contract_number": Said(("合同号", "合同编号", "合同", "编号"), (), (), _NUMBERED, r"\S*[^\d]\d+号"),
        "agency": Said((), ("服务", "托管", "来做", "承接")),
    },
    "filing": {
        "filed_on": Said(
            ("报送", "收到", "上报"), ("报送", "收到", "上报", "报来", "报的", "交", "报", "交来", "交上来")
        )
    },
    "target": {
        "quantity": Said(
            ("任务", "任务数", "目标"), (), ("家", "人次", "户", "条", "个", "次"), "", r"\d+(?:家|人次|户)"
        )
    },
    "hazard": {
        "found_on": Said(("发现", "查出", "查到"), ("发现", "查出", "查到", "检查发现", "巡查发现")),
        "found_by": Said((), ("查出", "发现", "检查发现", "检查", "查的")),
        "charged_to": Said((), ("监管",)),
        "responsible": Said(("责任人", "整改责任人"), (), (), PERSON),
    },
    "enterprise": {
        "credit_code": Said(("代码", "信用代码", "统一社会信用代码"), (), (), _CREDIT_CODE, _CREDIT_CODE),
        "employees": Said(("员工", "职工", "从业人员", "从业", "人数", "工人"), (), _PEOPLE, "", r"\d{1,5}人"),
        "principal": Said(("负责人", "主要负责人", "法人", "法人代表", "老板"), (), (), PERSON),
        "safety_officer": Said(("安全员", "安全管理员"), (), (), PERSON),
        "grid_officer": Said(("网格员",), (), (), PERSON, OFFICER),
        "changed_on": Said(("自", "从"), ("起", "开始")),
    },
    "officer": {"from_on": Said((), ("上岗", "上任", "报到"))},
    "agency": {"qualification": Said(("资质",), (), (), r"\S{2,}", r"\S*[甲乙丙]级\S*")},
    "department": {"short_name": Said(("简称",), (), (), r"\S{2,}")},
    "grid": {"duty": Said(("管", "负责", "范围", "包括"), (), (), r"\S{2,}")},
    "diagnosis": {
        "planned_on": Said(("整改方案", "治理方案"), ("出方案", "出了方案", "出整改方案")),
        "agency": Said((), ("诊断", "诊断的", "查的", "做的")),
    },
    "programme": {"agency": Said((), ("诊断",))},
    "responsible_village": {
        "agency": Said((), ("进驻", "入驻", "指导")),
        "firms_to_guide": Said(("应指导", "打算指导", "计划指导", "指导", "要指导"), (), ("家", "户")),
        "reward": Said(("奖励", "奖", "奖补", "奖励金额"), (), ("元", "万元", "万")),
        "accepted_on": Said(("验收",), ("验收",)),
    },
    "standardization": {
        "agency": Said((), ("辅导", "辅导的", "咨询", "咨询的")),
        "reviewed_by": Said((), ("评的", "评审", "评审的")),
        "review_score": Said(("评审", "得分", "评审得分", "评分"), (), ("分",)),
        "reviewed_on": Said(("评审",), ("评审",)),
        "applied_on": Said(("申请",), ("申请",)),
        "self_assessed_on": Said(("自评",), ("自评",)),
        "consulted_on": Said(("咨询",), ("咨询",)),
        "announced_on": Said(("公告",), ("公告",)),
        "certificate_number": Said(("证书号", "证书编号"), (), (), _NUMBERED),
    },
    "health_test": {
        "sampled_on": Said(("采样",), ("采样",)),
        "reported_on": Said(("报告", "出报告"), ("报告", "出报告")),
        "remedied_on": Said(
            ("超标点已整改", "超标已整改", "已整改", "整改", "整改完成"), ("整改", "整改完成", "整改完")
        ),
        "retested_on": Said(("复测",), ("复测",)),
        "points": Said(
            ("检测点", "检测点位", "检测", "检测了", "测了", "共测", "共检测", "测", "测点", "点位"),
            (),
            ("个点位", "个点", "个检测点", "个", "点位", "点"),
        ),
        "points_over": Said(
            ("超标", "超标点", "超标了", "不合格"), (), ("个点位", "个点", "个超标点", "个", "点位", "点", "处")
        ),
        "report_number": Said(("报告号", "报告编号"), (), (), _NUMBERED, _PAPER),
        "agency": Said((), ("检测", "检测的", "测的", "做的")),
    },
    "enforcement_case": {
        "fine": Said(("罚款", "罚", "处罚"), (), ("元", "万元", "万")),
        "collected_on": Said(("收缴", "缴清"), ("收缴", "缴清", "缴纳", "缴款"), about=("罚款",)),
        "case_number": Said(("案号", "立案号"), (), (), _NUMBERED, rf"(?!\S*罚){_PAPER}"),
        "document": Said(("决定书号", "处罚文号", "文号"), (), (), _NUMBERED, rf"(?=\S*罚){_PAPER}"),
        "decided_on": Said(("决定", "处罚决定"), ("决定", "处罚决定")),
        "filed_on": Said(("立案",), ("立案",)),
    },
}
"""By record and field: what is said for it beside its titles."""
WHY = Said(
    ("因为", "由于", "理由是", "原因是", "理由", "原因"),
    shape=r"\S{2,}",
    alone=r"\S*(?:录|写|填|登|记|报|输|搞|弄)(?:错|漏|重|反)\S*|(?:漏|错)(?:写|录|填|登|记|报)\S*|\S+有误",
)
"""What is said for a reason, of any step."""
STEPS: Mapping[tuple[str, str], Mapping[str, Said]] = {
    ("hazard", "close"): {
        "--rectified": Said(("整改", "完成"), ("整改", "整改完", "整改完成", "完成", "改好", "改完")),
        "--on": Said(("验收",), ("验收", "验收合格", "验收通过", "销号", "复查合格", "复查通过", "验过", "复查")),
        "--unit": Said((), ("验收",), (), "", _BODY),
        "--accepted-by": Said(("验收人", "复查人", "复核人"), (), (), PERSON, TITLED),
    },
    ("hazard", "accept"): {
        "--on": Said(("验收",), ("验收", "验收合格", "验收通过", "复查合格", "复查通过", "复查")),
        "--unit": Said((), ("验收",), (), "", _BODY),
        "--accepted-by": Said(("验收人", "复查人", "复核人"), (), (), PERSON, TITLED),
    },
    ("accident", "amend"): {
        "--deaths": Said(("死亡", "死"), (), _PEOPLE),
        "--serious": Said(("重伤",), (), _PEOPLE),
        "--on": Said(("得知", "获知"), ("得知", "获知", "知道")),
    },
    ("hazard", "rectify"): {
        "--funds": Said(
            ("花了", "花费", "花", "用了", "费用", "投入", "资金", "投入资金"), (), ("元", "块", "块钱", "万元", "万")
        ),
        "--on": Said(("整改",), ("整改", "整改完", "整改完成", "完成", "改好", "改完")),
    },
    ("trusteeship", "end"): {"--on": Said(("提前终止", "终止"), ("提前终止", "终止"))},
    ("hazard", "supervise"): {"--on": Said(("挂牌", "督办"), ("挂牌", "督办", "挂牌督办"))},
    ("hazard", "transfer"): {
        "--on": Said(("移交",), ("移交",)),
        "--due": Said(("答复",), ("答复", "前答复", "之前答复", "以前答复")),
    },
    ("hazard", "extend"): {
        "--to": Said(("到", "至", "延到", "延至", "延期到", "延期至", "最多到", "最迟到")),
        "--by": Said((), ("批准", "同意", "批的", "同意的", "批准的")),
    },
}
"""By step and its option: what is said for it beside its names."""
NONE_FOUND = (
    *("没查出问题", "没有查出问题"),
    *("没发现问题", "没有发现问题", "未发现问题", "没有发现隐患", "未查出隐患", "没查出隐患"),
    *("未发现异常", "没有异常", "无异常", "一切正常", "都正常", "没毛病", "未发现安全隐患"),
    "没有问题",
    "没问题",
    "无问题",
    "没有隐患",
    "没隐患",
    "无隐患",
    "未发现隐患",
    "没发现隐患",
    "未见异常",
)
"""What people say for no hazard at all: 无 of what asks whether, 0 of what asks how many."""
_SPAN = re.compile(r"(?:从|自)?(\d\S*?)(?:至|到|—|–|~|～)(\S+?)(?:止|为止)?")
_DAY = rf"(?P<day>{loose_days.ANY})"
_DONE = "出|出来|出具|完成|做好|做完|编好|写好|定好"
"""What says behind a day that what stands before it was done then: 方案11月2日已出."""
_ENDS: tuple[tuple[str, str], ...] = (("from_on", "last_on"),)
"""The fields that two days in one word are of: the first day and the last."""


def spanned(word: str, fields: Sequence[str]) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The two fields and days of a span that is typed as one word: 2018-11-01至2019-10-31."""
    said = _SPAN.fullmatch(word)
    for first, last in _ENDS if said is not None else ():
        if said is not None and first in fields and last in fields:
            return (first, said[1]), (last, said[2])
    return None


def split(word: str, table: Mapping[str, Said]) -> list[str]:
    """A word that tells since when and what, as two: 11月1日起停产. Any other as it is."""
    said = re.fullmatch(rf"(?P<since>{_DAY}起)(?P<what>\S{{2,}})", word)
    return [said["since"], said["what"]] if said and any("起" in each.behind for each in table.values()) else [word]


def said(record: Record, name: str) -> Said | None:
    """What is said for a field of a record: what the table has, and what follows from its title. What happens on a day
    is said of it (纳入 of 纳入日期), a person's title stands before a name, a paper's before a number."""
    found = TABLE.get(record.name, {}).get(name)
    column, kind = record.columns[name], record.kinds[name]
    titles = tuple(title for title in (column.title, *column.aliases) if title.isalnum())
    if kind is Kind.DAY:
        own = tuple(word for word in map(_without_day, titles) if word and _is_of_one_day(record, word))
        found = found or Said()
        return found._replace(before=(*found.before, *own), behind=(*found.behind, *own))
    if found is not None or kind is not Kind.TEXT or column.choices or column.refers or column.register:
        return found
    if name == "phone":
        return Said((*titles, "手机", "手机号"), (), (), r"[\d-]{7,13}", _PHONE)
    if column.title.endswith("人"):
        return Said(titles, (), (), PERSON)
    if column.title.endswith("号"):
        alone = _PAPER if column.required else ""
        return Said((*titles, column.title.replace("编号", "号")), (), (), _NUMBERED, alone)
    return None


def _without_day(title: str) -> str:
    bare = title.removesuffix("日期").removesuffix("时间")
    return bare if bare != title and len(bare) > 1 else ""


def _is_of_one_day(record: Record, word: str) -> bool:
    titles = [
        {column.title, *column.aliases} for name, column in record.columns.items() if record.kinds[name] is Kind.DAY
    ]
    return sum(bool({f"{word}日期", f"{word}时间"} & each) for each in titles) == 1


def day(word: str, said: Said) -> str | None:
    """The day in a word that says what happened on it, or since when: 11月1日发现, 罚款11月1日已收缴."""
    before, behind = "|".join(map(re.escape, said.before)), "|".join(map(re.escape, said.behind))
    about = "|".join(said.about)
    read = re.fullmatch(
        rf"(?:{about})?(?P<before>{before})?[：:于到至]?{_DAY}(?:已经?|就|开始)?(?P<behind>{behind})?了?", word
    )
    if read is not None and (read["before"] or read["behind"]):
        return read["day"]
    done = re.fullmatch(rf"(?:{before})[：:于]?{_DAY}(?:已经?|就)?(?:{_DONE})了?", word) if before else None
    return None if done is None else done["day"]


def counted(word: str, said: Said) -> Iterator[str]:
    """The numbers that a word may tell of a field, with and without the unit: 参加22人, 8学时, 直接损失120万元."""
    before, units = "|".join(map(re.escape, said.before)), "|".join(map(re.escape, said.units))
    changed = "(?:改为|改成|改|是|为|共|总共|一共|(?P<of>其中))?"
    read = re.fullmatch(
        rf"(?P<before>{before})?{changed}[：:了有]?(?P<number>\d[\d,.]*)(?P<unit>{units})?(?P<behind>{before})?", word
    )
    if read is None or (read["before"] and read["behind"]) or (read["of"] and not read["behind"]):
        return
    if not (read["before"] or read["behind"] or (read["unit"] and read["unit"] not in _PEOPLE + _ITEMS)):
        return
    if read["unit"] and not read["unit"].startswith("块"):
        yield read["number"] + read["unit"]
    yield read["number"]


def named(word: str, said: Said) -> Iterator[str]:
    """What may be the name of who did what a word says: 示例安监局查出."""
    for each in said.behind:
        if word.endswith(each) and len(word) > len(each) + 1:
            yield word.removesuffix(each)


def text(word: str, said: Said) -> str | None:
    """The text that a word tells of a field: 负责人张三, 某所主办, 示例托0601号."""
    for each in sorted(said.before, key=len, reverse=True):
        rest = re.sub(r"^[：:]?(?:改为|改成|换成|换为|变更为|是|为|叫)?", "", word.removeprefix(each))
        role = "(?:厂长|老板|经理|副?总|主任|车间主任|科长|班长|安全员)?"
        shape = rf"{role}{_SOMEBODY}(?:、{_SOMEBODY})*" if said.shape == PERSON else said.shape
        if word.startswith(each) and shape and re.fullmatch(shape, rest):
            return rest
    for each in said.behind:
        rest = word.removesuffix(each)
        shape = PERSON if said.shape == PERSON else rf"{_BODY}|\S{{0,8}}{TITLED}"
        if word.endswith(each) and re.fullmatch(shape, rest):
            return rest
    return None
