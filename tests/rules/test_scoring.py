"""Points: the seven forms at their edges, in exact fractions, and the text that says them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.rules import scoring, scoring_text
from anjian_cli.rules.scoring import Frequency, Given, Points, Scoring
from anjian_cli.rules.scoring_text import Unreadable

F = Fraction


def of(form: str, full: str, text: str, **given: Any) -> Points:
    return scoring.points(scoring_text.read(form, full, text), Given(**given))


class TestFrequency:
    """Trap 2: each period by itself; one that runs lacks nothing; a year's times may be due by the quarter."""

    @pytest.mark.parametrize(
        ("done", "until", "lacking"),
        [
            ((3, 0, 0, 0, 0, 0, 0, 0, 1), 9, 1),  # 3-0-1
            ((1, 0, 0, 0, 1, 0, 0, 0, 1), 9, 0),  # 1-1-1
            ((1, 0, 0, 1, 0, 0, 0, 0), 7, 0),  # on 15 August the third quarter lacks nothing
            ((), 2, 0),
            ((0, 0, 0), 3, 1),
        ],
    )
    def test_by_the_quarter(self, done: tuple[int, ...], until: int, lacking: int) -> None:
        assert Frequency(3, 1).lacking(done, until) == lacking

    @pytest.mark.parametrize(("until", "due"), [(2, 0), (3, 1), (5, 1), (6, 2), (12, 4)])
    def test_a_year_s_times_by_the_quarter(self, until: int, due: int) -> None:
        assert Frequency(12, 4, by_quarter=True).due(until) == due
        assert Frequency(12, 4, by_quarter=True).lacking([0] * until, until) == due
        assert Frequency(12, 4, by_quarter=True).lacking([*[0] * until, 4], until) == 0  # made good in a running month
        assert Frequency(12, 4).lacking([0] * until, until) == (4 if until == 12 else 0)

    def test_what_is_too_much_in_a_month_does_not_make_up_for_another(self) -> None:
        assert Frequency(1, 2).lacking((5, 0, 1), 3) == 3
        assert Frequency(6, 1).lacking((0, 0, 0, 0, 0, 0, 2), 7) == 1


class TestRate:
    def test_full_marks_by_the_rate_and_no_more_where_it_is_capped(self) -> None:
        assert of("按率", "15", "封顶", value=9, base=10).points == F(27, 2)
        assert of("按率", "15", "封顶=是", value=12, base=10).points == 15
        assert of("按率", "15", "", value=12, base=10).points == 18

    def test_nothing_below_a_rate(self) -> None:
        below = "低于不得分=60%"
        assert of("按率", "10", below, value=599, base=1000).points == 0
        assert of("按率", "10", below, value=6, base=10).points == 6

    def test_against_what_is_required(self) -> None:
        assert of("按率", "12", "应有=每月1次", value=9, month=10, by_month=(1,) * 9 + (0,)).points == F(12 * 9, 10)

    @pytest.mark.parametrize(("base", "state"), [(None, "缺项"), (0, "缺项")])
    def test_without_a_task_there_is_nothing_to_count(self, base: int | None, state: str) -> None:
        assert of("按率", "10", "", value=3, base=base) == Points(None, state)

    def test_what_is_not_known_is_open(self) -> None:
        assert of("按率", "10", "", value=None, base=3).state == "未知"


class TestSteps:
    STEPS = "档=95%:6、90%:4、80%:2"

    @pytest.mark.parametrize(
        ("done", "points"), [(100, 6), (95, 6), (94, 4), (90, 4), (89, 2), (80, 2), (79, 0), (0, 0)]
    )
    def test_the_first_that_is_reached(self, done: int, points: int) -> None:
        assert of("按档", "6", self.STEPS, value=done, base=100).points == points

    def test_by_number_and_by_a_rate_as_a_fraction(self) -> None:
        assert of("按档", "5", "档=3:5、1:2", value=2).points == 2
        assert scoring_text.read("按档", "6", "档=95%:6").steps[0].at == F(95, 100)

    def test_by_number_nothing_of_a_unit_that_has_not_reported_says_nothing(self) -> None:
        assert of("按档", "5", "档=3:5、0:2", value=0, silent=True).state == "待报"


