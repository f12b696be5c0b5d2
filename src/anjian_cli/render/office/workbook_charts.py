"""The charts of a bulletin's workbook, drawn by the program that opens it: the ranking, and the county by month.

Each stands on a worksheet of its own above the cells that it is drawn from: under a table the program would repeat that
table's headings above it. All that is compared has one scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from xlsxwriter.utility import xl_rowcol_to_cell

from anjian_cli.bulletin import score_words, wording
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.render.office import monthly, worksheet
from anjian_cli.render.office.category import name_of
from anjian_cli.render.office.worksheet import FONT, Book

RANKING, MONTHLY = "排名图", "逐月进度"
PIXELS = 8
"""Of a character of the font that columns are measured in; a column has five more."""
ACROSS = 120
"""Characters beside each other on A4 that lies."""
LABEL, NARROWEST, WIDEST = 15, 6, 14
TALL, SHORT = 395, 190
"""How high the row is in which a chart stands alone, and beside another (points)."""
BLUE, RED, DARK = "#4A7FB0", "#C0392B", "#1F1F1F"
LINES = ("#2F6F9F", "#D9822B", "#2E7D4F", "#8E44AD", "#7F6A3F", "#C0392B", "#16A2A2", "#6B7280")
CELL = {"border": 1, "font_size": 9, "align": "center", "valign": "vcenter"}
TWO, STEP = "0.00", 20


@dataclass(frozen=True, slots=True)
class Scores:
    """The chart's title, and formulas that say where each unit's score stands, in the order of the ranking."""

    title: str
    cells: tuple[str, ...]


def draw_scores(book: Book, bulletin: Bulletin, scores: Scores) -> None:
    """A bar for each unit that has a score, the first on the left; who lags is hatched. Across them the pace of the
    year where scores are means of rates, full marks where the scheme gives points."""
    found = [(row, cell) for row, cell in zip(bulletin.scores, scores.cells, strict=True) if row.score is not None]
    if not found:
        return
    width = max(NARROWEST, min(WIDEST, (ACROSS - LABEL) / len(found)))
    page = book.page(RANKING, len(found), 6)
    page.fit_to_pages(1, 1)
    page.set_column(0, 0, LABEL)
    page.set_column(1, len(found), width)
    page.set_row(0, TALL)
    names, words = book.format(**CELL, text_wrap=True), book.format(**CELL, text_wrap=True, bold=True)
    line, across = _line(bulletin, [row.town for row, _ in found])
    called = score_words.score_name(bulletin)
    told = (bulletin.units, called, "其中落后的", *([line] if line else []))
    for at, text in enumerate(told, 1):
        page.write_string(at, 0, text, words)
        page.set_row(at, worksheet.highest([(text, LABEL)], 9, bold=True))
    page.set_row(1, worksheet.highest([(bulletin.town(row.town).name, width - 1) for row, _ in found], 9))
    for at, (row, cell) in enumerate(found, 1):
        page.write_string(1, at, bulletin.town(row.town).name, names)
        look = book.format(
            **CELL, num_format=f'{TWO}"{mark}"' if (mark := score_words.mark(bulletin, row.town)) else TWO
        )
        page.write_formula(2, at, cell, look, float(Fraction(wording.score(row.score))))
        if row.town in bulletin.laggards:
            page.write_formula(3, at, cell, look, float(Fraction(wording.score(row.score))))
        else:
            page.write_blank(3, at, None, look)
        if line:
            page.write_number(4, at, across[at - 1], book.format(**CELL, num_format="General"))
    page.write_string(5, 0, _explained(line), book.format(font_size=9))

    chart = book.book.add_chart({"type": "column"})
    place = _Place(RANKING, len(found))
    chart.add_series({**place.row(2), "fill": {"color": BLUE}, "gap": 40, "overlap": 100, "data_labels": _labels()})
    hatched = {"pattern": "wide_upward_diagonal", "fg_color": RED, "bg_color": "#FFFFFF"}
    chart.add_series({**place.row(3), "pattern": hatched, "border": {"color": RED}})
    if line:
        drawn = book.book.add_chart({"type": "line"})
        drawn.add_series({**place.row(4), **_dashed()})
        chart.combine(drawn)
    _finished(chart, scores.title, _top([*(row.score for row, _ in found), *across], STEP if bulletin.points else 100))
    pixels = sum(int(each * PIXELS) + 5 for each in (LABEL, *[width] * len(found)))
    _insert(page, chart, 0, 0, pixels, TALL, scores.title)


def draw_months(book: Book, bulletin: Bulletin) -> None:
    """A chart for each category that is scored, with the county's rate in each indicator by the end of every month, and
    the pace of the year, which ends at 100 in December; below them the rates."""
    found = [months for each in bulletin.categories if each.scored and (months := monthly.of_category(bulletin, each))]
    if not found:
        return
    rows = (len(found) + 1) // 2
    first = 1 + rows
    last = first + 1 + sum(len(each.rates) for each in found)
    page = book.page(MONTHLY, 1 + monthly.MONTHS, last + 1, portrait=True)
    page.fit_to_pages(1, 1)
    widths = (LABEL, WIDEST, *[NARROWEST + 1] * monthly.MONTHS)
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    title = f"{bulletin.month[:4]}年{bulletin.whole_word}逐月完成率"
    look = book.format(font_name="方正小标宋简体", font_size=18, align="center", valign="vcenter")
    worksheet.across(page, 0, 0, len(widths) - 1, title, look)
    page.set_row(0, worksheet.height(1, 18))
    _table(book, page, found, first)
    top = _top([rate * 100 for each in found for _, rates in each.rates for rate in rates if rate is not None])
    pixels = sum(int(each * PIXELS) + 5 for each in widths)
    at = first + 2
    for number, each in enumerate(found):
        chart = book.book.add_chart({"type": "line"})
        place = _Place(MONTHLY, monthly.MONTHS, first, 2)
        for line, _ in enumerate(each.rates):
            colour = LINES[line % len(LINES)]
            marker = {"type": "circle", "size": 4, "fill": {"color": colour}, "border": {"color": colour}}
            chart.add_series({**place.row(at + line, 1), "line": {"color": colour, "width": 2}, "marker": marker})
        at += len(each.rates)
        if each.paced:
            chart.add_series({**place.row(first + 1, 1), **_dashed()})
        _finished(chart, f"{each.category.title}（%）", top, 11)
        page.set_row(1 + number // 2, SHORT)
        _insert(page, chart, 1 + number // 2, number % 2 * (pixels // 2), pixels // 2, SHORT, each.category.title)


def _table(book: Book, page, found: Sequence[monthly.Months], first: int) -> None:  # type: ignore[no-untyped-def]
    """The rates that the charts are drawn from, with the pace before them."""
    words, names = book.format(**CELL, bold=True), book.format(**CELL, text_wrap=True)
    numbers, even = book.format(**CELL, num_format=TWO), book.format(**CELL, num_format=TWO, italic=True)
    months = (f"{month}月" for month in range(1, monthly.MONTHS + 1))
    for column, text in enumerate(("类别", "完成率（%）", *months)):
        page.write_string(first, column, text, words)
    page.write_string(first + 1, 0, "全年", names)
    page.write_string(first + 1, 1, "序时进度", names)
    for column, pace in enumerate(monthly.PACE, 2):
        page.write_number(first + 1, column, _percent(pace), even)
    at = first + 2
    for each in found:
        for short, rates in each.rates:
            page.write_string(at, 0, name_of(each.category), names)
            page.write_string(at, 1, short, names)
            page.set_row(at, worksheet.highest([(name_of(each.category), LABEL - 1), (short, WIDEST - 1)], 9))
            for column, rate in enumerate([*rates, *[None] * (monthly.MONTHS - len(rates))], 2):
                if rate is None:
                    page.write_blank(at, column, None, numbers)
                else:
                    page.write_number(at, column, _percent(rate), numbers)
            at += 1
    note = "完成率为到当月底的累计除以现在的年度任务；序时进度每月十二分之一，到12月为100%。"
    if not all(each.paced for each in found):
        note += "没有虚线的类别不全按序时考核。"
    page.write_string(at, 0, note, book.format(font_size=9))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the cells of a chart stand: `names` is the row of its categories, which begin behind column `label`."""

    tab: str
    width: int
    names: int = 1
    first: int = 1

    def row(self, at: int, label: int = 0) -> dict[str, object]:
        """A series: its name, its categories and its values."""
        last = self.first + self.width - 1
        return {
            "name": f"='{self.tab}'!{xl_rowcol_to_cell(at, label, row_abs=True, col_abs=True)}",
            "categories": [self.tab, self.names, self.first, self.names, last],
            "values": [self.tab, at, self.first, at, last],
        }


