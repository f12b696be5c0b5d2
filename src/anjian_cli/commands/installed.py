"""The libraries of this installation: which are there, which are too old, and what does not work without them."""

from __future__ import annotations

import re
from importlib import metadata
from typing import NamedTuple


class Library(NamedTuple):
    """A library by its name at the package index, the oldest version that will do, and what does not work `without`;
    `needed` that this is the program."""

    name: str
    oldest: str
    without: str
    needed: bool = False


LIBRARIES = (
    Library("typer", "0.28", "命令认不出来", needed=True),
    Library("sqlite-utils", "4.2", "建不了账", needed=True),
    Library("rich", "13.9", "帮助和表格显示不出来", needed=True),
    Library("pydantic", "2.9", "记录读不了", needed=True),
    Library("platformdirs", "4.3", "记不住台账在哪里", needed=True),
    Library("openpyxl", "3.1", "写不了空表、退回件", needed=True),
    Library("python-calamine", "0.8.3", "读不了xlsx", needed=True),
    Library("xlrd", "2.0.1", "读不了xls", needed=True),
    Library("docxtpl", "0.20", "用不了自己的通报模板", needed=True),
    Library("XlsxWriter", "3.2", "出不了Excel的通报", needed=True),
    Library("python-docx", "1.1.1", "出不了Word的通报", needed=True),
    Library("jinja2", "3.1", "出不了网页的通报", needed=True),
    Library("markupsafe", "2.1", "出不了网页的通报", needed=True),
    Library("typst", "0.15", "出不了pdf和png"),
    Library("PyNaCl", "1.6", "封存不能签名"),
    Library("pyrage", "1.2.1", "备份不能加密"),
)
"""As pyproject.toml asks for them."""


class Amiss(NamedTuple):
    """A library that is not there, or too old: its version `found`, '' for none."""

    library: Library
    found: str


def amiss() -> list[Amiss]:
    """The libraries that are not as they should be."""
    found = [Amiss(library, _version(library.name)) for library in LIBRARIES]
    return [each for each in found if not each.found or _parts(each.found) < _parts(each.library.oldest)]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:3]]
