"""What follows from the rows of a root by rule, and is stored beside them: days, counts, whole rows. Pure.

A module of this folder that has a function `derived(root)` says what its table's rows entail. The gate brings the
stored values into line before it holds the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.intervals import Row

Value = str | int | float | None


class Derived(NamedTuple):
    """`columns`: values of a row's columns, by (table, id). `rows`: all rows that a table has of this root, each
    without its id."""

    columns: Mapping[tuple[str, int], Mapping[str, Value]] = {}
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = {}


def living(rows: Sequence[Row]) -> list[Row]:
    """The rows of records that are not voided."""
    return [row for row in rows if row["voided_on"] is None]


def row_id(row: Row) -> int:
    """The id of a row."""
    return int(str(row["id"]))
