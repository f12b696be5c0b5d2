"""Since when a row may be another than it was: the last operation that wrote it. Until then it was held (`held`)."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from anjian_cli.errors import Fault

Row = tuple[str, int]
"""Table and id."""


def told(connection: sqlite3.Connection, faults: Sequence[Fault]) -> list[Fault]:
    """The same faults; of rows that were altered (E708) with the last operation that wrote them."""
    altered = [(str(fault.words["table"]), int(str(fault.words["row"]))) for fault in faults if fault.code == "E708"]
    wrote = _last_writers(connection, altered)
    return [
        fault
        if fault.code != "E708"
        else fault._replace(
            words={
                **fault.words,
                "since": _words(connection, wrote.get((str(fault.words["table"]), int(str(fault.words["row"]))))),
            }
        )
        for fault in faults
    ]


def _words(connection: sqlite3.Connection, operation: int | None) -> str:
    if operation is None:
        return "（没有一步操作写过它）"
    # All of China keeps the time of Beijing.
    found = connection.execute(
        "SELECT strftime('%Y-%m-%d %H:%M', at, '+8 hours') || '，' || actor FROM operation WHERE id = ?", (operation,)
    ).fetchone()
    return f"（最后写它的是操作{operation}，{found[0] if found else '日志里没有'}：改动在这以后）"


def _last_writers(connection: sqlite3.Connection, rows: Sequence[Row]) -> dict[Row, int]:
    """By row, the last operation that wrote it; the log is read once a table."""
    by_table: dict[str, list[int]] = defaultdict(list)
    for table, row in rows:
        by_table[table].append(row)
    found: dict[Row, int] = {}
    for table, ids in by_table.items():
        ids.sort()
        for operation, first, last, before in connection.execute(
            "SELECT operation, first_id, last_id, before FROM change WHERE table_name = ? ORDER BY operation, seq",
            (table,),
        ):
            among = ids[bisect_left(ids, first) : bisect_right(ids, last)]
            if among and before is not None:
                changed = _ids(before)
                among = [row for row in among if row in changed]
            found.update(((table, row), operation) for row in among)
    return found


def _ids(before: str) -> frozenset[int]:
    """The ids of rows as the log keeps them; none where the log was altered, which is told by itself."""
    try:
        return frozenset(row["id"] for row in json.loads(before))
    except (ValueError, TypeError, KeyError):
        return frozenset()
