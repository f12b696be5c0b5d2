"""A scheme (考核办法) on a screen: a block for each category, as the bulletin is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.exchange import scheme_rows
from anjian_cli.exchange.scheme_rows import AGAINST, marks
from anjian_cli.render.screen import listing
from anjian_cli.rules.scoring_text import percent
from anjian_cli.rules.totals import BY_POINTS, MEAN
from anjian_cli.workflow.scheme_changes import weight_text
from anjian_cli.workflow.scheme_draft import MONEY, Asked, Draft, Heading, Known

_WITH_RATES = ("指标", "数什么", "单位", "评分", "对照")
_WITH_POINTS = ("指标", "数什么", "对照", "计分", "满分")


def blocks(draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str], width: int | None) -> str:
    """A scheme for a person. `records` are the titles of the record types, by table."""
    parts = [f"《{draft.title}》{draft.document}" + _whole(draft)]
    for heading in draft.categories:
        own = [each for each in draft.indicators if each.category == heading.code]
        lines = [f"{heading.title}（{_of_category(heading, draft)}）"]
        groups = [group for group in draft.groups if group.category == heading.code]
        if any(each.form for each in own):
            titles = {group.code: group.title for group in groups}
            heads = ("组", *_WITH_POINTS) if groups else _WITH_POINTS
            told = [[titles.get(each.group, ""), *_with_points(each, draft, facts, records)] for each in own]
            lines.append(listing.aligned(heads, [row if groups else row[1:] for row in told], width))
        else:
            told = [_with_rates(each, draft, facts, records) for each in own]
            lines.append(listing.aligned(_WITH_RATES, told, width))
        if groups:
            lines.append("组：" + "、".join(f"{group.title}（{marks(group.full)}分）" for group in groups))
        lines += _standards(own)
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _whole(draft: Draft) -> str:
    """How the total is made, where it is not the mean of rates."""
    if draft.total == MEAN:
        return ""
    told = [f"总分：{draft.total}", f"考核期：{draft.assessed}"]
    if draft.total == BY_POINTS:
        told.append(f"缺项：{draft.missing}")
    if draft.grades:
        told.append(f"等次：{draft.grades}")
    return "\n" + "；".join(told)


def _of_category(heading: Heading, draft: Draft) -> str:
    told = ["计分" if heading.scored else "不计分"]
    if draft.total == MEAN and heading.scored:
        told.append(f"权重{weight_text(heading.weight)}")
    for title, value in (
        ("满分", heading.full),
        ("加分上限", heading.bonus_cap),
        ("减分上限", heading.deduction_cap),
    ):
        if value is not None:
            told.append(f"{title}{marks(value)}分")
    if heading.conversion is not None:
        told.append(f"按{percent(heading.conversion)}折算")
    if heading.missing:
        told.append(f"缺项{heading.missing}")
    return "，".join(told)


def _with_rates(each: Asked, draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str]) -> list[str]:
    return [
        each.short,
        scheme_rows.counted(each, draft, facts, records),
        MONEY[1] if each.unit == MONEY[0] else each.unit,
        scheme_rows.yes_no(each.ranked),
        _against(each, draft),
    ]


def _with_points(each: Asked, draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str]) -> list[str]:
    return [
        each.short,
        scheme_rows.counted(each, draft, facts, records),
        _against(each, draft),
        each.form,
        marks(each.full),
    ]


def _against(each: Asked, draft: Draft) -> str:
    shorts = {**AGAINST, **{other.code: other.short for other in draft.indicators}}
    return "+".join(shorts.get(code, code) for code in (each.against, each.carried) if code)


def _standards(own: Sequence[Asked]) -> Iterator[str]:
    """How each gives points, and the office's own sentence of it."""
    for each in own:
        if each.scoring or each.standard:
            yield f"{each.short}：{each.scoring}" + (f"（{each.standard}）" if each.standard else "")