class TestDeduction:
    def test_each_until_nothing_is_left(self) -> None:
        found = of("扣分", "4", "每=1；扣=1", value=5)
        assert found == Points(F(0), due=F(5), of=F(5))
        assert of("扣分", "4", "每=1；扣=3", value=1).points == 1
        assert of("扣分", "4", "每=1；扣=3；不封底", value=2).points == -2

    def test_whole_steps_or_in_proportion(self) -> None:
        assert of("扣分", "10", "每=10；扣=1", value=25).points == F(15, 2)
        assert of("扣分", "10", "每=10；扣=1；整步", value=25).points == 8

    def test_all_is_lost(self) -> None:
        assert of("扣分", "10", "每超=1；扣=满分", value=3, base=2).points == 0
        assert of("扣分", "10", "每超=1；扣=满分", value=2, base=2).points == 10

    def test_missing_of_what_is_required_and_of_a_task(self) -> None:
        assert (
            of("扣分", "4", "应有=每季1次；每少=1；扣=1", by_month=(3, 0, 0, 0, 0, 0, 0, 0, 1), month=9, value=4).points
            == 3
        )
        assert of("扣分", "4", "每少=2；扣=1", value=7, base=10).points == F(5, 2)

    def test_more_than_a_year_before(self) -> None:
        assert of("扣分", "10", "每多=1；扣=2", value=3, base=1).points == 6
        assert of("扣分", "10", "每多=1；扣=2", value=1, base=3).points == 10
        assert of("扣分", "10", "每多=1；扣=2", value=1, base=None).state == "未知"
        assert of("扣分", "10", "每多=1；扣=2", value=0, base=None).points == 10  # no more than whatever there was

    def test_points_of_a_rate_below(self) -> None:
        text = "低于=95%；每=1%；扣=0.5"
        assert of("扣分", "10", text, value=90, base=100).points == F(15, 2)
        assert of("扣分", "10", text, value=96, base=100).points == 10
        assert of("扣分", "10", text, value=0, base=0).state == "缺项"

    def test_each_event_by_its_size(self) -> None:
        text = "逐件档=2:30、1:15"
        assert of("扣分", "60", text, events=(1, 3), value=4).points == 15
        assert of("扣分", "60", text, events=(), value=0).points == 60

    def test_nothing_found_of_a_unit_that_has_not_reported_is_open(self) -> None:
        """Trap 1."""
        assert of("扣分", "4", "每=1；扣=1", value=0, silent=True) == Points(None, "待报")
        assert of("扣分", "4", "每=1；扣=1", value=1, silent=True).points == 3
        assert of("扣分", "4", "应有=每月1次；每少=1；扣=1", value=0, by_month=(0, 0), month=2, silent=True).points == 2

    def test_what_was_asked_and_is_done_needs_no_report(self) -> None:
        told = "应有=每月1次；每少=1；扣=1"
        assert of("扣分", "4", told, value=2, by_month=(1, 1), month=2, silent=True).points == 4
        assert of("扣分", "4", told, value=0, by_month=(0,), month=0, silent=True).state == "待报"
        assert of("扣分", "4", "每少=1；扣=1", value=3, base=3, silent=True).points == 4

    @pytest.mark.parametrize(("form", "text"), [("按率", ""), ("按档", "档=95%:4"), ("扣分", "低于=95%；每=1%；扣=1")])
    def test_nothing_owed_of_who_has_not_reported_is_open(self, form: str, text: str) -> None:
        """Else it would have full marks where a scheme gives them for what does not apply (缺项 满分)."""
        assert of(form, "4", text, value=0, base=0, silent=True, base_counted=True).state == "待报"
        assert of(form, "4", text, value=0, base=0, silent=True).state == "缺项"  # no task
        assert of(form, "4", text, value=0, base=0, base_counted=True).state == "缺项"

    def test_what_does_not_apply(self) -> None:
        assert of("扣分", "4", "每=1；扣=1", value=5, exempt=True) == Points(None, "缺项")


