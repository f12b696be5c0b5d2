"""Keep a statistic: its number is read in the unit of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import amounts
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a statistic: 生产总值 as money (559.8亿元), 从业人员 as people (42.3万人).

    Raises `Refused` where it cannot be read so, E264 (0), E424 where the kind changes and the number is not told anew.
    """
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    text = stored.pop("amount", None)
    if text is not None:
        kind = stored.get("kind") or (row["kind"] if row else None)
        try:
            stored["quantity"] = amounts.people(text) if kind == "从业人员" else amounts.money(text)
            if not stored["quantity"]:
                raise Misread("E264")
        except Misread as error:
            raise Refused([error.fault(text, "amount")]) from error
    elif row is not None and stored.get("kind") not in (None, row["kind"]):
        raise Refused([Fault("E424", {"title": "数值", "other_title": "统计项目"}, None, "amount")])
    return register.keep_plain(gate, record, stored, row)
