"""The tasks of a year as a table, towns down and indicators across: the template of the next year's, and the export."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands.session import Session
from anjian_cli.ledger import catalogue, settings
from anjian_cli.render import destination
from anjian_cli.rules import place_names

if TYPE_CHECKING:
    from anjian_cli.exchange.task_matrix import Matrix


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
            with_tasks = [one for one in catalogue.indicators(connection) if one.against == "target"]
            matrix = replace(matrix, entries=with_tasks)
    matrix = replace(matrix, year=asked, document="", from_on="")
    destination.deliver_workbook(lambda: spreadsheet.content(task_matrix.book(matrix, total=False)), output)
    filled = f"已填{last}年的数" if matrix.tasks else "还没有上年的数"
    session.note(f"{asked}年度任务分解表，{filled}；填好后用 anjian target import 导入")


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
    return task_matrix.of_year(connection, year, catalogue.indicators(connection), towns, county)
