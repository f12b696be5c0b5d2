"""The letter: every rule's sentence as it must read, and no sentence that the figures contradict."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin import annex_titles, findings, notice, progress, ranking, sentences, wording
from anjian_cli.bulletin.chat import LONGEST, chat
from anjian_cli.bulletin.findings import Field, Placed
from anjian_cli.bulletin.value import (
    Bulletin,
    Category,
    CategoryRow,
    Correction,
    Filings,
    IndicatorTable,
    Office,
    OwnScheme,
    OwnText,
    Rescored,
    ScoreRow,
)
from anjian_cli.light_dataclasses import replace
from support.bulletin_builder import bulletin, known
from support.examples import examples
from support.letter_builder import PACE, UNITS, category, cell, of, table
from support.sweeps import sweep

CODES = {town.name: town.code for town in UNITS}


def field(*rates: Fraction | str | float, pace: Fraction = PACE) -> Field:
    """Towns in the office's order with these rates; from 1 on a town has finished."""
    values = {town.code: Fraction(rate) for town, rate in zip(UNITS, rates, strict=False)}
    ranks = ranking.places(values)
    found = [Placed(code, value, ranks.get(code), value - pace, value >= 1) for code, value in values.items()]
    gaps = {one.town: one.gap for one in found}
    lagging = ranking.laggards(ranks, gaps, 3, list(values), below_pace=True)
    return Field(tuple(sorted(found, key=lambda one: one.rank or 0)), lagging)


# --- a rule each


def test_r1_the_score_is_a_mean_in_fen_without_a_percent_sign() -> None:
    scores = (ScoreRow(UNITS[0].code, Fraction("80.344"), 1, None, 6, 0, ""),)
    said = sentences.mean_score(of(scores=scores, mean_score=Fraction("80.344")))
    assert "综合得分平均为80.34分" in said
    assert "80.34%" not in said


def test_r2_compared_with_the_pace_by_the_exact_fraction() -> None:
    def ahead(gap: Fraction) -> str:
        found = category("health", "职业卫生检测", [], total_rate=PACE + gap, gap=gap)
        return sentences.mean_score(of(found, mean_score=None))

    assert "职业卫生检测（83.33%）与序时进度持平" in ahead(Fraction(0))
    assert "职业卫生检测（83.33%）高于序时进度" in ahead(Fraction(1, 10**6))
    assert "职业卫生检测（83.33%）低于序时进度" in ahead(Fraction(-1, 10**6))


def test_r3_who_shares_a_place_that_does_not_fit_is_left_out() -> None:
    rates = [Fraction(90 - 2 * at, 100) for at in range(12)]
    assert [one.rank for one in field(*rates).leaders] == [1, 2, 3]
    rates[2] = rates[3]
    assert [one.rank for one in field(*rates).leaders] == [1, 2]
    rates[9] = rates[10] = rates[8]
    assert [one.rank for one in field(*rates).lagging] == [12]


def test_r3_who_lags_are_those_of_the_bulletin_and_are_last_where_they_stand_last() -> None:
    def said(*lagging: int) -> str:
        scores = tuple(_scored(Fraction(90 - at), at + 1, None, at) for at in range(16))
        made = known(bulletin(3, laggards=tuple(UNITS[at].code for at in lagging)))
        return sentences.places(replace(made, scores=scores))

    first = "综合得分居前三位的是东城街道（90.00分）、西城街道（89.00分）、江南街道（88.00分）"
    towns = [f"{UNITS[at].name}（{90 - at}.00分）" for at in range(16)]
    assert said(13, 14, 15) == f"{first}，居后三位的是{'、'.join(towns[13:])}。"
    assert said(14, 15) == f"{first}，居后两位的是{'、'.join(towns[14:])}。"
    assert said(15) == f"{first}，居末位的是{towns[15]}。"
    assert said(12, 13, 14, 15) == f"{first}，居后四位的是{'、'.join(towns[12:])}。"
    assert said(13, 14) == f"{first}，落后的是{towns[13]}、{towns[14]}。"
    assert said() == f"{first}。"


