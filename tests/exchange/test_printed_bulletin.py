"""Opening figures out of a bulletin: columns by name, by their percentages, and every percentage worked out again."""

from __future__ import annotations

import pytest

from anjian_cli.exchange import printed_bulletin
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.wide_table import Catalogue
from anjian_cli.ledger.catalogue import Entry

TRAINED = Entry("trained", "负责人", "主要负责人培训", "人次", "education", "教育培训", True, "target", "training")
NEW = Entry("new", "三级新创", "三级标准化新创", "家", "standard", "标准化创建", True, "target", "standardization")
AGAIN = Entry("again", "三级复评", "三级标准化复评", "家", "standard", "标准化创建", True, "target", "standardization")
REQUIRED = Entry("required", "应检", "应检测企业", "家", "health", "卫生检测", False, "", "health_testing")
TESTED = Entry("tested", "已检", "已检测企业", "家", "health", "卫生检测", True, "应检", "health_testing")
FINES = Entry("fines", "罚款", "罚款金额", "分", "cases", "监管执法", False, "", "enforcement_case")
KNOWN = Catalogue([TRAINED, NEW, AGAIN, REQUIRED, TESTED, FINES], frozenset({"甲镇", "乙镇", "丙乡"}))
TASKS = {("trained", "甲镇"): 40, ("trained", "乙镇"): 30, ("new", "甲镇"): 10, ("new", "乙镇"): 8}


def found(name: str, *rows: list[str], tasks: dict[tuple[str, str], int] = TASKS) -> printed_bulletin.Found:
    sheet = Sheet("通报.xlsx", name, list(enumerate(rows, start=1)))
    return printed_bulletin.read([sheet], KNOWN, tasks)


def figures(of: printed_bulletin.Found) -> list[tuple[str, str, str, bool]]:
    return [(figure.entry.short, figure.town, figure.text, figure.checked) for figure in of.figures]


HEADS = (
    ["2018年9月教育培训情况表"],
    ["统计期：2018年1—9月", "", "", "单位：人次"],
    ["序号", "镇", "年度任务", "累计完成", "", "本月完成", "完成率（%）", "", "其中：新任"],
    ["", "", "", "负责人", "合计", "", "负责人", "本类", ""],
)


@pytest.mark.parametrize(("printed", "agrees"), [("32.50", True), ("32.5%", True), ("32.6", False), ("33", True)])
def test_a_percentage_is_worked_out_again(printed: str, agrees: bool) -> None:
    told = found("教育培训", *HEADS, ["1", "甲镇", "40", "13", "13", "2", printed, printed, "1"])
    assert figures(told) == ([("负责人", "甲镇", "13", True)] if agrees else [])
    assert [fault.code for fault in told.wrong] == ([] if agrees else ["E644"])
    if not agrees:
        assert "按任务40算是32.50%" in str(told.wrong[0])
        assert "第5行“累计完成负责人”（D列）" in str(told.wrong[0])


def test_without_a_task_or_a_percentage_nothing_is_checked() -> None:
    told = found(
        "教育培训",
        *HEADS,
        ["1", "甲镇", "40", "13", "13", "2", "—", "—", ""],
        ["2", "丙乡", "9", "3", "3", "1", "33.33", "33.33", ""],
        ["3", "乙镇", "30", "—", "", "", "", "", ""],
        ["", "合计", "79", "16", "16", "3", "", "", ""],
    )
    assert figures(told) == [("负责人", "甲镇", "13", False), ("负责人", "丙乡", "3", False)]


STANDARD = (["标准化创建情况表", ""], ["镇", "8月底累计", "累计达标（家）", "完成率（%）", "已咨询"])


@pytest.mark.parametrize(
    ("first", "second", "short"),
    [("70.00", "50.00", "三级新创"), ("70.00", "51.00", ""), ("70.00", "—", "")],
)
def test_a_column_without_a_name_is_proved_by_all_its_percentages(first: str, second: str, short: str) -> None:
    told = found("3标准化创建", *STANDARD, ["甲镇", "6", "7", first, "9"], ["乙镇", "4", "4", second, "9"])
    assert {figure[0] for figure in figures(told)} == ({short} if short else set())
    assert all(figure[3] for figure in figures(told))
    assert ("“3标准化创建”表的“累计达标（家）”" in told.unread) is not bool(short)
    assert "“3标准化创建”表的“已咨询”" in told.unread


def test_two_that_fit_prove_nothing() -> None:
    tasks = TASKS | {("again", "甲镇"): 10, ("again", "乙镇"): 8}
    rows = (["甲镇", "6", "7", "70.00", "9"], ["乙镇", "4", "4", "50.00", "9"])
    assert figures(found("标准化创建", *STANDARD, *rows, tasks=tasks)) == []


def test_what_is_measured_against_another_is_proved_by_what_is_printed() -> None:
    heads = (["卫生检测情况表", ""], ["镇", "应检测", "累计检测", "完成率"])
    told = found("检测", *heads, ["甲镇", "40", "30", "75.0"], ["乙镇", "8", "3", "37.5"])
    assert figures(told) == [("已检", "甲镇", "30", True), ("已检", "乙镇", "3", True)]


def test_money_keeps_its_unit_and_hidden_sheets_are_passed_over() -> None:
    heads = ["镇", "累计罚款", "罚款（累计，万元）"]
    rows = [(1, heads), (2, ["甲镇", "", "2.7"])]
    told = printed_bulletin.read([Sheet("a.xlsx", "执法", rows)], KNOWN, {})
    assert told.unread == ["“执法”表的“累计罚款”", "“执法”表的“罚款（累计，万元）”"]
    named = [(1, ["镇", "累计", "备注"]), (2, ["", "罚款（万元）", "立案"]), (3, ["甲镇", "2.7", ""])]
    assert figures(printed_bulletin.read([Sheet("a.xlsx", "执法", named)], KNOWN, {})) == [
        ("罚款", "甲镇", "2.7万元", False)
    ]
    assert figures(printed_bulletin.read([Sheet("a.xlsx", "执法", named, hidden=True)], KNOWN, {})) == []


def test_two_sheets_that_say_different_things() -> None:
    one = Sheet("a.xlsx", "教育培训", list(enumerate([*HEADS, ["1", "甲镇", "40", "13", "", "", "32.5"]], start=1)))
    other = Sheet("a.xlsx", "教育培训2", list(enumerate([*HEADS, ["1", "甲镇", "40", "14", "", "", "35.0"]], start=1)))
    assert figures(printed_bulletin.read([one, one], KNOWN, TASKS)) == [("负责人", "甲镇", "13", True)]
    told = printed_bulletin.read([one, other], KNOWN, TASKS)
    assert figures(told) == [("负责人", "甲镇", "13", True)]
    assert [fault.code for fault in told.wrong] == ["E645"]
    assert "前面写着13" in str(told.wrong[0])


def test_a_sheet_without_towns_or_heads_tells_nothing() -> None:
    assert found("说明", ["序时进度=9/12"], ["1", "2"]).figures == []
    assert found("教育培训", ["甲镇", "13"]).figures == []
