"""New enterprises in bulk: those with a credit code that nobody has, in business, in one place since ever."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.spans import Spans
from anjian_cli.ledger.write import OPEN, Gate
from anjian_cli.records.values import name_key, name_keys
from anjian_cli.rules.intervals import BEGINNING
from anjian_cli.workflow import in_bulk, register
from anjian_cli.workflow.enterprise import CHILDREN
from anjian_cli.workflow.in_bulk import Columns, Unusual
from anjian_cli.workflow.kept import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


class Bulk:
    """See `in_bulk.Bulk`."""

    early = frozenset({"E238"})  # whose a code is

    def __init__(self, gate: Gate, record: Record, finder: Finder) -> None:
        self._gate, self._finder = gate, finder
        self._first = in_bulk.is_empty(gate, "enterprise")
        self._county = register.region_of(gate, {})
        elsewhere = (*CHILDREN, "number", "town", "village")
        self._own = [n for n, column in record.columns.items() if n not in elsewhere and not column.shown_only]
        self._wrote = Spans()
        self.tables = ("enterprise", "residence", "enterprise_risk", "operating_state") if self._first else ()
        self.steps: dict[str, int] = {}

    def take(self, columns: Columns) -> tuple[range, set[int]]:
        count = len(columns["name"])
        nothing: list[Any] = [None] * count
        codes = columns.get("credit_code", nothing)
        left = {at for at, code in enumerate(codes) if code is None}
        left |= {at for at, state in enumerate(columns.get("state", ())) if state not in (None, "在营")}
        towns = in_bulk.looked_up(columns.get("town", nothing), lambda word: self._finder.town(word).code, left)
        places = list(zip(columns.get("village", nothing), towns, strict=True))
        villages = in_bulk.looked_up(
            [place if place[0] else None for place in places], lambda place: self._finder.village(*place), left
        )
        keys = name_keys(columns["name"])
        left |= self._known(columns, keys)
        columns = {**columns, "town": towns, "village": villages, "name_key": keys}
        columns = in_bulk.leave(left, columns, count)
        return (self._write(columns) if columns["name"] else in_bulk.NOTHING), left

    def _known(self, columns: Columns, keys: list[str]) -> set[int]:
        """Those that the ledger may know, by a code or, where a code is missing, by name. Raises `Unusual` where two
        rows have one code."""
        left: set[int] = set()
        for name in ("credit_code", "registration_number"):
            codes = columns.get(name, ())
            given = len(codes) - codes.count(None)
            if len(set(codes) - {None}) < given:
                raise Unusual
            if given and not self._first:
                query = f"SELECT {name} FROM enterprise WHERE {name} IN (SELECT value FROM json_each(?))"
                there = {code for (code,) in in_bulk.rows_with(self._gate, query, set(codes) - {None})}
                left |= {at for at, code in enumerate(codes) if code in there}
        if not self._first:
            query = (
                "SELECT name_key FROM enterprise WHERE name_key IN (SELECT value FROM json_each(?))"
                " AND credit_code IS NULL"
            )
            there = {key for (key,) in in_bulk.rows_with(self._gate, query, set(keys))}
            left |= {at for at, key in enumerate(keys) if key in there}
        return left

    def _write(self, columns: Columns) -> range:
        gate, towns = self._gate, columns["town"]
        year = int(gate.today[:4])
        numbers = gate.numbers("enterprise", [town or self._county for town in towns], year)
        own = {name: columns[name] for name in self._own if name in columns}
        ids = gate.append("enterprise", {"number": numbers, **own, "name_key": columns["name_key"]})
        count = len(ids)
        gate.append(
            "residence",
            {
                "enterprise_id": ids,
                "town_code": towns,
                "village_code": columns["village"],
                "from_on": list(repeat(BEGINNING, count)),
                "until_on": list(repeat(OPEN, count)),
            },
        )
        kinds = columns.get("risks") or ()
        risks = [(row, kind) for row, given in zip(ids, kinds, strict=False) for kind in given or ()]
        if risks:
            gate.append("enterprise_risk", dict(zip(("enterprise_id", "kind"), zip(*risks, strict=True), strict=True)))
        gate.vouch("enterprise", ids)
        self._wrote.add("enterprise", ids[0], ids[-1])
        return ids

    def finish(self) -> None:
        """Nothing shows over all of them: two rows with one code are refused by the index."""

    def wrote(self, row_id: int) -> bool:
        return self._wrote.holds("enterprise", row_id)

    def may_mean(self, given: Values, /) -> bool:
        """A namesake among them, where there is no credit code."""
        if given.get("credit_code") or not given.get("name"):
            return False
        found = self._gate.connection.execute(
            "SELECT id FROM enterprise WHERE name_key = ?", (name_key(str(given["name"])),)
        )
        return any(self.wrote(row_id) for (row_id,) in found)
