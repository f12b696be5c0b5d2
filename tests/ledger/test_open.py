"""Opening and creating a ledger file: what is refused, what is never made, what a killed writer leaves behind."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from anjian_cli.errors import Refused
from anjian_cli.ledger import check, create, schema, versions, write
from anjian_cli.ledger import open as opening
from anjian_cli.messages import Exit
from oracle.figures import dump
from support.desk import refuses
from support.odd_ledgers import KILLED_WRITER
from support.plain_environment import plain_environment

KILLED_CREATION = """
import os, signal, sys
from pathlib import Path
from anjian_cli.ledger import create, placing
{at} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
create.create(Path(sys.argv[1]))
"""

READ_BY_ANOTHER = """
import os, sys
from pathlib import Path
from anjian_cli.errors import Refused
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.catalogue import indicators
os.setgid(65534)
os.setuid(65534)
try:
    with open(sys.argv[1], "rb"):
        print(len(indicators(opening.reading(Path(sys.argv[1])), "2018-10-31")))
except Refused as refusal:
    print(refusal)
"""
"""A user who may read, and write nothing."""


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

    def late(connection: sqlite3.Connection, *, draw_id: bool) -> None:
        fill(connection, draw_id=draw_id)
        path.write_text("又一份")

    monkeypatch.setattr(create, "fill", late)
    with refuses("E616"):
        create.create(path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.db"]
    assert path.read_text() == "又一份"


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: sqlite3.Connection, **__: bool) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(create, "fill", fails)
    with pytest.raises(KeyboardInterrupt):
        create.create(tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []


def test_another_creation_under_way_is_not_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    reached: list[str] = []

    def at_the_same_time(_: sqlite3.Connection) -> None:
        with refuses("E617"):
            create.create(path)
        reached.extend(p.name for p in tmp_path.iterdir())

    create.create(path, at_the_same_time)
    assert reached == ["x.db.partial"]
    assert [p.name for p in tmp_path.iterdir()] == ["x.db"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("at", ["os.close", "placing.settle"])
def test_what_a_killed_creation_left_does_not_hinder_the_next(tmp_path: Path, at: str) -> None:
    path = tmp_path / "x.db"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_CREATION.format(at=at), os.fspath(path)], check=False, env=plain_environment()
    )
    assert killed.returncode == -signal.SIGKILL
    assert [p.name for p in tmp_path.iterdir()] == ["x.db.partial"]
    create.create(path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.db"]


def test_where_a_file_can_have_but_one_name_a_ledger_is_made_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_second_names(*_: object) -> None:
        raise OSError(errno.EPERM, "x")

    monkeypatch.setattr(os, "link", no_second_names)
    create.create(tmp_path / "x.db")
    opening.reading(tmp_path / "x.db").close()
    (tmp_path / "y.db").write_text("又一份")
    with pytest.raises(FileExistsError):
        create._name(tmp_path / "x.db", tmp_path / "y.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.db", "y.db"]


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
        monkeypatch.setattr(opening, "READER_WAITS", 0.01)
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


FOREIGN = {
    "触发器": "CREATE TRIGGER {} AFTER INSERT ON rectification BEGIN"
    " UPDATE rectification SET rectified_on = '2018-10-15' WHERE id = new.id; END",
    "视图": "CREATE VIEW {} AS SELECT 1",
    "表": "CREATE TABLE {} (x)",
    "索引": "CREATE INDEX {} ON training (title)",
}
NAMES = ["x_sqlite_migrations_x", "sqlite", '"x; DROP TABLE training"', "_sqlite_migrations_", "训练"]


@pytest.mark.unmeasured
@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_not_ours_is_refused_by_name_for_reading_and_writing(ledger_file: Path, kind: str) -> None:
    whole = ledger_file.read_bytes()
    for name in NAMES:
        ledger_file.write_bytes(whole)
        with closing(sqlite3.connect(ledger_file)) as connection:
            connection.execute(FOREIGN[kind].format(name))
            connection.commit()
        altered = ledger_file.read_bytes()
        for opened in (opening.reading, opening.writing):
            with pytest.raises(Refused) as caught:
                opened(ledger_file)
            (fault,) = caught.value.faults
            plain = name.strip('"')
            assert (fault.code, fault.reason) == ("E703", f"台账里的{kind}“{plain}”不是本程序的")
        assert ledger_file.read_bytes() == altered
        with closing(opening.reading(ledger_file, as_found=True)) as connection:
            assert [str(found) for found in check.check(connection)] == [str(fault)]


def test_all_that_is_not_as_it_was_made_is_told_at_once(ledger_file: Path) -> None:
    with closing(sqlite3.connect(ledger_file)) as connection:
        connection.executescript(
            "DROP VIEW not_counted; DROP TRIGGER operation_kept; CREATE TABLE x (y);"
            " UPDATE shipped_indicator SET title = '某' WHERE id = 'hazard.open'; DROP INDEX hazard_town;"
            " CREATE INDEX hazard_town ON hazard (found_on); ANALYZE;"
        )
    with pytest.raises(Refused) as caught:
        opening.reading(ledger_file)
    assert [fault.reason for fault in caught.value.faults] == [
        "台账里的索引“hazard_town”与本程序的不同",
        "台账里的视图“not_counted”不见了",
        "台账里的触发器“operation_kept”不见了",
        "台账里的内容表“shipped_indicator”与本程序的不同",
        "台账里的表“x”不是本程序的",
    ]


def test_what_analyze_and_sqlite_utils_keep_is_not_foreign(ledger_file: Path) -> None:
    with closing(sqlite3.connect(ledger_file)) as connection:
        connection.execute("ANALYZE")
    opening.writing(ledger_file).close()
    with closing(opening.reading(ledger_file)) as connection:
        assert check.check(connection) == []


@pytest.mark.parametrize("at", [14, 400])  # in the name that SQLite tells of, and in a text that is only read
def test_a_schema_that_is_no_text_any_more_is_damage(ledger_file: Path, at: int) -> None:
    content = bytearray(ledger_file.read_bytes())
    content[content.index(b"CREATE VIEW due_item") + at] = 0x94
    ledger_file.write_bytes(content)
    for opens in (opening.reading, opening.writing):
        with refuses("E615"):
            opens(ledger_file)


@pytest.mark.parametrize("told", [0, -1])
def test_a_version_that_never_was_is_foreign(ledger_file: Path, told: int) -> None:
    with closing(sqlite3.connect(ledger_file)) as connection:
        connection.execute(f"PRAGMA user_version = {told}")
    with refuses("E613"):
        opening.reading(ledger_file)


def test_a_ledger_that_only_says_that_it_is_an_older_one_is_refused(ledger_file: Path) -> None:
    """The version does not vouch for the schema: each version has its own."""
    with closing(sqlite3.connect(ledger_file)) as connection:
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(Refused) as caught:
        opening.reading(ledger_file, older=True)
    assert {fault.code for fault in caught.value.faults} == {"E703"}


def test_the_schema_stands_as_it_was_pinned() -> None:
    """Whoever changes data/schema.sql raises VERSION, once for each landing, and keeps the version before:
    docs/adding-a-record.md says how. Then the new digest is written here."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.text())
        assert versions.digest(connection) == versions.DIGESTS[schema.VERSION]
        assert opening.version(connection) == schema.VERSION
    assert sorted(versions.DIGESTS) == list(range(1, schema.VERSION + 1))


