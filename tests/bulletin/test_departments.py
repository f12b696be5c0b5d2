"""Figures of departments: the sums by their numbers, the items behind them, and who is there on a day."""

from __future__ import annotations

import sqlite3

import pytest

from anjian_cli.bulletin import items, not_counted
from anjian_cli.bulletin.counting import Counts, year_to
from anjian_cli.bulletin.definition import Definition, define, departments_on
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import COUNTY, UNSETTLED
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Asked
from support.desk import Desk, refuses

MEASURES = {
    "部门.发现": "hazard.found@found_by",
    "部门.在管发现": "hazard.found@charged_to",
    "部门.未销": "hazard.open@charged_to",
    "部门.按期": "hazard.on_time_of_year@charged_to",
    "部门.检查": "hazard.inspected@found_by",
    "部门.立案": "case.filed?kind=非事故类@found_by",
    "部门.报送": "report.filed@found_by",
}


def of_departments(ledger: sqlite3.Connection, month: int = 10) -> Definition:
    definition = define(ledger, ended(2018, month))
    towns, rolled = departments_on(ledger, definition.period.as_of)
    indicators = tuple(each for each in definition.indicators if each.id in MEASURES)
    return replace(definition, towns=towns, rolled=rolled, indicators=indicators)


def done(ledger: sqlite3.Connection, indicator: str, month: int = 10) -> dict[str, int | None]:
    """By department, and what its items add up to."""
    definition = of_departments(ledger, month)
    counts = Counts(ledger, definition, [year_to(definition.period.as_of)], ())
    names = {town.code: town.short for town in definition.towns}
    found: dict[str, int | None] = {}
    for place in counts.places:
        (number,) = counts.values[indicator, place]
        listed = items.in_figure(ledger, definition, definition.indicator(indicator), place)
        assert sum(item.quantity for item in listed) == number, (indicator, place)
        if number:
            found[names.get(place, "")] = number
    whole = items.in_figure(ledger, definition, definition.indicator(indicator), COUNTY)
    assert [sum(item.quantity for item in whole)] == list(counts.totals[indicator])
    return found


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """A ledger whose scheme counts for departments."""
    base = scheme.draft_of(desk.ledger, schemes.all_of(desk.ledger)[0])
    more = [
        Asked(code, "hazard", code.replace(".", ""), code, "条", "sum", text, False, "", "", "", "", False)
        for code, text in MEASURES.items()
    ]
    draft = replace(base, name="有部门的", title="有部门的办法", indicators=(*base.indicators, *more))
    with desk.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, draft, "2018-01-01")
    for name in ("甲", "乙", "丙"):
        desk.take("department", name=f"示例{name}局", short_name=f"{name}局")
    return desk


def test_found_by_one_and_charged_to_another_it_counts_once_for_each(asked: Desk) -> None:
    firm = asked.enterprise()
    asked.hazard(firm, found_by="甲局", charged_to="乙局")
    asked.hazard(firm, found_by="甲局", description="没有写监管部门")
    asked.hazard(firm, charged_to="乙局", rectified_on="2018-10-12", accepted_on="2018-10-13")
    asked.of("inspection", firm, inspected_on="2018-10-09", method="部门检查", found_any="有", department="丙局")
    asked.case(department="乙局")
    asked.filing(town=None, department="丙局")
    asked.filing()
    assert done(asked.ledger, "部门.发现") == {"甲局": 2, "": 1}
    assert done(asked.ledger, "部门.在管发现") == {"乙局": 2, "": 1}
    assert done(asked.ledger, "部门.未销") == {"乙局": 1, "": 1}
    assert done(asked.ledger, "部门.按期") == {"乙局": 1}
    assert done(asked.ledger, "部门.检查") == {"丙局": 1}
    assert done(asked.ledger, "部门.立案") == {"乙局": 1}
    assert done(asked.ledger, "部门.报送") == {"丙局": 1}  # a town's is of no department
    assert asked.figure("hazard.found", "2018-10-31") == 3
    assert asked.figure("report.filed", "2018-10-31") == 1


def test_handed_over_the_months_before_stay(asked: Desk) -> None:
    row = asked.hazard(asked.enterprise(), found_on="2018-09-03", deadline_on="2018-11-30", charged_to="甲局")
    asked.edit("hazard", row, charged_to="乙局", handed_over_on="2018-10-08")
    for indicator in ("部门.在管发现", "部门.未销"):
        assert done(asked.ledger, indicator, 9) == {"甲局": 1}
        assert done(asked.ledger, indicator, 10) == {"乙局": 1}
    definition = of_departments(asked.ledger)
    standing = definition.indicator("部门.未销")
    first = definition.towns[0].code
    (near,) = not_counted.not_counted(asked.ledger, definition, standing, first, [])
    assert (near.reason, near.item.town) == ("2018-10-08起由示例乙局监管", first)
    # To the towns nothing happened: neither a figure nor a row of what is behind it.
    whole = define(asked.ledger, ended(2018, 10))
    listed = items.in_figure(asked.ledger, whole, whole.indicator("hazard.found"), COUNTY)
    assert [(item.record, item.quantity) for item in listed] == [("hazard", 1)]


def test_what_never_counted_is_of_its_department(asked: Desk) -> None:
    firm = asked.enterprise()
    asked.void("hazard", asked.hazard(firm, found_by="甲局", charged_to="乙局"))
    asked.void("filing", asked.filing(town=None, department="丙局"))
    definition = of_departments(asked.ledger)
    near = {
        (one.item.indicator, one.item.town)
        for each in definition.indicators
        for place in (*definition.rolled, UNSETTLED)
        for one in not_counted.not_counted(asked.ledger, definition, each, place, [])
    }
    first, second, third = (town.code for town in definition.towns)
    assert near == {
        *(("部门.发现", first), ("部门.在管发现", second), ("部门.未销", second), ("部门.报送", third)),
    }


def test_who_is_there_on_a_day(asked: Desk) -> None:
    """Renamed, merged, left: what they did counts for who is there, or for nobody."""
    firm = asked.enterprise()
    for name in ("甲局", "乙局", "丙局"):
        asked.hazard(firm, found_on="2018-09-03", found_by=name)
    asked.take("department", name="示例丁局", position=1, from_on="2018-10-01")
    asked.edit("department", 1, until_on="2018-10-01", merged_into="示例丁局")
    asked.edit("department", 2, until_on="2018-10-15")
    september, rolled = departments_on(asked.ledger, "2018-09-30")
    assert [town.name for town in september] == ["示例甲局", "示例乙局", "示例丙局"]
    assert list(rolled) == [town.code for town in september]
    october, rolled = departments_on(asked.ledger, "2018-10-31")
    assert [(town.name, town.short) for town in october] == [("示例丁局", "示例丁局"), ("示例丙局", "丙局")]
    assert rolled[september[0].code] == october[0].code
    assert done(asked.ledger, "部门.发现", 9) == {"甲局": 1, "乙局": 1, "丙局": 1}
    assert done(asked.ledger, "部门.发现", 10) == {"示例丁局": 1, "丙局": 1, "": 1}


def test_an_opening_figure_is_of_towns(asked: Desk) -> None:
    with refuses("E796"):
        asked.opening("部门未销", "2018-06-30", "5")
