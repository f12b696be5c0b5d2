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
