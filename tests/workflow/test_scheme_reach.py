"""Grades that no town, or no department, can reach by what it is asked."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Asked, Draft, Group, Heading

HEADINGS = (
    Heading("fire", "消防安全", True, Fraction(1), full=Fraction(70)),
    Heading("told", "信息报送", True, Fraction(1), full=Fraction(30)),
    Heading("bonus", "加分", True, Fraction(1), bonus_cap=Fraction(5)),
    Heading("apart", "只通报", False, Fraction(1), full=Fraction(50)),
)


def asked(code: str, category: str, full: int | None, units: str = "", form: str = "扣分", group: str = "") -> Asked:
    some = None if full is None else Fraction(full)
    of = Asked(code, category, code, code, "次", "sum", "work.done", False, "", "", "", "", False)
    return replace(of, form=form, full=some, units=units, group=group)


def draft(*more: Asked, grades: str = "优秀=90、合格=60", headings: tuple[Heading, ...] = HEADINGS) -> Draft:
    items = (
        asked("演练", "fire", 40, "镇、部门"),
        asked("站", "fire", 30),
        asked("月报", "told", 30, "镇、部门"),
        asked("表彰", "bonus", None, "镇、部门", "加分"),
        asked("另列", "apart", 50, "部门"),
    )
    return Draft(
        "某县", "某县办法", "", "", headings, (*items, *more), "百分制", grades=grades,
        groups=(Group("g", "told", "两样", Fraction(10)),),
    )  # fmt: skip


def told(of: Draft) -> list[tuple[str, str, str]]:
    found = [each for each in scheme.worth_knowing(of) if each.code == "N440"]
    assert all(each.place.title == "等次" for each in found)
    return [(str(each.words["kind"]), str(each.words["most"]), str(each.words["grades"])) for each in found]


def test_a_grade_beyond_what_departments_are_asked() -> None:
    assert told(draft()) == [("部门", "70", "优秀（90分）")]
    assert told(draft(grades="优秀=70")) == []
    assert told(replace(draft(), total="不计分")) == []
    assert told(draft(grades="")) == []
    assert told(draft(grades="优秀九十")) == []


@pytest.mark.parametrize(
    ("more", "most"),
    [
        (asked("再", "fire", 20, "部门"), "90"),
        (asked("再", "fire", 100, "部门"), "100"),  # no more than its category's
        (asked("再", "told", 20, "检查部门", group="g"), "70"),  # the category is full
        (asked("再", "fire", 20, "镇"), "70"),
        (asked("再", "fire", None, "部门", "否决"), "70"),
    ],
)
def test_what_is_counted(more: Asked, most: str) -> None:
    found = told(draft(more, grades="满分=1000"))
    assert found == [("镇", "100", "满分（1000分）"), ("部门", most, "满分（1000分）")]


def test_groups_and_conversion() -> None:
    headings = (HEADINGS[0], replace(HEADINGS[1], full=None, conversion=Fraction(1, 2)), *HEADINGS[2:])
    more = asked("再", "told", 20, "部门", group="g")
    assert told(draft(more, grades="满分=1000", headings=headings))[1] == ("部门", "60", "满分（1000分）")


def test_none_are_asked() -> None:
    of_towns = [replace(each, units="") for each in draft().indicators]
    assert told(replace(draft(), indicators=tuple(of_towns))) == []
