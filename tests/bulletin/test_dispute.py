"""Why a town has its place: the parts add up, who came past is right, and every way up leads there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from anjian_cli.bulletin import ranking
from anjian_cli.bulletin.dispute import WAYS, Step, dispute
from anjian_cli.bulletin.explain import rank_asked
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.screen import dispute as shown
from anjian_cli.render.width import columns
from support.bulletin_builder import SEEDS, bulletin
from support.bulletin_ledger import JIANGNAN, ZHIYING, Book
from support.sweeps import sweep


def score(found: Bulletin, town: str, more: Mapping[str, int]) -> Fraction:
    """A town's score with so many more done, worked out anew from its cells."""
    at = [unit.code for unit in found.towns].index(town)
    rates = []
    for category in found.categories:
        own = []
        for table in category.indicators if category.scored else ():
            cell = table.cells[at]
            done = None if cell.done is None else cell.done + more.get(table.short, 0)
            rate = ranking.rate(done, cell.target) if table.scored else None
            if rate is not None:
                own.append(min(rate, Fraction(1)))
        if own:
            rates.append(sum(own, Fraction(0)) / len(own))
    return 100 * sum(rates, Fraction(0)) / len(rates)


@sweep("seed", SEEDS, keep=3)
def test_parts_add_up_and_ways_lead_there(seed: int) -> None:
    found = bulletin(seed)
    ways = most = 0
    for row in found.scores:
        made = dispute(found, row.town)
        if row.score is None:
            assert made is None
            continue
        assert made is not None
        assert sum(part.points for part in made.parts) == row.score
        assert score(found, row.town, {}) == row.score
        before = [each for each in found.scores if (each.rank or 99) < (row.rank or 0)]
        if not before:
            assert made.goal is None
            continue
        assert made.holder in before
        assert made.short_of is not None
        assert made.holder is not None
        wanted = made.holder.score or Fraction(0)
        most = max(most, len(made.ways))
        for way in made.ways:
            ways += 1
            assert score(found, row.town, {step.short: step.count for step in way}) >= wanted
            last = way[-1]
            less = {step.short: step.count for step in way} | {last.short: last.count - 1}
            assert score(found, row.town, less) < wanted
            for step in way:
                (cell,) = (
                    c for k in found.categories for t in k.indicators if t.short == step.short
                    for c in t.cells if c.town == row.town
                )  # fmt: skip
                assert (cell.done or 0) + step.count <= (cell.target or 0)
    assert ways
    assert most == WAYS == 3


def test_who_came_past() -> None:
    found = bulletin(1)
    rows = [
        replace(row, last_rank=last) for row, last in zip(found.scores, [5, 1, 2, 3, 3, *range(6, 17)], strict=True)
    ]
    found = replace(found, scores=tuple(rows))
    made = dispute(found, rows[2].town)
    assert made is not None
    assert [each.town for each in made.passed_by] == [rows[0].town]  # the second was before it last month as well
    assert made.goal == 2
    level = dispute(found, rows[4].town)
    assert level is not None
    assert [each.town for each in level.passed_by] == [rows[0].town, rows[3].town]
    first = dispute(found, rows[0].town)
    assert first is not None
    assert [each.town for each in first.passed] == [row.town for row in rows[1:5]]
    assert not first.passed_by
    assert "本镇超过了" in "".join(line.text for line in shown.lines(found, first, []))


def test_a_town_level_with_another_did_not_come_past_it() -> None:
    found = bulletin(1)
    told = {row.town: row for row in found.scores}
    one, other = found.scores[2:4]
    told |= {one.town: replace(one, rank=3, last_rank=4), other.town: replace(other, rank=3, last_rank=5)}
    made = dispute(replace(found, scores=tuple(told.values())), one.town)
    assert made is not None
    assert other.town not in {each.town for each in (*made.passed_by, *made.passed)}


def test_a_sum_of_a_category_stands_only_where_its_indicators_have_one_unit() -> None:
    found = bulletin(0)
    town = found.scores[0].town
    training = found.categories[0]
    first, *others = training.indicators
    mixed = replace(training, indicators=(replace(first, unit="家"), *others))
    told = []
    for each in (training, mixed):
        made = dispute(replace(found, categories=(each, *found.categories[1:])), town)
        assert made is not None
        told.append((made.parts[0].unit, made.parts[0].done is None, made.parts[0].target is None))
    assert told == [("人次", False, False), ("", True, True)]


@pytest.mark.parametrize(("ahead", "last"), [(0, ()), (1, (Step("特种作业", "人次", 1),))])
def test_where_no_one_indicator_is_enough_what_brings_most_a_piece_comes_first(
    ahead: int, last: tuple[Step, ...]
) -> None:
    book = Book()
    tasks = {"其他": 5, "网格员": 20, "负责人": 10, "特种作业": 400}
    kinds = {"其他": "其他从业人员", "网格员": "网格员", "负责人": "主要负责人", "特种作业": "特种作业人员"}
    for of, task in tasks.items():
        for town in (JIANGNAN, ZHIYING):
            book.target(f"training.{of}", town, task)
        book.training(JIANGNAN, "2018-10-09", ahead if of == "特种作业" else task, kinds[of])
    book.training(ZHIYING, "2018-10-09", 5, kinds["其他"])
    found = book.bulletin()
    made = dispute(found, ZHIYING)
    assert made is not None
    assert made.ways == ((Step("负责人", "人次", 10), Step("网格员", "人次", 20), *last),)
    beyond = tuple(replace(row, score=Fraction(201, 2)) if row.town == JIANGNAN else row for row in found.scores)
    out_of_reach = dispute(replace(found, scores=beyond), ZHIYING)
    assert out_of_reach is not None
    assert out_of_reach.ways == ()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_screen_says_what_the_value_says(seed: int) -> None:
    found = bulletin(seed)
    for row in found.scores:
        made = dispute(found, row.town)
        if made is None:
            continue
        lines = [line.text for line in shown.lines(found, made, [], 80)]
        assert max(map(columns, lines)) <= 80
        text = "".join(lines)
        for part in made.parts:
            assert str(part.row.rank) in text
        if made.goal is not None:
            assert f"怎样到第{made.goal}名" in text
        assert shown.delimited(found, made).count("\n") == len(made.parts) + 2
        assert '"dispute"' in shown.structured(found, made, [])


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (("10-芝英-排名",), ("10", "芝英")),
        (("10", "芝英", "名次"), ("10", "芝英")),
        (("芝英", "综合"), (None, "芝英")),
        (("2018-10-芝英-排名",), ("2018-10", "芝英")),
        (("10-芝英-涉氨",), None),
        (("排名",), None),
    ],
)
def test_how_it_is_asked(words: tuple[str, ...], asked: tuple[str | None, str] | None) -> None:
    assert rank_asked(words) == asked


def test_a_way_up_may_take_all_that_is_left_to_do() -> None:
    book = Book()
    for town, done in ((JIANGNAN, 10), (ZHIYING, 5)):
        for short, kind, passed in (("网格员", "网格员", done), ("负责人", "主要负责人", 5)):
            book.target(f"training.{short}", town, 10)
            book.training(town, "2018-10-09", passed, kind)
    made = dispute(book.bulletin(), ZHIYING)
    assert made is not None
    assert set(made.ways) == {(Step("网格员", "人次", 5),), (Step("负责人", "人次", 5),)}
