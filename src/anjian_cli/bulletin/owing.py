"""欠账名单: which enterprises of a town stand behind what it owes, by name. Reads records as of the bulletin's day."""

from __future__ import annotations

import sqlite3
from datetime import date

from anjian_cli.bulletin import due_today
from anjian_cli.bulletin.definition import Definition
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.records import masking
from anjian_cli.rules import measure
from anjian_cli.rules.word_lists import UNDERTAKINGS


@dataclass(frozen=True, slots=True)
class Owing:
    """One thing an enterprise has yet to do. `due_on` is its last day, `late` how many days over it (0 = not yet);
    `phone` is masked but for its ends."""

    town: str
    category: str
    enterprise: str
    credit_code: str
    stage: str
    due_on: str
    late: int
    responsible: str
    phone: str


_WHO = (
    "r.town_code, e.name, COALESCE(e.credit_code, ''), COALESCE(e.safety_officer, e.principal, ''),"
    " COALESCE(e.phone, '')"
)
_JOINED = (
    "JOIN enterprise e ON e.id = x.enterprise_id AND e.voided_on IS NULL"
    " JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= :day AND :day < r.until_on"
)
# The same where `r` is a debt, which stays in the name of the town it was owed in (rules/debt.py).
_OWED = (
    "r.from_on <= :day AND :day < r.until_on"
    " AND (r.done_on IS NULL OR r.done_on > :day{undone}) JOIN enterprise e ON e.id = r.enterprise_id"
)
# What a re-review that is under way is to settle stands in the name of that town; also one by a word of the office's
# that means 复评.
_TOWN_OF_REVIEW = (
    "COALESCE((SELECT d.town_code FROM review_due d WHERE '复评' = COALESCE((SELECT w.means FROM term w WHERE"
    f" w.list = '{UNDERTAKINGS.name}' AND w.word = x.kind AND w.voided_on IS NULL"
    " AND w.from_on <= x.begun_on AND x.begun_on < w.until_on), x.kind) AND d.enterprise_id = x.enterprise_id"
    " AND d.from_on <= :day AND :day < d.until_on AND d.done_on IS NULL), r.town_code)"
)
# Who stands behind what a town owes by the figures of the day: what is asked of the year less what is done. The to-do
# (the view due_item) means another thing by three of them, what an enterprise still has to do and since when: an
# acceptance goes on after the year's end and ends with an outcome (处置结果), a test that was not made falls due once
# and not each year anew, a certificate stays until the next one is announced. Of contracts both mean the same.
# Each: stage, the last day, who answers where that is told, then _WHO. :day = the as-of day, :end = the
# year's last, :not_over = the as-of day if it is not over, else ''. x is the record, e its enterprise.
_LISTS = (
    f"""
    SELECT x.kind || CASE r.carried WHEN 1 THEN '（上年结转）' ELSE '' END
           || CASE WHEN x.accepted_on <= :day THEN '，验收不合格'
           WHEN x.rectified_on <= :day THEN '，待验收' WHEN x.planned_on <= :day THEN '，整改中'
           WHEN x.diagnosed_on <= :day THEN '，已诊断' WHEN x.inspected_on <= :day THEN '，已排查' ELSE '，未开始' END,
           :end, '', {_WHO}
      FROM programme x JOIN programme_due r ON r.programme_id = x.id AND {_OWED.format(undone="")}""",
    f"""
    SELECT x.grade || x.kind || CASE WHEN x.reviewed_on <= :day THEN '，评审'
           WHEN x.applied_on <= :day THEN '，申请' WHEN x.self_assessed_on <= :day THEN '，自评'
           WHEN x.consulted_on <= :day THEN '，咨询' ELSE '，启动' END, :end, '',
           {_WHO.replace("r.town_code", _TOWN_OF_REVIEW)}
      FROM standardization x {_JOINED}
     WHERE x.voided_on IS NULL AND x.begun_on <= :day AND COALESCE(x.announced_on, '9999') > :day
       AND COALESCE(x.abandoned_on, '9999') > :day""",
    f"""
    SELECT CASE r.carried WHEN 1 THEN '上年结转复评' ELSE '到期复评' END || '，还没有启动',
           date(x.expires_on, '-1 day'), '', {_WHO}
      FROM standardization x JOIN review_due r ON r.standardization_id = x.id
       AND {_OWED.format(undone=" OR r.undone_on <= :day")}
     WHERE NOT EXISTS (SELECT 1 FROM standardization n WHERE n.enterprise_id = x.enterprise_id
           AND n.voided_on IS NULL AND n.begun_on <= :day AND n.begun_on > x.announced_on
           AND COALESCE(n.abandoned_on, '9999') > :day AND COALESCE(n.revoked_on, '9999') > :day)""",
    f"""
    SELECT x.kind || '托管到期未续签', x.last_on, '', {_WHO}
      FROM trusteeship x {_JOINED}
     WHERE x.voided_on IS NULL AND x.until_on <= :day AND :day < x.renewal_settled_on""",
    f"""
    SELECT '本年还没有检测', :end, '', {_WHO}
      FROM test_due x {_JOINED}
     WHERE x.from_on <= :day AND :day < x.until_on
       AND NOT EXISTS (SELECT 1 FROM health_test n WHERE n.enterprise_id = x.enterprise_id AND n.voided_on IS NULL
           AND n.reported_on <= :day AND :day < n.tested_until)""",
    """
    SELECT h.level || '隐患逾期：' || h.description, x.deadline_on, COALESCE(h.responsible, ''),
           h.town_code, e.name, COALESCE(e.credit_code, ''), COALESCE(e.safety_officer, e.principal, ''),
           COALESCE(e.phone, '')
      FROM hazard_item i JOIN hazard_deadline x ON x.id = i.record_id
      JOIN hazard h ON h.id = i.root_id JOIN enterprise e ON e.id = h.enterprise_id
     WHERE i.fact = 'hazard.overdue' AND i.from_on <= :day AND :day < i.until_on
       AND i.root_id NOT IN (SELECT hazard_id FROM hazard_due WHERE due_on = :not_over)""",
)

