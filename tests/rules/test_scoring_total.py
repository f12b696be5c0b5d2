"""From items to a category and to the total: groups, limits, what there is nothing to count of, all at once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.rules import grades, scoring_total
from anjian_cli.rules.scoring import Points, Scoring
from anjian_cli.rules.scoring_total import Cut, Limits, Part, Sum, Total

F = Fraction


def part(
    points: int | F | None,
    full: int | None = 10,
    *,
    form: str = "扣分",
    state: str = "",
    group: str = "",
    missing: str = "不计",
    bottomless: bool = False,
) -> Part:
    how = Scoring(form, None if full is None else F(full), bottomless=bottomless)
    return Part(how, Points(None if points is None else F(points), state), group, missing)


def category(*parts: Part, groups: dict[str, int] | None = None, **limits: int | F) -> Sum:
    told = {name: F(value) for name, value in limits.items()}
    return scoring_total.category(parts, {code: F(full) for code, full in (groups or {}).items()}, Limits(**told))


def test_items_add_up() -> None:
    assert category(part(7), part(F(5, 2), 5)) == Sum(F(19, 2), F(15), F(0), F(0))


def test_a_group_has_its_own_full_marks() -> None:
    assert category(part(10, group="zr"), part(10, group="zr"), part(5), groups={"zr": 15}).points == 20


def test_a_category_is_full_at_its_full_marks() -> None:
    assert category(part(18, 10, form="按率"), part(5), full=20).points == 20


def test_bonuses_together_have_a_limit() -> None:
    assert category(part(5), part(4, None, form="加分"), part(3, None, form="加分"), bonus_cap=5).points == 10


def test_deductions_together_have_a_limit() -> None:
    assert category(part(2), part(3), part(10), deduction_cap=10).points == 20
    assert category(part(-4, None, bottomless=True), deduction_cap=3).points == -3


def test_what_is_bottomless_takes_more_than_there_is() -> None:
    assert category(part(-12, 10, bottomless=True), part(5)).points == -7


def test_what_is_open_counts_nothing_yet() -> None:
    assert category(part(7), part(None, state="待评")) == Sum(F(7), F(20), F(10), F(0))


class TestMissing:
    """缺项, four ways; trap 14: a small part does not stand for the whole."""

    def test_left_out_with_its_full_marks(self) -> None:
        assert category(part(7), part(None, state="缺项")) == Sum(F(7), F(10), F(0), F(0))

    @pytest.mark.parametrize(("missing", "points"), [("满分", 17), ("零分", 7)])
    def test_all_or_none_of_them(self, missing: str, points: int) -> None:
        assert category(part(7), part(None, state="缺项", missing=missing))[:4] == (F(points), F(20), F(0), F(0))

    def test_the_rest_is_scaled_up(self) -> None:
        assert category(part(7), part(None, state="缺项", missing="折算"))[:4] == (F(14), F(20), F(0), F(0))

    def test_but_not_from_less_than_half(self) -> None:
        assert category(part(4, 4), part(None, 16, state="缺项", missing="折算")) == Sum(F(4), F(4), F(0), F(0))

    def test_nothing_at_all(self) -> None:
        assert category(part(None, state="缺项", missing="折算")) == Sum(None, F(0), F(0), F(10))


class TestTotal:
    def test_by_conversion(self) -> None:
        sums = [
            (Sum(F(80), F(100), F(0), F(0)), Limits(conversion=F(7, 10))),
            (Sum(F(50), F(100), F(10), F(0)), Limits(conversion=F(3, 10))),
        ]
        assert scoring_total.total(sums, scaled=False) == Total(F(71), F(100), F(3))

    def test_a_category_without_anything_is_made_up_for_where_half_is_left(self) -> None:
        rest, gone = (Sum(F(48), F(60), F(0), F(0)), Limits(F(60))), (Sum(None, F(0), F(0), F(40)), Limits(F(40)))
        assert scoring_total.total([rest, gone], scaled=True) == Total(F(80), F(100), F(0), (Cut("缺项折算", F(32)),))
        assert scoring_total.total([rest, gone], scaled=False) == Total(F(48), F(60), F(0))
        more = (Sum(None, F(0), F(0), F(70)), Limits(F(70)))
        assert scoring_total.total([rest, more], scaled=True) == Total(F(48), F(60), F(0))

    def test_a_category_that_is_to_be_left_out_is_made_up_for_by_nobody(self) -> None:
        """Where the scheme says 折算 and the category 不计: it is left out with its full marks."""
        rest, gone = (Sum(F(48), F(60), F(0), F(0)), Limits(F(60))), (Sum(None, F(0), F(0), F(0)), Limits(F(40)))
        assert scoring_total.total([rest, gone], scaled=True) == Total(F(48), F(60), F(0))

    def test_nothing_at_all(self) -> None:
        assert scoring_total.total([], scaled=False).points is None

    def test_below_nothing(self) -> None:
        assert scoring_total.total([(Sum(F(-7), F(0), F(0), F(0)), Limits())], scaled=False).points == -7


def test_all_limits_at_once() -> None:
    """Trap 15, worked out by hand. Group zr: 10 + 9 of at most 15 -> 15. Beside it 2 of 10, and 12 below 0 of 5
    (bottomless): -7. Taken off in all: 0 + 1 + 8 + 12 = 21, at most 16 -> 5 back. 15 + 2 - 7 + 5 = 15; left out 10 of
    45, scaled up: 15 x 45/35; at most 18 -> 18. Bonus 4 + 3, at most 5. Conversion 50%."""
    found = category(
        part(10, group="zr"), part(9, group="zr"), part(2), part(-7, 5, bottomless=True),
        part(None, state="缺项", missing="折算"), part(4, None, form="加分"), part(3, None, form="加分"),
        groups={"zr": 15}, full=18, bonus_cap=5, deduction_cap=16,
    )  # fmt: skip
    assert found.points == 23
    assert scoring_total.total([(found, Limits(conversion=F(1, 2)))], scaled=False).points == F(23, 2)


@pytest.mark.parametrize(
    ("points", "grade"), [(90, "优秀"), (F(8999, 100), "良好"), (80, "良好"), (60, "合格"), (59, "不合格")]
)
def test_grades(points: int | F, grade: str) -> None:
    assert grades.reached(F(points), "优秀=90、良好=80、合格=60") == grade
    assert grades.reached(F(points), "") == ""


class TestCuts:
    """What limits take off or add is told one by one, and adds up."""

    def test_each_in_its_place(self) -> None:
        found = category(
            part(10, group="zr"),
            part(10, group="zr"),
            part(2),
            part(4, None, form="加分"),
            part(3, None, form="加分"),
            groups={"zr": 15},
            full=16,
            bonus_cap=5,
            deduction_cap=5,
        )
        assert found.cuts == (
            Cut("组的满分", F(-5), "zr"),
            Cut("扣分上限", F(3)),
            Cut("加分上限", F(-2)),
            Cut("类别满分", F(-4)),
        )
        assert found.points == 29 + sum(cut.by for cut in found.cuts)

    def test_below_nothing_and_made_up(self) -> None:
        assert category(part(-3, None), part(1)).cuts == (Cut("不低于0分", F(2)),)
        found = category(part(7), part(None, state="缺项", missing="折算"), part(None, state="缺项", missing="满分"))
        assert found.cuts == (Cut("缺项按满分计", F(10)), Cut("缺项折算", F(17, 2)))
        assert found.points == F(51, 2)
