"""Every record type's form as a workbook: headings, example, drop-downs; and a form is taken in without a change."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from anjian_cli.errors import Refused
from anjian_cli.exchange import intake, kind, opened_file, prefill, reader, spreadsheet, template
from anjian_cli.exchange.content import Content
from anjian_cli.exchange.prefill import Prefill
from anjian_cli.records import definition
from anjian_cli.records.definition import Kind, Record
from support.desk import SHIZHU, ZHIYING, Desk
from support.sweeps import sweep

ALL = definition.all_records()
each = sweep("record", ALL, ids=lambda record: record.name, keep=13)


def made(*records: Record, facts: Prefill | None = None) -> bytes:
    return spreadsheet.content(template.book(records, facts))


def loaded(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def headed(sheet: Worksheet) -> dict[str, int]:
    """Which column is below a heading."""
    return {str(cell.value).strip("★☆"): index for index, cell in enumerate(sheet[3], start=1)}


def rule(sheet: Worksheet, heading: str) -> DataValidation | None:
    """What checks the cells below a heading."""
    column = get_column_letter(headed(sheet)[heading])
    found = [one for one in sheet.data_validations.dataValidation if f"{column}5" in one.sqref]
    assert len(found) <= 1
    return found[0] if found else None


def choices(book: Workbook, found: DataValidation) -> list[str]:
    """What a drop-down offers."""
    name, cells = str(found.formula1).split("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


@pytest.mark.unmeasured
@each
def test_headings_example_and_checks(record: Record) -> None:
    book = loaded(made(record))
    sheet = book[record.title]
    heads, _ = template.rows(record)
    assert [cell.value for cell in sheet[3]] == heads
    assert str(sheet["A1"].value).endswith("登记表")
    row = dict(zip(template.fields(record), (cell.value for cell in sheet[4]), strict=True))
    assert str(next(iter(row.values()))).startswith("示例")
    for name, column in list(record.columns.items())[1:]:
        if column.shown_only:
            continue
        kind, value, found = record.kinds[name], row[name], rule(sheet, column.title)
        if kind is Kind.DAY:
            assert value == (datetime.fromisoformat(column.example) if column.example else None)
            assert found is not None
            assert found.type == "date"
        elif column.choices:
            assert value == (column.example or None)
            assert found is not None
            assert found.showErrorMessage is (kind is not Kind.TERMS)
            assert choices(book, found) == list(column.choices)
        elif kind is Kind.WHOLE:
            assert found is not None
            assert (found.type, found.formula1) == ("whole", "0")
            assert value is None or isinstance(value, int)
        elif kind is Kind.TEXT:
            assert value == (column.example or None)
            assert sheet.column_dimensions[get_column_letter(list(row).index(name) + 1)].number_format == "@"
    assert sum(str(head).startswith("★") for head in heads) == sum(
        column.required for column in record.columns.values() if not column.shown_only
    )


@pytest.mark.unmeasured
@each
def test_it_is_recognised_and_holds_no_record(record: Record, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    path.write_bytes(made(record))
    (opened,) = opened_file.open_files(path)
    report = intake.take_file(opened, lambda _: desk.gate())
    assert ([part.title for part in report.parts], report.rows, report.faults) == ([record.title], 0, [])
    assert report.parts[0].unknown == []


@pytest.mark.unmeasured
def test_the_guide_and_the_codes_are_taken_for_no_records(desk: Desk) -> None:
    content = made(*ALL, facts=prefill.for_all(desk.ledger, "2018-11-05"))
    sheets = {sheet.name: sheet for sheet in reader.sheets(Content("空表.xlsx", content, ".xlsx"))}
    assert list(sheets) == [*(record.title for record in ALL), template.GUIDE, template.CODES]
    with pytest.raises(Refused, match="E301"):
        kind.recognise(sheets[template.GUIDE], ALL)
    assert {template.GUIDE, template.CODES} <= opened_file.NO_RECORDS


def test_words_to_choose_from_are_those_of_the_ledger_today(desk: Desk) -> None:
    desk.take("term", list="隐患来源", word="热线举报", means="群众举报")
    desk.take("term", list="隐患来源", word="企业自查", until_on="2018-11-05")
    hazard, inspection = map(definition.record, ("hazard", "inspection"))
    for facts in (
        prefill.for_all(desk.ledger, "2018-11-05"),
        prefill.for_town(desk.ledger, prefill.town(desk.ledger, ZHIYING), "2018-11-05"),
    ):
        book = loaded(made(hazard, inspection, facts=facts))
        offered = [(sheet, rule(book[sheet], title)) for sheet, title in (("隐患", "隐患来源"), ("检查", "检查方式"))]
        sources, methods = (choices(book, found) for _, found in offered if found is not None)
        assert sources == ["部门检查", "网格巡查", "中介诊断", "联合执法", "群众举报", "热线举报"]
        assert methods == ["部门检查", "网格巡查", "中介诊断", "联合执法"]
        told = [cell.value for cell in book[template.GUIDE]["C"]]
        assert "从中选一：部门检查、网格巡查、中介诊断、联合执法、群众举报、热线举报" in told


def test_names_to_choose_from(desk: Desk) -> None:
    desk.village()
    desk.enterprise("永康市甲厂")
    desk.enterprise("永康市乙厂", town="石柱镇")
    facts = prefill.for_town(desk.ledger, prefill.town(desk.ledger, ZHIYING), "2018-11-05")
    device, target, village = map(definition.record, ("device", "target", "responsible_village"))
    book = loaded(made(device, target, village, facts=facts))
    offered = {
        (name, heading): choices(book, found)
        for name, heading in (
            ("智慧用电", "企业名称"),
            ("智慧用电", "镇（街、区）"),
            ("年度任务", "镇（街、区）"),
            ("主体责任村", "村（居）"),
        )
        if (found := rule(book[name], heading)) is not None
    }
    assert offered == {
        ("智慧用电", "企业名称"): ["永康市甲厂"],
        ("智慧用电", "镇（街、区）"): ["芝英镇"],
        ("年度任务", "镇（街、区）"): ["全市", "芝英镇"],
        ("主体责任村", "村（居）"): ["溪心村"],
    }
    indicators = rule(book["年度任务"], "指标")
    assert indicators is not None
    assert "三级新创" in choices(book, indicators)
    assert book["智慧用电"]["A1"].value == "芝英镇智慧用电登记表"


@pytest.mark.unmeasured
def test_a_towns_form_closes_its_hazards(desk: Desk, tmp_path: Path) -> None:
    enterprise = desk.enterprise("永康市甲厂")
    desk.hazard(enterprise, description="一处")
    desk.hazard(enterprise, description="二处")
    desk.hazard(desk.enterprise("乙厂", town="石柱镇"))
    facts = prefill.for_town(desk.ledger, prefill.town(desk.ledger, ZHIYING), "2018-11-05", filled=True)
    book = loaded(made(definition.record("enterprise"), definition.record("hazard"), facts=facts))
    sheet = book["隐患"]
    at = headed(sheet)
    assert [sheet.cell(row, at["隐患部位与描述"]).value for row in (4, 5, 6)] == ["一处", "二处", None]
    told: dict[str, str | date] = {
        "整改完成日期": date(2018, 10, 20),
        "验收日期": "2018年10月22日",
        "验收人": "验收人丙",
        "验收结论": "合格",
    }
    for heading, value in told.items():
        sheet.cell(4, at[heading]).value = value
    path = tmp_path / "芝英镇.xlsx"
    book.save(path)
    (opened,) = opened_file.open_files(path)
    report = intake.take_file(opened, lambda _: desk.gate())
    assert report.faults == []
    assert (report.changed, report.unchanged, report.new) == (1, 2, 0)
    assert desk.rows("hazard_listing", "stage") == [("已销号",), ("待整改",), ("待整改",)]
    again = prefill.for_town(desk.ledger, prefill.town(desk.ledger, ZHIYING), "2018-11-05", filled=True)
    assert [row["description"] for row in again.rows["hazard"]] == ["二处"]
    assert (
        len(prefill.for_town(desk.ledger, prefill.town(desk.ledger, SHIZHU), "2018-11-05", filled=True).rows["hazard"])
        == 1
    )
