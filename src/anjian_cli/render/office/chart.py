"""The charts of the page: the ranking, a category's rates over the months, hazards found and closed month by month."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from anjian_cli.bulletin import score_words
from anjian_cli.bulletin.value import Bulletin, Category, ScoreRow
from anjian_cli.render.office import monthly, svg
from anjian_cli.render.office.svg import Bar, Mark, Series
from anjian_cli.render.office.xml_text import UNPRINTABLE

FOUND, CLOSED = "hazard.found", "hazard.accepted_of_year"


def ranking(bulletin: Bulletin) -> Markup:
    """A bar for each town, the first on top; who lags is told by colour and by a sign. Where scores are means of rates,
    a line shows what the pace of the year asks of everyone."""
    rows = [row for row in bulletin.scores if row.score is not None]
    if not rows:
        return Markup()
    pace = [Mark("序时", float(bulletin.pace * 100))] if bulletin.by_rates and score_words.paced(bulletin) else []
    told = f"{score_words.score_name(bulletin)}，从高到低"
    bars = [Bar(_label(bulletin, row), float(row.score or 0), row.town in bulletin.laggards) for row in rows]
    return svg.bars(told, bars, pace)


def _label(bulletin: Bulletin, row: ScoreRow) -> str:
    short = UNPRINTABLE.sub("", bulletin.town(row.town).short)
    behind = "▼" if row.town in bulletin.laggards else ""
    return f"{behind}{short} {score_words.of_unit(bulletin, row.town, row.score)}"


def trend(bulletin: Bulletin, category: Category) -> Markup:
    """A line for each indicator: the county's rate by the end of every month, against today's targets; beside them the
    pace of the whole year, which ends at 100."""
    found = monthly.of_category(bulletin, category)
    if found is None:
        return Markup()
    lines = [
        Series(UNPRINTABLE.sub("", short), [None if rate is None else float(rate * 100) for rate in rates])
        for short, rates in found.rates
    ]
    if found.paced:
        lines.append(Series("序时进度", [float(rate * 100) for rate in monthly.PACE], even=True))
    return svg.lines(f"{UNPRINTABLE.sub('', category.title)}逐月完成率", _months(), lines)


def hazards(bulletin: Bulletin) -> Markup:
    """Hazards found and closed in each month of the year; '' where the scheme counts neither, or no month is known."""
    by_id = {table.known_as: table for category in bulletin.categories for table in category.indicators}
    found, closed = by_id.get(FOUND), by_id.get(CLOSED)
    if found is None or closed is None:
        return Markup()
    series = [
        Series(name, _in_month(monthly.done_by_month(bulletin, table)))
        for name, table in (("发现", found), ("销号", closed))
    ]
    if not any(value for one in series for value in one.values):
        return Markup()
    return svg.pairs("逐月发现和销号的隐患", _months(), series)


def _months() -> list[str]:
    return ["1月", *(str(month) for month in range(2, monthly.MONTHS + 1))]


def _in_month(by_month: Sequence[int | None]) -> list[float | None]:
    """What came in each month, None where it or the month before is not known."""
    return [
        None if now is None or then is None else float(now - then)
        for now, then in zip(by_month, [0, *by_month[:-1]], strict=True)
    ]
