"""Marked copies: every fault on its cell and in the list, nothing of the sender's lost, and straight back in."""

from __future__ import annotations

import errno
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from anjian_cli.exchange import intake, marked_copy, opened_file, owner_only, prefill
from anjian_cli.exchange.cells import FAULT_LIST as LIST
from anjian_cli.exchange.marked_copy import AUTHOR
from anjian_cli.exchange.opened_file import Opened
from support.desk import Desk

HEAD = ["镇（街、区）", "企业名称", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"]
GOOD = ["芝英镇", "永康市甲厂", "2018-10-09", "网格巡查", "一般", "灯", "2018-10-31"]
BAD = ["芝英街道", "永康市甲厂", "2018-13-2", "网格巡查", "较大", "=1+1", "2018-10-31"]
YELLOW = "00FFFF00"


@pytest.fixture(autouse=True)
def enterprise(desk: Desk) -> int:
    return desk.enterprise("永康市甲厂")


def refused(desk: Desk, path: Path, *, accept_good: bool = False) -> Opened:
    (opened,) = opened_file.open_files(path)
    report = intake.take_file(opened, lambda _: desk.gate(), accept_good=accept_good)
    assert report.faults
    return opened


def copied(opened: Opened, *, only_rows: bool = False, folder: Path) -> tuple[Path, Workbook]:
    copy = marked_copy.write(opened, folder, only_rows=only_rows)
    assert copy is not None
    return copy.path, load_workbook(copy.path)


def marked(sheet: Worksheet) -> list[str]:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    yellow = [cell.coordinate for cell in cells if cell.fill.fgColor.rgb == YELLOW]
    assert yellow == [cell.coordinate for cell in cells if cell.comment is not None and cell.comment.author == AUTHOR]
    return yellow


def csv(path: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(",".join(row) + "\r\n" for row in rows).encode(encoding))
    return path


def test_a_csv_file(desk: Desk, tmp_path: Path) -> None:
    broken = ["芝英镇", '"永康市', "2018-10-09"]
    path = csv(tmp_path / "芝英镇10月.csv", ["芝英镇隐患"], HEAD, BAD, GOOD, broken, encoding="gb18030")
    file, book = copied(refused(desk, path), folder=tmp_path / "退回")
    assert file == tmp_path / "退回" / "芝英镇10月（退回修改）.xlsx"
    assert book.sheetnames == [LIST, "芝英镇10月"]
    sheet = book["芝英镇10月"]
    assert marked(sheet) == ["A3", "C3", "E3", "A5"]
    assert [cell.value for cell in sheet[4]] == GOOD
    assert (sheet["F3"].value, sheet["F3"].data_type) == ("=1+1", "s")
    assert "没有13月" in sheet["C3"].comment.text
    assert "〔E211〕" in sheet["C3"].comment.text
    listed = [[cell.value for cell in row] for row in book[LIST].iter_rows(min_row=4)]
    assert ["芝英镇10月", "第3行", "“发现日期”（C列）", "2018-13-2"] in [line[:4] for line in listed]
    links = [row[1].hyperlink for row in book[LIST].iter_rows(min_row=4)]
    assert "'芝英镇10月'!C3" in [link.location for link in links if link is not None]
    assert [one.sheet_view.tabSelected for one in book.worksheets] == [True, False]


def test_a_workbook_keeps_what_it_has(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "10月隐患"
    for row in (["芝英镇隐患登记表"], HEAD, BAD, GOOD):
        sheet.append(row)
    sheet["F3"].data_type = "s"
    sheet.merge_cells("A1:G1")
    sheet.column_dimensions["F"].width = 33
    sheet["A3"].comment = Comment("请核", "填表人甲")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("备用")["A1"] = "留着"
    path = tmp_path / "芝英镇.xlsx"
    book.save(path)
    file, copy = copied(refused(desk, path), folder=tmp_path)
    assert copy.sheetnames == [LIST, "10月隐患", "备用"]
    sheet = copy["10月隐患"]
    assert marked(sheet) == ["A3", "C3", "E3"]
    assert sheet["A3"].comment.text.startswith("请核\n")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:G1"]
    assert sheet.column_dimensions["F"].width == 33
    assert (sheet.row_dimensions[3].hidden, copy["备用"]["A1"].value) == (False, "留着")
    for at, text in ((1, "芝英镇"), (3, "2018-12-32"), (5, "一般")):
        sheet.cell(3, at).value = text
    copy.save(file)
    # It comes back with one fault left: the old marks are gone, the next copy has a name of its own.
    file, copy = copied(refused(desk, file), folder=tmp_path)
    assert file.name == "芝英镇（退回修改2）.xlsx"
    assert marked(copy["10月隐患"]) == ["C3"]
    assert copy.sheetnames.count(LIST) == 1
    copy["10月隐患"]["C3"] = "2018-10-02"
    copy.save(file)
    (opened,) = opened_file.open_files(file)
    report = intake.take_file(opened, lambda _: desk.gate())
    assert (report.faults, report.new) == ([], 2)


def test_a_formula_is_its_value(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    for row in (HEAD, BAD):
        book.worksheets[0].append(row)  # =1+1 is a formula here, which nobody has calculated
    book.save(tmp_path / "甲.xlsx")
    _, copy = copied(refused(desk, tmp_path / "甲.xlsx"), folder=tmp_path)
    assert copy.worksheets[1]["F2"].value is None


def test_a_cell_that_is_covered_says_which_row_is_meant(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, GOOD, [*GOOD[:5], None, GOOD[6]]):  # merged, the one hazard stands there twice
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("F2:F3")
    book.save(tmp_path / "甲.xlsx")
    _, copy = copied(refused(desk, tmp_path / "甲.xlsx"), folder=tmp_path)
    assert marked(copy.worksheets[1]) == ["A2"]
    comment = copy.worksheets[1]["A2"].comment
    assert comment is not None
    assert (comment.text.startswith("第3行："), "请取消合并" in comment.text) == (True, True)


def test_of_a_long_text_the_list_has_the_beginning(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path / "甲.csv", HEAD, [*GOOD[:5], "长" * 501, GOOD[6]])
    opened = refused(desk, path)
    _, book = copied(opened, folder=tmp_path)
    assert book[LIST]["D4"].value == "长" * 60 + "……"
    assert len(str(opened.report.faults[0])) < 150


def test_the_rows_put_aside_alone(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path / "芝英镇.csv", ["芝英镇隐患"], HEAD, GOOD, BAD, [*GOOD[:5], "门", "2018-10-08"])
    opened = refused(desk, path, accept_good=True)
    assert opened.report.taken
    _, book = copied(opened, only_rows=True, folder=tmp_path)
    sheet = book.worksheets[1]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["芝英镇隐患", HEAD[0], "芝英街道", "芝英镇"]
    assert marked(sheet) == ["A3", "C3", "E3", "G4"]
    assert [row[1] for row in book[LIST].iter_rows(min_row=4, max_row=4, values_only=True)] == ["第4行"]


def test_a_fault_of_the_whole_file_and_one_of_a_row(desk: Desk, tmp_path: Path) -> None:
    path = csv(tmp_path / "甲.csv", HEAD[:5], GOOD[:5])
    file, book = copied(refused(desk, path), folder=tmp_path)
    assert marked(book.worksheets[1]) == ["A1"]
    path = csv(tmp_path / "乙.csv", ["没有", "列名"], ["1", "2"])
    file, book = copied(refused(desk, path), folder=tmp_path)
    assert [cell.value for cell in book[LIST][4]][1] == "整个文件"
    assert file.name == "乙（退回修改）.xlsx"


def test_what_cannot_be_read_has_no_copy(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲.et").write_bytes(b"x")
    assert marked_copy.write(refused(desk, tmp_path / "甲.et"), tmp_path) is None
    opened = refused(desk, csv(tmp_path / "大.csv", HEAD, BAD, GOOD))
    monkeypatch.setattr(marked_copy, "MOST_RETURNED", 2)
    assert marked_copy.write(opened, tmp_path) is None


def test_a_disk_that_is_full_leaves_no_folder(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    opened = refused(desk, csv(tmp_path / "大.csv", HEAD, BAD))
    monkeypatch.setattr(owner_only, "write", full)
    with pytest.raises(OSError, match="full"):
        marked_copy.write(opened, tmp_path / "退回")
    assert not (tmp_path / "退回").exists()


def test_more_faults_than_are_listed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_copy, "MOST_FAULTS", 2)
    _, book = copied(refused(desk, csv(tmp_path / "大.csv", HEAD, BAD)), folder=tmp_path)
    assert str(book[LIST]["A6"].value).startswith("另有1处")


def test_a_file_out_of_an_archive(desk: Desk, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("芝英镇.csv", ",".join(HEAD) + "\n" + ",".join(BAD))
    (tmp_path / "收件.zip").write_bytes(packed.getvalue())
    file, book = copied(refused(desk, tmp_path / "收件.zip"), folder=tmp_path)
    assert file.name == "收件.zip·芝英镇（退回修改）.xlsx"
    assert marked(book.worksheets[1]) == ["A2", "C2", "E2"]


def test_where_it_goes(tmp_path: Path) -> None:
    assert marked_copy.home(tmp_path / "甲.csv") == tmp_path / "退回"
    assert marked_copy.home(tmp_path / "镇" / "甲.csv", [tmp_path]) == tmp_path / "退回" / "镇"
    assert marked_copy.home(tmp_path / "退回" / "甲.xlsx") == tmp_path / "退回"


def test_who_sent_it(desk: Desk, tmp_path: Path) -> None:
    towns = prefill.towns(desk.ledger, "2018-11-05")
    rows = [HEAD, BAD, ["石柱镇", *GOOD[1:]], ["石柱镇", *GOOD[1:]], GOOD]
    assert marked_copy.sender(refused(desk, csv(tmp_path / "报表.csv", *rows)), towns) == "石柱镇"
    assert marked_copy.sender(refused(desk, csv(tmp_path / "芝英镇10月.csv", *rows)), towns) == "芝英镇"
    (tmp_path / "照片.et").write_bytes(b"x")
    assert marked_copy.sender(refused(desk, tmp_path / "照片.et"), towns) == ""
    # A list of the whole county is from none of them, nor is one in which two have as many rows.
    assert (
        marked_copy.sender(refused(desk, csv(tmp_path / "名单.csv", HEAD, BAD, ["石柱镇", *GOOD[1:]], GOOD)), towns)
        == ""
    )
