"""Records as they are listed and shown, from the views of the schema."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping

from anjian_cli.ledger import settings
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.rules import place_names

if TYPE_CHECKING:
    from typing import Any


class Wanted(NamedTuple):
    """What is listed: of one town ('' = without one), with a text in any field, the voided ones too, at most `limit`
    (None = all)."""

    town_code: str | None = None
    text: str | None = None
    voided: bool = False
    limit: int | None = None


def rows(connection: sqlite3.Connection, record: str, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The records of a type, oldest first, as `<record>_listing` gives them."""
    view = f"{record}_listing"
    words = _words_of_codes(connection, record)
    conditions: list[str] = []
    values: list[str | None] = []
    if wanted.town_code is not None:
        conditions.append("town_code IS ?")
        values.append(wanted.town_code or None)
    if not wanted.voided:
        conditions.append("voided_on IS NULL")
    if wanted.text:
        names = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (view,))]
        text = place_names.COUNTY if wanted.text in place_names.WHOLE else wanted.text
        codes = [code for code, word in words.items() if text in word]
        told = [f'instr("{name}", ?) > 0' for name in names]
        told += [f"indicator IN ({', '.join('?' * len(codes))})"] * bool(codes)
        conditions.append(f"({' OR '.join(told)})")
        values += [text] * len(names) + codes
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    limit = -1 if wanted.limit is None else wanted.limit
    for row in connection.execute(f'SELECT * FROM "{view}"{where} ORDER BY id LIMIT ?', (*values, limit)):
        yield _worded(connection, row, words)


def between(connection: sqlite3.Connection, record: str, first: int, last: int, limit: int) -> Iterator[dict[str, Any]]:
    """The records with ids from `first` to `last`, at most `limit`, the voided ones too."""
    words = _words_of_codes(connection, record)
    query = f'SELECT * FROM "{record}_listing" WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?'
    for row in connection.execute(query, (first, last, limit)).fetchall():
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
