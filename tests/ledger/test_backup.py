"""A copy beside a writer is of one moment, and whoever writes is not held up."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import backup, placing
from anjian_cli.ledger import open as opening
from support.backups import being_written, content, head, names, written
from support.desk import refuses


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return placing.new_file(tmp_path / "copy.db")


@pytest.fixture
def large(ledger_file: Path) -> Path:
    """A ledger of many steps."""
    with closing(sqlite3.connect(ledger_file)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    assert pages > 50
    return ledger_file


class Interrupted:
    """Another connection that writes after the steps named."""

    def __init__(self, path: Path, after: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self.after, self.steps = path, after, 0
        monkeypatch.setattr(backup, "PAGES", 10)
        monkeypatch.setattr(time, "sleep", self._between)

    def _between(self, _: float) -> None:
        self.steps += 1
        if self.steps in self.after or 0 in self.after:
            written(self.path)


def test_the_copy_is_the_ledger_to_the_byte(large: Path, target: Path) -> None:
    before = large.read_bytes()
    backup.copied(large, target)
    assert large.read_bytes() == before
    assert content(target) == content(large)
    assert backup.faults(target) == []


@pytest.mark.parametrize("after", [{1}, {3}, {7}])
def test_a_writer_between_the_steps_begins_it_anew(
    large: Path, target: Path, after: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    between = Interrupted(large, after, monkeypatch)
    backup.copied(large, target)
    assert between.steps > max(after)
    assert head(target) == head(large)
    assert content(target) == content(large)


def test_one_who_writes_after_every_step_does_not_hold_it_up_for_ever(
    large: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = Interrupted(large, {0}, monkeypatch)
    backup.copied(large, target)
    assert between.steps == backup.RESTARTS + 1
    assert head(target) == head(large)


def test_a_writer_who_does_not_end_is_told(large: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "WAIT_SECONDS", 0.02)
    real = opening.reading

    def overtaken(path: Path, *, older: bool) -> sqlite3.Connection:
        connection = real(path, older=older)
        other.execute("BEGIN EXCLUSIVE")
        return connection

    with closing(sqlite3.connect(large, isolation_level=None)) as other:
        monkeypatch.setattr(backup, "reading", overtaken)
        with refuses("E621"):
            backup.copied(large, target)


def test_the_copy_of_a_ledger_with_a_log_beside_it_is_one_file(large: Path, target: Path) -> None:
    with closing(sqlite3.connect(large)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT count(*) FROM operation").fetchone()
        written(large)  # it lies in the log until the last connection is closed
        assert Path(f"{large}-wal").stat().st_size
        backup.copied(large, target)
        wanted = head(large)
    assert target.read_bytes()[18:20] == b"\x01\x01"
    assert not {"copy.db-wal", "copy.db-journal"} & set(names(target.parent))
    assert head(target) == wanted


def newest(path: Path) -> str:
    with closing(opening.reading(path)) as connection:
        return str(connection.execute("SELECT hash FROM operation ORDER BY id DESC LIMIT 1").fetchone()[0])


@pytest.mark.unmeasured
def test_beside_a_writer_without_a_pause_each_copy_is_of_one_moment(large: Path, tmp_path: Path) -> None:
    heads: list[str] = []
    with being_written(large):
        for n in range(4):
            for _ in range(1000):  # on a busy machine the writer waits for its turn
                if not heads or newest(large) != heads[-1]:
                    break
                time.sleep(0.01)
            copy = placing.new_file(tmp_path / f"{n}.db")
            backup.copied(large, copy)
            heads.append(head(copy))
    assert len(set(heads)) == len(heads)
    with closing(opening.reading(large)) as connection:
        assert {*heads} <= {row[0] for row in connection.execute("SELECT hash FROM operation")}


def test_what_a_killed_run_left_is_cleared_and_what_another_has_in_use_is_not(tmp_path: Path) -> None:
    left = tmp_path / f"{placing.BEGUN}left"
    left.mkdir()
    (left / "whole.db").touch()
    (tmp_path / "安监.db").touch()
    with placing.workplace(tmp_path) as folder:
        (folder / "whole.db").touch()
        placing.clear_workplaces(tmp_path)
        assert names(tmp_path) == sorted([folder.name, "安监.db"])
        assert names(folder) == ["in-use", "whole.db"]
    assert names(tmp_path) == ["安监.db"]
