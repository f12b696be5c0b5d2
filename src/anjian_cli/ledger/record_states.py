"""States that a list can be asked for, by the words that the field has for them: 逾期, 未销号, 无合同, 在创.

No record stores a state: it follows from days. So each word here is a condition on a row of the record's listing, over
the views that say the same for figures and to-do lists (`hazard_item`, `enterprise_item`, `due_item`); nothing is
counted anew. `:today` is the day of which is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.intervals import OPEN

OVERDUE, DOUBTFUL = "逾期", "存疑"


class State(NamedTuple):
    """A state of a record. States of one `axis` are of one kind: of two either is meant; of several kinds all are.

    `where` is its condition, `meaning` what it says where the word alone does not. `aliases` are other words for it.
    `day` is the field that a month beside it is of: 10月 已销号 are those closed in October. `never` are states that no
    record has at the same time, `rest` the one that holds wherever this one does not. One `of_year` is of the year so
    far: 今年 beside it says no more. `alone` is what holds as well where no period of its `day` is asked.
    """

    word: str
    axis: str
    where: str
    meaning: str = ""
    aliases: tuple[str, ...] = ()
    day: str = ""
    never: tuple[str, ...] = ()
    rest: str = ""
    of_year: bool = False
    alone: str = ""


def _item(view: str, fact: str, *, which: str = "root_id") -> str:
    """What has an item of a fact on the day."""
    return f"id IN (SELECT {which} FROM {view} WHERE fact = '{fact}' AND from_on <= :today AND :today < until_on)"


def _without(condition: str) -> str:
    return condition.replace("id IN (", "id NOT IN (", 1)


def _due(record: str, *, kind: str = "") -> str:
    """What stands in the to-do list of the day as overdue."""
    of_kind = f" AND kind = '{kind}'" if kind else ""
    return (
        f"id IN (SELECT record_id FROM due_item WHERE record = '{record}'{of_kind}"
        " AND from_on <= :today AND :today < settled_on AND due_on < :today)"
    )


def _firms(fact: str, more: str = "") -> str:
    """Enterprises of which a hazard has an item of a fact on the day."""
    return (
        "id IN (SELECT h.enterprise_id FROM hazard_item i JOIN hazard h ON h.id = i.root_id"
        f" WHERE i.fact = '{fact}' AND i.from_on <= :today AND :today < i.until_on{more})"
    )


def _tested(fact: str) -> str:
    return (
        "id IN (SELECT x.id FROM exposure x JOIN enterprise_item i ON i.root_id = x.enterprise_id"
        f" WHERE i.fact = '{fact}' AND i.from_on <= :today AND :today < i.until_on)"
    )


def _either(
    axis: str, held: State, word: str, aliases: tuple[str, ...] = (), where: str = "", meaning: str = ""
) -> tuple[State, State]:
    """A state and the one that holds wherever it does not."""
    other = State(word, axis, where or f"NOT ({held.where})", meaning, aliases, rest=held.word, of_year=held.of_year)
    return held._replace(axis=axis, rest=word), other


_RENEWABLE = "date(last_valid_on, '+1 day', '-1 year') <= :today"
"""May be reviewed again: a year before it expires at the earliest (EARLY in rules/standardization.py)."""


def _not_renewed(stage: str) -> str:
    """Certificates of which re-review is asked, without another undertaking that has a stage by the day; one that was
    given up is none."""
    return (
        "id IN (SELECT s.id FROM standardization s WHERE s.due_from IS NOT NULL AND :today < s.due_until"
        " AND NOT EXISTS (SELECT 1 FROM standardization n WHERE n.enterprise_id = s.enterprise_id"
        " AND n.voided_on IS NULL AND n.revoked_on IS NULL AND n.abandoned_on IS NULL"
        f" AND max(n.begun_on, COALESCE(n.announced_on, '')) > s.announced_on AND n.{stage} <= :today))"
    )


_CONTRACT = _item("enterprise_item", "trusteeship.contract")
_CERTIFIED = _item("enterprise_item", "standard.valid")
_INSPECTED = (
    "id IN (SELECT enterprise_id FROM inspection WHERE voided_on IS NULL"
    " AND inspected_on BETWEEN substr(:today, 1, 4) || '-01-01' AND :today)"
)
_DUE: Mapping[str, tuple[str, str, str]] = {
    "hazard": ("deadline_in_force", "stage = '待整改'", "还没有整改"),
    "trusteeship": ("last_on", "ended_on IS NULL", "没有提前终止"),
    "standardization": ("last_valid_on", "revoked_on IS NULL", "没有撤销"),
}
"""By record type: the day that comes due, what else must hold for it to matter, and that in words."""
_SOON = "BETWEEN :today AND date(:today, '+30 days')"


def _soon(record: str) -> str:
    field, also, _ = _DUE[record]
    return f"{also} AND {field} {_SOON}"


HAZARD = (
    State(
        "未销号",
        "进度",
        "stage IN ('待整改', '待验收')",
        aliases=("未闭环", "未完成", "还有几条", "还剩几条", "还有多少"),
        rest="已销号",
    ),
    State(
        "已销号",
        "进度",
        "stage = '已销号'",
        aliases=("销号", "已闭环", "已验收", "已完成"),
        day="accepted_on",
        rest="未销号",
    ),
    State("待整改", "进度", "stage = '待整改'", aliases=("未整改", "整改中"), never=("待验收",)),
    State("待验收", "进度", "stage = '待验收'", "已整改、还没有验收", ("未验收",), "rectified_on"),
    State(
        OVERDUE,
        "时限",
        _item("hazard_item", "hazard.overdue"),
        "过了期限还没有整改完成",
        ("超期", "过期", "逾期未整改"),
        "deadline_in_force",
        ("已销号", "待验收"),
    ),
    State(
        "将到期",
        "时限",
        _soon("hazard"),
        "30天内到期、还没有整改",
        ("快到期", "即将到期", "到期"),
        "deadline_in_force",
        ("已销号", "待验收"),
    ),
    State("挂牌", "挂牌", _item("hazard_item", "hazard.listed"), "正在挂牌督办", ("挂牌督办", "督办"), "supervised_on"),
    State("延期", "延期", "extended_to IS NOT NULL", "期限延过的", ("已延期",), "extended_on"),
    State(
        "退回",
        "退回",
        f"id IN (SELECT hazard_id FROM rectification WHERE conclusion = '合格' AND until_on <> '{OPEN}')",
        "销号以后又退回的",
        ("已退回",),
    ),
    State(
        "退回过",
        "退回",
        f"id IN (SELECT hazard_id FROM rectification WHERE conclusion = '不合格' OR until_on <> '{OPEN}')",
        "有一次验收不合格，或销号以后又退回的",
        ("被退回过", "验收没过", "验收没通过", "验收未通过", "返工", "返工过"),
    ),
    *_either(
        "移交",
        State("移交", "", "handed_over_on IS NOT NULL", "移交给监管部门的", ("已移交",), "handed_over_on"),
        "未移交",
    ),
    State("未答复", "答复", "handed_over_on IS NOT NULL AND answered_on IS NULL", "移交了还没有答复", rest="已答复"),
    State("已答复", "答复", "answered_on IS NOT NULL", day="answered_on", rest="未答复"),
)
ENTERPRISE = (
    *_either(
        "合同",
        State("有合同", "", _CONTRACT, "今天有托管合同在期", ("在托", "已托管", "托管")),
        "无合同",
        ("没合同", "没有合同", "未托管", "没托管", "没签托管", "没签合同", "未签合同"),
        _without(_CONTRACT),
    ),
    *_either(
        "证书",
        State("有证书", "", _CERTIFIED, "标准化证书在有效期内", ("已达标", "达标")),
        "无证书",
        ("没证书", "没有证书", "未达标"),
        _without(_CERTIFIED),
    ),
    *_either(
        "隐患",
        State(
            "有隐患",
            "",
            _firms("hazard.open"),
            "有没有销号的隐患",
            ("有未整改隐患", "有未销号隐患", "有没销号的隐患", "有隐患没整改", "有隐患未整改", "有隐患没销号"),
        ),
        "无隐患",
        ("没隐患", "没有隐患"),
        _without(_firms("hazard.open")),
    ),
    State(
        "有重大隐患",
        "重大隐患",
        _firms("hazard.open", " AND i.level = '重大'"),
        "有没有销号的重大隐患",
        never=("无隐患",),
    ),
    State(
        OVERDUE,
        "逾期",
        _firms("hazard.overdue"),
        "有逾期没有整改的隐患",
        ("有逾期", "逾期隐患", "有逾期隐患"),
        never=("无隐患",),
    ),
    *_either(
        "检查",
        State("已查", "", _INSPECTED, "今年查过的，同 anjian 覆盖", ("查过", "已检查", "检查过"), of_year=True),
        "未查",
        ("没查", "没查过", "未检查", "没检查", "未查过", "未检查过"),
        f"state = '在营' AND {_without(_INSPECTED)}",
        "在营、今年没有查过，同 anjian 覆盖",
    ),
    *(
        State(grade, "等级", f"risk_grade = '{grade}'", "现在的风险等级", (f"{grade}色", f"{grade}级"))
        for grade in "红橙黄蓝"
    ),
    State("未评定", "等级", "risk_grade IS NULL", "没有风险等级", ("未评级", "没评级", "未分级")),
)
TRUSTEESHIP = (
    State(
        "在期",
        "期限",
        _item("enterprise_item", "trusteeship.contract", which="record_id"),
        "",
        ("在托", "有效", "在期内"),
        "from_on",
    ),
    State(
        "到期",
        "期限",
        "last_on < :today AND ended_on IS NULL",
        "期满了的",
        ("已到期", "期满", "过期"),
        "last_on",
        ("在期", "将到期"),
    ),
    State("将到期", "期限", _soon("trusteeship"), "30天内期满的", ("快到期", "即将到期"), "last_on"),
    State("已终止", "期限", "ended_on IS NOT NULL", "提前终止的", ("终止", "提前终止"), "ended_on"),
    State(
        "未续签",
        "续签",
        _due("trusteeship", kind="托管合同到期"),
        "期满了还没有续签",
        ("没续签", "未续"),
        "last_on",
        ("在期",),
    ),
    State(
        "欠服务",
        "服务",
        _due("trusteeship", kind="托管服务"),
        "约定的服务到期没有做",
        ("缺服务", "少服务", "未服务", "服务次数不足", "次数不足", "服务不足"),
    ),
    State(
        "没有服务",
        "服务",
        "id IN (SELECT c.id FROM trusteeship c WHERE NOT EXISTS (SELECT 1 FROM visit v WHERE v.voided_on IS NULL"
        " AND v.enterprise_id = c.enterprise_id AND v.kind = c.kind AND v.visited_on >= c.from_on"
        " AND v.visited_on <= COALESCE(c.ended_on, c.last_on)))",
        "合同期里一次服务也没有登记",
        (
            "零服务",
            "从未服务",
            "一次服务都没做",
            "一次服务也没做",
            "一次都没服务",
            "一次也没服务",
            "一次没服务",
            "没做过服务",
        ),
    ),
    State(OVERDUE, "逾期", _due("trusteeship"), "期满没有续签，或服务到期没有做", ("超期",), "last_on"),
)
STANDARDIZATION = (
    State(
        "在创",
        "状态",
        _item("enterprise_item", "standard.underway", which="record_id"),
        "正在创建",
        ("创建中", "未达标"),
        "begun_on",
    ),
    State(
        "有效",
        "状态",
        _item("enterprise_item", "standard.valid", which="record_id"),
        "证书在有效期内",
        ("在有效期", "有证书"),
        "announced_on",
    ),
    State(
        "到期",
        "状态",
        "last_valid_on < :today AND revoked_on IS NULL",
        "证书过了有效期",
        ("已到期", "过期", "失效"),
        "last_valid_on",
        ("有效",),
    ),
    State(
        "将到期",
        "期限",
        _soon("standardization"),
        "证书30天内到期",
        ("快到期", "即将到期"),
        "last_valid_on",
    ),
    State(
        "已达标",
        "状态",
        "announced_on IS NOT NULL AND revoked_on IS NULL",
        "公告了的",
        ("已公告", "公告", "达标"),
        "announced_on",
        ("在创",),
    ),
    State("已中止", "状态", "stage = '已中止'", "", ("中止",), "abandoned_on"),
    State("已撤销", "状态", "revoked_on IS NOT NULL", "", ("撤销",), "revoked_on"),
    *(State(stage, "阶段", f"stage = '{stage}'", "现处这个阶段") for stage in ("启动", "咨询", "自评", "申请", "评审")),
    *(
        State(
            f"未{said[0]}复评",
            "复评进度",
            _not_renewed(stage),
            f"要复评的证书，{meaning}；没写哪时到期的，即一年内到期和已到期的",
            tuple(f"未{verb}{noun}" for verb in said for noun in ("复评", "复审", "换证"))[1:],
            "last_valid_on",
            alone=_RENEWABLE,
        )
        for said, stage, meaning in (
            (("启动", "开始", "办", "着手"), "begun_on", "还没有启动"),
            (("申请", "提交", "申报"), "applied_on", "还没有申请"),
            (("", "完成", "做", "做完"), "announced_on", "还没有新的公告"),
        )
    ),
    State(OVERDUE, "复评", _due("standardization"), "证书到期没有复评", ("应复评", "超期"), "last_valid_on"),
)
PROGRAMME = (
    State("已验收", "验收", "conclusion = '合格'", "验收合格的", ("验收", "已完成"), "accepted_on", rest="未验收"),
    State(
        "未验收",
        "验收",
        "conclusion IS NOT '合格'",
        "没有验收，或验收不合格",
        ("没验收", "待验收", "未完成"),
        rest="已验收",
    ),
    State(OVERDUE, "逾期", _due("programme"), "待办里逾期的：过了期限还没有做完、验收或托管", ("超期", "过期")),
    *(
        State(
            f"未{stage}",
            "阶段",
            f"{field} IS NULL AND conclusion IS NOT '合格'",
            f"没有{stage}日期",
            (f"没{stage}",),
            never=("已验收",),
        )
        for stage, field in (("排查", "inspected_on"), ("诊断", "diagnosed_on"), ("整改", "rectified_on"))
    ),
    State("已核减", "核减", "excused_on IS NOT NULL", "", ("核减",), "excused_on"),
)
EXPOSURE = (
    State("应检", "应检", _item("enterprise_item", "health.exposed", which="record_id"), "今天应检测的", ("在检",)),
    State("已检", "检测", _tested("health.tested"), "今年检测过的", ("检测过", "已检测"), rest="未检", of_year=True),
    State(
        "未检",
        "检测",
        f"{_item('enterprise_item', 'health.exposed', which='record_id')} AND {_without(_tested('health.tested'))}",
        "今天应检测、今年还没有检测的",
        ("没检", "未检测", "没检测"),
        of_year=True,
    ),
    State("超标", "超标", _tested("health.over_limit"), "检测超标、还没有整改好的"),
    State(OVERDUE, "逾期", _due("exposure"), "过了期限没有检测", ("超期",), never=("已检",)),
    State("已核减", "应检", "ended_on IS NOT NULL", "", ("核减",), "ended_on"),
)
HEALTH_TEST = (
    State("超标", "超标", "points_over > 0", "有超标点的", rest="未超标"),
    State("未超标", "超标", "points_over = 0", "", ("达标", "合格", "不超标"), rest="超标"),
    State(
        "未整改",
        "整改",
        "points_over > 0 AND remedied_on IS NULL",
        "超标了还没有整改",
        ("没整改", "待整改"),
        never=("未超标",),
    ),
    State("已整改", "整改", "remedied_on IS NOT NULL", "", ("整改",), "remedied_on", ("未超标",)),
)
ENFORCEMENT_CASE = (
    State("联合", "联合", "joint = '是'", "联合执法的", ("联合执法",)),
    State(
        "移送",
        "移送",
        "referred > 0",
        "建议追究刑事责任的",
        ("已移送", "追刑", "追究刑事责任", "追究刑事", "追究刑责"),
        "referred_on",
    ),
    State("事故类", "事故", "accident = '是'", "", ("事故",), rest="非事故类"),
    State("非事故类", "事故", "accident = '否'", "", ("非事故",), rest="事故类"),
    State(
        "已处罚",
        "决定",
        "decided_on IS NOT NULL",
        "有处罚决定的",
        ("处罚", "已决定", "罚款", "已罚款"),
        "decided_on",
        rest="未决定",
    ),
    State(
        "未决定",
        "决定",
        "decided_on IS NULL AND revoked_on IS NULL",
        "还没有处罚决定",
        ("未处罚", "未结案", "办理中", "未结"),
    ),
    State(
        "未收缴",
        "收缴",
        "fine > 0 AND collected_on IS NULL AND revoked_on IS NULL",
        "罚款还没有收缴",
        ("没收缴", "未缴"),
    ),
    State("已收缴", "收缴", "collected_on IS NOT NULL", "", ("收缴", "已缴"), "collected_on"),
    State("已撤销", "撤销", "revoked_on IS NOT NULL", "", ("撤销", "撤案"), "revoked_on"),
)
INSPECTION = (
    State("有隐患", "隐患", "found_any = '有'", "查出隐患的", ("有问题", "查出隐患", "发现隐患"), rest="无隐患"),
    State(
        "无隐患",
        "隐患",
        "found_any = '无'",
        "没有查出隐患的",
        ("没隐患", "没有隐患", "无问题", "没问题", "没有问题", "未发现隐患", "未查出隐患", "未发现问题"),
        rest="有隐患",
    ),
    State(
        "发现重大隐患",
        "隐患",
        "id IN (SELECT i.id FROM inspection i JOIN hazard h ON h.enterprise_id = i.enterprise_id"
        " AND h.found_on = i.inspected_on AND h.source = i.method AND h.level = '重大' AND h.voided_on IS NULL)",
        "查出过重大隐患的",
        ("有重大隐患", "查出重大隐患", "查出重大", "发现重大"),
        never=("无隐患",),
    ),
)
TRAINING = (
    State(
        "有不合格",
        "合格",
        "passed < attended",
        "合格人次少于参训人次的",
        ("有人没合格", "有人不合格", "有没合格的", "没有全部合格", "未全部合格", "没全合格"),
        rest="全部合格",
    ),
    State("全部合格", "合格", "passed >= attended", "", ("全合格", "都合格"), rest="有不合格"),
)
FILING = (
    State("迟报", "按期", "in_time = '迟报'", "过了截止日才报的", ("迟", OVERDUE, "超期"), rest="按期"),
    State("按期", "按期", "in_time = '按期'", "", ("按时", "及时"), rest="迟报"),
    State("零报告", "零报告", "nil = '是'", "", ("零报",)),
    State("退回", "退回", "returned_on IS NOT NULL", "退回过的", ("已退回",)),
    State("未补正", "补正", "returned_on IS NOT NULL AND refiled_on IS NULL", "退回了还没有补正", ("没补正",)),
    State("已补正", "补正", "refiled_on IS NOT NULL", "", ("补正",)),
    State("已确认", "确认", "confirmed_on IS NOT NULL", "确认过本月数字的", ("确认",), rest="未确认"),
    State("未确认", "确认", "confirmed_on IS NULL", "", ("没确认",), rest="已确认"),
)
ACCIDENT = (
    State("死亡", "死亡", "deaths > 0", "有人死亡的，核销了的也在内", ("有死亡", "亡人", "死亡事故")),
    State("已核销", "核销", "written_off_on IS NOT NULL", "", ("核销",), "written_off_on"),
    State("生产", "性质", "production = '是'", "是生产安全事故的", ("生产安全",)),
    State("非生产", "性质", "production = '否'", "不是生产安全事故的"),
)
VISIT = (
    State("有隐患", "隐患", "hazards_found > 0", "查出隐患的", ("查出隐患", "发现隐患"), rest="无隐患"),
    State(
        "无隐患",
        "隐患",
        "COALESCE(hazards_found, 0) = 0",
        "没有查出隐患的",
        ("没隐患", "没有隐患", "未发现隐患", "未查出隐患"),
    ),
    State(
        "未改完",
        "整改",
        "hazards_found > COALESCE(hazards_closed, 0)",
        "发现的隐患没有全部整改",
        ("未整改完", "未整改", "隐患未整改", "隐患未整改完", "未全部整改"),
        never=("无隐患",),
    ),
)
DEVICE = (
    State("在用", "状态", "removed_on IS NULL", "", ("在装",), rest="已拆除"),
    State("已拆除", "状态", "removed_on IS NOT NULL", "", ("拆除",), "removed_on", rest="在用"),
)
CAMPAIGN = (
    State("进行中", "状态", "from_on <= :today AND (last_on IS NULL OR :today <= last_on)", "", ("在开展", "正在进行")),
    State("已结束", "状态", "last_on < :today", "", ("结束",), "last_on"),
)
RESPONSIBLE_VILLAGE = (
    State("已验收", "验收", "conclusion = '合格'", "验收合格的", ("验收",), "accepted_on", rest="未验收"),
    State("未验收", "验收", "conclusion IS NOT '合格'", "没有验收，或验收不合格", ("没验收", "待验收"), rest="已验收"),
    State(OVERDUE, "逾期", _due("responsible_village"), "过了年底没有验收", ("超期",), never=("已验收",)),
    State(
        "已奖励", "奖励", "paid_on IS NOT NULL", "奖励发放了的", ("已付", "已发奖", "已拨付"), "paid_on", rest="未奖励"
    ),
    State("未奖励", "奖励", "paid_on IS NULL", "奖励还没有发放", ("未付", "未发奖", "未拨付"), rest="已奖励"),
    State("已进驻", "进驻", "moved_in_on IS NOT NULL", "机构进驻了的", ("已入驻",), "moved_in_on", rest="未进驻"),
    State("未进驻", "进驻", "moved_in_on IS NULL", "机构还没有进驻", ("未入驻",), rest="已进驻"),
    State(
        "未指导完",
        "指导",
        "COALESCE(firms_guided, 0) < firms_to_guide",
        "应指导的还没有全部指导",
        ("未完成指导", "指导未完成", "未完成"),
    ),
)
_IN_FORCE = (
    State(
        "在任",
        "状态",
        "(from_on IS NULL OR from_on <= :today) AND (until_on IS NULL OR :today < until_on)",
        "今天在的",
        ("在岗", "现有", "在用"),
    ),
    State("已停用", "状态", "until_on <= :today", "今天已经不在的", ("离岗", "停用", "撤并", "已撤并")),
)
RISK_GRADE = (
    State(
        "现行", "状态", "from_on <= :today AND (until_on IS NULL OR :today < until_on)", "今天的等级", ("现在", "有效")
    ),
)

STATES: Mapping[str, tuple[State, ...]] = {
    "hazard": HAZARD,
    "enterprise": ENTERPRISE,
    "trusteeship": TRUSTEESHIP,
    "standardization": STANDARDIZATION,
    "programme": PROGRAMME,
    "exposure": EXPOSURE,
    "health_test": HEALTH_TEST,
    "enforcement_case": ENFORCEMENT_CASE,
    "inspection": INSPECTION,
    "training": TRAINING,
    "filing": FILING,
    "accident": ACCIDENT,
    "visit": VISIT,
    "device": DEVICE,
    "campaign": CAMPAIGN,
    "responsible_village": RESPONSIBLE_VILLAGE,
    "risk_grade": RISK_GRADE,
    **dict.fromkeys(("town", "village", "department", "officer", "grid"), _IN_FORCE),
}
"""By record type; of others no state is known."""

_SAME_NAME = (
    "id IN (SELECT id FROM enterprise WHERE voided_on IS NULL AND name_key IN"
    " (SELECT name_key FROM enterprise WHERE voided_on IS NULL GROUP BY name_key HAVING count(*) > 1))"
)
_DOUBTS: Mapping[str, tuple[str, str]] = {
    "enterprise": (
        f"town IS NULL OR operating_address IS NULL OR {_SAME_NAME}",
        "没有属地、没有生产经营地址，或与别家同名",
    ),
    "training": ("passed IS NULL", "没有填合格人次"),
}
"""What a list can be doubtful of: what is expected and blank (`records`), and of enterprises who bears one name."""


_NOT_DONE: Mapping[str, tuple[str, str]] = {
    "trusteeship": (
        "id IN (SELECT c.id FROM trusteeship c JOIN enterprise_item i ON i.record_id = c.id"
        " WHERE i.fact = 'trusteeship.contract' AND i.from_on <= {day} AND {day} < i.until_on AND NOT EXISTS"
        " (SELECT 1 FROM visit v WHERE v.enterprise_id = c.enterprise_id AND v.kind = c.kind AND v.voided_on IS NULL"
        " AND v.visited_on BETWEEN {since} AND {until}))",
        "没有上门服务的，{day}在期的合同",
    ),
    "enterprise": (
        "state = '在营' AND id NOT IN (SELECT enterprise_id FROM inspection WHERE voided_on IS NULL"
        " AND inspected_on BETWEEN {since} AND {until})",
        "没有查过的，在营的企业",
    ),
}
"""By record type: what may not have been done in a period, with {since}, {until} and {day} as `question.NotDone` has
them, and that in words."""


def not_done(record: str) -> tuple[str, str] | None:
    """What a record type can be asked for that was not done in a period, as a condition and in words."""
    return _NOT_DONE.get(record)


def due(record: str) -> tuple[str, str, str] | None:
    """Of what comes due in a record type: its day, the condition beside it and what that says; None where nothing
    does."""
    return _DUE.get(record)


def overdue(record: str) -> State | None:
    """What a record type has as overdue by the day that comes due in it; None where it has none."""
    return next((each for each in STATES.get(record, ()) if each.word == OVERDUE and record in _DUE), None)


def without(state: State) -> State:
    """What a state is not: the one that holds wherever it does not, made where the field has no word for it."""
    word = f"未{state.word.removeprefix('已')}"
    return State(word, f"{state.axis}{word}", f"({state.where}) IS NOT TRUE", f"不是“{state.word}”的", rest=state.word)


def states(record: str) -> tuple[State, ...]:
    """The states of a record type, what is doubtful last."""
    told = _DOUBTS.get(record)
    doubtful = () if told is None else (State(DOUBTFUL, DOUBTFUL, told[0], told[1], ("可疑",)),)
    return (*STATES.get(record, ()), *doubtful)
