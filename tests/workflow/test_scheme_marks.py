"""What is said of marks given already where a scheme adopted in the course of the year asks otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme, scheme_marks
from anjian_cli.workflow.scheme_draft import Draft
from support import department_scheme, marked_scheme
from support.desk import Desk

DAY = "2018-10-01"


@pytest.fixture
def marking(desk: Desk) -> Desk:
    """Marks of September and October, and what does not apply to a town."""
    marked_scheme.adopt(desk, "2018-01-01")
    given: dict[str, Any] = {"indicator": "监管人员"}
    desk.take("mark", **given, town="芝英镇", marked_on="2018-09-25", points="-2")
    desk.take("mark", **given, town="芝英镇", marked_on="2018-10-25", points="-2")
    desk.take("mark", **given, town="石柱镇", marked_on="2018-10-26", points="-1")
    desk.take("mark", **given, town="石柱镇", marked_on="2018-10-27", points="不涉及")
    return desk


def now(desk: Desk, day: str = DAY) -> Draft:
    return scheme.draft_of(desk.ledger, schemes.on(desk.ledger, day))


def marked(draft: Draft, code: str = marked_scheme.MARKED, **changed: Any) -> Draft:
    """The draft with its marked indicator changed."""
    return replace(
        draft,
        indicators=tuple(replace(each, **changed) if each.code == code else each for each in draft.indicators),
    )


def without(draft: Draft, code: str = marked_scheme.MARKED) -> Draft:
    return replace(draft, indicators=tuple(each for each in draft.indicators if each.code != code))


def told(desk: Desk, after: Draft, day: str = DAY) -> Sequence[str]:
    return [fault.reason for fault in scheme_marks.otherwise(desk.ledger, now(desk, day), after, day)]


def test_nothing_where_it_is_asked_as_before_or_more_widely(marking: Desk) -> None:
    draft = now(marking)
    assert told(marking, draft) == []
    assert told(marking, marked(draft, scoring="幅度=-9~9；评分单位=县安委办、县消防大队")) == []
    assert told(marking, without(draft), "2019-01-01") == []


def test_dropped_all_of_the_period_count_no_more(marking: Desk) -> None:
    said = "“监管人员”已有的评分4条（芝英镇、石柱镇）：办法里没有它，2018-10起的月份不再计"
    assert told(marking, without(now(marking))) == [said]
    assert told(marking, replace(without(now(marking)), assessed="季")) == [said.replace("4条", "3条")]
    other = marked(now(marking), form="后果", scoring="超过=1~甲")
    assert told(marking, other) == [said.replace("没有它", "它不是“评分”的")]


def test_what_is_not_allowed_any_more_counts_as_it_was_given(marking: Desk) -> None:
    assert told(marking, marked(now(marking), scoring="幅度=-1~0.5；评分单位=县消防大队；依据")) == [
        "“监管人员”已有的评分1条（芝英镇）：分值不在幅度-1～0.5里，照已评的分值计",
        "“监管人员”已有的评分3条（芝英镇、石柱镇）：没有写评分理由，照已评的分值计",
        "“监管人员”已有的评分3条（芝英镇、石柱镇）：评分单位不是县消防大队，照已评的分值计",
    ]


def test_up_to_the_next_scheme(marking: Desk) -> None:
    marked_scheme.adopt(marking, "2018-10-31", name="示例再评", fields="幅度=-9~9")
    (said,) = told(marking, without(now(marking)))
    assert "1条（芝英镇）" in said


def test_not_asked_of_departments(desk: Desk) -> None:
    department_scheme.adopt(desk)
    desk.take("mark", indicator="配合", department="甲局", marked_on="2018-10-25", points="-1.5", reason="迟到")
    said = "“配合”已有的评分1条（示例甲局）：办法里它不考核部门，2018-10起的月份不再计"
    assert told(desk, marked(now(desk), "gz.配合", units="镇")) == [said]


def test_what_was_so_before_is_not_told_again(marking: Desk) -> None:
    narrow = "幅度=-1~0.5；评分单位=县消防大队"
    marked_scheme.adopt(marking, DAY, name="示例窄", fields=narrow)
    assert told(marking, marked(now(marking, "2018-10-02"), title="监管人员"), "2018-10-02") == []
    (said,) = told(marking, marked(now(marking, "2018-10-02"), scoring=f"{narrow}；依据"), "2018-10-02")
    assert "没有写评分理由" in said
    gone = marked(now(marking), form="后果", scoring="超过=1~甲")
    assert list(scheme_marks.otherwise(marking.ledger, gone, without(now(marking)), DAY)) == []