def _scored(score: Fraction, rank: int, last: int | None, at: int) -> ScoreRow:
    return ScoreRow(UNITS[at].code, score, rank, last, 6, 0, "")


def test_r4_three_places_are_named_two_are_not_and_none_without_a_last_place() -> None:
    lasts = [4, 5, None, 2, 7, 6, 4, *range(8, 17)]
    rows = tuple(_scored(Fraction(90 - at), at + 1, last, at) for at, last in enumerate(lasts))
    said = sentences.places(bulletin(0, scores=rows))
    assert said.endswith("与9月份相比，东城街道、西城街道各上升3位，古山镇下降3位。")
    assert "与9月份相比" not in sentences.places(bulletin(0, scores=tuple(replace(r, last_rank=None) for r in rows)))


HIGH = [Fraction(9, 10)] * 3


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ([Fraction(89 - at, 100) for at in range(6)], "各镇（街、区）均达到序时进度。"),
        ([*HIGH, "0.8", "0.7"], "前仓镇（70.00%）低于序时进度。"),
        (
            [*HIGH, *(Fraction(80 - 2 * at, 100) for at in range(6))],
            "6个镇（街、区）低于序时进度，其中古山镇（74.00%）、方岩镇（72.00%）、龙山镇（70.00%）居后三位。",
        ),
        (
            [*HIGH, "0.8", "0.78", "0.76", "0.74", "0.72"],
            "石柱镇（80.00%）、前仓镇（78.00%）、舟山镇（76.00%）、古山镇（74.00%）、方岩镇（72.00%）低于序时进度。",
        ),
        (
            ["0.9", "0.85", "0.5", "0.49", "0.4"],
            "仅东城街道（90.00%）、西城街道（85.00%）达到序时进度；石柱镇（49.00%）、前仓镇（40.00%）不足50%。",
        ),
        (
            ["0.5", "0.6", "0.7", "0.8", "0.81", "0.82"],
            "各镇（街、区）均低于序时进度，其中江南街道（70.00%）、西城街道（60.00%）、东城街道（50.00%）居后三位。",
        ),
    ],
)  # fmt: skip
def test_r5_below_the_pace(rates: list[Fraction | str], said: str) -> None:
    assert progress.standing(bulletin(0), field(*rates)).endswith(said)


def test_r6_finished_is_not_a_hundred_percent() -> None:
    said = progress.standing(bulletin(0), field(1, 1, "0.9", "0.8", "0.7", "0.9", "0.9"))
    assert said.startswith("东城街道、西城街道已全部完成；")
    assert "100.00%" not in said
    assert progress.standing(bulletin(0), field(1, 1, 1)) == "各镇（街、区）均已全部完成。"
    only = progress.standing(bulletin(0), field(1, "0.4", "0.3"))
    assert only == "仅东城街道（已全部完成）达到序时进度；西城街道（40.00%）、江南街道（30.00%）不足50%。"


def test_r6_finished_is_all_that_was_asked_of_whom_anything_was() -> None:
    kinds = [
        table("a", "甲", [cell(5, 5), cell(4, 5), cell(6, 5)], cell(15, 15)),
        table("b", "乙", [cell(1)] * 3, cell(3)),
    ]
    rows = tuple(CategoryRow(unit.code, Fraction(1), 1, None, Fraction(1, 6)) for unit in UNITS[:3])
    found = findings.field_of(category("special", "", kinds, rows=rows))
    assert [one.finished for one in found.towns] == [True, False, True]


