"""What random operations draw from: days, towns, records that are there."""

from __future__ import annotations

import itertools
import random

from anjian_cli.ledger import write
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import register
from core_model import ALL_DAYS, E, Model, Town, after, of


class NothingToDo(Exception):
    """The kind of operation drawn has nothing to work on yet."""


class Draw:
    """`_gate` is the operation under way, `_made` the model as it makes it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        self.today = "2018-01-10"
        self._gate: write.Gate
        self._made: Model = {}
        self._serials = itertools.count(1)

    # what the operations draw from

    def _past(self) -> str:
        """A day that has been: mostly of late, sometimes long ago."""
        back = self.rng.choice((3, 30, 120, 400))
        return max(after(self.today, -self.rng.randint(0, back)), ALL_DAYS[0])

    def _one(self, kind: type[E], *, voided: bool = False) -> tuple[int, E]:
        found = of(self._made, kind, voided=voided)
        if not found:
            raise NothingToDo
        # Mostly one of the last few, so that some of them live through many steps.
        key, entry = self.rng.choice(found[-4:] if self.rng.random() < 0.6 else found)
        return key[1], entry

    def _town(self, *, may_be_unknown: bool = False) -> str:
        if may_be_unknown and self.rng.random() < 0.15:
            return ""
        return self._one(Town)[1].code

    def _serial(self) -> int:
        return next(self._serials)

    def _take(self, record: str, **given: object) -> tuple[int, str]:
        """Through the same door as the command line and the files: (row id, number)."""
        given = {name: value for name, value in given.items() if value != ""}
        kept = register.take(self._gate, definition.record(record), given, Finder(self._gate.connection))
        return kept.row_id, kept.number

    def _void(self, record: str, row: int) -> None:
        register.void(self._gate, definition.record(record), row, "重复登记")
