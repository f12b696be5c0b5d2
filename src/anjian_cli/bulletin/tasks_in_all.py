"""What a town is asked in all (任务总量), a sum for each unit: persons trained and firms are never added up."""

from __future__ import annotations

from anjian_cli.bulletin import findings, wording
from anjian_cli.bulletin.value import Bulletin, IndicatorTable


def units(bulletin: Bulletin) -> tuple[str, ...]:
    """The units (人次, 家 …) in which anything that is scored is asked of a town, as the categories come."""
    return tuple(dict.fromkeys(table.unit for table in _asked(bulletin)))


def of_town(bulletin: Bulletin, code: str, unit: str) -> int:
    """What is asked of a town in one unit, money in fen. Raises KeyError."""
    at = bulletin.towns.index(bulletin.town(code))
    return sum(table.cells[at].target or 0 for table in _asked(bulletin) if table.unit == unit)


def of_all(bulletin: Bulletin, unit: str) -> int:
    """The same of all towns together; without counties that have not delivered, as all totals are."""
    late = {one.town for one in bulletin.late}
    return sum(of_town(bulletin, town.code, unit) for town in bulletin.towns if town.code not in late)


def told(bulletin: Bulletin, code: str) -> str:
    """The same in words: 471人次、240家. Raises KeyError."""
    found = [(of_town(bulletin, code, unit), unit) for unit in units(bulletin)]
    said = [f"{wording.amount(number, unit)}{wording.shown_unit(unit)}" for number, unit in found if number]
    return "、".join(said) or "0"


def _asked(bulletin: Bulletin) -> list[IndicatorTable]:
    return [table for category in findings.scored(bulletin) for table in findings.scored_tables(category)]
