"""How large the numbers of a column usually are, by the ledger, else by the file; and those far from it.

元 for 万元 or a telephone number among counts breaks no rule, and the sum of a long file hides it.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anjian_cli.errors import Fault
from anjian_cli.exchange import extent
from anjian_cli.exchange.lines import Form
from anjian_cli.ledger.gate import Gate
from anjian_cli.records.definition import Record
from anjian_cli.records.values import CLEAR

FAR = 2_000
"""So many times more, or less, than usual is far. 元 for 万元 is ten thousand times; a large firm beside a small one,
or a fine for an accident beside one for a missing sign, is a hundred times, seldom a thousand."""
ENOUGH = 5
"""So many numbers say what is usual."""
LATEST = 2_000
"""Records of the ledger that are looked at, the newest."""


@dataclass
class Numbers:
    """The numbers of a sheet that are more than 0, with the rows on which they stand, by field."""

    found: dict[str, tuple[array[int], array[int]]] = field(default_factory=dict)

    def add(
        self, record: Record, columns: Mapping[str, Sequence[Any]], rows: Sequence[int], but: Container[int] = ()
    ) -> None:
        """Add rows as columns of parsed values, without those at the places `but`."""
        for name, cells in columns.items():
            if not extent.is_summed(record, name):
                continue
            there = [
                (cell, row)
                for at, (cell, row) in enumerate(zip(cells, rows, strict=True))
                if cell and cell != CLEAR and at not in but
            ]
            if there:
                numbers, at = self.found.setdefault(name, (array("q"), array("q")))
                numbers.extend(cell for cell, _ in there)
                at.extend(row for _, row in there)


def of_ledger(gate: Gate, form: Form) -> dict[str, int]:
    """What is usual in the ledger of each field of a sheet, as far as enough stands there."""
    record = form.record
    found = {}
    columns = gate.columns(record.name)
    for name in form.heading.titles:
        if name in columns and extent.is_summed(record, name):
            query = (
                f"SELECT {name} FROM (SELECT {name} FROM {record.name} WHERE voided_on IS NULL"
                f" ORDER BY id DESC LIMIT {LATEST}) WHERE {name} > 0"
            )
            numbers = [row[0] for row in gate.connection.execute(query)]
            if len(numbers) >= ENOUGH:
                found[name] = _middle(numbers)
    return found


def far_from_it(form: Form, numbers: Numbers, ledger: Mapping[str, int]) -> Iterator[Fault]:
    """Notes (N334) on the numbers of a sheet that are far from what is usual in the ledger, or where that is not known,
    in the file."""
    for name, (found, rows) in numbers.found.items():
        where, usual = "台账里", ledger.get(name, 0)
        if not usual and len(found) >= ENOUGH:
            where, usual = "这份文件里", _middle(found)
        if not usual or (min(found) * FAR > usual and max(found) < usual * FAR):
            continue
        column = form.record.columns[name]
        for number, row in sorted(zip(found, rows, strict=True), key=lambda one: one[1]):
            if usual < number * FAR and number < usual * FAR:
                continue
            times = f"{number // usual}倍" if number > usual else f"{usual // number}分之一"
            words = {"where": where, "usual": column.show(usual), "times": times}
            yield Fault("N334", words, column.show(number), name, form.place(row, name))


def _middle(numbers: Sequence[int]) -> int:
    return sorted(numbers)[(len(numbers) - 1) // 2]
