"""The words that the printed forms of a bulletin share: what is said, and where nothing is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.value import Base, Bulletin, Category, Correction, DeathRate, Filings, ScoreRow
from anjian_cli.light_dataclasses import replace
from support.letter_builder import UNITS, category, cell, of, table

CODES = tuple(town.code for town in UNITS)


def scored(with_score: int, without: int) -> Bulletin:
    rows = [ScoreRow(code, Fraction(80), 1, None, 6, 0, "") for code in CODES[without : without + with_score]]
    return of(scores=(*rows, *(ScoreRow(code, None, None, None, 0, 0, "") for code in CODES[:without])))


def row(score: str | None, last: str | None) -> ScoreRow:
    now, before = (None if each is None else Fraction(each) for each in (score, last))
    return ScoreRow(CODES[0], now, 1, 1, 6, 0, "", before)


# --- days and towns


def test_a_month_and_the_one_before() -> None:
    january, october = of(month="2018-01"), of()
    assert (phrase.month(october), phrase.month_before(october)) == (10, 9)
    assert (phrase.month(january), phrase.month_before(january)) == (1, 12)
    assert phrase.period(october) == "2018年1—10月"
    assert phrase.period(of(month="2018-02")) == "2018年1—2月"
    assert phrase.period(january) == "2018年1月"


def test_a_day_and_a_moment_in_words() -> None:
    assert phrase.day("2018-10-31") == "2018年10月31日"
    assert phrase.day("2018-02-05") == "2018年2月5日"
    assert phrase.day("") == ""
    assert phrase.moment("2018-11-02T20:30:59Z") == "2018-11-03 04:30"
    assert phrase.moment("") == ""


def test_a_code_that_is_no_town_of_the_month_stays_what_it_is() -> None:
    assert [phrase.place(of(), code) for code in (CODES[0], "", "330799")] == ["东城街道", "未定镇街", "330799"]


# --- scores


def test_five_towns_without_a_task_are_named_and_no_more() -> None:
    head = "个没有任务，不评分、不排名次：东城街道"
    assert phrase.without_task(scored(3, 1)) == f"4个镇（街、区）中有1{head}。"
    five = phrase.without_task(scored(3, 5))
    assert five == f"8个镇（街、区）中有5{head}、西城街道、江南街道、石柱镇、前仓镇。"
    assert phrase.without_task(scored(3, 6)).endswith("、前仓镇等。")
    assert phrase.without_task(scored(3, 0)) == phrase.without_task(scored(0, 3)) == ""


@pytest.mark.parametrize(
    ("score", "last", "said"),
    [
        ("80", None, "上月得分无从比较"),
        (None, "80", "上月得分无从比较"),
        ("80", "80", "得分与上月持平"),
        ("80.5", "80", "得分较上月升0.50分"),
        ("80", "80.5", "得分较上月降0.50分"),
        ("80", "81.12", "得分较上月降1.12分"),
    ],
)
def test_a_score_against_the_month_before(score: str | None, last: str | None, said: str) -> None:
    assert phrase.score_change(row(score, last)) == said


# --- what an indicator's figures are called


@pytest.mark.parametrize(
    ("id_", "kind", "of_year", "monthly", "standing", "running"),
    [
        ("training.负责人", "flow", False, "本月完成", "累计完成", "累计完成"),
        ("hazard.found", "stock", True, "本月增减", "本年累计", "本年累计"),
        ("trusteeship.涉氨", "stock", False, "本月净增", "月末在托", "现时在托"),
        ("health.exposed", "stock", False, "本月净增", "月末实有", "现时实有"),
    ],
)
def test_what_a_figure_is_called(id_: str, kind: str, of_year: bool, monthly: str, standing: str, running: str) -> None:
    found = table(id_, "甲", [], cell(0), kind=kind, of_year=of_year)
    assert phrase.monthly(found) == monthly
    assert [phrase.standing(of(finished=ended), found) for ended in (True, False)] == [standing, running]


def test_what_a_rate_is_measured_against() -> None:
    words = [phrase.asked(table("", "", [], cell(0), against=against)) for against in ("", "target", "应检")]
    assert words == ["年度任务", "年度任务", "应办数量"]


def test_an_indicator_that_says_nothing_has_noughts_and_no_task() -> None:
    none = cell(0, this_month=0)
    found = table("a", "甲", [none], none)
    assert not phrase.says_anything(found)
    assert not phrase.says_anything(replace(found, other=none))
    assert phrase.says_anything(replace(found, other=replace(none, done=1)))
    assert phrase.says_anything(replace(found, county_task=0))
    for field in ("done", "this_month", "last_month", "last_year"):
        assert phrase.says_anything(replace(found, total=replace(none, **{field: 1})))  # type: ignore[arg-type]
    assert phrase.says_anything(replace(found, total=replace(none, done=None)))
    of_nothing, of_something = (replace(found, total=replace(none, target=target)) for target in (0, 3))
    assert [phrase.says_anything(each) for each in (of_nothing, of_something)] == [True, True]
    derived = [replace(each, against="应检") for each in (of_nothing, of_something)]
    assert [phrase.says_anything(each) for each in derived] == [False, True]
    assert phrase.says_anything(replace(of_nothing, against=""))


def test_measured_is_what_is_ranked_and_has_a_task() -> None:
    assert phrase.measured(table("a", "甲", [cell(1, 2)], cell(1, 2)))
    assert not phrase.measured(table("a", "甲", [cell(1, 2)], cell(1, 2), ranked=False))
    assert not phrase.measured(table("a", "甲", [cell(1)], cell(1)))


def test_by_rank_with_the_unranked_last() -> None:
    cells = [cell(1, rank=rank) for rank in (None, 2, 1, 2, 4)]
    placed = phrase.by_rank(table("a", "甲", cells, cell(5)))
    assert [one.town for one in placed] == [CODES[at] for at in (2, 1, 3, 4, 0)]


def test_the_towns_that_are_counted() -> None:
    counted = table("a", "甲", [cell(1), cell(0), cell(2)], cell(2), kind="counted", unit="个")
    assert phrase.having(of(), counted) == "甲：东城街道、江南街道，共2个。"
    assert phrase.having(of(), replace(counted, kind="flow")) == ""
    assert phrase.having(of(), replace(counted, cells=())) == ""


@pytest.mark.parametrize(
    ("task", "done", "said"),
    [
        (None, 5, ""),
        (0, 5, "市里任务：0家。"),
        (20, None, "市里任务：20家。"),
        (20, 5, "市里任务：20家，全市已有5家，为25.00%。"),
    ],
)
def test_the_countys_own_task(task: int | None, done: int | None, said: str) -> None:
    assert phrase.whole_task(of(), table("a", "甲", [], cell(done), county_task=task)) == said


# --- hazards, accidents, standardization


def hazards(**done: tuple[int | None, int | None]) -> Category:
    """Each figure of the year with that of the year before."""
    rates = {"accepted_of_year": Fraction(9, 10), "on_time_of_year": Fraction(4, 5)}
    tables = [
        table(f"hazard.{name}", name, [], cell(now, last_year=before, rate=rates.get(name)))
        for name, (now, before) in done.items()
    ]
    return category("hazard", "隐患", tables)


ALL = {
    "found": (20, 40),
    "accepted_of_year": (18, 30),
    "due_of_year": (10, 20),
    "on_time_of_year": (8, 10),
    "late_of_year": (1, 0),
}


def test_the_two_rates_of_rectification() -> None:
    assert phrase.rectification(hazards(**ALL)) == [
        "当年排查20条，已验收18条，整改率90.00%，同比上升15.00个百分点。",
        "当年到期应整改10条，按期整改8条，按期整改率80.00%，同比上升30.00个百分点；逾期后整改1条，逾期仍未整改1条。",
    ]
    for name in ALL:
        assert phrase.rectification(hazards(**{key: of_ for key, of_ in ALL.items() if key != name})) == []
    unknown = phrase.rectification(hazards(**{**ALL, "found": (20, 0), "on_time_of_year": (8, None)}))
    assert not any("同比" in line for line in unknown)


@pytest.mark.parametrize(
    ("due", "on_time", "late", "said"),
    [
        (3, 0, 0, phrase.FellDue(3, 0, 0, None, 3)),
        (0, 0, 0, None),
        (None, 0, 0, None),
        (3, None, 0, None),
        (3, 0, None, None),
    ],
)
def test_what_fell_due_is_known_only_where_all_of_it_is(
    due: int | None, on_time: int | None, late: int | None, said: phrase.FellDue | None
) -> None:
    known = {"due_of_year": (due, 0), "on_time_of_year": (on_time, 0), "late_of_year": (late, 0)}
    assert phrase.fell_due(hazards(**known)) == said


@pytest.mark.parametrize(("count", "larger", "said"), [(2, 0, True), (0, 0, False), (2, 1, False), (2, None, False)])
def test_no_larger_accident_is_told_where_there_were_accidents(count: int, larger: int | None, said: bool) -> None:
    tables = [table(f"accident.{name}", name, [], cell(n)) for name, n in (("count", count), ("larger", larger))]
    told = ["未发生较大及以上事故。"] if said else []
    assert phrase.larger_accidents(category("accident", "", tables)) == told


def test_accidents_rise_in_their_own_word() -> None:
    assert [phrase.noun(category(id_, "", [])) for id_ in ("accident", "case")] == ["accident", "count"]


@pytest.mark.parametrize(
    ("reached", "month", "said"),
    [
        ((10, 3, 13), "2018-10", ["截至9月底，三级标准化达标10家、在创4家。10月新增三级达标3家，累计13家。"]),
        ((10, 1, 11), "2018-10", ["截至9月底，三级标准化达标10家、在创4家。10月新增三级达标1家，累计11家。"]),
        ((0, 0, 0), "2018-10", ["截至9月底，三级标准化达标0家、在创4家。10月没有新增三级达标，累计0家。"]),
        ((None, None, 13), "2018-10", ["截至9月底，在创4家。"]),
        ((10, 3, None), "2018-10", ["截至9月底，三级标准化达标10家、在创4家。"]),
        ((10, 3, 13), "2018-01", []),
    ],
)
def test_standardization_at_the_end_of_the_month_before(
    reached: tuple[int | None, int | None, int | None], month: str, said: list[str]
) -> None:
    before, fresh, done = reached
    tables = [
        table("standard.reached.三级新创", "", [], cell(done, last_month=before, this_month=fresh)),
        table("standard.underway.三级", "", [], cell(4, last_month=4)),
    ]
    assert phrase.standardization(of(category("standard", "", tables), month=month)) == said


def test_standardization_of_which_nothing_is_known_is_not_told() -> None:
    assert phrase.standardization(of()) == []
    nothing = table("standard.reached.三级新创", "", [], cell(0, last_month=0))
    assert phrase.standardization(of(category("standard", "", [nothing]))) == []


# --- death rates


def test_a_death_rate_with_its_denominator() -> None:
    base, last = Base(5_598_560_000_000, "2017-12-31", "2017年公报"), Base(5_000_000_000_000, "2016-12-31", "旧公报")
    one = DeathRate("亿元死亡率", "人/亿元", "生产总值", 33, base, Fraction(330, 5598), 40, last, Fraction(400, 5000))
    now = "亿元死亡率0.0589人/亿元（33人÷生产总值559.86亿元，截至2017年12月31日，2017年公报）"
    before = "；上年同期0.0800（40人÷生产总值500亿元，截至2016年12月31日，旧公报），同比下降26.31%"
    assert phrase.death_rates(replace(of(), death_rates=(one,))) == [f"{now}{before}。"]
    for unknown in (replace(one, last_rate=None), replace(one, last_base=None)):
        assert phrase.death_rates(replace(of(), death_rates=(unknown,))) == [f"{now}。"]
    people = replace(one, kind="从业人员", base=Base(423_456, "2017-12-31", "公报"), last_rate=None)
    assert "从业人员42.3456万人，截至" in phrase.death_rates(replace(of(), death_rates=(people,)))[0]


# --- reports and corrections


def test_how_a_town_reported() -> None:
    a, b, c, d, e = CODES[:5]
    found = replace(of(), filings=Filings((a,), (b,), (c, d), (c,), (b,)))
    said = [phrase.filing(found, code) for code in (a, b, c, d, e)]
    assert said == ["未报", "零报告、迟报", "退回后补正", "退回未补正", "已报"]
    assert phrase.filings(found) == [
        "10月月报：东城街道未报送；西城街道未按时报送；江南街道经退回后补正；石柱镇退回后尚未补正；西城街道零报告。"
    ]
    none = replace(of(), filings=Filings((), (), (), (), ()))
    assert phrase.filings(none) == ["10月月报：全部按时报送。"]
    assert (phrase.filings(of()), phrase.filing(of(), a)) == ([], "")


def test_a_correction_and_a_change_of_definition() -> None:
    found = of(category("trusteeship", "", [table("trusteeship.涉氨", "涉氨", [], cell(0))]))
    wrong = Correction("2018-09", "trusteeship.涉氨", CODES[13], 4, 3, False)
    assert phrase.correction(found, wrong) == "9月份通报中芝英镇涉氨4家更正为3家"
    assert phrase.correction(found, replace(wrong, definition=True)).endswith("涉氨4家，按现在的口径为3家")
    gone = replace(wrong, month="2018-11", indicator="a.b")
    assert phrase.correction(found, gone) == "11月份通报中芝英镇a.b4更正为3"
    own = replace(table("zx.涉氨", "涉氨", [], cell(0)), like="trusteeship.涉氨")
    theirs = replace(wrong, indicator="zx.涉氨")
    assert phrase.correction(of(category("zx", "", [own])), theirs) == "9月份通报中芝英镇涉氨4家更正为3家"
