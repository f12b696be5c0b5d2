"""How single values are read: every form that offices send, and every reason for a refusal."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from anjian_cli.errors import Fault, Misread
from anjian_cli.records import amounts, codes, days, filing, masking, trusteeship, values
from anjian_cli.records.accident import ten_thousand_yuan
from support.plain_environment import plain_environment

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
TODAY = "2018-11-02"


def refusal(parser: Callable[..., Any], *given: Any) -> str:
    """The code a parser refuses a text with; its message must be printable with the words it carries."""
    with pytest.raises(Misread) as caught:
        parser(*given)
    assert str(Fault(caught.value.code, caught.value.words, given[0]))
    return caught.value.code


# --- text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  芝英镇　", "芝英镇"),
        ("\ufeff芝英镇\u200b", "芝英镇"),
        ("芝\u200b英镇", "芝英镇"),
        ("ＡＢ１２（x）", "AB12(x)"),
        ("第一行\r\n第二行\t完", "第一行 第二行 完"),
        ("一\u2028二", "一 二"),
        ("\u00a0a\u00a0", "a"),
        ("", ""),
    ],
)
def test_clean(typed: str, read: str) -> None:
    assert values.clean(typed) == read


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
@pytest.mark.parametrize("parser", [values.clean, values.name, days.day, codes.credit_code, amounts.money])
def test_control_characters_are_refused(parser: Callable[[str], Any], char: str) -> None:
    assert refusal(parser, f"永康{char}市") == "E201"


def test_text_keeps_chinese_punctuation_and_narrows_letters_and_digits() -> None:
    typed = "　三号车间（东），除尘“未开”：ＰＭ２．５超标；见图。\n"
    assert values.text(100)(typed) == "三号车间（东），除尘“未开”：PM2．5超标；见图。"


def test_text_limit_counts_characters() -> None:
    assert values.text(3)("一二三　") == "一二三"
    with pytest.raises(Misread) as caught:
        values.text(3)("一二三四")
    assert (caught.value.code, caught.value.words) == ("E204", {"limit": 3})
    assert len(values.text()("字" * 500)) == 500
    assert refusal(values.text(), "字" * 501) == "E204"
    assert refusal(values.name, "字" * 101) == "E204"
    assert refusal(values.name, "\u200b") == "E202"


def test_text_keeps_rare_characters() -> None:
    assert values.name("𠮷野家\ue000㐂") == "𠮷野家\ue000㐂"


# --- days


@pytest.mark.parametrize(
    "typed",
    [
        "2018-10-09",
        "2018-10-9",
        "2018/10/9",
        "2018.10.9",
        "2018年10月9日",
        "2018年10月9",
        "2018 年 10 月 9 日",
        "20181009",
        "２０１８－１０－０９",
        "２０１８年１０月９日",
        " 2018-10-09　",
        "2018–10–09",
        "2018年10月9号",
        "2018-10-09 00:00:00",
        "2018/10/9 0:00",
        "2018-10-09T08:30:00",
        "2018-10-09 00:00:00.000",
        "43382",
        "43382.0",
        "43382.5",
        "４３３８２",
    ],
)
def test_day(typed: str) -> None:
    assert days.day(typed) == "2018-10-09"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2018-13-2", "E211"),
        ("2018-02-30", "E211"),
        ("2018-2-29", "E211"),
        ("20180931", "E211"),
        ("2018-0-1", "E211"),
        ("2018-1-0", "E211"),
        ("1900-02-29", "E211"),
        ("1899-12-31", "E215"),
        ("2200-01-01", "E215"),
        ("0000-00-00", "E215"),
        ("10-28", "E216"),
        ("10.28", "E216"),
        ("10月28日", "E216"),
        ("10/28", "E216"),
        ("", "E212"),
        ("同上", "E212"),
        ("2018-10", "E212"),
        ("2018年10月", "E212"),
        ("18-10-9", "E212"),
        ("10/9/2018", "E212"),
        ("2018-10-09-1", "E212"),
        ("2018-10-09 25", "E212"),
        ("2018-10-09 上午", "E212"),
        ("10:30", "E212"),
        ("19999", "E212"),
        ("80001", "E212"),
        ("2018-10/09", "E212"),
        ("28日", "E212"),
        ("2018-010-09", "E212"),
        ("-1", "E212"),
        ("٢٠١٨-١٠-٠٩", "E212"),
        ("今天", "E212"),
        ("13-45", "E212"),
    ],
)
def test_day_refused(typed: str, code: str) -> None:
    assert refusal(days.day, typed) == code


@pytest.mark.parametrize(("typed", "why"), [("2018-13-2", "没有13月"), ("2018-2-30", "2018年2月没有30日")])
def test_day_says_why(typed: str, why: str) -> None:
    with pytest.raises(Misread) as caught:
        days.day(typed)
    assert caught.value.words == {"why": why}


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
def test_every_day_is_read_in_every_form(that: datetime.date) -> None:
    for form in (
        "{0.year}-{0.month:02}-{0.day:02}",
        "{0.year}/{0.month}/{0.day}",
        "{0.year}年{0.month}月{0.day}日",
    ):
        assert days.day(form.format(that)) == that.isoformat()
    serial = (that - datetime.date(1899, 12, 30)).days
    if 20000 <= serial <= 80000:
        assert days.day(str(serial)) == that.isoformat()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("今天", "2018-11-02"),
        ("昨天", "2018-11-01"),
        ("前天", "2018-10-31"),
        ("10-28", "2018-10-28"),
        ("10.28", "2018-10-28"),
        ("10/28", "2018-10-28"),
        ("10月28日", "2018-10-28"),
        ("11-2", "2018-11-02"),
        ("11-3", "2017-11-03"),
        ("12-31", "2017-12-31"),
        ("2-29", "2016-02-29"),
        ("2019-01-01", "2019-01-01"),
        ("43382", "2018-10-09"),
    ],
)
def test_spoken_day(typed: str, read: str) -> None:
    assert days.spoken_day(typed, TODAY) == read


def test_spoken_day_refused() -> None:
    assert refusal(days.spoken_day, "28日", TODAY) == "E212"
    assert refusal(days.spoken_day, "明天", TODAY) == "E212"
    with pytest.raises(Misread) as caught:
        days.spoken_day("2-30", TODAY)
    assert (caught.value.code, caught.value.words) == ("E211", {"why": "2月没有30日"})
    assert days.spoken_day("2-29", "2104-02-28") == "2096-02-29"


@given(st.dates(datetime.date(1910, 1, 1), datetime.date(2199, 12, 31)), st.integers(0, 365))
def test_spoken_day_is_the_latest_not_in_the_future(today: datetime.date, back: int) -> None:
    that = today - datetime.timedelta(back)
    said = datetime.date.fromisoformat(days.spoken_day(f"{that.month}-{that.day}", today.isoformat()))
    assert that <= said <= today
    assert (said.month, said.day) == (that.month, that.day)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10", (None, 10)),
        ("１０月", (None, 10)),
        ("1", (None, 1)),
        ("01", (None, 1)),
        ("10月份", (None, 10)),
        ("2018-10", (2018, 10)),
        ("2018-1", (2018, 1)),
        ("2018年10月", (2018, 10)),
        ("2018年1月", (2018, 1)),
        ("201810", (2018, 10)),
        ("2018.10", (2018, 10)),
        ("2018/10", (2018, 10)),
        ("上月", (2018, 10)),
        ("本月", (2018, 11)),
    ],
)
def test_month(typed: str, read: tuple[int | None, int]) -> None:
    assert days.month(typed, TODAY) == read


def test_last_month_of_january_is_december() -> None:
    assert days.month("上月", "2018-01-31") == (2017, 12)


@pytest.mark.parametrize(
    "typed",
    ["", "13", "0", "201813", "20181", "2018", "1810", "十月", "2018-10-1", "1899-10", "2200.1", "-1"],
)
def test_month_refused(typed: str) -> None:
    assert refusal(days.month, typed, TODAY) == "E108"


# --- codes


def check_character(body: str) -> str:
    """By the text of GB 32100-2015, straightforwardly: C18 = MOD(31 - MOD(sum Ci x Wi, 31), 31)."""
    total = 0
    weight = 1
    for char in body:
        total += ALPHABET.index(char) * weight
        weight = weight * 3 % 31
    return ALPHABET[(31 - total % 31) % 31]


characters = st.sampled_from(ALPHABET)
domestic = st.builds(
    str.__add__,
    st.text(st.sampled_from("0123456789"), min_size=8, max_size=8),
    st.text(characters, min_size=9, max_size=9),
)
any_body = st.text(characters, min_size=17, max_size=17)


@given(domestic, characters)
def test_credit_code_agrees_with_stdnum(body: str, last: str) -> None:
    code = body + last
    assume("XXXX" not in code)
    if uscc.is_valid(code):
        assert codes.credit_code(code) == code
    else:
        assert refusal(codes.credit_code, code) in {"E222", "E224"}


@given(any_body)
@example("N2330784MF0000001")
@example("Y1330784MF0000001")
@example("A1330784MF0000001")
def test_credit_code_of_every_authority(body: str) -> None:
    code = body + check_character(body)
    assume("XXXX" not in code)
    assert codes.credit_code(code) == code
    assert codes.credit_code(f" {code[:8].lower()} {code[8:]}\u3000") == code
    assert codes.credit_code("".join(chr(ord(c) + 0xFEE0) for c in code)) == code


@given(any_body, st.integers(0, 17), characters)
def test_one_wrong_character_is_always_found(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    assume(code[place] != other)
    spoilt = code[:place] + other + code[place + 1 :]
    assert refusal(codes.credit_code, spoilt) in ({"E224"} if "XXX" in spoilt else {"E222"})


GOOD = "91330784MA29MWX30" + check_character("91330784MA29MWX30")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9.13308E+17", "E221"),
        ("9.13308e+17", "E221"),
        ("9.13307841234567E+17", "E221"),
        ("9E17", "E221"),
        ("9.133078412345E+17", "E221"),
        ("330784000012345", "E223"),
        ("3307840000123", "E223"),
        ("３３０７８４００００１２３", "E223"),
        ("91330784****28xxxx", "E224"),
        ("91430281691828xxxx", "E224"),
        ("91430281691828XXXX", "E224"),
        ("9133078＊＊＊＊＊12345X", "E224"),
        ("33078400001xxxx", "E224"),
        ("91330784×××××××××X", "E224"),
        ("", "E225"),
        ("无", "E290"),
        (GOOD[:-1], "E225"),
        (GOOD + "0", "E225"),
        ("I" + GOOD[1:], "E225"),
        ("9133078400001", "E223"),
        ("12345678901234", "E225"),
        ("9.13308", "E225"),
        ("91330784MA29MWX-0", "E225"),
    ],
)
def test_credit_code_refused(typed: str, code: str) -> None:
    assert refusal(codes.credit_code, typed) == code


def test_four_x_mask_a_code_even_where_the_sum_fits() -> None:
    body = next(b for b in (f"914302816918{n:02}XXX" for n in range(100)) if check_character(b) == "X")
    assert refusal(codes.credit_code, body + "X") == "E224"


def test_the_right_check_character_is_never_printed() -> None:
    wrong = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
    with pytest.raises(Misread) as caught:
        codes.credit_code(wrong)
    assert caught.value.words == {}
    assert GOOD not in str(caught.value.fault(wrong))


def test_old_registration_length_is_said() -> None:
    with pytest.raises(Misread) as caught:
        codes.credit_code("330784000012345")
    assert caught.value.words == {"length": 15}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("3303021012389", "3303021012389"), (" ３３０２１２０００１８１７０２　", "330212000181702")],
)
def test_registration_number(typed: str, read: str) -> None:
    assert codes.registration_number(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3.30212E+14", "E221"),
        ("33030210123890", "E227"),
        ("企独浙总字第001号", "E227"),
        ("", "E227"),
        ("3302120****1702", "E224"),
    ],
)
def test_registration_number_refused(typed: str, code: str) -> None:
    assert refusal(codes.registration_number, typed) == code


@pytest.mark.parametrize(
    ("parser", "good", "length"),
    [
        (codes.region_code, "330784", 6),
        (codes.town_code, "330784115", 9),
        (codes.village_code, "330784115201", 12),
    ],
)
def test_region_codes(parser: Callable[[str], str], good: str, length: int) -> None:
    assert parser(f" {good}　") == good
    for bad in (good[:-1], good + "0", good[:-1] + "X", "", "٣" * length):
        with pytest.raises(Misread) as caught:
            parser(bad)
        assert caught.value.code == "E226"
        assert caught.value.words["length"] == length
        assert len(str(caught.value.words["example"])) == length


@pytest.mark.parametrize(("typed", "read"), [("C3351", "C3351"), ("c33", "C33"), ("Ｃ３３５", "C335"), ("T97", "T97")])
def test_industry_code(typed: str, read: str) -> None:
    assert codes.industry_code(typed) == read


@pytest.mark.parametrize("typed", ["", "C", "C3", "C33511", "3351", "U33", "CC33", "C33A", "C²²x"])
def test_industry_code_refused(typed: str) -> None:
    assert refusal(codes.industry_code, typed) == "E229"


# --- numbers


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("7,000", 700_000),
        ("274.7万元", 274_700_000),
        ("50万", 50_000_000),
        ("20000元", 2_000_000),
        ("7,000(万元人民币)", 7_000_000_000),
        ("1,380（万元人民币）", 1_380_000_000),
        ("50万人民币", 50_000_000),
        ("139万人民币", 139_000_000),
        ("¥20", 2_000),
        ("￥20.50", 2_050),
        ("1亿元", 10_000_000_000),
        ("0", 0),
        ("２万元", 2_000_000),
        ("0.01", 1),
        ("0.000001万元", 1),
        ("20.50元整", 2_050),
        ("人民币20元", 2_000),
        ("3千元", 300_000),
        ("1百万元", 100_000_000),
        (" 1 000 元", 100_000),
        ("7，000", 700_000),
        ("10.000", 1_000),
        ("1000万亿", None),
    ],
)
def test_money(typed: str, fen: int | None) -> None:
    if fen is None:
        assert refusal(amounts.money, typed) == "E244"
    else:
        assert amounts.money(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("N/A", "E244"),
        ("", "E244"),
        ("-5", "E244"),
        ("(5)", "E244"),
        ("1.234", "E244"),
        ("0.0000001万元", "E244"),
        ("1,00", "E244"),
        ("1.2.3", "E244"),
        ("两万元", "E244"),
        ("3万元/年", "E244"),
        ("1E+06", "E244"),
        ("20家", "E244"),
        ("20(万美元)", "E245"),
        ("5,000(万美元)", "E245"),
        ("$20", "E245"),
        ("100万港元", "E245"),
        ("usd 5", "E245"),
        ("10000000000000.01", "E247"),
        ("1" * 5000, "E247"),
        ("100001亿", "E247"),
    ],
)
def test_money_refused(typed: str, code: str) -> None:
    assert refusal(amounts.money, typed) == code


@given(st.integers(0, 10**15))
def test_money_is_exact(fen: int) -> None:
    yuan, cents = divmod(fen, 100)
    assert amounts.money(f"{yuan}.{cents:02}") == fen
    assert amounts.money(f"{yuan:,}.{cents:02}元") == fen
    ten_thousands, rest = divmod(fen, 1_000_000)
    assert amounts.money(f"{ten_thousands}.{rest:06}万元") == fen


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1,234", 1234),
        ("１２", 12),
        ("12.0", 12),
        ("12家", 12),
        ("30 人次", 30),
        ("5人", 5),
        ("2次", 2),
        ("7条", 7),
        ("0", 0),
        ("1000000000000", 10**12),
    ],
)
def test_count(typed: str, read: int) -> None:
    assert amounts.count(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "E243"),
        ("-1", "E243"),
        ("1.5", "E243"),
        ("一", "E243"),
        ("12只", "E243"),
        ("1,23", "E243"),
        ("1e3", "E243"),
        ("٣", "E243"),
        ("1000000000001", "E247"),
        ("9" * 5000, "E247"),
    ],
)
def test_count_refused(typed: str, code: str) -> None:
    assert refusal(amounts.count, typed) == code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0.83", Fraction(83, 100)),
        ("83%", Fraction(83, 100)),
        ("83.33％", Fraction(8333, 10000)),
        ("5/6", Fraction(5, 6)),
        ("５／６", Fraction(5, 6)),
        ("1", Fraction(1)),
        ("120%", Fraction(6, 5)),
        ("0/6", Fraction(0)),
    ],
)
def test_share(typed: str, read: Fraction) -> None:
    assert amounts.share(typed) == read


@pytest.mark.parametrize("typed", ["", "5/0", "-1", "0.5/6", "5/6%", "八成", "—", "1/2/3"])
def test_share_refused(typed: str) -> None:
    assert refusal(amounts.share, typed) == "E248"


# --- words


def test_yes_no() -> None:
    assert [values.yes_no(t) for t in ("是", "有", "Y", "yes", "Ｙ", "1", "true", "√")] == [1] * 8
    assert [values.yes_no(t) for t in ("否", "无", "n", "No", "0", "FALSE", "没有")] == [0] * 7
    for typed in ("", "也许", "2", "未知"):
        assert refusal(values.yes_no, typed) == "E246"


level = values.choice("一般", "重大", aliases={"一般隐患": "一般"}, refusals={"较大": "E241", "市级": "E242"})


def test_choice() -> None:
    assert level(" 一 般　") == "一般"
    assert level("一般隐患") == "一般"
    assert refusal(level, "较大") == "E241"
    assert refusal(level, "市级") == "E242"
    with pytest.raises(Misread) as caught:
        level("特大")
    assert (caught.value.code, caught.value.words) == ("E203", {"choices": "一般、重大"})
    assert values.choice("甲（A）")("甲(a)") == "甲（A）"


def test_several() -> None:
    kinds = values.several(values.choice("喷涂", "涉氨", "涉粉"))
    assert kinds("涉氨、喷涂，涉粉,涉氨；喷涂;涉粉/涉氨 喷涂　涉粉\n喷涂") == ("涉氨", "喷涂", "涉粉")
    assert kinds("、喷涂、") == ("喷涂",)
    assert refusal(kinds, "喷涂、胶水") == "E203"
    assert refusal(kinds, "、") == "E202"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13800000005", "13800000005"),
        ("138 0000 0005", "13800000005"),
        ("１３８００００－０００５", None),
        ("+8613800000005", "13800000005"),
        ("0579-87000000", "0579-87000000"),
        ("（0579）87000000", "0579-87000000"),
        ("057987000000", "057987000000"),
        ("87000000", "87000000"),
        ("0579-87000000-801", "0579-87000000-801"),
        ("400-800-0000", "400-800-0000"),
        ("", None),
        ("1.38E+10", None),
        ("12345", None),
        ("张三", None),
    ],
)
def test_phone(typed: str, read: str | None) -> None:
    if read is None:
        assert refusal(codes.phone, typed) == "E250"
    else:
        assert codes.phone(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("15", "永安委办〔2018〕15号"),
        ("15号", "永安委办〔2018〕15号"),
        ("第15号", "永安委办〔2018〕15号"),
        ("[2018]15", "永安委办〔2018〕15号"),
        ("（2018）15", "永安委办〔2018〕15号"),
        ("〔2017〕15号", "永安委办〔2017〕15号"),
        ("永安委办〔2018〕15号", "永安委办〔2018〕15号"),
        ("永安委办[2018]第015号", "永安委办〔2018〕15号"),
        ("永安委〔2017〕９号", "永安委〔2017〕9号"),
        ("永安委 15号", "永安委〔2018〕15号"),
        ("【2018】15", "永安委办〔2018〕15号"),
    ],
)
def test_document_number(typed: str, read: str) -> None:
    assert codes.document_number(typed, "永安委办", 2018) == read


@pytest.mark.parametrize(
    "typed", ["", "永安监罚〔2018〕执法二中队-9号", "[18]15", "0", "〔2018〕", "[1018]15", "2018-15"]
)
def test_document_number_refused(typed: str) -> None:
    assert refusal(codes.document_number, typed, "永安委办", 2018) == "E249"


# --- years, marks, people, and what is read in a unit of its own


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2018", 2018), ("2018年", 2018), ("2018年度", 2018), (" ２０１８　", 2018), ("1900", 1900), ("2199", 2199)],
)
def test_year(typed: str, read: int) -> None:
    assert days.year(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1899", "E215"),
        ("2200", "E215"),
        ("18", "E215"),
        ("20180", "E215"),
        ("2018年度年", "E243"),
        ("二〇一八", "E243"),
        ("2018-10", "E243"),
        ("2018.5", "E243"),
        ("-2018", "E243"),
        ("", "E243"),
        ("1" + "0" * 13, "E247"),
    ],
)
def test_year_refused(typed: str, code: str) -> None:
    assert refusal(days.year, typed) == code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2018-10", "2018-10"),
        ("201810", "2018-10"),
        ("2018年10月", "2018-10"),
        ("2018年1月份", "2018-01"),
        ("2018/1", "2018-01"),
        ("2018.9", "2018-09"),
        ("2018-10-01", "2018-10"),
        ("２０１８－１０", "2018-10"),
        ("1900-01", "1900-01"),
        ("2199-12", "2199-12"),
    ],
)
def test_year_month(typed: str, read: str) -> None:
    assert days.year_month(typed) == read
    assert days.year_month(read) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("10", "E216"),
        ("10月", "E216"),
        ("本月", "E216"),
        ("上月", "E216"),
        ("2018-13", "E108"),
        ("2018-00", "E108"),
        ("201800", "E108"),
        ("1899-12", "E108"),
        ("2200-01", "E108"),
        ("2018", "E108"),
        ("十月", "E108"),
        ("", "E108"),
    ],
)
def test_year_month_refused(typed: str, code: str) -> None:
    assert refusal(days.year_month, typed) == code


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12.5", 12_500_000),
        ("12.5万元", 12_500_000),
        ("12.5万", 12_500_000),
        ("125000元", 12_500_000),
        ("1,200", 1_200_000_000),
        ("0", 0),
        ("0.000001", 1),
        ("274.7", 274_700_000),
        ("１２．５", 12_500_000),
        ("1亿元", 10_000_000_000),
        ("0.01元", 1),
        (str(10**9), 10**15),
    ],
)
def test_trap_13_ten_thousand(typed: str, fen: int) -> None:
    assert amounts.ten_thousand(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0.0000001", "E244"),
        ("0.001元", "E244"),
        ("-1", "E244"),
        ("很多", "E244"),
        ("", "E244"),
        ("1,20", "E244"),
        ("12.5万美元", "E245"),
        (str(10**9 + 1), "E247"),
        ("9" * 50, "E247"),
    ],
)
def test_ten_thousand_refused(typed: str, code: str) -> None:
    assert refusal(amounts.ten_thousand, typed) == code


@given(st.integers(0, 10**15))
def test_trap_13_what_is_shown_in_ten_thousands_reads_back(fen: int) -> None:
    assert amounts.ten_thousand(ten_thousand_yuan(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("78.5", "78.5"),
        ("78.50分", "78.5"),
        ("78.55 分", "78.55"),
        ("100", "100"),
        ("0", "0"),
        ("1000", "1000"),
        ("1,000", "1000"),
        ("078", "78"),
        ("78.0", "78"),
        ("７８．５", "78.5"),
        ("78.5000", "78.5"),
    ],
)
def test_marks(typed: str, read: str) -> None:
    assert amounts.marks(typed) == read
    assert amounts.marks(read) == read


@pytest.mark.parametrize("typed", ["78.555", "1001", "1000.5", "-1", "合格", "", "99%", "78,5", "100000", "7 8"])
def test_marks_refused(typed: str) -> None:
    assert refusal(amounts.marks, typed) == "E258"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("423000", 423_000),
        ("42.3万人", 423_000),
        ("42.3万", 423_000),
        ("423,000人", 423_000),
        ("0.0001万", 1),
        ("0", 0),
        ("12.00", 12),
        ("４２．３ 万 人", 423_000),
        (str(10**12), 10**12),
        ("1亿", None),
    ],
)
def test_people(typed: str, read: int | None) -> None:
    if read is None:
        assert refusal(amounts.people, typed) == "E243"
    else:
        assert amounts.people(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.5", "E243"),
        ("0.00005万人", "E243"),
        ("-1", "E243"),
        ("42.3亿元", "E243"),
        ("", "E243"),
        ("人", "E243"),
        (str(10**12 + 1), "E247"),
        (f"{10**8 + 1}万", "E247"),
        ("9" * 60, "E247"),
    ],
)
def test_people_refused(typed: str, code: str) -> None:
    assert refusal(amounts.people, typed) == code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("涉氨 3", ("涉氨 3",)),
        ("涉氨 3；喷涂 8", ("涉氨 3", "喷涂 8")),
        ("涉氨3家、喷涂8家", ("涉氨 3", "喷涂 8")),
        ("涉氨：３，喷涂＝８", ("涉氨 3", "喷涂 8")),
        ("罚款 2.5万元；网格员 120人次", ("罚款 2.5万元", "网格员 120")),
        (" 涉氨 3 ；；", ("涉氨 3",)),
        ("standard.reached.三级新创 1", ("standard.reached.三级新创 1",)),
        ("涉氨 0", ("涉氨 0",)),
    ],
)
def test_told_figures(typed: str, read: tuple[str, ...]) -> None:
    assert filing.told_figures(typed) == read
    assert filing.told_figures("；".join(read)) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("涉氨 3；涉氨 4", "E265"),
        ("涉氨", "E257"),
        ("3", "E257"),
        ("涉氨 3；喷涂", "E257"),
        ("涉氨 -3%", "E257"),
        ("；；", "E202"),
    ],
)
def test_told_figures_refused(typed: str, code: str) -> None:
    assert refusal(filing.told_figures, typed) == code


@pytest.mark.parametrize(("typed", "read"), [("4", 4), ("4次", 4), ("0", 0), ("366", 366), ("12.0", 12)])
def test_visits_a_year(typed: str, read: int) -> None:
    assert trusteeship.visits(typed) == read


@pytest.mark.parametrize(("typed", "code"), [("367", "E247"), ("4.5", "E243"), ("每季一次", "E243"), ("-1", "E243")])
def test_visits_a_year_refused(typed: str, code: str) -> None:
    assert refusal(trusteeship.visits, typed) == code


# --- all of them

PARSERS: dict[str, Callable[[str], Any]] = {
    "clean": values.clean,
    "text": values.text(20),
    "name": values.name,
    "day": days.day,
    "spoken_day": lambda t: days.spoken_day(t, TODAY),
    "month": lambda t: days.month(t, TODAY),
    "credit_code": codes.credit_code,
    "registration_number": codes.registration_number,
    "region_code": codes.region_code,
    "town_code": codes.town_code,
    "village_code": codes.village_code,
    "industry_code": codes.industry_code,
    "money": amounts.money,
    "year": days.year,
    "year_month": days.year_month,
    "ten_thousand": amounts.ten_thousand,
    "marks": amounts.marks,
    "people": amounts.people,
    "told_figures": filing.told_figures,
    "visits": trusteeship.visits,
    "count": amounts.count,
    "share": amounts.share,
    "yes_no": values.yes_no,
    "choice": level,
    "several": values.several(level),
    "phone": codes.phone,
    "telephone": masking.telephone,
    "in_text": masking.in_text,
    "document_number": lambda t: codes.document_number(t, "永安委办", 2018),
}
likely = st.text(
    st.sampled_from("0123456789０９.,，/-–:年月日号 　E+XX*%亿万元人民币美家()（）〔〕[]第T是否\n\0²٣"),
    max_size=24,
)


@pytest.mark.unmeasured
@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS.keys())
@given(typed=st.one_of(st.text(st.characters()), likely))
def test_any_text_is_read_or_misread(parser: Callable[[str], Any], typed: str) -> None:
    message = "read"
    try:
        parser(typed)
    except Misread as misread:
        message = str(misread.fault(typed))
    assert message


READ_BACK = (
    "clean",
    "day",
    "year_month",
    "marks",
    "credit_code",
    "registration_number",
    "industry_code",
    "choice",
    "phone",
    "document_number",
)


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", READ_BACK)
@given(typed=likely)
def test_what_was_read_reads_back_as_itself(name: str, typed: str) -> None:
    parser = PARSERS[name]
    try:
        found = parser(typed)
    except Misread:
        return
    assert parser(found) == found


def test_reading_values_needs_no_heavy_module() -> None:
    asked = "import sys, anjian_cli.records.values; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=plain_environment()
    )
    assert not {"pydantic", "stdnum", "fractions", "decimal", "rich", "sqlite_utils"} & set(done.stdout.split())
