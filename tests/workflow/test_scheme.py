"""A scheme in the ledger: in force from a day, counted at once, and gone without a trace when it is undone."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

import pytest

from anjian_cli.bulletin import explain
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.meaning import definition_hash, means_the_same
from anjian_cli.bulletin.period import ended
from anjian_cli.errors import Misread, Place
from anjian_cli.ledger import asked, schemes, sums
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules import measure
from anjian_cli.workflow import month, scheme, scheme_changes
from anjian_cli.workflow.scheme_draft import Asked, Draft, Heading
from oracle.figures import Dump, dump, record_tables
from support.desk import SHIZHU, ZHIYING, Desk, refuses

FIRE = Heading("fire", "消防安全", scored=True, weight=Fraction(1))
MAJOR = Asked(
    "fire.major", "fire", "重大隐患", "排查重大隐患", "条", "sum", "hazard.found?level=重大", True, "target",
    "", "", "", False,
)  # fmt: skip
CHECKS = replace(
    MAJOR, code="fire.checks", short="部门检查", title="部门安全检查", unit="家次", ranked=False, against="",
    measure="hazard.inspected?channel=部门检查",
)  # fmt: skip


def shipped(ledger: sqlite3.Connection) -> Draft:
    return scheme.draft_of(ledger, schemes.all_of(ledger)[0])


def draft(ledger: sqlite3.Connection, *dropped: str, name: str = "永康2019", more: tuple[Asked, ...] = ()) -> Draft:
    """永康2018 without some categories, with more indicators."""
    base = shipped(ledger)
    headings = [each for each in base.categories if each.code not in dropped]
    if any(each.category == FIRE.code for each in more):
        headings.append(FIRE)
    kept = tuple(each for each in base.indicators if each.category not in dropped)
    return replace(
        base, name=name, title=f"{name}考核办法", document="永安委〔2018〕20号", categories=tuple(headings),
        indicators=(*kept, *more),
    )  # fmt: skip


def adopt(desk: Desk, of: Draft, day: str) -> None:
    with desk.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, of, day)


def records(ledger: sqlite3.Connection) -> Dump:
    """All that is kept, sums too, but the log."""
    tables = (*record_tables(ledger), *sums.TABLES)
    return {name: sorted(rows, key=str) for name, rows in dump(ledger, tables).items()}


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """Two hazards of a firm in 芝英 in June and October, one of them 重大, and an inspection by a department."""
    firm = desk.enterprise("永康市恒达工具厂")
    desk.hazard(firm, found_on="2018-06-11", deadline_on="2018-06-30")
    desk.hazard(firm, level="重大", description="一处", responsible="责任人甲", measures="停产改造",
                funds=500000, contingency_plan="应急预案一")  # fmt: skip
    desk.of("inspection", firm, inspected_on="2018-10-10", method="部门检查", found_any="无")
    desk.of("inspection", firm, inspected_on="2018-10-11", method="网格巡查", found_any="无")
    desk.training(held_on="2018-06-09")
    desk.target(20)
    return desk


class TestCounted:
    def test_what_is_asked_anew_is_counted_at_once(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, more=(MAJOR, CHECKS)), "2018-10-01")
        worked.target(2, indicator="重大隐患")
        cells = [worked.cell(each.code) for each in (MAJOR, CHECKS)]
        assert [(cell.done, cell.rate) for cell in cells] == [(1, Fraction(1, 2)), (1, None)]
        assert worked.cell("fire.major", SHIZHU).done == 0

    def test_and_from_then_on(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, more=(CHECKS,)), "2018-10-01")
        firm = worked.enterprise()
        row = worked.of("inspection", firm, inspected_on="2018-10-12", method="部门检查", found_any="无")
        assert worked.cell("fire.checks").done == 2
        worked.void("inspection", row)
        assert worked.cell("fire.checks").done == 1

    def test_its_records_are_listed(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, more=(MAJOR, CHECKS)), "2018-10-01")
        for indicator, kind in (("重大隐患", "hazard"), ("部门检查", "inspection")):
            cell = explain.parse_code(worked.ledger, [f"10-芝英-{indicator}"], "2018-11-05")
            found = explain.explain(worked.ledger, cell)
            assert [(item.record, item.quantity) for item in found.counted] == [(kind, 1)]

    def test_a_stock_and_its_opening_figure(self, worked: Desk) -> None:
        open_major = replace(CHECKS, code="fire.open", short="重大未销", title="未销号重大隐患", unit="条",
                             measure="hazard.open?level=重大")  # fmt: skip
        adopt(worked, draft(worked.ledger, more=(open_major,)), "2018-10-01")
        worked.opening("重大未销", "2018-10-05", "12", records="不含")
        assert worked.cell("fire.open").done == 13
        assert worked.cell("hazard.open").done == 2  # an opening figure counts for its own measure alone
        bulletin = compile_bulletin(worked.ledger, ended(2018, 10))
        notes = {table.id: table.note for each in bulletin.categories for table in each.indicators}
        assert notes["fire.open"].endswith("期初数只计入本项，不计入“未销号”")
        assert "期初数" not in notes["hazard.open"]

    def test_weights_of_categories(self, worked: Desk) -> None:
        of = draft(worked.ledger, more=(MAJOR,))
        heavy = tuple(replace(each, weight=Fraction(3)) if each.code == "fire" else each for each in of.categories)
        adopt(worked, replace(of, categories=heavy), "2018-10-01")
        worked.target(1, indicator="重大隐患")
        bulletin = compile_bulletin(worked.ledger, ended(2018, 10))
        score = next(row.score for row in bulletin.scores if row.town == ZHIYING)
        assert score == (100 * 3 + Fraction(100 * 8, 20)) / 4


def test_it_is_kept_as_it_was_told(worked: Desk) -> None:
    of = replace(draft(worked.ledger, "health", more=(MAJOR, CHECKS)), remark="经县安委会同意")
    adopt(worked, of, "2018-10-01")
    assert scheme.draft_of(worked.ledger, scheme.find(worked.ledger, "永康2019")) == of


class TestDays:
    def test_a_month_goes_by_the_scheme_of_its_last_day(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, "health", more=(MAJOR,)), "2018-10-20")
        told = {month: compile_bulletin(worked.ledger, ended(2018, month)) for month in (9, 10)}
        assert "health" in {each.id for each in told[9].categories}
        assert "fire" not in {each.id for each in told[9].categories}
        assert {each.id for each in told[10].categories} ^ {each.id for each in told[9].categories} == {
            "health",
            "fire",
        }
        assert not [line for line in told[9].rule if "永康2019" in line]
        assert (
            told[10].rule[0]
            == "2018年10月20日起按《永康2019考核办法》（永安委〔2018〕20号）计，得分、名次与9月不可比。"
        )

    def test_a_change_in_mid_year_compares_no_places(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, "accident", more=(MAJOR,)), "2018-07-01")
        june, july, august = (compile_bulletin(worked.ledger, ended(2018, month)) for month in (6, 7, 8))
        assert {row.rank for row in june.scores if row.score is not None} == {1}
        assert all(row.last_rank is None for row in july.scores)
        assert [row.last_rank for row in august.scores] == [row.rank for row in july.scores]
        assert "7月1日起按" in july.rule[0]
        assert "7月1日" not in august.rule[0]
        assert "不可比" not in august.rule[0]

    def test_next_years_changes_nothing_of_this_year(self, worked: Desk) -> None:
        before = compile_bulletin(worked.ledger, ended(2018, 10))
        hashed = definition_hash(worked.ledger, "2018-10-31")
        adopt(worked, draft(worked.ledger, "health", "village", more=(MAJOR,)), "2019-01-01")
        after = compile_bulletin(worked.ledger, ended(2018, 10))
        known = {name: getattr(after, name) for name in ("known_at", "fingerprint", "witness")}
        assert replace(before, **known) == after
        assert definition_hash(worked.ledger, "2018-10-31") == hashed
        assert means_the_same(worked.ledger, hashed, "2018-10-31")
        assert not means_the_same(worked.ledger, hashed, "2019-01-31")

    def test_a_later_one_ends_an_earlier_one(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, name="甲"), "2018-10-01")
        adopt(worked, draft(worked.ledger, name="乙"), "2018-08-01")
        names = [(each.name, each.from_on, each.until_on) for each in schemes.all_of(worked.ledger)]
        assert names == [
            ("永康2018", "0001-01-01", "2018-08-01"),
            ("乙", "2018-08-01", "2018-10-01"),
            ("甲", "2018-10-01", "9999-12-31"),
        ]
        assert [schemes.on(worked.ledger, day).name for day in ("2018-07-31", "2018-09-30", "2018-10-01")] == [
            "永康2018",
            "乙",
            "甲",
        ]


class TestWords:
    def test_a_short_word_that_is_given_another_meaning(self, worked: Desk) -> None:
        of = draft(worked.ledger, "equipment", more=(replace(CHECKS, short="智慧用电"),))
        adopt(worked, of, "2018-10-01")
        asked_of = [
            explain.parse_code(worked.ledger, [f"{month}-芝英-智慧用电"], "2018-11-05").indicator for month in (9, 10)
        ]
        assert asked_of == ["equipment.智慧用电", "fire.checks"]
        with pytest.raises(Misread) as caught:
            Finder(worked.ledger).indicator("智慧用电", "2018-01-01", "2018-12-31")
        assert caught.value.code == "E750"
        assert "equipment.智慧用电" in str(caught.value.fault("智慧用电"))
        with refuses("E750"):
            worked.target(3, indicator="智慧用电")

    def test_an_indicator_that_a_months_scheme_has_not(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, "health"), "2018-10-01")
        with refuses("E451") as messages:
            explain.explain(worked.ledger, explain.Asked(ended(2018, 10), ZHIYING, "health.tested"))
        assert "2018年10月的办法（永康2019）里没有这个指标" in messages[0]
        assert explain.explain(worked.ledger, explain.Asked(ended(2018, 9), ZHIYING, "health.tested")).figure == 0


class TestRefused:
    def test_tasks_left_over(self, worked: Desk) -> None:
        of = draft(worked.ledger, "training")
        with refuses("E766") as messages:
            adopt(worked, of, "2018-10-01")
        assert "“网格员”在2018-10-01以后还有任务1条" in messages[0]
        line = "anjian 任务 新增 网格员 --年度 2018 --镇 芝英镇 --起用日期 2018-10-01 --文号 撤下的文号"
        assert (
            f"请先自那天起撤下：{line}；条数多的用 anjian 导入，任务表上一条一行：年度2018，指标网格员，" in messages[0]
        )
        with refuses("E766") as messages:
            adopt(worked, of, "2018-01-01")
        assert "请作废：anjian 任务 作废 " in messages[0]
        adopt(worked, replace(of, name="明年"), "2019-01-01")
        worked.target(None, "2018-10-01")
        withdrawn = worked.head
        adopt(worked, of, "2018-10-01")
        adopted = worked.head
        # Tasks that the scheme knows nothing of do not come back unseen; first the scheme goes.
        with refuses("E891") as messages:
            worked.undo(withdrawn)
        assert "“网格员”在2018-10-01以后又有任务1条，自那天起施行的《" in messages[0]
        # What was told, and withdrawn, after it was adopted may come back as it was.
        worked.target(7, "2018-11-01")
        worked.target(None, "2018-12-01")
        worked.undo()
        worked.undo(worked.head - 2)
        worked.undo(adopted)
        worked.undo(withdrawn)
        with refuses("E766"):
            adopt(worked, of, "2018-10-01")

    def test_a_day_in_a_month_that_is_locked(self, worked: Desk) -> None:
        of = draft(worked.ledger)
        with worked.gate() as gate:
            month.close(gate, ended(2018, 10), "0")
        with refuses("E767"):
            adopt(worked, of, "2018-10-31")
        with refuses("E767", "E766"):  # all of it at once
            adopt(worked, draft(worked.ledger, "training"), "2018-10-31")
        with refuses("E767"):
            scheme.check(worked.ledger, of, "2018-10-31")
        adopt(worked, of, "2018-11-01")

    def test_a_name_or_a_day_that_is_taken(self, worked: Desk) -> None:
        of = draft(worked.ledger)
        adopt(worked, of, "2018-10-01")
        with refuses("E764", "E765"):
            adopt(worked, of, "2018-10-01")

    def test_another_measure_under_a_code_of_any_scheme(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, more=(MAJOR,)), "2018-10-01")
        other = replace(MAJOR, measure="hazard.found", place=Place(row=9))
        with refuses("E763"):
            adopt(worked, draft(worked.ledger, name="丙", more=(other,)), "2018-11-01")

    def test_an_unknown_scheme(self, worked: Desk) -> None:
        with refuses("E768"):
            scheme.find(worked.ledger, "没有")

    def test_a_record_of_an_indicator_that_no_scheme_has_is_found(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, more=(MAJOR,)), "2018-10-01")
        adopted = worked.head
        worked.target(2, indicator="重大隐患")
        with refuses("E751"):
            worked.undo(adopted)
        worked.undo()
        worked.undo(adopted)
        assert not list(asked.unknown(worked.ledger))


class TestUndone:
    def test_the_ledger_is_what_it_was(self, worked: Desk) -> None:
        before = records(worked.ledger)
        adopt(worked, draft(worked.ledger, "health", more=(MAJOR, CHECKS)), "2018-10-01")
        adopted, kept = worked.head, records(worked.ledger)
        undone = worked.undo(adopted)
        assert records(worked.ledger) == before
        worked.undo(undone)
        assert records(worked.ledger) == kept
        assert worked.cell("fire.checks").done == 1

    def test_not_where_a_month_that_goes_by_it_is_locked(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, "health"), "2018-10-01")
        adopted = worked.head
        with worked.gate() as gate:
            month.close(gate, ended(2018, 9), "0")
        undone = worked.undo(adopted)
        worked.undo(undone)
        with worked.gate() as gate:
            month.close(gate, ended(2018, 10), "0")
        locked = worked.head
        with refuses("E776"):
            worked.undo(worked.head - 1)
        worked.undo(locked)
        undone = worked.undo(worked.head - 2)
        with worked.gate() as gate:
            month.close(gate, ended(2018, 10), "0")
        with refuses("E776"):
            worked.undo(undone)

    def test_with_records_taken_in_between(self, worked: Desk) -> None:
        adopt(worked, draft(worked.ledger, more=(CHECKS,)), "2018-10-01")
        adopted = worked.head
        worked.of("inspection", worked.enterprise(), inspected_on="2018-10-15", method="部门检查", found_any="无")
        worked.undo(adopted)
        left = worked.ledger.execute("SELECT 1 FROM measure_day WHERE measure = ?", (CHECKS.measure,))
        assert left.fetchall() == []
        worked.undo()
        assert worked.cell("fire.checks").done == 2


class TestDropped:
    @pytest.mark.parametrize(
        "dropped",
        [
            *[(each,) for each in ("accident", "trusteeship", "village", "hazard", "report", "case", "health")],
            ("accident", "trusteeship", "village", "hazard", "report", "case", "health", "special", "standard"),
        ],
    )
    def test_a_category(self, worked: Desk, dropped: tuple[str, ...]) -> None:
        worked.accident()
        worked.statistic("100")
        adopt(worked, draft(worked.ledger, *dropped), "2018-10-01")
        bulletin = compile_bulletin(worked.ledger, ended(2018, 10))
        assert not {each.id for each in bulletin.categories} & {*dropped}
        assert bool(bulletin.death_rates) is ("accident" not in dropped)


def test_a_trial_leaves_nothing(worked: Desk) -> None:
    before = records(worked.ledger)
    with scheme.trial(worked.ledger, draft(worked.ledger, more=(MAJOR,)), "2018-10-31") as (copy, tried):
        assert copy.execute("SELECT count(*) FROM scheme").fetchone()[0] == 1
        assert tried.name != "永康2019"
    assert records(worked.ledger) == before


def test_what_is_otherwise_is_told(worked: Desk) -> None:
    after = draft(worked.ledger, "health", more=(MAJOR,))
    after = replace(
        after, indicators=tuple(replace(each, ranked=False) if each.short == "网格员" else each
                                for each in after.indicators),
    )  # fmt: skip
    told = [(each.what, each.code, each.how) for each in scheme_changes.changes(shipped(worked.ledger), after)]
    assert told[:2] == [("类别", "fire", "新增"), ("类别", "health", "取消")]
    assert ("指标", "training.网格员", "评分：是 → 否") in told
    assert ("指标", "fire.major", "新增") in told
    assert len([each for each in told if each[2] == "取消"]) == 8
    assert measure.read(MAJOR.measure).words == {"level": ("重大",)}
