"""Keep a report of a town or a department: until when it is in time, and what it says its figures are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from anjian_cli.bulletin import filings
from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import amounts, likeness
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import echo, register, whose
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a report, in time or late (`filings.due_on`); where nobody told its day it is today's, and that is said.
    Raises `Refused` E239 (no such indicator), E793 (of a town and of a department, or of neither), E855 (a category
    that no scheme has), and those of a figure that cannot be read."""
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
        _set_figures(gate, kept, () if figures == CLEAR else figures, finder, str(month))
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


def _set_figures(gate: Gate, kept: Kept, figures: tuple[str, ...], finder: Finder, month: str) -> None:
    """The figures told are all there are; by the words of the month (YYYY-MM) that they are of."""
    wanted = dict(_read(text, finder, month) for text in figures)
    standing = {
        row["indicator"]: row
        for row in gate.connection.execute(
            "SELECT * FROM filed_figure WHERE filing_id = ? ORDER BY id", (kept.row_id,)
        ).fetchall()
    }
    if wanted == {indicator: row["quantity"] for indicator, row in standing.items()}:
        return
    for indicator, row in standing.items():
        if indicator not in wanted:
            gate.delete("filed_figure", int(row["id"]))
        else:
            gate.update("filed_figure", int(row["id"]), quantity=wanted[indicator])
    for indicator, quantity in wanted.items():
        if indicator not in standing:
            gate.insert("filed_figure", filing_id=kept.row_id, indicator=indicator, quantity=quantity)
    if kept.outcome != "new":
        before = {indicator: int(row["quantity"]) for indicator, row in standing.items()}
        kept.changed("figures", _written(finder, before), _written(finder, wanted))


def _written(finder: Finder, figures: Mapping[str, int]) -> str | None:
    """Figures by indicator as a town writes them: 涉氨 3；处罚金额 2万元. None for none."""
    told = [(finder.indicator(indicator), quantity) for indicator, quantity in figures.items()]
    return "；".join(f"{of.short} {echo.quantity(of.unit, number)}" for of, number in told) or None


def _read(text: str, finder: Finder, month: str) -> tuple[str, int]:
    """`涉氨 3`: the indicator's id and the number in its unit."""
    word, _, number = text.rpartition(" ")
    try:
        indicator = finder.indicator(word, f"{month}-31", f"{month}-31")  # a month goes by its last day's scheme
        return indicator.id, amounts.money(number) if indicator.unit == "分" else amounts.count(number)
    except Misread as error:
        raise Refused([error.fault(text, "figures")]) from error
