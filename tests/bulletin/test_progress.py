"""What is said of each category."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import progress
from anjian_cli.bulletin.findings import Field, Placed
from anjian_cli.bulletin.sentences import LISTED
from support.bulletin_builder import bulletin
from support.letter_builder import UNITS, category, cell, of, table


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (0, ""),
        (4, "三级复评，东城街道、西城街道、江南街道、石柱镇进入评审阶段。"),
        (5, "三级复评，东城街道、西城街道、江南街道、石柱镇等5个镇（街、区）进入评审阶段。"),
    ],
)
def test_four_towns_in_review_are_named(there: int, said: str) -> None:
    cells = [*[cell(1)] * there, *[cell(0)] * (6 - there)]
    found = category("standard", "", [table("standard.towns_in_review", "评审镇数", cells, cell(there))])
    assert progress.in_review(of(found), found) == said


def standing(*towns: tuple[int, int, bool]) -> str:
    """What is said of towns with a rate and a lead in percent, by place."""
    counts = [sum(other > rate for other, *_ in towns) + 1 for rate, *_ in towns]
    placed = [
        Placed(unit.code, Fraction(rate, 100), rank, Fraction(gap, 100), finished)
        for unit, rank, (rate, gap, finished) in zip(UNITS, counts, towns, strict=False)
    ]
    return progress.standing(bulletin(0), Field(tuple(placed)))


@pytest.mark.parametrize(("more", "said"), [(0, "、前仓镇已全部完成"), (1, f"{LISTED + 1}个镇（街、区）已全部完成")])
def test_so_many_who_have_finished_are_named(more: int, said: str) -> None:
    assert said in standing(*[(100, 10, True)] * (LISTED + more), (90, 0, False), (89, -1, False))


@pytest.mark.parametrize(
    ("more", "said"), [(0, "、前仓镇（40.00%）不足50%"), (1, f"{LISTED + 1}个镇（街、区）不足50%")]
)
def test_so_many_who_have_not_come_half_the_way_are_named(more: int, said: str) -> None:
    assert said in standing(*[(40, -40, False)] * (LISTED + more))


def test_who_is_last_is_told_of_those_below_the_pace_only() -> None:
    """Towns that are asked different kinds have different paces: the last one may have reached its own."""
    ahead = [(90 - at, 5, False) for at in range(3)]
    below = [(80 - at, -5, False) for at in range(LISTED + 1)]
    assert "居后三位" in standing(*ahead, *below)
    assert standing(*ahead, *below, (10, 0, False)).endswith(f"{LISTED + 1}个镇（街、区）低于序时进度。")
    assert standing(*ahead, *[(80, -5, False)] * (LISTED + 1)).endswith(f"{LISTED + 1}个镇（街、区）低于序时进度。")


def test_of_a_field_that_is_partly_known_nobody_is_first_last_alone_or_done() -> None:
    placed = tuple(
        Placed(unit.code, Fraction(rate, 100), at, Fraction(gap, 100), rate == 100)
        for at, (unit, (rate, gap)) in enumerate(
            zip(UNITS, ((100, 17), (90, 7), (60, -23), (50, -33)), strict=False), 1
        )
    )
    whole = progress.standing(bulletin(0), Field(placed))
    assert "仅" in whole or "已全部完成" in whole
    said = progress.standing(bulletin(0), Field(placed, known=False))
    below = "、".join(unit.name for unit in UNITS[2:4])
    assert said == f"{below}低于序时进度；有镇（街、区）的累计数无从得知，不列居首、居末。"
    ahead = progress.standing(bulletin(0), Field(placed[:2], known=False))
    assert ahead == "有镇（街、区）的累计数无从得知，不列居首、居末。"


@pytest.mark.parametrize("known", [True, False])
def test_the_county_has_done_all_only_where_every_figure_is_known(known: bool) -> None:
    cells = [cell(5, 5), cell(5 if known else None, 5)]
    whole = table("training.网格员", "网格员", cells, cell(10, 10), unit="人次", scored=True)
    found = category("training", "", [whole], total_rate=Fraction(1), gap=Fraction(1, 6))
    assert ("全市任务已全部完成" in progress.training(bulletin(0), found)) is known
