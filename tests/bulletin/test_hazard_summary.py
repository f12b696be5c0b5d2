"""Hazards by town, department, level and source: the bulletin's figures, and those of records counted directly."""

from __future__ import annotations

import sqlite3
from fractions import Fraction
from pathlib import Path

import pytest

from anjian_cli.bulletin import explain
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.hazard_summary import FACTS, OPENING, PER, TOWN, Count, Row, Summary, summary
from anjian_cli.bulletin.period import Period, ended, period
from anjian_cli.bulletin.value import COUNTY, UNSETTLED, Bulletin
from anjian_cli.errors import Refused
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import hazard_charge, hazard_cycle, month
from support import bulletin_ledger
from support.bulletin_ledger import JIANGNAN, SHIZHU, ZHIYING, Book
from support.department_scheme import INDICATORS, adopt
from support.desk import FIVE, Desk

OCTOBER = ended(2018, 10)
NOVEMBER = period(2018, 11, "2018-11-02")
MONTHS = (ended(2018, 3), ended(2018, 9), OCTOBER, NOVEMBER)


def totals(row: Row) -> dict[str, int | None]:
    return {figure: getattr(row, figure).total for figure in FACTS}


def of(found: Summary, name: str) -> Row:
    return next(row for row in found.rows if row.name == name)


def done(bulletin: Bulletin, place: str) -> dict[str, int | None]:
    return {figure: bulletin_ledger.cell(bulletin, fact, place).done for figure, fact in FACTS.items()}


@pytest.mark.parametrize("when", MONTHS, ids=lambda each: each.key)
def test_figures_are_those_of_the_bulletin(demonstration_made: tuple[Path, list[object]], when: Period) -> None:
    connection = sqlite3.connect(f"{demonstration_made[0].as_uri()}?mode=ro", uri=True)
    bulletin_ledger.write_ready(connection)
    bulletin = compile_bulletin(connection, when)
    found = summary(connection, when)
    towns = {town.name: town.code for town in bulletin.towns}
    assert [row.name for row in found.rows] == [*towns, "全市"]
    for row in found.rows[:-1]:
        assert totals(row) == done(bulletin, towns[row.name])
    assert totals(found.rows[-1]) == done(bulletin, COUNTY)
    for per in PER:
        other = summary(connection, when, per)
        assert totals(other.rows[-1]) == totals(found.rows[-1])
        assert other.rows[-1].found.levels == found.rows[-1].found.levels
        for figure in FACTS:
            assert sum(getattr(row, figure).total for row in other.rows[:-1]) == getattr(other.rows[-1], figure).total
    connection.close()


