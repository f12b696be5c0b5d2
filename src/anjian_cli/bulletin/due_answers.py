"""What is due and can be answered in a row of a form: what the row says already, and as which record the answer is
taken in. Of every kind of what is due either stands here as which, or that it goes by a command alone (`BY_COMMAND`).

Hazards, and the answers that departments owe of them, have a form of their own (`due.hazards`).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.due_of_unit import found_by_name
from anjian_cli.ledger import words
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.rules.intervals import OPEN
from anjian_cli.rules.unit_kinds import DEPARTMENTS
from anjian_cli.rules.word_lists import ENTRUSTED

if TYPE_CHECKING:
    from typing import Any

VISIT, CONTRACT, TEST, STAGE, INSPECTION = "visit", "trusteeship", "health_test", "programme", "inspection"
REVIEW, VILLAGE, CASUALTIES = "standardization", "responsible_village", "accident"
REPORT, PLAN, OFFICER, COURSE = "filing", "catch_up", "officer", "training"
RECORDS = (
    *(VISIT, CONTRACT, STAGE, REVIEW, TEST, INSPECTION),
    *(VILLAGE, CASUALTIES, REPORT, PLAN, OFFICER, COURSE),
)
"""The records as which answers are taken in, in the order of their sheets."""
NUMBERED = frozenset({STAGE, VILLAGE, CASUALTIES})
"""Those that the answer goes on with: the row has the record's number."""
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
    "责任村年终验收": VILLAGE,
    "事故续报截止": CASUALTIES,
    "月报未报": REPORT,
    "补差计划": PLAN,
    "网格无人": OFFICER,
    "网格员培训": COURSE,
}
"""By kind of what is due; that of a certificate begins with its grade (`answered_by`)."""
BY_COMMAND = ("网格本月未报", "行动检查未覆盖")
"""What no row answers: a patrol is of a firm that nobody has named yet, and a goal of many, which have a form of their
own (`exchange.visit_form`)."""
AGAIN, OF_OFFICERS = "复评", "网格员"
_OWN: Mapping[str, str] = {
    "trusteeship": "x.number, x.agency, x.kind",
    "programme": "x.number, x.agency, x.kind",
    "exposure": "NULL, NULL, NULL",
    "risk_grade": "NULL, NULL, NULL",
    "standardization": "x.number, NULL, x.grade",
}
"""By the table of what is due of a firm: the number, the agency and the kind (or grade) that its row tells."""
_NAMED: Mapping[str, str] = {
    VILLAGE: "SELECT x.number, v.name FROM responsible_village x JOIN village v ON v.code = x.village_code"
    " WHERE x.id = ?",
    CASUALTIES: "SELECT number, name FROM accident WHERE id = ?",
}
"""The number of a record that is no firm's, and what it is called."""
_GRID = "SELECT name, town_code FROM grid WHERE id = ?"


class Answer(NamedTuple):
    """A row to be filled in: what is due (`asked`, several where they are answered together), what the row says already
    (`known`, by field of the record), and what stands beside it (`beside`): the address of a firm, None where it is
    not known, or the name of what has a number."""

    record: str
    asked: tuple[Due, ...]
    known: Mapping[str, str | None]
    beside: str | None = None


def answered_by(one: Due) -> str | None:
    """As which record the answer is taken in; None for what no row answers."""
    return REVIEW if one.record == REVIEW else ANSWERED_BY.get(one.kind)


def answers(connection: sqlite3.Connection, found: Sequence[Due]) -> list[Answer]:
    """The rows for what is due, in its order; firms that neither code nor name tells apart are left out. The stages of
    an enrolment are one row."""
    rows: list[Answer] = []
    of_enrolment: dict[int, int] = {}
    firms = _Firms(connection, found)
    for one in found:
        record = answered_by(one)
        if record == STAGE and one.record_id in of_enrolment:
            at = of_enrolment[one.record_id]
            rows[at] = rows[at]._replace(asked=(*rows[at].asked, one))
        elif record is not None and (made := _answer(connection, firms, record, one)) is not None:
            if record == STAGE:
                of_enrolment[one.record_id] = len(rows)
            rows.append(made)
    return rows


def _answer(connection: sqlite3.Connection, firms: _Firms, record: str, one: Due) -> Answer | None:
    if (one.record, one.record_id) in firms.told:
        return firms.answer(record, one)
    if record in _NAMED:
        number, name = connection.execute(_NAMED[record], (one.record_id,)).fetchone()
        return Answer(record, (one,), {"number": number}, name)
    if not one.unit.code:
        return None
    town, department = (None, one.unit.name) if one.of == DEPARTMENTS else (one.unit.name, None)
    match record:
        case "filing" | "catch_up":
            return Answer(record, (one,), {"town": town, "department": department, "month": one.subject})
        case "training":
            return Answer(record, (one,), {"town": town, "kind": OF_OFFICERS})
        case _:
            grid, told = connection.execute(_GRID, (one.record_id,)).fetchone()
            # One of a town that went into another may have a namesake there.
            return Answer(record, (one,), {"town": town, "grid": grid}) if told == one.unit.code else None


class _Firms:
    """The firms of what is due, each with what finds it again."""

    def __init__(self, connection: sqlite3.Connection, found: Sequence[Due]) -> None:
        self._finder, self._words = Finder(connection), words.of(connection)
        of_tables: defaultdict[str, set[int]] = defaultdict(set)
        for one in found:
            if one.record in _OWN and answered_by(one) is not None:
                of_tables[one.record].add(one.record_id)
        self.told = {
            (table, row[0]): tuple(row)[1:] for table, ids in of_tables.items() for row in _rows(connection, table, ids)
        }

    def answer(self, record: str, one: Due) -> Answer | None:
        """The row of one thing; None where nothing tells its firm from another."""
        enterprise, name, code, town, address, number, agency, kind = self.told[one.record, one.record_id]
        if record == STAGE:
            return Answer(record, (one,), {"number": number}, name)
        if not code and found_by_name(self._finder, name, town) != enterprise:
            return None
        known = {"enterprise": name, "credit_code": code, "town": None if code else town}
        if record == VISIT:
            known["agency"] = agency
        if record == REVIEW:
            known |= {"grade": kind, "kind": AGAIN}
        elif record == VISIT or (record == CONTRACT and self._words.known(ENTRUSTED, kind)):
            known["kind"] = kind
        elif record == CONTRACT:  # the kind of an enrolment need not be one of contracts
            known["kind"] = None
        return Answer(record, (one,), known, address)


CHUNK = 500


def _rows(connection: sqlite3.Connection, table: str, ids: set[int]) -> Iterator[tuple[Any, ...]]:
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
