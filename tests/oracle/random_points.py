"""Random schemes that give points, as the text of a file: every form, groups, limits, periods, what becomes of what
there is nothing to count of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

WORDS: dict[str, tuple[str, ...]] = {
    "工作项种类": ("应急演练", "督查检查", "夜查"),
    "工作项级别": ("县级", "省级"),
    "上报项目": ("避灾安置场所", "微型消防站"),
    "报送期限": ("按期", "迟报"),
    "隐患级别": ("一般", "重大"),
    "隐患来源": ("网格巡查", "部门检查"),
    "检查方式": ("部门检查", "联合执法"),
    "培训对象": ("主要负责人", "网格员"),
    "行业领域": ("工矿商贸", "火灾"),
}
OWN_WORD = "夜查"
"""A word of the office's own, which it withdraws again."""


@dataclass(frozen=True)
class Fact:
    title: str
    unit: str
    dimensions: tuple[str, ...]
    flow: bool = True


FACTS = (
    *(Fact("完成工作项", "次", ("工作项种类", "工作项级别")),) * 3,
    *(Fact("上报数累计", "个", ("上报项目",)), Fact("按月报送", "次", ("报送期限",))) * 2,
    *(Fact("排查隐患", "条", ("隐患级别", "隐患来源")), Fact("安全检查", "家次", ("检查方式",))) * 2,
    Fact("培训合格人次", "人次", ("培训对象",)),
    Fact("零报告", "次", ()),
    Fact("生产安全事故起数", "起", ("行业领域",)),
    *(Fact("生产安全事故死亡人数", "人", ("行业领域",)), Fact("生产安全事故重伤人数", "人", ("行业领域",))),
    Fact("较大及以上生产安全事故", "起", ("行业领域",)),
    Fact("上报数存量", "个", ("上报项目",), flow=False),
    Fact("未验收销号隐患", "条", ("隐患级别", "隐患来源"), flow=False),
    Fact("逾期未整改隐患", "条", ("隐患级别", "隐患来源"), flow=False),
    Fact("挂牌督办在办隐患", "条", ("隐患级别",), flow=False),
    Fact("当年到期应整改隐患", "条", ("隐患级别",), flow=False),
)
PARTS = (("按期整改、按期验收的隐患", "当年到期应整改隐患", "条"), ("逾期后整改的隐患", "当年到期应整改隐患", "条"))
"""What is done, and of what."""
EVENTS = ("生产安全事故死亡人数", "生产安全事故重伤人数", "完成工作项")
YEARLY = ("完成工作项", "上报数累计", "排查隐患", "生产安全事故起数")
OF_DEPARTMENTS = {
    **dict.fromkeys(("完成工作项", "上报数累计", "上报数存量", "按月报送", "零报告", "安全检查"), ("部门", "检查部门")),
    **dict.fromkeys(
        ("排查隐患", "未验收销号隐患", "逾期未整改隐患", "挂牌督办在办隐患", "当年到期应整改隐患"),
        ("部门", "检查部门", "监管部门"),
    ),
}
"""Facts whose records name departments: what an indicator of departments may say of whom it asks."""
MISSING = ("不计", "折算", "满分", "零分")
Told = dict[str, str]


@dataclass(frozen=True)
class Drawn:
    """A scheme: its text, and by short word the rows of its indicators."""

    name: str
    text: str
    rows: dict[str, Told]

    def shorts(self, *forms: str) -> list[str]:
        return [short for short, row in self.rows.items() if row.get("计分", "") in forms]

    def kinds(self, short: str) -> set[str]:
        """The kinds of units that an indicator is asked of: 镇, 部门."""
        told = self.rows[short].get("考核单位", "镇").split("、")
        return {"镇" if each == "镇" else "部门" for each in told}

    @property
    def tasked(self) -> list[str]:
        return [short for short, row in self.rows.items() if row.get("对照") == "任务"]


