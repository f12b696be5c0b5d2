"""Keep a grid officer, whose grid is one of the town's where the town has told which grids there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

SHOWN = 8
"""So many grids of a town are named where one is not known."""


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in an officer. Raises `Refused` E869 for a grid that the town does not have."""
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    _refuse_unknown_grid(gate, stored, row)
    return register.keep_plain(gate, record, stored, row)


def _refuse_unknown_grid(gate: Gate, stored: Values, row: Row | None) -> None:
    """What stood before the town told its grids stays, until an officer's grid or town is told otherwise; and a new
    ledger takes the officers of another one over as they are. A town has the grids of those that were merged into it
    as well."""
    before = row or {}
    town, grid = (stored.get(name) or before.get(name) for name in ("town_code", "grid"))
    unchanged = (town, grid) == (before.get("town_code"), before.get("grid"))
    if grid in (None, CLEAR) or unchanged or gate.numbers_are_free:
        return
    grids = [
        str(name)
        for (name,) in gate.reading("grid").execute(
            "WITH RECURSIVE own (code) AS"
            " (SELECT ? UNION SELECT t.code FROM town t JOIN own ON t.merged_into = own.code)"
            " SELECT DISTINCT name FROM grid WHERE town_code IN own AND voided_on IS NULL ORDER BY id",
            (town,),
        )
    ]
    if grids and grid not in grids:
        there = "、".join(grids[:SHOWN]) + (f"等{len(grids)}个" if len(grids) > SHOWN else "")
        raise Refused([Fault("E869", {"grids": there}, str(grid), "grid")])
