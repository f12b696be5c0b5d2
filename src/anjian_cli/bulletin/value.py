"""The bulletin as a plain value. Every renderer takes it and nothing else; an issued month is stored as its JSON.

Counts are integers in the indicator's unit (money in fen); rates, paces and scores are exact fractions, rounded
half up only when they are shown. None always means "there is nothing to say" and is shown as —.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction

from anjian_cli.bulletin.points_value import TOLD_IF_ANY, PointsTable
from anjian_cli.light_dataclasses import dataclass, field, replace
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.rules import place_names
from anjian_cli.rules.totals import WITHOUT_TOTAL
from anjian_cli.rules.unit_kinds import DEPARTMENTS

if TYPE_CHECKING:
    from typing import TypeVar

    Told = TypeVar("Told")
    Found = TypeVar("Found")

TARGET = "target"
"""What a rate is against where it is against a task."""
UNSETTLED = ""  # 未定镇街
WHOLE_OF_DEPARTMENTS, UNSETTLED_DEPARTMENT = "各部门", "未定部门"
"""In a code: all departments together; what is of none."""
LATE, UNCOUNTED, OTHERWISE = "late", "uncounted", "otherwise"
"""Why a county is left out of an indicator's total and has no place in it: it has not delivered the month (报送包); it
does not count it (没有采用这个口径); it counts another thing (口径不一)."""
COUNTY = place_names.COUNTY
"""The place of the county's own figures; never a town code, and never printed."""


def _laid_out_once(lay_out: Callable[[Told], Found], most: int) -> Callable[[Told], Found]:
    """A function that lays a thing out, or gives what it was laid out as before. Every row of every table looks itself
    up in what a bulletin tells in order, and a nation has 2,800. So many are kept as `most` says, the oldest goes
    first; they are known by being the same, not alike."""
    kept: dict[int, tuple[Told, Found]] = {}

    def of(told: Told) -> Found:
        found = kept.get(id(told))
        if found is None:
            if len(kept) == most:
                del kept[next(iter(kept))]
            found = kept[id(told)] = told, lay_out(told)
        return found[1]

    return of


@dataclass(frozen=True, slots=True)
class Town:
    """A unit that is ranked, in the office's order (机关序). code '' = 未定镇街."""

    code: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A county that an indicator's total is told without, and why: LATE, UNCOUNTED or OTHERWISE."""

    town: str
    why: str


def _why_of_each(left_out: tuple[LeftOut, ...]) -> dict[str, str]:
    return {one.town: one.why for one in left_out}


def _codes_of_otherwise(left_out: tuple[LeftOut, ...]) -> frozenset[str]:
    return frozenset(one.town for one in left_out if one.why == OTHERWISE)


