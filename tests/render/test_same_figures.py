"""One bulletin in every format: scores, places, figures, totals, control figures read back from each are the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction

import pytest
from docx import Document
from openpyxl import load_workbook

from anjian_cli.bulletin import exact, findings, phrase, sentences, wording
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.notice import notice
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.value import Bulletin, Category, IndicatorTable
from anjian_cli.render import cell_text
from anjian_cli.render.data.bulletin_csv import bulletin_csv
from anjian_cli.render.data.bulletin_json import bulletin_json
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.letter import letter
from anjian_cli.render.office.page import page
from anjian_cli.render.office.workbook import FIRST_HEAD, workbook
from anjian_cli.render.paper import Sheet
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.styled_lines import text
from oracle.histories import History
from support import random_ledgers
from support.bulletin_builder import SEEDS, bulletin, controlled
from support.page_tables import Tables
from support.printed.outputs import differences
from support.sweeps import sweep

pytestmark = pytest.mark.unmeasured  # every format has tests of its own
Figures = dict[tuple[str, str], str]
"""By 得分, 名次 or an indicator's short word (with 控制数 behind it), and a town's name; 合计 is the county."""
TOTAL = "合计"
NOTHING = ("", "—", "－")


def said(value: object) -> str:
    """A cell as a number is written, without what a format puts around it; '' for nothing."""
    shown = "" if value is None else str(value)
    return "" if shown in NOTHING else wording.decimal(Fraction(shown)) if _number(shown) else shown


def _number(shown: str) -> bool:
    return shown.lstrip("+-").replace(".", "", 1).isdigit()


def of_json(found: Bulletin) -> Figures:
    read = exact.load(bulletin_json(found))
    names = {town.code: town.name for town in read.towns}
    figures = {}
    for table in (table for category in read.categories for table in category.indicators):
        if table.unit == wording.MONEY:
            continue
        placed = [(names[cell.town], cell) for cell in table.cells] + [(TOTAL, table.total)]
        for name, cell in placed + ([(UNSETTLED_NAME, table.other)] if table.other else []):
            figures[table.short, name] = said(cell.done)
            if table.controlled and name != UNSETTLED_NAME:
                figures[f"{table.short}控制数", name] = said(cell.control)
    for row in read.scores:
        figures["得分", names[row.town]] = said(wording.score(row.score))
        figures["名次", names[row.town]] = said(row.rank)
    return figures


def of_csv(found: Bulletin) -> Figures:
    figures = {}
    for row in csv.DictReader(io.StringIO(bulletin_csv(found))):
        if row["镇街代码"] and row["类别"] == "综合":
            figures["得分", row["镇街"]] = said(row["累计"])
            figures["名次", row["镇街"]] = said(row["排名"])
        elif row["镇街代码"] or row["镇街"] in (UNSETTLED_NAME, found.county):
            place = TOTAL if row["镇街"] == found.county else row["镇街"]
            figures[row["指标"], place] = said(row["累计"])
            figures[f"{row['指标']}控制数", place] = said(row.get("控制数"))
    return figures


def of_sheets(sheets: tuple[Sheet, ...], read: Callable[[int, int, int], object]) -> Figures:
    """`read` gives what stands in a sheet's body, by sheet, row and column."""
    figures = {}
    for number, sheet in enumerate(sheets):
        for at in range(len(sheet.rows) + (number > 0)):
            town = str(read(number, at, 1))
            for column, head in enumerate(sheet.heads):
                of = head.code if head.kind == "count" else ""
                if head.title == "控制数" and town != UNSETTLED_NAME:
                    of = f"{head.group.partition('（')[0]}控制数"
                if number == 0:
                    of = {"综合得分（分）": "得分", "排名": "名次"}.get(head.title, "")
                if of:
                    figures[of, town] = said(read(number, at, column))
    return figures


def heads(sheet: Sheet) -> int:
    return 2 if any(head.group for head in sheet.heads) else 1


def of_xlsx(found: Bulletin) -> Figures:
    sheets = annexes(found)
    book = load_workbook(io.BytesIO(workbook(sheets, "")), data_only=True)

    def read(number: int, row: int, column: int) -> object:
        sheet = sheets[number]
        return book[sheet.name].cell(FIRST_HEAD + heads(sheet) + row + 1, column + 1).value

    return of_sheets(sheets, read)


def of_docx(found: Bulletin) -> Figures:
    sheets = annexes(found)
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(letter(notice(found), sheets))).tables
    ]
    return of_sheets(sheets, lambda number, row, column: tables[number][heads(sheets[number]) + row][column])


