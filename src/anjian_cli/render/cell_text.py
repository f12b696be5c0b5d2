"""How a rate, a lead and a rank stand in a column of a screen or a sentence."""

from __future__ import annotations

from fractions import Fraction

from anjian_cli.bulletin import wording


def percent(rate: Fraction | None) -> str:
    """A rate for a column that says (%)."""
    return wording.hundredths(rate)


def gap(difference: Fraction | None) -> str:
    """A lead or a lag in 百分点 with its sign; — for None."""
    return wording.NOTHING if difference is None else wording.lead(difference)


def whole(number: int | None) -> str:
    """A rank."""
    return wording.NOTHING if number is None else str(number)
