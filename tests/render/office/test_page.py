"""The page says what the annexes say, needs nothing from outside, and opens down to the records."""

from __future__ import annotations

import itertools
import os
import re
import shutil
from contextlib import closing
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from anjian_cli.bulletin import records_behind
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.evidence import evidence
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.notice import notice
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.outlook import county_outlook
from anjian_cli.render.office.page import page
from anjian_cli.render.paper import Sheet, shown
from support.bulletin_builder import SEEDS, bulletin
from support.page_tables import Tables
from support.sweeps import sweep

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOSTILE = "<script>alert(1)</script>\"'&镇"


def cells(sheet: Sheet) -> list[list[str]]:
    rows = [row.cells for row in sheet.rows] + ([] if sheet.total is None else [sheet.total])
    return [[shown(cell, head.kind) for cell, head in zip(row, sheet.heads, strict=True)] for row in rows]


def whole(found: Bulletin) -> str:
    return page(found, annexes(found), {})


@pytest.mark.unmeasured
@sweep("seed", SEEDS, keep=3)
def test_every_cell_of_the_annexes_is_on_the_page_in_order(seed: int) -> None:
    found = bulletin(seed)
    parsed = Tables(whole(found))
    sheets = (*annexes(found), county_outlook(found))
    body = [[row for row in table if row] for table in parsed.tables]
    assert body == [cells(sheet) for sheet in sheets]
    heads = [sum(not row for row in table) for table in parsed.tables]
    assert heads == [2 if any(head.group for head in sheet.heads) else 1 for sheet in sheets]
    behind = [
        (at, heads[at] + line) for at, sheet in enumerate(sheets) for line, row in enumerate(sheet.rows) if row.behind
    ]
    assert parsed.marked == behind


def test_the_page_carries_the_letter_and_its_mark() -> None:
    found = bulletin(1, demonstration=True)
    text = whole(found)
    letter = notice(found)
    assert text.count(letter.mark) == 2  # in the title and above the page
    assert "【演示数据】核对稿" in text
    for section in letter.sections:
        assert section.title in text
        assert all(paragraph.text in text for paragraph in section.paragraphs)
    issued = whole(bulletin(1, state="issued", issued_on="2018-11-05"))
    assert "核对稿" not in issued
    assert 'class="mark"' not in issued
    assert "【演示数据】" in whole(bulletin(1, demonstration=True, state="issued", issued_on="2018-11-05"))


def test_what_stands_on_the_page_can_be_gone_to_once() -> None:
    text = whole(with_months(bulletin(1)))
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    jumps = re.findall(r'href="#([^"]*)"', text)
    assert jumps
    assert set(jumps) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert text.index('id="ranking"') < text.index('id="letter"')


def test_a_row_read_as_a_card_says_what_each_number_is() -> None:
    found = bulletin(1)
    text, sheets = whole(found), (*annexes(found), county_outlook(found))
    told = re.findall(r'<td class="[^"]*" data-head="([^"]*)"', text)
    assert told == [
        f"{head.group}{head.title}"
        for sheet in sheets
        for _ in range(len(sheet.rows) + (sheet.total is not None))
        for head in sheet.heads
    ]


def test_rates_are_shaded_by_how_near_they_are_to_the_pace() -> None:
    found = bulletin(1)
    shades = {"0": Fraction(1, 2), "1": Fraction(3, 4), "2": Fraction(1)}
    text = whole(found)
    cells = re.findall(r'<td class="n h(\d)"[^>]*>([\d.]+)<', text)
    assert len({shade for shade, _ in cells}) > 2
    for shade, rate in cells:
        exact = Fraction(rate) / 100
        if shade == "4":
            assert exact >= 1
        else:
            assert exact < 1 + Fraction(1, 10_000)
            assert shade not in shades or exact <= found.pace * shades[shade] + Fraction(1, 10_000)


def test_what_is_said_is_not_taken_for_html() -> None:
    found = bulletin(2)
    town = replace(found.towns[3], name=HOSTILE, short=HOSTILE + "\x07")
    text = whole(replace(found, towns=(*found.towns[:3], town, *found.towns[4:])))
    assert "<script" not in text
    assert "\x07" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8
    assert HOSTILE in [row[1] for row in Tables(text).tables[0] if row]


@pytest.mark.unmeasured
@sweep("seed", SEEDS, keep=3)
def test_the_page_needs_nothing_and_is_the_same_again(seed: int) -> None:
    found = with_months(bulletin(seed))
    text = whole(found)
    assert text.count("<svg") > 1
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", text)
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\son\w+=|<!--", text)
    assert text == whole(found)


def with_months(found: Bulletin) -> Bulletin:
    """With the county's figure at the end of every month, the first of them not known."""

    def table_with(at: int) -> Bulletin:
        category = found.categories[at]
        tables = tuple(
            replace(t, total=replace(t.total, months=(None, *range(1, 10)) if n % 2 == 0 else ()))
            for n, t in enumerate(category.indicators)
        )
        changed = replace(category, indicators=tables)
        return replace(found, categories=(*found.categories[:at], changed, *found.categories[at + 1 :]))

    for at in range(len(found.categories)):
        found = table_with(at)
    return found


