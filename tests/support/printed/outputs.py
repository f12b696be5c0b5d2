"""Every number and every list of towns that an output prints of a bulletin, read back from what it printed.

`told` reads the outputs, each by its own structure (columns, tables, sentences, the data handed to the typesetter);
`differences` holds them against what the JSON says.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator

from docx import Document
from openpyxl import load_workbook

from anjian_cli.bulletin import exact
from anjian_cli.bulletin.chat import chat
from anjian_cli.bulletin.evidence import evidence
from anjian_cli.bulletin.notice import notice
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.standing import standing
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.data.bulletin_json import bulletin_json
from anjian_cli.render.office import letter, one_page, page, workbook
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.screen import bulletin_table, status
from support.printed.annexes import coloured, in_word, in_workbook, of_sheets, on_paper
from support.printed.documents import of_one_page, of_page, of_picture, of_typeset_letter
from support.printed.facts import Fact
from support.printed.measure import of_json
from support.printed.programs import of_csv
from support.printed.screens import of_screen, of_status, of_town
from support.printed.sentences import of_chat, of_letter, paragraphs_of


def differences(connection: sqlite3.Connection, bulletin: Bulletin, today: str) -> tuple[list[str], int]:
    """Where an output says something else than the JSON, and how many figures and lists were held against it."""
    truth = dict(of_json(exact.load(bulletin_json(bulletin))))
    wrong, count = [], 0
    for output, facts in told(connection, bulletin, today):
        for key, value in facts:
            count += 1
            if key not in truth and not value:
                continue  # a cell that is left blank says no more than one that is not there
            if key not in truth:
                wrong.append(f"{output}：{key} 为“{value}”，JSON 里没有")
            elif truth[key] != value:
                wrong.append(f"{output}：{key} 为“{value}”，JSON 为“{truth[key]}”")
    return wrong, count


def told(connection: sqlite3.Connection, found: Bulletin, today: str) -> Iterator[tuple[str, list[Fact]]]:
    """What each output says."""
    behind = evidence(connection, found, records=True)
    sheets, paper = annexes(found), one_page.one_page(found, behind.tasks)
    yield "csv", list(of_csv(found))
    yield "table", list(of_screen(found, bulletin_table.bulletin_table(found, None)))
    book = load_workbook(io.BytesIO(workbook.workbook(sheets, "")), data_only=True)
    yield "xlsx", [*of_sheets(found, sheets, in_workbook(book, sheets)), *coloured(found, book, sheets)]
    document = Document(io.BytesIO(letter.letter(notice(found), sheets)))
    narrow = on_paper(sheets)
    yield "docx", [*of_sheets(found, narrow, in_word(document, narrow)), *of_letter(found, paragraphs_of(document))]
    yield "html", list(of_page(found, sheets, page.page(found, sheets, behind.records)))
    yield "pdf", list(of_typeset_letter(found, sheets))
    yield "png", list(of_picture(found))
    yield "群通知", list(of_chat(found, chat(found)))
    yield "一页纸", list(of_one_page(found, Document(io.BytesIO(letter.paper(paper))), paper.more))
    period = Period(int(found.month[:4]), int(found.month[5:]), found.as_of, found.finished)
    screen = status.screen(standing(connection, today, period), "a.db")
    yield "概况", list(of_status(found, [line.text for line in screen], today))
    for one in found.towns[:: max(1, len(found.towns) // 2)]:
        yield f"镇表 {one.name}", list(of_town(found, one.code, behind))
