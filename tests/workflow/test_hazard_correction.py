"""What was entered wrongly is put right as if it had been entered rightly, and months that were issued tell it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from anjian_cli.bulletin import as_known, correction, figures
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import check, inverse
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import hazard_cycle, month, register, trusteeship
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import FIVE, ZHIYING, Desk, refuses
from support.sweeps import sweep

Life = dict[str, str]
RIGHT: Life = {
    "found_on": "2018-09-03",
    "deadline_on": "2018-09-20",
    "reported_on": "2018-09-04",
    "supervised_on": "2018-09-06",
    "extended_on": "2018-09-18",
    "extended_to": "2018-10-05",
    "rectified_on": "2018-10-10",
    "accepted_on": "2018-10-12",
}
TABLES = ("hazard", "hazard_deadline", "rectification", "supervision")
WITHOUT = ("id", "row_check", "number", "hazard_id", "enterprise_id", "description")


def live(desk: Desk, life: Life, until: str = "accepted_on") -> int:
    """A major hazard that goes through all its steps, each as told, up to one of them."""
    told = {"found_on": life["found_on"], "deadline_on": life["deadline_on"], "reported_on": life["reported_on"]}
    hazard = desk.hazard(desk.enterprise(), level="重大", **FIVE, **told)
    steps: list[tuple[str, Callable[[], None]]] = [
        (
            "supervised_on",
            lambda: desk.step(hazard_cycle.supervise, hazard, "县级", "永安委〔2018〕9号", life["supervised_on"]),
        ),
        (
            "extended_to",
            lambda: desk.step(
                hazard_cycle.extend, hazard, life["extended_to"], life["extended_on"], "缺件", "县安委办", "延1号"
            ),
        ),
        ("rectified_on", lambda: desk.step(hazard_cycle.rectify, hazard, life["rectified_on"])),
        (
            "accepted_on",
            lambda: desk.step(hazard_cycle.accept, hazard, Acceptance(life["accepted_on"], by="丙", level="县级")),
        ),
    ]
    for name, step in steps:
        step()
        if name == until:
            break
    return hazard


def correct(desk: Desk, hazard: int, today: str = "2018-11-05", at: str = "2018-11-05T01:00:00Z", **given: str) -> None:
    desk.at = at
    number = desk.row("hazard", hazard)["number"]
    with desk.gate(today, "hazard edit --correct --why 录错") as gate:
        register.correct(gate, definition.record("hazard"), {"number": number, **given}, Finder(gate.connection))


def facts(desk: Desk, hazard: int) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in TABLES:
        column = "id" if table == "hazard" else "hazard_id"
        rows = desk.ledger.execute(f"SELECT * FROM {table} WHERE {column} = ? ORDER BY id", (hazard,)).fetchall()
        found[table] = [{name: row[name] for name in row.keys() if name not in WITHOUT} for row in rows]  # noqa: SIM118
    return found


WRONG = [
    ("found_on", "2018-08-30"),
    ("deadline_on", "2018-09-30"),
    ("deadline_on", "2018-09-10"),  # it had passed when it was extended, and was missed
    ("reported_on", "2018-09-08"),
    ("supervised_on", "2018-09-17"),
    ("extended_on", "2018-09-25"),
    ("extended_on", "2018-09-20"),  # on the deadline's own day
    ("extended_on", "2018-09-21"),
    ("extended_to", "2018-10-31"),
    ("rectified_on", "2018-10-01"),
    ("accepted_on", "2018-11-02"),
]
AT_LENGTH = ["extended_to", "rectified_on", "accepted_on"]
TAKEN = [
    (field, wrong, until)
    for field, wrong in WRONG
    for until in AT_LENGTH
    if field not in AT_LENGTH or AT_LENGTH.index(field) <= AT_LENGTH.index(until)
]


@pytest.mark.unmeasured
@sweep(("field", "wrong", "until"), TAKEN, keep=8)
def test_a_corrected_day_leaves_what_a_right_one_would_have(desk: Desk, field: str, wrong: str, until: str) -> None:
    slip, right = live(desk, {**RIGHT, field: wrong}, until), live(desk, RIGHT, until)
    assert facts(desk, slip) != facts(desk, right)
    correct(desk, slip, **{field: RIGHT[field]})
    assert facts(desk, slip) == facts(desk, right)
    assert desk.cells("2018-10-31")  # and the sums say what the views say
    with closing(inverse.copy(desk.ledger)) as taken:
        assert check.examine(taken) == []
    correct(desk, slip, **{field: wrong})
    assert facts(desk, slip) == facts(desk, live(desk, {**RIGHT, field: wrong}, until))


@pytest.mark.parametrize(
    ("until", "given", "then"),
    [
        ("accepted_on", {"accepted_on": CLEAR}, "rectified_on"),
        ("accepted_on", {"accepted_on": CLEAR, "rectified_on": CLEAR}, "extended_to"),
        ("rectified_on", {"rectified_on": CLEAR}, "extended_to"),
        ("extended_to", {"extended_to": CLEAR}, "supervised_on"),
    ],
)
def test_a_step_that_never_was_leaves_nothing(desk: Desk, until: str, given: Life, then: str) -> None:
    slip, right = live(desk, RIGHT, until), live(desk, RIGHT, then)
    correct(desk, slip, **given)
    assert facts(desk, slip) == facts(desk, right)


def test_a_listing_that_never_was_and_an_acceptance_that_failed(desk: Desk) -> None:
    hazard = live(desk, RIGHT)
    correct(desk, hazard, conclusion="不合格", failure_reason="未装牢")
    assert facts(desk, hazard)["hazard_deadline"][-1]["ended_by"] is None
    assert facts(desk, hazard)["supervision"][0]["until_on"] == "9999-12-31"
    correct(desk, hazard, conclusion="合格")
    assert facts(desk, hazard) == facts(desk, live(desk, RIGHT))
    correct(desk, hazard, supervised_on=CLEAR)
    assert facts(desk, hazard)["supervision"] == []


def test_a_number_of_a_document_is_mended(desk: Desk) -> None:
    hazard = live(desk, RIGHT)
    correct(desk, hazard, supervision_document="永安委〔2018〕19号", extension_document="延2号", document="改1号")
    found = facts(desk, hazard)
    assert found["supervision"][0]["document"] == "永安委〔2018〕19号"
    assert found["hazard_deadline"][1]["document"] == "延2号"
    assert found["hazard"][0]["document"] == "改1号"


def test_the_rules_hold_afterwards(desk: Desk) -> None:
    hazard = live(desk, RIGHT)
    before = facts(desk, hazard)
    for given, code in (
        ({"found_on": "2018-09-21"}, "E410"),
        ({"extended_to": "2018-09-20"}, "E406"),
        ({"extended_on": "2018-09-02"}, "E410"),
        ({"extended_on": "2018-10-06"}, "E410"),
        ({"rectified_on": "2018-10-13"}, "E214"),
        ({"accepted_on": "2018-11-06"}, "E213"),
        ({"rectified_on": CLEAR}, "E421"),
        ({"enterprise": CLEAR}, "E256"),
    ):
        with refuses(code):
            correct(desk, hazard, **given)
    assert facts(desk, hazard) == before


def test_what_was_not_done_cannot_be_mended(desk: Desk) -> None:
    hazard = desk.hazard(desk.enterprise())
    for field in ("extended_to", "rectified_on", "accepted_on", "supervised_on"):
        with refuses("E482"):
            correct(desk, hazard, **{field: "2018-10-20"})


def test_what_was_sent_back_keeps_its_acceptance_but_not_its_day(desk: Desk) -> None:
    hazard = live(desk, RIGHT)
    desk.step(hazard_cycle.reopen, hazard, "2018-10-20", "2018-11-20", "又出现")
    with refuses("E483"):
        correct(desk, hazard, accepted_on=CLEAR)
    with refuses("E483"):
        correct(desk, hazard, extended_to=CLEAR)
    with refuses("E417", "E410"):
        correct(desk, hazard, accepted_on="2018-10-21")
    correct(desk, hazard, accepted_on="2018-10-14")
    deadlines = facts(desk, hazard)["hazard_deadline"]
    assert [row["until_on"] for row in deadlines] == ["2018-09-18", "2018-10-14", "9999-12-31"]
    assert [row["settled_on"] for row in deadlines] == ["2018-10-14", "2018-10-14", None]


def test_each_acceptance_settles_what_it_found_open(desk: Desk) -> None:
    made = []
    for last in ("2018-10-30", "2018-11-01"):
        hazard = live(desk, RIGHT)
        desk.step(hazard_cycle.reopen, hazard, "2018-10-20", "2018-11-20", "又出现")
        desk.step(hazard_cycle.rectify, hazard, "2018-10-29")
        desk.step(hazard_cycle.accept, hazard, Acceptance(last, by="丙", level="县级"))
        made.append(hazard)
    assert facts(desk, made[0]) != facts(desk, made[1])
    correct(desk, made[0], accepted_on="2018-11-01")
    assert facts(desk, made[0]) == facts(desk, made[1])
    assert [row["settled_on"] for row in facts(desk, made[0])["hazard_deadline"]] == [*["2018-10-12"] * 2, "2018-11-01"]


# --- issued months tell it


def issue_october(desk: Desk) -> None:
    desk.at = "2018-11-05T01:00:00Z"
    with desk.gate() as gate:
        month.close(gate, ended(2018, 10), "0.1.0")
    with desk.gate() as gate:
        month.issue(gate, "2018-10", "永安委办〔2018〕15号", "2018-11-05")


def differences(desk: Desk) -> dict[tuple[str, str], int]:
    """By the difference of two ledgers: as it was known when October was issued, and as it is."""
    with closing(inverse.copy(desk.ledger)) as then:
        as_known.go_back(then, "2018-11-05")
        was, now = (figures.done(ledger, define(ledger, ended(2018, 10))) for ledger in (then, desk.ledger))
    moved = {cell: (now.get(cell) or 0) - (was.get(cell) or 0) for cell in was.keys() | now.keys()}
    return {cell: by for cell, by in moved.items() if by and cell[1] == ZHIYING}


def told(desk: Desk) -> dict[tuple[str, str], int]:
    found = correction.month_diff(desk.ledger, "2018-10")
    return {(one.indicator, one.town): (one.now or 0) - (one.was or 0) for one in found if one.town == ZHIYING}


LATER = {"today": "2018-11-20", "at": "2018-11-20T01:00:00Z"}


@pytest.mark.unmeasured
@sweep(
    ("field", "day"),
    [
        ("found_on", "2018-08-20"),
        ("deadline_on", "2018-09-12"),
        ("reported_on", "2018-09-05"),
        ("supervised_on", "2018-09-10"),
        ("extended_on", "2018-09-25"),
        ("extended_to", "2018-10-12"),
        ("rectified_on", "2018-10-02"),
        ("accepted_on", "2018-11-01"),
    ],
    keep=3,
)
def test_a_hazard_corrected_after_its_month_was_issued(desk: Desk, field: str, day: str) -> None:
    hazard = live(desk, RIGHT)
    issue_october(desk)
    correct(desk, hazard, **LATER, **{field: day})
    by_ledgers = {cell: by for cell, by in differences(desk).items() if cell[0] in _compared(desk)}
    assert {cell: by for cell, by in told(desk).items() if by} == by_ledgers
    if field in ("accepted_on", "extended_to"):  # the other days are no figure of October
        assert by_ledgers
    again = live(desk, {**RIGHT, field: day})
    assert facts(desk, hazard) == facts(desk, again)


def _compared(desk: Desk) -> set[str]:
    return {row[0] for row in desk.ledger.execute("SELECT id FROM indicator WHERE kind = 'sum'")}


CONTRACT = {"from_on": "2018-03-01", "last_on": "2019-02-28"}


@pytest.mark.unmeasured
@sweep(
    ("field", "day"),
    [("from_on", "2018-11-10"), ("last_on", "2018-10-20"), ("ended_on", "2018-10-15"), ("ended_on", CLEAR)],
    keep=2,
)
@pytest.mark.parametrize("issued", [False, True])
def test_a_contract_corrected_before_and_after_its_month_was_issued(
    desk: Desk, field: str, day: str, issued: bool
) -> None:
    contract = desk.contract(desk.enterprise(), **CONTRACT)
    if field == "ended_on":
        desk.step(trusteeship.end, contract, "2018-10-01", "停产")
    if issued:
        issue_october(desk)
    desk.at = LATER["at"]
    with desk.gate(LATER["today"], "trusteeship edit --correct --why 录错") as gate:
        number = desk.row("trusteeship", contract)["number"]
        given = {"number": number, field: day, **({"end_reason": CLEAR} if day == CLEAR else {})}
        register.correct(gate, definition.record("trusteeship"), given, Finder(gate.connection))
    assert desk.row("trusteeship", contract)[field] == (None if day == CLEAR else day)
    if issued:
        by_ledgers = {cell: by for cell, by in differences(desk).items() if cell[0] in _compared(desk)}
        assert {cell: by for cell, by in told(desk).items() if by} == by_ledgers
        assert bool(by_ledgers) == (day != "2018-10-15")  # ended within October either way
    else:
        assert (desk.figure("trusteeship.喷涂", "2018-10-31") == 1) == (day == CLEAR)
