"""What a person reads of what is due, on a screen of 100 and of 80 columns, and what programs get."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from anjian_cli.bulletin.due import UNSETTLED, Due
from anjian_cli.bulletin.value import Town
from anjian_cli.render.screen import todo as shown
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.render.screen.todo import Todo
from anjian_cli.render.width import columns

ZONE = Town("330784901", "经济开发区", "开发区")


def one(left: int = -12, due_on: str = "2018-10-21", **more: Any) -> Due:
    given: dict[str, Any] = {
        "kind": "重大隐患整改", "detail": "县级挂牌", "unit": ZONE, "subject": "永康市恒达工具厂",
        "command": "隐患 整改", "handle": "开发区-12", "record": "hazard", "record_id": 1,
    }  # fmt: skip
    return Due(left=left, due_on=due_on, **{**given, **more})


def lines(*found: Due, within: int = 30, width: int | None = 100, every: bool = False, **more: Any) -> list[str]:
    return text(shown.screen(Todo(found, "2018-11-02", within, **more), width, every=every)).splitlines()


CONTRACT = one(8, "2019-01-10", kind="托管合同到期", detail="喷涂", unit=UNSETTLED, command="托管 新增",
               handle="永康市新达五金厂", subject="永康市新达五金厂", record="trusteeship")  # fmt: skip


def test_a_screen() -> None:
    assert lines(one(), CONTRACT, width=None) == [
        "待办  2018-11-02  全市  30日内到期及已逾期  共2件",
        "序  期限          剩余  镇街区      事项                   对象              办理（前加 anjian）",
        "--  ----------  ------  ----------  ---------------------  ----------------  --------------------------",
        " 1  10-21       逾12天  经济开发区  重大隐患整改 县级挂牌  永康市恒达工具厂  隐患 整改 开发区-12",
        " 2  2019-01-10     8天  未定镇街    托管合同到期 喷涂      永康市新达五金厂  托管 新增 永康市新达五金厂",
        "-" * 103,
        "逾期1  今天0  7日内0  30日内1  发到各镇：anjian 待办 --每镇 -o 下发",
    ]
    for width in (100, 140):
        assert max(map(columns, lines(one(), CONTRACT, width=width))) <= 100


def test_narrow_it_is_brief_and_cuts_what_need_not_be_typed() -> None:
    assert lines(one(), CONTRACT, width=80)[1:6] == [
        "期限       剩余 镇街区 事项                  办理（前加 anjian）",
        "-------- ------ ------ --------------------- -----------------------------------",
        "10-21    逾12天 开发区 重大隐患整改 县级挂牌 隐患 整改 开发区-12（永康市恒达工..",
        "19-01-10    8天 未定   托管合同到期 喷涂     托管 新增 永康市新达五金厂",
        "-" * 80,
    ]
    long = one(subject="很长的名称" * 9, handle="很长的名称" * 9)
    assert max(map(columns, lines(long, width=80)[:4])) <= 80
    assert "很长的名称" * 9 in lines(long, width=None)[3]


def test_the_first_lines_or_all() -> None:
    found = [one(at, f"2018-11-{2 + at:02}") for at in range(20)]
    assert "共20件，先列16件（全部：anjian 待办 --全部）" in lines(*found)[0]
    assert len(lines(*found)) == len(lines(*found, every=True)) - 4
    assert lines(*found, every=True)[0].endswith("共20件")


def test_each_thing_is_counted_once() -> None:
    found = [one(left) for left in (-40, -1, 0, 1, 7, 8, 30)]
    assert shown.sums(Todo(found, "2018-11-02", 30)) == "逾期2  今天1  7日内2  30日内2"
    assert shown.sums(Todo(found[:5], "2018-11-02", 7)) == "逾期2  今天1  7日内2"
    assert shown.sums(Todo(found[:4], "2018-11-02", 3)) == "逾期2  今天1  3日内1"
    assert shown.sums(Todo(found[:3], "2018-11-02", 0)) == "逾期2  今天1"


def test_nothing_and_made_up_data() -> None:
    assert lines(within=0, unit="芝英镇", demonstration=True) == [
        "【演示数据】待办  2018-11-02  芝英镇  今天到期及已逾期  共0件",
        "（没有）",
    ]
    assert shown.form_title(Todo((), "2018-11-02", 7, demonstration=True)) == (
        "2018-11-02，7日内到期及已逾期【演示数据】"
    )


def test_what_is_overdue_is_marked() -> None:
    marked = [line.style for line in shown.screen(Todo([one(-1), one(0)], "2018-11-02", 30))]
    assert marked.count("behind") == 1


def test_what_a_department_has_not_filed() -> None:
    bureau = Town("SYS-1", "示例建设局", "建设局")
    report = one(-2, "2018-10-31", kind="月报未报", detail="", unit=bureau, of="部门", command="报送 新增 --部门",
                 handle="建设局", subject="2018年10月", record="filing", record_id=0)  # fmt: skip
    both = lines(one(), report, width=None)
    assert both[1].split() == ["序", "期限", "剩余", "镇街区、部门", "事项", "对象", "办理（前加", "anjian）"]
    assert both[4].split() == [
        "2", "10-31", "逾2天", "示例建设局", "月报未报", "2018年10月", "报送", "新增", "--部门", "建设局",
    ]  # fmt: skip
    for width in (None, 60):
        assert "部门" in lines(report, width=width)[1].split()
    assert max(map(columns, lines(one(), report, width=80))) <= 80
    (row,) = json.loads(shown.formatted(Todo([report], "2018-11-02", 30), "json"))
    told = [row[name] for name in ("town_code", "town", "department_number", "department")]
    assert told == ["", "", "SYS-1", "示例建设局"]


def test_for_programs() -> None:
    todo = Todo([one(), CONTRACT], "2018-11-02", 30)
    (first, _) = json.loads(shown.formatted(todo, "json"))
    assert first == {
        "due_on": "2018-10-21", "left": -12, "town_code": "330784901", "town": "经济开发区", "kind": "重大隐患整改",
        "detail": "县级挂牌", "subject": "永康市恒达工具厂", "command": "anjian 隐患 整改 开发区-12",
        "record": "hazard", "handle": "开发区-12", "department_number": "", "department": "",
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(shown.formatted(todo, "csv"))))
    assert [(row["期限"], row["剩余天数"], row["办理"]) for row in rows] == [
        ("2018-10-21", "-12", "anjian 隐患 整改 开发区-12"),
        ("2019-01-10", "8", "anjian 托管 新增 永康市新达五金厂"),
    ]
