"""The template of the monthly letter (通报): a Word document by GB/T 9704-2012 with tags in it, built in memory.

An office may save it, change it in Word and give it back. Knows the names of what `letter` fills in, and no figures.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Literal

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from anjian_cli.light_dataclasses import dataclass, field

BIG_SONG, FANGSONG, KAITI, HEITI, SONGTI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
FALLBACKS: Mapping[str, tuple[str, str]] = {
    BIG_SONG: ("华文中宋,STZhongsong,宋体,SimSun", "roman"),
    FANGSONG: ("仿宋,FangSong,华文仿宋,STFangsong", "modern"),
    KAITI: ("楷体,KaiTi,华文楷体,STKaiti", "modern"),
    HEITI: ("SimHei,微软雅黑", "swiss"),
    SONGTI: ("SimSun", "auto"),
}
"""What stands in where a computer lacks the font, and the font's family, for those who know neither name."""

LINE = 579
"""225 mm in 22 lines, in twentieths of a point."""
CHAR = 316
"""156 mm in 28 characters."""
CHAR_SPACE = -849
"""What a character of 16 points gives up so that 28 go into a line, in 1/4096 of a point."""
TIGHT = -5
"""The same as letter spacing, in twentieths of a point. The page has the grid the standard asks for, but the paragraphs
do not lean on it: programs reckon it differently, and exact lines and letter spacing come out alike in all of them."""
LANDSCAPE_WIDTH = 14570
"""Between the margins of an annex's page: 297 mm less 20 mm either side."""
PORTRAIT_WIDTH = 9638
"""Between the margins of a paper that stands upright: 210 mm less 20 mm either side."""
LETTERHEAD = 15
"""So many characters of the red line go into one line at 28 points; longer ones are set smaller."""
RED = "FF0000"
BUILT = datetime(2018, 1, 1)  # noqa: DTZ001 - a document's properties have no zone
"""The day every built template names, so that the same letter is the same bytes."""


def _mm(length: float) -> int:
    return round(length * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class _Style:
    """`indent` has the attributes of w:ind, `border` and `tabs` what stands within theirs. Lengths are in
    twentieths of a point."""

    name: str
    font: str = FANGSONG
    points: float = 16
    align: str = "both"
    indent: Mapping[str, int] = field(default_factory=dict)
    line: int = LINE
    rule: str = "exact"
    before: int = 0
    after: int = 0
    colour: str = ""
    spacing: int = 0
    keep: bool = False
    border: str = ""
    tabs: str = ""

    def properties(self) -> str:
        """Its w:pPr's children, in the order the schema asks for."""
        indent = "".join(f' w:{name}="{value}"' for name, value in self.indent.items())
        return "".join(
            (
                "<w:keepNext/>" if self.keep else "",
                '<w:widowControl w:val="0"/>',
                self.border and f"<w:pBdr>{self.border}</w:pBdr>",
                self.tabs and f"<w:tabs>{self.tabs}</w:tabs>",
                '<w:snapToGrid w:val="0"/>',
                f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}"'
                f' w:lineRule="{self.rule}"/>',
                indent and f"<w:ind{indent}/>",
                f'<w:jc w:val="{self.align}"/>',
            )
        )

    def type(self) -> str:
        """Its w:rPr's children."""
        size = round(self.points * 2)
        colour = self.colour and f'<w:color w:val="{self.colour}"/>'
        spacing = f'<w:spacing w:val="{self.spacing}"/>' if self.spacing else ""
        return f'{_fonts(self.font)}{colour}{spacing}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


