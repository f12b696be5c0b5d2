"""The inspections of the demonstration: those in which its hazards were found, and others that found nothing; who
inspected, with whom, under which campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.demonstration import campaigns, data, grading
from anjian_cli.demonstration.data import Unit
from anjian_cli.demonstration.firms import Firm, officer_called
from anjian_cli.demonstration.handing_over import BY_DEPARTMENTS
from anjian_cli.demonstration.hazards import CHANNELS, Life, inspected, inspection
from anjian_cli.demonstration.office import OFFICES
from anjian_cli.demonstration.spread import day_after, days
from anjian_cli.workflow.kept_record import Values

CLEAN_A_UNIT = 8
"""Inspections that found nothing."""
PLACES = {unit.name: place for place, unit in enumerate(data.UNITS)}
JOINED = ("示例消防大队", "示例市场监管局", "示例经信局")
"""Who goes along in a joint inspection, but for who leads it."""


def inspections(firms: Mapping[str, Sequence[Firm]], lives: Sequence[Life]) -> Iterator[Values]:
    """One for every hazard that nobody reported from outside, and others that found nothing."""
    watched = grading.closely_watched(firms)
    found = inspected(lives, lambda life: {"department": life.values["found_by"]} if "found_by" in life.values else {})
    for number, row in enumerate((*found, *_clean(firms)), 1):
        yield {**row, **dict(_more(row, number, watched))}


def _clean(firms: Mapping[str, Sequence[Firm]]) -> Iterator[Values]:
    for place, unit in enumerate(data.UNITS):
        on = days("2018-01-10", "2018-10-29", CLEAN_A_UNIT)
        on[-2:] = _in_campaigns(place)
        for turn, (firm, day) in enumerate(zip(grading.to_inspect(firms[unit.code]), on, strict=True)):
            method = CHANNELS[(turn + place) % len(CHANNELS)]
            yield inspection({**firm.told, "town": firm.town_on(day)}, day, method, "无")


def _in_campaigns(place: int) -> tuple[str, str]:
    """The days of a unit's last two: in September, and in October."""
    return day_after("2018-09-20", place % 9), day_after("2018-10-09", place * 7 % 20)


def _more(row: Values, number: int, watched: frozenset[str]) -> Iterator[tuple[str, str]]:
    on, method, town = str(row["inspected_on"]), row["method"], str(row["town"])
    place = PLACES[town]
    yield from campaigns.campaign(on, place, row.get("credit_code") in watched).items()
    if method == "网格巡查":
        yield "inspector", _officer(data.UNITS[place], on)
    if method not in BY_DEPARTMENTS:
        return
    department = str(row.get("department", data.BUREAU))
    yield "department", department
    yield "inspector", f"执法人员{'甲乙丙丁'[number % 4]}"
    yield "document", f"{OFFICES.bureau}现记〔2018〕{number}号（示例）"
    if method == "联合执法":
        yield "joined", "、".join([name for name in JOINED if name != department][:2])


def _officer(unit: Unit, on: str) -> str:
    second = int(on[8:]) % 3 == 0 and not (unit.name == data.LEFT[0] and on >= data.LEFT[1])
    return officer_called(unit, "乙" if second else "甲")
