"""The workbook of a whole ledger (`export -o`) goes into a new ledger: every record under its own number, in the state
it was last known in. What went before is not in a workbook, and what comes out otherwise for that is said."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from anjian_cli import cli
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.errors import Fault
from anjian_cli.ledger import listing
from anjian_cli.ledger import open as opening
from anjian_cli.records import definition
from commands.conftest import Run
from support import kept_ledgers
from support.sweeps import sweep

Listed = dict[str, dict[str, dict[str, Any]]]
OWN = {"id", "number"}
NOT_TOLD = {("hazard", "deadline_in_force"), ("hazard", "stage")}
"""What a workbook shows of a hazard that was sent back, and cannot bring about again: on which day."""


SINCE = {"term": 5, **dict.fromkeys(("work_item", "monthly_figure", "mark", "veto_lifting"), 6)}
SINCE |= dict.fromkeys(("grid", "risk_grade", "programme_plan", "diagnosis"), 7)
SINCE |= {**dict.fromkeys(("campaign_phase", "campaign_scope", "catch_up"), 7), "reporting_ledger": 8}
"""The versions that brought a type of record: in a ledger of one before there are none."""
SCHEMED = (6, 7)
"""The kept ledgers of these versions have marks by a scheme of their own, which goes by a file of its own."""


def listed(path: str) -> Listed:
    """All records that are not voided, by type and number; settings, whose numbers are others, by name and day."""
    with closing(opening.reading(Path(path))) as connection:
        found: Listed = {}
        for record in definition.all_records():
            rows = listing.rows(connection, record.name, listing.Wanted())
            found[record.name] = {
                f"{row['name']} {row['from_on']}" if record.name == "setting" else row["number"]: {
                    name: value for name, value in row.items() if name not in OWN
                }
                for row in rows
            }
    return found


def otherwise(before: Listed, after: Listed) -> dict[tuple[str, str], set[str]]:
    """Which fields of which records came out otherwise: by type and field, the numbers."""
    found: dict[tuple[str, str], set[str]] = {}
    for record, rows in before.items():
        assert after[record].keys() == rows.keys(), record
        for number, row in rows.items():
            for name, value in row.items():
                if after[record][number][name] != value:
                    found.setdefault((record, name), set()).add(number)
    return found


@pytest.fixture(scope="module")
def made(demonstration_made: tuple[Path, list[Fault]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the demonstration (a.db), its workbook, and the new ledger that it went into (b.db), only to be
    read; and what the import said."""
    folder = tmp_path_factory.mktemp("搬家")
    shutil.copy(demonstration_made[0], folder / "a.db")
    said = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.chdir(folder)
        for line in (
            ("--db", "a.db", "export", "-o", "全部.xlsx", "--with-phones"),
            ("--db", "b.db", "init", "永康市"),
            ("--db", "b.db", "import", "全部.xlsx"),
        ):
            with redirect_stdout(StringIO()) as out:
                assert cli.main(["--today", "2018-11-02", *line]) == 0
            said = out.getvalue()
    return folder, said


@pytest.fixture
def moved(made: tuple[Path, str], office: Run) -> tuple[Run, str]:
    """The same in the current folder, to be gone on with."""
    for name in ("全部.xlsx", "b.db"):
        shutil.copy(made[0] / name, name)
    return office, made[1]


@pytest.mark.thorough
@pytest.mark.unmeasured
def test_every_record_comes_in_under_its_number_as_it_was_last_known(moved: tuple[Run, str]) -> None:
    run, said = moved
    found = otherwise(listed("a.db"), listed("b.db"))
    assert found.keys() == NOT_TOLD
    for numbers in found.values():
        assert len(numbers) < 10
    told = [line for line in said.splitlines() if "N380" in line]
    alike = sum(int(number) for line in told for number in re.findall("另有([0-9]+)行同此", line))
    assert len(told) + alike == sum(map(len, found.values()))
    assert "台账完好" in run("--db", "b.db", "check")


@pytest.mark.thorough
@pytest.mark.unmeasured
def test_the_next_number_is_a_new_one(moved: tuple[Run, str]) -> None:
    run, _ = moved
    with closing(opening.reading(Path("b.db"))) as connection:
        begins = "330784115-2018-"
        query = "SELECT max(number) FROM training WHERE number LIKE ?"
        (last,) = connection.execute(query, (f"{begins}%",)).fetchone()
    line = ("--镇街", "芝英", "--类别", "网格员", "--日期", "10-30", "--培训名称", "补课", "--参训", "3", "--合格", "3")
    said = run("--db", "b.db", "training", "add", *line)
    assert f"{begins}{int(last.removeprefix(begins)) + 1:04d}" in said


