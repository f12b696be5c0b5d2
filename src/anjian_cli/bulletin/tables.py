"""From figures to the bulletin's tables: rates, gaps, what is owed, places, categories and the score.

Takes a definition and figures, returns values; reads no ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import ranking, wording
from anjian_cli.bulletin.definition import CategoryRule, Definition, Indicator
from anjian_cli.bulletin.figures import Figure, Figures, added
from anjian_cli.bulletin.locked_month import KeptCategory, KeptScore
from anjian_cli.bulletin.opening_totals import singles_out
from anjian_cli.bulletin.value import (
    TARGET,
    UNSETTLED,
    Category,
    CategoryRow,
    Cell,
    IndicatorTable,
    LeftOut,
    ScoreRow,
)
from anjian_cli.ledger.schemes import SHIPPED
from anjian_cli.light_dataclasses import dataclass, field, replace
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.rules import measure
from anjian_cli.rules.totals import WITHOUT_TOTAL

if TYPE_CHECKING:
    from typing import TypeVar

    from anjian_cli.bulletin.points_value import Effects, PointsTable

    K = TypeVar("K")

REPORTS = "filing"
"""The records of what units report."""
MARK = "mark"
"""The kind of an indicator of which nothing is counted: it has marks (评分), and no table."""
WHOLE = Fraction(1)
"""The share of the year's task that is due by its end."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a month, to stand beside the next one's. Not `comparable`: other things were asked then, and what
    all of them come to is compared with nothing."""

    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)
    categories: Mapping[tuple[str, str], int] = field(default_factory=dict)
    scores: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Fraction] = field(default_factory=dict)  # the scores themselves
    comparable: bool = True


def places_of(categories: Iterable[Category | KeptCategory], scores: Iterable[ScoreRow | KeptScore]) -> Places:
    """The places as a bulletin's tables give them."""
    listed = list(categories)
    tables = [table for category in listed for table in category.indicators]
    rows = list(scores)
    return Places(
        {(t.id, cell.town): cell.rank for t in tables for cell in t.cells if cell.rank is not None},
        {(c.id, row.town): row.rank for c in listed for row in c.rows if row.rank is not None},
        {row.town: row.rank for row in rows if row.rank is not None},
        {row.town: row.score for row in rows if row.score is not None},
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """The part of a bulletin that is counted."""

    categories: tuple[Category, ...]
    scores: tuple[ScoreRow, ...]
    mean_score: Fraction | None
    laggards: tuple[str, ...]
    points: PointsTable | None = None
    effects: tuple[Effects, ...] = ()


def cell_code(month: str, place: str, indicator: str) -> str:
    """What `explain` takes: month, a town's short name (or 全县, 未定), an indicator's short word."""
    return f"{int(month[5:])}-{place}-{indicator}"


def build(definition: Definition, figures: Figures, last: Places, of: Collection[str] | None = None) -> Tables:
    """The tables of a month, of all indicators or `of` some: without those that are ranked places are others. `last`
    are the places of the month before."""
    rules = {rule.id: rule for rule in definition.categories}
    late = frozenset(
        town.code for town in definition.towns if figures.delivered.late(town.code, definition.period.as_of)
    )
    tables = {
        indicator.id: _table(definition, indicator, rules[indicator.category], figures, last)
        for indicator in definition.indicators
        if (of is None or indicator.id in of) and indicator.kind != MARK
    }
    categories, expected = [], {}
    for rule in definition.categories:
        own = tuple(tables[i.id] for i in definition.indicators if i.category == rule.id and i.id in tables)
        category, paces = _category(definition, rule, own, last, late)
        categories.append(category)
        expected[rule.id] = paces
    if definition.by_points:
        return _by_points(definition, figures, tuple(categories), last, late)
    if definition.scheme.total == WITHOUT_TOTAL:
        return Tables(tuple(categories), _unranked(definition), None, (), effects=_effects(definition, figures))
    return _scores(definition, figures, tuple(categories), expected, last)


def _unscored(indicator: Indicator, category: CategoryRule) -> str:
    """Why an indicator does not enter this month's score, '' if it does (rule R9)."""
    if not indicator.ranked or indicator.less:
        return ""
    if indicator.share == 0:
        return f"{indicator.short}按年终节点考核，本月不计分"
    return "" if category.scored else f"{category.title}不计入综合得分"


def _table(
    definition: Definition, indicator: Indicator, rule: CategoryRule, figures: Figures, last: Places
) -> IndicatorTable:
    against = indicator.against
    month = definition.period.key
    pace = indicator.share if (indicator.ranked or against == TARGET) and not indicator.less else None

    left = figures.delivered.left_out(definition, indicator)
    rest = [town.code for town in definition.towns if town.code not in left]

    def cell(place: str, short: str, figure: Figure, told: int | None, *, whole: bool = False) -> Cell:
        target, control = (None, told) if indicator.less else (told, None)
        judged = None if place in left else figure.done
        return Cell(
            code=cell_code(month, short, indicator.short),
            town=place,
            done=figure.done,
            this_month=figure.this_month,
            target=target,
            rate=ranking.rate(judged, target) if whole or indicator.less else rates.get(place),
            # A share of 0 asks for nothing yet: there is no pace to be ahead of or behind.
            gap=ranking.lead(judged, target, pace) if pace else None,
            owes_pace=None if pace is None else ranking.owed(judged, target, pace),
            owes_year=None if pace is None else ranking.owed(judged, target, WHOLE),
            rank=None if whole else ranks.get(place),
            last_rank=None if whole or not last.cells else last.cells.get((indicator.id, place)),
            last_month=figure.last_month,
            last_year=figure.last_year,
            mean_two_years=figure.mean_two_years,
            months=figure.months,
            control=control,
            left=ranking.left(judged, control),
        )

    def target(place: str) -> int | None:
        if against in ("", TARGET):
            return definition.targets.get((indicator.id, place))
        return _owed(figures.cells, (against, place), (indicator.carried, place))

    asked_of = {town.code: target(town.code) for town in definition.towns}
    rates = {
        code: rate
        for code, asked in asked_of.items()
        if code not in left and (rate := ranking.rate(figures.cells[indicator.id, code].done, asked)) is not None
    }
    if indicator.less:
        ranks = ranking.places_by_use(_used(definition, indicator, figures, rest)) if indicator.ranked else {}
    else:
        ranks = ranking.places(rates) if indicator.ranked and indicator.share else {}
    if against in ("", TARGET):
        targets = [told for code, told in asked_of.items() if told is not None and code not in left]
        asked = sum(targets) if targets else None
    elif left:
        owed = {of: _over(figures, of, rest) for of in (against, indicator.carried) if of}
        asked = _owed(owed, against, indicator.carried)
    else:
        asked = _owed(figures.totals, against, indicator.carried)
    whole = _over(figures, indicator.id, rest) if left else figures.totals[indicator.id]
    measured = _measured(definition, indicator, figures, whole, rest) if against == TARGET else whole
    other = figures.cells[indicator.id, UNSETTLED]
    reason = _unscored(indicator, rule)
    table = IndicatorTable(
        id=indicator.id,
        short=indicator.short,
        title=indicator.title,
        unit=indicator.unit,
        kind=indicator.kind,
        against=definition.indicator(against).title if against not in ("", TARGET) else against,
        ranked=indicator.ranked,
        scored=indicator.ranked and not indicator.less and not reason,
        unscored_reason=reason,
        pace=pace,
        cells=tuple(
            cell(town.code, town.short, figures.cells[indicator.id, town.code], asked_of[town.code])
            for town in definition.towns
        ),
        total=cell("", definition.whole_word, measured, asked, whole=True),
        other=cell(UNSETTLED, definition.unsettled_word, other, None) if _says_anything(other) else None,
        county_task=definition.county_tasks.get(indicator.id),
        laggards=(),
        note=_note(definition, indicator, figures, left),
        of_year=indicator.of_year,
        less=indicator.less,
        everywhere=None if measured == whole else cell("", definition.whole_word, whole, None, whole=True),
        like=indicator.like,
        unfiled=tuple(town.code for town in definition.towns if (indicator.id, town.code) in figures.unfiled),
        counted_as=_counted_as(indicator),
        left_out=tuple(LeftOut(town.code, left[town.code]) for town in definition.towns if town.code in left),
    )
    if indicator.less:
        return table  # a control figure has no pace to lag behind
    lagging = {cell.town: cell.gap for cell in table.cells if cell.rank is not None and cell.gap is not None}
    return replace(table, laggards=_laggards(definition, ranks, lagging, [table]))


def _counted_as(indicator: Indicator) -> str:
    """What its figures are of where so many are required, of which some may be lacking."""
    if indicator.scoring is None or indicator.scoring.required is None:
        return ""
    return "已报" if indicator.record == REPORTS else "已做"


def _owed(figures: Mapping[K, Figure], own: K, carried: K) -> int | None:
    """What a rate with a denominator of its own is held against: what is owed of this year and of those before; None
    where one is not known."""
    of_this_year = figures[own].done
    if carried not in figures:
        return of_this_year
    before = figures[carried].done
    return None if of_this_year is None or before is None else of_this_year + before


def _over(figures: Figures, of: str, places: Sequence[str]) -> Figure:
    """What an indicator comes to in some places, and in none; not known where there are no places."""
    if not places:
        return Figure(None, None, None, None, None)
    return added([figures.cells[of, place] for place in (*places, UNSETTLED)])


def _used(
    definition: Definition, indicator: Indicator, figures: Figures, towns: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """What has happened, and what may at most, of those of some towns that have a control figure."""
    found = {
        town: (figures.cells[indicator.id, town].done, definition.targets.get((indicator.id, town))) for town in towns
    }
    return {
        code: (done, control) for code, (done, control) in found.items() if done is not None and control is not None
    }


def _measured(
    definition: Definition, indicator: Indicator, figures: Figures, whole: Figure, towns: Sequence[str]
) -> Figure:
    """What the towns' tasks are held against: what the towns with a task have done (one of 0 is none; a control figure
    of 0 is one), and 未定镇街, since it may be theirs. All of it where no town has a task, or each has one. `towns` are
    those that `whole` is of."""
    told = {town: definition.targets.get((indicator.id, town)) for town in towns}
    tasked = [code for code, task in told.items() if task or (indicator.less and task is not None)]
    if not tasked or len(tasked) == len(told):
        return whole
    return added([figures.cells[indicator.id, code] for code in (*tasked, UNSETTLED)])


def _says_anything(figure: Figure) -> bool:
    return figure.done is None or any((figure.done, figure.this_month, figure.last_month, figure.last_year))


def _laggards(
    definition: Definition,
    ranks: Mapping[str, int],
    gaps: Mapping[str, Fraction],
    resting_on: Iterable[IndicatorTable],
) -> tuple[str, ...]:
    """Who lags; nobody where a figure that places rest on is not known: that town may be behind all of them."""
    if not all(table.known for table in resting_on):
        return ()
    order = [town.code for town in definition.towns]
    return ranking.laggards(ranks, gaps, _last(definition, ranks), order, below_pace=definition.lag_below_pace)


def _last(definition: Definition, ranks: Mapping[str, int]) -> int:
    """How many of the last places lag: of an office's own scheme, which may rank three units, half at most."""
    last = definition.lag_last
    return ranking.at_most_half(ranks, last) if definition.own_scheme else last


def halved(definition: Definition, built: Tables) -> bool:
    """Whether anybody has been left out of those who lag because they would be more than half."""
    if not definition.own_scheme:
        return False
    order = [town.code for town in definition.towns]
    placed = [[(row.town, row.rank) for row in built.scores]]
    placed += [[(row.town, row.rank) for row in category.rows] for category in built.categories]
    placed += [[(c.town, c.rank) for c in t.cells] for category in built.categories for t in category.indicators]
    for of in placed:
        ranks = {town: rank for town, rank in of if rank is not None}
        gaps = dict.fromkeys(ranks, Fraction(0))
        every, half = (
            ranking.laggards(ranks, gaps, last, order, below_pace=False)
            for last in (definition.lag_last, _last(definition, ranks))
        )
        if every != half:
            return True
    return False


def _note(definition: Definition, indicator: Indicator, figures: Figures, left: Mapping[str, str]) -> str:
    """Which cells rest on opening figures, of which day and source; which are not known; who is `left` out for another
    reason than that nothing was delivered, which is told once for all."""
    names = {town.code: town.short for town in definition.towns} | {UNSETTLED: definition.unsettled}
    as_of = definition.period.as_of
    resting: dict[tuple[str, str], list[str]] = defaultdict(list)
    of_its_own = False
    for o in figures.openings:
        in_year = o.from_on[:4] == as_of[:4] or o.period_from is None
        if o.measure in indicator.sums and o.quantity and in_year and o.from_on <= as_of < o.until_on:
            of_its_own |= o.measure == indicator.measures[0]
            if o.town not in resting[o.from_on, o.source]:
                resting[o.from_on, o.source].append(o.town)
    parts = []
    if indicator.carried and (carried := figures.totals[indicator.carried].done):
        parts.append(f"应办数含上年结转{carried}{indicator.unit}")
    for (day, source), towns in sorted(resting.items()):
        if len(towns) >= len(definition.towns) > 1:
            who = f"各{definition.units}"
        elif towns == [UNSETTLED]:
            who = f"不分{definition.units}"
        else:
            who = "、".join(names[code] for code in names if code in towns)
        parts.append(f"{who}含期初数（截至{day}，{source}）")
        if of_its_own and (wider := _wider(definition, indicator)):
            parts.append(f"期初数只计入本项，不计入{wider}")
    unfiled = [code for code in names if (indicator.id, code) in figures.unfiled]
    if unfiled:
        every = len(unfiled) == len(definition.towns) > 1
        who = f"各{definition.units}" if every else "、".join(names[code] for code in unfiled)
        parts.append(f"{who}没有上报{definition.period.last_told}的数，待报")
    if left:
        from anjian_cli.bulletin import delivered_words  # here: a county has none of it

        parts += delivered_words.apart(definition, indicator, figures, left)
    unknown = [
        names[c] for c in names if figures.cells[indicator.id, c].done is None and c not in unfiled and c not in left
    ]
    if unknown:
        why = "含期初数的事故没有逐起记录" if singles_out(indicator) else f"只有跨过{as_of}的期初数"
        parts.append(f"{'、'.join(unknown)}{why}，累计数无从得知")
    return "；".join(parts)


def _wider(definition: Definition, indicator: Indicator) -> str:
    """What counts more of the same in an office's own scheme, as it is printed: a total of one measure enters no other.
    What 永康2018 prints stays."""
    if definition.scheme.id == SHIPPED or not indicator.measures:
        return ""
    own = measure.read(indicator.measures[0])
    found = [
        other.short
        for other in definition.indicators
        if other.kind == indicator.kind and other.measures and own.within(measure.read(other.measures[0]))
        if indicator.measures[0] not in other.sums
    ]
    return "、".join(f"“{short}”" for short in found)


def _category(
    definition: Definition, rule: CategoryRule, own: tuple[IndicatorTable, ...], last: Places, late: Collection[str]
) -> tuple[Category, dict[str, Fraction]]:
    """A category, and by town the rate that the pace asks of it (only where it has a rate). Of an indicator that a
    county is left out of it has no rate: the category's is the mean of the others, as of a town without a task of it.
    Who is `late` has none, whatever is known of it."""
    rated = [table for table in own if table.ranked and table.pace]
    rates: dict[str, Fraction] = {}
    paces: dict[str, Fraction] = {}
    asked: dict[tuple[bool, ...], Fraction | None] = {}  # of thousands of counties most have tasks of the same
    of_towns = zip(*([cell.rate for cell in table.cells] for table in rated), strict=True)
    for town, found in zip(definition.towns, of_towns, strict=False):  # there is none where nothing is rated
        if town.code in late:
            continue
        of = tuple([rate is not None for rate in found])
        if of not in asked:
            paces_of = [table.pace for table, has in zip(rated, of, strict=True) if has and table.pace is not None]
            asked[of] = ranking.mean(paces_of)
        mean = ranking.category_rate([rate for rate in found if rate is not None], cap=definition.cap)
        pace = asked[of]
        if mean is not None and pace is not None:
            rates[town.code], paces[town.code] = mean, pace
    ranks = ranking.places(rates)
    gaps = {code: rates[code] - paces[code] for code in rates}
    rows = tuple(
        CategoryRow(
            t.code, rates.get(t.code), ranks.get(t.code), last.categories.get((rule.id, t.code)), gaps.get(t.code)
        )
        for t in definition.towns
    )
    total_rate, gap, last_rate = _county(definition, rated)
    if definition.scheme.total:  # there are no rates of categories: points are made of items, or nothing is scored
        return Category(rule.id, rule.title, rule.scored, rule.weight, own, (), None, ()), paces
    category = Category(
        id=rule.id,
        title=rule.title,
        scored=rule.scored,
        weight=rule.weight,
        indicators=own,
        rows=rows if any(table.ranked and not table.less for table in own) else (),
        total_rate=total_rate,
        laggards=_laggards(definition, ranks, gaps, rated),
        gap=gap,
        last_rate=last_rate if last.comparable else None,
    )
    return category, paces


def _county(
    definition: Definition, rated: list[IndicatorTable]
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """The county's own rate in a category, its lead on the pace, and its rate a month before (tasks of now)."""
    found = [(t.total.rate, t.pace) for t in rated if t.total.rate is not None and t.pace is not None]
    rate = ranking.category_rate([rate for rate, _ in found], cap=definition.cap)
    pace = ranking.mean([pace for _, pace in found])
    before = [ranking.rate(t.total.last_month, t.total.target) for t in rated if t.total.rate is not None]
    known = [rate for rate in before if rate is not None]
    whole = len(known) == len(before) and definition.period.month > 1
    last = ranking.category_rate(known, cap=definition.cap) if whole else None
    return rate, None if rate is None or pace is None else rate - pace, last


def _scores(
    definition: Definition,
    figures: Figures,
    categories: tuple[Category, ...],
    expected: Mapping[str, Mapping[str, Fraction]],
    last: Places,
) -> Tables:
    scored = [category for category in categories if category.scored]
    scores: dict[str, Fraction] = {}
    gaps: dict[str, Fraction] = {}
    taken: dict[str, int] = {}
    for index, town in enumerate(definition.towns):
        parts = [
            (rate, expected[c.id][town.code], c.weight)
            for c in scored
            if c.rows and (rate := c.rows[index].rate) is not None
        ]
        taken[town.code] = len(parts)
        mean = ranking.weighted_mean((rate, weight) for rate, _, weight in parts)
        pace = ranking.weighted_mean((pace, weight) for _, pace, weight in parts)
        if mean is not None and pace is not None:
            scores[town.code], gaps[town.code] = mean * ranking.FULL, mean - pace
    effects = _effects(definition, figures)
    ranks = _places_under(effects, scores)
    grouped = _places_in_groups(definition, scores)
    rows = [
        ScoreRow(
            town=town.code,
            score=scores.get(town.code),
            rank=ranks.get(town.code),
            last_rank=last.scores.get(town.code),
            categories=taken[town.code],
            work=_work(scored, index),
            owes_most=_owes_most(scored, index),
            last_score=last.values.get(town.code),
            group=definition.group(town.code),
            group_rank=grouped.get(town.code),
        )
        for index, town in enumerate(definition.towns)
    ]
    unranked = len(rows)  # a place that nobody has where somebody has none
    rows = sorted(rows, key=lambda row: row.rank or unranked)
    resting_on = [table for category in scored for table in category.indicators if table.scored]
    lagging = _laggards(definition, ranks, gaps, resting_on)
    return Tables(categories, tuple(rows), ranking.mean(list(scores.values())), lagging, effects=effects)


def _effects(definition: Definition, figures: Figures) -> tuple[Effects, ...]:
    """What vetoes and consequences say of units, where the scheme has any and gives no points."""
    if not definition.scored:
        return ()
    from anjian_cli.bulletin import points  # here: most schemes have none

    return points.effects(definition, figures)


def _places_under(effects: Sequence[Effects], scores: dict[str, Fraction]) -> dict[str, int]:
    """Places by score, under what vetoes do to scores and places."""
    from anjian_cli.rules.scoring import LAST  # here: most schemes have no vetoes

    scores |= {one.town: Fraction(0) for one in effects if one.nullified and one.town in scores}
    placing = {one.town: one.placing for one in effects if one.placing}
    ranks = ranking.places({town: score for town, score in scores.items() if town not in placing})
    behind = {town: score for town, score in scores.items() if placing.get(town) == LAST}
    return ranks | {
        town: len(ranks) + 1 + sum(other > score for other in behind.values()) for town, score in behind.items()
    }


def _by_points(
    definition: Definition, figures: Figures, categories: tuple[Category, ...], last: Places, late: Collection[str]
) -> Tables:
    """The scores of a scheme that gives points. There is no pace: who takes the last places lags. Who is `late` has
    neither score nor place."""
    from anjian_cli.bulletin import points  # here: most schemes give none

    table = points.table(definition, figures)
    if late:  # what it has of our own records is no grade
        table = replace(table, rows=tuple(replace(r, grade="") if r.town in late else r for r in table.rows))
    by_town = {row.town: row for row in table.rows}
    ranks = points.places([row for row in table.rows if row.town not in late])
    scores = {row.town: row.total for row in table.rows if row.total is not None and row.town not in late}
    grouped = _places_in_groups(definition, {town: scores[town] for town in ranks})
    rows = [
        ScoreRow(
            town=town.code,
            score=scores.get(town.code),
            rank=ranks.get(town.code),
            last_rank=last.scores.get(town.code),
            categories=sum(each.points is not None for each in by_town[town.code].categories),
            work=sum(item.points is not None for item in by_town[town.code].items),
            owes_most=points.lost_most(table, by_town[town.code]),
            last_score=last.values.get(town.code),
            group=definition.group(town.code),
            group_rank=grouped.get(town.code),
        )
        for town in definition.towns
    ]
    rows = sorted(rows, key=lambda row: row.rank or len(rows))
    order = [town.code for town in definition.towns]
    lagging = ranking.laggards(ranks, {}, _last(definition, ranks), order, below_pace=False)
    return Tables(categories, tuple(rows), ranking.mean(list(scores.values())), lagging, table)


def _unranked(definition: Definition) -> tuple[ScoreRow, ...]:
    """Of a scheme that gives neither a score nor points (不计分)."""
    return tuple(ScoreRow(town.code, None, None, None, 0, 0, "") for town in definition.towns)


def _places_in_groups(definition: Definition, scores: Mapping[str, Fraction]) -> dict[str, int]:
    """Each town's place among those of its group (分组排名); towns without a group have none."""
    groups: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for code, score in scores.items():
        if group := definition.group(code):
            groups[group][code] = score
    return {code: place for members in groups.values() for code, place in ranking.places(members).items()}


def _work(categories: list[Category], index: int) -> int:
    return sum(t.cells[index].target or 0 for c in categories for t in c.indicators if t.scored)


def _owes_most(categories: list[Category], index: int) -> str:
    """Where a town is farthest behind the pace, and by how much: 三级新创欠5家. '' if nowhere."""
    behind = [
        (gap, table)
        for category in categories
        for table in category.indicators
        if table.scored and (gap := table.cells[index].gap) is not None and table.cells[index].owes_pace
    ]
    if not behind:
        return ""
    _, table = min(behind, key=lambda pair: pair[0])
    owed = wording.amount(table.cells[index].owes_pace, table.unit)
    return f"{table.short}欠{owed}{wording.shown_unit(table.unit)}"
