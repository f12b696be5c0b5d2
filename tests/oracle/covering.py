"""A second opinion on which enterprises were inspected: in a campaign or in the year so far, by every split, and what
is due of it (行动检查未覆盖, 定期检查).

From the domain's rules alone, over plain facts that a random office is made of (`covering_office`): each firm is asked
one question after the other, as a clerk with a pencil would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from oracle.model import BEGINNING, OPEN, after

UNTOLD = {
    "镇街": "未定镇街",
    "行业": "未填行业",
    "风险": "未填风险",
    "等级": "未评定",
    "部门": "未定部门",
    "网格": "未定网格",
}
DIVISIONS = {"33": "金属制品业", "34": "通用设备制造业", "35": "专用设备制造业"}
"""Of the standard GB/T 4754 those that are drawn: the first two digits of a code, behind its letter."""
SELF = "企业自查"


@dataclass
class Firm:
    """`moves` and `states` as in `model.Enterprise`; `industry` a code, '' where it is not known."""

    name: str
    moves: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    risks: tuple[str, ...]
    industry: str
    registered_on: str
    village: str = ""
    voided: bool = False


@dataclass
class Unit:
    """A town or a department; from `until_on` on it is a part of another one."""

    name: str
    until_on: str = OPEN
    merged_into: str = ""


@dataclass
class Part:
    """A part of a campaign's scope: `which` is the word, the town's code or the firm's place."""

    kind: str
    which: str
    from_on: str = BEGINNING
    until_on: str = OPEN
    voided: bool = False


@dataclass
class Phase:
    title: str
    from_on: str
    visited: int  # per cent; 0 where it asks for nothing
    voided: bool = False


@dataclass
class Campaign:
    name: str
    from_on: str
    last_on: str  # OPEN where it has no end
    parts: list[Part] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)


@dataclass
class Visit:
    firm: int
    on: str
    method: str
    department: str
    campaign: str
    voided: bool = False


@dataclass
class Grading:
    firm: int
    grade: str
    from_on: str
    voided: bool = False


@dataclass
class Grid:
    name: str
    town: str
    village: str
    from_on: str  # '' where nobody told
    until_on: str = OPEN
    voided: bool = False
    number: str = ""

    def in_use(self, day: str) -> bool:
        return not self.voided and (self.from_on or BEGINNING) <= day < self.until_on


@dataclass
class Office:
    """Everything by the place in its list, or by its code; `times` is how often a year the firms of a grade are to be
    inspected: from a day on, so many times."""

    towns: dict[str, Unit]
    departments: dict[str, Unit]
    firms: list[Firm] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    gradings: list[Grading] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    times: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    # one firm

    def town(self, firm: Firm, day: str) -> str:
        """The code of the town in force in which it is on a day, '' where that is not known."""
        return unit_on(self.towns, _last(firm.moves, day), day)

    def grade(self, firm: int, day: str) -> tuple[str, str]:
        """Its grade on a day, and since when; '' and '' where it has none."""
        found = [
            (one.from_on, one.grade)
            for one in self.gradings
            if one.firm == firm and not one.voided and one.from_on <= day
        ]
        since, grade = max(found, default=("", ""))
        return grade, since

    def in_operation(self, firm: Firm, day: str) -> bool:
        return not firm.voided and (firm.registered_on or BEGINNING) <= day and _last(firm.states, day) == "在营"

    def words(self, at: int, per: str, day: str) -> tuple[str, ...]:
        """What a firm counts under in a split."""
        firm = self.firms[at]
        found: tuple[str, ...]
        match per:
            case "镇街":
                code = self.town(firm, day)
                found = (self.towns[code].name,) if code else ()
            case "行业":
                found = (DIVISIONS[firm.industry[1:3]],) if firm.industry else ()
            case "风险":
                found = firm.risks
            case "等级":
                found = tuple(filter(None, [self.grade(at, day)[0]]))
            case "网格":
                found = self._grid(firm, day)
            case _:
                raise ValueError(per)
        return found or (UNTOLD[per],)

    def _grid(self, firm: Firm, day: str) -> tuple[str, ...]:
        """That of its village, if that has only one; where it moved, its village is not known."""
        moved = any(BEGINNING < on <= day for on, _ in firm.moves)
        there = [] if moved else [grid for grid in self.grids if grid.village == firm.village and grid.in_use(day)]
        if not firm.village or len(there) != 1:
            return ()
        code, name = unit_on(self.towns, there[0].town, day), there[0].name
        same = [one for one in self.grids if not one.voided and one.name == name]
        alike = sum(unit_on(self.towns, one.town, day) == code for one in same)  # merged towns may both have one
        told = name if alike == 1 else f"{name}（{there[0].number}）"
        return (f"{self.towns[code].name} {told}",)


def _last(dated: tuple[tuple[str, str], ...], day: str) -> str:
    return [value for from_on, value in dated if from_on <= day][-1]


def unit_on(units: dict[str, Unit], code: str, day: str) -> str:
    """The unit that one is a part of on a day; '' of none."""
    while code and units[code].until_on <= day:
        code = units[code].merged_into
    return code


class Covered(NamedTuple):
    """Of a campaign (None for the year so far) on a day: the places of the firms in scope, of those inspected, and the
    visits that count."""

    last: str
    scope: set[int]
    inspected: set[int]
    visits: list[Visit]