FIRST = {"firstLineChars": 200, "firstLine": 2 * CHAR}
STYLES = (
    _Style("发文机关标志", BIG_SONG, 28, "center", line=800, rule="atLeast", before=_mm(35), colour=RED),
    _Style("发文机关标志长", BIG_SONG, 20, "center", line=800, rule="atLeast", before=_mm(35), colour=RED),
    _Style(
        "发文字号",
        align="center",
        before=2 * LINE,
        border=f'<w:bottom w:val="single" w:sz="16" w:space="11" w:color="{RED}"/>',
    ),
    _Style("通报标题", BIG_SONG, 22, "center", line=640, keep=True),
    _Style("主送机关", spacing=TIGHT),
    _Style("通报正文", indent=FIRST, spacing=TIGHT),
    _Style("一级标题", HEITI, indent=FIRST, keep=True, spacing=TIGHT),
    _Style("附件说明", align="left", indent={"left": 6 * CHAR, "hanging": 4 * CHAR}, spacing=TIGHT, keep=True),
    _Style("附件说明续", align="left", indent={"left": 6 * CHAR, "hanging": CHAR}, spacing=TIGHT, keep=True),
    # From the list of annexes to the signature all stays together: no page may hold the signature alone.
    _Style("署名上空", keep=True),
    # The signature stands centred over the day, and the day four characters from the right: both are centred in a
    # strip that ends at the right, 14.5 characters wide.
    _Style("署名", align="center", indent={"left": round(13.5 * CHAR)}, spacing=TIGHT, keep=True),
    _Style("成文日期", align="center", indent={"left": round(13.5 * CHAR)}, spacing=TIGHT),
    _Style("附注", indent=FIRST, spacing=TIGHT),
    _Style("空行"),
    _Style("分节", points=1, line=20),
    _Style("附件序号", HEITI, 16, "left", line=440, keep=True),
    _Style("附件标题", BIG_SONG, 18, "center", line=520, after=60, keep=True),
    _Style(
        "附件表头说明",
        points=10.5,
        align="left",
        line=320,
        keep=True,
    ),
    _Style("附件表列名", HEITI, 9, "center", line=240, rule="auto"),
    _Style("附件表文字", FANGSONG, 9, "left", line=240, rule="auto"),
    _Style("说明文字", points=12, indent={"firstLineChars": 200, "firstLine": 480}, line=360),
    _Style("附件注", points=9, indent={"left": 540, "hanging": 540}, line=230, before=40),
    _Style("附件注续", points=9, indent={"left": 540, "hanging": 180}, line=230),
    # Programs that do not float the table (LibreOffice) put it below this, nearly at the bottom; those that do (Word,
    # WPS) have it at the very bottom, with room for six lines and the small one.
    _Style("版记上空", points=1, line=20, before=22 * LINE - 6 * 520 - 320 - 100),
    _Style("抄送", points=14, indent={"left": 4 * 280, "right": 280, "hanging": 3 * 280}, line=520),
    _Style("印发机关", points=14, align="left", indent={"left": 280}, line=520),
    _Style("印发日期", points=14, align="right", indent={"right": 280}, line=520),
    _Style("核验码", points=10.5, align="left", indent={"left": 280}, line=320),
    _Style("文末核验码", points=9, align="right", line=240, before=120),
    _Style("核对标记", HEITI, 10.5, "right", line=240, rule="auto"),
    _Style("单页页码", SONGTI, 14, "right", indent={"right": 280}, line=240, rule="auto"),
    _Style("双页页码", SONGTI, 14, "left", indent={"left": 280}, line=240, rule="auto"),
)
RUN_IN = "二级标题"
"""The character style of a heading that stands at the beginning of its paragraph."""


@cache
def default_template() -> bytes:
    """The template as it comes with the program."""
    document, running = _blank()
    return _built(document, [*_letter(running), *_annexes(), *_imprint(), _section("evenPage")])


@cache
def paper_template(*, landscape: bool) -> bytes:
    """A template of a title, sentences, tables and sentences, in the type of the letter."""
    document, running = _blank()
    across = LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH
    section = _section("nextPage", running, page="landscape" if landscape else "paper")
    return _built(document, [*_paper(across), section])


def _blank() -> tuple[WordDocument, str]:
    """A document with our type and nothing in it, and the references to its header and footers."""
    document = Document()
    _properties(document)
    _defaults(document)
    _styles(document)
    _font_table(document)
    document.settings.odd_and_even_pages_header_footer = True
    running = _running(document)
    body = document.element.body
    for child in list(body):
        body.remove(child)
    return document, running


def _built(document: WordDocument, parts: Iterable[str]) -> bytes:
    for xml in parts:
        document.element.body.append(_parsed(xml))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _parsed(xml: str) -> BaseOxmlElement:
    """An element from XML that does not declare its namespaces."""
    name, rest = xml[1:].split(":", 1)[0], xml[1:]
    end = min(at for at in (rest.find(mark) for mark in (" ", ">", "/")) if at > len(name))
    return parse_xml(f"<{rest[:end]} {nsdecls('w', 'r')}{rest[end:]}")


def _properties(document: WordDocument) -> None:
    core = document.core_properties
    core.author = core.comments = core.last_modified_by = core.keywords = ""
    core.title = "安全生产重点工作通报"
    core.created = core.modified = BUILT
    core.revision = 1


