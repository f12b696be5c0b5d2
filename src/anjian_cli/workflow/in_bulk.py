"""New records by the hundred thousand, given column by column: those that are new and plain are written together.

A record type has a way in bulk in its module `<record>_in_bulk`, a class `Bulk`. It leaves what it cannot take to
`register.take`; what it takes stands in the ledger exactly as that would have written it (a property test holds the two
equal). It takes nothing that a rule could find fault with, so its rows are not held against the rules again.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from functools import cache
from importlib.util import find_spec
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from anjian_cli.errors import Misread
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.rules import word_lists
from anjian_cli.rules.module_names import module_of
from anjian_cli.workflow.kept_record import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

Columns = Mapping[str, Sequence[Any]]


class Unusual(Exception):
    """These records are to be taken one by one: there it shows why, or works."""


class Taken(NamedTuple):
    """What became of some records: the ids of the new ones, in their order; the places of those left to be taken one by
    one; the places of those that stand in the ledger just so, with their ids; how many values blank cells left to
    these."""

    ids: range
    left: set[int]
    same: Mapping[int, int] = {}
    blanks: int = 0


class Bulk(Protocol):
    """The way in bulk of one record type. `tables` are those whose indexes are to be built at the end; `steps` what was
    done to the records (as `Kept.steps`), by number. Refusals with one of the codes `early` may come of records from
    further down, which one by one would not have been there yet.

    Of records that are the same it takes the first alone, and leaves the others.
    """

    tables: tuple[str, ...]
    steps: dict[str, int]
    early: frozenset[str]

    def __init__(self, gate: Gate, record: Record, finder: Finder) -> None: ...

    def take(self, columns: Columns) -> Taken:
        """Write records. Raises sqlite3.IntegrityError where nothing of it all may stay."""

    def meant(self, given: Values, /) -> list[int]:
        """The ids of the records in the ledger, old and new, of which these values of a record that was left may speak,
        or which may speak of it."""


BITS = 27


class Seen:
    """Which of many keys came before. Some few (one in a hundred of a million) are said to have come that did not: a
    record that is left is taken one by one, and nothing is wrong. A set would take four times the memory."""

    def __init__(self) -> None:
        self._bits = bytearray(1 << (BITS - 3))

    def again(self, keys: Mapping[int, Hashable]) -> set[int]:
        """The places of the keys that came before, here or earlier."""
        bits, found, least = self._bits, set(), (1 << BITS) - 1
        for at, key in keys.items():
            place = hash(key) & least
            byte, bit = place >> 3, 1 << (place & 7)
            if bits[byte] & bit:
                found.add(at)
            else:
                bits[byte] |= bit
        return found


NOTHING = range(0)


@cache
def of(record: str) -> type[Bulk] | None:
    """The way in bulk of a record type; None if it has none."""
    name = f"anjian_cli.workflow.{module_of(record)}_in_bulk"
    if find_spec(name) is None:
        return None
    found: type[Bulk] = importlib.import_module(name).Bulk
    return found


def is_empty(gate: Gate, table: str) -> bool:
    """Whether a table has no rows yet."""
    return gate.connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is None


def rows_with(gate: Gate, query: str, values: Iterable[object], *others: str) -> list[Any]:
    """The rows of a query whose first parameter is a JSON array of the values."""
    cursor = gate.connection.cursor()
    cursor.row_factory = None
    return cursor.execute(query, (json.dumps(list(values), ensure_ascii=False), *others)).fetchall()


def looked_up(words: Sequence[Any], find: Callable[[Any], Any], left: set[int]) -> list[Any]:
    """What each of the words means, None for none; those that mean nothing are left."""
    meant: dict[Any, Any] = {None: None}
    unknown = set()
    for word in set(words) - {None}:
        try:
            meant[word] = find(word)
        except Misread:
            meant[word] = None
            unknown.add(word)
    if unknown:
        left |= {at for at, word in enumerate(words) if word in unknown}
    return [meant[word] for word in words]


def words(finder: Finder, columns: Columns, record: Record, name: str, on: str, left: set[int]) -> Sequence[Any]:
    """The words of a field as its list writes them on the day in the field `on`, or that day; those that it does not
    have are left. Where no office has said anything of the list, the program's own words are looked through at once."""
    told = columns[name]
    of, use = word_lists.uses_of(record.name)[name]
    if not use.several and finder.words.same_as_ever(of) and set(told) - {None} <= set(of.words) - {use.without}:
        return told

    def find(pair: tuple[Any, str]) -> Any:
        said, day = pair
        each = [finder.term(of, use, text, day) for text in (said if use.several else (said,))]
        return tuple(each) if use.several else each[0]

    days = columns[on] if on in columns else [on] * len(told)
    pairs = [None if said is None else (said, day) for said, day in zip(told, days, strict=True)]
    return looked_up(pairs, find, left)


def departments(finder: Finder, columns: Columns, record: Record, left: set[int]) -> dict[str, Sequence[Any]]:
    """The fields of a record type that name departments, as they are stored: found as `register.resolve` finds them.
    Those that mean none on that day are left."""
    found: dict[str, Sequence[Any]] = {}
    for name, column in record.columns.items():
        told = columns.get(name, ()) if column.refers == "department" else ()
        if not any(told):
            continue
        days = [columns[day] for day in column.named_on if day in columns]
        on = [next(filter(None, each), None) for each in zip(*days, strict=True)]
        pairs = [None if said is None else (said, day) for said, day in zip(told, on, strict=True)]
        found[name] = looked_up(pairs, lambda pair: finder.department(*pair).number, left)
    return found


def leave(left: Set[int], columns: Columns, count: int) -> dict[str, Sequence[Any]]:
    """The columns without the rows that are left."""
    if not left:
        return dict(columns)
    kept = [at not in left for at in range(count)]
    return {name: list(compress(column, kept)) for name, column in columns.items()}
