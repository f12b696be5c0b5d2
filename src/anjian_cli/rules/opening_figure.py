"""What must hold of an opening figure, alone and against single records of the same cell and period."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Row, Rows, day, next_day, number


def faults(root: Rows) -> list[Fault]:
    """A cumulative total never falls below the one before it in the same year, nor below what was written down."""
    (figure,) = root["opening_figure"]
    quantity, cumulative, written_down = (int(str(figure[name])) for name in ("quantity", "cumulative", "written_down"))
    if figure["voided_on"] is not None or quantity >= 0:
        return []
    adds = quantity + written_down
    if adds < 0:
        words = {"day": next_day(day(figure, "period_from"), -1), "other": cumulative - adds}
        return [Fault("E418", words, str(cumulative), "cumulative")]
    return [Fault("E415", {"number": number(figure), "quantity": adds, "by": written_down}, None, "cumulative")]


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
        "quantity": figure["quantity"],
        "recorded": recorded,
        "number": number(figure),
        "by": recorded - int(str(figure["written_down"])),
    }
    return Fault("E414", words)
