"""What is taken back belongs to the year it was counted in: no total below nought, and a correction of that year."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.bulletin import sentences
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, Correction
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.workflow import month
from support.desk import ZHIYING, Desk

FILED, FINED, FINE = "case.filed", "case.fined", "case.fine"
OF_2017: dict[str, Any] = {"filed_on": "2017-03-01", "decided_on": "2017-04-01", "fine": 1_000_000}
REVOKED: dict[str, Any] = {"revoked_on": "2018-10-10", "revoke_reason": "复议撤销"}


def lock(desk: Desk, year: int, number: int) -> None:
    period = ended(year, number)
    with desk.gate(f"{year + number // 12}-{number % 12 + 1:02d}-05") as gate:
        month.close(gate, period, "0.1.0")


def bulletin(desk: Desk, year: int, number: int) -> Bulletin:
    return compile_bulletin(desk.ledger, ended(year, number))


def told(desk: Desk, year: int, number: int) -> list[tuple[str, str, int, int]]:
    corrections: tuple[Correction, ...] = bulletin(desk, year, number).corrections
    assert not any(c.definition for c in corrections)
    return [(c.month, c.indicator, c.was, c.now) for c in corrections]


def test_a_case_of_last_year_is_no_case_less_this_year(desk: Desk) -> None:
    case = desk.case(**OF_2017)
    lock(desk, 2017, 12)
    desk.edit("enforcement_case", case, **REVOKED)
    october = bulletin(desk, 2018, 10)
    whole = {t.id: t.total for c in october.categories for t in c.indicators}
    for of in (FILED, FINED, FINE):
        assert (whole[of].done, whole[of].this_month, whole[of].last_year) == (0, 0, None)
    said = text(bulletin_table(october))
    assert "200%" not in said
    assert "-1" not in said.replace("-10", "").replace("-11", "").replace("-12", "")
    assert "更正：2017年12月份通报中芝英镇立案1起更正为0起；2017年12月份通报中芝英镇处罚1起更正为0起" in said


def test_what_is_compared_is_the_corrected_year(desk: Desk) -> None:
    case = desk.case(**OF_2017)
    desk.case(**OF_2017)
    desk.case()
    desk.edit("enforcement_case", case, **REVOKED)
    assert sentences.cases(bulletin(desk, 2018, 10)) == (
        "1—10月，全市非事故类安全生产违法行为立案处罚1起，处罚金额0万元，立案同比持平，处罚金额同比下降100%。"
    )


def test_a_correction_of_last_year_is_told_once_and_told_again_where_it_changes(desk: Desk) -> None:
    case = desk.case(**OF_2017)
    lock(desk, 2017, 12)
    lock(desk, 2018, 9)
    desk.edit("enforcement_case", case, **REVOKED)
    fell = [("2017-12", FILED, 1, 0), ("2017-12", FINED, 1, 0), ("2017-12", FINE, 1_000_000, 0)]
    assert told(desk, 2018, 10) == fell
    lock(desk, 2018, 10)
    assert told(desk, 2018, 10) == fell
    assert told(desk, 2018, 11) == []
    other = desk.case(**{**OF_2017, "fine": 2_000_000})
    assert told(desk, 2018, 11) == [("2017-12", FILED, 0, 1), ("2017-12", FINED, 0, 1), ("2017-12", FINE, 0, 2_000_000)]
    desk.edit("enforcement_case", other, fine=1_000_000)
    assert sorted(told(desk, 2018, 11)) == sorted((m, of, now, was) for m, of, was, now in fell)
    said = sentences.corrected(bulletin(desk, 2018, 11))
    assert said.startswith("更正：2017年12月份通报中")


def test_more_taken_back_in_a_month_than_done_is_said(desk: Desk) -> None:
    case = desk.case(filed_on="2018-08-01", decided_on="2018-08-20", fine=1_500_000)
    desk.edit("enforcement_case", case, **REVOKED)
    october = bulletin(desk, 2018, 10)
    (filed,) = (t for c in october.categories for t in c.indicators if t.id == FILED)
    assert (filed.total.done, filed.total.this_month) == (0, -1)
    said = text(bulletin_table(october))
    assert "冲减1 " in said
    assert "冲减1.5 " in said


@pytest.mark.unmeasured
@pytest.mark.parametrize("of", ["count", "deaths", "injured", "larger"])
def test_an_accident_written_off_in_the_next_year_is_none_of_either(desk: Desk, of: str) -> None:
    row = desk.accident("2017-12-20", deaths=3, serious=1)
    off = {"written_off_on": "2018-03-10", "write_off_reason": "非生产安全事故"}
    desk.edit("accident", row, **off)
    days = ("2017-12-20", "2017-12-31", "2018-03-09", "2018-03-10", "2018-12-31")
    assert desk.figures(f"accident.{of}", *days) == [0] * 5
    assert desk.near(f"accident.{of}", "2017-12") == ["核销于2018-03-10：非生产安全事故"]


def test_casualties_that_fall_after_new_year_are_fewer_in_the_year_they_were_counted_in(desk: Desk) -> None:
    from anjian_cli.workflow import accident

    row = desk.accident("2017-12-20", deaths=3, serious=2)
    desk.step(accident.amend, row, "2017-12-28", {"serious": 4})
    desk.step(accident.amend, row, "2018-01-05", {"deaths": 2, "serious": 1})
    days = ("2017-12-20", "2017-12-31", "2018-01-04", "2018-01-05", "2018-12-31")
    assert desk.figures("accident.deaths", *days) == [2, 2, 0, 0, 0]
    assert desk.figures("accident.injured", *days) == [1, 1, 0, 0, 0]
    assert desk.figures("accident.larger", *days) == [0] * 5
    assert desk.near("accident.deaths", "2017-12") == ["次年续报核减1人"]
    assert desk.near("accident.injured", "2017-12") == ["次年续报核减1人", "次年续报核减2人"]
    assert desk.near("accident.larger", "2017-12") == ["次年续报核减，不再是较大及以上"]
    assert desk.rows("casualties", "deaths", "deaths_change") == [(3, 2), (3, 0), (2, 0)]


def test_a_total_written_down_is_less_on_its_own_day(desk: Desk) -> None:
    desk.opening(FILED, "2018-06-30", "3")
    row = desk.rows("opening_figure", "id")[0][0]
    from anjian_cli.workflow import opening_figure

    desk.step(opening_figure.write_down, row, 1)
    assert desk.figures(FILED, "2018-06-30", "2018-12-31", town=ZHIYING) == [2, 2]
