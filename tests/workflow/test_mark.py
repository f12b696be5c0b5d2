"""Marks and liftings of a veto: of an indicator of that form alone, within what the scheme of their month says."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.ledger import listing, schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import scheme
from anjian_cli.workflow.kept_record import Kept
from support import marked_scheme
from support.desk import TODAY, Desk, refuses

GIVEN: dict[str, Any] = {"indicator": "监管人员", "town": "芝英镇", "marked_on": "2018-10-25", "points": "-1"}
LIFTED: dict[str, Any] = {"indicator": "较大事故否决", "town": "芝英镇", "lifted_on": "2018-10-25", "document": "例1号"}


@pytest.fixture
def marking(desk: Desk) -> Desk:
    """From October on there is something to mark."""
    marked_scheme.adopt(desk, "2018-10-01")
    return desk


def give(desk: Desk, **more: Any) -> Kept:
    return desk.take("mark", **{**GIVEN, **more})


def test_of_the_month_in_which_it_was_given_by_the_only_one_who_may(marking: Desk) -> None:
    row = give(marking).row_id
    assert marking.rows("mark", "indicator", "month", "points", "marker", where=f"id = {row}") == [
        (marked_scheme.MARKED, "2018-10", "-1", "县安委办")
    ]
    of_october = give(marking, marked_on="2018-11-02", month="2018-10")
    assert (of_october.outcome, marking.row("mark", of_october.row_id)["month"]) == ("new", "2018-10")
    assert marking.row("mark", give(marking, marked_on=None).row_id)["marked_on"] == TODAY


def test_marks_of_a_month_are_several(marking: Desk) -> None:
    one = give(marking, reason="缺1名")
    assert give(marking, reason="缺1名").outcome == "unchanged"
    assert give(marking, reason="培训不到位").outcome == "new"
    corrected = give(marking, reason="缺1名", points="-0.5")
    assert (corrected.row_id, corrected.outcome) == (one.row_id, "changed")
    assert [told.title for told in corrected.told] == ["分值"]


def test_what_does_not_concern_a_town_has_no_points(marking: Desk) -> None:
    row = give(marking, points="不涉及").row_id
    assert give(marking, points="不涉及").outcome == "unchanged"
    assert marking.rows("mark", "points") == [(None,)]
    assert marking.rows("mark_listing", "points", where=f"id = {row}") == [("不涉及",)]
    assert [tuple(told) for told in marking.edit("mark", row, points="0.5").told] == [("分值", "不涉及", "0.5")]


@pytest.mark.parametrize("points", ["-2", "0.5", "0"])
def test_within_its_range(marking: Desk, points: str) -> None:
    give(marking, points=points)


@pytest.mark.parametrize("points", ["-2.01", "0.51"])
def test_beyond_its_range(marking: Desk, points: str) -> None:
    with refuses("E783") as messages:
        give(marking, points=points)
    assert "“监管人员”一次评分在-2至0.5分之间" in messages[0]
    assert marking.rows("mark", "id") == []


def test_all_that_the_scheme_does_not_allow_at_once(desk: Desk) -> None:
    marked_scheme.adopt(desk, fields="幅度=-2~-0.5；评分单位=县安委办、县消防大队；依据")
    with refuses("E783", "E784", "E785") as messages:
        give(desk, points="-3", marker="县公安局")
    assert "评分单位请从中选一：县安委办、县消防大队" in messages[2]
    with refuses("E785"):  # nobody in particular may
        give(desk, reason="缺1名")
    row = give(desk, reason="缺1名", marker="县消防大队").row_id
    for emptied, code in (("reason", "E784"), ("marker", "E785")):
        with refuses(code):
            desk.edit("mark", row, **{emptied: CLEAR})


def test_a_scheme_that_says_nothing_more_takes_any_points_of_anybody(desk: Desk) -> None:
    marked_scheme.adopt(desk, fields="")
    row = give(desk, points="-100").row_id
    assert desk.row("mark", row)["marker"] is None


def test_of_the_scheme_in_force_on_the_last_day_of_its_month(marking: Desk) -> None:
    with refuses("E782") as messages:
        give(marking, month="2018-09")
    assert "2018-09的办法（永康2018）里，“监管人员”不是评分的指标" in messages[0]
    with refuses("E782") as messages:
        give(marking, indicator="网格员")
    assert "可以是：监管人员" in messages[0]
    marked_scheme.adopt(marking, "2018-10-31", name="示例再评", fields="幅度=-9~0")
    give(marking, points="-9")


def test_an_edit_is_held_as_a_new_one(marking: Desk) -> None:
    row = give(marking).row_id
    assert marking.edit("mark", row, remark="已告知").outcome == "changed"
    with refuses("E783"):
        marking.edit("mark", row, points="-3")
    with refuses("E782"):
        marking.edit("mark", row, month="2018-09")
    with refuses("E256"):
        marking.edit("mark", row, month=CLEAR)


def test_nobody_marks_what_has_not_been(marking: Desk) -> None:
    with refuses("E780"):
        give(marking, month="2018-11")
    with refuses("E213"):
        give(marking, marked_on="2018-11-06")


def test_a_scheme_is_not_taken_back_over_marks(marking: Desk) -> None:
    give(marking)
    with refuses("E751") as messages:
        marking.undo(marking.head - 1)
    assert "有评分1条是指标“daily.staff”的" in messages[0]


def test_a_veto_is_lifted_once_a_day_and_of_a_veto_alone(marking: Desk) -> None:
    row = marking.take("veto_lifting", **LIFTED)
    assert marking.take("veto_lifting", **LIFTED).outcome == "unchanged"
    with refuses("E786") as messages:
        marking.take("veto_lifting", **{**LIFTED, "indicator": "监管人员"})
    assert "2018-10-25的办法（示例评分）里，“监管人员”不是一票否决的指标。可以是：较大事故否决" in messages[0]
    with refuses("E786"):
        marking.take("veto_lifting", **{**LIFTED, "lifted_on": "2018-09-30"})
    later = marking.take("veto_lifting", **{**LIFTED, "lifted_on": "2018-10-26"})
    with refuses("E238"):
        marking.edit("veto_lifting", later.row_id, lifted_on="2018-10-25")
    marking.void("veto_lifting", row.row_id)
    marking.edit("veto_lifting", later.row_id, lifted_on="2018-10-25")


def listed(desk: Desk, text: str | None = None) -> list[str]:
    return [row["indicator"] for row in listing.rows(desk.ledger, "mark", listing.Wanted(text=text))]


def test_of_an_indicator_that_its_month_has_no_more_it_is_listed_by_its_word(marking: Desk) -> None:
    row = give(marking).row_id
    before = scheme.draft_of(marking.ledger, schemes.on(marking.ledger, "2018-10-01"))
    kept = tuple(each for each in before.indicators if each.code not in (marked_scheme.MARKED, marked_scheme.VETO))
    plain = replace(
        before,
        name="示例不评",
        categories=tuple(each for each in before.categories if each.code != "daily"),
        indicators=kept,
    )
    with marking.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, plain, "2018-10-05")
    assert listed(marking) == listed(marking, "监管") == ["监管人员"]
    assert listing.one(marking.ledger, "mark", row)["indicator"] == "监管人员"
    assert listed(marking, "没有的") == []
    other = replace(
        plain,
        name="示例另评",
        indicators=tuple(
            replace(each, short="监管人员", title="监管人员数") if each.code == kept[0].code else each for each in kept
        ),
    )
    with marking.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, other, "2018-10-06")
    # The word means another one now: by it the mark would not be found again.
    assert listed(marking) == [marked_scheme.MARKED]
