"""Charts: what is drawn is as long, as high and where its value says."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office import chart, svg
from anjian_cli.render.office.svg import Bar, Mark, Series
from support.bulletin_builder import SEEDS, bulletin
from support.sweeps import sweep

Values = st.lists(st.floats(-200, 900).map(lambda value: round(value, 2)), min_size=1, max_size=20)


def parts(drawn: Markup, tag: str, look: str = "") -> list[Any]:
    return [
        each for each in ElementTree.fromstring(drawn).iter(tag) if look in each.get("class", "").split() or not look
    ]


def number(part: Any, name: str) -> float:
    return float(part.get(name))


def scale(drawn: Markup) -> tuple[list[float], list[float]]:
    """The values of an axis across, and where they stand."""
    texts = [each for each in parts(drawn, "text", "axis") if re.fullmatch(r"-?[\d.]+", each.text or "")]
    return [float(each.text) for each in texts], [number(each, "x") for each in texts]


@given(Values)
def test_a_bar_ends_where_its_value_stands_on_the_scale(values: list[float]) -> None:
    drawn = svg.bars("图", [Bar(f"镇{at}", value) for at, value in enumerate(values)])
    told, where = scale(drawn)
    assert told == sorted(told)
    assert told[0] <= min(0, *values)
    assert told[-1] >= max(100, *values)
    assert 2 <= len(told) <= 8
    unit = (where[-1] - where[0]) / (told[-1] - told[0])
    nought = where[0] - told[0] * unit
    for bar, value in zip(parts(drawn, "rect", "bar"), values, strict=True):
        begin, wide = number(bar, "x"), number(bar, "width")
        ends = (begin, begin + wide) if value >= 0 else (begin + wide, begin)
        assert ends == pytest.approx((nought, nought + value * unit), abs=0.3)
        assert begin >= 0
        assert begin + wide <= svg.WIDTH


def test_bars_stand_in_order_with_their_labels_and_who_lags_apart() -> None:
    drawn = svg.bars("得分", [Bar("甲 <9>", 90), Bar("▼乙", 40, behind=True)], [Mark("序时", 83.3)])
    assert [each.text for each in parts(drawn, "text", "label")] == ["甲 <9>", "▼乙"]
    first, second = parts(drawn, "rect", "bar")
    assert number(first, "y") < number(second, "y")
    assert [each.get("class") for each in (first, second)] == ["bar", "bar behind"]
    (pace,) = parts(drawn, "line", "even")
    told, where = scale(drawn)
    assert number(pace, "x1") == pytest.approx(where[0] + 83.3 * (where[-1] - where[0]) / told[-1], abs=0.3)
    assert "序时" in [each.text for each in parts(drawn, "text", "axis")]


def test_a_line_breaks_where_nothing_is_known_and_each_point_has_a_sign() -> None:
    values = [None, 10.0, 20.0, None, 40.0]
    drawn = svg.lines("图", ["1月", "2", "3", "4", "5"], [Series("甲", values), Series("序时", [20] * 5, even=True)])
    mine = parts(drawn, "polyline", "line")
    points = [[tuple(map(float, point.split(","))) for point in each.get("points").split()] for each in mine]
    assert [len(run) for run in points] == [2, 1]
    (one, two), (four,) = points
    assert two[0] - one[0] == pytest.approx((four[0] - two[0]) / 2, abs=0.2)
    assert one[1] - two[1] == pytest.approx((two[1] - four[1]) / 2, abs=0.2)
    assert len(parts(drawn, "circle", "dot")) == 3 + 1  # and one beside the name
    assert len(parts(drawn, "polyline", "even")) == 1
    assert [each.text for each in parts(drawn, "text", "label")] == ["甲", "序时"]


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(-5, 400)), min_size=3, max_size=3), min_size=1, max_size=2))
def test_a_pair_of_bars_is_as_high_as_its_values(values: list[list[int | None]]) -> None:
    drawn = svg.pairs("图", ["1月", "2", "3"], [Series(f"列{at}", told) for at, told in enumerate(values)])
    known = [value for told in values for value in told if value is not None]
    bars = parts(drawn, "rect", "pair")
    assert len(bars) == len(known)
    heights = [number(bar, "height") for bar in bars]
    for height, value in zip(heights, known, strict=True):
        for other, another in zip(heights, known, strict=True):
            assert height * abs(another) == pytest.approx(other * abs(value), abs=0.25 * (abs(value) + abs(another)))


@sweep("seed", SEEDS, keep=3)
def test_what_is_drawn_of_a_bulletin_is_what_it_says(seed: int) -> None:
    found = bulletin(seed)
    scores = [row for row in found.scores if row.score is not None]
    bars = parts(chart.ranking(found), "rect", "bar")
    assert len(bars) == len(scores)
    assert [("behind" in bar.get("class")) for bar in bars] == [row.town in found.laggards for row in scores]


def hazards(months: dict[str, tuple[int | None, ...]], month: str = "2018-10") -> Bulletin:
    found = bulletin(1, month=month)
    category = found.categories[0]
    tables = tuple(
        replace(table, id=name, like="", total=replace(table.total, months=of))
        for (name, of), table in zip(months.items(), category.indicators, strict=False)
    )
    return replace(found, categories=(replace(category, indicators=tables),))


def test_hazards_of_a_month_are_what_came_since_the_month_before() -> None:
    drawn = chart.hazards(hazards({chart.FOUND: (4, 10, 10), chart.CLOSED: (2, 5, 13)}, "2018-03"))
    heights = [number(bar, "height") for bar in parts(drawn, "rect", "pair")]
    unit = heights[0] / 4
    assert heights == pytest.approx([each * unit for each in (4, 6, 0, 2, 3, 8)], abs=0.5)


def test_of_a_month_whose_forerunner_is_not_known_nothing_is_drawn() -> None:
    drawn = chart.hazards(hazards({chart.FOUND: (10, 14), chart.CLOSED: (None, 5, 13)}, "2018-03"))
    assert len(parts(drawn, "rect", "pair")) == 1 + 1
    assert chart.hazards(hazards({chart.FOUND: (1,)}, "2018-01")) == ""
    assert chart.hazards(hazards({chart.FOUND: (0, 0), chart.CLOSED: (0, 0)}, "2018-02")) == ""
