"""Opening and creating a ledger file: what is refused, what is never made, what a killed writer leaves behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.errors import Exit, Refused
from anjian_cli.ledger import check, create, write
from anjian_cli.ledger import open as opening
from core_figures import dump
from desk import refuses

KILLED_WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
# Many pages changed and written before the commit: the journal is all that remembers how they were.
connection.executemany("INSERT INTO column_title VALUES ('x', ?, ?)", ((str(n), "x" * 500) for n in range(5000)))
connection.execute("DELETE FROM indicator_month")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_ledger_is_its_owners_only(ledger_file: Path) -> None:
    assert stat.S_IMODE(ledger_file.stat().st_mode) == 0o600


def test_a_new_ledger_is_whole_and_says_what_it_is(ledger_file: Path) -> None:
    with closing(opening.reading(ledger_file)) as connection:
        assert check.check(connection) == []
        assert connection.execute("PRAGMA application_id").fetchone()[0] == 1634626097
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("SELECT count(*) FROM operation").fetchone()[0] == 0


def test_creating_makes_the_folder_and_nothing_else(tmp_path: Path) -> None:
    create.create(tmp_path / "办公室" / "安监.db")
    assert [path.name for path in (tmp_path / "办公室").iterdir()] == ["安监.db"]


def test_a_new_ledger_is_never_made_over_something(ledger_file: Path) -> None:
    before = ledger_file.read_bytes()
    with refuses("E616"):
        create.create(ledger_file)
    assert ledger_file.read_bytes() == before


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    fill = create.fill

    def late(connection: sqlite3.Connection) -> None:
        fill(connection)
        path.write_text("又一份")

    monkeypatch.setattr(create, "fill", late)
    with refuses("E616"):
        create.create(path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.db"]
    assert path.read_text() == "又一份"


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(create, "fill", fails)
    with pytest.raises(KeyboardInterrupt):
        create.create(tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []


def test_another_creation_under_way_is_not_disturbed(tmp_path: Path) -> None:
    (tmp_path / "x.db.partial").write_text("")
    with refuses("E617"):
        create.create(tmp_path / "x.db")
    assert [p.name for p in tmp_path.iterdir()] == ["x.db.partial"]


@pytest.mark.parametrize("opened", [opening.reading, opening.writing])
class TestRefused:
    def test_a_mistyped_path_creates_nothing(self, tmp_path: Path, opened: type) -> None:
        with refuses("E611"):
            opened(tmp_path / "安健.db")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("content", [b"", b"not a ledger at all" * 100, b"SQLite format 3\x00" + b"\x00" * 10])
    def test_a_foreign_file(self, tmp_path: Path, opened: type, content: bytes) -> None:
        path = tmp_path / "x.db"
        path.write_bytes(content)
        with refuses("E613"):
            opened(path)
        assert path.read_bytes() == content

    def test_another_programs_database(self, tmp_path: Path, opened: type) -> None:
        path = tmp_path / "x.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE t (x)")
        with refuses("E613"):
            opened(path)

    def test_a_newer_ledger(self, ledger_file: Path, opened: type) -> None:
        with closing(sqlite3.connect(ledger_file)) as connection:
            connection.execute("PRAGMA user_version = 99")
        with refuses("E614"):
            opened(ledger_file)

    def test_a_folder(self, tmp_path: Path, opened: type) -> None:
        with pytest.raises(Refused) as caught:
            opened(tmp_path)
        assert caught.value.exit == Exit.UNUSABLE

    def test_a_ledger_that_another_program_keeps_to_itself(
        self, ledger_file: Path, opened: type, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(opening, "WAIT_SECONDS", 0.01)
        with closing(sqlite3.connect(ledger_file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(Refused) as caught:
                opened(ledger_file)
        assert caught.value.faults[0].code == "E621"
        assert caught.value.exit == Exit.LOCKED


def test_a_report_cannot_write(ledger_file: Path) -> None:
    with closing(opening.reading(ledger_file)) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM category")


def test_a_path_with_signs_of_its_own_is_opened_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "2018年?x#y%20 与&.db"
    create.create(path)
    opening.reading(path).close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_second_writer_waits_and_is_then_refused(ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.01)
    with closing(sqlite3.connect(ledger_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        opening.reading(ledger_file).close()  # a report does not wait for a writer
        with (
            pytest.raises(Refused) as caught,
            write.operation(ledger_file, "test", at="2018-11-05T01:00:00Z", actor="甲", today="2018-11-05"),
        ):
            pytest.fail("two programs were writing at once")
    assert [fault.code for fault in caught.value.faults] == ["E621"]
    assert caught.value.exit == Exit.LOCKED


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_what_a_killed_writer_left_is_played_back_by_a_reader(ledger_file: Path) -> None:
    with write.operation(ledger_file, "test", at="2018-11-05T01:00:00Z", actor="甲", today="2018-11-05") as gate:
        gate.insert("setting", number="x", name="clerk", value="甲", from_on="2018-01-01")
    with closing(opening.reading(ledger_file)) as connection:
        before = dump(connection)
    killed = subprocess.run([sys.executable, "-c", KILLED_WRITER, os.fspath(ledger_file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    journal = Path(f"{ledger_file}-journal")
    assert journal.stat().st_size
    with closing(opening.reading(ledger_file)) as connection:
        assert dump(connection) == before
        assert check.check(connection) == []
    assert not journal.exists()
