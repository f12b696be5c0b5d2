"""The due list as a form: what is no hazard is answered in it as well; what was left empty changes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault

Run = Callable[..., str]
HEADING = 3
FILLED: Mapping[str, Mapping[str, Any]] = {
    "托管服务": {"服务日期": "2018-11-02", "服务人员": "员工甲", "发现隐患（条）": 2},
    "托管合同": {
        "服务机构": "示例甲安全技术服务公司",
        "起始日期": "2018-11-01",
        "终止日期": "2019-10-31",
        "约定服务次数": 4,
    },
    "专项整治": {"整改完成日期": "2018-11-01"},
    "职业卫生检测": {
        "检测机构": "示例检测技术公司",
        "采样日期": "2018-10-20",
        "报告日期": "2018-11-01",
        "检测点（个）": 6,
        "超标点（个）": 0,
    },
    "检查": {"检查日期": "2018-11-02", "检查方式": "部门检查", "检查人": "检查员甲", "有无隐患": "无"},
}

MORE: Mapping[str, Mapping[str, Any]] = {
    "标准化": {"公告日期": "2018-11-01"},
    "主体责任村": {"验收日期": "2018-11-01", "验收结论": "合格"},
    "事故": {"续报日期": "2018-11-01", "死亡（人）": 1, "重伤（人）": 0},
    "报送": {"报送时间": "2018-11-02", "报送方式": "微信", "零报告": "否"},
    "补差计划": {"报来日期": "2018-11-02", "补差措施": "每周两期"},
    "网格员": {"姓名": "补上的网格员", "到岗日期": "2018-11-01"},
    "培训": {"培训名称": "冬季班", "培训日期": "2018-11-01", "参训人次": 1},
}
"""What else the demonstration is asked for."""
FIRMS = 12
"""Of so many a sheet is filled in in the ordinary run."""
WANTED = "应办\n（只读）"
NAMED = ("企业名称", "企业名称\n（只读）", "村（居）\n（只读）", "事故名称\n（只读）", "网格", "补差月份", "统计期")


def due(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("待办", "400", "--格式", "json"))
    return found


def told(run: Run) -> set[tuple[str, str]]:
    """Of whom what is due."""
    return {(one["subject"], f"{one['kind']} {one['detail']}".strip()) for one in due(run)}


@pytest.fixture(scope="module")
def printed(demonstration_made: tuple[Path, list[Fault]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form as the demonstration prints it, once."""
    folder = tmp_path_factory.mktemp("回填")
    path = folder / "回填.xlsx"
    ledger = str(shutil.copy(demonstration_made[0], folder / "a.db"))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.setenv("HOME", str(folder))
        assert cli.main(["--db", ledger, "--today", "2018-11-02", "待办", "400", "-o", str(path)]) == 0
    return path


@pytest.fixture
def book(printed: Path) -> openpyxl.Workbook:
    """The form, to be filled in."""
    return openpyxl.load_workbook(printed)


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[HEADING]]
    return [dict(zip(heads, line, strict=True)) for line in sheet.iter_rows(min_row=HEADING + 1, values_only=True)]


def test_every_kind_has_its_sheet_and_left_empty_changes_nothing(
    office: Run, book: openpyxl.Workbook, printed: Path
) -> None:
    assert {*FILLED, *MORE, "隐患", "其他待办"} == {*book.sheetnames}
    before = due(office)
    said = office("导入", str(printed))
    assert "新增0，修改0" in said
    assert due(office) == before


def test_a_row_that_is_filled_in_settles_what_it_is_for(office: Run, book: openpyxl.Workbook) -> None:
    asked: dict[str, tuple[str, str]] = {}
    for title, filled in FILLED.items():
        sheet = book[title]
        heads = [cell.value for cell in sheet[HEADING]]
        wanted = "应办\n（只读）"
        at, row = next(
            (at, row)
            for at, row in enumerate(rows(sheet), HEADING + 1)
            if title != "专项整治" or "专项整治整改" in row[wanted]
        )
        for head, value in filled.items():
            sheet.cell(at, heads.index(head) + 1, value)
        name = row.get("企业名称") or row["企业名称\n（只读）"]
        asked[title] = (name, row[wanted].split("\n")[0].rsplit("，", 1)[0])
    book.save("填好.xlsx")
    assert set(asked.values()) <= told(office)
    said = office("导入", "填好.xlsx")
    assert "新增4，修改1" in said
    assert not set(asked.values()) & told(office)


@pytest.mark.unmeasured
def test_a_row_that_is_half_filled_is_sent_back_with_its_cell(
    office: Run, book: openpyxl.Workbook, tmp_path: Path
) -> None:
    sheet = book["托管合同"]
    heads = [cell.value for cell in sheet[HEADING]]
    sheet.cell(HEADING + 1, heads.index("起始日期") + 1, "2018-11-01")
    book.save(tmp_path / "填好.xlsx")
    said = office("导入", "填好.xlsx", code=1)
    assert "服务机构" in said
    assert "〔E202〕" in said


@pytest.mark.unmeasured
def test_a_form_that_is_filled_in_leaves_nothing_of_what_its_rows_ask(
    office: Run, book: openpyxl.Workbook, thorough: bool
) -> None:
    """One row of each firm on each sheet: of two visits on one day the second would be the first again. In the ordinary
    run of the first firms."""
    at_most = 10_000 if thorough else FIRMS
    answered: set[tuple[str, str]] = set()
    filled_in = 0
    for title, filled in {**FILLED, **MORE}.items():
        sheet = book[title]
        heads = [cell.value for cell in sheet[HEADING]]
        done: set[tuple[object, str]] = set()
        for at, row in enumerate(rows(sheet), HEADING + 1):
            lines = [line.rsplit("，", 1) for line in str(row[WANTED]).split("\n")]
            name = next((str(row[head]) for head in NAMED if row.get(head)), lines[0][0])
            first_day = lines[0][1].removesuffix("前")
            which = row.get("镇（街、区）"), name
            if which in done or len(done) == at_most or (title == "托管合同" and first_day > "2018-11-30"):
                continue
            done.add(which)
            values = dict(filled)
            match title:
                case "专项整治":
                    values |= {"验收日期": "2018-11-01", "验收结论": "合格"}
                case "托管合同":
                    begins = date.fromisoformat(first_day) + timedelta(1)
                    values |= {
                        "起始日期": begins.isoformat(),
                        "终止日期": (begins + timedelta(729)).isoformat(),
                        "约定服务次数": 0,
                    }
                case "培训":
                    what, _, officers = lines[0][0].partition(" ")
                    values["到场网格员"] = officers.partition("：")[2]
                    lines, name = [[what]], officers
            for head, value in values.items():
                sheet.cell(at, heads.index(head) + 1, value)
            answered |= {(name, line[0]) for line in lines}
            filled_in += 1
    book.save("填好.xlsx")
    assert filled_in > (700 if thorough else 40)
    assert answered <= told(office)
    office("导入", "填好.xlsx")
    assert sorted(answered & told(office)) == []
