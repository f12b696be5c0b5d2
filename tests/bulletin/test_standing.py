"""The first screen's figures are those of the bulletin, the to-do list and the ledger."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.bulletin import due
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.standing import Standing, standing
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from support.desk import Desk

OCTOBER = Period(2018, 10, "2018-10-31", True)
TODAY = "2018-11-02"


def of_demonstration(made: tuple[Path, list[Fault]]) -> Standing:
    connection = reading(made[0])
    try:
        return standing(connection, TODAY, OCTOBER)
    finally:
        connection.close()


def test_of_the_demonstration(demonstration_made: tuple[Path, list[Fault]]) -> None:
    found = of_demonstration(demonstration_made)
    wholes = {whole.category.id: (whole.target, whole.done) for whole in found.wholes}
    assert wholes["standard"] == (200, 129)
    assert found.issued is not None
    assert found.issued.month == "2018-09"
    with_hazards = {table.id: table.total.done for c in found.bulletin.categories for table in c.indicators}
    assert (found.region_name, found.without_town, found.otherwise) == ("永康市", 0, 1)
    # Nothing happened to a hazard of the demonstration after October but that two days have passed.
    assert found.open_hazards == with_hazards["hazard.open"]
    assert found.listed == with_hazards["hazard.listed"]
    assert found.overdue >= (with_hazards["hazard.overdue"] or 0) > found.overdue_major > 0


def test_what_falls_due_within_a_week(demonstration_made: tuple[Path, list[Fault]]) -> None:
    connection = reading(demonstration_made[0])
    items = due.due(connection, TODAY, "2018-11-09")
    connection.close()
    found = of_demonstration(demonstration_made)
    assert found.soon == tuple(one for one in items if one.due_on >= TODAY)
    assert 0 < len(found.soon) < len(items)


def test_hazards_day_by_day(desk: Desk) -> None:
    firm = desk.enterprise()
    hazard = desk.hazard(firm, found_on="2018-10-01", deadline_on="2018-10-10")

    def on(day: str) -> tuple[int, int]:
        found = standing(desk.ledger, day, OCTOBER)
        return found.open_hazards, found.overdue

    assert [on(day) for day in ("2018-09-30", "2018-10-01", "2018-10-10", "2018-10-11")] == [
        *((0, 0), (1, 0), (1, 0), (1, 1))
    ]
    desk.void("hazard", hazard)
    assert on("2018-10-11") == (0, 0)


def test_enterprises_without_a_town(desk: Desk) -> None:
    firm = desk.enterprise(town=None)
    assert standing(desk.ledger, TODAY, OCTOBER).without_town == 1
    desk.void("enterprise", firm)
    assert standing(desk.ledger, TODAY, OCTOBER).without_town == 0


def test_what_falls_due_today_is_soon_and_not_overdue(desk: Desk) -> None:
    firm = desk.enterprise()
    for day in ("2018-11-01", "2018-11-02", "2018-11-09", "2018-11-10"):
        desk.hazard(firm, deadline_on=day)
    found = standing(desk.ledger, "2018-11-02", OCTOBER)
    assert ([one.due_on for one in found.soon], found.overdue) == (["2018-11-02", "2018-11-09"], 1)