def _defaults(document: WordDocument) -> None:
    """Type and language of whatever has no style of its own; the grid of a page is reckoned from its size."""
    normal = document.styles["Normal"].element
    for name in ("w:pPr", "w:rPr"):
        for old in normal.findall(qn(name)):
            normal.remove(old)
    plain = _Style("Normal", line=240, rule="auto")
    normal.append(_parsed(f"<w:pPr>{plain.properties()}</w:pPr>"))
    normal.append(_parsed(f"<w:rPr>{plain.type()}</w:rPr>"))
    for defaults in document.styles.element.iter(qn("w:rPrDefault")):
        for old in list(defaults):
            defaults.remove(old)
        language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        defaults.append(_parsed(f"<w:rPr>{plain.type()}{language}</w:rPr>"))


def _styles(document: WordDocument) -> None:
    for style in STYLES:
        made = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        made.quick_style = True
        made.element.append(_parsed(f"<w:pPr>{style.properties()}</w:pPr>"))
        made.element.append(_parsed(f"<w:rPr>{style.type()}</w:rPr>"))
    made = document.styles.add_style(RUN_IN, WD_STYLE_TYPE.CHARACTER)
    made.quick_style = True
    made.element.append(_parsed(f"<w:rPr>{_fonts(KAITI)}</w:rPr>"))


def _font_table(document: WordDocument) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (others, family) in FALLBACKS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _running(document: WordDocument) -> str:
    """Header and footers, which every section takes over from the first. Returns the references to them."""
    first = document.sections[0]
    for header in (first.header, first.even_page_header):
        header.is_linked_to_previous = False
        _only(header._element, _paragraph("核对标记", "{{ mark }}"))
    for footer, style in ((first.footer, "单页页码"), (first.even_page_footer, "双页页码")):
        footer.is_linked_to_previous = False
        _only(footer._element, _page_number(style))
    found = first._sectPr.findall(qn("w:headerReference")) + first._sectPr.findall(qn("w:footerReference"))
    return "".join(
        f'<w:{each.tag.split("}")[1]} w:type="{each.get(qn("w:type"))}" r:id="{each.get(qn("r:id"))}"/>'
        for each in found
    )


def _only(part: BaseOxmlElement, xml: str) -> None:
    for child in list(part):
        part.remove(child)
    part.append(_parsed(xml))