TABLES = 128
"""So many tables a bulletin has at most, nearly always."""
_why_left_out = _laid_out_once(_why_of_each, TABLES)
_otherwise = _laid_out_once(_codes_of_otherwise, TABLES)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A county that has not delivered the month (报送包): the last month that it has delivered, '' for never."""

    town: str
    until: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one town (or of the county, town '') for one indicator.

    `code` is what `explain` takes, e.g. 10-江南-涉氨. `done` is cumulative for a flow and the number in force for a
    stock; None where it is not known for this day (an opening total covers it only in part). `this_month` is the
    month's own (flow) or net change (stock). `target` None = no target; 0 = a target of nothing; neither is ranked.
    `rate` is done/target, uncapped. `gap` is rate less the pace. `owes_pace` / `owes_year` are how many more are
    needed to reach the pace or the target (never negative). `rank` shares places (1, 2, 2, 4).

    Where fewer is better `control` is what may happen at most (控制数) and `left` what may still happen, below 0 where
    it is exceeded. It is no task: `target`, and all that follows from one, is None there.
    """

    code: str
    town: str
    done: int | None
    this_month: int | None
    target: int | None
    rate: Fraction | None
    gap: Fraction | None
    owes_pace: int | None
    owes_year: int | None
    rank: int | None
    last_rank: int | None
    last_month: int | None  # done as of the end of the month before
    last_year: int | None  # done of the same months of the year before, None = not known
    mean_two_years: Fraction | None  # mean of the two years before, same months
    months: tuple[int | None, ...] = ()  # done by the end of every month of the year so far, this one last
    control: int | None = field(default=None, metadata=TOLD_IF_ANY)
    left: int | None = field(default=None, metadata=TOLD_IF_ANY)

    @property
    def asked(self) -> int | None:
        """What was set for it: a task or a control figure."""
        return self.target if self.control is None else self.control

    @property
    def exceeded(self) -> bool:
        """Whether more has happened than the control figure allows."""
        return self.left is not None and self.left < 0


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """One indicator: its definition as printed, a cell per town in the office's order, and the county's cell.

    `scored` says whether it enters the score this month; if it is ranked in general but not this month,
    `unscored_reason` says why. `pace` is the share of the year's target that is due by now.
    `county_task` is the county's own target from above, `other` the facts without a town (未定镇街).

    `total` is held against the towns' tasks: it is what the towns with a task, and 未定镇街, have done. Where others
    have done something as well, `everywhere` is all that was done, without a task. `county_task` is always held against
    all. `less`: fewer is better; of towns with a control figure the same holds as of those with a task. `like`: under
    an office's own scheme, the id of the shipped indicator that counts the same measure, where it has another.
    `unfiled`: the towns whose figure is not known because they have not filed it for the month (上报数). `counted_as`:
    where so many are required (应有), what the figures are of, 已报 or 已做; the indicator's name (少报) may be that of
    what is lacking. `left_out`: the counties that `total` is told without, and its task: they have no rate, no place.
    What one shows that counts another thing (口径不一) is that other thing.
    """

    id: str
    short: str
    title: str
    unit: str
    kind: str  # flow, stock, distinct, counted, today
    against: str  # 'target', the title of another indicator, or ''
    ranked: bool
    scored: bool
    unscored_reason: str
    pace: Fraction | None
    cells: tuple[Cell, ...]
    total: Cell
    other: Cell | None
    county_task: int | None
    laggards: tuple[str, ...]  # town codes: below the pace and among the last, by the lag rule
    note: str  # e.g. which cells rest on opening figures, and of which day
    of_year: bool = False  # a stock that ends on 1 January: it grows with the year, a month before is no measure
    less: bool = field(default=False, metadata=TOLD_IF_ANY)
    everywhere: Cell | None = field(default=None, metadata=TOLD_IF_ANY)
    like: str = field(default="", metadata=TOLD_IF_ANY)
    unfiled: tuple[str, ...] = field(default=(), metadata=TOLD_IF_ANY)
    counted_as: str = field(default="", metadata=TOLD_IF_ANY)
    left_out: tuple[LeftOut, ...] = field(default=(), metadata=TOLD_IF_ANY)

    @property
    def without(self) -> frozenset[str]:
        """The codes of those that are left out."""
        return frozenset(_why_left_out(self.left_out))

    def why_left_out(self, town: str) -> str:
        """LATE, UNCOUNTED or OTHERWISE; '' where the town is not left out."""
        return _why_left_out(self.left_out).get(town, "")

    @property
    def otherwise(self) -> frozenset[str]:
        """The codes of those that count another thing (口径不一)."""
        return _otherwise(self.left_out)

    @property
    def known_as(self) -> str:
        """The id by which sentences know what it counts: its own, or that of the shipped indicator which counts the
        same (`like`)."""
        return self.like or self.id

    def heading(self, name: str) -> str:
        """What its figures are told under, by its short word or its title: 少报（已报）."""
        return f"{name}（{self.counted_as}）" if self.counted_as else name

    @property
    def whole(self) -> Cell:
        """All that was done in the county, also by towns without a task."""
        return self.total if self.everywhere is None else self.everywhere

    @property
    def untasked(self) -> tuple[str, ...]:
        """The towns that are not in `total`: those without a task (or a control figure), where one did anything."""
        if self.everywhere is None:
            return ()
        without = self.without
        told = (cell for cell in self.cells if cell.town not in without)
        return tuple(cell.town for cell in told if not cell.target and cell.control is None)

    @property
    def controlled(self) -> bool:
        """Whether a control figure is set, for a town or the county."""
        return self.less and (self.county_task is not None or any(cell.control is not None for cell in self.cells))

    @property
    def tasked(self) -> bool:
        """Whether any town has a task in it, or anything to be measured against."""
        return any(cell.target for cell in self.cells)

    @property
    def known(self) -> bool:
        """Whether the figure of every town with a task is known; else nobody is first, last, or done with it for
        certain, and the county neither. Who is left out is not asked."""
        without = self.without
        return all(cell.done is not None for cell in self.cells if cell.target and cell.town not in without)


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One town in one category: the mean of its ranked indicators' capped rates, its place, and how far it is from the
    rate that the pace asks of it."""

    town: str
    rate: Fraction | None
    rank: int | None
    last_rank: int | None
    gap: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    title: str
    scored: bool
    weight: Fraction
    indicators: tuple[IndicatorTable, ...]
    rows: tuple[CategoryRow, ...]  # empty where no indicator is ranked
    total_rate: Fraction | None  # the county's own
    laggards: tuple[str, ...]
    gap: Fraction | None = None  # the county's, against the pace
    last_rate: Fraction | None = None  # the county's a month before, against the tasks of now


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One town over all categories. `score` is in 分 (0-100); `work` is the number of things asked of it. `group_rank`
    is its place among the towns of its `group`, '' where towns are not grouped."""

    town: str
    score: Fraction | None
    rank: int | None
    last_rank: int | None
    categories: int  # how many it is scored in
    work: int
    owes_most: str  # short words: what it owes most, e.g. 三级新创欠5家
    last_score: Fraction | None = None
    group: str = ""
    group_rank: int | None = None

    @property
    def moved(self) -> int | None:
        """Places up since the month before (negative: down); None where one of the two is not known."""
        return None if self.rank is None or self.last_rank is None else self.last_rank - self.rank