def test_r22_what_an_office_asks_beside_its_score_has_its_paragraph_and_annex() -> None:
    tables = [
        table("锂.列入", "锂电池列入", [cell(3)], cell(3, this_month=1)),
        table("锂.验收", "锂电池验收", [cell(1, 4)], cell(1, 4), scored=False),
    ]
    aside = category("锂", "锂电池专项", tables, scored=False)
    silent = category("空", "没有数的", [table("空", "空", [cell(0)], cell(0))], scored=False)
    accidents = category("sg", "事故控制", [
        table("甲", "事故起数", [cell(1)], cell(1), like="accident.count"),
        table("乙", "死亡人数", [cell(1)], cell(1), like="accident.deaths"),
    ], scored=False)  # fmt: skip
    own = OwnScheme("示例办法", "", "百分制", "")
    found = of(aside, silent, accidents, scheme=own)
    assert annex_titles.of_figures(found) == [aside, accidents]
    (_, paragraphs) = notice._sections(found)[1]
    assert [(one.heading, one.text) for one in paragraphs] == [
        (
            "（一）锂电池专项（不计入综合得分）。",
            "锂电池列入累计完成3家，本月完成1家；锂电池验收累计完成1家，为年度任务4家的25.00%。",
        )
    ]
    assert not annex_titles.of_figures(of(aside))  # the scheme that every ledger has stays as it was


@pytest.mark.parametrize(("net", "said"), [(-3, "较上月净减3家次"), (4, "较上月净增4家次"), (0, "与上月持平")])
def test_r7_a_stock_is_there_and_is_not_done(net: int, said: str) -> None:
    kinds = [
        table("trusteeship.喷涂", "喷涂", [cell(1, 2)], cell(80, 100, this_month=net), kind="stock"),
        table("trusteeship.涉氨", "涉氨", [cell(1, 2)], cell(33, 40, this_month=0), kind="stock"),
    ]
    found = category("trusteeship", "安全生产社会化服务", kinds, total_rate=Fraction(4, 5), gap=Fraction(-1, 30))
    text = progress.trusteeship(of(found), found)
    assert text.startswith(f"10月底，在托喷涂企业80家、涉氨企业33家，共113家次，{said}，")
    assert "新增" not in text
    assert "完成年度" not in text


@pytest.mark.parametrize(
    ("filed", "fine", "said"),
    [
        ((82, 60), (274_700_000, 182_700_000), "，同比分别增长36.67%和50.36%"),
        ((82, 82), (5, 5), "，同比均持平"),
        ((82, 0), (5, 5), "，立案上年同期为0，处罚金额同比持平"),
        ((30, 60), (200, 100), "，立案同比下降50%，处罚金额同比增长100%"),
        ((30, None), (200, None), ""),
        ((30, None), (200, 100), "，处罚金额同比增长100%"),
    ],
)
def test_r8_against_last_year(filed: tuple[int, int | None], fine: tuple[int, int | None], said: str) -> None:
    pair = [cell(now, last_year=before) for now, before in (filed, fine)]
    assert sentences.compared((pair[0], "立案"), (pair[1], "处罚金额"), "count") == said


@pytest.mark.parametrize(
    ("done", "last_year", "said"),
    [
        (0, None, ""),
        (0, 3, "1—10月，全市未发生生产安全事故。"),
        (2, None, "1—10月，全市发生生产安全事故2起、死亡0人。"),
    ],
)
def test_r8_an_empty_register_does_not_say_that_nothing_happened(done: int, last_year: int | None, said: str) -> None:
    tables = [
        table(f"accident.{name}", name, [], cell(number, last_year=last_year))
        for name, number in (("count", done), ("deaths", 0))
    ]
    assert sentences.accidents(of(category("accident", "生产安全事故", tables, scored=False))) == said
    filed = [table(f"case.{name}", name, [], cell(done, last_year=last_year)) for name in ("filed", "fine")]
    assert bool(sentences.cases(of(category("case", "监管执法", filed, scored=False)))) == bool(said)


def test_r9_what_is_not_scored_says_why() -> None:
    reason = "三级复评按年终节点考核，本月不计分"
    found = category("standard", "安全标准化创建", [
        table("standard.reached.三级复评", "三级复评", [cell(0, 5)], cell(0, 5), scored=False, unscored_reason=reason)
    ])  # fmt: skip
    assert progress.unscored(found) == f"{reason}。"


