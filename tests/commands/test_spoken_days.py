"""A day without its year: which year is meant, when it is asked for, and that the answer says it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.commands import spoken_days
from anjian_cli.errors import Misread
from anjian_cli.records import definition
from anjian_cli.records.definition import Kind
from support.sweeps import sweep

Run = Callable[..., str]
TODAY = "2018-11-02"
DAYS = st.dates(datetime.date(1910, 1, 1), datetime.date(2150, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11-2", "2018-11-02"),
        ("10-1", "2018-10-01"),
        ("5-3", "2018-05-03"),  # 183 days back
        ("2018-1-5", "2018-01-05"),
        ("昨天", "2018-11-01"),
    ],
)
def test_a_past_day_is_the_latest_one(typed: str, meant: str) -> None:
    assert spoken_days.past(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "either"),
    [
        ("5-2", ("2018-05-02", "2019-05-02")),
        ("11-3", ("2017-11-03", "2018-11-03")),
        ("2-29", ("2016-02-29", "2020-02-29")),
        ("12月31日", ("2017-12-31", "2018-12-31")),
    ],
)
def test_a_past_day_of_more_than_half_a_year_ago_is_asked_for(typed: str, either: tuple[str, str]) -> None:
    with pytest.raises(Misread) as caught:
        spoken_days.past(typed, TODAY)
    assert (caught.value.code, tuple(caught.value.words.values())) == ("E281", either)


@pytest.mark.parametrize(
    ("typed", "day", "meant"),
    [
        ("10-10", "2018-10-01", "2018-10-10"),  # it is past, and overdue
        ("10-1", "2018-10-01", "2018-10-01"),
        ("12-31", "2018-12-20", "2018-12-31"),
        ("1-15", "2018-12-20", "2019-01-15"),
        ("2-29", "2019-12-20", "2020-02-29"),
        ("2018-9-1", "2018-10-01", "2018-09-01"),  # with its year it is what it is; a rule refuses it
    ],
)
def test_a_deadline_is_the_first_such_day_after_what_it_follows(typed: str, day: str, meant: str) -> None:
    assert spoken_days.following(typed, day, TODAY, soon=True) == meant


def test_a_deadline_before_what_it_follows_is_asked_for_and_a_contract_may_last_a_year() -> None:
    with pytest.raises(Misread) as caught:
        spoken_days.following("9-30", "2018-10-01", TODAY, soon=True)
    assert tuple(caught.value.words.values()) == ("2018-09-30", "2019-09-30")
    assert spoken_days.following("9-30", "2018-10-01", TODAY, soon=False) == "2019-09-30"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12-1", "2018-12-01"),
        ("10-1", "2018-10-01"),
        ("1-1", "2019-01-01"),
        ("5-4", "2018-05-04"),  # 182 days back
        ("5-3", "2019-05-03"),  # 182 days ahead
        ("2-29", "2020-02-29"),
        ("2017-12-1", "2017-12-01"),
    ],
)
def test_a_first_day_is_the_nearest_one(typed: str, meant: str) -> None:
    assert spoken_days.nearest(typed, TODAY) == meant


@pytest.mark.unmeasured
@given(DAYS, st.integers(-182, 182))
def test_what_lies_within_half_a_year_is_understood_as_it_was_meant(today: datetime.date, off: int) -> None:
    meant = today + datetime.timedelta(off)
    typed, now = f"{meant.month}.{meant.day}", today.isoformat()
    assert spoken_days.nearest(typed, now) == meant.isoformat()
    if off <= 0:
        assert spoken_days.past(typed, now) == meant.isoformat()
    if off >= 0:
        assert spoken_days.following(typed, now, "2000-01-01", soon=True) == meant.isoformat()


@pytest.mark.parametrize("read", [spoken_days.past, spoken_days.nearest])
def test_a_day_that_no_year_has_is_no_day(read: Callable[[str, str], str]) -> None:
    with pytest.raises(Misread) as caught:
        read("2-30", TODAY)
    assert caught.value.code == "E211"


def test_every_day_is_past_or_follows_another_field_or_is_named_here() -> None:
    first = set()
    for record in definition.all_records():
        for name, column in record.columns.items():
            if record.kinds[name] is Kind.DAY and not column.shown_only:
                assert not (column.past and column.after)
                if not column.past and not column.after:
                    first.add(f"{record.name}.{name}")
    assert first == {
        "campaign.from_on",
        "campaign_phase.from_on",
        "campaign_scope.from_on",
        "grid.from_on",
        "department.from_on",
        "department.until_on",
        "officer.from_on",
        "officer.until_on",
        "term.from_on",
        "town.from_on",
        "town.until_on",
        "trusteeship.from_on",
        "village.from_on",
        "village.until_on",
    }


# --- as it is typed, and answered

HAZARD = ("隐患", "新增", "示例0518", "--部位", "配电箱无门")
CONTRACT = ("托管", "新增", "示例0518", "--服务机构", "示例甲安全技术服务公司", "--类别", "涉粉", "--服务次数", "4")

TASK = ("--任务数", "50", "--文号", "9", "--起用日期", "7-1")


@pytest.mark.unmeasured
@sweep(
    ("today", "line", "said"),
    [
        (TODAY, (*HAZARD, "--发现日期", "10-1", "--期限", "10-10"), "发现日期2018-10-01，整改期限2018-10-10"),
        ("2019-01-05", (*HAZARD, "--发现日期", "12-20", "--期限", "12-31"), "发现日期2018-12-20，整改期限2018-12-31"),
        (TODAY, (*HAZARD, "--期限", "1-10"), "发现日期2018-11-02，整改期限2019-01-10"),
        (TODAY, (*HAZARD, "--期限", "1-10", "--资金", "2万元"), "整改期限2019-01-10，资金2万元"),
        (
            TODAY,
            (*CONTRACT, "--起始日期", "12-1", "--终止日期", "11-30", "--年服务费", "3000"),
            "芝英镇，涉粉，起始日期2018-12-01，终止日期2019-11-30，年服务费3000元",
        ),
        (TODAY, ("行动", "新增", "冬防", "--开始日期", "11-20", "--结束日期", "1-31"), "结束日期2019-01-31"),
        (TODAY, ("隐患", "延期", "芝英-12", "--延至", "12-15", "--原因", "缺件"), "已延期至2018-12-15：芝英-12"),
        (TODAY, ("隐患", "修改", "芝英-15", "--备注", "催办"), "芝英镇"),
        (TODAY, ("设置", "新增", "经办人", "--值", "经办人乙", "--起用日期", "12-1"), "起用日期2018-12-01"),
        (
            TODAY,
            ("任务", "新增", "网格员", "--年度", "2018", "--镇", "芝英", *TASK),
            "芝英镇，任务数50，起用日期2018-07-01",
        ),
    ],
    keep=3,
)
def test_the_answer_has_town_days_with_their_year_and_money(
    office: Run, today: str, line: tuple[str, ...], said: str
) -> None:
    assert said in office(*line, today=today)


@pytest.mark.parametrize(
    ("line", "either"),
    [
        ((*HAZARD, "--发现日期", "10-20", "--期限", "10-10"), "2018-10-10还是2019-10-10"),
        ((*HAZARD, "--发现日期", "3-1", "--期限", "4-1"), "2018-03-01还是2019-03-01"),
        (("托管", "终止", "芝英-3", "--日期", "11-20", "--原因", "停产"), "2017-11-20还是2018-11-20"),
        (("隐患", "延期", "芝英-12", "--延至", "10-1", "--原因", "缺件"), "2018-10-01还是2019-10-01"),
        (("隐患", "销号", "芝英-15", "--完成", "11-9"), "2017-11-09还是2018-11-09"),
    ],
)
def test_a_year_that_is_no_matter_of_course_is_asked_for(office: Run, line: tuple[str, ...], either: str) -> None:
    said = office(*line, code=1)
    assert "〔E281〕" in said
    assert either in said


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ((*HAZARD, "--发现日期", "2018-10-20", "--期限", "2018-10-10"), "E214"),
        ((*HAZARD, "--发现日期", "2018-11-20", "--期限", "2018-12-10"), "E213"),
        (("托管", "终止", "芝英-3", "--日期", "2018-11-20"), "E213"),
        (("托管", "修改", "芝英-3", "--提前终止日期", "2018-11-20"), "E213"),
    ],
)
def test_a_deadline_before_its_finding_and_a_fact_in_the_future_are_refused(
    office: Run, line: tuple[str, ...], code: str
) -> None:
    assert f"〔{code}〕" in office(*line, code=1)


def test_every_step_of_a_hazard_answers_with_town_and_days(office: Run) -> None:
    steps = (
        ("整改", ("--完成", "10-30", "--资金", "5000元"), "整改完成2018-10-30，资金5000元"),
        ("验收", ("--日期", "10-31", "--不合格", "--原因", "未装牢"), "验收2018-10-31"),
        ("销号", ("--完成", "11-1", "--日期", "11-2"), "整改完成2018-11-01，验收2018-11-02"),
        ("退回", ("--期限", "11-20"), "2018-11-02退回"),
    )
    for verb, options, said in steps:
        answer = office("隐患", verb, "芝英-15", *options)
        assert re.search(f"芝英镇，.*{said}\n", answer), answer


def test_a_day_of_its_record_needs_something_to_follow() -> None:
    told = {"found_on": "2018-10-01", "year": 2018, "last_on": "（清空）", "none": None}
    assert spoken_days.after(("none", "found_on"), told) == "2018-10-01"
    assert spoken_days.after(("year",), {}, told) == "2018-01-01"
    assert spoken_days.after(("last_on", "absent"), told) is None
