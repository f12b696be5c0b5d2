"""Enforcement cases and accidents of the demonstration, three years of them, adding up to the year's figures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anjian_cli.demonstration import data
from anjian_cli.demonstration.data import Accidents, Cases
from anjian_cli.demonstration.firms import Firm, Place
from anjian_cli.demonstration.office import OFFICES
from anjian_cli.demonstration.spread import day_after, days, evenly, in_turn, shares
from anjian_cli.workflow.kept_record import Values

WEIGHTS = [unit.standard.due for unit in data.UNITS]
"""How much of the county's cases and accidents falls to each unit: as much as it has certified enterprises."""
PERIODS = (("01-05", "09-05"), ("10-02", "10-12"), ("11-02", "12-05"))
"""First and last day of filing, by September's end, in October, and after it: decided within the same period."""
CAUSES = (
    ("未按规定设置安全警示标志", "《安全生产法》第九十六条", "其他"),
    ("未对从业人员进行安全生产教育和培训", "《安全生产法》第九十四条", "其他"),
    ("特种作业人员无证上岗", "《安全生产法》第九十四条", "违规作业"),
    ("未采取措施消除事故隐患", "《安全生产法》第九十九条", "其他"),
    ("未建立事故隐患排查治理制度", "《安全生产法》第九十八条", "其他"),
    ("安全设备的安装不符合标准", "《安全生产法》第九十六条", "违规作业"),
    ("未按规定进行职业病危害因素检测", "《职业病防治法》第七十一条", "其他"),
    ("储存危险化学品未设专用仓库", "《危险化学品安全管理条例》第八十条", "违规作业"),
    ("未经许可经营危险化学品", "《危险化学品安全管理条例》第七十七条", "非法经营"),
    ("建设项目未经安全设施设计审查擅自施工", "《安全生产法》第九十五条", "非法建设"),
    ("未取得许可证生产危险化学品", "《安全生产许可证条例》第十九条", "非法生产"),
)
"""What was done, the rule that it broke, and its kind (违法类型)."""
BY_A_PERSON = 8
"""The place among them of what persons are fined for that have no enterprise."""
TYPICAL = (10, 20, 20, 30, 15, 50, 30, 20, 80, 25)
"""How fines are to one another."""
HAPPENED = (
    ("道路运输", "车辆碰撞"),
    ("工矿商贸", "机械伤害"),
    ("道路运输", "车辆追尾"),
    ("建筑施工", "高处坠落"),
    ("工矿商贸", "触电"),
    ("火灾", "厂房火灾"),
)
IN_ENTERPRISES = ("工矿商贸", "火灾")
ACCIDENT_PERIODS = (("01-08", "09-20"), ("10-03", "10-27"), ("11-02", "12-20"))
DIED_ON = "2018-10-11"
"""When the man died who was injured in the last accident of September."""


@dataclass(frozen=True)
class Amendment:
    """A correction of an accident: its name, the day it is known, what is known then."""

    name: str
    known_on: str
    told: Values


# --- cases