def test_r10_what_is_of_another_day_begins_with_that_day() -> None:
    reached = table(
        "standard.reached.三级新创", "三级新创", [cell(129, 200)], cell(129, 200, last_month=108, this_month=21)
    )
    found = category("standard", "安全标准化创建", [reached], total_rate=Fraction(129, 200), gap=Fraction(-113, 600))
    said = progress.standard(of(found), found)
    assert said == (
        "截至9月底，三级标准化达标108家。10月新增三级达标21家，累计129家。"
        "三级新创完成年度任务的64.50%，低于序时进度18.83个百分点。"
    )
    assert "截止" not in said


def test_r11_owed_to_the_pace_is_rounded_up_and_never_the_year() -> None:
    done = [8, 12, 10, 4, 16, 16, 3, 3]
    asked = [16, 20, 18, 10, 18, 18, 4, 4]
    cells = [cell(d, t, this_month=m) for d, t, m in zip(done, asked, [1, 1, 1, 0, 1, 1, 0, 1], strict=True)]
    found = category("standard", "", [table("standard.reached.三级新创", "三级新创", cells, cell(72, 108))])
    slow = sentences.slow(of(found, towns=UNITS[:8]))
    assert slow == (
        "三级新创普遍滞后。",
        "6个镇（街道）低于序时进度，其中东城街道尚欠序时6家，西城街道、江南街道、石柱镇各尚欠5家；"
        "石柱镇、古山镇10月份无新增。",
    )


def test_r11_who_owes_as_much_as_one_that_no_longer_fits_is_not_named() -> None:
    cells = [cell(0, asked, this_month=1) for asked in (12, 6, 6, 4, 4, 1)]
    found = category("standard", "", [table("standard.reached.三级新创", "三级新创", cells, cell(0, 33))])
    slow = sentences.slow(of(found, towns=UNITS[:6]))
    assert slow is not None
    assert slow[1] == "各镇（街道）均低于序时进度，其中东城街道尚欠序时10家，西城街道、江南街道各尚欠5家。"


def test_r12_five_categories_below_are_named() -> None:
    def rows(*below: int) -> tuple[CategoryRow, ...]:
        gaps = [Fraction(-1, 10) if at in below else Fraction(1, 10) for at in range(4)]
        return tuple(
            CategoryRow(town.code, Fraction(1, 2), 1, None, gap) for town, gap in zip(UNITS, gaps, strict=False)
        )

    lags = [rows(0, 1, 2), rows(0, 1, 2), rows(0, 1), rows(0, 1, 3), rows(0, 1, 3), rows(0, 3)]
    found = of(*(category(str(at), str(at), [], rows=each) for at, each in enumerate(lags)))
    assert sentences.often_behind(found) == "东城街道参评的六项工作均低于序时进度，西城街道有5项低于序时进度。"


def fallen_due(**numbers: int) -> list[IndicatorTable]:
    return [table(f"hazard.{name}", name, [], cell(done)) for name, done in numbers.items()]


def test_r13_what_fell_due_is_the_sum_of_four_each_read_from_its_table() -> None:
    tables = fallen_due(
        due_of_year=1286, on_time_of_year=1241, late_of_year=18, awaiting=5, overdue=22,
        overdue_carried=4, overdue_extended=0, overdue_sent_back=3,
    )  # fmt: skip
    found = category("hazard", "隐患排查治理", tables, scored=False)
    assert sentences.rectification(of(found)) == (
        "截至10月底，全市到期应整改隐患1286条，按期整改1241条，按期整改率96.50%；逾期后整改18条，已整改待验收5条，"
        "逾期仍未整改22条（其中上年转入4条、退回重改3条）。"
    )


def test_r13_a_month_stored_before_says_what_it_said() -> None:
    tables = fallen_due(due_of_year=1286, on_time_of_year=1241, late_of_year=18, overdue=25)
    listed = table("hazard.listed", "挂牌", [cell(1), cell(0), cell(1)], cell(2))
    found = category("hazard", "隐患排查治理", [*tables, listed], scored=False)
    assert sentences.rectification(of(found)) == (
        "截至10月底，全市到期应整改隐患1286条，按期整改1241条，按期整改率96.50%；逾期后整改18条，逾期仍未整改27条。"
        "挂牌督办在办隐患2条，分别在东城街道、江南街道。"
    )


