"""What the verbs of every record type have in common on the command line: the number, the noun, an option's word."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from anjian_cli.commands import words
from anjian_cli.commands.params import Argument, Parameter
from anjian_cli.commands.session import Session
from anjian_cli.errors import Misread, Refused
from anjian_cli.ledger import lookup
from anjian_cli.records.definition import Record


def number(record: Record) -> Parameter:
    """The argument that names a record."""
    return Parameter("number", str, Argument(metavar="编号", help=f"{record.title}的编号，如 芝英-12 或全号"))


def row_id(session: Session, connection: sqlite3.Connection, record: Record, text: str) -> int:
    """The id of the record meant: an enterprise, a town or a department also by its name. Raises `Refused` E231, E232,
    E233, E451, E452."""
    try:
        if record.name == "enterprise":
            return lookup.Finder(connection, guess=True).enterprise(text)
        if record.name == "town":
            text = lookup.Finder(connection, guess=True).town(text).code
        if record.name == "department":
            finder = lookup.Finder(connection)
            # What has a digit and is nobody's name is a number, or its tail.
            if finder.is_department(text) or not any(sign.isdigit() for sign in text):
                text = finder.department(text).number
    except Misread as misread:
        raise Refused([misread.fault(text)]) from misread
    return lookup.record_id(connection, record.name, text, session.today)


def chinese(record: Record) -> str:
    """The noun as it is typed in Chinese."""
    return words.NOUNS[record.noun].chinese[0]


def typed(record: Record, name: str) -> str:
    """The word for which a field's option is typed: 死亡 for 死亡（人）."""
    return record.columns[name].title.partition("（")[0]


def some_option(record: Record) -> str:
    """An option of the record, to show how one is typed."""
    fields = (name for name, column in reversed(record.columns.items()) if name != "number" and not column.shown_only)
    return f"--{typed(record, next(fields))}"


def example(record: Record, verb: str, names: Sequence[str]) -> str:
    """A line that calls the verb with the fields a record needs."""
    parts = [f"anjian {chinese(record)} {words.GENERIC[verb].chinese[0]} {record.columns[record.subject].example}"]
    for name in names:
        column = record.columns[name]
        if name != record.subject and (column.required or column.expected) and not column.assumed and column.example:
            parts.append(f"--{typed(record, name)} {column.example}")
    return " ".join(parts)