def _line(bulletin: Bulletin, towns: Sequence[str]) -> tuple[str, list[float]]:
    """What is drawn across the bars and how high for each unit; '' where scores are held against nothing."""
    if bulletin.points is not None:
        return "满分", [float(bulletin.points.row(town).full) for town in towns]
    if bulletin.by_rates and score_words.paced(bulletin):
        return "序时进度", [_percent(bulletin.pace)] * len(towns)
    return "", []


def _explained(line: str) -> str:
    across = f"，横的虚线为{line}" if line else ""
    return f"从左到右按名次；红色斜纹的为落后的{across}。"


def _percent(rate: Fraction) -> float:
    return float(Fraction(wording.hundredths(rate)))


def _top(values: Iterable[Fraction | float | None], least: int = 100) -> int:
    """Where a scale ends: at `least`, or behind what is more."""
    return max(least, *(ceil(value / STEP) * STEP for value in values if value is not None))


def _labels() -> dict[str, object]:
    return {"value": True, "position": "outside_end", "font": {"name": FONT, "size": 9}, "fill": {"color": "#FFFFFF"}}


def _dashed() -> dict[str, object]:
    return {"line": {"color": DARK, "width": 1.75, "dash_type": "dash"}, "marker": {"type": "none"}}


def _finished(chart, title: str, top: int, size: int = 14) -> None:  # type: ignore[no-untyped-def]
    plain = {"name": FONT, "size": 9}
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": size, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": plain})
    chart.set_x_axis({"num_font": plain})
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}
    chart.set_y_axis(
        {"min": 0, "max": top, "major_unit": STEP, "num_format": "0", "num_font": plain, "major_gridlines": grid}
    )
    chart.show_blanks_as("gap")


def _insert(page, chart, row: int, left: int, width: int, points: int, said: str) -> None:  # type: ignore[no-untyped-def]
    chart.set_size({"width": width, "height": round(points * 4 / 3)})
    page.insert_chart(row, 0, chart, {"x_offset": left, "object_position": 1, "description": said})
