"""The bulletin of a city or a province, whose units are counties: who has not delivered is unknown and named, who
counts another thing stands apart, and the totals are told without both."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import (
    chat,
    composition,
    correction,
    exact,
    explain,
    locked_month,
    notice,
    packages_due,
    phrase,
    scope,
)
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.explain import Asked
from anjian_cli.bulletin.figures import on_day
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import COUNTY, LATE, OTHERWISE, UNCOUNTED, Bulletin, LeftOut, Undelivered
from anjian_cli.errors import Refused
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules import place_names
from anjian_cli.workflow import month, undo
from support import points_scheme
from support.bulletin_ledger import OCTOBER, Book, category, cell, table
from support.province import COUNTIES, PANAN, SHANGCHENG, WUYI, YONGKANG, Province

GRID, GRID_MEASURE = "training.网格员", "training.passed?kind=网格员"
HEADS, HEADS_MEASURE = "training.负责人", "training.passed?kind=主要负责人"
SPRAY, SPRAY_MEASURE = "trusteeship.喷涂", "trusteeship.contract?kind=喷涂"
FACT = "training.passed"
SEPTEMBER = ended(2018, 9)


def province(done: dict[str, int]) -> Province:
    """A province in which some counties have delivered October, and each has a task of 100."""
    book = Province()
    for county, *_ in COUNTIES:
        book.target(GRID, county, 100)
    for county, came in done.items():
        book.receive(book.parts(county, {GRID_MEASURE: came}))
    return book


def figures(bulletin: Bulletin, indicator: str = GRID) -> dict[str, tuple[int | None, int | None]]:
    return {one.town: (one.done, one.rank) for one in table(bulletin, indicator).cells}


def letter(bulletin: Bulletin) -> str:
    made = notice.notice(bulletin)
    return "\n".join([made.opening, *(f"{p.heading}{p.text}" for s in made.sections for p in s.paragraphs)])


def test_who_has_not_delivered_is_unknown_and_in_no_total() -> None:
    book = province({YONGKANG: 90, SHANGCHENG: 50})
    book.receive(book.parts(WUYI, {GRID_MEASURE: 70}, SEPTEMBER.key))
    bulletin = book.bulletin()
    found = table(bulletin, GRID)
    assert figures(bulletin) == {YONGKANG: (90, 1), WUYI: (None, None), PANAN: (None, None), SHANGCHENG: (50, 2)}
    assert bulletin.late == (Undelivered(WUYI, "2018-09"), Undelivered(PANAN, ""))
    assert found.left_out == (LeftOut(WUYI, LATE), LeftOut(PANAN, LATE))
    assert (found.total.done, found.total.target, found.total.rate) == (140, 200, Fraction(7, 10))
    assert found.total.owes_year == 60
    assert found.total.owes_pace == 27  # 200 * 10/12 - 140, rounded up
    assert cell(bulletin, GRID, WUYI).target == 100  # what is asked of it stands there
    assert cell(bulletin, GRID, WUYI).owes_year is None
    assert cell(bulletin, GRID, WUYI).last_month == 70
    assert found.total.last_month == 0  # the same counties as now, or it could not be compared
    assert [row.town for row in bulletin.scores if row.rank is None] == [WUYI, PANAN]
    assert found.note == ""
    assert exact.load(exact.dump(bulletin)) == bulletin


def test_who_is_late_has_no_rate_of_what_we_know_ourselves() -> None:
    """Its reports to us are written down here: known, and no place."""
    book = province({YONGKANG: 90})
    book.setting("ranked.report.filed", "1")
    for county in (YONGKANG, WUYI):
        book.target("report.filed", county, 12)
    bulletin = book.bulletin()
    assert cell(bulletin, "report.filed", WUYI).done == 0
    rows = {row.town: row.rate for row in category(bulletin, "report").rows}
    assert rows[YONGKANG] == 0
    assert rows[WUYI] is None


def test_all_who_have_not_are_told_once() -> None:
    bulletin = province({YONGKANG: 90, SHANGCHENG: 50}).bulletin()
    (said,) = (note for note in bulletin.notes if "报送包" in note)
    assert said == (
        "未报送报送包：武义县（从未报送）、磐安县（从未报送），数字不详，不排名次；合计不含这2个县（市、区），是已报送的2个的；"
        "合计的完成率、与序时进度差、尚欠，只对照已报送的任务。"
    )
    assert not any("期初数" in t.note or "无从得知" in t.note for c in bulletin.categories for t in c.indicators)
    assert "未报送报送包：武义县（从未报送）、磐安县（从未报送）；" in phrase.without_package(bulletin)
    assert phrase.without_task(bulletin) == ""
    assert "武义县（从未报送）、磐安县（从未报送）未报送报送包" in letter(bulletin).split("数据报送不规范。")[1]
    assert "各项合计不含未报送的2个县（市、区）。" in notice.notice(bulletin).opening
    assert "另有2个县（市、区）未报送，不评分" in letter(bulletin)
    assert "武义县（从未报送）" in chat.chat(bulletin)


def test_where_nobody_has_delivered_nothing_is_nought() -> None:
    bulletin = province({}).bulletin()
    assert {table(bulletin, of).total.done for of in (GRID, SPRAY, "trusteeship.enterprises")} == {None}
    assert "没有一个县（市、区）报送，合计也不详" in "".join(bulletin.notes)
    book = province({})
    definition = define(book.connection, OCTOBER)
    assert {on_day(book.connection, definition).totals[of].done for of in (GRID, SPRAY)} == {None}


def test_why_a_category_gives_no_rate() -> None:
    book = province({YONGKANG: 90})
    book.receive(book.parts(WUYI, {GRID_MEASURE: 80}, otherwise={FACT: "0" * 16}))
    for place, why in ((WUYI, "口径不一"), (PANAN, "未报送")):
        found = composition.composition(book.connection, composition.Asked(OCTOBER, place, ""))
        assert {one.reason for one in found.left_out if "教育培训" in one.title} == {why}


def test_where_all_have_nothing_is_said() -> None:
    bulletin = province(dict.fromkeys((YONGKANG, WUYI, PANAN, SHANGCHENG), 100)).bulletin()
    assert (bulletin.late, phrase.without_package(bulletin)) == ((), "")
    assert "报送包" not in letter(bulletin)
    assert "各县（市、区）均已全部完成" in letter(bulletin)
    some = province(dict.fromkeys((YONGKANG, WUYI, PANAN), 100)).bulletin()
    assert "参加排名的各县（市、区）均已全部完成" in letter(some)
    assert "任务已全部完成" not in letter(some)  # of the province that is not known


def test_who_counts_another_thing_is_shown_and_not_ranked() -> None:
    book = province({YONGKANG: 90, SHANGCHENG: 50})
    for county, came in ((WUYI, 80), (PANAN, 95)):
        book.receive(book.parts(county, {GRID_MEASURE: came}, otherwise={FACT: "0" * 16}))
    bulletin = book.bulletin()
    found = table(bulletin, GRID)
    assert figures(bulletin) == {YONGKANG: (90, 1), WUYI: (80, None), PANAN: (95, None), SHANGCHENG: (50, 2)}
    assert found.left_out == (LeftOut(WUYI, OTHERWISE), LeftOut(PANAN, OTHERWISE))
    assert cell(bulletin, GRID, PANAN).rate is None
    assert (found.total.done, found.total.target) == (140, 200)
    assert phrase.cell_amount(found, cell(bulletin, GRID, PANAN)) == "95※"
    assert phrase.cell_amount(found, cell(bulletin, GRID, YONGKANG)) == "90"
    assert found.note == (
        "口径不一：武义县、磐安县报来的这一项，含义和本台账的不同，数字后有※，不排名，合计不含；"
        "其中口径相同的2个，自己比：磐安县第1（95.00%）、武义县第2（80.00%）"
    )
    assert "武义县网格员与本通报口径不一；磐安县网格员与本通报口径不一，有关数字另列，不排名。" in letter(bulletin)
    assert category(bulletin, "training").rows[1].rate is None
    assert bulletin.late == ()


def test_two_that_count_differently_are_not_held_against_each_other() -> None:
    book = province({YONGKANG: 90})
    for county, digest in ((WUYI, "0" * 16), (PANAN, "1" * 16)):
        book.receive(book.parts(county, {GRID_MEASURE: 80}, otherwise={FACT: digest}))
    assert "自己比" not in table(book.bulletin(), GRID).note


def test_a_categorys_mean_is_of_what_is_counted_alike() -> None:
    book = province({YONGKANG: 90})
    book.target(SPRAY, WUYI, 10)
    book.target(HEADS, WUYI, 10)
    sums = {GRID_MEASURE: 80, HEADS_MEASURE: 4, SPRAY_MEASURE: 5}
    book.receive(book.parts(WUYI, sums, otherwise={"trusteeship.contract": "0" * 16}, without=[HEADS_MEASURE]))
    bulletin = book.bulletin()
    assert table(bulletin, HEADS).left_out[0] == LeftOut(WUYI, UNCOUNTED)
    assert cell(bulletin, HEADS, WUYI).done is None
    assert table(bulletin, HEADS).note == "武义县没有采用这个口径，不排名，合计不含"
    (row,) = (row for row in category(bulletin, "training").rows if row.town == WUYI)
    assert row.rate == Fraction(8, 10)
    (row,) = (row for row in category(bulletin, "trusteeship").rows if row.town == WUYI)
    assert (row.rate, row.rank) == (None, None)
    assert next(row.score for row in bulletin.scores if row.town == WUYI) == 80


def test_a_rate_over_all_needs_all_of_those_it_is_told_of() -> None:
    """The denominator is of the same counties as the numerator."""
    book = Province()
    done, owed = "special.accepted.喷涂", "special.enrolled.喷涂"
    measures = dict(book.connection.execute("SELECT id, measure FROM shipped_indicator").fetchall())
    book.receive(book.parts(YONGKANG, {measures[done]: 5, measures[owed]: 10}))
    book.receive(book.parts(WUYI, {measures[done]: 9, measures[owed]: 10}, without=[measures[owed]]))
    found = table(book.bulletin(), done)
    assert (found.total.done, found.total.target) == (5, 10)
    assert found.cells[1].done == 9
    assert found.left_out[0] == LeftOut(WUYI, UNCOUNTED)


def test_rates_of_deaths_are_of_the_whole_region_or_none() -> None:
    book = province({YONGKANG: 1, WUYI: 1, PANAN: 1})
    book.add("statistic", number=book.number(), kind="生产总值", from_on="2018-10-31", quantity=10**12, source="统计局")
    assert book.bulletin().death_rates == ()
    book.receive(book.parts(SHANGCHENG, {"accident.deaths": 2}))
    (found,) = book.bulletin().death_rates
    assert found.deaths == 2


def test_counties_are_called_counties() -> None:
    bulletin = province({YONGKANG: 90}).bulletin()
    assert (bulletin.units, bulletin.brief_units, bulletin.unsettled) == ("县（市、区）", "县市区", "未定县市区")
    assert (bulletin.county, bulletin.whole_word) == ("全省", "全省")
    assert bulletin.office is not None
    assert bulletin.office.recipients == "各县（市、区）人民政府，省安委会各成员单位"
    assert not [line for line in letter(bulletin).splitlines() if "镇" in line or "乡" in line]


def test_the_nation() -> None:
    assert place_names.whole("全国") == "全国"
    assert place_names.own("全国") == "国家"
    said = place_names.county_addressees("全国", ["永康市", "金华经济技术开发区"])
    assert said == "各县（市、区）人民政府，金华经济技术开发区管委会，国务院安委会各成员单位"
    assert place_names.committee_office("全国") == "国务院安委办"
    assert place_names.code_prefix("000000") == ""


def test_places_within_cities() -> None:
    book = province({YONGKANG: 50, WUYI: 90, SHANGCHENG: 40, PANAN: 50})
    bulletin = scope.within(book.connection, book.bulletin(), scope.CITY)
    assert {row.town: (row.rank, row.group, row.group_rank) for row in bulletin.scores} == {
        WUYI: (1, "金华市", 1),
        YONGKANG: (2, "金华市", 2),
        PANAN: (2, "金华市", 2),
        SHANGCHENG: (4, "杭州市", 1),
    }
    assert "按所属市分别排名，居首位的：金华市武义县；杭州市上城区。" in letter(bulletin)
    province_wide = scope.within(book.connection, book.bulletin(), scope.PROVINCE)
    assert {row.group: row.group_rank for row in province_wide.scores if row.town == SHANGCHENG} == {"浙江省": 4}
    assert scope.within(book.connection, book.bulletin(), scope.ALL) == book.bulletin()
    book.update("town", 2, city=None)
    with pytest.raises(Refused) as refusal:
        scope.within(book.connection, book.bulletin(), scope.CITY)
    assert [fault.code for fault in refusal.value.faults] == ["E933"]
    assert "武义县" in str(refusal.value.faults[0])


def test_places_within_cities_are_none_of_towns() -> None:
    book = Book()
    with pytest.raises(Refused) as refusal:
        scope.within(book.connection, book.bulletin(), scope.CITY)
    assert [fault.code for fault in refusal.value.faults] == ["E932"]


def explained(book: Province, place: str, indicator: str = GRID) -> explain.Explanation:
    return explain.explain(book.connection, Asked(OCTOBER, place, indicator))


def test_a_figure_is_explained_down_to_the_countys_units() -> None:
    book = province({})
    book.receive(book.parts(YONGKANG, {GRID_MEASURE: {"2018-03-31": 30, "2018-10-31": 60}}))
    book.receive(book.parts(WUYI, {GRID_MEASURE: 70}, SEPTEMBER.key))
    found = explained(book, YONGKANG)
    assert found.figure == 90
    assert [(item.description, item.quantity) for item in found.counted] == [
        ("芝英镇，2018年3月，2018年10月第1次报送", 30),
        ("芝英镇，2018年10月，2018年10月第1次报送", 60),
    ]
    below = "anjian 汇总库 明细 汇总库 10-永康-网格员"
    assert [below in note for note in found.notes] == [True]
    whole = explained(book, COUNTY)
    assert not any("汇总库" in note for note in whole.notes)
    assert (whole.figure, [item.quantity for item in whole.counted]) == (90, [30, 60])
    assert [(one.item.quantity, one.reason) for one in whole.not_counted] == [(70, "武义县未报送，合计不含")]
    late = explained(book, WUYI)
    assert late.figure is None
    assert "武义县（只报到2018年9月）未报送这个月的报送包" in late.notes[0]


def test_what_is_counted_once_each_is_explained_by_what_was_delivered() -> None:
    book = province({})
    (distinct,) = (text for text in book.known() if text.startswith("distinct("))
    book.receive(book.parts(YONGKANG, {SPRAY_MEASURE: 5, distinct: 3}))
    found = explained(book, YONGKANG, "trusteeship.enterprises")
    assert (found.figure, [item.quantity for item in found.counted]) == (3, [3])


def test_what_another_thing_is_explained_with_that() -> None:
    book = province({YONGKANG: 90})
    book.receive(book.parts(WUYI, {GRID_MEASURE: 80}, otherwise={FACT: "0" * 16}))
    found = explained(book, WUYI)
    assert (found.figure, found.notes[0].partition("：")[0]) == (80, "口径不一")
    assert [one.reason for one in explained(book, COUNTY).not_counted] == ["武义县口径不一，合计不含"]


def test_who_has_not_delivered_is_due() -> None:
    book = province({YONGKANG: 90})
    book.receive(book.parts(WUYI, {GRID_MEASURE: 70}, SEPTEMBER.key))
    found = list(packages_due.undelivered(book.connection, "2018-11-05"))
    assert [(item.code, item.detail, item.due_on) for item in found] == [
        (WUYI, "只报到2018年9月", "2018-10-31"),
        (PANAN, "从未报送", "2018-10-31"),
        (SHANGCHENG, "从未报送", "2018-10-31"),
    ]
    issue(book)
    assert list(packages_due.undelivered(book.connection, "2018-11-05")) == []


def issue(book: Province) -> None:
    with book.gate() as gate:
        month.close(gate, OCTOBER, "0")
    with book.gate() as gate:
        month.issue(gate, OCTOBER.key, "浙安委办〔2018〕1号", "2018-11-05")


def test_what_is_delivered_anew_corrects_an_issued_month() -> None:
    book = province({YONGKANG: 90, SHANGCHENG: 50})
    issue(book)
    assert book.bulletin().state == "issued"
    assert correction.month_diff(book.connection, OCTOBER.key) == []
    assert book.receive(book.parts(YONGKANG, {GRID_MEASURE: 85}), serial=2).kind == "更正"
    (found,) = correction.month_diff(book.connection, OCTOBER.key)
    assert (found.indicator, found.town, found.was, found.now) == (GRID, YONGKANG, 90, 85)
    records = correction.diff_records(book.connection, OCTOBER.key, GRID, YONGKANG)
    assert sum(one.quantity for one in records) == -5
    november = ended(2018, 11)
    for county, came in ((YONGKANG, 85), (SHANGCHENG, 50)):
        book.receive(book.parts(county, {GRID_MEASURE: {"2018-10-31": came}}, november.key))
    told = book.bulletin(november).corrections
    assert [(one.town, one.was, one.now) for one in told] == [(YONGKANG, 90, 85)]
    assert cell(book.bulletin(), GRID, YONGKANG).done == 90  # as it was issued


def test_what_was_not_known_when_a_month_was_issued_is_no_correction() -> None:
    book = province({YONGKANG: 90})
    issue(book)
    book.receive(book.parts(WUYI, {GRID_MEASURE: 80}))
    assert correction.month_diff(book.connection, OCTOBER.key) == []
    (found,) = (one for one in correction.not_compared(book.connection, OCTOBER.key) if one.short == "网格员")
    assert (found.town, found.was, found.now) == (WUYI, None, 80)


def test_what_was_received_can_be_undone() -> None:
    book = province({YONGKANG: 90, WUYI: 80})
    before = exact.dump(replace(book.bulletin(), known_at="", fingerprint="", witness=""))
    book.receive(book.parts(YONGKANG, {GRID_MEASURE: 85, HEADS_MEASURE: 3}), serial=2)
    (last,) = book.connection.execute("SELECT max(id) FROM operation").fetchone()
    assert cell(book.bulletin(), GRID, YONGKANG).done == 85
    with book.gate() as gate:
        undo.undo(gate, last)
    assert exact.dump(replace(book.bulletin(), known_at="", fingerprint="", witness="")) == before


def town_id(book: Province, code: str) -> int:
    return int(book.connection.execute("SELECT id FROM town WHERE code = ?", (code,)).fetchone()[0])


NEW = "330785000"


def test_a_county_that_is_called_otherwise_is_not_late() -> None:
    """武义县 becomes 武义市 with a code of its own on 1 October, and goes on delivering from its old ledger."""
    book = province({YONGKANG: 90, WUYI: 80})
    book.county(NEW, "武义市", "武义市", from_on="2018-10-01", city="金华市", province="浙江省")
    book.update("town", town_id(book, WUYI), until_on="2018-10-01", merged_into=NEW)
    bulletin = book.bulletin()
    assert cell(bulletin, GRID, NEW).done == 80
    assert cell(bulletin, GRID, NEW).target == 100
    assert [one.town for one in bulletin.late] == [PANAN, SHANGCHENG]


def test_what_a_county_delivered_counts_for_the_one_it_has_gone_into() -> None:
    """磐安县 goes into 永康市 on 1 August, and has delivered July."""
    book = Province()
    book.receive(book.parts(YONGKANG, {GRID_MEASURE: 90}))
    book.receive(book.parts(PANAN, {GRID_MEASURE: 7}, "2018-07"))
    book.update("town", town_id(book, PANAN), until_on="2018-08-01", merged_into=YONGKANG)
    bulletin = book.bulletin()
    assert cell(bulletin, GRID, YONGKANG).done == 97
    assert [one.town for one in bulletin.late] == [WUYI, SHANGCHENG]
    assert [item.quantity for item in explained(book, YONGKANG).counted] == [7, 90]


@pytest.mark.parametrize("ended_on", [None, "2018-08-01"])
def test_months_that_one_of_them_lacks_are_lacking(ended_on: str | None) -> None:
    """It has not delivered July: until that comes, or its ledger is said to have ended, the other is not known."""
    book = Province()
    book.receive(book.parts(YONGKANG, {GRID_MEASURE: 90}))
    book.register(PANAN, until_on=ended_on)
    if ended_on is None:
        book.receive(book.parts(PANAN, {GRID_MEASURE: 7}, "2018-06"))
    book.update("town", town_id(book, PANAN), until_on="2018-08-01", merged_into=YONGKANG)
    late = {one.town: one.until for one in book.bulletin().late}
    assert late.get(YONGKANG) == (None if ended_on else "2018-06")


def test_a_county_that_was_split_off_delivers_for_itself() -> None:
    """A part of 武义县 is a county of its own from 1 October on."""
    book = province({YONGKANG: 90, WUYI: 80})
    book.county(NEW, "柳城县", "柳城", from_on="2018-10-01", city="金华市", province="浙江省")
    assert {one.town for one in book.bulletin().late} == {PANAN, SHANGCHENG, NEW}
    assert {one.town for one in book.bulletin(SEPTEMBER).late} == {PANAN, SHANGCHENG}
    book.receive(book.parts(NEW, {GRID_MEASURE: 3}))
    assert cell(book.bulletin(), GRID, NEW).done == 3
    assert cell(book.bulletin(), GRID, WUYI).done == 80


def test_the_sums_of_a_ledger_that_was_replaced_count_no_more() -> None:
    book = province({YONGKANG: 90})
    (row,) = book.connection.execute("SELECT id FROM reporting_ledger").fetchone()
    book.update("reporting_ledger", row, replaced_by="2" * 32, until_on="2018-11-05")
    assert cell(book.bulletin(), GRID, YONGKANG).done is None
    book.receive(book.parts(YONGKANG, {GRID_MEASURE: 91}, ledger="2" * 32))
    assert cell(book.bulletin(), GRID, YONGKANG).done == 91
    assert table(book.bulletin(), GRID).total.done == 91


def test_the_years_before_are_each_countys_own() -> None:
    """Of a county whose ledger begins this year the year before is not known, and neither is it of all."""
    book = Province()
    book.receive(book.parts(YONGKANG, {GRID_MEASURE: {"2017-03-31": 5, "2018-03-31": 9}}))
    book.receive(book.parts(WUYI, {GRID_MEASURE: {"2018-03-31": 7}}))
    bulletin = book.bulletin()
    assert cell(bulletin, GRID, YONGKANG).last_year == 5
    assert cell(bulletin, GRID, WUYI).last_year is None
    assert table(bulletin, GRID).total.last_year is None
    assert table(bulletin, GRID).total.done == 16


def test_a_locked_month_is_read_without_what_came_since() -> None:
    book = province({YONGKANG: 90})
    issue(book)
    locked = locked_month.find(book.connection, OCTOBER.key)
    assert locked is not None
    assert [one.town for one in locked.bulletin().late] == [WUYI, PANAN, SHANGCHENG]


@pytest.mark.parametrize("late", [False, True])
def test_points_against_the_year_before_are_the_same_for_who_looks_back_and_who_does_not(late: bool) -> None:
    """The list of how things stand, and places of the month before, do not look back; points do."""
    book = Province()
    with book.gate() as gate:
        points_scheme.write(gate, "2017-01-01")
    fires = "accident.count?kind=火灾"
    for county, before, now in ((YONGKANG, 1, 4), (WUYI, 2, 2), (PANAN, 3, 0))[late:]:
        book.receive(book.parts(county, {fires: {"2017-03-31": before, "2018-05-31": now}}))
    whole, quick = (compile_bulletin(book.connection, OCTOBER, looking_back=back) for back in (True, False))
    assert whole.points is not None
    assert quick.points == whole.points
    at = next(at for at, item in enumerate(whole.points.items) if item.short == "火灾")
    taken = {row.town: row.items[at].points for row in whole.points.rows}
    assert taken == {YONGKANG: None if late else 14, WUYI: 20, PANAN: 20, SHANGCHENG: None}