def test_nothing_known_draws_nothing() -> None:
    found = bulletin(0)
    bare = tuple(replace(row, score=None, rank=None) for row in found.scores)
    text = whole(replace(found, scores=bare))
    assert "<svg" not in text


def test_a_figure_without_all_its_records_says_how_to_ask_for_them() -> None:
    found = bulletin(1)
    table = found.categories[0].indicators[0]
    cell = next(cell for cell in table.cells if (cell.done or 0) > 2)
    item = Item(
        table.id,
        (table.id, "", "", ""),
        cell.town,
        1,
        "2018-03-01",
        "9999-12-31",
        1,
        "r",
        1,
        "r",
        1,
        "甲-0001",
        "培训",
        "某期",
    )
    asked = f"<code>anjian 明细 2018-{cell.code}</code>"
    none, some, every = (
        page(found, annexes(found), {cell.code: told})
        for told in ((), (item,), (replace(item, quantity=cell.done or 0),))
    )
    assert f"记录见：{asked}" in none
    assert f"以上是其中一部分，全部记录见：{asked}" in some
    assert "<code>甲-0001</code> 某期，2018-03-01</li>" in some
    assert asked not in every
    assert f"某期，2018-03-01，{cell.done}人次</li>" in every


@cache
def demonstrated(path: Path) -> tuple[Bulletin, dict[str, tuple[Item, ...]]]:
    with closing(reading(path)) as connection:
        found = compile_bulletin(connection, ended(2018, 10))
        return found, dict(evidence(connection, found, records=True).records)


def figures(found: Bulletin) -> list[tuple[IndicatorTable, Cell]]:
    tables = [table for category in found.categories for table in category.indicators]
    return [(table, cell) for table in tables for cell in table.cells]


@pytest.mark.unmeasured
def test_the_records_behind_a_cell_add_up_to_it(demonstration_made: tuple[Path, list[Fault]]) -> None:
    found, behind = demonstrated(demonstration_made[0])
    kinds = set()
    for table, cell in figures(found):
        told = behind.get(cell.code, ())
        assert all(item.number for item in told)
        assert len(told) < records_behind.LIMIT
        if table.kind in ("flow", "stock"):
            assert sum(item.quantity for item in told) == cell.done, cell.code
            kinds.add(table.kind)
        else:
            assert not told
    assert kinds == {"flow", "stock"}


@pytest.mark.unmeasured
def test_too_many_records_are_cut_or_left_out(
    demonstration_made: tuple[Path, list[Fault]], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, behind = demonstrated(demonstration_made[0])
    counted = {table.id: sum(len(behind.get(cell.code, ())) for cell in table.cells) for table, _ in figures(found)}
    monkeypatch.setattr(records_behind, "LIMIT", 3)
    monkeypatch.setattr(records_behind, "LIMIT_COUNTY", 200)
    with closing(reading(demonstration_made[0])) as connection:
        cut = evidence(connection, found, records=True).records
    assert min(counted.values()) < 200 < max(counted.values())
    for table, cell in figures(found):
        expected = behind.get(cell.code, ())[:3] if counted[table.id] <= 200 else ()
        assert cut.get(cell.code, ()) == expected


@pytest.mark.unmeasured
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
def test_a_phone_opens_it_down_to_the_records(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    found, behind = demonstrated(demonstration_made[0])
    file = tmp_path / "通报.html"
    file.write_text(page(found, annexes(found), behind), encoding="utf-8")
    first = found.scores[0].town
    code, told = next((code, told) for code, told in behind.items() if told[0].town == first)
    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            tab = browser.new_page(viewport={"width": 360, "height": 740})
            tab.on("request", lambda request: asked.append(request.url))
            tab.on("console", lambda message: said.append(message.text))
            tab.on("pageerror", lambda error: said.append(str(error)))
            tab.goto(file.as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= 360
            # Nothing has to be moved sideways: the rows of the annexes are cards.
            wide = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).length"
            assert tab.evaluate(wide) == 0
            place = tab.locator("details.place").first
            figure = place.locator("details.figure", has_text=code).first
            number = figure.get_by_text(told[0].number, exact=True).first
            assert not figure.is_visible()
            assert not number.is_visible()
            place.locator("> summary").click()
            assert figure.is_visible()
            assert not number.is_visible()
            figure.locator("> summary").click()
            assert number.is_visible()
            assert tab.evaluate("document.documentElement.scrollWidth") <= 360
            for width in (800, 1280):
                tab.set_viewport_size({"width": width, "height": 900})
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
            tab.emulate_media(color_scheme="dark")
            ground = "getComputedStyle(document.body).backgroundColor"
            assert tab.evaluate(ground) == "rgb(22, 25, 28)"
            tab.emulate_media(media="print")
            assert tab.evaluate(ground) == "rgb(255, 255, 255)"
            style = "getComputedStyle(document.querySelector('.mark')).position"
            assert tab.evaluate(style) == "fixed"
        finally:
            browser.close()
    assert asked == [file.as_uri()]
    assert said == []
