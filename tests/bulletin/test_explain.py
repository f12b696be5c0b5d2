"""Codes of cells, and the records behind a figure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin.explain import Asked, Explanation, explain, parse_code, rank_asked
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import COUNTY, UNSETTLED
from anjian_cli.errors import Refused
from anjian_cli.workflow import month
from support.bulletin_ledger import JIANGNAN, OCTOBER, OPEN, SHIZHU, ZHIYING, ZONE, Book, compiled_once
from support.examples import examples

TODAY = "2018-11-05"
GRID, AMMONIA, FIRMS = "training.网格员", "trusteeship.涉氨", "trusteeship.enterprises"


def explained(book: Book, indicator: str, place: str, period: Period = OCTOBER) -> Explanation:
    return explain(book.connection, Asked(period, place, indicator))


@pytest.mark.parametrize(
    ("words", "period", "place", "indicator"),
    [
        (["10-江南-涉氨"], OCTOBER, JIANGNAN, AMMONIA),
        (["2018-10-江南-涉氨"], OCTOBER, JIANGNAN, AMMONIA),
        (["１０－江南街道－涉氨"], OCTOBER, JIANGNAN, AMMONIA),
        (["10", "江南", "涉氨"], OCTOBER, JIANGNAN, AMMONIA),
        (["2018-09", JIANGNAN, AMMONIA], ended(2018, 9), JIANGNAN, AMMONIA),
        (["201809", "1", "涉氨企业在托管"], ended(2018, 9), JIANGNAN, AMMONIA),
        (["10月", "全市", "托管企业"], OCTOBER, COUNTY, FIRMS),
        (["10-未定-网格员"], OCTOBER, UNSETTLED, GRID),
        (["上月", "芝英", "网格员"], OCTOBER, ZHIYING, GRID),
        (["芝英-网格员"], OCTOBER, ZHIYING, GRID),
        (["11", "芝英", "网格员"], Period(2018, 11, TODAY, False), ZHIYING, GRID),
    ],
)
def test_parse_code(words: list[str], period: Period, place: str, indicator: str) -> None:
    book = Book()
    book.training(JIANGNAN, "2018-03-01", 1)
    assert parse_code(book.connection, words, TODAY) == Asked(period, place, indicator)


def test_a_month_that_is_not_said_is_the_one_at_hand() -> None:
    assert parse_code(Book().connection, ["芝英", "网格员"], TODAY, ended(2018, 3)).period == ended(2018, 3)


@pytest.mark.parametrize(
    ("code", "fault", "value"),
    [
        ("10-江北-涉氨", "E231", "江北"),
        ("10-江南-涉水", "E239", "涉水"),
        ("13-江南-涉氨", "E108", "13"),
        ("涉氨", "E451", "涉氨"),
        ("2018-12-江南-涉氨", "E445", None),
    ],
)
def test_what_is_no_code_is_refused(code: str, fault: str, value: str | None) -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 1)
    with pytest.raises(Refused, match=fault) as caught:
        parse_code(book.connection, [code], TODAY)
    assert caught.value.faults[0].value == value


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["10-芝英-排名"], ("10", "芝英")),
        (["2018-10-芝英-综合"], ("2018-10", "芝英")),
        (["芝英", "名次"], (None, "芝英")),
        (["10-芝英-涉氨"], None),
        (["排名"], None),
    ],
)
def test_a_place_that_is_asked_about(words: list[str], asked: tuple[str | None, str] | None) -> None:
    assert rank_asked(words) == asked


def test_a_flow_is_explained_by_its_records_and_its_target() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 12, until_on="2018-06-01")
    book.target(GRID, JIANGNAN, 10, from_on="2018-06-01")
    first = book.training(JIANGNAN, "2018-01-05", 3)
    second = book.training(JIANGNAN, "2018-10-05", 4)
    book.training(JIANGNAN, "2018-11-02", 9)
    voided = book.training(JIANGNAN, "2018-10-06", 2)
    book.update("training", voided, voided_on="2018-10-20", void_reason="重复登记")
    found = explained(book, GRID, JIANGNAN)
    assert (found.figure, found.cell.rate, found.place_name, found.state) == (7, found.cell.rate, "江南街道", "")
    assert [(i.record_id, i.quantity, i.record_title) for i in found.counted] == [
        (first, 3, "培训"),
        (second, 4, "培训"),
    ]
    assert found.counted[0].description == "网格员培训"
    assert found.counted[0].recorded_at == "2018-11-05T01:00:00Z"
    made = book.connection.execute("SELECT operation FROM change WHERE table_name = 'training' ORDER BY 1").fetchone()
    assert found.counted[0].operation == made[0]
    assert {near.reason for near in found.not_counted} == {"2018-11-02起，计入11月", "已作废：重复登记"}
    assert [(t.quantity, t.from_on) for t in found.targets] == [(12, "2018-01-01"), (10, "2018-06-01")]
    assert found.notes == ()


def test_what_ended_begins_or_moved_away_stands_near_a_stock() -> None:
    book = Book()
    lapsed, moved, renewed, new, old = (book.enterprise((ZHIYING, ""), name=f"企业{n}") for n in range(5))
    with book.gate() as gate:
        row = gate.connection.execute("SELECT id FROM residence WHERE enterprise_id = ?", (moved,)).fetchone()[0]
        gate.update("residence", row, until_on="2018-09-12")
        gate.insert("residence", enterprise_id=moved, town_code=ZONE, from_on="2018-09-12", until_on=OPEN)
    for firm, from_on, last_on, until_on in (
        (lapsed, "2017-09-01", "2018-08-31", "2018-09-01"),
        (moved, "2018-01-01", "2018-12-31", "2019-01-01"),
        (renewed, "2017-09-01", "2018-08-31", "2018-09-01"),
        (renewed, "2018-09-01", "2019-08-31", "2019-09-01"),
        (new, "2018-11-01", "2019-10-31", "2019-11-01"),
        (old, "2015-01-01", "2015-12-31", "2016-01-01"),
    ):
        book.contract(firm, "涉氨", from_on, last_on, until_on)
    found = explained(book, AMMONIA, ZHIYING)
    assert [i.subject for i in found.counted] == [renewed]
    assert found.figure == 1
    assert {(n.item.subject, n.reason) for n in found.not_counted} == {
        (lapsed, "2018-08-31止，已不在期内"),
        (moved, "2018-09-12起属地为经济开发区"),
        (new, "2018-11-01起，计入11月"),
    }
    assert next(n.item for n in found.not_counted).description.startswith("企业")


def test_distinct_firms_once_each_and_why_not_twice() -> None:
    book = Book()
    firm = book.enterprise((ZHIYING, ""))
    for kind in ("喷涂", "小微"):
        book.contract(firm, kind, "2018-01-01", "2018-12-31", "2019-01-01")
    found = explained(book, FIRMS, ZHIYING)
    assert (found.figure, [(i.subject, i.quantity) for i in found.counted]) == (1, [(firm, 1)])
    assert [n.reason for n in found.not_counted] == ["同一企业不重复计，已按喷涂计"]


def test_counted_towns_are_named() -> None:
    book = Book()
    book.opening("standard.stage.复评.评审", JIANGNAN, "2018-09-30", 26)
    book.opening("standard.towns_in_review", None, "2018-10-31", 8)
    county = explained(book, "standard.towns_in_review", COUNTY)
    assert [(i.quantity, i.description.split("，")[0]) for i in county.counted] == [
        (7, "永安委办〔2018〕13号"),
        (1, "江南街道"),
    ]
    assert county.figure == 8
    town = county.counted[1]
    assert (town.subject, town.root_id, town.record_id) == (0, 0, 0)  # it has no row behind it, and JSON says so
    assert explained(book, "standard.towns_in_review", JIANGNAN).figure == 1
    assert explained(book, "standard.towns_in_review", SHIZHU).counted == ()


@pytest.mark.unmeasured
@pytest.mark.parametrize(("opened", "beyond"), [(1, []), (2, [1])])
def test_what_the_county_alone_knows_is_what_it_has_beyond_the_counted_towns(opened: int, beyond: list[int]) -> None:
    book, of = Book(), "standard.towns_in_review"
    book.opening("standard.stage.复评.评审", JIANGNAN, "2018-09-30", 1)
    book.opening(of, None, "2018-10-31", opened)
    for place, quantities in ((COUNTY, [*beyond, 1]), (UNSETTLED, beyond), (JIANGNAN, [1]), (SHIZHU, [])):
        assert [item.quantity for item in explained(book, of, place).counted] == quantities


def test_the_targets_of_a_cell_are_those_up_to_its_day() -> None:
    book = Book()
    book.update("target", book.target(GRID, JIANGNAN, 5), voided_on="2018-11-05", void_reason="重复登记")
    book.target(GRID, JIANGNAN, 12, until_on="2018-10-31")
    book.target(GRID, JIANGNAN, 10, from_on="2018-10-31", until_on="2018-11-01")
    book.target(GRID, JIANGNAN, 9, from_on="2018-11-01")
    book.target(GRID, ZHIYING, 8)
    book.target(GRID, JIANGNAN, 7, year=2017, from_on="2017-01-01")
    book.target(AMMONIA, JIANGNAN, 6)
    found = explained(book, GRID, JIANGNAN).targets
    assert [(each.town, each.quantity) for each in found] == [("江南街道", 12), ("江南街道", 10)]


def test_nothing_is_unsettled_where_the_bulletin_has_no_such_row() -> None:
    cell = explained(Book(), GRID, UNSETTLED).cell
    assert (cell.code, cell.done, cell.this_month, cell.last_month) == ("10-未定-网格员", 0, 0, 0)


def test_a_figure_that_is_not_known_is_said_to_be() -> None:
    book = Book()
    book.opening("case.filed", None, "2018-09-30", 61, period_from="2018-01-01")
    found = explained(book, "case.filed", COUNTY, ended(2018, 8))
    assert found.figure is None
    assert found.notes == ("期初数只说了跨过这一天的总数，这一天的数字无从得知",)


def test_a_locked_month_is_explained_with_the_records_of_then() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-10-05", 4)
    with book.gate() as gate:
        month.close(gate, OCTOBER, "0.1.0")
    book.training(JIANGNAN, "2018-10-06", 2)
    found = explained(book, GRID, JIANGNAN)
    assert (found.state, found.figure, [i.quantity for i in found.counted]) == ("closed", 4, [4])


def test_a_town_that_is_not_in_the_month_is_refused() -> None:
    book = Book()
    row = book.connection.execute("SELECT id FROM town WHERE code = ?", (ZONE,)).fetchone()[0]
    book.update("town", row, from_on="2019-01-01")
    with pytest.raises(Refused, match="E451"):
        explained(book, GRID, ZONE)


firms = st.lists(
    st.tuples(
        st.sampled_from([JIANGNAN, ZHIYING, None]),
        st.sampled_from([SHIZHU, ZHIYING, None]),
        st.integers(1, 600),  # the day of the move
        st.lists(
            st.tuples(st.sampled_from(["喷涂", "涉氨", "小微"]), st.integers(0, 500), st.integers(1, 400)), max_size=2
        ),
    ),
    max_size=4,
)

trainings = st.lists(st.tuples(st.sampled_from([JIANGNAN, None]), st.integers(0, 600), st.integers(1, 9)), max_size=4)


@pytest.mark.unmeasured
@examples(8, ordinary=3)
@given(firms, trainings, st.integers(1, 12), st.integers(1, 28))
def test_the_counted_items_add_up_to_every_cell(
    found: list[tuple[str | None, str | None, int, list[tuple[str, int, int]]]],
    held: list[tuple[str | None, int, int]],
    of: int,
    day: int,
) -> None:
    book = Book()

    def at(days: int) -> str:
        return (date(2017, 6, 1) + timedelta(days)).isoformat()

    for first, second, moved, contracts in found:
        firm = book.enterprise((first, ""), (second, at(moved)))
        taken: set[str] = set()
        for kind, start, length in contracts:
            if kind not in taken:
                taken.add(kind)
                book.contract(firm, kind, at(start), at(start + length - 1), at(start + length))
    for town, on, passed in held:
        book.training(town, at(on), passed)
    row = book.connection.execute("SELECT id FROM town WHERE code = ?", (SHIZHU,)).fetchone()[0]
    book.update("town", row, until_on="2018-06-01", merged_into=ZHIYING)
    period = Period(2018, of, f"2018-{of:02d}-{day:02d}", False)
    bulletin = book.bulletin(period)
    for indicator in (GRID, AMMONIA, "trusteeship.喷涂", FIRMS):
        for place in (*(town.code for town in bulletin.towns), UNSETTLED, COUNTY):
            with compiled_once(book.connection, bulletin):
                told = explained(book, indicator, place, period)
            assert sum(i.quantity for i in told.counted) == told.figure
            assert not {(i.indicator, i.record_id, i.from_on) for i in told.counted} & {
                (n.item.indicator, n.item.record_id, n.item.from_on) for n in told.not_counted
            }
