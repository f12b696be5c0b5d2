"""Periods as a list is asked for them: 10月, 上月, 三季度, 10-28; and in a phrase 下月, 最近30天, 9月到10月, 9月以来.

`period` is what one word alone names. `said` takes more, which only a longer word can say: a period that lies ahead,
one counted in days, one from one period to another. Values in, values out: knows no ledger and no clock.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from anjian_cli.commands import arguments, spoken_days
from anjian_cli.errors import Misread
from anjian_cli.records import days, values

MOST_DAYS = 3660
"""So many days a period counted in days has at most."""
_PART_OF_YEAR = re.compile(r"(今年|去年|[0-9]{4}年?)?(上半年|下半年|第?[一二三四1-4]季度)")
_QUARTERS = "一二三四"
_LAST = re.compile(r"(?:最近|近|过去)(\d{1,4}|[一两二三四五六七八九十半])个?(天|日|周|星期|月|年)")
_AHEAD = re.compile(r"(?:未来|今后)?(\d{1,4}|[一两二三四五六七八九十半])个?(天|日|周|星期|月|年)(?:之内|以内|内)")
_FROM = re.compile(r"自?(.+?)(?:以来|以后|之后|起|后)")
_UNTIL = re.compile(r"(.+?)(?:以前|之前|为止|前)")
_BETWEEN = re.compile(r"[自从]?(.+?)(?:到|至|—|－|~|～)(.+)")
_MONTHS = re.compile(r"(\d{1,2})(?:-|—|－|~|到|至)(\d{1,2})月份?")
_FIRST_QUARTERS = {"前两季度": 6, "前二季度": 6, "前三季度": 9, "前两个季度": 6, "前三个季度": 9}
_ENDS = {
    "年底": "年",
    "年末": "年",
    "年内": "年",
    "今年底": "年",
    "月底": "月",
    "月末": "月",
    "月内": "月",
    "本月底": "月",
}
_END_OF_MONTH = re.compile(r"(?:下个?月|(?P<year>今年|明年|\d{4}年)?(?P<month>\d{1,2})月份?)(?:底|末)")
_WEEK = re.compile(r"(?P<which>本|这个?|上个?|下个?)(?:周|星期|礼拜)")
_COUNTED = {"半": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def period(word: str, today: str) -> tuple[str, str] | None:
    """The first and the last day of what a word names: 10月, 2018-10, 上月, 今年, 三季度, 10-28; None where it is
    none."""
    now = date.fromisoformat(today)
    text = values.clean(word)
    if (week := _week(text, now)) is not None and week[0] <= today:
        return week
    if part := _PART_OF_YEAR.fullmatch(text):
        first = _first_month(part[2])
        return _months(_year(part[1] or "今年", now), first, first + (5 if "半年" in part[2] else 2))
    if (year := _year(text, now)) and not (text.isdigit() and not days.FIRST_YEAR <= year <= days.LAST_YEAR):
        return _months(year, 1, 12)
    if text.isdigit() and len(text) not in (6, 8):
        return None
    try:
        month = arguments.latest_month(text, today)
        return _months(int(month[:4]), int(month[5:]), int(month[5:]))
    except Misread:
        pass
    try:
        day = days.spoken_day(text, today)
    except Misread:
        return None
    return day, day


def said(text: str, today: str, *, ahead: bool = False) -> tuple[str, str] | None:
    """The first and the last day of a phrase, '' where it is open; None where it names no period. What comes due lies
    `ahead` as often as not: of it a month without its year is the one nearest to today, and 7天内 are the coming
    ones."""
    word = values.clean(text)
    found = _alone(word, today, ahead=ahead)
    if found is not None:
        return found
    if months := _MONTHS.fullmatch(word):
        first, last = int(months[1]), int(months[2])
        return _months(int(today[:4]), first, last) if 1 <= first <= last <= 12 else None
    if both := _BETWEEN.fullmatch(word):
        begin, end = _alone(both[1], today, ahead=ahead), _alone(both[2], today, ahead=ahead)
        return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None
    if since := _FROM.fullmatch(word):
        begin = _alone(since[1], today, ahead=ahead)
        return None if begin is None else (begin[0], "")
    if until := _UNTIL.fullmatch(word):
        end = _alone(until[1], today, ahead=ahead)
        return None if end is None else _until(until[1], end, today) if ahead else ("", _before(end[0]))
    return None


def only_ends(text: str) -> bool:
    """Whether a phrase says until when, and not since when: 11月7日以前."""
    return _UNTIL.fullmatch(values.clean(text)) is not None


def _until(word: str, end: tuple[str, str], today: str) -> tuple[str, str]:
    """What comes due before a period, from today on: before a day that day too, as it is said of deadlines, and before
    the end of a month or a year (年底前) until it. What lies behind has no first day."""
    last = end[1] if end[0] == end[1] or _END_OF_MONTH.fullmatch(word) or word in _ENDS else _before(end[0])
    return (today if last >= today else ""), last


def _alone(word: str, today: str, *, ahead: bool) -> tuple[str, str] | None:
    """A period that is one: what `period` names, and 下月, 明年, 下周, 最近30天, where it lies ahead 7天内."""
    now = date.fromisoformat(today)
    if (week := _week(word, now)) is not None:
        return week
    if word in ("下月", "下个月"):
        year, month = divmod(now.year * 12 + now.month, 12)
        return _months(year, month + 1, month + 1)
    if word == "明年":
        return _months(now.year + 1, 1, 12)
    if (next_year := re.fullmatch(r"明年(\d{1,2})月份?", word)) and 1 <= int(next_year[1]) <= 12:
        return _months(now.year + 1, int(next_year[1]), int(next_year[1]))
    if word == "明天":
        return ((now + timedelta(1)).isoformat(),) * 2
    if word in ("本季度", "上季度", "这个季度", "上个季度"):
        quarter = now.year * 4 + (now.month - 1) // 3 - word.startswith("上")
        return _months(quarter // 4, quarter % 4 * 3 + 1, quarter % 4 * 3 + 3)
    if word in _FIRST_QUARTERS:
        return _months(now.year, 1, _FIRST_QUARTERS[word])
    if last := _LAST.fullmatch(word):
        first = _counted(now, last[1], last[2], -1)
        return None if first is None else ((first + timedelta(1)).isoformat(), today)
    if ahead and word in _ENDS:
        return today, _months(now.year, *((1, 12) if _ENDS[word] == "年" else (now.month, now.month)))[1]
    if ahead and (month_end := _END_OF_MONTH.fullmatch(word)):
        until = _last_of(month_end, now)
        return None if until is None else (min(today, until), until)
    if ahead and (coming := _AHEAD.fullmatch(word)):
        end = _counted(now, coming[1], coming[2], 1)
        return None if end is None else (today, end.isoformat())
    found = period(word, today)
    if found is None or not ahead:
        return found
    if days.month_and_day(word) is not None:
        return (spoken_days.nearest(word, today),) * 2
    try:
        told, month = days.month(word, today)
    except Misread:
        return found
    return found if told is not None else _nearest(month, now)


def _week(word: str, now: date) -> tuple[str, str] | None:
    """Monday and Sunday of the week that a word names: 本周, 这个星期, 上周, 下个星期."""
    said = _WEEK.fullmatch(word)
    if said is None:
        return None
    monday = now + timedelta({"上": -7, "下": 7}.get(said["which"][0], 0) - now.weekday())
    return monday.isoformat(), (monday + timedelta(6)).isoformat()


def _last_of(end: re.Match[str], now: date) -> str | None:
    """The last day of the next month, or of the month of a number, without its year the one nearest to today's."""
    if end["month"] is None:
        year, month = divmod(now.year * 12 + now.month, 12)
        return _months(year, month + 1, month + 1)[1]
    number = int(end["month"])
    if not 1 <= number <= 12:
        return None
    if end["year"] is None:
        return _nearest(number, now)[1]
    told = {"今年": now.year, "明年": now.year + 1}.get(end["year"]) or int(end["year"].removesuffix("年"))
    return _months(told, number, number)[1] if days.FIRST_YEAR <= told <= days.LAST_YEAR else None


