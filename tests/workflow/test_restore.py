"""A backup takes a ledger's place when it holds and nobody uses that; whatever bore the name stays beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.errors import Refused
from anjian_cli.ledger import create, placing
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.lineage import lineage
from anjian_cli.ledger.upgrade import Entry
from anjian_cli.workflow import restore
from anjian_cli.workflow.upgrade import upgrade
from support import kept_ledgers
from support.backups import AT, backed_up, content, head, names, written
from support.desk import refuses
from support.nth_call import in_a_child
from support.sweeps import sweep

POINTS = 4
"""At which a restore is killed, of a thorough run; half as many in the ordinary one."""
ENTRY = Entry(AT, "测试", "2026-11-28")


@pytest.fixture
def ledger(ledger_file: Path) -> Path:
    written(ledger_file)
    return ledger_file


@pytest.fixture
def backup(ledger: Path, tmp_path: Path) -> Path:
    """A backup of the ledger, behind which two operations more were made."""
    folder = tmp_path / "备份"
    folder.mkdir()
    made = backed_up(ledger, folder).path
    written(ledger)
    written(ledger)
    return made


def restored(backup: Path, target: Path) -> Path | None:
    with restore.prepared(backup, target, None) as ready:
        return restore.put(ready)


@pytest.mark.unmeasured
def test_what_would_be_lost_is_told_and_the_present_one_stays_beside(backup: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    with restore.prepared(backup, ledger, None) as ready:
        assert ready.present is not None
        assert ready.present.same
        assert [row["id"] for row in ready.present.lost] == [2, 3]
        kept = restore.put(ready)
    assert kept == ledger.with_name("安监-恢复前.db")
    assert kept.read_bytes() == before
    assert head(ledger) == head(backup)
    assert content(ledger) == content(backup)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (ledger, kept)} == {0o600}
    assert names(ledger.parent) == ["备份", "安监-恢复前.db", "安监.db"]
    written(ledger)
    assert restored(backup, ledger) == ledger.with_name("安监-恢复前-2.db")
    assert kept.read_bytes() == before


def test_where_nothing_has_the_name_nothing_is_kept(backup: Path, ledger: Path) -> None:
    target = ledger.with_name("新.db")
    with restore.prepared(backup, target, None) as ready:
        assert ready.present is None
        assert restore.put(ready) is None
    assert head(target) == head(backup)


def test_without_the_last_step_nothing_has_changed(backup: Path, ledger: Path) -> None:
    before, around = ledger.read_bytes(), names(ledger.parent)
    with restore.prepared(backup, ledger, None) as ready:
        told = restore.proof(ready, "2026-11-28")
        assert told.records == [("设置", 1)]
        assert told.month == "2026年10月"
        assert restore.proof(ready, "2026-11-28") == told
    assert ledger.read_bytes() == before
    assert names(ledger.parent) == around


def test_a_ledger_that_went_another_way_since_loses_what_it_alone_has(backup: Path, ledger: Path) -> None:
    restored(backup, ledger)
    written(ledger, "b")
    with restore.prepared(ledger.with_name("安监-恢复前.db"), ledger, None) as ready:
        assert ready.present is not None
        assert [row["id"] for row in ready.present.lost] == [2]
        assert ready.lineage.operations == 3


@pytest.mark.unmeasured
@sweep("version", kept_ledgers.VERSIONS, keep=2)
def test_an_older_backup_is_restored_as_it_is_and_upgraded_by_the_next_writer(tmp_path: Path, version: int) -> None:
    """Ledgers of version 1 had no id: they are known by their first operation."""
    old, target = kept_ledgers.ledger(version, tmp_path / "旧.db"), tmp_path / "新.db"
    shutil.copy(old, target)
    upgrade(target, ENTRY)
    with restore.prepared(old, target, None) as ready:
        assert ready.present is not None
        assert ready.present.same
        assert [row["command"] for row in ready.present.lost] == ["upgrade"]
        assert restore.proof(ready, "2018-11-05").records
        restore.put(ready)
    assert opening.is_older(target)
    upgrade(target, ENTRY)
    assert head(target)


def test_another_ledger_is_seen(backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "另.db"
    create.create(other)
    with restore.prepared(backup, other, None) as ready:
        assert ready.present is not None
        assert not ready.present.same


@pytest.mark.unmeasured
@pytest.mark.altered
@pytest.mark.parametrize("spoilt", ["gone", "text", "head", "half", "page"])
def test_a_spoilt_ledger_is_replaced_and_kept_as_it_lies(backup: Path, ledger: Path, spoilt: str) -> None:
    content = bytearray(ledger.read_bytes())
    match spoilt:
        case "gone":
            content.clear()
        case "text":
            content[:] = "不是台账".encode()
        case "head":
            content[:200] = os.urandom(200)
        case "half":
            del content[len(content) // 2 :]
        case "page":
            content[8192:12288] = os.urandom(4096)
    ledger.write_bytes(content)
    Path(f"{ledger}-wal").write_bytes(b"x")
    kept = restored(backup, ledger)
    assert kept is not None
    assert kept.read_bytes() == content
    assert head(ledger) == head(backup)
    assert not Path(f"{ledger}-wal").exists()


def test_a_journal_that_lies_beside_is_never_played_into_the_restored_one(backup: Path, ledger: Path) -> None:
    """As a writer leaves it that was killed: pages of before, which belong to the file that was there."""
    Path(f"{ledger}-journal").write_bytes(_hot_journal(ledger))
    whole = content(backup)
    assert restored(backup, ledger)
    assert not Path(f"{ledger}-journal").exists()
    assert head(ledger) == head(backup)
    assert content(ledger) == whole


def _hot_journal(ledger: Path) -> bytes:
    copy = ledger.with_name("甲.db")
    shutil.copy(ledger, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN")
        connection.execute("UPDATE setting SET value = value || 'x'")
        connection.execute("CREATE TABLE filler AS SELECT randomblob(900) FROM operation a, operation b, operation c")
        found = Path(f"{copy}-journal").read_bytes()
    copy.unlink()
    assert len(found) > 1000
    return found


class TestRefused:
    @pytest.fixture(autouse=True)
    def _as_it_was(self, ledger: Path, backup: Path) -> Iterator[None]:
        assert backup.exists()
        before, around = ledger.read_bytes(), names(ledger.parent)
        yield
        assert ledger.read_bytes() == before
        assert names(ledger.parent) == around

    def test_a_reader(self, ledger: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening, "WAIT_SECONDS", 0.01)
        with closing(sqlite3.connect(ledger, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM training").fetchone()
            with refuses("E671") as messages:
                restored(backup, ledger)
        assert "另一个程序正在使用它" in messages[0]

    def test_a_place_that_was_taken_meanwhile(self, ledger: Path, backup: Path) -> None:
        target = ledger.with_name("新.db")
        with refuses("E671"), restore.prepared(backup, target, None) as ready:
            target.write_bytes(b"x")
            restore.put(ready)
        assert target.read_bytes() == b"x"
        target.unlink()

    def test_itself_a_folder_and_nothing(self, ledger: Path, backup: Path) -> None:
        for wrong, code in ((ledger, "E671"), (ledger.parent, "E662"), (ledger.with_name("无.db"), "E662")):
            with refuses(code):
                restored(wrong, ledger)
        with refuses("E637"):
            restored(backup, backup.parent)

    def test_a_file_that_is_none(self, ledger: Path, backup: Path) -> None:
        for wrong in (b"", "不是台账".encode(), bytes(10_000), b"SQLite format 3\0" + bytes(9000)):
            (backup.parent / "x.db").write_bytes(wrong)
            with pytest.raises(Refused):
                restored(backup.parent / "x.db", ledger)
        (backup.parent / "x.db").unlink()

    @pytest.mark.unmeasured
    @pytest.mark.altered
    def test_a_damaged_backup(self, ledger: Path, backup: Path, thorough: bool) -> None:
        whole = backup.read_bytes()
        for at in range(0, len(whole), len(whole) // (25 if thorough else 8)):
            damaged = bytearray(whole)
            damaged[at : at + 40] = os.urandom(40)
            if damaged != whole:
                backup.write_bytes(damaged)
                _refused_or_no_other(backup, whole, ledger)

    @pytest.mark.altered
    def test_a_backup_that_was_altered(self, ledger: Path, backup: Path) -> None:
        with closing(sqlite3.connect(backup)) as connection, connection:
            connection.execute("UPDATE setting SET value = 'x'")
        with refuses("E668", "E708", "E706"):
            restored(backup, ledger)


def _refused_or_no_other(backup: Path, whole: bytes, ledger: Path) -> None:
    """What is altered on a page that holds nothing makes no other ledger."""
    try:
        with restore.prepared(backup, ledger, None) as ready, closing(opening.reading(ready.copy)) as connection:
            found = list(connection.iterdump())
    except Refused:
        return
    backup.write_bytes(whole)
    with closing(opening.reading(backup)) as connection:
        assert list(connection.iterdump()) == found


def test_what_was_written_while_one_was_asked_is_not_lost(backup: Path, ledger: Path) -> None:
    with refuses("E671") as messages, restore.prepared(backup, ledger, None) as ready:
        written(ledger)
        restore.put(ready)
    assert "刚刚又有人写过它" in messages[0]
    with closing(opening.reading(ledger)) as connection:
        assert lineage(connection).operations == 4


def test_where_an_open_file_keeps_its_name_it_is_closed_first(
    backup: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "RENAMES_OPEN_FILES", False)
    assert restored(backup, ledger) is not None
    assert head(ledger) == head(backup)


@pytest.mark.unmeasured
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_anywhere_there_is_the_old_ledger_or_the_restored_one(
    backup: Path, ledger: Path, thorough: bool
) -> None:
    points = POINTS if thorough else POINTS // 2
    old, new, before = head(ledger), head(backup), ledger.read_bytes()
    calls = in_a_child(lambda: str(restored(backup, ledger)), 0).calls
    assert head(ledger) == new
    ends = set()
    for at in sorted({*range(1, calls, max(1, calls // points)), *range(calls - points, calls + 1)}):
        for path in ledger.parent.glob("安监*"):
            path.unlink()
        ledger.write_bytes(before)
        assert in_a_child(lambda: str(restored(backup, ledger)), at).calls == 0
        ends.add(head(ledger))
        restored(backup, ledger)
        assert head(ledger) == new
        assert not [name for name in names(ledger.parent) if name.startswith(placing.BEGUN)]
        assert any(head(path) == old for path in ledger.parent.glob("安监-恢复前*.db"))
    assert ends == {old, new}