@pytest.mark.parametrize(("on_time", "late", "said"), [(9, 0, False), (8, 1, True), (8, 0, True)])
def test_r13_is_a_problem_only_where_something_was_late(on_time: int, late: int, said: bool) -> None:
    numbers = {"due": 9, "on_time": on_time, "late": late}
    tables = [table(f"hazard.{name}_of_year", name, [], cell(done)) for name, done in numbers.items()]
    assert bool(sentences.rectification(of(category("hazard", "", tables, scored=False)))) == said


@pytest.mark.parametrize(
    ("late", "overdue", "heading"),
    [(0, 0, "隐患整改待验收。"), (1, 0, "隐患整改有逾期。"), (0, 1, "隐患整改有逾期。")],
)
def test_r13_what_only_waits_for_acceptance_is_not_called_overdue(late: int, overdue: int, heading: str) -> None:
    tables = fallen_due(
        due_of_year=9, on_time_of_year=7, late_of_year=late, awaiting=2 - late - overdue, overdue=overdue
    )
    letter = notice.notice(of(category("hazard", "隐患排查治理", tables, scored=False)))
    headings = [paragraph.heading for section in letter.sections for paragraph in section.paragraphs]
    assert [each for each in headings if "隐患整改" in each] == [f"（一）{heading}"]


def test_r14_three_things_apart_and_a_nil_report_is_none() -> None:
    a, b, c, d = (town.code for town in UNITS[:4])
    found = replace(of(), filings=Filings((a,), (b,), (c, d), (c,), (b,)))
    assert sentences.filings(found) == (
        "东城街道未报送10月份报表；西城街道未按时报送10月份报表；"
        "江南街道10月份报表经退回后补正；石柱镇10月份报表退回后尚未补正。"
    )
    assert sentences.filings(replace(found, filings=Filings((), (), (), (), (a,)))) == ""


def test_r15_a_correction_says_what_it_did_to_score_and_place() -> None:
    town = UNITS[13].code
    wrong = Correction("2018-09", "trusteeship.涉氨", town, 4, 3, False)
    again = Rescored("2018-09", town, Fraction("74.5"), Fraction("73.25"), 12, 12)
    said = sentences.corrected(bulletin(0, corrections=(wrong,), rescored=(again,)))
    assert said == ("更正：9月份通报中芝英镇涉氨4家更正为3家；9月芝英镇综合得分由74.50分更正为73.25分，名次不变。")
    moved = sentences.corrected(bulletin(0, corrections=(wrong,), rescored=(replace(again, now_rank=14),)))
    assert moved.endswith("名次由第12名更正为第14名。")
    assert sentences.corrected(bulletin(0, corrections=(wrong,), rescored=())).endswith("综合得分和名次不变。")
    # It stands at the end of the first section.
    whole = notice.notice(bulletin(0, corrections=(wrong,), rescored=()))
    assert whole.sections[0].paragraphs[-1].rules == ("R15",)


@sweep("seed", range(6), keep=2)
def test_r16_numbers_are_plain(seed: int) -> None:
    text = _text(bulletin(seed))
    assert not re.search(r"\d,\d{3}", text)
    assert not re.search(r"[０-９]", text)
    assert "1—10月" in text
    assert "(街、区)" not in text


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (6, "全市超额完成任务，为年度任务的120.00%，高于序时进度36.67个百分点。"),
        (5, "全市任务已全部完成，高于序时进度16.67个百分点。"),
        (4, "完成年度任务的80.00%，低于序时进度3.33个百分点。"),
    ],
)
def test_more_than_was_asked_is_shown_as_it_is(done: int, said: str) -> None:
    one = table("training.负责人", "负责人", [cell(done, 5)], cell(done, 5), unit="人次")
    found = category("training", "", [one], total_rate=min(Fraction(1), Fraction(done, 5)), gap=Fraction(0))
    assert progress.training(of(found), found) == f"累计培训{done}人次，{said}"


