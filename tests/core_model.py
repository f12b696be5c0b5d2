"""What happened, as plain values, and a second opinion on what it adds up to.

The model shares nothing with the views, the sums or the workflow: events are kept as they were told, and `simulate`
walks them one day after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

OPEN = "9999-12-31"
BEGINNING = "0001-01-01"
FIRST, LAST = date(2017, 1, 1), date(2020, 3, 2)
ALL_DAYS = tuple((FIRST + timedelta(n)).isoformat() for n in range((LAST - FIRST).days))
TRAINING = {
    "主要负责人": "training.负责人",
    "安全管理人员": "training.管理人员",
    "特种作业人员": "training.特种作业",
    "其他从业人员": "training.其他",
    "网格员": "training.网格员",
}
MONTH_ENDS = ("2017-11-30", "2017-12-31", "2018-01-31", "2018-02-28")
CONTRACTS = ("喷涂", "涉氨", "涉粉", "小微")
LEVELS = ("镇级", "县级", "设区市级", "省级")
# Totals of records that the ledger also holds one by one, and of others; flows, stocks, one of the year, money.
FLOWS = (*TRAINING.values(), "hazard.found", "case.fine")
STOCKS = ("trusteeship.喷涂", "trusteeship.小微", "standard.review_due")
OF_YEAR = {"standard.review_due"}
TARGETS = ("training.网格员", "trusteeship.喷涂")

Key = tuple[str, int]


# --- the model: what happened, as plain values


@dataclass(frozen=True)
class Town:
    code: str
    voided: bool = False


@dataclass(frozen=True)
class Village:
    code: str
    town: str
    voided: bool = False


@dataclass(frozen=True)
class Enterprise:
    number: str
    name: str
    moves: tuple[tuple[str, str], ...]  # (day, town or ''), in order
    voided: bool = False


@dataclass(frozen=True)
class Training:
    number: str
    town: str
    held_on: str
    kind: str
    passed: int
    voided: bool = False


@dataclass(frozen=True)
class Hazard:
    number: str
    enterprise: int
    town: str
    level: str
    events: tuple[tuple[str, str, str], ...]  # (found, extended, accepted, reopened; day; deadline)
    listings: tuple[tuple[str, str], ...] = ()
    rectified: bool = False  # and not accepted yet
    voided: bool = False

    @property
    def stage(self) -> str:
        return "closed" if self.events[-1][0] == "accepted" else "rectified" if self.rectified else "open"


@dataclass(frozen=True)
class Contract:
    number: str
    enterprise: int
    kind: str
    from_on: str
    until_on: str
    voided: bool = False


@dataclass(frozen=True)
class Opening:
    number: str
    indicator: str
    town: str
    from_on: str
    cumulative: int
    written_down: int = 0
    voided: bool = False


@dataclass(frozen=True)
class Dated:
    """A target or a setting: a value for a key from a day on."""

    number: str
    key: tuple[object, ...]
    from_on: str
    value: object
    voided: bool = False


Entry = Town | Village | Enterprise | Training | Hazard | Contract | Opening | Dated
Model = dict[Key, Entry]
E = TypeVar("E", bound=Entry)


def of(model: Model, kind: type[E], *, voided: bool = False) -> list[tuple[Key, E]]:
    return [(k, e) for k, e in model.items() if isinstance(e, kind) and (voided or not e.voided)]


def where(enterprise: Enterprise, day: str) -> str:
    town = ""
    for from_on, moved_to in enterprise.moves:
        if from_on <= day:
            town = moved_to
    return town


def moved(moves: tuple[tuple[str, str], ...], day: str, town: str) -> tuple[tuple[str, str], ...]:
    """Learned: from `day` on it was in `town`. What was unknown until then, or begins that day, is corrected."""
    at = max(i for i, (from_on, _) in enumerate(moves) if from_on <= day)
    from_on, was = moves[at]
    if was == town:
        return moves
    if was == "" or from_on == day:
        return (*moves[:at], (from_on, town), *moves[at + 1 :])
    return (*moves[: at + 1], (day, town), *moves[at + 1 :])


def parts(model: Model) -> dict[Key, tuple[str, int]]:
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


def after(day: str, days: int = 1) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


# --- the second opinion: one day after the other


def simulate(model: Model, wanted: Iterable[str], *, openings: bool = True) -> dict[str, Counter[tuple[str, str]]]:
    """Figures (indicator, town) of the days wanted, those that are 0 left out."""
    found: dict[str, Counter[tuple[str, str]]] = {day: Counter() for day in wanted}
    for _, training in of(model, Training):
        for day, figures in found.items():
            if day[:4] + "-01-01" <= training.held_on <= day:
                figures[TRAINING[training.kind], training.town] += training.passed
    for _, hazard in of(model, Hazard):
        _walk(hazard, found)
    for _, contract in of(model, Contract):
        enterprise = model["enterprise", contract.enterprise]
        assert isinstance(enterprise, Enterprise)
        for day, figures in found.items():
            if contract.from_on <= day < contract.until_on:
                figures["trusteeship." + contract.kind, where(enterprise, day)] += 1
    if openings:
        _add_openings(model, found)
    return {day: Counter({cell: n for cell, n in figures.items() if n}) for day, figures in found.items()}


def _walk(hazard: Hazard, found: dict[str, Counter[tuple[str, str]]]) -> None:
    found_on = hazard.events[0][1]
    waiting = list(hazard.events)
    deadline = ""
    is_open = False
    due: list[list[Any]] = []  # [day, settled in time, settled afterwards]
    for day in ALL_DAYS:
        while waiting and waiting[0][1] <= day:
            what, _, until = waiting.pop(0)
            if what == "accepted":
                is_open = False
                for one in due:
                    one[2] = one[2] or not one[1]
            else:
                is_open, deadline = True, until
        if deadline == day:
            due.append([day, not is_open, False])
        figures = found.get(day)
        if figures is None or found_on > day:
            continue
        year = day[:4]
        figures["hazard.found", hazard.town] += found_on[:4] == year
        figures["hazard.open", hazard.town] += is_open
        figures["hazard.overdue", hazard.town] += is_open and deadline < day
        figures["hazard.listed", hazard.town] += sum(a <= day < b for a, b in hazard.listings)
        figures["hazard.accepted_of_year", hazard.town] += found_on[:4] == year and not is_open
        of_year = [one for one in due if one[0][:4] == year]
        figures["hazard.due_of_year", hazard.town] += len(of_year)
        figures["hazard.on_time_of_year", hazard.town] += sum(one[1] for one in of_year)
        figures["hazard.late_of_year", hazard.town] += sum(one[2] for one in of_year)
        # 到期 = 按期整改 + 逾期后整改 + 逾期未整改, always; the last one is not kept, so it is told apart here.
        outstanding = sum(1 for one in of_year if not one[1] and not one[2])
        assert len(of_year) == sum(one[1] + one[2] for one in of_year) + outstanding


def _add_openings(model: Model, found: dict[str, Counter[tuple[str, str]]]) -> None:
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
        enterprise = model["enterprise", contract.enterprise]
        assert isinstance(enterprise, Enterprise)
        if contract.from_on <= day < contract.until_on:
            found.setdefault(where(enterprise, day), set()).add(contract.enterprise)
            found["合计"].add(contract.enterprise)
    return {town: firms for town, firms in found.items() if firms or town == "合计"}


def recorded(model: Model, figure: Opening, first: str) -> int:
    """Single records of a flow in the days a total stands for."""
    if figure.indicator == "hazard.found":
        days = [(h.events[0][1], h.town, 1) for _, h in of(model, Hazard)]
    else:
        days = [(t.held_on, t.town, t.passed) for _, t in of(model, Training) if TRAINING[t.kind] == figure.indicator]
    return sum(n for day, town, n in days if town == figure.town and first <= day <= figure.from_on)
