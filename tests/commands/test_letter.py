"""From draft to issue as the clerk goes: the towns' sheets, their agreement, own words, lock, number, the set."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from anjian_cli.errors import refused
from anjian_cli.render.office import typeset
from support.sweeps import sweep

Run = Callable[..., str]
NEXT_YEAR = "2019-11-20"
TRAINED = (
    "培训",
    "新增",
    "--town",
    "石柱",
    "--kind",
    "网格员",
    "--title",
    "补课",
    "--attended",
    "9",
    "--passed",
    "9",
    "--held-on",
)


def paragraphs(path: str) -> list[str]:
    return [each.text for each in Document(path).paragraphs]


def headers(path: str) -> list[str]:
    return ["".join(p.text for p in section.header.paragraphs) for section in Document(path).sections]


@pytest.mark.unmeasured
def test_draft_to_issue_and_again_a_year_later(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    said = office("通报", "10", "--核对", "--每镇", "-o", "下发")
    assert "已写出16个文件" in said
    town = load_workbook("下发/芝英镇2018年10月核对表.xlsx")
    assert town.sheetnames == ["各类排名", "各项指标", "年底预计", "欠账名单"]
    header = town.worksheets[0].oddHeader
    assert header is not None
    assert "核对稿" in str(header.right.text)
    untested = [row for row in town["欠账名单"].iter_rows(values_only=True) if row[1] == "职业卫生检测"]
    assert len(untested) == 16  # 54 of 70 were tested

    assert "经办人乙，微信" in office("报送", "确认", "10", "石柱", "--经办", "经办人乙", "--方式", "微信")
    assert "〔E463〕" in office("报送", "确认", "10", "唐先", "--经办", "甲", code=4)
    assert "确认以后本镇数字又有变动" not in office("月份", "检查", "10")
    office(*TRAINED, "2018-10-30")
    assert "石柱确认以后本镇数字又有变动" in office("月份", "检查", "10")

    Path("要求.txt").write_text("（一）逐家过堂。\n\n（二）“三场所两企业”不留死角。\n", encoding="gb18030")
    assert "2段" in office("月份", "文字", "10", "四", "-f", "要求.txt")
    assert "（二）“三场所两企业”不留死角。" in office("month", "text", "10")
    office("月份", "定稿", "10")
    office("通报", "10", "-o", "送审.docx")
    assert all("核对稿（已定稿，未印发）" in header for header in headers("送审.docx"))
    office("月份", "印发", "10", "--文号", "15", "--日期", "11-5", today="2018-11-05")
    office("通报", "10", "-o", "印发.docx", today="2018-11-05")
    issued = paragraphs("印发.docx")
    assert "永安委办〔2018〕15号" in issued
    assert "2018年11月5日" in issued
    assert "（二）“三场所两企业”不留死角。" in issued
    assert headers("印发.docx") == ["【演示数据】"] * len(headers("印发.docx"))  # what is made up always says so

    # A year later, under another name, with facts that came since: the same letter to the byte.
    office("设置", "新增", "--name", "issuer", "--value", "永康市应急管理局", today=NEXT_YEAR)
    office(*TRAINED, "2018-10-29", today=NEXT_YEAR)
    office("通报", "2018-10", "-o", "再印.docx", today=NEXT_YEAR)
    assert Path("再印.docx").read_bytes() == Path("印发.docx").read_bytes()
    with monkeypatch.context() as patch:  # a locked month is printed from what was locked: nothing is copied for it
        patch.setattr("anjian_cli.ledger.inverse.as_of", None)
        office("通报", "2018-10", today=NEXT_YEAR)
        office("通报", "2018-10", "-o", "附件.xlsx", today=NEXT_YEAR)
    assert "〔E441〕" in office("月份", "文字", "2018-10", "四", "--clear", code=4, today=NEXT_YEAR)
    operation = re.search(r"^\s*(\d+)\s.*月份 文字", office("log", today=NEXT_YEAR), re.MULTILINE)
    assert operation is not None
    assert "〔E441〕" in office("撤销", operation[1], code=4, today=NEXT_YEAR)
    assert "〔E441〕" in office("通报", "2018-10", "--核对", code=4)


@pytest.mark.unmeasured
def test_the_set_is_written_whole_and_never_over_what_is_there(office: Run, tmp_path: Path) -> None:
    office("镇街", "新增", "--code", "330784903", "--name", "../../坏镇", "--position", "99")
    assert "已写出27个文件" in office("通报", "10", "-o", "印发")
    names = {str(path.relative_to("印发")) for path in Path("印发").rglob("*") if path.is_file()}
    stem = "2018年10月"
    ours = ("通报.docx", "通报.pdf", "附件.xlsx", "网页.html", "群图.png", "群通知.txt", "领导一页纸.docx")
    both = (*ours, "领导一页纸.pdf", "内部_核对与欠账.xlsx", "内部_发文稿纸.docx")
    assert {f"{stem}{name}" for name in both} == {name for name in names if "/" not in name}
    assert f"各镇/芝英镇{stem}核对表.xlsx" in names
    said = Path(f"印发/{stem}群通知.txt").read_text(encoding="utf-8").strip()
    assert len(said) <= 300
    Path(f"印发/{stem}通报.docx").write_bytes(b"edited")
    assert "〔E109〕" in office("通报", "10", "-o", "印发", code=2)
    assert Path(f"印发/{stem}通报.docx").read_bytes() == b"edited"
    assert len(list(Path("印发").rglob("*"))) == len(names) + 1
    assert not list(tmp_path.glob("*坏镇*")) + list(tmp_path.parent.glob("*坏镇*"))


@pytest.mark.unmeasured
def test_the_leaderships_page(office: Run) -> None:
    said = office("一页纸", "10")
    assert said.splitlines()[1] == "2018年10月份安全生产重点工作一览"
    row = next(line for line in said.splitlines() if line.startswith("标准化创建"))
    assert row.split()[:6] == ["标准化创建", "200家", "129家", "64.50", "-18.83", "+10.50"]
    assert row.split()[-1] == "西溪、唐先"
    assert office("brief", "--month", "10", "-o", "a.txt").startswith("已写出：a.txt（文本，")
    assert Path("a.txt").read_text(encoding="utf-8") == said
    office("brief", "10", "-o", "领导参阅.docx")
    assert "2018年10月份安全生产重点工作一览" in paragraphs("领导参阅.docx")
    office("月份", "定稿", "10")
    assert "已定稿，未印发" in office("一页纸", "10")
    for line, fault in ((("brief", "10", "--month", "10"), "E105"), (("brief", "10", "-o", "a.csv"), "E106")):
        assert f"〔{fault}〕" in office(*line, code=2)


@pytest.mark.unmeasured
def test_without_a_typesetter_the_rest_of_the_set_is_written(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise refused("E623")

    monkeypatch.setattr(typeset, "_fonts", none)
    assert "没有写出pdf和png：这台电脑上没有中文字体" in office("通报", "10", "-o", "印发")
    endings = {path.suffix for path in Path("印发").rglob("*") if path.is_file()}
    assert endings == {".docx", ".xlsx", ".html", ".txt"}
    assert "〔E623〕" in office("通报", "10", "-o", "通报.pdf", code=6)
    assert not Path("通报.pdf").exists()


@pytest.mark.unmeasured
@sweep("ending", ["html", "pdf", "png", "docx"], keep=2)
def test_every_format_of_the_county_and_of_a_town(office: Run, ending: str) -> None:
    if ending in ("pdf", "png") and typeset.missing() is not None:
        pytest.skip(str(typeset.missing()))
    begins = {"html": b"<!DO", "pdf": b"%PDF", "png": b"\x89PNG", "docx": b"PK\x03\x04"}
    office("通报", "10", "-o", f"全市.{ending}")
    office("通报", "10", "芝英", "-o", f"芝英.{ending}")
    made = [Path(f"{name}.{ending}").read_bytes() for name in ("全市", "芝英")]
    assert [content[:4] for content in made] == [begins[ending]] * 2
    assert made[0] != made[1]


@pytest.mark.unmeasured
def test_an_offices_own_template(office: Run) -> None:
    office("通报", "--save-template", "模板.docx")
    form = Document("模板.docx")
    form.add_paragraph("本局另行说明：{{ signature }}")
    form.save("改过.docx")
    office("通报", "10", "--template", "改过.docx", "-o", "甲.docx")
    assert "本局另行说明：永康市安全生产委员会办公室" in paragraphs("甲.docx")
    form.add_paragraph("{{ 不认识 }}")
    form.save("坏的.docx")
    said = office("通报", "10", "--template", "坏的.docx", "-o", "乙.docx", code=2)
    assert "不认识" in said
    assert "〔E620〕" in said
    assert not Path("乙.docx").exists()
    assert "〔E106〕" in office("通报", "10", "--template", "改过.docx", code=2)
    assert "〔E305〕" in office("通报", "10", "--template", "没有.docx", "-o", "乙.docx", code=1)


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (("通报", "10", "芝英", "--template", "空.txt", "-o", "a.docx"), "E106"),
        (("通报", "10", "--每镇", "--template", "空.txt", "-o", "x"), "E106"),
        (("通报", "10", "芝英", "-o", "a.gif"), "E106"),
        (("通报", "10", "--format", "html"), "E107"),
        (("通报", "10", "芝英", "--每镇", "-o", "x"), "E106"),
        (("通报", "10", "--format", "docx"), "E107"),
        (("月份", "文字", "10", "五", "-f", "a.txt"), "E106"),
        (("月份", "文字", "10", "四", "-f", "没有.txt"), "E305"),
        (("月份", "文字", "10", "四", "-f", "空.txt"), "E107"),
        (("月份", "文字", "10", "-f", "空.txt"), "E103"),
    ],
)
def test_what_cannot_be_written(office: Run, line: tuple[str, ...], fault: str) -> None:
    Path("空.txt").write_text("\n", encoding="utf-8")
    code = 1 if fault == "E305" else 2
    assert f"〔{fault}〕" in office(*line, code=code)


@pytest.mark.unmeasured
def test_own_words_from_standard_input(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO("补充一句。".encode()))
    monkeypatch.setattr("sys.stdin", stream)
    assert "1段" in office("月份", "文字", "10", "一", "-f", "-")
    office("通报", "10", "-o", "甲.docx")
    assert "补充一句。" in paragraphs("甲.docx")
    assert "已去掉" in office("月份", "文字", "10", "一", "--clear")
    assert "还没有经办人自己的文字" in office("月份", "文字", "10")


@pytest.mark.unmeasured
def test_why_a_town_has_its_place(office: Run) -> None:
    said = office("明细", "10", "芝英", "排名")
    assert "综合第13名（9月第12名）" in said
    assert "先后超过本镇的：城西新区" in said
    assert "三级新创再完成3家" in said
    assert "未计入的11件：整治喷涂3件已整改，还没有验收；" in said
    assert "涉氨330784901-2018-0013，2018-07-01起属地为经济开发区" in said
    left_out = json.loads(office("明细", "10", "芝英", "排名", "--format", "json"))["not_counted"]
    assert len(left_out) == 11
    for short, indicator in (("整治喷涂", "special.accepted.喷涂"), ("涉氨", "trusteeship.涉氨")):
        told = json.loads(office("明细", "10", "芝英", short, "--format", "json"))["not_counted"]
        assert told == [one for one in left_out if one["indicator"] == indicator]
    assert office("明细", "10-芝英-排名", "--format", "csv").splitlines()[-1].startswith("2018-10,芝英镇,综合得分")
    assert '"goal": 12' in office("明细", "芝英", "名次", "--月份", "10", "--format", "json")
    office("明细", "10-芝英-排名", "-o", "答复.txt")
    assert "怎样到第12名" in Path("答复.txt").read_text(encoding="utf-8")
    assert "〔E231〕" in office("明细", "10", "全市", "排名", code=1)


@pytest.mark.unmeasured
def test_towns_are_ranked_in_groups_as_well(office: Run) -> None:
    for name in ("芝英", "古山", "象珠"):
        office("设置", "新增", "--name", f"分组.{name}", "--value", "工业镇", "--from-on", "最初")
    assert "工业镇第3名" in office("明细", "10", "芝英", "排名")
    office("通报", "10", "-o", "附件.xlsx")
    page = load_workbook("附件.xlsx")["1综合排名"]
    heads = [str(cell.value).replace("\n", "") for cell in page[4]]
    rows = {row[1].value: row for row in page.iter_rows(min_row=5, max_row=20)}
    assert [rows["芝英镇"][heads.index(head)].value for head in ("组别", "组内排名")] == ["工业镇", 3]
    assert rows["西溪镇"][heads.index("组内排名")].value == "—"
