"""Records that a new ledger takes over from the workbook of another: what did not come out as it was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from anjian_cli.errors import Fault
from anjian_cli.exchange import cells
from anjian_cli.exchange.lines import Line
from anjian_cli.ledger import listing
from anjian_cli.ledger.gate import Gate
from anjian_cli.workflow.kept_record import Kept


def otherwise(gate: Gate, kept: Iterable[tuple[Line, Kept]]) -> Iterator[Fault]:
    """A note (N380) for each state that a row shows and the new ledger does not: a table tells records as they were
    last known, and not all that went before. Nothing of a ledger that had records before."""
    for line, result in kept if gate.numbers_are_free else ():
        if not line.shown:
            continue
        record = line.form.record
        now = listing.one(gate.connection, record.name, result.row_id)
        for name, text in line.shown.items():
            if text != (found := cells.shown(record, name, now[name])):
                words = {"title": record.columns[name].title, "now": found or "（空）"}
                yield line.laid(Fault("N380", words, text, name))
