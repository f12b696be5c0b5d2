"""A backup bears its name when it is whole; if it fails nothing else changes; what goes by the rule, and only that."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from anjian_cli.errors import Refused
from anjian_cli.ledger import backup as ledger_backup
from anjian_cli.ledger import encryption, placing
from anjian_cli.rules.backup_names import backup_name
from anjian_cli.rules.retention import USUAL, Keep, Point, staying
from anjian_cli.workflow import backup as workflow
from anjian_cli.workflow import restore
from support import kept_ledgers
from support.backups import AT, backed_up, content, head, names, written
from support.desk import refuses
from support.nth_call import in_a_child, with_no_file_longer_than
from support.sweeps import sweep

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
POINTS = 4
"""At which a backup is killed, of a thorough run; half as many in the ordinary one."""
LATER, EVENING = AT.replace("T09", "T10"), AT.replace("T09", "T11")
"""Moments of the day of `AT`."""


@pytest.fixture
def ledger(ledger_file: Path) -> Path:
    written(ledger_file)
    return ledger_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "备份"
    made.mkdir()
    return made


@pytest.fixture
def keys(ledger: Path, tmp_path: Path) -> Path:
    """Public keys beside the ledger; the file of one of the secret ones."""
    pytest.importorskip("pyrage")
    pairs = [encryption.new_pair(), encryption.new_pair()]
    ledger.with_name(workflow.KEYS).write_text("# 两把\n" + "\n".join(pair.public for pair in pairs), encoding="utf-8")
    secret = tmp_path / "私钥.txt"
    secret.write_text(f"# 恢复\n{pairs[1].secret}\n", encoding="utf-8")
    return secret


def test_the_name_the_content_and_who_may_read_it(ledger: Path, folder: Path) -> None:
    before = ledger.read_bytes()
    made = backed_up(ledger, folder)
    assert made.path.name == f"安监_备份_2026-11-28_173000_{made.lineage.first[:4]}_{head(ledger)[:8]}.db"
    assert content(made.path) == content(ledger)
    assert ledger.read_bytes() == before
    assert made.size == made.path.stat().st_size
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert names(folder) == [made.path.name]


@pytest.mark.unmeasured
@sweep("version", kept_ledgers.VERSIONS, keep=3)
def test_a_ledger_of_an_earlier_version_is_backed_up_as_it_is(version: int, folder: Path, tmp_path: Path) -> None:
    old = kept_ledgers.ledger(version, tmp_path / "旧.db")
    assert content(backed_up(old, folder).path) == content(old)


@pytest.mark.altered
def test_a_ledger_that_does_not_hold_is_no_backup_and_the_old_ones_stay(ledger: Path, folder: Path) -> None:
    earlier = backed_up(ledger, folder)
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE setting SET value = 'x'")
    with refuses("E661", "E708", "E706") as messages:
        backed_up(ledger, folder, 1, Keep(0, 0, 0))
    assert "没有备份" in messages[0]
    assert names(folder) == [earlier.path.name]


@pytest.mark.unmeasured
def test_of_three_years_of_days_what_the_rule_keeps_is_left_and_nothing_else_is_touched(
    ledger: Path, folder: Path
) -> None:
    told = backed_up(ledger, folder)
    others = {
        "安监-v3.db", "安监-恢复前.db", "说明.txt", told.path.name.replace("_备份_", "_复制_"),
        backup_name("安监", datetime.fromisoformat(AT[:-1]), "0" * 64, "1" * 64, encrypted=False),
    }  # fmt: skip
    for name in others:
        (folder / name).touch()
    days = [datetime.fromisoformat("2026-11-28 17:30:00") + timedelta(days=n) for n in range(1, 3 * 365)]
    gone = []
    for n, day in enumerate(days):
        name = named(told, day, encrypted=n % 5 == 0)
        (folder / name).touch()
        older = workflow.clear(folder, name, [told.lineage.head], USUAL)
        assert not older.stayed
        gone += older.gone
    left = set(names(folder)) - others
    kinds = (["2026-11-28 17:30:00", *(f"{day}" for n, day in enumerate(days) if n % 5)], days[::5])
    kept = [{one.moment for one in staying([point(day) for day in kind], USUAL)} for kind in kinds]
    assert {moment_of(name) for name in left if name.endswith(".db")} == kept[0]
    assert {moment_of(name) for name in left if name.endswith(".age")} == kept[1]
    assert others <= set(names(folder))
    assert len(gone) == len(set(gone)) == 3 * 365 - len(left)


def named(told: workflow.Made, moment: datetime, *, of: str = "安监", encrypted: bool = False) -> str:
    """The name of another backup of the same ledger."""
    return backup_name(of, moment, told.lineage.first, told.lineage.head, encrypted=encrypted)


def moment_of(name: str) -> datetime:
    return datetime.strptime(name[6:23], "%Y-%m-%d_%H%M%S")  # noqa: DTZ007


def point(moment: datetime | str) -> Point:
    return Point(1, datetime.fromisoformat(str(moment)))


def test_the_one_just_made_stays_even_where_a_clock_was_wrong_before(ledger: Path, folder: Path) -> None:
    future = backed_up(ledger, folder, 3650)
    made = backed_up(ledger, folder, 0, Keep(1, 0, 0))
    assert not made.older.gone
    assert names(folder) == sorted([future.path.name, made.path.name])


class TestACopyInTheSameFolder:
    """Of a ledger that was copied, both are backed up to one place: the mark is the same."""

    @pytest.fixture
    def copy(self, ledger: Path) -> Path:
        (ledger.parent / "另一台").mkdir()
        return Path(shutil.copy(ledger, ledger.parent / "另一台" / ledger.name))

    @pytest.fixture
    def another_name(self, ledger: Path) -> Path:
        return Path(shutil.copy(ledger, ledger.with_name("安监副本.db")))

    def test_neither_takes_away_what_the_other_alone_has(self, ledger: Path, copy: Path, folder: Path) -> None:
        written(ledger)
        written(copy, "b")
        ours, theirs = backed_up(ledger, folder), workflow.backup(copy, folder, LATER, Keep(1, 0, 0))
        assert not theirs.older.gone
        assert not workflow.backup(ledger, folder, EVENING, Keep(0, 0, 0)).older.stayed
        assert theirs.path.exists()
        assert not ours.path.exists()  # the evening's has all of it

    def test_one_that_was_left_behind_takes_nobodys_place(self, ledger: Path, copy: Path, folder: Path) -> None:
        written(ledger)
        ours, theirs = backed_up(ledger, folder), workflow.backup(copy, folder, LATER, Keep(1, 0, 0))
        assert not theirs.older.gone
        tomorrow = backed_up(ledger, folder, 1, Keep(2, 0, 0))
        assert tomorrow.older.gone == [theirs.path.name]
        assert ours.path.exists()

    def test_the_last_one_of_each_name_stays(self, ledger: Path, another_name: Path, folder: Path) -> None:
        first, last = backed_up(ledger, folder), backed_up(ledger, folder, 1)
        written(another_name)
        made = backed_up(another_name, folder, 2, Keep(0, 0, 0))
        assert made.older.gone == [first.path.name]
        assert names(folder) == sorted([last.path.name, made.path.name])

    def test_what_a_restore_took_back_stays(self, ledger: Path, folder: Path) -> None:
        early = backed_up(ledger, folder)
        written(ledger)
        late = backed_up(ledger, folder, 1)
        with restore.prepared(early.path, ledger, None) as ready:
            restore.put(ready)
        written(ledger, "c")
        made = backed_up(ledger, folder, 2, Keep(0, 0, 0))
        assert made.older.gone == [early.path.name]
        assert names(folder) == sorted([late.path.name, made.path.name])


@pytest.mark.unmeasured
def test_every_backup_that_is_kept_is_restored(ledger: Path, folder: Path, tmp_path: Path) -> None:
    heads = {}
    for day in (0, 2, 8, 15, 16, 22, 23, 24):
        written(ledger)
        made = backed_up(ledger, folder, day, Keep(2, 3, 2))
        heads[made.path.name] = made.lineage.head
    assert len(names(folder)) == 5
    for name in names(folder):
        back = tmp_path / f"{name}.back.db"
        with restore.prepared(folder / name, back, None) as ready:
            assert restore.put(ready) is None
        assert head(back) == heads[name]


class TestNothingIsLeftBehind:
    """When the disk of the backups is full, at whatever moment: what was there is there, and nothing more."""

    @pytest.fixture(autouse=True)
    def _as_it_was(self, ledger: Path, folder: Path, tmp_path: Path) -> None:
        self.ledger, self.folder = ledger, folder
        self.earlier = backed_up(ledger, folder)
        written(ledger)
        self.before = ledger.read_bytes()
        self.around = names(tmp_path)

    def holds(self) -> bool:
        return (
            names(self.folder) == [self.earlier.path.name]
            and self.earlier.path.read_bytes() != self.before == self.ledger.read_bytes()
            and names(self.ledger.parent) == self.around
        )

    @pytest.mark.unmeasured
    def test_at_a_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = ledger_backup._unsettled
        pages = len(self.before) // 4096 // 2

        def bounded(target: Path) -> sqlite3.Connection:
            connection = real(target)
            connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        monkeypatch.setattr(ledger_backup, "_unsettled", bounded)
        with pytest.raises(sqlite3.OperationalError) as caught:
            backed_up(self.ledger, self.folder, 1, Keep(0, 0, 0))
        assert caught.value.sqlite_errorcode == sqlite3.SQLITE_FULL
        assert self.holds()

    @pytest.mark.unmeasured
    @needs_fork
    @pytest.mark.parametrize(("part", "encrypted"), [(1, False), (5, False), (3, True)])
    def test_at_a_write(self, part: int, encrypted: bool, request: pytest.FixtureRequest) -> None:
        if encrypted:
            keys = request.getfixturevalue("keys")
            self.around = names(self.ledger.parent)
            assert keys.exists()
        said = with_no_file_longer_than(len(self.before) * part // 6, self._back_up)
        assert said.startswith("OperationalError: disk I/O error"), said
        assert self.holds()

    @pytest.mark.unmeasured
    @needs_fork
    def test_at_every_call_that_wants_room(self) -> None:
        calls = in_a_child(self._back_up, 0, full=True).calls
        self._forget_the_newest()
        assert calls >= 4
        for at in range(1, calls + 1):
            ended = in_a_child(self._back_up, at, full=True)
            if ended.said == "done":  # the folder could not be settled: a system need not know how
                assert at == calls
                self._forget_the_newest()
            else:
                assert ended.said.startswith("OSError: [Errno 28]"), ended
            assert self.holds(), at

    @pytest.mark.unmeasured
    @needs_fork
    def test_killed_anywhere_the_next_one_clears_up(self, thorough: bool) -> None:
        some = POINTS if thorough else POINTS // 2
        calls = in_a_child(self._back_up, 0).calls
        self._forget_the_newest()
        assert calls > POINTS
        points = sorted({*range(1, calls, max(1, calls // some)), *range(calls - some, calls + 1)})
        for at in points:
            assert in_a_child(self._back_up, at).calls == 0
            assert self.ledger.read_bytes() == self.before
            for name in names(self.folder):
                if not name.startswith(placing.BEGUN):  # whatever bears the name of a backup is one
                    assert head(self.folder / name)
            backed_up(self.ledger, self.folder, 1)
            self._forget_the_newest()
            assert self.holds(), at

    def test_no_room_is_told_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))
        with refuses("E660") as messages:
            backed_up(self.ledger, self.folder, 1)
        assert "磁盘已满" in messages[0]
        assert self.holds()

    def _back_up(self) -> str:
        backed_up(self.ledger, self.folder, 1)
        return "done"

    def _forget_the_newest(self) -> None:
        for name in names(self.folder):
            if name != self.earlier.path.name:
                (self.folder / name).unlink()


class TestEncrypted:
    def test_it_takes_the_place_of_no_plain_one_and_tells_how_many_there_are(
        self, ledger: Path, folder: Path, keys: Path
    ) -> None:
        hidden = keys.with_suffix(".away")
        public = ledger.with_name(workflow.KEYS)
        public.rename(hidden)
        plain = backed_up(ledger, folder, 0)
        hidden.rename(public)
        first = backed_up(ledger, folder, 1, Keep(0, 0, 0))
        assert (first.older.gone, first.older.plain) == ([], 1)
        second = backed_up(ledger, folder, 2, Keep(0, 0, 0))
        assert (second.older.gone, second.older.plain) == ([first.path.name], 1)
        public.rename(hidden)
        third = backed_up(ledger, folder, 3, Keep(0, 0, 0))
        assert (third.older.gone, third.older.plain) == ([plain.path.name], 0)
        assert names(folder) == sorted([second.path.name, third.path.name])

    def test_either_key_opens_it_and_it_says_nothing_without(
        self, ledger: Path, folder: Path, keys: Path, tmp_path: Path
    ) -> None:
        made = backed_up(ledger, folder)
        assert made.path.suffix == ".age"
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert ("某" * 100).encode() not in made.path.read_bytes()  # three bytes may be there by chance
        assert b"SQLite" not in made.path.read_bytes()
        with restore.prepared(made.path, tmp_path / "回来.db", keys) as ready:
            restore.put(ready)
        assert head(tmp_path / "回来.db") == head(ledger)
        with refuses("E663"), restore.prepared(made.path, tmp_path / "x.db", None):
            pass
        keys.write_text(encryption.new_pair().secret)
        with refuses("E664"), restore.prepared(made.path, tmp_path / "x.db", keys):
            pass

    def test_the_plain_copy_never_lies_where_the_backups_are(
        self, ledger: Path, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = encryption.encrypt
        seen = []

        def looking(plain: Path, target: Path, public: list[str]) -> None:
            real(plain, target, public)
            inside = [path for path in folder.rglob("*") if path.is_file()]
            seen.extend([plain.parent.parent == ledger.parent, any(b"SQLite" in path.read_bytes() for path in inside)])

        monkeypatch.setattr(encryption, "encrypt", looking)
        backed_up(ledger, folder)
        assert seen == [True, False]
        assert keys.exists()

    def test_what_is_read_back_wrong_is_no_backup(
        self, ledger: Path, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = encryption._Through.write

        def forgetful(self: encryption._Through, block: bytes) -> int:
            real(self, bytes(len(block)) if len(block) > 60_000 else block)
            return len(block)

        monkeypatch.setattr(encryption._Through, "write", forgetful)
        with refuses("E660") as messages:
            backed_up(ledger, folder)
        assert "读回来的不一样" in messages[0]
        assert names(folder) == []
        assert keys.exists()

    def test_what_was_not_all_encrypted_is_no_backup(
        self, ledger: Path, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = encryption.library()

        class Short:
            def __getattr__(self, name: str) -> Any:
                return getattr(real, name)

            def encrypt_io(self, source: BinaryIO, target: BinaryIO, recipients: object) -> None:
                real.encrypt_io(io.BytesIO(source.read()[:-1]), target, recipients)

        monkeypatch.setattr(encryption, "library", Short)
        with refuses("E660"):
            backed_up(ledger, folder)
        assert names(folder) == []
        assert keys.exists()

    def test_a_damaged_one_and_a_short_one(self, ledger: Path, folder: Path, keys: Path, tmp_path: Path) -> None:
        content = backed_up(ledger, folder).path.read_bytes()
        for at in (100, 300, len(content) // 2, len(content) - 1):
            damaged = bytearray(content)
            damaged[at] ^= 1
            (tmp_path / "d.age").write_bytes(damaged)
            with pytest.raises(Refused) as caught, restore.prepared(tmp_path / "d.age", tmp_path / "x.db", keys):
                pass
            assert {fault.code for fault in caught.value.faults} <= {"E664", "E668"}
            (tmp_path / "d.age").write_bytes(content[:at])
            with refuses("E668"), restore.prepared(tmp_path / "d.age", tmp_path / "x.db", keys):
                pass
        assert not (tmp_path / "x.db").exists()

    def test_faults_in_the_keys_are_all_told(self, ledger: Path, folder: Path, keys: Path) -> None:
        public = ledger.with_name(workflow.KEYS)
        public.write_text(f"age1x\n\n{encryption.new_pair().secret}\n{encryption.new_pair().public}\n")
        with refuses("E666", "E666") as messages:
            backed_up(ledger, folder)
        assert "第1行" in messages[0]
        assert "第3行" in messages[1]
        assert "SECRET" not in messages[1]
        one = encryption.new_pair().public
        public.write_text(f"{one}\n{one}\n")
        with refuses("E667"):
            backed_up(ledger, folder)
        assert names(folder) == []
        assert keys.exists()

    def test_without_the_library_nothing_is_written_in_plain(
        self, ledger: Path, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyrage", None)
        with refuses("E665"):
            backed_up(ledger, folder)
        assert names(folder) == []
        assert keys.exists()
