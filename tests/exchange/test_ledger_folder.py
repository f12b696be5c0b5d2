"""The whole ledger out to plain files and back: the same ledger, or nothing, with the place of every fault."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from anjian_cli.bulletin.period import ended
from anjian_cli.errors import Fault, Refused
from anjian_cli.exchange import ledger_folder, sealed
from anjian_cli.ledger import check, roots, whole
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.upgrade import Entry
from anjian_cli.workflow import upgrade
from oracle.figures import new_ledger
from oracle.histories import BEGINS, History
from support import kept_ledgers, out_and_back
from support.desk import Desk
from support.sweeps import sweep
from test_issued_month import OCTOBER, go_on, lock

EMPTY = {
    *("sent_package", "reporting_ledger", "received_package", "delivered_unit", "delivered_sum", "delivered_opening"),
    *("month_recount", "month_text", "term", "scheme", "scheme_category", "scheme_indicator", "scheme_group"),
    *("scheme_part", "work_item", "monthly_figure", "mark", "veto_lifting", "hazard_charge"),
    *("grid", "risk_grade", "programme_plan", "diagnosis", "campaign_phase", "campaign_scope", "catch_up"),
    *("catch_up_figure", "department_sector", "training_officer"),
}
"""Tables of which the kept ledgers have no row: one is full where a rule has changed since, the other is among the
strange rows."""

pytestmark = pytest.mark.unmeasured  # long histories; the parts have tests of their own


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[History, Path]]:
    """A random history with a month that was issued, late steps and strange texts; and a folder for it."""
    history = History(1000, BEGINS)
    while history.today < "2018-11-02":
        history.step()
    lock(history)
    go_on(history, 30)
    out_and_back.strange_rows(history.ledger, history.today)
    yield history, tmp_path_factory.mktemp("整本")
    history.close()


@pytest.fixture(scope="module")
def again(made: tuple[History, Path]) -> Iterator[sqlite3.Connection]:
    """The ledger that was made anew of it."""
    with closing(out_and_back.round_trip(made[0].ledger, made[1])) as connection:
        yield connection


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small county, written to a folder that is only to be read."""
    folder = tmp_path_factory.mktemp("小") / "出"
    with closing(new_ledger()) as ledger:
        desk = Desk(ledger)
        desk.towns()
        for _ in range(6):
            desk.hazard(desk.enterprise())
        for day in range(1, 29):
            desk.training(held_on=f"2018-09-{day:02d}")
        ledger_folder.write(lambda: nullcontext(ledger), folder, "0")
    return folder


@pytest.fixture
def county(small: Path, tmp_path: Path) -> Path:
    """The small county's folder, to be altered."""
    return Path(shutil.copytree(small, tmp_path / "出"))


def refused(folder: Path) -> list[str]:
    """The faults for which a folder is not taken in, each as its place and code; nothing stays behind."""
    path = folder.parent / "回.db"
    with pytest.raises(Refused) as refusal:
        ledger_folder.take_in(folder, path)
    assert [left.name for left in folder.parent.iterdir() if left != folder] == []
    return [f"{fault.place}{fault.code}" for fault in refusal.value.faults]


def test_it_is_the_same_ledger_and_gives_the_same_files(made: tuple[History, Path], again: sqlite3.Connection) -> None:
    history, folder = made
    assert out_and_back.differences(history.ledger, again, folder) == []
    assert check.check(again) == []
    assert whole.identity(again) == whole.identity(history.ledger)


def test_it_says_what_it_said(made: tuple[History, Path], again: sqlite3.Connection) -> None:
    history, _ = made
    months = out_and_back.every_month(ended(2018, 1), history.today)
    assert len(months) > 9
    assert out_and_back.bulletins(again, months) == out_and_back.bulletins(history.ledger, months)
    cells = random.Random(1).sample(out_and_back.cells(again, OCTOBER), 20)
    assert out_and_back.explained(again, cells) == out_and_back.explained(history.ledger, cells)


def test_undo_does_there_what_it_does_here(made: tuple[History, Path], again: sqlite3.Connection) -> None:
    history, _ = made
    operations = [row[0] for row in history.ledger.execute("SELECT id FROM operation ORDER BY id")]
    tried = random.Random(1).sample(operations, 10) + operations[-2:]
    wanted = [out_and_back.undone(history.ledger, each, history.today) for each in tried]
    assert [out_and_back.undone(again, each, history.today) for each in tried] == wanted
    assert any(isinstance(one, tuple) for one in wanted)


