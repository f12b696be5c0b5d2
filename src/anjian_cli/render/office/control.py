"""Control figures (控制数) as tables: of all towns for the bulletin's annex, of one town for its own sheet. Takes the
bulletin and nothing else.
"""

from __future__ import annotations

from anjian_cli.bulletin import control, phrase, wording
from anjian_cli.bulletin.notice import CONTROL_TABLE
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.render.office.category import last_note, period_line
from anjian_cli.render.paper import Head, Kind, Row, Sheet, Value, mixed

NAME = "控制指标"
LEFT = "剩余或超出"
SIGN = "超出"


def control_sheet(bulletin: Bulletin, number: int) -> Sheet:
    """Every town, 未定镇街 and the county against every control figure, as annex `number`."""
    tables = control.controlled(bulletin)
    heads = [Head("序号", "serial"), Head(bulletin.units, "name")]
    for table in tables:
        group = f"{table.short}（{wording.shown_unit(table.unit)}）"
        kind: Kind = "money" if table.unit == wording.MONEY else "count"
        heads += [Head("控制数", kind, group), Head(control.happened(table), kind, group, table.short)]
        heads += [Head(LEFT, "text", group), Head("排名", "rank", group)]

    def row(cells: list[tuple[IndicatorTable, Cell | None]]) -> tuple[Value, ...]:
        found: list[Value] = []
        for table, cell in cells:
            found += [None, 0, None, None] if cell is None else _cells(table, cell)
        return tuple(found)

    rows = [
        Row(
            (at, town.name, *row([(table, table.cells[at - 1]) for table in tables])),
            any(table.cells[at - 1].exceeded for table in tables),
        )
        for at, town in enumerate(bulletin.towns, 1)
    ]
    if any(table.other is not None for table in tables):
        rows.append(Row(("", bulletin.unsettled, *row([(table, table.other) for table in tables]))))
    return Sheet(
        f"{number}{NAME}",
        number,
        f"{bulletin.month[:4]}年{phrase.month(bulletin)}月份{CONTROL_TABLE}",
        period_line(bulletin),
        "单位：见列名",
        tuple(heads),
        tuple(rows),
        ("", "合计", *row([(table, table.total) for table in tables])),
        (*control.sentences(bulletin, tables), last_note(bulletin)),
        SIGN,
    )


def town_control(bulletin: Bulletin, code: str) -> Sheet | None:
    """A town's own control figures; None where it has none. Raises KeyError."""
    at = bulletin.at(code)
    town = bulletin.towns[at]
    found = [(table, table.cells[at]) for table in control.controlled(bulletin)]
    rows = tuple(
        Row(
            (table.title, wording.shown_unit(table.unit), *_mixed(table, cell), cell.last_rank, cell.code),
            cell.exceeded,
        )
        for table, cell in found
        if cell.control is not None
    )
    if not rows:
        return None
    heads = (
        Head("指标", "text"),
        Head("单位", "name"),
        Head("控制数"),
        Head("已发生或现有"),
        Head(LEFT, "text"),
        Head("排名", "rank"),
        Head("上月排名", "rank"),
        Head("格码", "text"),
    )
    title = f"{town.name}{bulletin.month[:4]}年{phrase.month(bulletin)}月份{NAME}"
    return Sheet(NAME, None, title, period_line(bulletin), "单位：见各行", heads, rows, None, (), SIGN)


def _cells(table: IndicatorTable, cell: Cell) -> tuple[Value, ...]:
    return cell.control, cell.done, control.left(cell.left, table.unit), cell.rank


def _mixed(table: IndicatorTable, cell: Cell) -> tuple[Value, ...]:
    left = control.left(cell.left, table.unit)
    return mixed(cell.control, table.unit), mixed(cell.done, table.unit), left, cell.rank
