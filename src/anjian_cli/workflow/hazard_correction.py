"""Mend what was entered wrongly in a hazard's life (更正): a day, a deadline, a document number, a step that never was.

A correction is no event: no deadline is extended and nothing is sent back. The facts are put right, and what follows
from them (when each deadline was in force, due, settled) is laid out anew, as `hazard_cycle` would have written it. Of
steps that were taken several times it is the last one that is mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.hazard import HANDING_OVER, STEPS
from anjian_cli.records.values import CLEAR
from anjian_cli.rules.hazard import late_from
from anjian_cli.rules.intervals import OPEN
from anjian_cli.workflow import hazard_charge, register
from anjian_cli.workflow.hazard_meant import cite
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


class Step(NamedTuple):
    """A step as a record tells it: its Chinese name, the field of its day, and its fields by their columns."""

    title: str
    day: str
    columns: dict[str, str]


EXTENSION = Step(
    "延期",
    "extended_to",
    {
        "extended_to": "deadline_on",
        "extended_on": "from_on",
        "extension_reason": "reason",
        "extension_unit": "approved_by",
        "extension_document": "document",
    },
)
LISTING = Step(
    "挂牌",
    "supervised_on",
    {"supervision_level": "level", "supervision_document": "document", "supervised_on": "from_on"},
)
RECTIFICATION = Step("整改", "rectified_on", {"rectified_on": "rectified_on"})
ACCEPTANCE = Step(
    "验收",
    "accepted_on",
    {name: name for name in ("accepted_on", "accepted_unit", "accepted_by", "conclusion", "failure_reason")},
)
TABLES = ("hazard_deadline", "rectification", "supervision")


class Life:
    """The rows of a hazard's life while they are being mended."""

    def __init__(self, gate: Gate, hazard: int) -> None:
        self.gate = gate
        self._before = {table: _rows(gate, table, hazard) for table in TABLES}
        self.deadlines, self.rounds, self.listings = ([dict(row) for row in self._before[table]] for table in TABLES)
        # What each deadline after the first began with; the first one with the finding.
        self.begun_by = ["发现", *("延期" if row["ended_by"] == "延期" else "退回" for row in self.deadlines[:-1])]
        # The round by whose acceptance each listing ended.
        accepted = [row["accepted_on"] for row in self.rounds]
        self._ended = [
            self.rounds[accepted.index(row["until_on"])] if row["until_on"] in accepted else None
            for row in self.listings
        ]

    def extension(self) -> Row | None:
        """The last extension."""
        found = [row for row, begun_by in zip(self.deadlines, self.begun_by, strict=True) if begun_by == "延期"]
        return found[-1] if found else None

    def sent_back(self) -> bool:
        """Whether the hazard was sent back after its last round."""
        return bool(self.rounds) and self.rounds[-1]["until_on"] != OPEN

    def lay_out(self) -> None:
        """What follows from the facts. Raises `Refused` E406, E410 where they cannot follow one another."""
        qualified = [row for row in self.rounds if row["conclusion"] == "合格"]
        standing = iter(qualified)
        settling: list[Row] = []
        for at, row in enumerate(self.deadlines):
            following = self.deadlines[at + 1] if at + 1 < len(self.deadlines) else None
            due, from_on = str(row["deadline_on"]), str(row["from_on"])
            settling.append(row)
            row |= {"late_from": late_from(due, from_on), "due_on": due, "settled_on": None}
            if following is not None and str(following["from_on"]) <= due:
                row["due_on"] = None  # it was replaced before it fell due
            if following is not None and self.begun_by[at + 1] == "延期":
                _follows(following, row)
                row |= {"until_on": following["from_on"], "ended_by": "延期"}
                continue
            accepted = next(standing, None)
            if accepted is None:
                row |= {"until_on": OPEN, "ended_by": None}
                continue
            day = str(accepted["accepted_on"])
            _not_before(day, "验收日期", from_on, "现期限起始日期")
            row |= {"until_on": day, "ended_by": "验收"}
            for settled in settling:
                settled["settled_on"] = day
            settling.clear()
        last = qualified[-1] if qualified and self.deadlines[-1]["ended_by"] == "验收" else None
        for listing, ended in zip(self.listings, self._ended, strict=True):
            until = ended if ended is not None else last
            day = str(until["accepted_on"]) if until is not None and until["conclusion"] == "合格" else OPEN
            _not_before(day, "验收日期", str(listing["from_on"]), "挂牌日期")
            listing["until_on"] = day

    def remove(self, row: Row) -> None:
        """Take out a step that never was."""
        if row in self.listings:
            del self._ended[self.listings.index(row)]
            self.listings.remove(row)
        elif row in self.rounds:
            self.rounds.remove(row)
        else:
            del self.begun_by[self.deadlines.index(row)]
            self.deadlines.remove(row)

    def keep(self) -> None:
        """Write what is others now."""
        for table, rows in zip(TABLES, (self.deadlines, self.rounds, self.listings), strict=True):
            standing = {row["id"] for row in rows}
            for row in self._before[table]:
                if row["id"] not in standing:
                    self.gate.delete(table, int(str(row["id"])))
            for row in rows:
                self.gate.update(table, int(str(row["id"])), **{name: row[name] for name in row if name != "id"})


