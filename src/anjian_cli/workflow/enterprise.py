"""Keep an enterprise: its identity, and by date its name, its town, its operating state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import likeness
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import word_lists
from anjian_cli.rules.intervals import OPEN
from anjian_cli.workflow import register
from anjian_cli.workflow.enterprise_correction import correct as correct
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

LEFT = (
    (
        "在托合同",
        "份",
        "SELECT number FROM trusteeship WHERE enterprise_id = ?1 AND voided_on IS NULL AND ?2 < until_on ORDER BY id",
    ),
    (
        "未销号隐患",
        "条",
        "SELECT number FROM hazard h WHERE enterprise_id = ?1 AND voided_on IS NULL AND EXISTS"
        " (SELECT 1 FROM hazard_deadline d WHERE d.hazard_id = h.id AND d.until_on > ?2) ORDER BY id",
    ),
)
"""What may be left of a firm that closed: title, unit, and the numbers of those of a firm (?1) on a day (?2)."""
SHOWN = 3
STEPS = ("changed_on",)
"""What a correction can take away."""
CHILDREN = ("town_code", "village_code", "risks", "state", "changed_on")


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in an enterprise. What is kept by date changes on `changed_on`, else on the business day.

    Raises `Refused` E232 (namesakes), E235, E236, E238 (the code or number is another's), of a row of a file E283 (it
    has the name of another), E284 (the name is a former one, the address another), E740.
    """
    stored = register.resolve(record, given, finder)
    if stored.get("name"):
        stored["name_key"] = likeness.key(str(stored["name"]))
    row_id = _find(gate, record, stored, finder)
    said = [] if row_id is None else _as_it_is_called_now(gate, row_id, stored)
    _refuse_withdrawn(gate, row_id, stored, finder)
    children = {name: stored.pop(name) for name in CHILDREN if name in stored}
    kept = _new(gate, record, stored, children) if row_id is None else _changed(gate, record, row_id, stored, children)
    kept.said += said
    return kept


def _refuse_withdrawn(gate: Gate, row_id: int | None, stored: Values, finder: Finder) -> None:
    """E740 for a word that is new to the enterprise, which has no day of its own, and that its list does not have on
    the business day. What a new ledger takes over from another was entered on days of its own."""
    if gate.numbers_are_free:
        return
    faults = []
    for name, (of, use) in word_lists.uses_of("enterprise").items():
        value = stored.get(name)
        if value in (None, CLEAR) or finder.words.same_as_ever(of):
            continue
        standing = set[str]()
        if row_id is not None:
            found = gate.connection.execute(f"SELECT {name} FROM enterprise_listing WHERE id = ?", (row_id,)).fetchone()
            standing.update(str(found[0] or "").split("、"))
        for word in value if isinstance(value, tuple) else (str(value),):
            try:
                if word not in standing:
                    finder.term(of, use, word, gate.today)
            except Misread as error:
                faults.append(error.fault(word, name))
    if faults:
        raise Refused(faults)


def _find(gate: Gate, record: Record, stored: Values, finder: Finder) -> int | None:
    """The enterprise meant: by number, credit code, registration number; else by its name, now or before, where the
    ledger's one has no code of its own yet or the row has none. A namesake with another code is another enterprise."""
    stored = {name: None if value == CLEAR else value for name, value in stored.items()}
    row = register.existing(gate, record, {k: stored[k] for k in ("number",) if stored.get(k)})
    named_by = "number"
    for code in ("credit_code", "registration_number"):
        if row is None and stored.get(code):
            # Two halves, each with an index of its own.
            found = (
                gate.reading("enterprise", **{code: stored[code]})
                .execute(
                    f"SELECT * FROM enterprise WHERE {code} = ?1 AND voided_on IS NULL"
                    f" UNION ALL SELECT * FROM enterprise WHERE {code} = ?1 AND voided_on IS NOT NULL",
                    (stored[code],),
                )
                .fetchall()
            )
            row = register.alive(record, found, code)
            named_by = code
    if row is not None:
        _refuse_taken_code(gate, int(str(row["id"])), stored)
        if gate.source is not None:
            _refuse_name_of_another(gate, row, named_by, stored, finder)
        return int(str(row["id"]))
    if not stored.get("name"):
        return None
    keys = [stored["name_key"], *finder.spellings.get(str(stored["name_key"]), ())]
    return _namesake(gate, stored, keys, formerly=False) or _namesake(gate, stored, keys, formerly=True)


