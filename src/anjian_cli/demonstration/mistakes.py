"""Rows of the demonstration that are wrong, as a town would write them: they are refused like anybody's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from anjian_cli.demonstration import data
from anjian_cli.demonstration.firms import Firm, village
from anjian_cli.demonstration.office import AGENCIES

WRONG_CODE = "91330784DEM900001A"
TOWN = "330784003"


def mistakes(firms: dict[str, list[Firm]]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Record and texts: a code with a wrong check character, a contract beside another, a visit without a contract,
    an enterprise guided a second time."""
    own = firms[TOWN]
    unit = next(unit for unit in data.UNITS if unit.code == TOWN)
    painter = next(firm for firm in own if "喷涂" in firm.part.kinds)
    free = next(firm for firm in own[::-1] if not firm.part.kinds)
    guided = next(firm for firm in own if firm.part.guided)
    service = {"agency": AGENCIES[1], "kind": "喷涂"}
    yield "enterprise", {"town": unit.name, "name": "永康市错例01五金厂", "credit_code": WRONG_CODE}
    term = {"from_on": "2018-10-15", "last_on": "2019-10-14", "visits_per_year": "4"}
    yield "trusteeship", {**painter.told, **service, **term}
    yield "visit", {**free.told, **service, "visited_on": "2018-10-18"}
    yield "guidance", {**guided.told, "village": village(unit), "guided_on": "2018-10-30"}
