"""Work under way as it is typed: 统计表 in every form; many enrolled at once; a stage further."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from commands.conftest import Lay
from support.sweeps import sweep

Run = Callable[..., str]
LINES = (
    ("机构", "比较"),
    ("部门", "比较"),
    ("指导", "统计"),
    ("指导", "统计", "--按", "村"),
    ("整治", "阶段"),
    ("标准化", "阶段"),
    ("整治", "阶段", "--按", "类型"),
    ("事故", "走势"),
    ("事故", "走势", "--按", "镇街"),
    ("执法", "统计"),
    ("执法", "统计", "--按", "月"),
    ("企业", "屡犯", "--次数", "2"),
    ("覆盖",),
    ("覆盖", "--按", "风险"),
    ("覆盖", "--列出", "未查"),
)

BEGUN = (
    "enterprise add --town 芝英镇 --name 示例五金厂 --no-code-reason 在办",
    "programme add 示例五金厂 --action 整治 --kind 喷涂 --enrolled-on 2018-01-15",
    "standard add 示例五金厂 --grade 三级 --kind 新创 --begun-on 2018-01-15",
    "trusteeship add 示例五金厂 --agency 示例公司 --kind 喷涂 --from-on 2018-01-01"
    " --last-on 2018-12-31 --visits-per-year 4",
    "事故 新增 示例事故 --镇街 芝英镇 --行业领域 工矿商贸 --发生日期 2018-10-01 --死亡 1",
    "执法 新增 示例〔2018〕1号 --当事人 某厂 --镇街 芝英镇 --案由 未设标志"
    " --立案日期 2018-10-02 --事故类 否 --联合执法 否",
)


@pytest.fixture
def county(new_county: Run, lay: Lay) -> Run:
    def lines() -> None:
        for line in BEGUN:
            new_county(*line.split())

    lay("county", lines)
    return new_county


def as_csv(county: Run, line: tuple[str, ...]) -> list[list[str]]:
    """The cells; the notes, told beside them, are those of the JSON."""
    told, *notes = county(*line, "--格式", "csv").split("注：")
    found = json.loads(county(*line, "--format", "json"))
    assert [note.strip() for note in notes] == [f"{note}。" for note in found["notes"]]
    return list(csv.reader(io.StringIO(told)))


@sweep("line", LINES, keep=6)
def test_csv_and_json_say_what_the_screen_says(county: Run, line: tuple[str, ...]) -> None:
    shown = [text.replace("－", "").split() for text in county(*line).splitlines()]
    rows = as_csv(county, line)
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


def plain(text: str) -> float | str:
    """A cell as a number where it is one."""
    try:
        return float(text)
    except ValueError:
        return text


@sweep("line", LINES, keep=6)
def test_documents_say_it_too(county: Run, tmp_path: Path, line: tuple[str, ...]) -> None:
    rows = as_csv(county, line)
    county(*line, "-o", str(tmp_path / "表.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx", data_only=True).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for row in rows[1:]:
        own = next(told for told in cells if told[0] == row[0])
        values = [str(value) for value in own[1:] if value not in ("—", "－", None)]
        assert [*map(plain, values)] == [plain(text) for text in row[1:-1] if text]
    for ending in ("docx", "html"):
        county(*line, "-o", str(tmp_path / f"表.{ending}"))
    page = (tmp_path / "表.html").read_text("utf-8")
    assert all(f">{row[0]}<" in page for row in rows[1:])


def test_what_is_asked_wrongly(county: Run) -> None:
    for number in ("99999999", "99999999999999999999"):
        assert "E106" in county("企业", "屡犯", "--天数", number, code=2)
    county("行动", "新增", "秋季大检查", "--宣传发动起", "2018-09-01")
    assert "E231" in county("覆盖", "--行动", "", code=1)
    assert "喷涂、" in county("整治", "阶段", "--类型", "喷", code=1)
    assert "E203" in county("整治", "阶段", "--按", "级别", code=1)
    assert "E231" in county("标准化", "阶段", "--镇街", "某镇", code=1)
    assert "E213" in county("机构", "比较", "--日期", "2030-1-1", code=1)
    assert "E106" in county("机构", "比较", "-o", "表.exe", code=2)


def test_programmes_enrolled_all_at_once(county: Run) -> None:
    """Once each: who is enrolled in the year and kind, shut down, or of another town or risk is passed over."""
    for town, name, risks in (
        ("芝英镇", "示例甲厂", "喷涂、涉粉"),
        ("江南街道", "示例乙厂", "涉粉"),
        ("芝英镇", "示例丙厂", "涉氨"),
        ("芝英镇", "示例丁厂", "涉粉"),
    ):
        county("企业", "新增", "--镇街", town, "--名称", name, "--无代码", "在办", "--风险类别", risks)
    county("企业", "修改", "示例丁厂", "--经营状态", "停产", "--变更日期", "2018-10-01")
    county("整治", "新增", "示例乙厂", "--整治行动", "旧", "--类别", "涉粉", "--纳入日期", "2018-03-01")
    line = ("整治", "列入", "--类型", "涉粉", "--风险", "涉粉", "--整治行动", "粉尘整治", "--日期", "10-20")
    tried = county(*line, "--试运行")
    assert "示例甲厂" in tried
    assert "会列入1家" in tried
    before = county("log")
    assert "会列入" not in before
    assert "已列入1家（涉粉，2018-10-20）：芝英镇1家" in county(*line)
    listed = county("整治", "列表", "--查找", "粉尘整治")
    assert "示例甲厂" in listed
    assert not any(name in listed for name in ("示例乙厂", "示例丙厂", "示例丁厂"))
    assert "E857" in county(*line, code=1)
    assert "E203" in county(*line[:3], "粉", *line[4:], code=1)
    for word, code in (("  ", "E202"), ("坏\x1b[31m", "E201")):
        assert code in county(*line[:7], word, *line[8:], code=1)
    county("撤销")
    assert "（没有）" in county("整治", "列表", "--查找", "粉尘整治")


def test_a_stage_further(county: Run) -> None:
    assert "E856" in county("标准化", "推进", "芝英-1", "自评", code=1)
    assert "2018-10-08咨询" in county("标准化", "推进", "芝英-1", "咨询", "--日期", "10-8")
    county("标准化", "推进", "芝英-1", "自评", "--日期", "10-9")
    assert "E214" in county("标准化", "推进", "芝英-1", "申请", "--日期", "10-1", code=1)
    county("标准化", "推进", "芝英-1", "申请", "--日期", "10-10")
    county("标准化", "推进", "芝英-1", "评审", "--日期", "10-11")
    county("标准化", "推进", "芝英-1", "公告", "--证书编号", "浙AQB001", "--公告文号", "示例1号")
    shown = county("标准化", "查看", "芝英-1")
    assert all(told in shown for told in ("2018-11-02", "浙AQB001", "示例1号", "已公告"))
    assert "E203" in county("标准化", "推进", "芝英-1", "启动", code=1)
    assert "E201" in county("标准化", "推进", "芝英-1", "公告", "--证书编号", "坏\x1b[31m", code=1)


def test_a_board_on_the_screen_has_its_total_and_the_heads_above(county: Run, tmp_path: Path) -> None:
    county("行动", "新增", "秋季大检查", "--宣传发动起", "2018-09-01")
    long = "春季安全生产大检查暨重点行业领域隐患排查整治百日攻坚行动"
    county("行动", "新增", long, "--宣传发动起", "2018-03-01")
    county("行动", "挂图", long, "-o", str(tmp_path / "长.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "长.xlsx").sheetnames == ["各阶段", "覆盖情况"]
    county(
        "检查",
        "新增",
        "示例五金厂",
        "--检查日期",
        "2018-09-02",
        "--检查行动",
        "秋季大检查",
        "--检查方式",
        "部门检查",
        "--有无隐患",
        "无",
    )
    shown = county("行动", "挂图", "秋季")
    assert "重大隐患" in shown
    assert any(line.split()[:5] == ["全市", "1", "1", "0", "100.00"] for line in shown.splitlines())
    for ending in ("xlsx", "docx", "html"):
        county("行动", "挂图", "秋季", "-o", str(tmp_path / f"图.{ending}"))
    assert "E231" in county("行动", "挂图", "夏季", code=1)


def test_papers_to_a_town_that_is_late(county: Run, tmp_path: Path) -> None:
    county("隐患", "新增", "示例五金厂", "--描述", "配电箱无盖", "--发现日期", "2018-09-03", "--整改期限", "2018-09-20")
    shown = county("文书", "督办", "--镇街", "芝英")
    assert "芝英镇：" in shown
    assert "逾期没有办结" in shown
    for ending in ("docx", "html", "xlsx"):
        county("文书", "督办", "--镇街", "芝英", "-o", str(tmp_path / f"督办.{ending}"))
    assert "E107" in county("文书", "督办", code=2)
    assert "E203" in county("文书", "通知", code=1)
    assert "E106" in county("文书", "催报", "--天内", "3", code=2)
    assert "E106" in county("文书", "督办", "--镇街", "芝英", "--月份", "9", code=2)
    assert "E859" in county("文书", "催报", code=1)
    assert "E859" in county("文书", "约谈", "--镇街", "江南", code=1)
