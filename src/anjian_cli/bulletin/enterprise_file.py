"""一企一档: what the ledger knows of one enterprise: what it is, where it was when, every record of it that stands,
what is still to be done, and a line of time. Reads only; knows no paper and no screen.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from anjian_cli.bulletin import due
from anjian_cli.bulletin.due import Due
from anjian_cli.ledger import held, listing, settings, witness
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.rules.intervals import BEGINNING, OPEN

Row = Mapping[str, Any]

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "hazard": (
        *("number", "found_on", "source", "level", "description", "deadline_in_force", "rectified_on", "accepted_on"),
        *("stage",),
    ),
    "inspection": ("number", "inspected_on", "method", "department", "campaign", "inspector", "hazards_found"),
    "risk_grade": ("number", "grade", "from_on", "basis", "graded_by", "until_on"),
    "programme": ("number", "kind", "enrolled_on", "agency", "rectified_on", "accepted_on", "conclusion", "outcome"),
    "diagnosis": ("number", "agency", "diagnosed_on", "findings", "planned_on", "plan"),
    "standardization": (
        *("number", "grade", "kind", "begun_on", "stage", "announced_on", "certificate_number", "last_valid_on"),
    ),
    "trusteeship": ("number", "agency", "kind", "from_on", "last_on", "visits_per_year", "ended_on"),
    "visit": ("number", "agency", "kind", "visited_on", "visitor", "hazards_found", "hazards_closed"),
    "exposure": ("number", "level", "factors", "from_on", "ended_on"),
    "health_test": ("number", "agency", "sampled_on", "kind", "points", "points_over", "retested_on"),
    "device": ("number", "installed_on", "sets", "provider", "removed_on"),
    "training": ("number", "held_on", "kind", "title", "attended", "passed"),
    "guidance": ("number", "village", "guided_on", "agency", "hazards_found", "advice"),
    "enforcement_case": ("number", "case_number", "department", "cause", "filed_on", "decided_on", "document", "fine"),
    "accident": ("number", "name", "happened_on", "sector", "deaths", "serious", "grade"),
}
"""By record type what is told of each record, of what concerns an enterprise, in the order it is told."""

OF_THEIR_OWN = ("hazard", "inspection", "training", "enforcement_case", "accident")
"""Those of them that are roots; the others stand below the enterprise, or a village (`ledger.roots`)."""

_OWN = "SELECT id FROM {record} WHERE enterprise_id = ? AND voided_on IS NULL ORDER BY id"
# A case of before version 7 names its party, not an enterprise of the ledger: the same code, or, without one, a name it
# has or had.
_CASES = """
SELECT c.id FROM enforcement_case c JOIN enterprise e ON e.id = ?
 WHERE c.voided_on IS NULL AND (c.enterprise_id = e.id OR c.party_kind IS NULL
   AND (c.credit_code = e.credit_code OR (c.credit_code IS NULL OR e.credit_code IS NULL)
     AND (c.party = e.name OR EXISTS (SELECT 1 FROM former_name n WHERE n.enterprise_id = e.id AND n.name = c.party))))
 ORDER BY c.id
"""
EVENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "inspection": (("inspected_on", "{method}{campaign}，发现隐患{hazards_found}条"),),
    "risk_grade": (("from_on", "风险等级评定为{grade}"),),
    "diagnosis": (("diagnosed_on", "{agency}诊断"), ("planned_on", "{agency}出具整改方案")),
    "programme": (
        ("enrolled_on", "列入{kind}整治"),
        ("accepted_on", "{kind}整治验收{conclusion}"),
        ("outcome_on", "{kind}整治处置：{outcome}"),
    ),
    "standardization": (
        ("begun_on", "{grade}{kind}启动"),
        ("announced_on", "{grade}公告，证书{certificate_number}"),
        ("abandoned_on", "{grade}{kind}中止"),
        ("revoked_on", "{grade}证书撤销"),
    ),
    "trusteeship": (("from_on", "{kind}托管合同起，{agency}"), ("ended_on", "{kind}托管合同提前终止")),
    "visit": (("visited_on", "{agency}上门服务（{kind}）"),),
    "exposure": (("from_on", "职业病危害列入应检，{level}"), ("ended_on", "不再应检")),
    "health_test": (("sampled_on", "职业卫生{kind}，超标{points_over}个点"),),
    "device": (("installed_on", "安装智慧用电{sets}套"), ("removed_on", "拆除智慧用电")),
    "training": (("held_on", "培训：{title}"),),
    "guidance": (("guided_on", "责任村一对一指导，发现隐患{hazards_found}条"),),
    "enforcement_case": (("filed_on", "立案：{cause}"), ("decided_on", "处罚决定"), ("revoked_on", "处罚撤销")),
    "accident": (("happened_on", "发生事故：{name}"), ("written_off_on", "事故核销")),
}
"""By record type its days, and what happened on each; a hazard's life is told by the rows of its rounds."""

