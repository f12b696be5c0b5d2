"""What points can still be had, and which place by them: by hand, and by the table reckoned anew."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.points_outlook import PointsAhead, ahead, all_told, chances_told, gone_told
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office import outlook as office
from anjian_cli.render.screen import outlook as screen
from anjian_cli.render.screen.styled_lines import text
from support import points_ledger
from support.bulletin_builder import bulletin as made_up
from support.desk import Desk
from support.points_ledger import JIANGNAN, QIANCANG, SHIZHU, ZHIYING


@pytest.fixture(scope="module")
def book() -> Iterator[Desk]:
    desk = points_ledger.made()
    yield desk
    desk.ledger.close()


@pytest.fixture(scope="module")
def october(book: Desk) -> Bulletin:
    return compile_bulletin(book.ledger, ended(2018, 10))


def one(bulletin: Bulletin, town: str) -> PointsAhead:
    return next(each for each in ahead(bulletin) if each.town == town)


def test_a_rate_and_a_mark_can_be_had_and_what_went_by_cannot(october: Bulletin) -> None:
    found = one(october, SHIZHU)
    assert chances_told(found) == "按期率20分、负责人培训15分、监管人员10分"
    assert gone_told(found) == "不再能得的：书记督查15分、隐患10分"
    assert all_told(found) == "各项都得满分的，总分63分，仍是第4名"  # a veto keeps it last
    lifted = one(october, ZHIYING)
    assert [(c.item.short, c.gain, c.rank) for c in lifted.chances] == [("负责人培训", Fraction(8), 1)]
    assert all_told(lifted) == "各项都得满分的，总分91分，由第2名到第1名"
    assert gone_told(lifted) == "不再能得的：书记督查5分、监管人员2分、火灾2分"
    assert not one(october, JIANGNAN).chances


def test_who_has_not_reported_has_it_open(october: Bulletin) -> None:
    assert chances_told(one(october, QIANCANG)) == "按期率20分、监管人员10分、隐患10分"


def test_limits_are_in_what_would_be_gained(october: Bulletin) -> None:
    assert october.points is not None
    low = replace(october.points.categories[0], limit=Fraction(47))
    table = replace(october.points, categories=(low, *october.points.categories[1:]))
    assert one(replace(october, points=table), ZHIYING).chances[0].gain == 2  # 45 of 47
    nothing = replace(october.points.row(ZHIYING), nullified=True, total=Fraction(0))
    rows = tuple(nothing if row.town == ZHIYING else row for row in october.points.rows)
    assert not one(replace(october, points=replace(october.points, rows=rows)), ZHIYING).chances


def test_at_the_years_end_only_what_is_open_is_left(book: Desk) -> None:
    december = compile_bulletin(book.ledger, ended(2018, 12))
    assert chances_told(one(december, SHIZHU)) == "监管人员10分"


def test_of_a_scheme_without_points_there_is_nothing() -> None:
    assert ahead(made_up(1)) == ()


def test_as_it_is_printed(october: Bulletin) -> None:
    said = text(screen.county_outlook(october, 100))
    assert "芝英镇        83     2       8    91     1  负责人培训8分" in said
    own = text(screen.town_outlook(october, ZHIYING, 100))
    assert "各项都得满分的，总分91分，由第2名到第1名。" in own
    assert "不再能得的：书记督查5分、监管人员2分、火灾2分。" in own
    sheet = office.county_outlook(october)
    assert [row.cells[0] for row in sheet.rows] == ["江南街道", "芝英镇", "前仓镇", "石柱镇"]
    assert sheet.rows[1].cells[1:7] == (83, 2, 8, 91, 1, "负责人培训8分")
    assert sheet.rows[1].cells[7] == "书记督查5分、监管人员2分、火灾2分"
    town = office.town_outlook(october, SHIZHU)
    assert [row.cells[0] for row in town.rows] == ["隐患按期整改率", "主要负责人培训合格", "监管人员配备"]
    assert town.notes[0] == "各项都得满分的，总分63分，仍是第4名。"
