"""得分表 of a month: what every unit has in every item by the forms of the scheme, its total, its place.

Takes a definition and figures with their evidence, returns values; reads no ledger. The arithmetic is that of
`rules.scoring` and `rules.scoring_total`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import points_reason
from anjian_cli.bulletin.definition import CategoryRule, Definition, Indicator
from anjian_cli.bulletin.figures import Figures
from anjian_cli.bulletin.points_evidence import KEPT_BY_THE_OFFICE, Counted, Evidence
from anjian_cli.bulletin.points_sum import places as places
from anjian_cli.bulletin.points_value import (
    CategoryPoints,
    Effects,
    ItemPoints,
    PointsCategory,
    PointsGroup,
    PointsRow,
    PointsTable,
    ScoredItem,
)
from anjian_cli.bulletin.value import TARGET, Town
from anjian_cli.rules import grades, scoring, scoring_text, scoring_total
from anjian_cli.rules.scoring import CONSEQUENCE, SKIP, VETO, WITHOUT_POINTS, Given, Points, Scoring
from anjian_cli.rules.scoring_total import Limits, Part, Sum


def table(definition: Definition, figures: Figures) -> PointsTable:
    """The table of points of a period. Raises ValueError for figures without evidence."""
    evidence = figures.evidence
    if evidence is None:
        raise ValueError("points need evidence")
    rules = [rule for rule in definition.categories if any(i.category == rule.id for i in definition.scored)]
    shown = [rule for rule in rules if any(_has_points(i) for i in definition.scored if i.category == rule.id)]
    titles = {group.code: group.title for group in definition.groups}
    items = [i for rule in shown for i in definition.scored if i.category == rule.id and _has_points(i)]
    return PointsTable(
        categories=tuple(_category(definition, rule) for rule in shown),
        items=tuple(_item(definition, indicator, titles) for indicator in items),
        rows=tuple(_row(definition, shown, items, evidence, town) for town in definition.towns),
        groups=tuple(PointsGroup(group.category, group.title, group.full) for group in definition.groups),
        scaled=definition.scheme.missing == scoring.SCALE,
    )


def _has_points(indicator: Indicator) -> bool:
    return indicator.scoring is not None and indicator.scoring.form not in WITHOUT_POINTS


def _scoring(indicator: Indicator) -> Scoring:
    if indicator.scoring is None:
        raise ValueError(indicator.id)
    return indicator.scoring


def _category(definition: Definition, rule: CategoryRule) -> PointsCategory:
    """With the full marks that it is said to have, or that its items have together."""
    own = [_scoring(i).full for i in definition.scored if i.category == rule.id and _has_points(i)]
    told = [full for full in own if full is not None]
    full = rule.points.full or (sum(told, Fraction(0)) if told else None)
    told_limits = _limits(rule)
    return PointsCategory(
        rule.id,
        rule.title,
        full,
        told_limits.conversion,
        told_limits.full,
        told_limits.bonus_cap,
        told_limits.deduction_cap,
    )


def _item(definition: Definition, indicator: Indicator, groups: Mapping[str, str]) -> ScoredItem:
    how = _scoring(indicator)
    return ScoredItem(
        id=indicator.id,
        short=indicator.short,
        title=indicator.title,
        category=indicator.category,
        group=groups.get(indicator.group, ""),
        unit=indicator.unit,
        form=how.form,
        full=how.full,
        rule=scoring_text.written(how),
        standard=indicator.standard,
        missing=_missing(definition, indicator),
    )


def _missing(definition: Definition, indicator: Indicator) -> str:
    """What becomes of an item of which there is nothing to count: as it, its category or the scheme says."""
    rule = next(rule for rule in definition.categories if rule.id == indicator.category)
    return indicator.missing or rule.points.missing or definition.scheme.missing or SKIP


def _row(
    definition: Definition,
    rules: Sequence[CategoryRule],
    items: Sequence[Indicator],
    evidence: Evidence,
    town: Town,
) -> PointsRow:
    given = {i.id: _given(definition, i, evidence, town.code) for i in definition.scored}
    found = {i.id: scoring.points(_scoring(i), given[i.id]) for i in items}
    sums = [_sum(definition, rule, [i for i in items if i.category == rule.id], found) for rule in rules]
    limits = [_limits(rule) for rule in rules]
    total = scoring_total.total(list(zip(sums, limits, strict=True)), scaled=definition.scheme.missing == scoring.SCALE)
    vetoes, effects = _vetoes(definition, evidence, given, town.code)
    points = total.points
    nullified = points is not None and scoring.TO_NOTHING in effects
    if nullified:
        points = Fraction(0)
    grade = "" if points is None else grades.reached(points, definition.scheme.grades)
    fixed = [effect.removeprefix(scoring.GRADE) for effect in effects if effect.startswith(scoring.GRADE)]
    return PointsRow(
        town=town.code,
        total=points,
        full=total.full,
        open=total.open,
        grade=fixed[-1] if fixed else grade,
        categories=tuple(CategoryPoints(each.points, each.full) for each in sums),
        items=tuple(
            ItemPoints(
                found[i.id].points,
                found[i.id].state,
                found[i.id].due,
                points_reason.of_item(
                    i, _scoring(i), given[i.id], found[i.id], evidence.marks.get((i.id, town.code), ())
                ),
                points_reason.lacking(_scoring(i), given[i.id], definition.first_month),
            )
            for i in items
        ),
        unheard=town.code in evidence.unheard,
        vetoes=vetoes,
        consequences=tuple(_consequences(definition, given)),
        placing=_placing(effects),
        nullified=nullified,
    )


def _given(definition: Definition, indicator: Indicator, evidence: Evidence, town: str) -> Given:
    """What an item is worked out from for a unit."""
    key = (indicator.id, town)
    counted = evidence.counted.get(key, Counted(None, None, None))
    marks = evidence.marks.get(key, ())
    silent = town in evidence.silent and indicator.record not in KEPT_BY_THE_OFFICE
    period = definition.period
    return Given(
        value=counted.value,
        base=_base(definition, indicator, evidence, town),
        month=period.month - definition.first_month + (1 if period.finished or period.whole else 0),
        by_month=counted.by_month,
        words=evidence.words.get(key, {}),
        events=evidence.events.get(key, ()),
        in_total=key in evidence.totals,
        marks=[mark.points for mark in marks if mark.points is not None],
        exempt=key in evidence.exempt,
        silent=silent,
        base_counted=indicator.against not in ("", TARGET),
        unfiled=any((of, town) in evidence.unfiled for of in (indicator.id, indicator.against, indicator.carried)),
    )


def _base(definition: Definition, indicator: Indicator, evidence: Evidence, town: str) -> int | None:
    """What is held against: the same stretch of the year before, a task or control figure, another indicator."""
    if indicator.yearly:
        return evidence.counted[indicator.id, town].last_year
    if indicator.against in ("", TARGET):
        return definition.targets.get((indicator.id, town))
    of_this = evidence.counted[indicator.against, town].value
    if not indicator.carried:
        return of_this
    before = evidence.counted[indicator.carried, town].value
    return None if of_this is None or before is None else of_this + before


def _sum(definition: Definition, rule: CategoryRule, items: Sequence[Indicator], found: Mapping[str, Points]) -> Sum:
    parts = [Part(_scoring(i), found[i.id], i.group, _missing(definition, i)) for i in items]
    groups = {group.code: group.full for group in definition.groups if group.category == rule.id}
    return scoring_total.category(parts, groups, _limits(rule))


def _limits(rule: CategoryRule) -> Limits:
    told = rule.points
    return Limits(told.full, told.bonus_cap, told.deduction_cap, told.conversion)


def _vetoes(
    definition: Definition, evidence: Evidence, given: Mapping[str, Given], town: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The vetoes of a unit, in words, and what those do that are not lifted."""
    said: list[str] = []
    effects: list[str] = []
    for indicator in definition.scored:
        how = _scoring(indicator)
        if how.form != VETO or not scoring.vetoed(how, given[indicator.id]):
            continue
        lifting = evidence.liftings.get((indicator.id, town))
        counted = scoring.counted(how, given[indicator.id]) or Fraction(0)
        lifted = lifting is not None and how.threshold is not None and lifting.since < how.threshold
        said.append(points_reason.of_veto(indicator, how, counted, lifting if lifted else None))
        if not lifted:
            effects += how.effects
    return tuple(said), tuple(effects)


