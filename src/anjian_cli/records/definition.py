"""What a record type is: its fields, each with a Chinese title and the function that reads it.

A record type is a class (`Fields`) whose fields carry a `Column`. From it come command-line options, file headings,
templates, listings and errors, and the pydantic model (`whole`) that validates a whole record with the same functions
that a file's columns are read with one by one.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache, cached_property
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from anjian_cli.errors import Misread
from anjian_cli.records import days, values
from anjian_cli.rules.module_names import module_of, table_of

Parser = Callable[[str], Any]
SERVING = {"amounts", "codes", "confirmation", "days", "definition", "fields", "likeness", "masking", "values", "whole"}
"""Modules of this package that are no record types."""


class Kind(Enum):
    """What a spreadsheet makes of a field: text as it is, a real date, a whole number, an amount (kept in fen), or
    several terms in one cell."""

    TEXT = "文字"
    DAY = "日期"
    WHOLE = "整数"
    AMOUNT = "金额"
    TERMS = "可多项"


class Fields:
    """Below it the fields of a record type are declared: `name: Annotated[kind, Column(…)]`, `= None` behind one that a
    record can be without."""


class Column(NamedTuple):
    """One field of a record.

    `title` is the heading and the word in messages; `parse` reads one non-blank cell and raises `Misread`.
    `required` refuses a blank; `expected` takes it, but the blank is counted and shown (存疑).
    `refers` names what the text points at (town, village, enterprise, indicator), to be found in the ledger.
    `instead` are words that stand in the place of an enterprise's name where there is none; the record's column
    `party_kind` has which, and 企业 where there is one. `person_where` (field, value): a record whose field has that
    value names a person here, and the name is masked wherever it leaves.
    `named_on` are fields of which the first that has a value is the day, or the month, by which a name is found.
    `shown_only` columns are written to listings and never read; `private` ones are masked wherever they leave
    (`records.masking`).
    `choices` are the allowed terms, for help and templates; `show` turns a stored value back into text that
    `parse` reads. `assumed` is what the command line takes where nothing is typed; in a file nothing is assumed.
    `hint` is what a command's help adds to it.
    `measure` is the field that says what a value is of: an indicator or a kind with its unit, or a setting's name.
    `register` is the record type in which a name usually stands (it need not); on the command line one that is nearly
    a name in it is refused. `of_one`: a document's number that belongs to one enterprise; where another one's record
    bears it as well, a file's answer says so.

    A day is one of three, and on the command line takes its year by that. A `past` day may not lie in the future. A day
    of its record comes `after` other fields, of which the first that has a value counts (days, or a year; a name that
    is no field is one of the listing); one that is `soon` lies within half a year after it. Any other is a first day,
    which may lie ahead.

    `near` are words that lists use for the field and that may mean something else as well; `near_values` lead from
    such words in a cell to what they may mean ('' for a blank). Both are proposed to a person, never applied.
    """

    title: str
    parse: Parser
    aliases: tuple[str, ...] = ()
    required: bool = False
    expected: bool = False
    refers: str = ""
    shown_only: bool = False
    private: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    show: Callable[[Any], str] = str
    past: bool = False
    after: tuple[str, ...] = ()
    soon: bool = False
    assumed: str = ""
    measure: str = ""
    register: str = ""
    of_one: bool = False
    near: tuple[str, ...] = ()
    near_values: Mapping[str, str] = {}
    named_on: tuple[str, ...] = ()
    hint: str = ""
    person_where: tuple[str, str] | None = None
    instead: tuple[str, ...] = ()

    def read(self, text: str) -> Any:
        """The value of one cell; None if it is blank. Raises `Misread`."""
        if not text.strip("\u3000 \t\r\n\ufeff"):
            if self.required:
                raise Misread("E202")
            return None
        return self.parse(text)

    def read_as_own(self, text: str) -> Any:
        """As `read`, where no ledger is at hand: a word that is not the program's own is misread as well (E203)."""
        value = self.read(text)
        if isinstance(self.parse, values.Word) and value is not None:
            self.parse.own(text)
        return value


