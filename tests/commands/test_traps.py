"""The traps of the field that a bulletin falls into, each as an office would meet it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from anjian_cli.bulletin.wording import change
from support.import_ledger import code

pytestmark = pytest.mark.unmeasured  # the parts have tests of their own
Run = Callable[..., str]
DECEMBER = "2018-12-05"


def figure(said: str, town: str, short: str) -> dict[str, str]:
    """A town's row of an indicator in a bulletin as CSV; of 综合 its score."""
    rows = csv.DictReader(io.StringIO(said))
    (row,) = (row for row in rows if row["镇街"] == town and short in (row["指标"], row["类别"]))
    return row


def trained(run: Run, day: str, passed: int, town: str = "芝英", **more: str) -> str:
    course = (
        "培训",
        "新增",
        "某期培训",
        "--镇",
        town,
        "--类别",
        "网格员",
        "--参训人次",
        str(passed),
        "--合格人次",
        str(passed),
    )
    return run(*course, "--培训日期", day, **more)


def task(run: Run, town: str, quantity: int, short: str = "网格员", code: int = 0) -> str:
    words = ("任务", "新增", short, "--年度", "2018", "--镇", town, "--任务数", str(quantity))
    return run(*words, "--文号", "永安委〔2018〕3号", "--起用日期", "2018-01-01", code=code)


def issue(office: Run) -> None:
    office("月份", "定稿", "10")
    office("月份", "印发", "10", "--文号", "15", "--日期", "11-5", today="2018-11-05")


def test_1_an_issued_month_printed_again_in_december_is_what_was_issued(office: Run) -> None:
    issue(office)
    formats = ("table", "csv", "json")
    october = [office("通报", "2018-10", "--格式", chosen, today="2018-11-05") for chosen in formats]
    office("通报", "2018-10", "-o", "十月.docx", today="2018-11-05")
    trained(office, "2018-10-29", 9, today=DECEMBER)
    assert [office("通报", "2018-10", "--格式", chosen, today=DECEMBER) for chosen in formats] == october
    office("通报", "2018-10", "-o", "再印.docx", today=DECEMBER)
    assert Path("再印.docx").read_bytes() == Path("十月.docx").read_bytes()
    assert "更正：10月份通报中芝英镇网格员20人次更正为29人次" in office("通报", "2018-11", today=DECEMBER)


def test_2_when_it_happened_when_it_was_recorded_and_where_it_was_counted(office: Run) -> None:
    issue(office)
    assert "〔N501〕" in trained(office, "2018-10-29", 9, today="2018-11-20")
    october = office("通报", "2018-10", "--格式", "csv", today=DECEMBER)
    assert figure(october, "芝英镇", "网格员")["累计"] == "20"  # happened in October, and is not in October's bulletin
    office("通报", "2018-11", "-o", "十一月.docx", today=DECEMBER)
    letter = [each.text for each in Document("十一月.docx").paragraphs]
    assert any("更正：10月份通报中芝英镇网格员20人次更正为29人次" in line for line in letter)  # told in November's
    november = json.loads(office("明细", "2018-11", "芝英", "网格员", "--format", "json", today=DECEMBER))
    (late,) = (item for item in november["counted"] if item["from_on"] == "2018-10-29")
    assert late["recorded_at"] > "2018-11-20"  # by the clock, which --today does not move
    assert november["figure"] == 29
    assert november["cell"]["this_month"] == 0  # counted since New Year, and not as November's work


def test_6_no_target_a_target_of_nothing_no_report_and_a_nil_report_are_four_things(new_county: Run) -> None:
    task(new_county, "芝英", 0)
    trained(new_county, "2018-10-09", 3)
    rows = new_county("通报", "10", "--格式", "csv")
    for town, done, target in (("芝英镇", "3", "0"), ("江南街道", "0", "")):
        row = figure(rows, town, "网格员")
        assert (row["累计"], row["任务"], row["完成率(%)"], row["排名"]) == (done, target, "", "")
    new_county(
        "报送",
        "新增",
        "--镇",
        "芝英",
        "--统计月份",
        "2018-10",
        "--报送日期",
        "2018-10-31",
        "--零报告",
        "是",
        "--报送方式",
        "微信",
    )
    told = [
        line for town in ("芝英", "江南") for line in new_county("通报", "10", town).splitlines() if "月报：" in line
    ]
    assert told == ["10月月报：零报告。", "10月月报：未报。"]
    new_county("通报", "10", "-o", "附件.xlsx")
    sheet = load_workbook("附件.xlsx")["2教育培训"].iter_rows(values_only=True)
    shown = {cells[1]: cells for cells in sheet if cells[1] in ("芝英镇", "江南街道")}
    assert "未报" in shown["江南街道"]
    assert "未报" not in shown["芝英镇"]
    assert "—" in shown["芝英镇"]  # no rate against a task of nothing


