"""What a locked month would be now against what it was: a row for each cell, or for each record."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.correction import RecordDifference
from anjian_cli.bulletin.value import Bulletin, Correction

Row = dict[str, object]

TITLES = {
    "indicator": "指标",
    "town": "镇（街、区）",
    "was": "原数",
    "now": "现数",
    "change": "相差",
    "kind": "缘由",
}
RECORD_TITLES = {
    "indicator": "指标",
    "town": "镇（街、区）",
    "number": "编号",
    "description": "记录",
    "from_on": "起始",
    "last_on": "至",
    "quantity": "增减",
}


def rows(bulletin: Bulletin, found: Sequence[Correction]) -> list[Row]:
    """A row for each cell that differs: what it was, what it is now, and whether the records or the definition
    changed."""
    titles = {table.id: table.short for category in bulletin.categories for table in category.indicators}
    return [
        {
            "indicator": titles.get(one.indicator, one.indicator),
            "town": phrase.place(bulletin, one.town),
            "was": one.was,
            "now": one.now,
            "change": one.now - one.was,
            "kind": "口径变化" if one.definition else "更正",
        }
        for one in found
    ]


def records(bulletin: Bulletin, one: Correction, behind: Sequence[RecordDifference]) -> list[Row]:
    """A row for each record that makes the difference of a cell; the last day is one that counts."""
    titles = {table.id: table.short for category in bulletin.categories for table in category.indicators}
    return [
        {
            "indicator": titles.get(one.indicator, one.indicator),
            "town": phrase.place(bulletin, one.town),
            "number": difference.item.number,
            "description": difference.item.description,
            "from_on": difference.item.from_on,
            "last_on": difference.item.last_on,
            "quantity": f"{difference.quantity:+d}",
        }
        for difference in behind
    ]
