"""得分表 in every form: the same points, what is provisional says so; of scores that there are not nothing is said."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from docx import Document
from openpyxl import load_workbook

from anjian_cli.bulletin import annex_titles, exact, score_words, wording
from anjian_cli.bulletin.chat import chat
from anjian_cli.bulletin.notice import attachments, notice
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.data.bulletin_csv import COLUMNS, POINTS_COLUMNS, bulletin_csv
from anjian_cli.render.data.bulletin_json import bulletin_json
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.letter import letter
from anjian_cli.render.office.one_page import one_page
from anjian_cli.render.office.page import page, town_page
from anjian_cli.render.office.town_sheets import town_paper, town_sheets
from anjian_cli.render.office.workbook import workbook
from anjian_cli.render.paper import Provisional, printed, shown
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.render.screen.town import town_sheet
from anjian_cli.render.standing import narrowed, standing
from anjian_cli.render.width import columns
from support.points_builder import CONSEQUENCE, HOSTILE, VETO, scored, unscored
from support.sweeps import sweep

MARK = score_words.PROVISIONAL


class Words(HTMLParser):
    """What a reader of a page sees."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def found() -> Bulletin:
    return scored()


@pytest.fixture(scope="module")
def bare() -> Bulletin:
    return unscored()


def totals(found: Bulletin) -> dict[str, str]:
    """Every unit's total as it is printed."""
    assert found.points is not None
    return {
        found.town(row.town).name: wording.score(row.total) + (MARK if row.provisional else "")
        for row in found.points.rows
    }


def of_page(made: str) -> str:
    words = Words()
    words.feed(made)
    return "\n".join(words.words)


def of_word(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for t in Document(io.BytesIO(content)).tables for row in t.rows]


def test_only_the_unit_with_something_open_is_provisional(found: Bulletin) -> None:
    assert [total.endswith(MARK) for total in totals(found).values()] == [True, *[False] * 15]
    assert score_words.mean(found).endswith(MARK)


def test_every_form_prints_every_total(found: Bulletin) -> None:
    table = annexes(found)[0]
    column = next(at for at, head in enumerate(table.heads) if head.title == "总分（分）")
    by_sheet = {str(row.cells[1]): shown(row.cells[column], "score") for row in table.rows}
    assert by_sheet == totals(found)
    lines = of_word(letter(notice(found), annexes(found)))
    word = {line[1]: line[column] for line in lines if len(line) == len(table.heads)}
    assert {name: word[name] for name in by_sheet} == by_sheet
    screen = text(bulletin_table(found))
    seen = of_page(page(found, annexes(found), {}))
    for name, total in by_sheet.items():
        assert re.search(rf"{name} .* {re.escape(total)}", screen), name
        assert total in seen
        shortest = wording.marks(next(row.score for row in found.scores if row.town == code(found, name)))
        assert f"{name}：总分{shortest}分{MARK if total.endswith(MARK) else ''}，" in standing(found, code(found, name))


def code(found: Bulletin, name: str) -> str:
    return next(town.code for town in found.towns if town.name == name)


def test_a_total_stays_a_number_in_the_workbook_also_where_it_is_provisional(found: Bulletin) -> None:
    book = load_workbook(io.BytesIO(workbook(annexes(found), "")))
    sheet = book["1得分表"]
    column = next(at for at, head in enumerate(annexes(found)[0].heads, 1) if head.kind == "score")
    cells = {str(row[1].value): row[column - 1] for row in sheet.iter_rows(min_row=6)}
    assert found.points is not None
    for row in found.points.rows:
        cell = cells[found.town(row.town).name]
        assert row.total is not None
        assert cell.value == float(wording.score(row.total))
        assert (MARK in cell.number_format) == row.provisional
    assert book.sheetnames[1] == "2扣分明细"


def test_a_category_may_be_called_anything_and_be_converted() -> None:
    found = scored(items=9)
    assert found.points is not None
    first, *others = found.points.categories
    first = replace(first, title="排查[整改]：/" + "长" * 40, conversion=Fraction(7, 10))
    sheets = annexes(replace(found, points=replace(found.points, categories=(first, *others))))
    assert sheets[0].heads[2].title == f"{first.title}（90分，按70%计入总分）"
    names = load_workbook(io.BytesIO(workbook(sheets, ""))).sheetnames
    assert names[1].startswith("2排查、整改、：、长")
    assert max(map(len, names)) == 31


