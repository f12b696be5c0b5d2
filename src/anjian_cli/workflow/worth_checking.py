"""What does not agree in a row of a file and may yet be meant so: it is taken as it stands, and said.

What cannot be meant is refused (`workflow.agreement`). On the command line whoever types a row sees it in the answer.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault
from anjian_cli.ledger import lookup
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import agreement, register
from anjian_cli.workflow.kept_record import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


LONG_AHEAD = 183
"""Days after another one within which a day lies that is to come soon after it."""


def doubts(gate: Gate, record: Record, given: Values, finder: Finder, *, new: bool) -> list[Fault]:
    """What does not agree in a row that is new or was changed: a town where its enterprise was not on that day (N326),
    a name that is nearly one of its register (N327); in a new one a day that lies long after the one it should soon
    follow (N332)."""
    late = _long_ahead(record, given) if new else []
    return _elsewhere(gate, record, given, finder) + _nearly_known(gate, record, given) + late


def is_long_ahead(first: str, then: str) -> bool:
    """Whether a day lies more than half a year after another one."""
    return _days(first, then) > LONG_AHEAD


def _days(first: str, then: str) -> int:
    return (date.fromisoformat(then) - date.fromisoformat(first)).days


def _long_ahead(record: Record, given: Values) -> list[Fault]:
    found = []
    for field, column in record.columns.items():
        then = _told(given, field) if column.soon else None
        before = next((name for name in column.after if name in record.columns and _told(given, name)), None)
        if then is None or before is None:
            continue
        first = str(given[before])
        if is_long_ahead(first, then):
            words = {"other_title": record.columns[before].title, "other": first, "days": _days(first, then)}
            found.append(Fault("N332", words, then, field))
    return found


def _elsewhere(gate: Gate, record: Record, given: Values, finder: Finder) -> list[Fault]:
    word, name, code = (_told(given, field) for field in ("town", "enterprise", "credit_code"))
    day = _told(given, record.day or record.obvious_day)
    columns = [column for column in record.columns.values() if column.refers == "enterprise"]
    if not columns or not word or not day or not (name or code):
        return []
    if any(name in column.instead for column in columns):  # 个人, 无: it is none of the ledger's
        return []
    told = finder.town(word)
    firm = finder.enterprise(name, code, told.code)
    seat = register.town_on(gate, firm, day)
    if seat in (None, told.code):
        return []
    where, merged_into = agreement.town_of(gate, seat)
    if merged_into == told.code:
        return []
    own = "town_code" in gate.columns(record.name)
    kept = f"照表里写的记在{told.name}" if own else "这一条跟着企业走"
    words = {"told": told.name, "name": agreement.name_of(gate, firm), "seat": where, "kept": kept}
    return [Fault("N326", words, word, "town")]


def _nearly_known(gate: Gate, record: Record, given: Values) -> list[Fault]:
    found = []
    for field, column in record.columns.items():
        name = _told(given, field) if column.register else None
        near = lookup.near(gate.connection, column.register, name) if name else None
        if near is not None:
            kind = definition.record(column.register).title
            found.append(Fault("N327", {"kind": kind, "near": near}, name, field))
    return found


def _told(given: Values, field: str) -> str | None:
    value = given.get(field)
    return None if value in (None, CLEAR) else str(value)
