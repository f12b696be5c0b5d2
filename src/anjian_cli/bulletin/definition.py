"""What is counted, against what, and for whom: indicators, categories, settings, towns and targets of one day.

Reads the ledger's catalogue; knows no figures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import due_today
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.value import (
    COUNTY,
    TARGET,
    UNSETTLED,
    UNSETTLED_DEPARTMENT,
    WHOLE_OF_DEPARTMENTS,
    Town,
    units_of,
)
from anjian_cli.ledger import schemes, settings
from anjian_cli.ledger.schemes import Scheme
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.rules import measure, place_names, unit_kinds
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.rules.measure import TOWN
from anjian_cli.rules.totals import BY_POINTS
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

if TYPE_CHECKING:
    from anjian_cli.rules.scoring import Scoring

UNSETTLED_SHORT = "未定"
COMPLETED, ACCEPTED = "整改完成日期", "验收日期"
"""By which day a hazard was rectified in time (the setting 按期以…计); the first where nothing is set."""


REQUIRED, LAST_YEAR = OF_ITSELF = ("required", "last_year")
"""What points are worked out against and no rate: what is required (应有), the same months of the year before
(上年同期)."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """`measures` are those that it adds up, mostly one; of one that is not a sum, its own id, under which its opening
    figures stand. `against` is TARGET, another indicator's id,
    or ''; with another, `carried` is the indicator of what is owed of earlier years beside it, `apart` that of what was
    done of what no record says is owed ('' for none). `member`: counted by its category's distinct indicator. `share`
    is the share of the year's task due by the month (序时进度 of this indicator). `less`: fewer is better, and what is
    set is a control figure (控制数), never a task.

    `takes_off` are measures that it is less by. Where a scheme gives points, `scoring` says how, in which `group` of
    its category, and what becomes of it where there is nothing to count (`missing`, '' as its category says); `words`
    are the words that have points of their own, each with its measure, and `record` is the table of what it counts."""

    id: str
    category: str
    short: str
    title: str
    unit: str
    kind: str
    of_year: bool
    ranked: bool
    member: bool
    against: str
    carried: str
    apart: str
    counts: str
    share: Fraction
    planned: bool  # has a plan curve of its own
    measures: tuple[str, ...]
    less: bool = False
    takes_off: tuple[str, ...] = ()
    scoring: Scoring | None = None
    group: str = ""
    missing: str = ""
    words: tuple[tuple[str, str], ...] = ()
    record: str = ""
    yearly: bool = False  # held against the same months of the year before (上年同期)
    standard: str = ""  # 评分标准, as the office wrote it
    like: str = ""  # the shipped indicator that counts the same measure, where it has another id

    @property
    def all_measures(self) -> tuple[str, ...]:
        """Every measure whose sums it needs."""
        return (*self.measures, *self.takes_off, *(each for _, each in self.words))

    @property
    def sums(self) -> tuple[str, ...]:
        """The measures that are added up in it or taken off, whose opening figures it rests on."""
        return (*self.measures, *self.takes_off)

    @property
    def unit_column(self) -> str:
        """The column of an item that holds the unit it counts for (`measure.UNITS`): the same for all its measures."""
        return measure.read(self.measures[0]).unit if self.measures else TOWN


@dataclass(frozen=True, slots=True)
class PointsRule:
    """What a category says of points; None where it says nothing. `bonus_cap` and `deduction_cap` are the most that all
    its items add and take off, `conversion` is the part of its points that enters the total."""

    full: Fraction | None = None
    bonus_cap: Fraction | None = None
    deduction_cap: Fraction | None = None
    conversion: Fraction | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class GroupRule:
    """Items of a category that have full marks together (组)."""

    code: str
    category: str
    title: str
    full: Fraction


@dataclass(frozen=True, slots=True)
class CategoryRule:
    id: str
    title: str
    scored: bool
    weight: Fraction
    points: PointsRule


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything but the figures that a bulletin of `period` rests on."""

    period: Period
    indicators: tuple[Indicator, ...]
    categories: tuple[CategoryRule, ...]
    towns: tuple[Town, ...]  # in force, in the office's order; or departments, where these are ranked
    rolled: Mapping[str, str]  # every code that counts for one of them -> that one's
    settings: Mapping[str, str]
    targets: Mapping[tuple[str, str], int]  # by indicator and town in force
    county_tasks: Mapping[str, int]
    demonstration: bool
    scheme: Scheme
    groups: tuple[GroupRule, ...] = ()
    of: str = TOWNS  # whom it ranks: TOWNS or DEPARTMENTS
    counties: bool = False  # whether it ranks counties, which deliver packages (报送包)

    @property
    def by_points(self) -> bool:
        """Whether the scheme gives points (百分制), not the mean of rates."""
        return self.scheme.total == BY_POINTS

    @property
    def scored(self) -> tuple[Indicator, ...]:
        """The indicators that have a form of scoring, a veto or a consequence."""
        return tuple(indicator for indicator in self.indicators if indicator.scoring is not None)

    @property
    def needs_evidence(self) -> bool:
        """Whether points, vetoes or consequences are worked out, which need more than the figures of the tables."""
        return self.by_points or bool(self.scored)

    @property
    def first_month(self) -> int:
        """The month in which what is assessed began (考核期), 1 to 12."""
        return self.period.month - (self.period.month - 1) % self.scheme.months

    @property
    def county(self) -> str:
        """The whole region as it is printed: 全市, 全县."""
        return place_names.whole(self.settings.get("region_name", ""))

    @property
    def whole_word(self) -> str:
        """What all of its units together are called in a code: 全市; 各部门."""
        return WHOLE_OF_DEPARTMENTS if self.of == DEPARTMENTS else self.county

    @property
    def unsettled_word(self) -> str:
        """What is of none of its units, in a code."""
        return UNSETTLED_DEPARTMENT if self.of == DEPARTMENTS else UNSETTLED_SHORT

    @property
    def unsettled(self) -> str:
        """What is called so that is of none of its units."""
        if self.of == DEPARTMENTS:
            return UNSETTLED_DEPARTMENT
        return place_names.unsettled(town.code for town in self.towns)

    @property
    def units(self) -> str:
        """What its towns are called together: 镇（街、区）, 乡镇（街道）; 部门 where departments are ranked."""
        return DEPARTMENTS if self.of == DEPARTMENTS else units_of(self.towns)

    @property
    def cap(self) -> bool:
        """Whether a rate above 100% counts as 100% in a category's rate."""
        return self.settings.get("cap", "1") == "1"

    @property
    def in_time_by(self) -> str:
        """COMPLETED or ACCEPTED: the day that tells whether a hazard was rectified in time."""
        return self.settings.get("hazard.in_time_by", COMPLETED)

    @property
    def own_scheme(self) -> bool:
        """Whether the scheme is one that the office has adopted, not the one that every ledger has."""
        return self.scheme.id != schemes.SHIPPED

    @property
    def lag_last(self) -> int:
        return int(self.settings.get("lag.last", "3"))

    @property
    def lag_below_pace(self) -> bool:
        return self.settings.get("lag.below_pace", "1") == "1"

    def group(self, town: str) -> str:
        """The group that a town is ranked in beside the whole (分组); '' for none."""
        return self.settings.get(f"group.{town}", "")

    @property
    def pace(self) -> Fraction:
        """序时进度: months elapsed of twelve."""
        return self.period.pace

    def indicator(self, of: str) -> Indicator:
        """The indicator with an id. Raises KeyError."""
        for indicator in self.indicators:
            if indicator.id == of:
                return indicator
        raise KeyError(of)

    def members(self, of: Indicator) -> tuple[Indicator, ...]:
        """The stocks whose subjects a distinct indicator counts once each."""
        return tuple(i for i in self.indicators if i.category == of.category and i.kind == "stock" and i.member)

    def narrowed(self, of: Collection[str]) -> Definition:
        """With some indicators alone, and those that their figures rest on."""
        known = {indicator.id: indicator for indicator in self.indicators}
        wanted, ahead = set[str](), [*of]
        while ahead:
            indicator = known[ahead.pop()]
            if indicator.id in wanted:
                continue
            wanted.add(indicator.id)
            if indicator.kind == "distinct":
                ahead += [member.id for member in self.members(indicator)]
            elif indicator.kind == "counted":
                ahead.append(indicator.counts)
            if indicator.against not in ("", TARGET):
                ahead.append(indicator.against)
            ahead += [other for other in (indicator.carried, indicator.apart) if other]
        return replace(self, indicators=tuple(i for i in self.indicators if i.id in wanted))

    def roll(self, town: str) -> str:
        """The town in force that a fact of `town` counts for; UNSETTLED if there is none."""
        return self.rolled.get(town, UNSETTLED)

    @staticmethod
    def counts_apart(opened: Collection[str], place: str) -> bool:
        """Whether what was done of what no record says is owed (`Indicator.apart`) counts at a place; `opened` are the
        places with an opening total of what is owed. Which firms such a total stands for no record says: any may be
        one of them, and all of the county's where the total is of no town."""
        return UNSETTLED in opened or place in opened

    def where(self, place: str, unit: str = TOWN) -> tuple[str, list[str]]:
        """A condition on a column (`measure.UNITS`) that holds for the facts of a town or department, of UNSETTLED or
        of the COUNTY."""
        if place == COUNTY:
            return "1", []
        codes = [code for code, into in self.rolled.items() if place in (UNSETTLED, into)]
        marks = ", ".join("?" * len(codes))
        return f"{unit} {'NOT IN' if place == UNSETTLED else 'IN'} ({marks})", codes


