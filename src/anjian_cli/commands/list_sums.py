"""What is asked of a list in all: how many there are, of how many firms, what a number of theirs adds up to: 几条,
去了几家, 发现多少隐患.

The list is the answer; what is said here stands above it. Summed is only what means the same in each record of a type
and is no figure of a bulletin, which has rules of its own (deaths, fines).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.ledger import listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anjian_cli.commands.list_words import Reader
    from anjian_cli.ledger.listing import Wanted

ASKING = (
    *("哪些", "有哪些", "哪几家", "哪几条", "多少", "有多少"),
    *(f"{how}{of}" for how in ("几", "有几", "多少", "有多少") for of in "家条期起次个份件"),
)
"""What only says that it is a question: the answer is counted."""
_DID = "(?:去|查|检查|做|服务|跑|上门|签|办|搞|开)了?"
_ASKS = re.compile(
    rf"(?:一共|总共|合计|共)?有?{_DID}?(?:几|多少)[家条期起次个份件](?:企业|单位|厂)?|(?:一共|总共|共)有?多少"
    r"|合计|共计|总计|总数|一共|总共|是不是|有没有|有无|是否"
)
_COUNTS = re.compile("几|多少")
_FIRMS = re.compile(r"(?:几|多少)家")
_SUMMED: Mapping[str, Mapping[str, str]] = {
    "visit": {
        "发现隐患": "hazards_found",
        "查出隐患": "hazards_found",
        "发现问题": "hazards_found",
        "隐患": "hazards_found",
        "已整改": "hazards_closed",
        "整改": "hazards_closed",
        "整改隐患": "hazards_closed",
        "改": "hazards_closed",
    },
    "training": {
        "参训": "attended",
        "参加": "attended",
        "培训": "attended",
        "到": "attended",
        "合格": "passed",
        "考核合格": "passed",
    },
    "trusteeship": {"年费": "yearly_fee", "费用": "yearly_fee", "约定服务": "visits_per_year"},
    "enterprise": {"从业人员": "employees", "员工": "employees", "职工": "employees"},
}
"""By record type: what people call a number of it that is added up, and its field."""
_SUM = re.compile(
    r"(?:一共|总共|共)?(?P<before>.*?)了?(?:一共|总共|共)?(?:几|多少)(?:[条个处次元]|人次?)?钱?(?P<behind>.*)"
)
_TOTAL = re.compile(r"(?P<before>.+?)(?:合计|总数|总额|共计|总计)(?P<behind>)")


def asks(record: str, word: str) -> bool:
    """Whether a word asks of a list in all, and says nothing of what is to be in it."""
    return word in ASKING or _ASKS.fullmatch(word) is not None or bool(summed(record, word))


def counts(word: str) -> bool:
    """Whether a word that says something else asks as well how many there are: 还有几条."""
    return _COUNTS.search(word) is not None


def summed(record: str, word: str) -> str:
    """The field of which a word asks the sum; '' for any other word."""
    names = _SUMMED.get(record, {})
    said = (_SUM.fullmatch(word) or _TOTAL.fullmatch(word)) if names else None
    return "" if said is None else names.get(said["before"] + said["behind"], "")


def told(reader: Reader, wanted: Wanted, asked: Sequence[str]) -> str:
    """What the words that ask of a list in all are answered: 共12条，11家企业；发现隐患（条）合计8."""
    record, connection = reader.record, reader.connection
    found = [f"共{listing.count(connection, record.name, wanted)}条"]
    if any(map(_FIRMS.search, asked)) and record.name != "enterprise" and "enterprise" in reader.listed:
        found[0] += f"，{listing.firms(connection, record.name, wanted)}家企业"
    for field in dict.fromkeys(filter(None, (summed(record.name, word) for word in asked))):
        column = record.columns[field]
        total, blank = listing.total(connection, record.name, wanted, field)
        without = f"（{blank}条没有填）" if blank else ""
        found.append(f"{column.title}合计{column.show(total)}{without}")
    return "；".join(found)
