"""报送情况: of each county whether its package (报送包) of a month is there, and which one counts."""

from __future__ import annotations

import sqlite3

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.period import Period, month_title
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable
from anjian_cli.ledger import held

TABLES = ("town", "reporting_ledger", "received_package")
_COLUMNS = (
    Column("报到", "text"),
    Column("第几次"),
    Column("印发", "text"),
    Column("生成时间", "text"),
    Column("台账标识", "text"),
    Column("情况", "text"),
)


def table(connection: sqlite3.Connection, period: Period) -> SummaryTable:
    """A row for each county in force on the month's last day, in the office's order. Raises `Refused` as
    `ledger.held.tables`."""
    held.tables(connection, TABLES)
    rows = []
    for code, name in connection.execute(
        "SELECT code, name FROM town WHERE kind = '县级' AND voided_on IS NULL AND from_on <= ?1 AND ?1 < until_on"
        " ORDER BY position, code",
        (period.as_of,),
    ).fetchall():
        rows.append(_row(connection, code, name, period))
    late = sum(row.behind for row in rows)
    return SummaryTable(
        title=f"{period.title}报送包接收情况",
        days=f"截至{period.title}",
        per="县（市、区）",
        columns=_COLUMNS,
        rows=tuple(rows),
        meaning=f"{len(rows)}个县（市、区），报到{period.month}月的{len(rows) - late}个，没有报到的{late}个；"
        "没有报到的，数字不详，不是0",
        sign="没有报到",
    )


def _row(connection: sqlite3.Connection, code: str, name: str, period: Period) -> Row:
    found = connection.execute(
        "SELECT r.ledger_id, p.month, p.serial, p.issued, p.made_at FROM reporting_ledger r"
        " LEFT JOIN received_package p ON p.reporting_ledger_id = r.id"
        " WHERE r.town_code = ? AND r.voided_on IS NULL AND r.replaced_by IS NULL"
        " ORDER BY r.until_on IS NOT NULL, p.month DESC, p.serial DESC LIMIT 1",
        (code,),
    ).fetchone()
    if found is None:
        return Row(name, ("", None, "", "", "", "台账还没有登记"), behind=True)
    ledger, month, serial, issued, made_at = found
    if month is None:
        return Row(name, ("", None, "", "", ledger, "登记了，还没有报来过"), behind=True)
    late = month < period.key
    said = "没有报到本月" if late else "已报" if month == period.key else "已报到以后的月份"
    told = (month_title(month), serial, "已印发" if issued else "未印发", phrase.moment(made_at), ledger, said)
    return Row(name, told, behind=late)
