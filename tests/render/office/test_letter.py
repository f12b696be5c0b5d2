"""The letter as a Word document: all of it is there, laid out by GB/T 9704-2012; a bad template is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import Table

from anjian_cli.bulletin.notice import Notice, Paragraph, Section
from anjian_cli.errors import Refused
from anjian_cli.light_dataclasses import replace
from anjian_cli.messages import Exit
from anjian_cli.render.office import bounded_template
from anjian_cli.render.office import letter as letter_module
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.letter import letter
from anjian_cli.render.office.letter_styles import BIG_SONG, FALLBACKS, FANGSONG, HEITI, KAITI, STYLES
from anjian_cli.render.office.letter_template import default_template
from anjian_cli.render.paper import Head, Row, Sheet, shown
from support import bulletin_builder
from support.sweeps import sweep

pytestmark = pytest.mark.unmeasured  # tests/commands/test_letter.py measures what a letter takes

NOTICE = Notice(
    letterhead="永康市安全生产委员会办公室文件",
    number="永安委办〔2018〕15号",
    title=("永康市安全生产委员会办公室", "关于2018年10月份全市安全生产重点工作", "进展情况的通报"),
    recipients="各镇人民政府、街道办事处，市安委会各成员单位",
    opening="现将2018年10月份全市安全生产重点工作进展情况通报如下。",
    sections=(
        Section("一、总体情况", (Paragraph("（一）重点工作。", "序时进度为83.33%。"), Paragraph("", "另起一段。"))),
        Section("二、下步工作要求", (Paragraph("（一）补齐短板。", "逐项列出。", own=True),)),
    ),
    attachments=("综合排名表", "教育培训情况表"),
    signature="永康市安全生产委员会办公室",
    signed_on="2018年11月5日",
    contact="（联系人：×××）",
    copies="抄送：市委办公室，金华市安委办。",
    printed_on="2018年11月5日印发",
    mark="核对稿　数据时点2018-11-02 16:30",
    witness="核验码：3f9a 1b2c 4d5e 6f70",
)
SMALL = Sheet(
    "小表", 1, "小表", "左", "右",
    (Head("序号", "serial"), Head("镇", "name"), Head("应整治", group="喷涂"), Head("已验收", group="喷涂"),
     Head("备注", "text")),
    (Row((1, "东城", 3, 2, "")), Row((2, "<西城>&", None, 0, "{{ 7 * 7 }}"), behind=True)),
    ("", "合计", 3, 2, ""),
    ("一", "二"),
)  # fmt: skip


def opened(document: bytes) -> WordDocument:
    return Document(io.BytesIO(document))


def texts(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def lines(table: Table) -> list[list[str]]:
    return [["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row._tr.tc_lst] for row in table.rows]


def rewritten(change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """Our template with the XML of one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(default_template())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                changed = change(content.decode()).encode()
                assert changed != content
                content = changed
            new.writestr(name, content)
    return stream.getvalue()


def replaced(old: str, new: str, part: str = "word/document.xml") -> bytes:
    return rewritten(lambda xml: xml.replace(old, new, 1), part)


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def test_every_part_is_in_the_letter_in_order() -> None:
    document = opened(letter(NOTICE, ()))
    expected = [
        NOTICE.letterhead, NOTICE.number, *NOTICE.title, f"{NOTICE.recipients}：", NOTICE.opening,
        "一、总体情况", "（一）重点工作。序时进度为83.33%。", "另起一段。", "二、下步工作要求",
        "（一）补齐短板。逐项列出。", "附件：1.综合排名表", "2.教育培训情况表", NOTICE.signature, NOTICE.signed_on,
        "（联系人：×××）",
    ]  # fmt: skip
    assert texts(document) == expected
    assert lines(document.tables[-1]) == [
        [NOTICE.copies], [NOTICE.signature, NOTICE.printed_on], [NOTICE.witness]
    ]  # fmt: skip


def test_what_is_not_set_leaves_nothing_behind() -> None:
    bare = replace(NOTICE, signed_on="", contact="", copies="", printed_on="", attachments=(), recipients="")
    document = opened(letter(bare, ()))
    assert texts(document)[-1] == NOTICE.signature
    assert lines(document.tables[-1]) == [[NOTICE.signature, ""], [NOTICE.witness]]
    assert not any(text in ("：", "（）") or text.startswith("附件") for text in texts(document))


def test_one_annex_has_no_number() -> None:
    document = opened(letter(replace(NOTICE, attachments=("综合排名表",)), (replace(SMALL, notes=("一",)),)))
    assert {"附件：综合排名表", "附件", "注：一"} <= set(texts(document))