@pytest.mark.thorough
@pytest.mark.unmeasured
@pytest.mark.usefixtures("moved")
def test_figures_are_the_same_but_for_what_went_before() -> None:
    sent_back = 3  # hazards of the demonstration that were accepted and sent back
    moved_from = {"330784115", "330784901"}  # one of its firms moved from one town to the other
    with closing(opening.reading(Path("a.db"))) as one, closing(opening.reading(Path("b.db"))) as other:
        for month in (6, 10):
            before, after = (compile_bulletin(each, ended(2018, month)) for each in (one, other))
            for mine, theirs in zip(before.categories, after.categories, strict=True):
                for table, again in zip(mine.indicators, theirs.indicators, strict=True):
                    less = {
                        cell.town: (cell.done or 0) - (same.done or 0)
                        for cell, same in zip(table.cells, again.cells, strict=True)
                        if (cell.done, cell.target) != (same.done, same.target)
                    }
                    if table.id.startswith("hazard."):
                        assert sum(map(abs, less.values())) <= sent_back, table.id
                    else:
                        assert less.keys() <= moved_from, table.id
                        assert sum(less.values()) == 0, table.id


@pytest.mark.thorough
@pytest.mark.unmeasured
def test_taken_back_it_goes_in_again(moved: tuple[Run, str]) -> None:
    run, _ = moved
    before = listed("b.db")
    run("--db", "b.db", "undo")
    run("--db", "b.db", "import", "全部.xlsx")
    assert listed("b.db") == before


@pytest.mark.unmeasured
def test_a_ledger_with_records_takes_no_number_that_it_does_not_know(new_county: Run) -> None:
    new_county("enterprise", "add", "永康市甲厂", "--镇街", "芝英", "--无代码原因", "在办")
    new_county("export", "-o", "全部.xlsx")
    new_county("--db", "c.db", "init", "永康市", "--镇街表", "towns.csv")
    new_county("--db", "c.db", "enterprise", "add", "永康市乙厂", "--镇街", "江南", "--无代码原因", "在办")
    assert "E235" in new_county("--db", "c.db", "import", "全部.xlsx", code=1)


def test_a_number_of_another_shape_is_none(new_county: Run) -> None:
    Path("甲.csv").write_text("编号,镇街,企业名称,无代码原因\n甲-1,芝英镇,永康市甲厂,在办\n", encoding="utf-8")
    assert "E235" in new_county("enterprise", "import", "甲.csv", code=1)


@pytest.mark.unmeasured
@sweep("version", [version for version in kept_ledgers.VERSIONS if version not in SCHEMED], keep=2)
def test_every_type_of_record_goes_in(office: Run, version: int) -> None:
    kept_ledgers.ledger(version, Path("旧.db"))
    day = "2019-03-01"
    office("--db", "旧.db", "upgrade", today=day)
    office("--db", "旧.db", "export", "-o", "旧.xlsx", "--with-phones", today=day)
    office("--db", "新.db", "init", "永康市", today=day)
    office("--db", "新.db", "import", "旧.xlsx", today=day)
    before, after = listed("旧.db"), listed("新.db")
    assert {record for record, rows in before.items() if not rows} == {
        of for of, first in SINCE.items() if version < first
    }
    confirmed = {("filing", name) for name in ("confirmed_on", "confirmed_by", "confirmed_how")}
    # Whose a case is, which nobody had said, is found as it comes in.
    found = {("enforcement_case", name) for name in ("party_kind", "firm")}
    assert otherwise(before, after).keys() <= NOT_TOLD | confirmed | found
    assert any(row["written_down"] for row in before["opening_figure"].values())


@pytest.mark.unmeasured
def test_words_of_lists_come_before_what_uses_them_those_withdrawn_as_well(new_county: Run) -> None:
    new_county("term", "add", "应急消防", "--用语表", "培训对象", "--停用", "2018-10-20")
    new_county("term", "add", "储能", "--用语表", "风险类别")
    new_county("enterprise", "add", "永康市甲厂", "--镇街", "芝英", "--无代码原因", "在办", "--风险类别", "储能")
    new_county("term", "edit", "2", "--停用", "2018-10-20")
    held = ("--镇街", "芝英", "--培训日期", "2018-10-19", "--培训类别", "应急消防", "--参训人次", "9")
    new_county("training", "add", "消防培训", *held)
    new_county("export", "-o", "全部.xlsx")
    new_county("--db", "b.db", "init", "永康市")
    new_county("--db", "b.db", "import", "全部.xlsx")
    with closing(sqlite3.connect("b.db")) as connection:
        assert connection.execute("SELECT kind FROM training").fetchall() == [("应急消防",)]
        assert connection.execute("SELECT kind FROM enterprise_risk").fetchall() == [("储能",)]
        assert connection.execute("SELECT word, until_on FROM term ORDER BY id").fetchall() == [
            ("应急消防", "2018-10-20"),
            ("储能", "2018-10-20"),
        ]


@pytest.mark.unmeasured
def test_a_setting_of_a_town_waits_for_the_towns(new_county: Run) -> None:
    new_county("settings", "add", "--名称", "group.芝英", "--值", "山区")
    new_county("export", "-o", "全部.xlsx")
    new_county("--db", "b.db", "init", "永康市")
    new_county("--db", "b.db", "import", "全部.xlsx")
    with closing(sqlite3.connect("b.db")) as connection:
        found = connection.execute("SELECT value FROM setting WHERE name = 'group.330784115'").fetchall()
    assert found == [("山区",)]
