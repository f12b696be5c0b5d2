"""A sheet of a form that goes out, is printed, filled in and taken in again: its head, its page, and what is checked
while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from anjian_cli.exchange.spreadsheet import NOTE, TITLE, lay_out, put, wide
from anjian_cli.exchange.template import HEADING_ROW, value_rule
from anjian_cli.records.definition import Record

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TALL = 36
"""The least height of a row, in points: there is to be room for handwriting."""
UNKNOWN = "（没有登记）"
"""Stands for what is not known in a column by which a row of the form is known, as its address."""
_LONGEST_LIST = 255
"""So many characters a drop-down may have that is written with its cells."""


def head(sheet: Worksheet, title: str, note: str, heads: Sequence[tuple[str, str]], widths: Sequence[int]) -> None:
    """Title, note across the columns, headings, each with its style."""
    put(sheet, 1, 1, title, TITLE)
    put(sheet, 2, 1, note, NOTE)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(heads))
    for index, (text, style) in enumerate(heads, start=1):
        put(sheet, HEADING_ROW, index, text, style)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 15.0 * -(-wide(note) // (sum(widths) - 8)) + 6
    sheet.row_dimensions[HEADING_ROW].height = 34


def page(sheet: Worksheet, widths: Sequence[int], *, fixed: int) -> None:
    """On one page's width: a form that is torn in two cannot be handed on. Who filled it in signs at the foot."""
    from openpyxl.utils import get_column_letter

    lay_out(sheet, widths, HEADING_ROW, fixed=fixed)
    sheet.page_setup.fitToWidth = 1
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.print_title_cols = None
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(widths))}{max(sheet.max_row, HEADING_ROW + 1)}"
    footer = sheet.oddFooter
    assert footer is not None
    footer.right.text = "填表人：　　　　审核人：　　　　"


def checks(
    sheet: Worksheet,
    record: Record,
    names: Sequence[str],
    first: int,
    last: int,
    words: Mapping[tuple[str, str], Sequence[str]] = {},
) -> None:
    """Days are days and words those there are, in the fields `names` of a record, from the column `first` on, down to
    the row `last`; `words` as in `prefill.Prefill`."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for index, name in enumerate(names, start=first):
        column = record.columns[name]
        rule = value_rule(record.kinds[name], column)
        listed = ",".join(words.get((record.name, name)) or column.choices)
        if listed and len(listed) <= _LONGEST_LIST and '"' not in listed:
            rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
            rule.showErrorMessage, rule.errorTitle, rule.error = True, "不在可选值之内", "请从下拉中选。"
        if rule is not None:
            letter = get_column_letter(index)
            rule.add(f"{letter}{HEADING_ROW + 1}:{letter}{last}")
            sheet.add_data_validation(rule)
