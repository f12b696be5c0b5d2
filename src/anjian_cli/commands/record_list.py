"""How a list of records is handed over: as a table, CSV, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from anjian_cli.commands import delivery
from anjian_cli.commands.params import Annotated, Option
from anjian_cli.commands.session import Session
from anjian_cli.exchange import cells
from anjian_cli.records.definition import Record
from anjian_cli.render.data import records
from anjian_cli.render.screen import listing as shown

Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]
Format = Annotated[str | None, Option("--format", help="table、csv、json 或 xlsx")]


def deliver(
    session: Session,
    record: Record,
    rows: Sequence[Any],
    chosen: str,
    output: Path | None,
    *,
    narrow: bool,
    columns: Sequence[str] | None = None,
) -> None:
    """Rows as a table, CSV, JSON or a workbook; a table has no phone numbers, a `narrow` one the first columns only.
    Where `columns` are asked for, these and no others."""
    titles = shown.titles(record, rows)
    if columns is not None:
        titles = {name: titles.get(name) or record.columns[name].title for name in columns}
    if chosen == "xlsx":
        delivery.document(session, partial(_workbook, record, rows, titles), output)
        return
    if chosen == "json":
        text = records.structured([{name: row[name] for name in titles} for row in rows])
    elif chosen == "csv":
        text = records.delimited(list(titles.values()), _cells(record, rows, titles))
    elif rows:
        kept = list(titles) if columns is not None else _columns(record, rows, list(titles), narrow=narrow)
        width = delivery.width(session, output)
        text = shown.aligned([titles[name] for name in kept], _cells(record, rows, kept), width)
    else:
        text = "（没有）"
    delivery.text(session, text, output, csv=chosen == "csv")


def _workbook(record: Record, rows: Sequence[Any], titles: Mapping[str, str]) -> bytes:
    from anjian_cli.exchange import spreadsheet

    book = spreadsheet.new(large=True)
    spreadsheet.add_list(book, record.title, record, rows, titles)
    return spreadsheet.content(book)


def _columns(record: Record, rows: Sequence[Any], fields: Sequence[str], *, narrow: bool) -> list[str]:
    """The fields that a table shows: those that are filled anywhere and not private; of a `narrow` one those that the
    record lists, else the first seven."""
    private = {name for name, column in record.columns.items() if column.private}
    filled = [name for name in fields if name not in private and any(row[name] is not None for row in rows)]
    if not narrow:
        return filled
    return [name for name in record.listed if name in fields] or filled[:7]


def _cells(record: Record, rows: Sequence[Any], fields: Iterable[str]) -> list[list[str]]:
    names = list(fields)
    return [[cells.shown(record, name, row[name]) for name in names] for row in rows]
