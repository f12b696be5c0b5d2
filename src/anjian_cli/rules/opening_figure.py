"""What must hold of an opening figure, alone and against single records of the same cell and period."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Row, Rows, day, number


def faults(root: Rows) -> list[Fault]:
    """A cumulative total never falls below the totals before it in the same year."""
    (figure,) = root["opening_figure"]
    quantity = figure["quantity"]
    if figure["voided_on"] is None and isinstance(quantity, int) and quantity < 0:
        words = {"day": day(figure, "from_on"), "other": int(str(figure["cumulative"])) - quantity}
        return [Fault("E418", words, str(figure["cumulative"]), "cumulative")]
    return []


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
