"""The upgrade of a file: what is kept, what is refused before anything is touched, and that a killed one is no harm."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import check, placing, roots, schema, sums, write
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.upgrade import Entry
from anjian_cli.rules.word_lists import HAZARDS
from anjian_cli.workflow import upgrade as workflow
from support import kept_ledgers
from support.desk import refuses
from support.nth_call import in_a_child

ENTRY = Entry("2026-11-28T01:00:00Z", "经办人甲", "2026-11-28")
POINTS = 2  # at which an upgrade is killed; at many more: tests/long/test_upgrade_long.py


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger of version 1."""
    return kept_ledgers.ledger(1, tmp_path / "安监.db")


def test_the_new_one_takes_the_name_and_the_old_one_stays_beside_it(old: Path) -> None:
    before = old.read_bytes()
    old.chmod(0o644)
    assert opening.is_older(old)
    kept = workflow.upgrade(old, ENTRY)
    assert kept == old.with_name("安监-v1.db")
    assert kept.read_bytes() == before
    assert sorted(path.name for path in old.parent.iterdir()) == ["安监-v1.db", "安监.db"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (old, kept)} == {0o600}
    assert not opening.is_older(old)
    with closing(opening.reading(old)) as connection:
        assert check.check(connection) == []
    assert workflow.upgrade(old, ENTRY) is None
    assert len(list(old.parent.iterdir())) == 2


def test_a_category_of_hazards_that_was_typed_freely_stays_and_is_no_damage(tmp_path: Path) -> None:
    path = kept_ledgers.ledger(5, tmp_path / "安监.db")
    workflow.upgrade(path, ENTRY)
    with closing(opening.reading(path)) as connection:
        found = connection.execute("SELECT DISTINCT category FROM hazard WHERE category IS NOT NULL").fetchall()
        assert ("设备",) in [tuple(row) for row in found]
        assert "设备" not in HAZARDS.words
        assert check.check(connection) == []


def test_an_old_one_that_was_kept_before_is_not_overwritten(old: Path) -> None:
    before = old.read_bytes()
    old.with_name("安监-v1.db").write_bytes(b"x")
    kept = workflow.upgrade(old, ENTRY)
    assert kept == old.with_name("安监-v1-2.db")
    assert kept.read_bytes() == before
    assert old.with_name("安监-v1.db").read_bytes() == b"x"


def test_a_link_stays_a_link(old: Path, tmp_path: Path) -> None:
    folder = tmp_path / "别处"
    folder.mkdir()
    target = folder / "真.db"
    old.rename(target)
    old.symlink_to(target)
    assert workflow.upgrade(old, ENTRY) == folder / "真-v1.db"
    assert old.is_symlink()
    assert not opening.is_older(old)


