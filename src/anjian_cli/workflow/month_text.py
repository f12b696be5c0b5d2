"""The clerk's own words in a month's letter: kept until the month is issued, unchanged from then on."""

from __future__ import annotations

from anjian_cli.bulletin import locked_month
from anjian_cli.bulletin.period import month_title
from anjian_cli.errors import refused
from anjian_cli.ledger.gate import Gate


def keep(gate: Gate, month: str, section: int, text: str) -> bool:
    """Keep a section (1 to 4) of a month (YYYY-MM); '' takes it out again. False if it reads so already. Raises
    `Refused` E441 once the month is issued."""
    refuse_issued(gate, month)
    row = gate.connection.execute(
        "SELECT id FROM month_text WHERE month = ? AND section = ?", (month, section)
    ).fetchone()
    if row is not None:
        return gate.update("month_text", row[0], text=text)
    if not text:
        return False
    gate.insert("month_text", month=month, section=section, text=text)
    return True


def refuse_issued(gate: Gate, month: str) -> None:
    """Raises `Refused` E441 for a month that is issued."""
    locked = locked_month.find(gate.connection, month)
    if locked is not None and locked.issued_on is not None:
        remedy = "已印发的文字不再改动；要说明的，写入下期通报"
        raise refused("E441", month=month_title(month), state=locked.state_word, remedy=remedy)
