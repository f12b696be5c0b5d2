"""What the ledger puts into an empty form: names to choose from, and for a town its enterprises and open hazards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from anjian_cli.ledger import catalogue, listing, settings, words
from anjian_cli.ledger.listing import Wanted
from anjian_cli.records import definition, masking
from anjian_cli.records.definition import Record
from anjian_cli.rules import place_names
from anjian_cli.rules.intervals import OPEN
from anjian_cli.rules.word_lists import LISTS

_EXTENSION = ("extended_to", "extended_on", "extension_reason", "extension_unit", "extension_document")
_ROUND = ("rectified_on", "accepted_on", "accepted_unit", "accepted_by", "conclusion", "failure_reason")


class Town(NamedTuple):
    code: str
    name: str
    short: str | None


@dataclass(frozen=True)
class Prefill:
    """`lists` leads from what a field refers to (town, enterprise …) to the names to choose from; `rows` from a record
    type to the records that stand in its form already; `town` names the town that the form is for; `county` is how the
    county itself is printed. `words` are those of a record type and its field, where the office has said which there
    are."""

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    town: str = ""
    county: str = place_names.COUNTY
    words: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)


def towns(connection: sqlite3.Connection, today: str) -> list[Town]:
    """The towns there are today, in the office's order."""
    found = connection.execute(
        "SELECT code, name, short_name AS short FROM town WHERE voided_on IS NULL AND from_on <= ? AND ? < until_on"
        " ORDER BY position, code",
        (today, today),
    )
    return [Town(**row) for row in found]


def town(connection: sqlite3.Connection, code: str) -> Town:
    """The town that has the code."""
    found = connection.execute("SELECT code, name, short_name AS short FROM town WHERE code = ?", (code,))
    return Town(**found.fetchone())


def for_all(connection: sqlite3.Connection, today: str) -> Prefill:
    """For a form that any town may be given."""
    lists = {
        "town": [town.name for town in towns(connection, today)],
        "department": _departments(connection, today),
        "indicator": _indicators(connection, today),
    }
    return Prefill(lists, county=_county(connection), words=_words(connection, today))


def _county(connection: sqlite3.Connection) -> str:
    return place_names.whole(settings.region_name(connection))


def for_town(
    connection: sqlite3.Connection, town: Town, today: str, *, filled: bool = False, phones: bool = False
) -> Prefill:
    """For the form of a town: its enterprises and villages to choose from; `filled` with its enterprises and its open
    hazards in their forms, telephone numbers masked unless `phones`: what comes back masked changes nothing."""
    enterprises = list(listing.rows(connection, "enterprise", Wanted(town.code)))
    villages = listing.rows(connection, "village", Wanted(town.code))
    lists = {
        "town": [town.name],
        "enterprise": list(dict.fromkeys(row["name"] for row in enterprises)),
        "village": [row["name"] for row in villages],
        "department": _departments(connection, today),
        "indicator": _indicators(connection, today),
    }
    rows: dict[str, list[dict[str, Any]]] = {}
    if filled:
        rows = {"enterprise": enterprises, "hazard": list(_open_hazards(connection, town))}
        rows = {name: masking.leaving(definition.record(name), of, phones=phones).rows for name, of in rows.items()}
    return Prefill(lists, rows, town.name, _county(connection), _words(connection, today))


def _words(connection: sqlite3.Connection, today: str) -> dict[tuple[str, str], tuple[str, ...]]:
    known = words.of(connection)
    return {
        (use.record, use.field): known.in_force(of, today, use.without)
        for of in LISTS.values()
        if not known.same_as_ever(of)
        for use in of.uses
    }


def of_towns(records: Sequence[Record]) -> list[Record]:
    """The record types that a town reports: those that lie in a town and are numbered in it, but for what the office
    itself keeps, which is refused out of a town's file (E343)."""
    return [
        record
        for record in records
        if not record.office and "number" in record.columns and "town" in record.columns
        if record.columns["town"].refers == "town"
    ]


def _open_hazards(connection: sqlite3.Connection, town: Town) -> Iterator[dict[str, Any]]:
    """A round that was not accepted is over, and so is an extension: the next one is to be filled in, not the last one
    changed."""
    for row in listing.rows(connection, "hazard", Wanted(town.code)):
        if row["stage"] != "已销号":
            over = (*_EXTENSION, *_ROUND) if row["conclusion"] == "不合格" else _EXTENSION
            yield row | dict.fromkeys(over)


def _departments(connection: sqlite3.Connection, today: str) -> list[str]:
    found = connection.execute(
        "SELECT name FROM department WHERE voided_on IS NULL AND COALESCE(from_on, ?1) <= ?1"
        " AND ?1 < COALESCE(until_on, ?2) ORDER BY position IS NULL, position, id",
        (today, OPEN),
    )
    return [name for (name,) in found]


def _indicators(connection: sqlite3.Connection, today: str) -> list[str]:
    return [entry.short for entry in catalogue.indicators(connection, today)]
