"""A table takes its page: as large as it can be read, without what can be spared, and no line of notes alone."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest
from docx import Document
from docx.oxml.ns import qn

from anjian_cli.bulletin.notice import notice
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.fitting import DENSEST, NOTE, READ, ROOM, SIZES, TALLEST, fitted
from anjian_cli.render.office.letter import letter
from anjian_cli.render.office.letter_styles import LANDSCAPE_HEIGHT, LANDSCAPE_WIDTH, PORTRAIT_WIDTH
from anjian_cli.render.paper import Head, Row, Sheet, Value
from support.bulletin_builder import SEEDS, bulletin
from support.sweeps import sweep


def sheet(columns: int, rows: int = 16, notes: tuple[str, ...] = ("一", "二"), spare: int = 0) -> Sheet:
    heads = [Head("镇", "name")]
    heads += [Head(f"第{at}项完成率（%）", "percent", spare=at < spare) for at in range(columns)]
    cells: tuple[Value, ...] = ("经济开发区", *[Fraction(1)] * columns)
    return Sheet("表", 1, "表", "左", "右", tuple(heads), (Row(cells),) * rows, cells, notes)


def test_few_columns_take_large_type_and_tall_lines() -> None:
    page = fitted(sheet(8), LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT)
    assert (page.size, page.line) == (SIZES[0], TALLEST)
    assert abs(sum(page.widths) - LANDSCAPE_WIDTH) <= 1


def test_what_can_be_spared_goes_before_type_becomes_small() -> None:
    whole = sheet(20, spare=6)
    page = fitted(whole, LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT)
    assert page.size >= READ > fitted(replace(whole, heads=sheet(20).heads), LANDSCAPE_WIDTH).size
    assert page.sheet == whole.lean
    assert len(page.sheet.heads) == len(page.widths) == 15
    assert page.sheet.total is not None
    assert {len(page.sheet.total), *(len(row.cells) for row in page.sheet.rows)} == {15}
    assert fitted(sheet(12, spare=6), LANDSCAPE_WIDTH).sheet == sheet(12, spare=6)


def test_many_lines_take_smaller_type_and_then_another_page() -> None:
    assert fitted(sheet(8, rows=24), LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT).line < TALLEST
    assert fitted(sheet(8, notes=("注",) * 14), LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT).size == READ
    assert fitted(sheet(8, rows=200), LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT).size == READ
    assert fitted(sheet(8, rows=200), LANDSCAPE_WIDTH).size == SIZES[0]


@sweep("seed", SEEDS, keep=3)
def test_every_annex_can_be_read(seed: int) -> None:
    for one in annexes(bulletin(seed)):
        assert fitted(one, LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT).size >= 8


@pytest.mark.unmeasured
def test_the_last_lines_of_a_table_go_with_its_notes() -> None:
    with_notes, without = sheet(8), sheet(8, notes=())
    document = Document(io.BytesIO(letter(notice(bulletin(1)), [with_notes, without])))
    first, second = (
        [line._tr.find(f".//{qn('w:keepNext')}") is not None for line in table.rows] for table in document.tables[:2]
    )
    assert first == [False] * 16 + [True] * 2
    assert not any(second)
    for name in ("附件注", "附件注续"):
        assert document.styles[name].paragraph_format.keep_with_next


def test_on_a_single_page_the_lines_of_a_table_make_room_for_the_notes_below_it() -> None:
    def tall(notes: int, rows: int = 16) -> int:
        page = fitted(sheet(4, rows, ("注",) * notes), PORTRAIT_WIDTH, compact=True)
        return (rows + 2) * page.line + NOTE * notes

    assert tall(0) > (16 + 2) * DENSEST
    assert all(tall(notes) <= ROOM for notes in range(2, 6))
    assert fitted(sheet(4, 25, ("注",) * 8), PORTRAIT_WIDTH, compact=True).line == DENSEST
