"""Control figures, and the county's rate where not every town has a task: as they are typed, in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from anjian_cli import cli
from commands.conftest import Lay, Run
from support.page_tables import Tables

TOWNS = {"330784109": "芝英镇", "330784110": "石柱镇", "330784001": "东城街道", "330784901": "经济开发区"}
BESIDE = "另有无任务的镇（街、区）完成2家，全市共3家"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A ledger of four towns, on 2 November 2018."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(tmp_path / "a.db"))
    rows = "".join(f"{code},{name}\n" for code, name in TOWNS.items())
    Path("towns.csv").write_text(f"code,name\n{rows}", encoding="utf-8")

    def run(*line: str, code: int = 0) -> str:
        capsys.readouterr()
        done = cli.main(["--today", "2018-11-02", *line])
        said = capsys.readouterr()
        assert done == code, said.err
        return said.out + said.err

    run("init", "a.db", "--region", "330784", "--towns", "towns.csv")
    return run


def target(run: Run, indicator: str, town: str, quantity: int | None, from_on: str = "2018-01-01") -> None:
    given = () if quantity is None else ("--quantity", str(quantity))
    where = ("--year", "2018", "--town", town, "--from-on", from_on)
    run("target", "add", indicator, *where, *given, "--document", "永安委〔2018〕3号")


@pytest.fixture
def row_9(county: Run, lay: Lay) -> Run:
    """芝英 and 石柱 may each have two dead; 芝英 has."""

    def lines() -> None:
        for town in ("芝英镇", "石柱镇"):
            target(county, "死亡人数", town, 2)
        county("settings", "add", "ranked.死亡人数", "--value", "是")
        accident = ("--town", "芝英镇", "--happened", "2018-03-01", "--sector", "工矿商贸")
        county("accident", "add", "示例事故", *accident, "--deaths", "2", "--serious", "0")

    lay("row_9", lines)
    return county


@pytest.fixture
def row_10(county: Run, lay: Lay) -> Run:
    """One announced in each of three towns: 芝英 has a task of 5, 石柱 one of 0, that of 东城 was withdrawn."""

    def lines() -> None:
        target(county, "三级新创", "芝英镇", 10)
        target(county, "三级新创", "芝英镇", 5, "2018-07-01")
        target(county, "三级新创", "石柱镇", 0)
        target(county, "三级新创", "东城街道", 4)
        target(county, "三级新创", "东城街道", None, "2018-09-01")
        for town in ("芝英镇", "石柱镇", "东城街道"):
            county("enterprise", "add", f"{town}示例厂", "--town", town, "--no-code-reason", "在办")
            days = ("--begun", "2018-01-05", "--announced", "2018-03-01")
            county("standard", "add", f"{town}示例厂", "--grade", "三级", "--kind", "新创", *days)

    lay("row_10", lines)
    return county


def table_of(run: Run, indicator: str) -> dict[str, Any]:
    found = json.loads(run("bulletin", "10", "--format", "json"))
    tables = [table for category in found["categories"] for table in category["indicators"]]
    return next(table for table in tables if table["id"] == indicator)


def line(text: str, start: str, after: str = "") -> list[str]:
    """The words of the first line that begins so, after a line that begins with `after`."""
    lines = text.splitlines()
    from_here = next(at for at, one in enumerate(lines) if one.startswith(after))
    return next(one for one in lines[from_here:] if one.startswith(start)).split()


def paragraphs(path: str) -> str:
    return "\n".join(paragraph.text for paragraph in Document(path).paragraphs)


class TestRow9:
    @pytest.mark.unmeasured
    def test_table(self, row_9: Run) -> None:
        said = row_9("bulletin", "10")
        assert line(said, "石柱镇", "死亡人数控制数") == [
            "石柱镇",
            "2",
            "0",
            "0",
            "剩余2",
            "1",
            "1",
            "10-石柱-死亡人数",
        ]
        assert line(said, "芝英镇", "死亡人数控制数") == [
            "芝英镇",
            "2",
            "0",
            "2",
            "剩余0",
            "2",
            "2",
            "10-芝英-死亡人数",
        ]
        assert line(said, "合计", "死亡人数控制数")[1:5] == ["4", "0", "2", "剩余2"]
        assert "落后的：" not in said
        assert "100.00" not in said.partition("计分规则")[0]

    def test_json(self, row_9: Run) -> None:
        found = table_of(row_9, "accident.deaths")
        cells = {cell["town"]: cell for cell in found["cells"]}
        assert [(cells[t]["control"], cells[t]["left"], cells[t]["rank"]) for t in ("330784109", "330784110")] == [
            (2, 0, 2),
            (2, 2, 1),
        ]
        for cell in [*cells.values(), found["total"]]:
            assert [cell[of] for of in ("target", "rate", "gap", "owes_pace", "owes_year")] == [None] * 5
        assert (found["less"], found["scored"], found["laggards"]) == (True, False, [])

    def test_csv(self, row_9: Run) -> None:
        rows = list(csv.DictReader(io.StringIO(row_9("bulletin", "10", "--format", "csv"))))
        (here,) = (row for row in rows if row["格码"] == "10-芝英-死亡人数")
        shown = ("任务", "完成率(%)", "尚欠序时", "尚欠年度", "控制数", "累计", "剩余", "超出", "排名")
        assert [here[of] for of in shown] == ["", "", "", "", "2", "2", "0", "0", "2"]

    def test_letter_workbook_page_and_leadership(self, row_9: Run) -> None:
        for name in ("通报.docx", "通报.xlsx", "通报.html"):
            row_9("bulletin", "10", "-o", name)
        said = "死亡人数控制数4人，已发生2人，剩余2人。"
        letter = paragraphs("通报.docx")
        assert f"控制指标。{said}" in letter
        assert "控制指标情况表" in letter
        assert not re.search("欠|落后的|完成年度任务", letter.partition("附件")[0])
        (sheet,) = (s for s in load_workbook("通报.xlsx", data_only=True).worksheets if s.title.endswith("控制指标"))
        cells = {row[1]: row[2:] for row in sheet.iter_rows(values_only=True)}
        assert cells["芝英镇"] == (2, 2, "剩余0", 2)
        assert cells["石柱镇"] == (2, 0, "剩余2", 1)
        page = Path("通报.html").read_text(encoding="utf-8")
        assert said in page
        assert any(row[1:] == ["石柱镇", "2", "0", "剩余2", "1"] for table in Tables(page).tables for row in table)
        assert said in row_9("brief", "10")
        assert said in row_9("status").replace("\n", "")

    def test_town_explanation_basis_and_list(self, row_9: Run) -> None:
        assert "死亡人数控制数2人，已发生2人，剩余0人，排名第2。" in row_9("bulletin", "10", "芝英")
        assert "2人，控制数2人，剩余0人，排名第2。" in row_9("explain", "10-芝英-死亡人数")
        assert "控制数依据" in row_9("explain", "10-芝英-死亡人数")
        assert line(row_9("target", "list"), "330784109-2018-0001")[2:6] == ["死亡人数", "芝英镇", "2", "控制数"]
        row_9("bulletin", "10", "--each-town", "-o", "各镇/")
        (book,) = Path("各镇").glob("**/芝英镇*.xlsx")
        rows = [list(row) for row in load_workbook(book)["控制指标"].iter_rows(values_only=True)]
        assert ["生产安全事故死亡", "人", 2, 2, "剩余0", 2, 2, "10-芝英-死亡人数"] in rows

    @pytest.mark.unmeasured
    def test_exceeded(self, row_9: Run) -> None:
        accident = ("--town", "石柱镇", "--happened", "2018-10-01", "--sector", "工矿商贸")
        row_9("accident", "add", "又一起", *accident, "--deaths", "3", "--serious", "0")
        over = "超出控制数的：石柱镇（控制数2人，已发生3人，超出1人）。"
        said = row_9("bulletin", "10")
        assert over in said
        assert line(said, "石柱镇", "死亡人数控制数")[3:6] == ["3", "超出1", "2"]
        assert "落后的：" not in said
        row_9("bulletin", "10", "-o", "印发/")
        (text,) = Path("印发").glob("**/*群通知.txt")
        assert f"死亡人数{over}" in text.read_text(encoding="utf-8")

    def test_a_weight_or_a_plan_is_refused(self, row_9: Run) -> None:
        for name, value, why in (
            ("weight.死亡人数", "2", "不计入综合得分"),
            ("plan.死亡人数", " ".join(["1"] * 12), "没有序时进度"),
        ):
            said = row_9("settings", "add", name, "--value", value, code=1)
            assert f"它下达的是控制数，越少越好，{why}" in said
            assert "〔E268〕" in said


class TestRow10:
    @pytest.mark.unmeasured
    def test_table(self, row_10: Run) -> None:
        said = row_10("bulletin", "10")
        assert line(said, "合计", "三级新创：")[:6] == ["合计", "5", "0", "1", "20.00", "-63.33"]
        assert f"{BESIDE}。" in said
        assert "60.00" not in said

    @pytest.mark.unmeasured
    def test_json_and_csv(self, row_10: Run) -> None:
        found = table_of(row_10, "standard.reached.三级新创")
        assert [found["total"][of] for of in ("done", "target", "rate", "owes_year")] == [1, 5, "1/5", 4]
        assert [found["everywhere"][of] for of in ("done", "target", "rate")] == [3, None, None]
        rows = csv.DictReader(io.StringIO(row_10("bulletin", "10", "--format", "csv")))
        (here,) = (row for row in rows if row["格码"] == "10-全市-三级新创")
        assert [here[of] for of in ("任务", "累计", "完成率(%)", "备注")] == ["5", "1", "20.00", BESIDE]

    @pytest.mark.unmeasured
    def test_letter_workbook_page_and_leadership(self, row_10: Run) -> None:
        for name in ("通报.docx", "通报.xlsx", "通报.html"):
            row_10("bulletin", "10", "-o", name)
        letter = paragraphs("通报.docx")
        assert f"三级新创完成年度任务的20.00%，低于序时进度63.33个百分点。三级新创{BESIDE}。" in letter
        assert "累计1家" in letter
        (sheet,) = (s for s in load_workbook("通报.xlsx", data_only=True).worksheets if s.title.endswith("标准化创建"))
        rows = [*sheet.iter_rows(values_only=True)]
        (total,) = (row for row in rows if row[1] == "合计")
        assert (total[2], total[5], total[6]) == (5, 1, 20)
        assert any(BESIDE in str(row[0]) for row in rows)
        page = Path("通报.html").read_text(encoding="utf-8")
        assert f"三级新创{BESIDE}。" in page
        assert f"三级新创{BESIDE}。" in row_10("brief", "10")
        assert f"三级新创{BESIDE}。" in row_10("status").replace("\n", "")

    def test_explanation(self, row_10: Run) -> None:
        said = row_10("explain", "10-全市-三级新创")
        assert "1家，年度任务5家，完成率20.00%" in said
        assert "计入的（1条）" in said
        assert "东城街道没有任务，在合计之外另列" in said
        assert f"注：{BESIDE}。" in said

    @pytest.mark.unmeasured
    def test_the_county_s_own_task_is_held_against_all_that_was_done(self, row_10: Run) -> None:
        target(row_10, "三级新创", "全市", 6)
        assert "市里任务：6家，全市已有3家，为50.00%。" in row_10("bulletin", "10")
