"""Keep a department: no two that are there on one day are called alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import word_lists
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

CALLED = ("name", "short_name")
SECTORS = {"行业": "industries", "风险": "risks"}
"""The kinds of `department_sector`, by the fields in which they are told."""


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """A department as it is told. Raises `Refused` E791 where another one has its name or short name on any of its
    days: records name it by them; E841 where the one it is merged into is not there on the day on which it ends:
    nobody would have what is its; E864 where one of its sectors is another's."""
    stored = register.resolve(record, given, finder)
    sectors = {kind: stored.pop(field, None) for kind, field in SECTORS.items()}
    kept = register.keep_plain(gate, record, stored)
    for kind, words in sectors.items():
        if words is not None:
            _set_sectors(gate, kept, kind, () if words == CLEAR else _known(words, kind, finder))
    _refuse_shared_sector(gate, kept.row_id)
    _refuse_namesake(gate, kept.row_id)
    _refuse_gone(gate, kept.row_id)
    finder.forget()
    return kept


def _known(words: tuple[str, ...], kind: str, finder: Finder) -> tuple[str, ...]:
    """Risks as their list has them; industries are codes already."""
    if kind == "行业":
        return words
    of, use = word_lists.uses_of("enterprise")["risks"]
    found, faults = [], []
    for word in words:
        try:
            found.append(finder.term(of, use, word, None))
        except Misread as error:
            faults.append(error.fault(word, SECTORS[kind]))
    if faults:
        raise Refused(faults)
    return tuple(dict.fromkeys(found))


def _set_sectors(gate: Gate, kept: Kept, kind: str, words: tuple[str, ...]) -> None:
    """The sectors told of a kind are all there are."""
    standing = {
        str(row["word"]): int(row["id"])
        for row in gate.connection.execute(
            "SELECT id, word FROM department_sector WHERE department_id = ? AND kind = ? ORDER BY id",
            (kept.row_id, kind),
        ).fetchall()
    }
    if set(words) == standing.keys():
        return
    for word, row_id in standing.items():
        if word not in words:
            gate.delete("department_sector", row_id)
    for word in words:
        if word not in standing:
            gate.insert("department_sector", department_id=kept.row_id, kind=kind, word=word)
    if kept.outcome != "new":
        kept.changed(SECTORS[kind], "、".join(standing) or None, "、".join(words) or None)


def _refuse_shared_sector(gate: Gate, row_id: int) -> None:
    """E864: one sector has one department on a day, or nobody would know whose a firm is."""
    shared = gate.connection.execute(
        "SELECT o.name, o.number, s.word, s.kind FROM department_sector s JOIN department d ON d.id = s.department_id"
        " JOIN department_sector x ON x.kind = s.kind AND x.word = s.word AND x.department_id <> s.department_id"
        " JOIN department o ON o.id = x.department_id AND o.voided_on IS NULL"
        " WHERE d.id = ?1 AND d.voided_on IS NULL AND COALESCE(o.from_on, ?2) < COALESCE(d.until_on, ?3)"
        " AND COALESCE(d.from_on, ?2) < COALESCE(o.until_on, ?3) ORDER BY s.id",
        (row_id, BEGINNING, OPEN),
    ).fetchall()
    if shared:
        raise Refused(
            Fault("E864", {"other": row["name"], "number": row["number"]}, row["word"], SECTORS[row["kind"]])
            for row in shared
        )


def _refuse_namesake(gate: Gate, row_id: int) -> None:
    own = gate.row("department", row_id)
    faults = []
    for other in gate.connection.execute(
        "SELECT number, name, short_name FROM department WHERE id <> ? AND voided_on IS NULL"
        " AND COALESCE(from_on, ?) < ? AND ? < COALESCE(until_on, ?) ORDER BY id",
        (row_id, BEGINNING, own["until_on"] or OPEN, own["from_on"] or BEGINNING, OPEN),
    ).fetchall():
        theirs = {other[name] for name in CALLED} - {None}
        faults += [
            Fault("E791", {"other": other["name"], "number": other["number"]}, str(own[name]), name)
            for name in CALLED
            if own[name] in theirs
        ]
    if faults:
        raise Refused(faults)


def _refuse_gone(gate: Gate, row_id: int) -> None:
    """What is merged, this one into another and others into this one, is merged into what is there on the day."""
    own = gate.row("department", row_id)
    gone = gate.connection.execute(
        "SELECT o.name, d.until_on FROM department d JOIN department o ON o.number = d.merged_into"
        " WHERE (d.id = ?1 OR d.merged_into = ?2) AND d.id <> o.id AND d.voided_on IS NULL"
        " AND NOT (COALESCE(o.from_on, ?3) <= d.until_on AND d.until_on < COALESCE(o.until_on, ?4))",
        (row_id, own["number"], BEGINNING, OPEN),
    ).fetchall()
    if gone:
        raise Refused(Fault("E841", {"other": name, "day": day}, name, "merged_into") for name, day in gone)
