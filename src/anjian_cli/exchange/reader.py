"""Finding files and telling what they are: text, a workbook, or what nobody here can read.

A file is what it contains, whatever its name says; only kinds that nobody here can read are refused by their name.
Nothing here knows what the cells mean; which row holds the headings is for `headings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import plain_text, workbook
from anjian_cli.exchange.admission import PACKED_SUFFIXES, REMEDIES, is_meant, refuse_kind, refuse_size
from anjian_cli.exchange.content import Content, Sheet, refusal, shown_name
from anjian_cli.rules import system_errors

STDIN = Path("-")
LARGE = 4 * 1024 * 1024
"""A larger text is read anew each time that its rows are gone through: in memory it takes ten times as much."""

# What a workbook or a zip begins with, and what cannot be read, whatever its name says.
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_SIGNATURES = ((b"Rar!\x1a", ".rar"), (b"7z\xbc\xaf", ".7z"), (b"\x1f\x8b", ".gz"))


def paths(given: Sequence[Path]) -> list[Path]:
    """The files meant by files and folders: folders sorted and with what lies below them, each file once.

    Passed over are the lock files of office programs (~$…), and in folders hidden files and the folder 退回.
    Refused E305 with every path that does not exist. `-` stands for standard input and is left as it is.
    """
    missing = [p for p in given if p != STDIN and not p.exists()]
    if missing:
        raise Refused(Fault("E305", value=shown_name(str(p))) for p in missing)
    found: dict[Path, Path] = {}
    for path in given:
        for file in _below(path) if path.is_dir() else [path]:
            if not path.name.startswith("~$"):  # a wildcard may name the lock of a file that is open
                found.setdefault(file.resolve(), file)
    return list(found.values())


def _below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if is_meant(file.relative_to(folder)) and file.is_file())


def read(path: Path, *, stdin: bytes | None = None) -> list[Sheet]:
    """The sheets of a file (see `content` and `sheets`)."""
    return sheets(content(path, stdin=stdin))


def content(path: Path, *, stdin: bytes | None = None) -> Content:
    """A file's bytes, or `stdin` if it is given. Raises `Refused`, with the file as place: E303 (kind of file),
    E305 (missing), E306 (too large), E312 (cannot be opened)."""
    if stdin is not None:
        refuse_size("标准输入", len(stdin))
        return Content("标准输入", stdin)
    name = shown_name(path.name)
    if not path.is_file():
        code = "E351" if path.exists() else "E305"
        raise Refused([Fault(code, value=shown_name(str(path)), place=Place(file=name))])
    suffix = path.suffix.lower()
    refuse_kind(name, suffix)
    refuse_size(name, path.stat().st_size)
    try:
        read = Content(name, path, suffix)
        if path.stat().st_size > LARGE and not read.starts_with(*_PACKED):
            return read
        return Content(name, path.read_bytes(), suffix)
    except OSError as error:
        raise refusal(name, "E312", why=system_errors.reading(error)) from error


def sheets(content: Content) -> list[Sheet]:
    """The sheets of a file that is no archive.

    Raises `Refused`: E201 (NUL), E302 (encoding), E303 (kind of file), E316 (a web page), and for workbooks those of
    `workbook.sheets`. Broken lines (E204, E304) stand in `Sheet.faults`.
    """
    for signature, suffix in _SIGNATURES:
        if content.starts_with(signature):
            raise refusal(content.name, "E303", suffix=suffix, remedy=REMEDIES[suffix])
    if content.starts_with(*_PACKED):
        with plain_text.many_rows():
            return workbook.sheets(content)
    try:
        return [plain_text.sheet(content)]
    except Refused as refused:
        if content.suffix in PACKED_SUFFIXES and refused.faults[0].code != "E316":
            # No workbook, and no text that was named one.
            raise refusal(content.name, "E315") from refused
        raise
