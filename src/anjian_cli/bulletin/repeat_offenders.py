"""屡查屡犯: the enterprises at which something was found again and again within some days.

An occasion (次) is a day on which somebody else than the enterprise itself found a hazard, or a case was filed: ten
hazards of one visit are one occasion. A case is the enterprise's by its code, else by its name or a former one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held, settings
from anjian_cli.rules.word_lists import CHANNELS

RESTS_ON = (
    "hazard",
    "rectification",
    "enforcement_case",
    "enterprise",
    "former_name",
    "residence",
    "town",
    "term",
    "setting",
)
COLUMNS = (
    Column("镇（街、区）", "text"),
    Column("次数"),
    Column("隐患"),
    Column("其中重大"),
    Column("未销号"),
    Column("案件"),
    Column("最近一次", "text"),
)
MEANING = (
    "一天里查出几条隐患算一次，立案一起算一次，同一天的算一次；企业自查出来的不算；隐患、案件是这些天里发现、立案的，"
    "未销号是到截至日还没有验收合格的"
)
OWN = "企业自查"
_FOUND = """
WITH filed AS (
 SELECT id, party, credit_code, filed_on FROM enforcement_case
  WHERE voided_on IS NULL AND (revoked_on IS NULL OR revoked_on > :day) AND filed_on BETWEEN :first AND :day
), whose AS (
 SELECT c.id, e.id AS enterprise_id, c.filed_on FROM filed c JOIN enterprise e ON e.credit_code = c.credit_code
 UNION
 SELECT c.id, e.id, c.filed_on FROM filed c JOIN enterprise e ON e.name = c.party
  WHERE c.credit_code IS NULL OR e.credit_code IS NULL
 UNION
 SELECT c.id, e.id, c.filed_on FROM filed c JOIN former_name n ON n.name = c.party
   JOIN enterprise e ON e.id = n.enterprise_id WHERE c.credit_code IS NULL OR e.credit_code IS NULL
), occasion AS (
 SELECT h.enterprise_id, h.found_on AS day, 1 AS hazards, h.level = '重大' AS major, 0 AS cases,
        NOT EXISTS (SELECT 1 FROM rectification r WHERE r.hazard_id = h.id AND r.conclusion = '合格'
                    AND r.accepted_on <= :day AND :day < r.until_on) AS standing
   FROM hazard h
  WHERE h.voided_on IS NULL AND h.found_on BETWEEN :first AND :day AND h.source <> :own
    AND h.source NOT IN (SELECT word FROM term WHERE list = :list AND means = :own AND voided_on IS NULL)
 UNION ALL
 SELECT enterprise_id, filed_on, 0, 0, 1, 0 FROM whose
)
SELECT e.name, COALESCE(r.town_code, ''), count(DISTINCT o.day), sum(o.hazards), sum(o.major), sum(o.standing),
       sum(o.cases), max(o.day), e.number
  FROM occasion o JOIN enterprise e ON e.id = o.enterprise_id
  JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= :day AND :day < r.until_on
 WHERE e.voided_on IS NULL
 GROUP BY e.id HAVING count(DISTINCT o.day) >= :times
 ORDER BY 3 DESC, 4 DESC, e.name
"""


def repeat_offenders(
    connection: sqlite3.Connection, day: str, first: str, times: int, town: str | None = None
) -> SummaryTable:
    """Those with so many occasions or more in the days from `first` to `day`, most first; `town` is the code of the
    town in which they are on that day, "" for none, None for all. Raises `Refused`, as `ledger.held`, where what it
    rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    rows = tuple(_rows(connection, day, first, times, town))
    return SummaryTable(
        title=f"屡查屡犯的企业（{times}次以上）",
        days=f"{first}至{day}",
        per="企业",
        columns=COLUMNS,
        rows=rows,
        meaning=MEANING,
        notes=() if rows else (f"没有{times}次以上的企业",),
        demonstration=settings.is_demonstration(connection),
    )


def _rows(connection: sqlite3.Connection, day: str, first: str, times: int, town: str | None) -> Iterator[Row]:
    cursor = connection.cursor()
    cursor.row_factory = None
    asked = {"day": day, "first": first, "times": times, "own": OWN, "list": CHANNELS.name}
    towns, rolled = towns_on(connection, day)
    names = {each.code: each.name for each in towns}
    wanted = None if town is None else rolled.get(town, UNSETTLED)
    for name, of_day, *figures, last, number in cursor.execute(_FOUND, asked):
        code = rolled.get(of_day, UNSETTLED)
        if wanted in (None, code):
            place = names.get(code, UNSETTLED_NAME)
            yield Row(name, (place, *figures, last), f"企业 档案 {number}", behind=figures[3] > 0)
