"""What lies inside a workbook file, looked through before it is read: its parts, how far its cells reach, and what
calamine does not tell (cells whose formula failed, and percentages, which it gives as fractions).

A part is never held as a whole, and no XML is interpreted that could expand.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree import ElementTree

from anjian_cli.errors import Refused
from anjian_cli.exchange import archive
from anjian_cli.exchange.content import Content, refusal

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
_DOCUMENTS = (("word/", ".docx"), ("ppt/", ".pptx"))
"""What the parts of other documents of the same make begin with."""
_ANY = re.compile(_PREFIX + rb"(row|c)((?:\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?)/?>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)([0-9]*)")
_CELL = re.compile(_PREFIX + rb"c\s([^>]*[^>/])>(.*?)</(?:[^\s<>/:]{1,40}:)?c>", re.DOTALL)
_RESULT = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?v>([^<]*)<")
_FORMULA = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?f[\s/>]")
_FAILED = re.compile(rb"\st=[\"']e[\"']")
_NO_NUMBER = re.compile(rb"\st=[\"'][^n]")
_STYLE = re.compile(rb"\ss=[\"']([0-9]+)[\"']")


@dataclass
class Found:
    """What a sheet has: the texts of failed formulas and of percentages (row, column index), how many cells are a
    formula, and how many of these came without a result."""

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: int = 0
    unknown_results: int = 0


@dataclass(frozen=True)
class Package:
    """The sheets with formulas or percentages, by name; whether days are counted from 1904."""

    sheets: dict[str, Found]
    from_1904: bool

    def sheet(self, name: str) -> Found:
        return self.sheets.get(name) or Found()


def is_compound(data: bytes) -> bool:
    """Whether it is a file of the kind `.xls` is, and any Office file with a password."""
    return data.startswith(_COMPOUND)


def look_through(content: Content) -> Package:
    """Look through a workbook of the kind `.xlsx`. Raises `Refused`: E303 (of another kind), E315 (damaged), E317
    (beyond the limits), and those of `archive.opened`."""
    packed = archive.opened(content)
    _refuse_others(content, packed)
    found: dict[str, Found] = {}
    cells = 0
    percent: frozenset[bytes] = frozenset()
    try:
        for entry in sorted(packed.infolist(), key=lambda entry: entry.filename != _STYLES):
            if entry.filename.lower().endswith((".xml", ".rels")):
                rows, columns, found[entry.filename] = _part(content, packed, entry, percent)
                if entry.filename == _STYLES:
                    percent = _percent_styles(packed.read(entry))
                cells += rows * columns
                if cells > MOST_CELLS:
                    size = f"{columns}列×{rows}行"
                    raise refusal(content.name, "E317", what="表的范围", size=size, limit=f"{MOST_CELLS}格")
        named = _by_name(packed, found) if any(part.formulas or part.texts for part in found.values()) else {}
        return Package(named, _FROM_1904.search(packed.read(_BOOK)) is not None if _BOOK in found else False)
    except (*archive.BROKEN, ElementTree.ParseError, KeyError) as error:
        raise refusal(content.name, "E315") from error


def _refuse_others(content: Content, packed: zipfile.ZipFile) -> None:
    names = set(packed.namelist())
    if "xl/workbook.bin" in names:
        raise _another(content, ".xlsb", "请在WPS或Excel中另存为“.xlsx”再导入")
    if "mimetype" in names:
        raise _another(content, ".ods", "请另存为“.xlsx”再导入")
    if not any(name.startswith("xl/") for name in names):
        kind = next((kind for folder, kind in _DOCUMENTS if any(name.startswith(folder) for name in names)), "")
        raise _another(content, kind or content.suffix, "请把内容填入空表，存为“.xlsx”再导入")


def _another(content: Content, suffix: str, remedy: str) -> Refused:
    return refusal(content.name, "E303", suffix=suffix, remedy=remedy)


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


def _part(
    content: Content, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, percent: frozenset[bytes]
) -> tuple[int, int, Found]:
    """How many rows and columns a part reaches over (0 if it is no sheet), and its formulas and percentages."""
    reach = _Reach([*_FORMULAS, *(b's="%s"' % style for style in percent)])
    found = Found()
    for piece in _whole_tags(content, archive.inflated(content, entry)):
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise refusal(content.name, "E315")
        reach.add(piece)
    if reach.marked:
        _cells(packed.read(entry), found, percent)
    return reach.rows, reach.columns, found


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


def _cells(part: bytes, found: Found, percent: frozenset[bytes]) -> None:
    for attributes, inside in _CELL.findall(part):
        formula = _FORMULA.search(inside) is not None
        result = _RESULT.search(inside)
        found.formulas += formula
        found.unknown_results += formula and (result is None or not result[1]) and b't="str"' not in attributes
        attributes = b" " + attributes
        reference, style = _REFERENCE.search(attributes), _STYLE.search(attributes)
        if not reference or not result or not result[1]:
            continue
        row, column = int(reference[2][:12] or 0), _index(reference[1]) - 1
        if _FAILED.search(attributes):
            found.texts.setdefault(row, {})[column] = result[1].decode("utf-8", "replace")
        elif style and style[1] in percent and not _NO_NUMBER.search(attributes):
            found.texts.setdefault(row, {})[column] = _percentage(result[1])


def _percentage(number: bytes) -> str:
    """A fraction as it is seen: 0.95 is 95%."""
    return f"{Decimal(f'{float(number) * 100:.15g}'):f}%"


def _percent_styles(part: bytes) -> frozenset[bytes]:
    """The cell styles whose number format is a percentage."""
    formats = set(_PERCENT_FORMATS)
    styles: list[bytes] = []
    for node in ElementTree.fromstring(part):
        if node.tag.endswith("}numFmts"):
            # What stands in quotation marks or behind a backslash is plain text.
            codes = ((one.get("numFmtId", ""), one.get("formatCode", "")) for one in node)
            formats |= {number for number, code in codes if "%" in re.sub(r'"[^"]*"|\\.', "", code)}
        elif node.tag.endswith("}cellXfs"):
            styles = [b"%d" % index for index, one in enumerate(node) if one.get("numFmtId") in formats]
    return frozenset(styles)


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
