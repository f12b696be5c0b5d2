"""What `anjian opening from-bulletin` reads from a bulletin, with the ledger at hand, and how it hands it over."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from anjian_cli.commands import arguments
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.exchange import prefill, printed_bulletin, reader, task_matrix, wide_table
from anjian_cli.exchange.content import Sheet
from anjian_cli.ledger import catalogue
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import days
from anjian_cli.render import destination
from anjian_cli.render.data import records

HEADS = ("指标", "镇（街、区）", "截至日期", "累计数", "依据")
_TITLES = 6
"""So many first rows of a sheet may say of which months it is."""


class Printed(NamedTuple):
    """What was found, and up to which day it goes (YYYY-MM-DD)."""

    told: printed_bulletin.Found
    until: str


def is_one(file: Path) -> bool:
    """Whether a file is a workbook whose sheets say of which months they are, as a bulletin's do."""
    if file.suffix.lower() not in (".xlsx", ".xls", ".et"):
        return False
    sheets = reader.read(file)
    return len(sheets) > 1 and bool(_until(sheets))


def read(session: Session, file: Path, until: str | None) -> Printed:
    """The figures of a bulletin. Raises `Refused` as `reader.read`, E103 where no day is told, E2xx for the day."""
    sheets = reader.read(file)
    told = until or _until(sheets)
    if not told:
        raise refused("E103", name="截至日期：通报里没有写，请加 --截至日期 日期", help="anjian 期初 取自通报 -h")
    day = arguments.read(days.day, told, "--截至日期")
    with session.read() as connection:
        finder = Finder(connection)
        entries = catalogue.indicators(connection, day)
        words = {word: town for town in finder.towns() for word in (town.name, town.short) if word}
        towns = prefill.towns(connection, session.today)
        asked = task_matrix.of_year(connection, int(day[:4]), entries, towns, "").tasks
    tasks = {
        (indicator, word): quantity
        for (indicator, code), quantity in asked.items()
        for word, town in words.items()
        if town.code == code
    }
    known = wide_table.Catalogue(entries, frozenset(words))
    return Printed(printed_bulletin.read(sheets, known, tasks), day)


def deliver(session: Session, found: Printed, source: str, output: Path | None) -> None:
    """Write the figures as the CSV that `anjian opening import` takes, and say what was checked and what is left."""
    told = found.told
    rows = [[figure.entry.short, figure.town, found.until, figure.text, source] for figure in told.figures]
    destination.deliver(records.delimited(HEADS, rows), output, session.out, csv=True)
    for fault in told.wrong:
        session.note(str(fault))
    checked = sum(figure.checked for figure in told.figures)
    told_of = f"其中{checked}个与印的完成率相符，{len(rows) - checked}个没有完成率可对"
    session.note(f"取出{len(rows)}个累计数（截至{found.until}），{told_of}")
    if told.unread:
        session.note(f"没有取的列：{'、'.join(told.unread)}；要的，请照表补上几行")
    if output is not None:
        session.note(f"核对以后收下：anjian 期初 导入 {output}")


def _until(sheets: list[Sheet]) -> str:
    for sheet in sheets:
        text = "\n".join(cell for _, cells in sheet.rows[:_TITLES] for cell in cells)
        if found := wide_table.until(text):
            return found
    return ""
