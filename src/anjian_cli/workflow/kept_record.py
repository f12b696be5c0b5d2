"""What became of one record that was taken in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from anjian_cli.errors import Fault

Values = dict[str, Any]


class Change(NamedTuple):
    """A change as it is told: the field's title, and its value before and after (None = empty)."""

    title: str
    before: object
    after: object


@dataclass(slots=True)
class Kept:
    """`outcome` is new, changed, unchanged, or left out: then nothing was kept, and `note` says why. `changes` are
    (column, before, after) as stored, `told` the same as people read them; `blanks` counts the fields that a blank cell
    left as they were; `steps` are the steps of its life that were told and taken. `hidden` says that a telephone
    number came with a part hidden and is not the ledger's: nothing was stored of it. `said` is worth knowing of what
    was kept."""

    root: str
    root_id: int
    table: str
    row_id: int
    number: str
    outcome: str = "new"
    changes: list[tuple[str, object, object]] = field(default_factory=list)
    told: list[Change] = field(default_factory=list)
    blanks: int = 0
    steps: list[str] = field(default_factory=list)
    note: Fault | None = None
    hidden: bool = False
    said: list[Fault] = field(default_factory=list)

    def changed(self, name: str, before: object, after: object) -> None:
        """Note a change; the record was there before."""
        self.changes.append((name, before, after))
        self.outcome = "changed"
