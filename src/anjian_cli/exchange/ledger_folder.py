"""The whole ledger as a folder of plain files, out and back: a CSV file for each table, the log as JSON lines, the
schema, a manifest, and a page that says in Chinese what all of it is.

What is in it is what `ledger.whole` names, so that `ledger.reproduce` makes the same ledger of it. Nothing is masked
and nothing is left out. The same ledger gives the same bytes, whenever it is written.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from anjian_cli import interruption, under_way
from anjian_cli.errors import Fault, Place, Refused, refused
from anjian_cli.exchange import ledger_readme, owner_only, sealed
from anjian_cli.ledger import content, inverse, placing, schema, whole
from anjian_cli.ledger.reproduce import Batch, reproduce
from anjian_cli.ledger.whole import Identity, Table

MANIFEST, LOG, SCHEMA, README = "manifest.json", "operations.jsonl", "schema.sql", "README.txt"
FORMAT, FORMAT_VERSION = "anjian-ledger", 1
HASH = "manifest_hash"
LISTED = 20
"""So many faults of one file are told with their lines; the rest are counted."""
ROWS_A_BATCH = 1000
COPY = "copy.db"

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Opens a ledger to be read at one moment."""


# --- out


class Written(NamedTuple):
    """What was written: which ledger, and the rows by table."""

    identity: Identity
    counts: Mapping[str, int]


def write(reading: Reading, folder: Path, program_version: str) -> Written:
    """Write the ledger that `reading` opens, as it is at one moment, into a folder that is not there yet. It is read as
    long as a copy takes, so that nobody who writes waits. What is written is on the disk before the folder gets its
    name; nothing half-written stays.

    Raises OSError, FileExistsError where something is there already that is no empty folder.
    """
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    owner_only.folder(folder.parent)
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # of a run that was killed and had the same number
    try:
        owner_only.folder(partial)
        with ExitStack() as closing_copy:
            with reading() as connection:
                copy = closing_copy.enter_context(inverse.copy_in_file(connection, partial / COPY))
            written = _write_parts(copy, partial, program_version)
        with interruption.held():
            if folder.exists():
                folder.rmdir()
            partial.rename(folder)
            interruption.made(folder)
        placing.settle_folder(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return written


def _write_parts(connection: sqlite3.Connection, folder: Path, program_version: str) -> Written:
    parts: dict[str, dict[str, object]] = {}
    counts: dict[str, int] = {}
    tables = whole.tables(connection)
    with under_way.work("导出整本台账", len(tables) + 1, "个文件") as work:
        for table in tables:
            work.step(_file(table.name))
            rows = work.counting(whole.rows(connection, table))
            made = sealed.write_table(folder / _file(table.name), list(table.columns), rows)
            parts[_file(table.name)] = {"lines": made.lines, "last_line_hash": made.last, "sha256": made.sha256}
            counts[table.name] = made.lines - 1
        work.step(LOG)
        made = sealed.write_log(folder / LOG, work.counting(_entries(connection)))
    parts[LOG] = {"lines": made.lines, "last_line_hash": made.last, "sha256": made.sha256}
    parts[SCHEMA] = {"sha256": sealed.write_text(folder / SCHEMA, schema.text())}
    identity = whole.identity(connection)
    page = ledger_readme.page(connection, tables, {name: _file(name) for name in counts}, counts, identity)
    parts[README] = {"sha256": sealed.write_text(folder / README, page)}
    told = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "schema_version": schema.VERSION,
        "program_version": program_version,
        "ledger_id": identity.ledger_id,
        "head": identity.head,
        "head_hash": identity.head_hash,
        "head_at": identity.head_at,
        "last_ids": identity.last_ids,
        "parts": parts,
    }
    text = json.dumps({**told, HASH: _hash(told)}, ensure_ascii=False, indent=1)
    sealed.write_text(folder / MANIFEST, f"{text}\n")
    return Written(identity, counts)


def _file(table: str) -> str:
    return f"{table}.csv"


def _entries(connection: sqlite3.Connection) -> Iterator[dict[str, object]]:
    """The rows of the log, each with its table; the rows that a change kept as they were, as they are read."""
    columns = {name: list(whole.table(connection, name).columns) for name in whole.JOURNAL}
    for table, row in whole.journal(connection):
        told: dict[str, object] = dict(zip(columns[table], row, strict=True))
        if isinstance(before := told.get("before"), str):
            told["before"] = json.loads(before)
        yield {"table": table, **told}


