"""Every record type: voided its items are gone, taken back they are there again; what others need is not voided; and
a field that is emptied is empty, or is refused with words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from anjian_cli.errors import Refused
from anjian_cli.records import definition
from anjian_cli.records.values import CLEAR
from oracle.figures import dump
from support import marked_scheme
from support.desk import FIVE, Desk, refuses
from support.sweeps import sweep

PASSED = {"accepted_on": "2018-10-10", "conclusion": "合格"}


def _responsible(desk: Desk) -> int:
    desk.village()
    return desk.responsible(**PASSED, reward=2_000_000, paid_on="2018-11-01")


def _guided(desk: Desk) -> int:
    _responsible(desk)
    return desk.guided(desk.enterprise())


def _visit(desk: Desk) -> int:
    firm = desk.enterprise()
    desk.contract(firm)
    return desk.of("visit", firm, agency="示例安全技术公司", kind="喷涂", visited_on="2018-05-09")


def _hazard(desk: Desk) -> int:
    more = {"level": "重大", **FIVE, "supervised_on": "2018-10-10", "supervision_level": "县级"}
    done = {"rectified_on": "2018-11-01", "accepted_on": "2018-11-02", "accepted_unit": "县级安委办"}
    return desk.hazard(desk.enterprise(), **more, **done)


def _of_campaign(desk: Desk, record: str, **told: str) -> int:
    desk.take("campaign", name="秋季大检查", from_on="2018-10-01")
    return desk.take(record, campaign="秋季大检查", **told).row_id


def _marked(desk: Desk) -> Desk:
    marked_scheme.adopt(desk)
    return desk


# A record of each type with all that it can count, and how many items that are.
MADE: dict[str, tuple[Callable[[Desk], int], int]] = {
    "agency": (lambda desk: desk.take("agency", name="示例甲安全技术服务公司").row_id, 0),
    "department": (lambda desk: desk.take("department", name="示例建设局").row_id, 0),
    "officer": (lambda desk: desk.take("officer", town="芝英镇", name="网格员甲").row_id, 0),
    "campaign": (lambda desk: desk.take("campaign", name="秋季大检查", from_on="2018-10-01").row_id, 0),
    "reporting_ledger": (
        lambda desk: desk.take(
            "reporting_ledger", town="芝英镇", ledger_id="0" * 32, key="1" * 64, from_on="2018-01-01"
        ).row_id,
        0,
    ),
    "grid": (lambda desk: desk.take("grid", town="芝英镇", name="芝英一网格").row_id, 0),
    "campaign_phase": (
        lambda desk: _of_campaign(desk, "campaign_phase", title="集中推进", from_on="2018-10-16"), 0,
    ),
    "campaign_scope": (lambda desk: _of_campaign(desk, "campaign_scope", kind="风险", word="喷涂"), 0),
    "programme_plan": (
        lambda desk: desk.take("programme_plan", year=2018, kind="喷涂", stage="排查", due_on="2018-06-30").row_id, 0,
    ),
    "risk_grade": (
        lambda desk: desk.of("risk_grade", desk.enterprise(), grade="红", from_on="2018-05-09", basis="喷涂作业"), 0,
    ),
    "diagnosis": (lambda desk: desk.of("diagnosis", desk.enterprise(), agency="甲公司", diagnosed_on="2018-05-09"), 0),
    "catch_up": (
        lambda desk: desk.take(
            "catch_up", town="芝英镇", month="2018-09", filed_on="2018-10-08", plan="每周两家", figures=("涉氨 3",)
        ).row_id,
        0,
    ),
    "term": (lambda desk: desk.take("term", list="整治类型", word="锂电池").row_id, 0),
    "setting": (lambda desk: desk.take("setting", name="issuer", value="某办").row_id, 0),
    "target": (lambda desk: desk.target(5), 0),
    "statistic": (lambda desk: desk.statistic("42.3万人"), 0),
    "opening_figure": (lambda desk: desk.opening("罚款", "2018-09-30", "5万元"), 1),
    "training": (lambda desk: desk.training(), 1),
    "hazard": (_hazard, 8),
    "inspection": (
        lambda desk: desk.of(
            "inspection", desk.enterprise(), inspected_on="2018-05-09", method="部门检查", found_any="无"
        ),
        1,
    ),
    "standardization": (
        lambda desk: desk.standard(
            desk.enterprise(), "2016-10-20", kind="复评", begun_on="2016-01-05", consulted_on="2016-02-01",
            self_assessed_on="2016-03-01", applied_on="2016-04-01", reviewed_on="2016-05-01", revoked_on="2018-06-01",
        ),
        6,
    ),
    "programme": (
        lambda desk: desk.programme(
            desk.enterprise(), **PASSED, outcome="整治", excused_on="2018-11-01", excuse="关停"
        ),
        3,
    ),
    "trusteeship": (lambda desk: desk.contract(desk.enterprise()), 5),
    "visit": (_visit, 1),
    "exposure": (lambda desk: desk.of("exposure", desk.enterprise(), level="一般", from_on="2018-01-01"), 1),
    "health_test": (lambda desk: desk.tested(desk.enterprise(), "2018-05-09", over=1, remedied_on="2018-06-01"), 4),
    "device": (lambda desk: desk.of("device", desk.enterprise(), installed_on="2018-05-09"), 1),
    "responsible_village": (_responsible, 3),
    "guidance": (_guided, 1),
    "enforcement_case": (
        lambda desk: desk.case(
            decided_on="2018-09-20", fine=100, referred=2, revoked_on="2018-10-10", revoke_reason="复议撤销"
        ),
        8,
    ),
    "accident": (
        lambda desk: desk.accident(deaths=3, serious=1, written_off_on="2018-10-15", write_off_reason="不属生产安全"),
        8,
    ),
    "filing": (lambda desk: desk.filing(nil="是", figures=("涉氨 3",)), 3),
    "work_item": (
        lambda desk: desk.take("work_item", kind="应急演练", town="芝英镇", done_on="2018-10-09", level="县级").row_id,
        1,
    ),
    "monthly_figure": (lambda desk: desk.monthly("2018-10", 12), 2),
    "mark": (lambda desk: _marked(desk).take("mark", indicator="监管人员", town="芝英镇", points="-1").row_id, 0),
    "veto_lifting": (
        lambda desk: _marked(desk).take(
            "veto_lifting", indicator="较大事故否决", town="芝英镇", lifted_on="2018-10-25", document="例1号"
        ).row_id,
        0,
    ),
}  # fmt: skip
RESTS_ON = {"visit": "trusteeship", "guidance": "responsible_village"}
WITHOUT_ITEMS = {"town", "village", "enterprise"}
each = sweep("record", MADE, keep=12)
LATER = "2019-12-31"


def items(desk: Desk) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in desk.ledger.execute("SELECT * FROM fact_item")), key=str)


def test_no_type_is_forgotten() -> None:
    assert set(definition.names()) == set(MADE) | WITHOUT_ITEMS


@pytest.mark.unmeasured
@each
def test_voided_its_items_are_gone_and_taken_back_they_are_there_again(desk: Desk, record: str) -> None:
    make, expected = MADE[record]
    row = make(desk)
    (number,) = desk.rows(record, "number", where=f"id = {row}")[0]
    before, rows = items(desk), dump(desk.ledger)
    own = [item for item in before if item[13] != RESTS_ON.get(record)]
    assert len(own) == expected
    desk.void(record, row, "登记错了")
    assert [item for item in items(desk) if item in own] == []
    assert desk.rows(f"{record}_listing", "number", "void_reason", where="voided_on IS NOT NULL") == [
        (number, "登记错了")
    ]
    with refuses("E416"):
        desk.void(record, row)
    desk.undo()
    assert items(desk) == before
    after = dump(desk.ledger)
    for table, content in rows.items():
        if table not in ("operation", "change", "operation_root", "row_total", "sqlite_sequence"):
            assert after[table] == content, table


@pytest.mark.unmeasured
@each
def test_a_field_emptied_is_empty_or_refused_with_words(desk: Desk, record: str) -> None:
    row = MADE[record][0](desk)
    for name, column in definition.record(record).columns.items():
        if column.required or column.shown_only or name == "number":
            continue  # a required one is refused where it is typed or read
        before = dump(desk.ledger)
        try:
            desk.edit(record, row, LATER, **{name: CLEAR})
        except Refused:
            assert dump(desk.ledger) == before
            continue
        told = desk.ledger.execute(f"SELECT * FROM {record}_listing WHERE id = ?", (row,)).fetchone()
        assert name not in told.keys() or told[name] is None, name  # noqa: SIM118
        assert desk.edit(record, row, LATER, **{name: CLEAR}).outcome == "unchanged"


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "record", ["standardization", "programme", "trusteeship", "visit", "exposure", "health_test", "device"]
)
def test_an_enterprise_is_not_voided_over_what_hangs_on_it(desk: Desk, record: str) -> None:
    row = MADE[record][0](desk)
    before = dump(desk.ledger)
    with refuses("E422") as messages:
        desk.void("enterprise", 1)
    assert "“330784109-2018-0001”不能作废：它名下还有330784109-2018-0001" in messages[0]
    assert dump(desk.ledger) == before
    desk.void(record, row)
    if record == "visit":
        desk.void("trusteeship", 1)
    desk.void("enterprise", 1)


@pytest.mark.parametrize(("record", "title"), [("inspection", "检查"), ("hazard", "隐患"), ("guidance", "责任村指导")])
def test_an_enterprise_is_not_voided_over_what_refers_to_it(desk: Desk, record: str, title: str) -> None:
    row = MADE[record][0](desk)
    with refuses("E423") as messages:
        desk.void("enterprise", 1)
    assert f"还有1条{title}用到它" in messages[0]
    desk.void(record, row)
    desk.void("enterprise", 1)


@pytest.mark.parametrize(
    ("record", "parent"), [("officer", "town"), ("enforcement_case", "town"), ("accident", "town"), ("filing", "town"),
                           ("inspection", "town"), ("responsible_village", "village")],
)  # fmt: skip
def test_a_town_or_village_is_not_voided_over_what_refers_to_it(desk: Desk, record: str, parent: str) -> None:
    MADE[record][0](desk)
    with refuses("E423"):
        desk.void(parent, 1)


@pytest.mark.unmeasured
@each
def test_making_it_is_undone_whole(desk: Desk, record: str) -> None:
    tables = [str(name) for (name,) in desk.ledger.execute("SELECT name FROM record_table")]
    MADE[record][0](desk)
    made: Any = desk.head
    for operation in range(made, 2, -1):  # the first two are the towns
        desk.undo(operation)
    left = {table: rows for table, rows in dump(desk.ledger, tables).items() if rows}
    assert set(left) == {"town"}
    assert items(desk) == []
