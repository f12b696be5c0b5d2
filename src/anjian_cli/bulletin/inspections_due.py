"""定期检查: the enterprises that are to be inspected, by the frequency of their grade, and were not.

One item a firm: the part of the year that is running. One that was missed is over (`regular_inspection`) and stands in
`coverage --per 等级`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator

from anjian_cli.bulletin.due_made import Item
from anjian_cli.bulletin.in_operation import IN_OPERATION
from anjian_cli.bulletin.regular_inspection import Frequency, Period
from anjian_cli.light_typing import NamedTuple

KIND = "定期检查"


class Owed(NamedTuple):
    """A firm that has a grade (`grade_id`, of so many `times` a year) and was not inspected in a part of the year."""

    firm: int
    number: str
    name: str
    town: str
    grade_id: int
    grade: str
    times: int
    period: Period

    @property
    def why(self) -> str:
        """红色，一年4次"""
        return f"{self.grade}色，一年{self.times}次"


_GRADED = f"""
SELECT e.id, e.number, e.name, COALESCE(r.town_code, '') AS town, g.id AS grade_id, g.grade, g.from_on,
       COALESCE((SELECT max(i.inspected_on) FROM inspection i WHERE i.enterprise_id = e.id AND i.voided_on IS NULL
         AND i.inspected_on <= :today AND i.method NOT IN (SELECT value FROM json_each(:own))), '') AS inspected_on
  FROM risk_grade g JOIN enterprise e ON e.id = g.enterprise_id AND e.voided_on IS NULL
  JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= :day AND :day < r.until_on
 WHERE g.voided_on IS NULL AND g.from_on <= :day AND :day < g.until_on
   AND g.grade IN (SELECT value FROM json_each(:grades))
   AND (:only IS NULL OR g.id IN (SELECT value FROM json_each(:only)))
   AND {IN_OPERATION} ORDER BY e.id
"""


def owed(
    connection: sqlite3.Connection, today: str, day: str, since: str, until: str, only: Collection[int] | None = None
) -> Iterator[Owed]:
    """Of each firm that is in operation and graded on `day` the first part of that day's year that has begun by then,
    ends from `since` to `until`, and in which nobody has come by `today`; of some gradings alone, by their ids."""
    frequency = Frequency(connection, day)
    ending = {
        grade: [period for period in periods if period[0] <= day and since <= period[1] <= until]
        for grade, periods in frequency.periods.items()
    }
    grades = [grade for grade, periods in ending.items() if periods]
    if not grades:
        return
    told = {
        "today": today,
        "day": day,
        "own": json.dumps([*frequency.own]),
        "grades": json.dumps(grades),
        "only": None if only is None else json.dumps([*only]),
    }
    for row in connection.execute(_GRADED, told):
        grade = row["grade"]
        asking = [period for period in frequency.asking(grade, row["from_on"]) if period in ending[grade]]
        missing = next((period for period in asking if row["inspected_on"] < period[0]), None)
        if missing is not None:
            yield Owed(
                firm=row["id"],
                number=row["number"],
                name=row["name"],
                town=row["town"],
                grade_id=row["grade_id"],
                grade=grade,
                times=frequency.times[grade],
                period=missing,
            )


def uninspected(
    connection: sqlite3.Connection, today: str, until: str, only: Collection[int] | None = None
) -> Iterator[Item]:
    """What is due of them on `today`, in the part of the year that is running; `only` as in `owed`."""
    for one in owed(connection, today, today, today, until, only):
        yield Item(
            kind=KIND,
            detail=one.why,
            code=one.town,
            subject=one.name,
            due_on=one.period[1],
            command="检查 新增",
            handle=one.name,
            record="risk_grade",
            record_id=one.grade_id,
        )