def _page_number(style: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field_ = f'{mark("begin")}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{mark("separate")}'
    return _styled(style, f"{_run('— ')}{field_}{_run('1')}{mark('end')}{_run(' —')}")


def _letter(references: str) -> list[str]:
    """From the red head to the last line before the annexes."""
    return [
        _tag(f"if letterhead|length > {LETTERHEAD}"),
        _paragraph("发文机关标志长", "{{ letterhead }}"),
        _tag("else"),
        _paragraph("发文机关标志", "{{ letterhead }}"),
        _tag("endif"),
        _paragraph("发文字号", "{{ number }}"),
        _paragraph("空行"),
        _paragraph("空行"),
        _tag("for line in title"),
        _paragraph("通报标题", "{{ line }}"),
        _tag("endfor"),
        _paragraph("空行"),
        _tag("if recipients"),
        _paragraph("主送机关", "{{ recipients }}："),
        _tag("endif"),
        _paragraph("通报正文", "{{ opening }}"),
        _tag("for section in sections"),
        _paragraph("一级标题", "{{ section.title }}"),
        _tag("for paragraph in section.paragraphs"),
        _styled("通报正文", _run("{{ paragraph.heading }}", RUN_IN) + _run("{{ paragraph.text }}")),
        _tag("endfor"),
        _tag("endfor"),
        _tag("if attachments"),
        _paragraph("空行"),
        _tag("for attachment in attachments"),
        _tag("if loop.first"),
        _paragraph("附件说明", "附件：{{ attachment }}"),
        _tag("else"),
        _paragraph("附件说明续", "{{ attachment }}"),
        _tag("endif"),
        _tag("endfor"),
        _tag("endif"),
        _paragraph("署名上空"),
        _paragraph("署名上空"),
        _paragraph("署名", "{{ signature }}"),
        _tag("if signed_on"),
        _paragraph("成文日期", "{{ signed_on }}"),
        _tag("endif"),
        _tag("if contact"),
        _paragraph("附注", "（{{ contact }}）"),
        _tag("endif"),
        _break(_section("nextPage", references)),
    ]


def _annexes() -> list[str]:
    return [
        _tag("for annex in annexes"),
        _paragraph("附件序号", "{{ annex.label }}"),
        *_annex(LANDSCAPE_WIDTH),
        _break(_section("nextPage", page="landscape")),
        _tag("endfor"),
    ]


def _paper(across: int) -> list[str]:
    return [
        _tag("for line in title"),
        _paragraph("通报标题", "{{ line }}"),
        _tag("endfor"),
        _tag("for line in before"),
        _paragraph("说明文字", "{{ line }}"),
        _tag("endfor"),
        _tag("for annex in annexes"),
        _paragraph("说明文字"),
        *_annex(across),
        _tag("endfor"),
        _paragraph("说明文字"),
        _tag("for line in after"),
        _paragraph("说明文字", "{{ line }}"),
        _tag("endfor"),
        _tag("if witness"),
        _paragraph("文末核验码", "{{ witness }}"),
        _tag("endif"),
    ]


def _annex(across: int) -> list[str]:
    """Title, table and notes, on a page `across` wide."""
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{across}"/></w:tabs>'
    return [
        _tag("if annex.title"),
        _paragraph("附件标题", "{{ annex.title }}"),
        _tag("endif"),
        _styled("附件表头说明", f"{_run('{{ annex.left }}')}<w:r><w:tab/></w:r>{_run('{{ annex.right }}')}", tabs),
        _paragraph("附件表文字", "{{p annex.table }}"),
        _tag("for note in annex.notes"),
        _tag("if loop.first"),
        _paragraph("附件注", "注：{{ note }}"),
        _tag("else"),
        _paragraph("附件注续", "{{ note }}"),
        _tag("endif"),
        _tag("endfor"),
    ]


def _imprint() -> list[str]:
    """The 版记: a table that floats to the bottom of the last page, which is an even one."""
    across = 28 * CHAR
    left, right = 5600, across - 5600
    thick, thin = 8, 6  # 0.35 mm and 0.25 mm, in eighths of a point

    def cell(width: int, top: int, bottom: int, paragraph: str) -> str:
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
            for side, size in (("top", top), ("bottom", bottom))
        )
        span = '<w:gridSpan w:val="2"/>' if width == across else ""
        borders = f"<w:tcBorders>{edges}</w:tcBorders>"
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{borders}</w:tcPr>{paragraph}</w:tc>'

    def row(*cells: str) -> str:
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def tag(words: str) -> str:
        return row(cell(across, thin, thin, _paragraph("印发机关", f"{{%tr {words} %}}")))

    def printed(top: int) -> str:
        day = "{% if printed_on %}{{ printed_on }}印发{% endif %}"
        return row(
            cell(left, top, thin, _paragraph("印发机关", "{{ signature }}")),
            cell(right, top, thin, _paragraph("印发日期", day)),
        )

    def witness() -> str:
        # Any other element stands apart from who printed it (GB/T 9704-2012, 7.4.3).
        return row(cell(across, thin, thick, _paragraph("核验码", "{{ witness }}")))

    place = 'w:tblpXSpec="center" w:tblpYSpec="bottom"'
    table = (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin"'
        f' w:horzAnchor="margin" {place}/><w:tblW w:w="{across}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>'
        + tag("if copies")
        + row(cell(across, thick, thin, _paragraph("抄送", "抄送：{{ copies }}。")))
        + printed(thin)
        + tag("else")
        + printed(thick)
        + tag("endif")
        + witness()
        + "</w:tbl>"
    )
    return [_paragraph("版记上空"), table, _paragraph("分节")]


def _run(text: str, style: str = "") -> str:
    styled = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{styled}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _styled(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _paragraph(style: str, text: str = "") -> str:
    return _styled(style, _run(text) if text else "")


def _tag(words: str) -> str:
    """A paragraph that goes away when the letter is made."""
    return _paragraph("空行", f"{{%p {words} %}}")


def _break(section: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="分节"/>{section}</w:pPr></w:p>'


def _section(kind: str, references: str = "", *, page: Literal["letter", "landscape", "paper"] = "letter") -> str:
    if page == "landscape":
        size = f'<w:pgSz w:w="{_mm(297)}" w:h="{_mm(210)}" w:orient="landscape"/>'
    else:
        size = f'<w:pgSz w:w="{_mm(210)}" w:h="{_mm(297)}"/>'
    margins, grid = (22, 20, 20, 20, 13, 11), ""
    if page == "letter":
        margins = (37, 26, 35, 28, 15, 24)
        grid = f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="{CHAR_SPACE}"/>'
    names = ("top", "right", "bottom", "left", "header", "footer")
    edges = "".join(f' w:{name}="{_mm(length)}"' for name, length in zip(names, margins, strict=True))
    return f'<w:sectPr>{references}<w:type w:val="{kind}"/>{size}<w:pgMar{edges} w:gutter="0"/>{grid}</w:sectPr>'
