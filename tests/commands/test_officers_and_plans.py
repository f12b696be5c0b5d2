"""`officer summary` and `catch-up compare` as they are typed, in every form, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., str]


def test_grids_and_officers(office: Run) -> None:
    office("网格", "新增", "芝英一网格", "--镇街", "芝英")
    assert "〔E869〕" in office("网格员", "新增", "网格员戊", "--镇街", "芝英", "--网格", "芝英十网格", code=1)
    office("网格员", "新增", "网格员戊", "--镇街", "芝英", "--网格", "芝英一网格")
    told = office("officer", "summary", "--town", "芝英")
    assert "芝英镇" in told
    assert "石柱镇" not in told


@pytest.mark.unmeasured
def test_telephones_beside_the_names_of_persons_are_hidden(office: Run) -> None:
    """Forms name who inspected, and who is answerable, with a telephone more often than without."""
    grid, told = "芝英七网格13800000000", "网格员庚13800000000"
    office("网格", "新增", grid, "--镇街", "芝英")
    office("企业", "新增", "示例新厂", "--镇街", "芝英", "--无代码原因", "在办", "--网格员", told)
    office("检查", "新增", "示例新厂", "--方式", "网格巡查", "--有无隐患", "无", "--检查人", told)
    office("行动", "新增", "冬防行动", "--开始日期", "10-01")
    office("行动阶段", "新增", "冬防行动", "--阶段", "推进", "--阶段起", "10-01", "--阶段任务", f"逐家查，联系{told}")
    office(
        "检查", "新增", "示例新厂", "--日期", "11-01", "--方式", "部门检查", "--有无隐患", "无", "--行动", "冬防行动"
    )
    lines = [f"网格员 统计 --按 {per} --镇街 芝英" for per in ("网格", "网格员")]
    lines += ["检查计划 11 --镇街 芝英", "行动 挂图 冬防", "待办 400 --镇街 芝英 --全部", "文书 督办 --镇街 芝英"]
    shown = [office(*line.split()) for line in lines]
    shown += [office(*line.split(), "--格式", form) for line in lines[:3] for form in ("csv", "json")]
    assert [line for line in shown if "13800000000" in line] == []
    assert all("138****0000" in line for line in shown[:5])


@pytest.mark.unmeasured
def test_forms(office: Run, tmp_path: Path) -> None:
    office("网格", "新增", "芝英九网格", "--镇街", "芝英")
    for line in (("officer", "summary", "--per", "网格员"), ("网格员", "统计", "--按", "网格"), ("补差", "对照")):
        for form in ("csv", "json", "xlsx", "docx", "html"):
            office(*line, "-o", f"{line[0]}{line[-1]}.{form}")
    assert len(list(tmp_path.glob("*.docx"))) == 3
    rows = json.loads((tmp_path / "网格员网格.json").read_text(encoding="utf-8"))["rows"]
    assert "芝英九网格" in {row["name"] for row in rows}
    assert "E203" in office("officer", "summary", "--per", "机构", code=1)
    assert "芝英镇" not in office("网格员", "统计", "--镇街", "石柱", "--日期", "10-31")


def test_plans(office: Run) -> None:
    assert "没有报" in office("catch-up", "compare", "9")
    assert "没有报" in office("补差", "对照")
    assert "〔E875〕" in office("补差", "对照", "10", code=1)


def test_where_no_month_was_issued(new_county: Run) -> None:
    assert "〔E107〕" in new_county("catch-up", "compare", code=2)


@pytest.mark.parametrize("verb", [("officer", "summary"), ("catch-up", "compare")])
def test_help(office: Run, verb: tuple[str, str]) -> None:
    assert "例" in office(*verb, "--help")