def yuan(fen: int) -> str:
    """Money in fen as exact yuan text: 2000000 -> 20000, 150 -> 1.5."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


class _Declared(NamedTuple):
    """A record type.

    `name` is that of its table, from which its module's follows (`rules.module_names`); `command` is the word on the
    command line, where it differs. `order` places it among the others (what is referred to comes first). `keys` are
    the field groups by which a file finds an existing record, best first. `subject` is the field that is typed first,
    without its option; `listed` are the fields that a screen has room for (the first seven where nothing is said).
    `lasting` fields cannot be emptied, no more than required ones: steps that were taken, and what only says which
    record is meant.

    A record `of_enterprise` needs one. `day` is the field that says when it was: where the enterprise stood then is
    the town it belongs to, unless that is told. `since` is a day that need not be told: the earliest one that is,
    else the business day. Of a record with `totals` a row of the whole (合计) at the foot of a sheet is no note: it is
    held against the rows of the towns. `apart` says how two are told apart that agree in all their keys. Two that agree
    in all of a key but their day, and are less than `doubled_within` days apart, are worth a look: likely one of them
    was entered twice.

    What the `office` itself keeps comes from no town's file. A title with one of the words by which such a list is
    `called` speaks for this type and against others; one by which it is `hinted` at only decides between two that fit
    equally.

    `steps` are fields with which a file goes on with a known record. Of `same_day` lists often have but one of two, and
    mean both. The first field of `outcome` says how it ended, the others when and by whom that was seen: of what has
    not ended they say nothing.

    A form that the office gives out of whom a record is wanted of has these fields `prefilled`: a row of it that tells
    nothing else is no record (`exchange.lines.NoRecords`).
    """

    name: str
    title: str
    fields: type[Fields]
    order: int
    keys: tuple[tuple[str, ...], ...] = ()
    command: str = ""
    subject: str = ""
    listed: tuple[str, ...] = ()
    lasting: frozenset[str] = frozenset({"number"})
    of_enterprise: bool = False
    day: str = ""
    since: str = ""
    totals: bool = False
    apart: str = ""
    doubled_within: int = 0
    office: bool = False
    called: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()
    steps: frozenset[str] = frozenset()
    same_day: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    prefilled: frozenset[str] = frozenset()


class Record(_Declared):
    """A record type with what follows from what is declared of it."""

    @property
    def noun(self) -> str:
        """The word on the command line."""
        return self.command or self.name

    @property
    def obvious_day(self) -> str:
        """The field that 日期 alone means of a new one: the only past day that must be told; '' if there is not one."""
        past = [name for name, column in self.columns.items() if column.past and column.required]
        return past[0] if len(past) == 1 else ""

    @cached_property
    def annotations(self) -> dict[str, Any]:
        """Field name to its kind with its `Column`, in the order in which they are declared."""
        return get_type_hints(self.fields, include_extras=True)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Field name to `Column`, in the order in which they are declared. Raises TypeError for one without."""
        found = {}
        for name, annotation in self.annotations.items():
            column = next((each for each in getattr(annotation, "__metadata__", ()) if isinstance(each, Column)), None)
            if column is None:
                raise TypeError(f"{self.name}.{name} has no Column")
            found[name] = column
        return found

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Field name to what a spreadsheet makes of it."""
        return {name: _kind(column, self.annotations[name].__origin__) for name, column in self.columns.items()}


def _kind(column: Column, annotation: Any) -> Kind:
    kept = {get_origin(part) or part for part in (annotation, *get_args(annotation))}
    if column.parse is days.day:
        return Kind.DAY
    if tuple in kept:
        return Kind.TERMS
    if int in kept:
        return Kind.WHOLE if column.show is str else Kind.AMOUNT
    return Kind.TEXT


@cache
def record(name: str) -> Record:
    """The record type called `name` (English noun). Raises KeyError."""
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"anjian_cli.records.{module_of(name)}")
    found: Record = module.RECORD
    return found


def called(noun: str) -> Record:
    """The record type of this word on the command line. Raises StopIteration."""
    if noun in names() and record(noun).noun == noun:
        return record(noun)
    return next(each for each in all_records() if each.noun == noun)


@cache
def names() -> tuple[str, ...]:
    """Names of all record types: the tables of this package's modules but for those that serve them."""
    files = (name.rpartition(".") for name in os.listdir(os.path.dirname(__file__)))  # pkgutil imports inspect
    modules = {name for name, _, ending in files if ending == "py" and name != "__init__"}
    return tuple(sorted(map(table_of, modules - SERVING)))


@cache
def all_records() -> tuple[Record, ...]:
    """Every record type, what is referred to before what refers to it."""
    return tuple(sorted((record(name) for name in names()), key=lambda r: r.order))
