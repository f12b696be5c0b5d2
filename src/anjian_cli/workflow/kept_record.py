"""What became of one record that was taken in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]


@dataclass(slots=True)
class Kept:
    """`outcome` is new, changed or unchanged. `changes` are (field, before, after) as stored; `blanks` counts the
    fields that a blank cell left as they were; `steps` are the steps of its life that were told and taken."""

    root: str
    root_id: int
    table: str
    row_id: int
    number: str
    outcome: str = "new"
    changes: list[tuple[str, object, object]] = field(default_factory=list)
    blanks: int = 0
    steps: list[str] = field(default_factory=list)

    def changed(self, name: str, before: object, after: object) -> None:
        """Note a change; the record was there before."""
        self.changes.append((name, before, after))
        self.outcome = "changed"
