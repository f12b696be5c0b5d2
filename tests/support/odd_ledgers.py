"""Files that are given to the program as a ledger and are none, or none that can be used as it lies there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from anjian_cli.ledger import schema

OURS = f"PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = {schema.VERSION};"

KILLED_WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
# Many pages changed and written before the commit: the journal is all that remembers how they were.
connection.executemany("INSERT INTO column_title VALUES ('x', ?, ?)", ((str(n), "x" * 500) for n in range(5000)))
connection.execute("DELETE FROM measure_month")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""A program that writes into a ledger past the gate, and is killed before it commits."""


def cut(size: int) -> Callable[[Path], None]:
    """A ledger of which only so many bytes are there."""

    def make(path: Path) -> None:
        with path.open("rb+") as file:
            file.truncate(size)

    return make


def altered(statements: str) -> Callable[[Path], None]:
    """A ledger in which somebody has run this."""

    def make(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(statements)

    return make


def made(statements: str) -> Callable[[Path], None]:
    """A database of somebody else's."""

    def make(path: Path) -> None:
        path.unlink()
        altered(statements)(path)

    return make


def linked(target: str) -> Callable[[Path], None]:
    """A link to something: a path, or a name beside it."""

    def make(path: Path) -> None:
        path.rename(path.with_name("真.db"))
        path.symlink_to(target)

    return make


def put(make_it: Callable[[Path], object]) -> Callable[[Path], None]:
    """Something else under the ledger's name."""

    def make(path: Path) -> None:
        path.unlink()
        make_it(path)

    return make


def killed(path: Path) -> None:
    """A ledger whose writer was killed: what it was before stands in its journal."""
    subprocess.run([sys.executable, "-c", KILLED_WRITER, os.fspath(path)], check=False)


def scribbled(path: Path) -> None:
    """A ledger with a page in its middle that holds nothing that makes sense."""
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 4096)


ODD: dict[str, Callable[[Path], None]] = {
    "nothing": Path.unlink,
    "empty": cut(0),
    "cut off in its head": cut(50),
    "cut off in a page": cut(3_000),
    "cut off in the middle": cut(400_000),
    "a text": put(lambda path: path.write_text("镇,企业\n芝英镇,甲厂\n", encoding="utf-8")),
    "a folder": put(Path.mkdir),
    "a pipe": put(os.mkfifo),
    "a link": linked("真.db"),
    "a link to itself": linked("t.db"),
    "a link to nothing": linked("/nonexistent/x.db"),
    "/dev/full": linked("/dev/full"),
    "/dev/zero": linked("/dev/zero"),
    "/dev/null": linked("/dev/null"),
    "newer": altered("PRAGMA user_version = 99"),
    "in WAL mode": altered("PRAGMA journal_mode = WAL"),
    "killed": killed,
    "scribbled": scribbled,
    "foreign": made(
        "CREATE TABLE enterprise (a); CREATE VIEW v AS SELECT load_extension('x.so');"
        "CREATE TRIGGER t AFTER INSERT ON enterprise BEGIN SELECT load_extension('x.so'); END"
    ),
    "foreign under our sign": made(
        f"{OURS} CREATE TABLE setting (a);"
        " CREATE VIEW operation AS SELECT 1 AS id, load_extension('evil.so') AS hash, '' AS at"
    ),
    "only our sign": made(OURS),
    "with an evil view": altered("DROP VIEW fact_item; CREATE VIEW fact_item AS SELECT load_extension('x.so') AS fact"),
    "with an evil trigger": altered(
        "CREATE VIRTUAL TABLE zz USING fts5 (a);"
        " CREATE TRIGGER zt AFTER INSERT ON hazard BEGIN INSERT INTO zz VALUES (new.description); END"
    ),
    "with an endless view": altered(
        "DROP VIEW hazard_listing; CREATE VIEW hazard_listing AS"
        " WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n"
    ),
    "without a table": altered("PRAGMA foreign_keys = OFF; DROP TABLE visit"),
}
"""By name, what makes one of a whole ledger."""


def laid(template: Path, folder: Path, name: str) -> Path:
    """One of them in an empty folder, as t.db; what was in the folder goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "t.db"
    shutil.copy(template, path)
    ODD[name](path)
    return path
