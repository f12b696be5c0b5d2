"""A scheme that ranks departments beside towns, adopted from its file: what is printed of both, and explained."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from anjian_cli.commands import bulletin
from commands.conftest import Lay

Run = Callable[..., str]
SCHEME = """
[办法]
名称 = "有部门的"
标题 = "示例县安全生产考核办法"
总分 = "百分制"

[[类别]]
编号 = "yh"
名称 = "隐患治理"
计分 = "是"

[[指标]]
编号 = "yh.逾期"
类别 = "隐患治理"
指标 = "逾期数"
全称 = "逾期未整改隐患"
单位 = "条"
数 = "逾期未整改隐患"
计分 = "扣分"
满分 = 60
计分细则 = "每=1；扣=7"
考核单位 = "镇、部门"

[[指标]]
编号 = "yh.演练"
类别 = "隐患治理"
指标 = "演练数"
全称 = "应急演练"
单位 = "次"
数 = "完成工作项"
条件 = "工作项种类=应急演练"
计分 = "按率"
满分 = 40
计分细则 = "封顶"
对照 = "任务"
考核单位 = "部门"

[[指标]]
编号 = "yh.检查"
类别 = "隐患治理"
指标 = "检查数"
全称 = "安全检查"
单位 = "家次"
数 = "安全检查"
计分 = "按率"
满分 = 40
计分细则 = "封顶"
对照 = "任务"
"""


@pytest.fixture
def ranked(new_county: Run, lay: Lay) -> Run:
    """Two departments of which one let a hazard fall overdue and held two of four exercises."""

    def lines() -> None:
        Path("办法.toml").write_text(SCHEME, encoding="utf-8")
        new_county("scheme", "adopt", "办法.toml", "--from", "2018-01-01")
        for name in ("甲", "乙"):
            new_county("department", "add", "--name", f"示例{name}局", "--short-name", f"{name}局")
        task = ("--year", "2018", "--quantity", "4", "--document", "例1号")
        new_county("target", "add", "--indicator", "演练数", "--部门", "甲局", *task)
        new_county("work", "add", "应急演练", "--部门", "甲局", "--done-on", "2018-10-09", "--times", "2")
        firm = ("芝英", "示例五金厂")
        new_county("enterprise", "add", "--town", "芝英镇", "--name", firm[1], "--no-code-reason", "在办")
        new_county(
            "hazard", "add", firm[1], "--found-on", "2018-09-03", "--source", "部门检查", "--level", "一般",
            "--description", "配电箱无盖", "--deadline", "2018-09-20", "--found-by", "乙局", "--charged-to", "甲局",
        )  # fmt: skip

    lay("ranked", lines)
    return new_county


def test_both_are_told_and_departments_are_told_apart(ranked: Run) -> None:
    told = ranked("bulletin", "10")
    assert "部门与镇（街道）分开排名：示例甲局73分、第1名，示例乙局0分（暂计）、第2名。" in told
    assert "anjian 通报 10 --考核单位 部门" in told
    of = ranked("通报", "10", "--考核单位", "部门")
    assert "部门安全生产重点工作通报" in of
    assert "10-甲局-逾期数" in of
    assert "分开统计" in of
    assert "演练数" not in told
    assert ("全市平均" in told, "各部门平均" in of, "全市平均" in of) == (True, True, False)
    whole = json.loads(ranked("bulletin", "10", "--format", "json"))
    assert [row["score"] for row in whole["departments"]["scores"]] == ["73/1", "0/1"]
    apart = json.loads(ranked("bulletin", "10", "--unit", "部门", "--format", "json"))
    assert apart["of"] == "部门"
    assert apart["scores"] == whole["departments"]["scores"]
    assert "departments" not in apart
    assert "示例甲局" in ranked("bulletin", "10", "甲局")
    assert "示例甲局" in ranked("bulletin", "10", "甲局", "--unit", "部门")


def test_two_schemes_are_compared_of_departments(ranked: Run) -> None:
    Path("另.toml").write_text(SCHEME.replace("有部门的", "另一个").replace("扣=7", "扣=30"), encoding="utf-8")
    line = ("办法", "比较", "有部门的", "另.toml", "--月份", "10", "--考核单位", "部门")
    told = list(csv.DictReader(ranked(*line, "--format", "csv").splitlines()))
    assert [(row["部门"], row["有部门的 得分"], row["另 得分"]) for row in told] == [
        ("示例甲局", "73.00", "50.00"), ("示例乙局", "0.00", "0.00"),
    ]  # fmt: skip
    assert "暂计" in ranked(*line)
    assert "示例甲局" not in ranked(*line[:-2])
    # One that asks nothing of departments ranks none; neither does, that is said.
    (first, *_) = csv.DictReader(
        ranked("办法", "比较", "永康2018", "另.toml", *line[4:], "--format", "csv").splitlines()
    )
    assert (first["部门"], first["永康2018 得分"], first["另 名次"]) == ("示例甲局", "", "1")
    assert "两个办法都不考核部门" in ranked("办法", "比较", "永康2018", "永康2018", *line[4:], code=3)


def test_every_form(ranked: Run) -> None:
    for ending in ("csv", "xlsx", "docx", "html"):
        ranked("bulletin", "10", "-o", f"镇.{ending}")
        ranked("bulletin", "10", "--unit", "部门", "-o", f"部门.{ending}")
        assert Path(f"部门.{ending}").stat().st_size > 500
    told = Path("部门.csv").read_text(encoding="utf-8-sig")
    assert "示例甲局" in told
    assert ",部门编号,部门,单位," in told.splitlines()[0]
    assert "镇街" not in told.splitlines()[0]
    assert ",镇街代码,镇街,单位," in Path("镇.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert "示例甲局" not in Path("镇.csv").read_text(encoding="utf-8-sig")
    names = openpyxl.load_workbook("镇.xlsx").sheetnames
    assert [name for name in names if "部门" in name] == names[-3:-1]  # behind them the rules
    ranked("bulletin", "10", "--unit", "部门", "-o", "一套", "--each-town")
    assert sorted(path.name for path in Path("一套").iterdir()) == [
        "示例乙局2018年10月部门核对表.xlsx",
        "示例甲局2018年10月部门核对表.xlsx",
    ]


def test_words_are_of_departments(ranked: Run) -> None:
    """What is said of all units together, and of the one that asks, is not said as of towns."""
    assert "各部门平均" in ranked("bulletin", "10", "甲局").splitlines()[4]
    asked = ranked("明细", "10", "甲局", "排名")
    assert "其他镇" not in asked
    assert "本镇" not in asked
    for code in ("10-各部门-逾期数", "10-各部门-得分"):
        assert ranked("明细", code).startswith(f"{code}  各部门  ")
    ranked("bulletin", "10", "--unit", "部门", "-o", "全套")
    (told,) = Path("全套").glob("*群通知.txt")
    assert told.read_text(encoding="utf-8-sig").startswith("【10月部门安全生产重点工作通报】")
    ranked("bulletin", "10", "--unit", "部门", "-o", "部门.csv")
    table = list(csv.DictReader(Path("部门.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["部门"] for row in table if not row["部门编号"]} == {"各部门"}


def test_explained(ranked: Run) -> None:
    assert "配电箱无盖" in ranked("明细", "10-甲局-逾期数")
    assert "配电箱无盖" not in ranked("明细", "10-乙局-逾期数")
    assert "配电箱无盖" in ranked("明细", "10-芝英-逾期数")
    assert "应急演练" in ranked("明细", "10", "甲局", "演练数")
    for code, title in (("10-甲局-逾期数", "部门编号"), ("10-甲局-演练数", "部门编号"), ("10-芝英-逾期数", "镇街代码")):
        (row, *_) = csv.DictReader(ranked("明细", code, "--format", "csv").splitlines())
        assert list(row)[6] == title
    assert "73" in ranked("明细", "10-甲局-得分")
    assert "示例甲局" in ranked("明细", "10-甲局-排名")
    ranked("明细", "10-芝英-演练数", code=3)


def test_what_is_no_kind_of_units(ranked: Run) -> None:
    ranked("bulletin", "10", "--unit", "村", code=1)
    assert bulletin.UNITS == ("镇", "部门")


def test_locked_with_the_month(ranked: Run) -> None:
    of = ("bulletin", "10", "--unit", "部门", "--format", "json")
    before = json.loads(ranked(*of))
    ranked("month", "close", "10", "--yes")
    ranked("work", "add", "应急演练", "--部门", "甲局", "--done-on", "2018-10-19", "--times", "2")
    after = json.loads(ranked(*of))
    assert (after["scores"], after["categories"]) == (before["scores"], before["categories"])


def test_not_ranked(new_county: Run) -> None:
    new_county("bulletin", "10", "--unit", "部门", code=3)


def test_found_by_its_names_to_be_shown_and_edited(ranked: Run) -> None:
    number = json.loads(ranked("department", "list", "--format", "json"))[0]["number"]
    for word in ("示例甲局", "甲局", number, number[-4:]):
        assert "示例甲局" in ranked("部门", "查看", word)
    assert "例1" in ranked("部门", "修改", "甲局", "--备注", "例1")
    assert "E231" in ranked("部门", "修改", "示例丙局", "--备注", "例1", code=1)
    assert "E451" in ranked("部门", "修改", "D9999", "--备注", "例1", code=3)


def test_marks_of_what_is_asked_otherwise_are_told(ranked: Run) -> None:
    mark = SCHEME.replace('"有部门的"', '"有评分的"') + (
        '\n[[指标]]\n编号 = "yh.配合"\n类别 = "隐患治理"\n指标 = "配合"\n全称 = "工作配合"\n'
        '计分 = "评分"\n满分 = 10\n计分细则 = "幅度=-5~0"\n考核单位 = "部门"\n'
    )
    Path("评.toml").write_text(mark, encoding="utf-8")
    ranked("scheme", "adopt", "评.toml", "--from", "2018-10-01")
    ranked("mark", "add", "配合", "--部门", "甲局", "--points", "-3", "--month", "2018-10")
    Path("窄.toml").write_text(mark.replace("有评分的", "窄的").replace("-5~0", "-2~0"), encoding="utf-8")
    Path("无.toml").write_text(SCHEME.replace("有部门的", "无评分的"), encoding="utf-8")
    for verb in ("check", "adopt"):
        told = ranked("scheme", verb, "窄.toml", "--from", "2018-10-02")
        assert "“配合”已有的评分1条（示例甲局）：分值不在幅度-2～0里，照已评的分值计" in told
        assert "anjian 评分 修改" in told
    for verb in ("check", "adopt"):
        told = ranked("scheme", verb, "无.toml", "--from", "2018-10-03")
        assert "“配合”已有的评分1条（示例甲局）：办法里没有它，2018-10起的月份不再计" in told
        assert "N420" in told


def test_an_issued_month_does_not_move_and_what_came_later_is_told(ranked: Run) -> None:
    ranked("month", "close", "10", "--yes")
    ranked("month", "issue", "10", "--number", "例1号", "--yes")

    def printed() -> list[str]:
        lines = (("bulletin", "10", "--format", form) for form in ("table", "json", "csv"))
        return [ranked(*line, *more) for line in lines for more in ((), ("--unit", "部门"))]

    before = printed()
    told = ranked("work", "add", "应急演练", "--部门", "甲局", "--done-on", "2018-10-12")
    assert "部门的数字不再改动，也不列更正" in told
    assert "N421" in told
    late = ("--found-on", "2018-09-04", "--source", "部门检查", "--level", "一般", "--deadline", "2018-09-21")
    charged = ("--description", "灭火器过期", "--found-by", "乙局", "--charged-to", "甲局")
    assert "N501" in ranked("hazard", "add", "示例五金厂", *late, *charged)
    ranked("department", "edit", "乙局", "--until-on", "2018-11-01")
    assert printed() == before
    assert "更正：10月份通报中芝英镇逾期数1条更正为2条" in ranked("bulletin", "11")
