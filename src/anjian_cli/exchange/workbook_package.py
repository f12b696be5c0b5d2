"""What lies inside a workbook file, looked through before it is read: its parts, how far its cells reach, and what
calamine does not tell (cells whose formula failed, numbers that are shown as another text, percentages among them,
which it gives as fractions, and cells that are struck out).

A part is never held as a whole, and no XML is interpreted that could expand.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from xml.etree import ElementTree

from anjian_cli.errors import Refused
from anjian_cli.exchange import archive, number_format
from anjian_cli.exchange.content import Content, Unseen, refusal

MOST_CELLS = 50_000_000
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of what a workbook with a password consists of."""

_COMPOUND = b"\xd0\xcf\x11\xe0"
_PREFIX = rb"<(?:[^\s<>/:\"'=!?]{1,40}:)?"
# A row or cell that does not say where it stands as all usual programs do, or stands where no usual sheet reaches.
_UNUSUAL = re.compile(rb"<(?:row|c)(?! r=\"[A-Z]?[0-9]{1,6}\")[\s/>]")
_LETTERS = re.compile(rb"<c r=\"([A-Z]*)")
_LAST_ROW = re.compile(rb"<row r=\"([0-9]*)")
_PREFIXED = (b":row", b":c")
_FORMULAS = (b"<f>", b"<f ", b't="e"')
_PERCENT_FORMATS = {"9", "10"}
"""Percent formats that every spreadsheet program knows; others are spelt out with the styles."""
_STYLES = "xl/styles.xml"
_BOOK = "xl/workbook.xml"
_FROM_1904 = re.compile(rb"\sdate1904\s*=\s*[\"'](?:1|true)[\"']")
USUAL = ".xlsx"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_LONGEST_TYPE = 200
_DOCUMENTS = (("word/", ".docx"), ("ppt/", ".pptx"))
"""What the parts of other documents of the same make begin with."""
_ANY = re.compile(_PREFIX + rb"(row|c)((?:\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?)/?>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)([0-9]*)")
_CELL = re.compile(_PREFIX + rb"c\s([^>]*[^>/])>(.*?)</(?:[^\s<>/:]{1,40}:)?c>", re.DOTALL)
_RESULT = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?v>([^<]*)<")
_FORMULA = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?f[\s/>]")
_FAILED = re.compile(rb"\st=[\"']e[\"']")
_NO_NUMBER = re.compile(rb"\st=[\"'][^n]")
_HIDING = re.compile(_PREFIX + rb"(row|col)\s([^>]*)>")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_NUMBERS = re.compile(rb"(?:^|\s)(r|min|max)\s*=\s*[\"']([0-9]{1,7})[\"']")
_MERGED = re.compile(
    _PREFIX + rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']"
)
_STYLE = re.compile(rb"\ss=[\"']([0-9]+)[\"']")


@dataclass
class Found:
    """What a sheet has: the texts of failed formulas and of numbers shown as another text (row, column index), the rows
    in which something is struck out, how many cells are a formula, how many of these came without a result, and what is
    hidden or merged."""

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    formulas: int = 0
    unknown_results: int = 0
    unseen: Unseen = field(default_factory=Unseen)


@dataclass(frozen=True)
class Package:
    """The sheets in which something was found, by name; whether days are counted from 1904."""

    sheets: dict[str, Found]
    from_1904: bool

    def sheet(self, name: str) -> Found:
        return self.sheets.get(name) or Found()


def is_compound(data: bytes) -> bool:
    """Whether it is a file of the kind `.xls` is, and any Office file with a password."""
    return data.startswith(_COMPOUND)


def kind(content: Content) -> tuple[Content, str]:
    """The workbook with the names of its parts as they should be (some programs write them with backslashes), and of
    what kind it is: `.xlsx`, `.xlsb` or `.ods`. Raises `Refused` E303 (no workbook), and those of `archive.opened`."""
    packed = archive.opened(content)
    if any("\\" in entry.orig_filename for entry in packed.infolist()):
        content = replace(content, held=_with_slashes(content.data, packed))
        packed = archive.opened(content)
    names = set(packed.namelist())
    if "xl/workbook.bin" in names:
        return content, ".xlsb"
    if "mimetype" in names:
        if packed.getinfo("mimetype").file_size < _LONGEST_TYPE and _SPREADSHEET in packed.read("mimetype"):
            return content, ".ods"
        raise _another(content, content.suffix if content.suffix != ".ods" else ".odt")
    if not any(name.startswith("xl/") for name in names):
        document = next((kind for folder, kind in _DOCUMENTS if any(name.startswith(folder) for name in names)), "")
        if not document and content.suffix in (USUAL, ".xlsm"):
            raise refusal(content.name, "E315")
        raise _another(content, document or content.suffix)
    return content, USUAL


