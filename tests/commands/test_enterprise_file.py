"""One enterprise on one page: where it was when, what it was called, all its records, what is due, its line of time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., str]
FIRM = "永康市示例0340铝制品厂"


def test_it_tells_every_record_and_its_days(office: Run) -> None:
    told = office("enterprise", "file", "示例0340铝制品厂")
    assert "西溪镇西溪示例村，在营；共登记隐患4条，全部销号；待办2件。" in told
    once = ("风险等级", "诊断", "标准化", "托管合同", "托管服务", "责任村指导")
    for title, count in (("隐患", 4), ("检查", 4), *((title, 1) for title in once)):
        assert f"{title}　共{count}条" in told
    line = told[told.index("时间线") :].splitlines()
    assert [row.split()[:2] for row in line if row.startswith("2018-07-30")] == [
        ["2018-07-30", "隐患整改完成"],
        ["2018-07-30", "隐患验收不合格"],
    ]
    days = [row[:10] for row in line if row[:4].isdigit()]
    assert days == sorted(days)


def test_an_accident_stands_on_the_page_of_its_enterprise(office: Run) -> None:
    assert "事故　共" not in office("enterprise", "file", FIRM)
    office(
        *("accident", "add", "--name", "示例机械伤害事故", "--happened-on", "2018-10-09", "--town", "西溪"),
        *("--enterprise", FIRM, "--sector", "工矿商贸", "--deaths", "0", "--serious", "1"),
    )
    told = office("enterprise", "file", FIRM)
    assert "事故　共1条" in told
    assert "2018-10-09  发生事故：示例机械伤害事故" in told


def test_what_is_due_names_what_is_typed_and_disappears_with_it(office: Run) -> None:
    assert f"anjian 服务 新增 {FIRM}" in office("enterprise", "file", FIRM)
    office("visit", "add", FIRM, "--kind", "小微", "--visited-on", "2018-11-02", "--agency", "示例丙安全技术服务公司")
    told = office("enterprise", "file", FIRM)
    assert f"anjian 服务 新增 {FIRM}" not in told
    assert "待办1件" in told


def test_a_firm_that_moved_was_renamed_and_closed_says_so(office: Run) -> None:
    told = office("enterprise", "file", "示例0539")
    assert "芝英镇              登记时      2018-07-01" in told
    assert "2018-07-01  迁至经济开发区" in told
    office("enterprise", "edit", "示例0539", "--name", "永康市示例0539冷链食品厂")
    office("enterprise", "edit", "示例0539", "--state", "关闭")
    told = office("enterprise", "file", "永康市示例0539冷冻食品厂")
    assert "永康市示例0539冷链食品厂安全生产档案" in told
    assert "曾用名永康市示例0539冷冻食品厂（至2018-11-02）" in told
    assert "2018-11-02  更名，原名永康市示例0539冷冻食品厂" in told
    assert "2018-11-02  关闭" in told


def test_cases_are_of_its_code_or_of_a_name_it_had(office: Run) -> None:
    common = (
        "--town",
        "西溪",
        "--cause",
        "未按规定培训",
        "--filed-on",
        "2018-10-08",
        "--accident",
        "否",
        "--joint",
        "否",
    )
    office("case", "add", "例罚2018-901", "--party", FIRM, *common)
    office("case", "add", "例罚2018-902", "--party", FIRM, "--credit-code", "91330784DEM000340M", *common)
    office("case", "add", "例罚2018-903", "--party", "永康市示例0352门配厂", *common)
    told = office("enterprise", "file", FIRM)
    assert "执法案件　共2条" in told
    assert "例罚2018-903" not in told


def test_telephones_are_masked_unless_asked_for(office: Run) -> None:
    office("enterprise", "edit", FIRM, "--phone", "13800001234")
    assert "138****1234" in office("enterprise", "file", FIRM)
    assert "13800001234" in office("enterprise", "file", FIRM, "--with-phones")


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_it_is_a_file_and_nothing_is_overwritten(office: Run, tmp_path: Path, ending: str) -> None:
    office("enterprise", "file", FIRM, "-o", f"档案.{ending}")
    made = (tmp_path / f"档案.{ending}").read_bytes()
    assert made
    if ending == "html":
        page = made.decode()
        assert "有限空间无警示标志" in page
        assert '<ul class="facts">' not in page
    assert "E109" in office("enterprise", "file", FIRM, "-o", f"档案.{ending}", code=2)


def test_an_unknown_name_is_refused(office: Run) -> None:
    assert "E23" in office("enterprise", "file", "没有这家企业", code=1)


def test_of_whom_nothing_is_recorded_yet_no_empty_table_is_printed(office: Run) -> None:
    office("enterprise", "add", "永康市新来五金厂", "--town", "芝英", "--no-code-reason", "在办")
    told = office("enterprise", "file", "永康市新来五金厂")
    assert "基本情况" in told
    assert "时间线" not in told


@pytest.mark.parametrize("whose", ["个人", "无"])
def test_an_accident_of_no_enterprise_comes_out_of_a_file(office: Run, whose: str) -> None:
    head = "镇（街、区）,事故名称,发生时间,事故单位,行业领域,死亡（人）,重伤（人）"
    row = f"西溪镇,示例车辆碰撞事故,2018-10-09,{whose},道路运输,0,1"
    Path("事故.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert "新增1" in office("accident", "import", "事故.csv")
    assert whose in office("accident", "list", "--find", "车辆碰撞事故", "--format", "csv")
