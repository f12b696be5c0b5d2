"""The tasks of a year as a table: towns down, indicators across, their categories above. What `wide_table` reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from anjian_cli.exchange.prefill import Town
from anjian_cli.ledger.catalogue import Entry
from anjian_cli.rules import place_names
from anjian_cli.rules.intervals import OPEN

if TYPE_CHECKING:  # a matrix as CSV does without openpyxl
    from openpyxl import Workbook

TOWN = "镇（街、区）"


@dataclass(frozen=True)
class Matrix:
    """`tasks` leads from an indicator's id and a town's code ('' for the county's own) to the number. `document` and
    `from_on` are those of all tasks, '' where they differ or there are none yet."""

    year: int
    entries: Sequence[Entry]
    towns: Sequence[Town]
    tasks: dict[tuple[str, str], int] = field(default_factory=dict)
    document: str = ""
    from_on: str = ""
    county: str = place_names.COUNTY


def years(connection: sqlite3.Connection) -> list[int]:
    """The years that have tasks, in order."""
    found = connection.execute(
        "SELECT DISTINCT year FROM target WHERE voided_on IS NULL AND department IS NULL ORDER BY year"
    )
    return [year for (year,) in found]


def of_year(
    connection: sqlite3.Connection, year: int, entries: Sequence[Entry], towns: Sequence[Town], county: str
) -> Matrix:
    """The tasks of a year as they stand last, for the indicators that have any."""
    rows = connection.execute(
        "SELECT indicator, COALESCE(town_code, '') AS town, quantity, document, from_on FROM target"
        " WHERE year = ? AND until_on = ? AND voided_on IS NULL AND quantity IS NOT NULL AND department IS NULL",
        (year, OPEN),
    ).fetchall()
    tasks = {(row["indicator"], row["town"]): int(row["quantity"]) for row in rows}
    asked = {indicator for indicator, _ in tasks}
    documents, days = {row["document"] for row in rows}, {row["from_on"] for row in rows}
    return Matrix(
        year,
        [entry for entry in entries if entry.id in asked],
        towns,
        tasks,
        documents.pop() if len(documents) == 1 else "",
        days.pop() if len(days) == 1 else "",
        county,
    )


def rows(matrix: Matrix, *, total: bool) -> list[list[str | int | None]]:
    """The table: its title, what is told once, two lines of heads, the towns, the county's own tasks if it has any,
    and with `total` the sums."""
    heads: list[str | int | None] = [TOWN, *(entry.short for entry in matrix.entries)]
    titles = [entry.category_title for entry in matrix.entries]
    groups = [title if at == 0 or titles[at - 1] != title else None for at, title in enumerate(titles)]
    table: list[list[str | int | None]] = [
        [f"{matrix.year}年度任务分解表"],
        ["下达文号：", matrix.document, None, "起用日期：", matrix.from_on],
        [None, *groups],
        heads,
    ]
    places = [(town.name, town.code) for town in matrix.towns]
    if any(town == "" for _, town in matrix.tasks):
        places.append((matrix.county, ""))
    for name, code in places:
        table.append([name, *(matrix.tasks.get((entry.id, code)) for entry in matrix.entries)])
    if total:
        codes = {town.code for town in matrix.towns}
        sums = [
            sum(n for (of, at), n in matrix.tasks.items() if of == one.id and at in codes) for one in matrix.entries
        ]
        table.append(["合计", *sums])
    return table


def book(matrix: Matrix, *, total: bool) -> Workbook:
    """The table as a workbook."""
    from anjian_cli.exchange import spreadsheet
    from anjian_cli.records.definition import Kind

    made = spreadsheet.new()
    sheet = made.create_sheet("年度任务")
    table = rows(matrix, total=total)
    whole, text = spreadsheet.body(Kind.WHOLE), spreadsheet.PLAIN
    width = len(matrix.entries) + 1
    for at, line in enumerate(table, start=1):
        styles = {1: [spreadsheet.TITLE], 2: [spreadsheet.NOTE] * 5, 3: [spreadsheet.HEADING] * width}
        chosen = styles.get(at) or ([spreadsheet.HEADING] * width if at == 4 else [text, *[whole] * (width - 1)])
        for index, (value, style) in enumerate(zip(line, chosen, strict=True), start=1):
            spreadsheet.put(sheet, at, index, value, style)
    _merge_groups(sheet, table[2])
    spreadsheet.lay_out(sheet, [14, *[11] * (width - 1)], 4, fixed=1)
    sheet.row_dimensions[1].height = 30
    return made


def _merge_groups(sheet: object, groups: Sequence[object]) -> None:
    """The head of a category over all of its columns."""
    begins = [at for at, group in enumerate(groups, start=1) if group is not None]
    for begin, end in pairwise([*begins, len(groups) + 1]):
        if end - begin > 1:
            sheet.merge_cells(start_row=3, start_column=begin, end_row=3, end_column=end - 1)  # type: ignore[attr-defined]
