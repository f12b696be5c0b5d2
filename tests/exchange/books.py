"""Workbooks and archives as bytes, made for a test."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import xlwt

Rows = Sequence[Sequence[object]]


def xlsx(sheets: Mapping[str, Rows], change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """A workbook; `change` may do more to it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows, change: Callable[[xlwt.Workbook], object] | None = None, name: str = "隐患") -> bytes:
    """An old workbook with one sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def altered(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A zip file with something else in one part."""
    parts = unpacked(data)
    # openpyxl writes by lxml where that is installed: by character references, and empty elements in another way.
    parts[part] = re.sub(rb"&#(\d{3,});", lambda found: chr(int(found[1])).encode(), parts[part])
    parts[part] = parts[part].replace(b"<v></v>", b"<v />").replace(b"<v/>", b"<v />")
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new)})


def claimed_size(data: bytes, part: str, size: int) -> bytes:
    """A zip file that says in its headers that a part is of this size."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(part)
    out = bytearray(data)
    struct.pack_into("<I", out, entry.header_offset + 22, size)
    central = data.index(b"PK\x01\x02")
    while data[central + 46 : central + 46 + len(part)] != part.encode():
        central = data.index(b"PK\x01\x02", central + 4)
    struct.pack_into("<I", out, central + 24, size)
    return bytes(out)


def locked(data: bytes) -> bytes:
    """A compound file whose content is called as that of a workbook with a password is."""
    old, new = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    at = data.rindex(old)
    return data[:at] + new + data[at + len(new) :]


def saved(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Rows, behind: str = "") -> bytes:
    """An OpenDocument workbook with one sheet 隐患; a day is written as a date. `behind` are more rows as XML."""

    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = 'string"'
        if isinstance(value, int | float):
            kind = f'float" office:value="{value}"'
        elif isinstance(value, date):
            kind = f'date" office:date-value="{value.isoformat()}"'
        return f'<table:table-cell office:value-type="{kind}><text:p>{value}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="隐患">{lines}{behind}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0"/>'
    return packed(
        {"mimetype": SPREADSHEET, "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def xlsb(rows: Rows) -> bytes:
    """A binary workbook of Excel with one sheet 隐患, of texts and numbers ([MS-XLSB])."""

    def part(kind: int, data: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, left = b"", len(data)
        while True:
            left, rest = left >> 7, left & 0x7F
            size += bytes([rest | (0x80 if left else 0)])
            if not left:
                return head + size + data

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    sheet = part(129) + part(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + part(145)
    for at, cells in enumerate(rows):
        sheet += part(0, struct.pack("<I", at) + bytes(13))
        for index, value in enumerate(cells):
            head = struct.pack("<II", index, 0)
            if isinstance(value, str):
                sheet += part(6, head + wide(value))
            elif isinstance(value, int | float):
                sheet += part(5, head + struct.pack("<d", value))
    sheet += part(146) + part(130)
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("隐患")
    book = part(131) + part(153, bytes(12)) + part(143) + part(156, bundle) + part(144) + part(132)
    office = "http://schemas.openxmlformats.org"
    relations = (
        f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": b"<x/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations.encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def with_strings_said(data: bytes, times: int, different: int) -> bytes:
    """An old workbook that says of its table of shared strings that there are so many."""
    at = data.index(b"\xfc\x00")
    while max(struct.unpack_from("<II", data, at + 4)) > 1000:  # no record, but some other bytes
        at = data.index(b"\xfc\x00", at + 1)
    changed = bytearray(data)
    struct.pack_into("<II", changed, at + 4, times, different)
    return bytes(changed)


def with_lost_siblings(data: bytes) -> bytes:
    """An old workbook with a bad entry in its directory: it points at entries that are not there."""
    (first,) = struct.unpack_from("<i", data, 48)
    changed = bytearray(data)
    struct.pack_into("<iii", changed, 512 + first * 512 + 128 + 68, 77, 88, 99)
    return bytes(changed)


def with_backslashes(data: bytes) -> bytes:
    """A workbook whose parts are named as an old Windows library names them."""
    return packed({name.replace("/", "\\"): part for name, part in unpacked(data).items()})
