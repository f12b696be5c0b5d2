"""The annexes carry the bulletin's own figures; three signs for three things: —, 0 and 未报."""

from __future__ import annotations

from anjian_cli.bulletin import annex_titles, phrase
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.notice import attachments
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, Filings
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.category import UNREPORTED
from anjian_cli.render.paper import Sheet, shown
from support.bulletin_builder import SEEDS, bulletin
from support.desk import ZHIYING, Desk
from support.points_builder import scored
from support.sweeps import sweep


def column(sheet: Sheet, title: str, group: str = "") -> int:
    found = [at for at, head in enumerate(sheet.heads) if head.title.startswith(title) and head.group.startswith(group)]
    assert len(found) == 1, (title, group)
    return found[0]


def by_town(found: Bulletin, sheet: Sheet, at: int) -> dict[str, object]:
    codes = {town.name: town.code for town in found.towns}
    return {codes[str(row.cells[1])]: row.cells[at] for row in sheet.rows if str(row.cells[1]) in codes}


@sweep("seed", SEEDS, keep=3)
def test_the_ranking_is_the_bulletins(seed: int) -> None:
    found = bulletin(seed)
    sheet = annexes(found)[0]
    for title, field in (("综合得分", "score"), ("排名", "rank"), ("上月排名", "last_rank")):
        told = by_town(found, sheet, column(sheet, title))
        assert told == {row.town: getattr(row, field) for row in found.scores}
    scored = [category for category in found.categories if category.scored]
    for at, category in enumerate(scored, 2):
        assert by_town(found, sheet, at) == {row.town: row.rate for row in category.rows}
    behind = [row.behind for row in sheet.rows]
    assert behind == [row.town in found.laggards for row in found.scores]


@sweep("seed", SEEDS, keep=3)
def test_what_is_asked_in_all_is_never_added_up_over_units(seed: int) -> None:
    found = bulletin(seed)
    sheet = annexes(found)[0]
    asked: dict[str, dict[str, int]] = {}
    for category in found.categories:
        for table in category.indicators:
            if category.scored and table.scored:
                unit = asked.setdefault(table.unit, {})
                for cell in table.cells:
                    unit[cell.town] = unit.get(cell.town, 0) + (cell.target or 0)
    columns = {head.title: at for at, head in enumerate(sheet.heads) if head.title.startswith("任务总量")}
    told = {unit: by_town(found, sheet, columns[f"任务总量（{unit}）"]) for unit in asked if any(asked[unit].values())}
    assert len(columns) == len(told) > 1
    assert told == {unit: asked[unit] for unit in told}
    assert sheet.total is not None
    assert {unit: sheet.total[columns[f"任务总量（{unit}）"]] for unit in told} == {
        unit: sum(asked[unit].values()) for unit in told
    }


@sweep("seed", SEEDS, keep=3)
def test_a_category_has_its_cells_and_its_places(seed: int) -> None:
    found = bulletin(seed)
    scored = [category for category in found.categories if category.scored]
    assert len(attachments(found)) == len(annexes(found)) == len(scored) + 1
    for category, sheet in zip(scored, annexes(found)[1:], strict=True):
        ranks = {row.town: row.rank for row in category.rows}
        assert by_town(found, sheet, column(sheet, "排名")) == (ranks or dict.fromkeys(ranks))
        tables = {table.short: table for table in category.indicators}
        for at, head in enumerate(sheet.heads):
            if not head.code:
                continue
            field = "rate" if head.kind == "percent" else "done"
            table = tables[head.code]
            assert by_town(found, sheet, at) == {cell.town: getattr(cell, field) for cell in table.cells}
            assert sheet.total is not None
            assert sheet.total[at] == getattr(table.total, field)


def test_no_task_nothing_new_and_not_reported_are_three_signs() -> None:
    found = bulletin(1)
    category = next(c for c in found.categories if c.id == "health")
    tested = next(t for t in category.indicators if t.id == "health.tested")
    cells = list(tested.cells)
    cells[0] = replace(cells[0], this_month=0, target=None, rate=None, gap=None, rank=None)
    cells[1] = replace(cells[1], this_month=0, target=5)
    tested = replace(tested, cells=tuple(cells), scored=True)
    category = replace(category, indicators=tuple(tested if t.id == tested.id else t for t in category.indicators))
    others = tuple(category if c.id == "health" else c for c in found.categories)
    missing = Filings((found.towns[1].code,), (), (), (), (found.towns[0].code,))
    found = replace(found, categories=others, filings=missing)
    sheet = next(each for each in annexes(found) if each.number == 7)
    monthly, asked = column(sheet, "本月检测"), column(sheet, "应检测")
    rows = {str(row.cells[1]): row.cells for row in sheet.rows}
    none, silent = (rows[found.towns[at].name] for at in (0, 1))
    assert [shown(none[at], sheet.heads[at].kind) for at in (asked, monthly)] == ["—", "0"]
    assert silent[monthly] == UNREPORTED
    assert none[-1] == "零报告"
    assert silent[-1] == "未报"


def test_what_is_owed_of_the_year_before_is_among_what_is_to_be_re_reviewed(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.standard(firm, "2014-12-20")
    desk.standard(firm, "2018-01-15", kind="复评")
    found = compile_bulletin(desk.ledger, ended(2018, 10))
    sheet = next(sheet for sheet in annexes(found) if "标准化" in sheet.title)
    told = {
        title: by_town(found, sheet, column(sheet, title))[ZHIYING] for title in ("应复评", "复评已公告", "年度任务")
    }
    assert told == {
        "应复评": 1,
        "复评已公告": 1,
        "年度任务": 1,
    }  # of 新创 nothing is asked: the heading does not say so
    assert sheet.total is not None
    assert sheet.total[column(sheet, "应复评")] == 1


def test_what_an_office_asks_beside_its_points_has_an_annex_of_its_own() -> None:
    found = scored()
    aside = [category.title for category in annex_titles.beside_the_score(found)]
    assert aside
    sheets = {sheet.title: sheet for sheet in annexes(found)}
    assert set(attachments(found)) <= {title.removeprefix("2018年10月份") for title in sheets} | set(sheets)
    for category in annex_titles.beside_the_score(found):
        sheet = sheets[f"2018年10月份{category.title}情况表"]
        assert {head.code for head in sheet.heads if head.code} == {
            table.short for table in category.indicators if phrase.says_anything(table)
        }
    assert not any("本类完成率" in note for sheet in sheets.values() for note in sheet.notes)
    assert any("本类完成率" in note for sheet in annexes(bulletin(1)) for note in sheet.notes)
