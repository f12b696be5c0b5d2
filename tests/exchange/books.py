"""Workbooks and archives as bytes, made for a test."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
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
