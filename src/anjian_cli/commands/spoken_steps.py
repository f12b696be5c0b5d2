"""What people say for a step of a record's life: a verb that the noun does not have, a word that the step says already.

Tables, and what follows from them; knows no ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import loose_days, word_kinds
from anjian_cli.rules.word_lists import WITHOUT_CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_NO_CODE = "没有信用代码"
"""A firm has no code: why it has none is to be told with it."""
_CODE = "(?:(?:统一)?(?:社会)?(?:信用)?代码证?|营业执照|执照)"
_STILL = "(?:都|也|目前|现在|暂时|暂|还|尚|仍|一直)*"
_WITHOUT = re.compile(
    rf"{_CODE}{_STILL}(?:没有?|未|无)(?:去)?(?:办|申请|申领|领|拿|批|下|发|出|取)?(?:理|到|得|好|完|出|下)*来?"
    rf"|{_CODE}{_STILL}(?:正在|在)(?:办|申请|申领|审批)理?中?|{_CODE}(?:办理|申请|申领|审批)中"
    rf"|{_CODE}{_STILL}(?:待办|待补|缺|不详|不清楚|不知道)"
    rf"|{_STILL}(?:没有?|未|无)(?:去)?(?:办|申请|申领|领|拿|取得)?(?:理|到|好)?{_CODE}"
)
"""What people say of a firm that has no code. A licence carries the code (国办发〔2015〕50号)."""
_WHY_NOT = {
    **{term: term for term in WITHOUT_CODE.words},
    **dict.fromkeys(("办理中", "正在申请", "在申请", "申请中", "申领中"), "在办"),
    **dict.fromkeys(("不清楚", "不知道"), "代码不详"),
    "不详": "代码不详",
}
"""What says why it has none, and the term of 无代码原因 for it."""
_DONE = dict.fromkeys(("完成", "已完成", "完毕", "好了", "了", "到位"), "")
SPOKEN_FLAGS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("hazard", "accept"): dict.fromkeys(("合格", "通过", "验收合格", "已合格"), "")
    | dict.fromkeys(("不合格", "未通过", "没通过", "不通过", "没有通过"), "--不合格"),
    ("hazard", "close"): _DONE | dict.fromkeys(("验收合格", "合格"), ""),
    ("hazard", "rectify"): _DONE,
    ("hazard", "extend"): dict.fromkeys(("到", "至"), ""),
    ("enterprise", "add"): {_NO_CODE: ""},
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


BEGUN: Mapping[str, tuple[str, ...]] = {
    "case": ("立案",),
    "accident": ("发生", "上报", "快报", "报告", "初报"),
    "standard": ("启动",),
}
"""By noun: what people say that came about, of a record that is new."""
_BEGUN_ON = {"filing": re.compile(rf"(?:{loose_days.ANY})(?:已经?|就)?(?:报送|上报|报来|交来|收到|交上来|交|报)了?")}
"""By noun: what says so together with its day: 今天已交."""


def came_about(noun: str, word: str) -> bool:
    """Whether a word says that a record is new, and on which day that came about."""
    said = _BEGUN_ON.get(noun)
    return said is not None and said.fullmatch(word) is not None


def without_a_code(rest: Sequence[str]) -> list[str]:
    """The words of a new firm, those that say that it has no code as one, with why it has none where they say that:
    信用代码还在办. Other words as they are."""
    said, reasons = [], set()
    for word in rest:
        why = next((each for each in _WHY_NOT if each in word), "")
        if _WITHOUT.fullmatch(word) or (why and _WITHOUT.fullmatch(word.removeprefix(why).lstrip("，,的"))):
            said.append(word)
            reasons |= {_WHY_NOT[why]} if why else set()
    others = [word for word in rest if word not in said]
    told = [f"无代码原因：{reason}" for reason in reasons] if len(reasons) == 1 else []
    return [*others, _NO_CODE, *told] if said else others


def tells_its_day(noun: str, said: str, rest: Sequence[str]) -> bool:
    """Whether the day is told that a verb which people say is of; true of any other verb."""
    spoken = SPOKEN_VERBS.get(noun, {}).get(said)
    return spoken is None or not spoken.day or any(re.search(loose_days.ANY, word) for word in rest)


def of_its_day(noun: str, said: str, rest: Sequence[str]) -> list[str]:
    """The words behind a verb that people say, its one day with its title; other verbs' as they are."""
    spoken = SPOKEN_VERBS.get(noun, {}).get(said)
    bare = {word: loose_days.since(word) or word for word in rest if word_kinds.is_day(loose_days.since(word) or word)}
    if spoken is None or not spoken.day or len(bare) != 1:
        return list(rest)
    return [f"{spoken.day}：{bare[word]}" if word in bare else word for word in rest]


def glued_to_its_day(noun: str, word: str) -> str | None:
    """The verb that a word is for which has its day with it: 10月31日离岗; None for any other."""
    for said, spoken in SPOKEN_VERBS.get(noun, {}).items():
        if spoken.day and re.fullmatch(rf"(?:{loose_days.ANY}){said}|{said}(?:{loose_days.ANY})", word):
            return spoken.verb
    return None


def since_and_what(word: str, became: Callable[[str], bool]) -> list[str]:
    """A day and what a firm `became` on it, as two words: 10月底关门了. Any other word as it is."""
    said = re.fullmatch(rf"(?P<day>{loose_days.ANY})(?:起|开始)?(?P<what>[\u4e00-\u9fff]{{2,4}})", word)
    told = said is not None and word_kinds.is_day(said["day"]) and became(said["what"])
    return [said["day"], said["what"]] if said is not None and told else [word]
