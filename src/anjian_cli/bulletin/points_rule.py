"""The rules by which a month's points come about, a printed line each; how each item scores its table says."""

from __future__ import annotations

from collections.abc import Iterator

from anjian_cli.bulletin import ranking
from anjian_cli.bulletin.definition import Definition
from anjian_cli.rules import scoring
from anjian_cli.rules.scoring import FULL, NOTHING, NOUGHT, SCALE, SKIP
from anjian_cli.rules.scoring_text import decimal, percent

_MISSING = {
    SKIP: "不计分，满分也不计",
    SCALE: "由同类其余项目按比例折算（其余不足该类一半的不折算）",
    FULL: "按满分计",
    NOUGHT: "不得分",
}


def lines(definition: Definition, *, halved: bool) -> Iterator[str]:
    """In the order in which the points are worked out. `halved`: see `ranking.laggards_rule`."""
    forms = {indicator.scoring.form for indicator in definition.scored if indicator.scoring is not None}
    period = {"半年": "半年", "季": "一季"}.get(definition.scheme.assessed, "一年")
    since = f"考核期{period}，自{definition.first_month}月起累计"
    yield f"总分=各类得分之和，单位为分；各项按办法的计分细则计；{since}。"
    if any(indicator.scoring is not None and indicator.scoring.required for indicator in definition.scored):
        yield "应有次数逐期计：多做的不抵别期，还没有结束的一期不算缺。"
    yield from _limits(definition)
    yield f"没有可计的项目（缺项）{_missing(definition)}。"
    yield "单位尚未报送而没有查出的、尚未评分的、累计数无从得知的项目，暂不计分，总分为暂计。"
    vetoed = "；符合一票否决的，按办法所定的处理" if scoring.VETO in forms else ""
    yield f"名次按总分的精确数比较，并列同名次，其后名次顺延；未报送又没有任何记录的，排在其余之后{vetoed}。"
    if definition.scheme.grades:
        said = "、".join(part.replace("=", "") + "分" for part in definition.scheme.grades.split("、"))
        yield f"等次按总分：{said}以上。"
    yield ranking.laggards_rule(definition.lag_last, below_pace=False, halved=halved)


def _limits(definition: Definition) -> Iterator[str]:
    for rule in definition.categories:
        told = rule.points
        said = []
        if told.bonus_cap is not None:
            said.append(f"加分合计不超过{decimal(told.bonus_cap)}分")
        if told.deduction_cap is not None:
            said.append(f"扣分合计不超过{decimal(told.deduction_cap)}分")
        if told.conversion is not None:
            said.append(f"按{percent(told.conversion)}折算计入总分")
        if said:
            yield f"{rule.title}：{'，'.join(said)}。"


def _missing(definition: Definition) -> str:
    """What becomes of it in the scheme, and in the categories and items that say otherwise."""
    usual = definition.scheme.missing or SKIP
    said = _MISSING[usual]
    for other in NOTHING:
        titles = [rule.title for rule in definition.categories if (rule.points.missing or usual) == other != usual]
        titles += [indicator.short for indicator in definition.scored if indicator.missing == other != usual]
        if titles:
            said += f"；{'、'.join(titles)}{_MISSING[other]}"
    return said
