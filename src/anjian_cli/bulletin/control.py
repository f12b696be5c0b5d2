"""Control figures (控制数) in words: what may happen at most, what has happened, and what is left or is over.

A control figure is no task: it is never owed, has no rate and no pace, and nobody is first for having used it up
(`ranking.places_by_use`). Takes the bulletin's value, returns Chinese text.
"""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.rules import place_names


def controlled(bulletin: Bulletin) -> list[IndicatorTable]:
    """The indicators for which a control figure is set."""
    return [table for category in bulletin.categories for table in category.indicators if table.controlled]


def exceeding(table: IndicatorTable) -> list[Cell]:
    """The cells of the towns in which more has happened than may, in the office's order."""
    return [cell for cell in table.cells if cell.exceeded]


def happened(table: IndicatorTable) -> str:
    """What the figure beside a control figure is called: 已发生 since New Year, or 现有 on the day."""
    return "已发生" if phrase.of_flow(table) else "现有"


def left(of: int | None, unit: str) -> str:
    """剩余2, 超出1; — where it is not known, or nothing is set."""
    if of is None:
        return wording.NOTHING
    return f"{'超出' if of < 0 else '剩余'}{wording.amount(abs(of), unit)}"


def told(table: IndicatorTable, cell: Cell) -> str:
    """控制数2人，已发生3人，超出1人; '' of a cell for which none is set."""
    return "" if cell.control is None else _told(table, cell.control, cell.done)


def _told(table: IndicatorTable, control: int, done: int | None) -> str:
    unit = wording.shown_unit(table.unit)
    said = f"控制数{wording.amount(control, table.unit)}{unit}，{happened(table)}"
    if done is None:
        return f"{said}数无从得知"
    return f"{said}{wording.amount(done, table.unit)}{unit}，{left(control - done, table.unit)}{unit}"


def county(bulletin: Bulletin, table: IndicatorTable) -> str:
    """The county's figure against what is set for the towns, and against its own from above; '' where none is set."""
    parts = []
    if table.total.control is not None:
        beside = phrase.beside(bulletin, table)
        parts.append(told(table, table.total) + (f"（{beside}）" if beside else ""))
    if table.county_task is not None:
        parts.append(f"{place_names.own(bulletin.region_name)}{_told(table, table.county_task, table.whole.done)}")
    return "；".join(parts)


def exceeded(bulletin: Bulletin, table: IndicatorTable) -> str:
    """超出控制数的：芝英镇（控制数2人，已发生3人，超出1人）; '' where nobody is over."""
    over = [f"{phrase.place(bulletin, cell.town)}（{told(table, cell)}）" for cell in exceeding(table)]
    return f"超出控制数的：{'、'.join(over)}" if over else ""


def sentences(bulletin: Bulletin, tables: Sequence[IndicatorTable] | None = None) -> list[str]:
    """A sentence for each indicator with a control figure: the county's, and who is over."""
    said = []
    for table in controlled(bulletin) if tables is None else tables:
        parts = [part for part in (county(bulletin, table), exceeded(bulletin, table)) if part]
        said.append(f"{table.short}{'；'.join(parts)}。")
    return said
