"""A second opinion on what the model adds up to: one day after the other, by the rules of the domain.

Shares nothing with the views, the sums or the workflow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from oracle import enterprises, standardization
from oracle.count import Found, flow
from oracle.model import (
    ALL_DAYS,
    FLOWS,
    OF_YEAR,
    OPEN,
    TRAINING,
    Accident,
    Case,
    Contract,
    Filing,
    Guidance,
    Hazard,
    Model,
    MonthlyFigure,
    Opening,
    ResponsibleVillage,
    Training,
    WorkItem,
    after,
    firm,
    month_end,
    of,
    where,
)


def simulate(model: Model, wanted: Iterable[str], *, openings: bool = True) -> dict[str, Counter[tuple[str, str]]]:
    """Figures (indicator, town) of the days wanted, those that are 0 left out."""
    found: Found = {day: Counter() for day in wanted}
    for _, training in of(model, Training):
        flow(found, TRAINING[training.kind], training.town, training.held_on, training.passed)
    for _, hazard in of(model, Hazard):
        _walk(hazard, found)
    standardization.count(model, found)
    enterprises.count(model, found)
    _villages(model, found)
    for _, case in of(model, Case):
        _case(case, found)
    for _, accident in of(model, Accident):
        _accident(accident, found)
    for _, filing in of(model, Filing):
        if filing.department:
            continue
        in_time = filing.filed_on <= filing.due_on
        flow(found, "report.filed" if in_time else "report.late", filing.town, filing.filed_on)
        flow(found, "report.nil", filing.town, filing.filed_on, int(filing.nil == "是"))
    if openings:
        _add_openings(model, found)
    return {day: Counter({cell: n for cell, n in figures.items() if n}) for day, figures in found.items()}


TOLD_MONTHLY = ("report.of_month", "work.done", "figure.reported", "figure.standing")
"""Facts of which 永康2018 asks nothing."""


def told_monthly(model: Model, day: str) -> Counter[tuple[str, str, str]]:
    """What such facts come to on a day, by fact, kind and town: those that are 0 left out."""
    found: Counter[tuple[str, str, str]] = Counter()

    def happened(fact: str, kind: str, town: str, on: str, times: int = 1) -> None:
        if day[:4] == on[:4] and on <= day:
            found[fact, kind, town] += times

    def is_towns(one: WorkItem | Filing | MonthlyFigure) -> bool:
        return bool(one.town) or not one.department

    for item in filter(is_towns, (one for _, one in of(model, WorkItem))):
        happened("work.done", item.kind, item.town, item.done_on, item.times)
    for filing in filter(is_towns, (one for _, one in of(model, Filing))):
        kind = "按期" if filing.filed_on <= filing.due_on else "迟报"
        happened("report.of_month", kind, filing.town, month_end(filing.month))
    for figure in filter(is_towns, (one for _, one in of(model, MonthlyFigure))):
        happened("figure.reported", figure.kind, figure.town, month_end(figure.month), figure.quantity)
        if month_end(figure.month) <= day < month_end(figure.month, 1):
            found["figure.standing", figure.kind, figure.town] += figure.quantity
    return +found


def _walk(hazard: Hazard, found: Found) -> None:
    found_on = hazard.events[0][1]
    waiting = list(hazard.events)
    work = list(hazard.work)
    deadline = completed = accepted = met = ""
    at_work = "open"
    is_open = tried = extended = of_this_year = False
    last = max(found, default="")
    for day in ALL_DAYS[ALL_DAYS.index(found_on) :]:
        if day > last:
            break
        if day.endswith("-01-01"):  # what met its deadline before and is not accepted stays due
            of_this_year = bool(met) and at_work != "accepted"
        while waiting and waiting[0][1] <= day:
            what, _, until = waiting.pop(0)
            if what == "accepted":
                is_open = False
            else:
                is_open, deadline = True, until
                extended = what == "extended" and bool(met)
        while work and work[0][1] <= day:
            at_work, on = work.pop(0)
            if at_work == "rectified":
                completed = on
            elif at_work == "accepted":
                accepted = on
            tried = tried or at_work in ("failed", "reopened")
        if not met and deadline == day:
            met, of_this_year = day, True
        of_this_year = of_this_year or (bool(met) and at_work != "accepted")
        figures = found.get(day)
        if figures is None:
            continue
        year, whose = day[:4], hazard.whose(day)
        figures["hazard.found", whose] += found_on[:4] == year
        figures["hazard.open", whose] += is_open
        figures["hazard.listed", whose] += sum(a <= day < b for a, b in hazard.listings)
        figures["hazard.accepted_of_year", whose] += found_on[:4] == year and not is_open
        if not of_this_year:
            continue
        # 到期 = 按期整改 + 逾期后整改 + 已整改待验收 + 逾期未整改: one of the four, whatever happened.
        figures["hazard.due_of_year", whose] += 1
        if at_work == "accepted":
            in_time = "on_time_of_year" if accepted <= met else "accepted_late"  # in time by the day of completion
            figures[f"hazard.{in_time if completed <= met else 'late_of_year'}", whose] += 1
        elif at_work == "rectified":
            figures["hazard.awaiting", whose] += 1
        else:
            figures["hazard.overdue", whose] += 1
            figures["hazard.overdue_carried", whose] += met[:4] < year
            figures["hazard.overdue_extended", whose] += extended and day < deadline
            figures["hazard.overdue_sent_back", whose] += tried


def _villages(model: Model, found: Found) -> None:
    """In the town of the village's programme, also the enterprises guided in it."""
    programmes = {key[1]: village for key, village in of(model, ResponsibleVillage)}
    for village in programmes.values():
        flow(found, "village.enrolled", village.town, village.enrolled_on)
        flow(found, "village.accepted", village.town, village.accepted_on, int(village.conclusion == "合格"))
        flow(found, "village.rewarded", village.town, village.paid_on, village.reward)
    for _, guidance in of(model, Guidance):
        flow(found, "village.guided", programmes[guidance.responsible_village].town, guidance.guided_on)


