"""What headings may stand for: proposed where they are near, and not where they only share some words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_cli.exchange import heading_proposal, headings
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.headings import Own
from anjian_cli.records import definition

HAZARD = definition.record("hazard")
PLAIN = ["隐患来源", "级别", "描述"]


def proposed(*heads: str, own: Own | None = None) -> dict[str, str]:
    sheet = Sheet("芝英镇.csv", "", [(1, [*PLAIN, *heads])])
    found = heading_proposal.propose(sheet, [HAZARD], {"hazard": own} if own else None)
    return {} if found is None else {pair.heading: pair.title for pair in found.pairs}


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("企业全称", "企业名称"),
        ("所属镇街", "镇（街、区）"),
        ("所在乡镇", "镇（街、区）"),
        ("发现时间", "发现日期"),
        ("整改时限", "整改期限"),
        ("整改期限（必填）", None),
        ("企业名", None),
        ("企业信用代码", "统一社会信用代码"),
        ("完成整改日期", "整改完成日期"),
        ("整改 责任人 ：", None),
        ("隐患整改责任人", "整改责任人"),
        ("验收时间", "验收日期"),
        ("备注信息", "备注"),
        ("单位", "企业名称"),
        ("rectified on", "整改完成日期"),
        # They end differently, or share too little.
        ("整改责任单位", None),
        ("整改期限是否超期", None),
        ("照片", None),
        ("天气", None),
        ("序号", None),
        ("隐患编码", None),
        ("本镇编号", None),
        ("检查人", None),
        ("日期", None),
        ("负责部门", None),
        ("资金（万元）", None),
    ],
)
def test_what_a_heading_may_stand_for(heading: str, title: str | None) -> None:
    assert proposed(heading) == ({} if title is None else {heading: title})


def test_a_field_that_has_its_column_is_not_proposed_again() -> None:
    assert proposed("发现日期", "发现时间", "企业名称", "企业全称") == {}
    assert proposed("企业全称", own=Own(fixed={"enterprise": "甲厂"})) == {}
    assert proposed("企业全称", own=Own({"厂": "enterprise"})) == {"企业全称": "企业名称"}
    assert proposed("企业全称", "厂", own=Own({"厂": "enterprise"})) == {}
    assert proposed("企业全称", own=Own(ignored=frozenset({"企业全称"}))) == {}


def test_of_two_that_are_equally_near_nobody_can_say_which_is_meant() -> None:
    assert proposed("甲方企业名称", "乙方企业名称") == {}
    assert proposed("企业全称", "企业简称") == {"企业全称": "企业名称"}


def test_the_record_type_that_most_headings_are_near_to() -> None:
    rows = [
        (1, ["芝英镇11月隐患表"]),
        (3, ["序号", "企业全称", "所属镇街", "发现时间", "整改时限", "级别", "隐患部位及描述"]),
        (4, ["1", "永康市甲厂", "芝英镇", "2018-10-09", "2018-10-31", "一般", "无罩"]),
    ]
    found = heading_proposal.propose(Sheet("芝英镇.xlsx", "10月", rows), definition.all_records())
    assert found is not None
    assert (found.record.name, found.file, found.sheet) == ("hazard", "芝英镇.xlsx", "10月")
    assert [(pair.column, pair.field) for pair in found.pairs] == [
        ("B", "enterprise"),
        ("C", "town"),
        ("D", "found_on"),
        ("E", "deadline_on"),
        ("G", "description"),
    ]
    assert (found.missing, found.left, found.serial) == (("隐患来源",), (), ("序号",))


@pytest.mark.parametrize("heads", [["企业全称"], ["企业全称", "备注"], ["甲", "乙", "丙", "丁"], []])
def test_a_row_of_few_headings_is_none_of_headings(heads: list[str]) -> None:
    assert heading_proposal.propose(Sheet("a.csv", "", [(1, heads)]), definition.all_records()) is None


@pytest.mark.unmeasured
@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["企业全称", "所属镇街", "时间", "编号"])), max_size=8))
def test_only_what_is_unknown_and_free_is_proposed(heads: list[str]) -> None:
    sheet = Sheet("a.csv", "", [(1, [*PLAIN, *heads])])
    found = heading_proposal.propose(sheet, [HAZARD])
    if found is None:
        return
    fields = [pair.field for pair in found.pairs]
    assert len(set(fields)) == len(fields)
    assert not set(fields) & {headings.field_of(head, HAZARD) for head in [*PLAIN, *heads]}
    assert all(headings.field_of(pair.heading, HAZARD) is None for pair in found.pairs)


def both(*heads: str) -> list[tuple[str, str]]:
    sheet = Sheet("芝英镇.csv", "", [(1, [*PLAIN, *heads])])
    found = heading_proposal.propose(sheet, [HAZARD])
    return [] if found is None else [(one.heading, one.title) for one in found.both]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (("整改时间", "整改情况"), [("整改时间", "验收日期")]),
        (("复查日期", "复查结果"), [("复查日期", "整改完成日期")]),
        (("复查日期", "整改完成时间", "复查结果"), []),  # it has both days
        (("整改时间", "整改责任人"), []),  # it does not say how it ended
        (("整改情况", "企业全称"), []),  # it has no day
    ],
)
def test_of_two_days_that_lists_have_in_one(heads: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert both(*heads) == expected


@pytest.mark.parametrize(
    ("heading", "text", "meant"),
    [
        ("整改情况", "已整改", "合格"),
        ("整改落实情况", "整改完毕", "合格"),
        ("是否整改", "是", "合格"),
        ("是否整改到位", "否", ""),
        ("闭环情况", "未闭环", ""),
        ("复查结果", "复查不合格", "不合格"),
        ("整改情况", "基本整改", None),
        ("复查结果", "合格", None),  # a word of the ledger
        ("措施", "已整改", None),  # of another field it says nothing
    ],
)
def test_what_a_text_may_mean(heading: str, text: str, meant: str | None) -> None:
    rows = [(1, [*PLAIN, "企业全称", heading]), (2, ["部门检查", "一般", "无罩", "甲厂", text])]
    found = heading_proposal.propose(Sheet("芝英镇.csv", "", rows), [HAZARD])
    assert found is not None
    assert [(value.text, value.meant) for value in found.values] == ([] if meant is None else [(text, meant)])
    assert bool(found.unread) is (text == "基本整改")


@pytest.mark.parametrize(
    ("record", "heads", "row", "pairs", "values"),
    [
        (
            *("training", "培训时间,培训主题,培训对象,参加人数", "2018-10-12,消防,企业员工,30"),
            ["培训日期", "培训名称", "培训类别", "参训人次"],
            [("企业员工", "其他从业人员")],
        ),
        (
            *("training", "举办日期,培训班名称,人员类别,培训人数", "2018-10-12,复训,安全员,30"),
            ["培训日期", "培训名称", "培训类别", "参训人次"],
            [("安全员", "安全管理人员")],
        ),
        ("training", "培训日期,培训名称,培训类别,人数", "2018-10-12,复训,网格员,30", ["参训人次"], []),
        (
            "trusteeship",
            "企业名称,托管机构,托管类型,签订日期,到期日期,服务频次",
            "甲厂,某公司,小微企业,2018-10-1,2019-9-30,4",
            ["服务机构", "托管类别", "起始日期", "终止日期", "约定服务次数"],
            [("小微企业", "小微")],
        ),
        (
            "trusteeship",
            "企业名称,服务机构,服务类型,生效日期,结束时间,年服务次数",
            "甲厂,某公司,涉粉,2018-10-1,2019-9-30,4",
            ["托管类别", "起始日期", "终止日期", "约定服务次数"],
            [],
        ),
        # Who was there is no kind of people, and what a firm is called no kind of contract.
        ("training", "培训时间,培训内容,培训人员,人数", "2018-10-12,消防,车间主任,30", ["培训日期", "参训人次"], []),
    ],
)
def test_lists_of_towns(record: str, heads: str, row: str, pairs: list[str], values: list[tuple[str, str]]) -> None:
    sheet = Sheet("甲.csv", "", [(1, heads.split(",")), (2, row.split(","))])
    found = heading_proposal.propose(sheet, [definition.record(record)])
    assert found is not None
    assert [pair.title for pair in found.pairs] == pairs
    assert [(value.text, value.meant) for value in found.values] == values


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (("联系电话", "联系电话"), ["E"]),
        (("备注", "联系电话", "备注", "备注"), ["F", "G"]),
        (("联系电话", "备注"), []),
        (("照片", "照片"), []),  # what is not read may stand twice
    ],
)
def test_columns_whose_field_has_one_already(heads: tuple[str, ...], columns: list[str]) -> None:
    sheet = Sheet("甲.csv", "", [(1, ["企业全称", "镇街", "生产经营地址", *heads])])
    found = heading_proposal.propose(sheet, [definition.record("enterprise")])
    assert found is not None
    assert [pair.column for pair in found.twice] == columns
    placed = Own(placed={headings.index(column): "" for column in columns})
    again = heading_proposal.propose(sheet, [definition.record("enterprise")], {"enterprise": placed})
    assert again is not None
    assert again.twice == ()


@pytest.mark.parametrize(
    ("heads", "goes_on"),
    [
        (("检查时间", "责任单位", "存在问题", "整改情况"), True),
        (("排查日期", "信用代码", "描述", "整改完成时间"), True),
        (("隐患编号", "复查结果", "复查日期"), True),
        (("检查时间", "存在问题", "整改情况"), False),  # of which firm?
        (("检查时间", "责任单位", "存在问题", "措施"), False),  # no step of its life
    ],
)
def test_a_list_that_goes_on_with_known_records(heads: tuple[str, ...], goes_on: bool) -> None:
    found = heading_proposal.propose(Sheet("甲.csv", "", [(1, ["备注", *heads])]), [HAZARD])
    assert found is not None
    assert found.goes_on is goes_on
    assert "隐患来源" in found.missing
