"""A month's points and figures read again out of what goes out: workbook, letter, page, CSV and the terminal's tables,
held against the second opinion of `oracle.points`.

Of the program it knows how a table is headed; what stands in its cells is worked out from the records.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html.parser import HTMLParser

import docx
import openpyxl
from openpyxl.cell.cell import Cell, MergedCell

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.evidence import evidence
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.formats import FORMATS, DataFormat, DocumentFormat, Material, ScreenFormat
from anjian_cli.render.screen import styled_lines
from anjian_cli.render.width import columns
from oracle.points import OPEN, Month, Row

NOTHING = frozenset({"", "—", "－"})
PROVISIONAL = "（暂计）"
SUBTOTAL, TOTAL, GRADE, RANK = "小计", "总分", "等次", "排名"
THEN = "其时总分"
"""In a table that says what totals may yet become, none is marked as provisional."""


@dataclass(frozen=True)
class Table:
    """A table as it is read: of each column what stands above it and its own heading, without what is in brackets; the
    rows of units. `title` is the line above it, '' where the file has it elsewhere."""

    heads: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    title: str = ""

    def column(self, heading: str) -> int | None:
        """The first column that is headed so."""
        return next((at for at, (_, own) in enumerate(self.heads) if own == heading), None)


@dataclass
class Seen:
    """What was read, and held: by form, by unit, points of which items, categories, totals and places."""

    cells: Counter[str] = field(default_factory=Counter)
    items: set[tuple[str, str]] = field(default_factory=set)
    totals: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Units:
    """A kind of units: the bulletin, and by code what each has by hand."""

    bulletin: Bulletin
    by_hand: Month
    wanted: Mapping[str, Row]

    @property
    def head(self) -> str:
        """How the column of their names is headed."""
        return _bare(self.bulletin.units)

    @property
    def named(self) -> dict[str, str]:
        return {phrase.place(self.bulletin, code): code for code in self.wanted}


def held(connection: sqlite3.Connection, kinds: Sequence[Units]) -> Counter[str]:
    """Every form of a bulletin, and of its departments' own (--unit 部门): each table of points says of every unit what
    it has by hand. How many cells were held, by form."""
    held_cells: Counter[str] = Counter()
    for own in kinds:
        behind = evidence(connection, own.bulletin, records=False)
        for made in FORMATS:
            if isinstance(made, ScreenFormat):
                tables = list(_of_screen(styled_lines.text(made.of_bulletin(own.bulletin, None, None))))
            elif isinstance(made, DocumentFormat) and made.ending in _READ:
                tables = list(_READ[made.ending](made.of_bulletin(Material(own.bulletin, behind), None)))
            elif isinstance(made, DataFormat) and made.name == "csv":
                held_cells["csv"] += _csv(made.of_bulletin(own.bulletin, None), own)
                continue
            else:
                continue
            seen = Seen()
            for table in tables:
                _table(made.name, table, kinds, own, seen)
            items = {(unit, item) for unit, row in own.wanted.items() for item in row.items}
            assert seen.items == items, (made.name, "not printed, or not asked", seen.items ^ items)
            assert seen.totals == own.wanted.keys(), (made.name, seen.totals ^ own.wanted.keys())
            held_cells += seen.cells
    return held_cells


def _table(form: str, table: Table, kinds: Sequence[Units], own: Units, seen: Seen) -> None:
    """A table of any kind of units that are told of; what is read of the bulletin's own is noted."""
    at, of = next(
        ((at, kind) for kind in kinds for at, (_, head) in enumerate(table.heads[:2]) if head == kind.head), (0, None)
    )
    if of is None:
        return
    named = [(of.named[cells[at]], cells) for cells in table.rows if cells[at] in of.named]
    if table.column("考核项目") is not None:
        seen.cells[form] += sum(_reason(form, table, of, unit, cells) for unit, cells in named)
        return
    rows = dict(named)
    shorts = {str(item.told["指标"]): item.code for item in of.by_hand.asked.items}
    categories = {str(each["名称"]): str(each["编号"]) for each in of.by_hand.asked.categories}
    category_of = {str(item.told["指标"]): categories[item.told["类别"]] for item in of.by_hand.asked.items}
    points = _is_of_points(table, shorts)
    last = ""  # the category of the item on the left
    for number, (group, head) in enumerate(table.heads):
        last = category_of.get(head, last)
        words = [cells[number] for cells in rows.values()]
        printed = {unit: cells[number] for unit, cells in rows.items()}
        if not points:
            if group in shorts and head == _standing(of.bulletin, shorts[group]):
                _figures(form, of, shorts[group], printed)
                seen.cells[form] += len(printed)
            elif table.title == "各项数字" and head in shorts:
                _figures(form, of, shorts[head], printed)
                seen.cells[form] += len(printed)
            continue
        here = (form, of.bulletin.month, group, head)
        if head in shorts:
            for unit, text in printed.items():
                worth = of.wanted[unit].items[shorts[head]]
                _same((*here, unit), text, worth.points, worth.state)
                if of is own:
                    seen.items.add((unit, shorts[head]))
        elif head in categories or head == SUBTOTAL:
            for unit, text in printed.items():
                _same((*here, unit), text, of.wanted[unit].categories[categories.get(head, last)])
        elif head == TOTAL:
            for unit, text in printed.items():
                _total((*here, unit), text, of.wanted[unit], marked=table.column(THEN) is None)
                if of is own:
                    seen.totals.add(unit)
        elif head == RANK:
            places = of.by_hand.places(of.wanted)
            for unit, text in printed.items():
                assert (None if text in NOTHING else int(text)) == places.get(unit), (*here, unit, text)
        elif head == GRADE:
            for unit, text in printed.items():
                assert ("" if text in NOTHING else text) == of.wanted[unit].grade, (*here, unit, text)
        else:
            continue
        if form != "xlsx" and head != RANK:
            places_of = {len(word.partition(".")[2]) for word in map(_number, words) if word}
            assert len(places_of) <= 1, (*here, "not below each other", words)
        seen.cells[form] += len(printed)


