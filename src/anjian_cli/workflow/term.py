"""Keep a word of a list: what it may mean, and that no record loses its own by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused, refused
from anjian_cli.ledger import roots, words
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition, values
from anjian_cli.records.values import CLEAR
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.rules.word_lists import LISTS, Words
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a word. Without days a new one holds on every day.

    Raises `Refused` E203, E743 (the word, or what it means), E214, E417 (twice on a day), E744 (records use it).
    """
    stored = register.resolve(record, given, finder)
    if not stored.get("number") and stored.get("from_on") is None:
        stored["from_on"] = BEGINNING
    for name, blank in (("from_on", BEGINNING), ("until_on", OPEN)):
        if stored.get(name) == CLEAR:
            stored[name] = blank
    row = register.existing(gate, record, stored)
    said = {name: None if value == CLEAR else value for name, value in stored.items() if value is not None}
    fresh = {"means": None, "from_on": BEGINNING, "until_on": OPEN, **(row or {}), **said}
    stored["word"] = fresh["word"] = _own_spelling(fresh)
    _refuse_without_rules(fresh)
    register.refuse_backwards(fresh, ("from_on", "启用日期"), ("until_on", "停用日期"))
    _refuse_twice(gate, fresh, row)
    before = words.of(gate.connection)
    if row is None:
        columns = {name: value for name, value in said.items() if name in record.columns}
        kept = register.insert(gate, record, register.region_of(gate, {}), {**columns, "word": stored["word"]})
    else:
        kept = register.update(gate, record, row, stored)
    refuse_taking(gate, before)
    finder.forget()
    return kept


def voided(gate: Gate, row: Row) -> None:
    """A word that was voided is one that never was: no record may have used it. Raises `Refused` E744."""
    refuse_taking(gate, Words([*roots.terms(gate.connection), row]))


def refuse_taking(gate: Gate, before: Words) -> None:
    """Raises `Refused` E744 where the lists, as they stand now, leave a record with a word that does not hold on its
    day, or with other rules than it had `before`."""
    used = words.taken_from(gate.connection, before, words.of(gate.connection))
    faults = [
        Fault(
            "E744",
            {
                "count": one.many,
                "kind": definition.record(one.record).title,
                "word": one.word,
                "number": one.number,
                "on": one.on or "没有日期",
            },
            one.word,
            "word",
        )
        for one in used
    ]
    if faults:
        raise Refused(faults)


def _own_spelling(fresh: Values) -> str:
    """The word; one of the program's own as the program writes it. Raises `Refused` E743 for another way of writing
    one."""
    of, typed = LISTS[str(fresh["list"])], str(fresh["word"])
    meant = values.Word(of.words, of.meant)(typed)
    if meant != typed and values.Word(of.words, {})(typed) != meant:
        why = f"“{typed}”是“{meant}”的另一种写法，台账照“{meant}”记"
        raise refused("E743", typed, "word", why=why, remedy=f"请直接用“{meant}”，或换个词")
    return meant


def _refuse_without_rules(fresh: Values) -> None:
    """Raises `Refused`: E743 where a word of the program is to mean another, or the list has no rules to take; E203."""
    of, means = LISTS[str(fresh["list"])], fresh["means"]
    if means is None:
        return
    if fresh["word"] in of.words:
        why = f"“{fresh['word']}”有自己的规则，不能视同别的词"
        raise refused("E743", str(means), "means", why=why, remedy="请不要填“视同”")
    if not of.asked:
        why = f"“{of.name}”的词没有专门的规则，不用写视同"
        raise refused("E743", str(means), "means", why=why, remedy="请不要填“视同”")
    if means not in of.asked:
        raise Refused([Misread("E203", choices="、".join(of.asked)).fault(str(means), "means")])


def _refuse_twice(gate: Gate, fresh: Values, row: Row | None) -> None:
    """Raises `Refused` E417 where the word has another row for one of its days."""
    other = gate.connection.execute(
        "SELECT from_on FROM term WHERE list = ? AND upper(word) = upper(?) AND voided_on IS NULL AND id IS NOT ?"
        " AND from_on < ? AND ? < until_on ORDER BY from_on",
        (fresh["list"], fresh["word"], row and row["id"], fresh["until_on"], fresh["from_on"]),
    ).fetchone()
    if other is not None:
        day = max(str(other["from_on"]), str(fresh["from_on"]))
        raise refused("E417", None, "from_on", what=f"用语“{fresh['word']}”", day=day)
