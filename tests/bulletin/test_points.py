"""得分表 of a month: from the records of a small ledger to points, totals and places, each worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import exact
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.points_value import ItemPoints, PointsRow
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.workflow import month
from support import points_scheme
from support.desk import SHIZHU, ZHIYING, Desk

OCTOBER = ended(2018, 10)


@pytest.fixture
def scored(desk: Desk) -> Desk:
    """Points from 2018 on; both towns report, and one has worked."""
    with desk.gate() as gate:
        points_scheme.write(gate, "2018-01-01")
    return desk


def bulletin(desk: Desk, period: Period = OCTOBER) -> Bulletin:
    return compile_bulletin(desk.ledger, period)


def row(desk: Desk, town: str = ZHIYING, period: Period = OCTOBER) -> PointsRow:
    found = bulletin(desk, period).points
    assert found is not None
    return found.row(town)


def item(desk: Desk, short: str, town: str = ZHIYING, period: Period = OCTOBER) -> ItemPoints:
    found = bulletin(desk, period).points
    assert found is not None
    at = next(at for at, each in enumerate(found.items) if each.short == short)
    return found.row(town).items[at]


def file(desk: Desk, of: str, *towns: str, on: str = "2018-11-02") -> None:
    for town in towns:
        desk.read("filing", town=town, month=of, filed_on=on, method="微信", nil="否")


def work(desk: Desk, on: str, kind: str = "督查检查", town: str = "芝英镇", **more: str) -> int:
    return desk.read("work_item", kind=kind, town=town, done_on=on, **more).row_id


def hazard(desk: Desk, found_on: str) -> int:
    return desk.hazard(desk.enterprise(), found_on=found_on, source="部门检查", deadline_on="2018-12-20")


class TestSilence:
    """Trap 1: who recorded and reported nothing never stands above one that worked."""

    def test_nothing_found_of_who_has_not_reported_is_open(self, scored: Desk) -> None:
        file(scored, "2018-10", "石柱镇")
        assert item(scored, "隐患") == ItemPoints(None, "待报", Fraction(0), "未报送，待报")
        assert item(scored, "隐患", SHIZHU).points == 10
        assert (row(scored).provisional, row(scored).unheard) == (True, True)
        assert not row(scored, SHIZHU).unheard

    def test_it_stands_behind_one_that_lost_more(self, scored: Desk) -> None:
        file(scored, "2018-10", "石柱镇")
        for at in range(1, 7):
            scored.accident(f"2018-10-0{at}", town="石柱镇", deaths=2)
        told = bulletin(scored)
        by_town = {each.town: each for each in told.scores}
        silent, worked = by_town[ZHIYING], by_town[SHIZHU]
        assert silent.score is not None
        assert worked.score is not None
        assert silent.score > worked.score
        assert worked.rank is not None
        assert silent.rank is not None
        assert worked.rank < silent.rank

    def test_where_nobody_ever_reports_a_record_is_a_sign_of_work(self, scored: Desk) -> None:
        work(scored, "2018-02-01")
        assert not row(scored).unheard
        assert row(scored, SHIZHU).unheard
        places = {each.town: each.rank for each in bulletin(scored).scores}
        assert places[ZHIYING] == 1
        assert places[SHIZHU] == max(rank for rank in places.values() if rank is not None)

    def test_in_a_running_month_the_last_one_s_report_speaks(self, scored: Desk) -> None:
        file(scored, "2018-10", "芝英镇")
        assert item(scored, "隐患", period=Period(2018, 11, "2018-11-05", False)).points == 10


class TestFrequency:
    """Trap 2."""

    def test_each_quarter_by_itself(self, scored: Desk) -> None:
        for day in ("2018-01-10", "2018-02-10", "2018-03-10", "2018-09-10"):
            work(scored, day)
        found = item(scored, "书记督查")
        assert (found.points, found.due, found.reason) == (Fraction(15), Fraction(5), "缺1次，扣5分")
        assert item(scored, "书记督查", period=ended(2018, 5)).points == 20
        assert item(scored, "书记督查", period=ended(2018, 6)).points == 15

    def test_a_report_is_of_its_month_whenever_it_came(self, scored: Desk) -> None:
        for of in range(1, 9):
            file(scored, f"2018-{of:02d}", "芝英镇", on="2018-10-20")
        assert row(scored).consequences == ()
        assert "少报送次数缺10次，已达到“超过3次取消当年评优评先资格”的条件" in row(scored, SHIZHU).consequences


def test_a_word_has_points_of_its_own_and_they_have_a_limit(scored: Desk) -> None:
    work(scored, "2018-03-01", "表彰", title="先进集体", level="国家级")
    work(scored, "2018-04-01", "表彰", title="先进集体", level="省级", times="4")
    work(scored, "2018-04-01", "表彰", title="某杂志", level="乡镇级")
    assert item(scored, "表彰") == ItemPoints(
        Fraction(6), "", Fraction(6), "国家级1、省级4，加6分；有1次没有写或不是国家级、省级、县级，不计分"
    )
    table = bulletin(scored).points
    assert table is not None
    at = [category.id for category in table.categories].index("jf")
    assert row(scored).categories[at].points == 5
    assert table.has_subtotal("jf")  # one item of 6, and the category has 5 of it
    assert not table.has_subtotal("kf")


def test_what_has_no_bottom_takes_from_the_whole(scored: Desk) -> None:
    before = row(scored).total
    scored.read(
        "accident", name="机械伤害", happened_on="2018-10-08", town="芝英镇", sector="工矿商贸", deaths="2", serious="0"
    )
    after = row(scored).total
    assert before is not None
    assert after == before - 6
    assert item(scored, "亡人").reason == "2人，扣6分"


class TestMarks:
    def test_they_take_off_and_are_told_with_their_reasons(self, scored: Desk) -> None:
        assert item(scored, "监管人员") == ItemPoints(None, "待评", Fraction(0), "尚未评分")
        for points, reason in (("-1", "缺1名"), ("-0.5", "未持证")):
            scored.read(
                "mark", indicator="监管人员", town="芝英镇", marked_on="2018-10-20", points=points, reason=reason
            )
        assert item(scored, "监管人员") == ItemPoints(Fraction(17, 2), "", Fraction(-3, 2), "缺1名；未持证")

    def test_what_does_not_apply_is_left_out_of_the_full_marks(self, scored: Desk) -> None:
        full = row(scored).full
        scored.read("mark", indicator="隐患", town="芝英镇", marked_on="2018-10-20", points="不涉及")
        assert item(scored, "隐患") == ItemPoints(None, "缺项", Fraction(0), "不涉及")
        assert row(scored).full == full - 10

    def test_what_applies_after_all_is_marked(self, scored: Desk) -> None:
        scored.read("mark", indicator="监管人员", town="芝英镇", marked_on="2018-10-10", points="不涉及")
        assert item(scored, "监管人员").state == "缺项"
        scored.read("mark", indicator="监管人员", town="芝英镇", marked_on="2018-10-20", points="-3", reason="缺3名")
        assert item(scored, "监管人员").points == 7
        scored.read("mark", indicator="监管人员", town="芝英镇", marked_on="2018-10-22", points="不涉及")
        assert item(scored, "监管人员").state == "缺项"

    def test_what_does_not_apply_to_a_town_says_nothing_of_the_one_it_goes_into(self, scored: Desk) -> None:
        scored.read("mark", indicator="隐患", town="石柱镇", marked_on="2018-10-05", points="不涉及")
        scored.read("mark", indicator="监管人员", town="石柱镇", marked_on="2018-10-05", points="不涉及")
        scored.read("mark", indicator="监管人员", town="芝英镇", marked_on="2018-10-05", points="-3", reason="缺3名")
        before = item(scored, "隐患")
        scored.take("town", code=SHIZHU, until_on="2018-10-10", merged_into=ZHIYING)
        assert item(scored, "隐患") == before
        assert item(scored, "监管人员").points == 7


class TestVeto:
    """Trap 16: lifted on a later day, the places of the month before stay."""

    @pytest.fixture
    def vetoed(self, scored: Desk) -> Desk:
        file(scored, "2018-09", "芝英镇", "石柱镇", on="2018-10-01")
        scored.read(
            "accident", name="重大火灾", happened_on="2018-09-08", town="芝英镇", sector="火灾", deaths="4", serious="0"
        )
        return scored

    def test_it_puts_last_and_fixes_the_grade(self, vetoed: Desk) -> None:
        found = row(vetoed, period=ended(2018, 9))
        assert (found.placing, found.grade) == ("名次末位", "不合格")
        assert found.vetoes == ("发生较大及以上事故1起，符合一票否决情形（名次末位、等次定为不合格）",)
        ranks = {each.town: each.rank for each in bulletin(vetoed, ended(2018, 9)).scores}
        assert ranks[ZHIYING] == len(ranks)

    def test_lifted_it_stands_no_more_from_that_month_on(self, vetoed: Desk) -> None:
        with vetoed.gate() as gate:
            month.close(gate, ended(2018, 9), "0.6.0")
        issued = bulletin(vetoed, ended(2018, 9))
        vetoed.read(
            "veto_lifting", indicator="较大事故", town="芝英镇", lifted_on="2018-10-12", document="复核〔2018〕1号"
        )
        found = row(vetoed)
        assert found.placing == ""
        assert found.vetoes == ("发生较大及以上事故1起，符合一票否决情形；2018年10月12日已由复核〔2018〕1号解除",)
        assert bulletin(vetoed, ended(2018, 9)).scores == issued.scores

    def test_what_comes_after_is_not_lifted(self, vetoed: Desk) -> None:
        vetoed.read(
            "veto_lifting", indicator="较大事故", town="芝英镇", lifted_on="2018-10-12", document="复核〔2018〕1号"
        )
        vetoed.read(
            "accident", name="再次火灾", happened_on="2018-10-20", town="芝英镇", sector="火灾", deaths="3", serious="0"
        )
        assert row(vetoed).placing == "名次末位"

    def test_what_is_added_comes_after_as_well(self, vetoed: Desk) -> None:
        """An indicator that adds another one, of which a part is the same, counts it twice, after the day as well."""
        scheme = vetoed.ledger.execute("SELECT id FROM scheme ORDER BY id DESC").fetchone()[0]
        with vetoed.gate() as gate:
            gate.insert(
                "scheme_part", scheme_id=scheme, indicator="kf.较大", position=1, sign=1,
                measure="accident.larger?kind=火灾",
            )  # fmt: skip
            of = gate.connection.execute("SELECT id FROM scheme_indicator WHERE code = 'kf.较大'").fetchone()[0]
            gate.update("scheme_indicator", of, scoring="满=2；后果=名次末位、等次不合格")
        vetoed.read(
            "veto_lifting", indicator="较大事故", town="芝英镇", lifted_on="2018-10-12", document="复核〔2018〕1号"
        )
        vetoed.read(
            "accident", name="再次火灾", happened_on="2018-10-20", town="芝英镇", sector="火灾", deaths="3", serious="0"
        )
        assert row(vetoed).placing == "名次末位"


def test_a_month_is_kept_with_its_points(scored: Desk) -> None:
    work(scored, "2018-09-01")
    with scored.gate() as gate:
        month.close(gate, ended(2018, 9), "0.6.0")
    kept = bulletin(scored, ended(2018, 9))
    assert kept.points is not None
    assert exact.load(exact.dump(kept)) == kept
    work(scored, "2018-08-01")
    assert bulletin(scored, ended(2018, 9)).points == kept.points
    told = {each.town: each for each in bulletin(scored).rescored}
    assert ZHIYING not in told or told[ZHIYING].was != told[ZHIYING].now


def test_places_before_are_those_of_the_month_before(scored: Desk) -> None:
    work(scored, "2018-02-01")
    file(scored, "2018-09", "芝英镇", "石柱镇", on="2018-10-01")
    file(scored, "2018-10", "芝英镇", "石柱镇")
    before = {each.town: (each.rank, each.score) for each in bulletin(scored, ended(2018, 9)).scores}
    assert {each.town: (each.last_rank, each.last_score) for each in bulletin(scored).scores} == before


def test_a_month_before_the_ledger_begins_has_no_places(scored: Desk) -> None:
    """All of whom nothing is known are the first: set beside that, everyone but one has come down."""
    work(scored, "2018-10-02")
    file(scored, "2018-10", "芝英镇", "石柱镇")
    before = bulletin(scored, ended(2018, 9))
    assert {each.rank for each in before.scores} == {1}
    assert {(each.last_rank, each.last_score) for each in bulletin(scored).scores} == {(None, None)}
    file(scored, "2018-09", "石柱镇", on="2018-10-01")
    assert {each.last_rank for each in bulletin(scored).scores} == {1, 2}


def test_looking_back_or_not_the_points_are_the_same(scored: Desk) -> None:
    work(scored, "2018-02-01")
    assert compile_bulletin(scored.ledger, OCTOBER, looking_back=False).points == bulletin(scored).points
    assert compile_bulletin(scored.ledger, OCTOBER, ranking_alone=True) == bulletin(scored)


class TestHalfYear:
    """考核期 半年: it begins anew in July."""

    @pytest.fixture
    def scored(self, desk: Desk) -> Desk:
        with desk.gate() as gate:
            scheme = points_scheme.write(gate, "2018-01-01")
            gate.update("scheme", scheme, assessed="半年")
        return desk

    def test_flows_and_frequencies_begin_with_it(self, scored: Desk) -> None:
        work(scored, "2018-02-01")
        work(scored, "2018-05-01")
        assert item(scored, "书记督查", period=ended(2018, 6)).points == 20
        assert item(scored, "书记督查", period=ended(2018, 9)).points == 15
        hazard(scored, "2018-05-02")
        assert item(scored, "隐患", period=ended(2018, 6)).points == 7
        hazard(scored, "2018-08-02")
        hazard(scored, "2018-08-03")
        assert item(scored, "隐患", period=ended(2018, 9)).points == 4


class TestWithoutPoints:
    """Vetoes and consequences stand in a scheme of any total."""

    def test_where_there_is_no_score_they_are_said(self, desk: Desk) -> None:
        with desk.gate() as gate:
            points_scheme.write(gate, "2018-01-01", total="不计分")
        told = bulletin(desk)
        assert told.points is None
        assert any("少报送次数缺10次，已达到“超过3次取消当年评优评先资格”的条件" in note for note in told.notes)

    def test_where_it_is_the_mean_of_rates_a_veto_puts_last(self, desk: Desk) -> None:
        with desk.gate() as gate:
            scheme = points_scheme.write(gate, "2018-01-01")
            gate.update("scheme", scheme, total=None)
        for town, passed in (("芝英镇", 9), ("石柱镇", 3)):
            desk.take("target", year=2018, indicator="负责人培训", town=town, quantity=10, document="例1号")
            desk.training(town=town, kind="主要负责人", attended=10, passed=passed)
        assert [(each.town, each.rank) for each in bulletin(desk).scores][:2] == [(ZHIYING, 1), (SHIZHU, 2)]
        desk.accident("2018-10-08", town="芝英镇", deaths=4)
        told = bulletin(desk)
        assert [(each.town, each.rank) for each in told.scores][:2] == [(SHIZHU, 1), (ZHIYING, 2)]
        assert any("符合一票否决情形" in note for note in told.notes)


class TestNothingOwedIsNoSilence:
    """Of a unit that has not reported nothing owed says as little as nothing found."""

    def test_of_what_is_counted_of_it(self, scored: Desk) -> None:
        file(scored, "2018-10", "石柱镇")
        assert item(scored, "按期率").state == "待报"
        assert item(scored, "按期率", SHIZHU).state == "缺项"

    def test_but_who_did_all_that_is_required_has_full_marks(self, scored: Desk) -> None:
        file(scored, "2018-10", "石柱镇")
        for day in ("2018-01-10", "2018-04-10", "2018-07-10"):
            work(scored, day)
        assert item(scored, "书记督查").points == 20