def covered(office: Office, campaign: Campaign | None, day: str) -> Covered:
    """Of an ended campaign it is as it was on its last day."""
    first, last = f"{day[:4]}-01-01", day
    if campaign is not None:
        first, last = campaign.from_on, min(day, campaign.last_on)
    scope = {
        at
        for at, firm in enumerate(office.firms)
        if office.in_operation(firm, last) and (campaign is None or _meant(office, campaign, at, last))
    }
    visits = [
        visit
        for visit in office.visits
        if not visit.voided
        and not office.firms[visit.firm].voided
        and first <= visit.on <= last
        and (campaign is None or visit.campaign == campaign.name)
    ]
    return Covered(last, scope, scope & {visit.firm for visit in visits}, visits)


def _meant(office: Office, campaign: Campaign, at: int, day: str) -> bool:
    """By any part of the scope that is in force on the day; all are, where none is."""
    parts = [part for part in campaign.parts if not part.voided and part.from_on <= day < part.until_on]
    firm = office.firms[at]

    def by(part: Part) -> bool:
        match part.kind:
            case "风险":
                return part.which in firm.risks
            case "行业":
                return bool(firm.industry) and firm.industry.startswith(part.which)
            case "等级":
                return office.grade(at, day)[0] == part.which
            case "镇街":
                return unit_on(office.towns, part.which, day) == office.town(firm, day)
            case _:
                return part.which == str(at)

    return not parts or any(map(by, parts))


Figures = tuple[int | None, int, int | None, int]  # in scope, inspected, not inspected, visits


def split(office: Office, of: Covered, per: str) -> dict[str, Figures]:
    """A row for each word: where there is neither a firm in scope nor a visit, there is none. A firm with several
    risks is in the row of each. Whoever inspects, or how, has no scope of their own: of a method (方式) it is the
    whole."""
    if per in ("方式", "部门"):
        return _split_by_visit(office, of, per)
    found: dict[str, tuple[set[int], list[Visit]]] = {}
    for at in of.scope | {visit.firm for visit in of.visits}:
        for word in office.words(at, per, of.last):
            firms, visits = found.setdefault(word, (set(), []))
            firms.add(at)
            visits += [visit for visit in of.visits if visit.firm == at]
    return {
        word: (len(firms & of.scope), len(firms & of.inspected), len(firms & (of.scope - of.inspected)), len(visits))
        for word, (firms, visits) in found.items()
    }


def _split_by_visit(office: Office, of: Covered, per: str) -> dict[str, Figures]:
    found: dict[str, list[Visit]] = {}
    for visit in of.visits:
        word = visit.method
        if per == "部门":
            code = unit_on(office.departments, visit.department, of.last)
            word = office.departments[code].name if code else UNTOLD["部门"]
        found.setdefault(word, []).append(visit)
    rows: dict[str, Figures] = {}
    for word, visits in found.items():
        firms = {visit.firm for visit in visits} & of.scope
        whole = len(of.scope) if per == "方式" else None
        rows[word] = (whole, len(firms), None if whole is None else whole - len(firms), len(visits))
    return rows


# --- what is due of it


class Asked(NamedTuple):
    """One thing to be done; `town` is a code, '' where none is known."""

    kind: str
    town: str
    subject: str
    due_on: str


def campaigns_uncovered(office: Office, day: str) -> Iterator[Asked]:
    """行动检查未覆盖: a phase that has begun asks for so many per cent of a town's firms in scope, until its last day,
    and as long as the campaign lasts; a campaign without an end has a last phase without a last day."""
    for campaign in office.campaigns:
        if not campaign.from_on <= day <= campaign.last_on:
            continue
        of = covered(office, campaign, day)
        towns = Counter(office.town(office.firms[at], day) for at in of.scope)
        done = Counter(office.town(office.firms[at], day) for at in of.inspected)
        phases = sorted((one for one in campaign.phases if not one.voided), key=lambda one: one.from_on)
        for phase, following in zip(phases, [*phases, None][1:], strict=True):
            last = after(following.from_on, -1) if following else campaign.last_on
            if not phase.visited or phase.from_on > day or last == OPEN or last < phase.from_on:
                continue
            for town, firms in towns.items():
                if done[town] < firms * phase.visited / 100:
                    yield Asked("行动检查未覆盖", town, campaign.name, last)


def regular_inspections(office: Office, day: str) -> Iterator[Asked]:
    """定期检查: a firm in operation that had its grade when the running part of the year began is to be inspected by
    the end of that part, by somebody else than itself."""
    for at, firm in enumerate(office.firms):
        grade, since = office.grade(at, day)
        dated = sorted(one for one in office.times.get(grade, ()) if one[0] <= day)
        if not grade or not dated or not office.in_operation(firm, day):
            continue
        first, last = _part_of_year(dated[-1][1], day)
        came = any(
            visit.firm == at and not visit.voided and visit.method != SELF and first <= visit.on <= day
            for visit in office.visits
        )
        if since <= first and not came:
            yield Asked("定期检查", office.town(firm, day), firm.name, last)


def _part_of_year(times: int, day: str) -> tuple[str, str]:
    """The part of the year in which a day is, where the year has so many of equal length in months."""
    months = 12 // times
    first = (int(day[5:7]) - 1) // months * months + 1
    begin = f"{day[:4]}-{first:02}-01"
    following = f"{int(day[:4]) + 1}-01-01" if first + months > 12 else f"{day[:4]}-{first + months:02}-01"
    return begin, after(following, -1)
