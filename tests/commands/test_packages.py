"""`anjian package` and `anjian scheme adopt --for 上级`: what a county makes for the unit above, as it is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.exchange import package

Run = Callable[..., str]
TRAININGS = (
    "镇街,培训日期,培训类别,培训名称,参训人次,合格人次\n"
    "芝英镇,2018-05-10,网格员,网格员培训,30,28\n"
    "江南街道,2018-09-20,主要负责人,负责人培训,12,12\n"
)


@pytest.fixture
def county(new_county: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A county with two trainings and a key."""
    monkeypatch.setenv("ANJIAN_KEY", str(tmp_path / "密钥.key"))
    Path("培训.csv").write_text(TRAININGS, encoding="utf-8")
    new_county("导入", "培训.csv")
    new_county("封存", "--新密钥", "--恢复单", "恢复单.txt")
    return new_county


def read(name: str) -> package.Package:
    return package.read(package.opened(Path(name)))


def test_the_same_content_has_the_same_number(county: Run) -> None:
    assert "第1次报送）" in county("报送包", "生成", "9", "-o", "一.anjian")
    assert "第1次报送，内容和上次一样）" in county("报送包", "生成", "9", "-o", "二.anjian")
    assert read("一.anjian").content == read("二.anjian").content
    county(
        "培训",
        "新增",
        "--镇街",
        "芝英",
        "--培训日期",
        "2018-09-03",
        "--培训类别",
        "网格员",
        "漏报的",
        "--参训人次",
        "3",
        "--合格人次",
        "3",
    )
    assert "第2次报送）" in county("报送包", "生成", "9", "-o", "三.anjian")
    assert read("三.anjian").replaces == read("一.anjian").manifest


def test_a_month_that_runs_is_not_delivered(county: Run) -> None:
    assert "E920" in county("报送包", "生成", "11", code=4)
    assert not list(Path().glob("*.anjian"))


def test_no_package_without_a_key_or_over_a_file(county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("一.anjian").write_text("mine", encoding="utf-8")
    assert "E109" in county("报送包", "生成", "9", "-o", "一.anjian", code=2)
    with closing(sqlite3.connect("a.db")) as ledger:
        assert ledger.execute("SELECT count(*) FROM sent_package").fetchone() == (0,)
    monkeypatch.setenv("ANJIAN_KEY", "没有.key")
    assert "E729" in county("报送包", "生成", "9", code=3)


def test_what_is_no_package_is_said_so(county: Run) -> None:
    for name, code in (("培训.csv", "E315"), ("没有.anjian", "E305")):
        assert code in county("报送包", "查看", name, code=1)
    county("报送包", "生成", "9", "-o", "一.anjian")
    assert "报送包 接收" in county("导入", "一.anjian", code=1)
    assert "E927" in county("报送包", "接收", "一.anjian", code=4)


def test_shown_whose_it_is_and_what_is_in_it(county: Run) -> None:
    county("报送包", "生成", "9", "-o", "一.anjian")
    said = county("报送包", "查看", "一.anjian")
    for each in ("330784", "2018年9月，未印发，第1次报送", "密钥指纹", "2个单位"):
        assert each in said


def test_no_name_leaves_with_it(county: Run) -> None:
    county("报送包", "生成", "9", "-o", "一.anjian")
    found = read("一.anjian")
    assert {sum_.unit for sum_ in found.parts.sums} == {"330784115", "330784003"}
    assert "负责人培训" not in Path("一.anjian").read_bytes().decode("latin-1")


def test_a_scheme_of_the_unit_above_is_counted_and_ranks_nobody(county: Run) -> None:
    before = county("通报", "9", "--格式", "csv")
    county("办法", "空表", "县级2026", "-o", "省.xlsx")
    assert "已为上级采用" in county("办法", "采用", "省.xlsx", "--为", "上级")
    assert county("通报", "9", "--格式", "csv") == before
    assert "只为上级数" in county("办法", "列表")
    county("办法", "查看", "县级2026")
    county("报送包", "生成", "9", "-o", "一.anjian")
    asked = set(read("一.anjian").parts.measures)
    with closing(sqlite3.connect("a.db")) as ledger:
        theirs = {of for (of,) in ledger.execute("SELECT measure FROM scheme_indicator WHERE measure NOT NULL")}
    assert {of for of in theirs if not of.startswith("report.") and "@" not in of} <= asked
    assert "E106" in county("办法", "采用", "省.xlsx", "--为", "上级", "--自", "2019-01-01", code=2)
    assert "E103" in county("办法", "采用", "省.xlsx", code=2)
    county("办法", "采用", "省.xlsx", "--为", "上级")
    assert county("办法", "列表").count("只为上级数") == 1
    county("撤销")
    assert county("通报", "9", "--格式", "csv") == before


def test_one_of_our_own_keeps_its_name(county: Run) -> None:
    county("办法", "导出", "永康2018", "-o", "办法.xlsx")
    assert "E764" in county("办法", "采用", "办法.xlsx", "--为", "上级", code=1)
