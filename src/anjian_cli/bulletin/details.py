"""What is told beside figures: the villages of the year's programme, contracts that soon run out, and
major hazards: those overdue, and how all of them stand.

Few rows each, read from the records; a locked month keeps them. Knows no targets and no ranks.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date

from anjian_cli.bulletin import due_today, filings
from anjian_cli.bulletin.definition import Definition
from anjian_cli.bulletin.period import day_after
from anjian_cli.bulletin.value import Expiring, MajorHazards, OverdueMajor, VillageRow
from anjian_cli.ledger import held
from anjian_cli.rules import measure

SOON = 30
"""Days within which a contract runs out soon. What a to-do looks ahead is another number (`commands/todo.py`)."""


def villages(connection: sqlite3.Connection, definition: Definition) -> tuple[VillageRow, ...]:
    """The villages enrolled by the as-of day in its year, by town in the office's order. What came after that day
    (moved in, accepted, paid) is not known yet."""
    day = definition.period.as_of
    order = {town.code: at for at, town in enumerate(definition.towns)}
    found = connection.execute(
        "SELECT p.town_code, v.name AS village, COALESCE(p.agency, '') AS agency,"
        " CASE WHEN p.moved_in_on <= ?2 THEN p.moved_in_on ELSE '' END AS moved_in_on, p.firms_to_guide,"
        " CASE WHEN p.accepted_on <= ?2 THEN COALESCE(p.conclusion, '') ELSE '' END AS conclusion,"
        " CASE WHEN p.paid_on <= ?2 THEN p.reward END AS reward"
        " FROM responsible_village p JOIN village v ON v.code = p.village_code"
        " WHERE p.year = ?1 AND p.enrolled_on <= ?2 AND p.voided_on IS NULL ORDER BY v.code",
        (definition.period.year, day),
    )
    rows = [
        VillageRow(
            town=definition.roll(row["town_code"] or ""),
            village=row["village"],
            agency=row["agency"],
            moved_in_on=row["moved_in_on"],
            firms_to_guide=row["firms_to_guide"],
            conclusion=row["conclusion"],
            reward=row["reward"],
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda row: order.get(row.town, len(order))))


def expiring(connection: sqlite3.Connection, definition: Definition) -> tuple[Expiring, ...]:
    """How many contracts in force on the as-of day have their last day within `SOON` days, and still want a renewal
    (the day stored by rules/trusteeship.py). The to-do names the same ones, by the town each firm is in now."""
    day = definition.period.as_of
    found = connection.execute(
        "SELECT r.town_code FROM trusteeship c JOIN residence r ON r.enterprise_id = c.enterprise_id"
        " AND r.from_on <= ?1 AND ?1 < r.until_on WHERE c.voided_on IS NULL AND c.from_on <= ?1 AND ?1 < c.until_on"
        " AND c.last_on <= ?2 AND ?1 < c.renewal_settled_on",
        (day, day_after(day, SOON)),
    )
    counted = Counter(definition.roll(town or "") for (town,) in found)
    return tuple(Expiring(code, counted[code]) for code in (*(t.code for t in definition.towns), "") if counted[code])


def overdue_major(connection: sqlite3.Connection, definition: Definition) -> tuple[OverdueMajor, ...]:
    """The major hazards among those that the figure 逾期 counts on the as-of day, the longest overdue first. The same
    items, found through an index of major hazards."""
    day = definition.period.as_of
    near = connection.execute(
        "SELECT h.id, h.enterprise_id, h.number, e.name AS enterprise, h.description, d.due_on"
        " FROM hazard h INDEXED BY hazard_major"
        " CROSS JOIN hazard_due d ON d.hazard_id = h.id JOIN enterprise e ON e.id = h.enterprise_id"
        " WHERE h.level = '重大' AND d.from_on <= ? AND ? < d.awaiting_from ORDER BY d.due_on, h.number",
        (day, day),
    )
    rows = {row["id"]: row for row in near}
    if not rows:
        return ()
    from anjian_cli.records import masking  # here: mostly there is none

    held.records(connection, {"hazard": rows, "enterprise": {row["enterprise_id"] for row in rows.values()}})
    which, values = due_today.among(definition.period, ("hazard.overdue",), today=False)
    counted = due_today.of_hazards(
        connection,
        "root_id, town_code",
        [*rows],
        f"fact = 'hazard.overdue' AND from_on <= ? AND ? < until_on AND {which}",
        [day, day, *values],
    )
    towns: dict[int, str] = dict(counted)
    return tuple(
        OverdueMajor(
            town=definition.roll(towns[hazard]),
            number=row["number"],
            enterprise=row["enterprise"],
            description=masking.in_text(row["description"]),
            due_on=row["due_on"],
        )
        for hazard, row in rows.items()
        if hazard in towns
    )


def major_hazards(connection: sqlite3.Connection, definition: Definition) -> tuple[MajorHazards, ...]:
    """How the major hazards of every town stand on the as-of day, in the office's order; () where the scheme asks for
    no figure of major hazards alone."""
    if not any(_of_major(text) for indicator in definition.indicators for text in indicator.measures):
        return ()
    day = definition.period.as_of
    found = connection.execute(
        "SELECT h.id, (SELECT min(d.due_on) FROM hazard_due d WHERE d.hazard_id = h.id AND d.from_on <= ?1"
        " AND ?1 < d.awaiting_from) FROM hazard h INDEXED BY hazard_major WHERE h.level = '重大' AND h.found_on <= ?1",
        (day,),
    )
    due: dict[int, str | None] = dict(found.fetchall())
    held.records(connection, {"hazard": due.keys()})
    counts: dict[str, Counter[str]] = {}
    overdue: dict[str, list[int]] = {}
    for fact, hazard, town in due_today.of_hazards(
        connection,
        "DISTINCT fact, root_id, town_code",
        [*due],
        "(fact IN ('hazard.open', 'hazard.accepted_of_year') AND from_on <= ? AND ? < until_on"
        " OR fact = 'hazard.found' AND from_on BETWEEN ? AND ?)",
        [day, day, f"{day[:4]}-01-01", day],
    ):
        place = definition.roll(town)
        counts.setdefault(place, Counter())[fact] += 1
        due_on = due[hazard]
        if fact == "hazard.open" and due_on is not None:
            late = date.fromisoformat(day) - date.fromisoformat(due_on)
            overdue.setdefault(place, []).append(late.days)
    silent = filings.unreported(connection, definition) or frozenset()
    return tuple(
        MajorHazards(
            town=code,
            found=counts.get(code, Counter())["hazard.found"],
            closed=counts.get(code, Counter())["hazard.accepted_of_year"],
            open=counts.get(code, Counter())["hazard.open"],
            overdue=tuple(sorted(overdue.get(code, ()), reverse=True)),
            silent=code in silent,
        )
        for code in (*(town.code for town in definition.towns), *([""] if "" in counts else []))
    )


def _of_major(text: str) -> bool:
    return text.startswith("hazard.") and measure.read(text).words.get("level") == ("重大",)
