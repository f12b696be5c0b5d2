"""The bulletin of a month: as it was locked, or computed now.

Brings definition, figures, places and corrections together. Knows no screen and no file format.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from anjian_cli.bulletin import (
    correction,
    details,
    figures,
    locked_month,
    month_text,
    phrase,
    ranking,
    tables,
    wording,
)
from anjian_cli.bulletin.death_rate import death_rates
from anjian_cli.bulletin.definition import Definition, Indicator, define, in_time_rule, ranks_departments
from anjian_cli.bulletin.figures import Figures
from anjian_cli.bulletin.filings import confirmed, filings
from anjian_cli.bulletin.locked_month import LockedMonth
from anjian_cli.bulletin.period import MONTHS, Period
from anjian_cli.bulletin.tables import Places, Tables, halved
from anjian_cli.bulletin.value import (
    TARGET,
    Bulletin,
    Correction,
    DeathRate,
    OfDepartments,
    Office,
    OwnScheme,
    Rescored,
    Undelivered,
)
from anjian_cli.ledger import held, schemes, witness
from anjian_cli.light_dataclasses import replace
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.rules import place_names, totals
from anjian_cli.rules.unit_kinds import DEPARTMENTS

if TYPE_CHECKING:
    from anjian_cli.bulletin.delivered_source import Deliveries

RESTS_ON = (
    "setting",
    "town",
    "village",
    "target",
    "opening_figure",
    "responsible_village",
    "filing",
    "filed_figure",
    "statistic",
    "month_text",
    "issued_month",
    "month_cell",
    "month_recount",
    "scheme",
    "scheme_category",
    "scheme_group",
    "scheme_indicator",
    "scheme_part",
    "mark",
    "veto_lifting",
)
"""The tables that a bulletin reads whole; what it reads beside them is held where it is read."""

DAY_OF_PLANS, DAY_OF_OBJECTIONS = 15, 12
"""The days of the month after by which towns send their plans, and object to a figure, where nothing is set."""


def compile_bulletin(
    connection: sqlite3.Connection,
    period: Period,
    *,
    looking_back: bool = True,
    ranking_alone: bool = False,
    also: Collection[str] = (),
    deliveries: Deliveries | None = None,
) -> Bulletin:
    """The bulletin of a period. A locked month is what was locked; any other is computed now: without `looking_back`
    with what its own days come to, and without places before, other years and corrections; of indicators without those
    that are neither ranked nor have a task, but for what is `also` asked for. That takes half the time, and is for what
    shows none of these. `ranking_alone`: that, with the places of the month before; where points are given, or
    departments are ranked, it is all. `deliveries`: what counties have delivered, where that is not to be read in the
    ledger. Raises `Refused`, as `ledger.held`, where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    locked = locked_month.find(connection, period.key)
    if locked is not None:
        return kept_bulletin(connection, locked)
    definition = define(connection, period)
    alone = {i.id for i in definition.indicators if i.ranked or i.against == TARGET or i.id in also}
    if ranking_alone:
        looking_back = definition.needs_evidence or ranks_departments(connection, definition.scheme)
        alone |= {i.id for i in define(connection, period.previous()).indicators if i.ranked}
    whole = looking_back or definition.needs_evidence  # whether a unit did anything is told by all that is counted
    counted = figures.compute(
        connection,
        definition if whole else definition.narrowed(alone),
        looking_back=looking_back,
        deliveries=deliveries,
    )
    last, corrections, departments = Places(), tuple[Correction, ...](), None
    before = None
    if looking_back or ranking_alone:
        before = locked_month.last_before(connection, period.key)
        last = _last_places(connection, definition, counted, before, deliveries)
    if looking_back:
        told = correction.to_tell(connection, period.key, before, (definition, counted), deliveries)
        corrections = tuple(told)
    built = tables.build(definition, counted, last, None if looking_back else alone)
    if looking_back:
        departments = _departments(connection, definition, built, before, counted, deliveries)
    rescored = {*(c.month for c in corrections), *_by_points(connection, before)}
    at, head_hash = _head(connection)
    return Bulletin(
        month=period.key,
        as_of=period.as_of,
        finished=period.finished,
        state="",
        demonstration=definition.demonstration,
        region_name=definition.settings.get("region_name", ""),
        issuer=definition.settings.get("issuer", ""),
        document_number="",
        issued_on="",
        known_at=at,
        fingerprint=head_hash[:8],
        pace=definition.pace,
        rule=_rule(definition, built),
        towns=definition.towns,
        categories=built.categories,
        scores=built.scores,
        mean_score=built.mean_score,
        laggards=built.laggards,
        corrections=corrections,
        notes=(*_notes(definition, built), *_of_late(definition, counted)),
        death_rates=_death_rates(connection, definition, counted),
        filings=filings(connection, definition),
        office=_office(definition),
        villages=details.villages(connection, definition),
        overdue_major=details.overdue_major(connection, definition),
        expiring=details.expiring(connection, definition),
        rescored=_rescored(connection, rescored, deliveries),
        confirmed=confirmed(connection, definition),
        texts=month_text.texts(connection, period.key),
        witness=witness.digits(connection),
        points=built.points,
        scheme=_own_scheme(definition),
        major=details.major_hazards(connection, definition),
        departments=departments,
        late=_late(definition, counted),
    )