def test_where_a_file_has_but_one_name_the_old_one_is_copied(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    kept = workflow.upgrade(old, ENTRY)
    assert kept is not None
    assert kept.read_bytes() == before
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(list(old.parent.iterdir())) == 2


BEGIN = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    sys.exit(9)
"""


def test_nobody_writes_it_while_it_is_copied_because_it_has_but_one_name(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came in between would be lost: the copy has it no more, and the file that has it loses its name."""
    take_name, codes = placing.take_name, []

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links")

    def looked_at(fresh: Path, path: Path) -> None:
        codes.append(subprocess.run([sys.executable, "-c", BEGIN, str(path)], check=False).returncode)
        take_name(fresh, path)

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    monkeypatch.setattr(placing, "take_name", looked_at)
    assert workflow.upgrade(old, ENTRY) is not None
    assert codes == [9]


def test_where_an_open_file_keeps_its_name_it_is_closed_first(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "RENAMES_OPEN_FILES", False)
    assert workflow.upgrade(old, ENTRY) is not None
    with closing(opening.reading(old)) as connection:
        assert check.check(connection) == []


class TestRefusedBeforeAnythingIsTouched:
    @pytest.fixture(autouse=True)
    def _as_it_was(self, old: Path) -> Any:
        before = old.read_bytes()
        yield
        assert old.read_bytes() == before
        assert [path.name for path in old.parent.iterdir()] == [old.name]

    def test_no_room(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))
        with refuses("E625") as messages:
            workflow.upgrade(old, ENTRY)
        assert "磁盘只剩0MB" in messages[0]

    def test_a_read_only_folder(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
        with refuses("E625") as messages:
            workflow.upgrade(old, ENTRY)
        assert "是只读的" in messages[0]

    def test_a_reader(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening, "WAIT_SECONDS", 0.01)
        with closing(sqlite3.connect(old, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM training").fetchone()
            with refuses("E625") as messages:
                workflow.upgrade(old, ENTRY)
        assert "另一个程序正在使用它" in messages[0]

    def test_the_disk_is_full_in_the_middle(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with refuses("E625"):
            workflow.upgrade(old, ENTRY)

    def test_an_error_that_has_no_code_of_sqlite(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_text(*_: object) -> None:
            raise sqlite3.OperationalError("Could not decode to UTF-8 column 'name' with text 'x'")

        monkeypatch.setattr(sums, "rebuild_sums", no_text)
        with refuses("E625") as messages:
            workflow.upgrade(old, ENTRY)
        assert "Could not decode" in messages[0]

    def test_a_record_that_the_new_version_does_not_have(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        text = schema.text()
        monkeypatch.setattr(
            schema,
            "text",
            lambda: text.replace("title TEXT NOT NULL,\n  hours", "title TEXT NOT NULL CHECK (title = ''),\n  hours"),
        )
        with refuses("E625") as messages:
            workflow.upgrade(old, ENTRY)
        assert "有记录不合新版的规定" in messages[0]


@pytest.mark.parametrize("clean", [False, True])
def test_a_newer_or_a_foreign_file_is_refused(old: Path, clean: bool) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version = 99")
    newer = old.read_bytes()
    with refuses("E614"):
        workflow.upgrade(old, ENTRY, clean=clean)
    assert old.read_bytes() == newer
    old.write_bytes(b"SQLite format 3\0" + bytes(1000))
    with pytest.raises(Refused):
        workflow.upgrade(old, ENTRY, clean=clean)
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_what_is_not_ours_is_refused_and_left_behind_by_a_clean_one(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(
            "CREATE TRIGGER x AFTER INSERT ON training BEGIN DELETE FROM hazard; END; CREATE VIEW y AS SELECT 1;"
            " CREATE TABLE z (a); INSERT INTO z VALUES (1); CREATE INDEX w ON training (title);"
        )
    altered = old.read_bytes()
    with refuses("E703", "E703", "E703", "E703"):
        workflow.upgrade(old, ENTRY)
    assert old.read_bytes() == altered
    assert workflow.upgrade(old, ENTRY, clean=True) == old.with_name("安监-v1.db")
    with closing(opening.reading(old)) as connection:
        assert check.check(connection) == []
    assert workflow.upgrade(old, ENTRY, clean=True) == old.with_name(f"安监-v{schema.VERSION}.db")
    with closing(opening.reading(old)) as connection:
        assert check.check(connection) == []


def test_a_clean_copy_does_not_vouch_for_a_row_that_was_altered(old: Path) -> None:
    workflow.upgrade(old, ENTRY)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE training SET remark = 'x'")
        connection.commit()
    workflow.upgrade(old, ENTRY, clean=True)
    with closing(opening.reading(old)) as connection:
        assert "E708" in {fault.code for fault in check.check(connection)}


def test_a_damaged_one_is_not_made_a_new_one(old: Path) -> None:
    """In the new one everything is reckoned anew, and what does not agree would agree."""
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("UPDATE training SET remark = 'x'")
    altered = old.read_bytes()
    with pytest.raises(Refused) as caught:
        workflow.upgrade(old, ENTRY)
    assert {fault.code for fault in caught.value.faults} == {"E706"}
    assert old.read_bytes() == altered
    assert [path.name for path in old.parent.iterdir()] == [old.name]
    assert workflow.upgrade(old, ENTRY, clean=True) is not None


def test_what_breaks_a_rule_that_became_stricter_is_no_damage(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roots, "faults", lambda _: [Fault("E252", {})])
    with closing(opening.reading(old, older=True)) as connection:
        assert {fault.code for fault in check.check(connection)} == {"E252"}
    assert workflow.upgrade(old, ENTRY) is not None


def test_the_id_is_drawn_once_and_kept(old: Path) -> None:
    def told() -> str:
        with closing(opening.reading(old)) as connection:
            return str(connection.execute("SELECT ledger_id FROM ledger").fetchone()[0])

    workflow.upgrade(old, ENTRY)
    drawn = told()
    workflow.upgrade(old, ENTRY, clean=True)
    assert told() == drawn


def test_a_writer_that_waited_meanwhile_is_sent_back(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workflow.upgrade(old, ENTRY)
    real = opening.writing

    def overtaken(path: Path) -> sqlite3.Connection:
        connection = real(path)
        shutil.copyfile(path, path.with_name("新.db"))
        path.with_name("新.db").replace(path)
        return connection

    monkeypatch.setattr(write, "writing", overtaken)
    before = old.read_bytes()
    reached = []
    with refuses("E628"), write.operation(old, "test", at=ENTRY.at, actor="甲", today="2018-11-05") as gate:
        reached.append(gate)  # it would write into a file that no longer has the name
    assert not reached
    assert old.read_bytes() == before


def _upgraded(path: Path, at: int) -> int:
    """Run the upgrade in a process of its own that dies at a call; returns the calls it made, 0 if it was killed."""
    return in_a_child(lambda: str(workflow.upgrade(path, ENTRY)), at).calls


@pytest.mark.unmeasured
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_anywhere_there_is_the_old_ledger_or_the_new_one(old: Path) -> None:
    killed_anywhere(old, POINTS)


def killed_anywhere(old: Path, many: int) -> None:
    """Kill an upgrade at so many of its calls: what is left is the old ledger or the new one, whole."""
    before = old.read_bytes()
    calls = _upgraded(old, 0)
    assert calls > many
    ends = set()
    # Few calls stand at the end, where names change: each of the last is a point, the others are spread.
    points = sorted({*range(calls - many // 2, calls + 1), *range(1, calls, calls // (many // 2))})
    for at in points:
        for path in old.parent.iterdir():
            path.unlink()
        old.write_bytes(before)
        assert _upgraded(old, at) == 0
        older = opening.is_older(old)
        ends.add(older)
        with closing(opening.reading(old, older=True)) as connection:
            assert check.check(connection) == []
        if older:
            assert old.read_bytes() == before
            assert workflow.upgrade(old, ENTRY) is not None
        assert old.with_name("安监-v1.db").read_bytes() == before
        assert sorted(path.name for path in old.parent.iterdir()) == ["安监-v1.db", "安监.db"]
        with closing(opening.reading(old)) as connection:
            assert check.check(connection) == []
    assert ends == {True, False}
