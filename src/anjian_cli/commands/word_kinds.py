"""What a word is by its kind: a town, a firm, an agency, a department, a day, a month, a term of a field.

Each answer is either the word as it is to be typed, or None. A name is `whole` where it stands in the ledger as typed,
else a part of one name alone. Looks names up, once each; knows no command.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from anjian_cli.commands import arguments, list_words, loose_days, record_words, somebody
from anjian_cli.errors import Misread, Refused
from anjian_cli.ledger import listing, lookup
from anjian_cli.records import likeness
from anjian_cli.records.definition import Kind
from anjian_cli.rules.word_lists import uses_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from anjian_cli.commands.session import Session
    from anjian_cli.records.definition import Record

ANY_DAY = "2000-12-31"
"""For whether a text names a day at all; which one is not asked."""
NUMBER = re.compile(r"[^\s-]*-(?:\d{4}-)?[A-Z]?\d{1,7}", re.IGNORECASE)
_SHORTEST = 3
"""Characters of a part of a name: less is in too many."""
_MOST_RECORDS = 3
_OVER: Mapping[str, tuple[str, tuple[str, ...]]] = {"hazard": ("stage", ("已销号",))}
"""By record: the field that tells, and its terms, that no further step is taken."""
_PERIOD = re.compile(r"[上本这]个?月|\d{1,2}月份?|(?:\d{4}|今|去)年\d{1,2}月份?|\d{4}-\d{1,2}")


def is_day(word: str) -> bool:
    """Whether a text names a day: 10-28, 昨天, 上周五."""
    return loose_days.day(word, ANY_DAY) is not None


class Kinds:
    """Tells what words are, on one connection."""

    def __init__(self, session: Session, connection: sqlite3.Connection) -> None:
        self.session, self.connection = session, connection
        self.finder, self.parts = lookup.Finder(connection), lookup.Finder(connection, guess=True)
        self._readers: dict[str, list_words.Reader] = {}

    def reader(self, record: Record) -> list_words.Reader:
        """The reader of a record's list."""
        if record.name not in self._readers:
            self._readers[record.name] = list_words.Reader(self.session, self.connection, record)
        return self._readers[record.name]

    def town(self, word: str) -> str | None:
        """The town's short name; a number is none."""
        try:
            return None if word.isdigit() else self.finder.town(word).short
        except Misread:
            return None

    def department(self, word: str) -> str | None:
        return word if self.finder.is_department(word) and not word.isdigit() else None

    def department_by_part(self, word: str) -> str | None:
        """The name of the one department of which a word is the end: 安监局 of 某县安监局."""
        found = {name for name in self.departments if name.endswith(word)} if len(word) >= _SHORTEST else set()
        return found.pop() if len(found) == 1 else None

    def village(self, word: str) -> str | None:
        try:
            self.finder.village(word, None)
        except Misread:
            return None
        return word

    def indicator(self, word: str) -> str | None:
        try:
            self.finder.indicator(word)
        except Misread:
            return None
        return word

    def firm(self, word: str, *, whole: bool) -> str | None:
        """The firm of this name, credit code or number; not `whole`, of which it is a part."""
        if not whole and len(word) < _SHORTEST:
            return None
        try:
            (self.finder if whole else self.parts).enterprise(word)
        except Misread:
            return None
        return word

    def town_of_firm(self, word: str) -> str | None:
        """The short name of the town where the one firm is that a word is, or is a part of."""
        try:
            town = listing.one(self.connection, "enterprise", self.parts.enterprise(word))["town"]
        except Misread:
            return None
        return self.town(str(town)) if town else None

    def row(self, record: Record, number: str) -> Mapping[str, Any] | None:
        """What is listed of a record that is called by its number."""
        try:
            return listing.one(
                self.connection, record.name, record_words.row_id(self.session, self.connection, record, number)
            )
        except (Misread, Refused):
            return None

    def full_name(self, word: str) -> str | None:
        """The name of the one firm that a word is, or is a part of."""
        try:
            return str(listing.one(self.connection, "enterprise", self.parts.enterprise(word))["name"])
        except Misread:
            return None

    @cached_property
    def agencies(self) -> list[str]:
        """The names in the register of agencies."""
        rows = listing.rows(self.connection, "agency", listing.Wanted())
        return [str(row["name"]) for row in rows]

    @cached_property
    def names(self) -> list[str]:
        """What towns, agencies and departments are called."""
        towns = [name for town in self.finder.towns() for name in (town.name, town.short)]
        return [*towns, *self.agencies, *self.departments]

    @cached_property
    def departments(self) -> list[str]:
        rows = listing.rows(self.connection, "department", listing.Wanted())
        return [str(row[name]) for row in rows for name in ("name", "short_name") if row[name]]

    def agency(self, word: str, *, whole: bool) -> str | None:
        """The full name of the agency of this name, or of which it is a part."""
        key = likeness.key(word)
        if whole:
            found = [name for name in self.agencies if likeness.key(name) == key]
        else:
            found = [name for name in self.agencies if len(word) >= _SHORTEST and key and key in likeness.key(name)]
        return found[0] if len(found) == 1 else None

    def is_name(self, word: str) -> bool:
        """Whether a word is a name: an agency's, a department's, a village's in the ledger, somebody's by its shape."""
        known = self.agency(word, whole=False) or self.department(word) or self.village(word)
        return known is not None or somebody.is_name(word)

    def record(self, record: Record, word: str, *, whole: bool) -> str | None:
        """The record meant: by its number as typed; not `whole`, by a name or a number of a paper that stands in one
        record alone, which is answered by its own number."""
        named = record.name in ("enterprise", "town", "department")
        if whole:
            if record.name == "enterprise":
                return self.firm(word, whole=True)
            if not named and not NUMBER.fullmatch(word):
                return None
            try:
                record_words.row_id(self.session, self.connection, record, word)
            except (Misread, Refused):
                return None
            return word
        if record.name == "enterprise":
            return self.firm(word, whole=False)
        if record.name == "agency":
            return self._number_of(record, self.agency(word, whole=True) or self.agency(word, whole=False))
        if named or len(word) < _SHORTEST:
            return None
        texts = [name for name, kind in record.kinds.items() if kind is Kind.TEXT]
        rows = listing.rows(self.connection, record.name, listing.Wanted(text=word))
        bearing = [row["number"] for row in rows if any(name in row.keys() and row[name] == word for name in texts)]  # noqa: SIM118
        return str(bearing[0]) if len(bearing) == 1 else None

    def _number_of(self, record: Record, name: str | None) -> str | None:
        found = [
            str(row["number"])
            for row in listing.rows(self.connection, record.name, listing.Wanted())
            if row["name"] == name
        ]
        return found[0] if len(found) == 1 else None

    def records_of_firm(self, record: Record, word: str, *, still: bool) -> list[str]:
        """The numbers of the records of the one firm of which a word is the name, or a part of it, `still` open ones
        alone; too many to tell apart at a glance are none."""
        if record.name == "enterprise" or len(word) < _SHORTEST:
            return []
        try:
            name = listing.one(self.connection, "enterprise", self.parts.enterprise(word))["name"]
        except Misread:
            return []
        texts = [each for each, kind in record.kinds.items() if kind is Kind.TEXT]
        rows = listing.rows(self.connection, record.name, listing.Wanted(text=name))
        field, over = _OVER.get(record.name, ("number", ())) if still else ("number", ())
        found = [
            str(row["number"])
            for row in rows
            if row[field] not in over and any(each in row.keys() and row[each] == name for each in texts)  # noqa: SIM118
        ]
        return found if len(found) <= _MOST_RECORDS else []

    def term(self, record: Record, name: str, word: str) -> str | None:
        """A term of a field, of one that holds several also several with 、 between them."""
        parts = word.split("、") if record.kinds[name] is Kind.TERMS else [word]
        try:
            found = [self.reader(record).term(name, part) for part in parts]
        except (Misread, Refused):
            return None
        own = record.columns[name].choices  # a field whose words are another list's takes any text, as a file has it
        known = name in uses_of(record.name) or all(term in own for term in found)
        return "、".join(found) if known else None

    def day(self, word: str) -> str | None:
        """The day that a word names, as an option takes it."""
        return loose_days.day(word, self.session.today)

    def month(self, word: str) -> str | None:
        """A month that says that it is one: 10月, 2018-10, 上月."""
        if not _PERIOD.fullmatch(word):
            return None
        try:
            return arguments.latest_month(word, self.session.today)
        except Misread:
            return None