def test_points_of_items_and_categories_and_reasons(found: Bulletin) -> None:
    assert found.points is not None
    table, reasons = annexes(found)[:2]
    first = found.points.rows[0]
    cells = next(row.cells for row in table.rows if row.cells[1] == found.town(first.town).name)
    assert cells[2] == "待评"
    assert cells[3:5] == (first.items[1].points, first.categories[0].points)
    assert [head.title for head in table.heads[2:5]] == ["项tr0（10分）", "项tr1（10分）", "小计"]
    assert table.heads[2].group == "安全生产教育培训（20分）"
    told = [tuple(row.cells) for row in reasons.rows]
    name = found.town(first.town).name
    assert (name, "安全生产教育培训", "考核项目training0", Fraction(10), "待评", "尚未评分") in told
    whole = found.towns[-1].name  # it has lost nothing
    assert whole not in {cells[0] for cells in told}
    assert f"{whole}：各项均得满分。" in text(bulletin_table(found))
    assert len(told) == sum(len(score_words.worth_telling(found.points, row)) for row in found.points.rows)


def test_vetoes_and_consequences_stand_below_the_table(found: Bulletin) -> None:
    vetoed, warned = (found.towns[at].name for at in (1, 2))
    said = (f"{vetoed}：{VETO}。", f"{warned}：{CONSEQUENCE}。")
    screen, message = text(bulletin_table(found)), chat(found)
    assert message.count(VETO) == message.count(CONSEQUENCE) == 1
    notes = "\n".join(annexes(found)[0].notes)
    leaders = "\n".join(one_page(found, ()).sheets[0].notes)
    for sentence in said:
        for where in (screen, notes, leaders, of_page(page(found, annexes(found), {}))):
            assert sentence in where
    assert said[0] in text(town_sheet(found, found.towns[1].code))
    assert said[1] not in text(town_sheet(found, found.towns[1].code))
    remarks = {row.cells[1]: row.cells[-1] for row in annexes(found)[0].rows}
    assert remarks[vetoed] == "名次末位"
    assert remarks[found.towns[3].name] == "未报送，也没有记录"


@pytest.mark.unmeasured
@sweep("items", [1, 2, 9], keep=2)
@sweep("width", [120, 80, 60], keep=2)
def test_a_screen_is_never_too_narrow(items: int, width: int) -> None:
    found = scored(1, items=items)
    for lines in (bulletin_table(found, width), town_sheet(found, found.towns[0].code, width)):
        tables = [line.text for line in lines if line.text and "anjian" not in line.text]
        assert max(map(columns, tables)) <= max(width, 80)
    assert found.points is not None
    shorts = {item.short[:2] for item in found.points.items}
    assert all(short in text(bulletin_table(found, width)) for short in shorts)


@pytest.mark.parametrize(("items", "tables"), [(2, 1), (9, 5)])
def test_many_items_stand_in_a_table_a_category(items: int, tables: int) -> None:
    found = scored(items=items)
    sheets = annexes(found)
    assert attachments(found) == tuple(_titled(sheet.title, found) for sheet in sheets)
    assert [sheet.name for sheet in sheets[: tables + 1]][-1] == f"{tables + 1}扣分明细"
    assert len(annex_titles.of_scores(found)) == tables + 1
    assert [sheet.number for sheet in sheets] == list(range(1, len(sheets) + 1))


def test_points_and_figures_of_a_category_stand_on_one_annex() -> None:
    found = scored(items=9)
    sheets = annexes(found)
    both = [sheet for sheet in sheets if sheet.below]
    own = [category.title for category in found.categories if category.scored][:3]
    assert [sheet.title for sheet in both] == [f"{title}得分和情况表" for title in own]
    assert [below.title for sheet in both if (below := sheet.below)] == [f"2018年10月份{title}情况表" for title in own]
    assert not set(attachments(found)) & {f"{title}情况表" for title in own}
    assert annexes(scored(items=2))[2].title == both[0].tables[1].title
    first, below = both[0].tables
    assert (below.number, below.notes) == (None, ())
    assert sum("核验码" in note for note in first.notes) == 1
    assert not any("格码" in note for note in first.notes)

    top, under = first.rows[1], below.rows[1]
    words = [[printed(value, head) for value, head in zip(row.cells, table.heads, strict=True)]
             for row, table in ((top, first), (under, below))]  # fmt: skip
    in_word = of_word(letter(notice(found), sheets))
    assert all(line in in_word for line in words)
    in_page = of_page(page(found, sheets, {}))
    assert in_page.index(first.title) < in_page.index(below.title) < in_page.index(both[1].title)
    book = load_workbook(io.BytesIO(workbook(sheets, "")))[first.name]
    assert book.freeze_panes == "C1"
    assert book.print_title_rows is None
    lines = [[cell.value for cell in row] for row in book.iter_rows()]
    at = next(number for number, line in enumerate(lines) if line[0] == below.title)
    assert lines[1][0] == first.title
    assert lines[at + 1][0] == below.left
    assert lines[at + 5][:4] == [2, under.cells[1], under.cells[2], under.cells[3]]
    total = lines[at + 4 + len(below.rows)]
    assert total[1:3] == ["合计", f"=SUM(C{at + 5}:C{at + 4 + len(below.rows)})"]
    assert str(lines[at + 5 + len(below.rows)][0]).startswith("注：")


