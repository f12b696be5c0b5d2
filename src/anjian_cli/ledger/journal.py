"""The journal: what an operation does, row by row, and its entry in the log, chained to the one before."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from anjian_cli.ledger import content
from anjian_cli.ledger.content import Change, Origin, Row, Value
from anjian_cli.ledger.row_totals import RowTotals
from anjian_cli.ledger.spans import Span, Spans


class Journal:
    """What one operation did so far."""

    def __init__(self, connection: sqlite3.Connection, inserted: Spans) -> None:
        """`inserted` are the rows that the operation made; the caller adds to them."""
        self._connection = connection
        self._inserted = inserted
        last = connection.execute("SELECT id, hash, at FROM operation ORDER BY id DESC LIMIT 1").fetchone()
        self.head: int = last[0] if last else 0
        self.head_hash: str = last[1] if last else ""
        self.head_at: str = last[2] if last else ""
        self._changes: list[Change] = []
        self._origins: list[Origin] = []
        self._open_span: dict[str, int] = {}  # by table, the change that rows inserted next may join
        self._logged: set[tuple[str, int]] = set()  # rows that are kept as they were, or that came back
        # Of blocks as they were written, by table and the number of the block.
        self._hashes: dict[tuple[str, int], dict[Span, str]] = defaultdict(dict)
        self._totals = RowTotals(connection)

    @property
    def empty(self) -> bool:
        """Whether nothing was done."""
        return not self._changes

    def inserted(self, table: str, first: int, last: int) -> None:
        """Note inserted rows, joined to those before them where nothing of the table was changed in between."""
        span = self._open_span.get(table)
        if span is not None and self._changes[span][2] == first - 1:
            self._changes[span] = (table, self._changes[span][1], last, None)
        else:
            self._open_span[table] = len(self._changes)
            self._changes.append((table, first, last, None))

    def appended(self, table: str, ids: range, columns: Mapping[str, Sequence[Value]]) -> None:
        """Note rows inserted in bulk, given by column, and their hashes."""
        first = ids[0]
        self.inserted(table, first, ids[-1])
        for block in content.blocks(table, first, ids[-1]):
            at = slice(block[1] - first, block[2] - first + 1)
            told = {name: list(values[at]) for name, values in columns.items()}
            self._hashes[table, content.block_number(block[1])][block] = content.block_hash(
                {"id": list(ids[at]), **told}
            )

    def keep(self, table: str, rows: Sequence[Row]) -> None:
        """Before rows of a table are changed or deleted: note them as they were."""
        kept = []
        for row in rows:
            which = (table, content.row_id(row))
            self._hashes.pop((table, content.block_number(which[1])), None)
            if not self._inserted.holds(*which) and which not in self._logged:
                self._logged.add(which)
                kept.append(row)
        if kept:
            # Rows inserted later must not join a span opened before this: putting back goes in reverse order.
            self._open_span.clear()
            first, last = content.row_id(kept[0]), content.row_id(kept[-1])
            self._totals.leave(table, [content.row_id(row) for row in kept])
            self._changes.append((table, first, last, content.canonical(kept)))

    def before(self, table: str) -> list[Row]:
        """The rows of a table as they were kept; a field that was empty is not in them."""
        kept = [before for name, _, _, before in self._changes if name == table and before is not None]
        return [row for before in kept for row in json.loads(before)]

    def returned(self, table: str, row: int) -> None:
        """Note a row that an undo brings back: to this operation, an inserted one."""
        self._open_span.clear()
        self._logged.add((table, row))
        self._changes.append((table, row, row, None))

    def came_from(self, table: str, rows: range, sheet: str, line: int) -> None:
        """Note on which lines of the operation's file records stand, the first on `line` and so on; '' for the sheet
        of a text file."""
        if self._origins:
            of, first, last, name, begun = self._origins[-1]
            if (of, last + 1, name, begun + last + 1 - first) == (table, rows[0], sheet, line):
                self._origins[-1] = (of, first, rows[-1], name, begun)
                return
        self._origins.append((table, rows[0], rows[-1], sheet, line))

    def record(self, told: Row, touched: Iterable[Span]) -> None:
        """Write the operation, of which `told` has all but the hashes, its changes and the roots it touched."""
        known = {block: found for hashes in self._hashes.values() for block, found in hashes.items()}
        digest = content.digest(self._connection, self._changes, self._origins, known)
        complete = {**told, "content": digest, "hash": content.link(self.head_hash, told, digest)}
        operation = told["id"]
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
            "INSERT INTO operation_root VALUES (?, ?, ?, ?)", ((operation, *span) for span in touched)
        )
        self._totals.record(int(str(operation)), self._inserted, self._logged)


def changes_of(connection: sqlite3.Connection, operation: int) -> list[Change]:
    """The changes of an operation in the log, the last one first: so they are put back."""
    found = connection.execute(
        "SELECT table_name, first_id, last_id, before FROM change WHERE operation = ? ORDER BY seq DESC",
        (operation,),
    )
    return [tuple(row) for row in found]
