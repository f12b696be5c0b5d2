"""A scheme as the rows of its file: what `scheme_file` reads, by sheet and column, as a person writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin.definition import LAST_YEAR, REQUIRED
from anjian_cli.exchange.scheme_columns import Row
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import measure
from anjian_cli.rules.measure import DIMENSIONS
from anjian_cli.rules.scoring_text import decimal, percent
from anjian_cli.workflow.scheme_changes import weight_text
from anjian_cli.workflow.scheme_draft import (
    CATEGORIES,
    GROUPS,
    INDICATORS,
    KINDS,
    LESS,
    MONEY,
    MORE,
    TARGET,
    Asked,
    Draft,
    Known,
)

AGAINST: Mapping[str, str] = {TARGET: "任务", REQUIRED: "应有", LAST_YEAR: "上年同期"}
"""What an indicator is held against that is no other indicator, as it is written."""


class Rows(NamedTuple):
    """The rows of a draft: of the scheme itself, and of each sheet."""

    about: Row
    sheets: Mapping[str, list[Row]]


def rows(draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str]) -> Rows:
    """A draft as rows, every column of each. `records` are the titles of the record types, by table."""
    about = {
        "名称": draft.name,
        "标题": draft.title,
        "文号": draft.document,
        "总分": draft.total,
        "考核期": draft.assessed,
        "缺项": draft.missing,
        "等次": draft.grades,
        "备注": draft.remark,
    }
    titles = {each.code: each.title for each in draft.categories}
    categories: list[Row] = [
        {
            "编号": each.code,
            "名称": each.title,
            "计分": yes_no(each.scored),
            "权重": weight_text(each.weight),
            "满分": marks(each.full),
            "加分上限": marks(each.bonus_cap),
            "减分上限": marks(each.deduction_cap),
            "折算": "" if each.conversion is None else percent(each.conversion),
            "缺项": each.missing,
        }
        for each in draft.categories
    ]
    groups: list[Row] = [
        {
            "编号": each.code,
            "类别": titles.get(each.category, each.category),
            "名称": each.title,
            "满分": marks(each.full),
        }
        for each in draft.groups
    ]
    indicators = [indicator(each, draft, facts, records) for each in draft.indicators]
    return Rows(about, {CATEGORIES: categories, GROUPS: groups, INDICATORS: indicators})


def indicator(each: Asked, draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str]) -> Row:
    """An indicator of a draft as a row."""
    titles = {heading.code: heading.title for heading in draft.categories}
    groups = {group.code: group.title for group in draft.groups}
    shorts = {other.code: other.short for other in draft.indicators}
    of_sum = each.kind == "sum"
    return {
        "编号": each.code,
        "类别": titles.get(each.category, each.category),
        "指标": each.short,
        "全称": each.title,
        "单位": MONEY[1] if each.unit == MONEY[0] else each.unit,
        "计法": KINDS[each.kind],
        "数": facts[measure.read(each.measure).fact].title if of_sum else "",
        "条件": conditions(each.measure, facts) if of_sum else "",
        "评分": yes_no(each.ranked),
        "对照": AGAINST.get(each.against) or shorts.get(each.against, each.against),
        "结转": shorts.get(each.carried, each.carried),
        "名单外": shorts.get(each.apart, each.apart),
        "数自": (records if each.kind == "distinct" else shorts).get(each.counts, each.counts),
        "方向": LESS if each.less else MORE,
        "组": groups.get(each.group, each.group),
        "计分": each.form,
        "满分": marks(each.full),
        "计分细则": each.scoring,
        "缺项": each.missing,
        "评分标准": each.standard,
        "验证方式": each.proof,
        "考核单位": each.units,
        "加": "、".join(named(text, each, draft) for text in each.plus),
        "减": "、".join(named(text, each, draft) for text in each.minus),
    }


def named(text: str, of: Asked, draft: Draft) -> str:
    """The short word of the indicator whose measure another one adds or takes off; the measure where there is none."""
    known = [each for each in draft.indicators if each.measure == text and not each.plus and not each.minus]
    known.sort(key=lambda each: each.unit != of.unit)
    return known[0].short if known else text


def marks(value: Fraction | None) -> str:
    """Points as they are written; '' for none."""
    return "" if value is None else decimal(value)


def yes_no(told: bool) -> str:
    return "是" if told else "否"


def conditions(text: str, facts: Mapping[str, Known]) -> str:
    """The conditions of a measure as they are typed: 培训对象=网格员."""
    asked = measure.read(text)
    dimensions = facts[asked.fact].dimensions
    return "；".join(f"{dimensions[DIMENSIONS.index(name)]}={'、'.join(told)}" for name, told in asked.words.items())


def counted(each: Asked, draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str]) -> str:
    """What an indicator counts, in a few words: 培训合格人次（网格员）+按期报送."""
    if not each.counts and each.kind != "sum":
        return KINDS[each.kind]
    if each.kind != "sum":
        shorts = {other.code: other.short for other in draft.indicators}
        return f"{KINDS[each.kind]}：{records.get(each.counts) or shorts.get(each.counts, each.counts)}"
    asked = measure.read(each.measure)
    words = "，".join("、".join(told) for told in asked.words.values())
    parts: Sequence[str] = [
        facts[asked.fact].title + (f"（{words}）" if words else ""),
        *(f"+{named(text, each, draft)}" for text in each.plus),
        *(f"-{named(text, each, draft)}" for text in each.minus),
    ]
    return "".join(parts)
