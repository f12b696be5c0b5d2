"""A second opinion on what departments did and answer for: the simulation once more, of departments for towns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from oracle.model import Case, Filing, Hazard, Inspection, Model, of
from oracle.simulation import simulate

FOUND_BY, CHARGED_TO = "found_by", "charged_to"


@dataclass(frozen=True)
class _Found(Hazard):
    def whose(self, _day: str) -> str:
        return self.found_by


@dataclass(frozen=True)
class _Charged(Hazard):
    def whose(self, day: str) -> str:
        return self.charged_to(day)


def for_role(hazard: Hazard, role: str) -> Hazard:
    """A hazard that counts for the department of a role; of any other role it stays as it is."""
    kind = {FOUND_BY: _Found, CHARGED_TO: _Charged}.get(role, Hazard)
    return kind(**{field.name: getattr(hazard, field.name) for field in fields(Hazard)})


def by_department(model: Model, wanted: Iterable[str], unit: str) -> dict[str, Counter[tuple[str, str]]]:
    """Figures (indicator, department) of the days wanted; what is found in a year passes with the hazard to whom it was
    handed over on the day. A department of none is ''."""
    theirs: Model = {key: for_role(hazard, unit) for key, hazard in of(model, Hazard)}
    if unit == FOUND_BY:
        theirs |= {key: replace(case, town=case.department) for key, case in of(model, Case)}
        theirs |= {key: replace(one, town=one.department) for key, one in of(model, Inspection)}
        theirs |= {
            key: replace(one, town=one.department, department="") for key, one in of(model, Filing) if one.department
        }
    return simulate(theirs, wanted, openings=False)
