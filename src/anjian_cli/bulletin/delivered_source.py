"""Where what counties have delivered is read: in the ledger that received it, or outside it, by an engine.

What is counted, whose it is and what is due stands in the ledger always; here is what the bulletin asks of the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence

from anjian_cli.ledger import held
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Protocol

    class Sums(Protocol):
        """The sums of one moment, as `ledger.held.Sums` has them; who has them of every stretch never says None."""

        @property
        def began(self) -> Mapping[str, str]: ...

        def stretches(self, ends: Sequence[str], /) -> Iterable[held.Stretched] | None: ...

        def until(self, day: str, /) -> Iterable[held.Until]: ...

    class Deliveries(Protocol):
        """What counties have delivered, wherever it is kept: in the ledger (`Received`), or outside it, where an engine
        reads it."""

        def newest(self) -> Iterable[tuple[str, bool, str, str]]:
            """Of each ledger whose sums count: its county, whether it was said to deliver no more, the month (YYYY-MM)
            of its newest package, what it counts (JSON, as `received_package.definition`)."""
            ...

        def began(self) -> Iterable[tuple[str, str, str]]:
            """Measure, county, and the first month (YYYY-MM) in which something of it came."""
            ...

        def openings(self) -> Iterable[tuple[str, str, str, str, str, str | None, int]]:
            """Measure, county, the county's own unit, from_on, until_on, period_from and quantity of each opening
            figure, by its day."""
            ...

        def sums(self, connection: sqlite3.Connection, ends: Sequence[str], measures: Collection[str]) -> Sums:
            """What was delivered, and what the ledger itself has recorded beside it: of these measures, of all where
            none is named. `ends` as `held.Sums`."""
            ...


class Received:
    """What was received into the ledger itself (`workflow.receiving`), where its sums count like any others."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def newest(self) -> Iterator[tuple[str, bool, str, str]]:
        """As `Deliveries.newest`."""
        for county, ended, month, definition in self._connection.execute(
            "SELECT r.town_code, r.until_on IS NOT NULL, p.month, p.definition FROM reporting_ledger r"
            " JOIN received_package p ON p.reporting_ledger_id = r.id"
            " WHERE r.voided_on IS NULL AND r.replaced_by IS NULL AND p.id ="
            " (SELECT n.id FROM received_package n WHERE n.reporting_ledger_id = r.id"
            " ORDER BY n.month DESC, n.serial DESC LIMIT 1) ORDER BY r.id"
        ):
            yield county, bool(ended), month, definition

    def began(self) -> Iterator[tuple[str, str, str]]:
        """As `Deliveries.began`; not of the sums by month, where what came and went in one month is nothing."""
        yield from self._connection.execute(
            "SELECT s.measure, r.town_code, substr(min(s.ends_on), 1, 7) FROM delivered_sum s"
            " JOIN reporting_ledger r ON r.id = s.reporting_ledger_id WHERE r.voided_on IS NULL"
            " AND r.replaced_by IS NULL AND s.came <> 0 GROUP BY s.reporting_ledger_id, s.measure"
        )

    def openings(self) -> Iterator[tuple[str, str, str, str, str, str | None, int]]:
        """As `Deliveries.openings`."""
        yield from self._connection.execute(
            "SELECT o.measure, r.town_code, o.unit, o.from_on, o.until_on, o.period_from, o.quantity"
            " FROM delivered_opening o JOIN reporting_ledger r ON r.id = o.reporting_ledger_id"
            " WHERE r.voided_on IS NULL AND r.replaced_by IS NULL ORDER BY o.from_on, o.id"
        )

    def sums(self, connection: sqlite3.Connection, ends: Sequence[str], measures: Collection[str]) -> Sums:  # noqa: ARG002
        """As `Deliveries.sums`; of all measures, since all are held against what is kept beside them."""
        return held.Sums(connection, ends)
