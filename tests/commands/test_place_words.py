"""Commands on the ledger of a 县: lists, forms and messages call it 全县 and its towns 乡镇（街道）."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commands.conftest import Run

TRAINING = ("--held-on", "2018-10-09", "--kind", "网格员", "--title", "巡查", "--attended", "3", "--passed", "3")
TOWNS = "code,name\n330723001,白洋街道\n330723100,柳城畲族镇\n330723200,大田乡\n"


@pytest.fixture
def wuyi(new_county: Run) -> Run:
    Path("武义.csv").write_text(TOWNS, encoding="utf-8")
    new_county("init", "武义县", "武义.db", "--towns", "武义.csv")

    def run(*line: str, code: int = 0) -> str:
        return new_county("--db", "武义.db", *line, code=code)

    return run


def target(run: Run, indicator: str, town: str) -> str:
    return run("target", "add", indicator, "--year", "2018", "--town", town, "--quantity", "20", "--document", "3号")


@pytest.mark.unmeasured
@pytest.mark.parametrize("word", ["全县", "全市", "全旗", "全区", "合计"])
def test_a_record_of_the_county_is_listed_and_found_by_its_word(wuyi: Run, word: str) -> None:
    target(wuyi, "三级新创", word)
    target(wuyi, "喷涂", "大田")
    assert [row["town"] for row in json.loads(wuyi("target", "list", "--format", "json"))] == ["全县", "大田乡"]
    assert [row["town"] for row in json.loads(wuyi("target", "list", "--find", word, "--format", "json"))] == ["全县"]
    assert "全县" in wuyi("target", "show", "330723-2018-0001")
    wuyi("target", "export", "-o", "任务.csv")
    assert "全县" in Path("任务.csv").read_text("utf-8-sig")
    assert "不变2" in wuyi("target", "import", "任务.csv")


@pytest.mark.unmeasured
def test_what_is_due_and_what_is_to_be_filled_in(wuyi: Run) -> None:
    assert "待办  2018-11-02  全县  30日内到期及已逾期" in wuyi("todo")
    wuyi("filing", "add", "大田", "--month", "2018-09", "--filed-on", "2018-10-01", "--method", "微信")
    said = wuyi("todo")
    assert "乡镇街" in said
    assert "镇街区" not in said
    wuyi("todo", "-o", "待办.xlsx")
    assert str(load_workbook("待办.xlsx").worksheets[0]["A1"].value).startswith("全县待办回填单")
    wuyi("template", "-o", "空表.xlsx")
    book = load_workbook("空表.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "全县" in cells
    assert "全市" not in cells


def test_a_name_that_is_not_known(wuyi: Run) -> None:
    said = wuyi("training", "add", "--town", "没有镇", *TRAINING, code=1)
    assert "本台账没有这个乡镇（街道）名称" in said
