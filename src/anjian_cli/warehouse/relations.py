"""The relations of a warehouse (汇总库): their columns, the same in Parquet and in every engine.

Days are text as in the ledger (YYYY-MM-DD), months YYYY-MM; `county` is the code of the county's row in the province's
register of towns, `unit` the county's own unit ('' for none), `ledger` the id of the ledger that delivered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

TEXT, WHOLE = "VARCHAR", "BIGINT"


class Relation(NamedTuple):
    """`columns` by name, each TEXT or WHOLE; `by` is the column whose year parts the files, '' where there is one."""

    columns: Mapping[str, str]
    by: str = ""
    order: tuple[str, ...] = ()


def _columns(text: str, whole: str = "") -> Mapping[str, str]:
    return {**dict.fromkeys(text.split(), TEXT), **dict.fromkeys(whole.split(), WHOLE)}


SUMS, OPENINGS, PACKAGES, MEANINGS, UNITS, FACTS = "sums", "openings", "packages", "meanings", "units", "facts"
RELATIONS: Mapping[str, Relation] = {
    SUMS: Relation(
        _columns("ledger county unit measure month", "came went"), "month", ("month", "measure", "county", "unit")
    ),
    OPENINGS: Relation(
        _columns("ledger county unit measure from_on until_on period_from", "quantity"),
        order=("from_on", "county", "unit", "measure"),
    ),
    PACKAGES: Relation(
        _columns(
            "ledger county name city province month made_at program content manifest key meaning",
            "serial issued demonstration facts",
        ),
        order=("county", "ledger"),
    ),
    MEANINGS: Relation(_columns("meaning definition"), order=("meaning",)),
    UNITS: Relation(_columns("ledger county unit name"), order=("county", "unit")),
    FACTS: Relation(
        _columns("ledger county fact kind level channel unit from_on until_on", "subject quantity"),
        "from_on",
        ("fact", "county", "from_on", "subject"),
    ),
}
"""`packages` are those that stand, one a ledger, `facts` 1 where it carries single facts; `meanings` what they count,
by its digest. Of `sums` the month is that in which something came or went; `facts` carry no name."""