@sweep("seed", bulletin_builder.SEEDS, keep=3)
@pytest.mark.parametrize("count", [1, 16])
def test_every_cell_of_every_annex_is_printed_in_order(seed: int, count: int) -> None:
    sheets = annexes(bulletin_builder.bulletin(seed, count))
    document = opened(letter(NOTICE, sheets))
    *tables, _imprint = document.tables
    printed = texts(document)
    assert len(tables) == len(sheets)
    for table, sheet in zip(tables, sheets, strict=True):
        rows = [row.cells for row in sheet.rows] + ([sheet.total] if sheet.total else [])
        expected = [[shown(v, h.kind) for h, v in zip(sheet.heads, row, strict=True)] for row in rows]
        assert lines(table)[-len(rows) :] == expected
        heads = [text for line in lines(table)[: -len(rows)] for text in line if text]
        assert sorted(heads) == sorted([h.title for h in sheet.heads] + _groups(sheet.heads))
        assert f"附件{sheet.number}" in printed
        assert f"{sheet.left}\t{sheet.right}" in printed
        assert all(any(note in text for text in printed) for note in sheet.notes)


def _groups(heads: Sequence[Head]) -> list[str]:
    return [h.group for at, h in enumerate(heads) if h.group and (at == 0 or heads[at - 1].group != h.group)]


@sweep("seed", bulletin_builder.SEEDS, keep=3)
def test_a_table_fills_the_page_and_its_head_repeats(seed: int) -> None:
    sheets = annexes(bulletin_builder.bulletin(seed))
    document = opened(letter(NOTICE, sheets))
    section = document.sections[1]
    across = Length((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)).twips
    for table, sheet in zip(document.tables[:-1], sheets, strict=True):
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
        assert len(widths) == len(sheet.heads)
        assert abs(sum(widths) - across) <= 2
        depth = 2 if any(head.group for head in sheet.heads) else 1
        repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert repeated == [True] * depth + [False] * (len(repeated) - depth)
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        assert all(
            sum(int(cell.get(qn("w:w"))) for cell in row._tr.iter(qn("w:tcW"))) == sum(widths) for row in table.rows
        )


