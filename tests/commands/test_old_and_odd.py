"""Old numbers, odd sheets: what has a place goes there and is said, what cannot be told apart is told how."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.errors import Misread
from anjian_cli.records import codes
from commands.conftest import Run
from support.sweeps import sweep

HEADS = "企业名称,镇（街、区）,无代码原因,统一社会信用代码,注册号,生产经营地址,备注"


def sheet(name: str, *rows: str) -> str:
    Path(name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return name


def firms() -> list[tuple[object, ...]]:
    with closing(sqlite3.connect("a.db")) as ledger:
        query = "SELECT credit_code, registration_number, no_code_reason, remark FROM enterprise ORDER BY id"
        return ledger.execute(query).fetchall()


# --- numbers of before 2015


@sweep(
    ("row", "kept", "where"),
    [
        ("甲厂,芝英镇,,320106000000010,,一路,", (None, "320106000000010", "代码不详", None), "注册号"),
        ("甲厂,芝英镇,在办,３２０１０６０００００００１０,,一路,", (None, "320106000000010", "在办", None), "注册号"),
        ("甲厂,芝英镇,,320106000000010,320106000000010,一路,", (None, "320106000000010", "代码不详", None), "注册号"),
        ("甲社,芝英镇,,320722NA000001X,,一路,", (None, "320722NA000001X", "代码不详", None), "注册号"),
        ("甲外资,芝英镇,,,企合苏总字第000001,一路,", (None, None, "代码不详", "原注册号企合苏总字第000001"), "备注"),
        (
            "甲外资,芝英镇,,企独浙总字第000012号,,一路,好",
            (None, None, "代码不详", "好；原注册号企独浙总字第000012号"),
            "备注",
        ),
    ],
    keep=2,
)
def test_an_old_number_goes_where_it_belongs(new_county: Run, row: str, kept: tuple[object, ...], where: str) -> None:
    said = new_county("import", sheet("旧.csv", HEADS, row))
    assert f"是旧注册号，记入“{where}”" in said
    assert firms() == [kept]
    assert "不变1" in new_county("import", sheet("旧.csv", HEADS, row), "--no-return")


def test_an_old_number_in_its_own_column_is_not_talked_about(new_county: Run) -> None:
    said = new_county("import", sheet("旧.csv", HEADS, "甲社,芝英镇,,,320722NA000001X,一路,"))
    assert "旧注册号" not in said
    assert firms() == [(None, "320722NA000001X", None, None)]


def test_an_old_number_beside_another_is_refused(new_county: Run) -> None:
    said = new_county("import", sheet("旧.csv", HEADS, "甲厂,芝英镇,,320106000000010,320106000000029,一路,"), code=1)
    assert "E223" in said


@pytest.mark.parametrize("word", ["无", " 没有 ", "／", "—"])
def test_without_a_code_the_reason_is_asked_for(word: str) -> None:
    for parse in (codes.credit_code, codes.registration_number):
        with pytest.raises(Misread) as caught:
            parse(word)
        assert caught.value.code == "E290"


@pytest.mark.parametrize("text", ["3201060000000", "320722NA00000X", "企合", "320722NB000001X"])
def test_what_is_no_number_of_an_enterprise(text: str) -> None:
    assert codes.foreign_number(text) == ""


# --- two columns of one heading

TWICE = "企业名称,镇（街、区）,联系电话,主要负责人,无代码原因,联系电话,生产经营地址"
ROW = "甲厂,芝英镇,057988880001,负责人甲,在办,057988880002,一路"


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("said", "phone", "remark"),
    [
        ('"忽略" = ["C列"]', "057988880002", None),
        ('"忽略" = ["f列"]', "057988880001", None),
        ('"列名" = {"Ｃ列" = "备注"}', "057988880002", "057988880001"),
    ],
)
def test_two_columns_of_one_heading_are_told_by_their_place(
    new_county: Run, said: str, phone: str, remark: str | None
) -> None:
    Path("甲.toml").write_text(f'["企业"]\n{said}\n', encoding="utf-8")
    told = new_county("import", sheet("甲.csv", TWICE, ROW), "--mapping", "甲.toml")
    assert "联系电话" not in told
    with closing(sqlite3.connect("a.db")) as ledger:
        assert ledger.execute("SELECT phone, remark FROM enterprise").fetchall() == [(phone, remark)]


def test_without_a_mapping_both_columns_are_named(new_county: Run) -> None:
    said = new_county("import", sheet("甲.csv", TWICE, ROW), code=1)
    assert "列“联系电话”出现了两次（C列、F列）" in said
    assert '在 ["企业"] 下写 "忽略" = ["F列"]' in said
    assert "删去" not in said


def test_a_mapping_for_both_columns_is_proposed(new_county: Run) -> None:
    name = sheet("甲.csv", TWICE, ROW)
    said = new_county("import", name, "--save-mapping", "甲.toml", "--no-return", code=1)
    assert "联系电话（F列） → 不读，前面已有一列联系电话" in said
    drawn = Path("甲.toml").read_text("utf-8")
    assert '"F列" = "备注"' in drawn  # how the other column is kept
    new_county("import", name, "--mapping", "甲.toml")
    with closing(sqlite3.connect("a.db")) as ledger:
        assert ledger.execute("SELECT phone, remark FROM enterprise").fetchall() == [("057988880001", None)]


# --- days in the wrong order

HAZARD = "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限,整改完成日期,验收日期"


@pytest.mark.unmeasured
@pytest.mark.parametrize("done", ["2017-10-18,2017-10-19", "2017-10-18,", "2018-10-04,2018-10-19"])
def test_rectified_before_it_was_found(new_county: Run, done: str) -> None:
    new_county("import", sheet("企业.csv", HEADS, "甲厂,芝英镇,在办,,,一路,"))
    said = new_county(
        "import", sheet("隐.csv", HAZARD, f"甲厂,2018-10-05,部门检查,一般,无灯,2018-10-20,{done}"), code=1
    )
    assert "早于“发现日期”2018-10-05" in said
    assert "E214" in said
    assert "起始" not in said


# --- many notes of a kind


def test_of_many_notes_some_are_told_and_the_others_counted(new_county: Run) -> None:
    rows = [f"第{at}厂,芝英镇,,3201060000{at:05d},,一路," for at in range(30)]
    said = new_county("import", sheet("旧.csv", HEADS, *rows))
    assert said.count("是旧注册号") == 20
    assert "同类的还有10处（第22、23、" in said
