"""Whose a record is that may be a town's or a department's, and whether the scheme asks that kind of unit at all."""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import unit_kinds
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

UNITS = ("town_code", "department")
"""The columns of which one says whose it is."""


def hold_one(stored: Mapping[str, object], row: Mapping[str, object] | None) -> None:
    """Raises `Refused` E793 for a record of a town and of a department, or of neither."""
    of = [stored.get(name) or (row[name] if row else None) for name in UNITS]
    if of.count(None) + of.count(CLEAR) != 1:
        raise refused("E793", None, "town")


def hold_asked(gate: Gate, indicator: str, day: str, of: str) -> None:
    """Raises `Refused` E853 where the scheme in force on a day asks an indicator not of units of a kind (TOWNS,
    DEPARTMENTS)."""
    found = gate.connection.execute(
        "SELECT short, COALESCE(units, '') AS units FROM dated_indicator"
        " WHERE id = ? AND from_on <= ? AND ? < until_on",
        (indicator, day, day),
    ).fetchone()
    if found is not None and not unit_kinds.holds_for(found["units"], of):
        other = TOWNS if of == DEPARTMENTS else DEPARTMENTS
        words = {"short": found["short"], "of": of, "other": other}
        raise Refused([Fault("E853", words, found["short"], "indicator")])


def kind(whole: Mapping[str, object]) -> str:
    """TOWNS or DEPARTMENTS, by the stored values of a record."""
    return TOWNS if whole.get("department") in (None, CLEAR) else DEPARTMENTS