def test_tables_of_a_nation_are_not_what_a_template_is_kept_from(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = annexes(bulletin_builder.bulletin(0))
    monkeypatch.setattr(bounded_template, "MOST_WRITTEN", 50_000)  # all but the tables: these alone are 700,000
    for template in (None, default_template()):
        assert len(opened(letter(NOTICE, sheets, template)).tables) >= len(sheets)
    monkeypatch.setattr(bounded_template, "MOST_WRITTEN", 100)
    with pytest.raises(Refused, match="E620"):
        letter(NOTICE, (), default_template())


def test_how_cells_look() -> None:
    table = opened(letter(NOTICE, (SMALL,))).tables[0]
    assert lines(table)[:2] == [["序号", "镇", "喷涂", "备注"], ["", "", "应整治", "已验收", ""]]
    first, behind, total = table.rows[2:]
    sides = [cell.find(f".//{qn('w:jc')}").get(qn("w:val")) for cell in first._tr.tc_lst]
    assert sides == ["center", "center", "right", "right", "left"]
    shaded = [row._tr.find(f".//{qn('w:shd')}") is not None for row in (first, behind, total)]
    assert shaded == [False, True, False]
    bold = [row._tr.find(f".//{qn('w:b')}") is not None for row in (first, behind, total)]
    assert bold == [False, False, True]


def test_the_page_is_as_the_standard_says() -> None:
    document = opened(letter(NOTICE, (SMALL, replace(SMALL, number=2))))
    first, *middle, last = document.sections
    for section in (first, last):
        assert section.page_width is not None
        assert section.page_height is not None
        measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
        asked = (210, 297, 37, 35)
        assert [round(length.mm) if length else None for length in measures] == list(asked)
        sides = (section.left_margin, section.right_margin)
        assert [round(length.mm) if length else None for length in sides] == [28, 26]
        grid = section._sectPr.find(qn("w:docGrid"))
        assert grid.get(qn("w:type")) == "linesAndChars"
        pitch, space = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
        assert int(Mm(225).twips / pitch) == 22
        assert int(Mm(156).pt / (16 + space / 4096)) == 28
    assert len(middle) == 2
    assert all(section.orientation == WD_ORIENT.LANDSCAPE for section in middle)
    assert all(section.page_width and round(section.page_width.mm) == 297 for section in middle)
    assert last.start_type == WD_SECTION.EVEN_PAGE
    assert document.tables[-1]._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


def test_type_is_as_the_standard_says() -> None:
    document = opened(letter(NOTICE, ()))
    asked = {"通报标题": (BIG_SONG, 22), "通报正文": (FANGSONG, 16), "一级标题": (HEITI, 16), "附件序号": (HEITI, 16)}
    for name, (font, points) in asked.items():
        style = document.styles[name]
        assert style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font
        assert style.font.size.pt == points
    indent = document.styles["通报正文"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    by_text = {paragraph.text: paragraph for paragraph in document.paragraphs}
    heading, text = by_text["（一）重点工作。序时进度为83.33%。"].runs
    assert heading.style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == KAITI
    assert text.style.name == "Default Paragraph Font"
    styles = {style.name for style in document.styles}
    assert {style.name for style in STYLES} <= styles
    with zipfile.ZipFile(io.BytesIO(letter(NOTICE, ()))) as package:
        fonts = package.read("word/fontTable.xml").decode()
    assert all(f'w:name="{name}"><w:altName w:val="{others}"/>' in fonts for name, (others, _) in FALLBACKS.items())


def test_the_page_that_is_signed_has_text_and_no_line_stands_alone() -> None:
    """From the last paragraph of the text to the signature everything goes with what follows it."""
    read = opened(letter(NOTICE, ()))
    (last,) = (at for at, line in enumerate(read.paragraphs) if line.style and line.style.name == "通报末段")
    assert read.paragraphs[last].text.endswith(NOTICE.sections[-1].paragraphs[-1].text)
    *_, signed = (at for at, line in enumerate(read.paragraphs) if line.text == NOTICE.signature)
    assert signed > last
    for line in read.paragraphs[last:signed]:
        assert line.style
        assert line.style.paragraph_format.keep_with_next, line.style.name
    for name in ("通报正文", "通报末段", "说明文字"):
        assert read.styles[name].paragraph_format.widow_control


def test_page_numbers_stand_outside() -> None:
    document = opened(letter(NOTICE, (SMALL,)))
    assert document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
        assert [odd.text, even.text] == ["— 1 —", "— 1 —"]
        assert "PAGE" in odd._p.xml
        assert "PAGE" in even._p.xml
        assert odd.style is not None
        assert even.style is not None
        assert [odd.style.name, even.style.name] == ["单页页码", "双页页码"]


@pytest.mark.parametrize("mark", ["", NOTICE.mark])
def test_the_mark_stands_on_every_page(mark: str) -> None:
    document = opened(letter(replace(NOTICE, mark=mark), (SMALL, SMALL)))
    assert len(document.sections) == 4
    for section in document.sections:
        for header in (section.header, section.even_page_header):
            assert [paragraph.text for paragraph in header.paragraphs] == [mark]
        assert not section.different_first_page_header_footer


def test_the_same_input_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = annexes(bulletin_builder.bulletin(1))
    first = letter(NOTICE, sheets)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert letter(NOTICE, sheets) == first
    assert letter(NOTICE, sheets, default_template()) == first


@pytest.mark.parametrize(
    "text", ["<&>\"'", "{{ number }}", "{% for %}", "{# x #}", "]]>", "</w:t>", "&lt;", "\U00020000"]
)
def test_text_is_only_text(text: str) -> None:
    notice = replace(NOTICE, opening=text, title=(text,), signature=text, mark=text)
    sheet = replace(SMALL, title=text, rows=(Row((1, text, 1, 1, text)),), notes=(text,))
    document = opened(letter(notice, (sheet,)))
    assert texts(document).count(text) == 4  # opening, title, signature, annex
    assert lines(document.tables[0])[2] == ["1", text, "1", "1", text]
    assert document.sections[0].header.paragraphs[0].text == text


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = opened(letter(replace(NOTICE, opening="前\x00后\ufffe", title=("题\x01",)), ()))
    assert "前后" in texts(document)
    assert document.core_properties.title == "题"


def test_an_office_may_change_the_template() -> None:
    template = opened(default_template())
    for paragraph in template.paragraphs:
        if paragraph.text == "{{ recipients }}：":
            paragraph.insert_paragraph_before("（内部）", "主送机关")
        if paragraph.text == "{{ number }}":
            # Word splits a run where the spelling checker or an edit has been.
            for run in paragraph.runs:
                run.text = ""
            for piece in ("{", "{ num", "ber }", "}（改）"):
                paragraph.add_run(piece)
    stream = io.BytesIO()
    template.save(stream)
    found = texts(opened(letter(NOTICE, (SMALL,), stream.getvalue())))
    assert f"{NOTICE.number}（改）" in found
    assert "（内部）" in found


def test_a_template_that_does_not_mark_drafts_prints_none() -> None:
    template = opened(default_template())
    for header in (template.sections[0].header, template.sections[0].even_page_header):
        header.paragraphs[0].text = ""
    stream = io.BytesIO()
    template.save(stream)
    with pytest.raises(Refused, match=r"没有“\{\{ mark \}\}”标签.*〔E620〕"):
        letter(NOTICE, (SMALL,), stream.getvalue())
    assert NOTICE.number in texts(opened(letter(replace(NOTICE, mark=""), (SMALL,), stream.getvalue())))


@pytest.mark.parametrize(("characters", "style"), [(15, "发文机关标志"), (16, "发文机关标志长")])
def test_the_red_line_is_set_smaller_where_it_would_not_fit(characters: int, style: str) -> None:
    document = opened(letter(replace(NOTICE, letterhead="某" * characters), ()))
    (line,) = (each for each in document.paragraphs if each.text == "某" * characters)
    assert line.style is not None
    assert line.style.name == style


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "不是Word的.docx文件"),
    "garbage": (lambda: bytes(range(256)) * 9, "不是Word的.docx文件"),
    "old .doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "不是Word的.docx文件"),
    "truncated": (lambda: default_template()[:-400], "不是Word的.docx文件"),
    "damaged": (
        lambda: (made := default_template())[:2000] + b"\xff" * 400 + made[2400:],
        "不是Word的.docx文件",
    ),
    "no document": (lambda: archive(a=b"x"), "里面没有word/document.xml"),
    "only document": (lambda: archive(**{"word/document.xml": b"<x/>"}), "不是Word的.docx文件"),
    "no XML": (lambda: rewritten(lambda xml: xml[:300]), "不是Word的.docx文件"),
    "a bomb": (lambda: archive(**{"word/document.xml": b"0" * (100 * 1024**2 + 1)}), "解压后超过100MB"),
    "large": (lambda: b"PK" * (10 * 1024**2 + 1), "文件超过20MB"),
    "unknown word": (lambda: replaced("{{ number }}", "{{ nummer }}"), "不认得的词“nummer”"),
    "unknown word above": (lambda: replaced("{{ mark }}", "{{ marke }}", "word/header1.xml"), "不认得的词“marke”"),
    "unknown part": (lambda: replaced("{{ annex.label }}", "{{ annex.lable }}"), "不认得的词“lable”"),
    "unknown filter": (lambda: replaced("{{ number }}", "{{ number|gross }}"), "不认得的词“gross”"),
    "not closed": (lambda: replaced("{{ number }}", "{{ number"), "花括号不成对，在“"),
    "half closed": (lambda: replaced("{{ number }}", "{{ number }"), "花括号不成对"),
    "half opened": (lambda: replaced("{{ mark }}", "{ mark }}", "word/header1.xml"), "花括号不成对，在“{ mark }}”处"),
    "mixed": (lambda: replaced("{{ number }}", "{{ number %}"), "花括号不成对，在“{{ number %}”处"),
    "no word": (lambda: replaced("{{ number }}", "{{ }}"), "没有写完整"),
    "no endfor": (lambda: rewritten(lambda xml: "".join(xml.rsplit("{%p endfor %}", 1))), "缺“endfor”"),
    "too many ends": (lambda: replaced("{{ number }}", "{% endif %}"), "标签“endif”"),
    "unknown tag": (lambda: replaced("{{ number }}", "{% loop %}"), "标签“loop”，在“"),
    "forbidden": (lambda: replaced("{{ number }}", "{{ number.__class__.__mro__ }}"), "不允许的写法（__class__）"),
    "another file": (lambda: replaced("{{ number }}", "{% include 'a' %}"), "填不进去"),
    "no number": (lambda: replaced("{{ number }}", "{{ 1 / 0 }}"), "填不进去"),
    "endless": (lambda: replaced("{{ number }}", "{% for a in range(10**9) %}a{% endfor %}"), "没完没了"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_template_is_refused(name: str) -> None:
    made, why = BROKEN[name]
    with pytest.raises(Refused) as caught:
        letter(NOTICE, (SMALL,), made())
    assert caught.value.exit == Exit.USAGE
    assert str(caught.value).startswith("通报模板用不了：")
    assert why in str(caught.value)
    assert str(caught.value).endswith("〔E620〕")
    assert not re.search(r"<w:|Traceback", str(caught.value))


def test_a_fault_of_ours_is_not_laid_at_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_module, "default_template", lambda: replaced("{{ number }}", "{{ nummer }}"))
    with pytest.raises(Exception, match="nummer"):
        letter(NOTICE, ())
