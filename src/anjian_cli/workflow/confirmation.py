"""A town agrees with its figures of a month (确认): who of it, on which day, how, and with which figures."""

from __future__ import annotations

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.doubts import digest, figures_of
from anjian_cli.bulletin.period import Period
from anjian_cli.errors import refused
from anjian_cli.ledger.gate import Gate


def confirm(gate: Gate, period: Period, town: str, by: str, on: str, how: str) -> None:
    """Register a town's agreement with its report of the month; a later one takes the place of the one before. Raises
    `Refused` E463 where the town has not reported."""
    row = gate.connection.execute(
        "SELECT id FROM filing WHERE town_code = ? AND month = ? AND voided_on IS NULL", (town, period.key)
    ).fetchone()
    if row is None:
        raise refused("E463", month=period.title)
    agreed = digest(figures_of(compile_bulletin(gate.connection, period), town))
    gate.update("filing", row[0], confirmed_on=on, confirmed_by=by, confirmed_how=how, confirmed_figures=agreed)
