"""The gate: the only module with INSERT, UPDATE or DELETE.

One command is one transaction and one operation. Before it commits, every touched root is held against its rules,
the sums are brought up to date by the difference of its items, and the operation is chained to the one before.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import content, overlap, roots, schema
from anjian_cli.ledger.content import Change, Origin, Row, Value
from anjian_cli.ledger.open import WAIT_SECONDS, writing
from anjian_cli.ledger.spans import Span, Spans, merged, without
from anjian_cli.rules.derivation import Derived
from anjian_cli.rules.intervals import OPEN

Item = tuple[str, str, str, str, int]  # indicator, town, from_on, until_on, quantity
Items = tuple[str, Sequence[str], Sequence[str], Sequence[str]]  # indicator, and by column towns, from_on, until_on
Sums = dict[tuple[str, str, str], int]  # by day, indicator, town
QUEUE = 5000  # rows held back before they are written together
COUNTED_AT_ONCE = 20_000  # roots whose items are held in memory together
SORTED_IN = 16_384  # KiB of memory in which an index is built
ROWS_A_STATEMENT = 100  # rows written by one statement in bulk
ROWS_A_CHANGE = 500  # rows kept in one `change.before`


class Source(NamedTuple):
    """The file an operation takes its facts from."""

    file: str
    sha256: str


class Gate:
    """One operation under way. Made by `operation` or `gate`, never by hand."""

    def __init__(self, connection: sqlite3.Connection, command: str, at: str, actor: str, today: str) -> None:
        self._connection = connection
        self.command, self.at, self.actor, self.today = command, at, actor, today
        self.source: Source | None = None
        self.undoes: int | None = None
        last = connection.execute("SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1").fetchone()
        self.head: int = last[0] if last else 0
        self.head_hash: str = last[1] if last else ""
        self._roots = roots.catalogue(connection)
        self._counting = roots.counting(connection)
        self._next: dict[str, int] = {}
        self._columns: dict[str, tuple[tuple[str, ...], str]] = {}
        self._queued: dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]] = defaultdict(list)
        self._queue_length = 0
        self._sought: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._waiting: set[tuple[str, tuple[str, ...], tuple[Value, ...]]] = set()
        self._writes = 0
        self._sound_at = -1
        self._letter: str | None = None
        self._inserted = Spans()
        self._removed = Spans()
        self._sound = Spans()  # roots that came in bulk and need not be held against their rules one by one
        self._moved: set[tuple[str, int]] = set()  # of these, the ones that something came to afterwards
        self._hashes: dict[str, dict[Span, str]] = defaultdict(dict)
        self._came: Sums = defaultdict(int)
        self._went: Sums = defaultdict(int)
        self._came_sound: Sums = defaultdict(int)
        self._went_sound: Sums = defaultdict(int)
        self._changes: list[Change] = []
        self._origins: list[Origin] = []
        self._open_span: dict[str, int] = {}
        self._logged: set[tuple[str, int]] = set()
        self._items_before: dict[tuple[str, int], list[Item]] = {}
        self._last_numbers: dict[tuple[str, str, int], int] = {}
        self._abandoned = False
        self.notices: list[Fault] = []  # what the user should know once it is done

    # --- reading

    @property
    def connection(self) -> sqlite3.Connection:
        """For reading; what was inserted so far is there."""
        self._flush()
        return self._connection

    def reading(self, table: str, **sought: Value) -> sqlite3.Connection:
        """As `connection`, to look for rows of a table with these values (in columns without a default). What is
        held back is written first only where it has such a row: else every look-up of an import would be a write."""
        columns = tuple(sought)
        if columns not in self._sought[table]:
            self._sought[table].add(columns)
            self._flush()
        elif (table, columns, tuple(sought.values())) in self._waiting:
            self._flush()
        return self._connection

    def row(self, table: str, row: int) -> Row:
        """A row as a dict of its stored columns. Raises LookupError."""
        names, quoted = self._stored_columns(table)
        found = self.connection.execute(f'SELECT {quoted} FROM "{table}" WHERE id = ?', (row,)).fetchone()
        if found is None:
            raise LookupError(f"{table} {row}")
        return dict(zip(names, found, strict=True))

    # --- writing

    def insert(self, table: str, **values: Value) -> int:
        """A new row; returns its id, which is never given out again."""
        row = self._next_id(table)
        kind = (table, ("id", *values))
        root, column = self._roots[table]
        if column != "id":
            self._touch(root, int(str(values[column])))
        if self._queue_length >= QUEUE:
            self._flush()
        self._queued[kind].append((row, *values.values()))
        self._queue_length += 1
        self._writes += 1
        for columns in self._sought.get(table, ()):
            self._waiting.add((table, columns, tuple(values.get(name) for name in columns)))
        self._inserted.add(table, row, row)
        self._log_inserted(table, row, row)
        return row

    def append(self, table: str, columns: Mapping[str, Sequence[Value]]) -> range:
        """New rows in bulk, given by column; returns their ids. For tables without defaults in what is left out, and
        for roots and what comes with them: rows of roots that this operation made. Raises ValueError else."""
        names = tuple(columns)
        count = len(columns[names[0]])
        root, column = self._roots[table]
        if self._defaults(table) - columns.keys():
            raise ValueError(f"{table}: {self._defaults(table) - columns.keys()} left out")
        if column != "id" and not self._inserted.hold(root, *_reach(columns[column])):
            raise ValueError(f"{table}: a row of a root that was there before")
        self._flush()
        first = self._next_id(table)
        last = self._next[table] = first + count - 1
        ids = range(first, last + 1)
        _insert_many(self._connection, table, ("id", *names), list(zip(ids, *columns.values(), strict=True)))
        self._writes += 1
        self._sought.pop(table, None)  # what was looked for among the rows held back is looked for in the table again
        self._inserted.add(table, first, last)
        self._log_inserted(table, first, last)
        for block in content.blocks(table, first, last):
            at = slice(block[1] - first, block[2] - first + 1)
            told = {name: list(values[at]) for name, values in columns.items()}
            self._hashes[table][block] = content.block_hash({"id": list(ids[at]), **told})
        return ids

    def vouch(self, root: str, ids: range, items: Iterable[Items] = ()) -> None:
        """Roots that came whole by `append`: no rule can find fault with them, and these are all their items. Those
        that something else comes to afterwards are held against the rules, and all are counted by the view."""
        self._sound.add(root, ids[0], ids[-1])
        for indicator, towns, came, went in items:
            for (day, town), count in Counter(zip(came, towns, strict=True)).items():
                self._came_sound[day, indicator, town] += count
            for (day, town), count in Counter(zip(went, towns, strict=True)).items():
                if day < OPEN:
                    self._went_sound[day, indicator, town] += count

    def came_from(self, table: str, rows: range, sheet: str, line: int) -> None:
        """Note on which lines of the operation's file records stand, the first on `line` and so on; '' for the sheet
        of a text file."""
        if self._origins:
            of, first, last, name, begun = self._origins[-1]
            if (of, last + 1, name, begun + last + 1 - first) == (table, rows[0], sheet, line):
                self._origins[-1] = (of, first, rows[-1], name, begun)
                return
        self._origins.append((table, rows[0], rows[-1], sheet, line))

    @contextmanager
    def without_indexes(self, tables: Iterable[str]) -> Iterator[None]:
        """As the function; what is held back is written before and after."""
        self._flush()
        with without_indexes(self._connection, tables):
            yield
            self._flush()

    def update(self, table: str, row: int, **values: Value) -> bool:
        """Change some columns of a row; False (and nothing recorded) if they already hold these values."""
        before = self.row(table, row)
        if all(before[name] == value for name, value in values.items()):
            return False
        # The row may pass to another root (a contract entered under the wrong enterprise).
        self._touch_row(table, {**before, **values})
        self._change(table, before, values)
        return True

    def delete(self, table: str, row: int) -> None:
        """Take a row away. The operation keeps it as it was."""
        self._keep(table, [self.row(table, row)])
        _delete(self._connection, table, row, row)

    def number(self, record: str, region: str, year: int) -> str:
        """The next number of a record: region, year, ledger letter, sequence. Never given out twice."""
        return self.numbers(record, [region], year)[0]

    def numbers(self, record: str, regions: Sequence[str], year: int) -> list[str]:
        """The next number of each of several records, by their regions."""
        if self._letter is None:
            found = self._connection.execute(
                "SELECT value FROM setting WHERE name = 'ledger_letter' AND voided_on IS NULL"
                " AND from_on <= ? AND ? < until_on",
                (self.today, self.today),
            ).fetchone()
            self._letter = str(found[0]) if found else ""
        last, begins = {}, {}
        for region in set(regions):
            key = (record, region, year)
            if key not in self._last_numbers:
                found = self._connection.execute(
                    "SELECT last FROM number_sequence WHERE record = ? AND region = ? AND year = ?", key
                ).fetchone()
                self._last_numbers[key] = found[0] if found else 0
                self._refuse_lowered(record, f"{region}-{year}-{self._letter}", self._last_numbers[key])
            last[region], begins[region] = self._last_numbers[key], f"{region}-{year}-{self._letter}"
        numbers = []
        for region in regions:
            number = last[region] = last[region] + 1
            numbers.append(begins[region] + _sequence(number))
        self._last_numbers |= {(record, region, year): number for region, number in last.items()}
        return numbers

    def _refuse_lowered(self, record: str, begin: str, last: int) -> None:
        """Refuse E627 where a record bears a number that is yet to be given out: `number_sequence` is bookkeeping, and
        is not believed against what stands in the records."""
        told = f"{begin}{_sequence(last)}"
        found = self.connection.execute(
            f'SELECT number FROM "{record}" WHERE number > ?1 AND number < ?2 AND length(number) >= length(?1) LIMIT 1',
            (told, f"{begin}:"),  # the colon comes behind the digits
        ).fetchone()
        if found is not None:
            raise refused("E627", number=found[0])

    def take_back(self, operation: int) -> None:
        """Undo what `operation` did, as part of this one. No later operation may have touched its roots."""
        for table, first, last, before in _changes_of(self._connection, operation):
            if before is None and self._roots[table][1] == "id":
                # Roots it made go whole: their items are counted off at once, not root by root.
                self._count_span(table, first, last, -1)
                self._removed.add(table, first, last)
        for table, first, last, before in _changes_of(self._connection, operation):
            if before is None:
                while rows := self._rows(table, first, last):
                    self._keep(table, rows)
                    _delete(self._connection, table, _id(rows[0]), _id(rows[-1]))
            else:
                wanted = json.loads(before)
                standing = {_id(r): r for r in self._rows(table, first, last, limit=None)}
                self._keep(table, [standing[_id(r)] for r in wanted if _id(r) in standing])
                for row in wanted:
                    if _id(row) not in standing:
                        self._return(table, row)
                    else:
                        self._touch_row(table, row)
                    _restore(self._connection, table, row)

    def abandon(self) -> None:
        """Check everything on leaving, then leave the ledger as it was (--dry-run)."""
        self._abandoned = True

    @property
    def abandoned(self) -> bool:
        """Whether nothing of it is kept."""
        return self._abandoned

    # --- rules

    def faults(self) -> list[tuple[str, int, Fault]]:
        """What breaks the rules in the roots touched so far: (root table, root id, fault).

        What follows from their rows by rule is brought into line first.
        """
        self._flush()
        found = []
        moved = [(root, root_id, root_id) for root, root_id in self._moved]
        for root, first, last in merged([*without(self._touched(), self._sound), *moved]):
            for root_id, rows in roots.load(self._connection, self._roots, root, first, last):
                for derived in roots.derived(rows):
                    self._settle(rows, derived)
                found += [(root, root_id, fault) for fault in roots.faults(rows)]
        self._flush()
        if not found:
            self._sound_at = self._writes
        return found

    def settle(self, tables: Iterable[str]) -> None:
        """Bring what follows by rule into line in every root that has rows in these tables."""
        for table in tables:
            root, column = self._roots[table]
            found = self.connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')
            for of, first, last in merged((root, each, each) for (each,) in found.fetchall()):
                for _, rows in roots.load(self._connection, self._roots, of, first, last):
                    for derived in roots.derived(rows):
                        self._settle(rows, derived)
        self._flush()

    def root_of(self, table: str, row: Row) -> tuple[str, int]:
        """The root that a row belongs to: (root table, root id)."""
        root, column = self._roots[table]
        return root, int(str(row[column]))

    def columns(self, table: str) -> tuple[str, ...]:
        """The stored columns of a table, by name."""
        return self._stored_columns(table)[0]

    # --- leaving

    def finish(self) -> bool:
        """Hold the rules, bring sums and chain up to date, commit. False if nothing had changed."""
        broken = self.faults() if self._sound_at < self._writes else []
        if broken:
            raise Refused(fault for _, _, fault in broken)
        if not self._changes:
            return False
        cells = self._count()
        clashes = overlap.faults(self._connection, cells | overlap.cells(self._connection, self._touched()))
        if clashes:
            raise Refused(clashes)
        self._record()
        if self._abandoned:
            return False
        self._connection.execute("COMMIT")
        return True

    def conclude(self) -> None:
        """Leave as an upgrade does, and commit: it is recorded even where it changed nothing; what was entered under
        the rules of then is not held against those of now; and the upgrade itself counts all sums anew."""
        self._flush()
        self._record()
        self._connection.execute("COMMIT")

    # --- inside

    def _log_inserted(self, table: str, first: int, last: int) -> None:
        """Note inserted rows, joined to those before them where nothing of the table was changed in between."""
        span = self._open_span.get(table)
        if span is not None and self._changes[span][2] == first - 1:
            self._changes[span] = (table, self._changes[span][1], last, None)
        else:
            self._open_span[table] = len(self._changes)
            self._changes.append((table, first, last, None))

    def _change(self, table: str, before: Row, values: Mapping[str, Value]) -> None:
        """Write other values into a row that stands in the ledger as `before` says."""
        self._keep(table, [before])
        assignments = ", ".join(f'"{name}" = ?' for name in values)
        self._connection.execute(f'UPDATE "{table}" SET {assignments} WHERE id = ?', (*values.values(), _id(before)))

    def _settle(self, rows: roots.Rows, derived: Derived) -> None:
        """Write what follows from the rows of a root where the ledger has it otherwise, and note it in `rows`."""
        for (table, row_id), values in derived.columns.items():
            row = next(row for row in rows[table] if row["id"] == row_id)
            fresh = {name: value for name, value in values.items() if row[name] != value}
            if fresh:
                self._change(table, {name: row[name] for name in self.columns(table)}, fresh)
                row.update(fresh)
        for table, wanted in derived.rows.items():
            if table not in rows:
                for new in wanted:
                    self.insert(table, **new)
                continue
            missing = Counter(tuple(sorted(row.items())) for row in wanted)
            for row in rows.get(table, ()):
                told = tuple(sorted((name, value) for name, value in row.items() if name != "id"))
                if missing[told]:
                    missing[told] -= 1
                else:
                    self.delete(table, _id(row))
            for told in missing.elements():
                self.insert(table, **dict(told))

    def _next_id(self, table: str) -> int:
        if table not in self._next:
            found = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
            self._next[table] = found[0] if found else 0
        self._next[table] += 1
        return self._next[table]

    def _flush(self) -> None:
        for (table, names), rows in self._queued.items():
            marks = ", ".join("?" * len(names))
            self._connection.executemany(f'INSERT INTO "{table}" ({_quoted(names)}) VALUES ({marks})', rows)
        self._queued.clear()
        self._queue_length = 0
        self._waiting.clear()

    def _stored_columns(self, table: str) -> tuple[tuple[str, ...], str]:
        """Their names, and the same as SQL."""
        if table not in self._columns:
            names = content.stored_columns(self._connection, table)
            self._columns[table] = names, _quoted(names)
        return self._columns[table]

    def _defaults(self, table: str) -> set[str]:
        """The columns of a table that are not NULL where nothing is given."""
        found = self._connection.execute(
            "SELECT name FROM pragma_table_info(?) WHERE dflt_value IS NOT NULL", (table,)
        ).fetchall()
        return {name for (name,) in found}

    def _rows(self, table: str, first: int, last: int, limit: int | None = ROWS_A_CHANGE) -> list[Row]:
        names, quoted = self._stored_columns(table)
        found = self.connection.execute(
            f'SELECT {quoted} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?',
            (first, last, -1 if limit is None else limit),
        )
        return [dict(zip(names, row, strict=True)) for row in found]

    def _keep(self, table: str, rows: Sequence[Row]) -> None:
        """Before rows are changed or deleted: keep them as they were, and their roots' items."""
        self._writes += 1
        self._hashes.pop(table, None)
        kept = []
        for row in rows:
            self._touch_row(table, row)
            if not self._inserted.holds(table, _id(row)) and (table, _id(row)) not in self._logged:
                self._logged.add((table, _id(row)))
                kept.append(row)
        if kept:
            # Rows inserted later must not join a span opened before this: putting back goes in reverse order.
            self._open_span.clear()
            self._changes.append((table, _id(kept[0]), _id(kept[-1]), content.canonical(kept)))

    def _return(self, table: str, row: Row) -> None:
        """A row that an undo brings back is, to this operation, an inserted one."""
        self._writes += 1
        root, column = self._roots[table]
        if column == "id" and (root, _id(row)) not in self._items_before:
            self._inserted.add(table, _id(row), _id(row))
        else:
            self._touch_row(table, row)
        self._open_span.clear()
        self._logged.add((table, _id(row)))
        self._changes.append((table, _id(row), _id(row), None))

    def _touch_row(self, table: str, row: Row) -> None:
        root, column = self._roots[table]
        self._touch(root, int(str(row[column])))

    def _touch(self, root: str, root_id: int) -> None:
        key = (root, root_id)
        if self._sound.holds(*key):
            self._moved.add(key)
        if key in self._items_before or self._inserted.holds(*key) or self._removed.holds(*key):
            return
        self._items_before[key] = self._items(root, root_id)

    def _items(self, root: str, root_id: int) -> list[Item]:
        if root not in self._counting:
            return []
        found = self.connection.execute(
            f"SELECT indicator, town_code, from_on, until_on, quantity FROM {root}_item WHERE root_id = ?", (root_id,)
        )
        return [tuple(row) for row in found]

    def _touched(self) -> list[Span]:
        """The roots this operation touched, as ranges."""
        spans = [(root, i, i) for root, i in self._items_before]
        spans += [span for span in self._inserted.spans() if self._roots[span[0]][1] == "id"]
        return merged([*spans, *self._removed.spans()])

    def _count(self) -> set[tuple[str, str]]:
        """Bring the sums up to date; returns the cells (indicator, town) that moved."""
        for (root, root_id), before in self._items_before.items():
            self._add(before, -1)
            self._add(self._items(root, root_id), 1)
        uncounted = list(self._inserted.spans())
        if not self._moved:  # else what was said of them holds no more
            uncounted = without(uncounted, self._sound)
            for sums, told in ((self._came, self._came_sound), (self._went, self._went_sound)):
                while told:
                    cell, count = told.popitem()
                    sums[cell] += count
        for table, first, last in uncounted:
            if self._roots[table][1] == "id":
                self._count_span(table, first, last, 1)
        moved = _add_to_sums(self._connection, self._came, self._went)
        self.notices = overlap.locked(self._connection, moved)
        return {(indicator, town) for _, indicator, town in moved}

    def _count_span(self, root: str, first: int, last: int, sign: int) -> None:
        if root not in self._counting:
            return
        cursor = self.connection.cursor()
        cursor.row_factory = None
        for start in range(first, last + 1, COUNTED_AT_ONCE):
            # One pass over the view: grouped by SQL it would have to be read twice.
            found = cursor.execute(
                f"SELECT indicator, town_code, from_on, until_on, quantity FROM {root}_item"
                " WHERE root_id BETWEEN ? AND ?",
                (start, min(start + COUNTED_AT_ONCE - 1, last)),
            )
            items = Counter[Item](found)
            self._add(((*item[:4], item[4] * count) for item, count in items.items()), sign)

    def _add(self, items: Iterable[Item], sign: int) -> None:
        """Add items to what came and went, or (-1) take them off."""
        for indicator, town, from_on, until_on, quantity in items:
            self._came[from_on, indicator, town] += sign * quantity
            if until_on < OPEN:
                self._went[until_on, indicator, town] += sign * quantity

    def _record(self) -> None:
        """Write the operation, its changes and the roots it touched; chain it to the one before."""
        operation = self._next_id("operation")
        known = {block: found for hashes in self._hashes.values() for block, found in hashes.items()}
        digest = content.digest(self._connection, self._changes, self._origins, known)
        entry: Row = {
            "id": operation,
            "at": self.at,
            "actor": self.actor,
            "command": self.command,
            "undoes": self.undoes,
            "source_file": self.source.file if self.source else None,
            "source_sha256": self.source.sha256 if self.source else None,
            "version": schema.VERSION,
        }
        complete = {**entry, "content": digest, "hash": content.link(self.head_hash, entry, digest)}
        self._connection.execute(
            f"INSERT INTO operation ({', '.join(complete)}) VALUES ({', '.join('?' * len(complete))})",
            tuple(complete.values()),
        )
        self._connection.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)",
            ((operation, seq, *change) for seq, change in enumerate(self._changes)),
        )
        self._connection.executemany(
            "INSERT INTO source_row VALUES (?, ?, ?, ?, ?, ?)", ((operation, *origin) for origin in self._origins)
        )
        self._connection.executemany(
            "INSERT INTO operation_root VALUES (?, ?, ?, ?)",
            ((operation, *span) for span in self._touched()),
        )
        self._connection.executemany(
            "INSERT INTO number_sequence VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            ((*key, last) for key, last in self._last_numbers.items()),
        )