class TestBonus:
    def test_by_word_and_up_to_a_ceiling(self) -> None:
        words = {"国家级": 1, "省级": 2, "乡镇级": 9}
        assert of("加分", "", "按词=国家级:2、省级:1、设区市级:0.5", value=12, words=words).points == 4
        capped = of("加分", "", "每=1；加=2；封顶=5", value=4)
        assert capped == Points(F(5), due=F(8), of=F(4))


class TestMarks:
    def test_from_full_marks_down_or_from_nothing_up(self) -> None:
        assert of("评分", "4", "", marks=(F(-1), F(-1, 2))).points == F(5, 2)
        assert of("评分", "4", "", marks=(F(-9),)).points == 0
        assert of("评分", "4", "起评=0", marks=(F(3),)).points == 3
        assert of("评分", "4", "起评=0", marks=(F(9),)).points == 4
        assert of("评分", "", "", marks=(F(-9),)).points == -9

    def test_until_somebody_marks(self) -> None:
        assert of("评分", "4", "").state == "待评"
        assert of("评分", "4", "未评=满分").points == 4


class TestVetoAndConsequence:
    VETO = scoring_text.read("否决", "", "满=2；后果=名次末位、等次不合格；说=一票否决")

    @pytest.mark.parametrize(("value", "met"), [(1, False), (2, True), (None, False)])
    def test_a_veto_from_so_many_on(self, value: int | None, met: bool) -> None:
        assert scoring.vetoed(self.VETO, Given(value=value)) is met
        assert scoring.points(self.VETO, Given(value=value)) == Points(None)

    def test_a_consequence_above_so_many(self) -> None:
        how = scoring_text.read("后果", "", "超过=0:通报、2:约谈、5:一票否决")
        assert [said for _, said in scoring.consequences(how, Given(value=3))] == ["通报", "约谈"]
        assert scoring.consequences(how, Given(value=0)) == ()
        lacking = scoring_text.read("后果", "", "应有=每月1次；超过=6:取消当年评优评先资格")
        assert scoring.consequences(lacking, Given(value=0, by_month=(0,) * 7, month=7)) == (
            (F(6), "取消当年评优评先资格"),
        )
        assert scoring.consequences(lacking, Given(value=0, by_month=(0,) * 6, month=6)) == ()


WRONG = [
    ("扣分", "4", "每=1；加=1", ["加", "扣"]),
    ("扣分", "4", "每=1；每少=1；扣=1", ["扣"]),
    ("扣分", "4", "扣=1", ["扣"]),
    ("扣分", "", "每=1；扣=1", ["满分"]),
    ("扣分", "4", "每=0；扣=1", ["每"]),
    ("扣分", "4", "每=1；扣=-1", ["扣"]),
    ("扣分", "4", "低于=95%；每少=1；扣=1", ["低于"]),
    ("扣分", "60", "逐件档=1:15、2:30", ["逐件档"]),
    ("扣分", "4", "应有=每周1次；每少=1；扣=1", ["应有"]),
    ("按率", "", "封顶", ["满分"]),
    ("按率", "-1", "", ["满分"]),
    ("按率", "10", "低于不得分=很低", ["低于不得分"]),
    ("按档", "6", "", ["档"]),
    ("按档", "6", "档=80%:2、95%:6", ["档"]),
    ("按档", "6", "档=95%:9", ["档"]),
    ("按档", "6", "档=95%:6、3:2", ["档"]),
    ("按档", "6", "档=95%:6、90%:-2", ["档"]),
    ("按档", "6", "档=0.95:6、0.9:4", ["档"]),
    ("扣分", "60", "逐件档=2:-30、1:15", ["逐件档"]),
    ("扣分", "4", "按词=国家级:-1", ["按词"]),
    ("扣分", "4", "低于=-95%；每=1%；扣=1", ["低于"]),
    ("加分", "", "按词=国家级:2、省级:-1", ["按词"]),
    ("加分", "", "每=1；加=1；封顶=-3", ["封顶"]),
    ("加分", "5", "每=1；加=1", ["满分"]),
    ("加分", "", "按词=国家级", ["按词"]),
    ("评分", "", "未评=满分", ["未评"]),
    ("评分", "4", "幅度=1", ["幅度"]),
    ("否决", "", "后果=名次末位", ["满"]),
    ("否决", "", "满=1", ["后果"]),
    ("否决", "", "满=1；后果=等次", ["后果"]),
    ("否决", "5", "满=1；说=一票否决", ["满分"]),
    ("后果", "", "", ["超过"]),
    ("后果", "", "超过=3", ["超过"]),
    ("后果", "", "超过=5:约谈、2:通报", ["超过"]),
    ("扣分", "4", "每=1；每=2；扣=1", ["每"]),
]