def _hash(told: Mapping[str, object]) -> str:
    compact = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(compact.encode("utf-8", "replace")).hexdigest()


# --- back


class Taken(NamedTuple):
    """Which ledger was made anew, and which of its records break rules of now, as they do where it comes from."""

    identity: Identity
    by_rule: Sequence[Fault]


def take_in(folder: Path, ledger: Path) -> Taken:
    """Make the ledger that a folder holds, anew, at a path where nothing is.

    Raises `Refused` with everything that is wrong: E680 to E687, E689, E691 and E692, with what `check` finds where it
    is the ledger itself that does not hold, and as `ledger.reproduce`. Raises OSError where a file cannot be read.
    """
    told, parts = _read(folder)
    found = [*_missing_and_foreign(folder, parts), *_texts(folder, parts)]
    taking = _Taking(folder, parts, found)
    by_rule = reproduce(ledger, told, taking.batches, taking.faults)
    return Taken(told, by_rule)


class _Part(NamedTuple):
    """What the manifest says of a file: the SHA-256 of its bytes; of one with lines how many, and the last seal."""

    sha256: str
    lines: int = 0
    last_line_hash: str = ""


Parts = Mapping[str, _Part]


def _read(folder: Path) -> tuple[Identity, Parts]:
    """Which ledger the manifest says that it is, and of which files. Raises `Refused` E680, E681."""
    manifest = _manifest(folder)
    try:
        told = Identity(*(manifest[name] for name in Identity._fields))
        parts = {name: _Part(**said) for name, said in manifest["parts"].items()}
        texts = [told.ledger_id, told.head_hash, told.head_at]
        texts += [text for part in parts.values() for text in (part.sha256, part.last_line_hash)]
        numbers = [told.head, *told.last_ids.values(), *(part.lines for part in parts.values())]
        if not all(type(each) is str for each in texts) or not all(map(_is_a_number, numbers)):
            raise ValueError
        if {README, SCHEMA, LOG} - parts.keys():
            raise ValueError
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _unfit(folder, f"{MANIFEST} 里的内容不全") from error
    return told, parts


def _is_a_number(value: object) -> bool:
    """Whether it is a whole number that a ledger has room for."""
    return type(value) is int and -(2**63) <= value < 2**63


def _manifest(folder: Path) -> Mapping[str, Any]:
    if not folder.is_dir():
        raise _unfit(folder, "没有这个文件夹" if not os.path.lexists(folder) else "它不是文件夹")
    if not (folder / MANIFEST).is_file():
        raise _unfit(folder, f"里面没有 {MANIFEST}")
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        ours = told["format"] == FORMAT
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _unfit(folder, f"{MANIFEST} 读不懂") from error
    if not ours:
        raise _unfit(folder, f"{MANIFEST} 不是它的")
    kept = told.pop(HASH, None)
    if _hash(told) != kept:
        raise _unfit(folder, f"{MANIFEST} 与导出时不同")
    versions = told.get("format_version"), told.get("schema_version")
    if versions != (FORMAT_VERSION, schema.VERSION):
        words = {"version": versions[1], "format": versions[0], "program": told.get("program_version")}
        raise refused("E681", path=folder, ours=schema.VERSION, **words)
    return dict(told)


def _unfit(folder: Path, why: str) -> Refused:
    return refused("E680", path=folder, why=why)


def _missing_and_foreign(folder: Path, parts: Parts) -> Iterator[Fault]:
    there = {path.name for path in folder.iterdir()}
    for name in sorted(name for name in parts if not (folder / name).is_file()):  # a pipe would be waited for
        yield Fault("E682", place=Place(name))
    for name in sorted(there - parts.keys() - {MANIFEST}):
        yield Fault("E683", place=Place(name))


def _texts(folder: Path, parts: Parts) -> Iterator[Fault]:
    for name in (README, SCHEMA):
        if (folder / name).is_file() and sealed.sha256(folder / name) != parts[name].sha256:
            yield Fault("E684", place=Place(name))


