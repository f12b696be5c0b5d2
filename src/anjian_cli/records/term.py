"""用语: a word that a list of the office has from a day until another. The program's own words need no row; a row of
one of them withdraws it."""

from __future__ import annotations

import re
from typing import Annotated

from anjian_cli.errors import Misread
from anjian_cli.records import values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, coming, count, term
from anjian_cli.rules.word_lists import LISTS

LONGEST = 20
_PARTS = re.compile(r"[、，,；;/／|&=?？]")
"""What stands between several words of a cell, and in the text of a measure."""


def word(text: str) -> str:
    """A new word as it is kept: without blanks. Misread: E201, E202, E204, E742."""
    found = "".join(values.clean(text).split())
    if not found:
        raise Misread("E202")
    if len(found) > LONGEST:
        raise Misread("E204", limit=LONGEST)
    if _PARTS.search(found):
        raise Misread("E742")
    return found


class Term(Fields):
    number: Number = None
    list: Annotated[
        str,
        term(
            *("用语表", tuple(LISTS)),
            meant={"检查方式": "隐患来源", "处置结果": "整治结果"},
            required=True,
            example="整治类型",
        ),
    ]
    word: Annotated[str, Column("词语", word, required=True, example="锂电池")]
    means: Annotated[str | None, Column("视同", word, example="涉氨")] = None
    from_on: Annotated[str | None, coming("启用日期", example="2026-01-01")] = None
    until_on: Annotated[str | None, coming("停用日期", after=("from_on",))] = None
    position: Annotated[int | None, count("排序号")] = None
    remark: Remark = None


RECORD = Record(
    "term",
    "用语",
    Term,
    order=0,
    office=True,
    subject="word",
    lasting=frozenset({"number", "list", "word"}),
    keys=(("number",), ("list", "word", "from_on")),
)
