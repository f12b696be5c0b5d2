"""明细 of a count that is held against the year before, or on which a veto or a consequence rests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from anjian_cli.bulletin import explain
from anjian_cli.bulletin.explain import Explanation
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.scored_count import COMPARED
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.render.screen import explanation
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.workflow import month
from support import points_ledger, points_scheme
from support.desk import Desk
from support.points_ledger import JIANGNAN, QIANCANG, SHIZHU, ZHIYING


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    made = points_ledger.made()
    yield made
    made.ledger.close()


def told(desk: Desk, indicator: str, town: str) -> Explanation:
    return explain.explain(desk.ledger, explain.Asked(ended(2018, 10), town, indicator))


def test_last_years_number_and_its_records(book: Desk) -> None:
    one, none = told(book, "xf.火灾", JIANGNAN), told(book, "xf.火灾", ZHIYING)
    assert one.notes == (
        f"上年同期（2017-01-01至2017-10-31）1起，记录列在没有计入的里面，原因是“{COMPARED}”",
    )  # fmt: skip
    (record,) = [near.item for near in one.not_counted if near.reason == COMPARED]
    assert (record.from_on, record.quantity) == ("2017-05-01", 1)
    assert none.notes == ("上年同期（2017-01-01至2017-10-31）0起",)
    assert none.figure == 1
    assert told(book, "xf.火灾", COUNTY).notes[0].startswith("上年同期（2017-01-01至2017-10-31）1起")
    shown = text(explanation.lines(one))
    assert "注：上年同期（2017-01-01至2017-10-31）1起" in shown
    assert record.number in shown


def test_last_years_number_that_nobody_knows(desk: Desk) -> None:
    with desk.gate() as gate:
        points_scheme.write(gate, "2018-01-01")
    desk.accident("2018-07-01", town="芝英镇", sector="火灾", deaths=0, serious=0, direct_loss="10")
    (said,) = told(desk, "xf.火灾", ZHIYING).notes
    assert said.startswith("上年同期（2017-01-01至2017-10-31）的数不知道：")


@pytest.mark.parametrize(
    ("indicator", "town", "said"),
    [
        ("kf.较大", SHIZHU, "条件是满1起即一票否决；数到1起，已达到"),
        ("kf.较大", ZHIYING, "条件是满1起即一票否决；数到0起，没有达到"),
        (
            "kf.少报", SHIZHU,
            "条件是超过3次取消当年评优评先资格；应有每月1次，缺4次（2月缺1次、3月缺1次、4月缺1次、6月缺1次），"
            "已达到“取消当年评优评先资格”的",
        ),
        ("kf.少报", JIANGNAN, "条件是超过3次取消当年评优评先资格；应有每月1次，缺0次，没有达到"),
    ],
)  # fmt: skip
def test_a_condition_what_was_counted_and_whether_it_is_reached(
    book: Desk, indicator: str, town: str, said: str
) -> None:
    assert told(book, indicator, town).notes == (said,)


def test_of_no_unit_there_is_no_condition(book: Desk) -> None:
    assert told(book, "kf.较大", COUNTY).notes == ()


def test_lifted_and_of_a_locked_month() -> None:
    desk = points_ledger.made()
    lifting = {"indicator": "较大事故", "town": "石柱镇", "lifted_on": "2018-09-01", "document": "示复1号"}
    desk.take("veto_lifting", **lifting)
    (said,) = told(desk, "kf.较大", SHIZHU).notes
    assert said == "条件是满1起即一票否决；数到1起，已达到，2018年9月1日已由示复1号解除"
    with desk.gate(command="month close") as gate:
        month.close(gate, ended(2018, 10), "测试")
    desk.accident("2018-08-01", town="前仓镇", deaths=4)
    assert told(desk, "kf.较大", QIANCANG).notes == ("条件是满1起即一票否决；数到0起，没有达到",)
    desk.ledger.close()