@dataclass(frozen=True, slots=True)
class Rescored:
    """What the corrections of an issued month did to a town's score and place in it."""

    month: str
    town: str
    was: Fraction | None
    now: Fraction | None
    was_rank: int | None
    now_rank: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure of an issued month that the records no longer bear out. `definition` = 口径变化, not a correction."""

    month: str
    indicator: str
    town: str
    was: int
    now: int
    definition: bool


@dataclass(frozen=True, slots=True)
class Base:
    """A denominator: a statistic in its unit (fen, people), the day up to which it counts, and where it is from."""

    quantity: int
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class DeathRate:
    """Deaths of the year to date over a statistic of the county; `kind` is that statistic's. The figures of the year
    before are None where they are not known."""

    title: str
    unit: str  # 人/亿元, 人/10万人
    kind: str
    deaths: int
    base: Base
    rate: Fraction
    last_year: int | None
    last_base: Base | None
    last_rate: Fraction | None


@dataclass(frozen=True, slots=True)
class Filings:
    """Town codes by how the month was reported: not at all, late, sent back, sent back and mended, a nil report."""

    missing: tuple[str, ...]
    late: tuple[str, ...]
    returned: tuple[str, ...]
    mended: tuple[str, ...]
    nil: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """What the letter needs to know of who sends it and who gets it; '' where it is not set. `plan_day` and
    `objection_day` are days of the month after, by which towns answer. `consequence` is what the office lets follow for
    who lags, in its own words: 予以通报批评."""

    document_mark: str  # 永安委办
    recipients: str
    copy_to: str
    contact: str
    plan_day: int
    objection_day: int
    consequence: str = field(default="", metadata=TOLD_IF_ANY)


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village of the year's responsibility programme. Days are '' where they are not known; `conclusion` '' = not
    yet judged; `reward` in fen."""

    town: str
    village: str
    agency: str
    moved_in_on: str
    firms_to_guide: int | None
    conclusion: str
    reward: int | None


@dataclass(frozen=True, slots=True)
class Expiring:
    """Contracts of trusteeship in force whose last day comes within 30 days, of one town ('' = 未定镇街)."""

    town: str
    contracts: int


@dataclass(frozen=True, slots=True)
class OverdueMajor:
    """A major hazard (重大) among those that 逾期 counts: the deadline it first met; `town` '' = 未定镇街."""

    town: str
    number: str
    enterprise: str
    description: str
    due_on: str