def in_time_rule(by: str) -> str:
    """Chinese, as it is printed with the rules: by which day a hazard was rectified in time."""
    return f"隐患按期以{by}计，验收合格的才算整改；期限以最先到期的为准。"


def in_time_by(rules: Iterable[str]) -> str:
    """By which day it went by the rules as they were printed; COMPLETED where they do not say."""
    return ACCEPTED if in_time_rule(ACCEPTED) in rules else COMPLETED


def define(
    connection: sqlite3.Connection,
    period: Period,
    judged_by: str = "",
    scheme: Scheme | None = None,
    of: str = TOWNS,
) -> Definition:
    """The definition in force on the period's as-of day; `judged_by` (COMPLETED, ACCEPTED) takes the place of what is
    set, `scheme` that of the one in force. `of`: TOWNS or DEPARTMENTS, what is asked of which, and who they are."""
    day = period.as_of
    scheme = scheme or schemes.on(connection, day)
    in_force = settings.all_in_force(connection, day)
    if judged_by:
        in_force["hazard.in_time_by"] = judged_by
    towns, rolled = units_on(connection, day, of)
    targets, county_tasks = _targets(connection, period, rolled, of)
    asked = {indicator for indicator, _ in targets} | county_tasks.keys()
    indicators = _indicators(connection, scheme, period, in_force, asked, towns, of)
    categories, groups = _categories(connection, scheme, in_force), _groups(connection, scheme)
    if scheme.total == BY_POINTS:
        categories, groups = _with_full_marks(connection, scheme, categories, groups, of)
    return Definition(
        period=period,
        indicators=indicators,
        categories=_asked_of(indicators, categories, scheme),
        towns=towns,
        rolled=rolled,
        settings=_names(connection) | in_force,
        targets=targets,
        county_tasks=county_tasks,
        demonstration=settings.is_demonstration(connection),
        scheme=scheme,
        groups=groups,
        of=of,
        counties=of == TOWNS and _has_counties(connection),
    )


