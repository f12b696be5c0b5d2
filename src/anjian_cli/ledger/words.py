"""The lists of words as a ledger has them (rules/word_lists.py), and which records use a word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.ledger import roots
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.word_lists import LISTS, Use, WordList, Words, differing


class Used(NamedTuple):
    """Records that use a word which a change takes from them, or gives other rules: how many, and one of them."""

    record: str
    word: str
    many: int
    number: str
    on: str | None


PROGRAM, OFFICE = "program", "office"


class Term(NamedTuple):
    """A word of a list as it is listed: whose it is (PROGRAM, OFFICE), and what the office said of it."""

    list: str
    word: str
    origin: str
    means: str | None = None
    from_on: str | None = None
    until_on: str | None = None
    remark: str | None = None
    number: str | None = None


def of(connection: sqlite3.Connection) -> Words:
    """The lists as the ledger has them."""
    return Words(roots.terms(connection))


def listed(connection: sqlite3.Connection) -> list[Term]:
    """Every word of every list in its order, the program's own first; one that the office took out or dated has the
    office's days."""
    told: dict[tuple[str, str], list[sqlite3.Row]] = {}
    for row in connection.execute("SELECT * FROM term_listing WHERE voided_on IS NULL ORDER BY id"):
        told.setdefault((row["list"], row["word"]), []).append(row)
    found = []
    for each in LISTS.values():
        own = [word for name, word in told if name == each.name and word not in each.words]
        for word in (*each.words, *own):
            origin = PROGRAM if word in each.words else OFFICE
            rows = told.get((each.name, word), [])
            columns = ("means", "from_on", "until_on", "remark", "number")
            found += [Term(each.name, word, origin, *(row[name] for name in columns)) for row in rows]
            if not rows:
                found.append(Term(each.name, word, origin))
    return found


def taken_from(connection: sqlite3.Connection, before: Words, after: Words) -> Iterator[Used]:
    """Which records a change of the lists would leave with a word that does not hold on their day, or with other
    rules."""
    for each in LISTS.values():
        if before.same(after, each):
            continue
        for use in each.uses:
            yield from _of_use(connection, each, use, before, after)


def _of_use(connection: sqlite3.Connection, of: WordList, use: Use, before: Words, after: Words) -> Iterator[Used]:
    source, column = f'"{use.record}" r', f'r."{use.field}"'
    if use.joined:
        source += f' JOIN "{use.joined}" w ON w."{use.record}_id" = r.id'
        column = 'w."kind"'
    on = f"COALESCE({', '.join([*(f'r.{name}' for name in use.days), 'NULL'])})" if use.days else "NULL"
    found = connection.execute(
        f"SELECT {column}, {on}, count(*), min(r.number) FROM {source}"
        f" WHERE r.voided_on IS NULL AND {column} IS NOT NULL GROUP BY 1, 2 ORDER BY 2"
    ).fetchall()
    told = [
        (word, day, count, number)
        for words, day, count, number in found
        for word in (words.split("、") if use.several and not use.joined else (words,))
    ]
    lost: dict[str, list[tuple[str | None, int, str]]] = {}
    for at in differing(of, before, after, [(word, day) for word, day, _, _ in told]):
        word, day, count, number = told[at]
        lost.setdefault(word, []).append((day, count, number))
    for word, which in lost.items():
        day, _, number = which[-1]
        yield Used(use.record, word, sum(count for _, count, _ in which), number, day)