class _Taking:
    """The files with lines, on their way into a ledger in the making."""

    def __init__(self, folder: Path, parts: Parts, found: Sequence[Fault]) -> None:
        self._folder, self._parts = folder, parts
        self._found = list(found)
        self._work = under_way.Work("")

    def faults(self) -> list[Fault]:
        """What was found wrong so far, in all files."""
        return self._found

    def batches(self, tables: Sequence[Table]) -> Iterator[Batch]:
        """The rows of all files that fit. Where anything is wrong, none follow: the rest is only looked through."""
        journal = {table.name: table for table in tables if table.name in whole.JOURNAL}
        with under_way.work("重建台账", len(tables) - len(journal) + 1, "个文件") as self._work:
            for table in tables:
                if table.name not in journal:
                    yield from self._part(_file(table.name), {table.name: table})
            yield from self._part(LOG, journal)

    def _part(self, name: str, tables: Mapping[str, Table]) -> Iterator[Batch]:
        """The rows of one file, which is held against the manifest once it was read."""
        self._work.step(name)
        path = self._folder / name
        if name not in self._parts:  # of a manifest that was made by hand
            self._found.append(Fault("E682", place=Place(name)))
            return
        if not path.is_file():
            return  # it is among the faults
        before = len(self._found)
        reading, told = sealed.Reading(path), self._parts[name]
        for batch in _gathered(self._work.counting(self._rows(name, reading, tables)), tables):
            if not self._found:
                yield batch
        found = reading.found
        if (found.lines, found.last) != (told.lines, told.last_line_hash):
            self._found.append(Fault("E686", {"told": told.lines, "found": found.lines}, place=Place(name)))
        elif found.sha256 != told.sha256 and len(self._found) == before:
            self._found.append(Fault("E684", place=Place(name)))
        if (more := len(self._found) - before - LISTED) > 0:
            self._found[before + LISTED :] = [Fault("E688", {"count": more}, place=Place(name))]

    def _rows(self, name: str, reading: sealed.Reading, tables: Mapping[str, Table]) -> Iterator[_Read]:
        for line in reading.log() if name == LOG else reading.table():
            place = Place(name, row=line.number)
            if not line.fits:
                self._found.append(Fault("E685", place=place))
                continue
            try:
                if isinstance(line.said, dict):
                    yield *_logged(line.said, tables), place
                elif isinstance(line.said, list):
                    for table in tables.values():
                        yield from ((table.name, row, place) for row in _told(line.number, line.said, table))
            except (ValueError, TypeError, KeyError, AttributeError):
                self._found.append(Fault("E692", {"why": "不是这里的一行"}, place=place))


_Read = tuple[str, tuple[sealed.Cell, ...], Place]
"""A table, a row of it, and where it stood."""


def _told(number: int, said: Sequence[str], table: Table) -> Iterator[tuple[sealed.Cell, ...]]:
    """The row that a line of a table tells; of its heading, none. Raises ValueError."""
    if number > 1:
        yield tuple(sealed.value(cell, kind) for cell, kind in zip(said, table.columns.values(), strict=True))
    elif list(said) != list(table.columns):
        raise ValueError(table.name)


def _logged(said: dict[str, Any], tables: Mapping[str, Table]) -> tuple[str, tuple[sealed.Cell, ...]]:
    """The table that a line of the log is of, and the row. Raises ValueError, TypeError, KeyError, AttributeError."""
    table = tables[said.pop("table")]
    if said.get("before") is not None:
        said["before"] = content.canonical(list(said["before"]))
    if list(said) != list(table.columns):
        raise KeyError(table.name)
    for kind, value in zip(table.columns.values(), said.values(), strict=True):
        if value is not None and type(value) is not (int if kind == "INTEGER" else str):
            raise TypeError(value)
        if isinstance(value, int) and not _is_a_number(value):
            raise ValueError(value)
    return table.name, tuple(said.values())


def _gathered(values: Iterable[_Read], tables: Mapping[str, Table]) -> Iterator[Batch]:
    """Rows, gathered by table."""
    rest = iter(values)
    while some := list(islice(rest, ROWS_A_BATCH)):
        for name, table in tables.items():
            of = [(row, place) for at, row, place in some if at == name]
            if of:
                yield Batch(name, list(table.columns), [row for row, _ in of], [place for _, place in of])
