"""What a town is asked in all (任务总量), a sum for each unit: persons trained and firms are never added up."""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.bulletin import findings, wording
from anjian_cli.bulletin.value import Bulletin


def by_town(bulletin: Bulletin) -> Mapping[str, Mapping[str, int]]:
    """What is asked of each town in each unit (人次, 家 …) in which anything that is scored is asked of one: units as
    the categories come, money in fen."""
    tables = [table for category in findings.scored(bulletin) for table in findings.scored_tables(category)]
    asked = {town.code: dict.fromkeys((table.unit for table in tables), 0) for town in bulletin.towns}
    for table in tables:
        for cell in table.cells:
            asked[cell.town][table.unit] += cell.target or 0
    return asked


def of_all(bulletin: Bulletin, asked: Mapping[str, Mapping[str, int]], unit: str) -> int:
    """What is asked in one unit of all towns together; without counties that have not delivered, as all totals are."""
    late = {one.town for one in bulletin.late}
    return sum(of_town[unit] for town, of_town in asked.items() if town not in late)


def told(bulletin: Bulletin, code: str) -> str:
    """What is asked of a town in words: 471人次、240家. Raises KeyError."""
    found = by_town(bulletin)[code].items()
    said = [f"{wording.amount(number, unit)}{wording.shown_unit(unit)}" for unit, number in found if number]
    return "、".join(said) or "0"
