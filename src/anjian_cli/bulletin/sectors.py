"""Whose field an enterprise is: the departments that look after its industry or one of its risks (监管行业, 监管风险).

Of two industries of which one is a part of the other the narrower one decides. Sectors have no days: they say how firms
are sorted now.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from anjian_cli.bulletin.definition import departments_on


class Sectors:
    """The sectors of the departments that there are on a day; those of one that went into another are that one's."""

    def __init__(self, connection: sqlite3.Connection, day: str) -> None:
        _, rolled = departments_on(connection, day)
        self._industries: dict[str, str] = {}
        self._risks: dict[str, str] = {}
        for kind, word, number in connection.execute(
            "SELECT s.kind, s.word, d.number FROM department_sector s JOIN department d ON d.id = s.department_id"
            " WHERE d.voided_on IS NULL"
        ):
            if number in rolled:
                (self._industries if kind == "行业" else self._risks)[word] = rolled[number]

    def departments(self, industry_code: str | None, risks: Iterable[str]) -> set[str]:
        """The numbers of the departments of a firm with this industry (C3311) and these risks."""
        code = industry_code or ""
        narrowest = max((word for word in self._industries if code.startswith(word)), key=len, default=None)
        found = {self._risks[risk] for risk in risks if risk in self._risks}
        return found if narrowest is None else found | {self._industries[narrowest]}