@sweep("version", kept_ledgers.VERSIONS, keep=3)
def test_a_ledger_of_an_older_version_goes_out_and_back_once_it_is_upgraded(version: int, tmp_path: Path) -> None:
    path = kept_ledgers.ledger(version, tmp_path / "旧.db")
    upgrade.upgrade(path, Entry("2019-03-01T01:00:00Z", "甲", "2019-03-01"))
    with (
        closing(opening.reading(path)) as connection,
        closing(out_and_back.round_trip(connection, tmp_path)) as again,
    ):
        assert out_and_back.differences(connection, again, tmp_path) == []
        assert _without_rows(tmp_path / "出") <= EMPTY
        months = [OCTOBER, ended(2018, 11)]
        assert out_and_back.bulletins(again, months) == out_and_back.bulletins(connection, months)


def _without_rows(folder: Path) -> set[str]:
    """The tables of which a folder has no row."""
    return {path.stem for path in folder.glob("*.csv") if len(path.read_bytes().splitlines()) < 2}


def test_an_empty_ledger_goes_out_and_back(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(out_and_back.round_trip(ledger, tmp_path)) as again:
        assert out_and_back.differences(ledger, again, tmp_path) == []


@pytest.mark.altered
def test_what_breaks_a_rule_of_now_comes_back_and_is_told(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stricter = Fault("E411", {}, table="town")
    monkeypatch.setattr(roots, "faults", lambda rows: [stricter] if "town" in rows else [])
    taken = ledger_folder.take_in(county, tmp_path / "回.db")
    assert list(taken.by_rule) == [stricter] * 2
    assert (tmp_path / "回.db").exists()


def test_files_are_for_their_owner_alone(county: Path) -> None:
    assert county.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in county.iterdir()} == {0o600}


# --- one thing that is not as it was


def lines(folder: Path, name: str) -> list[bytes]:
    return (folder / name).read_bytes().splitlines(keepends=True)


def rewrite(folder: Path, name: str, change: Callable[[list[bytes]], None]) -> None:
    told = lines(folder, name)
    change(told)
    (folder / name).write_bytes(b"".join(told))


def test_a_cell_that_was_altered_is_told_with_its_line(county: Path) -> None:
    out_and_back.altered(county, "town.csv", "芝英镇,", "芝英街,")
    row = next(at for at, line in enumerate(lines(county, "town.csv"), 1) if "芝英街".encode() in line)
    assert refused(county) == [f"《town.csv》第{row}行E685"]


def test_all_that_was_altered_is_told_at_once(county: Path) -> None:
    def both(told: list[bytes]) -> None:
        told[2] = told[2].replace(b"330784", b"330785")
        told[5] = told[5].replace(b"330784", b"330785")

    rewrite(county, "enterprise.csv", both)
    rewrite(county, "operations.jsonl", lambda told: told.__setitem__(3, told[3].replace(b'"id":2', b'"id":3')))
    (county / "hazard.csv").unlink()
    (county / "多.txt").write_text("x")
    assert refused(county) == [
        "《hazard.csv》E682",
        "《多.txt》E683",
        "《enterprise.csv》第3行E685",
        "《enterprise.csv》第6行E685",
        "《operations.jsonl》第4行E685",
    ]


def swapped(told: list[bytes]) -> None:
    told[3], told[4] = told[4], told[3]


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        pytest.param(lambda told: told.pop(3), ["第4行E685", "E686"], id="one is gone"),
        pytest.param(lambda told: told.pop(), ["E686"], id="the last is gone"),
        pytest.param(lambda told: told.insert(3, told[3]), ["第5行E685", "E686"], id="one stands twice"),
        pytest.param(lambda told: told.append(told[-1]), ["第{after}行E685", "E686"], id="the last stands twice"),
        pytest.param(swapped, ["第4行E685", "第5行E685", "第6行E685"], id="two changed places"),
        pytest.param(lambda told: told.clear(), ["E686"], id="nothing is left"),
    ],
)
@pytest.mark.parametrize("name", ["training.csv", "operations.jsonl"])
def test_lines_that_are_gone_or_moved_are_told(
    county: Path, name: str, change: Callable[[list[bytes]], object], rows: list[str]
) -> None:
    after = len(lines(county, name)) + 1
    rewrite(county, name, change)  # type: ignore[arg-type]
    assert refused(county) == [f"《{name}》{row.format(after=after)}" for row in rows]


@pytest.mark.parametrize("name", ["README.txt", "schema.sql"])
def test_an_altered_text_is_told(county: Path, name: str) -> None:
    with (county / name).open("ab") as file:
        file.write(b" ")
    assert refused(county) == [f"《{name}》E684"]


