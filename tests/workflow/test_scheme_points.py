"""A scheme that gives points in the ledger: kept as it was told, with the measures of what it adds and of its words."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme, scheme_changes
from anjian_cli.workflow.scheme_draft import Draft
from support.desk import Desk
from support.points_file import POINTS, saved
from support.scheme_file import bare, read

DAY = "2018-10-01"


@pytest.fixture
def points(desk: Desk, tmp_path: Path) -> Draft:
    return bare(read(desk.ledger, saved(tmp_path, POINTS)))


def adopt(desk: Desk, draft: Draft) -> None:
    with desk.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, draft, DAY)


def kept(desk: Desk) -> Draft:
    return scheme.draft_of(desk.ledger, scheme.find(desk.ledger, "某县2026"))


def test_it_is_kept_as_it_was_told_and_gone_when_undone(desk: Desk, points: Draft) -> None:
    adopt(desk, points)
    assert kept(desk) == points
    parts = desk.ledger.execute("SELECT indicator, measure, sign, word FROM scheme_part ORDER BY id").fetchall()
    assert [tuple(row) for row in parts] == [
        ("yh2", "training.passed?kind=主要负责人", 1, None),
        ("jf", "hazard.found?channel=企业自查", 0, "企业自查"),
        ("jf", "hazard.found?channel=部门检查", 0, "部门检查"),
    ]
    counted = {row[0] for row in desk.ledger.execute("SELECT id FROM measure")}
    assert {measure for _, measure, *_ in parts} <= counted
    desk.undo()
    left = desk.ledger.execute("SELECT (SELECT count(*) FROM scheme_part), (SELECT count(*) FROM scheme_group)")
    assert tuple(left.fetchone()) == (0, 0)


def test_what_it_takes_off(desk: Desk, points: Draft) -> None:
    indicators = tuple(
        replace(each, plus=(), minus=each.plus, scoring="", form="", full=None, against="") if each.plus else each
        for each in points.indicators
    )
    adopt(desk, replace(points, indicators=indicators, groups=points.groups))
    assert kept(desk).indicators == indicators


def test_the_words_are_those_of_the_day(desk: Desk, points: Draft) -> None:
    desk.take("term", list="隐患来源", word="专家检查", from_on="2018-01-01", until_on="2019-01-01")
    bonus = tuple(replace(each, scoring="按词=专家检查:1") if each.code == "jf" else each for each in points.indicators)
    with scheme.trial(desk.ledger, replace(points, indicators=bonus), DAY) as (copy, _):
        words = copy.execute("SELECT word, measure FROM scheme_part WHERE sign = 0").fetchall()
    assert [tuple(row) for row in words] == [("专家检查", "hazard.found?channel=专家检查")]


def test_what_is_otherwise_is_told(points: Draft) -> None:
    first, *others = points.indicators
    after = replace(
        points,
        missing="不计",
        grades="",
        categories=(
            replace(points.categories[0], full=Fraction(50), conversion=Fraction(7, 10)),
            *points.categories[1:],
        ),
        groups=(replace(points.groups[0], full=Fraction(5, 2)),),
        indicators=(
            replace(first, full=None, form="加分", scoring="每=1；加=1", group="", standard="别的", units="部门"),
            *others,
        ),
    )
    told = [(each.what, each.code, each.how) for each in scheme_changes.changes(points, after)]
    assert told == [
        ("办法", "", "满分 → 不计"),
        ("办法", "", "优秀=90、良好=80 → 空"),
        ("类别", "aq", "满分：60 → 50、折算：空 → 0.7"),
        ("组", "yh", "满分：20 → 2.5"),
        (
            "指标",
            "yh1",
            "组有变、计分：扣分 → 加分、满分：12.5 → 空、计分细则：每=1；扣=2 → 每=1；加=1、评分标准有变、"
            "考核单位：空 → 部门",
        ),
    ]


def test_one_that_adds_something_else_needs_another_code(desk: Desk, points: Draft) -> None:
    adopt(desk, points)
    indicators = tuple(replace(each, plus=()) for each in points.indicators)
    found = list(scheme_changes.otherwise(kept(desk).indicators, replace(points, indicators=indicators)))
    assert [(each.code, each.value) for each in found] == [("E763", "yh2")]
