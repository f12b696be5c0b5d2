"""Which department answers for a hazard (监管部门): from the first day on the one that the hazard says, from the day of
each handing over (移交) another one.

Only a hazard that was handed over has rows in `hazard_charge`, and then one for every day. What is mended without a day
was never otherwise: an issued month that it was in shows it as a correction.
"""

from __future__ import annotations

from collections.abc import Iterator

from anjian_cli.errors import refused
from anjian_cli.ledger import settings
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.records.values import CLEAR
from anjian_cli.rules.intervals import BEGINNING, OPEN, next_day
from anjian_cli.workflow.kept_record import Values

ANSWER_DAYS = "10"
"""Days that a department has for its answer where no setting says otherwise."""
Change = tuple[str, Value, Value]
"""A field, what it was, what it is."""


FIELDS = {"handed_over_by": "document", "answer_due_on": "due_on", "answered_on": "answered_on", "answer": "answer"}
"""What a hazard's form tells of its last handing over beside the day, by the columns of `hazard_charge`."""


def tell(gate: Gate, hazard: int, to: str | None, on: str | None, letter: Values) -> Iterator[Change]:
    """A known hazard as a row of a file tells it: handed over on a day, or else the last department put right; and what
    is told of the `letter` and its answer. Raises `Refused` as `hand_over`, and E482 (it was not handed over)."""
    last = _last(gate, hazard)
    if on is None or (last is not None and (last["from_on"], last["charged_to"]) == (on, to)):
        yield from mend(gate, hazard, to, None)
    else:
        before = _in_charge(gate, hazard)
        hand_over(gate, hazard, to, on)
        yield "charged_to", before, to
        yield "handed_over_on", None if last is None else last["from_on"], on
    yield from mend_letter(gate, hazard, letter)


def hand_over(
    gate: Gate, hazard: int, to: str | None, on: str, document: str | None = None, due_on: str | None = None
) -> None:
    """Let another department answer for a hazard from a day on, by a `document` (抄告函), with an answer by `due_on`.
    Raises `Refused` E794 (to whom is not told), E795 (it was handed over on that day or later), E416 (it is voided),
    E410 (it was not found yet)."""
    row, last = gate.row("hazard", hazard), _last(gate, hazard)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if to in (None, CLEAR):
        raise refused("E794", None, "charged_to")
    if on < str(row["found_on"]):
        raise refused("E410", day=on, title="移交日期", other=row["found_on"], other_title="发现日期")
    if last is None:
        gate.insert("hazard_charge", hazard_id=hazard, charged_to=row["charged_to"], from_on=BEGINNING, until_on=on)
    else:
        if on <= str(last["from_on"]):
            (name,) = gate.connection.execute(
                "SELECT name FROM department WHERE number = ?", (last["charged_to"],)
            ).fetchone()
            raise refused("E795", None, "handed_over_on", day=last["from_on"], department=name)
        gate.update("hazard_charge", int(str(last["id"])), until_on=on)
    gate.insert(
        "hazard_charge", hazard_id=hazard, charged_to=to, from_on=on, until_on=OPEN, document=document, due_on=due_on
    )


def answer(gate: Gate, hazard: int, on: str, text: str | None) -> None:
    """The department to which a hazard was handed over last answers on a day. Raises `Refused` E482 (it was not handed
    over), E416, E862 (it has answered)."""
    row, last = gate.row("hazard", hazard), _last(gate, hazard)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if last is None:
        raise refused("E482", str(row["number"]), "handed_over_on", step="移交")
    if last["answered_on"] is not None:
        raise refused("E862", str(row["number"]), day=last["answered_on"], number=row["number"])
    gate.update("hazard_charge", int(str(last["id"])), answered_on=on, answer=text)


def answer_due_on(gate: Gate, on: str) -> str:
    """The last day of the answer to what is handed over on a day, by the setting of that day."""
    days = settings.value(gate.reading("setting", name="answer.days"), "answer.days", on)
    return next_day(on, int(days or ANSWER_DAYS))


def mend_letter(gate: Gate, hazard: int, letter: Values) -> Iterator[Change]:
    """What is told of the last handing over beside its day and department; a blank leaves it. Raises `Refused` E482
    (it was not handed over)."""
    told = {name: value for name, value in letter.items() if value is not None}
    if not told:
        return
    last = _last(gate, hazard)
    if last is None:
        name, value = next(iter(told.items()))
        raise refused("E482", None if value == CLEAR else str(value), name, step="移交")
    fresh: dict[str, Value] = {}
    for name, value in told.items():
        known, now = last[FIELDS[name]], None if value == CLEAR else str(value)
        if known != now:
            fresh[FIELDS[name]] = now
            yield name, known, now
    if fresh:
        gate.update("hazard_charge", int(str(last["id"])), **fresh)


def mend(gate: Gate, hazard: int, to: str | None, on: str | None) -> Iterator[Change]:
    """Put right which department answers for a hazard now, and from which day on; `CLEAR` for the day: it was not
    handed over. Raises `Refused` E482 (there is no handing over), E794, E795, E410."""
    last = _last(gate, hazard)
    if on is not None:
        if last is None:
            raise refused("E482", None if on == CLEAR else on, "handed_over_on", step="移交")
        yield from _take_back(gate, hazard, last) if on == CLEAR else _on_another_day(gate, hazard, last, on)
        last = _last(gate, hazard)
    if to is None:
        return
    before = _in_charge(gate, hazard)
    fresh = None if to == CLEAR else to
    if fresh == before:
        return
    if last is None:
        gate.update("hazard", hazard, charged_to=fresh)
    elif fresh is None:
        raise refused("E794", None, "charged_to")
    else:
        gate.update("hazard_charge", int(str(last["id"])), charged_to=fresh)
    yield "charged_to", before, fresh


def _take_back(gate: Gate, hazard: int, last: Row) -> Iterator[Change]:
    gate.delete("hazard_charge", int(str(last["id"])))
    before = _last(gate, hazard)
    if before is not None and before["from_on"] == BEGINNING:
        gate.delete("hazard_charge", int(str(before["id"])))
    elif before is not None:
        gate.update("hazard_charge", int(str(before["id"])), until_on=OPEN)
    yield "handed_over_on", last["from_on"], None
    yield "charged_to", last["charged_to"], _in_charge(gate, hazard)


def _on_another_day(gate: Gate, hazard: int, last: Row, on: str) -> Iterator[Change]:
    if on == last["from_on"]:
        return
    gate.delete("hazard_charge", int(str(last["id"])))
    before = _last(gate, hazard)
    if before is not None and before["from_on"] == BEGINNING:
        gate.delete("hazard_charge", int(str(before["id"])))
    hand_over(gate, hazard, str(last["charged_to"]), on)
    standing = _last(gate, hazard)
    assert standing is not None
    gate.update("hazard_charge", int(str(standing["id"])), **{column: last[column] for column in FIELDS.values()})
    yield "handed_over_on", last["from_on"], on


def _in_charge(gate: Gate, hazard: int) -> Value:
    last = _last(gate, hazard)
    return gate.row("hazard", hazard)["charged_to"] if last is None else last["charged_to"]


def _last(gate: Gate, hazard: int) -> Row | None:
    found = gate.reading("hazard_charge", hazard_id=hazard).execute(
        "SELECT * FROM hazard_charge WHERE hazard_id = ? ORDER BY from_on DESC LIMIT 1", (hazard,)
    )
    row = found.fetchone()
    return None if row is None else dict(row)
