"""考核单位: the kinds of units that a scheme ranks, and by which of its departments a fact counts for departments."""

from __future__ import annotations

from collections.abc import Collection

from anjian_cli.rules.measure import CHARGED_TO, FOUND_BY

TOWNS, DEPARTMENTS = "镇", "部门"
"""What is ranked; an indicator of which nothing is said holds for towns."""
ROLES = {"检查部门": FOUND_BY, "监管部门": CHARGED_TO}
"""Departments by what they are to a fact: whose work it is, who is answerable for it."""
UNITS = (TOWNS, DEPARTMENTS, *ROLES)

_FOUND = "hazard.found"


def told(units: str) -> tuple[str, ...]:
    """The kinds that an indicator is said to hold for, as they are kept."""
    return tuple(units.split("、")) if units else ()


def holds_for(units: str, kind: str) -> bool:
    """Whether it holds for TOWNS, or DEPARTMENTS."""
    if not units:
        return kind == TOWNS
    said = told(units)
    return TOWNS in said if kind == TOWNS else any(unit != TOWNS for unit in said)


def usual_role(fact: str, has: Collection[str]) -> str:
    """The department that a fact counts for where nothing else is said: what has been found is the finder's, what
    becomes of it is of the one that is answerable. `has` are the roles that the fact knows of; '' where it has none."""
    if CHARGED_TO in has and fact != _FOUND:
        return CHARGED_TO
    return FOUND_BY if FOUND_BY in has else ""