def test_a_running_month_is_measured_against_its_end() -> None:
    running = bulletin(0, finished=False, as_of="2018-10-15")
    assert sentences.mean_score(running).startswith("10月底序时进度为83.33%。")


# --- the parts of the letter


def test_the_clerks_words_follow_the_sentences_and_take_the_place_of_the_demands() -> None:
    office = Office("永安委办", "各镇人民政府：", "市委办公室", "联系人：甲", 15, 12)
    own = (OwnText(1, "补充一。\n补充二。"), OwnText(4, "（一）按要求办。"))
    found = notice.notice(bulletin(0, texts=own, office=office))
    assert [(p.text, p.own) for p in found.sections[0].paragraphs[-2:]] == [("补充一。", True), ("补充二。", True)]
    assert found.sections[0].paragraphs[0].rules == ("R1", "R2")
    assert [p.text for p in found.sections[-1].paragraphs] == ["（一）按要求办。"]
    assert found.sections[-1].title.endswith("、下步工作要求")
    assert (found.number, found.copies, found.contact) == (
        "永安委办〔2018〕　　号",
        "抄送：市委办公室。",
        "（联系人：甲）",
    )
    demands = notice.notice(bulletin(0, office=office)).sections[-1].paragraphs
    assert "11月15日前书面报市安委办" in demands[0].text
    assert "11月12日前附佐证材料" in demands[-1].text


def test_a_draft_is_signed_with_the_day_of_its_data() -> None:
    made = replace(bulletin(0), known_at="2018-11-02T16:30:00Z")  # half past midnight in Beijing
    for state, signed, printed in (
        ("", "2018年11月3日核对稿", ""),
        ("closed", "2018年11月3日核对稿", ""),
        ("issued", "2018年11月5日", "2018年11月5日印发"),
        ("withdrawn", "", ""),
    ):
        of_state = replace(made, state=state, issued_on="2018-11-05" if state == "issued" else "")
        found = notice.notice(of_state)
        assert (found.signed_on, found.printed_on) == (signed, printed)


def test_what_follows_for_who_lags_is_said_in_the_offices_words() -> None:
    office = Office("永安委办", "", "", "", 15, 12)
    found = next(made for made in map(bulletin, range(8)) if made.laggards)
    names = sentences.names(found, found.laggards)

    def last(consequence: str, made: Bulletin) -> str:
        asked = replace(made, office=replace(office, consequence=consequence))
        paragraph = notice.notice(asked).sections[-1].paragraphs[-1]
        return paragraph.heading + paragraph.text

    words = "予以通报批评，并约谈主要负责人"
    assert last(f"{words}。", found).endswith(f"）通报约谈。对{names}{words}。")
    assert "通报约谈" not in last("", found)
    assert "通报约谈" not in last(words, replace(found, laggards=()))
    assert last(words, replace(found, texts=(OwnText(4, "（一）按要求办。"),))) == "（一）按要求办。"


@pytest.mark.parametrize("section", [1, 2, 3])
def test_the_clerks_words_follow_ours_in_every_section_that_is_ours(section: int) -> None:
    found = replace(bulletin(0), texts=(OwnText(section, "补充一。\n补充二。"),))
    theirs = notice.notice(found).sections[section - 1].paragraphs
    ours = notice.notice(replace(found, texts=())).sections[section - 1].paragraphs
    assert theirs[: len(ours)] == ours
    assert [(one.text, one.own) for one in theirs[len(ours) :]] == [("补充一。", True), ("补充二。", True)]


