"""`anjian find`: a name, a number or any words, over all records."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from anjian_cli.ledger import found

Run = Callable[..., str]
PHONE = "13912345678"


def rows(office: Run, *line: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = json.loads(office("find", *line, "--format", "json"))
    return told


def test_a_firm_is_found_with_what_is_of_it(office: Run) -> None:
    told = rows(office, "示例0518")
    assert told[0] == {
        "kind": "企业",
        "number": "330784115-2018-0047",
        "town": "芝英镇",
        "subject": "永康市示例0518五金厂",
        "day": "",
        "see": "anjian 企业 查看 330784115-2018-0047",
    }
    assert {"隐患", "检查", "托管合同"} <= {row["kind"] for row in told}
    for row in told:  # what is typed to see it is right
        assert row["subject"].partition("，")[0] in office(*row["see"].split()[1:])


def test_a_short_number_finds_its_records_first(office: Run) -> None:
    office("隐患", "修改", "芝英-16", "--备注", "同芝英-12")
    told = [row for row in rows(office, "芝英-12") if row["kind"] == "隐患"]
    assert [row["number"] for row in told] == ["330784115-2018-0012", "330784115-2018-0016"]
    assert rows(office, "330784115-2018-0012", "--类别", "隐患")[0]["see"] == "anjian 隐患 查看 芝英-12"


def test_what_was_written_down_since_is_the_records(office: Run) -> None:
    office(
        "隐患", "延期", "芝英-16", "--延至", "12-1", "--批准单位", "甲办", "--批准文号", "延字9号", "--原因", "设备未到"
    )
    assert [row["number"] for row in rows(office, "延字9号")] == ["330784115-2018-0016"]
    office("企业", "修改", "示例0518", "--名称", "永康市改名厂", "--变更日期", "11-1")
    assert "永康市改名厂" in {row["subject"] for row in rows(office, "示例0518", "--类别", "企业")}


def test_several_words_are_all_there(office: Run) -> None:
    both = rows(office, "示例0518", "行车")
    assert [row["kind"] for row in both] == ["隐患"]


def test_of_a_town_a_kind_and_what_was_voided(office: Run) -> None:
    everywhere = rows(office, "配电箱", "--kind", "隐患")
    here = rows(office, "配电箱", "--kind", "hazard", "--town", "芝英")
    assert 0 < len(here) < len(everywhere)
    assert {row["town"] for row in here} == {"芝英镇"}
    office("隐患", "作废", "芝英-11", "--原因", "重复登记")
    assert len(rows(office, "配电箱", "--类别", "隐患")) == len(everywhere) - 1
    assert len(rows(office, "配电箱", "--类别", "隐患", "--含作废")) == len(everywhere)


def test_a_telephone_is_found_whole_and_told_masked(office: Run) -> None:
    office("企业", "修改", "示例0518", "--联系电话", PHONE)
    office("隐患", "修改", "芝英-16", "--备注", f"负责人{PHONE}")
    assert {row["kind"] for row in rows(office, PHONE)} >= {"企业", "隐患"}
    assert PHONE not in office("find", PHONE, "--format", "csv")
    for part in (PHONE[:6], PHONE[4:], PHONE[:-1]):
        assert rows(office, part, "--kind", "企业") == []
        assert rows(office, part, "--kind", "隐患") == []
    assert rows(office, PHONE[:3], "--kind", "隐患") != []  # that much is told of it anyway


def test_the_table_says_how_many_and_what_is_typed(office: Run) -> None:
    told = office("查找", "配电箱", "--条数", "3").splitlines()
    head = next(line for line in told if line.startswith("隐患 "))
    assert "看一条：anjian 隐患 查看 编号" in head
    all_of_them = next(line for line in told if line.startswith("  ……全部：anjian 查找 配电箱 --类别 隐患 --条数 "))
    assert head.startswith(f"隐患 {all_of_them.split()[-1]}条")
    assert "……" not in office("查找", "配电箱")  # off a terminal nothing is cut
    table = list(csv.reader(io.StringIO(office("查找", "配电箱", "--格式", "csv").partition("类别")[2])))
    assert len(table) - 1 == int(told[0 if told[0].startswith("找到") else 1].removeprefix("找到").removesuffix("条。"))


def test_nothing_found_says_what_could_be_meant(office: Run) -> None:
    assert "没有找到“没有这样的”" in office("查找", "没有这样的")
    assert "限定在芝英镇找，请写 --镇街 芝英" in office("查找", "没有这样的", "芝英")
    assert "〔E131〕" in office("查找", "厂", code=2)
    assert "您要写的是“隐患”吗" in office("查找", "五金", "--类别", "隐换", code=2)


def test_no_columns_of_codes_days_or_checks_are_searched(office: Run) -> None:
    assert rows(office, "330784115", "--kind", "隐患") == []
    with closing(sqlite3.connect(os.environ["ANJIAN_DB"])) as ledger:
        searched = {name: found._columns(ledger, name) for name in ("hazard", "enterprise", "rectification")}
    assert "description" in searched["hazard"]
    assert "name_key" in searched["enterprise"]
    assert "conclusion" in searched["rectification"]
    assert not {"found_on", "town_code", "row_check", "voided_on"} & {
        each for names in searched.values() for each in names
    }


@pytest.mark.parametrize("text", ["%", "_", "'", '"', "100%';--"])
def test_signs_are_only_signs(office: Run, text: str) -> None:
    office("find", text * 2)
