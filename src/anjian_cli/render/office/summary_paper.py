"""A 统计表 as a paper, for every office format."""

from __future__ import annotations

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.summary_table import Column, SummaryTable
from anjian_cli.render.paper import Head, Paper, Row, Sheet


def summary_paper(of: SummaryTable) -> Paper:
    """One page or a few, across."""
    return Paper(
        title=of.title,
        mark=phrase.DEMONSTRATION if of.demonstration else "",
        before=(),
        sheets=(sheet(of),),
        after=(),
    )


def sheet(of: SummaryTable) -> Sheet:
    """The table alone, with its notes."""
    heads = (Head(of.per, "name"), *(_head(column) for column in of.columns))
    rows = tuple(Row((row.name, *row.values), behind=row.behind) for row in of.rows)
    notes = tuple(f"{note}。" for note in (of.meaning, *of.notes) if note)
    total = None if of.total is None else (of.total.name, *of.total.values)
    return Sheet(of.title[:31], None, "", of.days, "", heads, rows, total, notes, sign=of.sign or "落后")


def _head(column: Column) -> Head:
    if column.kind == "days":
        return Head(column.title, "marks", column.group, places=1)
    title = f"{column.title}（%）" if column.kind == "percent" else column.title
    return Head(title, column.kind, column.group)
