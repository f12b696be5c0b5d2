"""What is answered about a field: names, amounts and words, for every field of every record type."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.ledger import listing
from anjian_cli.records import definition
from anjian_cli.records.definition import Kind, Record
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import echo
from anjian_cli.workflow.kept_record import Change, Kept
from support.desk import SHIZHU, ZHIYING, Desk
from support.sweeps import sweep

REFERRING = [
    pytest.param(record, name, id=f"{record.name}.{name}")
    for record in definition.all_records()
    for name, column in record.columns.items()
    if column.refers
]
OF_MONEY = [
    pytest.param(record, name, id=f"{record.name}.{name}")
    for record in definition.all_records()
    for name, kind in record.kinds.items()
    if kind is Kind.AMOUNT
]
COLUMN = {field: column for column, field in echo.FIELDS.items() if column != "responsible_village_id"}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two towns, two villages, two enterprises, two departments."""
    desk.village()
    desk.village("前山村", "330784109202")
    desk.enterprise("甲厂")
    desk.enterprise("乙厂")
    desk.take("department", name="示例甲局")
    desk.take("department", name="示例乙局")
    return desk


def told(desk: Desk, record: Record, column: str, before: object, after: object) -> list[Change]:
    kept = Kept(record.name, 1, record.name, 1, "")
    kept.changed(column, before, after)
    return echo.changes(desk.ledger, record, kept)


@pytest.mark.unmeasured
@sweep(("record", "name"), REFERRING, keep=20)
def test_what_a_field_refers_to_is_told_by_its_name(office: Desk, record: Record, name: str) -> None:
    refers = record.columns[name].refers
    first, second = (number for (number,) in office.rows("department", "number"))
    before, after, names = {
        "town": (ZHIYING, SHIZHU, ("芝英镇", "石柱镇")),
        "town or county": (None, SHIZHU, ("全市", "石柱镇")),
        "department": (first, second, ("示例甲局", "示例乙局")),
        "village": ("330784109201", "330784109202", ("溪心村", "前山村")),
        "enterprise": (1, 2, ("甲厂", "乙厂")),
        "indicator": ("training.网格员", "case.fine", ("网格员", "罚款")),
    }[refers]
    stored = {column[1] for column in office.ledger.execute(f"PRAGMA table_info({record.name})")}
    column = name if name in stored else COLUMN[name]
    assert told(office, record, column, before, after) == [Change(record.columns[name].title, *names)]
    if refers != "town or county":
        assert told(office, record, column, before, None)[0].after is None


@pytest.mark.parametrize(("record", "name"), OF_MONEY)
def test_money_is_told_as_it_is_written(office: Desk, record: Record, name: str) -> None:
    title = record.columns[name].title.partition("（")[0]
    assert told(office, record, name, 1_000_000, 2_000_000) == [Change(title, "1万元", "2万元")]
    assert told(office, record, name, None, 150) == [Change(title, None, "1.5元")]


@pytest.mark.unmeasured
@pytest.mark.parametrize("record", definition.all_records(), ids=lambda record: record.name)
def test_no_field_of_a_number_that_is_told_in_two_units_lacks_its_measure(record: Record, desk: Desk) -> None:
    """A number that its listing writes as text, or with a unit that another field says, is none of the plain ones."""
    stored = {row[1]: row[2] for row in desk.ledger.execute(f"PRAGMA table_info({record.name})")}
    for name, kind in record.kinds.items():
        column = name if name in stored else COLUMN.get(name)
        named = record.columns[name].refers or column in echo.BY_ID
        if stored.get(column or "") == "INTEGER" and kind is Kind.TEXT and not named:
            assert record.columns[name].measure, name


def test_money_and_people() -> None:
    amounts = {0: "0元", 150: "1.5元", 350_000: "3500元", 999_900: "9999元", 1_000_000: "1万元", 1_250_000: "1.25万元"}
    amounts |= {1_234_500: "12345元", 5_598_000_000_000: "559.8亿元", -1_000_000: "-1万元"}
    assert {fen: echo.money(fen) for fen in amounts} == amounts
    assert [echo.people(number) for number in (58, 423_000, 423_001)] == ["58人", "42.3万人", "423001人"]


def test_of_two_of_one_name_the_number_tells_which(office: Desk) -> None:
    one, other = office.enterprise("丙厂"), office.enterprise("丙厂", town="石柱镇")
    hazard = office.hazard(1)
    kept = office.edit("hazard", hazard, enterprise=str(office.row("enterprise", one)["number"]))
    assert kept.told == [Change("企业名称", "甲厂", "丙厂")]
    kept = office.edit("hazard", hazard, enterprise=str(office.row("enterprise", other)["number"]))
    numbers = [office.row("enterprise", row)["number"] for row in (one, other)]
    assert kept.told == [Change("企业名称", f"丙厂（{numbers[0]}）", f"丙厂（{numbers[1]}）")]


