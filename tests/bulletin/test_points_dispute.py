"""Why a unit has its place under a scheme of points, and what a locked month would come to now."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from anjian_cli.bulletin import correction, locked_month, sentences
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.dispute import Lift, dispute, why_unplaced
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, Correction, Rescored
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.screen import dispute as shown
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.workflow import before_locking, month
from support import points_ledger
from support.points_ledger import JIANGNAN, SHIZHU, ZHIYING


@pytest.fixture(scope="module")
def october() -> Iterator[Bulletin]:
    desk = points_ledger.made()
    yield compile_bulletin(desk.ledger, ended(2018, 10))
    desk.ledger.close()


def test_a_place_by_its_points(october: Bulletin) -> None:
    found = dispute(october, ZHIYING)
    assert found is not None
    assert found.points[0].why == (
        "书记督查：缺1次，扣5分", "监管人员：网格员不足；未持证", "负责人培训：完成60.00%",
    )  # fmt: skip
    assert found.lifts == (Lift("负责人培训", Fraction(8), 1),)
    said = text(shown.lines(october, found, [], 120))
    assert "芝英镇  2018年10月  综合第2名（9月第1名）  总分83" in said
    assert "现第1名江南街道85分，相差2分。其他镇（街道）不变时：负责人培训得满分，多8分，到第1名。" in said
    assert "序时" not in said
    assert "任务总量" not in said


def test_a_veto_is_said_and_keeps_its_place(october: Bulletin) -> None:
    found = dispute(october, SHIZHU)
    assert found is not None
    said = text(shown.lines(october, found, []))
    assert "发生较大及以上事故1起，符合一票否决情形（名次末位、等次定为不合格）。" in said
    assert "按期率得满分，多20分，名次不变" in said
    assert october.points is not None
    row = replace(october.points.row(JIANGNAN), placing="不参加排名", vetoes=("符合一票否决情形",))
    out = replace(october, points=replace(october.points, rows=(row, *october.points.rows[1:])))
    assert why_unplaced(out, JIANGNAN) == "符合一票否决情形"
    assert why_unplaced(october, JIANGNAN) == "它没有可计分的项目，不计总分"


def test_as_csv_and_json(october: Bulletin) -> None:
    found = dispute(october, ZHIYING)
    assert found is not None
    rows = shown.delimited(october, found).splitlines()
    assert rows[1].split(",")[2:6] == ["安全生产", "60", "45", "30"]
    assert rows[-1] == "2018-10,芝英镇,总分,,83,,2,"
    assert '"lifts"' in shown.structured(october, found, [])


def test_a_locked_month_by_the_points_of_now() -> None:
    desk = points_ledger.made()
    with desk.gate(command="month close") as gate:
        month.close(gate, ended(2018, 10), "测试")
    desk.take("work_item", kind="督查检查", town="芝英镇", done_on="2018-05-10", title="以后补登")
    locked = locked_month.find(desk.ledger, "2018-10")
    assert locked is not None
    assert correction.rescored(desk.ledger, locked) == [
        Rescored("2018-10", JIANGNAN, Fraction(85), Fraction(85), 1, 2),
        Rescored("2018-10", ZHIYING, Fraction(83), Fraction(88), 2, 1),
    ]
    assert dispute(compile_bulletin(desk.ledger, ended(2018, 10)), ZHIYING).row.rank == 2  # type: ignore[union-attr]
    following = compile_bulletin(desk.ledger, ended(2018, 11))
    assert sentences.corrected(following) == (
        "更正：10月份通报中芝英镇书记督查2次更正为3次；10月江南街道总分不变，名次由第1名更正为第2名；"
        "10月芝英镇总分由83分更正为88分，名次由第2名更正为第1名。"
    )
    desk.ledger.close()


def test_a_mark_that_came_later_is_a_correction() -> None:
    desk = points_ledger.made()
    with desk.gate(command="month close") as gate:
        month.close(gate, ended(2018, 10), "测试")
    assert not sentences.corrected(compile_bulletin(desk.ledger, ended(2018, 11)))
    desk.take("mark", indicator="监管人员", town="石柱镇", month="2018-10", points="-1", reason="以后补评")
    following = compile_bulletin(desk.ledger, ended(2018, 11))
    assert sentences.corrected(following) == "更正：10月石柱镇总分由18分更正为27分，名次不变。"
    desk.ledger.close()


def test_of_a_month_under_another_scheme_it_is_called_a_score(october: Bulletin) -> None:
    assert october.scheme is not None
    changed = Correction("2018-09", "aq.网点", ZHIYING, 1, 2, False)
    rescored = Rescored("2018-09", ZHIYING, Fraction(70), Fraction(71), 2, 2)
    anew = replace(
        october,
        scheme=replace(october.scheme, since="2018-10-01"),
        corrections=(changed,),
        rescored=(rescored,),
    )
    assert "9月芝英镇得分由70分更正为71分，名次不变" in sentences.corrected(anew)
    assert "9月芝英镇总分由70分更正为71分" in sentences.corrected(replace(anew, scheme=october.scheme))


def test_a_month_with_something_open_is_not_locked_without_a_word() -> None:
    desk = points_ledger.made()
    seen = before_locking.look(desk.ledger, ended(2018, 10), issuing=False)
    still = "1项尚待评分（共10分），前仓镇未报送，有关总分为暂计，名次为暂定"
    assert seen.unusual == (still,)
    with desk.gate(command="month close") as gate:
        month.close(gate, ended(2018, 10), "0.6.0")
    seen = before_locking.look(desk.ledger, ended(2018, 10), issuing=True)
    assert seen.unusual == (f"{still}（定稿以后报来、评定的不在内，要算进去先撤销定稿）",)
    desk.ledger.close()
