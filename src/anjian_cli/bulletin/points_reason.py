"""Why an item has the points that it has, a veto stands, a consequence is met: the few words that are printed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.definition import Indicator
from anjian_cli.bulletin.phrase import day
from anjian_cli.bulletin.points_evidence import Lifting, Mark
from anjian_cli.bulletin.points_value import Lacking
from anjian_cli.rules import scoring
from anjian_cli.rules.scoring import (
    BONUS,
    DEDUCT,
    LESS_EACH,
    MARK,
    MISSING,
    MORE_EACH,
    OVER_EACH,
    RATE,
    STEPS,
    UNKNOWN,
    UNMARKED,
    UNREPORTED,
    Given,
    Points,
    Scoring,
)
from anjian_cli.rules.scoring_text import percent

_STATES = {UNREPORTED: "未报送，待报", UNMARKED: "尚未评分", UNKNOWN: "累计数无从得知"}


def points(value: Fraction | None) -> str:
    """Points as they are printed (`wording.marks`)."""
    return wording.marks(value)


def of_item(indicator: Indicator, how: Scoring, given: Given, found: Points, marks: Sequence[Mark]) -> str:
    """缺2次，扣1分; 发现5处，应扣5分，扣完4分; '' where there is nothing to say."""
    if found.state == MISSING:
        return "不涉及" if given.exempt else _nothing_owed(indicator, how)
    if found.state == UNKNOWN and given.in_total and (how.by_word or how.by_event):
        return "期初数没有按词分开" if how.by_word else "期初数没有逐起记录"
    if found.state:
        return _STATES[found.state]
    if how.form == MARK:
        return "；".join(dict.fromkeys(mark.reason for mark in marks if mark.reason))
    if how.form in (RATE, STEPS):
        return _by_rate(indicator, how, found)
    return _by_step(indicator, how, given, found)


def _nothing_owed(indicator: Indicator, how: Scoring) -> str:
    if how.required is not None:
        return "还没有到期的"
    if indicator.less:
        return "没有控制数"
    return "没有任务" if indicator.against in ("", "target") else "没有应办的"


def _by_rate(indicator: Indicator, how: Scoring, found: Points) -> str:
    rate = found.of
    if rate is None:
        return ""
    if how.form == STEPS and not how.steps[0].percent:
        return _amount(rate, indicator)
    said = f"完成{wording.percent(rate)}"
    if how.nothing_below is not None and rate < how.nothing_below:
        said += f"，低于{percent(how.nothing_below)}，不得分"
    return said


def _by_step(indicator: Indicator, how: Scoring, given: Given, found: Points) -> str:
    verb = "加" if how.form == BONUS else "扣"
    if not found.due:
        return ""
    limit = _limit(how, found)
    said = f"应{verb}{points(found.due)}分，{limit}" if limit else f"{verb}{points(found.due)}分"
    return f"{_for_what(indicator, how, given, found.of or Fraction(0))}，{said}"


def _limit(how: Scoring, found: Points) -> str:
    """What a limit left of what was to be taken off or added; '' where none did."""
    if how.form == DEDUCT and how.full is not None and not how.bottomless and found.due > how.full:
        return f"扣完该项{points(how.full)}分为止"
    if how.form == BONUS and how.ceiling is not None and found.due > how.ceiling:
        return f"按不超过{points(how.ceiling)}分加"
    return ""


def _for_what(indicator: Indicator, how: Scoring, given: Given, of: Fraction) -> str:
    if how.by_word:
        return "、".join(f"{word}{given.words[word]}" for word, _ in how.by_word if given.words.get(word))
    if how.by_event:
        return f"{points(of)}起"
    if how.below is not None:
        return f"比{percent(how.below)}低{points(of * 100)}个百分点"
    amount = _amount(of, indicator)
    if how.per == LESS_EACH:
        return f"缺{amount}"
    if how.per == MORE_EACH:
        return f"比上年同期多{amount}" if indicator.yearly else f"多{amount}"
    if how.per == OVER_EACH:
        return f"超控制数{amount}"
    return amount


def _amount(of: Fraction, indicator: Indicator) -> str:
    if indicator.unit == wording.MONEY and of.denominator == 1:
        return f"{wording.amount(of.numerator, indicator.unit)}{wording.shown_unit(indicator.unit)}"
    return f"{points(of)}{wording.shown_unit(indicator.unit)}"


def lacking(how: Scoring, given: Given, first_month: int) -> tuple[Lacking, ...]:
    """Of what is required, what is lacking of each period; () of what is not told period by period."""
    if how.required is None or how.per != LESS_EACH or given.by_month is None or given.exempt:
        return ()
    found = how.required.lacking_by_period(given.by_month, given.month)
    return tuple(Lacking(_period(how.required.months, first_month + begin), times) for begin, times in found)


def _period(months: int, first: int) -> str:
    """5月, 第二季度, 上半年, 全年: of so many months from `first` (1 to 12) on."""
    if months == 1:
        return f"{first}月"
    if months == 3:
        return f"第{wording.numeral((first + 2) // 3)}季度"
    return "全年" if months == 12 else "上半年" if first == 1 else "下半年"


def of_veto(indicator: Indicator, how: Scoring, counted: Fraction, lifting: Lifting | None) -> str:
    """较大事故1起，符合一票否决情形; and where it was lifted, by what, from which day."""
    met = f"{indicator.title}{_amount(counted, indicator)}，符合{how.saying or '一票否决'}情形"
    if lifting is not None:
        return f"{met}；{day(lifting.on)}已由{lifting.document}解除"
    effects = [f"等次定为{e.removeprefix(scoring.GRADE)}" if e.startswith(scoring.GRADE) else e for e in how.effects]
    return f"{met}（{'、'.join(effects)}）" if effects else met


def of_consequence(indicator: Indicator, how: Scoring, counted: Fraction, met: Sequence[tuple[Fraction, str]]) -> str:
    """少报送7次，已达到“超过6次取消当年评优评先资格”的条件."""
    amount = f"缺{_amount(counted, indicator)}" if how.required is not None else _amount(counted, indicator)
    conditions = "、".join(f"“超过{_amount(above, indicator)}{said}”" for above, said in met)
    return f"{indicator.title}{amount}，已达到{conditions}的条件"
