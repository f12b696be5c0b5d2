"""The monthly letter (通报) as a Word document: a template by GB/T 9704-2012, filled in.

Takes the letter's parts and the annexes, returns bytes; the same bytes for the same input. Reads and writes no file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from anjian_cli.bulletin.notice import Notice
from anjian_cli.bulletin.notice import notice as notice_of
from anjian_cli.bulletin.wording import numbered
from anjian_cli.errors import Refused, refused
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.render.formats import Material
from anjian_cli.render.office.annex import annexes as annexes_of
from anjian_cli.render.office.bounded_template import BoundedEnvironment, TooMuch
from anjian_cli.render.office.letter_styles import LANDSCAPE_HEIGHT, LANDSCAPE_WIDTH, PORTRAIT_WIDTH
from anjian_cli.render.office.letter_template import default_template, paper_template
from anjian_cli.render.office.word_table import tables
from anjian_cli.render.office.xml_text import UNPRINTABLE
from anjian_cli.render.paper import Paper, Sheet, labels

LIMIT, LIMIT_UNPACKED = 20 * 1024 * 1024, 100 * 1024 * 1024
MAIN_PART = "word/document.xml"
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


def of_bulletin(material: Material) -> bytes:
    """A bulletin's letter with its annexes. Refused as `letter`."""
    return letter(notice_of(material.bulletin), annexes_of(material.bulletin), material.template)


def letter(notice: Notice, annexes: Sequence[Sheet], template: bytes | None = None) -> bytes:
    """The letter as a .docx, by the office's template or, where there is none, by ours.

    Raises Refused (E620) where the template is no Word document, is too large, has a tag that cannot be filled in, or
    would print a draft without its mark.
    """
    if template is None:
        return _filled(_context(notice), _annexes(annexes), "".join(notice.title), default_template())
    _check(template)
    try:
        made = _filled(_context(notice), _annexes(annexes), "".join(notice.title), template)
        if notice.mark and "mark" not in DocxTemplate(io.BytesIO(template)).get_undeclared_template_variables():
            raise refused("E620", why="没有“{{ mark }}”标签，核对稿上印不出“核对稿”")
        return made
    except Refused:
        raise
    except Exception as error:  # a broken document or tag makes python-docx, lxml and jinja2 raise nearly anything
        raise refused("E620", why=_why(error)) from error


def paper(made: Paper) -> bytes:
    """Any other paper as a .docx, in the type of the letter."""
    width = LANDSCAPE_WIDTH if made.landscape else PORTRAIT_WIDTH
    context = {
        "title": (made.title,),
        "mark": made.mark,
        "before": made.before,
        "after": made.after,
        "signed": made.signed,
        "witness": made.witness,
    }
    annexes = [_annex(sheet, "", width, compact=made.compact) for sheet in made.sheets]
    return _filled(context, annexes, made.title, paper_template(landscape=made.landscape, compact=made.compact))


def form(title: str, mark: str, table: str, witness: str) -> bytes:
    """A form as a .docx: its title and one `table` (a w:tbl as wide as the page)."""
    annexes = [Annex("", "", "", "", Markup(table), ())]
    context = {"title": (title,), "mark": mark, "before": (), "after": (), "signed": (), "witness": witness}
    return _filled(context, annexes, title, paper_template(landscape=False))


def _filled(context: Mapping[str, object], annexes: Sequence[Annex], title: str, template: bytes) -> bytes:
    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    _closed(document.docx)
    given = sum(len(annex.table) for annex in annexes)
    document.render({**context, "annexes": annexes}, jinja_env=_environment(given), autoescape=True)
    document.docx.core_properties.title = UNPRINTABLE.sub("", title)[:255]
    document.docx.core_properties.keywords = str(context["witness"])  # an office's own template may not print it
    stream = io.BytesIO()
    document.save(stream)
    return _fixed(stream.getvalue())


def _environment(given: int) -> BoundedEnvironment:
    def printable(value: object) -> object:
        return UNPRINTABLE.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return BoundedEnvironment(printable, given)


def _context(notice: Notice) -> dict[str, object]:
    """The words a template may use, beside the annexes."""
    return {
        "letterhead": notice.letterhead,
        "number": notice.number,
        "title": notice.title,
        "recipients": notice.recipients,
        "opening": notice.opening,
        "sections": notice.sections,
        "attachments": numbered(notice.attachments),
        "signature": notice.signature,
        "signed_on": notice.signed_on,
        "contact": re.sub("^（(.*)）$", r"\1", notice.contact),
        "copies": notice.copies.removeprefix("抄送：").removesuffix("。"),
        "printed_on": notice.printed_on.removesuffix("印发"),
        "mark": notice.mark,
        "witness": notice.witness,
    }


def _annexes(sheets: Sequence[Sheet]) -> list[Annex]:
    return [
        _annex(sheet, label, LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT)
        for sheet, label in zip(sheets, labels(sheets), strict=True)
    ]


def _annex(sheet: Sheet, label: str, across: int, along: int = 0, *, compact: bool = False) -> Annex:
    made = Markup(tables(sheet, across, along, compact=compact))
    return Annex(label, sheet.title, sheet.left, sheet.right, made, numbered(sheet.notes))


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
    if isinstance(error, TooMuch | RecursionError):
        return "标签没完没了（循环、自己调用自己，或把文字成倍加长），已停下"
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