def first_day(text: str, today: str) -> str:
    """The day from which on is asked: a day, or the first of a period. Misread: as `days.spoken_day`."""
    span = period(text, today)
    return span[0] if span is not None else days.spoken_day(text, today)


def last_day(text: str, since: str, today: str) -> str:
    """The last day that is asked for, a period's last; without its year the first such day not before `since`. Misread:
    as `days.spoken_day`."""
    if since and days.month_and_day(text) is not None:
        return spoken_days.following(text, since, today, soon=False)
    span = period(text, today)
    return span[1] if span is not None else days.spoken_day(text, today)


def _counted(now: date, number: str, unit: str, way: int) -> date | None:
    """So many days, weeks, months or years from a day on; None for more than `MOST_DAYS`."""
    count = _COUNTED.get(number, int(number) if number.isdigit() else 0)
    if number == "半":
        count, unit = {"月": (15, "天"), "年": (6, "月")}.get(unit, (0, unit))
    if not count:
        return None
    if unit in ("月", "年"):
        months = now.year * 12 + now.month - 1 + way * count * (12 if unit == "年" else 1)
        if not 1 <= count <= MOST_DAYS // 30:
            return None
        last = (date(months // 12 + (months % 12 == 11), (months + 1) % 12 + 1, 1) - timedelta(1)).day
        return date(months // 12, months % 12 + 1, min(now.day, last))
    spanned = count * (7 if unit in ("周", "星期") else 1)
    return now + way * timedelta(spanned) if spanned <= MOST_DAYS else None


def _nearest(month: int, now: date) -> tuple[str, str]:
    """The month of that number nearest to today's: of a year, half lie behind and half ahead."""
    here = now.year * 12 + now.month
    year = min((now.year - 1, now.year, now.year + 1), key=lambda each: abs(each * 12 + month - here))
    return _months(year, month, month)


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def _year(text: str, now: date) -> int:
    """The year that a text names, 0 where it names none."""
    spoken = {"今年": now.year, "本年": now.year, "去年": now.year - 1, "上年": now.year - 1}
    bare = text.removesuffix("度").removesuffix("年")
    return spoken.get(text, int(bare) if len(bare) == 4 and values.all_digits(bare) else 0)


def _first_month(part: str) -> int:
    if "半年" in part:
        return 1 if part == "上半年" else 7
    sign = part.removeprefix("第")[0]
    return 1 + 3 * (_QUARTERS.find(sign) if sign in _QUARTERS else int(sign) - 1)


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    following = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1).isoformat(), (following - timedelta(1)).isoformat()