def drawn(
    rng: Random, name: str, before: Drawn | None = None, tasked: Sequence[str] = (), *, own: bool = True
) -> Drawn:
    """A scheme. Of one `before` some indicators go on, with other points: those that have tasks always. `own`: it may
    ask for the office's own word."""
    months = rng.choice(("年", "年", "半年", "季"))
    categories = [f"类{name}{n}" for n in range(rng.randint(2, 4))]
    rows: dict[str, Told] = {}
    for short, row in before.rows.items() if before else ():
        goes_on = short in tasked or (rng.random() < 0.5 and not row.keys() & {"加", "减"})
        if goes_on and (own or OWN_WORD not in str(row)):
            kept: Told = {column: row[column] for column in _LASTING if column in row}
            rows[short] = _scored(rng, kept, months, row)
    for n in range(rng.randint(9, 14)):
        made = _indicator(rng, f"{name}{n}", months, own=own)
        rows |= {row["指标"]: row for row in made}
    rows = {short: row for short, row in rows.items() if row.get("对照") in (None, *_ITSELF) or row["对照"] in rows}
    groups: list[Told] = []
    for category in categories:
        for n in range(rng.choice((0, 0, 1, 2))):
            title = f"组{category[1:]}{n}"
            groups.append({"编号": title, "类别": category, "名称": title, "满分": str(rng.randint(2, 30))})
    for row in rows.values():
        row["类别"] = rng.choice(categories)
        own_groups = [group["名称"] for group in groups if group["类别"] == row["类别"]]
        if own_groups and row.get("计分") not in (None, "加分", "否决", "后果") and rng.random() < 0.6:
            row["组"] = rng.choice(own_groups)
    _with_parts(rng, {short: row for short, row in rows.items() if not before or short not in before.rows})
    used = {row["类别"] for row in rows.values()}
    headings = [_category(rng, title) for title in categories if title in used]
    groups = [group for group in groups if any(row.get("组") == group["名称"] for row in rows.values())]
    about = {"名称": name, "标题": f"{name}考核办法", "总分": "百分制", "考核期": months, "缺项": rng.choice(MISSING)}
    if rng.random() < 0.7:
        about["等次"] = "{ 优秀 = 40, 良好 = 20.5, 合格 = 5 }"
    parts = [_written("[办法]", about)]
    parts += [_written(f"[[{sheet}]]", row) for sheet, told in (("类别", headings), ("组", groups)) for row in told]
    parts += [_written("[[指标]]", row) for row in rows.values()]
    return Drawn(name, "\n\n".join(parts) + "\n", rows)


_LASTING = ("编号", "指标", "全称", "单位", "数", "条件", "考核单位")
"""What an indicator that goes on keeps."""
_ITSELF = ("任务", "应有", "上年同期")
_PLAIN = frozenset({"满分", "加分上限", "减分上限"})


def _written(heading: str, row: Told) -> str:
    lines = [heading]
    for title, value in row.items():
        bare = title in _PLAIN or value.startswith(("{", "["))
        lines.append(f"{title} = {value}" if bare else f'{title} = "{value}"')
    return "\n".join(lines)


def _category(rng: Random, title: str) -> Told:
    row: Told = {"编号": f"c{title[1:]}", "名称": title, "计分": "是"}
    for column, values in (("满分", (20, 40)), ("加分上限", (1, 4)), ("减分上限", (3, 15))):
        if rng.random() < 0.5:
            row[column] = str(rng.randint(*values))
    if rng.random() < 0.3:
        row["折算"] = rng.choice(("70%", "30%"))
    if rng.random() < 0.3:
        row["缺项"] = rng.choice(MISSING)
    return row