def _late(definition: Definition, counted: Figures) -> tuple[Undelivered, ...]:
    """The counties that have not delivered the month."""
    until, day = counted.delivered.until, definition.period.as_of
    return tuple(
        Undelivered(town.code, until[town.code][:7])
        for town in definition.towns
        if counted.delivered.late(town.code, day)
    )


def _departments(
    connection: sqlite3.Connection,
    towns: Definition,
    of_towns: Tables,
    before: LockedMonth | None,
    counted: Figures,
    deliveries: Deliveries | None,
) -> OfDepartments | None:
    """What the scheme says of departments; None where it asks nothing of them, or there are none. `counted` are the
    figures of the towns."""
    if not ranks_departments(connection, towns.scheme):
        return None
    definition = define(connection, towns.period, scheme=towns.scheme, of=DEPARTMENTS)
    if not definition.towns:
        return None
    found = figures.compute(connection, definition, sums=counted.sums, deliveries=deliveries)
    built = tables.build(definition, found, _last_places(connection, definition, found, before, deliveries))
    from anjian_cli.bulletin import department_words  # here: few schemes rank departments

    return OfDepartments(
        rule=_rule(definition, built),
        towns=definition.towns,
        categories=built.categories,
        scores=built.scores,
        mean_score=built.mean_score,
        laggards=built.laggards,
        notes=(
            *_notes(definition, built),
            *department_words.sums(towns.units, of_towns.categories, built.categories),
        ),
        filings=filings(connection, definition),
        points=built.points,
    )


def _own_scheme(definition: Definition) -> OwnScheme | None:
    scheme = definition.scheme
    if scheme.id == schemes.SHIPPED:
        return None
    first = scheme.from_on > definition.period.previous().as_of
    return OwnScheme(scheme.title, scheme.document, scheme.total, scheme.from_on if first else "")


def kept_bulletin(connection: sqlite3.Connection, locked: LockedMonth) -> Bulletin:
    """The bulletin of a locked month, as it was locked; of one that was withdrawn, as it had been issued."""
    if locked.state == "withdrawn":
        return replace(locked.bulletin(), witness=witness.digits_of_issued(connection, locked.id))
    return replace(
        locked.bulletin(),
        texts=month_text.texts(connection, locked.month),
        witness=witness.digits_of_closed(connection, locked.id, locked.month)
        if locked.issued_on is None
        else witness.digits_of_issued(connection, locked.id),
    )


def _office(definition: Definition) -> Office:
    in_force = definition.settings
    addressees = place_names.county_addressees if definition.counties else place_names.addressees
    to = addressees(in_force.get("region_name", ""), [town.name for town in definition.towns])
    return Office(
        document_mark=in_force.get("document_mark", ""),
        recipients=in_force.get("recipients", to),
        copy_to=in_force.get("copy_to", ""),
        contact=in_force.get("contact", ""),
        plan_day=int(in_force.get("reply.plan", DAY_OF_PLANS)),
        objection_day=int(in_force.get("reply.objection", DAY_OF_OBJECTIONS)),
        consequence=in_force.get("consequence", ""),
    )