def test_every_ledger_has_an_id_of_its_own_for_ever(tmp_path: Path) -> None:
    ids = set()
    for name in ("甲.db", "乙.db"):
        create.create(tmp_path / name)
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            ids.add(connection.execute("SELECT ledger_id FROM ledger").fetchone()[0])
            for statement in ("UPDATE ledger SET ledger_id = 'x'", "DELETE FROM ledger"):
                with pytest.raises(sqlite3.IntegrityError):
                    connection.execute(statement)
    assert len(ids) == 2
    assert {len(each) for each in ids} == {32}


def test_sqlite_utils_shows_its_users_what_is_in_it(ledger_file: Path) -> None:
    with closing(sqlite3.connect(ledger_file)) as connection:
        database = Database(connection)
        titles = {
            row["column_name"]: row["title"] for row in database["column_title"].rows_where("table_name = 'hazard'")
        }
        assert titles["found_on"] == "发现日期"
        assert "hazard_listing" in database.view_names()
        assert list(database["hazard_listing"].rows) == []
        assert "deadline_on" in database["hazard"].columns_dict


@pytest.mark.parametrize("kept", [0.2, 0.9])
def test_a_ledger_of_which_a_part_is_missing_is_told_from_a_foreign_file(ledger_file: Path, kept: float) -> None:
    whole = ledger_file.read_bytes()
    ledger_file.write_bytes(whole[: int(len(whole) * kept)])
    with refuses("E615") as said:
        opening.reading(ledger_file)
    assert f"应有{len(whole):,}字节" in said[0]