def _indicator(rng: Random, word: str, months: str, *, own: bool) -> list[Told]:
    """One, or what is owed and what was done of it."""
    if rng.random() < 0.15:
        done, owed, unit = rng.choice(PARTS)
        condition, units = _conditions(rng, ("隐患级别",), own=own), _units(rng, owed)
        base = {
            "编号": f"i{word}b",
            "指标": f"项{word}应",
            "全称": f"应办{word}",
            "单位": unit,
            "数": owed,
            "评分": "否",
        }
        row = {"编号": f"i{word}", "指标": f"项{word}", "全称": f"事项{word}", "单位": unit, "数": done}
        for each in (base, row):
            each |= condition | units
        row["对照"] = base["指标"]
        return [base | {"评分": "否"}, _rated(rng, row)]
    row = {"编号": f"i{word}", "指标": f"项{word}", "全称": f"事项{word}"}
    if rng.random() < 0.12:
        return [_marked(rng, row | _units(rng, ""))]
    fact = rng.choice(FACTS)
    row |= {"单位": fact.unit, "数": fact.title} | _conditions(rng, fact.dimensions, own=own)
    return [_scored(rng, row | _units(rng, fact.title), months, {})]


def _units(rng: Random, fact: str) -> Told:
    """Towns, departments, or both; a mark is of either."""
    known = OF_DEPARTMENTS.get(fact, () if fact else ("部门",))
    if not known or rng.random() < 0.4:
        return {}
    return {"考核单位": rng.choice(("", "", "镇、")) + rng.choice(known)}


def _conditions(rng: Random, dimensions: Sequence[str], *, own: bool) -> Told:
    told = []
    for title in dimensions:
        if rng.random() < 0.5:
            words = [word for word in WORDS[title] if own or word != OWN_WORD]
            told.append(f'{title} = "{"、".join(sorted(rng.sample(words, rng.randint(1, len(words)))))}"')
    return {"条件": "{ " + ", ".join(told) + " }"} if told else {}


def _number(rng: Random) -> str:
    return rng.choice(("0.5", "1", "1", "2", "3.25", "10"))


def _full(rng: Random) -> str:
    return rng.choice(("2", "5", "10", "12.5", "20"))


def _marked(rng: Random, row: Told) -> Told:
    row |= {"计分": "评分"}
    fields = []
    if rng.random() < 0.8:
        row["满分"] = _full(rng)
        fields += rng.choice((["未评=满分"], ["起评=0"], [], ["不封底=是"]))
    return row | {"计分细则": "；".join(fields)}


def _rated(rng: Random, row: Told) -> Told:
    """Of what is held against a task or another indicator."""
    way = rng.choice(("按率", "按档", "低于"))
    if way == "按率":
        rule = rng.choice(("", "封顶=是", "低于不得分=60%", "封顶=是；低于不得分=35.5%"))
        return row | {"计分": "按率", "满分": _full(rng), "计分细则": rule}
    if way == "按档":
        return row | {"计分": "按档", "满分": "6", "计分细则": "档=95%:6、60%:4.5、5%:1"}
    rule = f"低于=90%；每={rng.choice(('1%', '10%'))}；扣={_number(rng)}{rng.choice(('', '；整步=是'))}"
    return row | {"计分": "扣分", "满分": _full(rng), "计分细则": rule}


