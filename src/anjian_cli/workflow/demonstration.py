"""Make the demonstration's ledger: everything through the gate, the way any other ledger comes about.

First what was known by 8 October 2018, when September's figures are locked and issued; then October, with one thing
learnt too late, which October's bulletin shows as a correction. Knows no figure itself, no screen and no clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import create
from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.open import writing
from anjian_cli.ledger.write import Gate, gate
from anjian_cli.records import definition
from anjian_cli.workflow import demonstration_data as data
from anjian_cli.workflow import demonstration_records as records
from anjian_cli.workflow import hazard_cycle, month, register, trusteeship
from anjian_cli.workflow.demonstration_records import Life
from anjian_cli.workflow.kept import Values

TODAY = "2018-11-02"
LOCKED, ISSUED = "2018-10-08", "2018-10-09"
LAPSED_ON = "2018-08-31"


class Demonstration:
    """A ledger being made. `at` is the moment of recording (UTC); business days are those of 2018."""

    def __init__(self, connection: sqlite3.Connection, at: str, actor: str, program_version: str) -> None:
        self._connection = connection
        self._at, self._actor, self._version = at, actor, program_version
        self._firms = records.firms()
        self._hazards = records.hazards(self._firms)
        self._ids: dict[int, int] = {}  # hazard in our list -> its id

    def make(self) -> None:
        """All operations in order."""
        settings = ({"name": name, "value": value} for name, value in data.SETTINGS.items())
        self._take("setting", settings, LOCKED)
        self._take("town", records.towns(), LOCKED)
        self._take("target", records.targets(), LOCKED)
        self._enterprises()
        lapsed = records.lapsed(self._firms)
        contracts = [lapsed, *records.contracts(self._firms)]
        courses = list(records.courses())
        self._until(data.SEPTEMBER, LOCKED, contracts, courses)
        with self._operation("month close", LOCKED) as operating:
            month.close(operating, ended(2018, 9), self._version)
        with self._operation("month issue", ISSUED) as operating:
            month.issue(operating, "2018-09", "永安委办〔2018〕13号", ISSUED)
        self._until(data.OCTOBER, TODAY, contracts, courses)
        with self._operation("trusteeship end", TODAY) as operating:
            (number,) = operating.connection.execute(
                "SELECT id FROM trusteeship WHERE contract_number = ?", (lapsed["contract_number"],)
            ).fetchone()
            trusteeship.end(operating, number, LAPSED_ON, "企业改用氟利昂制冷，合同终止（10月才报来）")

    def _enterprises(self) -> None:
        firms = [firm.values for firm in self._firms]
        mover = records.moved(self._firms).values
        before = [{**values, "town": records.MOVED} if values is mover else values for values in firms]
        self._take("enterprise", before, LOCKED)
        move = {key: mover[key] for key in ("name", "credit_code", "town")} | {"changed_on": records.MOVED_ON}
        self._take("enterprise", [move], LOCKED)

    def _until(self, day: str, today: str, contracts: list[Values], courses: list[Values]) -> None:
        """What happened up to a month's end and after the one before."""
        since = data.SEPTEMBER if day == data.OCTOBER else ""
        self._take("trusteeship", (_known(c, day) for c in contracts if since < c["from_on"] <= day), today)
        if since:
            self._end_early(contracts, since, today)
        self._take("training", (course for course in courses if since < course["held_on"] <= day), today)
        self._take("opening_figure", records.totals(day), today)
        with self._operation("hazard import", today) as operating:
            finder = Finder(operating.connection)
            for index, life in enumerate(self._hazards):
                if since < life.values["found_on"] <= day:
                    kept = register.take(operating, definition.record("hazard"), life.values, finder)
                    self._ids[index] = kept.row_id
                if index in self._ids:
                    _live(operating, self._ids[index], life, since, day)

    def _end_early(self, contracts: list[Values], since: str, today: str) -> None:
        """Contracts of months before that were ended in this one."""
        ended_now = [c for c in contracts if c.get("ended_on", "") > since >= c["from_on"]]
        self._take("trusteeship", ended_now, today)

    def _take(self, record: str, rows: Iterable[Values], today: str) -> None:
        kind = definition.record(record)
        with self._operation(f"{kind.noun} import", today) as operating:
            finder = Finder(operating.connection)
            for row in rows:
                register.take(operating, kind, row, finder)

    @contextmanager
    def _operation(self, command: str, today: str) -> Iterator[Gate]:
        with gate(self._connection, command, at=self._at, actor=self._actor, today=today) as operating:
            yield operating


def make(path: Path, *, at: str, actor: str, program_version: str) -> None:
    """Make the demonstration's ledger at `path`, whole or not at all.

    Raises `Refused` E616 (something is there), E617 (it cannot be written).
    """
    create.create(path)
    try:
        with closing(writing(path)) as connection:
            Demonstration(connection, at, actor, program_version).make()
    except BaseException:  # half a demonstration is none: also on Ctrl-C the file goes
        path.unlink()
        raise


def _known(contract: Values, day: str) -> Values:
    """A contract as it was known on a day: one that ends early is not known to do so before."""
    if contract.get("ended_on", "") <= day:
        return contract
    return {name: value for name, value in contract.items() if name not in ("ended_on", "end_reason")}


def _live(operating: Gate, hazard: int, life: Life, since: str, day: str) -> None:
    """The steps of a hazard's life after `since` and up to `day`."""
    for on, step, told in life.steps:
        if since < on <= day:
            getattr(hazard_cycle, step)(operating, hazard, **told)
