"""A month is locked with open eyes, and taken back by a step of its own, as a clerk types it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document

Run = Callable[..., str]


@pytest.mark.unmeasured
def test_a_month_without_a_year_is_the_last_one_that_ended(new_county: Run) -> None:
    """Facts of another year do not decide which October is meant."""
    course = ("培训", "新增", "某期", "--镇", "芝英", "--类别", "网格员", "--参训人次", "9", "--合格人次", "9")
    new_county(*course, "--培训日期", "2016-10-09")
    for typed, line in (("9", "2018-9"), ("12", "2017-12")):
        said = new_county("month", "close", typed, code=2)
        assert "不写年份的只能是上一个已结束的月（2018年10月）" in said
        assert said.endswith(f"anjian 月份 定稿 {line}。〔E119〕\n")
    said = new_county("month", "issue", "9", "--number", "15", "--on", "11-2", code=2)
    assert said.endswith("anjian 月份 印发 2018-9 --文号 15 --日期 11-2。〔E119〕\n")
    assert "2018年11月还没有结束" in new_county("月份", "定稿", "11", code=4)
    assert "已定稿：2018年10月" in new_county("月份", "定稿", "10", "--yes")
    assert "2018年10月已定稿" in new_county("月份", "定稿", code=4)


def test_an_empty_month_is_not_locked_by_mistake(new_county: Run) -> None:
    said = new_county("month", "close", "2018-9", code=4)
    assert "提请注意：“安全生产教育培训”各镇（街道）都没有任务" in said
    assert "2018年9月定稿前请先看清：没有一个镇（街道）有任务" in said
    assert said.endswith("确实要定稿：anjian 月份 定稿 2018-09 --确认。〔E474〕\n")
    assert "2018-09" not in new_county("month", "list")
    assert "已定稿：2018年9月" in new_county("month", "close", "2018-9", "--yes")
    said = new_county("month", "issue", "2018-9", "--number", "15", code=4)
    assert said.endswith("确实要印发：anjian 月份 印发 2018-09 --文号 15 --确认。〔E474〕\n")
    assert "已印发：2018年9月，" in new_county("month", "issue", "2018-9", "--number", "15", "--yes")


@pytest.mark.unmeasured
def test_what_is_only_remarked_stops_nothing(office: Run) -> None:
    for line in (("month", "close", "10"), ("month", "issue", "10", "--number", "15")):
        said = office(*line)
        assert "提请注意：西溪、唐先还没有报送月报。" in said
        assert "提请注意：芝英“涉氨”镇报6，台账4" in said


@pytest.mark.altered
def test_a_ledger_that_is_not_whole_is_not_locked(office: Run) -> None:
    with closing(sqlite3.connect("a.db")) as ledger:
        ledger.execute("UPDATE training SET passed = passed - 1, remark = '改' WHERE id = 1")
        ledger.commit()
    said = office("month", "close", "10", code=6)
    assert "〔E704〕" in said
    assert "〔E706〕" in said
    assert "2018-10-31" not in office("month", "list")


@pytest.mark.unmeasured
def test_withdrawn_and_issued_again(office: Run) -> None:
    office("月份", "定稿", "10")
    assert "2018年10月还没有印发，不能撤回" in office("月份", "撤回", "10", "--原因", "数字有误", code=4)
    office("月份", "印发", "10", "--文号", "15")
    assert "只能撤回最后印发的一个月（2018年10月）" in office("月份", "撤回", "9", "--原因", "数字有误", code=4)
    issued = json.loads(office("通报", "10", "--格式", "json"))
    assert office("月份", "撤回", "--原因", "数字有误").startswith(
        "已撤回：2018年10月，永安委办〔2018〕15号，2018-11-02（数字有误）。"
    )
    assert json.loads(office("通报", "10", "--格式", "json"))["state"] == ""
    kept = json.loads(office("通报", "10", "--文号", "15", "--格式", "json"))
    assert kept == issued | {"state": "withdrawn"}
    office("通报", "10", "--文号", "15", "-o", "撤回的.docx")
    headers = [part.text for section in Document("撤回的.docx").sections for part in section.header.paragraphs]
    assert any("已撤回" in text for text in headers)
    office("月份", "定稿", "10")
    said = office("月份", "印发", "10", "--文号", "15", code=4)
    assert "永安委办〔2018〕15号已用于2018年10月的通报（已撤回）" in said
    office("月份", "印发", "10", "--文号", "16")
    rows = json.loads(office("月份", "列表", "--format", "json"))
    assert [(row["month"], row["state"], row["document"][-3:], row["withdraw_reason"]) for row in rows] == [
        ("2018-09", "已印发", "13号", ""),
        ("2018-10", "已撤回", "15号", "数字有误"),
        ("2018-10", "已印发", "16号", ""),
    ]
    assert "（印发 永安委办〔2018〕16号）" in office("通报", "10")
    assert "（已撤回 永安委办〔2018〕15号）" in office("通报", "10", "--文号", "15")
    assert "〔E451〕" in office("通报", "10", "--文号", "17", code=3)
    assert "台账完好" in office("核验")


def test_where_nothing_was_issued_nothing_is_withdrawn(new_county: Run) -> None:
    assert "还没有印发过" in new_county("month", "withdraw", "--why", "数字有误", code=2)


def test_a_new_ledger_is_asked_for_what_it_lacks(new_county: Run, tmp_path: Path) -> None:
    steps = [line.strip() for line in new_county("status").splitlines() if line.startswith("       ")]
    assert [step[:4] for step in steps] == ["1 任务", "2 收件", "3 定稿", "4 印发"]
    assert "下一步：anjian 任务 导入 文件 | anjian 导入 收件 | anjian 待办" in new_county("status")
    new_county("init", "b.db", "--region", "330784")
    said = new_county("--db", str(tmp_path / "b.db"), "status")
    assert "       1 镇街 还没有镇（街、区）" in said
    assert "下一步：anjian 镇街 导入 文件 | anjian 任务 导入 文件" in said