@pytest.mark.parametrize(("form", "full", "text", "fields"), WRONG)
def test_what_says_nothing_is_told_by_its_field(form: str, full: str, text: str, fields: list[str]) -> None:
    with pytest.raises(Unreadable) as told:
        scoring_text.read(form, full, text)
    assert [field for field, _ in told.value.faults] == fields


def test_steps_in_percentage_points_are_of_a_rate() -> None:
    told = scoring_text.read("按档", "6", "档=95个百分点:6、90%:4")
    assert scoring_text.written(told) == "档=95%:6、90%:4"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("应有＝每季度至少1次； 每少=1分;扣=1", "应有=每季1次；每少=1；扣=1"),
        ("扣=0.50；每=1", "每=1；扣=0.5"),
        ("低于=0.95；每=0.01；扣=1分", "每=1%；低于=95%；扣=1"),
        ("不封底；每=1；扣=满分", "每=1；扣=满分；不封底=是"),
    ],
)
def test_a_text_is_written_in_one_way(typed: str, kept: str) -> None:
    read = scoring_text.read("扣分", "10", typed)
    assert scoring_text.written(read) == kept
    assert scoring_text.read("扣分", "10", kept) == read


_numbers = st.decimals(0, 99, places=1).filter(bool).map(lambda value: F(str(value)))
_words = st.lists(st.sampled_from(["国家级", "省级", "县级"]), min_size=1, unique=True)


@st.composite
def scorings(draw: st.DrawFn) -> Scoring:
    form = draw(st.sampled_from(scoring.FORMS))
    required = draw(st.sampled_from([None, Frequency(1, 1), Frequency(3, 2), Frequency(12, 4, by_quarter=True)]))
    full = draw(_numbers)
    match form:
        case "按率":
            return Scoring(
                form, full, required, capped=draw(st.booleans()), nothing_below=draw(st.sampled_from([None, F(3, 5)]))
            )
        case "按档":
            ats = sorted(draw(st.sets(st.integers(1, 100), min_size=1, max_size=4)), reverse=True)
            return Scoring(form, full, required, steps=tuple(scoring.Step(F(at, 100), True, full) for at in ats))
        case "扣分" | "加分":
            way = draw(st.sampled_from(["每", "按词", "每多"]))
            more: dict[str, Any] = {"by_word": tuple((word, F(1)) for word in draw(_words))} if way == "按词" else {
                "per": way, "each": draw(_numbers), "points": draw(_numbers)}  # fmt: skip
            if form == "加分":
                return Scoring(form, None, required, ceiling=draw(st.none() | _numbers), **more)
            return Scoring(form, full, required, bottomless=draw(st.booleans()), **more)
        case "评分":
            return Scoring(form, full, range=draw(st.sampled_from([None, (F(-2), F(-1, 2))])),
                           markers=draw(st.sampled_from([(), ("县安委办", "消防大队")])),
                           reason_required=draw(st.booleans()), unmarked_is_full=draw(st.booleans()))  # fmt: skip
        case "否决":
            return Scoring(
                form,
                None,
                required,
                threshold=draw(_numbers),
                effects=("名次末位",),
                saying=draw(st.sampled_from(["", "一票否决"])),
            )
    return Scoring(form, None, required, sayings=((F(0), "通报"), (draw(_numbers), "约谈")))


@given(scorings())
def test_what_is_written_is_read_as_the_same(how: Scoring) -> None:
    full = "" if how.full is None else scoring_text.decimal(how.full)
    assert scoring_text.read(how.form, full, scoring_text.written(how)) == how
