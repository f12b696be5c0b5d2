"""Figures that a unit tells with what it sends in (涉氨 3；罚款 2.5万元): rows of their own beside the record."""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.errors import Misread, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import amounts
from anjian_cli.workflow import echo
from anjian_cli.workflow.kept_record import Kept


def keep(gate: Gate, kept: Kept, table: str, figures: tuple[str, ...], finder: Finder, month: str) -> None:
    """The figures told are all there are of a record, in the rows of `table`; by the words of the month (YYYY-MM) that
    they are of. Raises `Refused` E239 (no such indicator), and those of a number that cannot be read."""
    owner = f"{kept.table}_id"
    wanted = dict(_read(text, finder, month) for text in figures)
    standing = {
        row["indicator"]: row
        for row in gate.connection.execute(
            f'SELECT * FROM "{table}" WHERE {owner} = ? ORDER BY id', (kept.row_id,)
        ).fetchall()
    }
    if wanted == {indicator: row["quantity"] for indicator, row in standing.items()}:
        return
    for indicator, row in standing.items():
        if indicator not in wanted:
            gate.delete(table, int(row["id"]))
        else:
            gate.update(table, int(row["id"]), quantity=wanted[indicator])
    for indicator, quantity in wanted.items():
        if indicator not in standing:
            gate.insert(table, **{owner: kept.row_id}, indicator=indicator, quantity=quantity)
    if kept.outcome != "new":
        before = {indicator: int(row["quantity"]) for indicator, row in standing.items()}
        kept.changed("figures", _written(finder, before), _written(finder, wanted))


def _written(finder: Finder, figures: Mapping[str, int]) -> str | None:
    """Figures by indicator as a unit writes them: 涉氨 3；处罚金额 2万元. None for none."""
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
