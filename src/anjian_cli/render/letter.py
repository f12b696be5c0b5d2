"""The monthly letter (通报) as a Word document: a template by GB/T 9704-2012, filled in.

Takes the letter's parts and the annexes, returns bytes; the same bytes for the same input. Reads and writes no file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from anjian_cli.bulletin.notice import Notice
from anjian_cli.errors import Refused, refused
from anjian_cli.render.help import columns
from anjian_cli.render.letter_template import LANDSCAPE_WIDTH, default_template
from anjian_cli.render.sheet import Head, Row, Sheet, shown

LIMIT, LIMIT_UNPACKED = 20 * 1024 * 1024, 100 * 1024 * 1024
MAIN_PART = "word/document.xml"
SIZES = (9, 7.5, 6.5, 5.5)
"""小五, 六号, 小六, 七号: an annex takes the largest that lets it fit."""
HEAD_LINES, WIDEST, NARROWEST, PADDING, BOLD = 3, 20, 4, 2, 1.2
"""A heading may take so many lines; a column is so wide at most, at least, and has so much air (in half characters).
Bold is so much wider."""
BEHIND, HEADING = "FCE4E4", "F2F2F2"
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document can hold."""
TAGGED_PART = re.compile(r"/word/(document|header\d*|footer\d*|footnotes)\.xml")
BRACKET = re.compile("{{|}}|{%|%}|{#|#}")
CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}
UNCLOSED = "有标签没有写完整，或花括号不成对"
SHOWN = 40
CONTEXT_LINES = 4
"""docxtpl hands over a syntax error with the lines around it, this many before its own (counted from 1)."""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as the template knows it. `table` is a ready w:tbl."""

    label: str
    title: str
    left: str
    right: str
    table: Markup
    notes: tuple[str, ...]


def letter(notice: Notice, annexes: Sequence[Sheet], template: bytes | None = None) -> bytes:
    """The letter as a .docx, by the office's template or, where there is none, by ours.

    Raises Refused (E620) where the template is no Word document, is too large, or has a tag that cannot be filled in.
    """
    if template is None:
        return _fixed(_filled(notice, annexes, default_template()))
    _check(template)
    try:
        return _fixed(_filled(notice, annexes, template))
    except Refused:
        raise
    except Exception as error:  # a broken document or tag makes python-docx, lxml and jinja2 raise nearly anything
        raise refused("E620", why=_why(error)) from error


def _filled(notice: Notice, annexes: Sequence[Sheet], template: bytes) -> bytes:
    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    _closed(document.docx)
    document.render(_context(notice, annexes), jinja_env=_environment(), autoescape=True)
    document.docx.core_properties.title = UNPRINTABLE.sub("", "".join(notice.title))[:255]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _environment() -> SandboxedEnvironment:
    def printable(value: object) -> object:
        return UNPRINTABLE.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=printable)


def _context(notice: Notice, annexes: Sequence[Sheet]) -> dict[str, object]:
    """The words a template may use."""
    several = sum(sheet.number is not None for sheet in annexes) > 1
    return {
        "letterhead": notice.letterhead,
        "number": notice.number,
        "title": notice.title,
        "recipients": notice.recipients,
        "opening": notice.opening,
        "sections": notice.sections,
        "attachments": _numbered(notice.attachments),
        "signature": notice.signature,
        "signed_on": notice.signed_on,
        "contact": re.sub("^（(.*)）$", r"\1", notice.contact),
        "copies": notice.copies.removeprefix("抄送：").removesuffix("。"),
        "printed_on": notice.printed_on.removesuffix("印发"),
        "mark": notice.mark,
        "annexes": [_annex(sheet, several=several) for sheet in annexes],
    }


def _numbered(lines: Sequence[str]) -> tuple[str, ...]:
    """One of a kind has no number."""
    return tuple(f"{at}.{line}" for at, line in enumerate(lines, 1)) if len(lines) > 1 else tuple(lines)


def _annex(sheet: Sheet, *, several: bool) -> Annex:
    label = "" if sheet.number is None else f"附件{sheet.number}" if several else "附件"
    return Annex(label, sheet.title, sheet.left, sheet.right, Markup(table(sheet)), _numbered(sheet.notes))


def table(sheet: Sheet) -> str:
    """A sheet as a w:tbl over the width of a landscape page. Its first lines stand on every page it takes."""
    units = _units(sheet)
    widths = _shared(units)
    size = next((size for size in SIZES if sum(units) * size * 10 <= LANDSCAPE_WIDTH), SIZES[-1])
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    air = "".join(f'<w:{side} w:w="40" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    total = [_line(sheet.heads, Row(sheet.total), widths, size, bold=True)] if sheet.total is not None else []
    return "".join(
        (
            f'<w:tbl><w:tblPr><w:tblW w:w="{LANDSCAPE_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{air}</w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            *_heading(sheet.heads, widths, size),
            *(_line(sheet.heads, row, widths, size) for row in sheet.rows),
            *total,
            "</w:tbl>",
        )
    )


def _units(sheet: Sheet) -> list[float]:
    """What every column asks for: its widest cell on one line, its heading on a few."""
    units: list[float] = []
    for column, head in enumerate(sheet.heads):
        cells: float = max((columns(shown(row.cells[column], head.kind)) for row in sheet.rows), default=0)
        if sheet.total is not None:
            cells = max(cells, columns(shown(sheet.total[column], head.kind)) * BOLD)
        title = -(-columns(head.title) // HEAD_LINES) + 1
        units.append(min(max(cells, title, NARROWEST), WIDEST) + PADDING)
    return units


def _shared(units: Sequence[float]) -> list[int]:
    """The page's width by what the columns ask for, to the last twentieth of a point."""
    ends = [round(LANDSCAPE_WIDTH * sum(units[: at + 1]) / sum(units)) for at in range(len(units))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _heading(heads: Sequence[Head], widths: Sequence[int], size: float) -> Iterator[str]:
    """One line, or two where columns share a heading."""
    if not any(head.group for head in heads):
        yield _row((_cell(head.title, width, size, head=True) for head, width in zip(heads, widths, strict=True)), True)
        return
    upper, lower = [], []
    columns = list(zip(heads, widths, strict=True))
    for group, found in groupby(columns, key=lambda column: column[0].group):
        members = list(found)
        if group:
            width = sum(width for _, width in members)
            upper.append(_cell(group, width, size, head=True, span=len(members)))
            lower += [_cell(head.title, width, size, head=True) for head, width in members]
        else:
            upper += [_cell(head.title, width, size, head=True, merge="restart") for head, width in members]
            lower += [_cell("", width, size, head=True, merge="continue") for _, width in members]
    yield _row(upper, True)
    yield _row(lower, True)


def _line(heads: Sequence[Head], row: Row, widths: Sequence[int], size: float, *, bold: bool = False) -> str:
    fill = BEHIND if row.behind else ""
    return _row(
        _cell(shown(value, head.kind), width, size, align=head.align, fill=fill, bold=bold)
        for head, value, width in zip(heads, row.cells, widths, strict=True)
    )


def _row(cells: Iterable[str], head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="280" w:hRule="atLeast"/>{repeated}</w:trPr>'
        f"{''.join(cells)}</w:tr>"
    )


def _cell(
    text: str,
    width: int,
    size: float,
    *,
    head: bool = False,
    align: str = "center",
    fill: str = "",
    bold: bool = False,
    span: int = 1,
    merge: str = "",
) -> str:
    style, fill = ("附件表列名", HEADING) if head else ("附件表文字", fill)
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    type_ = f'{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    words = escape(UNPRINTABLE.sub("", text))
    run = f'<w:r><w:rPr>{type_}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}{shaded}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{align}"/></w:pPr>{run}</w:p></w:tc>'
    )


