"""What people say for a field, glued to its value: 参加22人, 年费3600元, 11月1日发现, 某所主办.

A table of words by record and field, and how a word is taken apart by them. What is not in the table, or in the titles
of the field, is glued to nothing. Knows no ledger and no command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


DAYS = frozenset({"--on", "--to", "--rectified", "--deadline", "--due"})
"""What a step takes that is a day."""
FIRM = re.compile(r"\S*\d{3,}[\u4e00-\u9fff]*(?:厂|公司|店|行|作坊|经营部)")
"""What is meant for a firm, though none in the ledger is called so: it is no text of one's own."""


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


_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙段雷钱汤尹黎贺赖龚施应章楼胥卜俞骆诸翁"
)
_PERSON = rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]?(?:科长|主任|经理|老师|队长|所长|厂长|师傅|工程师))"
"""A person begins with a surname: 负责人外出 tells no name."""
_PROVIDER = r"\S*(?:公司|服务部|经营部|中心)"
_NUMBERED = r"\S*\d+\S*"
_BODY = r"\S*(?:公司|所|局|办|镇|街道|区|村|中心|协会|学校|学院|医院|厂|委|队|站|科)"
"""What a body of people ends in, which does something: any other text before a verb is a sentence."""
_PEOPLE = ("人", "人次", "名", "个人")
_ITEMS = ("条", "处", "个", "项")
_VISIT = {
    "hazards_found": Said(("发现隐患", "发现", "查出隐患", "查出", "隐患"), (), _ITEMS),
    "hazards_closed": Said(("整改", "已整改", "整改隐患", "整改了"), (), _ITEMS),
}
TABLE: Mapping[str, Mapping[str, Said]] = {
    "training": {
        "held_on": Said(("培训",), ("培训", "举办", "开课")),
        "attended": Said(("参加", "参训", "到场", "培训", "参加人数"), (), _PEOPLE),
        "passed": Said(("合格", "考核合格", "考试合格", "通过"), (), _PEOPLE),
        "hours": Said(("学时", "课时"), (), ("学时", "课时", "个学时", "个课时")),
        "organiser": Said((), ("主办", "举办", "承办", "组织", "主讲")),
    },
    "accident": {
        "happened_on": Said(("发生",), ("发生",)),
        "deaths": Said(("死亡", "死", "亡"), (), _PEOPLE),
        "serious": Said(("重伤",), (), _PEOPLE),
        "light": Said(("轻伤",), (), _PEOPLE),
        "missing": Said(("失踪", "下落不明"), (), _PEOPLE),
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
        "agency": Said((), ("上门", "服务")),
        "visited_on": Said(("服务", "上门"), ("服务", "上门")),
        "visitor": Said(("服务人", "服务人员", "上门人员", "人员"), (), (), _PERSON),
        "report_number": Said(("报告号", "报告编号"), (), (), _NUMBERED),
    },
    "guidance": {**_VISIT, "agency": Said((), ("指导",)), "guided_on": Said(("指导",), ("指导",))},
    "inspection": {
        "inspected_on": Said(("检查",), ("检查", "查")),
        "department": Said((), ("检查", "查的")),
        "inspector": Said(("检查人", "检查人员", "带队"), ("带队",), (), _PERSON),
        "document": Said(("文书号", "文书"), (), (), _NUMBERED),
    },
    "trusteeship": {
        "from_on": Said(("起始", "开始", "自", "从"), ("起", "开始")),
        "last_on": Said(("终止", "到", "至", "截至"), ("止", "到期", "为止")),
        "yearly_fee": Said(("年费", "年服务费", "费用", "服务费"), (), ("元", "元/年", "元每年", "万元")),
        "visits_per_year": Said(("每年", "一年", "年", "约定", "服务"), (), ("次", "次/年", "次每年")),
        "contract_number": Said(("合同号", "合同编号", "合同"), (), (), _NUMBERED, r"\S*[^\d]\d+号"),
    },
    "hazard": {
        "found_on": Said(("发现", "查出"), ("发现", "查出", "检查发现")),
        "found_by": Said((), ("查出", "发现", "检查发现", "检查", "查的")),
        "charged_to": Said((), ("监管",)),
        "responsible": Said(("责任人", "整改责任人"), (), (), _PERSON),
    },
    "enterprise": {
        "employees": Said(("员工", "职工", "从业人员", "人数", "工人"), (), _PEOPLE),
        "principal": Said(("负责人", "主要负责人", "法人", "法人代表", "老板"), (), (), _PERSON),
        "safety_officer": Said(("安全员", "安全管理员"), (), (), _PERSON),
        "phone": Said(("电话", "联系电话", "手机", "手机号"), (), (), r"[\d-]{7,13}"),
        "changed_on": Said((), ("起",)),
    },
    "standardization": {
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
        "points": Said(("检测点", "检测"), (), ("个点", "个", "个检测点", "点")),
        "points_over": Said(("超标", "超标点"), (), ("个点", "个", "个超标点", "点", "处")),
        "report_number": Said(("报告号", "报告编号"), (), (), _NUMBERED),
    },
    "enforcement_case": {
        "fine": Said(("罚款", "罚", "处罚"), (), ("元", "万元", "万")),
        "collected_on": Said(("收缴", "缴清"), ("收缴", "缴清", "缴纳", "缴款"), about=("罚款",)),
        "decided_on": Said(("决定", "处罚决定"), ("决定", "处罚决定")),
        "filed_on": Said(("立案",), ("立案",)),
    },
}
"""By record and field: what is said for it beside its titles."""
STEPS: Mapping[tuple[str, str], Mapping[str, Said]] = {
    ("hazard", "close"): {
        "--rectified": Said(("整改", "完成"), ("整改", "整改完", "整改完成", "完成", "改好", "改完")),
        "--on": Said(("验收",), ("验收", "验收合格", "销号", "复查合格")),
        "--unit": Said((), ("验收",), (), "", _BODY),
    },
    ("hazard", "accept"): {
        "--on": Said(("验收",), ("验收", "验收合格", "复查合格")),
        "--unit": Said((), ("验收",), (), "", _BODY),
    },
    ("hazard", "rectify"): {"--on": Said(("整改",), ("整改", "整改完", "整改完成", "完成", "改好", "改完"))},
    ("hazard", "extend"): {
        "--to": Said(("到", "至", "延到", "延至", "延期到", "延期至")),
        "--by": Said((), ("批准", "同意")),
    },
}
"""By step and its option: what is said for it beside its names."""
NONE_FOUND = ("没有问题", "没问题", "无问题", "没有隐患", "没隐患", "无隐患", "未发现隐患", "没发现隐患", "未见异常")
"""What people say for no hazard at all: 无 of what asks whether, 0 of what asks how many."""
_SPAN = re.compile(r"(\d\S*?)(?:至|到|—|–|~|～)(\d\S*)")
_DAY = r"(?P<day>(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}日?|今天|昨天|前天)"
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


