"""What is said of counties that are left out of figures: who has not delivered (报送包), who does not count an
indicator, who counts another thing (口径不一).

Takes values, returns Chinese text; knows no ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import phrase, ranking, wording
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.figures import Figures
from anjian_cli.bulletin.value import OTHERWISE, TARGET, UNCOUNTED, Undelivered


def late(definition: Definition, of: Sequence[Undelivered]) -> str:
    """The note on all that have not delivered, and what is told without them."""
    names = {town.code: town.name for town in definition.towns}
    delivered = len(definition.towns) - len(of)
    said = f"未报送报送包：{phrase.undelivered(of, names)}，数字不详，不排名次"
    if not delivered:
        return f"{said}；没有一个{definition.units}报送，合计也不详。"
    held = "" if definition.scheme.total else "；合计的完成率、与序时进度差、尚欠，只对照已报送的任务"
    return f"{said}；合计不含这{len(of)}个{definition.units}，是已报送的{delivered}个的{held}。"


def apart(definition: Definition, indicator: Indicator, figures: Figures, left: Mapping[str, str]) -> Iterator[str]:
    """Who is left out of an indicator's total for another reason than that it is late; and those that count the same
    other thing, two or more, by their rates among themselves."""
    names = {town.code: town.name for town in definition.towns}
    uncounted = [town for town in names if left.get(town) == UNCOUNTED]
    otherwise = [town for town in names if left.get(town) == OTHERWISE]
    if uncounted:
        yield f"{'、'.join(names[town] for town in uncounted)}没有采用这个口径，不排名，合计不含"
    if otherwise:
        who = "、".join(names[town] for town in otherwise)
        yield f"口径不一：{who}报来的这一项，含义和本台账的不同，数字后有{phrase.OTHERWISE_MARK}，不排名，合计不含"
    alike: defaultdict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for town in otherwise:
        alike[figures.delivered.meant(definition, indicator, town)].append(town)
    for towns in alike.values():
        rates = {town: rate for town in towns if (rate := _rate(definition, indicator, figures, town)) is not None}
        places = ranking.places(rates)
        if len(places) > 1:
            told = sorted(places, key=lambda town: places[town])
            shown = "、".join(f"{names[town]}第{places[town]}（{wording.percent(rates[town])}）" for town in told)
            yield f"其中口径相同的{len(rates)}个，自己比：{shown}"


def _rate(definition: Definition, indicator: Indicator, figures: Figures, town: str) -> Fraction | None:
    """What its rate would be if it were ranked."""
    if not indicator.ranked or indicator.less:
        return None
    if indicator.against in ("", TARGET):
        return ranking.rate(figures.cells[indicator.id, town].done, definition.targets.get((indicator.id, town)))
    owed = [figures.cells[of, town].done for of in (indicator.against, indicator.carried) if of]
    known = [number for number in owed if number is not None]
    return ranking.rate(figures.cells[indicator.id, town].done, sum(known)) if len(known) == len(owed) else None
