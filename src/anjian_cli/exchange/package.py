"""What lies inside a workbook file, looked through before it is read: its parts, how far its cells reach, and what
calamine does not tell (cells whose formula failed).

A part is never held as a whole, and no XML is interpreted that could expand.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from anjian_cli.errors import Refused
from anjian_cli.exchange import archive
from anjian_cli.exchange.reader import Content, refusal

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
_ANY = re.compile(_PREFIX + rb"(row|c)((?:\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?)/?>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)([0-9]*)")
_CELL = re.compile(_PREFIX + rb"c\s([^>]*[^>/])>(.*?)</(?:[^\s<>/:]{1,40}:)?c>", re.DOTALL)
_RESULT = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?v>([^<]*)<")
_FORMULA = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?f[\s/>]")
_FAILED = re.compile(rb"\st=[\"']e[\"']")


@dataclass
class Found:
    """What a sheet has of formulas: the texts of failed ones (row, column index), how many cells are one, and how
    many of these came without a result."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: int = 0
    unknown_results: int = 0


@dataclass(frozen=True)
class Package:
    """The sheets with formulas, by name."""

    sheets: dict[str, Found]

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
    try:
        for entry in packed.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                rows, columns, found[entry.filename] = _part(content, packed, entry)
                cells += rows * columns
                if cells > MOST_CELLS:
                    size = f"{columns}列×{rows}行"
                    raise refusal(content.name, "E317", what="表的范围", size=size, limit=f"{MOST_CELLS}格")
        if any(part.formulas or part.errors for part in found.values()):
            return Package(_by_name(packed, found))
    except (*archive.BROKEN, ElementTree.ParseError, KeyError) as error:
        raise refusal(content.name, "E315") from error
    return Package({})


def _refuse_others(content: Content, packed: zipfile.ZipFile) -> None:
    names = set(packed.namelist())
    if "xl/workbook.bin" in names:
        raise _another(content, ".xlsb", "请在WPS或Excel中另存为“.xlsx”再导入")
    if "mimetype" in names:
        raise _another(content, ".ods", "请另存为“.xlsx”再导入")
    if not any(name.startswith("xl/") for name in names):
        raise _another(content, content.suffix or ".docx", "请把内容填入空表，存为“.xlsx”再导入")


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


def _part(content: Content, packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int, Found]:
    """How many rows and columns a part reaches over (0 if it is no sheet), and its formulas."""
    reach = _Reach()
    found = Found()
    for piece in _whole_tags(content, archive.inflated(content, entry)):
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise refusal(content.name, "E315")
        reach.add(piece)
    if reach.formulas:
        _formulas(packed.read(entry), found)
    return reach.rows, reach.columns, found


class _Reach:
    """How far the rows and cells of a sheet reach, and whether formulas are among them."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.formulas = False
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
        self.formulas = self.formulas or any(mark in piece for mark in _FORMULAS)

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


def _formulas(part: bytes, found: Found) -> None:
    for attributes, inside in _CELL.findall(part):
        formula = _FORMULA.search(inside) is not None
        result = _RESULT.search(inside)
        found.formulas += formula
        found.unknown_results += formula and (result is None or not result[1]) and b't="str"' not in attributes
        reference = _REFERENCE.search(b" " + attributes)
        if reference and result and _FAILED.search(b" " + attributes):
            row = found.errors.setdefault(int(reference[2][:12] or 0), {})
            row[_index(reference[1]) - 1] = result[1].decode("utf-8", "replace")


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
