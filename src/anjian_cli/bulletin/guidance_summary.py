"""指导统计: the guidance of small enterprises in the responsible villages of a year, by village, town or agency: how
many were to be guided and were, what was found there and what of it is closed; and in which villages nobody was guided.

Who guided is what the guidance says, else what its village says. A recorded hazard is of a guidance where it was found
at the firm on that day and its source is 中介诊断, as `agencies` has it; the number that was told beside it is its own.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from anjian_cli.bulletin.agencies import SOURCE
from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value, rate, typed
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import place_names
from anjian_cli.rules.word_lists import CHANNELS

VILLAGE, TOWN, AGENCY = "村", "镇街", "机构"
PER = (VILLAGE, TOWN, AGENCY)
"""What there can be a row for each of."""
RESTS_ON = (
    *("responsible_village", "guidance", "village", "town", "hazard", "rectification", "term", "setting"),
    "enterprise",
)
UNTOLD = "没有写明机构"
SIGN = "有责任村还没有指导过一家"
_FIGURES = (
    Column("应指导", group="小微企业"),
    Column("已指导", group="小微企业"),
    Column("完成率", "percent", group="小微企业"),
    Column("发现", group="指导报隐患"),
    Column("登记", group="诊断隐患"),
    Column("已销号", group="诊断隐患"),
)
_VILLAGES = (Column("责任村"), Column("没有指导的村"))
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    VILLAGE: (Column("镇（街、区）", "text"), *_FIGURES, Column("机构", "text")),
    TOWN: (*_VILLAGES, *_FIGURES, Column("机构")),
    AGENCY: (*_VILLAGES, *_FIGURES),
}
MEANING = (
    "当年列入的责任村；应指导是列入时定的家数，没有定的写“－”；指导没有写机构的，算村里写的那家；发现是指导时报的数，"
    "诊断隐患是指导当天在那家企业登记、来源为中介诊断的"
)


class _Guided(NamedTuple):
    """A guidance: `found` is what was told, None where nothing was; `recorded` its hazards, `closed` those closed."""

    agency: str
    found: int | None
    recorded: int
    closed: int


class _Of(NamedTuple):
    """A responsible village, with the guidance in it."""

    name: str
    town: str
    agency: str
    to_guide: int | None
    guided: list[_Guided]


_PROGRAMME = (
    "SELECT p.id, v.name, COALESCE(p.town_code, '') AS town, COALESCE(p.agency, '') AS agency, p.firms_to_guide"
    " FROM responsible_village p JOIN village v ON v.code = p.village_code"
    " WHERE p.voided_on IS NULL AND p.year = ? AND p.enrolled_on <= ? ORDER BY p.village_code"
)
_GUIDANCE = (
    "SELECT g.responsible_village_id, COALESCE(g.agency, p.agency, '') AS agency, g.hazards_found,"
    " count(h.id) AS recorded, count(r.id) AS closed"
    " FROM guidance g JOIN responsible_village p ON p.id = g.responsible_village_id"
    " LEFT JOIN hazard h ON h.enterprise_id = g.enterprise_id AND h.found_on = g.guided_on AND h.voided_on IS NULL"
    "  AND (h.source = :source OR h.source IN"
    "   (SELECT word FROM term WHERE list = :list AND means = :source AND voided_on IS NULL))"
    " LEFT JOIN rectification r ON r.hazard_id = h.id AND r.conclusion = '合格' AND r.accepted_on <= :day"
    "  AND :day < r.until_on"
    " WHERE g.voided_on IS NULL AND g.guided_on <= :day GROUP BY g.id"
)


def guidance_summary(connection: sqlite3.Connection, day: str, per: str = TOWN) -> SummaryTable:
    """The year of `day` up to it, a row for each of what `per` (one of PER) says. Raises `Refused`, as `ledger.held`,
    where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    towns, rolled = towns_on(connection, day)
    names = {each.code: each.name for each in towns} | {UNSETTLED: UNSETTLED_NAME}
    position = {code: at for at, code in enumerate(names)}
    villages = sorted(_villages(connection, day, rolled), key=lambda each: position[each.town])
    if per == VILLAGE:
        rows = [_of_village(each, names[each.town]) for each in villages]
    elif per == TOWN:
        own = {code: [each for each in villages if each.town == code] for code in names}
        rows = [_of_town(names[code], of) for code, of in own.items() if of]
    else:
        agencies = dict.fromkeys(name for each in villages for name in (each.agency, *_agencies([each])))
        order = sorted(agencies, key=lambda name: (name == "", name))
        rows = [_of_agency(name, villages) for name in order]
    nobody = [f"{each.name}（{names[each.town]}）" for each in villages if not each.guided]
    return SummaryTable(
        title="责任村指导",
        days=f"{day[:4]}年，截至{int(day[5:7])}月{int(day[8:])}日，按{per}",
        per=per,
        columns=COLUMNS[per],
        rows=tuple(rows),
        total=_total(connection, per, villages) if len(rows) > 1 else None,
        meaning=MEANING,
        notes=(f"还没有指导过一家的责任村{len(nobody)}个：{'、'.join(nobody)}",) if nobody else (),
        sign=SIGN,
        demonstration=settings.is_demonstration(connection),
    )


