"""覆盖: what counts, with the days around every bound; random offices: test_covering.py."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from anjian_cli.bulletin import coverage
from anjian_cli.bulletin.campaign_board import AHEAD, OVER, UNDER_WAY, campaign_board
from anjian_cli.bulletin.coverage import GRADE, UNVISITED
from anjian_cli.bulletin.summary_table import SummaryTable
from anjian_cli.rules.risk_grade import periods
from support.desk import Desk, refuses

CAMPAIGN = "2018年秋季大检查"
DAYS = [f"2018-{month:02d}-{day:02d}" for month in range(8, 12) for day in (1, 15, 28)]
LATER = "2018-11-30"
RISKS = ("喷涂", "胶水", "冶金")


def figures(table: SummaryTable, name: str, *titles: str) -> list[object]:
    row = next(row for row in table.all_rows if row.name == name)
    told = {column.full_title: value for column, value in zip(table.columns, row.values, strict=True)}
    return [told[title] for title in titles]


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    desk.take("campaign", name=CAMPAIGN, from_on="2018-09-01", last_on="2018-10-31")
    return desk


def test_a_visit_counts_in_its_own_campaign_and_days(office: Desk) -> None:
    firms = [office.enterprise(f"示例{letter}厂") for letter in "甲乙丙丁戊"]
    office.take("campaign", name="冬季攻坚", from_on="2018-09-01")
    visit = {"method": "部门检查", "found_any": "无"}
    office.of("inspection", firms[0], inspected_on="2018-09-01", campaign=CAMPAIGN, **visit)
    office.of("inspection", firms[1], inspected_on="2018-08-31", campaign=CAMPAIGN, **visit)  # before it began
    office.of("inspection", firms[2], inspected_on="2018-09-20", campaign="冬季攻坚", **visit)  # under another name
    office.of("inspection", firms[3], inspected_on="2018-09-21", campaign=CAMPAIGN, **visit)
    office.edit("enterprise", firms[3], state="关闭", changed_on="2018-10-01")
    office.edit("enterprise", firms[4], state="停产", changed_on="2018-10-01")
    found = coverage.coverage(office.ledger, "2018-11-05", CAMPAIGN)
    table = coverage.table(office.ledger, found)
    # The one that shut down was inspected and is out of scope.
    assert figures(table, "芝英镇", "范围", "已查", "未查", "检查家次") == [3, 1, 2, 2]
    unvisited = coverage.listed(office.ledger, found, UNVISITED)
    assert [row.name for row in unvisited.rows] == ["示例丙厂", "示例乙厂"]
    year = coverage.table(office.ledger, coverage.coverage(office.ledger, "2018-11-05"))
    assert figures(year, "芝英镇", "范围", "已查", "未查", "检查家次") == [3, 3, 0, 4]
    assert found.campaign == coverage.coverage(office.ledger, "2018-11-05", "秋季").campaign
    for name, code in (("秋季大检察", "E231"), ("百日攻坚", "E231")):
        with refuses(code):
            coverage.coverage(office.ledger, "2018-11-05", name)
    with refuses("E858"):
        coverage.coverage(office.ledger, "2018-08-31", CAMPAIGN)


def test_what_was_found_and_what_became_of_it(office: Desk) -> None:
    firm = office.enterprise()
    visit = {"inspected_on": "2018-09-10", "campaign": CAMPAIGN, "method": "部门检查", "found_any": "有"}
    office.of("inspection", firm, document="现场检查记录1号", **visit)
    of = {"found_on": "2018-09-10", "source": "部门检查", "deadline_on": "2018-09-30"}
    office.hazard(firm, **of, rectified_on="2018-09-20", accepted_on="2018-09-21")
    office.hazard(firm, **of)
    office.hazard(firm, **{**of, "source": "网格巡查"})
    office.hazard(firm, **{**of, "found_on": "2018-09-11"})
    table = coverage.table(office.ledger, coverage.coverage(office.ledger, "2018-11-05", CAMPAIGN))
    assert figures(table, "全市", "查出问题", "文书", "隐患发现", "隐患销号") == [1, 1, 2, 1]
    before = coverage.table(office.ledger, coverage.coverage(office.ledger, "2018-09-20", CAMPAIGN))
    assert figures(before, "全市", "隐患发现", "隐患销号", "隐患逾期") == [2, 0, 0]
    late = coverage.table(office.ledger, coverage.coverage(office.ledger, "2018-10-31", CAMPAIGN))
    assert figures(late, "全市", "隐患发现", "隐患销号", "隐患逾期") == [2, 1, 1]


def test_the_board_has_phases_and_units(office: Desk) -> None:
    office.take("campaign", name="百日攻坚", from_on="2018-08-01", push_on="2018-09-01", summary_on="2018-10-01")
    first, second = office.enterprise(), office.enterprise()
    visit = {"campaign": "百日攻坚", "method": "部门检查", "found_any": "无"}
    office.of("inspection", first, inspected_on="2018-08-31", **visit)
    office.of("inspection", second, inspected_on="2018-09-20", **visit)
    board = campaign_board(office.ledger, "百日", "2018-09-20")
    assert [(row.name, *row.values[:5]) for row in board.phases.rows] == [
        ("宣传发动", "2018-08-01", "2018-08-31", OVER, Fraction(1, 2), 1),
        ("集中推进", "2018-09-01", "2018-09-30", UNDER_WAY, Fraction(1), 2),
        ("总结提高", "2018-10-01", "未定", AHEAD, None, None),
    ]
    assert [row.behind for row in board.phases.rows] == [False, True, False]
    assert figures(board.units, "芝英镇", "范围", "已查") == [2, 2]


def test_a_phase_that_ends_before_it_begins_is_none(office: Desk) -> None:
    office.take("campaign", name="百日攻坚", from_on="2018-08-01", push_on="2018-08-01", summary_on="2018-10-01")
    phases = campaign_board(office.ledger, "百日", "2018-09-20").phases
    assert [(row.name, *row.values[:2]) for row in phases.rows] == [
        ("集中推进", "2018-08-01", "2018-09-30"),
        ("总结提高", "2018-10-01", "未定"),
    ]


def test_a_scope_says_which_firms_a_campaign_is_about(office: Desk) -> None:
    painted = office.enterprise("喷涂厂", risks=("喷涂",))
    metal = office.enterprise("金属厂", industry_code="C3351")
    graded = office.enterprise("红色厂")
    elsewhere = office.enterprise("石柱厂", town="石柱镇")
    named, none = office.enterprise("点名厂"), office.enterprise("其他厂")
    office.of("risk_grade", graded, grade="红", from_on="2018-09-10", basis="示例评估")
    of = {"campaign": CAMPAIGN}
    asked: tuple[tuple[int, dict[str, str]], ...] = (
        (painted, {"kind": "风险", "word": "喷涂"}),
        (metal, {"kind": "行业", "word": "C33"}),
        (graded, {"kind": "等级", "word": "红"}),
        (elsewhere, {"kind": "镇街", "town": "石柱镇"}),
        (named, {"kind": "企业", "enterprise": "点名厂"}),
    )
    wanted = set()
    for firm, told in asked:
        office.take("campaign_scope", **of, **told)
        wanted.add(office.name(firm))
        found = coverage.coverage(office.ledger, "2018-10-31", CAMPAIGN)
        assert {firm.name for firm in found.firms if firm.in_scope} == wanted
    early = coverage.coverage(office.ledger, "2018-09-05", CAMPAIGN)
    assert "红色厂" not in {firm.name for firm in early.firms if firm.in_scope}
    visit = {"inspected_on": "2018-09-20", "campaign": CAMPAIGN, "method": "部门检查", "found_any": "无"}
    office.of("inspection", none, **visit)  # out of scope: a visit, and no firm covered
    table = coverage.table(office.ledger, coverage.coverage(office.ledger, "2018-10-31", CAMPAIGN))
    assert figures(table, "全市", "范围", "已查", "检查家次") == [5, 0, 1]
    assert "行动范围里的" in table.meaning
    assert figures(coverage.table(office.ledger, found, "等级"), "红", "范围") == [1]
    office.take("campaign_scope", **of, kind="企业", enterprise="其他厂", from_on="2018-10-01", until_on="2018-10-20")
    dated = [coverage.coverage(office.ledger, day, CAMPAIGN) for day in ("2018-09-30", "2018-10-01", "2018-10-20")]
    assert [sum(firm.in_scope for firm in each.firms) for each in dated] == [5, 6, 5]


def test_regular_inspection_is_held_period_by_period(office: Desk) -> None:
    red, late, none = office.enterprise("红甲厂"), office.enterprise("红乙厂"), office.enterprise("丙厂")
    office.take("setting", name="inspect.红", value="4")
    office.of("risk_grade", red, grade="红", from_on="2017-12-01", basis="示例评估")
    office.of("risk_grade", late, grade="红", from_on="2018-04-02", basis="示例评估")
    visits = ((red, "2018-02-01", "部门检查"), (red, "2018-03-01", "部门检查"), (red, "2018-05-01", "企业自查"))
    for firm, day, method in (*visits, (late, "2018-08-01", "网格巡查"), (none, "2018-08-01", "部门检查")):
        office.of("inspection", firm, inspected_on=day, method=method, found_any="无")
    table = coverage.table(office.ledger, coverage.coverage(office.ledger, "2018-10-31"), GRADE)
    # Three quarters are over; who was graded in the second was asked in the third alone.
    assert figures(table, "红", "按频次应查期", "按频次查了", "按频次按期率") == [4, 2, Fraction(1, 2)]
    assert figures(table, "未评定", "按频次应查期", "按频次查了") == [0, 0]
    assert figures(table, "全市", "按频次应查期", "按频次查了") == [4, 2]
    assert "按频次" in table.notes[-1]


@pytest.mark.parametrize("times", [1, 2, 5, 7, 12, 52])
def test_the_year_in_parts(times: int) -> None:
    parts = periods(times, 2018)
    assert (len(parts), parts[0][0], parts[-1][1]) == (times, "2018-01-01", "2018-12-31")
    for (_, last), (first, _) in pairwise(parts):
        assert date.fromisoformat(first) - date.fromisoformat(last) == timedelta(1)


def test_phases_of_its_own_with_what_they_ask(office: Desk) -> None:
    phases = (("排查", "2018-09-01", 50, None), ("攻坚", "2018-10-01", 100, 95))
    for title, day, visited, closed in phases:
        office.take("campaign_phase", campaign=CAMPAIGN, title=title, from_on=day, visited=visited, closed=closed)
    rows = campaign_board(office.ledger, CAMPAIGN, "2018-10-10").phases.rows
    assert [(row.name, *row.values[:3], row.values[-1]) for row in rows] == [
        ("排查", "2018-09-01", "2018-09-30", OVER, "覆盖50%"),
        ("攻坚", "2018-10-01", "2018-10-31", UNDER_WAY, "覆盖100%、整改95%"),
    ]
