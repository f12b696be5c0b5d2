"""The due list as a form: what is no hazard is answered in it as well; what was left empty changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

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


def due(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("待办", "400", "--格式", "json"))
    return found


def told(run: Run) -> set[tuple[str, str]]:
    """Of whom what is due."""
    return {(one["subject"], f"{one['kind']} {one['detail']}".strip()) for one in due(run)}


def form(run: Run) -> openpyxl.Workbook:
    run("待办", "400", "-o", "回填.xlsx")
    return openpyxl.load_workbook("回填.xlsx")


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[HEADING]]
    return [dict(zip(heads, line, strict=True)) for line in sheet.iter_rows(min_row=HEADING + 1, values_only=True)]


def test_every_kind_has_its_sheet_and_left_empty_changes_nothing(office: Run) -> None:
    book = form(office)
    assert {*FILLED, "隐患", "其他待办"} == {*book.sheetnames}
    before = due(office)
    said = office("导入", "回填.xlsx")
    assert "新增0，修改0" in said
    assert due(office) == before


def test_a_row_that_is_filled_in_settles_what_it_is_for(office: Run) -> None:
    book = form(office)
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


def test_a_row_that_is_half_filled_is_sent_back_with_its_cell(office: Run, tmp_path: Path) -> None:
    book = form(office)
    sheet = book["托管合同"]
    heads = [cell.value for cell in sheet[HEADING]]
    sheet.cell(HEADING + 1, heads.index("起始日期") + 1, "2018-11-01")
    book.save(tmp_path / "填好.xlsx")
    said = office("导入", "填好.xlsx", code=1)
    assert "服务机构" in said
    assert "〔E202〕" in said
