"""Figures of flows, stocks, distinct firms and counted towns; what is not known; merged towns."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin.counting import Window, year_to
from anjian_cli.bulletin.definition import ACCEPTED, COMPLETED, define
from anjian_cli.bulletin.figures import compute, done, month_before, on_day
from anjian_cli.bulletin.opening_totals import Opening
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import COUNTY, UNSETTLED
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, TOWNS, ZHIYING, ZONE, Book, table
from support.examples import examples

GRID = "training.网格员"
FIRMS = "trusteeship.enterprises"


def test_a_flow_counts_the_year_to_date_and_the_month() -> None:
    book = Book()
    for day, passed in (("2017-10-31", 7), ("2017-11-01", 9), ("2018-01-01", 1), ("2018-10-01", 2),
                        ("2018-10-31", 4), ("2018-11-01", 8)):  # fmt: skip
        book.training(JIANGNAN, day, passed)
    cell = book.cell(GRID, JIANGNAN)
    assert (cell.done, cell.this_month, cell.last_month, cell.last_year) == (7, 6, 1, 7)


def test_a_figure_asked_for_alone_is_the_same(demonstration_made: tuple[Path, list[Fault]]) -> None:
    """With what it rests on, and nothing else."""
    with closing(reading(demonstration_made[0])) as connection:
        definition = define(connection, OCTOBER)
        whole = compute(connection, definition, looking_back=False)
        rests_on = {}
        for indicator in definition.indicators:
            narrowed = definition.narrowed([indicator.id])
            alone = compute(connection, narrowed, looking_back=False)
            rests_on[indicator.id] = {other.id for other in narrowed.indicators}
            assert alone.totals[indicator.id] == whole.totals[indicator.id]
            for place in (*(town.code for town in definition.towns), UNSETTLED):
                assert alone.cells[indicator.id, place] == whole.cells[indicator.id, place]
    assert rests_on[GRID] == {GRID}
    assert rests_on[FIRMS] > {FIRMS, "trusteeship.喷涂"}
    assert rests_on["standard.towns_in_review"] == {"standard.towns_in_review", "standard.stage.复评.评审"}
    reviews = ("standard.reached.三级复评", "standard.review_due", "standard.review_carried", "standard.review_apart")
    assert rests_on[reviews[0]] == {*reviews}


def test_a_running_month_reads_its_days() -> None:
    book = Book()
    for day, passed in (("2017-10-20", 3), ("2017-10-21", 5), ("2018-09-30", 1), ("2018-10-20", 2), ("2018-10-21", 4)):
        book.training(JIANGNAN, day, passed)
    cell = book.cell(GRID, JIANGNAN, Period(2018, 10, "2018-10-20", False))
    assert (cell.done, cell.this_month, cell.last_month, cell.last_year) == (3, 2, 1, 3)


def test_a_stock_is_what_is_in_force_on_the_day() -> None:
    book = Book()
    firm = book.enterprise((JIANGNAN, ""))
    book.contract(firm, "喷涂", "2018-02-01", "2018-10-31", "2018-11-01")  # its last day counts
    book.contract(firm, "涉粉", "2018-02-01", "2018-10-30", "2018-10-31")
    assert book.cell("trusteeship.喷涂", JIANGNAN).done == 1
    dust = book.cell("trusteeship.涉粉", JIANGNAN)
    assert (dust.done, dust.this_month, dust.last_month) == (0, -1, 1)
    assert book.cell("trusteeship.喷涂", JIANGNAN, ended(2018, 11)).done == 0


def test_overlapping_kinds_are_services_not_firms() -> None:
    book = Book()
    firm, other = book.enterprise((JIANGNAN, "")), book.enterprise((ZHIYING, ""), name="永康市永发涂装厂")
    for kind in ("喷涂", "小微"):
        book.contract(firm, kind, "2018-02-01", "2019-01-31", "2019-02-01")
    book.contract(other, "喷涂", "2018-02-01", "2019-01-31", "2019-02-01")
    bulletin = book.bulletin()
    kinds = [t for c in bulletin.categories for t in c.indicators if t.id in ("trusteeship.喷涂", "trusteeship.小微")]
    assert sum(t.total.done or 0 for t in kinds) == 3
    assert book.cell(FIRMS, COUNTY).done == 2
    assert book.cell(FIRMS, JIANGNAN).done == 1


def test_a_firm_that_moves_is_counted_where_it_is() -> None:
    book = Book()
    firm = book.enterprise((JIANGNAN, ""), (ZONE, "2018-10-12"))
    book.contract(firm, "涉氨", "2018-02-01", "2019-01-31", "2019-02-01")
    assert [book.cell("trusteeship.涉氨", t).done for t in (JIANGNAN, ZONE, COUNTY)] == [0, 1, 1]
    assert [book.cell("trusteeship.涉氨", t).last_month for t in (JIANGNAN, ZONE, COUNTY)] == [1, 0, 1]
    assert [book.cell(FIRMS, t).done for t in (JIANGNAN, ZONE, COUNTY)] == [0, 1, 1]


def test_facts_without_a_town_are_in_the_total_and_not_ranked() -> None:
    book = Book()
    book.training(None, "2018-10-03", 5)
    book.training(JIANGNAN, "2018-10-03", 2)
    assert book.cell(GRID, UNSETTLED).done == 5
    assert book.cell(GRID, COUNTY).done == 7
    assert book.cell(GRID, UNSETTLED).code == "10-未定-网格员"
    assert book.cell(GRID, COUNTY).code == "10-全市-网格员"
    assert book.cell(GRID, JIANGNAN).code == "10-江南-网格员"
    assert any("未定镇街" in note for note in book.bulletin().notes)


def test_a_merged_town_counts_for_its_successor_from_that_day_only() -> None:
    book = Book()
    book.training(SHIZHU, "2018-08-01", 3)
    book.training(ZHIYING, "2018-08-01", 2)
    firm = book.enterprise((SHIZHU, ""))
    book.contract(firm, "喷涂", "2018-02-01", "2019-01-31", "2019-02-01")
    book.target(GRID, SHIZHU, 6)
    book.target(GRID, ZHIYING, 4)
    row = book.connection.execute("SELECT id FROM town WHERE code = ?", (SHIZHU,)).fetchone()[0]
    book.update("town", row, until_on="2018-10-01", merged_into=ZHIYING)
    september = book.bulletin(ended(2018, 9))
    assert [town.short for town in september.towns] == ["江南", "芝英", "石柱", "开发区"]
    assert book.cell(GRID, SHIZHU, ended(2018, 9)).done == 3
    october = book.bulletin()
    assert [town.short for town in october.towns] == ["江南", "芝英", "开发区"]
    merged = book.cell(GRID, ZHIYING)
    assert (merged.done, merged.target, merged.rate) == (5, 10, Fraction(1, 2))
    assert book.cell(FIRMS, ZHIYING).done == 1
    assert book.cell("trusteeship.喷涂", ZHIYING).done == 1


def test_towns_merged_one_after_the_other_are_followed() -> None:
    book = Book()
    book.training(SHIZHU, "2018-02-01", 3)
    for code, day, into in ((SHIZHU, "2018-04-01", ZHIYING), (ZHIYING, "2018-06-01", JIANGNAN)):
        row = book.connection.execute("SELECT id FROM town WHERE code = ?", (code,)).fetchone()[0]
        book.update("town", row, until_on=day, merged_into=into)
    assert book.cell(GRID, JIANGNAN).done == 3
    assert book.cell(GRID, ZHIYING, ended(2018, 5)).done == 3
    assert book.cell(GRID, COUNTY).done == 3


def test_an_opening_total_of_a_flow_is_not_cut() -> None:
    book = Book()
    book.opening("case.filed", None, "2018-09-30", 61, period_from="2018-01-01")
    known = book.cell("case.filed", COUNTY)
    assert (known.done, known.last_month, known.this_month) == (61, 61, 0)
    september = book.cell("case.filed", COUNTY, ended(2018, 9))
    assert (september.done, september.last_month, september.this_month) == (61, None, None)
    august = book.cell("case.filed", COUNTY, ended(2018, 8))
    assert (august.done, august.last_month, august.this_month) == (None, None, None)
    assert book.cell("case.filed", JIANGNAN, ended(2018, 8)).done == 0


def test_an_unknown_cell_has_no_rate_and_says_so() -> None:
    book = Book()
    book.target("standard.reached.三级新创", JIANGNAN, 16)
    book.opening("standard.reached.三级新创", JIANGNAN, "2018-09-30", 12, period_from="2018-01-01")
    bulletin = book.bulletin(ended(2018, 8))
    table = next(t for c in bulletin.categories for t in c.indicators if t.id == "standard.reached.三级新创")
    assert table.cells[0].rate is None
    assert table.cells[0].rank is None
    assert table.total.done is None
    assert "江南" in table.note
    assert "无从得知" in table.note


def test_a_stock_is_not_known_before_its_first_opening_figure() -> None:
    book = Book()
    book.opening("trusteeship.喷涂", None, "2018-10-31", 80)
    cell = book.cell("trusteeship.喷涂", COUNTY)
    assert (cell.done, cell.this_month, cell.last_month) == (80, None, None)


def test_opening_figures_of_the_kinds_do_not_tell_the_firms() -> None:
    book = Book()
    for kind, quantity in (("喷涂", 80), ("涉氨", 33), ("涉粉", 77), ("小微", 376)):
        book.opening(f"trusteeship.{kind}", None, "2018-10-31", quantity)
    assert book.cell(FIRMS, COUNTY).done is None
    assert book.cell(FIRMS, JIANGNAN).done == 0
    book.opening(FIRMS, None, "2018-10-31", 521)
    assert book.cell(FIRMS, COUNTY).done == 521


def test_towns_are_counted_and_the_rest_of_a_known_number_is_unsettled() -> None:
    book = Book()
    in_review, towns = "standard.stage.复评.评审", "standard.towns_in_review"
    book.opening(in_review, JIANGNAN, "2018-09-30", 26)
    book.opening(in_review, ZHIYING, "2018-09-30", 20)
    assert [book.cell(towns, t).done for t in (JIANGNAN, SHIZHU, COUNTY)] == [1, 0, 2]
    book.opening(towns, None, "2018-10-31", 8)
    assert [book.cell(towns, t).done for t in (JIANGNAN, SHIZHU, UNSETTLED, COUNTY)] == [1, 0, 6, 8]


def test_last_year_is_known_only_where_it_has_facts() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-03-01", 4)
    assert book.cell(GRID, JIANGNAN).last_year is None
    book.opening("accident.count", None, "2017-10-31", 0, period_from="2017-01-01")
    assert book.cell("accident.count", COUNTY).last_year == 0  # a told 0 is known
    book.training(ZHIYING, "2017-03-01", 4)
    assert book.cell(GRID, JIANGNAN).last_year == 0
    assert book.cell(GRID, JIANGNAN).mean_two_years is None
    book.training(ZHIYING, "2016-03-01", 1)
    assert book.cell(GRID, ZHIYING).mean_two_years == Fraction(5, 2)


def test_year_on_year_of_the_published_figures() -> None:
    from anjian_cli.bulletin.wording import change

    book = Book()
    for year, filed, fine in ((2017, 60, 182_700_000), (2018, 82, 274_700_000)):
        book.opening("case.filed", None, f"{year}-10-31", filed, period_from=f"{year}-01-01")
        book.opening("case.fine", None, f"{year}-10-31", fine, period_from=f"{year}-01-01")
    filed_cell, fine_cell = book.cell("case.filed", COUNTY), book.cell("case.fine", COUNTY)
    assert change(filed_cell.done, filed_cell.last_year) == "增长36.67%"
    assert change(fine_cell.done, fine_cell.last_year) == "增长50.36%"


def test_no_query_for_each_town_and_none_over_the_records() -> None:
    def asked(book: Book) -> list[str]:
        book.training(JIANGNAN, "2018-03-01", 4)
        found: list[str] = []
        definition = define(book.connection, OCTOBER)
        book.connection.set_trace_callback(found.append)
        compute(book.connection, definition)
        return found

    asked(Book())  # columns of tables are looked up once in a process
    of_all, of_two = asked(Book()), asked(Book(TOWNS[:2]))
    assert len(of_all) == len(of_two)
    assert sum("_item" in query for query in of_all) == 1


@pytest.mark.unmeasured
@pytest.mark.parametrize(("year", "month"), [(2018, 10), (2018, 1)])
@pytest.mark.parametrize("merged", [False, True])
def test_the_month_before_is_what_it_was(year: int, month: int, merged: bool) -> None:
    book = Book()
    for town, day in ((JIANGNAN, "2017-12-03"), (ZHIYING, "2018-09-04"), (ZONE, "2018-01-05"), (None, "2018-10-06")):
        book.training(town, day, int(day[-2:]))
    firm = book.enterprise((ZONE, ""), (SHIZHU, "2018-10-10"))
    for kind, from_on in (("喷涂", "2017-11-01"), ("涉氨", "2018-09-15")):
        book.contract(firm, kind, from_on, "2019-12-31", "2020-01-01")
    if merged:
        zone = book.connection.execute("SELECT id FROM town WHERE code = ?", (ZONE,)).fetchone()[0]
        book.update("town", zone, until_on=f"{year}-{month:02d}-15", merged_into=JIANGNAN)
    following = define(book.connection, ended(year, month))
    before = define(book.connection, ended(year, month).previous())
    found = month_before(book.connection, before, compute(book.connection, following), following)
    computed = compute(book.connection, before)
    assert {key: figure.done for key, figure in found.cells.items()} == {k: f.done for k, f in computed.cells.items()}
    assert {key: figure.done for key, figure in found.totals.items()} == {k: f.done for k, f in computed.totals.items()}
    told = done(book.connection, before, (following, compute(book.connection, following)))
    assert told == done(book.connection, before) == {key: figure.done for key, figure in computed.cells.items()}
    some = (GRID, "trusteeship.喷涂")
    few = on_day(book.connection, following, some)
    assert few.totals == {of: on_day(book.connection, following).totals[of] for of in some}


def test_the_month_after_does_not_tell_what_it_counts_otherwise() -> None:
    book = Book()
    following = define(book.connection, ended(2018, 10))
    figures = compute(book.connection, following)
    asked: list[str] = []
    book.connection.set_trace_callback(asked.append)
    done(book.connection, define(book.connection, ended(2018, 9), COMPLETED), (following, figures))
    alike = sum("FROM measure_month WHERE" in query for query in asked)
    done(book.connection, define(book.connection, ended(2018, 9), ACCEPTED), (following, figures))
    done(book.connection, define(book.connection, ended(2018, 8)), (following, figures))
    assert (alike, sum("FROM measure_month WHERE" in query for query in asked)) == (0, 2)


days = st.dates(min_value=date(2016, 11, 1), max_value=date(2018, 12, 31))
facts = st.lists(st.tuples(st.sampled_from([JIANGNAN, ZHIYING, None]), days, st.integers(1, 9)), max_size=12)


@examples(30)
@pytest.mark.unmeasured
@given(facts, days)
def test_flows_equal_a_plain_count(found: list[tuple[str | None, object, int]], as_of: object) -> None:
    book = Book()
    for town, day, passed in found:
        book.training(town, str(day), passed)
    text = str(as_of)
    period = Period(int(text[:4]), int(text[5:7]), text, False)
    counted: dict[str, int] = defaultdict(int)
    for town, day, passed in found:
        if text[:4] + "-01-01" <= str(day) <= text:
            counted[town or ""] += passed
    figures = compute(book.connection, define(book.connection, period))
    for town in (JIANGNAN, ZHIYING, SHIZHU, ""):
        assert figures.cells[GRID, town].done == counted[town]
    assert figures.totals[GRID].done == sum(counted.values())
    assert figures.totals[GRID].this_month == sum(
        passed for _, day, passed in found if text[:8] + "01" <= str(day) <= text
    )


@pytest.mark.parametrize("state", ["from_on", "until_on"])
def test_a_town_is_in_force_from_its_first_day_to_before_its_last(state: str) -> None:
    book = Book()
    row = book.connection.execute("SELECT id FROM town WHERE code = ?", (ZONE,)).fetchone()[0]
    if state == "from_on":
        book.update("town", row, from_on="2018-10-01")
        assert len(book.bulletin(ended(2018, 9)).towns) == 3
        assert len(book.bulletin().towns) == 4
    else:
        book.update("town", row, until_on="2018-10-31", merged_into=JIANGNAN)
        assert len(book.bulletin(ended(2018, 9)).towns) == 4
        assert len(book.bulletin().towns) == 3


def test_a_firm_is_counted_on_its_contracts_last_day_and_not_on_the_next() -> None:
    book = Book()
    book.contract(book.enterprise((JIANGNAN, "")), "喷涂", "2018-02-01", "2018-10-30", "2018-10-31")
    days = ("2018-10-30", "2018-10-31")
    assert [book.cell(FIRMS, JIANGNAN, Period(2018, 10, day, False)).done for day in days] == [1, 0]


def test_a_total_of_nothing_is_nothing_wherever_it_is_cut() -> None:
    book = Book()
    book.opening("case.filed", JIANGNAN, "2018-09-30", 0, period_from="2018-01-01")
    book.opening("case.filed", ZHIYING, "2018-09-30", 1, period_from="2018-01-01")
    assert [book.cell("case.filed", town, ended(2018, 8)).done for town in (JIANGNAN, ZHIYING)] == [0, None]


def test_the_last_month_that_ends_within_a_window() -> None:
    days = ("2018-10-31", "2018-10-30", "2018-02-01", "2018-01-31", "2018-01-30", "2018-12-30")
    found = [year_to(day).last_whole for day in days]
    assert found == ["2018-10", "2018-09", "2018-01", "2018-01", "2017-12", "2018-11"]
    assert year_to("2018-10-30").first == "2018-01-01"


@pytest.mark.parametrize(
    ("begin", "end", "known"),
    [
        ("2018-09-01", "2018-09-30", True),
        ("2018-09-01", "2018-10-01", False),  # its last day lies within
        ("2018-10-01", "2018-10-31", True),
        ("2018-10-31", "2018-11-30", False),  # its first day lies within
        ("2018-11-01", "2018-11-30", True),
    ],
)
def test_a_total_that_a_window_cuts_is_not_known(begin: str, end: str, known: bool) -> None:
    total = Opening("case.filed", "", end, "9999-12-31", begin, 5, None, "")
    assert Window("2018-10-01", "2018-10-31").knows(total) == known


def test_month_by_month_of_the_year_so_far() -> None:
    book = Book()
    for day, passed in (("2017-12-31", 9), ("2018-01-09", 1), ("2018-03-09", 2), ("2018-10-09", 4)):
        book.training(JIANGNAN, day, passed)
    assert book.cell(GRID, JIANGNAN).months == (1, 1, *[3] * 7, 7)
    assert book.cell(GRID, JIANGNAN, ended(2018, 2)).months == (1, 1)
    assert book.cell(GRID, JIANGNAN, ended(2018, 1)).months == (1,)
    assert book.cell(GRID, JIANGNAN, ended(2018, 3)).this_month == 2
    assert book.cell(GRID, JIANGNAN, Period(2018, 3, "2018-03-09", False)).done == 3
    assert done(book.connection, define(book.connection, OCTOBER))[GRID, JIANGNAN] == 7


def test_what_is_known_since_two_years_before_has_their_mean() -> None:
    book = Book()
    for year, filed in ((2016, 3), (2017, 4), (2018, 5)):
        book.opening("case.filed", None, f"{year}-10-31", filed, period_from=f"{year}-01-01")
    assert book.cell("case.filed", COUNTY).mean_two_years == Fraction(7, 2)
    for year in (2016, 2017):
        book.training(JIANGNAN, f"{year}-10-01", 2)
    assert book.cell(GRID, JIANGNAN, Period(2018, 10, "2018-10-01", False)).mean_two_years == 2


def test_firms_and_towns_are_known_since_what_they_count_is() -> None:
    book = Book()
    book.contract(book.enterprise((JIANGNAN, "")), "喷涂", "2017-02-01", "2019-01-31", "2019-02-01")
    book.opening("standard.stage.复评.评审", JIANGNAN, "2017-09-30", 26)
    assert book.cell(FIRMS, JIANGNAN).last_year == 1
    assert book.cell("standard.towns_in_review", JIANGNAN).last_year == 1


def test_a_stock_that_is_told_again() -> None:
    book = Book()
    for kind in ("trusteeship.喷涂", FIRMS):
        book.opening(kind, JIANGNAN, "2018-09-30", 80, until_on="2018-10-31")
        book.opening(kind, JIANGNAN, "2018-10-31", 85)
        assert (book.cell(kind, JIANGNAN).done, book.cell(kind, JIANGNAN).last_month) == (85, 80)


def test_a_stock_of_the_year_is_not_known_before_it_was_told_in_it() -> None:
    book = Book()
    for year in (2017, 2018):
        book.opening("hazard.accepted_of_year", JIANGNAN, f"{year}-10-31", 5, until_on=f"{year + 1}-01-01")
    cell = book.cell("hazard.accepted_of_year", JIANGNAN)
    assert (cell.done, cell.last_month, cell.last_year) == (5, None, 5)


def test_firms_told_and_firms_with_records_are_added_up() -> None:
    book = Book()
    book.opening(FIRMS, JIANGNAN, "2018-10-31", 5)
    book.contract(book.enterprise((JIANGNAN, "")), "喷涂", "2018-10-31", "2019-10-30", "2019-10-31")
    assert book.cell(FIRMS, JIANGNAN).done == 6  # one that begins on the day itself


def test_firms_are_not_known_before_their_kinds_are() -> None:
    book = Book()
    book.opening("trusteeship.喷涂", None, "2018-10-31", 80)
    assert book.cell(FIRMS, UNSETTLED).done is None  # one kind is enough
    book.opening(FIRMS, None, "2018-10-31", 70)
    assert (book.cell(FIRMS, UNSETTLED).done, book.cell(FIRMS, UNSETTLED).last_month) == (70, None)


def test_no_more_towns_are_unsettled_than_were_told_and_are_not_named() -> None:
    book = Book()
    towns = "standard.towns_in_review"
    book.opening(towns, None, "2018-09-30", 1)
    for town, found in ((JIANGNAN, [1, 0]), (ZHIYING, [2, 0])):
        book.opening("standard.stage.复评.评审", town, "2018-09-30", 1)
        figures = compute(book.connection, define(book.connection, OCTOBER))
        assert [figures.totals[towns].done, figures.cells[towns, UNSETTLED].done] == found


COUNT, DEATHS, LARGER = "accident.count", "accident.deaths", "accident.larger"


@pytest.mark.parametrize("of", [COUNT, DEATHS])
def test_a_total_of_accidents_does_not_say_that_none_was_grave(of: str) -> None:
    book = Book()
    book.opening(of, None, "2018-09-30", 1, period_from="2018-01-01")
    grave = table(book.bulletin(), LARGER)
    assert grave.total.done is None
    assert "没有逐起记录" in grave.note
    assert table(book.bulletin(ended(2019, 10)), LARGER).total.done == 0  # another year's total


@pytest.mark.parametrize(("day", "known"), [("2018-09-30", True), ("2018-06-30", False), ("2017-12-31", False)])
def test_unless_a_total_of_the_grave_ones_reaches_as_far(day: str, known: bool) -> None:
    book = Book()
    book.opening(COUNT, None, "2018-09-30", 4, period_from="2018-01-01")
    book.opening(LARGER, None, day, 0, period_from=f"{day[:4]}-01-01")
    assert (table(book.bulletin(), LARGER).total.done == 0) is known


def test_a_total_of_no_accidents_leaves_nothing_open() -> None:
    book = Book()
    book.opening(COUNT, None, "2018-09-30", 0, period_from="2018-01-01")
    assert table(book.bulletin(), LARGER).total.done == 0
