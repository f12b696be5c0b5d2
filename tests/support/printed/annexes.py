"""What the annexes say of a bulletin, in whatever document they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.value import Bulletin, Category
from anjian_cli.render.office import workbook
from anjian_cli.render.office.category import name_of
from anjian_cli.render.office.fitting import fitted
from anjian_cli.render.office.letter_styles import LANDSCAPE_HEIGHT, LANDSCAPE_WIDTH
from anjian_cli.render.paper import Sheet
from support.printed.facts import ALL, BEHIND, FIRST, OVERALL, WHOLE, Fact, Key, Read, kind, listed, plain


def in_workbook(book: Any, sheets: Sequence[Sheet]) -> Read:
    def read(number: int, row: int, column: int) -> object:
        sheet = sheets[number]
        return book[sheet.name].cell(workbook.FIRST_HEAD + _height(sheet) + row + 1, column + 1).value

    return read


def in_word(document: Any, sheets: Sequence[Sheet]) -> Read:
    """`sheets` as they are on paper (`on_paper`)."""
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return lambda number, row, column: tables[number][_height(sheets[number]) + row][column]


def on_paper(sheets: Sequence[Sheet]) -> list[Sheet]:
    """With the columns that an annex has room for."""
    return [fitted(sheet, LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT).sheet for sheet in sheets]


def _height(sheet: Sheet) -> int:
    return 2 if any(head.group for head in sheet.heads) else 1


def of_sheets(found: Bulletin, sheets: Sequence[Sheet], read: Read) -> Iterator[Fact]:
    scored = [category for category in found.categories if category.scored]
    for number, sheet in enumerate(sheets):
        for at in range(len(sheet.rows) + (sheet.total is not None)):
            place = str(read(number, at, 1))
            place = WHOLE if place == found.county else place
            for column in range(2, len(sheet.heads)):
                value = plain(read(number, at, column))
                for key in _of_head(found, scored, number, sheet, column, place):
                    yield key, value


def _of_head(
    found: Bulletin, scored: Sequence[Category], number: int, sheet: Sheet, column: int, place: str
) -> Iterator[Key]:
    head = sheet.heads[column]
    if number == 0:
        fields = {"综合得分（分）": "得分"}
        if head.title.startswith("任务总量（"):
            yield OVERALL, place, head.title
        fields |= {"排名": "排名", "上月排名": "上月排名"} if place != WHOLE else {}
        if head.title in fields:
            yield OVERALL, place, fields[head.title]
        for category in scored:
            if head.title == f"{name_of(category)}（%）":
                yield kind(category.title), place, "完成率"
        return
    if number > len(scored):
        fields = {"控制数": "控制数", "已发生": "累计", "现有": "累计", "剩余或超出": "剩余"}
        fields |= {"排名": "排名"} if place not in (WHOLE, UNSETTLED_NAME) else {}
        if head.title in fields:
            yield head.group.partition("（")[0], place, fields[head.title]
        return
    title = kind(scored[number - 1].title)
    if head.code:
        yield head.code, place, {"percent": "完成率"}.get(head.kind, "累计")
        return
    if place == UNSETTLED_NAME:
        return
    exact_titles = {"本类": "完成率", "完成率（%）": "完成率", "与序时进度差（百分点）": "序时差"}
    exact_titles |= {"排名": "排名", "上月排名": "上月排名"} if place != WHOLE else {}
    if head.title in exact_titles:
        yield title, place, exact_titles[head.title]
    for begins, field in (
        ("年度任务", "任务"), ("新创年度任务", "任务"), ("应整治", "任务"), ("应检测", "任务"), ("应指导", "任务"),
        ("本月", "本月"), ("累计", "累计"), ("尚欠序时", "欠序时"),
    ):  # fmt: skip
        if head.title.startswith(begins) and not (field == "欠序时" and place == WHOLE):
            yield title, place, f"{field}之和"
    if head.title == WHOLE:
        yield title, place, "累计之和"
    if head.title.endswith(f"{(int(found.month[5:]) - 2) % 12 + 1}月底累计（家）"):
        yield title, place, "上月累计之和"


def coloured(found: Bulletin, book: Any, sheets: Sequence[Sheet]) -> Iterator[Fact]:
    """Who is marked in the workbook as first and as behind, by the colour of the rank."""
    scopes = [OVERALL, *(kind(category.title) for category in found.categories if category.scored)]
    for sheet, scope in zip(sheets, scopes, strict=False):  # behind them the control figures, where there are any
        column = next((at for at, head in enumerate(sheet.heads, 1) if head.title == "排名"), None)
        if column is None or not any(head.kind == "rank" for head in sheet.heads):
            continue
        first_row = workbook.FIRST_HEAD + _height(sheet) + 1
        colours: dict[str, list[str]] = {FIRST: [], BEHIND: []}
        for at in range(first_row, first_row + len(sheet.rows)):
            colour = book[sheet.name].cell(at, column).fill.fgColor.rgb
            what = {"FFD9EAD3": FIRST, "FFF4CCCC": BEHIND}.get(colour)
            if what:
                colours[what].append(str(book[sheet.name].cell(at, 2).value))
        for what, towns in colours.items():
            yield (scope, ALL, what), listed(towns)
