"""In which grid (网格) an enterprise lies on a day, and who looks after it (网格员).

The grid officer is the one whom the enterprise names, else those of its village. The grid is that of the officer whom
it names; where that says nothing, the one of its village, if it has exactly one.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from anjian_cli.rules.intervals import BEGINNING, OPEN


class FirmGrids:
    """The officers and grids of a day."""

    def __init__(self, connection: sqlite3.Connection, day: str) -> None:
        on = {"day": day, "beginning": BEGINNING, "open": OPEN}
        there = "voided_on IS NULL AND COALESCE(from_on, :beginning) <= :day AND :day < COALESCE(until_on, :open)"
        self._grid_of: dict[tuple[str, str], str] = {}
        self._officers: defaultdict[str, list[str]] = defaultdict(list)
        self._grids: defaultdict[str, set[str]] = defaultdict(set)
        for town, village, name, grid in connection.execute(
            f"SELECT town_code, COALESCE(village_code, ''), name, grid FROM officer WHERE {there} ORDER BY name", on
        ):
            self._officers[village].append(name)
            if grid:
                self._grid_of[town, name] = grid
        for village, name in connection.execute(
            f"SELECT village_code, name FROM grid WHERE {there} AND village_code IS NOT NULL", on
        ):
            self._grids[village].add(name)

    def officer(self, village: str, named: str | None) -> str:
        """Who looks after a firm of a village (its code, '' for none) that names one, or none; '' where nobody does."""
        return named or ("、".join(self._officers[village]) if village in self._officers and village else "")

    def grid(self, town: str, village: str, named: str | None) -> str:
        """The grid of a firm; '' where none is known."""
        own = self._grid_of.get((town, named or ""))
        if own is not None:
            return own
        grids = self._grids.get(village, set()) if village else set()
        return next(iter(grids)) if len(grids) == 1 else ""