def test_sections_and_paragraphs_are_numbered_as_far_as_they_say_anything() -> None:
    reached = table("standard.reached.三级新创", "三级新创", [cell(0, 12), cell(5, 5)], cell(5, 17))
    behind = CategoryRow(UNITS[0].code, Fraction(0), 2, None, -PACE)
    ahead = [CategoryRow(unit.code, Fraction(1), 1, None, 1 - PACE) for unit in UNITS[:2]]
    standard = category("standard", "安全标准化创建", [reached], rows=(behind, ahead[1]))
    health = category("health", "职业卫生检测", [table("health.tested", "已检", [cell(5, 5)] * 2, cell(10, 10))])
    filed = [table(f"case.{name}", name, [], cell(3)) for name in ("filed", "fine")]
    made = of(
        standard,
        replace(health, rows=tuple(ahead)),
        category("case", "监管执法", filed, scored=False),
        scores=(_scored(Fraction(90), 1, None, 1), _scored(Fraction(70), 2, None, 0)),
        towns=UNITS[:2],
    )
    letter = notice.notice(made)
    assert [(each.title, [p.heading for p in each.paragraphs]) for each in letter.sections] == [
        ("一、总体情况", ["（一）重点工作。", "", "（二）监管执法。"]),
        ("二、各项工作进展", ["（一）安全标准化创建。", "（二）职业卫生检测。"]),
        ("三、存在问题", ["（一）三级新创普遍滞后。"]),
        ("四、下步工作要求", ["（一）补齐短板。", "（二）攻坚弱项。", "（三）规范报送。"]),
    ]
    assert not any(p.own for each in letter.sections for p in each.paragraphs)
    assert letter.title[1] == "关于2018年10月份全市安全生产重点工作"
    assert letter.opening.startswith("根据安全生产重点工作每月通报机制，现将2018年10月份全市")
    assert letter.attachments[0] == "2018年10月份安全生产重点工作综合排名表"
    nothing_wrong = notice.notice(of())
    assert [each.title for each in nothing_wrong.sections] == ["一、总体情况", "二、下步工作要求"]
    assert [p.heading for p in nothing_wrong.sections[-1].paragraphs] == ["（一）规范报送。"]


def test_towns_answer_in_the_month_after() -> None:
    assert notice.reply_days(of()) == ("11月15日", "11月12日")
    assert notice.reply_days(of(month="2018-12")) == ("1月15日", "1月12日")


def test_it_ends_in_the_digits_by_which_the_ledger_is_known_again() -> None:
    assert notice.notice(bulletin(0)).witness == "核验码：3f9a 1b2c 4d5e 6f70"
    assert notice.notice(replace(bulletin(0), witness="")).witness == "核验码：—"


def test_every_page_is_marked_until_the_month_is_issued() -> None:
    assert notice.notice(bulletin(0)).mark == "核对稿　数据时点2018-11-02 16:30"
    assert notice.notice(bulletin(0, state="closed")).mark == "核对稿（已定稿，未印发）　数据时点2018-11-02 16:30"
    issued = bulletin(0, state="issued", document_number="永安委办〔2018〕15号", issued_on="2018-11-05")
    found = notice.notice(issued)
    assert (found.mark, found.number, found.signed_on) == ("", "永安委办〔2018〕15号", "2018年11月5日")


@sweep("seed", range(4), keep=2)
def test_the_message_for_the_group_is_short(seed: int) -> None:
    said = chat(bulletin(seed, state="issued", document_number="永安委办〔2018〕15号"))
    assert len(said) <= LONGEST
    assert "\n" not in said


# --- no sentence that the figures contradict


def _text(found: Bulletin) -> str:
    return "\n".join(p.heading + p.text for section in notice.notice(found).sections for p in section.paragraphs)


@pytest.mark.unmeasured
@examples(60)
@given(st.integers(0, 10**6), st.integers(1, 16))
def test_no_sentence_contradicts_the_figures(seed: int, count: int) -> None:
    """The sentences are taken apart again and held against the bulletin, without the findings they were made from."""
    found = bulletin(seed, count)
    letter = notice.notice(found)
    told = {
        p.heading.partition("）")[2].rstrip("。"): p.text for s in letter.sections for p in s.paragraphs if p.heading
    }
    assert "None" not in _text(found)
    for each in found.categories:
        if each.title in told and each.scored:
            _hold(found, each, told[each.title])
    _hold_scores(found, told["重点工作"] + "".join(p.text for p in letter.sections[0].paragraphs if not p.heading))


