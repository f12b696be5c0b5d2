"""The workbook of a scheme: read back as it was, with lists to choose from and every column explained."""

from __future__ import annotations

import sqlite3
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from anjian_cli.exchange import scheme_book, scheme_file, spreadsheet
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.records import definition
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Draft
from support.scheme_file import bare

DAY = "2018-11-02"
RECORDS = {record.name: record.title for record in definition.all_records()}


@pytest.fixture
def path(ledger: sqlite3.Connection, tmp_path: Path) -> Path:
    """The workbook of the scheme that every ledger has."""
    made = scheme_book.book(shipped(ledger), scheme.facts(ledger), RECORDS, scheme.words_on(ledger, DAY))
    (tmp_path / "办法.xlsx").write_bytes(spreadsheet.content(made))
    return tmp_path / "办法.xlsx"


def shipped(ledger: sqlite3.Connection) -> Draft:
    return scheme.draft_of(ledger, schemes.on(ledger, DAY))


def headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value).lstrip("★") for cell in sheet[scheme_book.HEADING_ROW]]


def choices(book: Workbook, sheet: Worksheet, heading: str) -> list[str]:
    """What can be chosen below a heading."""
    first = sheet.cell(scheme_book.HEADING_ROW + 1, headings(sheet).index(heading) + 1).coordinate
    (rule,) = (each for each in sheet.data_validations.dataValidation if first in each.sqref)
    name, _, cells = str(rule.formula1).replace("'", "").replace("$", "").partition("!")
    return [str(cell.value) for (cell,) in book[name][cells]]


def test_it_is_read_back_as_it_was(ledger: sqlite3.Connection, path: Path) -> None:
    read = scheme_file.read(path, scheme.facts(ledger), RECORDS)
    assert bare(read) == shipped(ledger)


def test_lists_have_what_may_be_written_and_the_words_of_the_ledger(ledger: sqlite3.Connection, path: Path) -> None:
    book = load_workbook(path)
    indicators = book["指标"]
    assert choices(book, indicators, "计法") == ["合计", "去重", "有数的镇", "今日到期", "评分"]
    assert choices(book, indicators, "评分") == choices(book, book["类别"], "计分") == ["是", "否"]
    assert choices(book, indicators, "方向") == ["多为好", "少为好"]
    assert choices(book, indicators, "数") == [fact.title for fact in scheme.facts(ledger).values()]
    assert choices(book, indicators, "对照")[:4] == ["任务", "应有", "上年同期", "负责人"]
    assert "检查方式=部门检查" in choices(book, indicators, "条件")
    assert "安全专项整治" in choices(book, indicators, "类别")


def test_a_category_that_is_added_can_be_chosen(path: Path) -> None:
    book = load_workbook(path)
    categories = book["类别"]
    last = max(at for at in range(1, categories.max_row + 1) if categories.cell(at, 1).value)
    categories.cell(last + 1, 2).value = "消防安全"
    assert "消防安全" in choices(book, book["指标"], "类别")


@pytest.mark.unmeasured
@pytest.mark.parametrize("sheet", ["类别", "组", "指标"])
def test_every_column_is_explained_beside_its_cells_and_in_the_guide(path: Path, sheet: str) -> None:
    book = load_workbook(path)
    told = {rule.promptTitle: rule.prompt for rule in book[sheet].data_validations.dataValidation}
    assert list(told) == headings(book[sheet])
    assert all(told.values())
    guide = [str(row[2].value) for row in book["填表说明"].iter_rows()]
    assert set(told.values()) <= set(guide)


@pytest.mark.unmeasured
def test_an_empty_line_is_none(ledger: sqlite3.Connection, path: Path) -> None:
    book = load_workbook(path)
    book["类别"].insert_rows(scheme_book.HEADING_ROW + 2)
    book.save(path)
    assert len(scheme_file.read(path, scheme.facts(ledger), RECORDS).categories) == len(shipped(ledger).categories)


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("weight", "said"), [("1", "1"), ("3/2", "1.5"), ("20", "20"), ("1/8", "0.125"), ("1/3", "1/3")]
)
def test_a_weight_stands_as_an_office_writes_it(
    ledger: sqlite3.Connection, tmp_path: Path, weight: str, said: str
) -> None:
    draft = shipped(ledger)
    first = replace(draft.categories[0], weight=Fraction(weight))
    draft = replace(draft, categories=(first, *draft.categories[1:]))
    made = scheme_book.book(draft, scheme.facts(ledger), RECORDS, scheme.words_on(ledger, DAY))
    assert made["类别"].cell(scheme_book.HEADING_ROW + 1, 4).value == said
    (tmp_path / "办法.xlsx").write_bytes(spreadsheet.content(made))
    read = scheme_file.read(tmp_path / "办法.xlsx", scheme.facts(ledger), RECORDS)
    assert read.categories[0].weight == Fraction(weight)