# For each list the facts by which a scheme asks for it: it is called by the category of the first that is asked, and
# left out where none is. Hazards are owed whatever is asked.
_ASKED_BY: tuple[tuple[str, ...], ...] = (
    ("special.enrolled", "special.accepted"),
    ("standard.reached", "standard.underway"),
    ("standard.review_due",),
    ("trusteeship.contract",),
    ("health.exposed", "health.tested"),
)
_HAZARDS = "隐患整改"


def owing(connection: sqlite3.Connection, definition: Definition) -> list[Owing]:
    """The list of everything owed, by town in the office's order, category, and what is longest overdue."""
    day = definition.period.as_of
    order = {unit.code: at for at, unit in enumerate(definition.towns)}
    days = {"day": day, "end": f"{day[:4]}-12-31", "not_over": due_today.day_not_over(definition.period)}
    found: list[tuple[int, int, Owing]] = []
    for at, (select, category) in enumerate(zip(_LISTS, _categories(definition), strict=True)):
        for row in connection.execute(select, days) if category else ():
            stage, due_on, told, code, name, credit_code, responsible, phone = row  # as said above _LISTS
            where = definition.roll(code or "")
            one = Owing(
                town=where,
                category=category,
                enterprise=name,
                credit_code=credit_code,
                stage=masking.in_text(stage),
                due_on=due_on,
                late=max(0, (date.fromisoformat(day) - date.fromisoformat(due_on)).days),
                responsible=masking.in_text(told or responsible),
                phone=masking.telephone(phone),
            )
            found.append((order.get(where, len(order)), at, one))
    found.sort(key=lambda each: (each[0], each[1], -each[2].late, each[2].due_on, each[2].enterprise))
    return [one for *_, one in found]


def _categories(definition: Definition) -> list[str]:
    """What each list is called; '' for one that is not asked for."""
    titles = {rule.id: rule.title for rule in definition.categories}
    asked: dict[str, str] = {}
    for indicator in definition.indicators:
        for text in indicator.measures:
            asked.setdefault(measure.read(text).fact, titles[indicator.category])
    return [*(next((asked[fact] for fact in facts if fact in asked), "") for facts in _ASKED_BY), _HAZARDS]
