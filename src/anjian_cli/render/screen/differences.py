"""What a locked month would be now against what it was: a row for each cell, or for each record."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.correction import NotCompared, RecordDifference
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


def rows(bulletin: Bulletin, found: Sequence[Correction], *, exact: bool) -> list[Row]:
    """A row for each cell that differs: what it was, what it is now, and whether the records or the definition
    changed. Money is in words (2万元) unless `exact`: for programs it is a number of fen, as it is stored."""
    shown = [_Shown(bulletin, one.indicator, exact) for one in found]
    return [
        {
            "indicator": of.short,
            "town": phrase.place(bulletin, one.town),
            "was": of.quantity(one.was),
            "now": of.quantity(one.now),
            "change": of.quantity(one.now - one.was),
            "kind": "口径变化" if one.definition else "更正",
        }
        for one, of in zip(found, shown, strict=True)
    ]


def records(bulletin: Bulletin, one: Correction, behind: Sequence[RecordDifference], *, exact: bool) -> list[Row]:
    """A row for each record that makes the difference of a cell; the last day is one that counts. Money as in
    `rows`."""
    of = _Shown(bulletin, one.indicator, exact)
    return [
        {
            "indicator": of.short,
            "town": phrase.place(bulletin, one.town),
            "number": difference.item.number,
            "description": difference.item.description,
            "from_on": difference.item.from_on,
            "last_on": difference.item.last_on,
            "quantity": f"{'+' if difference.quantity >= 0 else ''}{of.quantity(difference.quantity)}",
        }
        for difference in behind
    ]


def left_out(bulletin: Bulletin, found: Sequence[NotCompared]) -> str:
    """What is known on one side alone: 芝英微型消防站（待报 → 7个）; of a county that had not delivered all at once."""

    def told(one: NotCompared, number: int | None) -> str:
        if number is None:
            return one.word
        return wording.amount(number, one.unit) + wording.shown_unit(one.unit)

    late = {each.town for each in bulletin.late}
    names = (phrase.place(bulletin, town) for town in dict.fromkeys(one.town for one in found if one.town in late))
    return "、".join(
        [
            *(f"{name}各项（那时没有报送）" for name in names),
            *(
                f"{phrase.place(bulletin, one.town)}{one.short}（{told(one, one.was)} → {told(one, one.now)}）"
                for one in found
                if one.town not in late
            ),
        ]
    )


class _Shown:
    """How an indicator of the bulletin is called, and a quantity of it written."""

    def __init__(self, bulletin: Bulletin, indicator: str, exact: bool) -> None:
        tables = (table for category in bulletin.categories for table in category.indicators)
        table = next((table for table in tables if table.id == indicator), None)
        self.short, unit = (table.short, table.unit) if table else (indicator, "")
        self._unit = "" if exact else unit

    def quantity(self, number: int) -> int | str:
        if self._unit != wording.MONEY:
            return number
        return wording.amount(number, self._unit) + wording.shown_unit(self._unit)
