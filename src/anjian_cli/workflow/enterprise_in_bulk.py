"""Enterprises in bulk: new ones with a credit code that nobody has, in business, in one place since ever; and those of
which a file says only what the ledger has, as most of last month's file does."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import likeness
from anjian_cli.rules import word_lists
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.workflow import in_bulk, register
from anjian_cli.workflow.enterprise import CHILDREN
from anjian_cli.workflow.in_bulk import Columns, Taken
from anjian_cli.workflow.kept_record import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


class Bulk:
    """See `in_bulk.Bulk`."""

    early = frozenset({"E238", "E283"})  # whose a code, or a name, is

    def __init__(self, gate: Gate, record: Record, finder: Finder) -> None:
        self._gate, self._record, self._finder = gate, record, finder
        self._first = in_bulk.is_empty(gate, "enterprise")
        self._county = register.region_of(gate, {})
        elsewhere = (*CHILDREN, "number", "town", "village")
        self._own = [n for n, column in record.columns.items() if n not in elsewhere and not column.shown_only]
        self._seen = {"credit_code": in_bulk.Seen(), "registration_number": in_bulk.Seen()}
        self.tables = ("enterprise", "residence", "enterprise_risk", "operating_state") if self._first else ()
        self.steps: dict[str, int] = {}

    def take(self, columns: Columns) -> Taken:
        count = len(columns["name"])
        nothing: list[Any] = [None] * count
        codes = columns.get("credit_code", nothing)
        left = {at for at, code in enumerate(codes) if code is None}
        left |= {at for at, state in enumerate(columns.get("state", ())) if state not in (None, "在营")}
        for name in word_lists.uses_of("enterprise").keys() & columns.keys():
            words = in_bulk.words(self._finder, columns, self._record, name, self._gate.today, left)
            columns = {**columns, name: words}
        towns = in_bulk.looked_up(columns.get("town", nothing), lambda word: self._finder.town(word).code, left)
        places = list(zip(columns.get("village", nothing), towns, strict=True))
        villages = in_bulk.looked_up(
            [place if place[0] else None for place in places], lambda place: self._finder.village(*place), left
        )
        keys = likeness.keys(columns["name"])
        left |= self._repeated(columns)
        known = self._known(columns, keys)
        told = {**columns, **({"town": towns} if "town" in columns else {})}
        told |= {"village": villages} if "village" in columns else {}
        same, blanks = self._same(told, known - left) if known - left else (dict[int, int](), 0)
        left |= known - same.keys()
        columns = {**columns, "town": towns, "village": villages, "name_key": keys}
        columns = in_bulk.leave(left | same.keys(), columns, count)
        return Taken(self._write(columns) if columns["name"] else in_bulk.NOTHING, left, same, blanks)

    def _repeated(self, columns: Columns) -> set[int]:
        """Those with a code that another one had before them."""
        repeated: set[int] = set()
        for name, seen in self._seen.items():
            codes = columns.get(name, ())
            repeated |= seen.again({at: code for at, code in enumerate(codes) if code is not None})
        return repeated

    def _known(self, columns: Columns, keys: list[str]) -> set[int]:
        """Those that the ledger may know, by a code or, where a code is missing, by name."""
        left: set[int] = set()
        for name in self._seen:
            codes = columns.get(name, ())
            given = len(codes) - codes.count(None)
            if given and not self._first:
                query = f"SELECT {name} FROM enterprise WHERE {name} IN (SELECT value FROM json_each(?))"
                there = {code for (code,) in in_bulk.rows_with(self._gate, query, set(codes) - {None})}
                left |= {at for at, code in enumerate(codes) if code in there}
        if not self._first:
            query = (
                "SELECT name_key FROM enterprise WHERE name_key IN (SELECT value FROM json_each(?1))"
                " AND credit_code IS NULL UNION ALL SELECT f.name_key FROM former_name f"
                " JOIN enterprise e ON e.id = f.enterprise_id AND e.credit_code IS NULL"
                " WHERE f.name_key IN (SELECT value FROM json_each(?1))"
            )
            there = {key for (key,) in in_bulk.rows_with(self._gate, query, set(keys))} | self._finder.spellings.keys()
            left |= {at for at, key in enumerate(keys) if key in there}
        return left

    def _same(self, columns: Columns, known: set[int]) -> tuple[dict[int, int], int]:
        """Of those that the ledger knows by their credit code: which say nothing that it does not have just so, as
        `enterprise.keep` would find; and how many values their blank cells leave."""
        codes, own = columns["credit_code"], [name for name in self._own if name in columns]
        query = (
            f"SELECT e.credit_code, e.id, r.town_code, r.village_code, {', '.join(f'e.{name}' for name in own)},"
            " (SELECT group_concat(kind, '、') FROM enterprise_risk k WHERE k.enterprise_id = e.id),"
            " EXISTS (SELECT 1 FROM operating_state s WHERE s.enterprise_id = e.id)"
            " FROM json_each(?) j JOIN enterprise e ON e.credit_code = j.value AND e.voided_on IS NULL"
            " JOIN residence r ON r.enterprise_id = e.id AND r.from_on = ? AND r.until_on = ?"
        )
        wanted = sorted({codes[at] for at in known})
        standing = {row[0]: row[1:] for row in in_bulk.rows_with(self._gate, query, wanted, BEGINNING, OPEN)}
        places = [name for name in ("town", "village") if name in columns]
        same, blanks = dict[int, int](), 0
        for at in known:
            row = standing.get(codes[at])
            if row is None or row[-1]:
                continue  # it has moved, or was not always in business
            kept = dict(zip(("id", "town", "village", *own), row, strict=False))
            pairs = [(columns[name][at], kept[name]) for name in (*own, *places)]
            given, kinds = (columns["risks"][at] if "risks" in columns else None), row[-2]
            if given is not None and set(given) != set((kinds or "").split("、")):
                continue
            if all(told is None or told == had for told, had in pairs):
                same[at] = kept["id"]
                blanks += sum(told is None and had is not None for told, had in pairs) + (given is None and bool(kinds))
        return same, blanks

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
        return ids

    def meant(self, given: Values, /) -> list[int]:
        """Namesakes, where there is no credit code."""
        if given.get("credit_code") or not given.get("name"):
            return []
        key = likeness.key(str(given["name"]))
        keys = [key, *self._finder.spellings.get(key, ())]
        query = "SELECT id FROM enterprise WHERE name_key IN (SELECT value FROM json_each(?))"
        return [row_id for (row_id,) in in_bulk.rows_with(self._gate, query, keys)]
