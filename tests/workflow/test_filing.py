"""A town's report: in time or late, nil, sent back; and what the town itself says its figures are."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.records.values import CLEAR
from support.desk import SHIZHU, ZHIYING, Desk, refuses
from support.marked_scheme import adopt

FILED, LATE, NIL = "report.filed", "report.late", "report.nil"


def figures(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("filed_figure", "indicator", "quantity")


class TestInTime:
    @pytest.mark.parametrize(
        ("month", "filed_on", "late"),
        [
            ("2018-10", "2018-10-01", 0),
            ("2018-10", "2018-10-31", 0),
            ("2018-10", "2018-11-01", 1),
            ("2018-02", "2018-02-28", 0),
            ("2018-02", "2018-03-01", 1),
            ("2020-02", "2020-02-29", 0),
            ("2018-12", "2018-12-31", 0),
            ("2018-12", "2019-01-01", 1),
        ],
    )
    def test_until_the_months_end(self, desk: Desk, month: str, filed_on: str, late: int) -> None:
        desk.filing(month, filed_on)
        assert (desk.figure(FILED, filed_on), desk.figure(LATE, filed_on)) == (1 - late, late)
        assert desk.rows("filing_listing", "in_time") == [("迟报" if late else "按期",)]

    @pytest.mark.parametrize(
        ("month", "in_time", "late"), [("2018-10", "2018-11-05", "2018-11-06"), ("2018-12", "2019-01-05", "2019-01-06")]
    )
    def test_or_as_many_days_later_as_are_set(self, desk: Desk, month: str, in_time: str, late: str) -> None:
        desk.read("setting", name="报送宽限天数", value="5")
        desk.filing(month, in_time)
        desk.filing(month, late, town="石柱镇")
        assert desk.rows("filing", "due_on") == [(in_time,), (in_time,)]
        assert (desk.figure(FILED, in_time), desk.figure(LATE, in_time)) == (1, 0)
        assert (desk.figure(FILED, late, SHIZHU), desk.figure(LATE, late, SHIZHU)) == (0, 1)

    def test_the_setting_of_the_months_end_says(self, desk: Desk) -> None:
        desk.read("setting", name="filing.grace", value="5")
        desk.read("setting", name="filing.grace", value="0", from_on="2018-10-31")
        desk.filing("2018-09", "2018-10-05")
        desk.filing("2018-10", "2018-11-01")
        assert desk.rows("filing", "month", "due_on") == [("2018-09", "2018-10-05"), ("2018-10", "2018-10-31")]

    @pytest.mark.parametrize(("today", "code", "said"), [("2018-10-31", "N425", ""), ("2018-11-02", "N426", "迟报")])
    def test_a_day_that_nobody_told_is_said(self, desk: Desk, today: str, code: str, said: str) -> None:
        kept = desk.take("filing", today, town="芝英镇", month="2018-10", method="微信", nil="否")
        (note,) = kept.said
        assert note.code == code
        assert f"按{today}记" in str(note)
        assert said in str(note)
        assert f"anjian 报送 修改 {kept.number} --报送时间" in str(note)
        again: dict[str, Any] = {"month": "2018-10", "method": "微信", "nil": "否"}
        assert not desk.take("filing", today, town="芝英镇", **again).said
        assert not desk.take("filing", today, town="石柱镇", **again, filed_on=today).said

    def test_a_late_one_is_told_near_the_figure(self, desk: Desk) -> None:
        desk.filing("2018-09", "2018-10-08")
        assert desk.near(FILED) == ["迟于2018-09-30"]
        desk.filing("2018-10", "2018-10-31")
        desk.void("filing", 2, "报错镇街")
        assert desk.near(FILED) == ["迟于2018-09-30", "已作废：报错镇街"]
        assert (desk.figure(FILED, "2018-10-31"), desk.figure(LATE, "2018-10-31")) == (0, 1)


class TestToldAgain:
    def test_one_a_town_and_month(self, desk: Desk) -> None:
        row = desk.filing()
        assert desk.filing() == row
        assert desk.filing(town="石柱镇") != row
        assert desk.filing("2018-09") != row
        with refuses("E238"):
            desk.edit("filing", row, month="2018-09")
        assert desk.figures(FILED, "2018-10-30", "2018-10-31") == [0, 1]
        assert desk.figures(LATE, "2018-10-31") == [1]

    def test_without_a_day_it_is_filed_today_and_stays_so(self, desk: Desk) -> None:
        told = {"town": "芝英镇", "month": "2018-10", "method": "微信", "nil": "否"}
        made = desk.take("filing", "2018-11-02", **told)
        assert desk.row("filing", made.row_id)["filed_on"] == "2018-11-02"
        assert desk.take("filing", "2018-11-05", **told).outcome == "unchanged"
        with refuses("E256"):
            desk.take("filing", **told, filed_on=CLEAR)

    def test_another_month_is_due_on_another_day(self, desk: Desk) -> None:
        row = desk.filing("2018-09", "2018-10-31")
        assert desk.figure(LATE, "2018-10-31") == 1
        desk.edit("filing", row, month="2018-10")
        assert (desk.figure(FILED, "2018-10-31"), desk.figure(LATE, "2018-10-31")) == (1, 0)

    def test_sent_back_and_filed_anew(self, desk: Desk) -> None:
        row = desk.filing()
        with refuses("E424"):
            desk.edit("filing", row, refiled_on="2018-11-02")
        with refuses("E214"):
            desk.edit("filing", row, returned_on="2018-10-30")
        desk.edit("filing", row, returned_on="2018-11-01", refiled_on="2018-11-03")
        assert (desk.figure(FILED, "2018-12-31"), desk.figure(LATE, "2018-12-31")) == (1, 0)

    def test_not_before_its_month(self, desk: Desk) -> None:
        with refuses("E262"):
            desk.filing("2018-10", "2018-09-30")


class TestFigures:
    def test_set_changed_and_cleared(self, desk: Desk) -> None:
        row = desk.filing(figures=("涉氨 3", "喷涂 8"))
        assert figures(desk) == [("trusteeship.涉氨", 3), ("trusteeship.喷涂", 8)]
        before = desk.head
        desk.filing(figures=("喷涂 8", "涉氨 3"))
        desk.filing(figures=None)
        assert desk.head == before
        kept = desk.edit("filing", row, figures=("涉氨 4", "三级新创 1"))
        assert kept.outcome == "changed"
        assert figures(desk) == [("trusteeship.涉氨", 4), ("standard.reached.三级新创", 1)]
        desk.edit("filing", row, figures=CLEAR)
        assert figures(desk) == []
        desk.undo()
        assert len(figures(desk)) == 2

    def test_in_the_unit_of_the_indicator(self, desk: Desk) -> None:
        desk.filing(figures=("罚款 2.5万元", "网格员 1200"))
        assert figures(desk) == [("case.fine", 2_500_000), ("training.网格员", 1200)]
        assert desk.rows("filing_listing", "figures") == [("罚款 25000元；网格员 1200",)]

    @pytest.mark.parametrize(("told", "code"), [("没有的 3", "E239"), ("涉氨 3.5", "E243"), ("罚款 0.001", "E244")])
    def test_what_cannot_be_read(self, desk: Desk, told: str, code: str) -> None:
        before = desk.head
        with refuses(code) as messages:
            desk.filing(figures=("喷涂 8", told))
        assert told.split()[0] in messages[0]
        assert desk.head == before

    def test_they_count_nothing(self, desk: Desk) -> None:
        desk.filing(figures=("涉氨 3",))
        assert desk.figure("trusteeship.涉氨", "2018-10-31") == 0


class TestNil:
    def test_by_category(self, desk: Desk) -> None:
        with refuses("E263"):
            desk.filing(nil_for=("职业卫生检测",))
        desk.filing(nil="是", nil_for=("职业卫生检测", "安全专项整治"))
        assert desk.rows("filing", "nil_for") == [("职业卫生检测、安全专项整治",)]
        assert desk.figure(NIL, "2018-10-31") == 1

    def test_a_category_is_one_of_a_scheme(self, desk: Desk) -> None:
        with refuses("E855") as messages:
            desk.filing(nil="是", nil_for=("职业卫生检测", "消防安全"))
        assert "“消防安全”——考核办法里没有这个类别" in messages[0]
        assert "安全专项整治" in messages[0]
        adopt(desk)
        desk.filing(nil="是", nil_for=("日常管理", "职业卫生检测"))
        assert desk.rows("filing", "nil_for") == [("日常管理、职业卫生检测",)]

    def test_trap_6_target_0_none_nil_report_and_no_report(self, desk: Desk) -> None:
        """芝英镇 files a nil report and has a task of 0; 石柱镇 has no task and does not file."""
        trained = "training.网格员"
        desk.target(0)
        desk.training(town="石柱镇", passed=5)
        desk.filing(nil="是")
        zero, none = desk.cell(trained), desk.cell(trained, SHIZHU)
        assert (zero.target, zero.done, zero.rate, zero.rank, zero.owes_year) == (0, 0, None, None, 0)
        assert (none.target, none.done, none.rate, none.rank, none.owes_year) == (None, 5, None, None, None)
        # Filed and nil are not the same figure, and who did not file has neither.
        for town, done in ((ZHIYING, [1, 1, 0]), (SHIZHU, [0, 0, 0])):
            assert [desk.cell(of, town).done for of in (FILED, NIL, LATE)] == done

    def test_trap_6_a_target_makes_a_town_ranked_and_withdrawn_it_is_not(self, desk: Desk) -> None:
        trained = "training.网格员"
        desk.target(10)
        desk.training(passed=5)
        assert (str(desk.cell(trained).rate), desk.cell(trained).rank) == ("1/2", 1)
        assert desk.cell(trained, SHIZHU).rank is None
        desk.target(None, "2018-10-01")
        cell = desk.cell(trained)
        assert (cell.target, cell.done, cell.rate, cell.rank) == (None, 5, None, None)
        assert desk.cell(trained, month="2018-09").target == 10

    def test_trap_6_a_late_nil_report_is_nil_and_late(self, desk: Desk) -> None:
        desk.filing("2018-09", "2018-10-08", nil="是")
        assert [desk.figure(of, "2018-10-31") for of in (FILED, NIL, LATE)] == [0, 1, 1]


class TestOfDepartments:
    def test_of_a_town_or_of_a_department(self, desk: Desk) -> None:
        desk.take("department", name="示例建设局", short_name="建设局")
        row = desk.filing(town=None, department="建设局")
        assert desk.rows("filing_listing", "town", "department", "in_time") == [(None, "示例建设局", "按期")]
        desk.filing(town=None, department="示例建设局", nil="是")
        desk.filing()
        assert desk.rows("filing", "nil") == [("是",), ("否",)]
        with refuses("E793"):
            desk.filing(town=None)
        with refuses("E793"):
            desk.filing(department="建设局")
        with refuses("E793"):
            desk.edit("filing", row, town="芝英镇")
        with refuses("E793"):
            desk.edit("filing", row, department="（清空）")
        desk.edit("filing", row, month="2018-09", town="芝英镇", department="（清空）")
        assert desk.rows("filing", "town_code", "department") == [("330784109", None), ("330784109", None)]

    def test_it_is_no_towns(self, desk: Desk) -> None:
        """Not even of 未定镇街: in the towns' figures it is nowhere."""
        desk.take("department", name="示例建设局")
        desk.filing(town=None, department="示例建设局")
        assert desk.ledger.execute("SELECT count(*) FROM measure_total").fetchone()[0] == 0
        (number,) = desk.rows("department", "number")[0]
        found = desk.ledger.execute("SELECT found_by, town_code FROM filing_item").fetchall()
        assert [tuple(row) for row in found] == [(number, None)] * 2

    def test_by_the_name_of_its_month(self, desk: Desk) -> None:
        desk.take("department", name="示例建设局", from_on="2018-09-15")
        desk.filing("2018-09", "2018-09-30", town=None, department="示例建设局")
        with refuses("E792"):
            desk.filing("2018-08", "2018-09-30", town=None, department="示例建设局")
