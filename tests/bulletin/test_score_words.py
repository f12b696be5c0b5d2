"""What is said of scores follows the scheme in force: points, rates, or no score at all."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import annex_titles, points, score_words
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.standing import standing
from support import points_scheme
from support.desk import ZHIYING, Desk
from support.points_builder import FULL, HOSTILE, scored

OCTOBER = ended(2018, 10)


def adopted(desk: Desk, total: str) -> Bulletin:
    with desk.gate() as gate:
        points_scheme.write(gate, "2018-01-01", total=total)
    desk.read("target", year="2018", indicator="负责人培训", town="芝英镇", quantity="20", document="例安委〔2018〕9号")
    return compile_bulletin(desk.ledger, OCTOBER)


def test_points_are_a_total_and_no_rates_of_categories(desk: Desk) -> None:
    found = adopted(desk, "百分制")
    assert not found.by_rates
    assert score_words.score_name(found) == "总分"
    assert all(category.total_rate is None and not category.rows for category in found.categories)
    assert score_words.paced(found)  # there is a task
    assert "总分" in standing(found, ZHIYING)
    assert annex_titles.of_scores(found)[0] == "2018年10月份安全生产重点工作得分表"


def test_a_scheme_may_give_no_score(desk: Desk) -> None:
    found = adopted(desk, "不计分")
    assert found.without_score
    assert not found.by_rates
    assert found.mean_score is None
    assert {row.score for row in found.scores} == {None}
    assert annex_titles.of_scores(found) == ()
    assert standing(found, ZHIYING).endswith("不计分、不排名次")


def test_rates_stay_as_they_are(desk: Desk) -> None:
    found = compile_bulletin(desk.ledger, OCTOBER)
    assert found.by_rates
    assert score_words.score_name(found) == "综合得分"
    assert score_words.mark(found) == score_words.mark(found, ZHIYING) == ""
    assert annex_titles.of_figures(found) == [category for category in found.categories if category.scored]


def test_what_is_open_is_counted_by_item_and_reason() -> None:
    assert score_words.open_items(scored()) == "标“暂计”的总分还有项目没有分数，名次为暂定：项tr0（待评1个）。"


def test_who_has_least_is_named_only_where_few_have_it() -> None:
    found = scored()
    assert found.points is not None
    for one, category in zip(score_words.by_category(found), found.points.categories, strict=True):
        own = [row.categories[found.points.categories.index(category)].points for row in found.points.rows]
        known = [each for each in own if each is not None]
        least = [each for each in known if each == min(known)]
        alike = len(set(known)) == 1
        assert len(one.least) == (0 if alike or len(least) > score_words.LEAST_NAMED else len(least))
        assert one.open == (category.id == "training")


@pytest.mark.parametrize(
    ("at", "expected"),
    [(4, [HOSTILE]), (0, ["尚未评分"])],
)
def test_why(at: int, expected: list[str]) -> None:
    found = scored()
    assert found.points is not None
    row = found.points.rows[at]
    assert [score_words.worth_telling(found.points, row)[0].reason] == expected
    bare = found.points.items[0]
    nobody = type(row.items[0])(FULL / 2, "", FULL / 2, "")
    assert score_words.reason(bare, nobody) == "失5分"


def test_a_loss_beyond_full_marks_may_be_the_greatest() -> None:
    found = scored()
    assert found.points is not None
    row = found.points.rows[5]
    bonus = type(row.items[0])(-FULL * 3, "", FULL * 3, "死亡3人，扣30分")
    changed = type(row)(**{n: getattr(row, n) for n in row.__slots__} | {"items": (*row.items[:-1], bonus)})
    assert points.lost_most(found.points, changed) == "表彰扣30分"
