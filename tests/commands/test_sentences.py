"""What is asked in a sentence, or of a period in which something comes due. Each is typed on the demonstration, whose
day is 2 November 2018."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from anjian_cli.commands import list_periods, loose_days, run_on_words

Run = Callable[..., str]

DUE = [
    ("年底前到期", "2018-11-02至2018-12-31"),
    ("月底前到期", "2018-11-02至2018-11-30"),
    ("下月底前到期", "2018-11-02至2018-12-31"),
    ("12月底前到期", "2018-11-02至2018-12-31"),
    ("2018-12-31前到期", "2018-11-02至2018-12-31"),
    ("12月15日前到期", "2018-11-02至2018-12-15"),
    ("12月前到期", "2018-11-02至2018-11-30"),
    ("明年3月前到期", "2018-11-02至2019-02-28"),
    ("半年内到期", "2018-11-02至2019-05-02"),
    ("60天内到期", "2018-11-02至2019-01-01"),
    ("到期 2018-12-31前", "2018-11-02至2018-12-31"),
    ("本月 到期", "2018-11-01至2018-11-30"),
    ("9月前到期", "至2018-08-31"),  # which is over: all that was
]


@pytest.mark.parametrize(("asked", "span"), DUE, ids=[asked for asked, _ in DUE])
def test_what_comes_due_before_a_day_is_counted_from_today(office: Run, asked: str, span: str) -> None:
    assert f"有效期至 {span}（没有撤销）" in office("标准化", "列表", "芝英", *asked.split(" "))


def test_a_feast_is_no_period(office: Run) -> None:
    assert "〔E145〕" in office("标准化", "列表", "芝英", "春节前到期", code=2)


def test_a_deadline_without_its_year_is_the_nearest(office: Run) -> None:
    assert "现期限 2018-11-15（" in office("隐患", "列表", "11月15日到期")
    assert "现期限 至2018-11-15" in office("隐患", "列表", "期限11月15日以前")


READ = [
    ("前仓镇还有几条隐患没销号", "隐患 列表 前仓镇 还有几条 没销号"),
    ("重大隐患没销号的是哪几家", "隐患 列表 重大隐患 没销号 哪几家"),
    ("东城街道 本月要到期的标准化有几家", "标准化 列表 东城街道 本月要到期 有几家"),
    ("古山镇10月培训了几期", "培训 列表 古山镇 10月培训 几期"),
    ("应检 列表 芝英镇 今年还没检测的", "应检 列表 应检 芝英镇 今年 没检测"),
    ("托管 列表 涉氨 全市 在托", "托管 列表 涉氨 在托"),
    ("哪些镇街10月份还没报", "文书 催报"),
    ("10月排在最后三名的是哪几个镇", "通报 10月 --简"),
    ("我们江南街道10月排第几 比上月怎样", "明细 10月 江南 排名"),
    ("0479喷塑厂 概况", "企业 档案 0479喷塑厂"),
    ("0438喷塑厂 所有记录 给我看一下", "企业 档案 0438喷塑厂"),
    ("催办 芝英镇", "催办 --镇街 芝英"),
    ("月份 差异 9月 10月", "一页纸 2018-10"),
    ("通报 10 一页纸", "一页纸 10"),
]


@pytest.mark.parametrize(("line", "plainly"), READ, ids=[line for line, _ in READ])
def test_a_sentence_is_read_where_each_piece_is_known(office: Run, line: str, plainly: str) -> None:
    assert f"读作：anjian {plainly}\n" in office(*line.split(" "))


@pytest.mark.parametrize("line", ["前仓镇还有几条隐患没某某", "隐患 芝英-12 重大", "哪家机构服务次数最少"])
def test_a_sentence_with_a_piece_that_is_not_known_is_refused(office: Run, line: str) -> None:
    refused = office(*line.split(" "), code=2)
    assert "读作" not in refused


def test_two_towns_are_two_bulletins(office: Run) -> None:
    done = office("通报", "10", "芝英", "古山")
    assert "读作：anjian 通报 10 芝英\n" in done
    assert "读作：anjian 通报 10 古山\n" in done


def test_an_empty_form_has_a_name_of_its_own(office: Run) -> None:
    assert "已写出：培训空表.xlsx" in office("空表", "培训")
    assert "已写出：方岩-隐患空表.xlsx" in office("空表", "隐患", "方岩镇")
    assert "〔E109〕" in office("空表", "培训", code=2)  # which is there: nothing is overwritten


def test_a_form_for_each_town(office: Run) -> None:
    assert "共16份" in office("空表", "隐患", "各镇街", "-o", "下发")
    assert len(list(Path("下发").iterdir())) == 16


def test_the_file_of_a_list_is_named_as_people_say_it(office: Run) -> None:
    assert "已写出：到期.xlsx" in office("托管", "列表", "11月到期", "导出到", "到期.xlsx")
    assert "已写出：快到期.xlsx" in office("托管", "列表", "11月到期", "存成快到期.xlsx")


def test_a_firm_with_open_hazards(office: Run) -> None:
    asked = office("企业", "列表", "芝英", "喷涂", "有未整改隐患")
    assert asked == office("企业", "列表", "芝英", "喷涂", "有隐患")


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("上周五", "2018-10-26"),
        ("下周一", "2018-11-05"),
        ("本周日", "2018-11-04"),
        ("周五", None),  # the last one, or the next
        ("10月底", "10-31"),
        ("2月末", "2-28"),
        ("13月底", None),
        ("下月底", "2018-12-31"),
        ("年底", "2018-12-31"),
        ("明年2月29日", None),
        ("明年10月31日", "2019-10-31"),
    ],
)
def test_a_day_as_it_is_said(word: str, day: str | None) -> None:
    assert loose_days.day(word, "2018-11-02") == day


@pytest.mark.parametrize(
    ("word", "last"),
    [
        ("限15天", "2018-11-15"),
        ("七天内改", "2018-11-07"),
        ("限期3周", "2018-11-21"),
        ("一个月内", "2018-11-30"),
        ("半个月内整改", "2018-11-15"),
        ("7天", None),
        ("限11月20日", None),
    ],
)
def test_so_many_days_are_counted_from_a_day(word: str, last: str | None) -> None:
    assert loose_days.within(word, "2018-10-31") == last


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("10月20日起", "10月20日"),
        ("自10月20日起", "10月20日"),
        ("昨天起的", "昨天"),
        ("10月底开始", "10月底"),
        ("10月20日之前", None),
        ("10月20日", None),
        ("10月20日起停产", None),
    ],
)
def test_since_when_something_is_so(word: str, day: str | None) -> None:
    assert loose_days.since(word) == day


def test_a_part_of_a_day_is_no_day() -> None:
    assert re.fullmatch(rf"{loose_days.ANY}日起", "10月20日起") is None


def test_what_comes_due_has_a_first_day_only_while_it_lies_ahead() -> None:
    assert list_periods.said("2018-10-01前", "2018-11-02", ahead=True) == ("", "2018-10-01")
    assert list_periods.said("2018-11-02前", "2018-11-02", ahead=True) == ("2018-11-02", "2018-11-02")
    assert list_periods.said("2018-12-31前", "2018-11-02") == ("", "2018-12-30")


def test_the_pieces_of_a_sentence_are_as_few_as_can_be() -> None:
    known = {"重大", "重大隐患", "隐患", "未销号"}
    assert run_on_words.pieces("重大隐患还有未销号的吗", known.__contains__) == ["重大隐患", "未销号"]
    assert run_on_words.pieces("重大隐患未某某", known.__contains__) is None
