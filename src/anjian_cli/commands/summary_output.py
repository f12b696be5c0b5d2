"""How a command hands over a 统计表: on the screen, as data, as a document."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from anjian_cli.bulletin.summary_table import SummaryTable, leaving
from anjian_cli.commands import delivery
from anjian_cli.commands.params import Annotated, Option
from anjian_cli.commands.session import Session
from anjian_cli.render import destination, formats

Format = Annotated[str | None, Option("--format", help=formats.either(formats.OF_SUMMARY))]
Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]


def chosen(format: str | None, output: Path | None) -> formats.AnyFormat:  # noqa: A002 -- the option's name
    """The format asked for; asked before anything is read. Raises `Refused` E106."""
    return formats.BY_NAME[destination.chosen(format, output, formats.OF_SUMMARY)]


def deliver(session: Session, table: SummaryTable, form: formats.AnyFormat, output: Path | None) -> None:
    """Show the table, or write it to a file. Raises `Refused` as `destination.deliver` and `deliver_document`."""
    table = leaving(table)
    match form:
        case formats.ScreenFormat():
            from anjian_cli.render.screen import summary_table as screen

            delivery.lines(session, partial(screen.lines, table), output)
        case formats.DataFormat():
            from anjian_cli.render.data import summary_table as data

            csv = form.name == "csv"
            made = data.delimited(table) if csv else data.structured(table)
            delivery.text(session, made, output, csv=csv, notes=table.notes)
        case formats.DocumentFormat():
            from anjian_cli.render.office.summary_paper import summary_paper

            delivery.document(session, partial(form.of_paper, summary_paper(table)), output, form.ending)