def _with_slashes(data: bytes, packed: zipfile.ZipFile) -> bytes:
    """An archive with a slash for each backslash in the names of its entries."""
    changed = bytearray(data)

    def rename(at: int, length: int) -> None:
        changed[at : at + length] = changed[at : at + length].replace(b"\\", b"/")

    at = packed.start_dir
    for entry in packed.infolist():
        (length,) = struct.unpack_from("<H", changed, entry.header_offset + 26)
        rename(entry.header_offset + 30, length)
        length, extra, comment = struct.unpack_from("<HHH", changed, at + 28)
        rename(at + 46, length)
        at += 46 + length + extra + comment
    return bytes(changed)


def _another(content: Content, suffix: str) -> Refused:
    return refusal(content.name, "E303", suffix=suffix, remedy="请把内容填入空表，存为“.xlsx”再导入")


def look_through(content: Content) -> Package:
    """Look through a workbook of the kind `.xlsx`. Raises `Refused`: E315 (damaged), E317 (beyond the limits), and
    those of `archive.opened`."""
    packed = archive.opened(content)
    found: dict[str, Found] = {}
    cells = 0
    styles = _Styles()
    try:
        for entry in sorted(packed.infolist(), key=lambda entry: entry.filename != _STYLES):
            if entry.filename.lower().endswith((".xml", ".rels")):
                rows, columns, found[entry.filename] = _part(content, packed, entry, styles)
                if entry.filename == _STYLES:
                    styles = _styles_of(packed.read(entry))
                cells += rows * columns
                if cells > MOST_CELLS:
                    size = f"{columns}列×{rows}行"
                    raise refusal(content.name, "E317", what="表的范围", size=size, limit=f"{MOST_CELLS}格")
        named = _by_name(packed, found) if any(part != Found() for part in found.values()) else {}
        return Package(named, _FROM_1904.search(packed.read(_BOOK)) is not None if _BOOK in found else False)
    except (*archive.BROKEN, ElementTree.ParseError, KeyError) as error:
        raise refusal(content.name, "E315") from error


# --- one part


