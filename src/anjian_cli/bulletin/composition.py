"""What a category's rate and the score are the mean of: 明细 for what no record makes, but other figures do.

Takes the bulletin's value as it was locked or is computed now; exact arithmetic, reads no record.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from fractions import Fraction

from anjian_cli.bulletin import findings, phrase, place_asked, ranking
from anjian_cli.bulletin.period import Period, choose_month
from anjian_cli.bulletin.tables import cell_code
from anjian_cli.bulletin.value import COUNTY, Bulletin, Category, Cell, IndicatorTable
from anjian_cli.errors import Misread, Refused, refused
from anjian_cli.ledger import catalogue, schemes
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.records import days, values
from anjian_cli.rules import place_names
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

SCORE_WORDS = ("得分", "综合得分")


@dataclass(frozen=True, slots=True)
class Asked:
    """`place` is a town's code or COUNTY; `category` an id, '' for the score; `of` is TOWNS or DEPARTMENTS."""

    period: Period
    place: str
    category: str
    of: str = TOWNS


@dataclass(frozen=True, slots=True)
class Part:
    """One of what the mean is of: an indicator of a category, a category of a score, a town of the county's score.
    `code` is what `explain` takes. `done` and `target` are in `unit`, None but for indicators. `rate` is its own, of a
    town its score by 100; `counted` the rate as it enters the mean (100% at most, where that is the rule)."""

    title: str
    code: str
    unit: str
    done: int | None
    target: int | None
    rate: Fraction
    counted: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What belongs there and does not enter the mean, and why."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Composition:
    """`result` is the weighted mean of the parts' `counted`; of a score it is shown times 100, in 分. None where there
    is nothing to take the mean of. `gap` is the lead on the pace, None for a score."""

    bulletin: Bulletin
    code: str
    place_name: str
    title: str
    of_score: bool
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
    result: Fraction | None
    gap: Fraction | None
    rank: int | None


def asked(
    connection: sqlite3.Connection, words: Sequence[str], today: str, default: Period | None = None
) -> Asked | None:
    """A category's rate or the score by its code (10-芝英-教育培训, 芝英 得分); None where the last word is neither, or
    an indicator's. Raises `Refused` E108, E231, E445."""
    text = "-".join(values.clean(word) for word in words)
    found = re.fullmatch(r"(?:((?:\d{4}-)?\d{1,2}|\d{6}|[^-]*月份?)-)?([^-]+)-([^-]+)", text)
    if found is None:
        return None
    finder = Finder(connection, guess=True)
    if not _is_category(connection, finder, found[3]):
        return None
    try:
        month = days.month(found[1], today) if found[1] else None
        of_default = default if month is None else None
        period = of_default or choose_month(connection, month, None, today)
        place = place_asked.find(connection, found[2], period.as_of)
    except Misread as error:
        raise Refused([error.fault(str(found[1 if error.code == "E108" else 2]))]) from error
    return Asked(period, place.code, _category(connection, found[3], period.as_of), place.of)


def _is_category(connection: sqlite3.Connection, finder: Finder, word: str) -> bool:
    """Whether a word is the score's or a category's, and no indicator's."""
    if word in SCORE_WORDS:
        return True
    try:
        finder.indicator(word)
    except Misread:
        return bool(_called(connection, word))
    return False


def _category(connection: sqlite3.Connection, word: str, day: str) -> str:
    """The id of the category that the scheme in force on a day calls so, else of the newest called so; '' for the
    score."""
    if word in SCORE_WORDS:
        return ""
    found = _called(connection, word)
    return next((id_ for id_, from_on, until_on in found if from_on <= day < until_on), found[-1][0])


def _called(connection: sqlite3.Connection, word: str) -> list[tuple[str, str, str]]:
    """The categories with a title that is a word, whole or short, and the days on which they have it."""
    rows = connection.execute("SELECT id, title, from_on, until_on FROM dated_category ORDER BY from_on, position")
    return [
        (id_, from_on, until_on)
        for id_, title, from_on, until_on in rows
        if word in (id_, title, short_title(title), phrase.BRIEF.get(id_))
    ]


def short_title(title: str) -> str:
    """安全生产教育培训 -> 教育培训: what stands in a code; 安全生产 alone stays what it is."""
    return title.removeprefix("安全生产").removeprefix("安全") or title


