"""New hazards in bulk: of enterprises that are known, in the order of their days, closed at most by one qualified
acceptance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import eq, lt
from typing import TYPE_CHECKING, Any

from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.sums import Items
from anjian_cli.records import likeness
from anjian_cli.records.hazard import STEPS
from anjian_cli.rules.hazard import JUDGED, Stretches, doubtful, first_stretches, late_from
from anjian_cli.rules.intervals import BEGINNING, OPEN, new_year_after
from anjian_cli.rules.major_hazard import is_code, meant
from anjian_cli.workflow import hazard, in_bulk, look_alikes, register, worth_checking
from anjian_cli.workflow.in_bulk import Columns, Taken
from anjian_cli.workflow.kept_record import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

TAKEN = ("rectified_on", "accepted_on", "accepted_unit", "accepted_by", "conclusion")
"""The steps that are taken in bulk; a hazard with any other one is left."""


_Firm = tuple[int, str, int, str | None]  # id, name, whether it was never in another town, town


class Bulk:
    """See `in_bulk.Bulk`."""

    early = frozenset[str]()

    def __init__(self, gate: Gate, record: Record, finder: Finder) -> None:
        self._gate, self._record, self._finder = gate, record, finder
        self._first = in_bulk.is_empty(gate, "hazard")
        self._county = register.region_of(gate, {})
        referring = ("number", "town", "enterprise", "credit_code")
        self._own = [
            name
            for name, column in record.columns.items()
            if name not in (*referring, *STEPS) and not column.shown_only
        ]
        self._seen = in_bulk.Seen()
        self._like = look_alikes.Traces()
        self._late_from: dict[str, str] = {}
        self.tables = ("hazard", "hazard_deadline", "rectification", "supervision", "hazard_due") if self._first else ()
        self.steps = {"整改完成": 0, "销号": 0}

    def take(self, columns: Columns) -> Taken:
        count = len(columns["found_on"])
        nothing: list[Any] = [None] * count
        left = {
            at
            for name in STEPS
            if name not in TAKEN
            for at, value in enumerate(columns.get(name, ()))
            if value is not None
        }
        given = {name: columns.get(name, nothing) for name in TAKEN}
        left |= {
            at
            for at, (_, accepted, unit, by, conclusion) in enumerate(zip(*given.values(), strict=True))
            if (not accepted and (unit or by or conclusion)) or conclusion not in (None, "合格")
        }
        left |= self._cited(columns.get("basis", ()))
        left |= doubtful(**{name: columns.get(name, nothing) for name in JUDGED})
        left |= self._long_ahead(columns["found_on"], columns["deadline_on"])
        towns = in_bulk.looked_up(columns.get("town", nothing), lambda word: self._finder.town(word).code, left)
        firms, seats = self._enterprises({**columns, "town": towns}, left)
        towns = [town or seat for town, seat in zip(towns, seats, strict=True)]
        sources = in_bulk.words(self._finder, columns, self._record, "source", "found_on", left)
        columns = {**columns, **given, "source": sources, "town_code": towns, "enterprise_id": firms}
        if "category" in columns:
            columns["category"] = in_bulk.words(self._finder, columns, self._record, "category", "found_on", left)
        columns |= in_bulk.departments(self._finder, columns, self._record, left)
        self._known(columns, left)
        columns = in_bulk.leave(left, columns, count)
        return Taken(self._write(columns) if columns["found_on"] else in_bulk.NOTHING, left)

    def _enterprises(self, columns: Columns, left: set[int]) -> tuple[list[Any], list[Any]]:
        """The enterprises meant and their towns. Left are those that are not clear at once, and those whose enterprise
        has moved or is in another town than the one told: of these something may have to be said."""
        count = len(columns["found_on"])
        nothing: list[Any] = [None] * count
        codes, towns = columns.get("credit_code", nothing), columns.get("town", nothing)
        names = columns.get("enterprise")
        keys = likeness.keys([name or "" for name in names]) if names else nothing
        by_code = self._by("credit_code", codes)
        without_code = (key for key, code in zip(keys, codes, strict=True) if code is None)
        by_name = self._by("name_key", without_code)
        found = [by_code.get(code) if code else by_name.get(key) for code, key in zip(codes, keys, strict=True)]
        left |= {
            at
            for at, (firm, code, key, town) in enumerate(zip(found, codes, keys, towns, strict=True))
            if firm is None or (code and key and firm[1] != key) or not firm[2] or firm[3] != (town or firm[3])
        }
        return [firm and firm[0] for firm in found], [firm and firm[3] for firm in found]

    def _by(self, column: str, wanted: Iterable[Any]) -> dict[Any, _Firm | None]:
        """The enterprise of each code or name; None where several have it."""
        words = sorted(set(wanted) - {None, ""})  # in the order of the index
        if not words:
            return {}
        query = (
            f"SELECT e.{column}, e.id, e.name_key, r.from_on = ?2, r.town_code FROM json_each(?1) j"
            f" JOIN enterprise e ON e.{column} = j.value AND e.voided_on IS NULL"
            " JOIN residence r ON r.enterprise_id = e.id AND r.until_on = ?3"
        )
        found: dict[Any, _Firm | None] = {}
        for word, *firm in in_bulk.rows_with(self._gate, query, words, BEGINNING, OPEN):
            found[word] = None if word in found else tuple(firm)
        return found

    def _cited(self, told: Sequence[str | None]) -> set[int]:
        """The places of those whose basis names a clause of a standard: of these something is to be said."""
        cited = {text for text in set(told) - {None} if text and (meant(text) or is_code(text))}
        return {at for at, text in enumerate(told) if text in cited} if cited else set()

    def _long_ahead(self, found: Sequence[str], deadlines: Sequence[str]) -> set[int]:
        """The places of those whose deadline is so late that something is to be said."""
        late = {pair for pair in set(zip(found, deadlines, strict=True)) if worth_checking.is_long_ahead(*pair)}
        return {at for at, pair in enumerate(zip(found, deadlines, strict=True)) if pair in late} if late else set()

    def _known(self, columns: Columns, left: set[int]) -> None:
        """Leave those that the ledger has already, and of several that are one hazard all but the first; and those
        that may be alike enough for something to be said."""
        described = likeness.keys(columns["description"])
        told = zip(columns["enterprise_id"], columns["found_on"], described, strict=True)
        keys = {at: key for at, key in enumerate(told) if at not in left}
        left |= self._seen.again(keys)
        keys = {at: key for at, key in keys.items() if at not in left}
        own = self._traces(keys.values())
        left |= self._like.again([*keys], own)
        if self._first or not keys:
            return
        query = (
            "SELECT enterprise_id, found_on, description FROM hazard"
            " WHERE enterprise_id IN (SELECT value FROM json_each(?)) AND found_on BETWEEN ? AND ?"
        )
        days = {day for _, day, _ in keys.values()}
        around = look_alikes.days_around(min(days), max(days), self._record.doubled_within)
        rows = in_bulk.rows_with(self._gate, query, {firm for firm, _, _ in keys.values()}, *around)
        texts = likeness.keys([text for _, _, text in rows])
        there = [(firm, day, text) for (firm, day, _), text in zip(rows, texts, strict=True)]
        known = set(there)
        left |= {at for at, key in keys.items() if key in known}
        for traces, others in zip(own, self._traces(there), strict=True):
            seen = set(others) - {None}
            left |= {at for at, one in zip(keys, traces, strict=True) if one in seen}

    def _traces(self, keys: Iterable[tuple[int, str, str]]) -> list[Sequence[int | None]]:
        """See `look_alikes.traces`."""
        whose, days, texts = tuple(zip(*keys, strict=True)) or ((), (), ())
        return look_alikes.traces(whose, days, texts, self._record.doubled_within)

    def _write(self, columns: Columns) -> range:
        gate, towns = self._gate, columns["town_code"]
        numbers = gate.numbers("hazard", [town or self._county for town in towns], int(gate.today[:4]))
        own = {name: columns[name] for name in self._own if name in columns}
        ids = gate.append(
            "hazard",
            {"number": numbers, "enterprise_id": columns["enterprise_id"], "town_code": towns, **own},
        )
        count = len(ids)
        found, deadlines, accepted = columns["found_on"], columns["deadline_on"], columns["accepted_on"]
        for day in set(deadlines) - self._late_from.keys():
            self._late_from[day] = late_from(day)  # found by the deadline, all of them
        dated = gate.append(
            "hazard_deadline",
            {
                "hazard_id": ids,
                "deadline_on": deadlines,
                "late_from": list(map(self._late_from.__getitem__, deadlines)),
                "from_on": found,
                "until_on": [day or OPEN for day in accepted],
                "ended_by": ["验收" if day else None for day in accepted],
                "due_on": deadlines,
                "settled_on": accepted,
            },
        )
        rectified = columns["rectified_on"]
        done = [day is not None for day in rectified]
        rounds = done.count(True)
        rectifications: Sequence[int] = ()
        if rounds:
            units = list(compress(columns["accepted_unit"], done))
            levels = {unit: hazard.level_of(unit) for unit in set(units)}
            closed = list(compress(accepted, done))
            rectifications = gate.append(
                "rectification",
                {
                    "hazard_id": list(compress(ids, done)),
                    "rectified_on": list(compress(rectified, done)),
                    "accepted_on": closed,
                    "conclusion": ["合格" if day else None for day in closed],
                    "accepted_level": [levels[unit] for unit in units],
                    "accepted_unit": units,
                    "accepted_by": list(compress(columns["accepted_by"], done)),
                    "until_on": [OPEN] * rounds,
                },
            )
        closings = count - accepted.count(None)
        self.steps["销号"] += closings
        self.steps["整改完成"] += rounds - closings
        fallen = first_stretches(deadlines, rectified, accepted)
        round_of = iter(rectifications)
        gate.append(
            "hazard_due",
            {
                "hazard_id": ids,
                "hazard_deadline_id": dated,
                "rectification_id": [next(round_of) if each else None for each in done],
                "due_on": deadlines,
                "from_on": deadlines,
                **fallen._asdict(),
                "extended": [0] * count,
                "sent_back": [0] * count,
            },
        )
        gate.vouch("hazard", ids, self._items(columns, fallen))
        return ids

    def _items(self, columns: Columns, fallen: Stretches) -> Iterator[Items]:
        """The countable items of these hazards by the view hazard_item, whose SELECTs they repeat one by one: of a
        million of them the view takes longer than all else together."""
        towns = [town or "" for town in columns["town_code"]]
        whose = (towns, self._told(columns, "found_by"), self._told(columns, "charged_to"))
        categories = columns.get("category") or [None] * len(towns)
        words = [
            (category or "", level, source)
            for category, level, source in zip(categories, columns["level"], columns["source"], strict=True)
        ]
        found, due = columns["found_on"], columns["deadline_on"]
        accepted = columns["accepted_on"]
        until = [day or OPEN for day in accepted]
        new_year = {year: new_year_after(year) for year in {day[:4] for day in (*found, *due)}}
        year_found = [new_year[day[:4]] for day in found]
        year_due = [new_year[day[:4]] for day in due]
        awaiting, done, gone = fallen

        def where(fact: str, kept: Iterable[bool], came: Sequence[str], went: Sequence[str]) -> Items:
            chosen = list(kept)
            of, (towns, *departments) = list(compress(words, chosen)), whose
            found_by, charged_to = (each and list(compress(each, chosen)) for each in departments)
            there = (list(compress(towns, chosen)), found_by, charged_to)
            return fact, of, there, list(compress(came, chosen)), list(compress(went, chosen))

        yield "hazard.found", words, whose, found, [OPEN] * len(found)
        yield where("hazard.open", map(lt, found, until), found, until)
        yield where("hazard.accepted_of_year", map(lt, until, year_found), until, year_found)
        yield "hazard.due_of_year", words, whose, due, gone
        yield where("hazard.overdue", map(lt, due, awaiting), due, awaiting)
        yield where("hazard.awaiting", map(lt, awaiting, done), awaiting, done)
        yield where("hazard.on_time_of_year", map(eq, done, due), done, gone)
        accepted_late = (begun == by < day < OPEN for begun, by, day in zip(awaiting, due, done, strict=True))
        yield where("hazard.accepted_late", accepted_late, done, gone)
        late = (by < begun and day < OPEN for begun, by, day in zip(awaiting, due, done, strict=True))
        yield where("hazard.late_of_year", late, done, gone)
        yield where("hazard.overdue_carried", map(lt, year_due, awaiting), year_due, awaiting)

    @staticmethod
    def _told(columns: Columns, name: str) -> list[str] | None:
        """The departments in a field, '' where none is told; None where none is told at all."""
        of = columns.get(name, ())
        return [each or "" for each in of] if any(of) else None

    def meant(self, given: Values, /) -> list[int]:
        """The same hazard of the same enterprise."""
        row_id = register.known(self._gate, self._record, given, self._finder)
        return [] if row_id is None else [row_id]