def _hold(found: Bulletin, each: Category, said: str) -> None:
    rows = {row.town: row for row in each.rows if row.rate is not None}
    below = {code for code, row in rows.items() if row.gap is not None and row.gap < 0}
    for name, rate in re.findall(r"([^、，。；：其中仅]+)（(\d+\.\d\d)%）", said):
        row = rows[CODES[name]]
        assert wording.percent(row.rate) == f"{rate}%"
    if counted := re.search(rf"(\d+)个{found.units}低于序时进度", said):
        assert int(counted[1]) == len(below)
    if "均达到序时进度" in said:
        assert not below
    if "均低于序时进度" in said:
        assert below == set(rows)
    if "均已全部完成" in said:
        assert all(_finished(each, found, code) for code in rows)
    for listed, where in re.findall(r"；?([^；。]*?)居(前|后)[一两三]位", said):
        named = [CODES[name] for name, _ in re.findall(r"([^、，。；其中]+)（(\d+\.\d\d)%）", listed)]
        ranks = sorted(row.rank or 0 for row in rows.values())
        own = [rows[code].rank or 0 for code in named]
        assert own == sorted(own)
        assert sorted(own) == (ranks[: len(own)] if where == "前" else ranks[-len(own) :])
        others = [row.rank or 0 for code, row in rows.items() if code not in named]
        assert not set(own) & set(others)
        if where == "后" and "其中" in listed:
            assert set(named) <= below
    if only := re.search(r"仅([^；。]*)达到序时进度", said):
        reached = {CODES[name] for name, _ in re.findall(r"([^、，仅]+)（([^）]*)）", only[1])}
        assert reached == set(rows) - below
    if half := re.search(r"；([^；。]*)不足50%", said):
        under = {code for code, row in rows.items() if (row.rate or 0) < Fraction(1, 2)}
        if several := re.fullmatch(rf"(\d+)个{found.units}", half[1]):
            assert int(several[1]) == len(under)
        else:
            assert {CODES[name] for name, _ in re.findall(r"([^、，]+)（([^）]*)）", half[1])} == under
    if done := re.search(r"([^；。]*?)已全部完成；", said):
        for name in done[1].split("、"):
            if name in CODES:
                assert _finished(each, found, CODES[name])
    # The category's own rate is a mean of capped ones; one indicator alone is told as it is, also beyond its task.
    alone = [t for t in each.indicators if t.scored and any(cell.target for cell in t.cells)]
    rate, gap = (alone[0].total.rate, alone[0].total.gap) if len(alone) == 1 else (each.total_rate, each.gap)
    if told := re.search(r"(?:任务的|应指导数的|，完成|平均为)(\d+\.\d\d)%，", said):
        assert told[1] == wording.decimal((rate or Fraction(0)) * 100)
    if gap is not None and (lead := re.search(r"(高于|低于)序时进度(\d+\.\d\d)个百分点", said)):
        assert (lead[1] == "高于") == (gap > 0)
        assert lead[2] == wording.decimal(abs(gap) * 100)


def _finished(each: Category, found: Bulletin, code: str) -> bool:
    at = [town.code for town in found.towns].index(code)
    rates = [t.cells[at].rate for t in each.indicators if t.scored]
    return all(rate >= 1 for rate in rates if rate is not None)


def _hold_scores(found: Bulletin, said: str) -> None:
    rows = {row.town: row for row in found.scores if row.rank is not None}
    for name, score in re.findall(r"([^、，。是]+)（(\d+\.\d\d)分）", said):
        assert wording.score(rows[CODES[name]].score) == score
    for way, names_, by in (
        (1, names_, int(by)) for names_, by in re.findall(r"[，、]([^，。]*?)各?上升(\d+)位", said)
    ):
        _hold_moves(rows, names_, way * by)
    for names_, by in re.findall(r"[，、]([^，。]*?)各?下降(\d+)位", said):
        _hold_moves(rows, names_, -int(by))


def _hold_moves(rows: dict[str, ScoreRow], names_: str, by: int) -> None:
    for name in names_.split("、"):
        row = rows[CODES[name]]
        assert row.last_rank is not None
        assert row.rank is not None
        assert row.last_rank - row.rank == by
        assert abs(by) >= findings.MOVED
