"""Which roots the rules may find fault with. Of a type that comes by the hundred thousand most roots are plain: of
these one statement tells that the rules hold, and only the others need be read row by row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from anjian_cli.rules.intervals import OPEN
from anjian_cli.rules.word_lists import CHANNELS

SOUND: Mapping[str, str] = {
    # Found by a way that the list always had, not major, never listed, extended or sent back, rectified once at most,
    # accepted as qualified if at all, and its days in order: in such a hazard `rules.hazard.faults` finds nothing, and
    # `doubtful` there says the same of those that come in bulk.
    "hazard": (
        "SELECT h.id FROM hazard h JOIN hazard_deadline d ON d.hazard_id = h.id"
        " LEFT JOIN rectification r ON r.hazard_id = h.id"
        f" WHERE h.source IN ({', '.join(map(repr, CHANNELS.words))})"
        f" AND h.source NOT IN (SELECT word FROM term WHERE list = '{CHANNELS.name}' AND voided_on IS NULL)"
        " AND h.level = '一般' AND h.found_on <= h.deadline_on"
        " AND (h.reported_on IS NULL OR h.found_on <= h.reported_on)"
        " AND NOT EXISTS (SELECT 1 FROM supervision s WHERE s.hazard_id = h.id)"
        " GROUP BY h.id HAVING count(*) = 1 AND d.from_on = h.found_on AND (r.id IS NULL OR ("
        f"   h.found_on <= r.rectified_on AND r.until_on = '{OPEN}'"
        "   AND (r.conclusion IS NULL OR (r.conclusion = '合格' AND r.rectified_on <= r.accepted_on))))"
    ),
}
"""By table of the root, the ids of some with which no rule finds fault (held against the rules by a property test)."""


def suspects(connection: sqlite3.Connection, root: str) -> list[int] | None:
    """The ids of a table's roots that rules may find fault with, in their order; None where that may be any."""
    if root not in SOUND:
        return None
    found = connection.execute(f'SELECT id FROM "{root}" WHERE id NOT IN ({SOUND[root]}) ORDER BY id')
    return [row for (row,) in found]
