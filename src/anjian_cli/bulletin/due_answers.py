"""What is due and can be answered in a row of a form: of which firm it is, and as which record the answer is taken in.

Hazards have a form of their own (`due.hazards`). What is due of a certificate is answered by stages of an undertaking
that may be under way already, and what is due of grids, courses or reports is no firm's: these are read and printed.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.due_of_unit import found_by_name
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.rules.intervals import OPEN

if TYPE_CHECKING:
    from typing import Any

VISIT, CONTRACT, TEST, STAGE, INSPECTION = "visit", "trusteeship", "health_test", "programme", "inspection"
RECORDS = (VISIT, CONTRACT, STAGE, TEST, INSPECTION)
"""The records as which answers are taken in, in the order of their sheets."""
ANSWERED_BY: Mapping[str, str] = {
    "托管服务": VISIT,
    "托管合同到期": CONTRACT,
    "整治后托管": CONTRACT,
    "职业卫生检测": TEST,
    "专项整治排查": STAGE,
    "专项整治诊断": STAGE,
    "专项整治方案": STAGE,
    "专项整治整改": STAGE,
    "专项整治验收": STAGE,
    "定期检查": INSPECTION,
}
"""By kind of what is due. A kind that is not here is answered by no row."""
_OWN: Mapping[str, str] = {
    "trusteeship": "x.number, x.agency, x.kind",
    "programme": "x.number, x.agency, x.kind",
    "exposure": "NULL, NULL, NULL",
    "risk_grade": "NULL, NULL, NULL",
}
"""By the table of what is due: the number, the agency and the kind that its row tells."""


class Answer(NamedTuple):
    """A row to be filled in: what is due (`asked`, several where they are answered together), and what finds its firm
    again. `town` is told of a firm without a credit code, which is known by its name in its town; `number` of an
    enrolment, which the answer goes on with; `agency` of a contract, whose visits it makes."""

    record: str
    asked: tuple[Due, ...]
    enterprise: str
    credit_code: str | None
    town: str | None
    address: str | None
    number: str | None
    agency: str | None
    kind: str | None


def answers(connection: sqlite3.Connection, found: Sequence[Due]) -> list[Answer]:
    """The rows for what is due, in its order; firms that neither code nor name tells apart are left out. The stages of
    an enrolment are one row."""
    finder = Finder(connection)
    rows: list[Answer] = []
    of_enrolment: dict[int, int] = {}
    told = _told(connection, found)
    for one in found:
        record, own = ANSWERED_BY.get(one.kind), told.get((one.record, one.record_id))
        if record is None or own is None:
            continue
        enterprise, name, code, town, address, number, agency, kind = own
        if record == STAGE and one.record_id in of_enrolment:
            at = of_enrolment[one.record_id]
            rows[at] = rows[at]._replace(asked=(*rows[at].asked, one))
            continue
        if not code and found_by_name(finder, name, town) != enterprise:
            continue
        if record == STAGE:
            of_enrolment[one.record_id] = len(rows)
        rows.append(
            Answer(
                record=record,
                asked=(one,),
                enterprise=name,
                credit_code=code,
                town=None if code else town,
                address=address,
                number=number if record == STAGE else None,
                agency=agency if record == VISIT else None,
                kind=kind,
            )
        )
    return rows


def _told(connection: sqlite3.Connection, found: Sequence[Due]) -> dict[tuple[str, int], tuple[Any, ...]]:
    of_tables: defaultdict[str, set[int]] = defaultdict(set)
    for one in found:
        if one.kind in ANSWERED_BY:
            of_tables[one.record].add(one.record_id)
    return {
        (table, row[0]): tuple(row)[1:] for table, ids in of_tables.items() for row in _rows(connection, table, ids)
    }


CHUNK = 500


def _rows(connection: sqlite3.Connection, table: str, ids: set[int]) -> Iterator[sqlite3.Row]:
    every = sorted(ids)
    for start in range(0, len(every), CHUNK):
        some = ", ".join(map(str, every[start : start + CHUNK]))
        yield from connection.execute(
            "SELECT x.id, e.id, e.name, e.credit_code, t.name, COALESCE(e.operating_address, e.registered_address),"
            f" {_OWN[table]} FROM {table} x JOIN enterprise e ON e.id = x.enterprise_id"
            " JOIN residence r ON r.enterprise_id = e.id AND r.until_on = ? LEFT JOIN town t ON t.code = r.town_code"
            f" WHERE x.id IN ({some})",
            (OPEN,),
        )
