"""Whose own it is, of what is due in the county: of a department (部门) or of an agency (中介机构).

The unit of a thing stays the town in which it is done; here only the list is another. A department has its reports,
the hazards for which it answers (监管部门: the one in charge on the day, as the bulletin and `hazard_summary` have it),
the answers that it owes, and the regular inspections of the firms of its sectors. An agency has what the records say is
its: the visits and contracts of its trusteeships, the diagnoses and plans of enrolments that name it, the tests of
firms that it tested last, the certificates of firms that it advised last. Agencies are names, and are not put together
by guessing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from anjian_cli.bulletin.definition import departments_on
from anjian_cli.bulletin.sectors import Sectors
from anjian_cli.errors import Misread
from anjian_cli.ledger import lookup
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.records import likeness
from anjian_cli.rules.unit_kinds import DEPARTMENTS

if TYPE_CHECKING:
    from anjian_cli.bulletin.due import Due
    from anjian_cli.bulletin.value import Town

CHUNK = 500
_CHARGE = (
    "SELECT h.id, COALESCE((SELECT c.charged_to FROM hazard_charge c WHERE c.hazard_id = h.id"
    "  AND c.from_on <= :day AND :day < c.until_on), h.charged_to) FROM hazard h WHERE h.id IN ({ids})"
)
_DEPARTMENT_OF: Mapping[str, str] = {
    "hazard": _CHARGE,
    "hazard_charge": "SELECT id, charged_to FROM hazard_charge WHERE id IN ({ids})",
}
"""By the table of what is due: the department whose it is, by id."""

_GRADED = (
    "SELECT g.id, e.industry_code, (SELECT group_concat(k.kind, '、') FROM enterprise_risk k"
    "  WHERE k.enterprise_id = e.id) FROM risk_grade g JOIN enterprise e ON e.id = g.enterprise_id"
    " WHERE g.id IN ({ids})"
)

_DIAGNOSIS = ("专项整治诊断", "专项整治方案")
"""What an agency does of a programme."""
_AGENCY_OF: Mapping[str, str] = {
    "trusteeship": "SELECT id, agency FROM trusteeship WHERE id IN ({ids})",
    "programme": "SELECT id, agency FROM programme WHERE id IN ({ids})",
    "exposure": "SELECT x.id, (SELECT t.agency FROM health_test t WHERE t.enterprise_id = x.enterprise_id"
    "  AND t.voided_on IS NULL AND t.reported_on <= :day ORDER BY t.reported_on DESC, t.id DESC LIMIT 1)"
    " FROM exposure x WHERE x.id IN ({ids})",
    "standardization": "SELECT s.id, (SELECT n.agency FROM standardization n WHERE n.enterprise_id = s.enterprise_id"
    "  AND n.voided_on IS NULL AND n.agency IS NOT NULL AND n.begun_on <= :day ORDER BY n.begun_on DESC, n.id DESC"
    "  LIMIT 1) FROM standardization s WHERE s.id IN ({ids})",
}
"""The same of agencies."""
_NAMES = " UNION ".join(
    f"SELECT {column} FROM {table} WHERE voided_on IS NULL AND {column} IS NOT NULL"
    for table, column in (
        ("agency", "name"),
        ("trusteeship", "agency"),
        ("visit", "agency"),
        ("programme", "agency"),
        ("health_test", "agency"),
        ("standardization", "agency"),
        ("diagnosis", "agency"),
    )
)


def by_department(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> list[tuple[Town, list[Due]]]:
    """What of the things that are due is a department's own, in the office's order of departments; who has nothing is
    left out. A department that went into another one is that one."""
    departments, rolled = departments_on(connection, today)
    whose = _told(connection, _DEPARTMENT_OF, found, today)
    sectors = _sectors(connection, found, today)
    own: defaultdict[str, list[Due]] = defaultdict(list)
    for one in found:
        number = one.unit.code if one.of == DEPARTMENTS else whose.get((one.record, one.record_id), "")
        for each in {rolled[number]} if number in rolled else sectors.get((one.record, one.record_id), ()):
            own[each].append(one)
    return [(each, own[each.code]) for each in departments if each.code in own]


def by_agency(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> list[tuple[str, list[Due]]]:
    """What of the things that are due is an agency's, by its name; who has nothing is left out."""
    asked = [one for one in found if one.record != "programme" or one.kind in _DIAGNOSIS]
    whose = _told(connection, _AGENCY_OF, asked, today)
    own: defaultdict[str, list[Due]] = defaultdict(list)
    for one in asked:
        if name := whose.get((one.record, one.record_id)):
            own[name].append(one)
    return sorted(own.items())


def agency(connection: sqlite3.Connection, text: str) -> str:
    """The name of an agency as the records have it: this very name, or the only one of which it is a part. Raises
    `Misread` E231."""
    names = [str(name) for (name,) in connection.execute(_NAMES)]
    key = likeness.key(text)
    same = [name for name in names if name == text] or [name for name in names if key and likeness.key(name) == key]
    found = same or [name for name in names if key and key in likeness.key(name)]
    if len(found) == 1:
        return found[0]
    near = lookup.near(connection, "agency", text)
    remedy = f"您要的是“{near}”吗" if near else "看有哪些：anjian 机构 比较"
    raise Misread("E231", kind="机构", remedy=f"您要的是哪一家：{'、'.join(sorted(found))}" if found else remedy)


def found_by_name(finder: lookup.Finder, name: str, town: str | None) -> int | None:
    """The enterprise that a file finds by the name and the town; None where it cannot tell."""
    try:
        return finder.enterprise(name, None, finder.town(town).code if town else None)
    except Misread:
        return None


def _sectors(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> dict[tuple[str, int], set[str]]:
    """By table and id of the gradings by which inspections are due the departments of the firm's sectors, which may be
    several."""
    graded = {one.record_id for one in found if one.record == "risk_grade"}
    if not graded:
        return {}
    sectors = Sectors(connection, today)
    return {
        ("risk_grade", grading): sectors.departments(code, (risks or "").split("、"))
        for some in _chunks(graded)
        for grading, code, risks in connection.execute(_GRADED.format(ids=", ".join(map(str, some))))
    }


def _told(
    connection: sqlite3.Connection, queries: Mapping[str, str], found: Sequence[Due], today: str
) -> dict[tuple[str, int], str]:
    """By table and id, what the query of the table says; nothing of what it says nothing of."""
    of_tables: defaultdict[str, set[int]] = defaultdict(set)
    for one in found:
        of_tables[one.record].add(one.record_id)
    told: dict[tuple[str, int], str] = {}
    for table, query in queries.items():
        for some in _chunks(of_tables[table]):
            ids = ", ".join(map(str, some))
            told |= {
                (table, row): name for row, name in connection.execute(query.format(ids=ids), {"day": today}) if name
            }
    return told


def _chunks(ids: Collection[int]) -> list[list[int]]:
    every = sorted(ids)
    return [every[start : start + CHUNK] for start in range(0, len(every), CHUNK)]
