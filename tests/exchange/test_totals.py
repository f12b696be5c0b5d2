"""Totals at the foot of a sheet: what does not agree is noted, and where it is not plain nothing is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_cli.exchange import headings, lines, totals
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.report import Part
from anjian_cli.records import definition
from anjian_cli.records.definition import Record

TRAINING, HAZARD = definition.record("training"), definition.record("hazard")
HEADS = ["序号", "镇（街、区）", "培训日期", "培训类别", "培训名称", "参训人次", "合格人次", "场地"]
ROWS = [
    ["1", "芝英镇", "2018-10-09", "主要负责人", "第一期", "40", "40", "甲"],
    ["2", "芝英镇", "2018-10-10", "主要负责人", "第二期", "60人次", "50", "乙"],
]
FIRMS = ["企业名称", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"]
FOUND = [[firm, "2018-10-09", "网格巡查", "一般", f"无罩{n}", "2018-10-31"] for n, firm in enumerate("甲甲乙")]


def noted(*foot: list[str], heads: list[str] | None = None, rows: list[list[str]] | None = None) -> list[str]:
    record = TRAINING if rows is None else HAZARD
    return of(record, [heads or (HEADS if rows is None else FIRMS), *(ROWS if rows is None else rows), *foot])


def of(record: Record, cells: list[list[str]]) -> list[str]:
    sheet = Sheet("芝英镇.csv", "", list(enumerate(cells, start=1)))
    form = Form(sheet, record, headings.match(sheet, record))
    part = Part()
    part.rows = len(list(lines.read(form, part)))
    return [str(note) for note in totals.differences(form, part)]


@pytest.mark.parametrize(
    ("foot", "said"),
    [
        (["合计", "3"], "第4行：表中合计3，读到2行，相差1"),
        (["合计3家"], "第4行：表中合计3，读到2行，相差1"),
        (["合 计：３ 条"], "第4行：表中合计3，读到2行，相差1"),
        (["共5条"], "第4行：表中合计5，读到2行，相差3"),
        (["总计", "", "", "", "1"], "第4行：表中合计1，读到2行，相差1"),
        (["", "合计", "", "", "3期"], None),
        (["合计", "", "", "", "", "110", "90"], "第4行“参训人次”（F列）：表中合计110，各行相加100，相差10"),
        (["合计", "", "", "", "", "100人次", "91"], "第4行“合格人次”（G列）：表中合计91，各行相加90，相差1"),
    ],
)
def test_what_does_not_agree(foot: list[str], said: str | None) -> None:
    assert noted(foot) == ([] if said is None else [f"《芝英镇.csv》{said}。请核对。〔N302〕"])


@pytest.mark.parametrize(
    "foot",
    [
        ["合计", "2"],
        ["合计：2家"],
        ["合计", "", "", "", "", "100", "90"],
        ["合计", "", "", "", "", "2", ""],  # rows, below a column of numbers
        ["合计", "", "", "", "", "一百", "约90"],
        ["合计", "", "", "", "", "", "", "300"],  # nobody knows what this column is
        ["合计", "", "2018-10-31"],
        ["合计100人次"],
        ["填表人：甲3"],
        ["备注", "3"],
        ["小计", "3"],
    ],
)
def test_what_agrees_or_cannot_be_understood(foot: list[str]) -> None:
    assert noted(foot) == []


def test_subtotals_and_several_totals() -> None:
    assert noted(["小计", "1"], ["合计", "3"]) == []
    assert noted(["合计", "3"], ["总计", "3"]) == []
    assert noted(["合计", "3"], ROWS[0]) == []
    assert noted(["合计", "3"], ["填表人：甲", "2018"]) == [
        "《芝英镇.csv》第4行：表中合计3，读到2行，相差1。请核对。〔N302〕"
    ]


def test_a_total_of_enterprises_is_none_of_rows() -> None:
    assert noted(["合计2家"], rows=FOUND) == []
    assert noted(["合计", "2"], rows=FOUND) == []
    assert noted(["合计", "4家"], rows=FOUND) == ["《芝英镇.csv》第5行：表中合计4，读到3行，相差1。请核对。〔N302〕"]


def test_rows_that_cannot_be_read_are_rows_and_have_no_sum() -> None:
    bad = [*ROWS[0][:5], "一些", *ROWS[0][6:]]
    cells = [HEADS, *ROWS, bad, ["合计", "3", "", "", "", "110", "131"]]
    assert of(TRAINING, cells) == [
        "《芝英镇.csv》第5行“合格人次”（G列）：表中合计131，各行相加130，相差1。请核对。〔N302〕"
    ]


def test_money_and_the_same_year_in_every_row() -> None:
    heads = ["指标", "镇（街、区）", "年度", "任务数", "下达文号"]
    rows = [["三级新创", "芝英镇", "2018", "20", "3号"], ["三级新创", "石柱镇", "2018", "30", "3号"]]
    target = definition.record("target")
    assert of(target, [heads, *rows, ["合计", "", "2018", "50"]]) == []
    assert of(target, [heads, *rows, ["合计", "", "4036", "50"]]) == []
    heads = [*FIRMS, "资金"]
    rows = [[*FOUND[0], "12345"], [*FOUND[1], "2.5万元"], [*FOUND[2], ""]]
    assert of(HAZARD, [heads, *rows, ["合计", "", "", "", "", "", "3.7万元"]]) == []
    assert of(HAZARD, [heads, *rows, ["合计", "", "", "", "", "", "4.7万元"]]) == [
        "《芝英镇.csv》第5行“资金”（G列）：表中合计47000，各行相加37345，相差9655。请核对。〔N302〕"
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text(alphabet="合计总共小0123456789.,万元家条人次：—", max_size=6), max_size=8), max_size=4)
)
def test_any_foot_is_noted_or_passed_over(foot: list[list[str]]) -> None:
    assert all(said.endswith("〔N302〕") for said in noted(*foot))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 999), min_size=1, max_size=5))
def test_a_right_total_is_never_noted(numbers: list[int]) -> None:
    rows = [[str(n), "芝英镇", "2018-10-09", "主要负责人", f"第{n}期", str(k), str(k)] for n, k in enumerate(numbers)]
    total = ["合计", str(len(rows)), "", "", "", str(sum(numbers)), str(sum(numbers))]
    assert of(TRAINING, [HEADS, *rows, total]) == []
