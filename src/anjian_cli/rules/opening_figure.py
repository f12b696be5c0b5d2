"""What must hold of an opening figure, alone and against single records of the same cell and period."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Row, Rows, day, next_day, number

MONEY = ("case.fine", "case.accident_fine", "village.rewarded")
"""The indicators that count fen."""


def told(indicator: object, quantity: int, counted: str = "") -> str:
    """A quantity as a clerk writes it, and can type it: money in 万元 to the fen, all else as a number of what is
    `counted`."""
    if indicator not in MONEY:
        return f"{quantity}{counted}"
    whole, rest = divmod(quantity, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") + "万元"


def faults(root: Rows) -> list[Fault]:
    """A cumulative total never falls below the one before it in the same year, nor below what was written down."""
    (figure,) = root["opening_figure"]
    quantity, cumulative, written_down = (int(str(figure[name])) for name in ("quantity", "cumulative", "written_down"))
    if figure["voided_on"] is not None or quantity >= 0:
        return []
    adds = quantity + written_down
    of = figure["indicator"]
    if adds < 0:
        words = {"day": next_day(day(figure, "period_from"), -1), "other": told(of, cumulative - adds)}
        return [Fault("E418", words, told(of, cumulative), "cumulative")]
    words = {"number": number(figure), "quantity": told(of, adds), "by": told(of, written_down)}
    return [Fault("E415", words, None, "cumulative")]


def clash(figure: Row, recorded: int) -> Fault | None:
    """A fault if `recorded` single records stand in the cell and period of an opening figure beyond what it was
    written down for. `figure` also carries `title` and `town_name`."""
    if recorded <= int(str(figure["written_down"])):
        return None
    period = f"{figure['period_from']}至{figure['from_on']}" if figure["period_from"] else f"{figure['from_on']}"
    words = {
        "indicator": figure["title"],
        "town": figure["town_name"],
        "period": period,
        "quantity": told(figure["indicator"], int(str(figure["quantity"]))),
        "recorded": told(figure["indicator"], recorded, "件"),
        "number": number(figure),
        "by": told(figure["indicator"], recorded - int(str(figure["written_down"]))),
    }
    return Fault("E414", words)
