"""What must hold in a model of whatever the ledger has taken in: each rule as the domain says it, held against all."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from oracle.model import (
    FLOWS,
    OPEN,
    Accident,
    Agency,
    Campaign,
    Case,
    CatchUp,
    Contract,
    Department,
    Device,
    Diagnosis,
    E,
    Enterprise,
    Exposure,
    Filing,
    Grid,
    Guidance,
    Hazard,
    HealthTest,
    Inspection,
    Key,
    Model,
    MonthlyFigure,
    OfEnterprise,
    Officer,
    OfTown,
    Opening,
    Phase,
    Plan,
    Programme,
    ResponsibleVillage,
    RiskGrade,
    Scope,
    Standard,
    Statistic,
    Town,
    Training,
    Village,
    Visit,
    after,
    of,
)
from oracle.simulation import recorded, simulate

WINDOW = {"道路运输": 7, "火灾": 7}


def hold(model: Model, seed: int) -> None:
    """Assert every rule; `seed` tells the history in the message."""
    _totals(model, seed)
    for what, one, other in _twice(model):
        raise AssertionError((seed, what, one, other))
    for what, entry in (*_broken(model), *_dangling(model)):
        raise AssertionError((seed, what, entry))


def _parts(model: Model) -> dict[Key, tuple[str, int]]:
    """What each total adds to the one before it: (first day it stands for, quantity)."""
    cells: dict[tuple[str, str], list[tuple[Key, Opening]]] = {}
    for key, figure in of(model, Opening):
        cells.setdefault((figure.indicator, figure.town), []).append((key, figure))
    found = {}
    for (indicator, _), figures in cells.items():
        before: Opening | None = None
        for key, figure in sorted(figures, key=lambda pair: pair[1].from_on):
            year = figure.from_on[:4]
            since, less = f"{year}-01-01", 0
            if indicator in FLOWS and before is not None and before.from_on[:4] == year:
                since, less = after(before.from_on), before.cumulative
            found[key] = (since, figure.cumulative - less - figure.written_down)
            before = figure
    return found


def _totals(model: Model, seed: int) -> None:
    """Single records stand beside a total only as far as it was written down."""
    figures = of(model, Opening)
    since = _parts(model)
    on_day = simulate(model, {figure.from_on for _, figure in figures}, openings=False)
    for key, figure in figures:
        first, quantity = since[key]
        assert quantity >= 0, (seed, figure)
        if figure.indicator in FLOWS:
            known = recorded(model, figure, first)
        else:
            known = on_day[figure.from_on][figure.indicator, figure.town]
        assert known <= figure.written_down, (seed, figure, known)


def _twice(model: Model) -> Iterator[tuple[str, object, object]]:
    """Pairs of entries that would count one enterprise, village, number or month twice."""
    yield from _pairs(
        "contracts overlap",
        model,
        Contract,
        lambda one, other: (
            (one.enterprise, one.kind) == (other.enterprise, other.kind)
            and max(one.from_on, other.from_on) < min(one.until_on, other.until_on)
        ),
    )
    yield from _pairs(
        "two undertakings at once",
        model,
        Standard,
        lambda one, other: (
            (one.enterprise, one.grade) == (other.enterprise, other.grade)
            and (one.kind == "复评") == (other.kind == "复评")
            and max(one.begun_on, other.begun_on) < min(one.ended_on, other.ended_on)
        ),
    )
    yield from _pairs(
        "enrolled twice in a year",
        model,
        Programme,
        lambda one, other: (
            (one.enterprise, one.kind, one.enrolled_on[:4]) == (other.enterprise, other.kind, other.enrolled_on[:4])
        ),
    )
    yield from _pairs(
        "stands in the list twice",
        model,
        Exposure,
        lambda one, other: (
            one.enterprise == other.enterprise
            and max(one.from_on, other.from_on) < min(one.ended_on or OPEN, other.ended_on or OPEN)
        ),
    )
    yield from _pairs(
        "installed where one stands already",
        model,
        Device,
        lambda one, other: (
            one.enterprise == other.enterprise
            and max(one.installed_on, other.installed_on)
            < (min((one, other), key=lambda device: device.installed_on).removed_on or OPEN)
        ),
    )
    yield from _pairs(
        "guided twice",
        model,
        Guidance,
        lambda one, other: (one.responsible_village, one.enterprise) == (other.responsible_village, other.enterprise),
    )
    yield from _pairs(
        "the same village again, or rewarded again",
        model,
        ResponsibleVillage,
        lambda one, other: (
            one.village == other.village and (one.year == other.year or bool(one.paid_on and other.paid_on))
        ),
    )
    yield from _pairs("one case number", model, Case, lambda one, other: one.case_number == other.case_number)
    yield from _pairs(
        "reported twice",
        model,
        Filing,
        lambda one, other: (one.town, one.department, one.month) == (other.town, other.department, other.month),
    )
    yield from _pairs(
        "two numbers for one day",
        model,
        Statistic,
        lambda one, other: (one.kind, one.town, one.from_on) == (other.kind, other.town, other.from_on),
    )
    yield from _pairs(
        "two figures of a month",
        model,
        MonthlyFigure,
        lambda one, other: (
            (one.kind, one.town, one.department, one.month) == (other.kind, other.town, other.department, other.month)
        ),
    )
    yield from _pairs("one agency's name", model, Agency, lambda one, other: one.name == other.name)
    yield from _pairs("one department's name", model, Department, lambda one, other: one.name == other.name)
    yield from _pairs("one campaign's name", model, Campaign, lambda one, other: one.name == other.name)
    yield from _twice_in_work(model)


def _twice_in_work(model: Model) -> Iterator[tuple[str, object, object]]:
    """The same of the work of an office."""
    yield from _pairs(
        "graded twice on a day",
        model,
        RiskGrade,
        lambda one, other: (one.enterprise, one.from_on) == (other.enterprise, other.from_on),
    )
    yield from _pairs(
        "one grid's name", model, Grid, lambda one, other: (one.town, one.name) == (other.town, other.name)
    )
    yield from _pairs(
        "two plans of a stage",
        model,
        Plan,
        lambda one, other: (one.year, one.kind, one.stage) == (other.year, other.kind, other.stage),
    )
    yield from _pairs(
        "two phases at once",
        model,
        Phase,
        lambda one, other: (
            one.campaign == other.campaign and (one.title == other.title or one.from_on == other.from_on)
        ),
    )
    yield from _pairs(
        "in scope twice",
        model,
        Scope,
        lambda one, other: (
            (one.campaign, one.kind, one.word, one.town, one.enterprise)
            == (other.campaign, other.kind, other.word, other.town, other.enterprise)
        ),
    )
    yield from _pairs(
        "two answers to a month",
        model,
        CatchUp,
        lambda one, other: (one.town, one.department, one.month) == (other.town, other.department, other.month),
    )


def _pairs(what: str, model: Model, kind: type[E], clash: Callable[[E, E], bool]) -> Iterator[tuple[str, E, E]]:
    """The pairs of entries in force that clash, and what is wrong with them."""
    for one, other in itertools.combinations((entry for _, entry in of(model, kind)), 2):
        if clash(one, other):
            yield what, one, other


def _broken(model: Model) -> Iterator[tuple[str, object]]:
    """Entries that contradict themselves, or lack what they rest on."""
    contracts = [contract for _, contract in of(model, Contract)]
    for _, visit in of(model, Visit):
        if not any(
            (c.enterprise, c.kind) == (visit.enterprise, visit.kind) and c.from_on <= visit.visited_on < c.until_on
            for c in contracts
        ):
            yield "visited without a contract", visit
    for _, one in of(model, Programme):
        if one.outcome in ("整治", "提升", "托管") and one.conclusion != "合格":
            yield "dealt with and not accepted", one
        if _entrusted_before_acceptance(one, contracts):
            yield "under trusteeship before it was accepted", one
        steps = (one.enrolled_on, one.accepted_on or one.enrolled_on)
        if list(steps) != sorted(steps) or bool(one.accepted_on) != bool(one.conclusion):
            yield "steps of a programme", one
    for _, standard in of(model, Standard):
        if standard.announced_on and (standard.abandoned_on or standard.begun_on > standard.announced_on):
            yield "announced and abandoned, or before it began", standard
        if standard.revoked_on and not "" < standard.announced_on <= standard.revoked_on:
            yield "revoked before it was announced", standard
        if (standard.kind, standard.grade) == ("升级", "三级"):
            yield "an upgrade to the lowest grade", standard
    for _, test in of(model, HealthTest):
        if test.reported_on < test.sampled_on or test.points_over > test.points:
            yield "a test", test
        if test.remedied_on and not test.points_over:
            yield "remedied, and nothing over the limit", test
    for _, village in of(model, ResponsibleVillage):
        if village.enrolled_on[:4] != str(village.year) or (village.paid_on and village.conclusion != "合格"):
            yield "a responsible village", village
    for _, case in of(model, Case):
        if case.fine and not case.decided_on:
            yield "fined without a decision", case
        if case.revoked_on and case.revoked_on < max(case.filed_on, case.decided_on, case.referred_on):
            yield "revoked before", case
    for _, accident in of(model, Accident):
        days = [toll[0] for toll in accident.toll]
        if days != sorted(days) or days[0] < accident.happened_on:
            yield "corrections out of order", accident
        if days[-1] > after(accident.happened_on, WINDOW.get(accident.sector, 30)):
            yield "corrected too late", accident
        if accident.written_off_on and accident.written_off_on < days[-1]:
            yield "corrected after it was written off", accident
    for _, campaign in of(model, Campaign):
        phases = [day for day in (campaign.from_on, campaign.push_on, campaign.summary_on, campaign.last_on) if day]
        if phases != sorted(phases):
            yield "phases out of order", campaign
    campaigns = {key[1]: campaign for key, campaign in of(model, Campaign)}
    for _, phase in of(model, Phase):
        within = campaigns.get(phase.campaign)
        if within is None or not within.from_on <= phase.from_on <= (within.last_on or OPEN):
            yield "a phase outside of its campaign", phase
    for _, scope in of(model, Scope):
        if scope.campaign not in campaigns:
            yield "the scope of no campaign", scope
    for _, diagnosis in of(model, Diagnosis):
        if diagnosis.planned_on and diagnosis.planned_on < diagnosis.diagnosed_on:
            yield "planned before it was diagnosed", diagnosis
    for _, plan in of(model, Plan):
        if plan.due_on[:4] < str(plan.year):
            yield "due before its year", plan
    for _, filing in of(model, Filing):
        if filing.filed_on[:7] < filing.month:
            yield "reported before the month began", filing


def _entrusted_before_acceptance(one: Programme, contracts: Sequence[Contract]) -> bool:
    if one.reason != "新发现" or one.kind not in ("喷涂", "涉氨"):
        return False
    accepted = one.accepted_on if one.conclusion == "合格" else OPEN
    return any(
        (c.enterprise, c.kind) == (one.enterprise, one.kind) and one.enrolled_on <= c.from_on < accepted
        for c in contracts
    )


def _departments(entry: object) -> set[str]:
    if isinstance(entry, Hazard):
        return {entry.found_by, *(to for _, to in entry.charges)}
    return {entry.department} if isinstance(entry, Inspection | Case | Filing | CatchUp | OfTown) else set()


def _dangling(model: Model) -> Iterator[tuple[str, object]]:
    """Entries in force that refer to what is void, or is not there."""
    towns = {town.code for _, town in of(model, Town)} | {""}
    villages = {village.code for _, village in of(model, Village)} | {""}
    departments = {department.number for _, department in of(model, Department)} | {""}
    firms = {key[1] for key, _ in of(model, Enterprise)}
    programmes = {key[1]: village for key, village in of(model, ResponsibleVillage)}
    for _, guidance in of(model, Guidance):
        programme = programmes.get(guidance.responsible_village)
        if programme is None or guidance.guided_on[:4] != str(programme.year):
            yield "guided in no village of the year", guidance
    for entry in model.values():
        if entry.voided:
            continue
        if isinstance(entry, OfEnterprise | Hazard | Guidance) and entry.enterprise not in firms:
            yield "of a voided enterprise", entry
        if isinstance(entry, Case | Accident | Scope) and entry.enterprise not in firms | {0}:
            yield "of a voided enterprise", entry
        placed = Hazard | Training | Opening | Village | Inspection | ResponsibleVillage | Case | Accident | Filing
        if (
            isinstance(entry, placed | Officer | Statistic | OfTown | Grid | Scope | CatchUp)
            and entry.town not in towns
        ):
            yield "in a voided town", entry
        if not departments.issuperset(_departments(entry)):
            yield "of a voided department", entry
        if isinstance(entry, ResponsibleVillage | Officer | Grid) and entry.village not in villages:
            yield "in a voided village", entry
