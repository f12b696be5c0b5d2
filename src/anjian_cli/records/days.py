"""How days, months and years are read, in any form that offices send. As in `values` nothing here knows a record or the
clock: what is today is handed down.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from anjian_cli.errors import Misread
from anjian_cli.records.values import DASHES, all_digits, clean

FIRST_YEAR, LAST_YEAR = 1900, 2199
_SERIAL_ORIGIN = date(1899, 12, 30)  # day 0 of the 1900 system for every day after its false 29 February 1900
_AGO = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}


def _date_text(text: str) -> str:
    """The part of `text` that names the day, without a time of day behind it."""
    found = clean(text).translate(DASHES)
    if ":" not in found:
        return found
    timed = re.fullmatch(r"(.*?[0-9日号])[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?", found)
    if timed is None:
        raise Misread("E212")
    return timed[1]


def _parts(text: str) -> tuple[str, ...]:
    """Year, month and day as typed, or month and day alone. Raises `Misread` E212."""
    if "月" in text:
        head, _, last = text.partition("月")
        parts = [*head.split("年"), last.strip().removesuffix("日").removesuffix("号")]
    elif len(text) == 8 and all_digits(text):
        parts = [text[:4], text[4:6], text[6:]]
    else:
        parts = next((text.split(mark) for mark in "-/." if mark in text), [])
    found = tuple(part.strip() for part in parts)
    if len(found) not in (2, 3) or not all(map(all_digits, found)):
        raise Misread("E212")
    if max(map(len, found[-2:])) > 2 or (len(found) == 3 and len(found[0]) != 4):
        raise Misread("E212")
    return found


def _month_days(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(1)).day


def _dated(year: int, month: int, day: int) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Misread("E215")
    if not 1 <= month <= 12:
        raise Misread("E211", why=f"没有{month}月")
    if not 1 <= day <= _month_days(year, month):
        raise Misread("E211", why=f"{year}年{month}月没有{day}日")
    return f"{year:04}-{month:02}-{day:02}"


def day(text: str) -> str:
    """A day as `YYYY-MM-DD`, from any form offices send, Excel's serial numbers (1900 system) included.

    Misread: E201, E211 (no such day), E212 (no day at all), E215 (year), E216 (year missing).
    """
    found = _date_text(text)
    serial, _, time = found.partition(".")
    if len(serial) == 5 and all_digits(serial) and (not time or all_digits(time)):
        if not 20000 <= int(serial) <= 80000:
            raise Misread("E212")
        return (_SERIAL_ORIGIN + timedelta(int(serial))).isoformat()
    parts = [int(part) for part in _parts(found)]
    if len(parts) == 3:
        return _dated(*parts)
    if 1 <= parts[0] <= 12 and 1 <= parts[1] <= 31:
        raise Misread("E216")
    raise Misread("E212")


def month_and_day(text: str) -> tuple[int, int] | None:
    """Month and day of a text that names them without a year (10-28, 10月28日); None of any other text."""
    try:
        day(text)
    except Misread as misread:
        if misread.code == "E216":
            month, number = (int(part) for part in _parts(_date_text(text)))
            return month, number
    return None


def spoken_day(text: str, today: str) -> str:
    """A day as typed on the command line: as `day`, or 今天, 昨天, 前天, or without its year (10-28): the
    latest such day not after `today`. Misread: as `day`, but for E216."""
    now = date.fromisoformat(today)
    word = clean(text)
    if word in _AGO:
        return (now - timedelta(_AGO[word])).isoformat()
    named = month_and_day(text)
    if named is None:
        return day(text)
    month, number = named
    for year in range(now.year, now.year - 9, -1):  # leap years may stand 8 years apart
        if number <= _month_days(year, month) and date(year, month, number) <= now:
            return _dated(year, month, number)
    raise Misread("E211", why=f"{month}月没有{number}日")


def month(text: str, today: str) -> tuple[int | None, int]:
    """Year (None if it was not said) and month, from 10, 10月, 2018-10, 201810, 上月, 本月. Misread: E108."""
    now = date.fromisoformat(today)
    found = clean(text).translate(DASHES).replace(" ", "")
    if found in ("本月", "这个月"):
        return now.year, now.month
    if found in ("上月", "上个月"):
        before = now.replace(day=1) - timedelta(1)
        return before.year, before.month
    said = re.fullmatch(r"(?:([0-9]{4})[年/.-])?([0-9]{1,2})(?:月份?)?", found)
    said = said or re.fullmatch(r"([0-9]{4})([0-9]{2})", found)
    if said is None or not 1 <= int(said[2]) <= 12:
        raise Misread("E108")
    if said[1] is None:
        return None, int(said[2])
    if not FIRST_YEAR <= int(said[1]) <= LAST_YEAR:
        raise Misread("E108")
    return int(said[1]), int(said[2])


def year(text: str) -> int:
    """A year, 2018, 2018年 or 2018年度. Misread: E215, and those of `count`."""
    from anjian_cli.records.amounts import count  # here: a step names days, and no year alone

    number = count(clean(text).removesuffix("度").removesuffix("年"))
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Misread("E215")
    return number


def year_month(text: str) -> str:
    """A month with its year, as YYYY-MM; of a day, its month. Misread: E108, E216 (year missing), E288 (2018.1, which
    a spreadsheet makes of 2018.10)."""
    if re.fullmatch(r"[0-9]{4}\.1", clean(text)):
        raise Misread("E288")
    try:
        said, number = month(text, "2000-01-01")
    except Misread:
        try:
            return day(text)[:7]  # a spreadsheet makes a day of what looks like a month
        except Misread:
            pass
        raise
    if said is None or not any(char.isdigit() for char in text):
        raise Misread("E216")
    return f"{said:04}-{number:02}"
