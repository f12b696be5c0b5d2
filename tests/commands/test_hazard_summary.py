"""`anjian hazard summary` as it is typed: on the screen, narrow and wide, as CSV and JSON, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from anjian_cli.bulletin.hazard_summary import LEVELS, PER, Count, Row, Summary, table
from anjian_cli.render.data import hazard_summary as data
from anjian_cli.render.data import summary_table as of_table
from anjian_cli.render.screen import summary_table as screen
from commands.conftest import Lay
from support.sweeps import sweep

Run = Callable[..., str]
FIGURES = ("found", "closed", "standing", "overdue")


@pytest.fixture
def county(new_county: Run, lay: Lay) -> Run:
    """Two firms, a department, a hazard closed and one that is overdue, handed over in October."""

    def lines() -> None:
        new_county("department", "add", "--name", "示例甲局")
        new_county("department", "add", "--name", "示例乙局")
        for town, firm in (("芝英镇", "示例五金厂"), ("江南街道", "示例木器厂")):
            new_county("enterprise", "add", "--town", town, "--name", firm, "--no-code-reason", "在办")
            new_county(
                "hazard", "add", firm, "--found-on", "2018-09-03", "--description", "配电箱无盖", "--deadline",
                "2018-09-20", "--charged-to", "示例甲局",
            )  # fmt: skip
        new_county("hazard", "close", "江南-1", "--rectified", "2018-09-12", "--on", "2018-09-13")
        new_county("hazard", "transfer", "芝英-1", "--department", "示例乙局", "--on", "2018-10-08")

    lay("county", lines)
    return new_county


@sweep("per", PER, keep=2)
def test_csv_and_json_say_what_the_screen_says(county: Run, per: str) -> None:
    shown = county("隐患", "统计", "10", "--按", per)
    told, *notes = county("隐患", "统计", "10", "--按", per, "--格式", "csv").split("注：")
    rows = list(csv.reader(io.StringIO(told)))
    found = json.loads(county("hazard", "summary", "2018-10", "--per", per, "--format", "json"))
    assert rows[0][0] == found["per"] == per
    assert [note.strip() for note in notes] == [f"{note}。" for note in found["notes"]]
    printed = [line.replace("－", "").split() for line in shown.splitlines()]
    for cells, row in zip(rows[1:], found["rows"], strict=True):
        assert [part for cell in cells for part in cell.split()] in printed
        assert cells[0] == row["name"]
        levels = () if per == "级别" else LEVELS
        said = [n for f in FIGURES for n in (row[f]["total"], *(row[f]["levels"][level] for level in levels))]
        assert list(map(str, said)) == cells[1 : 1 + len(said)]
        assert cells[-1] == (f"anjian {row['see']}" if row["see"] else "")
    assert [found["rows"][-1][figure]["total"] for figure in FIGURES] == [2, 1, 1, 1]


def test_months_are_taken_as_the_bulletin_takes_them(county: Run) -> None:
    assert "2018年10月，1月1日至10月31日" in county("隐患", "统计")
    assert "2018年11月，1月1日至11月2日" in county("隐患", "统计", "11月")
    assert "2018年9月，" in county("隐患", "统计", "--month", "9")
    assert "2017年12月，" in county("隐患", "统计", "--年", "2017")
    assert "没有地方放“10”" in county("隐患", "统计", "10", "--month", "9", code=2)
    assert "E445" in county("隐患", "统计", "2019-1", code=4)


def test_handed_over_it_counts_for_the_one_that_has_it(county: Run) -> None:
    september = county("隐患", "统计", "9", "--按", "监管部门", "--format", "csv").splitlines()[:-1]
    october = county("隐患", "统计", "10", "--按", "监管部门", "--format", "csv").splitlines()[:-1]
    assert [line.split(",")[:2] for line in september[1:]] == [["示例甲局", "2"], ["全市", "2"]]
    assert [line.split(",")[:2] for line in october[1:]] == [["示例甲局", "1"], ["示例乙局", "1"], ["全市", "2"]]


def test_the_rows_of_one_town_and_what_is_typed_to_see_them(county: Run) -> None:
    said = county("隐患", "统计", "10", "--镇街", "芝英", "--按", "来源")
    assert "芝英镇隐患统计" in said
    assert "anjian 隐患 列表 --镇街 芝英 --查找 网格巡查" in said
    assert "配电箱无盖" in county("隐患", "列表", "--镇街", "芝英", "--查找", "网格巡查")
    assert "1条。" in county("明细", "2018-10-芝英-排查隐患")
    assert "未定镇街" in county("隐患", "统计", "10", "--镇街", "未定")


def test_an_unknown_row_is_refused_with_those_there_are(county: Run) -> None:
    said = county("隐患", "统计", "10", "--按", "企业", code=1)
    assert "E203" in said
    assert "镇街、检查部门、监管部门、级别、来源" in said


def test_it_is_written_to_a_file(county: Run) -> None:
    county("隐患", "统计", "10", "-o", "统计.csv")
    (heads, *rows) = Path("统计.csv").read_text(encoding="utf-8-sig").splitlines()
    assert heads == (
        "镇街,发现,发现一般,发现重大,销号,销号一般,销号重大,未销号,未销号一般,未销号重大,逾期,逾期一般,逾期重大,"
        "销号平均天数,未销号平均天数,看记录"
    )
    (own,) = (row for row in rows if row.startswith("芝英镇"))
    assert own == "芝英镇,1,1,0,0,0,0,1,1,0,1,1,0,,58.0,anjian 明细 2018-10-芝英-排查隐患"


def test_it_is_a_document_as_well(county: Run, tmp_path: Path) -> None:
    for ending in ("xlsx", "docx", "html"):
        county("隐患", "统计", "10", "-o", str(tmp_path / f"统计.{ending}"))
    sheet = openpyxl.load_workbook(tmp_path / "统计.xlsx").active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert next(row for row in found if row[0] == "芝英镇")[1:4] == [1, 1, 0]
    assert any(row[0] == "全市" for row in found)
    assert "未销号" in (tmp_path / "统计.html").read_text("utf-8")


def made(*rows: Row, per: str = "镇街") -> Summary:
    return Summary("2018-10", "2018-10-31", per, "", False, rows, ("甲",))


KNOWN = Count(3, (1, 0), 2)
UNKNOWN = Row("芝英镇", Count(None, (1, 0), 0), KNOWN, KNOWN, KNOWN, None, None, "明细 2018-10-芝英-排查隐患")


def test_what_is_not_known_is_a_dash_for_a_person_and_nothing_for_a_program() -> None:
    assert any(line.text.split()[:4] == ["芝英镇", "－", "1", "0"] for line in screen.lines(table(made(UNKNOWN))))
    assert of_table.delimited(table(made(UNKNOWN))).splitlines()[1].startswith("芝英镇,,1,0,3,1,0,")
    assert json.loads(data.structured(made(UNKNOWN)))["rows"][0]["found"]["total"] is None


def test_on_a_narrow_screen_what_is_typed_stands_below_the_table() -> None:
    narrow, wide = (list(screen.lines(table(made(UNKNOWN)), width)) for width in (80, 200))
    assert all("anjian" not in line.text for line in narrow[:6])
    assert narrow[-1].text == "  芝英镇  anjian 明细 2018-10-芝英-排查隐患"
    assert wide[-1].text == "甲。"
    assert any(line.text.endswith("anjian 明细 2018-10-芝英-排查隐患") for line in wide)
