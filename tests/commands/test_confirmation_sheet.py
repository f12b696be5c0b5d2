"""All towns confirm their figures of a month on one sheet: whole, or with every error at once; what is left empty is
not confirmed, and figures that have changed since are refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault

Run = Callable[..., str]
HEADING = 3
AGREED = {"镇里答复": "确认", "答复人": "经办人甲", "答复日期": "2018-11-01"}
OBJECTED = {**AGREED, "镇里答复": "有异议", "异议内容": "培训少记一期"}


@pytest.fixture(scope="module")
def october(demonstration_made: tuple[Path, list[Fault]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheet of October as the demonstration prints it, once."""
    folder = tmp_path_factory.mktemp("确认单")
    path = folder / "确认单.xlsx"
    ledger = str(shutil.copy(demonstration_made[0], folder / "a.db"))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.setenv("HOME", str(folder))
        assert cli.main(["--db", ledger, "--today", "2018-11-02", "报送", "确认单", "10", "-o", str(path)]) == 0
    return path


def printed(run: Run, month: str) -> Path:
    """The sheet of a month as the ledger has it now."""
    run("报送", "确认单", month, "-o", f"确认单{month}.xlsx")
    return Path(f"确认单{month}.xlsx")


def filled(sheet_of: Path, answers: Mapping[str, Mapping[str, Any]]) -> str:
    """A sheet with the answers of some towns; the name of its file."""
    book = openpyxl.load_workbook(sheet_of)
    sheet = book["数字确认"]
    heads = [cell.value for cell in sheet[HEADING]]
    for row in sheet.iter_rows(min_row=HEADING + 1):
        for head, value in answers.get(str(row[0].value), {}).items():
            row[heads.index(head)].value = value
    book.save("填好.xlsx")
    return "填好.xlsx"


def reports(run: Run) -> dict[str, dict[str, Any]]:
    found = json.loads(run("报送", "列表", "--格式", "json"))
    return {one["town"]: one for one in found if one["month"] == "2018-10"}


def test_who_answers_is_confirmed_who_does_not_is_not(office: Run, october: Path) -> None:
    said = office("导入", filled(october, {"西城街道": AGREED, "象珠镇": {**AGREED, "答复方式": "微信"}}))
    assert "数字确认2行，新增0，修改2，不变0" in said
    assert "确认2条" in said
    assert "14行没有填" in said
    assert "（只读）" not in said  # headings of what is shown are nobody's concern
    found = reports(office)
    assert (found["西城街道"]["confirmed_by"], found["西城街道"]["confirmed_how"]) == ("经办人甲", "确认单")
    assert (found["象珠镇"]["confirmed_on"], found["象珠镇"]["confirmed_how"]) == ("2018-11-01", "微信")
    assert not found["花街镇"]["confirmed_on"]
    assert "确认以后本镇数字又有变动" not in office("月份", "检查", "10")
    assert "修改0，不变2" in office("导入", "填好.xlsx")


def test_a_sheet_that_is_not_filled_in_confirms_nobody(office: Run, october: Path) -> None:
    before = reports(office)
    assert "16行没有填" in office("导入", filled(october, {}))
    assert reports(office) == before


def test_an_objection_takes_back_what_was_confirmed_and_is_told_at_the_check(office: Run, october: Path) -> None:
    office("报送", "确认", "10", "东城", "--经办", "经办人乙")
    assert reports(office)["东城街道"]["confirmed_on"]
    said = office("导入", filled(october, {"东城街道": OBJECTED}))
    assert "东城街道对2018年10月的数字有异议：培训少记一期" in said
    assert not reports(office)["东城街道"]["confirmed_on"]
    told = "东城对数字有异议（2018-11-01，经办人甲）：培训少记一期。"
    assert told in office("月份", "检查", "10")
    assert "修改0，不变1" in office("导入", "填好.xlsx")
    office("导入", filled(printed(office, "10"), {"东城街道": AGREED}))
    assert told not in office("月份", "检查", "10")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({**AGREED, "答复人": None}, "E424"),
        ({**AGREED, "答复日期": None}, "E424"),
        ({**AGREED, "镇里答复": None}, "E424"),
        ({"答复方式": "微信"}, "E424"),
        ({**AGREED, "镇里答复": "同意"}, "E203"),
        ({**AGREED, "异议内容": "少一期"}, "E892"),
        ({**OBJECTED, "异议内容": None}, "E424"),
        ({**AGREED, "答复日期": "2018-11-03"}, "E213"),
        ({**AGREED, "核对码": "H0000000000"}, "E893"),
        ({**AGREED, "统计期": "2018-09"}, "E894"),
    ],
)
def test_every_error_is_told_at_once_and_nothing_is_taken(
    office: Run, october: Path, answer: Mapping[str, Any], code: str
) -> None:
    before = reports(office)
    path = filled(october, {"西城街道": AGREED, "象珠镇": answer, "舟山镇": {**AGREED, "答复日期": "11月"}})
    said = office("导入", path, code=1)
    assert f"〔{code}〕" in said
    assert "有误2行（2处），未导入任何一行" in said
    assert reports(office) == before


def test_a_town_without_a_report_cannot_confirm(office: Run, october: Path) -> None:
    missing = next(town for town in towns(office) if town not in reports(office))
    assert "〔E463〕" in office("导入", filled(october, {missing: AGREED}), code=1)


def towns(run: Run) -> list[str]:
    return [one["name"] for one in json.loads(run("镇街", "列表", "--格式", "json"))]


def test_figures_that_have_changed_since_are_refused_with_their_row_alone(office: Run, october: Path) -> None:
    path = filled(october, {"西城街道": AGREED, "象珠镇": AGREED})
    office(
        *("培训", "新增", "补一期", "--镇街", "象珠", "--培训日期", "2018-10-20", "--培训类别", "网格员"),
        *("--参训人次", "3", "--合格人次", "3"),
    )
    said = office("导入", path, code=1)
    assert said.count("〔E893〕") == 1
    assert "2018年10月的数字在发出确认单以后变了" in said
    assert not reports(office)["西城街道"]["confirmed_on"]
    office("导入", path, "--收正确的", code=1)
    found = reports(office)
    assert found["西城街道"]["confirmed_on"]
    assert not found["象珠镇"]["confirmed_on"]


def test_two_months_in_one_file_are_refused(office: Run, october: Path) -> None:
    path = filled(october, {"西城街道": AGREED})
    office("报送", "新增", "象珠", "--统计期", "2018-11", "--报送方式", "微信")
    office("报送", "确认单", "11", "-o", "十一月.xlsx")
    book, other = openpyxl.load_workbook(path), openpyxl.load_workbook("十一月.xlsx")["数字确认"]
    sheet = book["数字确认"]
    heads = [cell.value for cell in sheet[HEADING]]
    named = {str(row[0].value): row for row in other.iter_rows(min_row=HEADING + 1)}
    for row in sheet.iter_rows(min_row=HEADING + 1):
        if row[0].value == "象珠镇":
            for cell, value in zip(row, named["象珠镇"], strict=False):
                cell.value = value.value
            for head, told in AGREED.items():
                row[heads.index(head)].value = told
    book.save(path)
    assert "〔E895〕" in office("导入", path, code=1)


def test_an_issued_month_takes_no_sheet_any_more(office: Run) -> None:
    path = filled(printed(office, "9"), {"西城街道": AGREED})
    assert "〔E894〕" in office("导入", path, code=1)
