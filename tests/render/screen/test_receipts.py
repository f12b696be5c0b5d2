"""The closing table of an import of several files."""

from __future__ import annotations

from anjian_cli.exchange.receipts import Receipt
from anjian_cli.render.screen import receipts as shown

FOUND = [
    Receipt("芝英镇", files=3, taken=86, left_out=1, send_back=["芝英.csv", "芝英镇10月隐患登记表.xlsx"]),
    Receipt("江南街道", files=1, taken=100),
    Receipt("", files=1, unread=1, send_back=["照片.et"]),
]


def test_town_by_town() -> None:
    assert shown.table(FOUND, ["石柱镇", "古山镇"], units="镇（街、区）", dry_run=False) == [
        "汇总：5个文件，收下186行，未收1行，另有1个没能读。",
        "镇（街、区）  文件  收下行  未收行  要重报的",
        "------------  ----  ------  ------  -----------------------------------",
        "芝英镇           3      86       1  芝英.csv、芝英镇10月隐患登记表.xlsx",
        "江南街道         1     100       0",
        "分不清镇街       1       0       0  照片.et",
        "合计             5     186       1  共3个",
        "没有收到：石柱镇、古山镇（2个）。",
    ]


def test_a_trial_in_which_all_is_well() -> None:
    assert shown.table(FOUND[1:2], [], units="镇（街、区）", dry_run=True) == [
        "汇总：1个文件，可收100行，未收0行。（试运行，未写入）",
        "镇（街、区）  文件  收下行  未收行  要重报的",
        "------------  ----  ------  ------  --------",
        "江南街道         1     100       0",
        "合计             1     100       0",
    ]


def test_files_of_no_one_town_and_of_the_office_itself() -> None:
    found = [Receipt("", files=3, taken=9, of_office=1)]
    assert shown.table(found, ["古山镇"], ["芝英镇", "石柱镇"], units="镇（街、区）", dry_run=True) == [
        "汇总：3个文件，可收9行，未收0行，另有1个是办公室自己掌握的，没有收。（试运行，未写入）",
        "镇（街、区）  文件  收下行  未收行  要重报的",
        "------------  ----  ------  ------  --------",
        "分不清镇街       3       9       0",
        "合计             3       9       0",
        "没有单独的文件、分不清镇街的文件里有：芝英镇、石柱镇（2个）。",
        "没有收到：古山镇（1个）。",
    ]


def test_of_many_files_the_rest_is_counted() -> None:
    many = Receipt("芝英镇", files=7, left_out=7, send_back=[f"{n}.csv" for n in range(7)])
    assert shown.table([many], [], units="镇（街、区）", dry_run=False)[3].endswith(
        "  0.csv、1.csv、2.csv、3.csv、4.csv等7个"
    )