# What happened to hazards, each with its day and words; ids are told as a list of JSON.
_LIVES = """
SELECT h.found_on, '发现' || h.level || '隐患：' || h.description, h.number FROM hazard h WHERE h.id IN {ids}
UNION ALL SELECT r.rectified_on, '隐患整改完成', h.number FROM rectification r JOIN hazard h ON h.id = r.hazard_id
 WHERE h.id IN {ids}
UNION ALL SELECT r.accepted_on, '隐患验收' || r.conclusion, h.number FROM rectification r
  JOIN hazard h ON h.id = r.hazard_id WHERE h.id IN {ids} AND r.accepted_on IS NOT NULL
UNION ALL SELECT x.from_on, '整改期限改为' || x.deadline_on, h.number FROM hazard_deadline x
  JOIN hazard h ON h.id = x.hazard_id WHERE h.id IN {ids}
   AND x.id > (SELECT min(f.id) FROM hazard_deadline f WHERE f.hazard_id = h.id)
UNION ALL SELECT s.from_on, s.level || '挂牌督办', h.number FROM supervision s JOIN hazard h ON h.id = s.hazard_id
 WHERE h.id IN {ids}
UNION ALL SELECT g.from_on, '移交' || d.name, h.number FROM hazard_charge g JOIN hazard h ON h.id = g.hazard_id
  JOIN department d ON d.number = g.charged_to
 WHERE h.id IN {ids} AND g.id > (SELECT min(f.id) FROM hazard_charge f WHERE f.hazard_id = h.id)
""".replace("{ids}", "(SELECT value FROM json_each(?1))")

