"""Lists of records: aligned for a person, CSV and JSON for programs. Off a terminal nothing is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from anjian_cli.render.data.records import delimited, structured
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.width import columns

if TYPE_CHECKING:  # lists that are none of records do without pydantic
    from anjian_cli.records.definition import Record

LEAST = 6


def titles(record: Record, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The fields of a record's listing, in order, with their titles; first the number of what has no code."""
    found = {} if {"number", "code"} & record.columns.keys() else {"number": "编号"}
    return found | {name: column.title for name, column in record.columns.items() if not rows or name in rows[0]}


def aligned(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Rows below their titles, columns aligned by what a terminal shows; numbers to the right.

    `width` None = nothing is cut; else the widest columns but the first give way until a line fits.
    """
    right = [bool(rows) and all(_numeric(row[at]) for row in rows) for at in range(len(titles))]
    # The first column is what one types to name the row: half of it is worth nothing.
    heads = [Column(titles[at], right[at], LEAST if at else None) for at in range(len(titles))]
    heading, body = Grid(heads, rows, width).lines()
    return "\n".join([*heading, *body])


def card(pairs: Sequence[tuple[str, str]]) -> str:
    """Titles and values of one record, a line each."""
    widest = max((columns(title) for title, _ in pairs), default=0)
    return "\n".join(f"{title}{' ' * (widest - columns(title))}  {value}".rstrip() for title, value in pairs)


def formatted(
    titles: Mapping[str, str], rows: Sequence[Mapping[str, object]], chosen: str, width: int | None = None
) -> str:
    """Rows (field to value) under their titles (field to title), as table, csv or json."""
    if chosen == "json":
        return structured(rows)
    body = [["" if row[name] is None else str(row[name]) for name in titles] for row in rows]
    if chosen == "csv":
        return delimited(list(titles.values()), body)
    return aligned(list(titles.values()), body, width) if rows else "（没有）"


def _numeric(cell: str) -> bool:
    return not cell or cell.lstrip("-").replace(".", "", 1).isdigit()
