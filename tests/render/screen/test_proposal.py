"""What a person reads of headings that are nearly those of a record type."""

from __future__ import annotations

from anjian_cli.exchange.heading_proposal import Pair, Proposal
from anjian_cli.records import definition
from anjian_cli.render.screen import proposal as shown


def test_of_which_sheet_and_what_is_to_be_done() -> None:
    pairs = (Pair("企业全称", "B", "enterprise", "企业名称"),)
    proposals = [
        Proposal(definition.record("hazard"), "芝英.xlsx", "10月", pairs, ("隐患来源", "整改期限"), ("照片",)),
        Proposal(definition.record("training"), "芝英.xlsx", "", pairs),
        Proposal(
            *(definition.record("enterprise"), "芝英.xlsx", "", (), ("镇（街、区）",)),
            twice=(Pair("电话", "F", "phone", "联系电话"),),
            goes_on=True,
        ),
    ]
    assert shown.lines(proposals) == [
        "　“10月”表列名和“隐患”的相近，可能是：",
        "　　企业全称（B列） → 企业名称",
        "　　没有相近的必填列：隐患来源、整改期限",
        "　列名和“培训”的相近，可能是：",
        "　　企业全称（B列） → 企业名称",
        "　列名和“企业”的相近，可能是：",
        "　　电话（F列） → 不读，前面已有一列联系电话",
        "　　没有相近的必填列：镇（街、区）（登记过的不用补）",
        "　加 --存对照 对照.toml 存成对照，核对以后用 --对照 对照.toml 导入。",
    ]
    assert shown.lines([]) == []