def test_other_bytes_of_the_same_lines_are_told(county: Path) -> None:
    path = county / "town.csv"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    assert refused(county) == ["《town.csv》E684"]


def test_an_altered_heading_is_told(county: Path) -> None:
    out_and_back.altered(county, "town.csv", "short_name", "short")
    assert refused(county) == ["《town.csv》第1行E692"]


def test_many_altered_lines_are_counted(county: Path) -> None:
    rewrite(county, "training.csv", lambda told: told.__setitem__(slice(1, 28), [b"x" + line for line in told[1:28]]))
    found = refused(county)
    assert len(found) == ledger_folder.LISTED + 1
    assert found[-1] == "《training.csv》E688"


@pytest.mark.parametrize("byte", [b"\xff", b"\x00", b'"', b"\r"])
def test_bytes_that_are_no_text_of_ours_are_told(county: Path, byte: bytes) -> None:
    for name in ("town.csv", "operations.jsonl"):
        rewrite(county, name, lambda told: told.__setitem__(2, told[2][:4] + byte + told[2][4:]))
    found = refused(county)
    assert "《town.csv》第3行E685" in found
    assert "《operations.jsonl》第3行E685" in found


def test_what_is_no_file_is_told_and_not_waited_for(county: Path) -> None:
    for name in ("town.csv", "operations.jsonl", "README.txt"):
        (county / name).unlink()
        os.mkfifo(county / name)
    assert refused(county) == ["《README.txt》E682", "《operations.jsonl》E682", "《town.csv》E682"]
    (county / "manifest.json").unlink()
    os.mkfifo(county / "manifest.json")
    assert refused(county) == ["E680"]


@sweep("seed", range(6), keep=2)
def test_whatever_byte_is_another_it_does_not_come_back(seed: int, ledger: sqlite3.Connection, tmp_path: Path) -> None:
    out_and_back.strange_rows(ledger, "2019-02-01")
    out_and_back.flip_a_byte(ledger, tmp_path / "甲", random.Random(seed))


# --- a manifest that is not as it was


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "别的"}', '{"format": "anjian-ledger"}', "\x00", "[" * 100_000]
)
def test_what_is_no_manifest_is_told(county: Path, text: str) -> None:
    (county / "manifest.json").write_text(text, encoding="utf-8")
    assert refused(county) == ["E680"]


def test_an_altered_manifest_is_told(county: Path) -> None:
    path = county / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format_version": 1', '"format_version": 2'))
    assert refused(county) == ["E680"]


