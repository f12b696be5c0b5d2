"""The files that a bulletin goes out as: letter, annexes, the message for the group, the office's own list, a workbook
a town. Values in, names and bytes out; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.chat import chat
from anjian_cli.bulletin.notice import mark, notice
from anjian_cli.bulletin.owing import Owing
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.annex import annexes
from anjian_cli.render.letter import letter
from anjian_cli.render.town_sheets import owing_sheet, town_sheets
from anjian_cli.render.workbook import workbook

File = tuple[tuple[str, ...], bytes]
"""Folders and name, and what is in it."""


def issue_set(bulletin: Bulletin, owing: Sequence[Owing], template: bytes | None) -> Iterator[File]:
    """Everything at once. Raises `Refused` E620 (the template)."""
    made = notice(bulletin)
    sheets = annexes(bulletin)
    month = _month(bulletin)
    yield (f"{month}通报.docx",), letter(made, sheets, template)
    yield (f"{month}附件.xlsx",), workbook(sheets, made.mark, preface=bulletin.rule)
    yield (f"{month}群通知.txt",), f"{chat(bulletin)}\n".encode()
    yield (f"{month}内部_欠账名单.xlsx",), workbook([owing_sheet(bulletin, owing, "各镇（街、区）")], made.mark)
    for (name,), content in town_set(bulletin, owing):
        yield ("各镇", name), content


def town_set(bulletin: Bulletin, owing: Sequence[Owing]) -> Iterator[tuple[tuple[str], bytes]]:
    """A workbook a town."""
    kind = "情况表" if bulletin.state else "核对表"
    for town in bulletin.towns:
        own = [one for one in owing if one.town == town.code]
        yield (f"{town.name}{_month(bulletin)}{kind}.xlsx",), town_workbook(bulletin, town.code, own)


def town_workbook(bulletin: Bulletin, code: str, owing: Sequence[Owing]) -> bytes:
    """A town's own figures and firms. Raises KeyError."""
    return workbook(town_sheets(bulletin, code, owing), mark(bulletin))


def _month(bulletin: Bulletin) -> str:
    return f"{bulletin.month[:4]}年{phrase.month(bulletin)}月"
