"""How wide the columns of a sheet are on a page, and in what size of type it fits there."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.render.paper import Sheet, printed
from anjian_cli.render.width import columns

SIZES = (9, 7.5, 6.5, 5.5)
"""小五, 六号, 小六, 七号: a sheet takes the largest that lets it fit."""
HEAD_LINES, WIDEST, NARROWEST, PADDING, BOLD = 3, 20, 4, 2, 1.2
"""A heading may take so many lines; a column is so wide at most, at least, and has so much air (in half characters).
Bold is so much wider."""


def fitted(sheet: Sheet, across: int) -> tuple[list[int], float]:
    """The width of every column and the size of type (points), for a page `across` twentieths of a point wide."""
    units = _units(sheet)
    return _shared(units, across), next((size for size in SIZES if sum(units) * size * 10 <= across), SIZES[-1])


def _units(sheet: Sheet) -> list[float]:
    """What every column asks for: its widest cell on one line, its heading on a few."""
    units: list[float] = []
    for column, head in enumerate(sheet.heads):
        cells: float = max((columns(printed(row.cells[column], head)) for row in sheet.rows), default=0)
        if sheet.total is not None:
            cells = max(cells, columns(printed(sheet.total[column], head)) * BOLD)
        title = -(-columns(head.title) // HEAD_LINES) + 1
        units.append(min(max(cells, title, NARROWEST), WIDEST) + PADDING)
    return units


def _shared(units: Sequence[float], across: int) -> list[int]:
    """The page's width by what the columns ask for, to the last twentieth of a point."""
    ends = [round(across * sum(units[: at + 1]) / sum(units)) for at in range(len(units))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