def test_no_folder_and_an_empty_one_are_told(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert refused(tmp_path / "空") == ["E680"]
    (tmp_path / "空").rmdir()
    assert refused(tmp_path / "没有") == ["E680"]


@pytest.mark.parametrize("changed", [{"schema_version": 3}, {"schema_version": 99}, {"format_version": 2}])
def test_another_version_is_told_with_the_program_that_reads_it(county: Path, changed: dict[str, int]) -> None:
    out_and_back.manifest(county, **changed)
    assert refused(county) == ["E681"]


# --- somebody who seals what he altered


def forged(folder: Path, table: str, change: Callable[[list[sealed.Cell]], None], row: int = 1) -> None:
    """Alter a row of a table, and make the file and the manifest agree with it."""
    path, told = folder / f"{table}.csv", json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    heading, *others = [line.said for line in sealed.Reading(path).table()]
    rows = [[_cell(cell) for cell in said] for said in others]  # type: ignore[union-attr]
    change(rows[row - 1])
    path.unlink()
    made = sealed.write_table(path, heading, rows)  # type: ignore[arg-type]
    told["parts"][path.name] = {"lines": made.lines, "last_line_hash": made.last, "sha256": made.sha256}
    out_and_back.manifest(folder, parts=told["parts"])


def _cell(cell: str) -> sealed.Cell:
    return sealed.value(cell, "INTEGER" if cell.startswith("-") else "TEXT")


@pytest.mark.parametrize(
    ("table", "change", "code"),
    [
        pytest.param("training", lambda row: row.__setitem__(5, "别的课"), "E706", id="what a record says"),
        pytest.param("measure_day", lambda row: row.__setitem__(3, 99), "E704", id="a sum"),
        pytest.param("measure_month", lambda row: row.__setitem__(3, 99), "E704", id="a sum of a month"),
        pytest.param("residence", lambda row: row.__setitem__(1, 99_999), "E702", id="what it refers to"),
        pytest.param("town", lambda row: row.__setitem__(4, "州"), "《town.csv》第2行E687", id="a term"),
        pytest.param("town", lambda row: row.__setitem__(0, 2), "《town.csv》第3行E687", id="a number twice"),
        pytest.param("town", lambda row: row.__setitem__(0, "甲"), "《town.csv》第2行E692", id="no number"),
        pytest.param("town", lambda row: row.__setitem__(0, "01"), "《town.csv》第2行E692", id="a number with a zero"),
        pytest.param("town", lambda row: row.__setitem__(0, str(2**63)), "《town.csv》第2行E692", id="too great"),
        pytest.param("town", lambda row: row.pop(), "《town.csv》第2行E692", id="a cell too few"),
    ],
)
def test_what_was_altered_and_sealed_again_does_not_hold(
    county: Path, table: str, change: Callable[[list[sealed.Cell]], None], code: str
) -> None:
    forged(county, table, change)
    assert code in refused(county)


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        pytest.param('"actor":"经办人甲"', '"actor":"他人"', "E705", id="who did it"),
        pytest.param('"before":null', '"before":[]', "E706", id="what it did"),
        pytest.param('"first_id":1,"last_id":1', '"first_id":1,"last_id":2', "E706", id="to which rows"),
        pytest.param('"table":"change"', '"table":"operation"', "E692", id="of which table"),
        pytest.param('"seq":0', '"seq":"0"', "E692", id="text for a number"),
        pytest.param('"seq":0', '"seq":true', "E692", id="a yes for a number"),
        pytest.param('"seq":0', '"seq":99999999999999999999', "E692", id="too great"),
        pytest.param('"before":null', '"before":3', "E692", id="no rows"),
    ],
)
def test_a_log_that_was_altered_and_sealed_again_does_not_hold(county: Path, was: str, now: str, code: str) -> None:
    path, told = county / "operations.jsonl", json.loads((county / "manifest.json").read_text(encoding="utf-8"))
    said = [json.dumps(line.said, ensure_ascii=False, separators=(",", ":")) for line in sealed.Reading(path).log()]
    at = next(at for at, line in enumerate(said) if was in line)
    said[at] = said[at].replace(was, now)
    path.unlink()
    made = sealed.write_log(path, map(json.loads, said))
    told["parts"][path.name] = {"lines": made.lines, "last_line_hash": made.last, "sha256": made.sha256}
    out_and_back.manifest(county, parts=told["parts"])
    assert any(fault.endswith(code) for fault in refused(county))


def test_a_head_or_ids_that_are_not_the_ledgers_are_told(county: Path) -> None:
    told = json.loads((county / "manifest.json").read_text(encoding="utf-8"))
    out_and_back.manifest(county, head_hash="0" * 64)
    assert refused(county) == ["E689"]
    out_and_back.manifest(county, head_hash=told["head_hash"], last_ids={**told["last_ids"], "town": 1})
    assert refused(county) == ["E691"]
    out_and_back.manifest(county, last_ids="x")
    assert refused(county) == ["E680"]


@pytest.mark.parametrize(
    ("name", "said", "codes"),
    [
        ("README.txt", None, {"E680"}),
        ("town.csv", None, {"E682", "E683"}),
        ("town.csv", {"lines": "3"}, {"E680"}),
        ("town.csv", {"sha256": None}, {"E680"}),
        ("town.csv", {"made_up": 1}, {"E680"}),
    ],
)
def test_a_manifest_that_says_other_things_of_a_file_is_told(
    county: Path, name: str, said: dict[str, object] | None, codes: set[str]
) -> None:
    parts = json.loads((county / "manifest.json").read_text(encoding="utf-8"))["parts"]
    if said is None:
        del parts[name]
    else:
        parts[name] |= said
    out_and_back.manifest(county, parts=parts)
    assert {fault[-4:] for fault in refused(county)} == codes


def test_a_file_or_folder_that_is_there_is_left_as_it_is(county: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as nothing, pytest.raises(FileExistsError):
        ledger_folder.write(lambda: nullcontext(nothing), county, "0")
    there = county.parent / "回.db"
    there.write_bytes(b"x")
    with pytest.raises(Refused, match="E616"):
        ledger_folder.take_in(county, there)
    assert there.read_bytes() == b"x"


def test_a_folder_that_cannot_be_finished_leaves_nothing(
    ledger: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed, "write_log", full)
    with pytest.raises(OSError, match="No space"):
        ledger_folder.write(lambda: nullcontext(ledger), tmp_path / "出", "0")
    assert list(tmp_path.iterdir()) == []