def _has_counties(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT EXISTS (SELECT 1 FROM town WHERE kind = '县级' AND voided_on IS NULL)")
    return bool(found.fetchone()[0])


def ranks_departments(connection: sqlite3.Connection, scheme: Scheme) -> bool:
    """Whether a scheme asks anything of departments."""
    found = connection.execute(
        "SELECT DISTINCT units FROM scheme_indicator WHERE scheme_id = ? AND units IS NOT NULL", (scheme.id,)
    )
    return any(unit_kinds.holds_for(units, DEPARTMENTS) for (units,) in found)


def _names(connection: sqlite3.Connection) -> dict[str, str]:
    # Who issues is printed on months before the day it was first written down, too.
    found = connection.execute(
        "SELECT name, value FROM setting WHERE voided_on IS NULL AND name IN ('region_name', 'issuer')"
        " ORDER BY from_on DESC"
    )
    return dict(found.fetchall())


def _indicators(
    connection: sqlite3.Connection,
    scheme: Scheme,
    period: Period,
    in_force: Mapping[str, str],
    asked: set[str],
    towns: Sequence[Town],
    of: str,
) -> tuple[Indicator, ...]:
    units = DEPARTMENTS if of == DEPARTMENTS else units_of(towns)
    pace = period.pace
    parts = _parts(connection, scheme, of)
    found = []
    for row in connection.execute(
        "SELECT i.id, i.category, i.short, i.title, i.unit, COALESCE(f.counted, i.kind) AS kind,"
        " COALESCE(f.of_year, 0) AS of_year, i.ranked, i.against, i.carried, i.apart, i.counts, i.measure, i.direction,"
        " i.group_code, i.form, i.full_marks, i.scoring, i.missing, i.standard, i.units,"
        " COALESCE(f.record, '') AS record,"
        " CASE WHEN i.scheme_id <> 0 THEN (SELECT s.id FROM shipped_indicator s WHERE s.measure = i.measure"
        " ORDER BY s.position LIMIT 1) END AS alike,"
        " CASE WHEN i.scheme_id <> 0 THEN (SELECT s.measure FROM shipped_indicator s WHERE s.id = i.id) END"
        " AS of_its_name"
        " FROM dated_indicator i LEFT JOIN fact f ON f.id = i.fact"
        " WHERE i.scheme_id = ? AND (i.kind <> 'today' OR ?) ORDER BY i.position",
        (scheme.id, not period.finished),
    ):
        if not unit_kinds.holds_for(row["units"] or "", of):
            continue
        against = row["against"] if row["against"] not in OF_ITSELF else ""
        ranked = in_force.get(f"ranked.{row['id']}", str(row["ranked"])) == "1" and (against == row["against"])
        own, counted = parts.get(row["id"], []), row["measure"] or row["id"]
        if of == DEPARTMENTS and own:  # the first is its own measure
            counted, own = own[0].measure, own[1:]
        curve = in_force.get(f"plan.{row['id']}")
        found.append(
            Indicator(
                id=row["id"],
                category=row["category"],
                short=row["short"],
                title=row["title"].replace(place_names.GENERAL, units),
                unit=row["unit"],
                kind=row["kind"],
                of_year=bool(row["of_year"]),
                ranked=ranked,
                member=bool(row["ranked"]),
                against=against or (TARGET if ranked or row["id"] in asked else ""),
                carried=row["carried"] or "",
                apart=row["apart"] or "",
                counts=row["counts"] or "",
                share=Fraction(curve.split()[period.month - 1]) if curve else pace,
                planned=curve is not None,
                measures=(
                    *_measures(counted, row["kind"], in_force.get("hazard.in_time_by", COMPLETED)),
                    *(each.measure for each in own if each.sign > 0),
                ),
                less=row["direction"] == "less",
                takes_off=tuple(each.measure for each in own if each.sign < 0),
                scoring=_scoring(row["form"], row["full_marks"], row["scoring"]),
                group=row["group_code"] or "",
                missing=row["missing"] or "",
                words=tuple((each.word, each.measure) for each in own if each.word),
                record=row["record"],
                yearly=row["against"] == LAST_YEAR,
                standard=row["standard"] or "",
                like=_like(row),
            )
        )
    return tuple(found)


def _like(row: sqlite3.Row) -> str:
    """The shipped indicator that counts the same as one of an office's own scheme; its measure where it has the id of
    one that counts something else."""
    if row["alike"] is not None:
        return "" if row["alike"] == row["id"] else str(row["alike"])
    return "" if row["of_its_name"] in (None, row["measure"]) else str(row["measure"] or row["kind"])


def _scoring(form: str | None, full: str | None, text: str | None) -> Scoring | None:
    if form is None:
        return None
    from anjian_cli.rules import scoring_text  # here: a scheme without points has none to read

    return scoring_text.read(form, full or "", text or "")


class _Part(NamedTuple):
    """A row of scheme_part; its measure is one of departments where it names them."""

    measure: str
    sign: int
    word: str | None


def _parts(connection: sqlite3.Connection, scheme: Scheme, of: str) -> dict[str, list[_Part]]:
    """What indicators of a scheme count beside their own measure, by indicator; of departments that, too."""
    found: dict[str, list[_Part]] = {}
    for indicator, *part in connection.execute(
        "SELECT indicator, measure, sign, word FROM scheme_part WHERE scheme_id = ? ORDER BY indicator, position",
        (scheme.id,),
    ):
        if ("@" in part[0]) == (of == DEPARTMENTS):
            found.setdefault(indicator, []).append(_Part(*part))
    return found


def _groups(connection: sqlite3.Connection, scheme: Scheme) -> tuple[GroupRule, ...]:
    found = connection.execute(
        "SELECT code, category, title, full_marks FROM scheme_group WHERE scheme_id = ? ORDER BY position", (scheme.id,)
    )
    return tuple(GroupRule(code, category, title, Fraction(full)) for code, category, title, full in found)


def _with_full_marks(
    connection: sqlite3.Connection,
    scheme: Scheme,
    categories: tuple[CategoryRule, ...],
    groups: tuple[GroupRule, ...],
    of: str,
) -> tuple[tuple[CategoryRule, ...], tuple[GroupRule, ...]]:
    """With the full marks that units of a kind can have, where these are less than what is told."""
    from anjian_cli.rules import full_marks  # here: a scheme without points needs none of it

    found = connection.execute(
        "SELECT category, COALESCE(group_code, ''), COALESCE(units, ''), COALESCE(form, ''), full_marks"
        " FROM dated_indicator WHERE scheme_id = ?",
        (scheme.id,),
    )
    items = [
        full_marks.Item(category, group, units, form, _fraction(full)) for category, group, units, form, full in found
    ]
    told_groups = [full_marks.Group(group.code, group.category, group.full) for group in groups]
    return tuple(
        replace(
            rule,
            points=replace(rule.points, full=full_marks.of_category(rule.id, rule.points.full, told_groups, items, of)),
        )
        for rule in categories
    ), tuple(
        replace(group, full=full_marks.of_group(told, items, of))
        for group, told in zip(groups, told_groups, strict=True)
    )


def _asked_of(
    indicators: Iterable[Indicator], categories: tuple[CategoryRule, ...], scheme: Scheme
) -> tuple[CategoryRule, ...]:
    """The categories that ask anything: of an office's own scheme one may be of another kind of units alone."""
    if scheme.id == schemes.SHIPPED:
        return categories
    asking = {indicator.category for indicator in indicators}
    return tuple(category for category in categories if category.id in asking)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _measures(own: str, kind: str, in_time_by: str) -> tuple[str, ...]:
    """What was completed in time and accepted late is counted apart, to be in time or late as is set."""
    if kind == "today":
        return (due_today.DUE,)
    in_doubt = "hazard.late_of_year" if in_time_by == ACCEPTED else "hazard.on_time_of_year"
    told = measure.read(own) if kind in ("flow", "stock") and own.startswith(in_doubt) else None
    if told is None or told.fact != in_doubt:
        return (own,)
    return own, measure.written("hazard.accepted_late", told.words, told.unit)


def _categories(
    connection: sqlite3.Connection, scheme: Scheme, in_force: Mapping[str, str]
) -> tuple[CategoryRule, ...]:
    found = connection.execute(
        "SELECT id, title, scored, weight, full_marks, bonus_cap, deduction_cap, conversion, missing"
        " FROM dated_category WHERE scheme_id = ? ORDER BY position",
        (scheme.id,),
    )
    return tuple(
        CategoryRule(
            id_,
            title,
            bool(scored),
            Fraction(in_force.get(f"weight.{id_}", weight)),
            PointsRule(_fraction(full), _fraction(bonus), _fraction(deduction), _fraction(conversion), missing or ""),
        )
        for id_, title, scored, weight, full, bonus, deduction, conversion, missing in found
    )


def towns_on(connection: sqlite3.Connection, day: str) -> tuple[tuple[Town, ...], dict[str, str]]:
    """The towns in force on a day, in the office's order; and every code that counts for one of them -> that town's."""
    found = connection.execute(
        "SELECT code, name, short_name, from_on, until_on, merged_into FROM town WHERE voided_on IS NULL"
        " ORDER BY position, code"
    )
    return _in_force(found, day)


def unit_columns(of: str) -> tuple[str, str]:
    """The column of a record that names a unit of a kind (TOWNS, DEPARTMENTS), and that of the other kind."""
    return ("department", "town_code") if of == DEPARTMENTS else ("town_code", "department")


def departments_on(connection: sqlite3.Connection, day: str) -> tuple[tuple[Town, ...], dict[str, str]]:
    """The same of departments, by their numbers: what a measure counts for `found_by` or `charged_to`."""
    found = connection.execute(
        "SELECT number, name, COALESCE(short_name, name), COALESCE(from_on, ?), COALESCE(until_on, ?), merged_into"
        " FROM department WHERE voided_on IS NULL ORDER BY position IS NULL, position, id",
        (BEGINNING, OPEN),
    )
    return _in_force(found, day)


def units_on(connection: sqlite3.Connection, day: str, of: str) -> tuple[tuple[Town, ...], dict[str, str]]:
    """The same of the units of a kind (TOWNS, DEPARTMENTS)."""
    return departments_on(connection, day) if of == DEPARTMENTS else towns_on(connection, day)


def _in_force(
    units: Iterable[tuple[str, str, str, str, str, str | None]], day: str
) -> tuple[tuple[Town, ...], dict[str, str]]:
    towns, merged = [], {}
    for code, name, short, from_on, until_on, into in units:
        if from_on <= day < until_on:
            towns.append(Town(code, name, short))
        elif until_on <= day and into is not None:
            merged[code] = into
    rolled = {town.code: town.code for town in towns}
    for code in merged:
        into, seen = merged[code], {code}
        while into in merged and into not in seen:
            seen.add(into)
            into = merged[into]
        if into in rolled and into not in merged:
            rolled[code] = into
    return tuple(towns), rolled


def _targets(
    connection: sqlite3.Connection, period: Period, rolled: Mapping[str, str], of: str
) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    targets: dict[tuple[str, str], int] = {}
    county: dict[str, int] = {}
    whose, others = unit_columns(of)
    for indicator, town, quantity in connection.execute(
        f"SELECT indicator, {whose}, quantity FROM target WHERE year = ? AND voided_on IS NULL AND {others} IS NULL"
        " AND from_on <= ? AND ? < until_on AND quantity IS NOT NULL",
        (period.year, period.as_of, period.as_of),
    ):
        if town is None:
            county[indicator] = quantity
        elif town in rolled:
            cell = (indicator, rolled[town])
            targets[cell] = targets.get(cell, 0) + quantity
    return targets, county
