"""What follows of a monthly figure: it stands at the end of its month, and until the next one is told."""

from __future__ import annotations

from anjian_cli.rules.derivation import Derived, row_id
from anjian_cli.rules.intervals import Rows, day, month_end


def derived(root: Rows) -> Derived:
    """The last day of its month, and that of the next: what stands is told each month, so that a month without a
    figure does not go on with that of the month before."""
    (figure,) = root["monthly_figure"]
    month = day(figure, "month")
    columns = {"from_on": month_end(month), "until_on": month_end(month, 1)}
    return Derived(columns={("monthly_figure", row_id(figure)): columns})
