"""Keep the guidance of an enterprise: it belongs to the village's programme of the year in which it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Misread, Refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in one guidance. Raises `Refused` E437 where the village is not in the programme of that year."""
    stored = register.resolve(record, given, finder)
    village = stored.pop("village_code", None)
    town = stored.pop("town_code", None)
    row = register.existing(gate, record, {"number": stored.get("number")})
    if village is not None:
        on = stored.get("guided_on") or (row["guided_on"] if row else gate.today)
        stored["responsible_village_id"], town = _programme(finder, str(village), str(given["village"]), str(on)[:4])
    row = row or _known(gate, record, stored)
    return register.keep_plain(gate, record, {**stored, "town_code": town}, row)


def _programme(finder: Finder, village: str, shown: str, year: str) -> tuple[int, str | None]:
    try:
        return finder.responsible_village(village, int(year))
    except Misread as error:
        raise Refused([error.fault(shown, "village")]) from error


def _known(gate: Gate, record: Record, stored: Values) -> Row | None:
    """The enterprise's guidance in that programme, if it was told on the same day already; `Refused` E236 if it was
    voided."""
    sought = {name: stored.get(name) for name in ("responsible_village_id", "enterprise_id", "guided_on")}
    found = (
        gate.reading("guidance", **sought)
        .execute(
            "SELECT * FROM guidance WHERE responsible_village_id IS ? AND enterprise_id IS ? AND guided_on IS ?",
            tuple(sought.values()),
        )
        .fetchall()
    )
    return register.alive(record, found, "enterprise")
