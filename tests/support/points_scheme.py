"""A small scheme that gives points, written into a ledger row by row."""

from __future__ import annotations

from typing import Any

from anjian_cli.ledger.gate import Gate
from anjian_cli.rules import measure, scoring_text

CATEGORIES = (
    # code, title, full, bonus cap, deduction cap, conversion
    ("aq", "安全生产", "60", None, None, None),
    ("xf", "消防安全", "40", None, None, None),
    ("jf", "加分", None, "5", None, None),
    ("kf", "倒扣", None, None, None, None),
)
GROUPS = (("zr", "aq", "党政领导责任", "30"),)
ITEMS: tuple[dict[str, Any], ...] = (
    {
        "code": "aq.督查",
        "category": "aq",
        "group": "zr",
        "short": "书记督查",
        "title": "乡镇党委主要负责人每季度至少督查1次",
        "unit": "次",
        "measure": measure.written("work.done", {"kind": ["督查检查"]}),
        "form": "扣分",
        "full": "20",
        "rule": "应有=每季1次；每少=1；扣=5",
        "against": "required",
    },
    {
        "code": "aq.人员",
        "category": "aq",
        "group": "zr",
        "short": "监管人员",
        "title": "监管人员配备",
        "unit": "分",
        "kind": "mark",
        "form": "评分",
        "full": "10",
        "rule": "幅度=-5~0",
    },
    {
        "code": "aq.培训",
        "category": "aq",
        "short": "负责人培训",
        "title": "主要负责人培训合格",
        "unit": "人次",
        "measure": "training.passed?kind=主要负责人",
        "form": "按率",
        "full": "20",
        "rule": "封顶=是",
        "against": "target",
    },
    {
        "code": "aq.网点",
        "category": "aq",
        "short": "隐患",
        "title": "部门检查发现隐患",
        "unit": "处",
        "measure": "hazard.found?channel=部门检查",
        "form": "扣分",
        "full": "10",
        "rule": "每=1；扣=3",
    },
    {
        "code": "xf.率",
        "category": "xf",
        "short": "按期率",
        "title": "隐患按期整改率",
        "unit": "条",
        "measure": "hazard.on_time_of_year",
        "form": "按档",
        "full": "20",
        "rule": "档=95%:20、80%:10",
        "against": "xf.到期",
    },
    {
        "code": "xf.到期",
        "category": "xf",
        "short": "应改",
        "title": "到期应整改隐患",
        "unit": "条",
        "measure": "hazard.due_of_year",
    },
    {
        "code": "xf.火灾",
        "category": "xf",
        "short": "火灾",
        "title": "火灾事故起数比上年同期",
        "unit": "起",
        "measure": "accident.count?kind=火灾",
        "form": "扣分",
        "full": "20",
        "rule": "每多=1；扣=2",
        "against": "last_year",
    },
    {
        "code": "jf.表彰",
        "category": "jf",
        "short": "表彰",
        "title": "受到表彰",
        "unit": "次",
        "measure": measure.written("work.done", {"kind": ["表彰"]}),
        "form": "加分",
        "rule": "按词=国家级:2、省级:1、县级:0.5",
    },
    {
        "code": "kf.亡人",
        "category": "kf",
        "short": "亡人",
        "title": "生产安全死亡事故",
        "unit": "人",
        "measure": "accident.deaths",
        "form": "扣分",
        "rule": "每=1；扣=3；不封底=是",
    },
    {
        "code": "kf.较大",
        "category": "kf",
        "short": "较大事故",
        "title": "发生较大及以上事故",
        "unit": "起",
        "measure": "accident.larger",
        "form": "否决",
        "rule": "满=1；后果=名次末位、等次不合格",
    },
    {
        "code": "kf.少报",
        "category": "kf",
        "short": "少报",
        "title": "少报送次数",
        "unit": "次",
        "measure": "report.of_month",
        "form": "后果",
        "rule": "应有=每月1次；超过=3:取消当年评优评先资格",
        "against": "required",
    },
)


def write(gate: Gate, day: str, *, missing: str | None = None, total: str = "百分制") -> int:
    """Adopt it from a day on; returns its id."""
    scheme = gate.insert(
        "scheme",
        number=gate.number("scheme", "330784", int(day[:4])),
        name="示例百分制",
        title="示例市安全生产目标管理考核办法",
        document="例安委〔2018〕9号",
        from_on=day,
        total=total,
        missing=missing,
        grades="优秀=90、良好=80、合格=60",
    )
    for position, (code, title, full, bonus, deduction, conversion) in enumerate(CATEGORIES, 1):
        gate.insert(
            "scheme_category", scheme_id=scheme, code=code, title=title, position=position, scored=1, weight="1",
            full_marks=full, bonus_cap=bonus, deduction_cap=deduction, conversion=conversion,
        )  # fmt: skip
    for position, (code, category, title, full) in enumerate(GROUPS, 1):
        gate.insert(
            "scheme_group", scheme_id=scheme, code=code, category=category, title=title, full_marks=full,
            position=position,
        )  # fmt: skip
    for position, item in enumerate(ITEMS, 1):
        form = item.get("form")
        scoring = scoring_text.read(form, item.get("full", ""), item["rule"]) if form else None
        gate.insert(
            "scheme_indicator", scheme_id=scheme, code=item["code"], category=item["category"], short=item["short"],
            title=item["title"], unit=item["unit"], kind=item.get("kind", "sum"), measure=item.get("measure"),
            ranked=int(item.get("against") == "target"), against=item.get("against"), position=position,
            direction="more", group_code=item.get("group"), form=form, full_marks=item.get("full"),
            scoring=scoring_text.written(scoring) if scoring else None,
        )  # fmt: skip
        for at, (word, _) in enumerate(scoring.by_word if scoring else (), 1):
            of = measure.read(item["measure"])
            gate.insert(
                "scheme_part", scheme_id=scheme, indicator=item["code"], position=at, sign=0, word=word,
                measure=measure.written(of.fact, {**of.words, "level": [word]}),
            )  # fmt: skip
    return scheme
