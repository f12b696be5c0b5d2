"""设置: dated values such as the issuer's name, the document mark, weights and plan curves."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated

from anjian_cli.errors import Misread
from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, Record, yuan
from anjian_cli.records.fields import YES_NO
from anjian_cli.records.risk_grade import GRADES
from anjian_cli.rules.intervals import BEGINNING


def _flag(text: str) -> str:
    return str(values.yes_no(text))


def _share(text: str) -> str:
    return str(amounts.share(text))


def _curve(text: str) -> str:
    """Twelve shares of the year's task due by each month's end, never falling, none above 1."""
    shares = [amounts.share(part) for part in text.replace("，", " ").replace(",", " ").split()]
    if len(shares) != 12 or sorted(shares) != shares or shares[-1] > 1:
        raise Misread("E254")
    return " ".join(map(str, shares))


def _count(text: str) -> str:
    return str(amounts.count(text))


def _days(text: str) -> str:
    """Days after the month's end on which a report is still in time."""
    number = amounts.count(text)
    if number > 31:
        raise Misread("E203", choices="0至31的天数")
    return str(number)


def _day_of_month(text: str) -> str:
    """A day of the month after, on which towns answer the bulletin."""
    day = amounts.count(text)
    if not 1 <= day <= 28:
        raise Misread("E203", choices="1至28的日子")
    return str(day)


def _days_to_answer(text: str) -> str:
    """Days within which a department answers for a hazard that was handed over to it."""
    number = amounts.count(text)
    if not 1 <= number <= 365:
        raise Misread("E203", choices="1至365的天数")
    return str(number)


def _yuan(text: str) -> str:
    return yuan(amounts.money(text))


def _times_a_year(text: str) -> str:
    """How often a year an enterprise is inspected, in equal parts of it."""
    number = amounts.count(text)
    if not 1 <= number <= 52:
        raise Misread("E203", choices="1至52的次数")
    return str(number)


def _letter(text: str) -> str:
    letter = values.clean(text).upper()
    if len(letter) != 1 or not letter.isascii() or not letter.isalpha():
        raise Misread("E203", choices="A至Z中的一个字母")
    return letter


def _mapping(text: str) -> str:
    """What the headings of a town's lists mean, as one line of JSON (`exchange.mapping_text.compact` writes it)."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not told:
        raise Misread("E203", choices="由 anjian 导入 文件 --对照 对照文件 --记住 镇 记下的")
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


LONGEST = 4000
"""Characters of a value: as many as a town's mapping needs."""
FIXED: dict[str, tuple[str, Callable[[str], str]]] = {
    "region_code": ("区划代码", codes.region_code),
    "region_name": ("地区名称", values.text(40)),
    "issuer": ("发文单位", values.text(100)),
    "document_mark": ("发文代字", values.text(20)),
    "clerk": ("经办人", values.text(40)),
    "contact": ("联系方式", values.text(100)),
    "copy_to": ("抄送", values.text(300)),
    "recipients": ("主送", values.text(300)),
    "consequence": ("通报约谈", values.text(300)),
    "reply.plan": ("补差计划截止日", _day_of_month),
    "reply.objection": ("异议截止日", _day_of_month),
    "ledger_letter": ("台账字母", _letter),
    "foreign_codes": ("可用外县代码", _flag),
    "demonstration": ("演示数据", _flag),
    "demonstration_day": ("演示日期", days.day),
    "package.detail": ("报送数细到", values.choice("镇", "县")),
    "cap": ("单项超100%按100%计", _flag),
    "lag.last": ("落后名单取末几位", _count),
    "lag.below_pace": ("落后须低于序时进度", _flag),
    "filing.grace": ("报送宽限天数", _days),
    "answer.days": ("移交答复天数", _days_to_answer),
    "reward.least": ("责任村奖励下限", _yuan),
    "reward.most": ("责任村奖励上限", _yuan),
    "hazard.in_time_by": ("按期以…计", values.choice("整改完成日期", "验收日期")),
}
BY_INDICATOR: dict[str, tuple[str, Callable[[str], str]]] = {
    "plan": ("序时计划", _curve),
    "ranked": ("是否评排名", _flag),
}
BY_CATEGORY: dict[str, tuple[str, Callable[[str], str]]] = {"weight": ("权重", _share)}
BY_TOWN: dict[str, tuple[str, Callable[[str], str]]] = {
    "group": ("分组", values.text(20)),
    "mapping": ("表格对照", _mapping),
}
BY_GRADE: dict[str, tuple[str, Callable[[str], str]]] = {"inspect": ("检查频次", _times_a_year)}
BY = BY_INDICATOR | BY_CATEGORY | BY_TOWN | BY_GRADE


def kind(name: str) -> tuple[str, Callable[[str], str]]:
    """Title and parser of the setting called `name`. Raises KeyError."""
    if name in FIXED:
        return FIXED[name]
    prefix, _, of = name.partition(".")
    if not of:
        raise KeyError(name)
    if prefix in BY_GRADE and of not in GRADES:
        raise KeyError(name)
    return BY[prefix]


def worded(name: str, value: str) -> str:
    """The stored value of the setting called `name` as people write it: 是 for 1, 0.125 for 1/8. Raises KeyError."""
    parse = kind(name)[1]
    if parse is _flag:
        return YES_NO[value == "0"]
    if parse is _share:
        return _decimal(value)
    if parse is _curve:
        return " ".join(map(_decimal, value.split()))
    return value


def _decimal(share: str) -> str:
    """A share as a decimal where that is exact to four places, else the fraction itself."""
    parts = Fraction(share) * 10_000
    if parts.denominator > 1:
        return share
    whole, rest = divmod(parts.numerator, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def setting_name(text: str) -> str:
    """A setting's name, English or by its Chinese title (`序时计划.standard.reached.三级复评`). Raises `Misread`."""
    name = values.clean(text)
    titles = {values.clean(title): key for key, (title, _) in FIXED.items()}
    prefixes = {title: key for key, (title, _) in BY.items()}
    head, dot, of = name.partition(".")
    name = titles.get(name, prefixes.get(head, head) + dot + of)
    try:
        kind(name)
    except KeyError:
        kinds = ((BY_INDICATOR, "指标"), (BY_CATEGORY, "类别"), (BY_TOWN, "镇街"), (BY_GRADE, "红"))
        by = (f"{title}.{of}" for prefixed, of in kinds for title, _ in prefixed.values())
        known = "、".join([*(title for title, _ in FIXED.values()), *by])
        raise Misread("E203", choices=known) from None
    return name


def first_day(text: str) -> str:
    """The day from which a setting holds; 最初: from the first day of all. Misread: as `days.day`."""
    return BEGINNING if values.clean(text) == "最初" else days.day(text)


class Setting(Fields):
    name: Annotated[str, Column("名称", setting_name, ("设置",), required=True, example="issuer")]
    value: Annotated[
        str,
        Column(
            "值", values.text(LONGEST), ("内容",), required=True, example="永康市安全生产委员会办公室", measure="name"
        ),
    ]
    from_on: Annotated[str | None, Column("起用日期", first_day, example="2018-01-01")] = None


RECORD = Record(
    "setting",
    "设置",
    Setting,
    order=0,
    office=True,
    hinted=("设置",),
    command="settings",
    subject="name",
    keys=(("name", "from_on"),),
    lasting=frozenset({"from_on"}),
)
