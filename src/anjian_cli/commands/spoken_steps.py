"""What people say for a step of a record's life: a verb that the noun does not have, a word that the step says already.

Tables, and what follows from them; knows no ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import loose_days, word_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_CODE = dict.fromkeys(
    (
        *("无信用代码", "没有信用代码", "没信用代码", "无代码", "没有代码", "没代码", "代码没有", "信用代码没有"),
        *(
            "信用代码还没有",
            "还没有信用代码",
            "暂无信用代码",
            "没有统一社会信用代码",
            "无统一社会信用代码",
            "信用代码暂无",
        ),
    ),
    "",
)
"""What people say of a firm that has no code: why it has none is to be told with it."""
_DONE = dict.fromkeys(("完成", "已完成", "完毕", "好了", "了", "到位"), "")
SPOKEN_FLAGS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("hazard", "accept"): dict.fromkeys(("合格", "通过", "验收合格", "已合格"), "")
    | dict.fromkeys(("不合格", "未通过", "没通过", "不通过", "没有通过"), "--不合格"),
    ("hazard", "close"): _DONE | dict.fromkeys(("验收合格", "合格"), ""),
    ("hazard", "rectify"): _DONE,
    ("hazard", "extend"): dict.fromkeys(("到", "至"), ""),
    ("enterprise", "add"): NO_CODE,
    ("hazard", "transfer"): dict.fromkeys(("移交给", "移交到", "交给", "转给", "给"), ""),
    ("hazard", "supervise"): dict.fromkeys(("督办", "挂牌", "挂牌督办"), ""),
}
"""By noun and verb: words for an option without a value, '' for what the command says already."""


class Spoken(NamedTuple):
    """A verb that a noun does not have: the one that it is, and the title of the day that it is of."""

    verb: str
    day: str = ""


SPOKEN_VERBS: Mapping[str, Mapping[str, Spoken]] = {
    "standard": {
        "评审": Spoken("edit", "评审日期"),
        "自评": Spoken("edit", "自评日期"),
        "申请": Spoken("edit", "申请日期"),
        "公告": Spoken("edit", "公告日期"),
    },
    "programme": {"验收": Spoken("edit", "验收日期")},
    "responsible-village": {"验收": Spoken("edit", "验收日期")},
    "hazard": {"督办": Spoken("supervise"), "挂牌督办": Spoken("supervise")},
    "officer": {"离岗": Spoken("edit", "离岗日期"), "到岗": Spoken("edit", "到岗日期")},
    "device": {"停用": Spoken("edit", "停用日期"), "拆除": Spoken("edit", "停用日期")},
    "trusteeship": {
        **dict.fromkeys(("续签", "续约", "新签", "签订", "签约"), Spoken("add")),
        "提前终止": Spoken("end"),
    },
    "enterprise": dict.fromkeys(("更名", "改名"), Spoken("edit")),
    "case": {
        "决定": Spoken("edit", "决定日期"),
        "收缴": Spoken("edit", "收缴日期"),
        "缴款": Spoken("edit", "收缴日期"),
    },
    "health": {"整改": Spoken("edit", "整改完成日期"), "复测": Spoken("edit", "复测日期")},
}
"""By noun: what people say that was done, which is entered by another verb."""
ALSO: Mapping[tuple[str, str], str] = {("hazard", "report"): "add", ("hazard", "accept"): "close"}
"""A verb that people also use for another step: to report is to enter a new one, to accept what has been rectified in
the same line is to close."""


BEGUN: Mapping[str, tuple[str, ...]] = {"case": ("立案",), "accident": ("发生",), "standard": ("启动",)}
"""By noun: what people say that came about, of a record that is new."""


def tells_its_day(noun: str, said: str, rest: Sequence[str]) -> bool:
    """Whether the day is told that a verb which people say is of; true of any other verb."""
    spoken = SPOKEN_VERBS.get(noun, {}).get(said)
    return spoken is None or not spoken.day or any(re.search(loose_days.ANY, word) for word in rest)


def of_its_day(noun: str, said: str, rest: Sequence[str]) -> list[str]:
    """The words behind a verb that people say, its one day with its title; other verbs' as they are."""
    spoken = SPOKEN_VERBS.get(noun, {}).get(said)
    bare = [word for word in rest if word_kinds.is_day(word)]
    if spoken is None or not spoken.day or len(bare) != 1:
        return list(rest)
    return [f"{spoken.day}：{word}" if word == bare[0] else word for word in rest]


def glued_to_its_day(noun: str, word: str) -> str | None:
    """The verb that a word is for which has its day with it: 10月31日离岗; None for any other."""
    for said, spoken in SPOKEN_VERBS.get(noun, {}).items():
        if spoken.day and re.fullmatch(rf"(?:{loose_days.ANY}){said}|{said}(?:{loose_days.ANY})", word):
            return spoken.verb
    return None


def since_and_what(word: str) -> list[str]:
    """A day and what a firm has become on it, as two words: 10月底关门了. Any other word as it is."""
    said = re.fullmatch(rf"(?P<day>(?:{loose_days.ANY})起?)(?P<what>[\u4e00-\u9fff]{{2,4}})", word)
    return (
        [said["day"], said["what"]] if said and loose_days.day(said["day"].removesuffix("起"), "2000-12-31") else [word]
    )