def _is_of_points(table: Table, shorts: Mapping[str, str]) -> bool:
    """Points, not figures: by its title on the screen, by what stands above an item in a document."""
    if table.title:
        return "得分" in table.title
    return table.column(TOTAL) is not None or all(group not in shorts for group, _ in table.heads)


def _same(here: object, text: str, points: Fraction | None, state: str = "") -> None:
    if points is None:
        assert (text in NOTHING) if not state else text == state, (here, text, state)
    else:
        assert _number(text) == text, (here, text, points)
        assert Fraction(text) == _rounded(points), (here, text, points)


def _total(here: object, text: str, row: Row, *, marked: bool) -> None:
    """Never the whole where it is short of it, and marked where anything is open."""
    if row.total is None:
        assert text in NOTHING, (here, text)
        return
    still = marked and any(worth.state in OPEN for worth in row.items.values())
    assert text.endswith(PROVISIONAL) == still, (here, text, row.items)
    rounded = Fraction(9999, 100) if row.total < 100 <= _rounded(row.total) else _rounded(row.total)
    assert Fraction(text.removesuffix(PROVISIONAL)) == rounded, (here, text, row.total)


def _figures(form: str, of: Units, item: str, printed: Mapping[str, str]) -> None:
    asked = next(each for each in of.by_hand.asked.items if each.code == item)
    for unit, text in printed.items():
        done = of.by_hand.of_year(asked, unit)
        found = int(text) if re.fullmatch(r"-?\d+", text) else None
        assert found == done, (form, of.bulletin.month, unit, item, text, done)


def _reason(form: str, table: Table, of: Units, unit: str, cells: Sequence[str]) -> int:
    """A line that says what an item lacks: its full marks, its points."""
    told = {head: text for (_, head), text in zip(table.heads, cells, strict=True)}
    item = next(each for each in of.by_hand.asked.items if each.told["全称"] == told["考核项目"])
    worth = of.wanted[unit].items[item.code]
    _same((form, unit, item.code), told["得分"], worth.points, worth.state)
    _same((form, unit, item.code), told["满分"], item.full if "满分" in item.told else None)
    return 2


def _csv(text: str, of: Units) -> int:
    """Figures of the year, and places; points stand in `held_points`."""
    whose = "部门编号" if of.head == "部门" else "镇街代码"
    items, places, found = (
        {each.code: each for each in of.by_hand.asked.items if each.fact},
        of.by_hand.places(of.wanted),
        0,
    )
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
        unit = row[whose]
        if unit not in of.wanted:
            continue
        if row["指标编码"] in items:
            done = of.by_hand.of_year(items[row["指标编码"]], unit)
            assert row["累计"].lstrip("'") == ("" if done is None else str(done)), (unit, row, done)
            found += 1
        elif row["类别"] == "综合":
            assert row["排名"] == str(places.get(unit, "")), (unit, row)
            found += 1
    return found


def _standing(bulletin: Bulletin, item: str) -> str:
    table = next(table for category in bulletin.categories for table in category.indicators if table.id == item)
    return phrase.standing(bulletin, table)


