"""A scheme's workbook for tests: the one that every ledger has, written out, changed, and read again."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from anjian_cli.errors import Place
from anjian_cli.exchange import scheme_book, scheme_file
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.records import definition
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Draft
from support.plain_environment import unmeasured

Change = Callable[[Workbook], object]
RECORDS = {record.name: record.title for record in definition.all_records()}


def written(ledger: sqlite3.Connection, path: Path, change: Change | None = None, *, name: str = "永康2019") -> Path:
    """永康2018 as a file of another name, changed."""
    with unmeasured():  # what makes the book has tests of its own
        book = openpyxl.load_workbook(io.BytesIO(_shipped(ledger)))
        book["办法"]["B2"] = name
        book["办法"]["B3"] = f"{name}考核办法"
        if change:
            change(book)
        book.save(path)
    return path


_made: dict[str, bytes] = {}
"""The workbook by what it was made of. Nearly every ledger has the same: made once, it is read again for each test."""


def _shipped(ledger: sqlite3.Connection) -> bytes:
    shipped, facts = scheme.draft_of(ledger, schemes.all_of(ledger)[0]), scheme.facts(ledger)
    words = [tuple(row) for row in ledger.execute("SELECT * FROM term")]
    key = repr((shipped, facts, words))
    if key not in _made:
        book = scheme_book.book(shipped, facts, RECORDS, scheme.words_on(ledger, "2018-10-01"))
        for sheet in ("办法", "类别", "指标"):
            _plain(book[sheet])
        into = io.BytesIO()
        book.save(into)
        _made[key] = into.getvalue()
    return _made[key]


def _plain(sheet: Worksheet) -> None:
    """The headings in the first row, and no empty rows below: what stands around them is for people."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_rows(1, 2)
    for at in range(sheet.max_row, 1, -1):
        if all(cell.value in (None, "") for cell in sheet[at]):
            sheet.delete_rows(at)


def read(ledger: sqlite3.Connection, path: Path) -> Draft:
    return scheme_file.read(path, scheme.facts(ledger), RECORDS)


def bare(draft: Draft) -> Draft:
    """Without what tells of a file alone: its places, its lines, what is worth knowing of it."""
    nowhere = Place()
    return replace(
        draft,
        lines={},
        notes=(),
        place=nowhere,
        categories=tuple(replace(each, place=nowhere) for each in draft.categories),
        groups=tuple(replace(each, place=nowhere) for each in draft.groups),
        indicators=tuple(replace(each, place=nowhere) for each in draft.indicators),
    )


def dropping(*categories: str) -> Change:
    """Without some categories (by 编号) and what is in them."""

    def change(book: Workbook) -> None:
        titles = {row[1].value for row in book["类别"] if row[0].value in categories}
        for sheet, column, gone in ((book["类别"], 0, set(categories)), (book["指标"], 1, titles)):
            for at in range(sheet.max_row, 1, -1):
                if sheet.cell(at, column + 1).value in gone:
                    sheet.delete_rows(at)

    return change


MORE_CATEGORY = ("fire", "消防安全", "是", "2")
MAJOR = ("fire.major", "消防安全", "重大隐患", "排查重大隐患", "条", "合计", "排查隐患", "隐患级别=重大", "是", "任务")
CHECKS = ("fire.checks", "消防安全", "部门检查", "部门安全检查", "家次", "合计", "安全检查", "检查方式=部门检查", "否")


def adding(*indicators: tuple[str, ...], categories: tuple[tuple[str, ...], ...] = (MORE_CATEGORY,)) -> Change:
    """With more categories and indicators at the end."""

    def change(book: Workbook) -> None:
        for line in categories:
            book["类别"].append(line)
        for line in indicators:
            book["指标"].append(line)

    return change


def setting(sheet: str, cell: str, value: str | float | None) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change
