"""What counties have delivered, read by an engine: what the bulletin asks of it (`bulletin.delivered_source`).

The ledger says whose packages count, and what it has recorded itself is added to what was delivered. Where packages
were received into the ledger as well, what came with them is taken off, so that nothing counts twice.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import held
from anjian_cli.warehouse.engine import Engine

_COUNTING = (
    "SELECT r.ledger_id, r.town_code, r.key, r.until_on IS NOT NULL FROM reporting_ledger r"
    " WHERE r.voided_on IS NULL AND r.replaced_by IS NULL"
)
"""The ledgers whose sums count."""
_RECEIVED = (
    "SELECT s.measure, r.town_code, substr(s.ends_on, 1, 7) AS month, sum(s.came) - sum(s.went) AS net"
    " FROM delivered_sum s JOIN reporting_ledger r ON r.id = s.reporting_ledger_id"
    " WHERE r.voided_on IS NULL AND r.replaced_by IS NULL GROUP BY 1, 2, 3"
)
"""What the ledger's own sums hold of packages that it received: as `reporting_ledger_item` counts them."""
_BEGAN = (
    "SELECT m.measure, min(m.month) FROM measure_month m"
    f" LEFT JOIN ({_RECEIVED}) d ON d.measure = m.measure AND d.town_code = m.town_code AND d.month = m.month"
    " WHERE m.came <> COALESCE(d.net, 0) GROUP BY m.measure"
)


class FromWarehouse:
    """Deliveries (`bulletin.delivered_source.Deliveries`) as a warehouse has them."""

    def __init__(self, connection: sqlite3.Connection, engine: Engine) -> None:
        """Raises `Refused` E942 with every package that the ledger would not receive as it stands."""
        self._engine = engine
        held.tables(connection, ("reporting_ledger", "town"))
        counting = {row[0]: tuple(row[1:]) for row in connection.execute(_COUNTING)}
        self._ended = {ledger for ledger, (_, _, ended) in counting.items() if ended}
        faults = [
            Fault("E942", {"ledger": ledger}, str(name))
            for ledger, county, name, key in engine.execute("SELECT ledger, county, name, key FROM packages")
            if counting.get(str(ledger), ())[:2] != (county, key)
        ]
        if faults:
            raise Refused(faults)

    def newest(self) -> Iterator[tuple[str, bool, str, str]]:
        """As `Deliveries.newest`."""
        told = {str(meaning): str(said) for meaning, said in self._engine.execute(_MEANINGS)}
        for ledger, county, month, meaning in self._engine.execute(_NEWEST):
            yield str(county), ledger in self._ended, str(month), told[str(meaning)]

    def began(self) -> Iterator[tuple[str, str, str]]:
        """As `Deliveries.began`."""
        for measure, county, month in self._engine.execute(_FIRST):
            yield str(measure), str(county), str(month)

    def openings(self) -> Iterator[tuple[str, str, str, str, str, str | None, int]]:
        """As `Deliveries.openings`."""
        for measure, county, unit, from_on, until_on, period_from, quantity in self._engine.execute(_OPENINGS):
            assert isinstance(quantity, int)
            days = str(from_on), str(until_on), None if period_from == "" else str(period_from)
            yield str(measure), str(county), str(unit), *days, quantity

    def sums(self, connection: sqlite3.Connection, ends: Sequence[str], measures: Collection[str]) -> Summed:
        """As `Deliveries.sums`."""
        return Summed(connection, self._engine, ends, measures)


class Summed:
    """The sums of one moment (`bulletin.delivered_source.Sums`): those delivered, and the ledger's own. Raises
    `Refused` as `ledger.held`."""

    def __init__(
        self, connection: sqlite3.Connection, engine: Engine, ends: Sequence[str], measures: Collection[str]
    ) -> None:
        self._connection, self._engine = connection, engine
        self._measures = tuple(sorted(set(measures)))
        self._own = held.Sums(connection, ends)
        self._received = connection.execute("SELECT EXISTS (SELECT 1 FROM delivered_sum)").fetchone()[0]
        self._began: dict[str, str] | None = None

    @property
    def began(self) -> Mapping[str, str]:
        """The first month in which something came, by measure."""
        if self._began is None:
            own = dict(self._connection.execute(_BEGAN).fetchall()) if self._received else dict(self._own.began)
            where, values = self._asked()
            for measure, month in self._engine.execute(
                "SELECT measure, min(month) FROM (SELECT measure, county, month FROM sums"
                f"{where} GROUP BY measure, county, month HAVING sum(came) <> sum(went)) AS told GROUP BY measure",
                values,
            ):
                own[str(measure)] = min(str(month), own.get(str(measure), "~"))
            self._began = own
        return self._began

    def stretches(self, ends: Sequence[str]) -> Iterator[held.Stretched]:
        """As `ledger.held.Sums.stretches`, whatever the ends."""
        own = self._own.stretches(ends)
        yield from held.Sums(self._connection, ends).stretches(ends) or () if own is None else own
        if self._received:
            for measure, county, month, net in self._connection.execute(_RECEIVED):
                yield measure, county, bisect_left(ends, month), -net, 0, 0, 0, None
        where, asked = self._asked()
        at = " ".join(f"WHEN month <= ? THEN {number}" for number in range(len(ends)))
        rows = self._engine.execute(
            "SELECT measure, county, stretch, CAST(sum(came) AS BIGINT), CAST(sum(went) AS BIGINT)"
            f" FROM (SELECT measure, county, CASE {at} ELSE {len(ends)} END AS stretch, came, went FROM sums{where})"
            " AS told GROUP BY measure, county, stretch",
            (*ends, *asked),
        )
        for row in cast("Iterator[tuple[str, str, int, int, int]]", rows):
            yield (*row, 0, 0, None)

    def until(self, day: str) -> list[held.Until]:
        """As `ledger.held.Sums.until`. What was delivered counts on the last day of its month, which ends no window in
        the midst of one."""
        return self._own.until(day)

    def _asked(self) -> tuple[str, tuple[str, ...]]:
        if not self._measures:
            return "", ()
        return f" WHERE measure IN ({', '.join('?' * len(self._measures))})", self._measures


_MEANINGS = "SELECT meaning, definition FROM meanings"
_NEWEST = "SELECT ledger, county, month, meaning FROM packages ORDER BY county, ledger"
_FIRST = "SELECT measure, county, min(month) FROM sums WHERE came <> 0 GROUP BY measure, county"
_OPENINGS = (
    "SELECT measure, county, unit, from_on, until_on, period_from, quantity FROM openings"
    " ORDER BY from_on, county, unit, measure, ledger"
)