def correct(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Mend a hazard by its number. `CLEAR` for the day of a step takes the step away.

    Raises `Refused` E235, E416, E406, E410, E421, E482 (there is no such step), E483 (others came after it).
    """
    stored = register.resolve(record, given, finder)
    told = {name: stored.pop(name) for name in STEPS if stored.get(name) is not None}
    row = register.existing(gate, record, stored)
    if row is None:
        raise refused("E202", None, "number")
    cite(stored, row)
    kept = register.update(gate, record, row, {name: stored[name] for name in stored if name != "charged_to"})
    for change in hazard_charge.mend(gate, kept.row_id, stored.get("charged_to"), told.pop("handed_over_on", None)):
        kept.changed(*change)
    letter = {name: told.pop(name, None) for name in HANDING_OVER}
    for change in hazard_charge.mend_letter(gate, kept.row_id, letter):
        kept.changed(*change)
    life = Life(gate, kept.row_id)
    now = gate.row("hazard", kept.row_id)
    life.deadlines[0] |= {"from_on": now["found_on"], "deadline_on": now["deadline_on"]}
    _mend(kept, life, EXTENSION, life.extension(), told)
    _mend(kept, life, LISTING, life.listings[-1] if life.listings else None, told)
    last = life.rounds[-1] if life.rounds else None
    accepted = last if last is not None and last["accepted_on"] is not None else None
    _mend(kept, life, ACCEPTANCE, accepted, told)
    _mend(kept, life, RECTIFICATION, last, told)
    life.lay_out()
    life.keep()
    return kept


def _mend(kept: Kept, life: Life, step: Step, row: Row | None, told: Values) -> None:
    """Put what is told of a step into its row, or take the step away."""
    mine = {name: told[name] for name in step.columns if name in told}
    if not mine:
        return
    if row is None:
        raise Refused([Fault("E482", {"step": step.title}, str(next(iter(mine.values()))), next(iter(mine)))])
    if mine.get(step.day) == CLEAR:
        _take_away(life, step, row)
        for name, column in step.columns.items():
            if row[column] is not None and (step.title != "延期" or name == step.day):
                kept.changed(name, row[column], None)
        if step is ACCEPTANCE:
            row.update(dict.fromkeys((*step.columns.values(), "accepted_level")))
        return
    if step is ACCEPTANCE and mine.get("conclusion", row["conclusion"]) != row["conclusion"]:
        _refuse_sent_back(life, step)
        if mine["conclusion"] == "合格":
            mine.setdefault("failure_reason", CLEAR)
    for name, value in mine.items():
        fresh: Value = None if value == CLEAR else value
        if row[step.columns[name]] != fresh:
            kept.changed(name, row[step.columns[name]], fresh)
            row[step.columns[name]] = fresh
    if step is ACCEPTANCE and "accepted_unit" in mine:
        from anjian_cli.workflow.hazard import level_of

        row["accepted_level"] = level_of(row["accepted_unit"])


def _take_away(life: Life, step: Step, row: Row) -> None:
    if step is EXTENSION and row is not life.deadlines[-1]:
        raise refused("E483", None, step.day, step=step.title, later="退回")
    if step in (ACCEPTANCE, RECTIFICATION):
        _refuse_sent_back(life, step)
    if step is RECTIFICATION and row["accepted_on"] is not None:
        raise refused("E421", None, step.day)
    if step is not ACCEPTANCE:
        life.remove(row)


def _refuse_sent_back(life: Life, step: Step) -> None:
    if life.sent_back():
        raise refused("E483", None, step.day, step=step.title, later="退回")


def _follows(extended: Row, before: Row) -> None:
    """An extension leads beyond the deadline before it, from a day on which that one was in force."""
    to, on = str(extended["deadline_on"]), str(extended["from_on"])
    if to <= str(before["deadline_on"]):
        raise refused("E406", None, "extended_to", day=to, deadline=before["deadline_on"])
    _not_before(on, "延期日期", str(before["from_on"]), "现期限起始日期")
    _not_before(to, "延至的日期", on, "延期日期")


def _not_before(day: str, title: str, other: str, other_title: str) -> None:
    if day < other:
        raise refused("E410", day=day, title=title, other=other, other_title=other_title)


def _rows(gate: Gate, table: str, hazard: int) -> Sequence[Row]:
    found = gate.connection.execute(f'SELECT id FROM "{table}" WHERE hazard_id = ? ORDER BY id', (hazard,)).fetchall()
    return [gate.row(table, int(row["id"])) for row in found]