def _rounded(value: Fraction) -> Fraction:
    """To hundredths, half away from nought."""
    cents = Fraction(int(abs(value) * 200 + 1) // 2, 100)
    return -cents if value < 0 else cents


def _number(text: str) -> str:
    """The number in a cell, without the word behind it; '' where there is none."""
    found = re.match(r"-?\d+(\.\d+)?", text)
    return found[0] if found else ""


def _bare(heading: str) -> str:
    """A heading without what stands in brackets behind it."""
    return re.sub(r"[（(][^（(]*[)）]$", "", heading.replace("\n", "").strip()).strip()


# how each form is read


def _headed(lines: Sequence[Sequence[str]], title: str = "") -> Table:
    """Lines of text in a rectangle: one or two of headings, the second one repeating what reaches over both."""
    two = len(lines) > 1 and lines[0][0] == lines[1][0]
    heads = [
        (_bare(above) if two and above != own else "", _bare(own))
        for above, own in zip(lines[0], lines[1 if two else 0], strict=True)
    ]
    return Table(heads, [line for line in lines[2 if two else 1 :] if len(line) == len(heads)], title)


def _of_workbook(made: bytes) -> Iterator[Table]:
    book = openpyxl.load_workbook(io.BytesIO(made))
    for sheet in book.worksheets:
        if not sheet.title[0].isdigit():  # a chart, or sentences
            continue
        texts = [[_of_cell(cell) for cell in row] for row in sheet.iter_rows()]
        for merged in sheet.merged_cells.ranges:
            for row in range(merged.min_row - 1, merged.max_row):
                for column in range(merged.min_col - 1, merged.max_col):
                    texts[row][column] = texts[merged.min_row - 1][merged.min_col - 1]
        first = next(at for at, row in enumerate(texts) if len({*row}) > 2 and at > 2)
        yield _headed(texts[first:])


def _of_cell(cell: Cell | MergedCell) -> str:
    mark = PROVISIONAL if PROVISIONAL in str(cell.number_format) else ""
    return "" if cell.value is None else f"{cell.value}{mark}"


def _of_letter(made: bytes) -> Iterator[Table]:
    for table in docx.Document(io.BytesIO(made)).tables:
        yield _headed([[cell.text for cell in row.cells] for row in table.rows])


class _Page(HTMLParser):
    """The annexes' tables of a page; a heading that reaches over several cells stands in each of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[dict[int, str]]] = []
        self._spans: list[tuple[int, int]] = []
        self._inside = self._sign = False
        self._text: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "table":
            self._inside = told.get("class") == "annex"
            if self._inside:
                self.tables.append([])
                self._row = -1
        elif self._inside and tag == "tr":
            self._row += 1
            self._reach(self._row)
        elif tag == "span" and told.get("class") == "sign":
            self._sign = True  # a word beside a name that says what its colour says
        elif self._inside and tag in ("td", "th"):
            self._text = ""
            self._spans.append((int(told.get("rowspan") or 1), int(told.get("colspan") or 1)))

    def _reach(self, row: int) -> None:
        while len(self.tables[-1]) <= row:
            self.tables[-1].append({})

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._sign:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._inside = False
        elif tag == "span":
            self._sign = False
        elif self._text is not None and tag in ("td", "th"):
            down, across = self._spans.pop()
            there = self.tables[-1][self._row]
            at = next(number for number in range(len(there) + 1) if number not in there)
            for row in range(self._row, self._row + down):
                self._reach(row)
                self.tables[-1][row].update(dict.fromkeys(range(at, at + across), self._text))
            self._text = None


def _of_page(made: bytes) -> Iterator[Table]:
    for table in _Page(made.decode("utf-8")).tables:
        yield _headed([[text for _, text in sorted(row.items())] for row in table])


def _of_screen(text: str) -> Iterator[Table]:
    """Blocks between blank lines: a title, headings in one line or several, dashes, rows, perhaps sentences."""
    for block in text.split("\n\n"):
        lines = block.splitlines()
        rule = next((at for at, line in enumerate(lines) if re.fullmatch(r"-+( +-+)*", line)), None)
        if rule is None:
            continue
        spans = [found.span() for found in re.finditer("-+", lines[rule])]
        cut = [[_slice(line, *span) for span in spans] for line in [*lines[1:rule], *lines[rule + 1 :]]]
        heads = ["".join(parts) for parts in zip(*cut[: rule - 1], strict=True)]
        yield Table([("", _bare(head)) for head in heads], cut[rule - 1 :], lines[0].partition("（")[0])


def _slice(line: str, begin: int, end: int) -> str:
    """What stands in some columns of a line, where a Chinese sign takes two."""
    found, at = "", 0
    for sign in line:
        if begin <= at < end:
            found += sign
        at += columns(sign)
    return found.strip()


_READ = {"xlsx": _of_workbook, "docx": _of_letter, "html": _of_page}
