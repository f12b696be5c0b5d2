"""Why an item has the points that it has, a veto stands, a consequence is met: the few words that are printed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.definition import Indicator
from anjian_cli.bulletin.phrase import day
from anjian_cli.bulletin.points_evidence import Lifting, Mark
from anjian_cli.bulletin.points_value import UNFILED, Lacking
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
    if found.state == UNREPORTED and given.unfiled:
        return UNFILED
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
        return amount(rate, indicator)
    said = f"完成{wording.percent(rate)}"
    if how.nothing_below is not None and rate < how.nothing_below:
        said += f"，低于{percent(how.nothing_below)}，不得分"
    return said


def _by_step(indicator: Indicator, how: Scoring, given: Given, found: Points) -> str:
    verb = "加" if how.form == BONUS else "扣"
    unlisted = _unlisted(indicator, how, given)
    if not found.due:
        return unlisted
    limit = _limit(how, found)
    said = f"应{verb}{points(found.due)}分，{limit}" if limit else f"{verb}{points(found.due)}分"
    more = f"；{unlisted}" if unlisted else ""
    return f"{_for_what(indicator, how, given, found.of or Fraction(0))}，{said}{more}"


def _unlisted(indicator: Indicator, how: Scoring, given: Given) -> str:
    """What was counted and has no points, because its word is blank or none of those that give any (按词)."""
    if not how.by_word or given.value is None:
        return ""
    more = given.value - sum(given.words.get(word, 0) for word, _ in how.by_word)
    return (
        f"有{amount(Fraction(more), indicator)}没有写或不是{'、'.join(w for w, _ in how.by_word)}，不计分"
        if more > 0
        else ""
    )


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
    much = amount(of, indicator)
    if how.per == LESS_EACH:
        return f"缺{much}"
    if how.per == MORE_EACH:
        return f"比上年同期多{much}" if indicator.yearly else f"多{much}"
    if how.per == OVER_EACH:
        return f"超控制数{much}"
    return much


def amount(of: Fraction, indicator: Indicator) -> str:
    """So much of what an indicator counts, with its unit."""
    if indicator.unit == wording.MONEY and of.denominator == 1:
        return f"{wording.amount(of.numerator, indicator.unit)}{wording.shown_unit(indicator.unit)}"
    return f"{points(of)}{wording.shown_unit(indicator.unit)}"


def lacking(how: Scoring, given: Given, first_month: int) -> tuple[Lacking, ...]:
    """Of what is required, what is lacking of each period; () of what is not told period by period."""
    if how.required is None or how.per != LESS_EACH or given.exempt:
        return ()
    if given.by_month is None or scoring.counted(how, given) is None:
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
    met = f"{indicator.title}{amount(counted, indicator)}，符合{how.saying or '一票否决'}情形"
    if lifting is not None:
        return f"{met}；{day(lifting.on)}已由{lifting.document}解除"
    effects = [f"等次定为{e.removeprefix(scoring.GRADE)}" if e.startswith(scoring.GRADE) else e for e in how.effects]
    return f"{met}（{'、'.join(effects)}）" if effects else met


def of_consequence(indicator: Indicator, how: Scoring, counted: Fraction, met: Sequence[tuple[Fraction, str]]) -> str:
    """少报送7次，已达到“超过6次取消当年评优评先资格”的条件."""
    much = f"缺{amount(counted, indicator)}" if how.required is not None else amount(counted, indicator)
    conditions = "、".join(f"“超过{amount(above, indicator)}{said}”" for above, said in met)
    return f"{indicator.title}{much}，已达到{conditions}的条件"


def of_condition(
    indicator: Indicator, how: Scoring, given: Given, first_month: int, lifting: Lifting | None = None
) -> str:
    """应有每月1次，缺4次（2月缺1次、3月缺1次…）；条件是超过3次取消当年评优资格，已达到."""
    if how.form == scoring.VETO:
        asked = f"满{amount(how.threshold or Fraction(0), indicator)}即{how.saying or '一票否决'}"
    else:
        asked = "、".join(f"超过{amount(above, indicator)}{said}" for above, said in how.sayings)
    if given.exempt:
        return f"条件是{asked}；不涉及，不看"
    counted = scoring.counted(how, given)
    if counted is None:
        return f"条件是{asked}；{UNFILED if given.unfiled else _STATES[UNKNOWN]}"
    much = f"数到{amount(counted, indicator)}"
    if how.required is not None:
        periods = how.required.lacking_by_period(given.by_month or (), given.month)
        told = "、".join(
            f"{_period(how.required.months, first_month + begin)}缺{times}{indicator.unit}" for begin, times in periods
        )
        much = f"应有{how.required.text()}，缺{amount(counted, indicator)}{f'（{told}）' if told else ''}"
    if how.form == scoring.VETO:
        reached = "已达到" if scoring.vetoed(how, given) else "没有达到"
    else:
        met = scoring.consequences(how, given)
        reached = f"已达到“{'、'.join(said for _, said in met)}”的" if met else "没有达到"
    lifted = f"，{day(lifting.on)}已由{lifting.document}解除" if lifting is not None else ""
    return f"条件是{asked}；{much}，{reached}{lifted}"