def test_a_number_is_told_in_the_unit_of_what_it_is_of(office: Desk) -> None:
    opening: dict[str, Any] = {"town": "石柱镇", "from_on": "2018-09-30", "source": "永安委办〔2018〕13号"}
    fines = office.take("opening_figure", indicator="罚款", cumulative="1万元", **opening).row_id
    assert office.edit("opening_figure", fines, cumulative="2.5万元").told == [Change("累计数", "1万元", "2.5万元")]
    trained = office.take("opening_figure", indicator="网格员", cumulative="11", **opening).row_id
    assert office.edit("opening_figure", trained, cumulative="12").told == [Change("累计数", 11, 12)]
    employed = office.statistic("42.3万人")
    assert office.edit("statistic", employed, kind="生产总值", amount="559.8亿元").told == [
        Change("统计项目", "从业人员", "生产总值"),
        Change("数值", "42.3万人", "559.8亿元"),
    ]
    target = office.take("target", year=2018, indicator="罚款", town="全市", quantity=1_000_000, document="永安委1号")
    assert office.edit("target", target.row_id, quantity=CLEAR).told == [Change("任务数", "1万元", None)]


def test_a_setting_is_told_in_words(office: Desk) -> None:
    office.take("setting", name="ranked.三级新创", value="是", from_on="0001-01-01")
    kept = office.take("setting", name="ranked.三级新创", value="否", from_on="0001-01-01")
    assert kept.told == [Change("值", "是", "否")]
    office.take("setting", name="weight.special", value="20%", from_on="2018-01-01")
    assert office.take("setting", name="weight.special", value="1/3", from_on="2018-01-01").told == [
        Change("值", "0.2", "1/3")
    ]
    curve = " ".join(f"{month}/12" for month in range(1, 13))
    office.take("setting", name="plan.三级新创", value=curve)
    rows = [int(str(row)) for (row,) in office.rows("setting", "id")]
    shown = [_card(office, "setting", row)[:2] for row in rows]
    assert [("名称", "是否评排名.三级新创"), ("值", "否")] in shown
    assert [("名称", "权重.安全专项整治"), ("值", "1/3")] in shown
    assert ("名称", "序时计划.三级新创") in [pairs[0] for pairs in shown]
    assert any(pairs[1][1].startswith("1/12 1/6 0.25 1/3") for pairs in shown)


def _card(desk: Desk, record: str, row: int) -> list[tuple[str, str]]:
    listed = listing.one(desk.ledger, record, row)
    return [(title, text) for _, title, text in echo.fields(desk.ledger, definition.record(record), listed)]


def test_the_figures_of_a_report_are_told_one_by_one(office: Desk) -> None:
    report = office.filing(figures=("网格员 3", "罚款 1万元"))
    assert office.edit("filing", report, figures=("网格员 4",)).told == [
        Change("镇报数", "网格员 3；罚款 1万元", "网格员 4")
    ]
    assert office.edit("filing", report, figures=CLEAR).told == [Change("镇报数", "网格员 4", None)]


def test_a_guidance_in_another_village_and_an_enterprise_that_moves(office: Desk) -> None:
    office.responsible()
    office.responsible("前山村")
    guidance = office.guided(1)
    assert office.edit("guidance", guidance, village="前山村").told == [
        Change("村（居）", "溪心村（2018年）", "前山村（2018年）")
    ]
    office.edit("enterprise", 1, village="溪心村")
    assert office.edit("enterprise", 1, town="石柱镇", changed_on="2018-10-01").told == [
        Change("镇（街、区）", "芝英镇", "石柱镇"),
        Change("村（居）", "溪心村", None),
    ]
    assert office.edit("enterprise", 2, name="丁厂").told == [Change("企业名称", "乙厂", "丁厂")]


def test_a_record_is_shown_in_the_same_words(office: Desk) -> None:
    case = office.case(fine=2_000_000, decided_on="2018-10-01")
    assert ("罚款", "2万元") in _card(office, "enforcement_case", case)
    fines = office.take(
        "opening_figure", indicator="罚款", cumulative="274.7万元", town="石柱镇", from_on="2018-08-31", source="报表"
    )
    assert ("累计数", "274.7万元") in _card(office, "opening_figure", fines.row_id)
    assert ("数值", "42.3万人") in _card(office, "statistic", office.statistic("42.3万人"))
    merged = office.take("town", code=ZHIYING, until_on="2018-10-01", merged_into="石柱镇")
    assert merged.told == [Change("停用日期", None, "2018-10-01"), Change("并入", None, "石柱镇")]
    assert ("并入", "石柱镇") in _card(office, "town", 1)
