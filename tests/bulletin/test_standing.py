"""The first screen's figures are those of the bulletin, the to-do list and the ledger."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

from anjian_cli.bulletin import due
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.locked_month import Issued
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.standing import Standing, Written, standing
from anjian_cli.errors import Fault
from anjian_cli.ledger import write
from anjian_cli.ledger.gate import Source
from anjian_cli.ledger.open import reading
from anjian_cli.workflow import hazard_cycle, month
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.bulletin_ledger import Book
from support.desk import FIVE, Desk

OCTOBER = Period(2018, 10, "2018-10-31", True)
TODAY = "2018-11-02"


def of_demonstration(made: tuple[Path, list[Fault]]) -> Standing:
    with closing(reading(made[0])) as connection:
        return standing(connection, TODAY, OCTOBER)


def test_of_the_demonstration(demonstration_made: tuple[Path, list[Fault]]) -> None:
    found = of_demonstration(demonstration_made)
    with closing(reading(demonstration_made[0])) as connection:
        whole = compile_bulletin(connection, OCTOBER)
    wholes = {whole.category.id: (whole.target, whole.done) for whole in found.wholes}
    assert wholes["standard"] == (200, 129)
    assert found.issued is not None
    assert found.issued.month == "2018-09"
    with_hazards = {table.id: table.total.done for c in whole.categories for table in c.indicators}
    assert (found.region_name, found.without_town, found.otherwise) == ("永康市", 0, 1)
    # Nothing happened to a hazard of the demonstration after October but that two days have passed.
    assert found.open_hazards == with_hazards["hazard.open"]
    assert found.listed == with_hazards["hazard.listed"]
    assert (found.overdue or 0) >= (with_hazards["hazard.overdue"] or 0) > found.overdue_major > 0


def test_what_falls_due_within_a_week(demonstration_made: tuple[Path, list[Fault]]) -> None:
    connection = reading(demonstration_made[0])
    items = due.due(connection, TODAY, "2018-11-09")
    connection.close()
    found = of_demonstration(demonstration_made)
    soon = [one for one in items if one.due_on >= TODAY]
    assert [*found.soon.items()] == [*Counter(one.kind for one in soon if one.record != "hazard").items()]
    assert found.soon_hazards == sum(one.record == "hazard" for one in soon) > 0
    assert 0 < len(soon) < len(items)


def test_hazards_day_by_day(desk: Desk) -> None:
    firm = desk.enterprise()
    hazard = desk.hazard(firm, found_on="2018-10-01", deadline_on="2018-10-10")

    def on(day: str) -> tuple[int | None, int | None]:
        found = standing(desk.ledger, day, OCTOBER)
        return found.open_hazards, found.overdue

    assert [on(day) for day in ("2018-09-30", "2018-10-01", "2018-10-10", "2018-10-11")] == [
        *((0, 0), (1, 0), (1, 0), (1, 1))
    ]
    desk.void("hazard", hazard)
    assert on("2018-10-11") == (0, 0)


def test_the_major_ones_of_those_overdue_and_those_listed(desk: Desk) -> None:
    firm = desk.enterprise()
    none = standing(desk.ledger, "2018-10-31", OCTOBER)
    assert (none.open_hazards, none.overdue, none.overdue_major, none.listed) == (0, 0, 0, 0)
    for _ in range(2):
        desk.hazard(firm, deadline_on="2018-10-20")
    major = {"level": "重大", "supervision_level": "县级", "supervised_on": "2018-10-10", **FIVE}
    row = desk.hazard(firm, deadline_on="2018-10-20", **major)
    desk.step(hazard_cycle.rectify, row, "2018-10-24")
    desk.step(hazard_cycle.accept, row, Acceptance("2018-10-25", level="县级"))

    def on(day: str) -> tuple[int | None, ...]:
        found = standing(desk.ledger, day, OCTOBER)
        return found.open_hazards, found.overdue, found.overdue_major, found.listed

    days = ("2018-10-23", "2018-10-24", "2018-10-25")
    assert [on(day) for day in days] == [(3, 3, 1, 1), (3, 2, 0, 1), (2, 2, 0, 0)]


def test_what_was_written_last(desk: Desk) -> None:
    with write.gate(
        desk.ledger,
        "import",
        at="2018-11-05T02:00:00Z",
        actor="甲",
        today="2018-11-05",
        source=Source("表.xlsx", "0" * 64),
    ) as gate:
        gate.insert("town", code="330784111", name="古山镇", short_name="古山", kind="镇", position=3)
    assert standing(desk.ledger, TODAY, OCTOBER).written == Written("2018-11-05T02:00:00Z", "import", "表.xlsx")
    desk.training()
    assert standing(desk.ledger, TODAY, OCTOBER).written == Written("2018-11-05T01:00:00Z", "test", "")


def test_the_county_has_the_name_of_today_where_a_locked_month_knew_none() -> None:
    book = Book()
    with book.gate() as gate:
        month.close(gate, OCTOBER, "0.1.0")
    book.setting("region_name", "永康市")
    assert standing(book.connection, TODAY, OCTOBER).region_name == "永康市"


def test_the_last_month_that_was_issued() -> None:
    book = Book()
    for at, document in ((9, "永安委办〔2018〕13号"), (10, "永安委办〔2018〕15号")):
        with book.gate() as gate:
            month.close(gate, ended(2018, at), "0.1.0")
            month.issue(gate, f"2018-{at:02d}", document, "2018-11-05")
    assert standing(book.connection, "2018-11-05", OCTOBER).issued == Issued("2018-10", "永安委办〔2018〕15号")


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
    assert (found.soon, found.soon_hazards, found.overdue, found.due_today) == ({}, 2, 1, 1)
