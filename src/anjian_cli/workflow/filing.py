"""Keep a report of a town or a department: until when it is in time, and what it says its figures are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from anjian_cli.bulletin import filings
from anjian_cli.errors import Misread, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import amounts
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import echo, register, whose
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a report, in time or late (`filings.due_on`). Raises `Refused` E239 (no such indicator), E793 (of a town
    and of a department, or of neither), and those of a figure that cannot be read."""
    stored: Values = dict.fromkeys(whose.UNITS) | register.resolve(record, given, finder)
    figures = stored.pop("figures", None)
    if isinstance(stored.get("nil_for"), tuple):
        stored["nil_for"] = "、".join(stored["nil_for"])
    row = register.existing(gate, record, stored)
    whose.hold_one(stored, row)
    month = stored.get("month") or (row["month"] if row else None)
    stored["due_on"] = filings.due_on(gate.reading("setting", name="filing.grace"), str(month))
    kept = register.keep_plain(gate, record, stored, row)
    if figures is not None:
        _set_figures(gate, kept, () if figures == CLEAR else figures, finder, str(month))
    return kept


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