def _titled(title: str, found: Bulletin) -> str:
    """A category's annex is dated above it, and not in the letter's list."""
    dated = f"{found.month[:4]}年{int(found.month[5:])}月份"
    return title if "重点工作" in title else title.removeprefix(dated)


def test_csv_has_the_points_in_columns_of_their_own(found: Bulletin) -> None:
    rows = list(csv.DictReader(io.StringIO(bulletin_csv(found).removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS + POINTS_COLUMNS
    assert found.points is not None
    first = found.points.rows[0]
    own = {row["指标编码"]: row for row in rows if row["镇街代码"] == first.town}
    for item, points in zip(found.points.items, first.items, strict=True):
        assert own[item.id]["得分"] == ("" if points.points is None else wording.marks(points.points))
    assert own["training.0"]["得分说明"] == "尚未评分"
    total = next(row for row in rows if row["指标"] == "总分" and row["镇街代码"] == first.town)
    assert (total["得分"], total["满分"], total["等次"]) == (wording.marks(first.total), "60", "不合格")
    assert total["得分说明"] == "暂计，10分待定"
    assert not any(row["指标"] == "综合得分" for row in rows)


def test_nothing_is_taken_for_more_than_words(found: Bulletin) -> None:
    made = page(found, annexes(found), {})
    assert "<b>&amp;" not in made
    assert "&lt;b&gt;&amp;" in made
    assert HOSTILE not in bulletin_csv(found)
    assert "'=HYPERLINK" in bulletin_csv(found)
    sheet = load_workbook(io.BytesIO(workbook(annexes(found), "")))["2扣分明细"]
    told = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK"))
    assert told.data_type != "f" or told.quotePrefix


def test_a_unit_gets_its_own_points_alone(found: Bulletin) -> None:
    first, other = found.towns[0], found.towns[1]
    own = exact.load(bulletin_json(narrowed(found, first.code)))
    assert own.points is not None
    assert [row.town for row in own.points.rows] == [first.code]
    assert exact.load(bulletin_json(found)) == found
    sheet = town_sheets(found, first.code, ())[0]
    assert sheet.rows[0].cells[1:] == ("考核项目training0", Fraction(10), "待评", "尚未评分")
    assert isinstance(sheet.total[3] if sheet.total else None, Provisional)
    made = of_page(town_page(found, other.code, town_paper(found, other.code, ()), {}))
    assert VETO in made
    assert CONSEQUENCE not in made


class TestWithoutScore:
    """不计分: figures alone."""

    def test_no_form_speaks_of_scores(self, bare: Bulletin) -> None:
        own = bare.towns[0].code
        bare = Bulletin(**{name: getattr(bare, name) for name in bare.__slots__} | {"rule": (), "notes": ()})
        papers = [*annexes(bare), *town_sheets(bare, own, ()), *town_paper(bare, own, ()).sheets]
        printed = [
            text(bulletin_table(bare)),
            text(town_sheet(bare, own)).replace("不计分", ""),
            chat(bare),
            bulletin_csv(bare),
            *(f"{sheet.title}{sheet.heads}{sheet.notes}" for sheet in papers),
        ]
        for words in printed:
            assert "得分" not in words
            assert "综合" not in words
            assert "总分" not in words
        assert not one_page(bare, ()).sheets

    def test_no_annex_has_an_empty_column(self, bare: Bulletin) -> None:
        assert annexes(bare)
        for sheet in annexes(bare):
            for at, head in enumerate(sheet.heads):
                if head.title != "备注":
                    assert any(row.cells[at] not in (None, "") for row in sheet.rows), (sheet.title, head.title)

    def test_its_annexes_are_those_that_the_letter_lists(self, bare: Bulletin) -> None:
        assert attachments(bare) == tuple(_titled(sheet.title, bare) for sheet in annexes(bare))
        assert "ranking" not in page(bare, annexes(bare), {}).split("</style>")[1]

    def test_standing_says_that_there_is_none(self, bare: Bulletin) -> None:
        assert standing(bare, bare.towns[0].code).endswith("按考核办法不计分、不排名次")


@pytest.mark.parametrize("items", [2, 6])
def test_points_of_a_column_have_one_number_of_decimals(items: int) -> None:
    found = scored(items=items)
    for sheet in annexes(found):
        for at, head in enumerate(sheet.heads):
            if head.kind != "marks":
                continue
            cells = [row.cells[at] for row in sheet.rows] + ([sheet.total[at]] if sheet.total else [])
            told = {printed(cell, head).partition(".")[2] for cell in cells if isinstance(cell, Fraction)}
            assert len({len(decimals) for decimals in told}) <= 1, head.title
