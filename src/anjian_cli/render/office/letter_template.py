"""The template of the monthly letter (通报): a Word document by GB/T 9704-2012 with tags in it, built in memory.

An office may save it, change it in Word and give it back. Knows the names of what `letter` fills in, and no figures.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Literal

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from anjian_cli.render.office.letter_styles import (
    CHAR,
    CHAR_SPACE,
    FALLBACKS,
    KAITI,
    LANDSCAPE_WIDTH,
    LINE,
    PORTRAIT_WIDTH,
    RUN_IN,
    STYLES,
    Style,
    mm,
    typeface,
)

LETTERHEAD = 15
"""So many characters of the red line go into one line at 28 points; longer ones are set smaller."""
BUILT = datetime(2018, 1, 1)  # noqa: DTZ001 - a document's properties have no zone
"""The day every built template names, so that the same letter is the same bytes."""


@cache
def default_template() -> bytes:
    """The template as it comes with the program."""
    document, running = _blank()
    return _built(document, [*_letter(running), *_annexes(), *_imprint(), _section("evenPage")])


@cache
def paper_template(*, landscape: bool, compact: bool = False) -> bytes:
    """A template of a title, sentences, tables and sentences, in the type of the letter, or smaller (`compact`)."""
    document, running = _blank()
    across = LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH
    section = _section("nextPage", running, page="landscape" if landscape else "paper")
    return _built(document, [*_paper(across, compact=compact), section])


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
    plain = Style("Normal", line=240, rule="auto")
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
    made.element.append(_parsed(f"<w:rPr>{typeface(KAITI)}</w:rPr>"))


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
        _tag("if loop.last and section == sections[-1]"),
        _text("通报末段"),
        _tag("else"),
        _text("通报正文"),
        _tag("endif"),
        _tag("endfor"),
        _tag("endfor"),
        _tag("if attachments"),
        _paragraph("署名上空"),
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


def _text(style: str) -> str:
    """A paragraph of the letter, its heading run in."""
    return _styled(style, _run("{{ paragraph.heading }}", RUN_IN) + _run("{{ paragraph.text }}"))


def _annexes() -> list[str]:
    return [
        _tag("for annex in annexes"),
        _paragraph("附件序号", "{{ annex.label }}"),
        *_annex(LANDSCAPE_WIDTH),
        _break(_section("nextPage", page="landscape")),
        _tag("endfor"),
    ]


def _paper(across: int, *, compact: bool) -> list[str]:
    words = "说明文字小" if compact else "说明文字"
    gap = [] if compact else [_paragraph(words)]
    return [
        _tag("for line in title"),
        _paragraph("通报标题", "{{ line }}"),
        _tag("endfor"),
        _tag("for line in before"),
        _paragraph(words, "{{ line }}"),
        _tag("endfor"),
        _tag("for annex in annexes"),
        *gap,
        *_annex(across),
        _tag("endfor"),
        *gap,
        _tag("for line in after"),
        _paragraph(words, "{{ line }}"),
        _tag("endfor"),
        _tag("for line in signed"),
        _tag("if loop.first"),
        _paragraph("落款上空"),
        _tag("endif"),
        _paragraph("落款", "{{ line }}"),
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
        size = f'<w:pgSz w:w="{mm(297)}" w:h="{mm(210)}" w:orient="landscape"/>'
    else:
        size = f'<w:pgSz w:w="{mm(210)}" w:h="{mm(297)}"/>'
    margins, grid = (22, 20, 20, 20, 13, 11), ""
    if page == "letter":
        margins = (37, 26, 35, 28, 15, 24)
        grid = f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="{CHAR_SPACE}"/>'
    names = ("top", "right", "bottom", "left", "header", "footer")
    edges = "".join(f' w:{name}="{mm(length)}"' for name, length in zip(names, margins, strict=True))
    return f'<w:sectPr>{references}<w:type w:val="{kind}"/>{size}<w:pgMar{edges} w:gutter="0"/>{grid}</w:sectPr>'