@contextmanager
def gate(
    connection: sqlite3.Connection,
    command: str,
    *,
    at: str,
    actor: str,
    today: str,
    source: Source | None = None,
    undoes: int | None = None,
) -> Iterator[Gate]:
    """One operation on an open writing connection: commits on leaving, rolls back on any error.

    Raises `Refused` with every broken rule, or E621 if another program is writing.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise refused("E621", seconds=WAIT_SECONDS) from error
    try:
        # References are held at the commit, so that what is put back may come in any order.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        operating = Gate(connection, command, at, actor, today)
        operating.source, operating.undoes = source, undoes
        yield operating
        operating.finish()
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def operation(
    path: Path, command: str, *, at: str, actor: str, today: str, source: Source | None = None
) -> Iterator[Gate]:
    """One operation on the ledger file at `path`; see `gate` and `ledger.open.writing` for what is raised, and E628
    where an upgrade gave the path to another file while this one was waiting for its turn."""
    opened = _file(path)
    with (
        closing(writing(path)) as connection,
        gate(connection, command, at=at, actor=actor, today=today, source=source) as operating,
    ):
        if _file(path) != opened:
            raise refused("E628", path=path)
        yield operating


def _file(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


@contextmanager
def without_indexes(connection: sqlite3.Connection, tables: Iterable[str]) -> Iterator[None]:
    """Build the indexes of empty tables that are to take many rows once, at the end. Uniqueness is held only then:
    raises sqlite3.IntegrityError."""
    dropped = [
        index
        for table in tables
        for index in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
        ).fetchall()
    ]
    for name, _ in dropped:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    (pages,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = -{SORTED_IN}")  # sorting takes as much as the cache may
    for _, made in dropped:
        connection.execute(made)
    connection.execute(f"PRAGMA cache_size = {pages}")


def put_back(connection: sqlite3.Connection, operation: int) -> None:
    """Take the effects of the newest operation out of a copy of the ledger. Never used on the ledger itself."""
    for table, first, last, before in _changes_of(connection, operation):
        if before is None:
            _delete(connection, table, first, last)
        else:
            for row in json.loads(before):
                _restore(connection, table, row)


def forget_after(connection: sqlite3.Connection, operation: int) -> None:
    """Take what is told of later operations off a copy of the ledger. Never used on the ledger itself."""
    for table in ("operation", "change", "source_row"):
        connection.execute(f"DROP TRIGGER {table}_kept")
    for table in ("source_row", "operation_root", "change"):
        connection.execute(f"DELETE FROM {table} WHERE operation > ?", (operation,))
    connection.execute("DELETE FROM operation WHERE id > ?", (operation,))


def rebuild_sums(connection: sqlite3.Connection) -> None:
    """Count every item anew into indicator_month and indicator_day."""
    connection.execute("DELETE FROM indicator_month")
    connection.execute("DELETE FROM indicator_day")
    rows = counted(connection)
    _add_to_sums(
        connection,
        {(day, indicator, town): came for day, indicator, town, came, _ in rows},
        {(day, indicator, town): went for day, indicator, town, _, went in rows},
    )


def counted(connection: sqlite3.Connection) -> list[tuple[str, str, str, int, int]]:
    """The day sums as the view gives them: (day, indicator, town, came, went), none of them empty."""
    return connection.execute(
        "SELECT day, indicator, town_code, sum(came), sum(went) FROM ("
        " SELECT from_on AS day, indicator, town_code, quantity AS came, 0 AS went FROM indicator_item"
        " UNION ALL SELECT until_on, indicator, town_code, 0, quantity FROM indicator_item WHERE until_on < ?)"
        " GROUP BY 1, 2, 3 HAVING sum(came) <> 0 OR sum(went) <> 0 ORDER BY 1, 2, 3",
        (OPEN,),
    ).fetchall()


def copy_rows(connection: sqlite3.Connection, table: str) -> None:
    """Copy a table of the ledger attached as `old`, as far as both have the columns. For a ledger in the making."""
    names = connection.execute(
        "SELECT name FROM pragma_table_info(?1, 'main') INTERSECT SELECT name FROM pragma_table_info(?1, 'old')",
        (table,),
    )
    told = _quoted(name for (name,) in names.fetchall())
    connection.execute(f'INSERT INTO main."{table}" ({told}) SELECT {told} FROM old."{table}"')


def copy_sequences(connection: sqlite3.Connection) -> None:
    """Let the ledger in the making give out no id that the one attached as `old` has given out."""
    connection.execute("DELETE FROM main.sqlite_sequence")
    connection.execute("INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence")


def draw_id(connection: sqlite3.Connection) -> None:
    """Give a ledger that was just made the id by which it is told from every other."""
    connection.execute("INSERT INTO ledger VALUES (1, lower(hex(randomblob(16))))")


def fill_titles(connection: sqlite3.Connection, titles: Iterable[tuple[str, str, str]]) -> None:
    """Write the Chinese titles of columns: (table, column, title)."""
    connection.executemany("INSERT OR REPLACE INTO column_title VALUES (?, ?, ?)", titles)


def _add_to_sums(connection: sqlite3.Connection, came: Sums, went: Sums) -> set[tuple[str, str, str]]:
    """Add to the sums of days, and of their months; returns the cells (day, indicator, town) that moved."""
    moved = {cell for cell in came if came[cell]} | {cell for cell in went if went[cell]}
    came_by_month: Sums = defaultdict(int)
    went_by_month: Sums = defaultdict(int)
    for cell in moved:
        month = cell[0][:7], cell[1], cell[2]
        came_by_month[month] += came.get(cell, 0)
        went_by_month[month] += went.get(cell, 0)
    for table, at, cells, plus, minus in (
        ("indicator_day", "day", moved, came, went),
        ("indicator_month", "month", set(came_by_month), came_by_month, went_by_month),
    ):
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET came = came + excluded.came, went = went + excluded.went",
            ((*cell, plus.get(cell, 0), minus.get(cell, 0)) for cell in cells),
        )
        connection.executemany(
            f"DELETE FROM {table} WHERE {at} = ? AND indicator = ? AND town_code = ? AND came = 0 AND went = 0", cells
        )
    return moved


def _changes_of(connection: sqlite3.Connection, operation: int) -> list[Change]:
    found = connection.execute(
        "SELECT table_name, first_id, last_id, before FROM change WHERE operation = ? ORDER BY seq DESC",
        (operation,),
    )
    return [tuple(row) for row in found]


def _insert_many(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> None:
    """Write rows by the hundred: a statement a row costs half as much again."""
    whole = len(rows) - len(rows) % ROWS_A_STATEMENT
    marks = f"({', '.join('?' * len(names))})"
    into = f'INSERT INTO "{table}" ({_quoted(names)}) VALUES '
    flat = chain.from_iterable(rows[:whole])
    values = iter(lambda: tuple(islice(flat, ROWS_A_STATEMENT * len(names))), ())
    connection.executemany(into + ", ".join([marks] * ROWS_A_STATEMENT), values)
    connection.executemany(into + marks, rows[whole:])


def _delete(connection: sqlite3.Connection, table: str, first: int, last: int) -> None:
    connection.execute(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last))


def _restore(connection: sqlite3.Connection, table: str, row: Mapping[str, Value]) -> None:
    """Make a row what it was, all columns, whether it is there or not."""
    names = content.stored_columns(connection, table)
    set_all = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    connection.execute(
        f'INSERT INTO "{table}" ({_quoted(names)}) VALUES ({", ".join("?" * len(names))})'
        f" ON CONFLICT (id) DO UPDATE SET {set_all}",
        tuple(row.get(name) for name in names),
    )


def _sequence(number: int) -> str:
    """The last part of a record's number."""
    return str(number) if number > 999 else f"{number:04d}"


def _reach(ids: Sequence[Value]) -> tuple[int, int]:
    """The least and the greatest of ids."""
    numbers = [value for value in ids if isinstance(value, int)]
    return min(numbers), max(numbers)


def _id(row: Mapping[str, Value]) -> int:
    return int(str(row["id"]))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
