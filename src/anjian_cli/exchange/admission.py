"""Which files are read at all: by kind, by size, by what they are for."""

from __future__ import annotations

from pathlib import PurePath

from anjian_cli.exchange.content import refusal

LARGEST_FILE = 200 * 1024 * 1024
RETURNED = "退回"
"""The folder into which files with marked errors are written; what lies there is not read again."""
_TEXT_SUFFIXES = {".csv", ".txt", ".tsv", ""}
PACKED_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip"}
REMEDIES = {
    ".anjian": "这是报送包，请用 anjian 报送包 接收",
    ".et": "请在WPS中“另存为”.xlsx",
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar"), "请解压后再导入"),
}
_OTHER = "请把内容填入空表，存为“.xlsx”再导入"
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


def is_meant(path: PurePath) -> bool:
    """Whether a file at this path below a folder is one to be read."""
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts) or path.name.lower() in _SYSTEM_FILES
    return not hidden and RETURNED not in path.parts[:-1]


def refuse_kind(name: str, suffix: str) -> None:
    """Raises `Refused` E303 for a file that by the ending of its name nobody here can read."""
    if suffix not in _TEXT_SUFFIXES | PACKED_SUFFIXES:
        raise refusal(name, "E303", suffix=suffix, remedy=REMEDIES.get(suffix, _OTHER))


def refuse_size(name: str, size: int) -> None:
    """Raises `Refused` E306."""
    if size > LARGEST_FILE:
        raise refusal(name, "E306", size=megabytes(size), limit=megabytes(LARGEST_FILE))


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}MB"