def _namesake(gate: Gate, stored: Values, keys: Sequence[str], *, formerly: bool) -> int | None:
    """The one enterprise that bears the name or, `formerly`, bore it. Raises `Refused` E232, E284."""
    has_code = bool(stored.get("credit_code") or stored.get("registration_number"))
    town = stored.get("town_code")
    table, whose = ("former_name", "f.enterprise_id") if formerly else ("enterprise", "f.id")
    rows = [
        row
        for key in keys
        for row in gate.reading(table, name_key=key).execute(
            "SELECT DISTINCT e.id, e.number, e.name, e.credit_code, e.registration_number, e.operating_address,"
            f" r.town_code FROM {table} f JOIN enterprise e ON e.id = {whose}"
            " JOIN residence r ON r.enterprise_id = e.id AND r.until_on = ?"
            " WHERE f.name_key = ? AND e.voided_on IS NULL",
            (OPEN, key),
        )
    ]
    if has_code:
        rows = [
            r for r in rows if not r["credit_code"] and (r["registration_number"] is None or stored.get("credit_code"))
        ]
    if town:
        rows = [r for r in rows if r["town_code"] in (town, None)]
    if len(rows) > 1:
        found = "、".join(r["number"] for r in rows[:5])
        raise Refused([Fault("E232", {"count": len(rows), "found": found}, str(stored["name"]), "name")])
    if not rows:
        return None
    (row,) = rows
    told, known = stored.get("operating_address"), row["operating_address"]
    if formerly and told and known and likeness.key(str(told)) != likeness.key(known):
        words = {"owner": row["name"], "number": row["number"], "known": known}
        raise Refused([Fault("E284", words, str(stored["name"]), "name")])
    return int(row["id"])


def _refuse_name_of_another(gate: Gate, row: Row, named_by: str, stored: Values, finder: Finder) -> None:
    """E283 where a row of a file would give an enterprise, found by its number or code, a name that another bears
    there: two columns of the row speak of two firms."""
    key, town = stored.get("name_key"), stored.get("town_code")
    if key is None or key == likeness.key(str(row["name"])) or key in finder.names_of(int(str(row["id"]))):
        return
    for spelling in (str(key), *finder.spellings.get(str(key), ())):
        other = (
            gate.reading("enterprise", name_key=spelling)
            .execute(
                "SELECT e.name, e.number FROM enterprise e"
                " JOIN residence r ON r.enterprise_id = e.id AND r.until_on = ?"
                " WHERE e.name_key = ? AND e.id <> ? AND e.voided_on IS NULL AND (?4 IS NULL OR r.town_code = ?4)",
                (OPEN, spelling, row["id"], town),
            )
            .fetchone()
        )
        if other is not None:
            words = {"owner": row["name"], "number": row["number"], "other": other[0], "other_number": other[1]}
            raise Refused([Fault("E283", words, str(stored[named_by]), named_by)])


def _as_it_is_called_now(gate: Gate, row_id: int, stored: Values) -> list[Fault]:
    """A list with a name that the enterprise bore before does not take it back: the name is left out, and a note says
    so. Who corrects a record by its number on the command line means it."""
    key = stored.get("name_key")
    if key is None or (gate.source is None and stored.get("number")):
        return []
    now = gate.row("enterprise", row_id)
    if likeness.key(str(now["name"])) == key:
        return []
    former = gate.reading("former_name", enterprise_id=row_id).execute(
        "SELECT name_key FROM former_name WHERE enterprise_id = ?", (row_id,)
    )
    if key not in {likeness.key(one) for (one,) in former}:
        return []
    told = stored.pop("name")
    del stored["name_key"]
    return [Fault("N320", {"told": told, "owner": now["name"], "number": now["number"]}, field="name")]


def _refuse_taken_code(gate: Gate, row_id: int, stored: Values) -> None:
    faults = []
    for code, title in (("credit_code", "统一社会信用代码"), ("registration_number", "注册号")):
        value = stored.get(code)
        if not value:
            continue
        other = gate.connection.execute(
            f"SELECT name FROM enterprise WHERE {code} = ? AND id <> ? AND voided_on IS NULL", (value, row_id)
        ).fetchone()
        if other:
            faults.append(Fault("E238", {"other": other["name"], "title": title}, str(value), code))
    if faults:
        raise Refused(faults)


def _new(gate: Gate, record: Record, stored: Values, children: Values) -> Kept:
    children = {name: None if value == CLEAR else value for name, value in children.items()}
    region = register.region_of(gate, children)
    kept = register.insert(gate, record, region, stored)
    gate.insert(
        "residence",
        enterprise_id=kept.row_id,
        town_code=children.get("town_code"),
        village_code=children.get("village_code"),
    )
    for kind in children.get("risks") or ():
        gate.insert("enterprise_risk", enterprise_id=kept.row_id, kind=kind)
    state = children.get("state")
    if state not in (None, "在营"):
        from_on = children.get("changed_on") or gate.today
        gate.insert("operating_state", enterprise_id=kept.row_id, state=state, from_on=from_on)
    return kept


