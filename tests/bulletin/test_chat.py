"""The message for the group: what it says in which order, and what no longer fits."""

from __future__ import annotations

from fractions import Fraction

from anjian_cli.bulletin.chat import LONGEST, chat
from anjian_cli.bulletin.value import Bulletin, CategoryRow, OwnText
from anjian_cli.light_dataclasses import replace
from support.letter_builder import PACE, UNITS, category, of

BEGINS = "【10月安全生产重点工作通报】截至10月31日，序时进度83.33%"


def with_gaps(*gaps: Fraction | None) -> Bulletin:
    """A category for each distance from the pace: 甲, 乙, …; one town in each."""
    found = []
    for title, gap in zip("甲乙丙丁戊", gaps, strict=False):
        rate = None if gap is None else PACE + gap
        rows = (CategoryRow(UNITS[0].code, rate, 1, None, gap),)
        found.append(category(title, title, [], total_rate=rate, gap=gap, rows=rows))
    return of(*found, scores=(), mean_score=None, document_number="", state="issued")


def test_categories_below_the_pace_the_farthest_first() -> None:
    said = chat(with_gaps(Fraction(-1, 200), None, Fraction(0), Fraction(-1, 3), Fraction(1, 200)))
    assert said.startswith(f"{BEGINS}。低于序时进度的：丁50.00%、甲82.83%。请综合得分居后和单项低于序时的镇（街、区）")


def test_where_none_is_below_nothing_is_asked() -> None:
    said = chat(with_gaps(Fraction(0), Fraction(1, 12)))
    assert said.startswith(f"{BEGINS}。有异议的")


def test_where_the_clerk_asks_in_own_words_no_other_day_is_named() -> None:
    found = with_gaps(Fraction(-1, 3))
    said = chat(replace(found, texts=(OwnText(4, "（一）11月20日前报整改方案。"),)))
    assert said.startswith(f"{BEGINS}。低于序时进度的：甲50.00%。下步工作要求见通报。")
    assert "15日" not in said
    assert "12日" not in said
    assert "11月15日前报补差计划。有异议的11月12日前" in chat(replace(found, texts=(OwnText(3, "补充。"),)))


def test_the_mean_score_is_told_where_there_is_one() -> None:
    assert chat(replace(with_gaps(), mean_score=Fraction(80))).startswith(f"{BEGINS}，全市综合得分平均80.00分。")


def test_what_no_longer_fits_is_left_out() -> None:
    found = with_gaps()
    room = LONGEST - len(chat(found)) - len("详见及附件。")
    fits, beyond = ("号" * (room + more) for more in (0, 1))
    assert len(chat(replace(found, document_number=fits))) == LONGEST == 300
    assert chat(replace(found, document_number=beyond)) == chat(found)
