"""Keep a report of a town or a department: until when it is in time, and what it says its figures are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from anjian_cli.bulletin import filings
from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import likeness
from anjian_cli.records.confirmation import Confirmation
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import confirmation, register, told_figures, whose
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a report, in time or late (`filings.due_on`); where nobody told its day it is today's, and that is said.
    Raises `Refused` E239 (no such indicator), E793 (of a town and of a department, or of neither), E855 (a category
    that no scheme has), and those of a figure that cannot be read. An answer of the sheet of confirmations goes its own
    way."""
    if record.fields is Confirmation:
        return confirmation.keep(gate, record, given, finder)
    stored: Values = dict.fromkeys(whose.UNITS) | register.resolve(record, given, finder)
    figures = stored.pop("figures", None)
    row = register.existing(gate, record, stored)
    whose.hold_one(stored, row)
    month = stored.get("month") or (row["month"] if row else None)
    if isinstance(stored.get("nil_for"), tuple):
        stored["nil_for"] = "、".join(_categories(gate, stored["nil_for"], str(month)))
    stored["due_on"] = filings.due_on(gate.reading("setting", name="filing.grace"), str(month))
    assumed = row is None and stored.get("filed_on") in (None, CLEAR)
    kept = register.keep_plain(gate, record, stored, row)
    if assumed:
        kept.said.append(_assumed(gate, kept, str(stored["due_on"])))
    if figures is not None:
        told_figures.keep(gate, kept, "filed_figure", () if figures == CLEAR else figures, finder, str(month))
    return kept


def _assumed(gate: Gate, kept: Kept, due_on: str) -> Fault:
    """That the day of a report is assumed, and that it is late by it."""
    (day,) = gate.connection.execute("SELECT filed_on FROM filing WHERE id = ?", (kept.row_id,)).fetchone()
    words = {"day": str(day), "number": kept.number, "due": due_on}
    return Fault("N426" if str(day) > due_on else "N425", words)


def _categories(gate: Gate, told: Iterable[str], month: str) -> list[str]:
    """Categories by their titles, as a scheme has them; one of an earlier scheme is still read. Raises `Refused` E855,
    which names those of the month (YYYY-MM)."""
    found = gate.connection.execute("SELECT title, from_on, until_on FROM dated_category ORDER BY position").fetchall()
    titles = {likeness.key(row["title"]): str(row["title"]) for row in found}
    day = f"{month}-31"  # a month goes by its last day's scheme
    choices = "、".join(str(row["title"]) for row in found if row["from_on"] <= day < row["until_on"])
    unknown = [one for one in told if likeness.key(one) not in titles]
    if unknown:
        raise Refused([Fault("E855", {"choices": choices}, one, "nil_for") for one in unknown])
    return [titles[likeness.key(one)] for one in told]