def _scored(rng: Random, row: Told, months: str, before: Told) -> Told:
    """A form for what is counted. One that goes on from a scheme before keeps its task, or its own way of counting."""
    if before.get("计分") == "评分":
        return _marked(rng, row)
    fact = next((each for each in FACTS if each.title == row["数"]), None)
    if fact is None or (before and not before.get("计分")):
        return row | {"评分": "否"}
    if before.get("对照") == "任务" or (not before and rng.random() < 0.2):
        row["对照"] = "任务"
        if before.get("方向") or (not before and rng.random() < 0.3):
            rule = f"每超=1；扣={rng.choice((_number(rng), '满分'))}"
            return row | {"方向": "少为好", "评分": "否", "计分": "扣分", "满分": _full(rng), "计分细则": rule}
        if rng.random() < 0.3:
            rule = f"每少={rng.choice('12')}；扣={_number(rng)}"
            return row | {"评分": "是", "计分": "扣分", "满分": _full(rng), "计分细则": rule}
        return _rated(rng, row | {"评分": "是"})
    way = rng.random()
    if fact.flow and way < 0.25:
        return _required(rng, row, months)
    if way < 0.5:
        return _deducted(rng, row, fact)
    if way < 0.65:
        return row | {"计分": "按档", "满分": "5", "计分细则": "档=9:5、3:2.5、1:1"}
    if way < 0.8:
        ceiling = rng.choice(("", f"；封顶={_number(rng)}"))
        if fact.dimensions and "条件" not in row and rng.random() < 0.5:
            return row | {"计分": "加分", "计分细则": f"按词={_by_word(rng, fact)}{ceiling}"}
        return row | {"计分": "加分", "计分细则": f"每={_number(rng)}；加={_number(rng)}{ceiling}"}
    if way < 0.9:
        effects = rng.sample(("得分归零", "名次末位", "不参加排名", "等次不合格"), rng.randint(1, 2))
        return row | {"计分": "否决", "计分细则": f"满={rng.randint(1, 6)}；后果={'、'.join(effects)}"}
    return row | {"计分": "后果", "计分细则": "超过=0:通报、3:约谈"}


def _by_word(rng: Random, fact: Fact) -> str:
    title = {"完成工作项": "工作项级别", "排查隐患": "隐患来源"}.get(fact.title, fact.dimensions[0])
    return "、".join(f"{word}:{_number(rng)}" for word in WORDS[title])


def _deducted(rng: Random, row: Told, fact: Fact) -> Told:
    row = row | {"计分": "扣分", "满分": _full(rng)}
    bottom = ""
    if rng.random() < 0.3:
        bottom = "；不封底=是"
        if rng.random() < 0.5:
            del row["满分"]
    if fact.title in EVENTS and rng.random() < 0.4:
        return row | {"计分细则": f"逐件档=3:{_number(rng)}、1:{_number(rng)}{bottom}"}
    if fact.title in YEARLY and rng.random() < 0.4:
        return row | {"对照": "上年同期", "计分细则": f"每多=1；扣={_number(rng)}{bottom}"}
    whole = rng.choice(("", "；整步=是"))
    return row | {"计分细则": f"每={rng.choice(('1', '2', '2.5'))}；扣={_number(rng)}{whole}{bottom}"}


def _required(rng: Random, row: Told, months: str) -> Told:
    known = {"季": ("月", "季"), "半年": ("月", "季", "半年"), "年": ("月", "季", "半年", "年")}[months]
    named = rng.choice(known)
    often = f"应有=每{named}{rng.randint(1, 3)}次" + ("按季" if named == "年" and rng.random() < 0.5 else "")
    way = rng.random()
    if way < 0.6:
        rule = f"{often}；每少={rng.choice('12')}；扣={_number(rng)}"
        return row | {"计分": "扣分", "满分": _full(rng), "计分细则": rule}
    if way < 0.8:
        return row | {"计分": "按率", "满分": _full(rng), "计分细则": f"{often}；封顶=是"}
    return row | {"计分": "后果", "计分细则": f"{often}；超过=1:约谈"}


def _with_parts(rng: Random, rows: dict[str, Told]) -> None:
    """Some that are counted each in its own way add another one's count, or take it off."""
    whole = [row for row in rows.values() if "数" in row and "加" not in row]
    for row in whole:
        others = [
            other["指标"]
            for other in whole
            if (other["数"], other["单位"]) == (row["数"], row["单位"])
            and other.get("条件") != row.get("条件")
            and not other.keys() & {"加", "减"}
        ]
        alone = not any(row["指标"] in other.get("加", "") + other.get("减", "") for other in whole)
        can = row.get("计分") and alone and not row.keys() & {"对照"} and "按词" not in row["计分细则"]
        if others and can and "逐件档" not in row["计分细则"] and rng.random() < 0.4:
            row[rng.choice(("加", "减"))] = f'["{rng.choice(others)}"]'
