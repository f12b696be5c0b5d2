"""Two ways in which a row of a file names one thing must agree: a record's number, and whose record it is.

In a file a row may have slipped: a form sorted by one column puts every number beside another firm. On the command line
whoever writes a number and a firm means to correct the record, so nothing of this is asked there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import likeness
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow.kept_record import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def refuse_another(gate: Gate, record: Record, row: Row, stored: Values) -> None:
    """Hold a record found by its number against whose it is told to be. Raises `Refused` E280 (of another enterprise),
    E291 (of another town)."""
    faults = []
    told = stored.get("enterprise_id")
    if told not in (None, CLEAR) and row.get("enterprise_id") not in (None, told):
        faults.append(_of_another(record, row, name_of(gate, row["enterprise_id"]), name_of(gate, told)))
    town = stored.get("town_code")
    if not faults and town not in (None, CLEAR) and row.get("town_code") not in (None, town):
        owner, other = (town_of(gate, code) for code in (row["town_code"], town))
        if owner[1] != town:  # a town that was merged is the one it went into
            words = {"owner": owner[0], "told": other[0], "kind": record.title}
            faults.append(Fault("E291", words, str(row["number"]), "number"))
    if faults:
        raise Refused(faults)


def refuse_another_in_grey(gate: Gate, record: Record, given: Values, shown: Mapping[str, str], finder: Finder) -> None:
    """Hold a record's number against what a form shows beside it, in cells that are not read (field to text): the
    enterprise by a name it bears or bore, any other text as it stands in the ledger. Raises `Refused` E280, E282."""
    number = given.get("number")
    if not shown or not number:
        return
    found = gate.connection.execute(f'SELECT * FROM "{record.name}" WHERE number = ?', (number,)).fetchone()
    if found is None:
        return  # E235 will be said of it
    row: Row = dict(found)
    for name, text in shown.items():
        if name == "enterprise":
            if likeness.key(text) not in finder.names_of(int(str(row["enterprise_id"]))):
                raise Refused([_of_another(record, row, name_of(gate, row["enterprise_id"]), text)])
        elif likeness.key(text) != likeness.key(str(row[name])):
            words = {"kind": record.title, "known": row[name], "told": text}
            raise Refused([Fault("E282", words, number, "number")])


def _of_another(record: Record, row: Row, owner: str, told: str) -> Fault:
    return Fault("E280", {"owner": owner, "told": told, "kind": record.title}, str(row["number"]), "number")


def name_of(gate: Gate, enterprise: object) -> str:
    """The name that an enterprise bears now."""
    return str(gate.connection.execute("SELECT name FROM enterprise WHERE id = ?", (enterprise,)).fetchone()[0])


def town_of(gate: Gate, code: object) -> tuple[str, str | None]:
    """A town's name, and the one it was merged into."""
    found = gate.connection.execute("SELECT name, merged_into FROM town WHERE code = ?", (code,)).fetchone()
    return found[0], found[1]