def _villages(connection: sqlite3.Connection, day: str, rolled: Mapping[str, str]) -> list[_Of]:
    """The responsible villages of a day's year, each in the town in force that it counts for, by their codes."""
    guided: defaultdict[int, list[_Guided]] = defaultdict(list)
    for village, *told in connection.execute(_GUIDANCE, {"day": day, "source": SOURCE, "list": CHANNELS.name}):
        guided[village].append(_Guided(*told))
    return [
        _Of(name, rolled.get(town, UNSETTLED), agency, to_guide, guided[row])
        for row, name, town, agency, to_guide in connection.execute(_PROGRAMME, (int(day[:4]), day))
    ]


def _agencies(villages: Iterable[_Of]) -> list[str]:
    """Who guided, each once."""
    return sorted({one.agency for each in villages for one in each.guided} - {""})


def _figures(to_guide: Sequence[int | None], guided: Sequence[_Guided]) -> tuple[Value, ...]:
    known = [number for number in to_guide if number is not None]
    asked = sum(known) if len(known) == len(to_guide) else None
    return (
        asked,
        len(guided),
        rate(len(guided), asked or 0),
        sum(one.found or 0 for one in guided),
        sum(one.recorded for one in guided),
        sum(one.closed for one in guided),
    )


def _of_village(village: _Of, town: str) -> Row:
    agencies = "、".join(_agencies([village]) or ([village.agency] if village.agency else []))
    values = (town, *_figures([village.to_guide], village.guided), agencies or None)
    record = "指导" if village.guided else "责任村"
    return Row(village.name, values, f"{record} 列表 --查找 {typed(village.name)}", behind=not village.guided)


def _several(villages: Sequence[_Of], guided: Sequence[_Guided]) -> tuple[Value, ...]:
    """The figures of some villages together."""
    return (len(villages), _nobody(villages), *_figures([each.to_guide for each in villages], guided))


def _nobody(villages: Sequence[_Of]) -> int:
    return sum(not each.guided for each in villages)


def _of_town(name: str, villages: Sequence[_Of]) -> Row:
    values = _several(villages, [one for each in villages for one in each.guided])
    see = f"指导 列表 --镇街 {'未定' if name == UNSETTLED_NAME else name}"
    return Row(name, (*values, len(_agencies(villages))), see, _nobody(villages) > 0)


def _of_agency(name: str, villages: Sequence[_Of]) -> Row:
    """Of an agency the villages that name it, and the guidance that it gave, also in others."""
    own = [each for each in villages if each.agency == name]
    guided = [one for each in villages for one in each.guided if one.agency == name]
    see = f"{'责任村' if own else '指导'} 列表 --查找 {typed(name)}" if name else ""
    return Row(name or UNTOLD, _several(own, guided), see, _nobody(own) > 0)


def _total(connection: sqlite3.Connection, per: str, villages: Sequence[_Of]) -> Row:
    values = _several(villages, [one for each in villages for one in each.guided])
    if per == VILLAGE:
        values = (None, *values[2:], None)
    elif per == TOWN:
        values = (*values, len(_agencies(villages)))
    return Row(place_names.whole(settings.region_name(connection)), values, "指导 列表")
