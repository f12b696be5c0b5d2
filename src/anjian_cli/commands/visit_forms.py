"""How a command writes the forms of whom to visit, one a town."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault
from anjian_cli.render import destination

if TYPE_CHECKING:
    from anjian_cli.exchange.visit_form import Forms


def write(session: Session, forms: Forms, output: Path | None, what: str) -> None:
    """A workbook for each town that has firms in its form; `what` is what these are (未查). Namesakes that neither code
    nor name tells apart are told (N430). Raises `Refused` as `destination.into_folder`."""
    from anjian_cli.exchange import spreadsheet, visit_form

    units = [unit for unit in forms.units if unit.firms]
    with destination.into_folder(output, [visit_form.file_name(forms, unit) for unit in units]) as paths:
        for unit, path in zip(units, paths, strict=True):
            destination.write(spreadsheet.content(visit_form.book(forms, unit)), path)
            session.say(f"已生成：{path}（{what}{len(unit.firms)}家）")
    for unit in forms.units:
        if unit.namesakes:
            words = {"unit": unit.name, "count": len(unit.namesakes), "names": "、".join(dict.fromkeys(unit.namesakes))}
            session.note(str(Fault("N430", words)))
    session.note(f"共{len(units)}份，填好发回后用 anjian 导入" if units else f"没有可以列进表里的{what}企业")
