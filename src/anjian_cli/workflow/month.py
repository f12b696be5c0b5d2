"""Locking a month's figures (定稿) and issuing them (印发).

A locked month is kept whole: the bulletin as a value, and every cell with a figure. It never changes afterwards;
what the records say later becomes a correction.
"""

from __future__ import annotations

from collections.abc import Iterator

from anjian_cli.bulletin import exact, locked_month
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import definition_hash
from anjian_cli.bulletin.locked_month import LockedMonth
from anjian_cli.bulletin.period import Period, month_title
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.errors import refused
from anjian_cli.ledger.write import Gate


def close(gate: Gate, period: Period, program_version: str) -> Bulletin:
    """Lock the figures of a month and return its bulletin.

    Raises `Refused` E442 (it has not ended), E441 (it, or a later month, is locked), E107 (an empty ledger).
    """
    if not period.finished:
        raise refused("E442", month=period.title, today=gate.today)
    connection = gate.connection
    standing = locked_month.find(connection, period.key)
    if standing is not None:
        raise _already(standing)
    later = locked_month.last_before(connection, "9999-12")
    if later is not None and later.month > period.key:
        remedy = f"{period.title}在它之前，不能再补定稿；要核对，请直接打印{period.title}的通报"
        raise refused("E441", month=month_title(later.month), state=later.state_word, remedy=remedy)
    if gate.head == 0:
        raise refused("E107", reason="台账里还没有任何记录", remedy="请先录入或导入")
    bulletin = compile_bulletin(connection, period)
    locked = gate.insert(
        "issued_month",
        month=period.key,
        as_of=period.as_of,
        closed_on=gate.today,
        head=gate.head,
        head_hash=gate.head_hash,
        definition=definition_hash(connection),
        program_version=program_version,
        bulletin=exact.dump(bulletin),
    )
    for table, cell in _cells(bulletin):
        gate.insert(
            "month_cell",
            issued_month_id=locked,
            indicator=table.id,
            town_code=cell.town,
            done=cell.done,
            this_month=cell.this_month,
            target=cell.target,
            rank=cell.rank,
        )
    return bulletin


def issue(gate: Gate, month: str, document_number: str, issued_on: str) -> None:
    """Put the document's number and day on a locked month (YYYY-MM). Raises `Refused` E443 (not locked), E441."""
    locked = locked_month.find(gate.connection, month)
    if locked is None:
        raise refused("E443", month=month_title(month))
    if locked.issued_on is not None:
        raise _already(locked)
    gate.update("issued_month", locked.id, issued_on=issued_on, document_number=document_number)


def _already(locked: LockedMonth) -> Exception:
    if locked.issued_on is None:
        remedy = f"要印发：anjian 月份 印发 {locked.month}；要重来：先撤销定稿那一步"
    else:
        remedy = "数字不再改动；有误的登记更正，列入下期通报"
    return refused("E441", month=month_title(locked.month), state=locked.state_word, remedy=remedy)


def _cells(bulletin: Bulletin) -> Iterator[tuple[IndicatorTable, Cell]]:
    """The cells worth keeping: with a figure or a target. One that is not kept was 0, or not known."""
    for category in bulletin.categories:
        for table in category.indicators:
            for cell in (*table.cells, *([table.other] if table.other else [])):
                if cell.done is not None and (cell.done or cell.target):
                    yield table, cell
