"""The gate: the only way into a ledger.

One command is one transaction and one operation; `write` opens and ends it. Before it commits, every touched root is
held against its rules, the sums are brought up to date by the difference of its items (`sums`), and the operation is
chained to the one before (`journal`). Who else may hold INSERT, UPDATE or DELETE says tests/ledger/test_who_writes.py.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from anjian_cli import interruption
from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import asked, overlap, roots, row_check, schema, statements
from anjian_cli.ledger.content import Row, Value, row_id
from anjian_cli.ledger.journal import Journal, changes_of
from anjian_cli.ledger.numbering import Numbering
from anjian_cli.ledger.open import result_code
from anjian_cli.ledger.pending import Pending
from anjian_cli.ledger.spans import Spans, merged
from anjian_cli.ledger.sums import Difference, Items
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.derivation import Derived

ROWS_A_CHANGE = 500  # rows kept in one `change.before`


class Source(NamedTuple):
    """The file an operation takes its facts from."""

    file: str
    sha256: str


class Gate:
    """One operation under way. Made by `write.operation` or `write.gate`, never by hand."""

    def __init__(self, connection: sqlite3.Connection, command: str, at: str, actor: str, today: str) -> None:
        self._connection = connection
        self.command, self.at, self.actor, self.today = command, at, actor, today
        self.source: Source | None = None
        self.undoes: int | None = None
        self._roots = roots.catalogue(connection)
        self._inserted = Spans()  # rows of all tables
        self._pending = Pending(connection)
        self._journal = Journal(connection, self._inserted)
        self.head, self.head_hash, self.head_at = self._journal.head, self._journal.head_hash, self._journal.head_at
        self._difference = Difference(connection, self._pending, self._roots, self._inserted)
        self._numbering = Numbering(connection, self._pending, today)
        self._free: bool | None = None
        self._next: dict[str, int] = {}
        self._columns: dict[str, tuple[tuple[str, ...], str]] = {}
        self._writes = 0
        self._sound_at = -1  # after how many writes the rules were last found to hold
        self._abandoned = False
        self._recorded: int | None = None
        self._noted = False
        self.notices: list[Fault] = []  # what the user should know once it is done

    # --- reading

    @property
    def connection(self) -> sqlite3.Connection:
        """For reading; what was inserted so far is there."""
        return self._pending.written()

    def reading(self, table: str, **sought: Value) -> sqlite3.Connection:
        """As `connection`, to look for rows of a table with these values (in columns without a default). What is
        held back is written first only where it has such a row: else every look-up of an import would be a write."""
        return self._pending.written_where(table, sought)

    def row(self, table: str, row: int) -> Row:
        """A row as a dict of its stored columns. Raises LookupError."""
        names, quoted = self._stored_columns(table)
        found = self.connection.execute(f'SELECT {quoted} FROM "{table}" WHERE id = ?', (row,)).fetchone()
        if found is None:
            raise LookupError(f"{table} {row}")
        return dict(zip(names, found, strict=True))

    @property
    def written(self) -> bool:
        """Whether anything was written: from then on, until it is done, the sums do not hold what the records say."""
        return self._writes > 0

    # --- writing

    def insert(self, table: str, **values: Value) -> int:
        """A new row; returns its id, which is never given out again."""
        row = self._next_id(table)
        root, column = self._roots[table]
        if column != "id":
            self._difference.touch(root, int(str(values[column])))
        self._pending.add(table, row, values)
        self._writes += 1
        self._inserted.add(table, row, row)
        self._journal.inserted(table, row, row)
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
        self._pending.write()
        first = self._next_id(table)
        last = self._next[table] = first + count - 1
        ids = range(first, last + 1)
        rows = list(zip(ids, *columns.values(), strict=True))
        statements.insert_many(self._connection, table, ("id", *names), rows)
        self._writes += 1
        self._pending.forget_sought(table)
        self._inserted.add(table, first, last)
        self._journal.appended(table, ids, columns)
        return ids

    def vouch(self, root: str, ids: range, items: Iterable[Items] = ()) -> None:
        """Roots that came whole by `append`: no rule can find fault with them, and these are all their items. Those
        that something else comes to afterwards are held against the rules, and all are counted by the view."""
        self._difference.vouch(root, ids, items)

    def came_from(self, table: str, rows: range, sheet: str, line: int) -> None:
        """Note on which lines of the operation's file records stand, the first on `line` and so on; '' for the sheet
        of a text file."""
        self._journal.came_from(table, rows, sheet, line)

    @contextmanager
    def without_indexes(self, tables: Iterable[str]) -> Iterator[None]:
        """As `statements.without_indexes`; what is held back is written before and after."""
        with statements.without_indexes(self._pending.written(), tables):
            yield
            self._pending.write()

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
        statements.delete(self._connection, table, row, row)

    def number(self, record: str, region: str, year: int) -> str:
        """The next number of a record: region, year, ledger letter, sequence. Never given out twice."""
        return self.numbers(record, [region], year)[0]

    def numbers(self, record: str, regions: Sequence[str], year: int) -> list[str]:
        """The next number of each of several records, by their regions."""
        return self._numbering.give(record, regions, year)

    @property
    def numbers_are_free(self) -> bool:
        """Whether the ledger had no record with a number before this operation, but settings, which it writes down as
        it is made: a record that comes with the number it had elsewhere keeps it (`take_number`)."""
        if self._free is None:
            numbered = (table for table in self._roots if table != "setting" and "number" in self.columns(table))
            self._free = not any(map(self._stood_before, numbered))
        return self._free

    def take_number(self, record: str, number: str) -> None:
        """Let a new record of a new ledger bear a number that it had elsewhere. Raises ValueError for what is none."""
        self._numbering.take(record, number)

    def take_back(self, operation: int) -> None:
        """Undo what `operation` did, as part of this one. No later operation may have touched its roots."""
        changes = changes_of(self._connection, operation)
        for table, first, last, before in changes:
            if before is None and self._roots[table][1] == "id":
                self._difference.remove(table, first, last)
        for table, first, last, before in changes:
            if before is None:
                while rows := self._rows(table, first, last):
                    self._keep(table, rows)
                    statements.delete(self._connection, table, row_id(rows[0]), row_id(rows[-1]))
            else:
                wanted = json.loads(before)
                standing = {row_id(r): r for r in self._rows(table, first, last, limit=None)}
                self._keep(table, [standing[row_id(r)] for r in wanted if row_id(r) in standing])
                for row in wanted:
                    if row_id(row) not in standing:
                        self._return(table, row)
                    else:
                        self._touch_row(table, row)
                    statements.restore(self._connection, table, row)

    def abandon(self) -> None:
        """Check everything on leaving, then leave the ledger as it was (--dry-run)."""
        self._abandoned = True

    def note_down(self) -> None:
        """Let the log have this operation even if it changes nothing: that something left the office is to be known."""
        self._noted = True

    @property
    def recorded(self) -> int | None:
        """The number of this operation once it is committed; None before, and where nothing had changed."""
        return self._recorded

    @property
    def abandoned(self) -> bool:
        """Whether nothing of it is kept."""
        return self._abandoned

    # --- rules

    def faults(self) -> list[tuple[str, int, Fault]]:
        """What breaks the rules in the roots touched so far: (root table, root id, fault).

        What follows from their rows by rule is brought into line first.
        """
        self._pending.write()
        found = []
        for root, first, last in self._difference.not_vouched_for():
            for root_id, rows in roots.load(self._connection, self._roots, root, first, last):
                for derived in roots.derived(rows):
                    self._settle(rows, derived)
                found += [(root, root_id, fault) for fault in roots.faults(rows)]
        self._pending.write()
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
        self._pending.write()

    def root_of(self, table: str, row: Row) -> tuple[str, int]:
        """The root that a row belongs to: (root table, root id)."""
        root, column = self._roots[table]
        return root, int(str(row[column]))

    def columns(self, table: str) -> tuple[str, ...]:
        """The stored columns of a table, by name."""
        return self._stored_columns(table)[0]

    # --- leaving

    def finish(self) -> bool:
        """Hold the rules, bring sums and chain up to date, commit. False if nothing had changed, nor is noted down."""
        broken = self.faults() if self._sound_at < self._writes else []
        if broken:
            raise Refused(fault for _, _, fault in broken)
        if self._journal.empty and not self._noted:
            return False
        moved = self._difference.bring_up_to_date()
        spans = self._difference.touched()
        self.notices += overlap.locked(self._connection, moved, self._journal.before("monthly_figure"), spans)
        self.notices += overlap.marked(self._connection, self._journal.before("mark"), spans)
        touched = overlap.cells(self._connection, spans)
        clashes = overlap.faults(self._connection, {(measure, town) for _, measure, town in moved} | touched)
        if any(root == asked.ASKS for root, _, _ in spans):
            clashes += asked.unknown(self._connection)
        if clashes:
            raise Refused(clashes)
        self._record()
        if self._abandoned:
            return False
        with interruption.held():  # whether it stands, whoever interrupts is told
            self._commit()
            self._recorded = self._next["operation"]
        return True

    def conclude(self) -> None:
        """Leave as an upgrade does, and commit: it is recorded even where it changed nothing; what was entered under
        the rules of then is not held against those of now; and the upgrade itself counts all sums anew."""
        self._pending.write()
        self._record()
        self._connection.execute("COMMIT")

    # --- inside

    def _commit(self) -> None:
        """Raises `Refused` E630 where the disk failed at the last step: on it the operation may stand or not."""
        try:
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if result_code(error) != sqlite3.SQLITE_IOERR:
                raise
            raise refused("E630", why=error) from error

    def _change(self, table: str, before: Row, values: Mapping[str, Value]) -> None:
        """Write other values into a row that stands in the ledger as `before` says."""
        self._keep(table, [before])
        statements.change(self._connection, table, row_id(before), values)

    def _settle(self, rows: roots.Rows, derived: Derived) -> None:
        """Write what follows from the rows of a root where the ledger has it otherwise, and note it in `rows`."""
        for (table, of), values in derived.columns.items():
            row = next(row for row in rows[table] if row["id"] == of)
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
                    self.delete(table, row_id(row))
            for told in missing.elements():
                self.insert(table, **dict(told))

    def _next_id(self, table: str) -> int:
        if table not in self._next:
            found = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
            self._next[table] = found[0] if found else 0
        self._next[table] += 1
        return self._next[table]

    def _stored_columns(self, table: str) -> tuple[tuple[str, ...], str]:
        """Their names, and the same as SQL."""
        if table not in self._columns:
            names = row_check.hashed(self._connection, table)
            self._columns[table] = names, statements.quoted(names)
        return self._columns[table]

    def _defaults(self, table: str) -> set[str]:
        """The columns of a table that are not NULL where nothing is given."""
        found = self._connection.execute(
            "SELECT name FROM pragma_table_info(?) WHERE dflt_value IS NOT NULL", (table,)
        ).fetchall()
        return {name for (name,) in found}

    def _stood_before(self, table: str) -> bool:
        """Whether a table has a row that this operation did not make."""
        (first,) = self._connection.execute(f'SELECT min(id) FROM "{table}"').fetchone()
        return first is not None and not self._inserted.holds(table, first)

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
        for row in rows:
            self._touch_row(table, row)
        self._journal.keep(table, rows)

    def _return(self, table: str, row: Row) -> None:
        """A row that an undo brings back is, to this operation, an inserted one."""
        self._writes += 1
        root, column = self._roots[table]
        if column == "id" and not self._difference.has_before(root, row_id(row)):
            self._inserted.add(table, row_id(row), row_id(row))
        else:
            self._touch_row(table, row)
        self._journal.returned(table, row_id(row))

    def _touch_row(self, table: str, row: Row) -> None:
        self._difference.touch(*self.root_of(table, row))

    def _record(self) -> None:
        """Write the operation into the log, and the numbers it gave out."""
        told: Row = {
            "id": self._next_id("operation"),
            "at": self.at,
            "actor": self.actor,
            "command": self.command,
            "undoes": self.undoes,
            "source_file": self.source.file if self.source else None,
            "source_sha256": self.source.sha256 if self.source else None,
            "version": schema.VERSION,
        }
        self._journal.record(told, self._difference.touched())
        self._numbering.record()


def _reach(ids: Sequence[Value]) -> tuple[int, int]:
    """The least and the greatest of ids."""
    numbers = [value for value in ids if isinstance(value, int)]
    return min(numbers), max(numbers)
