"""The form on which a letter is drafted, checked and signed before it is issued (发文稿纸): for the office alone.

Who signs (签发人) stands here and not on the letter: GB/T 9704-2012 has it on documents that go upwards alone (7.2.6),
and the bulletin goes down. What is known is filled in; a degree of secrecy is never assumed.
"""

from __future__ import annotations

from markupsafe import escape

from anjian_cli.bulletin.notice import Notice
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.render.office.letter import form
from anjian_cli.render.office.letter_styles import PORTRAIT_WIDTH
from anjian_cli.render.office.xml_text import UNPRINTABLE

NAME = "发文稿纸"
LABEL, LINE, TO_WRITE_IN = 1500, 620, 1700
"""In twentieths of a point: how wide a label is; how tall a line; and one in which somebody writes by hand."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and what stands beside it, '' for what is to be written in."""

    label: str
    text: str = ""


def dispatch_form(notice: Notice, clerk: str) -> bytes:
    """The form of a letter as a .docx; `clerk` drafted it ('' = not known)."""
    return form(f"{notice.letterhead.removesuffix('文件')}{NAME}", notice.mark, _table(notice, clerk), notice.witness)


def lines(notice: Notice, clerk: str) -> list[tuple[Cell, ...]]:
    """What stands on it, line by line."""
    attached = f"{len(notice.attachments)}件：{'；'.join(notice.attachments)}" if notice.attachments else "无"
    return [
        (Cell("签发"),),
        (Cell("核稿"), Cell("拟稿", clerk)),
        (Cell("发文字号", notice.number), Cell("密级（不涉密的不填）")),
        (Cell("标题", "".join(notice.title)),),
        (Cell("主送", notice.recipients),),
        (Cell("抄送", notice.copies.removeprefix("抄送：").removesuffix("。")),),
        (Cell("附件", attached),),
        (Cell("印数", "　　份"), Cell("印发日期", notice.printed_on.removesuffix("印发"))),
    ]


def _table(notice: Notice, clerk: str) -> str:
    half = PORTRAIT_WIDTH // 2 - LABEL
    widths = [LABEL, half, LABEL, PORTRAIT_WIDTH - 2 * LABEL - half]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(cells, widths) for cells in lines(notice, clerk))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{PORTRAIT_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: tuple[Cell, ...], widths: list[int]) -> str:
    tall = TO_WRITE_IN if cells[0].label == "签发" else LINE
    made = [_cell(cells[0].label, widths[0], head=True)]
    if len(cells) == 1:
        made.append(_cell(cells[0].text, sum(widths[1:]), span=3))
    else:
        made += [_cell(cells[0].text, widths[1]), _cell(cells[1].label, widths[2], head=True)]
        made.append(_cell(cells[1].text, widths[3]))
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{tall}" w:hRule="atLeast"/></w:trPr>{"".join(made)}</w:tr>'


def _cell(text: str, width: int, *, head: bool = False, span: int = 1) -> str:
    style, side = ("附件表列名", "center") if head else ("附件表文字", "left")
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    words = escape(UNPRINTABLE.sub("", text))
    size = 24  # 12 points
    look = f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    run = f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
    )