def test_a_ledger_that_another_program_put_into_another_mode_is_one_file_again(ledger_file: Path) -> None:
    with closing(sqlite3.connect(ledger_file)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT count(*) FROM setting").fetchone()
        opening.writing(ledger_file).close()  # the other one has it open
        assert other.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with write.operation(ledger_file, "test", at="2018-11-05T01:00:00Z", actor="甲", today="2018-11-05") as gate:
        gate.insert("setting", number="x", name="clerk", value="甲", from_on="2018-01-01")
        assert gate.connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert [p.name for p in ledger_file.parent.iterdir()] == [ledger_file.name]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize(("left", "told"), [("nothing", ""), ("journal", "E633"), ("wal", "E634")])
def test_where_nothing_may_be_written_what_is_missing_is_told_rightly(ledger_file: Path, left: str, told: str) -> None:
    if left == "journal":
        subprocess.run([sys.executable, "-c", KILLED_WRITER, os.fspath(ledger_file)], check=False)
        Path(f"{ledger_file}-journal").chmod(0o644)
    elif left == "wal":
        with closing(sqlite3.connect(ledger_file)) as other:
            other.execute("PRAGMA journal_mode = WAL")
    ledger_file.chmod(0o644)
    ledger_file.parent.chmod(0o755)
    before = {path.name: path.read_bytes() for path in ledger_file.parent.iterdir()}
    shown = Path(tempfile.mkdtemp())  # the folders above that of a test are its owner's only
    try:
        shown.chmod(0o755)
        for name, content in before.items():
            (shown / name).write_bytes(content)
            (shown / name).chmod(0o644)
        read = subprocess.run(
            [sys.executable, "-c", READ_BY_ANOTHER, os.fspath(shown / ledger_file.name)],
            check=True,
            capture_output=True,
            text=True,
            env=plain_environment(),
        )
        assert {path.name: path.read_bytes() for path in shown.iterdir()} == before
    finally:
        shutil.rmtree(shown)
    assert told in read.stdout
    assert ("没有坏" in read.stdout) is bool(told)
    assert read.stdout.strip().isdigit() is not bool(told)


@pytest.mark.parametrize("held", [False, True])
def test_a_reader_holds_the_moment_it_was_opened_at_only_if_asked(ledger_file: Path, held: bool) -> None:
    with closing(opening.reading(ledger_file, held=held)) as reader, closing(sqlite3.connect(ledger_file)) as writer:
        assert reader.in_transaction is held
        writer.execute("PRAGMA busy_timeout = 0")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(f"PRAGMA user_version = {schema.VERSION}")
        if not held:
            writer.execute("COMMIT")
            return
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            writer.execute("COMMIT")
        writer.execute("ROLLBACK")
