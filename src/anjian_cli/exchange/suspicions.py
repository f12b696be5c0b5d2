"""What is said of rows of a file that are right each by itself: beside others they look like a slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from anjian_cli.errors import Fault
from anjian_cli.exchange.lines import Form, Line
from anjian_cli.ledger.write import Gate
from anjian_cli.records.definition import Record
from anjian_cli.workflow import look_alikes
from anjian_cli.workflow.kept_record import Kept
from anjian_cli.workflow.look_alikes import Alike

Stands = Callable[[Record, int], tuple[Form, int] | None]
"""On which line of which sheet a record of the file stands that was not kept row by row."""


def of_look_alikes(gate: Gate, kept: Sequence[tuple[Line, Kept]], in_bulk: Stands) -> Iterator[Fault]:
    """Notes N329 to N331 on rows that look like another one of the file or the ledger. Of two rows the lower one bears
    the note; a row bears one of a kind, which names the nearest above it."""
    by_record: dict[str, tuple[Record, list[int], list[int]]] = {}
    row_of: dict[tuple[str, int], tuple[Form, int]] = {}
    for line, result in kept:
        record = line.form.record
        row_of[record.name, result.row_id] = line.form, line.row
        if result.outcome != "unchanged":
            _, new, changed = by_record.setdefault(record.name, (record, [], []))
            (new if result.outcome == "new" else changed).append(result.row_id)
    order = {form: at for at, form in enumerate(dict.fromkeys(line.form for line, _ in kept))}

    def comes(at: tuple[Form, int]) -> tuple[int, int]:
        return order.get(at[0], -1), at[1]

    for record, new, changed in by_record.values():
        nearest: dict[tuple[Form, int, str], tuple[tuple[int, int], Fault]] = {}
        for alike in look_alikes.found(gate, record, new, changed):
            at, told, near = row_of[record.name, alike.one], alike.told, (-1, alike.other)
            other = row_of.get((record.name, alike.other)) or in_bulk(record, alike.other)
            if other is not None:
                if comes(other) > comes(at):
                    at, other, told = other, at, alike.told_of_one
                near = comes(other)  # what the file says goes before what the ledger has
            bearer = (*at, alike.code)
            if bearer not in nearest or near > nearest[bearer][0]:
                nearest[bearer] = near, _note(record, alike, at, other, told)
        yield from (fault for _, fault in nearest.values())


def _note(record: Record, alike: Alike, at: tuple[Form, int], other: tuple[Form, int] | None, told: str) -> Fault:
    form, row = at
    where = f"台账中的{alike.known}"
    if other is not None:
        where = f"第{other[1]}行" if other[0] is form else f"“{other[0].sheet.name}”表第{other[1]}行"
    words = {
        "where": where,
        "told": told,
        "kind": record.title,
        "title": record.columns[alike.field].title,
        "days": alike.days,
    }
    return Fault(alike.code, words, None, alike.field, form.place(row, alike.field))
