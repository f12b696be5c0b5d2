"""Places, means, laggards and what is owed. Pure arithmetic on exact fractions; knows no ledger.

Behind a function that works out what is printed as a rule stands the sentence that says so (`…_rule`, or its constant):
whoever changes the one changes the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm


def places(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Competition ranks (1, 2, 2, 4), the greatest first. Only equal fractions share a place. Where nobody has done
    anything there is no place to have: nothing is first for being level at nought."""
    if not any(values.values()):
        return {}
    # A fraction is always reduced, so equal ones have the same two numbers; and of thousands many are equal. They are
    # sorted by what each is nearly, which is compared at a glance, and exactly where that is the same of two.
    ratios = {key: value.as_integer_ratio() for key, value in values.items()}
    exact = dict(zip(ratios.values(), values.values(), strict=True))
    place_of, place, sharing = {}, 1, Counter(ratios.values())
    for ratio in sorted(exact, key=lambda ratio: (ratio[0] / ratio[1], exact[ratio]), reverse=True):
        place_of[ratio] = place
        place += sharing[ratio]
    return {key: place_of[ratio] for key, ratio in ratios.items()}


def places_by_use(used: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Competition ranks of (happened, control figure), the least share of it used first. Of a control figure of 0
    anything at all is more than every share of another; nothing of it is as good as nothing of another. Where nothing
    has happened anywhere there is no place to have."""
    if not any(happened for happened, _ in used.values()):
        return {}
    shares = {
        key: (0, Fraction(happened, control)) if control else (int(happened > 0), Fraction(happened))
        for key, (happened, control) in used.items()
    }
    ordered = sorted(shares.values())
    return {key: ordered.index(share) + 1 for key, share in shares.items()}


def control_rule(*, ranked: bool) -> str:
    """What a control figure is and, where places are given, `places_by_use` in words: after the names of what is
    controlled."""
    by_use = "按已用去的比例从少到多排名次（控制数为0的，一有发生即居末；都没有发生的，不排名次）"
    return f"不是任务：{by_use if ranked else '不排名次'}，不计完成率、不比序时进度，不计入类别完成率和综合得分。"


def places_rule() -> str:
    """`places` in words; its example is worked out by it."""
    example = places({town: Fraction(score) for town, score in (("甲", 3), ("乙", 2), ("丙", 2), ("丁", 1))})
    shown = "、".join(map(str, example.values()))
    return f"名次按精确分数比较，并列同名次，其后名次顺延（{shown}）；都还没有完成的，不排名次。"


def last_places(ranks: Mapping[str, int], count: int, order: Sequence[str]) -> tuple[str, ...]:
    """Those that take the last `count` places, by place and then in `order`.

    Those who share a place that does not fit are left out together, and so is everyone before them (rule R3).
    """
    lowest = set(sorted(ranks.values(), reverse=True)[: count + 1])  # who shares the last of them does not fit
    near = [key for key in order if key in ranks and ranks[key] in lowest]
    taken: list[str] = []
    for place in sorted(lowest, reverse=True):
        sharing = [key for key in near if ranks[key] == place]
        if len(taken) + len(sharing) > count:
            break
        taken = sharing + taken
    return tuple(taken)


def first_places(ranks: Mapping[str, int], count: int, order: Sequence[str]) -> tuple[str, ...]:
    """Those that take the first `count` places, by place and then in `order`: the rule of the last, from the other
    end."""
    found = last_places({key: -rank for key, rank in ranks.items()}, count, order)
    return tuple(sorted(found, key=lambda key: ranks[key]))


def laggards(
    ranks: Mapping[str, int], gaps: Mapping[str, Fraction], count: int, order: Sequence[str], *, below_pace: bool
) -> tuple[str, ...]:
    """Who lags (落后): takes the last `count` places and, with `below_pace`, is behind the pace as well. `gaps` are the
    leads on the pace of all that have a rank. Who is first is not the last as well, though it be alone."""
    last = last_places(ranks, count, order)
    return tuple(key for key in last if ranks[key] > 1 and (not below_pace or gaps[key] < 0))


def at_most_half(ranks: Mapping[str, int], count: int) -> int:
    """How many of the last places lag where never more than half of those that have a place are to be named."""
    return min(count, len(ranks) // 2)


def laggards_rule(count: int, *, below_pace: bool, halved: bool = False) -> str:
    """`laggards` in words; `halved`: of `at_most_half`."""
    below = "低于序时进度且" if below_pace else ""
    half = "，不超过有名次的一半" if halved else ""
    return f"落后名单取{below}居末{count}位的{half}；并列而装不下的一并不列，居首位的不列。"


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The mean; None of nothing."""
    if len(values) < 2:
        return values[0] if values else None
    ratios = [value.as_integer_ratio() for value in values]
    over = lcm(*[denominator for _, denominator in ratios])
    # Reduced once: one added to another is reduced each time, and a nation's bulletin adds some hundred thousand.
    return Fraction(sum([numerator * (over // of) for numerator, of in ratios]), over * len(ratios))


_WHOLE = Fraction(1)
FULL = 100
"""分: the score of a town that has done all that is asked of it."""


def weighted_mean(values: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The mean of (value, weight); None where all weights are 0."""
    ratios = [(*value.as_integer_ratio(), *weight.as_integer_ratio()) for value, weight in values]
    over, apiece = lcm(*[of for _, of, _, _ in ratios]), lcm(*[of for _, _, _, of in ratios])
    taken = whole = 0
    for value, value_of, weight, weight_of in ratios:
        share = weight * (apiece // weight_of)
        whole += share
        taken += value * (over // value_of) * share
    return Fraction(taken, over * whole) if whole else None


def score_rule(weights: Mapping[str, str]) -> str:
    """The score, a `weighted_mean` out of `FULL`, in words; `weights` are those of the scored categories by title, as
    they are shown, none where all are equal."""
    shown = "权重：" + "、".join(f"{title}{weight}" for title, weight in weights.items()) if weights else "各类权重相等"
    return f"综合得分=各参评类别完成率的平均数×{FULL}，单位为分；某类没有任务的，该类不参评；{shown}。"


def lead(done: int | None, target: int | None, share: Fraction) -> Fraction | None:
    """`rate` less the share of the target that is due; None where there is no rate."""
    if done is None or not target:
        return None
    due, of = share.as_integer_ratio()
    return Fraction(done * of - due * target, target * of)  # as one fraction: a difference of two costs twice as much


def rate(done: int | None, target: int | None) -> Fraction | None:
    """done / target, not capped; None without a target, or with a target of nothing."""
    return Fraction(done, target) if done is not None and target else None


RATE_RULE = "完成率=累计完成（存量为期末在册）÷年度任务，按实显示；没有任务或任务为0的不计完成率、不评排名。"
"""`rate` in words."""


def category_rate(rates: Iterable[Fraction], *, cap: bool) -> Fraction | None:
    """The rate of a category: the mean of its indicators' rates, with `cap` none of them above 1; None of nothing."""
    return mean([_WHOLE if cap and rate.numerator > rate.denominator else rate for rate in rates])


def category_rule(*, cap: bool) -> str:
    """`category_rate` in words."""
    return f"类别完成率=该类各评排名指标完成率的平均数（单项超过100%的按{'100%' if cap else '实'}计）。"


def left(happened: int | None, control: int | None) -> int | None:
    """How many may still happen of a control figure; below 0 where it is exceeded."""
    return None if happened is None or control is None else control - happened


def owed(done: int | None, target: int | None, share: Fraction) -> int | None:
    """How many more are needed for a share of the target, rounded up to whole ones (rule R11); never negative."""
    if done is None or target is None:
        return None
    # Rounded up by whole numbers: a product of fractions is reduced first, and a bulletin asks for some hundreds.
    due, of = share.as_integer_ratio()
    return max(0, -(-target * due // of) - done)
