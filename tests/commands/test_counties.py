"""A province's bulletin as a clerk asks for it: every form says who has not delivered, in words of counties."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from anjian_cli import cli
from support.province import COUNTIES, SHANGCHENG, WUYI, YONGKANG, Province

Run = Callable[..., str]
GRID, GRID_MEASURE = "training.网格员", "training.passed?kind=网格员"
LATE = "磐安县（从未报送）"


@pytest.fixture
def above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The ledger of 浙江省 in a file, of whose four counties three have delivered October, 武义县 counting trainings
    otherwise. Runs a command line on 5 November 2018, as `new_county` does."""
    book = Province()
    for county, *_ in COUNTIES:
        book.target(GRID, county, 100)
    other = {"training.passed": "0" * 16}
    for county, came, otherwise in ((YONGKANG, 90, {}), (SHANGCHENG, 50, {}), (WUYI, 70, other)):
        book.receive(book.parts(county, {GRID_MEASURE: came}, otherwise=otherwise))
    with closing(sqlite3.connect(tmp_path / "省.db")) as file:
        book.connection.backup(file)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(tmp_path / "省.db"))

    def run(*line: str, code: int = 0) -> str:
        capsys.readouterr()
        done = cli.main(["--today", "2018-11-05", *line])
        said = capsys.readouterr()
        assert done == code, said.err
        return said.out + said.err

    return run


def test_the_screen(above: Run) -> None:
    said = above("通报", "10")
    assert f"未报送报送包：{LATE}；数字不详，不排名次，合计不含。" in said
    assert "70※" in said
    assert "县（市、区）" in bytes(said, "utf-8").decode().replace("县          ", "县").replace(
        "\n（市、区）", "（市、区）"
    )
    assert "镇" not in said.replace("评审镇数", "").replace("评审\n镇数", "").replace("镇数", "")
    said = above("通报", "10", "--简", "--范围", "市")
    assert "所属市内的名次" in said
    assert "磐安县：没有评综合得分，没有报送报送包" in above("通报", "10", "磐安")
    assert "口径不一，不排名：网格员。" in above("通报", "10", "武义")
    assert "金华市内第1名" in above("通报", "10", "永康", "--scope", "市")


def test_data_for_programs(above: Run) -> None:
    lines = [line.split(",") for line in above("通报", "10", "--格式", "csv").splitlines()]
    of = {line[6]: line for line in lines if line[3] == "网格员"}
    assert (of["磐安县"][10], of["磐安县"][-1]) == ("", "未报送")
    assert (of["武义县"][10], of["武义县"][-1]) == ("70", "口径不一")
    assert (of["全省"][8], of["全省"][10]) == ("200", "140")
    told = json.loads(above("通报", "10", "--格式", "json", "--范围", "省"))
    assert [one["town"] for one in told["late"]] == ["330727000"]
    assert {row["group"] for row in told["scores"]} == {"浙江省"}


def test_what_an_office_prints(above: Run) -> None:
    above("通报", "10", "-o", "通报.xlsx", "--范围", "市")
    sheets = load_workbook("通报.xlsx")
    cells = [value for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value]
    words = {str(value).replace("\n", "") for value in cells}
    assert {"所属市", "市内排名", "70※", "未报送报送包"} <= words
    assert any(LATE in word for word in words)
    above("通报", "10", "-o", "通报.docx")
    letter = "\n".join(paragraph.text for paragraph in Document("通报.docx").paragraphs)
    assert f"{LATE}未报送报送包" in letter
    assert "各县（市、区）人民政府，省安委会各成员单位：" in letter
    assert "镇" not in letter
    above("通报", "10", "-o", "通报.html")
    assert LATE in Path("通报.html").read_text(encoding="utf-8")
    assert LATE in above("一页纸", "10")


def test_what_is_to_be_done(above: Run) -> None:
    assert "报送包 3/4 未报送：磐安" in above("概况")
    assert "报送包 列表 2018-10" in above("待办")
    assert f"未报送报送包：{LATE}" in above("月份", "检查", "10")
    assert "磐安县" in above("报送包", "列表", "10")


def test_a_county_ranks_within_no_city(new_county: Run) -> None:
    assert new_county("通报", "10", "--范围", "市", code=4).endswith("里面的单位是县（市、区）。〔E932〕\n")


def test_where_a_county_lies_is_asked(above: Run) -> None:
    above("镇街", "新增", "柳城县", "--区划代码", "330786000", "--类别", "县级")
    said = above("通报", "10", "--范围", "市", code=4)
    assert "没有写明柳城县的所属市。请补上：anjian 镇街 修改 柳城县 --所属市 名称" in said


def test_a_figure_down_to_the_package(above: Run) -> None:
    said = above("明细", "10-永康-网格员")
    assert "芝英镇，2018年10月，2018年10月第1次报送" in said
    assert "未报送这个月的报送包，数字不详：anjian 报送包 列表 2018-10" in above("明细", "10-磐安-网格员")
    assert "武义县口径不一，合计不含" in above("明细", "10-全省-网格员")


def test_a_month_is_locked_corrected_and_undone(above: Run) -> None:
    before = above("通报", "10", "--格式", "json")
    said = above("月份", "定稿", "10", code=4)
    assert f"；{LATE}未报送报送包。确实要定稿" in said
    above("月份", "定稿", "10", "--确认")
    above("月份", "印发", "10", "--文号", "1", "--日期", "11-5", "--确认")
    assert LATE in above("通报", "10")
    assert "没有" in above("月份", "差异", "10")
    above("月份", "撤回", "10", "--原因", "数字有误")
    now = json.loads(above("通报", "10", "--格式", "json"))
    assert now["scores"] == json.loads(before)["scores"]