@dataclass(frozen=True, slots=True)
class MajorHazards:
    """The major hazards (重大) of a town ('' = 未定镇街): `found` this year, `closed` of those found this year, `open`
    all that are not yet; of the overdue ones among these, by how many days. `silent`: it has not reported the month."""

    town: str
    found: int
    closed: int
    open: int
    overdue: tuple[int, ...]
    silent: bool


@dataclass(frozen=True, slots=True)
class OwnScheme:
    """The scheme (考核办法) that an office has adopted: its title, its document number ('' for none), how its totals
    come about (百分制, 不计分, '' for the mean of rates); `since` is its first day in the first month that it is in
    force, whose scores and places are compared with nothing, else ''."""

    title: str
    document: str
    total: str
    since: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A town's agreement with its figures: by whom of the town, on which day, how (微信, 电话 …)."""

    town: str
    by: str
    on: str
    method: str


@dataclass(frozen=True, slots=True)
class OwnText:
    """The clerk's own words in the letter: `section` is 1 to 4, `text` has a paragraph a line."""

    section: int
    text: str


@dataclass(frozen=True, slots=True)
class OfDepartments:
    """What a bulletin says of departments, which are ranked apart; each as the field of that name in `Bulletin`."""

    rule: tuple[str, ...]
    towns: tuple[Town, ...]
    categories: tuple[Category, ...]
    scores: tuple[ScoreRow, ...]
    mean_score: Fraction | None
    laggards: tuple[str, ...]
    notes: tuple[str, ...]
    filings: Filings | None
    points: PointsTable | None = field(default=None, metadata=TOLD_IF_ANY)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """`as_of` is the day the figures are of; `finished` is False in a running month; `state` is '' (computed now),
    'closed' (定稿), 'issued' (印发) or 'withdrawn' (撤回). `known_at` is the moment of the last operation that is in it
    (数据时点, UTC) and `fingerprint` the first eight characters of the ledger's head hash. `witness` are the digits
    (核验码) that a paper made of it prints, '' of an empty ledger; those of a locked month hold what is locked, so they
    are not kept in it. `rule` lists the rules in force, one printed line each."""

    month: str  # YYYY-MM
    as_of: str
    finished: bool
    state: str
    demonstration: bool
    region_name: str
    issuer: str
    document_number: str
    issued_on: str
    known_at: str
    fingerprint: str
    pace: Fraction  # months elapsed / 12
    rule: tuple[str, ...]
    towns: tuple[Town, ...]
    categories: tuple[Category, ...]
    scores: tuple[ScoreRow, ...]  # by rank, then in the office's order; the unranked last
    mean_score: Fraction | None
    laggards: tuple[str, ...]  # by score
    corrections: tuple[Correction, ...]
    notes: tuple[str, ...]
    death_rates: tuple[DeathRate, ...] = ()
    filings: Filings | None = None  # None = the office keeps no reports
    office: Office | None = None  # None in months locked by a version that did not keep it
    villages: tuple[VillageRow, ...] = ()
    expiring: tuple[Expiring, ...] = ()
    rescored: tuple[Rescored, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    overdue_major: tuple[OverdueMajor, ...] = field(default=(), metadata=TOLD_IF_ANY)
    texts: tuple[
        OwnText, ...
    ] = ()  # not locked with the figures: written until it is issued, kept with it once withdrawn
    witness: str = field(default="", metadata=TOLD_IF_ANY)
    points: PointsTable | None = field(default=None, metadata=TOLD_IF_ANY)  # where the scheme gives points (百分制)
    scheme: OwnScheme | None = field(default=None, metadata=TOLD_IF_ANY)  # where an office has adopted one
    major: tuple[MajorHazards, ...] = field(default=(), metadata=TOLD_IF_ANY)  # where its scheme asks for major hazards
    departments: OfDepartments | None = field(default=None, metadata=TOLD_IF_ANY)  # where its scheme ranks them, too
    of: str = field(default="", metadata=TOLD_IF_ANY)  # DEPARTMENTS where it is these that it ranks
    late: tuple[Undelivered, ...] = field(default=(), metadata=TOLD_IF_ANY)  # of counties, in the office's order
    scope: str = field(default="", metadata=TOLD_IF_ANY)  # 市, 省: places are told within these as well (`scope`)

    def of_departments(self) -> Bulletin | None:
        """The same month's bulletin with departments for its towns, None where they are not ranked. What is of towns
        alone is not in it: villages, contracts, rates of deaths, corrections, the clerk's own words."""
        told = self.departments
        if told is None:
            return None
        return replace(
            self,
            rule=told.rule,
            towns=told.towns,
            categories=told.categories,
            scores=told.scores,
            mean_score=told.mean_score,
            laggards=told.laggards,
            corrections=(),
            notes=told.notes,
            death_rates=(),
            filings=told.filings,
            office=self.office and replace(self.office, recipients="各有关部门"),
            villages=(),
            expiring=(),
            rescored=(),
            confirmed=(),
            overdue_major=(),
            texts=(),
            points=told.points,
            major=(),
            departments=None,
            of=DEPARTMENTS,
        )

    @property
    def by_rates(self) -> bool:
        """Whether a score is the mean of rates, which have a pace."""
        return self.points is None and (self.scheme is None or not self.scheme.total)

    @property
    def without_score(self) -> bool:
        """Whether the scheme gives neither a score nor points (不计分)."""
        return self.scheme is not None and self.scheme.total == WITHOUT_TOTAL

    @property
    def county(self) -> str:
        """The whole region as it is printed: 全市, 全县."""
        return place_names.whole(self.region_name)

    @property
    def whole_word(self) -> str:
        """What all of its units together are called in a code: 全市; 各部门."""
        return WHOLE_OF_DEPARTMENTS if self.of else self.county

    @property
    def unsettled_word(self) -> str:
        """What is of none of its units, in a code."""
        return UNSETTLED_DEPARTMENT if self.of else "未定"

    @property
    def unsettled(self) -> str:
        """What is called so that is of none of its units."""
        return UNSETTLED_DEPARTMENT if self.of else place_names.unsettled(town.code for town in self.towns)

    @property
    def units(self) -> str:
        """What its towns are called together: 镇（街、区）, 乡镇（街道）; 部门 where it ranks departments."""
        return self.of or units_of(self.towns)

    @property
    def of_counties(self) -> bool:
        """Whether it ranks counties: it is a city's, a province's or the nation's."""
        return not self.of and place_names.are_counties(town.code for town in self.towns)

    @property
    def brief_units(self) -> str:
        """The same over a narrow column: 镇街区, 乡镇街."""
        return self.of or brief_units_of(self.towns)

    def town(self, code: str) -> Town:
        """The town called `code`; raises KeyError."""
        return self.towns[self.at(code)]

    def at(self, code: str) -> int:
        """Where a town stands in the office's order: which row of a category and which cell of a table is its own.
        Raises KeyError."""
        return _places(self.towns)[code]


def _in_order(towns: tuple[Town, ...]) -> dict[str, int]:
    return {town.code: at for at, town in enumerate(towns)}


_places = _laid_out_once(_in_order, 4)  # a month's, its departments', those that it is held against


def units_of(towns: Collection[Town]) -> str:
    """What units are called together: 镇（街、区）, 乡镇（街道）; counties 县（市、区）."""
    if place_names.are_counties(town.code for town in towns):
        return place_names.COUNTIES
    return place_names.units(town.name for town in towns)


def brief_units_of(towns: Collection[Town]) -> str:
    """The same over a narrow column: 镇街区, 乡镇街; counties 县市区."""
    if place_names.are_counties(town.code for town in towns):
        return place_names.COUNTIES_BRIEF
    return place_names.brief_units(town.name for town in towns)


@dataclass(frozen=True, slots=True)
class TaskBasis:
    """A target in force, in its indicator's unit (money in fen); `quantity` None = withdrawn.

    `town` is the code of the town in force that it counts for, or COUNTY; `name` is that of the town it was given to,
    which may have merged since. `adjusted` says whether another target of the year stood before it: `before` is its
    quantity (None = withdrawn), `reason` the remark made on the adjustment.
    """

    indicator: str
    town: str
    name: str
    quantity: int | None
    document: str
    from_on: str
    adjusted: bool
    before: int | None
    reason: str
