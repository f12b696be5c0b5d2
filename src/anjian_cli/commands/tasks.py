"""The tasks of a year as a table, towns down and indicators across: the template of the next year's, and the export."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.ledger import catalogue, settings
from anjian_cli.render import destination
from anjian_cli.rules import place_names

if TYPE_CHECKING:
    from anjian_cli.exchange.task_matrix import Matrix
    from anjian_cli.records.definition import Record

AS_TABLE = {"target"}
"""The record types that are exported as a table as well."""


def export(record: Record, rows: Callable[..., None]) -> tuple[Callable[..., object], str]:
    """The verb `export`: as `rows` does it, or as a table."""

    def exported(
        ctx: Context,
        town: Annotated[str | None, Option("--town", help="只导出这个镇（街、区）的；未定 即还没有属地的")] = None,
        voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也导出")] = False,
        matrix: Annotated[bool, Option("--matrix", "--分解表", help="镇为行、指标为列的分解表")] = False,
        year: Annotated[int | None, Option("--year", help="分解表是哪一年的；不写即最近有任务的一年")] = None,
        format: Annotated[str | None, Option("--format", help="table、csv、json 或 xlsx")] = None,  # noqa: A002 -- the option's name
        output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
    ) -> None:
        if matrix:
            deliver(ctx.obj, year, output, format)
        else:
            rows(ctx.obj, record, town, output, format, voided=voided)

    return exported, "anjian 任务 导出 -o 年度任务.xlsx\nanjian 任务 导出 --分解表 -o 任务.xlsx"


def template(session: Session, year: int | None, output: Path | None) -> None:
    """Write the table of tasks of a year that has none yet, filled with those of the year before."""
    from anjian_cli.exchange import spreadsheet, task_matrix

    destination.chosen(None, output, ("xlsx",))
    with session.read() as connection:
        had = task_matrix.years(connection)
        asked = year or max([int(session.today[:4]), *(known + 1 for known in had)])
        last = max((known for known in had if known < asked), default=asked - 1)
        matrix = _of_year(session, connection, last)
        if not matrix.entries:
            with_tasks = [one for one in catalogue.indicators(connection, f"{asked}-12-31") if one.against == "target"]
            matrix = replace(matrix, entries=with_tasks)
    matrix = replace(matrix, year=asked, document="", from_on="")
    destination.deliver_workbook(lambda: spreadsheet.content(task_matrix.book(matrix, total=False)), output)
    filled = f"已填{last}年的数" if matrix.tasks else "还没有上年的数"
    session.note(f"{asked}年度任务分解表，{filled}；填好后用 anjian 任务 导入 收下")
    if year is None and asked > int(session.today[:4]):
        told = f"anjian 任务 导出 --分解表 --年 {had[-1]} -o {had[-1]}年任务.xlsx"
        session.note(f"{had[-1]}年的任务已经下达，所以给的是下一年的；要补、要改{had[-1]}年的：{told}")


def deliver(session: Session, year: int | None, output: Path | None, format: str | None) -> None:  # noqa: A002
    """Write the table of the tasks of a year, by default of the last that has any."""
    from anjian_cli.exchange import spreadsheet, task_matrix
    from anjian_cli.render.data import records

    chosen = destination.chosen(format, output, ("csv", "xlsx"))
    with session.read() as connection:
        asked = year or max(task_matrix.years(connection), default=int(session.today[:4]))
        found = _of_year(session, connection, asked)
    if chosen == "xlsx":
        destination.deliver_workbook(lambda: spreadsheet.content(task_matrix.book(found, total=True)), output)
    else:
        table = task_matrix.rows(found, total=True)
        width = max(map(len, table))
        first, *rest = [
            ["" if cell is None else str(cell) for cell in [*line, *[None] * (width - len(line))]] for line in table
        ]
        destination.deliver(records.delimited(first, rest), output, session.out, csv=True)
    session.note(f"已导出{asked}年的任务{len(found.tasks)}个")
    if found.tasks and not (found.document and found.from_on):
        session.note("各项任务的下达文号或起用日期不止一个，表头没有写；导入前请写明")


def _of_year(session: Session, connection: sqlite3.Connection, year: int) -> Matrix:
    from anjian_cli.exchange import prefill, task_matrix

    towns = prefill.towns(connection, session.today)
    county = place_names.whole(settings.region_name(connection))
    return task_matrix.of_year(connection, year, catalogue.indicators(connection, f"{year}-12-31"), towns, county)
