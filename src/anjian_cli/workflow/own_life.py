"""Record types with a life of their own: the module of this folder that bears a type's name, and what it may say of its
records beside how they are kept (`register`): which wait, what more makes them, what is to be asked, what is worth
knowing.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault
from anjian_cli.ledger.gate import Gate
from anjian_cli.rules.module_names import module_of
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


@cache
def of(record: str) -> ModuleType | None:
    """The module of this folder for a record type (by its table) whose rows are more than its fields; None for a plain
    one."""
    name = f"anjian_cli.workflow.{module_of(record)}"
    return importlib.import_module(name) if find_spec(name) else None


def waits(record: Record, given: Values) -> bool:
    """Whether a record of a file is taken behind all others, since it speaks of what they bring."""
    own = of(record.name)
    return own is not None and hasattr(own, "waits") and bool(own.waits(given))


def take_over(gate: Gate, record: Record, kept: Kept, shown: Mapping[str, str]) -> None:
    """Of a record that a new ledger takes over from another: what its table `shown` beside the fields that are read
    (field to text), as far as more than these makes the record."""
    own = of(record.name)
    if own is not None and hasattr(own, "take_over") and kept.outcome == "new":
        own.take_over(gate, kept, shown)


def asks(record: Record) -> bool:
    """Whether there is anything to ask about a record of this type."""
    return hasattr(of(record.name), "questions")


def questions(gate: Gate, record: Record, kept: Kept) -> list[Fault]:
    """What is to be asked before a record is kept, since it is seldom meant so; each names the option that says yes."""
    own = of(record.name)
    if own is None or not hasattr(own, "questions"):
        return []
    found: list[Fault] = own.questions(gate, kept)
    return found


def remarks(gate: Gate, kept: Iterable[Kept]) -> list[Fault]:
    """What is worth knowing of records that were kept, all together; refuses nothing."""
    by_table: dict[str, list[Kept]] = {}
    for one in kept:
        by_table.setdefault(one.table, []).append(one)
    found: list[Fault] = []
    for table, records in by_table.items():
        own = of(table)
        if own is not None and hasattr(own, "remarks"):
            found += own.remarks(gate, records)
    return found