def _case(case: Case, found: Found) -> None:
    """Accident cases stand apart, and count in no other figure. Revoked in the year in which it was counted, it is
    taken back that day; revoked later, that year did not count it."""
    what = [("case.accident" if case.accident == "是" else "case.filed", case.filed_on, 1)]
    if case.decided_on:
        what.append(("case.accident_fine" if case.accident == "是" else "case.fine", case.decided_on, case.fine))
    if case.accident == "否":
        if case.decided_on:
            what.append(("case.fined", case.decided_on, 1))
        what.append(("case.referred", case.referred_on or case.decided_on or case.filed_on, case.referred))
    for indicator, day, quantity in what:
        if not case.revoked_on or case.revoked_on[:4] == day[:4]:
            flow(found, indicator, case.town, day, quantity)
            if case.revoked_on:
                flow(found, indicator, case.town, case.revoked_on, -quantity)


def _accident(accident: Accident, found: Found) -> None:
    """Each dead, injured, accident as a unit on a pile: put there when it became known, taken off the top when it was
    corrected or written off. It counts in its year while it lies there; one that is taken off in a later year never
    counted."""
    if accident.production != "是":
        return
    tolls: list[tuple[str, int, int, int]] = list(accident.toll)
    if accident.written_off_on:
        tolls.append((accident.written_off_on, 0, 0, 0))
    known = {
        "accident.deaths": [(day, deaths) for day, deaths, _, _ in tolls],
        "accident.injured": [(day, serious) for day, _, serious, _ in tolls],
        "accident.larger": [(day, _larger(*toll)) for day, *toll in tolls],
        "accident.count": [(accident.happened_on, 1), *[(accident.written_off_on, 0)] * bool(accident.written_off_on)],
    }
    for indicator, values in known.items():
        for on, off in _units(values):
            if off == OPEN or off[:4] == on[:4]:
                flow(found, indicator, accident.town, on)
                if off != OPEN:
                    flow(found, indicator, accident.town, off, -1)


def _units(values: Iterable[tuple[str, int]]) -> Iterable[tuple[str, str]]:
    """The days on which each unit of a number came and went, from the number as it stood from each day on."""
    pile: list[str] = []
    for day, number in values:
        while len(pile) > number:
            yield pile.pop(), day
        pile += [day] * (number - len(pile))
    for day in pile:
        yield day, OPEN


def _larger(deaths: int, serious: int, loss: int) -> int:
    """Three dead, ten badly hurt or ten million yuan: 较大 or above (Order 493)."""
    return int(deaths >= 3 or serious >= 10 or loss >= 10_000_000 * 100)


def _add_openings(model: Model, found: Found) -> None:
    cells: dict[tuple[str, str], list[Opening]] = {}
    for _, figure in of(model, Opening):
        cells.setdefault((figure.indicator, figure.town), []).append(figure)
    for (indicator, town), standing in cells.items():
        standing.sort(key=lambda figure: figure.from_on)
        for day, figures in found.items():
            known = [figure for figure in standing if figure.from_on <= day]
            if indicator in FLOWS or indicator in OF_YEAR:
                known = [figure for figure in known if figure.from_on[:4] == day[:4]]
            if not known:
                continue
            off = sum(f.written_down for f in known) if indicator in FLOWS else known[-1].written_down
            figures[indicator, town] += known[-1].cumulative - off


def in_trusteeship(model: Model, day: str) -> dict[str, set[int]]:
    """Enterprises with a contract in force on a day, by town; all of them under '合计'."""
    found: dict[str, set[int]] = {"合计": set()}
    for _, contract in of(model, Contract):
        if contract.from_on <= day < contract.until_on:
            town = where(firm(model, contract.enterprise), day)
            found.setdefault(town, set()).add(contract.enterprise)
            found["合计"].add(contract.enterprise)
    return found


def recorded(model: Model, figure: Opening, first: str) -> int:
    """What single records count in the days from `first` on that a total of a flow stands for."""
    cell = (figure.indicator, figure.town)
    before = after(first, -1)
    days = simulate(model, {figure.from_on, before}, openings=False)
    return days[figure.from_on][cell] - (days[before][cell] if before[:4] == first[:4] else 0)
