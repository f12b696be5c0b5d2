"""`log N` and `undo` tell an operation as people read it: records by name and number, old and new, Beijing time."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.workflow import told_operation
from support.sweeps import sweep

Run = Callable[..., str]
HEAD = r"操作{}  \d{{4}}-\d\d-\d\d \d\d:\d\d（北京时间）  \S+  {}\n"


def newest(run: Run) -> int:
    return int(run("日志", "--条数", "1").splitlines()[2].split()[0])


@pytest.mark.unmeasured
@sweep(
    ("line", "command", "said"),
    [
        (
            "隐患 整改 芝英-15 --日期 11-1",
            "隐患 整改",
            ["修改隐患 芝英-15（330784115-2018-0015） 永康市", "　整改完成日期：（空） → 2018-11-01"],
        ),
        (
            "隐患 新增 示例0518 --描述 配电箱无门 --期限 11-10",
            "隐患 新增",
            ["新增隐患 芝英-17（330784115-2018-0017） 永康市示例0518五金厂，芝英镇，配电箱无门"],
        ),
        (
            "托管 终止 芝英-3 --日期 10-20 --理由 停产",
            "托管 终止",
            ["修改托管合同 芝英-3（330784115-2018-0003） 永康市", "　提前终止日期：（空） → 2018-10-20"],
        ),
        ("企业 修改 示例0518 --属地 石柱 --变更日期 10-1", "企业 修改", ["　镇（街、区）：芝英镇 → 石柱镇"]),
        ("执法 作废 唐先-9 --理由 试一试", "执法 作废", ["作废执法案件 唐先-9（330784113-2018-0009）"]),
        (
            "设置 新增 落后名单取末几位 --值 2 --起用日期 11-1",
            "设置 新增",
            ["新增设置 330784-2018-0018 落后名单取末几位，2"],
        ),
        ("月份 定稿 10 --确认", "月份 定稿", ["1行"]),
    ],
    keep=3,
)
def test_an_operation_is_told_by_its_records(office: Run, line: str, command: str, said: list[str]) -> None:
    office(*line.split(" "))
    number = newest(office)
    told = office("日志", str(number))
    assert re.match(HEAD.format(number, command), told), told
    for one in said:
        assert one in told
    # It is told the same after others came, and backwards when it is undone.
    office("隐患", "修改", "芝英-16", "--备注", "催办")
    assert office("日志", str(number)) == told
    undone = office("撤销", str(number))
    assert undone.startswith(f"已撤销操作{number}（{command}）\n") or "〔N501〕" in undone
    for one in re.findall("　(.*)：(.*) → (.*)\n", told):
        assert f"　{one[0]}：{one[2]} → {one[1]}\n" in undone
    assert f"撤销了操作{number}\n" in office("日志", str(newest(office)))
    assert f"已被操作{newest(office)}撤销\n" in office("日志", str(number))


def test_an_import_is_told_with_its_file_and_not_without_end(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"芝英镇,2018-10-0{day},网格员,第{day}期,8,60,58\n" for day in range(1, 8))
    Path("培训.csv").write_text(
        f"镇（街、区）,培训日期,培训类别,培训名称,学时,参训人次,合格人次\n{rows}", encoding="utf-8"
    )
    office("导入", "培训.csv")
    number = str(newest(office))
    said = office("日志", number)
    assert "出自《培训.csv》，SHA-256 " in said
    assert said.count("新增培训 ") == 7
    monkeypatch.setattr(told_operation, "MOST", 3)
    said = office("日志", number)
    assert said.count("新增培训 ") == 3
    assert "……另有4条，没有逐条列出" in said


def test_telephones_are_masked(office: Run) -> None:
    office("企业", "修改", "示例0518", "--电话", "13912345678")
    said = office("日志", str(newest(office)))
    assert "139****5678" in said
    assert "13912345678" not in said


def test_what_is_no_operation_or_no_format_is_refused(office: Run) -> None:
    assert "〔E434〕" in office("日志", "999", code=3)
    assert "〔E106〕" in office("日志", "1", "--格式", "json", code=2)


@sweep(("answer", "done"), [("y\n", True), ("是\n", True), ("n\n", False), ("\n", False), ("", False)], keep=2)
def test_on_a_terminal_an_undo_is_shown_and_waits(
    office: Run, monkeypatch: pytest.MonkeyPatch, answer: str, done: bool
) -> None:
    office("隐患", "整改", "芝英-15", "--日期", "11-1")
    before = newest(office)
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(answer.encode())))
    with monkeypatch.context() as at_a_terminal:
        at_a_terminal.setattr(sys, "stdout", out)
        assert cli.main(["--today", "2018-11-02", "撤销"]) == 0
    said = out.getvalue()
    assert said.startswith(f"将撤销操作{before}（隐患 整改）\n修改隐患 330784115-2018-0015 ")
    assert "　整改完成日期：2018-11-01 → （空）\n" in said
    assert said.endswith(f"（y/n）已撤销操作{before}（隐患 整改）\n" if done else "（y/n）")
    assert newest(office) == before + done


@pytest.mark.unmeasured
def test_records_that_lie_scattered_are_told_without_those_between(office: Run) -> None:
    office("enterprise", "export", "-o", "企业.csv")
    with Path("企业.csv").open(encoding="utf-8-sig", newline="") as file:
        numbers = [row["编号"] for row in csv.DictReader(file)]
    Path("改.csv").write_text("编号,备注\n" + "".join(f"{number},零散\n" for number in numbers[::7][:4]), "utf-8")
    assert "修改4" in office("enterprise", "import", "改.csv")
    told = office("log", str(newest(office)))
    assert told.count("备注：") == 4
    assert [number for number in numbers if number in told] == numbers[::7][:4]


def test_the_log_says_that_there_is_more_than_it_shows(office: Run) -> None:
    number = newest(office)
    shown = office("日志", "--条数", "3")
    assert shown.endswith(f"\n共{number}步，这里是最近3步；全部：anjian 日志 --条数 {number}\n")
    assert "共" not in office("日志", "--条数", str(number)).splitlines()[-1]
    assert "这里是" not in office("日志", "--条数", "3", "--格式", "csv")
