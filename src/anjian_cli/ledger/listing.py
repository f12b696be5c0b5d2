"""Records as they are listed and shown, from the views of the schema."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.ledger import settings
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.rules import place_names

if TYPE_CHECKING:
    from typing import Any

    from anjian_cli.ledger.question import Question


class Wanted(NamedTuple):
    """What is listed: of one town ('' = without one), with a text in any field, the voided ones too, at most `limit`
    (None = all); and what else is asked."""

    town_code: str | None = None
    text: str | None = None
    voided: bool = False
    limit: int | None = None
    question: Question | None = None


class Where:
    """A condition in the making: its parts, and the values that are bound to them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: dict[str, Any] = {}

    def bound(self, value: object) -> str:
        """The name by which a value stands in the statement."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def among(self, column: str, values: Sequence[object]) -> str:
        """That a column has one of some values."""
        return f"{column} IN ({', '.join(map(self.bound, values))})"

    def __str__(self) -> str:
        return f" WHERE {' AND '.join(f'({part})' for part in self.parts)}" if self.parts else ""


def table_sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has, voided ones included."""
    return dict(connection.execute("SELECT table_name, rows FROM row_total"))


def rows(connection: sqlite3.Connection, record: str, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The records of a type, oldest first unless they are asked for in another order, as `<record>_listing` gives
    them."""
    words = _words_of_codes(connection, record)
    where = _where(connection, record, wanted, words)
    by = "id"
    if wanted.question is not None:
        from anjian_cli.ledger import question

        by = question.order(where, wanted.question)
    limit = where.bound(-1 if wanted.limit is None else wanted.limit)
    for row in connection.execute(f'SELECT * FROM "{record}_listing"{where} ORDER BY {by} LIMIT {limit}', where.values):
        yield _worded(connection, row, words)


def count(connection: sqlite3.Connection, record: str, wanted: Wanted) -> int:
    """How many there are of what is listed, whatever its limit."""
    where = _where(connection, record, wanted, _words_of_codes(connection, record))
    # What stands beside a record in its listing is looked up row by row: all of them are counted without it.
    plain = wanted.town_code is None and not wanted.text and wanted.question is None
    view = record if plain else f"{record}_listing"
    found = connection.execute(f'SELECT count(*) FROM "{view}"{where}', where.values)
    return int(found.fetchone()[0])


def firms(connection: sqlite3.Connection, record: str, wanted: Wanted) -> int:
    """Of how many enterprises they are, of a type whose records are of one."""
    where = _where(connection, record, wanted, _words_of_codes(connection, record))
    which = f'id IN (SELECT id FROM "{record}_listing"{where})'
    found = connection.execute(f'SELECT count(DISTINCT enterprise_id) FROM "{record}" WHERE {which}', where.values)
    return int(found.fetchone()[0])


def total(connection: sqlite3.Connection, record: str, wanted: Wanted, field: str) -> tuple[int, int]:
    """What a field of theirs that holds whole numbers (money in fen) adds up to, and how many have none there."""
    where = _where(connection, record, wanted, _words_of_codes(connection, record))
    sums = f'COALESCE(sum("{field}"), 0), count(*) - count("{field}")'
    found = connection.execute(f'SELECT {sums} FROM "{record}_listing"{where}', where.values).fetchone()
    return int(found[0]), int(found[1])


def counts(connection: sqlite3.Connection, record: str, wanted: Wanted, field: str) -> dict[object, int]:
    """How many of them have each value of a field, None for those without; towns by their codes."""
    words = _words_of_codes(connection, record)
    where = _where(connection, record, wanted, words)
    column = "town_code" if field == "town" else f'"{field}"'
    found = connection.execute(f'SELECT {column}, count(*) FROM "{record}_listing"{where} GROUP BY 1', where.values)
    told: dict[object, int] = defaultdict(int)
    for value, number in found:
        told[words.get(value, value)] += number
    return dict(told)


def fields(connection: sqlite3.Connection, record: str) -> list[str]:
    """The columns of a record type's listing."""
    found = connection.execute("SELECT name FROM pragma_table_info(?)", (f"{record}_listing",))
    return [name for (name,) in found]


def _where(connection: sqlite3.Connection, record: str, wanted: Wanted, words: Mapping[str, str]) -> Where:
    where = Where()
    if wanted.town_code is not None:
        where.parts.append(f"town_code IS {where.bound(wanted.town_code or None)}")
    if not wanted.voided:
        where.parts.append("voided_on IS NULL")
    asked = wanted.question
    if asked is not None:
        from anjian_cli.ledger import question  # here: a step of a record's life reads one row by its id

        question.add(where, asked, f"{record}_listing")
    for text in ([wanted.text] if wanted.text else []) + [*(asked.texts if asked is not None else ())]:
        _add_text(connection, where, record, text, words)
    return where


def _add_text(connection: sqlite3.Connection, where: Where, record: str, wanted: str, words: Mapping[str, str]) -> None:
    """That a text stands in some field."""
    text = where.bound(place_names.COUNTY if wanted in place_names.WHOLE else wanted)
    told = [f'instr("{name}", {text}) > 0' for name in fields(connection, record)]
    if codes := [code for code, word in words.items() if wanted in word]:
        told.append(where.among("indicator", codes))
    where.parts.append(" OR ".join(told))


def between(connection: sqlite3.Connection, record: str, first: int, last: int, limit: int) -> Iterator[dict[str, Any]]:
    """The records with ids from `first` to `last`, at most `limit`, the voided ones too."""
    words = _words_of_codes(connection, record)
    query = f'SELECT * FROM "{record}_listing" WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?'
    for row in connection.execute(query, (first, last, limit)).fetchall():
        yield _worded(connection, row, words)


def some(connection: sqlite3.Connection, record: str, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The records with these ids, in their order."""
    words = _words_of_codes(connection, record)
    query = f'SELECT l.* FROM json_each(?) j JOIN "{record}_listing" l ON l.id = j.value ORDER BY j.key'
    for row in connection.execute(query, (json.dumps(list(ids)),)):
        yield _worded(connection, row, words)


def one(connection: sqlite3.Connection, record: str, row_id: int) -> dict[str, Any]:
    """One record as it is listed. Raises LookupError."""
    found = connection.execute(f'SELECT * FROM "{record}_listing" WHERE id = ?', (row_id,)).fetchone()
    if found is None:
        raise LookupError(f"{record} {row_id}")
    return _worded(connection, found, _words_of_codes(connection, record))


def _words_of_codes(connection: sqlite3.Connection, record: str) -> dict[str, str]:
    """The short words of indicators by their codes, which is all that a view knows of one that the scheme of the
    record's day does not have. Only those that mean nothing else in any scheme: by them the record is found again."""
    if record not in ("mark", "veto_lifting"):
        return {}
    meant: dict[str, set[str]] = defaultdict(set)
    last: dict[str, str] = {}
    for code, short in connection.execute("SELECT id, short FROM dated_indicator ORDER BY from_on"):
        meant[short].add(code)
        meant[code].add(code)
        last[code] = short
    return {code: short for code, short in last.items() if meant[short] == meant[code] == {code}}


def _worded(connection: sqlite3.Connection, row: sqlite3.Row, words: Mapping[str, str]) -> dict[str, Any]:
    """The row with the county itself as it is called (the views know its own place alone, 全市), and with the word of
    an indicator."""
    shown = dict(row)
    if shown.get("indicator") in words:
        shown["indicator"] = words[shown["indicator"]]
    if shown.get("town") == place_names.COUNTY:
        shown["town"] = place_names.whole(settings.region_name(connection))
    return shown
