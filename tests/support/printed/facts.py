"""What a number or a list of towns that is printed is of, and how two of them are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.value import Bulletin

Key = tuple[str, str, str]
"""Scope (an indicator's short word, a category, 综合), place (a town's name, 未定镇街, 合计), field."""
Fact = tuple[Key, str]
WHOLE, OVERALL, ALL = "合计", "综合", ""
EVERY, SAID = "全部", "句中"
"""合计 beside a rate is that of the towns with a task; 全部 has what the others did as well. Of what is scored a
sentence says the former, of all else the latter."""
FIRST, BEHIND, OVER = "居前的", "落后的", "超出的"
Read = Callable[[int, int, int], object]
"""What stands in a document's table, by table, row of its body and column."""


def plain(shown: object) -> str:
    """A figure without what a format puts around it; '' for nothing."""
    text = str("" if shown is None else shown).strip().removeprefix("+").replace("冲减", "-")
    text = {"—": "", "－": "", "未报": "0"}.get(text, text)
    text = re.sub("^剩余", "", re.sub("^超出", "-", text))
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)(?:%|分|万元|元|家次|家|人次|人|起|条|个|次)?", text)
    return str(round(Fraction(found[1]), 6)) if found else text


def kind(title: str) -> str:
    """A category as a scope: one of them is called as its only indicator is."""
    return f"{title}（类）"


def listed(towns: Iterable[str]) -> str:
    """A list of towns, whatever order it was told in."""
    return "、".join(sorted(towns))


def town_names(found: Bulletin) -> dict[str, str]:
    """Names of the towns by their codes."""
    return {one.code: one.name for one in found.towns}


def cell_codes(found: Bulletin) -> dict[str, tuple[str, str]]:
    """Of which indicator and place a cell is, by its code."""
    towns = town_names(found)
    codes: dict[str, tuple[str, str]] = {}
    for table in (table for category in found.categories for table in category.indicators):
        codes |= {cell.code: (table.short, towns[cell.town]) for cell in table.cells}
        codes |= {table.total.code: (table.short, WHOLE)}
        codes |= {table.other.code: (table.short, UNSETTLED_NAME)} if table.other else {}
    return codes