_STAYS = """
SELECT COALESCE(t.name, '未定镇街'), COALESCE(v.name, ''), r.from_on, r.until_on FROM residence r
  LEFT JOIN town t ON t.code = r.town_code LEFT JOIN village v ON v.code = r.village_code
 WHERE r.enterprise_id = ? ORDER BY r.from_on
"""
_OWN_LIFE = f"""
SELECT n.until_on, '更名，原名' || n.name FROM former_name n WHERE n.enterprise_id = ?1
UNION ALL SELECT r.from_on, '迁至' || COALESCE(t.name, '未定镇街')
  FROM residence r LEFT JOIN town t ON t.code = r.town_code
 WHERE r.enterprise_id = ?1 AND r.from_on <> '{BEGINNING}'
UNION ALL SELECT s.from_on, s.state FROM operating_state s WHERE s.enterprise_id = ?1
UNION ALL SELECT s.until_on, '恢复经营' FROM operating_state s WHERE s.enterprise_id = ?1 AND s.until_on <> '{OPEN}'
   AND NOT EXISTS (SELECT 1 FROM operating_state n WHERE n.enterprise_id = s.enterprise_id AND n.from_on = s.until_on)
"""


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one type that stand, oldest first, as the type's listing has them; `fields` are those to be
    told."""

    record: str
    fields: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day (YYYY-MM-DD); `number` is that of the record, '' of the enterprise itself."""

    on: str
    what: str
    number: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Where it was: the town and the village ('' = not known) from a day until the day before another; '' = from the
    beginning, and until now."""

    town: str
    village: str
    from_on: str
    until_on: str


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """All of it, as of a day. `own` is the row of its listing, `names` those it had before, with the day until which;
    `owed` what is to be done, the longest overdue first; `events` from the first on, none after the day."""

    on: str
    own: Row
    names: tuple[tuple[str, str], ...]
    stays: tuple[Stay, ...]
    sections: tuple[Section, ...]
    owed: tuple[Due, ...]
    events: tuple[Event, ...]
    demonstration: bool
    witness: str


def enterprise_file(connection: sqlite3.Connection, enterprise: int, today: str) -> EnterpriseFile:
    """What is known of an enterprise (its row id). Nothing is masked. Raises LookupError, and `Refused`, as
    `ledger.held`, where a record is not as it was written."""
    ids = {name: _ids(connection, name, enterprise) for name in SECTIONS}
    guided = connection.execute(
        "SELECT responsible_village_id FROM guidance WHERE enterprise_id = ? AND voided_on IS NULL", (enterprise,)
    )
    of_villages = [village for (village,) in guided]
    own = {name: ids[name] for name in OF_THEIR_OWN}
    held.records(connection, {"enterprise": [enterprise], "responsible_village": of_villages, **own})
    sections = tuple(
        Section(name, fields, tuple(listing.one(connection, name, each) for each in ids[name]))
        for name, fields in SECTIONS.items()
        if ids[name]
    )
    names = connection.execute(
        "SELECT name, until_on FROM former_name WHERE enterprise_id = ? ORDER BY until_on, id", (enterprise,)
    )
    return EnterpriseFile(
        on=today,
        own=listing.one(connection, "enterprise", enterprise),
        names=tuple((name, until_on) for name, until_on in names),
        stays=tuple(_stays(connection, enterprise)),
        sections=sections,
        owed=tuple(due.of_records(connection, today, ids | {"hazard_charge": _handed_over(connection, enterprise)})),
        events=tuple(event for event in _events(connection, enterprise, ids["hazard"], sections) if event.on <= today),
        demonstration=settings.is_demonstration(connection),
        witness=witness.digits(connection),
    )


def _ids(connection: sqlite3.Connection, record: str, enterprise: int) -> list[int]:
    found = connection.execute(_CASES if record == "enforcement_case" else _OWN.format(record=record), (enterprise,))
    return [row_id for (row_id,) in found]


def _handed_over(connection: sqlite3.Connection, enterprise: int) -> list[int]:
    """The handings over of its hazards of which an answer is due."""
    found = connection.execute(
        "SELECT c.id FROM hazard h JOIN hazard_charge c ON c.hazard_id = h.id"
        " WHERE h.enterprise_id = ? AND h.voided_on IS NULL AND c.due_on IS NOT NULL ORDER BY c.id",
        (enterprise,),
    )
    return [row_id for (row_id,) in found]


def _stays(connection: sqlite3.Connection, enterprise: int) -> Iterator[Stay]:
    """Stays in one town and village, one after another, are told as one."""
    last: Stay | None = None
    for town, village, from_on, until_on in connection.execute(_STAYS, (enterprise,)):
        ended = "" if until_on == OPEN else until_on
        if last is not None and (last.town, last.village) == (town, village):
            last = replace(last, until_on=ended)
            continue
        if last is not None:
            yield last
        last = Stay(town, village, "" if from_on == BEGINNING else from_on, ended)
    if last is not None:
        yield last


def _events(
    connection: sqlite3.Connection, enterprise: int, hazards: Sequence[int], sections: Sequence[Section]
) -> list[Event]:
    """By day; on one day the enterprise itself first, then its records, and what they found last."""
    found = [Event(on, what, "") for on, what in connection.execute(_OWN_LIFE, (enterprise,))]
    for section in sections:
        for row in section.rows:
            for day, words in EVENTS.get(section.record, ()):
                if row[day] is not None:
                    told = {name: "" if value is None else value for name, value in row.items()}
                    found.append(Event(row[day], words.format_map(told), row["number"]))
    found += [Event(*row) for row in connection.execute(_LIVES, (json.dumps(list(hazards)),))]
    return sorted(found, key=lambda event: event.on)
