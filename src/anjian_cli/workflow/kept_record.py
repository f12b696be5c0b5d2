"""What became of one record that was taken in."""

from __future__ import annotations

from typing import Any, NamedTuple

from anjian_cli.errors import Fault

Values = dict[str, Any]


class Change(NamedTuple):
    """A change as it is told: the field's title, and its value before and after (None = empty)."""

    title: str
    before: object
    after: object


class Kept:
    """`outcome` is new, changed, unchanged, or left out: then nothing was kept, and `note` says why. `changes` are
    (column, before, after) as stored, `told` the same as people read them; `blanks` counts the fields that a blank cell
    left as they were; `steps` are the steps of its life that were told and taken. `hidden` says that a telephone
    number came with a part hidden and is not the ledger's: nothing was stored of it. `said` is worth knowing of what
    was kept."""

    def __init__(
        self,
        root: str,
        root_id: int,
        table: str,
        row_id: int,
        number: str,
        outcome: str = "new",
        *,
        note: Fault | None = None,
    ) -> None:
        self.root, self.root_id, self.table, self.row_id, self.number = root, root_id, table, row_id, number
        self.outcome, self.note = outcome, note
        self.changes: list[tuple[str, object, object]] = []
        self.told: list[Change] = []
        self.blanks = 0
        self.steps: list[str] = []
        self.hidden = False
        self.said: list[Fault] = []

    def changed(self, name: str, before: object, after: object) -> None:
        """Note a change; the record was there before."""
        self.changes.append((name, before, after))
        self.outcome = "changed"