def _check(template: bytes) -> None:
    """Whether it may be opened at all: its size, and what it would unpack to."""
    if len(template) > LIMIT:
        raise refused("E620", why=f"文件超过{LIMIT // 1024**2}MB")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refused("E620", why="不是Word的.docx文件，或文件已损坏") from error
    if sum(member.file_size for member in members) > LIMIT_UNPACKED:
        raise refused("E620", why=f"解压后超过{LIMIT_UNPACKED // 1024**2}MB")
    if MAIN_PART not in {member.filename for member in members}:
        raise refused("E620", why=f"不是Word的.docx文件（里面没有{MAIN_PART}）")


def _closed(document: WordDocument) -> None:
    """Every tag ends in the paragraph it begins in. docxtpl would take what stands in between for part of the tag, and
    leave it out of the letter without a word."""
    for part in document.part.package.iter_parts():
        if not TAGGED_PART.fullmatch(part.partname):
            continue
        for paragraph in parse_xml(part.blob).iter(qn("w:p")):
            text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
            within = ""
            for bracket in BRACKET.findall(text):
                opens = bracket in CLOSED_BY
                if opens == bool(within) or (not opens and bracket != CLOSED_BY[within]):
                    raise refused("E620", why=f"{UNCLOSED}，在“{text.strip()[:SHOWN]}”处")
                within = bracket if opens else ""
            if within:
                raise refused("E620", why=f"{UNCLOSED}，在“{text.strip()[:SHOWN]}”处")


def _why(error: Exception) -> str:
    message = str(error)
    if isinstance(error, SecurityError):
        return f"标签里用了不允许的写法（{_quoted(message) or message}）"
    if isinstance(error, UndefinedError):
        return f"标签里有不认得的词“{_quoted(message, last='attribute' in message)}”"
    if isinstance(error, TemplateSyntaxError):
        return f"{_gist(message)}{_where(error)}"
    if isinstance(
        error, zipfile.BadZipFile | zlib.error | KeyError | ValueError | SyntaxError
    ):  # lxml's is a SyntaxError
        return "不是Word的.docx文件，或文件已损坏"
    return f"填不进去（{type(error).__name__}：{message[:80]}）"


def _quoted(message: str, *, last: bool = False) -> str:
    found = re.findall("'([^']*)'", message)
    return found[-1 if last else 0] if found else ""


def _gist(message: str) -> str:
    """A syntax error of jinja2 in the office's words."""
    open_block = re.search(r"innermost block that needs to be closed is '(\w+)'", message)
    if open_block:
        return f"标签“{open_block[1]}”没有结束（缺“end{open_block[1]}”）"
    if "unknown tag" in message:
        return f"多出了或不认得标签“{_quoted(message)}”"
    if message.startswith(("No filter named", "No test named")):
        return f"标签里有不认得的词“{_quoted(message)}”"
    return UNCLOSED


def _where(error: TemplateSyntaxError) -> str:
    """The paragraph it is in."""
    lines = list(getattr(error, "docx_context", ()))
    at = error.lineno - 1 - max(error.lineno - CONTEXT_LINES, 0)
    text = lines[at].strip() if at < len(lines) else ""
    return f"，在“{text[:SHOWN]}”处" if text else ""


def _fixed(document: bytes) -> bytes:
    """The same package with one date in all its entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            new.writestr(entry, old.read(member))
    return stream.getvalue()
