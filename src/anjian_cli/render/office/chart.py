"""The charts of the page as SVG: the ranking, and a category's rates over the months. The same for the same input.

Drawn by pygal; what it adds for scripts is taken out again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import pygal
from markupsafe import Markup
from pygal.style import Style

from anjian_cli.bulletin import annex_titles, findings, score_words
from anjian_cli.bulletin.value import Bulletin, Category, ScoreRow
from anjian_cli.render.office.xml_text import UNPRINTABLE

# pygal hangs in a finder for its maps that Python no longer asks: every import after it would warn.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

FONTS = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Serif CJK SC', sans-serif"
NOT_DRAWN = re.compile(r"<script\b.*?</script>|<script\b[^>]*/>|<!--.*?-->", re.DOTALL)
"""What pygal adds to a chart and a page without scripts has no use for."""
WIDTH, BAR, MARGIN, TREND_HEIGHT = 380, 21, 40, 250
NORMAL, BEHIND, PACE = "#2f6f9f", "#c0392b", "#777777"
LINES = ("#2f6f9f", "#b8600b", "#2e7d4f", "#7b4fa0", "#a8325e", "#4a5b0c", "#0b7285", "#5c4033")


def ranking(bulletin: Bulletin) -> Markup:
    """A bar for each town, the first on top; who lags is told by colour and by a sign."""
    rows = [row for row in bulletin.scores if row.score is not None]
    if not rows:
        return Markup()
    chart = pygal.HorizontalBar(
        width=WIDTH,
        height=len(rows) * BAR + MARGIN,
        style=_style([NORMAL]),
        show_legend=False,
        range=(min(0, *(float(row.score or 0) for row in rows)), max(100, *(float(row.score or 0) for row in rows))),
        y_labels=[0, 20, 40, 60, 80, 100],
        formatter=lambda value: f"{value:g}",
        spacing=4,
        margin=6,
        margin_left=36,  # a Chinese character is wider than pygal thinks
        **_plain(),
    )
    chart.uuid = "ranking"
    lowest = list(reversed(rows))
    chart.x_labels = [_label(bulletin, row) for row in lowest]
    chart.add(
        score_words.score_name(bulletin),
        [
            {
                "value": float(row.score or 0),
                "color": BEHIND if row.town in bulletin.laggards else NORMAL,
            }
            for row in lowest
        ],
    )
    return _drawn(chart)


def _label(bulletin: Bulletin, row: ScoreRow) -> str:
    short = UNPRINTABLE.sub("", bulletin.town(row.town).short)
    behind = "▼" if row.town in bulletin.laggards else ""
    return f"{behind}{short} {score_words.of_unit(bulletin, row.town, row.score)}"


def trend(bulletin: Bulletin, category: Category) -> Markup:
    """A line for each indicator: the county's rate by the end of every month, against today's targets."""
    lines = [
        (table.short, [None if done is None else done / table.total.target * 100 for done in table.total.months])
        for table in findings.scored_tables(category)
        if table.total.target and any(done is not None for done in table.total.months)
    ]
    if not lines:
        return Markup()
    months = max(len(line) for _, line in lines)
    chart = pygal.Line(
        width=WIDTH,
        height=TREND_HEIGHT + 16 * (len(lines) // 2),
        style=_style([*LINES[: len(lines)], *LINES[: max(0, len(lines) - len(LINES))], PACE]),
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        legend_box_size=10,
        truncate_legend=-1,
        dots_size=2.5,
        include_x_axis=True,
        formatter=lambda value: f"{value:.0f}%",
        margin=6,
        **_plain(),
    )
    chart.uuid = f"trend-{annex_titles.of_figures(bulletin).index(category)}"
    chart.x_labels = [f"{month}月" for month in range(1, months + 1)]
    for name, line in lines:
        chart.add(UNPRINTABLE.sub("", name), [None] * (months - len(line)) + line)
    if all(table.pace == bulletin.pace for table in findings.scored_tables(category)):
        due = [month / 12 * 100 for month in range(1, months + 1)]
        chart.add("序时进度", due, stroke_style={"dasharray": "4, 4"}, show_dots=False)
    return _drawn(chart)


def _style(colors: Sequence[str]) -> Style:
    return Style(
        font_family=FONTS,
        background="#ffffff",
        plot_background="#ffffff",
        foreground="#333333",
        foreground_strong="#111111",
        foreground_subtle="#777777",
        colors=tuple(colors),
        opacity="1",
        opacity_hover="1",
        label_font_size=11,
        major_label_font_size=11,
        value_font_size=11,
        legend_font_size=11,
        no_data_font_size=11,
        transition="0s",
    )


def _plain() -> dict[str, object]:
    return {
        "js": [],
        "disable_xml_declaration": True,
        "pretty_print": False,
        "truncate_label": -1,
        "explicit_size": False,
    }


def _drawn(chart: pygal.graph.graph.Graph) -> Markup:
    return Markup(NOT_DRAWN.sub("", chart.render(is_unicode=True)))
