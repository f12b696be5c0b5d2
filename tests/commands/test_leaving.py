"""What leaves the office: for its owner's eyes, without telephone and identity numbers unless they are asked for, and
what was hidden changes nothing when it comes back."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from anjian_cli.commands.session import Session
from anjian_cli.ledger.history import last
from commands.conftest import Lay
from support.import_ledger import code

Run = Callable[..., str]
BORN = "330722196501170105"
"""Made up, with the right check character."""


@pytest.fixture
def run(new_county: Run, lay: Lay) -> Run:

    def lines() -> None:
        firm = ("企业", "新增", "--镇街", "芝英", "--无代码原因", "在办")
        new_county(*firm, "永康市甲厂", "--phone", "13812345678", "--备注", f"法人{BORN}，找13900000001")
        new_county(*firm, "永康市乙厂", "--phone", "0579-87000001")
        new_county(*firm, "永康市丙厂")
        new_county("机构", "新增", "示例检测公司", "--phone", "13512345678")
        new_county(
            "hazard", "add", "甲厂", "--found-on", "10-9", "--deadline-on", "12-1", "--description", f"联系{BORN}"
        )

    lay("run", lines)
    return new_county


def rights(name: str) -> int:
    return stat.S_IMODE(Path(name).stat().st_mode)


def operations() -> int:
    connection = sqlite3.connect("a.db")
    try:
        return last(connection)[0]
    finally:
        connection.close()


def texts(name: str) -> list[str]:
    book = load_workbook(name)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return [str(cell) for cell in cells if cell is not None]


WAYS = (
    ("export", "-o", "甲.xlsx"),
    ("企业", "导出", "-o", "甲.csv"),
    ("企业", "导出", "-o", "甲.json"),
    ("enterprise", "export", "-o", "甲.xlsx"),
    ("enterprise", "list", "-o", "甲.csv"),
    ("enterprise", "list", "-o", "甲.json"),
    ("hazard", "list", "-o", "甲.xlsx"),
    ("todo", "60", "-o", "甲.csv"),
    ("todo", "60", "-o", "甲.xlsx"),
    ("bulletin", "10", "-o", "甲.html"),
    ("bulletin", "10", "-o", "甲.docx"),
    ("explain", "10-芝英-未销号", "-o", "甲.csv"),
)


@pytest.mark.unmeasured
@pytest.mark.parametrize("line", WAYS)
def test_a_file_is_for_its_owner_and_tells_no_numbers_of_people(run: Run, line: tuple[str, ...]) -> None:
    before = operations()
    run(*line)
    name = line[-1]
    assert rights(name) == 0o600
    told = texts(name) if name.endswith("xlsx") else [Path(name).read_bytes().decode(errors="ignore")]
    for number in (BORN, "13812345678", "87000001", "13512345678", "13900000001"):
        assert not any(number in text for text in told), number
    assert operations() == before


@pytest.mark.unmeasured
def test_forms_of_a_town_are_for_its_owner(run: Run) -> None:
    run("template", "--each-town", "-o", "下发/10月")
    assert [rights("下发"), rights("下发/10月"), rights("下发/10月/芝英镇.xlsx")] == [0o700, 0o700, 0o600]
    told = texts("下发/10月/芝英镇.xlsx")
    assert "138****5678" in told
    assert "13812345678" not in told
    assert any("330722********0105" in text for text in told)
    assert not any(BORN in text for text in told)


def test_a_marked_copy_is_for_its_owner_and_holds_what_its_sender_wrote(run: Run) -> None:
    firms = "芝英镇,永康市丁厂,在办,巨型,13700000007\n芝英镇,永康市戊厂,在办,,1370000000\n"
    Path("企业.csv").write_text(f"镇（街、区）,企业名称,无代码原因,规模,联系电话\n{firms}", encoding="utf-8")
    said = run("import", "企业.csv", code=1)
    assert "1370000000" not in said
    assert "“137****000”——不是电话号码" in said
    copy = "退回/企业（退回修改）.xlsx"
    assert (rights("退回"), rights(copy)) == (0o700, 0o600)
    book = load_workbook(copy)
    assert "13700000007" in [cell.value for row in book["企业"].iter_rows() for cell in row]
    assert "1370000000" not in [cell.value for row in book["错误清单"].iter_rows() for cell in row]


@pytest.mark.unmeasured
def test_what_was_exported_changes_nothing_when_it_comes_back(run: Run) -> None:
    for name in ("全部.xlsx", "企业.csv"):
        run(*(("export",) if name == "全部.xlsx" else ("enterprise", "export")), "-o", name)
        before = operations()
        said = run("import", name)
        assert "新增0，修改0" in said
        assert "遮盖" not in said
        assert operations() == before
    assert "13812345678" in run("enterprise", "show", "甲厂", "--with-phones")


@pytest.mark.unmeasured
def test_a_form_that_comes_back_with_one_change(run: Run) -> None:
    run("template", "--each-town", "-o", "下发")
    book = load_workbook("下发/芝英镇.xlsx")
    sheet = book["企业"]
    at = {str(cell.value).strip("★☆"): index for index, cell in enumerate(sheet[3], start=1)}
    row = next(row for row in range(4, 9) if sheet.cell(row, at["企业名称"]).value == "永康市甲厂")
    sheet.cell(row, at["规模"]).value = "小型"
    sheet.cell(row, at["备注"]).value = "法人330722********0105，改找139****0001的弟弟"
    book.save("下发/芝英镇.xlsx")
    said = run("import", "下发/芝英镇.xlsx")
    assert "修改1" in said
    assert BORN not in said
    with sqlite3.connect("a.db") as connection:
        kept = connection.execute("SELECT phone, remark FROM enterprise WHERE name = '永康市甲厂'").fetchone()
    assert kept == ("13812345678", f"法人{BORN}，改找13900000001的弟弟")


def test_a_hidden_number_that_is_not_the_ledgers_is_said_and_not_stored(run: Run) -> None:
    head = "镇（街、区）,企业名称,无代码原因,联系电话\n"
    rows = (
        "永康市甲厂,在办,139****0009",
        "永康市乙厂,在办,057******0001",
        "永康市新厂,在办,139****0009",
        "永康市丙厂,在办,138****5678",
    )
    Path("企业.csv").write_text(head + "".join(f"芝英镇,{row}\n" for row in rows), encoding="utf-8")
    said = run("import", "企业.csv")
    assert "第2、4、5行的电话有遮盖，与台账中的对不上，没有存" in said
    assert "新增1，修改0，不变3" in said
    with sqlite3.connect("a.db") as connection:
        found = dict(connection.execute("SELECT name, phone FROM enterprise"))
    assert found == {
        "永康市甲厂": "13812345678", "永康市乙厂": "0579-87000001", "永康市丙厂": None, "永康市新厂": None
    }  # fmt: skip


def test_a_long_list_with_hidden_numbers(run: Run) -> None:
    phones = {n: 13600000000 + n for n in range(2_100)} | {7: "139****0009"}
    rows = [f"芝英镇,永康市长{n}厂,{code(n)},{phone}\n" for n, phone in phones.items()]
    Path("企业.csv").write_text("镇（街、区）,企业名称,统一社会信用代码,联系电话\n" + "".join(rows), encoding="utf-8")
    said = run("import", "企业.csv")
    assert "第9行的电话有遮盖" in said
    assert "新增2100" in said
    with sqlite3.connect("a.db") as connection:
        assert connection.execute("SELECT count(*) FROM enterprise WHERE phone LIKE '%*%'").fetchone() == (0,)


@pytest.mark.unmeasured
def test_with_telephones_it_is_an_operation(run: Run) -> None:
    before = operations()
    assert "13512345678" in "".join([run("export", "--带电话", "-o", "电话.xlsx"), *texts("电话.xlsx")])
    assert "13812345678" in run("企业", "导出", "--with-phones", "--format", "csv")
    run("template", "--each-town", "--with-phones", "-o", "下发")
    assert "13812345678" in texts("下发/芝英镇.xlsx")
    assert operations() == before + 3
    log = run("log")
    assert "导出（带电话，写到电话.xlsx）" in log
    assert "企业 导出（带电话）" in log
    assert "导出（带电话，写到电话.xlsx）" in run("log", str(before + 1))
    assert not any(BORN in text for text in texts("电话.xlsx"))
    assert run("check")
    assert "它没有改动台账" in run("undo", str(before + 1), code=4)
    assert f"已撤销操作{before}（" in run("undo")
    assert run("check")


def test_what_cannot_be_logged_does_not_leave(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = operations()
    run("export", "-o", "有.xlsx")
    assert "E109" in run("export", "--with-phones", "-o", "有.xlsx", code=2)
    assert operations() == before

    def only_read(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(Session, "write", only_read)
    assert "E650" in run("export", "--with-phones", "-o", "电话.xlsx", code=6)
    assert not Path("电话.xlsx").exists()
    run("export", "-o", "全部.xlsx")


def test_an_empty_form_has_no_telephones(run: Run) -> None:
    assert "空表里没有电话" in run("template", "--with-phones", "-o", "空表.xlsx", code=2)
    assert "空表里没有电话" in run("enterprise", "template", "--with-phones", "-o", "空表.xlsx", code=2)


def test_what_is_said_of_a_change(run: Run) -> None:
    assert "联系电话：138****5678 → 139****0002" in run("enterprise", "edit", "甲厂", "--phone", "13900000002")
    assert "139****0002 → 139****0002（遮盖的几位不同）" in run("enterprise", "edit", "甲厂", "--phone", "13911110002")
    said = run("enterprise", "edit", "甲厂", "--phone", "139****0002", code=1)
    assert "E651" in said
    said = run("enterprise", "edit", "甲厂", "--phone", "1391111000", code=1)
    assert "1391111000" not in said
    assert "E250" in said


def test_a_record_shown(run: Run) -> None:
    said = run("enterprise", "show", "甲厂")
    assert "138****5678" in said
    assert "330722********0105" in said
    said = run("enterprise", "show", "甲厂", "--带电话")
    assert "13812345678" in said
    assert BORN not in said


def test_the_log_of_one_operation_hides_as_well(run: Run) -> None:
    run("enterprise", "edit", "甲厂", "--phone", "13811115678", "--备注", "法人330722********0105")
    said = run("log", str(operations()))
    assert "联系电话：138****5678 → 138****5678（遮盖的几位不同）" in said
    assert BORN not in said
    said = run("undo")
    assert "138****5678" in said
    assert "13812345678" not in said
    assert BORN not in said


@pytest.mark.unmeasured
def test_identity_numbers_are_said(run: Run) -> None:
    assert "有2条的文字里写着身份证号，已遮盖：企业330784115-2018-0001、隐患330784115-2018-0001" in run(
        "export", "-o", "甲.xlsx"
    )
    assert "身份证" not in run("机构", "导出", "-o", "机构.csv")


def test_a_towns_own_due_form_keeps_telephones(run: Run) -> None:
    run("hazard", "add", "乙厂", "--found-on", "10-9", "--deadline-on", "12-1", "--description", "找13900000001")
    run("todo", "60", "--each-town", "-o", "待办")
    assert rights("待办/芝英镇_待办回填单.xlsx") == 0o600
    told = texts("待办/芝英镇_待办回填单.xlsx")
    assert any("13900000001" in text for text in told)
    assert not any(BORN in text for text in told)
    run("todo", "60", "-o", "全部.xlsx")
    assert not any("13900000001" in text for text in texts("全部.xlsx"))


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "line",
    [
        ("todo", "60", f"找13812345678、{BORN}"),
        ("enterprise", "add", "丙厂", "--13812345678", "5"),
        ("13812345678",),
        ("log", "1", "13812345678", BORN),
    ],
)
def test_what_is_typed_in_the_wrong_place_is_hidden(run: Run, line: tuple[str, ...]) -> None:
    said = run(*line, code=2)
    assert "****" in said
    assert "13812345678" not in said
    assert BORN not in said


def test_a_text_that_a_list_is_searched_for_is_hidden_where_it_is_said(run: Run) -> None:
    for more in ((), ("--格式", "json")):
        said = run("enterprise", "list", "13812345678", *more)
        assert "按文字查找：“138****5678”" in said
        assert "13812345678" not in said
    said = run("enterprise", "list", "13812345678", f"找{BORN}", code=2)
    assert "13812345678" not in said
    assert BORN not in said