def _whole_tags(content: Content, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, cut before a tag."""
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"<")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 4 * archive.CHUNK:  # no cell can hold so much
            raise refusal(content.name, "E315")
    yield rest


def _part(content: Content, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, styles: _Styles) -> tuple[int, int, Found]:
    """How many rows and columns a part reaches over (0 if it is no sheet), and what is found in its cells."""
    reach = _Reach([*_FORMULAS, *(b's="%s"' % style for style in styles.marked)])
    found = Found()
    for piece in _whole_tags(content, archive.inflated(content, entry)):
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise refusal(content.name, "E315")
        reach.add(piece)
        _unseen(piece, found.unseen)
    if reach.marked:
        _cells(packed.read(entry), found, styles)
    return reach.rows, reach.columns, found


def _unseen(piece: bytes, unseen: Unseen) -> None:
    """Note what a piece of a sheet says is hidden or merged."""
    if b"hidden=" in piece:
        for tag, attributes in _HIDING.findall(piece):
            if not _HIDDEN.search(attributes):
                continue
            numbers = {name: int(digits) for name, digits in _NUMBERS.findall(attributes)}
            if tag == b"row" and b"r" in numbers:
                unseen.rows.add(numbers[b"r"])
            elif tag == b"col" and {b"min", b"max"} <= numbers.keys():
                unseen.columns.append((numbers[b"min"] - 1, numbers[b"max"] - 1))
    if b"mergeCell " in piece:
        for first_column, first, last_column, last in _MERGED.findall(piece):
            unseen.merged.append((int(first), int(last), _index(first_column) - 1, _index(last_column) - 1))


class _Reach:
    """How far the rows and cells of a sheet reach, and whether one of the `marks` is among them."""

    def __init__(self, marks: Sequence[bytes]) -> None:
        self.rows = self.columns = 0
        self.marked = False
        self._marks = marks
        self._row = self._column = 0

    def add(self, piece: bytes) -> None:
        if _UNUSUAL.search(piece) or any(mark in piece for mark in _PREFIXED):
            self._closely(piece)
        else:
            # Among usual ones no row is beyond 999999 and no column beyond Z: the last row is near enough.
            last = _LAST_ROW.match(piece, max(piece.rfind(b"<row"), 0))
            self._row, self._column = int(last[1]) if last else self._row, 0
            self.rows = max(self.rows, self._row)
            self.columns = max([self.columns, *map(_index, set(_LETTERS.findall(piece)))])
        self.marked = self.marked or any(mark in piece for mark in self._marks)

    def _closely(self, piece: bytes) -> None:
        """Rows and cells that do not all say where they stand: each stands behind the one before."""
        for tag, attributes in _ANY.findall(piece):
            said = _REFERENCE.search(attributes)
            letters, digits = (said[1], said[2]) if said else (b"", b"")
            if tag == b"row":
                self._row = int(digits[:12]) if digits else self._row + 1
                self._column = 0
                continue
            self._column = _index(letters) if letters else self._column + 1
            self.rows = max(self.rows, self._row, int(digits[:12] or 1))
            self.columns = max(self.columns, self._column)


def _index(letters: bytes) -> int:
    """A column's number, from 1; 0 for no letters."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


@dataclass(frozen=True)
class _Styles:
    """The cell styles by which a number is shown as another text, and how; those that strike it out."""

    shown: Mapping[bytes, number_format.Shown] = field(default_factory=dict)
    struck: frozenset[bytes] = frozenset()

    @property
    def marked(self) -> frozenset[bytes]:
        return self.struck | self.shown.keys()


def _cells(part: bytes, found: Found, styles: _Styles) -> None:
    for attributes, inside in _CELL.findall(part):
        formula = _FORMULA.search(inside) is not None
        result = _RESULT.search(inside)
        found.formulas += formula
        found.unknown_results += formula and (result is None or not result[1]) and b't="str"' not in attributes
        attributes = b" " + attributes
        reference, style = _REFERENCE.search(attributes), _STYLE.search(attributes)
        if not reference:
            continue
        row, column = int(reference[2][:12] or 0), _index(reference[1]) - 1
        if style and style[1] in styles.struck and (result or b"<t" in inside):
            found.struck.add(row)
        if not result or not result[1]:
            continue
        if _FAILED.search(attributes):
            found.texts.setdefault(row, {})[column] = result[1].decode("utf-8", "replace")
        elif style and style[1] in styles.shown and not _NO_NUMBER.search(attributes):
            seen = styles.shown[style[1]](float(result[1]))
            if seen is not None:
                found.texts.setdefault(row, {})[column] = seen


def _percentage(number: float) -> str:
    """A fraction as it is seen: 0.95 is 95%."""
    return f"{Decimal(f'{number * 100:.15g}'):f}%"


def _styles_of(part: bytes) -> _Styles:
    formats: dict[str, number_format.Shown] = dict.fromkeys(_PERCENT_FORMATS, _percentage)
    shown: dict[bytes, number_format.Shown] = {}
    struck: frozenset[bytes] = frozenset()
    struck_fonts: set[str] = set()
    for node in ElementTree.fromstring(part):
        kind = node.tag.rpartition("}")[2]
        if kind == "numFmts":
            for one in node:
                # What stands in quotation marks or behind a backslash is plain text.
                code = one.get("formatCode", "")
                percent = "%" in re.sub(r'"[^"]*"|\\.', "", code)
                if how := _percentage if percent else number_format.shown(code):
                    formats[one.get("numFmtId", "")] = how
        elif kind == "fonts":
            struck_fonts = {str(index) for index, font in enumerate(node) if _strikes(font)}
        elif kind == "cellXfs":
            ids = [(b"%d" % index, one.get("numFmtId", ""), one.get("fontId", "")) for index, one in enumerate(node)]
            shown = {index: formats[code] for index, code, _ in ids if code in formats}
            struck = frozenset(index for index, _, font in ids if font in struck_fonts)
    return _Styles(shown, struck)


def _strikes(font: ElementTree.Element) -> bool:
    return any(one.tag.rpartition("}")[2] == "strike" and one.get("val", "1") not in ("0", "false") for one in font)


# --- which part is which sheet


def _by_name(packed: zipfile.ZipFile, found: dict[str, Found]) -> dict[str, Found]:
    """What was found, by the sheet's name."""
    relations = {
        node.get("Id"): node.get("Target", "")
        for node in ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    }
    names = {}
    for node in ElementTree.fromstring(packed.read("xl/workbook.xml")).iter():
        if node.tag.endswith("}sheet"):
            relation = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
            part = posixpath.normpath(posixpath.join("xl", relations.get(relation, ""))).lstrip("/")
            if part in found:
                names[node.get("name", "")] = found[part]
    return names