def test_what_is_due_today_is_not_overdue_yet(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.hazard(firm, deadline_on="2018-11-02")
    today = summary(desk.ledger, NOVEMBER)
    assert (today.as_of, of(today, "芝英镇").overdue.total, of(today, "芝英镇").standing.total) == ("2018-11-02", 0, 1)
    assert any("今天还没有过完" in note for note in today.notes)
    assert of(summary(desk.ledger, ended(2018, 11)), "芝英镇").overdue.total == 1


def test_days_run_from_the_day_it_was_found(desk: Desk) -> None:
    firm = desk.enterprise()
    closed = {"rectified_on": "2018-10-12", "accepted_on": "2018-10-19"}
    desk.hazard(firm, found_on="2018-10-09", **closed)
    desk.hazard(firm, found_on="2018-10-12", **closed, level="一般")
    desk.hazard(firm, found_on="2018-10-21", deadline_on="2018-11-30")
    desk.hazard(firm, found_on="2017-10-31", deadline_on="2017-11-30")
    row = of(summary(desk.ledger, OCTOBER), "芝英镇")
    assert (row.days_closed, row.days_standing) == (Fraction(17, 2), Fraction(10 + 365, 2))
    assert totals(row) == {"found": 3, "closed": 2, "standing": 2, "overdue": 1}
    empty = of(summary(desk.ledger, OCTOBER), "石柱镇")
    assert (empty.days_closed, empty.days_standing, totals(empty)) == (None, None, dict.fromkeys(FACTS, 0))


def test_what_is_found_again_stands_since_it_was_found(desk: Desk) -> None:
    row = desk.hazard(desk.enterprise(), found_on="2018-10-01", rectified_on="2018-10-12", accepted_on="2018-10-12")
    desk.step(hazard_cycle.reopen, row, "2018-10-21", "2018-11-20", "又拆了")
    found = summary(desk.ledger, OCTOBER).rows[-1]
    assert totals(found) == {"found": 1, "closed": 0, "standing": 1, "overdue": 0}
    assert (found.days_closed, found.days_standing) == (None, Fraction(30))


def test_departments_by_what_they_are_and_since_when(desk: Desk) -> None:
    adopt(desk)
    firm = desk.enterprise()
    late = {"found_on": "2018-09-01", "deadline_on": "2018-09-30"}
    moved = desk.hazard(firm, found_by="甲局", charged_to="乙局", **late)
    closed = desk.hazard(
        firm, found_by="甲局", charged_to="乙局", **late, rectified_on="2018-09-12", accepted_on="2018-09-13"
    )
    desk.hazard(firm, charged_to="乙局", **late)
    for row in (moved, closed):
        desk.step(hazard_charge.hand_over, row, desk.row("department", 1)["number"], "2018-10-15")

    def told(per: str, when: Period) -> dict[str, tuple[int | None, ...]]:
        return {row.name: tuple(totals(row).values()) for row in summary(desk.ledger, when, per).rows}

    county = (3, 1, 2, 2)
    assert told("监管部门", ended(2018, 9))["示例乙局"][:3] == county[:3]
    assert told("监管部门", OCTOBER) == {"示例甲局": (2, 1, 1, 1), "示例乙局": (1, 0, 1, 1), "全市": county}
    assert told("检查部门", OCTOBER) == {"示例甲局": (2, 1, 1, 1), "未定部门": (1, 0, 1, 1), "全市": county}
    # The acceptance keeps its day, however late the hazard was handed over.
    assert of(summary(desk.ledger, OCTOBER, "监管部门"), "示例甲局").days_closed == 12
    # A department that the scheme ranks has the same figures in the bulletin.
    ranked = compile_bulletin(desk.ledger, OCTOBER).of_departments()
    assert ranked is not None
    code = next(each.code for each in ranked.towns if each.short == "甲局")
    overdue = next(t for c in ranked.categories for t in c.indicators if t.short == "逾期数")
    assert next(cell.done for cell in overdue.cells if cell.town == code) == 1


def test_a_merged_department_counts_where_it_went(desk: Desk) -> None:
    adopt(desk)
    firm = desk.enterprise()
    for name in ("甲局", "乙局"):
        desk.hazard(firm, found_by=name)
    number = str(desk.rows("department", "number", where="short_name = '乙局'")[0][0])
    desk.read("department", number=number, until_on="2018-10-20", merged_into="甲局")
    found = summary(desk.ledger, OCTOBER, "检查部门")
    assert [(row.name, row.found.total) for row in found.rows] == [("示例甲局", 2), ("全市", 2)]
    assert found.rows[0].see == "明细 2018-10-甲局-排查数"


def figure(desk: Desk, row: Row) -> int | None:
    """What is explained by the code that a row tells."""
    _, code = row.see.split()
    return explain.explain(desk.ledger, explain.parse_code(desk.ledger, [code], "2018-11-05")).figure


class TestRecordsOfADepartment:
    @pytest.fixture
    def ranked(self, desk: Desk) -> Desk:
        adopt(desk)
        firm = desk.enterprise()
        for by, charged in (("甲局", "乙局"), ("甲局", None), (None, "乙局")):
            desk.hazard(firm, found_by=by, charged_to=charged)
        return desk

    def test_are_explained_where_the_scheme_ranks_departments(self, ranked: Desk) -> None:
        found = summary(ranked.ledger, OCTOBER, "检查部门")
        assert [(row.name, row.see) for row in found.rows] == [
            ("示例甲局", "明细 2018-10-甲局-排查数"),
            ("未定部门", "明细 2018-10-未定部门-排查数"),
            ("全市", "明细 2018-10-全市-排查数"),
        ]
        assert [figure(ranked, row) for row in found.rows] == [row.found.total for row in found.rows] == [2, 1, 3]
        assert not any("检查部门" in note for note in found.notes)
        assert [row.see for row in summary(ranked.ledger, OCTOBER, "检查部门", ZHIYING).rows] == [
            "隐患 列表 --镇街 芝英 --查找 示例甲局", "", "明细 2018-10-芝英-排查数",
        ]  # fmt: skip

    def test_are_listed_where_it_asks_another_figure_and_that_one_is_told(self, ranked: Desk) -> None:
        found = summary(ranked.ledger, OCTOBER, "监管部门")
        assert [row.see for row in found.rows[:2]] == ["隐患 列表 --查找 示例乙局", ""]
        assert found.notes[-1] == "一个监管部门的“逾期数”由哪些记录组成：anjian 明细 2018-10-部门简称-逾期数"
        told = explain.parse_code(ranked.ledger, ["2018-10-乙局-逾期数"], "2018-11-05")
        assert explain.explain(ranked.ledger, told).figure == found.rows[0].overdue.total == 2

    def test_of_all_figures_that_it_asks_the_others_are_told(self, desk: Desk) -> None:
        of = {each.short: each for each in INDICATORS}
        charged = [
            replace(
                of["排查数"], code=f"yh.{short}", short=short, title=f"{short}考核", units="镇、监管部门", measure=fact
            )
            for short, fact in (("发现数", FACTS["found"]), ("未销", FACTS["standing"]), ("逾期", FACTS["overdue"]))
        ]
        adopt(desk, "2018-01-01", *charged)
        desk.hazard(desk.enterprise(), charged_to="甲局")
        found = summary(desk.ledger, OCTOBER, "监管部门")
        assert found.rows[0].see == "明细 2018-10-甲局-发现数"
        assert figure(desk, found.rows[0]) == 1
        assert found.notes[-2:] == (
            "镇街的明细里把“发现数”换成“未销”、“逾期”，看那一个数的记录",
            "监管部门的明细里把“发现数”换成“未销”、“逾期”，看那一个数的记录",
        )
        assert summary(desk.ledger, OCTOBER, "检查部门").notes == (
            "明细里把“发现数”换成“未销”、“逾期”，看那一个数的记录",
        )

    def test_who_is_called_as_a_town_is_called_in_full(self, ranked: Desk) -> None:
        number = str(ranked.rows("department", "number", where="short_name = '甲局'")[0][0])
        ranked.read("department", number=number, short_name="芝英")
        row = summary(ranked.ledger, OCTOBER, "检查部门").rows[0]
        assert row.see == "明细 2018-10-示例甲局-排查数"
        assert figure(ranked, row) == 2


def test_a_merged_town_counts_where_it_went(desk: Desk) -> None:
    desk.hazard(desk.enterprise())
    desk.hazard(desk.enterprise(town="石柱镇"), level="一般")
    desk.read("town", code=SHIZHU, until_on="2018-10-20", merged_into="芝英镇")
    found = summary(desk.ledger, OCTOBER)
    bulletin = compile_bulletin(desk.ledger, OCTOBER)
    assert [(row.name, row.found.total) for row in found.rows] == [("芝英镇", 2), ("全市", 2)]
    assert totals(found.rows[0]) == done(bulletin, ZHIYING)
    for code in (ZHIYING, SHIZHU):  # asked for under either name
        assert [row.found.total for row in summary(desk.ledger, OCTOBER, town=code).rows] == [2, 2]
    assert of(summary(desk.ledger, ended(2018, 9)), "石柱镇").found.total == 0


def test_a_level_that_was_edited_is_the_level_it_has(desk: Desk) -> None:
    row = desk.hazard(desk.enterprise())
    assert summary(desk.ledger, OCTOBER).rows[-1].standing == Count(1, (1, 0), 0)
    desk.correct("hazard", row, level="重大", **FIVE)
    found = summary(desk.ledger, OCTOBER).rows[-1]
    assert (found.found, found.standing) == (Count(1, (0, 1), 0), Count(1, (0, 1), 0))
    levels = summary(desk.ledger, OCTOBER, "级别")
    assert [(each.name, each.found.total) for each in levels.rows] == [("一般", 0), ("重大", 1), ("全市", 1)]


def test_what_has_no_town_yet_stands_apart(desk: Desk) -> None:
    desk.hazard(desk.enterprise(town=None))
    desk.hazard(desk.enterprise())
    found = summary(desk.ledger, OCTOBER)
    assert [(row.name, row.found.total) for row in found.rows] == [
        ("芝英镇", 1), ("石柱镇", 0), ("未定镇街", 1), ("全市", 2)
    ]  # fmt: skip
    alone = summary(desk.ledger, OCTOBER, town=UNSETTLED)
    assert [(row.name, row.found.total, row.see) for row in alone.rows] == [
        ("未定镇街", 1, "明细 2018-10-未定-排查隐患")
    ] * 2


def test_of_one_town_alone(desk: Desk) -> None:
    desk.hazard(desk.enterprise(), source="部门检查")
    desk.hazard(desk.enterprise(town="石柱镇"))
    found = summary(desk.ledger, OCTOBER, "来源", ZHIYING)
    assert [(row.name, row.found.total, row.see) for row in found.rows] == [
        ("部门检查", 1, "隐患 列表 --镇街 芝英 --查找 部门检查"),
        ("芝英镇", 1, "明细 2018-10-芝英-排查隐患"),
    ]


@pytest.fixture
def opened() -> Book:
    """Totals without records: found and closed since January, what stood open at the end of September."""
    book = Book()
    for fact, number in zip(FACTS.values(), (40, 30, 12, 5), strict=True):
        whole_year = {"period_from": "2018-01-01"} if fact == FACTS["found"] else {}
        book.opening(fact, JIANGNAN, "2018-09-30", number, until_on="9999-12-31", **whole_year)  # type: ignore[arg-type]
    firm = book.enterprise((JIANGNAN, "0001-01-01"))
    with book.gate() as gate:
        hazard = gate.insert(
            "hazard", number=book.number(), enterprise_id=firm, town_code=JIANGNAN, found_on="2018-10-09",
            source="网格巡查", level="一般", description="配电箱无盖", deadline_on="2018-11-30",
        )  # fmt: skip
        gate.insert(
            "hazard_deadline", hazard_id=hazard, deadline_on="2018-11-30", late_from="2018-12-01", from_on="2018-10-09"
        )
    return book


@pytest.mark.parametrize("number", [8, 9, 10])
def test_opening_figures_count_as_they_do_in_the_bulletin(opened: Book, number: int) -> None:
    when = ended(2018, number)
    found, bulletin = summary(opened.connection, when), opened.bulletin(when)
    for town in bulletin.towns:
        assert totals(of(found, town.name)) == done(bulletin, town.code)
    assert totals(found.rows[-1]) == done(bulletin, COUNTY)
    assert (found.rows[-1].found.total is None) == (number == 8)
    assert any("无从得知" in note for note in found.notes) == (number == 8)


def test_opening_figures_have_no_level_and_no_department(opened: Book) -> None:
    whole = summary(opened.connection, OCTOBER).rows[-1]
    assert (whole.found, whole.standing) == (Count(41, (1, 0), 40), Count(13, (1, 0), 12))
    assert (whole.days_closed, whole.days_standing) == (None, Fraction(22))
    for per in PER:
        if per != TOWN:
            rows = summary(opened.connection, OCTOBER, per).rows
            assert (rows[-2].name, rows[-2].found, rows[-2].see) == (OPENING, Count(40, (0, 0), 40), "期初 列表")
            assert totals(rows[-1]) == totals(whole)


def test_the_code_that_is_told_explains_the_figure(desk: Desk) -> None:
    desk.hazard(desk.enterprise())
    for row in summary(desk.ledger, OCTOBER).rows:
        assert figure(desk, row) == row.found.total


def test_the_code_is_called_as_the_scheme_in_force_calls_it(desk: Desk) -> None:
    adopt(desk, "2018-01-01")
    assert of(summary(desk.ledger, OCTOBER), "芝英镇").see == "明细 2018-10-芝英-排查数"


def test_under_a_scheme_without_hazards_the_figures_are_the_same_and_the_list_is_told(desk: Desk) -> None:
    desk.hazard(desk.enterprise())
    before = summary(desk.ledger, OCTOBER)
    training = next(each for each in INDICATORS if each.short == "培训")
    adopt(desk, "2018-01-01", replace(training, full=Fraction(100)))
    after = summary(desk.ledger, OCTOBER)
    assert [totals(row) for row in after.rows] == [totals(row) for row in before.rows]
    assert [row.see for row in after.rows] == ["隐患 列表 --镇街 芝英", "隐患 列表 --镇街 石柱", "隐患 列表"]
    assert summary(desk.ledger, OCTOBER, town=ZHIYING).rows[-1].see == "隐患 列表 --镇街 芝英"


def test_a_locked_month_is_counted_as_the_ledger_stands_and_said_to_be_locked(desk: Desk) -> None:
    desk.hazard(desk.enterprise())
    assert not any("已定稿" in note for note in summary(desk.ledger, OCTOBER).notes)
    desk.step(month.close, OCTOBER, "0")
    desk.hazard(desk.enterprise())
    found = summary(desk.ledger, OCTOBER)
    assert found.rows[-1].found.total == 2
    assert any("2018年10月已定稿" in note for note in found.notes)


@pytest.mark.altered
def test_it_is_not_printed_from_records_that_were_altered(desk: Desk) -> None:
    desk.hazard(desk.enterprise())
    desk.ledger.execute("UPDATE hazard SET level = '重大'")
    with pytest.raises(Refused):
        summary(desk.ledger, OCTOBER)
