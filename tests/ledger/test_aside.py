"""A long operation is written aside: who reads is never kept waiting, and the ledger is the old one or the new one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import aside, check, placing, write
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.gate import Gate
from support.desk import refuses

TOLD: Any = {"at": "2018-11-05T01:00:00Z", "actor": "经办人甲", "today": "2018-11-05"}


def _write(gate: Gate, value: str = "甲") -> None:
    gate.insert("agency", number=value, name=value)


def _agencies(path: Path) -> list[str]:
    with closing(opening.reading(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM agency ORDER BY id")]


@contextmanager
def _long(path: Path, value: str = "甲") -> Iterator[Gate]:
    with write.operation(path, "test", **TOLD, rows=write.LONG) as gate:
        _write(gate, value)
        yield gate


def test_readers_go_on_reading_until_it_is_whole(ledger_file: Path) -> None:
    with _long(ledger_file) as gate:
        # More changes than SQLite holds in memory: in the ledger itself it would now keep readers out.
        gate.connection.execute("PRAGMA cache_size = 1")
        for number in range(200):
            _write(gate, f"乙{number}")
        assert gate.connection.execute("SELECT count(*) FROM agency").fetchone()[0] == 201
        with closing(opening.reading(ledger_file)) as reading:
            reading.execute("PRAGMA busy_timeout = 0")
            assert reading.execute("SELECT count(*) FROM agency").fetchone()[0] == 0
    assert len(_agencies(ledger_file)) == 201
    with closing(opening.reading(ledger_file)) as connection:
        assert check.check(connection) == []
    assert [path.name for path in ledger_file.parent.iterdir()] == [ledger_file.name]


def test_who_was_reading_reads_the_old_one_to_the_end(ledger_file: Path) -> None:
    with closing(opening.reading(ledger_file)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM setting").fetchone()
        with _long(ledger_file):
            pass
        assert reading.execute("SELECT count(*) FROM agency").fetchone()[0] == 0
    assert _agencies(ledger_file) == ["甲"]


def test_another_writer_waits_meanwhile(ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _long(ledger_file):
        monkeypatch.setattr(opening, "WAIT_SECONDS", 0.01)
        with refuses("E621"), write.operation(ledger_file, "test", **TOLD):
            pytest.fail("two programs were writing at once")


def test_who_waited_writes_into_the_new_one(ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = opening.writing
    turns: list[int] = []

    def overtaken(path: Path) -> sqlite3.Connection:
        connection = real(path)
        if not turns:  # while it waits for its turn a long operation gives the name to another file
            turns.append(1)
            shutil.copyfile(path, path.with_name("新.db"))
            path.with_name("新.db").replace(path)
        return connection

    monkeypatch.setattr(write, "writing", overtaken)
    with write.operation(ledger_file, "test", **TOLD) as gate:
        _write(gate)
    assert _agencies(ledger_file) == ["甲"]


@pytest.mark.parametrize("left", [lambda gate: gate.abandon(), lambda _: _refuse(), lambda _: _interrupt()])
def test_what_is_not_kept_leaves_nothing(ledger_file: Path, left: Callable[[Gate], None]) -> None:
    before, of = ledger_file.read_bytes(), ledger_file.stat().st_ino
    try:
        with _long(ledger_file) as gate:
            left(gate)
    except (Refused, KeyboardInterrupt):
        pass
    assert (ledger_file.read_bytes(), ledger_file.stat().st_ino) == (before, of)
    assert [path.name for path in ledger_file.parent.iterdir()] == [ledger_file.name]


def _refuse() -> None:
    raise Refused([Fault("E202")])


def _interrupt() -> None:
    raise KeyboardInterrupt


def test_what_a_killed_one_left_is_no_hindrance(ledger_file: Path) -> None:
    for ending in ("", "-journal"):
        ledger_file.with_name(f"{ledger_file.name}.importing{ending}").write_bytes(b"half")
    with _long(ledger_file):
        pass
    assert _agencies(ledger_file) == ["甲"]
    assert [path.name for path in ledger_file.parent.iterdir()] == [ledger_file.name]


def test_it_keeps_the_rights_that_the_ledger_was_given(ledger_file: Path) -> None:
    ledger_file.chmod(0o640)
    with _long(ledger_file):
        copy = next(path for path in ledger_file.parent.iterdir() if path != ledger_file)
        assert stat.S_IMODE(copy.stat().st_mode) & 0o007 == 0
    assert stat.S_IMODE(ledger_file.stat().st_mode) == 0o640


def test_a_ledger_known_by_another_name_stays_so(ledger_file: Path) -> None:
    link = ledger_file.with_name("链接.db")
    link.symlink_to(ledger_file.name)
    with _long(link):
        pass
    assert link.is_symlink()
    assert _agencies(ledger_file) == ["甲"]


@pytest.mark.parametrize("hindered", ["room", "mode"])
def test_without_a_copy_it_is_written_in_place(
    ledger_file: Path, monkeypatch: pytest.MonkeyPatch, hindered: str
) -> None:
    of = ledger_file.stat().st_ino
    if hindered == "room":
        monkeypatch.setattr(aside, "ROOM", 1e12)
    else:
        other = sqlite3.connect(ledger_file)  # it has the ledger open, so that its mode stays
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT count(*) FROM setting").fetchone()
    with _long(ledger_file):
        assert not ledger_file.with_name(f"{ledger_file.name}.importing").exists()
    assert ledger_file.stat().st_ino == of
    assert _agencies(ledger_file) == ["甲"]
    if hindered == "mode":
        other.close()


class TestWhereOpenFilesKeepTheirNames:
    """As on Windows."""

    @pytest.fixture(autouse=True)
    def kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(placing, "RENAMES_OPEN_FILES", False)

    def test_it_is_closed_first(self, ledger_file: Path) -> None:
        with _long(ledger_file):
            pass
        assert _agencies(ledger_file) == ["甲"]

    def test_who_wrote_just_then_loses_nothing(self, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = placing.settle

        def late(file: Path) -> None:
            real(file)
            os.utime(ledger_file, ns=(1, 1))

        monkeypatch.setattr(placing, "settle", late)
        with refuses("E632"), _long(ledger_file):
            pass
        assert _agencies(ledger_file) == []

    def test_one_who_reads_holds_the_name(self, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def held(*_: Path) -> None:
            raise PermissionError

        monkeypatch.setattr(placing, "take_name", held)
        with refuses("E632"), _long(ledger_file):
            pass
        assert [path.name for path in ledger_file.parent.iterdir()] == [ledger_file.name]


def test_a_disk_that_fails_at_the_last_step_leaves_it_unknown(
    ledger_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        """The connection, on a disk that fails at the commit."""

        def __init__(self, connection: sqlite3.Connection) -> None:
            self._connection = connection

        def __getattr__(self, name: str) -> Any:
            return getattr(self._connection, name)

        def execute(self, statement: str, *values: Any) -> Any:
            if statement == "COMMIT":
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
                raise error
            return self._connection.execute(statement, *values)

    with (
        refuses("E630") as said,
        write.operation(ledger_file, "test", **TOLD) as gate,
    ):
        _write(gate)
        monkeypatch.setattr(gate, "_connection", Failing(gate.connection))
    assert "说不准" in said[0]
