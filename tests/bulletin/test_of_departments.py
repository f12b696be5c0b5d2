"""Departments ranked beside towns: their figures, points, places, what is kept of them, and the records behind."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import composition, department_words, exact, explain, locked_month, notice, points_explained
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import UNSETTLED, Bulletin
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules.unit_kinds import DEPARTMENTS
from anjian_cli.workflow import before_locking, month, scheme
from anjian_cli.workflow.scheme_draft import Group
from support.department_scheme import INDICATORS, adopt, draft
from support.desk import Desk, refuses

OCTOBER = ended(2018, 10)


@pytest.fixture
def ranked(desk: Desk) -> Desk:
    adopt(desk)
    return desk


def departments(desk: Desk, number: int = 10) -> Bulletin:
    found = compile_bulletin(desk.ledger, ended(2018, number)).of_departments()
    assert found is not None
    return found


def done(bulletin: Bulletin, short: str) -> dict[str, int | None]:
    """By unit, of those that have any; '' for what is of none, 合计 for all."""
    (table,) = [t for c in bulletin.categories for t in c.indicators if t.short == short]
    names = {town.code: town.short for town in bulletin.towns} | {UNSETTLED: ""}
    cells = [*table.cells, *([table.other] if table.other else [])]
    return {names[cell.town]: cell.done for cell in cells if cell.done} | {"合计": table.total.done}


def points(bulletin: Bulletin, name: str) -> dict[str, Fraction | None]:
    table = bulletin.points
    assert table is not None
    code = next(town.code for town in bulletin.towns if town.short == name)
    return {item.short: has.points for item, has in zip(table.items, table.row(code).items, strict=True)}


def explained(desk: Desk, code: str) -> explain.Explanation:
    return explain.explain(desk.ledger, explain.parse_code(desk.ledger, [code], "2018-11-05"))


def test_nothing_of_departments_where_none_is_asked_or_there(desk: Desk) -> None:
    assert compile_bulletin(desk.ledger, OCTOBER).departments is None
    assert "departments" not in exact.dump(compile_bulletin(desk.ledger, OCTOBER))


def test_found_by_one_and_charged_to_another_it_counts_once_in_each_table(ranked: Desk) -> None:
    firm = ranked.enterprise()
    late = {"found_on": "2018-09-01", "deadline_on": "2018-09-30"}
    ranked.hazard(firm, found_by="甲局", charged_to="乙局", **late)
    ranked.hazard(firm, found_by="甲局", charged_to="乙局", **late, rectified_on="2018-09-12", accepted_on="2018-09-13")
    ranked.hazard(firm, charged_to="甲局", **late)
    whole = compile_bulletin(ranked.ledger, OCTOBER)
    assert done(whole, "排查数") == {"芝英": 3, "合计": 3}
    of = departments(ranked)
    assert done(of, "排查数") == {"甲局": 2, "": 1, "合计": 3}
    assert done(of, "到期数") == {"甲局": 1, "乙局": 2, "合计": 3}
    assert done(of, "按期率") == {"乙局": 1, "合计": 1}
    assert notice.notice(of).title[1:] == (
        "关于2018年10月份全市部门安全生产",
        "重点工作进展情况的通报",
    )
    assert notice.notice(whole).title[2] == "进展情况的通报"
    assert done(of, "逾期数") == {"甲局": 1, "乙局": 1, "合计": 2}
    assert (of.units, of.brief_units) == ("部门", "部门")
    assert [t.short for c in whole.categories for t in c.indicators] == [
        "排查数",
        "到期数",
        "按期率",
        "培训",
        "重大逾期",
    ]
    # That both sums are not one is said, and of what they differ.
    said = list(department_words.sums(whole.units, whole.categories, of.categories))
    assert "两边的合计不相加" in said[0]
    assert said[1:] == []  # of these both have every record
    assert explained(ranked, "10-乙局-逾期数").figure == 1
    assert [item.quantity for item in explained(ranked, "10-未定部门-排查数").counted] == [1]
    assert len(explained(ranked, "10-各部门-排查数").counted) == 3
    assert explained(ranked, "10-全市-排查数").place_name == whole.county


def test_points_of_departments(ranked: Desk) -> None:
    firm = ranked.enterprise()
    for name in ("甲局", "乙局"):
        ranked.take("target", year=2018, indicator="演练", department=name, quantity=4, document="例1号")
    for number in range(1, 11):
        ranked.filing(f"2018-{number:02}", f"2018-{number:02}-28", town=None, department="甲局")
    ranked.take("work_item", kind="应急演练", department="甲局", done_on="2018-10-09", times=3)
    ranked.take("mark", indicator="配合", department="甲局", marked_on="2018-10-25", points="-1.5", reason="迟到")
    late = {"found_on": "2018-09-01", "deadline_on": "2018-09-30"}
    ranked.hazard(firm, found_by="甲局", charged_to="甲局", **late, rectified_on="2018-09-12", accepted_on="2018-09-13")
    ranked.hazard(firm, found_by="甲局", charged_to="甲局", **late)
    of = departments(ranked)
    assert points(of, "甲局") == {
        "排查数": Fraction(2), "按期率": Fraction(20), "逾期数": Fraction(8), "演练": Fraction(15),
        "月报": Fraction(10), "配合": Fraction(17, 2),
    }  # fmt: skip
    other = points(of, "乙局")
    assert (other["演练"], other["月报"], other["配合"]) == (Fraction(0), Fraction(0), None)
    assert of.scores[0].town == of.towns[0].code
    (row,) = [row for row in of.scores if row.town == of.towns[0].code]
    assert row.score == Fraction(127, 2)
    whole = points_explained.whole(ranked.ledger, _score(ranked, "10-甲局-得分"))
    assert whole is not None
    assert (whole.place_name, whole.result) == ("示例甲局", row.score)
    mean = points_explained.whole(ranked.ledger, _score(ranked, "10-各部门-得分"))
    assert mean is not None
    assert mean.result == of.mean_score
    marked = points_explained.item(ranked.ledger, explain.parse_code(ranked.ledger, ["10-甲局-配合"], "2018-11-05"))
    assert marked is not None
    assert [mark.reason for mark in marked.marks] == ["迟到"]
    assert marked.records is None


def test_what_is_open_of_departments_is_asked_before_the_locking(ranked: Desk) -> None:
    said = before_locking.look(ranked.ledger, OCTOBER, issuing=False).unusual
    assert "部门：1项尚待评分（共10分），示例甲局、示例乙局未报送，有关总分为暂计，名次为暂定" in said
    assert f"定稿时要您确认：{said[-2]}。" in before_locking.asked_later(ranked.ledger, OCTOBER)


def test_full_marks_are_those_of_what_is_asked_of_a_kind(desk: Desk) -> None:
    told = draft()
    # Of 隐患治理 departments are asked all, of 日常工作 either kind a part.
    headings = [replace(each, full=full) for each, full in zip(told.categories, map(Fraction, (50, 100)), strict=True)]
    told = replace(told, categories=tuple(headings), groups=(Group("z", "gz", "组", Fraction(30)),))
    grouped = [replace(each, group="z") if each.short in ("演练", "培训") else each for each in told.indicators]
    with desk.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, replace(told, indicators=tuple(grouped)), "2018-01-01")
    for name in ("甲", "乙"):
        desk.take("department", name=f"示例{name}局", short_name=f"{name}局")
        desk.take("mark", indicator="配合", department=f"{name}局", marked_on="2018-10-25", points="-1", reason="迟到")
    of, towns = departments(desk), compile_bulletin(desk.ledger, OCTOBER)

    def full(bulletin: Bulletin) -> tuple[list[Fraction | None], list[Fraction]]:
        assert bulletin.points is not None
        return [each.full for each in bulletin.points.categories], [each.full for each in bulletin.points.groups]

    assert full(towns) == ([Fraction(40), Fraction(30)], [Fraction(30)])
    assert full(of) == ([Fraction(50), Fraction(40)], [Fraction(20)])
    whole = points_explained.whole(desk.ledger, _score(desk, "10-甲局-得分"))
    assert whole is not None
    assert [part.full for part in whole.parts] == [Fraction(50), Fraction(20)]  # 演练 has no task
    assert whole.full == 70


def _score(desk: Desk, code: str) -> composition.Asked:
    asked = composition.asked(desk.ledger, [code], "2018-11-05")
    assert asked is not None
    return asked


def test_reports_of_departments_make_no_town_silent_nor_the_other_way(ranked: Desk) -> None:
    ranked.filing("2018-10", "2018-10-31", town=None, department="甲局")
    whole, of = compile_bulletin(ranked.ledger, OCTOBER), departments(ranked)
    assert whole.filings is None
    assert of.filings is not None
    assert of.filings.missing == (of.towns[1].code,)
    assert of.points is not None
    assert [row.unheard for row in of.points.rows] == [False, True]
    assert of.scores[-1].town == of.towns[1].code


def test_a_veto_of_a_department_and_its_lifting(ranked: Desk) -> None:
    firm = ranked.enterprise()
    ranked.take("work_item", kind="应急演练", department="乙局", done_on="2018-10-09", times=3)
    ranked.hazard(
        firm, found_by="乙局", charged_to="甲局", level="重大", found_on="2018-09-01", deadline_on="2018-09-30",
        responsible="甲", measures="停产", funds=100, contingency_plan="预案",
    )  # fmt: skip
    of = departments(ranked)
    assert of.points is not None
    assert [bool(row.vetoes) for row in of.points.rows] == [True, False]
    assert of.points.rows[0].placing == "名次末位"
    ranked.take("veto_lifting", indicator="重大逾期", department="甲局", lifted_on="2018-10-25", document="例2号")
    again = departments(ranked)
    assert again.points is not None
    assert again.points.rows[0].placing == ""
    whole = compile_bulletin(ranked.ledger, OCTOBER)
    assert whole.points is not None
    town = next(town.code for town in whole.towns if town.short == "芝英")
    assert whole.points.row(town).placing == "名次末位"  # of the town nothing was lifted


def test_renamed_and_merged(ranked: Desk) -> None:
    firm = ranked.enterprise()
    ranked.take("work_item", kind="应急演练", department="甲局", done_on="2018-06-09", times=3)
    ranked.take("target", year=2018, indicator="演练", department="甲局", quantity=4, document="例1号")
    ranked.hazard(firm, found_by="甲局", charged_to="甲局")
    number = departments(ranked).towns[0].code
    ranked.take("department", name="示例丙局", short_name="丙局", from_on="2018-10-01")
    ranked.take("department", number=number, until_on="2018-10-01", merged_into="丙局")
    of = departments(ranked)
    assert [town.short for town in of.towns] == ["乙局", "丙局"]
    assert done(of, "演练") == {"丙局": 3, "合计": 3}
    assert [town.short for town in departments(ranked, 9).towns] == ["甲局", "乙局"]
    assert explained(ranked, "10-丙局-演练").figure == 3
    assert [row.quantity for row in explained(ranked, "10-丙局-演练").targets] == [4]
    with refuses("E792"):
        explained(ranked, "10-甲局-演练")


def test_no_task_is_left_over_of_a_department_that_is_not_asked_any_more(ranked: Desk) -> None:
    ranked.take("target", year=2018, indicator="演练", department="甲局", quantity=4, document="例1号")
    of_towns = [replace(each, units="镇") if each.short == "演练" else each for each in INDICATORS]
    with refuses("E766") as messages, ranked.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, replace(draft(*of_towns), name="另一个"), "2018-10-01")
    assert "“演练”在2018-10-01以后还有任务1条，办法里它不考核部门" in messages[0]


def test_what_does_not_apply_goes_on_under_another_name_and_into_no_other(ranked: Desk) -> None:
    number = departments(ranked).towns[0].code
    firm = ranked.enterprise()
    for of in ("甲局", "乙局"):
        ranked.hazard(firm, charged_to=of, found_on="2018-09-01", deadline_on="2018-09-30")
    ranked.take("mark", indicator="逾期数", department="甲局", marked_on="2018-09-20", points="不涉及")
    ranked.take("department", name="示例丙局", short_name="丙局", from_on="2018-10-01")
    ranked.take("department", number=number, until_on="2018-10-01", merged_into="丙局")
    renamed = departments(ranked)
    assert points(renamed, "丙局")["逾期数"] is None
    assert points(renamed, "乙局")["逾期数"] == 8
    ranked.take("department", number=number, merged_into="乙局")
    assert points(departments(ranked), "乙局")["逾期数"] == 6


def test_a_word_of_both_is_refused_and_a_towns_own_word_wins_elsewhere(ranked: Desk) -> None:
    ranked.take("department", name="芝英", short_name="芝英局")
    with refuses("E854") as told:
        explained(ranked, "10-芝英-排查数")
    assert "芝英镇" in told[0]
    assert explained(ranked, "10-芝英镇-排查数").place_name == "芝英镇"
    assert explained(ranked, "10-芝英局-排查数").place_name == "芝英"
    with refuses("E451"):
        explained(ranked, "10-芝英局-培训")


def test_what_is_locked_is_kept_and_its_places_are_those_of_the_month_before(ranked: Desk) -> None:
    ranked.take("work_item", kind="应急演练", department="乙局", done_on="2018-09-09", times=3)
    ranked.take("target", year=2018, indicator="演练", department="乙局", quantity=4, document="例1号")
    before = departments(ranked, 9)
    with ranked.gate() as gate:
        month.close(gate, ended(2018, 9), "1")
    ranked.take("work_item", kind="应急演练", department="甲局", done_on="2018-09-10", times=9)
    kept = departments(ranked, 9)
    assert (kept.scores, kept.categories) == (before.scores, before.categories)
    locked = locked_month.find(ranked.ledger, "2018-09")
    assert locked is not None
    assert exact.dump(exact.load(locked.text)) == locked.text
    assert explained(ranked, "9-乙局-演练").figure == 3
    assert explained(ranked, "9-甲局-演练").figure == 0
    ranks = {row.town: row.rank for row in before.scores}
    assert {row.town: row.last_rank for row in departments(ranked).scores} == ranks


def test_asked_of_towns_alone(desk: Desk) -> None:
    desk.take("department", name="示例甲局", short_name="甲局")
    with refuses("E231"):
        explain.parse_code(desk.ledger, ["10-甲局-排查隐患"], "2018-11-05")
    asked = explain.Asked(OCTOBER, "0001", "hazard.found", DEPARTMENTS)
    with refuses("E451"):
        explain.explain(desk.ledger, asked)


def test_sums_are_held_once_for_towns_and_departments_together(ranked: Desk) -> None:
    ranked.hazard(ranked.enterprise(), found_by="甲局", charged_to="乙局")
    asked: list[str] = []
    ranked.ledger.set_trace_callback(asked.append)
    compile_bulletin(ranked.ledger, Period(2018, 10, "2018-10-25", False))
    ranked.ledger.set_trace_callback(None)
    held = [query for query in asked if "measure_" in query and "GLOB" in query]
    # The names of the months, the months, and the days of this October and of the two before.
    assert (len(held), len({*held})) == (5, 5)
