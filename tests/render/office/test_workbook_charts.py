"""The charts of a bulletin's workbook are drawn from cells that say what the ranking and the months say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office import monthly
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.workbook import workbook
from support.bulletin_builder import SEEDS, bulletin, known
from support.points_builder import scored, unscored
from support.sweeps import sweep

DRAWING = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
Series = tuple[str, list[str], list[float | None]]
"""Its name, its categories, its values, read out of the cells that it refers to."""


def made(found: Bulletin) -> bytes:
    return workbook(annexes(found), "", charts_of=found)


def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=True)


def charts(content: bytes) -> list[tuple[ElementTree.Element, list[Series]]]:
    """Every chart with its series, in the order in which they stand."""
    cells = book(content)
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        for name in sorted(names, key=lambda name: int(re.sub(r"\D", "", name))):
            root = ElementTree.fromstring(packed.read(name))
            found.append((root, [_series(cells, each) for each in root.findall(".//c:ser", DRAWING)]))
    return found


def _series(cells: Workbook, series: ElementTree.Element) -> Series:
    name, categories, values = (
        _referred(cells, series.findtext(f"c:{part}//c:f", "", DRAWING)) for part in ("tx", "cat", "val")
    )
    numbers = [None if value in (None, "") else float(str(value)) for value in values]
    return str(name[0]), [str(each) for each in categories], numbers


def _referred(cells: Workbook, reference: str) -> list[object]:
    tab, _, area = reference.rpartition("!")
    read = cells[tab.strip("'")][area.replace("$", "")]
    rows = read if isinstance(read, tuple) else ((read,),)
    return [cell.value for row in rows for cell in row]


def scales(root: ElementTree.Element) -> set[tuple[float, float]]:
    return {
        (float(each.find("c:min", DRAWING).attrib["val"]), float(each.find("c:max", DRAWING).attrib["val"]))  # type: ignore[union-attr]
        for each in root.findall(".//c:valAx/c:scaling", DRAWING)
        if each.find("c:max", DRAWING) is not None
    }


@sweep("seed", SEEDS[:4], keep=2)
def test_the_ranking_as_bars_with_the_pace_across_them(seed: int) -> None:
    found = bulletin(seed)
    rows = [row for row in found.scores if row.score is not None]
    root, (scores, behind, pace) = charts(made(found))[0]
    assert [scores[0], behind[0], pace[0]] == ["综合得分", "其中落后的", "序时进度"]
    assert scores[1] == behind[1] == pace[1] == [found.town(row.town).name for row in rows]
    printed = [float(wording.score(row.score)) for row in rows]
    assert scores[2] == printed
    assert behind[2] == [
        number if row.town in found.laggards else None for row, number in zip(rows, printed, strict=True)
    ]
    assert set(pace[2]) == {float(wording.hundredths(found.pace))}
    assert scales(root) == {(0, 100)}
    assert root.find(".//c:lineChart", DRAWING) is not None
    assert root.find(".//c:pattFill", {"c": DRAWING["c"].replace("chart", "main")}) is not None or not found.laggards


def test_the_bars_follow_the_ranking_and_keep_their_values_beside() -> None:
    found = known(bulletin(1))
    sheet = annexes(found)[0]
    column = [head.kind for head in sheet.heads].index("score")
    content = made(found)
    written = load_workbook(io.BytesIO(content))["排名图"]
    values = book(content)
    ranking = values[sheet.name]
    for at, row in enumerate(found.scores):
        formula = str(written.cell(3, at + 2).value)
        cell = formula.removeprefix(f"='{sheet.name}'!").replace("$", "")
        assert ranking[cell].column == column + 1
        assert ranking.cell(ranking[cell].row, 2).value == found.town(row.town).name
        assert ranking[cell].value == values["排名图"].cell(3, at + 2).value


def test_full_marks_are_the_line_where_points_are_given_and_what_is_provisional_says_so() -> None:
    found = scored()
    assert found.points is not None
    content = made(found)
    root, series = charts(content)[0]
    assert [each[0] for each in series] == ["总分", "其中落后的", "满分"]
    rows = [row for row in found.scores if row.score is not None]
    full = [float(found.points.row(row.town).full) for row in rows]
    assert series[2][2] == full
    ((least, top),) = scales(root)
    assert least == 0
    assert max(full + [float(row.score or 0) for row in rows]) <= top < max(full) + 40
    page = book(content)["排名图"]
    marked = ["（暂计）" in page.cell(3, at + 2).number_format for at in range(len(rows))]
    assert marked == [found.points.row(row.town).provisional for row in rows]


def by_month(found: Bulletin) -> Bulletin:
    """The bulletin with figures of the months before, of which the first is not known."""

    def of(table: IndicatorTable) -> IndicatorTable:
        if table.total.done is None:
            return table
        month = int(found.month[5:7])
        known = tuple(table.total.done * at // month for at in range(2, month + 1))
        return replace(table, total=replace(table.total, months=known))

    categories = (replace(each, indicators=tuple(map(of, each.indicators))) for each in found.categories)
    return replace(found, categories=tuple(categories))


def by_title(found: Bulletin) -> Mapping[str, monthly.Months]:
    each = (monthly.of_category(found, category) for category in found.categories if category.scored)
    return {months.category.title: months for months in each if months is not None}


@sweep("seed", SEEDS[:4], keep=2)
def test_the_months_of_the_county_with_the_pace_that_ends_at_a_hundred(seed: int) -> None:
    found = by_month(bulletin(seed))
    told = by_title(found)
    content = made(found)
    sheets = [sheet.name for sheet in annexes(found)]
    assert book(content).sheetnames == [sheets[0], "排名图", "逐月进度", *sheets[1:]]
    drawn = charts(content)[1:]
    assert len(drawn) == len(told) > 1
    assert len({scale for root, _ in drawn for scale in scales(root)}) == 1
    ((least, top),) = scales(drawn[0][0])
    for (_, series), months in zip(drawn, told.values(), strict=True):
        lines = series[: len(months.rates)]
        assert [name for name, _, _ in lines] == [short for short, _ in months.rates]
        for (_, names, values), (_, rates) in zip(lines, months.rates, strict=True):
            assert names == [f"{month}月" for month in range(1, 13)]
            shown = [None if rate is None else float(wording.hundredths(rate)) for rate in rates]
            assert values == [*shown, *[None] * (12 - len(shown))]
            assert all(value is None or least <= value <= top for value in values)
        if months.paced:
            assert series[-1][0] == "序时进度"
            assert (series[-1][2][0], series[-1][2][-1]) == (8.33, 100)
        assert len(series) == len(lines) + months.paced


def test_what_is_held_against_another_pace_has_no_line_and_the_note_says_so() -> None:
    found = by_month(bulletin(1))
    first = next(each for each in found.categories if each.title in by_title(found))
    tables = tuple(replace(table, pace=Fraction(1, 7)) if table.scored else table for table in first.indicators)
    other = replace(first, indicators=tables)
    found = replace(found, categories=tuple(other if each is first else each for each in found.categories))
    content = made(found)
    assert "序时进度" not in [name for name, _, _ in charts(content)[1][1]]
    page = book(content)["逐月进度"]
    assert str(page.cell(page.max_row, 1).value).endswith("没有虚线的类别不全按序时考核。")


def test_without_scores_or_months_there_is_no_chart() -> None:
    nothing = replace(unscored(), categories=tuple(replace(each, scored=False) for each in unscored().categories))
    assert charts(made(nothing)) == []
    found = bulletin(1)
    found = replace(found, scores=tuple(replace(row, score=None, rank=None) for row in found.scores))
    assert "排名图" not in book(made(found)).sheetnames
