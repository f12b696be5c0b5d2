"""A bulletin narrowed to one town: its own figures and places beside the county's."""

from __future__ import annotations

from dataclasses import replace

from anjian_cli.bulletin.value import Bulletin, Category


def of_town(bulletin: Bulletin, code: str) -> Bulletin:
    """The same bulletin with the cells, rows and scores of one town only. Raises KeyError if it has no such town."""
    town = bulletin.town(code)
    return replace(
        bulletin,
        towns=(town,),
        categories=tuple(_category(category, code) for category in bulletin.categories),
        scores=tuple(row for row in bulletin.scores if row.town == code),
        corrections=tuple(found for found in bulletin.corrections if found.town == code),
    )


def _category(category: Category, code: str) -> Category:
    return replace(
        category,
        rows=tuple(row for row in category.rows if row.town == code),
        indicators=tuple(
            replace(table, cells=tuple(cell for cell in table.cells if cell.town == code), other=None)
            for table in category.indicators
        ),
    )
