"""Keep a village: its code begins with the code of its town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Misread, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """A new village without a town named lies in the one its code says."""
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    if row is None and stored.get("town_code") is None and stored.get("code"):
        code = str(stored["code"])[:9]
        try:
            stored["town_code"] = finder.town(code).code
        except Misread as error:
            raise Refused([error.fault(code, "code")]) from error
    said = {name: value for name, value in stored.items() if value is not None}
    register.refuse_backwards({**(row or {}), **said}, ("from_on", "启用日期"), ("until_on", "停用日期"))
    if row is not None:
        return register.update(gate, record, row, stored)
    row_id = gate.insert("village", **said)
    return Kept("village", row_id, "village", row_id, str(stored["code"]))
