"""A day as people say it in a line: 上周五, 10月底, 明年10月31日, 昨天下午. Each is given back as an option takes it.

Values in, values out: knows no ledger and no clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from anjian_cli.errors import Misread
from anjian_cli.records import days

_NUMBER = r"\d{1,2}(?:[日号]|(?![日号]))"
"""The number of a day, with what is said behind it: no part of 10月20日 is a day, what stands behind would be 日起."""
_NAMED = rf"(?:\d{{4}}[年./-])?\d{{1,2}}[月./-]{_NUMBER}|今天|昨天|前天"
_WEEKS = {"上": -7, "上个": -7, "本": 0, "这": 0, "这个": 0, "下": 7, "下个": 7}
_WEEK = re.compile(r"(?P<week>上个?|本|这个?|下个?)(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_NEXT_YEAR = re.compile(r"明年(\d{1,2})[月./-](\d{1,2})[日号]?")
_END = re.compile(r"(?:(?P<month>\d{1,2})月|(?P<this>本?月|这个月)|(?P<next>下个?月)|(?P<year>今?年))(?:底|末)")
_WEEKDAY = r"(?:上个?|本|这个?|下个?)(?:周|星期|礼拜)[一二三四五六日天]"
ANY = rf"(?:{_NAMED}|{_WEEKDAY}|明年\d{{1,2}}月{_NUMBER}|\d{{1,2}}月[底末]|[本下]个?月[底末]|今?年[底末]|月[底末])"
"""A day as a part of a word, as a pattern."""
_CLOCK = r"\d{1,2}(?:[:：]\d{2}|[点时](?:半|\d{1,2}分?)?)"
HOUR = r"(?:上午|下午|早上|晚上|中午|凌晨|夜里|傍晚|早|晚)"
"""The time of a day, as a pattern."""
_TIMED = re.compile(rf"(?P<day>{ANY})(?:{HOUR}(?:{_CLOCK})?|{_CLOCK})")


def day(word: str, today: str) -> str | None:
    """The day that a word names, as an option takes it; None where it names none."""
    try:
        days.spoken_day(word, today)
    except Misread:
        pass
    else:
        return word
    now = date.fromisoformat(today)
    if week := _WEEK.fullmatch(word):
        monday = now - timedelta(now.weekday())
        return (
            monday + timedelta(_WEEKS[week["week"]] + "一二三四五六日天".index(week["day"].replace("天", "日")))
        ).isoformat()
    if said := _NEXT_YEAR.fullmatch(word):
        return _made(now.year + 1, int(said[1]), int(said[2]))
    if end := _END.fullmatch(word):
        return _last_of(end, now)
    return None


def _last_of(end: re.Match[str], now: date) -> str | None:
    """The last day of a month that is named, of this or the next one, or of this year. A month without its year leaves
    that to the option."""
    if end["month"]:
        month = int(end["month"])
        return f"{month}-{monthrange(now.year, month)[1]}" if 1 <= month <= 12 else None
    if end["year"]:
        return _made(now.year, 12, 31)
    year, month = divmod(now.year * 12 + now.month - 1 + bool(end["next"]), 12)
    return _made(year, month + 1, monthrange(year, month + 1)[1])


def _made(year: int, month: int, number: int) -> str | None:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def with_time(word: str) -> str | None:
    """The day of a word that tells a time of day behind it: 10月31日14:20, 昨天下午; None for any other."""
    timed = _TIMED.fullmatch(word)
    return None if timed is None else timed["day"]


_SINCE = re.compile(rf"(?:从|自)?(?P<day>{ANY})(?:起|起的|开始|开始的)")


def since(word: str) -> str | None:
    """The day of a word that says that something is so from that day on: 10月20日起的; None for any other."""
    said = _SINCE.fullmatch(word)
    return None if said is None else said["day"]


def speaks_of_another(text: str) -> bool:
    """Whether a text speaks of a day that is not said to be today's."""
    return any(said != "今天" for said in re.findall(ANY, text))


_COUNTED = {"半": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WITHIN = re.compile(
    r"(?P<limit>限期?|整改期限|期限)?(?P<number>\d{1,3}|[一两二三四五六七八九十]|半)个?(?P<unit>天|日|周|星期|月)(?P<within>之内|以内|内)?(?:之?前)?"
    r"(?:整改|改正|完成|改好|改完|整改完成|整改到位|改)?"
)


def within(word: str, since: str) -> str | None:
    """The last day of so many days, weeks or months that are given from a day on: 限15天, 七天内改; None for any other
    word. Days and weeks are counted on, a month keeps the number of the day as far as the month has it."""
    said = _WITHIN.fullmatch(word)
    if said is None or not (said["limit"] or said["within"]):
        return None
    number, now = said["number"], date.fromisoformat(since)
    if number == "半":
        return (now + timedelta(15)).isoformat() if said["unit"] == "月" else None
    count = int(number) if number.isdigit() else _COUNTED[number]
    if said["unit"] == "月":
        year, month = divmod(now.year * 12 + now.month - 1 + count, 12)
        return _made(year, month + 1, min(now.day, monthrange(year, month + 1)[1]))
    return (now + timedelta(count * (1 if said["unit"] in "天日" else 7))).isoformat()
