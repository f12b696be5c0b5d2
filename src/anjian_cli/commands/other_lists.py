"""What is asked of one list and stands in another: 检测 列表 应检未检 is 应检 列表 未检; who has not filed is
in no list of reports. A wrong list, or an empty one, would be taken for the answer.

A table of records and of what people ask; knows no ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Elsewhere(NamedTuple):
    """Where the answer is: the command with its words, whether the other conditions hold there too, and what is to be
    said of it; whether the word that asks is asked `there` itself. No command where the ledger does not have it."""

    line: tuple[str, ...]
    why: str
    rest: bool = True
    there: bool = False


_UNTESTED = r"应检未检|未检(?:测|的)?|没有?检测?(?:的|过)?|该检没检|还没检测?|没做检测|应检没检"
_OWED = r"应做未做|该做没做|欠(?:做|的|次数)?|没做的?|未做的?|还没做(?:的)?|欠服务|漏做(?:的)?"
_NO_VISIT = (
    r".*(?:没有|没|未)(?:去|来|有)?(?:上门|上过门)(?:服务)?过?(?:的|企业|合同|了)*"
    r"|.*(?:没有|没|未)(?:去|来)过?(?:的|企业|合同|了)*"
)
_UNFILED = r"(?:还)?(?:没有|没|未|谁没|应报未)(?:报|报送|上报|交)(?:的)?|没交(?:的)?|缺报(?:的)?|漏报(?:的)?|应报未报"
_UNSEEN = r"(?:应查)?(?:未查|没查|没有查|未检查|没检查|没有检查)(?:过)?(?:的)?(?:企业)?|漏查(?:的)?"
_TABLE: Mapping[str, Mapping[str, Elsewhere]] = {
    "health_test": {
        _UNTESTED: Elsewhere(("exposure", "list", "未检"), "没有检测的，没有检测记录"),
        r"(?:[一两二三四五\d]+年)(?:没|未|没有)检测?(?:过)?的?": Elsewhere(
            (), "没有检测的没有检测记录；今年没有检测的：anjian 应检 列表 未检"
        ),
        r"报告(?:还)?(?:没有|没|未)(?:出来|出|到|拿到)的?|没出报告的?|等报告的?|未出报告的?": Elsewhere(
            (), "检测有了报告才登记，等着报告的还没有记录；今年没有检测的：anjian 应检 列表 未检"
        ),
    },
    "visit": {
        _OWED: Elsewhere(("trusteeship", "list", "欠服务"), "没有做的服务，没有服务记录"),
        _NO_VISIT: Elsewhere(("trusteeship", "list"), "没有上门的，没有服务记录", there=True),
    },
    "filing": {_UNFILED: Elsewhere(("notice", "催报"), "没有报的，没有报送记录", rest=False)},
    "inspection": {_UNSEEN: Elsewhere(("enterprise", "list", "未查"), "没有查过的企业，没有检查记录")},
    "diagnosis": {
        r"(?:未|没|没有|还没)诊断(?:的|过)?": Elsewhere((), "没有诊断的没有诊断记录；看整治的各阶段：anjian 整治 阶段")
    },
    "guidance": {
        r"(?:未|没|没有|还没)指导(?:的|过|完)?": Elsewhere(
            (), "没有指导的没有记录；哪些村还没有指导完：anjian 指导 统计"
        )
    },
    "enterprise": {
        r"规上(?:企业)?|规下(?:企业)?|规模以上(?:企业)?|规模以下(?:企业)?": Elsewhere(
            (), "规模只记大型、中型、小型、微型，不记规上规下"
        )
    },
}


def of(record: str, word: str) -> Elsewhere | None:
    """Where what a word asks of a record's list is answered; None where it is asked of the right one."""
    return next((where for asked, where in _TABLE.get(record, {}).items() if re.fullmatch(asked, word)), None)


def first(record: str, words: Sequence[str]) -> tuple[str, Elsewhere] | None:
    """The first of some words that is answered elsewhere, and where."""
    return next(((word, where) for word in words if (where := of(record, word)) is not None), None)
