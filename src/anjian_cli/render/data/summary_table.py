"""A 统计表 for programs, as CSV and as JSON."""

from __future__ import annotations

import json

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.exact import Json, encode
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value
from anjian_cli.render.data import records

SEE = "看记录"


def printed(value: Value, column: Column) -> str:
    """A value as text: rates in per cent with two decimals, days with one; — where there is none."""
    if isinstance(value, str):
        return value
    if value is None:
        return wording.NOTHING
    if column.kind == "percent":
        return wording.hundredths(value if not isinstance(value, int) else None)
    if column.kind == "money":
        return wording.amount(value, wording.MONEY)
    return wording.decimal(value, 1) if column.kind == "days" else str(value)


def delimited(of: SummaryTable) -> str:
    """A row for each, the total last; empty where there is no value."""
    titles = [of.per, *(column.full_title + ("%" if column.kind == "percent" else "") for column in of.columns)]
    rows = [
        [
            row.name,
            *(
                "" if value is None else printed(value, column)
                for value, column in zip(row.values, of.columns, strict=True)
            ),
        ]
        for row in of.all_rows
    ]
    if not any(row.see for row in of.all_rows):
        return records.delimited(titles, rows)
    seen = [[*row, f"anjian {of_row.see}" if of_row.see else ""] for row, of_row in zip(rows, of.all_rows, strict=True)]
    return records.delimited([*titles, SEE], seen)


def structured(of: SummaryTable) -> str:
    """Everything by name; fractions as "a/b"."""
    titles = [column.full_title for column in of.columns]

    def told(row: Row) -> Json:
        return {
            "name": row.name,
            "values": {title: encode(value) for title, value in zip(titles, row.values, strict=True)},
            "see": row.see,
            "behind": row.behind,
        }

    made = {
        "title": of.title,
        "days": of.days,
        "per": of.per,
        "columns": [{"title": column.full_title, "kind": column.kind} for column in of.columns],
        "rows": [told(row) for row in of.rows],
        "total": None if of.total is None else told(of.total),
        "meaning": of.meaning,
        "notes": [*of.notes],
        "demonstration": of.demonstration,
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
