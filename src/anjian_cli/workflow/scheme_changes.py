"""What a scheme (考核办法) asks for otherwise than another one, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from anjian_cli.errors import Fault
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.workflow.scheme_draft import Asked, Draft, Group, Heading


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise in a draft than in another: of a category, group or indicator (`code`), added, dropped or
    changed, and what of it (Chinese). Of the scheme itself `title` says what. `category` is the title of an
    indicator's."""

    what: str
    code: str
    title: str
    how: str
    category: str = ""


def changes(before: Draft, after: Draft) -> list[Change]:
    """What a draft asks for otherwise than another: of the whole, then categories, groups and indicators, in the order
    of `after`, what is dropped last, by category."""
    found = [
        Change("办法", "", said, f"{_shown(getattr(before, name))} → {_shown(getattr(after, name))}")
        for name, said in _OF_SCHEME.items()
        if getattr(before, name) != getattr(after, name)
    ]
    listed: tuple[tuple[str, Sequence[Heading | Group | Asked], Sequence[Heading | Group | Asked]], ...] = (
        ("类别", before.categories, after.categories),
        ("组", before.groups, after.groups),
        ("指标", before.indicators, after.indicators),
    )
    for what, ours, theirs in listed:
        old = {each.code: each for each in ours}
        for each in theirs:
            if each.code not in old:
                found.append(Change(what, each.code, each.title, ADDED, _category(each, after)))
            elif how := "、".join(_differing(old[each.code], each)):
                found.append(Change(what, each.code, each.title, how, _category(each, after)))
        new = {each.code for each in theirs}
        dropped = [each for each in ours if each.code not in new]
        order = {heading.title: at for at, heading in enumerate(before.categories)}
        gone = [Change(what, each.code, each.title, DROPPED, _category(each, before)) for each in dropped]
        found += sorted(gone, key=lambda each: order.get(each.category, 0))
    return found


ADDED, DROPPED = "新增", "取消"


def by_category(changes: Iterable[Change], more_than: int) -> Iterator[str]:
    """How many indicators are dropped, and added, of each category, where they are more than so many (Chinese)."""
    indicators = [each for each in changes if each.what == "指标"]
    for how in (DROPPED, ADDED):
        counts = Counter(each.category for each in indicators if each.how == how)
        if counts.total() > more_than:
            told = "、".join(f"{title}{count}个" for title, count in counts.items())
            yield f"{how}指标{counts.total()}个：{told}"


def _category(each: Heading | Group | Asked, of: Draft) -> str:
    """The title of an indicator's category; '' of what is none."""
    if not isinstance(each, Asked):
        return ""
    return next((heading.title for heading in of.categories if heading.code == each.category), "")


_OF_SCHEME = {"total": "总分", "assessed": "考核期", "missing": "缺项", "grades": "等次"}
_SAID = {
    "category": "类别", "group": "组", "short": "指标", "title": "名称", "unit": "单位", "kind": "计法",
    "measure": "口径", "plus": "加", "minus": "减", "ranked": "评分", "against": "对照", "counts": "数自",
    "carried": "结转", "apart": "名单外", "less": "方向", "scored": "计分", "weight": "权重", "form": "计分",
    "full": "满分", "scoring": "计分细则", "bonus_cap": "加分上限", "deduction_cap": "减分上限", "conversion": "折算",
    "missing": "缺项", "standard": "评分标准", "proof": "验证方式", "units": "考核单位",
}  # fmt: skip


_NOT_TOLD = frozenset(
    ("category", "group", "kind", "measure", "plus", "minus", "against", "counts", "carried", "apart", "less")
) | {"standard", "proof"}
"""What is a code, or long: of it is told only that it is otherwise."""


def _differing(one: object, other: object) -> Iterator[str]:
    for name, said in _SAID.items():
        if not hasattr(one, name):
            continue
        was, now = getattr(one, name), getattr(other, name)
        if was != now:
            yield f"{said}有变" if name in _NOT_TOLD else f"{said}：{_shown(was)} → {_shown(now)}"


def _shown(value: str | bool | Fraction | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return weight_text(value)
    return value or "空"


def weight_text(weight: Fraction) -> str:
    """A weight as an office writes it: 1, 1.5; 1/3 where no decimal says it."""
    of_tens = 10 ** weight.denominator.bit_length()  # enough tens for any denominator of twos and fives
    if of_tens % weight.denominator:
        return str(weight)
    return f"{(Decimal(weight.numerator) / weight.denominator).normalize():f}"


def otherwise(before: Iterable[Asked], after: Draft) -> Iterator[Fault]:
    """An indicator that goes on under the same 编号 counts what it counted, in the same unit: by it places, tasks and
    years are compared. E763 for each that does not."""
    old = {each.code: each for each in before}
    for each in after.indicators:
        was = old.get(each.code)
        if was is not None and _counted(was) != _counted(each):
            place = each.place._replace(title="编号")
            yield Fault("E763", {"title": was.title}, each.code, place=place)


def _counted(each: Asked) -> tuple[object, ...]:
    return each.measure, each.unit, each.kind, each.plus, each.minus
