"""Keep a course, with the officers (网格员) who attended it by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a course. Raises `Refused` E863 for an officer whom the town does not have."""
    stored = register.resolve(record, given, finder)
    officers = stored.pop("officers", None)
    kept = register.keep_plain(gate, record, stored)
    if officers is not None:
        _attended(gate, kept, () if officers == CLEAR else officers)
    return kept


def _attended(gate: Gate, kept: Kept, names: tuple[str, ...]) -> None:
    """The officers told are all who attended."""
    town = gate.row("training", kept.row_id)["town_code"]
    wanted: dict[int, str] = {}
    unknown = []
    for name in names:
        found = gate.connection.execute(
            "SELECT id FROM officer WHERE name = ?1 AND (town_code IS ?2 OR ?3) AND voided_on IS NULL"
            " ORDER BY town_code IS NOT ?2, id DESC",
            (name, town, gate.numbers_are_free),  # in a new ledger they stand in the town that they are in now
        ).fetchone()
        if found is None:
            unknown.append(Fault("E863", {}, name, "officers"))
        else:
            wanted[int(found["id"])] = name
    if unknown:
        raise Refused(unknown)
    standing = {
        int(row["officer_id"]): (int(row["id"]), str(row["name"]))
        for row in gate.connection.execute(
            "SELECT x.id, x.officer_id, o.name FROM training_officer x JOIN officer o ON o.id = x.officer_id"
            " WHERE x.training_id = ? ORDER BY x.id",
            (kept.row_id,),
        ).fetchall()
    }
    if wanted.keys() == standing.keys():
        return
    for officer, (row_id, _) in standing.items():
        if officer not in wanted:
            gate.delete("training_officer", row_id)
    for officer in wanted:
        if officer not in standing:
            gate.insert("training_officer", training_id=kept.row_id, officer_id=officer)
    if kept.outcome != "new":
        before = "、".join(name for _, name in standing.values())
        kept.changed("officers", before or None, "、".join(wanted.values()) or None)
