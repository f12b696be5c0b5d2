"""What happened, as plain values: the model of a ledger that a random history is told beside it.

The model shares nothing with the views, the sums or the workflow: events are kept as they were told, days and texts
that were not told are '', numbers 0. What they add up to says `simulation`, what must hold among them
`rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

OPEN = "9999-12-31"
BEGINNING = "0001-01-01"
FIRST, LAST = date(2013, 1, 1), date(2027, 1, 1)
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
PROGRAMMES = ("喷涂", "胶水", "涉粉", "涉氨", "有限空间", "冶金", "危化")
LEVELS = ("镇级", "县级", "设区市级", "省级")
STAGES = ("begun_on", "consulted_on", "self_assessed_on", "applied_on", "reviewed_on", "announced_on")
# Totals of records that the ledger also holds one by one: flows (one of them money), stocks, of the year two.
FLOWS = (*TRAINING.values(), "hazard.found", "case.fine", "special.enrolled.喷涂", "accident.deaths")
STOCKS = ("trusteeship.喷涂", "trusteeship.小微", "equipment.智慧用电", "standard.review_due", "health.tested")
OF_YEAR = {"standard.review_due", "health.tested"}
TARGETS = ("training.网格员", "trusteeship.喷涂")

Key = tuple[str, int]


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
    states: tuple[tuple[str, str], ...] = ((BEGINNING, "在营"),)  # (day, operating state), in order
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
    work: tuple[tuple[str, str], ...] = ()  # (rectified, failed, accepted, reopened; day), in order
    found_by: str = ""
    charges: tuple[tuple[str, str], ...] = (("", ""),)  # (from which day on, which department answers), in order
    letters: tuple[tuple[str, str, str], ...] = ()  # (handed over on, answer due on, answered on), in any order

    def whose(self, _day: str) -> str:
        """For which unit it counts on a day: the town where it was found."""
        return self.town

    def charged_to(self, day: str) -> str:
        return [department for from_on, department in self.charges if from_on <= day][-1]

    def letter(self, handed_over_on: str) -> tuple[str, str]:
        """Of a handing over: the last day of the answer, and the day on which it came."""
        found = [(due_on, answered_on) for day, due_on, answered_on in self.letters if day == handed_over_on]
        return found[0] if found else ("", "")

    def written(self, due_on: str, answered_on: str) -> Hazard:
        """Told of the last handing over: the last day of the answer, the day on which it came; a blank leaves it."""
        day = self.charges[-1][0]
        was = self.letter(day)
        others = tuple(one for one in self.letters if one[0] != day)
        return replace(self, letters=(*others, (day, due_on or was[0], answered_on or was[1])))

    @property
    def stage(self) -> str:
        return "closed" if self.events[-1][0] == "accepted" else "rectified" if self.rectified else "open"


@dataclass(frozen=True)
class Inspection:
    number: str
    enterprise: int
    town: str
    inspected_on: str
    method: str
    department: str = ""
    voided: bool = False


# --- of an enterprise: counted where it was on the day


@dataclass(frozen=True)
class Standard:
    number: str
    enterprise: int
    grade: str
    kind: str
    begun_on: str  # the earliest of all its days
    consulted_on: str = ""
    self_assessed_on: str = ""
    applied_on: str = ""
    reviewed_on: str = ""
    announced_on: str = ""
    abandoned_on: str = ""
    revoked_on: str = ""
    excused_on: str = ""
    voided: bool = False

    @property
    def first_stage(self) -> str:
        """The first day of a stage after the beginning."""
        return min((day for stage in STAGES[1:] if (day := getattr(self, stage))), default="")

    @property
    def ended_on(self) -> str:
        """The day on which it was no longer being created."""
        return self.announced_on or self.abandoned_on or OPEN


@dataclass(frozen=True)
class Programme:
    number: str
    enterprise: int
    kind: str
    enrolled_on: str
    reason: str = ""
    inspected_on: str = ""
    diagnosed_on: str = ""
    planned_on: str = ""
    rectified_on: str = ""
    accepted_on: str = ""
    conclusion: str = ""
    outcome: str = ""
    outcome_on: str = ""
    excused_on: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Contract:
    number: str
    enterprise: int
    kind: str
    from_on: str
    last_on: str
    visits_per_year: int
    ended_on: str = ""
    voided: bool = False

    @property
    def until_on(self) -> str:
        """The first day on which it is not in force any more."""
        return self.ended_on or after(self.last_on)


@dataclass(frozen=True)
class Visit:
    number: str
    enterprise: int
    kind: str
    visited_on: str
    voided: bool = False


@dataclass(frozen=True)
class Exposure:
    number: str
    enterprise: int
    level: str
    from_on: str
    ended_on: str = ""
    voided: bool = False


@dataclass(frozen=True)
class HealthTest:
    number: str
    enterprise: int
    sampled_on: str
    reported_on: str
    points: int
    points_over: int = 0
    remedied_on: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Device:
    number: str
    enterprise: int
    installed_on: str
    removed_on: str = ""
    sets: int = 0
    voided: bool = False


@dataclass(frozen=True)
class RiskGrade:
    number: str
    enterprise: int
    grade: str
    from_on: str
    voided: bool = False


@dataclass(frozen=True)
class Diagnosis:
    number: str
    enterprise: int
    diagnosed_on: str
    planned_on: str = ""
    voided: bool = False


# --- of a town or the county


@dataclass(frozen=True)
class ResponsibleVillage:
    number: str
    year: int
    town: str
    village: str
    enrolled_on: str
    accepted_on: str = ""
    conclusion: str = ""
    reward: int = 0
    paid_on: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Guidance:
    number: str
    responsible_village: int
    enterprise: int
    guided_on: str
    voided: bool = False


@dataclass(frozen=True)
class Case:
    number: str
    case_number: str
    town: str
    filed_on: str
    accident: str
    decided_on: str = ""
    fine: int = 0
    referred: int = 0
    referred_on: str = ""
    revoked_on: str = ""
    department: str = ""
    enterprise: int = 0  # whose it is: 0 where it is of none in the ledger
    voided: bool = False


@dataclass(frozen=True)
class Accident:
    number: str
    town: str
    happened_on: str
    sector: str
    toll: tuple[tuple[str, int, int, int], ...]  # (known on, deaths, seriously injured, loss in fen), in order
    production: str = "是"
    written_off_on: str = ""
    enterprise: int = 0
    voided: bool = False


@dataclass(frozen=True)
class Filing:
    number: str
    month: str
    filed_on: str
    due_on: str
    nil: str
    town: str = ""
    figures: tuple[tuple[str, int], ...] = ()  # (indicator, quantity), sorted
    department: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Officer:
    number: str
    town: str
    name: str
    village: str = ""
    from_on: str = ""
    until_on: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Agency:
    number: str
    name: str
    qualification: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Department:
    number: str
    name: str
    duty: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Campaign:
    number: str
    name: str
    from_on: str
    push_on: str = ""
    summary_on: str = ""
    last_on: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Statistic:
    number: str
    kind: str
    town: str
    from_on: str
    quantity: int
    voided: bool = False


@dataclass(frozen=True)
class WorkItem:
    number: str
    kind: str
    done_on: str
    town: str = ""
    title: str = ""
    level: str = ""
    times: int = 1
    department: str = ""
    voided: bool = False


@dataclass(frozen=True)
class MonthlyFigure:
    number: str
    kind: str
    month: str
    quantity: int
    town: str = ""
    department: str = ""
    voided: bool = False


# --- the work of an office: grids, plans, campaigns, what the lagging answer


@dataclass(frozen=True)
class Grid:
    number: str
    town: str
    name: str
    village: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Plan:
    number: str
    year: int
    kind: str
    stage: str
    due_on: str
    voided: bool = False


@dataclass(frozen=True)
class Phase:
    number: str
    campaign: int
    title: str
    from_on: str
    voided: bool = False


@dataclass(frozen=True)
class Scope:
    number: str
    campaign: int
    kind: str
    word: str = ""
    town: str = ""
    enterprise: int = 0
    voided: bool = False


@dataclass(frozen=True)
class CatchUp:
    number: str
    month: str
    filed_on: str
    town: str = ""
    department: str = ""
    figures: tuple[tuple[str, int], ...] = ()  # (indicator, quantity), sorted
    voided: bool = False


# --- what holds from a day on, and totals without records


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


OfEnterprise = (
    Standard | Programme | Contract | Visit | Exposure | HealthTest | Device | Inspection | RiskGrade | Diagnosis
)
OfWork = Grid | Plan | Phase | Scope | CatchUp
Listed = Officer | Agency | Department | Campaign | Statistic
OfTown = WorkItem | MonthlyFigure
OfOffice = ResponsibleVillage | Guidance | Case | Accident | Filing | Listed | OfTown
Entry = Town | Village | Enterprise | Training | Hazard | OfEnterprise | OfOffice | OfWork | Opening | Dated
Model = dict[Key, Entry]
E = TypeVar("E", bound=Entry)


def of(model: Model, kind: type[E], *, voided: bool = False) -> list[tuple[Key, E]]:
    return [(k, e) for k, e in model.items() if isinstance(e, kind) and (voided or not e.voided)]


def firm(model: Model, row: int) -> Enterprise:
    """The enterprise with an id."""
    found = model["enterprise", row]
    assert isinstance(found, Enterprise)
    return found


def settled(model: Model) -> Model:
    """An undertaking began at the latest with its first stage: brought into line once all of an operation is told."""
    return {
        key: replace(one, begun_on=one.first_stage)
        if isinstance(one, Standard) and "" < one.first_stage < one.begun_on
        else one
        for key, one in model.items()
    }


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


def turned(states: tuple[tuple[str, str], ...], day: str, state: str) -> tuple[tuple[str, str], ...]:
    """Learned: from `day` until its next change the state was another."""
    at = max(i for i, (from_on, _) in enumerate(states) if from_on <= day)
    from_on, was = states[at]
    if was == state:
        return states
    if from_on == day:
        return (*states[:at], (from_on, state), *states[at + 1 :])
    return (*states[: at + 1], (day, state), *states[at + 1 :])


def month_end(month: str, later: int = 0) -> str:
    """The last day of a month (YYYY-MM), or of the one so many months later."""
    year, ordinal = divmod(int(month[:4]) * 12 + int(month[5:]) + later, 12)
    return after(f"{year:04}-{ordinal + 1:02}-01", -1)


def after(day: str, days: int = 1) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def years_on(day: str, years: int) -> str:
    """A bound to hold days against, as text: the same day some years on. Of 29 February it need not be a day."""
    return f"{int(day[:4]) + years:04}{day[4:]}"
