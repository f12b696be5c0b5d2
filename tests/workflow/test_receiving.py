"""Packages (报送包) received by the unit above: a newer one takes the place of the older, in whatever order."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin import deliveries, figures
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.tables import Places, build
from anjian_cli.errors import Refused
from anjian_cli.exchange.content import Content
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import receiving
from oracle.figures import new_ledger
from support import out_and_back, packages
from support.desk import Desk, refuses
from support.sweeps import sweep

NOVEMBER = ended(2018, 11)


def sums(desk: Desk) -> list[tuple[object, ...]]:
    """What stands in the ledger of what was delivered."""
    found = desk.ledger.execute(
        "SELECT r.town_code, s.unit, s.measure, s.ends_on, s.came, s.went FROM delivered_sum s"
        " JOIN reporting_ledger r ON r.id = s.reporting_ledger_id ORDER BY 1, 2, 3, 4"
    )
    return [tuple(row) for row in found]


def tables(desk: Desk) -> object:
    """Every figure of the bulletin's month as an exact value."""
    definition = define(desk.ledger, NOVEMBER)
    return build(definition, figures.compute(desk.ledger, definition), Places())


def made(desk: Desk, number: int) -> list[Content]:
    """What a county sends: October, October corrected, November, November corrected; some send less."""
    drawn = random.Random(f"sends {number}")
    found = []
    for month, serial, seed in (
        ("2018-10", 1, "a"),
        ("2018-10", 2, "b"),
        ("2018-11", 1, "b"),
        ("2018-11", 2, "c"),
    ):
        if drawn.random() < 0.8:
            of = packages.parts(desk, number, month, packages.random_sums(number, month, seed))
            found.append(packages.file(packages.issued(of) if drawn.random() < 0.5 else of, number, serial))
    return found


def delivered_at_random(counties: int, seed: int) -> None:
    """In order, and in any order, twice, with what is older refused: one result."""
    plain = packages.province(new_ledger(), counties)
    sent = {number: made(plain, number) for number in range(counties)}
    for number in range(counties):
        for content in sent[number]:
            packages.receive(plain, content)
    mixed = packages.province(new_ledger(), counties)
    order = [content for each in sent.values() for content in (*each, *each)]
    random.Random(seed).shuffle(order)
    for content in order:
        assert packages.refusal(mixed, content) in ([], ["E916"])
    assert sums(plain) == sums(mixed)
    assert tables(plain) == tables(mixed)
    assert deliveries.table(plain.ledger, NOVEMBER) == deliveries.table(mixed.ledger, NOVEMBER)


@sweep("seed", range(3), keep=1)
def test_in_any_order_one_result(seed: int) -> None:
    delivered_at_random(8, seed)


@pytest.fixture
def desk(ledger: sqlite3.Connection) -> Desk:
    return packages.province(ledger, 3)


def october(desk: Desk, number: int = 0, seed: str = "a") -> Content:
    return packages.file(packages.parts(desk, number, "2018-10", packages.random_sums(number, "2018-10", seed)), number)


def test_the_same_again_changes_nothing(desk: Desk) -> None:
    assert packages.receive(desk, october(desk)).kind == "新收"
    head, before = desk.head, sums(desk)
    assert packages.receive(desk, october(desk)).kind == "已收过"
    assert (desk.head, sums(desk)) == (head, before)


def test_a_later_one_corrects_and_undo_brings_back_what_stood(desk: Desk) -> None:
    packages.receive(desk, october(desk))
    before = sums(desk)
    of = packages.parts(desk, 0, "2018-10", packages.random_sums(0, "2018-10", "b"))
    outcome = packages.receive(desk, packages.file(of, 0, serial=2))
    assert (outcome.kind, outcome.again > 0) == ("更正", True)
    assert sums(desk) != before
    desk.undo()
    assert sums(desk) == before


def test_a_county_that_has_not_delivered_is_unknown_and_not_nought(desk: Desk) -> None:
    packages.receive(desk, october(desk))
    packages.receive(
        desk, packages.file(packages.parts(desk, 1, "2018-11", packages.random_sums(1, "2018-11", "a")), 1)
    )
    counted = figures.compute(desk.ledger, define(desk.ledger, NOVEMBER))
    done = [counted.cells["special.accepted.涉氨", f"{packages.region(number)}000"].done for number in range(3)]
    assert (done[0], done[2]) == (None, None)
    assert done[1] is not None
    assert counted.totals["special.accepted.涉氨"].done == done[1]


@pytest.mark.parametrize(
    ("code", "part"),
    [("E911", "manifest.json"), ("E912", "sums.csv"), ("E912", "catalogue.json"), ("E911", "signature.json")],
)
def test_a_letter_changed_anywhere_is_refused(desk: Desk, code: str, part: str) -> None:
    def alter(of: dict[str, bytes]) -> None:
        data = of[part]
        at = data.rindex(b"1")
        of[part] = data[:at] + b"2" + data[at + 1 :]

    with refuses(code):
        packages.receive(desk, packages.altered(october(desk), alter))
    assert sums(desk) == []