def _death_rates(connection: sqlite3.Connection, definition: Definition, counted: Figures) -> tuple[DeathRate, ...]:
    """None where the scheme does not ask for deaths, or they are not of the whole region that it is held against."""
    deaths = counted.totals.get("accident.deaths")
    if deaths is None or counted.delivered.left_out(definition, definition.indicator("accident.deaths")):
        return ()
    return death_rates(connection, definition.period, deaths.done, deaths.last_year)


def _by_points(connection: sqlite3.Connection, before: LockedMonth | None) -> list[str]:
    """The month locked last, where it gave points: these may be others by a mark, which is no figure to correct."""
    if before is None or schemes.on(connection, before.as_of).total != totals.BY_POINTS:
        return []
    return [before.month]


def _rescored(
    connection: sqlite3.Connection, of: Collection[str], deliveries: Deliveries | None
) -> tuple[Rescored, ...]:
    months = [locked_month.find(connection, month) for month in sorted(of)]
    return tuple(
        row for locked in months if locked is not None for row in correction.rescored(connection, locked, deliveries)
    )


def _head(connection: sqlite3.Connection) -> tuple[str, str]:
    found = connection.execute("SELECT at, hash FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return (found[0], found[1]) if found else ("", "")


def _last_places(
    connection: sqlite3.Connection,
    of: Definition,
    now: Figures,
    locked: LockedMonth | None,
    deliveries: Deliveries | None,
) -> Places:
    """The places of the month before: as locked, if it is the last `locked` one, else as computed now; an opening
    figure's own place wins."""
    before = of.period.previous()
    if locked is not None and locked.month == before.key:
        kept = locked.kept()
        then = kept.departments if of.of == DEPARTMENTS else kept
        found = Places() if then is None else tables.places_of(then.categories, then.scores)
    else:
        definition = define(connection, before, of=of.of)
        ranked = {indicator.id for indicator in definition.indicators if indicator.ranked}
        built = tables.build(
            definition, figures.month_before(connection, definition, now, of, deliveries), Places(), ranked
        )
        found = tables.places_of(built.categories, built.scores)
        if built.points is not None and all(row.unheard for row in built.points.rows):
            found = Places(cells=found.cells)  # of nobody is there anything to compare with: the ledger begins later
    told = {
        (o.indicator, o.town): o.last_rank
        for o in now.openings
        if o.last_rank is not None and o.from_on[:7] == before.key
    }
    if (
        schemes.on(connection, before.as_of).id != of.scheme.id
    ):  # places of what is asked otherwise are no places to compare with
        found = Places(cells=found.cells, comparable=False)
    return replace(found, cells={**found.cells, **told})


def _rule(definition: Definition, built: Tables) -> tuple[str, ...]:
    """The rules in force, a printed line each; how places and rates come about is said where they do (`ranking`)."""
    scored = [rule for rule in definition.categories if rule.scored]
    alike = len({rule.weight for rule in scored}) <= 1
    ranked = [i for i in definition.indicators if i.ranked and not i.less]
    by_other = [i for i in ranked if i.against != "target"]
    if definition.scheme.total:
        return tuple(_rule_of_points(definition, built))
    lines = [*_scheme_rule(definition), ranking.RATE_RULE]
    if by_other:
        lines.append(f"以应办数为任务的：{'、'.join(_owed(definition, by_other))}。")
    lines += [
        ranking.category_rule(cap=definition.cap),
        ranking.score_rule({} if alike else {rule.title: wording.decimal(rule.weight) for rule in scored}),
        ranking.places_rule(),
        f"序时进度={definition.period.month}/{MONTHS}={wording.percent(definition.pace)}。",
    ]
    planned = [i for i in ranked if i.planned]
    if planned:
        shown = "、".join(f"{i.short}{_share(i.share)}" for i in planned)
        lines.append(f"按计划考核的，本月应完成：{shown}。")
    lines.append(in_time_rule(definition.in_time_by))
    half = halved(definition, built)
    lines.append(ranking.laggards_rule(definition.lag_last, below_pace=definition.lag_below_pace, halved=half))
    controlled = [table for c in built.categories for table in c.indicators if table.controlled]
    for is_ranked in (True, False):
        names = [table.short for table in controlled if table.ranked is is_ranked]
        if names:
            lines.append(f"{'、'.join(names)}下达的是控制数，{ranking.control_rule(ranked=is_ranked)}")
    return tuple(lines)


def _rule_of_points(definition: Definition, built: Tables) -> Iterator[str]:
    """The rules of a scheme that gives points, or neither points nor a score."""
    yield from _scheme_rule(definition)
    if definition.by_points:
        from anjian_cli.bulletin import points_rule  # here: most schemes give none

        yield from points_rule.lines(definition, halved=halved(definition, built))
    if any(indicator.ranked and not indicator.less for indicator in definition.indicators):
        yield ranking.RATE_RULE
    yield in_time_rule(definition.in_time_by)


def _scheme_rule(definition: Definition) -> Iterator[str]:
    """By which scheme it is, where an office has adopted one; and in its first month that nothing is compared with the
    month before."""
    scheme, before = definition.scheme, definition.period.previous()
    if scheme.id == schemes.SHIPPED:
        return
    document = f"（{scheme.document}）" if scheme.document else ""
    first = scheme.from_on > before.as_of
    since = f"{phrase.day(scheme.from_on)}起" if first else ""
    apart = f"，得分、名次与{before.month}月不可比" if first else ""
    yield f"{since}按《{scheme.title}》{document}计{apart}。"


def _owed(definition: Definition, indicators: Iterable[Indicator]) -> Iterator[str]:
    """What rates with a denominator of their own are held against: 已检÷应检; those that differ by their kind alone
    together, 整治（喷涂、胶水）÷该类的（列入+结转）."""
    found: dict[tuple[str, ...], list[str]] = {}
    for indicator in indicators:
        names = [indicator.short]
        names += [definition.indicator(of).short for of in (indicator.against, indicator.carried) if of]
        kind = indicator.id.rpartition(".")[2]
        by_kind = all(name.endswith(kind) for name in names)
        key = tuple(name.removesuffix(kind) for name in names) if by_kind else tuple(names)
        found.setdefault(key, []).extend([kind] if by_kind else [])
    for (done, *owed), kinds in found.items():
        whole = owed[0] if len(owed) == 1 else f"（{'+'.join(owed)}）"
        yield f"{done}（{'、'.join(kinds)}）÷该类的{whole}" if kinds else f"{done}÷{whole}"


def _share(share: Fraction) -> str:
    return wording.percent(share) if share else "0（不计分）"


def _of_late(definition: Definition, counted: Figures) -> Iterator[str]:
    """Which counties have not delivered the month, and what is told without them: said once, not of every figure."""
    late = _late(definition, counted)
    if late:
        from anjian_cli.bulletin import delivered_words  # here: a county has none of it

        yield delivered_words.late(definition, late)


def _notes(definition: Definition, built: Tables) -> tuple[str, ...]:
    notes = []
    if not definition.period.finished:
        pace = "" if definition.scheme.total else "，序时进度按月末计"
        notes.append(f"本月尚未结束，数据截至{definition.period.as_of}{pace}。")
    unsettled = [t.short for c in built.categories for t in c.indicators if t.other and t.other.done]
    if unsettled:
        nobody = "没有写明部门" if definition.of == DEPARTMENTS else f"不分{definition.units}或{definition.unsettled}"
        notes.append(f"{nobody}的，计入合计，不参加排名：{'、'.join(unsettled)}。")
    names = {town.code: town.name for town in definition.towns}
    notes += [f"{names[one.town]}{said}。" for one in built.effects for said in (*one.vetoes, *one.consequences)]
    return tuple(notes)