def _consequences(definition: Definition, given: Mapping[str, Given]) -> list[str]:
    found = []
    for indicator in definition.scored:
        how = _scoring(indicator)
        if how.form == CONSEQUENCE:
            met = scoring.consequences(how, given[indicator.id])
            counted = scoring.counted(how, given[indicator.id])
            if met and counted is not None:
                found.append(points_reason.of_consequence(indicator, how, counted, met))
    return found


def effects(definition: Definition, figures: Figures) -> tuple[Effects, ...]:
    """What vetoes and consequences say of units, those of which they say anything. Raises ValueError for figures
    without evidence."""
    evidence = figures.evidence
    if evidence is None:
        raise ValueError("vetoes need evidence")
    found = []
    for town in definition.towns:
        given = {i.id: _given(definition, i, evidence, town.code) for i in definition.scored}
        vetoes, done = _vetoes(definition, evidence, given, town.code)
        consequences = tuple(_consequences(definition, given))
        if vetoes or consequences:
            found.append(Effects(town.code, vetoes, consequences, _placing(done), scoring.TO_NOTHING in done))
    return tuple(found)


def condition(definition: Definition, figures: Figures, indicator: Indicator, town: str) -> str:
    """The condition of a veto or a consequence of a unit, what was counted, whether it is reached, in words. Raises
    ValueError for figures without evidence."""
    evidence = figures.evidence
    if evidence is None:
        raise ValueError("vetoes need evidence")
    how, given = _scoring(indicator), _given(definition, indicator, evidence, town)
    lifting = evidence.liftings.get((indicator.id, town))
    lifted = lifting is not None and how.threshold is not None and lifting.since < how.threshold
    return points_reason.of_condition(indicator, how, given, definition.first_month, lifting if lifted else None)


def _placing(effects: Sequence[str]) -> str:
    """What vetoes do to a place: who has none is not put last."""
    return next((effect for effect in (scoring.UNRANKED, scoring.LAST) if effect in effects), "")


def lost_most(table: PointsTable, row: PointsRow) -> str:
    """Where a unit lost most points, and how many: 烟花网点失4分; 亡人扣9分 beyond all full marks. '' if nowhere."""
    lost = [
        ((item.full or 0) - points.points, item)
        for item, points in zip(table.items, row.items, strict=True)
        if points.points is not None and points.points < (item.full or 0)
    ]
    if not lost:
        return ""
    most, item = max(lost, key=lambda pair: pair[0])
    return f"{item.short}{'扣' if item.full is None else '失'}{points_reason.points(most)}分"