def cases(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """All cases of three years, one of them revoked, and those that accidents led to."""
    for year in data.CASES:
        of_periods = (_of_period(year, period, firms) for period in range(len(PERIODS)))
        for number, case in enumerate(itertools.chain(*of_periods, _apart(year, firms)), 1):
            whose = {"case_number": f"{OFFICES.bureau}立案〔{year.year}〕{number}号（示例）", "department": data.BUREAU}
            yield {**whose, **case}


def _of_period(year: Cases, period: int, firms: dict[str, list[Firm]]) -> Iterator[Values]:
    count = year.decided[period]
    first, last = (f"{year.year}-{day}" for day in PERIODS[period])
    fines = shares(year.fines[period], [TYPICAL[place % len(TYPICAL)] for place in range(count)])
    referred = evenly(year.referred[period], count)
    filed = days(first, last, count)
    for place, of in enumerate(in_turn(WEIGHTS, count)):
        firm = _some(firms, of, place + year.year + period * 5)
        case = decided_case(firm, filed[place], fines[place], place, referred[place])
        if place % len(CAUSES) == BY_A_PERSON:
            case |= {"party": f"经营户{'甲乙丙丁'[place % 4]}", "credit_code": None, "party_kind": "个人"}
        yield case


def _apart(year: Cases, firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """Cases of accidents, which are counted apart; of 2018 also one that was revoked."""
    filed = days(f"{year.year}-02-12", f"{year.year}-08-20", year.of_accidents)
    for place, of in enumerate(in_turn(WEIGHTS[::-1], year.of_accidents)):
        firm = _some(firms, len(WEIGHTS) - 1 - of, place)
        case = decided_case(firm, filed[place], 200 + 40 * place, place)
        happened = {"cause": "发生一般生产安全事故", "basis": "《安全生产法》第一百零九条", "accident": "是"}
        yield {**case, **happened, "violation": "其他"}
    if year is data.CASES[-1]:
        case = decided_case(_some(firms, 8, 3), f"{year.year}-03-20", 20, 3)
        yield {**case, "revoked_on": f"{year.year}-06-15", "revoke_reason": "行政复议决定撤销"}


def _some(firms: dict[str, list[Firm]], unit: int, place: int) -> Firm:
    own = firms[data.UNITS[unit].code]
    return own[place * 7 % len(own)]


def decided_case(
    firm: Firm,
    filed_on: str,
    thousands: int,
    place: int,
    referred: int = 0,
    *,
    causes: Sequence[tuple[str, str, str]] = CAUSES,
    bureau: str = OFFICES.bureau,
) -> Values:
    """A case that was filed on a day and decided soon after, with its fine in thousands of yuan."""
    decided = day_after(filed_on, 8 + place % 9)
    cause, basis, violation = causes[place % len(causes)]
    case: Values = {
        "party": firm.name,
        "credit_code": firm.told.get("credit_code"),
        "town": firm.town_on(filed_on),
        "cause": cause,
        "basis": basis,
        "violation": violation,
        "filed_on": filed_on,
        "decided_on": decided,
        "document": f"{bureau}罚〔{filed_on[:4]}〕{firm.number}-{place + 1}号（示例）",
        "fine": thousands * 100_000,
        "accident": "否",
        "joint": "是" if place % 6 == 2 else "否",
    }
    return case | ({"referred": referred, "referred_on": decided} if referred else {})


# --- accidents


def accidents() -> Iterator[Values]:
    """All accidents of three years as first reported; in 2018 besides one that was written off, and one that was no
    accident of production or business."""
    for year in data.ACCIDENTS:
        for period, count in enumerate(year.happened):
            yield from _happened(year, period, count)
    apart = accident_of(data.UNITS[9], "2018-04-11", "工矿商贸", "作业人员猝死", (1, 0))
    yield {**apart, "written_off_on": "2018-06-20", "write_off_reason": "经调查认定不属于生产安全事故（示例）"}
    yield {**accident_of(data.UNITS[3], "2018-05-30", "道路运输", "自驾车辆坠河", (1, 0)), "production": "否"}


def accidents_with_enterprises(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """All accidents, with whose they were."""
    codes = {unit.name: unit.code for unit in data.UNITS}
    for place, accident in enumerate(accidents()):
        yield happened_at(accident, firms[codes[accident["town"]]], place)


def happened_at(accident: Values, own: Sequence[Firm], place: int) -> Values:
    """An accident with the enterprise of the unit that it happened in; on the road or a building site it is none of the
    ledger's."""
    if accident["sector"] not in IN_ENTERPRISES:
        return {**accident, "enterprise": "个人" if accident["sector"] == "道路运输" else "无"}
    firm = own[place * 11 % len(own)]
    return {**accident, "enterprise": firm.name, "credit_code": firm.told.get("credit_code")}


def amendment() -> Amendment:
    """A man injured in September who died in October: counted on the day it is known."""
    last = max((a for a in accidents() if a["happened_on"] <= data.SEPTEMBER), key=lambda a: str(a["happened_on"]))
    return Amendment(last["name"], DIED_ON, {"deaths": last["deaths"] + 1, "serious": last["serious"] - 1})


def _happened(year: Accidents, period: int, count: int) -> Iterator[Values]:
    first, last = (f"{year.year}-{day}" for day in ACCIDENT_PERIODS[period])
    deaths = evenly(year.deaths[period], count)[::-1]
    # Somebody was hurt in each: injured are first of all those of accidents without deaths.
    injured = sorted(range(count), key=lambda place: deaths[place])[: year.serious[period]]
    on = days(first, last, count)
    for place, of in enumerate(in_turn(WEIGHTS, count)):
        sector, what = HAPPENED[(place + period + 1) % len(HAPPENED)]
        yield accident_of(data.UNITS[of], on[place], sector, what, (deaths[place], int(place in injured)))


def accident_of(unit: Place, day: str, sector: str, what: str, toll: tuple[int, int]) -> Values:
    """An accident of a unit as first reported, with its deaths and serious injuries."""
    deaths, serious = toll
    return {
        "name": f"{unit.name}“{int(day[5:7])}·{int(day[8:])}”{what}事故（示例）",
        "happened_on": day,
        "town": unit.name,
        "sector": sector,
        "deaths": deaths,
        "serious": serious,
        "light": int(day[8:]) % 3,
        "loss": (20 + 90 * deaths + 15 * serious) * 1_000_000,
    }
