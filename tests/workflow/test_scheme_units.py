"""考核单位: by which of its departments what is asked counts, and what no department can be asked."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Asked
from support import department_scheme
from support.department_scheme import BOTH, INDICATORS, adopt, asked, draft
from support.desk import Desk, refuses


def test_what_departments_are_asked_is_counted_by_who_found_it_or_who_is_answerable(desk: Desk) -> None:
    adopt(desk)
    found = dict(
        desk.ledger.execute(
            "SELECT indicator, measure FROM scheme_part WHERE measure LIKE '%@%' AND sign <> 0"
        ).fetchall()
    )
    assert found == {
        "yh.排查数": "hazard.found@found_by",
        "yh.到期数": "hazard.due_of_year@charged_to",
        "yh.按期率": "hazard.on_time_of_year@charged_to",
        "yh.逾期数": "hazard.overdue@charged_to",
        "gz.演练": "work.done?kind=应急演练@found_by",
        "gz.月报": "report.of_month@found_by",
        "gz.重大逾期": "hazard.overdue?level=重大@charged_to",
    }
    again = scheme.draft_of(desk.ledger, schemes.all_of(desk.ledger)[-1])
    assert again.indicators == INDICATORS


def test_a_rate_goes_by_what_it_is_held_against(desk: Desk) -> None:
    owed = asked("yh.排查", "hazard.found", BOTH)
    done = asked("yh.销号", "hazard.accepted_of_year", BOTH, against="yh.排查", ranked=True)
    more = asked("yh.检查处", "hazard.on_time_of_year", "检查部门", form="加分", scoring="每=1；加=1")
    adopt(desk, "2018-01-01", owed, done, more)
    counted = [text for (text,) in desk.ledger.execute("SELECT measure FROM scheme_part ORDER BY id")]
    assert counted == ["hazard.found@found_by", "hazard.accepted_of_year@found_by", "hazard.on_time_of_year@found_by"]


def faults(desk: Desk, *more: Asked) -> list[tuple[str, str]]:
    given = draft(*INDICATORS, *more)
    return [(fault.code, fault.place.title) for fault in scheme.faults(desk.ledger, given, "2018-01-01")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (asked("gz.标准化", "standard.reached", "部门"), ("E851", "考核单位")),
        (asked("gz.检查", "hazard.inspected", "监管部门"), ("E851", "考核单位")),
        (asked("gz.检查", "hazard.inspected", "部门、检查部门"), ("E850", "考核单位")),
        (asked("gz.检查", "hazard.inspected", "村"), ("E813", "考核单位")),
        (asked("gz.有的镇", units=BOTH, kind="counted", counts="yh.排查数"), ("E851", "考核单位")),
        (asked("gz.有的镇", kind="counted", counts="yh.逾期数"), ("E852", "数自")),
        (asked("yh.晚", "hazard.late_of_year", "检查部门", against="yh.到期数", ranked=True), ("E852", "对照")),
        (asked("yh.晚", "hazard.late_of_year", against="yh.逾期数", ranked=True), ("E852", "对照")),
    ],
)
def test_what_cannot_be_asked(desk: Desk, more: Asked, expected: tuple[str, str]) -> None:
    assert faults(desk) == []
    assert expected in faults(desk, more)


def test_both_roles_are_named(desk: Desk) -> None:
    more = replace(department_scheme.INDICATORS[2], code="yh.查", short="查", title="查", units="检查部门")
    (told,) = scheme.faults(desk.ledger, draft(*INDICATORS, more), "2018-01-01")
    assert told.code == "E852"
    assert "“查”按检查部门数，“到期数”按监管部门数" in told.reason


def test_a_task_a_mark_and_a_lifting_are_of_whom_the_scheme_asks(desk: Desk) -> None:
    adopt(desk)
    desk.take("target", year=2018, indicator="演练", department="甲局", quantity=2, document="例1号")
    desk.take("target", year=2018, indicator="演练", department="甲局", quantity=3, document="例1号")
    desk.take("target", year=2018, indicator="演练", town="全市", quantity=9, document="例1号")
    desk.take("mark", indicator="配合", department="乙局", marked_on="2018-10-25", points="-1")
    desk.take("veto_lifting", indicator="重大逾期", department="乙局", lifted_on="2018-10-25", document="例2号")
    assert [tuple(row) for row in desk.ledger.execute("SELECT town, department, quantity FROM target_listing")] == [
        (None, "示例甲局", 3),
        ("全市", None, 9),
    ]
    task: dict[str, Any] = {"year": 2018, "quantity": 2, "document": "例1号"}
    with refuses("E853"):
        desk.take("target", indicator="培训", department="甲局", **task)
    with refuses("E853"):
        desk.take("target", indicator="演练", town="芝英镇", **task)
    with refuses("E793"):
        desk.take("target", indicator="演练", town="芝英镇", department="甲局", **task)
    with refuses("E793"):
        desk.take("target", indicator="演练", **task)
    with refuses("E853"):
        desk.take("mark", indicator="配合", town="芝英镇", marked_on="2018-10-25", points="-1")
    with refuses("E793"):
        desk.take("mark", indicator="配合", marked_on="2018-10-25", points="-1")
    with refuses("E793"):
        desk.take("veto_lifting", indicator="重大逾期", lifted_on="2018-10-25", document="例2号")
