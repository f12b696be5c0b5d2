"""Check a ledger: schema, integrity, references, chain, sums and rules. Reads only; works on a copy."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing

from anjian_cli import interruption, under_way
from anjian_cli.errors import Fault
from anjian_cli.ledger import (
    asked,
    beside,
    content,
    earlier_sums,
    held,
    inverse,
    rewind,
    roots,
    schema,
    sums,
    suspects,
    upgrade,
    versions,
)
from anjian_cli.ledger import since as since_when
from anjian_cli.ledger.open import strange, version
from anjian_cli.ledger.sums import Apart


def check(connection: sqlite3.Connection) -> list[Fault]:
    """Everything that is wrong with the ledger; empty when it is whole."""
    with closing(inverse.copy(connection)) as taken:
        return examine(taken)


def damage(connection: sqlite3.Connection) -> list[Fault]:
    """As `check`, but for what breaks a rule: rules become stricter, and what was recorded before is whole."""
    with closing(inverse.copy(connection)) as taken:
        return _examined(taken, rules=False, since=0)


def examine(taken: sqlite3.Connection, since: int = 0) -> list[Fault]:
    """As `check`, of a copy (`inverse.copy`), which is taken apart; its table of operations stays whole.

    `since`: of the log only what came after this operation is looked at; for what was before somebody vouches who knows
    its hash."""
    return _examined(taken, rules=True, since=since)


def _examined(taken: sqlite3.Connection, *, rules: bool, since: int) -> list[Fault]:
    parts: list[tuple[str, Callable[[], Iterable[Fault]]]] = [
        ("逐月逐日合计", lambda: _sums(taken)),
        ("行的校验和日志", lambda: (*since_when.told(taken, list(_kept(taken))), *beside.faults(taken))),
        ("引用", lambda: asked.unknown(taken) if version(taken) == schema.VERSION else ()),  # before, by references
        *([("规则", lambda: _rules(taken))] if rules else []),
        ("操作链", lambda: _links(taken, since)),
        # From the newest operation back: does its content still hash to what was recorded?
        ("每步操作", lambda: _contents(taken, since)),
    ]
    with interruption.heard(taken), under_way.work("核对台账", len(parts) + 1, "步") as work:
        work.step("文件结构")
        found = [*_integrity(taken), *strange(taken)]
        if found:
            return found
        for name, part in parts:
            work.step(name)
            found += part()
    return found


def _integrity(connection: sqlite3.Connection) -> Iterator[Fault]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Fault("E701", {"why": line})
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Fault("E702", {"table": table, "row": row, "parent": parent})


def _kept(connection: sqlite3.Connection) -> Iterator[Fault]:
    """What is kept beside records, log and sums; an older ledger has the first two, or nothing."""
    if version(connection) >= held.SINCE:
        yield from held.records_and_log(connection)
    if version(connection) == schema.VERSION:
        yield from held.sums(connection)


def _sums(connection: sqlite3.Connection) -> Iterator[Fault]:
    if version(connection) <= earlier_sums.LAST:
        of_days = earlier_sums.counted_apart(connection)
        column, of_day, of_month = "indicator", earlier_sums.DAYS, earlier_sums.MONTHS
    else:
        of_days = sums.counted_apart(connection)
        column, (of_month, of_day, _) = "measure", sums.TABLES
    of_months: Apart = {}
    for key, counted in of_days.items():
        of_months[key] = (defaultdict(int), defaultdict(int))
        for months, days in zip(of_months[key], counted, strict=True):
            for day, count in days.items():
                months[day[:7]] += count
    for table, at, found in ((of_day, "day", of_days), (of_month, "month", of_months)):
        stored, noughts = _stored(connection, f"SELECT {at}, {column}, town_code, came, went FROM {table}")
        # A month in which as much was taken off as came has a row of it: on its days it was not nothing.
        wrong = noughts if at == "day" else set()
        for key in found.keys() | stored.keys():
            for ours, theirs in zip(found.get(key, ({}, {})), stored.get(key, ({}, {})), strict=True):
                if ours != theirs:
                    wrong |= {(at, *key) for at in ours.keys() | theirs.keys() if ours.get(at, 0) != theirs.get(at, 0)}
        for when, measure, town in sorted(wrong):
            yield Fault("E704", {"at": when, "measure": measure, "town": town})


def _stored(connection: sqlite3.Connection, query: str) -> tuple[Apart, set[sums.Cell]]:
    """What a table of sums has, as `sums.counted_apart`, by its days or months; and where it has a row of nothing."""
    found: Apart = defaultdict(lambda: (defaultdict(int), defaultdict(int)))
    noughts = set()
    cursor = connection.cursor()
    cursor.row_factory = None
    for at, measure, town, plus, minus in cursor.execute(query):
        came, went = found[measure, town]
        if plus:
            came[at] = plus
        if minus:
            went[at] = minus
        if not plus and not minus:
            noughts.add((at, measure, town))
    return found, noughts


def _rules(connection: sqlite3.Connection) -> Iterator[Fault]:
    if version(connection) < schema.VERSION:
        # The rules are those of now, and speak of columns that it does not have yet.
        with closing(upgrade.of_copy(connection)) as now:
            yield from _rules(now)
        return
    tables = roots.catalogue(connection)
    for root in sorted({root for root, _ in tables.values()}):
        ids = suspects.suspects(connection, root)
        if ids is None:
            (last,) = connection.execute(f'SELECT COALESCE(max(id), 0) FROM "{root}"').fetchone()
            found = roots.load(connection, tables, root, 1, last)
        else:
            found = roots.load_each(connection, tables, root, ids)
        for _, rows in found:
            yield from roots.faults(rows)


def _links(taken: sqlite3.Connection, since: int) -> Iterator[Fault]:
    before = taken.execute("SELECT hash FROM operation WHERE id = ?", (since,)).fetchone()
    previous = before[0] if before else ""
    for entry in taken.execute("SELECT * FROM operation WHERE id > ? ORDER BY id", (since,)).fetchall():
        yield from held.link(previous, entry)
        previous = entry["hash"]


def _contents(taken: sqlite3.Connection, since: int) -> Iterator[Fault]:
    """Put back one operation after the other. What was altered since is told of the operation that wrote it last: what
    stood before follows from what that one kept. Where it cannot be put back the check ends: nothing can be told of
    what was before."""
    tables = roots.catalogue(taken)
    taken.execute("BEGIN")
    if not since:
        rewind.drop_indexes(taken, tables)
    for entry in taken.execute("SELECT * FROM operation WHERE id > ? ORDER BY id DESC", (since,)).fetchall():
        operation = entry["id"]
        changes = [
            tuple(row)
            for row in taken.execute(
                "SELECT table_name, first_id, last_id, before FROM change WHERE operation = ? ORDER BY seq",
                (operation,),
            )
        ]
        origins = [
            tuple(row)
            for row in taken.execute(
                "SELECT table_name, first_id, last_id, sheet, first_row FROM source_row WHERE operation = ?",
                (operation,),
            )
        ]
        if not _known(tables, changes):
            yield Fault("E706", {"operation": operation})
            return
        if not _hashes_to(taken, entry, changes, origins):
            yield Fault("E706", {"operation": operation})
        try:
            rewind.put_back(taken, operation)
        except (ValueError, TypeError, sqlite3.Error):  # its changes are no longer what a gate writes
            return
    if since:
        return
    for table in tables:
        (left,) = taken.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if left:
            yield Fault("E707", {"table": table, "count": left})


def _known(tables: roots.Catalogue, changes: Sequence[content.Change]) -> bool:
    return all(table in tables for table, *_ in changes)


def _hashes_to(
    taken: sqlite3.Connection, entry: sqlite3.Row, changes: Sequence[content.Change], origins: Sequence[content.Origin]
) -> bool:
    """Whether an operation hashes to what was recorded: over the columns of the version that it was written under."""
    told = entry["version"] if "version" in entry.keys() else None  # noqa: SIM118 -- a ledger of version 1 has none
    if (told or 1) not in versions.DIGESTS:
        return False
    return content.hashes_to(
        taken, entry["content"], changes, origins, lambda table: versions.columns(told or 1, table)
    )
