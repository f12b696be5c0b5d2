"""统计表 as they are typed: on the screen and narrow, as CSV and JSON, as every document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

Run = Callable[..., str]
LINES = (("机构", "比较"), ("整治", "阶段"), ("标准化", "阶段"), ("整治", "阶段", "--按", "类型"))


@pytest.fixture
def county(new_county: Run) -> Run:
    new_county("enterprise", "add", "--town", "芝英镇", "--name", "示例五金厂", "--no-code-reason", "在办")
    new_county("programme", "add", "示例五金厂", "--action", "整治", "--kind", "喷涂", "--enrolled-on", "2018-01-15")
    new_county("standard", "add", "示例五金厂", "--grade", "三级", "--kind", "新创", "--begun-on", "2018-01-15")
    new_county(
        "trusteeship", "add", "示例五金厂", "--agency", "示例公司", "--kind", "喷涂", "--from-on", "2018-01-01",
        "--last-on", "2018-12-31", "--visits-per-year", "4",
    )  # fmt: skip
    return new_county


@pytest.mark.parametrize("line", LINES)
def test_csv_and_json_say_what_the_screen_says(county: Run, line: tuple[str, ...]) -> None:
    shown = [text.replace("－", "").split() for text in county(*line).splitlines()]
    rows = list(csv.reader(io.StringIO(county(*line, "--格式", "csv"))))
    found = json.loads(county(*line, "--format", "json"))
    told = [*found["rows"], *([found["total"]] if found["total"] else [])]
    assert len(rows) == len(told) + 1
    for cells, row in zip(rows[1:], told, strict=True):
        assert [part for cell in cells for part in cell.split()] in shown
        assert cells[0] == row["name"]
        whole = [value for value in row["values"].values() if isinstance(value, int)]
        assert set(map(str, whole)) <= set(cells)
        assert cells[-1] == (f"anjian {row['see']}" if row["see"] else "")
        if row["see"]:
            county(*row["see"].split())


@pytest.mark.parametrize("line", LINES)
def test_documents_say_it_too(county: Run, tmp_path: Path, line: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(county(*line, "--格式", "csv"))))
    county(*line, "-o", str(tmp_path / "表.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx", data_only=True).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for row in rows[1:]:
        own = next(told for told in cells if told[0] == row[0])
        values = [float(str(value)) for value in own[1:] if value not in ("—", "－", None)]
        assert values == [float(text) for text in row[1:-1] if text]
    for ending in ("docx", "html"):
        county(*line, "-o", str(tmp_path / f"表.{ending}"))
    page = (tmp_path / "表.html").read_text("utf-8")
    assert all(f">{row[0]}<" in page for row in rows[1:])


def test_what_is_asked_wrongly(county: Run) -> None:
    assert "喷涂、" in county("整治", "阶段", "--类型", "喷", code=1)
    assert "E203" in county("整治", "阶段", "--按", "级别", code=1)
    assert "E231" in county("标准化", "阶段", "--镇街", "某镇", code=1)
    assert "E213" in county("机构", "比较", "--日期", "2030-1-1", code=1)
    assert "E106" in county("机构", "比较", "-o", "表.exe", code=2)
