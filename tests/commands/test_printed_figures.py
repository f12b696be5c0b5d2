"""`anjian opening from-bulletin`: last month's bulletin of our own, read back as opening figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

Run = Callable[..., str]


@pytest.fixture
def bulletin(office: Run) -> Path:
    """The demonstration's bulletin of September, as a workbook."""
    office("通报", "2018-09", "-o", "9月通报.xlsx")
    return Path("9月通报.xlsx")


def altered(bulletin: Path, sheet: str, cell: str, value: float) -> Path:
    book = load_workbook(bulletin)
    book[sheet][cell].value = value
    book.save("改过.xlsx")
    return Path("改过.xlsx")


def test_its_figures_are_those_of_the_ledger(office: Run, bulletin: Path) -> None:
    said = office("期初", "取自通报", str(bulletin), "-o", "期初数.csv")
    assert "取出240个累计数（截至2018-09-30），其中212个与印的完成率相符，28个没有完成率可对" in said
    assert "“3标准化创建”表的“已咨询（家）”" in said
    rows = Path("期初数.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "指标,镇（街、区）,截至日期,累计数,依据"
    printed = csv.DictReader(io.StringIO(office("通报", "2018-09", "--格式", "csv")))
    known = {(row["指标"], row["镇街"]): row["累计"] for row in printed if row["镇街代码"]}
    told = [row.split(",") for row in rows[1:]]
    assert {(row[0], row[1]): row[3] for row in told}.items() <= known.items()
    assert {row[0] for row in told} >= {"负责人", "三级新创", "整治喷涂", "小微", "已检"}


def test_a_percentage_that_does_not_agree_refuses_all_or_is_left_out(office: Run, bulletin: Path) -> None:
    wrong = altered(bulletin, "2教育培训", "L6", 99)
    said = office("期初", "取自通报", str(wrong), "-o", "期初数.csv", code=1)
    assert said.count("〔E644〕") == 1
    assert "“2教育培训”表第6行“累计完成（人次）管理人员”（E列）" in said
    assert not Path("期初数.csv").exists()
    assert "取出239个" in office("期初", "取自通报", str(wrong), "-o", "期初数.csv", "--收正确的", code=1)


def test_what_is_no_bulletin(office: Run) -> None:
    Path("表.csv").write_text("镇,说明\n芝英镇,好\n", encoding="utf-8")
    assert "〔E103〕" in office("期初", "取自通报", "表.csv", code=2)
    assert "〔E643〕" in office("期初", "取自通报", "表.csv", "--截至日期", "2018-09-30", code=1)


def test_off_a_terminal_it_is_the_table_alone(office: Run, bulletin: Path) -> None:
    said = office("opening", "from-bulletin", str(bulletin), "--source", "永安委办〔2018〕13号")
    assert said.startswith("指标,镇（街、区）,截至日期,累计数,依据")
    assert ",永安委办〔2018〕13号" in said
