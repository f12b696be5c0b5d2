"""The sheets of a scheme's file (考核办法), their columns, what may stand in each: alike in a workbook and in text."""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.errors import Fault, Misread, Place
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import values
from anjian_cli.rules.scoring import MARK
from anjian_cli.workflow.scheme_draft import ABOUT, CATEGORIES, GROUPS, INDICATORS

OF_SCHEME = ("名称", "标题", "文号", "总分", "考核期", "缺项", "等次", "备注")
OF_CATEGORY = ("编号", "名称", "计分", "权重", "满分", "加分上限", "减分上限", "折算", "缺项")
OF_GROUP = ("编号", "类别", "名称", "满分")
OF_INDICATOR = (
    *("编号", "类别", "指标", "全称", "单位", "计法", "数", "条件", "评分", "对照", "结转", "名单外", "数自", "方向"),
    *("组", "计分", "满分", "计分细则", "缺项", "评分标准", "验证方式", "考核单位", "加", "减"),
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    ABOUT: OF_SCHEME,
    CATEGORIES: OF_CATEGORY,
    GROUPS: OF_GROUP,
    INDICATORS: OF_INDICATOR,
}
REQUIRED: Mapping[str, frozenset[str]] = {
    ABOUT: frozenset({"名称", "标题"}),
    CATEGORIES: frozenset({"编号", "名称", "计分"}),
    GROUPS: frozenset(OF_GROUP),
    INDICATORS: frozenset({"编号", "类别", "指标", "全称", "单位", "评分"}),
}
"""Columns that may not be left out, nor blank in a row."""
AS_TYPED = frozenset({"标题", "全称", "评分标准", "验证方式", "备注"})
"""Columns that are printed as they are typed; the name of a category or group, too."""
LONGEST, LONGEST_TITLE, LONGEST_TEXT = 40, 200, 500  # characters
_LONGEST: Mapping[str, int] = {
    **dict.fromkeys(("标题", "文号", "备注", "等次", "全称", "条件", "加", "减"), LONGEST_TITLE),
    **dict.fromkeys(("计分细则", "评分标准", "验证方式"), LONGEST_TEXT),
}

Row = Mapping[str, str]


class Told(NamedTuple):
    """What a file has: the lines of 办法 by name, the rows of the other sheets, each with its place; what is wrong and
    what is worth knowing. `lines` as in `Draft`."""

    about: Row
    rows: Mapping[str, list[tuple[Row, Place]]]
    faults: list[Fault]
    notes: list[Fault]
    lines: Mapping[tuple[str, int | None, str], int]


def cleaned(sheet: str, title: str, text: str, place: Place, faults: list[Fault]) -> str:
    """A cell as it is read; '' where it cannot be, which is told."""
    as_typed = title in AS_TYPED or (sheet in (CATEGORIES, GROUPS) and title == "名称")
    try:
        return values.plain(text).strip(values.BLANKS) if as_typed else values.clean(text)
    except Misread as error:
        faults.append(error.fault(text, place=place._replace(title=title)))
        return ""


def hold(sheet: str, row: Row, place: Place, faults: list[Fault]) -> None:
    """E771 for each of the columns of a row that is not filled in, E204 for what is too long."""
    for title, value in row.items():
        limit = LONGEST_TITLE if (sheet, title) == (CATEGORIES, "名称") else _LONGEST.get(title, LONGEST)
        if not value and title in REQUIRED[sheet] and not _goes_without(row, title):
            faults.append(Fault("E771", {"title": title}, place=place._replace(title=title)))
        elif len(value) > limit:
            faults.append(Misread("E204", limit=limit).fault(value, place=place._replace(title=title)))


def _goes_without(row: Row, title: str) -> bool:
    """What has points need not have a rate as well; a mark is in points."""
    form = row.get("计分", "")
    return (title == "评分" and bool(form)) or (title == "单位" and form == MARK)
