"""Points (计分): how what was counted becomes points, in one of seven forms. Pure arithmetic on exact fractions.

How a form and its fields are written is a matter of `scoring_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import floor

from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.light_typing import NamedTuple

RATE, STEPS, DEDUCT, BONUS, MARK, VETO, CONSEQUENCE = FORMS = ("按率", "按档", "扣分", "加分", "评分", "否决", "后果")
"""按率: full marks x rate. 按档: the first step reached. 扣分: full marks less so much a step. 加分: so much a step.
评分: what somebody gives. 否决: no points, but a veto. 后果: no points, but what is said."""
WITHOUT_POINTS = frozenset({VETO, CONSEQUENCE})

TO_NOTHING, LAST, UNRANKED, GRADE = EFFECTS = ("得分归零", "名次末位", "不参加排名", "等次")
"""What a veto does; the last one is followed by the grade that the unit is left with: 等次不合格."""
LESS_EACH, MORE_EACH, OVER_EACH, EACH = PER = ("每少", "每多", "每超", "每")
"""What a step is of: missing of what is required or of the task; more than a year before; over the control figure; of
what was counted, or of percentage points below a rate."""

MISSING, UNREPORTED, UNMARKED, UNKNOWN = "缺项", "待报", "待评", "未知"
"""Why an item has no points: there is nothing to count; the unit has not reported; nobody has marked it; a figure that
it rests on is not known. But for the first it is open, and the total that it belongs to is provisional (暂计)."""
OPEN = frozenset({UNREPORTED, UNMARKED, UNKNOWN})

SKIP, SCALE, FULL, NOUGHT = NOTHING = ("不计", "折算", "满分", "零分")
"""What becomes of an item of which there is nothing to count (缺项)."""


PERIODS: Mapping[str, int] = {"月": 1, "季": 3, "半年": 6, "年": 12}
"""Months of what a frequency is in."""


class Frequency(NamedTuple):
    """应有: so many `times` in every `months` (1, 3, 6, 12). `by_quarter`: of a year's times a fourth is due each
    quarter."""

    months: int
    times: int
    by_quarter: bool = False

    def lacking(self, by_month: Sequence[int | None], until: int) -> Fraction | None:
        """How many are lacking by the end of the month `until` (1 to 12), counted period by period: what is too much in
        one does not make up for another, and a period that still runs lacks nothing. `by_month` is what was done in
        each month from January on, as `Given` has it, the one that still runs with the others: of a year's times by
        quarter it makes good what was due before. None where it is not known of a period how many there were."""
        if self.by_quarter:
            due = Fraction(self.times * (until // 3), 4)
            done = _between(by_month, 0, len(by_month)) if due else 0
            return None if done is None else max(Fraction(0), due - done)
        found = self._by_period(by_month, until)
        known = [lacking for _, lacking in found if lacking is not None]
        return Fraction(sum(known)) if len(known) == len(found) else None

    def lacking_by_period(self, by_month: Sequence[int | None], until: int) -> list[tuple[int, int]]:
        """The periods of which any are known to be lacking: (its first month from 0 on, how many), adding up to
        `lacking`. Of a year's times by quarter nothing is told of a single one."""
        if self.by_quarter:
            return []
        return [(begin, lacking) for begin, lacking in self._by_period(by_month, until) if lacking]

    def _by_period(self, by_month: Sequence[int | None], until: int) -> list[tuple[int, int | None]]:
        """Of each period that is over, its first month from 0 on and how many are lacking."""
        begins = range(0, until - self.months + 1, self.months)
        done = [(begin, _between(by_month, begin, begin + self.months)) for begin in begins]
        return [(begin, None if number is None else max(0, self.times - number)) for begin, number in done]

    def due(self, until: int) -> Fraction:
        """How many are due by the end of a month."""
        if self.by_quarter:
            return Fraction(self.times * (until // 3), 4)
        return Fraction(self.times * (until // self.months))

    def text(self) -> str:
        named = next(name for name, months in PERIODS.items() if months == self.months)
        return f"每{named}{self.times}次{'按季' if self.by_quarter else ''}"


def _between(by_month: Sequence[int | None], begin: int, end: int) -> int | None:
    """What was done from one month to before another, both from 0 on; None where it is not known how much of what is
    known together lies before or behind."""
    if None in (*by_month[max(0, begin - 1) : begin], *by_month[end - 1 : end]):
        return None
    return sum(number for number in by_month[begin:end] if number is not None)


class Step(NamedTuple):
    """From `at` on (a rate where it was typed as a percentage) there are `points`."""

    at: Fraction
    percent: bool
    points: Fraction


@dataclass(frozen=True, slots=True)
class Scoring:
    """How an indicator scores. `full` are its full marks, None where it has none of its own: what it takes off or adds
    then goes to the whole.

    按率: `capped`; `nothing_below` a rate there are no points. 按档: `steps`, the best first. 扣分, 加分: `points`
    (None: all) for `each` of what `per` says, in `whole_steps` or in proportion; or for percentage points `below` a
    rate; or each event by its size (`by_event`); or by words (`by_word`). `bottomless`: may fall below 0 (不封底).
    `ceiling`: of a bonus. 评分: `range` of a single mark, `markers` who may, `reason_required`; `unmarked_is_full`:
    full marks until somebody marks; `from_nothing`: marks count from 0 up, not from full marks down. 否决: from
    `threshold` on, `effects` and the `saying`. 后果: `sayings`, each above how many. `required`: what there should be.
    """

    form: str
    full: Fraction | None = None
    required: Frequency | None = None
    capped: bool = False
    nothing_below: Fraction | None = None
    steps: tuple[Step, ...] = ()
    per: str = ""
    each: Fraction = Fraction(1)
    below: Fraction | None = None
    points: Fraction | None = None
    whole_steps: bool = False
    bottomless: bool = False
    ceiling: Fraction | None = None
    by_event: tuple[tuple[Fraction, Fraction], ...] = ()
    by_word: tuple[tuple[str, Fraction], ...] = ()
    range: tuple[Fraction, Fraction] | None = None
    markers: tuple[str, ...] = ()
    reason_required: bool = False
    unmarked_is_full: bool = False
    from_nothing: bool = False
    threshold: Fraction | None = None
    effects: tuple[str, ...] = ()
    saying: str = ""
    sayings: tuple[tuple[Fraction, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What an item is worked out from. None: not known (`value`, `by_month`), or there is none (`base`).

    `value` is what was counted, `base` what it is held against (task, another indicator, control figure, last year),
    `by_month` what was counted in each month of the year, `month` the last one of them; a month of which it is not
    known is None, and what it had is in the next one of which it is. `words` are counts by word,
    `events` the sizes of single events (`in_total`: not of all, a part is known as a total alone), `marks` what was
    given. `exempt`: it does not apply to the unit (不涉及).
    `silent`: the unit has not reported, so that nothing found says nothing; nor, if the `base_counted` is what was
    counted of it, that there was nothing owed. `unfiled`: it has not filed the monthly figure (上报数) that is not
    known.
    """

    value: int | None = None
    base: int | None = None
    month: int = 12
    by_month: Sequence[int | None] | None = None
    words: Mapping[str, int] = field(default_factory=dict)
    events: Sequence[int] = ()
    in_total: bool = False
    marks: Sequence[Fraction] = ()
    exempt: bool = False
    silent: bool = False
    base_counted: bool = False
    unfiled: bool = False


class Points(NamedTuple):
    """`points` None: there are none, and `state` says why (MISSING … UNKNOWN). `due` is what was to be taken off or
    added before any limit; `of` is how much it was for: missing times, events, percentage points, a rate."""

    points: Fraction | None
    state: str = ""
    due: Fraction = Fraction(0)
    of: Fraction | None = None


def points(scoring: Scoring, given: Given) -> Points:
    """What an item comes to for one unit. Of a veto or a consequence there are no points: see `met`."""
    if scoring.form in WITHOUT_POINTS:
        return Points(None)
    if given.exempt:
        return Points(None, MISSING)
    found = _WAYS[scoring.form](scoring, given)
    return found._replace(state=UNREPORTED) if found.state == UNKNOWN and given.unfiled else found


def counted(scoring: Scoring, given: Given) -> Fraction | None:
    """What a veto or a consequence looks at: what is lacking where something is required, else what was counted."""
    if scoring.required is not None:
        return None if given.by_month is None else scoring.required.lacking(given.by_month, given.month)
    return None if given.value is None else Fraction(given.value)


def vetoed(scoring: Scoring, given: Given) -> bool:
    """Whether the condition of a veto is met."""
    value = counted(scoring, given)
    return not given.exempt and value is not None and scoring.threshold is not None and value >= scoring.threshold


def consequences(scoring: Scoring, given: Given) -> tuple[tuple[Fraction, str], ...]:
    """The sayings whose condition is met, each with what it is above of."""
    value = counted(scoring, given)
    return () if given.exempt or value is None else tuple(each for each in scoring.sayings if value > each[0])


def _rate_of(scoring: Scoring, given: Given) -> Points | Fraction:
    """Done of what it is held against; or why there is no such rate."""
    base: Fraction | int | None = given.base
    if scoring.required is not None:
        base = scoring.required.due(given.month)
    if not base and not given.base_counted:
        return Points(None, MISSING)  # nothing is asked, whatever was done
    if given.value is None or base is None:
        return Points(None, UNKNOWN)  # or not filed: `points` tells them apart
    if not base:
        return Points(None, UNREPORTED if given.silent and given.base_counted else MISSING)
    return Fraction(given.value) / base


def _by_rate(scoring: Scoring, given: Given) -> Points:
    rate = _rate_of(scoring, given)
    if isinstance(rate, Points):
        return rate
    full = scoring.full or Fraction(0)
    if scoring.nothing_below is not None and rate < scoring.nothing_below:
        return Points(Fraction(0), of=rate)
    return Points(full * (min(rate, Fraction(1)) if scoring.capped else rate), of=rate)


def _by_steps(scoring: Scoring, given: Given) -> Points:
    if scoring.steps and scoring.steps[0].percent:
        reached = _rate_of(scoring, given)
        if isinstance(reached, Points):
            return reached
    elif given.value is None:
        return Points(None, UNKNOWN)
    else:
        reached = Fraction(given.value)
        if given.silent and not given.value:
            return Points(None, UNREPORTED)
    return Points(next((step.points for step in scoring.steps if reached >= step.at), Fraction(0)), of=reached)


def _amount(scoring: Scoring, given: Given) -> Points | tuple[Fraction, Fraction]:
    """What is to be taken off or added, and for how much of what; or why there is nothing to say."""
    full = scoring.full or Fraction(0)
    if (given.in_total or given.value is None) and (scoring.by_word or scoring.by_event):
        return Points(None, UNKNOWN)
    if scoring.by_word:
        total = sum((worth * given.words.get(word, 0) for word, worth in scoring.by_word), Fraction(0))
        return total, Fraction(sum(given.words.get(word, 0) for word, _ in scoring.by_word))
    if scoring.by_event:
        worths = [
            next((worth for least, worth in scoring.by_event if size >= least), Fraction(0)) for size in given.events
        ]
        return sum(worths, Fraction(0)), Fraction(len(given.events))
    if scoring.below is not None:
        rate = _rate_of(scoring, given)
        if isinstance(rate, Points):
            return rate
        excess = max(Fraction(0), scoring.below - rate)
    elif scoring.per == LESS_EACH and scoring.required is not None:
        lacking = counted(scoring, given)
        if lacking is None:
            return Points(None, UNKNOWN)
        excess = lacking
    elif scoring.per in (LESS_EACH, OVER_EACH) and given.base is None and not given.base_counted:
        return Points(None, MISSING)  # nothing is asked, whatever was done
    elif given.value is None:
        return Points(None, UNKNOWN)
    elif scoring.per == EACH:
        excess = Fraction(given.value)
    elif scoring.per == MORE_EACH and not given.value:
        excess = Fraction(0)  # no more than there was, whether or not that is known
    elif given.base is None:
        return Points(None, UNKNOWN)
    elif scoring.per == LESS_EACH:
        excess = Fraction(max(0, given.base - given.value))
    else:
        excess = Fraction(max(0, given.value - given.base))
    steps = excess / scoring.each
    if scoring.whole_steps:
        steps = Fraction(floor(steps))
    if scoring.points is None:
        return (full if steps > 0 else Fraction(0)), excess
    return scoring.points * steps, excess


def _by_deduction(scoring: Scoring, given: Given) -> Points:
    found = _amount(scoring, given)
    if isinstance(found, Points):
        return found
    due, of = found
    if not due and given.silent and not given.value:
        return Points(None, UNREPORTED)
    left = (scoring.full or Fraction(0)) - due
    return Points(left if scoring.bottomless else max(Fraction(0), left), due=due, of=of)


def _by_bonus(scoring: Scoring, given: Given) -> Points:
    found = _amount(scoring, given)
    if isinstance(found, Points):
        return found
    due, of = found
    return Points(due if scoring.ceiling is None else min(due, scoring.ceiling), due=due, of=of)


def _by_marks(scoring: Scoring, given: Given) -> Points:
    if not given.marks:
        return Points(scoring.full) if scoring.unmarked_is_full else Points(None, UNMARKED)
    given_in_all = sum(given.marks, Fraction(0))
    total = given_in_all if scoring.from_nothing else (scoring.full or Fraction(0)) + given_in_all
    if scoring.full is not None:
        total = min(total, scoring.full)
        if not scoring.bottomless:
            total = max(total, Fraction(0))
    return Points(total, due=given_in_all, of=Fraction(len(given.marks)))


_WAYS: Mapping[str, Callable[[Scoring, Given], Points]] = {
    RATE: _by_rate,
    STEPS: _by_steps,
    DEDUCT: _by_deduction,
    BONUS: _by_bonus,
    MARK: _by_marks,
}
