"""What screens say of a bulletin. The columns of a grid begin and end where those of its rule do."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from openpyxl import load_workbook

from anjian_cli.bulletin.evidence import Evidence
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.office import town_sheets, workbook
from anjian_cli.render.screen import town
from anjian_cli.render.screen.styled_lines import Line
from anjian_cli.render.width import columns
from support.printed.annexes import in_workbook
from support.printed.facts import ALL, BEHIND, EVERY, FIRST, OVERALL, WHOLE, Fact, cell_codes, kind, listed, plain
from support.printed.sentences import in_sentences


def grids(lines: Sequence[Line]) -> Iterator[tuple[str, list[str], list[list[str]], list[str]]]:
    """Each table with the title above it, its headings, its rows, and the lines below it up to the next title."""
    for at, line in enumerate(lines):
        if not re.fullmatch(r"-+( +-+)*", line.text) or " " not in line.text:
            continue
        bounds = [(m.start(), m.end()) for m in re.finditer("-+", line.text)]
        top = max((back for back in range(at) if lines[back].style == "title" or not lines[back].text), default=-1)
        heads = [
            "".join(parts) for parts in zip(*(cut(each.text, bounds) for each in lines[top + 1 : at]), strict=True)
        ]
        end = next((on for on in range(at, len(lines)) if not lines[on].text or lines[on].style == "title"), len(lines))
        rows = [cut(each.text, bounds) for each in lines[at + 1 : end] if not each.text.endswith("。")]
        yield lines[top].text, heads, rows, [each.text for each in lines[at + 1 : end]]


def cut(text: str, bounds: Sequence[tuple[int, int]]) -> list[str]:
    """What stands between each two columns of the terminal."""
    cells = [""] * len(bounds)
    at = 0
    for char in text:
        for number, (start, end) in enumerate(bounds):
            if start <= at < end:
                cells[number] += char
        at += columns(char)
    return [cell.strip() for cell in cells]


FIELDS = {
    **dict.fromkeys(("年度任务", "应办数量"), "任务"),
    **dict.fromkeys(("本月完成", "本月净增", "本月增减"), "本月"),
    **dict.fromkeys(("累计完成", "本年累计", "月末在托", "现时在托", "月末实有", "现时实有", "累计或现有"), "累计"),
    **dict.fromkeys(("已发生", "现有", "已发生或现有"), "累计"),
    "控制数": "控制数",
    "剩余或超出": "剩余",
    "完成率(%)": "完成率",
    "与序时差(百分点)": "序时差",
    "尚欠序时": "欠序时",
    "尚欠年度": "欠年度",
    **{name: name for name in ("排名", "上月排名", "上年同期")},
}
"""What a column is called, and which figure stands in it."""


def of_screen(found: Bulletin, lines: Sequence[Line]) -> Iterator[Fact]:
    """The bulletin on a screen as wide as it wants to be."""
    yield from in_sentences("\n".join(line.text for line in lines))
    codes = cell_codes(found)
    towns = {one.name for one in found.towns}
    titles = {f"{category.title}各项完成率（%）": category for category in found.categories}
    less = {table.short for category in found.categories for table in category.indicators if table.less}
    told_only = {table.short: table for category in found.categories for table in category.indicators}
    for title, heads, rows, below in grids(lines):
        scope = ""
        if title.startswith("综合排名"):
            scope = OVERALL
            for row in rows:
                cells = dict(zip(heads, row, strict=True))
                place = WHOLE if row[1] == found.county else row[1]
                if row[1] in towns or place == WHOLE:
                    yield (OVERALL, place, "得分"), plain(cells["得分"])
                    yield (OVERALL, place, "任务总量"), plain(cells["任务总量"])
                if row[1] in towns:
                    yield (OVERALL, place, "排名"), plain(cells["排名"])
                    yield (OVERALL, place, "上月排名"), plain(cells["上月"])
        elif title in titles:
            scope = kind(titles[title].title)
            for row in rows:
                cells = dict(zip(heads, row, strict=True))
                place = WHOLE if row[0] == found.county else row[0]
                if row[0] in towns or place == WHOLE:
                    for head in set(heads) & told_only.keys():
                        yield (head, place, "完成率"), plain(cells[head])
                    yield (scope, place, "完成率"), plain(cells["类别完成率"])
                if row[0] in towns:
                    yield (scope, place, "排名"), plain(cells["排名"])
        elif "格码" in heads:
            for row in rows:
                cells = dict(zip(heads, row, strict=True))
                if cells["格码"] in codes:
                    short, place = codes[cells["格码"]]
                    if place == WHOLE and short in less and "控制数" not in heads:
                        place = EVERY
                    scope = short if "序时" in "".join(heads) or "排名" in heads else scope
                    for head in set(heads) & FIELDS.keys():
                        yield (short, place, FIELDS[head]), plain(cells[head])
        elif title == "不评排名的指标":
            for row in rows:
                place = row[0] if row[0] in towns | {UNSETTLED_NAME, WHOLE} else ""
                field = (
                    "累计"
                    if place
                    else {"本月增减": "本月", "上年同期": "上年同期", "年度任务": "任务"}.get(row[0], "")
                )
                for head, cell in zip(heads[1:], row[1:], strict=True):
                    if field:
                        yield (head.partition("(")[0], place or WHOLE, field), plain(cell)
        for line in below:
            if named := re.fullmatch(r"(?:综合得分)?落后的：(.*)。", line):
                yield (scope, ALL, BEHIND), listed(re.sub("（.*?）", "", named[1]).split("、"))


def of_status(found: Bulletin, lines: Sequence[str], today: str) -> Iterator[Fact]:
    """The first screen; its hazards are today's, and the bulletin's where that is of today."""
    if found.as_of == today:
        said = "".join(lines)
        for short in ("未销号", "逾期", "挂牌在办"):
            number = re.search(rf"{short} ?(\d+|[—－])条", said)
            yield (short.removesuffix("在办"), WHOLE, "累计"), plain(number[1] if number else "")
    shorts = {one.short: one.name for one in found.towns}
    titles = {c.title.removeprefix("安全生产").removeprefix("安全"): c.title for c in found.categories}
    for _, heads, rows, _ in grids([Line(""), *(Line(line) for line in lines if not re.fullmatch("-+", line))]):
        for row in rows:
            if row[0] in titles and len(row) == len(heads):
                scope = kind(titles[row[0]])
                yield (scope, WHOLE, "完成率"), plain(row[3])
                yield (scope, WHOLE, "序时差"), plain(row[4])
                yield (scope, ALL, BEHIND), listed(shorts[name] for name in row[5].split() if ".." not in row[5])
                for field, cell in (("任务之和", row[1]), ("累计之和", row[2])):
                    if plain(cell):
                        yield (scope, WHOLE, field), plain(cell)
    said = "  ".join(line.strip() for line in lines)
    if whole := re.search(r"综合 平均(\S+?)分(.*?)(?:-{9}|\[|\d+个)", said):
        yield (OVERALL, WHOLE, "得分"), plain(whole[1])
        for word, what in (("(?:首位|前.位)", FIRST), ("落后的", BEHIND)):
            named = re.search(rf"{word}：(\S+(?: {{1,2}}[^\s：]+(?!：))*)", whole[2])
            names = [name for name in (named[1].split() if named else []) if name in shorts]
            yield (OVERALL, ALL, what), listed(shorts[name] for name in names)


def of_town(found: Bulletin, code: str, behind: Evidence) -> Iterator[Fact]:
    """The sheet on the screen, and the workbook."""
    name, codes = found.town(code).name, cell_codes(found)
    lines = town.town_sheet(found, code, None)
    for title, heads, rows, _ in grids(lines):
        shorts = {table.short for category in found.categories for table in category.indicators}
        titles = {category.title for category in found.categories}
        for row in rows:
            cells = dict(zip(heads, row, strict=True))
            if title == "各项指标" and row[0] in shorts:
                for head in set(heads) & FIELDS.keys():
                    yield (row[0], name, FIELDS[head]), plain(cells[head])
            if title == "各类完成率" and row[0] in titles:
                yield (kind(row[0]), name, "完成率"), plain(cells["完成率(%)"])
                yield (kind(row[0]), WHOLE, "完成率"), plain(cells[f"{found.county}(%)"])
                yield (kind(row[0]), name, "排名"), plain(cells["排名"])
    sheets = town_sheets.town_sheets(found, code, behind.of(code))
    book = load_workbook(io.BytesIO(workbook.workbook(sheets, "")), data_only=True)
    for number, sheet in enumerate(sheets):
        read = in_workbook(book, sheets)
        called = [head.title.replace("（", "(").replace("）", ")") for head in sheet.heads]
        if "格码" not in called:
            continue
        fields = {**FIELDS, "与序时进度差(百分点)": "序时差", "距年度任务尚差": "欠年度"}
        for at in range(len(sheet.rows)):
            short, place = codes[str(read(number, at, called.index("格码")))]
            for column, head in enumerate(called):
                if head in fields:
                    yield (short, place, fields[head]), plain(read(number, at, column))