@pytest.mark.parametrize(("cap", "score"), [("是", "100.00"), ("否", "150.00")])
def test_7_more_than_the_task_is_shown_as_it_is_and_scored_by_a_printed_rule(
    new_county: Run, cap: str, score: str
) -> None:
    task(new_county, "芝英", 10)
    trained(new_county, "2018-10-09", 15)
    new_county("设置", "新增", "--name", "cap", "--value", cap, "--from-on", "最初")
    said = new_county("通报", "10")
    row = figure(new_county("通报", "10", "--格式", "csv"), "芝英镇", "网格员")
    assert row["完成率(%)"] == "150.00"
    assert figure(new_county("通报", "10", "--格式", "csv"), "芝英镇", "综合")["累计"] == score
    assert ("单项超过100%的按100%计" in said) == (cap == "是")


def test_8_equal_fractions_share_a_place(office: Run) -> None:
    rows = office("通报", "10", "--格式", "csv")
    places = [figure(rows, town, "三级新创") for town in ("东城街道", "石柱镇", "舟山镇")]
    assert [row["完成率(%)"] for row in places] == ["78.57", "78.57", "75.00"]  # 11/14 each, 3/4
    assert [row["排名"] for row in places] == ["3", "3", "5"]


def test_8_what_only_looks_equal_has_places_of_its_own_and_the_rule_says_why(new_county: Run) -> None:
    for town, quantity, done in (("芝英", 10_000, 8_333), ("江南", 100_000, 83_333)):
        task(new_county, town, quantity)
        trained(new_county, "2018-10-09", done, town=town)
    rows = new_county("通报", "10", "--格式", "csv")
    found = [figure(rows, town, "网格员") for town in ("江南街道", "芝英镇")]
    assert [(row["完成率(%)"], row["排名"]) for row in found] == [("83.33", "1"), ("83.33", "2")]
    assert "名次按精确分数比较，并列同名次" in new_county("通报", "10")


def test_9_the_same_months_a_year_before_in_words(office: Run) -> None:
    office("通报", "10", "-o", "十月.docx")
    letter = "".join(each.text for each in Document("十月.docx").paragraphs)
    assert "立案处罚82起，处罚金额274.7万元，同比分别增长36.67%和50.36%" in letter
    assert "生产安全事故41起、死亡33人，同比分别下降10.87%和8.33%" in letter
    rows = office("通报", "10", "--格式", "csv")
    assert [figure(rows, "全市", short)["上年同期"] for short in ("立案", "死亡人数")] == ["60", "36"]
    half, third = Fraction(1, 2), Fraction(1, 3)
    found = [change(5, 0), change(7, 7), change(6, 12), change(half, third, "rate"), change(third, half, "rate")]
    assert found == ["上年同期为0", "持平", "下降50%", "上升16.67个百分点", "下降16.67个百分点"]


def test_11_identity_survives_width_case_and_spaces_and_a_lost_code_is_told(new_county: Run) -> None:
    number = code(1)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number.lower())
    head = "镇（街、区）,企业名称,统一社会信用代码\n"
    Path("一.csv").write_text(f"{head}芝英镇,甲厂,{number}\n", encoding="utf-8")
    Path("二.csv").write_text(f"{head}芝英镇　,　甲厂 ,　{wide} \n", encoding="utf-8")
    Path("三.csv").write_text(f"{head}芝英镇,乙厂,9.13308E+17\n", encoding="utf-8")
    assert "新增1" in new_county("导入", "一.csv")
    assert "不变1" in new_county("导入", "二.csv")
    said = new_county("导入", "三.csv", code=1)
    assert "《三.csv》第2行“统一社会信用代码”（C列）" in said
    assert "9.13308E+17" in said


def test_15_cumulative_is_the_months_and_the_corrections(office: Run) -> None:
    rows = {month: figure(office("通报", f"2018-{month}", "--格式", "csv"), "芝英镇", "网格员") for month in (9, 10)}
    issue(office)
    trained(office, "2018-10-29", 9, today=DECEMBER)
    trained(office, "2018-11-09", 4, today=DECEMBER)
    november = figure(office("通报", "2018-11", "--格式", "csv", today=DECEMBER), "芝英镇", "网格员")
    assert int(rows[10]["累计"]) == int(rows[9]["累计"]) + int(rows[10]["本月"])
    assert int(november["累计"]) == int(rows[10]["累计"]) + 9 + int(november["本月"])
    assert november["本月"] == "4"