def of_html(found: Bulletin) -> Figures:
    sheets = annexes(found)
    tables = [[row for row in table if row] for table in Tables(page(found, sheets, {})).tables]
    return of_sheets(sheets, lambda number, row, column: tables[number][row][column])


def of_table(found: Bulletin) -> Figures:
    """The ranking; a town's line there is the first that begins with its number in the list and its name."""
    rates = sum(category.scored for category in found.categories)
    figures = {}
    for line in text(bulletin_table(found)).partition("落后的")[0].splitlines():
        words = line.split()
        if len(words) > rates + 3 and words[0].isdigit():
            figures["得分", words[1]] = said(words[2 + rates])
            figures["名次", words[1]] = said(words[3 + rates])
    return figures


@sweep("seed", SEEDS, keep=3)
def test_every_format_carries_the_same_figures(seed: int) -> None:
    found = controlled(bulletin(seed)) if seed % 2 else bulletin(seed)
    whole = of_json(found)
    scores = {key: value for key, value in whole.items() if key[0] in ("得分", "名次")}
    assert len(scores) == 2 * len(found.towns)
    assert of_table(found) == scores
    in_csv, in_xlsx = of_csv(found), of_xlsx(found)
    assert {key: in_csv[key] for key in whole} == whole
    assert (("死亡人数控制数", TOTAL) in in_xlsx) is bool(seed % 2)
    assert of_docx(found) == in_xlsx
    assert of_html(found) == in_xlsx
    assert scores.items() <= in_xlsx.items()
    others = in_xlsx.keys() - scores.keys()
    assert len({indicator for indicator, _ in others}) > 8
    # An indicator without anything unsettled has no such cell; in a table with others that have some it shows 0.
    assert {key: in_xlsx[key] for key in others} == {
        key: whole[key] if key in whole or key[1] != UNSETTLED_NAME else "0.00" for key in others
    }


@sweep("seed", range(3), keep=1)
def test_every_number_and_every_list_that_any_output_prints_is_the_same(seed: int) -> None:
    """Of random ledgers; many more in tests/long."""
    with closing_ledger(seed) as (made, months):
        found = compile_bulletin(made.ledger, months[seed % len(months)])
        wrong, count = differences(made.ledger, found, made.today)
    assert wrong == []
    assert count > 1000


@pytest.fixture(scope="module")
def compiled() -> Iterator[tuple[History, Bulletin]]:
    """A random ledger and a bulletin of it, only to be read."""
    with closing_ledger(4) as (made, months):
        yield made, compile_bulletin(made.ledger, months[0])


def _less_by_one(tables: Sequence[IndicatorTable], figures: Sequence[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) - 1 if tables and len(known) == len(figures) else None


FELL_DUE = phrase.fell_due


def _by_subtraction(category: Category) -> phrase.FellDue | None:
    """What is overdue as it was once reckoned: all that fell due, less what was rectified."""
    found = FELL_DUE(category)
    return None if found is None else found._replace(overdue=found.due - found.on_time - found.late)


@sweep(
    ("of", "name", "value", "where"),
    [
        (findings.Field, "lagging", property(lambda field: field.towns[-4:]), "('综合', '', '落后的')"),
        (findings.Field, "leaders", property(lambda field: field.towns[1:3]), "('综合', '', '居前的')"),
        (findings, "summed", _less_by_one, "累计之和"),
        (
            sentences,
            "cases",
            lambda _: "非事故类安全生产违法行为立案处罚-1起，处罚金额0万元。",
            "('立案', '全部', '累计')",
        ),
        (phrase, "fell_due", _by_subtraction, "('逾期', '全部', '累计')"),
        (cell_text, "percent", lambda rate: wording.hundredths(rate and rate + 1), "完成率"),
    ],
    keep=2,
)
def test_it_is_seen_where_an_output_goes_its_own_way(
    monkeypatch: pytest.MonkeyPatch,
    compiled: tuple[History, Bulletin],
    of: object,
    name: str,
    value: object,
    where: str,
) -> None:
    made, found = compiled
    monkeypatch.setattr(of, name, value)
    wrong, _ = differences(made.ledger, found, made.today)
    assert any(where in line for line in wrong)


@contextmanager
def closing_ledger(seed: int) -> Iterator[tuple[History, list[Period]]]:
    made = random_ledgers.ledger(seed)
    yield made, random_ledgers.periods(made)
    made.close()
