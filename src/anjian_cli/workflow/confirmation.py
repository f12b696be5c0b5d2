"""A town agrees with its figures of a month (确认): who of it, on which day, how, and with which figures. One by one,
or by the sheet of all towns (确认单), on which a town may say as well that it does not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from anjian_cli.bulletin import locked_month
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.doubts import OBJECTION, digest, figures_of, sheet_code
from anjian_cli.bulletin.period import Period, month_title, period
from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.confirmation import AGREED, BY_SHEET, OBJECTED
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.bulletin.value import Bulletin
    from anjian_cli.ledger.content import Row
    from anjian_cli.records.definition import Record

LONGEST_REMARK = 500  # characters, as `fields.Remark` takes them
TOLD = ("confirmed_on", "confirmed_by", "confirmed_how")


def confirm(gate: Gate, of: Period, town: str, by: str, on: str, how: str) -> None:
    """Register a town's agreement with its report of the month; a later one takes the place of the one before. Raises
    `Refused` E463 where the town has not reported."""
    agreed = digest(figures_of(compile_bulletin(gate.connection, of), town))
    row = _report(gate, of.key, town)
    gate.update(
        "filing", int(str(row["id"])), confirmed_on=on, confirmed_by=by, confirmed_how=how, confirmed_figures=agreed
    )


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a town's answer of the sheet. One that objects takes back the agreement before it, and stands in the
    remark of the report. Raises `Refused` E424 and E892 for half an answer, E893 where the figures are no longer those
    of the sheet, E894 where the month was issued, E895 for another month than that of the rows before, E463 where the
    town has not reported, E204 for more than a remark holds."""
    stored = register.resolve(record, given, finder)
    stored = {name: None if value == CLEAR else value for name, value in stored.items()}
    _refuse_half(stored)
    town, month = str(stored["town_code"]), str(stored["month"])
    locked = locked_month.find(gate.connection, month)
    if locked is not None and locked.issued_on is not None:
        raise refused("E894", month, "month", month=month_title(month), key=month, town=str(given["town"]))
    row = _report(gate, month, town)
    figures = figures_of(_figures(gate, month), town)
    if not figures or str(stored["code"]) != sheet_code(month, town, figures):
        raise refused("E893", str(stored["code"]), "code", month=month_title(month), key=month)
    kept = Kept("filing", int(str(row["id"])), "filing", int(str(row["id"])), str(row["number"]), "unchanged")
    if stored["answer"] == AGREED:
        told = {name: stored[name] for name in TOLD[:2]}
        told["confirmed_how"] = stored.get("confirmed_how") or row["confirmed_how"] or BY_SHEET
        _change(gate, kept, row, told | {"confirmed_figures": digest(figures)}, AGREED)
        return kept
    said = f"{OBJECTION}（{stored['confirmed_on']}，{stored['confirmed_by']}）：{stored['objection']}"
    remark = str(row["remark"] or "")
    if said not in remark:
        remark = f"{remark}；{said}" if remark else said
        if len(remark) > LONGEST_REMARK:
            raise refused("E204", str(stored["objection"]), "objection", limit=LONGEST_REMARK)
    _change(gate, kept, row, {**dict.fromkeys((*TOLD, "confirmed_figures")), "remark": remark}, OBJECTED)
    if kept.steps:
        words = {"town": finder.town(town).name, "month": month_title(month), "said": str(stored["objection"])}
        kept.said.append(Fault("N460", words, field="answer"))
    return kept


_OF_GATE: WeakKeyDictionary[Gate, Bulletin] = WeakKeyDictionary()
"""The bulletin that the answers of an operation are held against."""


def _figures(gate: Gate, month: str) -> Bulletin:
    """The month's bulletin as it was when the operation began: it is made before the first answer is written, since
    afterwards the sums do not agree with the rows until the operation ends. Raises `Refused` E895 where it is too
    late for that: another month was answered, or another sheet of the file was taken in before."""
    found = _OF_GATE.get(gate)
    if (found is None and gate.written) or (found is not None and found.month != month):
        raise refused("E895", month, "month")
    if found is None:
        of = period(int(month[:4]), int(month[5:]), gate.today)
        found = _OF_GATE[gate] = compile_bulletin(gate.connection, of)
    return found


def _report(gate: Gate, month: str, town: str) -> Row:
    """The town's report of the month. Raises `Refused` E463."""
    row = gate.connection.execute(
        "SELECT * FROM filing WHERE town_code = ? AND month = ? AND voided_on IS NULL", (town, month)
    ).fetchone()
    if row is None:
        raise refused("E463", month=month_title(month))
    return dict(row)


def _change(gate: Gate, kept: Kept, row: Row, fresh: Values, step: str) -> None:
    """Write what the report does not say yet; the file's answer tells how many towns took the `step`."""
    if gate.update("filing", kept.row_id, **{name: value for name, value in fresh.items() if row[name] != value}):
        kept.outcome = "changed"
        kept.steps.append(step)


def _refuse_half(stored: Values) -> None:
    """An answer without who gave it and when, an objection that says nothing, words beside no answer."""
    columns = ("answer", "objection", *TOLD)
    titles = {"answer": "镇里答复", "objection": "异议内容", "confirmed_by": "答复人", "confirmed_on": "答复日期"}
    told = {name for name in columns if stored.get(name) is not None}
    agreed = stored.get("answer") == AGREED
    if "answer" not in told:
        other = next(titles[name] for name in titles if name in told) if told & titles.keys() else "答复方式"
        raise Refused([Fault("E424", {"title": titles["answer"], "other_title": other}, None, "answer")])
    needed = ["confirmed_by", "confirmed_on", *([] if agreed else ["objection"])]
    faults = [
        Fault("E424", {"title": titles[name], "other_title": titles["answer"]}, None, name)
        for name in needed
        if name not in told
    ]
    if agreed and "objection" in told:
        faults.append(Fault("E892", {}, str(stored["objection"]), "objection"))
    if faults:
        raise Refused(faults)
