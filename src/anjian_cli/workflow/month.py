"""Locking a month's figures (定稿), issuing them (印发), and withdrawing what was issued (撤回).

A locked month is kept whole: the bulletin as a value, and every cell with a figure. It never changes afterwards;
what the records say later becomes a correction. One that was withdrawn is kept as it is, beside the one that is locked
in its place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.bulletin import exact, locked_month
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.locked_month import LockedMonth
from anjian_cli.bulletin.meaning import definition_hash
from anjian_cli.bulletin.month_text import texts
from anjian_cli.bulletin.period import Period, month_title
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.errors import refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.light_dataclasses import replace


def close(gate: Gate, period: Period, program_version: str, bulletin: Bulletin | None = None) -> Bulletin:
    """Lock the figures of a month and return its bulletin, which may be at hand: as it is while this gate is held.
    Raises as `refuse_closing`."""
    refuse_closing(gate, period)
    connection = gate.connection
    bulletin = bulletin or compile_bulletin(connection, period)
    locked = gate.insert(
        "issued_month",
        month=period.key,
        as_of=period.as_of,
        closed_on=gate.today,
        head=gate.head,
        head_hash=gate.head_hash,
        definition=definition_hash(connection, period.as_of),
        program_version=program_version,
        bulletin=exact.dump(replace(bulletin, witness="")),  # this operation's, which are not known yet
    )
    for table, cell in _cells(bulletin):
        gate.insert(
            "month_cell",
            issued_month_id=locked,
            indicator=table.id,
            town_code=cell.town,
            done=cell.done,
            this_month=cell.this_month,
            target=cell.asked,
            rank=cell.rank,
        )
    return bulletin


def refuse_closing(gate: Gate, period: Period) -> None:
    """Raises `Refused` E442 (the month has not ended), E441 (it, or a later one, is locked), E107 (an empty ledger)."""
    if not period.finished:
        raise refused("E442", month=period.title, today=gate.today)
    connection = gate.connection
    standing = locked_month.find(connection, period.key)
    if standing is not None:
        raise _already(standing)
    remedy = f"{period.title}在它之前，不能再补定稿；要核对，请直接打印{period.title}的通报"
    _refuse_later(connection, period.key, remedy)
    if gate.head == 0:
        raise refused("E107", reason="台账里还没有任何记录", remedy="请先录入或导入")


def issue(gate: Gate, month: str, document_number: str, issued_on: str) -> None:
    """Put the document's number and day on a locked month (YYYY-MM). Raises as `refuse_issuing`, and E473 for a number
    that was used before."""
    locked = refuse_issuing(gate, month)
    same = locked_month.issued_under(gate.connection, document_number)
    if same is not None:
        raise refused("E473", number=document_number, month=month_title(same.month), state=same.state_word)
    gate.update("issued_month", locked.id, issued_on=issued_on, document_number=document_number)


def refuse_issuing(gate: Gate, month: str) -> LockedMonth:
    """The locked month (YYYY-MM) that may be issued. Raises `Refused` E443 (not locked), E441 (it is issued)."""
    locked = locked_month.find(gate.connection, month)
    if locked is None:
        raise refused("E443", month=month_title(month))
    if locked.issued_on is not None:
        raise _already(locked)
    return locked


def withdraw(gate: Gate, month: str, reason: str, withdrawn_on: str) -> LockedMonth:
    """Take back a month (YYYY-MM) that was issued, which is open again; returns what was issued.

    It stays as it is, with the clerk's words that were issued in it, since these may be written anew. Raises `Refused`
    E471 (not issued), E472 (another was issued after it), E441 (a later month, which tells its corrections, is locked).
    """
    connection = gate.connection
    locked = locked_month.find(connection, month)
    if locked is None or locked.issued_on is None:
        state = "还没有定稿" if locked is None else "还没有印发"
        remedy = "它本来就没有固定" if locked is None else "要重来：先撤销定稿那一步"
        raise refused("E471", month=month_title(month), state=state, remedy=remedy)
    last = locked_month.last_issued(connection)
    if last is not None and last.month != month:
        raise refused("E472", last=month_title(last.month), month=last.month)
    _refuse_later(connection, month, "请先撤销它的定稿，再撤回")
    gate.update(
        "issued_month",
        locked.id,
        bulletin=exact.dump(replace(exact.load(locked.text), texts=texts(connection, month))),
        withdrawn_on=withdrawn_on,
        withdraw_reason=reason,
    )
    return locked


def refuse_undoing(gate: Gate, operation: int) -> None:
    """Raises `Refused` where an operation that is to be undone withdrew a month, or brought one back, and cannot be:
    E441 where this month or a later one is locked since, E475 where the clerk's words are others by now."""
    connection = gate.connection
    changed = connection.execute(
        "SELECT m.id, m.month, m.bulletin FROM change c JOIN issued_month m ON m.id BETWEEN c.first_id AND c.last_id"
        " WHERE c.operation = ? AND c.table_name = 'issued_month' AND c.before IS NOT NULL",
        (operation,),
    )
    for row_id, month, text in changed.fetchall():
        standing = locked_month.find(connection, month)
        if standing is not None and standing.id != row_id:
            remedy = "它已重新定稿，撤回的那一份不能恢复"
            raise refused("E441", month=month_title(month), state=standing.state_word, remedy=remedy)
        _refuse_later(connection, month, f"{month_title(month)}在它之前，不能再动")
        if standing is None and exact.load(text).texts != texts(connection, month):
            raise refused("E475", operation=operation, month=month_title(month), key=month)


def _refuse_later(connection: sqlite3.Connection, month: str, remedy: str) -> None:
    last = locked_month.last_before(connection, "9999-12")
    if last is not None and last.month > month:
        raise refused("E441", month=month_title(last.month), state=last.state_word, remedy=remedy)


def _already(locked: LockedMonth) -> Exception:
    if locked.issued_on is None:
        remedy = f"要印发：anjian 月份 印发 {locked.month}；要重来：先撤销定稿那一步"
    else:
        remedy = "数字不再改动；有误的登记更正，列入下期通报；要收回重发的，请撤回：anjian 月份 撤回 --原因 …"
    return refused("E441", month=month_title(locked.month), state=locked.state_word, remedy=remedy)


def _cells(bulletin: Bulletin) -> Iterator[tuple[IndicatorTable, Cell]]:
    """The cells worth keeping: with a figure, a task or a control figure. One that is not kept was 0, or not known."""
    for category in bulletin.categories:
        for table in category.indicators:
            for cell in (*table.cells, *([table.other] if table.other else [])):
                if cell.done is not None and (cell.done or cell.asked):
                    yield table, cell