def day(word: str, said: Said) -> str | None:
    """The day in a word that says what happened on it, or since when: 11月1日发现, 罚款11月1日已收缴."""
    before, behind = "|".join(map(re.escape, said.before)), "|".join(map(re.escape, said.behind))
    read = re.fullmatch(
        rf"(?:{'|'.join(said.about)})?(?P<before>{before})?[：:于到至]?{_DAY}(?:已|就)?(?P<behind>{behind})?了?", word
    )
    return read["day"] if read is not None and (read["before"] or read["behind"]) else None


def counted(word: str, said: Said) -> Iterator[str]:
    """The numbers that a word may tell of a field, with and without the unit: 参加22人, 8学时, 直接损失120万元."""
    before, units = "|".join(map(re.escape, said.before)), "|".join(map(re.escape, said.units))
    read = re.fullmatch(rf"(?P<before>{before})?[：:了有]?(?P<number>\d[\d,.]*)(?P<unit>{units})?", word)
    if read is None or not (read["before"] or (read["unit"] and read["unit"] not in _PEOPLE + _ITEMS)):
        return
    if read["unit"]:
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
        if word.startswith(each) and said.shape and re.fullmatch(said.shape, rest):
            return rest
    for each in said.behind:
        rest = word.removesuffix(each)
        if word.endswith(each) and re.fullmatch(_PERSON if said.shape == _PERSON else _BODY, rest):
            return rest
    return None
