"""A unit that stands above the headings (单位：万元) and means the columns of money that say none of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anjian_cli.errors import Fault
from anjian_cli.exchange import headings
from anjian_cli.exchange.lines import Form
from anjian_cli.records.definition import Kind

_UNIT = re.compile(r"单位:?[^元;.。]{0,8}[十百千万亿]元")


def faults(form: Form) -> Iterator[Fault]:
    """A fault (E456) on each heading of money without a unit, where another one than 元 stands above: the bare numbers
    below it would be read as yuan."""
    above = [
        cell for row, cells in form.sheet.rows[: headings.WITHIN] if row < form.heading.row for cell in cells if cell
    ]
    told = next((found[0] for cell in above if (found := _UNIT.search(headings.key(cell)))), None)
    if told is None:
        return
    for name in form.heading.fields.values():
        title = form.heading.titles[name]
        if form.record.kinds[name] is Kind.AMOUNT and "元" not in title:
            place = form.place(form.heading.row, name)
            yield Fault("E456", {"unit": told, "title": title}, None, name, place)