def composition(connection: sqlite3.Connection, of: Asked) -> Composition:
    """What the figure asked for is made of. Raises `Refused` E451 where the town is not in that month's bulletin, or
    the category is not in its scheme or has no rate in any month."""
    bulletin = place_asked.bulletin(connection, of.period, of.of)
    at = next((n for n, town in enumerate(bulletin.towns) if town.code == of.place), None)
    if at is None and of.place != COUNTY:
        kind = "department" if of.of == DEPARTMENTS else "town"
        units = bulletin.units if bulletin.of else place_names.GENERAL
        remedy = f"{bulletin.month}的通报里没有这个{units}"
        raise refused("E451", catalogue.called(connection, kind, of.place), remedy=remedy)
    if not of.category:
        return _of_county_score(bulletin) if at is None else _of_score(bulletin, at)
    category = next((each for each in bulletin.categories if each.id == of.category), None)
    if category is None:
        name = schemes.on(connection, of.period.as_of).name
        title = catalogue.called(connection, "category", of.category)
        raise refused("E451", title, remedy=f"{of.period.title}的办法（{name}）里没有这一类")
    if not category.rows:
        raise refused("E451", category.title, remedy="这一类没有评排名的指标，没有完成率")
    return _of_category(bulletin, category, at)


def _of_category(bulletin: Bulletin, category: Category, at: int | None) -> Composition:
    place, short = _place(bulletin, at)
    row = None if at is None else category.rows[at]
    result = category.total_rate if row is None else row.rate
    ranked = [(t, t.total if at is None else t.cells[at]) for t in category.indicators if t.ranked]
    taken = [(table, cell) for table, cell in ranked if table.pace and cell.rate is not None]
    rates = [cell.rate for _, cell in taken if cell.rate is not None]
    capped = ranking.category_rate(rates, cap=True) == result
    parts = tuple(
        Part(
            table.short,
            cell.code,
            table.unit,
            cell.done,
            cell.target,
            rate,
            min(rate, Fraction(1)) if capped else rate,
            Fraction(1),
        )
        for (table, cell), rate in zip(taken, rates, strict=True)
    )
    left_out = tuple(LeftOut(t.short, _why(t, cell)) for t, cell in ranked if not t.pace or cell.rate is None)
    return Composition(
        bulletin,
        cell_code(bulletin.month, short, short_title(category.title)),
        place,
        f"{category.title}完成率",
        False,
        parts,
        left_out,
        result,
        category.gap if row is None else row.gap,
        None if row is None else row.rank,
    )


def _why(table: IndicatorTable, cell: Cell) -> str:
    if apart := phrase.apart(table, cell.town):
        return apart
    if table.less:
        return "下达的是控制数，越少越好，不计完成率"
    if not table.pace:
        return "按年终节点考核，本月不计分"
    if cell.target and cell.town in table.unfiled:
        return "没有上报当月数，待报"
    if cell.target:
        return "累计数无从得知"
    return "没有任务" if table.against in ("", "target") else f"没有{table.against}"


def _why_unrated(category: Category, town: str) -> str:
    """Why a category gives a unit no rate: it has no task of it; or what it has a task of, it is left out of."""
    reasons = dict.fromkeys(phrase.apart(table, town) for table in category.indicators if table.ranked)
    return "、".join(filter(None, reasons)) or "没有任务"


def _of_score(bulletin: Bulletin, at: int) -> Composition:
    place, short = _place(bulletin, at)
    row = next(each for each in bulletin.scores if each.town == bulletin.towns[at].code)
    rated = [(c, c.rows[at].rate if c.rows else None) for c in findings.scored(bulletin)]
    parts = tuple(
        Part(
            category.title,
            cell_code(bulletin.month, short, short_title(category.title)),
            "",
            None,
            None,
            rate,
            rate,
            category.weight,
        )
        for category, rate in rated
        if rate is not None
    )
    left_out = tuple(LeftOut(c.title, _why_unrated(c, row.town)) for c, rate in rated if rate is None)
    result = None if row.score is None else row.score / ranking.FULL
    code = cell_code(bulletin.month, short, SCORE_WORDS[0])
    return Composition(bulletin, code, place, SCORE_WORDS[1], True, parts, left_out, result, None, row.rank)


def _of_county_score(bulletin: Bulletin) -> Composition:
    parts, left_out = [], []
    for row in bulletin.scores:
        town = bulletin.town(row.town)
        if row.score is None:
            late = any(one.town == row.town for one in bulletin.late)
            left_out.append(LeftOut(town.name, "未报送" if late else "没有任务"))
            continue
        rate = row.score / ranking.FULL
        code = cell_code(bulletin.month, town.short, SCORE_WORDS[0])
        parts.append(Part(town.name, code, "", None, None, rate, rate, Fraction(1)))
    result = None if bulletin.mean_score is None else bulletin.mean_score / ranking.FULL
    code = cell_code(bulletin.month, bulletin.whole_word if bulletin.of else COUNTY, SCORE_WORDS[0])
    return Composition(
        bulletin, code, COUNTY, f"{SCORE_WORDS[1]}平均", True, tuple(parts), tuple(left_out), result, None, None
    )


def _place(bulletin: Bulletin, at: int | None) -> tuple[str, str]:
    """The name and the short name of a place."""
    return (COUNTY, COUNTY) if at is None else (bulletin.towns[at].name, bulletin.towns[at].short)