def _changed(gate: Gate, record: Record, row_id: int, stored: Values, children: Values) -> Kept:
    before = gate.row("enterprise", row_id)
    if stored.get("name") == before["name"]:
        stored.pop("name_key", None)  # an earlier version's key stays as it is
    kept = register.update(gate, record, before, stored)
    day = str(children.get("changed_on") or gate.today)
    new_name = stored.get("name_key")
    if new_name and new_name != likeness.key(str(before["name"])):
        gate.insert(
            "former_name",
            enterprise_id=row_id,
            name=before["name"],
            name_key=before["name_key"],
            until_on=day,
        )
    _move(gate, kept, children, day)
    _set_state(gate, kept, children.get("state"), day)
    set_risks(gate, kept, children.get("risks"))
    return kept


def _move(gate: Gate, kept: Kept, children: Values, day: str) -> None:
    """Another town from `day` on. Where the town was not known, or the day is the row's own first, it is a
    correction of that row and no move."""
    row = _row_of(gate, "residence", kept.row_id, day)
    place: dict[str, Value] = {}
    for column in ("town_code", "village_code"):
        value = children.get(column)
        if value is None:
            kept.blanks += column in children and row[column] is not None
        elif value == CLEAR or value != row[column]:
            place[column] = None if value == CLEAR else value
    if "town_code" in place and "village_code" not in place:
        place["village_code"] = None
    place = {column: value for column, value in place.items() if value != row[column]}
    if not place:
        return
    for column, value in place.items():
        kept.changed(column, row[column], value)
    if row["town_code"] is None or row["from_on"] == day or "town_code" not in place:
        gate.update("residence", int(row["id"]), **place)
        return
    gate.update("residence", int(row["id"]), until_on=day)
    gate.insert(
        "residence",
        enterprise_id=kept.row_id,
        town_code=place["town_code"],
        village_code=place.get("village_code"),
        from_on=day,
        until_on=row["until_on"],
    )


def _row_of(gate: Gate, table: str, enterprise: int, day: str) -> sqlite3.Row:
    found: sqlite3.Row = gate.connection.execute(
        f"SELECT * FROM {table} WHERE enterprise_id = ? AND from_on <= ? AND ? < until_on",
        (enterprise, day, day),
    ).fetchone()
    return found


def _set_state(gate: Gate, kept: Kept, state: object, day: str) -> None:
    """停产, 关闭, 搬迁 begin on `day`; 在营 ends what was in force on it."""
    if state is None:
        return
    row = _row_of(gate, "operating_state", kept.row_id, day)
    standing = row["state"] if row else "在营"
    if standing == state:
        return
    kept.changed("state", standing, state)
    end = row["until_on"] if row else _next_state(gate, kept.row_id, day)
    if row and row["from_on"] == day:
        if state == "在营":
            gate.delete("operating_state", int(row["id"]))
        else:
            gate.update("operating_state", int(row["id"]), state=str(state))
        return
    if row:
        gate.update("operating_state", int(row["id"]), until_on=day)
    if state != "在营":
        gate.insert("operating_state", enterprise_id=kept.row_id, state=str(state), from_on=day, until_on=end)


def _next_state(gate: Gate, enterprise: int, day: str) -> str:
    found = gate.connection.execute(
        "SELECT min(from_on) FROM operating_state WHERE enterprise_id = ? AND from_on > ?", (enterprise, day)
    ).fetchone()[0]
    return str(found) if found else OPEN


def set_risks(gate: Gate, kept: Kept, risks: object) -> None:
    """The risk kinds given are all there are; a blank leaves them."""
    standing = {
        row["kind"]: int(row["id"])
        for row in gate.connection.execute(
            "SELECT id, kind FROM enterprise_risk WHERE enterprise_id = ?", (kept.row_id,)
        ).fetchall()
    }
    if risks is None:
        kept.blanks += bool(standing)
        return
    wanted: tuple[str, ...] = () if risks == CLEAR else tuple(risks) if isinstance(risks, tuple) else (str(risks),)
    if set(wanted) == set(standing):
        return
    kept.changed("risks", "、".join(standing), "、".join(wanted))
    for kind, row_id in standing.items():
        if kind not in wanted:
            gate.delete("enterprise_risk", row_id)
    for kind in wanted:
        if kind not in standing:
            gate.insert("enterprise_risk", enterprise_id=kept.row_id, kind=kind)


def remarks(gate: Gate, kept: Iterable[Kept]) -> list[Fault]:
    """Asked once, when a firm has closed: what of it is left that nobody will be asked to do any more (N310)."""
    found = []
    for one in kept:
        if not any(column == "state" and after == "关闭" for column, _, after in one.changes):
            continue
        left = [
            f"{title}{len(numbers)}{unit}（{'、'.join(numbers[:SHOWN])}{'等' if len(numbers) > SHOWN else ''}）"
            for title, unit, query in LEFT
            if (numbers := [number for (number,) in gate.connection.execute(query, (one.row_id, gate.today))])
        ]
        if left:
            (name,) = gate.connection.execute("SELECT name FROM enterprise WHERE id = ?", (one.row_id,)).fetchone()
            found.append(Fault("N310", {"name": name, "state": "关闭", "left": "、".join(left)}))
    return found
