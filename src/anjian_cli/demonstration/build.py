"""Make the demonstration's ledger: everything through the gate, the way any other ledger comes about.

First what was known by 8 October 2018, when September's figures are locked and issued; then October, with one thing
learnt too late, which October's bulletin shows as a correction, and a few rows that are refused. Knows no figure
itself, no screen and no clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from anjian_cli.bulletin.period import ended
from anjian_cli.demonstration import (
    campaigns,
    cases,
    data,
    grading,
    handing_over,
    hazards,
    inspections,
    office,
    services,
    standard,
    town_work,
)
from anjian_cli.demonstration import firms as enterprises
from anjian_cli.demonstration.making import Making
from anjian_cli.demonstration.mistakes import mistakes
from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger import create
from anjian_cli.ledger.gate import Gate
from anjian_cli.records import definition
from anjian_cli.workflow import accident, month, trusteeship
from anjian_cli.workflow.kept_record import Values

TODAY = data.TODAY
LOCKED, ISSUED = "2018-10-08", "2018-10-09"
ANSWERED_BY = "2018-10-20"
"""The last day on which a department answered."""
LAPSED_ON = "2018-08-31"
OFFICE = (
    *(("setting",), ("town",), ("village",), ("agency",), ("department",), ("grid", "officer")),
    *(("campaign", "campaign_phase", "campaign_scope"), ("target", "programme_plan"), ("statistic",)),
)
"""What the office sets up, import by import."""
OF_ENTERPRISES = (
    *("standardization", "programme", "trusteeship", "visit"),
    *("exposure", "health_test", "device", "risk_grade", "diagnosis"),
)
OF_TOWNS = (
    *("training", "responsible_village", "guidance", "enforcement_case", "accident", "inspection", "work_item"),
    *("filing", "catch_up"),
)


class Demonstration(Making):
    """A ledger of 2018 being made."""

    def __init__(self, connection: sqlite3.Connection, at: str, actor: str, program_version: str) -> None:
        super().__init__(connection, at, actor)
        self._version = program_version
        self._firms = enterprises.firms()
        self._lapsed = services.lapsed(self._firms)
        self.lives = hazards.hazards(self._firms)
        handing_over.charge(self.lives, data.BY_CATEGORY, data.BUREAU, office.OFFICES.committee, ANSWERED_BY)
        self.told = self._all()

    def make(self) -> list[Fault]:
        """All operations in order; returns why rows were refused, each with the title of its record."""
        for records in OFFICE:
            with self.operation("import", LOCKED) as operating:
                for record in records:
                    self.take(operating, record, self.told[record])
        self._september()
        with self.operation("month close", LOCKED) as operating:
            month.close(operating, ended(2018, 9), self._version)
        with self.operation("month issue", ISSUED) as operating:
            month.issue(operating, "2018-09", "永安委办〔2018〕13号", ISSUED)
        self._october()
        refused = [fault for record, texts in mistakes(self._firms) for fault in self._refused(record, texts)]
        with self.operation("trusteeship end", TODAY) as operating:
            number = _id(operating, "trusteeship", contract_number=self._lapsed["contract_number"])
            trusteeship.end(operating, number, LAPSED_ON, "企业改用氟利昂制冷，合同终止（10月才报来）")
        return refused

    def _all(self) -> dict[str, list[Values]]:
        """Every record's rows as they are known in the end, but for the ending of the contract learnt too late."""
        firms = self._firms
        contracts = [self._lapsed, *services.contracts(firms)]
        in_force = [{**self._lapsed, "ended_on": LAPSED_ON}, *contracts[1:]]
        rows: dict[str, Iterable[Values]] = {
            "setting": office.settings(),
            "town": office.towns(),
            "village": office.villages(),
            "agency": office.agencies(),
            "department": office.departments(),
            "grid": office.grids(),
            "officer": office.officers(),
            "campaign": campaigns.campaigns(data.CAMPAIGNS, campaigns.DOCUMENTS),
            "campaign_phase": campaigns.phases(data.CAMPAIGNS, campaigns.PHASES),
            "campaign_scope": campaigns.scopes(data.HUNDRED, grading.CLOSELY),
            "programme_plan": office.plans(),
            "target": office.targets(),
            "statistic": office.statistics(),
            "standardization": standard.standardizations(firms),
            "programme": services.programmes(firms),
            "trusteeship": contracts,
            "visit": services.visits(in_force, data.OCTOBER),
            "exposure": services.exposures(firms),
            "health_test": services.health_tests(firms),
            "device": services.devices(firms),
            "risk_grade": grading.grades(firms),
            "diagnosis": services.diagnoses(firms, self.lives),
            "training": town_work.courses(),
            "responsible_village": town_work.responsible_villages(),
            "guidance": town_work.guidance(firms),
            "enforcement_case": cases.cases(firms),
            "accident": cases.accidents_with_enterprises(firms),
            "inspection": inspections.inspections(firms, self.lives),
            "work_item": campaigns.work(),
            "filing": town_work.filings(),
            "catch_up": town_work.catch_ups(),
        }
        return {record: list(each) for record, each in rows.items()}

    def _september(self) -> None:
        with self.operation("import", LOCKED) as operating:
            firms = [firm for own in self._firms.values() for firm in own]
            self.take(operating, "enterprise", (firm.enterprise() for firm in firms))
            for firm in firms:
                if firm.part.moved:
                    move = {**firm.told, "name": firm.name, "changed_on": enterprises.MOVED_ON}
                    self.take(operating, "enterprise", [move])
            self.take_news(operating, OF_ENTERPRISES, "", data.SEPTEMBER)
        with self.operation("import", LOCKED) as operating:
            self._towns(operating, "", data.SEPTEMBER)

    def _october(self) -> None:
        with self.operation("import", TODAY) as operating:
            self.take_news(operating, OF_ENTERPRISES, data.SEPTEMBER, data.OCTOBER)
        with self.operation("import", TODAY) as operating:
            self._towns(operating, data.SEPTEMBER, data.OCTOBER)
        with self.operation("accident amend", TODAY) as operating:
            known = cases.amendment()
            accident.amend(operating, _id(operating, "accident", name=known.name), known.known_on, known.told)

    def _towns(self, operating: Gate, since: str, day: str) -> None:
        for record in OF_TOWNS:
            # A report comes after its month.
            period = ("" if not since else LOCKED, operating.today) if record == "filing" else (since, day)
            self.take_news(operating, [record], *period)
        self.live(operating, since, day)

    def _refused(self, record: str, texts: Mapping[str, str]) -> list[Fault]:
        """Take a row as it was written; returns what is wrong with it. A row that is right stays."""
        kind = definition.record(record)
        try:
            row = {name: _read(kind.columns[name], name, text) for name, text in texts.items()}
            with self.operation("import", TODAY) as operating:
                self.take(operating, record, [row])
        except Refused as refusal:
            return [fault.at(title=kind.title) for fault in refusal.faults]
        return []


def make(path: Path, *, at: str, actor: str, program_version: str) -> list[Fault]:
    """Make the demonstration's ledger at `path`, whole or not at all; returns why rows were refused on the way.

    Raises `Refused` E616 (something is there), E617 (it cannot be written).
    """
    refused: list[Fault] = []
    create.create(path, lambda connection: refused.extend(Demonstration(connection, at, actor, program_version).make()))
    return refused


def _read(column: definition.Column, name: str, text: str) -> object:
    try:
        return column.read(text)
    except Misread as misread:
        raise Refused([misread.fault(text, name)]) from misread


def _id(operating: Gate, table: str, **sought: str) -> int:
    ((name, value),) = sought.items()
    (found,) = operating.connection.execute(f'SELECT id FROM "{table}" WHERE "{name}" = ?', (value,)).fetchone()
    return int(found)
