"""How a list of records is handed over: as a table, CSV, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from anjian_cli import under_way
from anjian_cli.commands import delivery
from anjian_cli.commands.params import Annotated, Option
from anjian_cli.commands.session import Session
from anjian_cli.exchange import cells
from anjian_cli.ledger import listing
from anjian_cli.ledger.listing import Wanted
from anjian_cli.records import masking
from anjian_cli.records.definition import Record
from anjian_cli.render.data import records
from anjian_cli.render.screen import listing as shown
from anjian_cli.workflow import echo

if TYPE_CHECKING:
    import sqlite3

Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]
Format = Annotated[str | None, Option("--format", help="table、csv、json 或 xlsx")]


LISTED = 200
"""So many rows a terminal shows where nobody says how many; off a terminal nothing is cut."""
FORMATS = ("table", "csv", "json", "xlsx")


class Found(NamedTuple):
    """The rows of a list, as many as are shown; whether there are `more`, and how many `in_all` (None = not said)."""

    rows: list[dict[str, Any]]
    more: bool
    in_all: int | None


def read(
    session: Session,
    connection: sqlite3.Connection,
    record: Record,
    wanted: Wanted,
    chosen: str,
    output: Path | None,
    *,
    limit: int | None,
    everything: bool = False,
) -> Found:
    """What is listed, at most `limit` rows; where nobody says how many, and nobody asks for `everything`, a table on a
    terminal has `LISTED`."""
    if limit is None and chosen == "table" and session.terminal and output is None and not everything:
        limit = LISTED
    if limit is not None:
        wanted = wanted._replace(limit=limit + 1)
    with under_way.work(f"读取{record.title}", unit="条") as work:
        rows = list(work.counting(listing.rows(connection, record.name, wanted)))
    more = limit is not None and len(rows) > limit
    in_all = listing.count(connection, record.name, wanted) if more and session.terminal else None
    if chosen == "table":
        with under_way.work(f"整理{record.title}", len(rows), "条") as work:
            rows = list(work.counting(echo.listed(connection, record, rows)))
    return Found(rows[:limit], more, in_all)


def hand_over(
    session: Session,
    record: Record,
    found: Found,
    chosen: str,
    output: Path | None,
    columns: Sequence[str] | None = None,
) -> None:
    """Show a list, and say where it does not end."""
    out = masking.leaving(record, found.rows)
    deliver(session, record, out.rows, chosen, output, narrow=True, columns=columns)
    if found.more:
        whole = "" if found.in_all is None else f"，共{found.in_all}条"
        session.note(
            f"只列了前{len(found.rows)}条{whole}；要全部请加 全部，要多列请加 --条数；写到文件或管道里不写条数即全部"
        )


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
    with under_way.work(f"排出{record.title}", len(rows), "条") as work:
        return [[cells.shown(record, name, row[name]) for name in names] for row in work.counting(rows)]
