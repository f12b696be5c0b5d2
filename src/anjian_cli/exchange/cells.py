"""Cells on their way out: values as text that reads back, and no text that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a listing that has no records does without pydantic
    from anjian_cli.records.definition import Record

READ_ONLY = "（只读）"
"""How the heading of an exported column ends that is not read again."""

ADDRESS = f"地址{READ_ONLY}"
"""The heading of the column in which every row of a form of whom to visit has something: by it such a row is known."""

DUTY = f"应办{READ_ONLY}"
"""The same of a form of what is due: what is to be done, and by when."""

FILED = f"月报{READ_ONLY}"
"""The same of the sheet on which towns confirm their figures: whether the report has come, and was confirmed before."""

GREY = {"受检单位": "enterprise", "隐患情况": "description"}
"""Headings of a due form whose columns are not read: what they say of the record with the number beside them must
agree with the ledger."""

MOST_RETURNED = 10_000
"""Of a file with more rows no marked copy of the whole is made: to write it takes five times as long as to read it."""

FAULT_LIST = "错误清单"
"""The sheet of a marked copy that lists what is wrong."""

OTHER_DUE = "其他待办"
"""The sheet of a due list that is to be read, not filled in."""

OUTCOME = "办理情况"
"""Its column for notes on the printed page."""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"\s*', re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")


def neutralise(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula, or if it begins with one, as
    if that had been done. Numbers stay."""
    if not text or text == "'" or _NUMBER.fullmatch(text):
        return text
    first = unicodedata.normalize("NFKC", text[:1])
    return f"'{text}" if first.startswith((*_RISKY, "'")) else text


def literal(text: str) -> str:
    """The text for a cell that is text and never run: only what would be taken for neutralised has to be guarded."""
    return neutralise(text) if text.startswith("'") else text


def restored(text: str) -> str:
    """What a cell means that was written so that a spreadsheet takes it for text: '=甲 (see `neutralise`), '9133…, and
    ="9133…", as web sites write long numbers."""
    if text.startswith("'"):
        return text[1:] or text
    if text.startswith('="') and (meant := _AS_TEXT.fullmatch(text)):
        return meant[1].replace('""', '"')
    return text


def shown(record: Record, name: str, value: object) -> str:
    """A stored value of a field as text that the field's parser reads; '' for none."""
    if value is None:
        return ""
    column = record.columns.get(name)
    if column is None or isinstance(value, str):
        return str(value)
    return column.show(value)
