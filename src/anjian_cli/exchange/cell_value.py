"""A cell's value, as a library for workbooks gives it, as the text that its reader sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_EXACT = 10**15
"""From here on a number in a cell is no longer the one that was typed."""


def text(value: object) -> str:
    """A cell's value as its reader sees it.

    Numbers have no .0 and no more than the 15 digits that are exact; one of 16 or more digits has lost the last ones
    and is written as 9.13308E+17. A day without a time has none.
    """
    return TEXTS[type(value)](value)


def _duration(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _number(value: float) -> str:
    if not -_EXACT < value < _EXACT:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}" if exponent else mantissa
    whole = int(value)
    if whole == value:
        return str(whole)
    return format(Decimal(f"{value:.15g}"), "f")


TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "是" if value else "否",
    int: _number,
    float: _number,
    date: date.isoformat,
    datetime: lambda value: f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}",
    time: lambda value: f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}",
    timedelta: _duration,
}