def test_a_part_more_or_less_is_refused(desk: Desk) -> None:
    with refuses("E912"):
        packages.receive(desk, packages.altered(october(desk), lambda of: of.update({"more.csv": b""})))
    with refuses("E912"):
        packages.receive(desk, packages.altered(october(desk), lambda of: of.__delitem__("cells.csv")))


def test_one_signed_by_another_is_refused(desk: Desk) -> None:
    of = packages.parts(desk, 0, "2018-10", packages.random_sums(0, "2018-10", "a"))
    with refuses("E914"):
        packages.receive(desk, packages.file(of, 0, key=packages.key_of(1)))


def test_one_of_another_county_is_refused(desk: Desk) -> None:
    of = packages.parts(desk, 0, "2018-10", [], region=packages.region(1))
    with refuses("E915"):
        packages.receive(desk, packages.file(of, 0))


def test_a_ledger_that_nobody_registered_is_refused(desk: Desk) -> None:
    of = packages.parts(desk, 0, "2018-10", [], ledger="0" * 32)
    with refuses("E919"):  # the county has another one
        packages.receive(desk, packages.file(of, 0))
    desk.void("reporting_ledger", 1, today=packages.TODAY)
    with refuses("E913"):
        packages.receive(desk, packages.file(of, 0))


def test_an_older_one_is_refused(desk: Desk) -> None:
    for month, serial in (("2018-11", 2), ("2018-11", 1), ("2018-10", 3)):
        content = packages.file(packages.parts(desk, 0, month, []), 0, serial)
        if (month, serial) == ("2018-11", 2):
            packages.receive(desk, content)
        else:
            with refuses("E916"):
                packages.receive(desk, content)


def test_another_under_the_same_number_is_refused(desk: Desk) -> None:
    packages.receive(desk, october(desk))
    with refuses("E917"):
        packages.receive(desk, october(desk, seed="b"))


def test_issued_figures_that_do_not_fit_the_sums_are_all_told(desk: Desk) -> None:
    of = packages.issued(packages.parts(desk, 0, "2018-10", packages.random_sums(0, "2018-10", "a")))
    wrong = tuple(cell._replace(issued=cell.issued + 1) if at < 2 else cell for at, cell in enumerate(of.cells))
    with pytest.raises(Refused) as refusal:
        packages.receive(desk, packages.file(replace(of, cells=wrong), 0))
    assert [fault.code for fault in refusal.value.faults] == ["E918", "E918"]


def test_an_issued_figure_that_became_another_is_told(desk: Desk) -> None:
    first = packages.issued(packages.parts(desk, 0, "2018-10", packages.random_sums(0, "2018-10", "a")))
    packages.receive(desk, packages.file(first, 0))
    again = packages.parts(desk, 0, "2018-10", packages.random_sums(0, "2018-10", "b"))
    was = {cell.indicator: cell.issued for cell in first.cells}
    since = {cell.indicator: cell.issued - was[cell.indicator] for cell in packages.issued(again).cells}
    for serial, of, told in ((2, packages.issued(again, since), []), (3, packages.issued(again), ["N480"])):
        with desk.gate(packages.TODAY) as gate:
            receiving.receive(gate, packages.delivery(packages.file(of, 0, serial)))
        assert [notice.code for notice in gate.notices] == told


def test_a_demonstration_is_received_by_demonstrations_alone(desk: Desk) -> None:
    of = packages.parts(desk, 0, "2018-10", [], demonstration=True)
    with refuses("E925"):
        packages.receive(desk, packages.file(of, 0))


def test_a_ledger_that_another_took_the_place_of_counts_no_more(desk: Desk) -> None:
    packages.receive(desk, october(desk))
    other = "f" * 32
    of = packages.parts(desk, 0, "2018-10", packages.random_sums(0, "2018-10", "b"), ledger=other)
    key = packages.delivery(packages.file(of, 0)).key
    with desk.gate(packages.TODAY) as gate, refuses("E919"):
        receiving.register(gate, of, key, None)
    with desk.gate(packages.TODAY) as gate:
        receiving.register(gate, of, key, packages.ledger_of(0))
    assert desk.ledger.execute("SELECT count(*) FROM measure_month").fetchone()[0] == 0
    packages.receive(desk, packages.file(of, 0))
    with refuses("E926"):
        packages.receive(desk, packages.file(packages.parts(desk, 0, "2018-11", []), 0))


def test_sums_may_be_kept_by_county_alone(desk: Desk) -> None:
    desk.take("setting", packages.TODAY, name="package.detail", value="县")
    packages.receive(desk, october(desk))
    assert {unit for _, unit, *_ in sums(desk)} == {""}


def test_a_ledger_of_counties_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    for number in range(3):
        packages.receive(desk, october(desk, number))
    with closing(out_and_back.round_trip(desk.ledger, tmp_path)) as again:
        assert out_and_back.differences(desk.ledger, again, tmp_path) == []
        assert sums(Desk(again)) == sums(desk)
