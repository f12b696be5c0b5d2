"""What kind of list a sheet is: by all its headings, its titles and its cells; nothing is taken where they disagree."""

from __future__ import annotations

import pytest

from anjian_cli.errors import Refused
from anjian_cli.exchange import heading_proposal, kind
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.headings import Own
from anjian_cli.records import definition

ALL = definition.all_records()
REGISTRY = "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址"


def sheet(*rows: str, file: str = "a.csv") -> Sheet:
    return Sheet(file, "", [(at, row.split(",")) for at, row in enumerate(rows, start=1)])


def seen(*rows: str, names: tuple[str, ...] = ("",)) -> str:
    """What the rows are taken for, or the codes of the refusal."""
    try:
        return kind.recognise(sheet(*rows), ALL, None, names).name
    except Refused as refusal:
        return " ".join(fault.code for fault in refusal.faults)


def proposed(*rows: str) -> tuple[str, dict[str, str]]:
    """The kind that is proposed where nothing is taken, with its pairs."""
    with pytest.raises(Refused) as refused:
        kind.recognise(sheet(*rows), ALL)
    other = refused.value.faults[0].words["other"]
    record = next(record for record in ALL if record.title == other)
    found = heading_proposal.propose(sheet(*rows), [record])
    assert found is not None
    return record.name, {pair.heading: pair.title for pair in found.pairs}


@pytest.mark.parametrize(
    "heads",
    [
        REGISTRY,
        "企业名称,统一社会信用代码",
        "编号,企业名称,镇（街、区）",
        "企业名称,镇（街、区）,风险类别",
        "单位名称,主要负责人,是否参加",
        "企业名称,从业人数,镇街,照片",
        "企业名称,注册资金,生产经营地址,检查日期,注册号",
    ],
)
def test_a_list_of_enterprises(heads: str) -> None:
    assert seen(heads) == "enterprise"


@pytest.mark.parametrize(
    "heads",
    ["企业名称", "企业名称,镇（街、区）", "企业名称,联系电话,备注", "企业名称,人数", "单位名称,注册资金,经营范围,村"],
)
def test_names_with_nothing_that_only_enterprises_have_are_no_list_of_enterprises(heads: str) -> None:
    assert seen(heads) in ("E342", "E310", "E311")


@pytest.mark.parametrize(
    ("heads", "meant", "pairs"),
    [
        (
            "企业名称,培训时间,培训人员,人数,联系电话",
            "training",
            {"培训时间": "培训日期", "人数": "参训人次"},
        ),
        ("单位名称,培训时间,培训内容,人次", "training", {"培训时间": "培训日期", "人次": "参训人次"}),
        ("企业名称,托管单位,托管时间,备注", "trusteeship", {"托管单位": "服务机构", "托管时间": "起始日期"}),
        ("企业,托管机构,合同期限,电话", "trusteeship", {"托管机构": "服务机构", "合同期限": "起始日期"}),
        (
            "序号,企业名称,发现时间,隐患情况,整改时限,备注",
            "hazard",
            {"发现时间": "发现日期", "隐患情况": "隐患部位与描述", "整改时限": "整改期限"},
        ),
        (
            "企业名称,统一社会信用代码,排查日期,存在问题,整改时限",
            "hazard",
            {"排查日期": "发现日期", "存在问题": "隐患部位与描述", "整改时限": "整改期限"},
        ),
    ],
)
def test_another_kinds_headings_count_against(heads: str, meant: str, pairs: dict[str, str]) -> None:
    assert proposed(heads) == (meant, pairs)


def test_a_column_of_another_kind_makes_no_other_list_of_one_that_fits_better() -> None:
    hazards = "镇（街、区）,企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限"
    assert seen(f"{hazards},检查人,培训时间") == "hazard"
    assert seen("镇（街、区）,培训日期,培训类别,培训名称,参训人次,整改时限") == "training"


@pytest.mark.parametrize(
    ("names", "title", "expected"),
    [
        (("芝英镇企业",), "", "enterprise"),
        (("芝英镇10月",), "", "enterprise"),
        (("芝英镇隐患10月",), "", "E341"),
        (("10月", "培训"), "", "E341"),
        (("",), "2018年安全生产托管情况表", "E341"),
        (("企业隐患",), "", "enterprise"),
    ],
)
def test_titles_that_say_another_kind(names: tuple[str, ...], title: str, expected: str) -> None:
    assert seen(title, REGISTRY, names=names) == expected


def test_who_says_what_is_meant_is_believed() -> None:
    own = {"enterprise": Own({"厂名": "name"})}
    assert kind.recognise(sheet("厂名,联系电话,培训时间,人数"), ALL, own, ("培训",)).name == "enterprise"


@pytest.mark.parametrize(
    ("rows", "names", "expected"),
    [
        (("代码,名称", "330784001,东城街道", "330784002,西城街道"), ("镇街",), "town"),
        (("代码,名称", "330784001,东城街道"), ("1",), "town"),
        (("代码,名称", "330784001201,甲村"), ("",), "village"),
        (("代码,名称", "330784001201,甲村"), ("镇街",), "E311"),  # the name says towns, the codes villages
        (("代码,名称", "甲,东城街道"), ("镇街",), "E311"),
        (("代码,名称",), ("镇街",), "E311"),
    ],
)
def test_of_two_that_fit_equally_titles_and_cells_decide(
    rows: tuple[str, ...], names: tuple[str, ...], expected: str
) -> None:
    assert seen(*rows, names=names) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Name,Value", "x,3"), "E301"),
        (("Id,Name,Value", "1,Zhang,3"), "E301"),
        (("name,value", "issuer,某办"), "setting"),
        (("Name,Age", "Zhang,3"), "E311"),
        (("名称,值", "x,3"), "setting"),
        (("Code,Name", "330784001,东城街道"), "town"),
    ],
)
def test_a_foreign_table_is_no_register(rows: tuple[str, ...], expected: str) -> None:
    assert seen(*rows) == expected
