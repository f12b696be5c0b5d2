"""Papers other than the letter: a town's, the leadership's page, the outlook; in Word, as pages, on a terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.xmlchemy import BaseOxmlElement
from pypdf import PdfReader

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.evidence import Evidence, evidence
from anjian_cli.bulletin.notice import mark
from anjian_cli.bulletin.outlook import METHOD, outlook
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.light_dataclasses import replace
from anjian_cli.render import formats
from anjian_cli.render.formats import Material
from anjian_cli.render.office import letter, typeset
from anjian_cli.render.office.one_page import one_page
from anjian_cli.render.office.outlook import county_outlook, town_outlook
from anjian_cli.render.office.town_sheets import town_paper
from anjian_cli.render.paper import Head, Paper, Row, Sheet, shown
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.paper import paper_lines
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.render.screen.town import town_sheet
from anjian_cli.render.width import columns
from support.bulletin_builder import bulletin

pytestmark = pytest.mark.unmeasured  # tests/commands/test_letter.py measures the same
CATEGORIES = ("教育培训", "标准化创建", "责任村创建", "专项整治", "社会化服务", "职业卫生检测")
ZHIYING = "330784115"


@pytest.fixture(scope="module")
def october(demonstration_made: tuple[Path, list[Fault]]) -> tuple[Bulletin, Evidence]:
    connection = reading(demonstration_made[0])
    try:
        found = compile_bulletin(connection, ended(2018, 10))
        return found, evidence(connection, found, records=True)
    finally:
        connection.close()


def cells(sheet: Sheet) -> list[list[str]]:
    return [[shown(cell, head.kind) for cell, head in zip(row.cells, sheet.heads, strict=True)] for row in sheet.rows]


def check_word(paper: Paper) -> None:
    """Everything the paper says is in the document, in its order, on pages that lie as they should."""
    made = letter.paper(paper)
    assert made == letter.paper(paper)
    read = Document(io.BytesIO(made))
    said = [line.text for line in read.paragraphs]
    assert [line for line in said if line in (paper.title, *paper.before, *paper.after)] == [
        paper.title,
        *paper.before,
        *paper.after,
    ]
    for table, sheet in zip(read.tables, paper.sheets, strict=True):
        every = cells(replace(sheet, rows=(*sheet.rows, Row(sheet.total)))) if sheet.total else cells(sheet)
        body = [[cell.text for cell in row.cells][: len(sheet.heads)] for row in table.rows][-len(every) :]
        assert not sheet.rows or body == every
        assert f"{sheet.left}\t{sheet.right}" in said
        assert not sheet.title or sheet.title in said
    assert len(read.sections) == 1
    assert (read.sections[0].orientation == WD_ORIENT.LANDSCAPE) == paper.landscape
    assert read.sections[0].header.paragraphs[0].text == paper.mark
    widths = {sum(column.width for column in table.columns) for table in read.tables}
    page = read.sections[0]
    across = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    assert all(abs(width - across) < 2000 for width in widths)  # EMU: a sixth of a point


def test_a_towns_paper_in_word(october: tuple[Bulletin, Evidence]) -> None:
    found, behind = october
    paper = town_paper(found, ZHIYING, behind.of(ZHIYING))
    assert [sheet.name for sheet in paper.sheets] == ["各类排名", "各项指标", "年底预计", "欠账名单"]
    assert "芝英镇：综合得分73.15分，16个中第13名（上月第12名）" in paper.before[0]
    assert paper.after == found.rule
    check_word(paper)


def test_the_leaderships_page_in_word(october: tuple[Bulletin, Evidence]) -> None:
    found, behind = october
    paper = one_page(found, behind.tasks)
    assert not paper.landscape
    assert paper.mark == mark(found)
    ranking, overview = paper.sheets
    assert cells(ranking)[0] == ["1", "西城街道", "95.50", "1", "持平"]
    assert len(ranking.rows) == 16
    rows = {row[0]: row[1:] for row in cells(overview)}
    assert len(rows) == 10
    assert rows["标准化创建"][:5] == ["200家", "129家", "64.50", "-18.83", "+10.50"]
    assert rows["专项整治"][:2] == ["256家", "205家"]
    assert rows["立案"] == ["—", "82起", "—", "—", "—", "60起", "增长36.67%", ""]
    assert rows["事故起数"][5:7] == ["46起", "下降10.87%"]
    headings = [at for at, line in enumerate(paper.after) if line in ("主要问题", "工作建议")]
    assert [len(paper.after), *headings] == [8, 0, 4]
    assert any(line.startswith("5.年底预计：整治涉氨") for line in paper.more)
    check_word(paper)


@pytest.mark.skipif(typeset.missing() is not None, reason=str(typeset.missing()))
def test_the_leaderships_page_is_one_page(october: tuple[Bulletin, Evidence]) -> None:
    found, behind = october
    for made in (found, bulletin(1, 25)):
        set_ = typeset.paper(one_page(made, behind.tasks), "pdf")
        assert len(PdfReader(io.BytesIO(set_)).pages) == 1


def many() -> Bulletin:
    """A county of 48 towns: those of another one three times, none of which was ranked a month before."""
    of = bulletin(1, 16)
    towns = [
        replace(town, code=f"{town.code}{k}", name=f"{town.name}{k}") for k in ("", "乙", "丙") for town in of.towns
    ]
    scores = [
        replace(row, town=f"{row.town}{k}", rank=None if row.rank is None else row.rank * 3 + at, last_rank=None)
        for row in of.scores
        for at, k in enumerate(("", "乙", "丙"))
    ]
    laggards = tuple(f"{code}{k}" for code in of.laggards for k in ("", "乙", "丙"))
    return replace(of, towns=tuple(towns), scores=tuple(scores), laggards=laggards)


@pytest.mark.skipif(typeset.missing() is not None, reason=str(typeset.missing()))
def test_of_many_towns_the_leaderships_page_has_the_first_and_who_lags_and_says_what_is_left_off() -> None:
    of = many()
    paper = one_page(of, ())
    ranking = paper.sheets[0]
    assert len(ranking.rows) == 25
    assert ranking.notes[0] == "其余23个镇（街、区）见附件。"
    assert sum(row.behind for row in ranking.rows) == len(of.laggards)
    assert [row.cells[0] for row in ranking.rows][:16] == [row.rank for row in of.scores][:16]
    assert ranking.bars is not None
    assert len(ranking.bars.lengths) == 26
    pages = PdfReader(io.BytesIO(typeset.paper(paper, "pdf"))).pages
    assert len(pages) == 1
    assert "其余23个" in pages[0].extract_text()
    assert len(one_page(bulletin(1, 16), ()).sheets[0].rows) == 16


@pytest.mark.skipif(typeset.missing() is not None, reason=str(typeset.missing()))
@pytest.mark.parametrize("rows", range(42, 49))
def test_notes_stand_on_no_page_without_the_last_row(rows: int) -> None:
    heads = (Head("名称", "name"), Head("数", "count"))
    told = tuple(Row((f"第{at}行", at)) for at in range(rows))
    table = Sheet("表", None, "", "左", "右", heads, told, None, ("甲注", "乙注", "丙注"))
    made = typeset.paper(Paper("题目", "", ("前言",), (table,), (), landscape=False), "pdf")
    (page,) = [page for page in PdfReader(io.BytesIO(made)).pages if "甲注" in page.extract_text()]
    assert f"第{rows - 1}行" in page.extract_text()
    assert "丙注" in page.extract_text()


def test_bars_are_as_long_as_the_scores_and_cut_by_the_pace(october: tuple[Bulletin, Evidence]) -> None:
    found, behind = october
    paper = one_page(found, behind.tasks)
    bars = paper.sheets[0].bars
    assert bars is not None
    assert bars.line == found.pace
    assert list(bars.lengths) == [(row.score or 0) / 100 for row in found.scores] + [(found.mean_score or 0) / 100]
    first, *_, last, _ = Document(io.BytesIO(letter.paper(paper))).tables[0].rows[1:]
    blue, red = (
        [tc.grid_span for tc in row._tr.tc_lst if colour in xml_of(tc)]
        for row, colour in ((first, '"6F9BD1"'), (last, '"D98880"'))
    )
    assert sum(blue) == round(float(found.scores[0].score or 0) / 2)
    assert sum(red) == round(float(found.scores[-1].score or 0) / 2)
    assert len(blue) == 2  # the first town is ahead of the pace: its bar is cut by the line
    assert len(red) == 1


def xml_of(element: BaseOxmlElement) -> str:
    return str(element.xml)


def test_a_town_comes_in_every_format(october: tuple[Bulletin, Evidence]) -> None:
    found, behind = october
    magic = {"xlsx": b"PK", "docx": b"PK", "html": b"<!DOCTYPE html>"}
    for chosen, begins in magic.items():
        assert formats.document(chosen).of_bulletin(Material(found, behind), ZHIYING).startswith(begins)
    page = formats.document("html").of_bulletin(Material(found, behind), ZHIYING).decode()
    paper = town_paper(found, ZHIYING, behind.of(ZHIYING))
    assert all(line in page for line in (*paper.before, *paper.after))
    assert page.count('<details class="place" open>') == page.count('class="place"') == 1
    assert "10-芝英-涉氨" in page
    assert "10-西溪-" not in page
    assert "西溪镇" not in page


def test_the_outlooks_table_says_what_the_outlook_says(october: tuple[Bulletin, Evidence]) -> None:
    found, _ = october
    sheet = county_outlook(found)
    assert sheet.notes == (f"{METHOD}。",)
    assert sheet.right == "余下2个月"
    told = {row[1]: row for row in cells(sheet)}
    for one in outlook(found):
        assert one.total
        row = told[one.table.title]
        ahead = one.total
        numbers = (ahead.cell.target, ahead.cell.done, ahead.cell.owes_year, ahead.needed)
        assert row[3:7] == [str(number) for number in numbers]
        assert row[7:10] == [wording.decimal(ahead.growth), str(ahead.expected), str(ahead.short_of)]
        short = [t.short for t, each in zip(found.towns, one.towns, strict=True) if each and each.short_of]
        assert row[10] == "、".join(short)
    assert told["三级标准化新创达标"][3:10] == ["200", "129", "71", "36", "19.33", "167", "33"]
    own = {row[1]: row for row in cells(town_outlook(found, ZHIYING))}
    assert own["三级标准化新创达标"][3:] == ["20", "12", "8", "4", "1.67", "15", "5"]


def test_the_outlook_on_a_terminal(october: tuple[Bulletin, Evidence]) -> None:
    found, _ = october
    whole, own = text(bulletin_table(found)), text(town_sheet(found, ZHIYING))
    line = next(line for line in whole.partition("年底预计（")[2].splitlines() if line.startswith("三级新创"))
    assert line.split()[:7] == ["三级新创", "家", "71", "36", "19.33", "167", "33"]
    assert "12个：" in line
    line = next(line for line in own.partition("年底预计（余下2个月）")[2].splitlines() if line.startswith("三级新创"))
    assert line.split() == ["三级新创", "家", "8", "4", "1.67", "15", "5"]
    for width in (80, 100):
        narrow = text(bulletin_table(found, width))
        assert METHOD[:10] in narrow


@pytest.mark.parametrize("width", [None, 60, 80, 120])
def test_the_leaderships_page_on_a_terminal(october: tuple[Bulletin, Evidence], width: int | None) -> None:
    found, behind = october
    paper = one_page(found, behind.tasks)
    lines = paper_lines(paper, width)
    whole = "".join(line.text for line in lines)
    for words in (paper.title, *paper.before, *paper.after, *paper.more):
        assert words in whole
    rows = [line for line in lines if line.text.split()[:1] and line.text.split()[0] in CATEGORIES]
    behind_of = [row.behind for row in paper.sheets[1].rows if row.cells[0] in CATEGORIES]
    parts = len(rows) // len(behind_of)  # on a narrow screen columns without room stand in a part of their own
    assert (parts > 1) == (width in (60, 80))
    assert [line.style == "behind" for line in rows] == behind_of * parts
    assert width is None or max(columns(line.text) for line in lines) <= width


def test_nothing_scored_has_no_outlook() -> None:
    found = replace(bulletin(1), categories=())
    assert county_outlook(found).rows == ()
    assert "年底预计" not in text(bulletin_table(found))
