"""What must hold of an enterprise: how it is identified, and where and how it is on every day.

What hangs on it (contracts, certificates, tests …) is held by the modules of those tables.
"""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import Derived
from anjian_cli.rules.intervals import Rows, gapless, number, overlaps

FOLLOWS = {
    "due_visit": "trusteeship",
    "test_due": "exposure",
    "review_due": "standardization",
    "programme_due": "programme",
}
"""Rows that follow by rule, and the table whose module says which: without a row there it says nothing."""


def derived(root: Rows) -> Derived:
    """What followed from contracts, exposures, certificates and enrolments goes with the last of them (entered under
    the wrong enterprise)."""
    return Derived(rows={table: () for table, source in FOLLOWS.items() if table in root and source not in root})


def faults(root: Rows) -> list[Fault]:
    """Identity, town by date, operating state by date; voided, it has no records of its own left."""
    (enterprise,) = root["enterprise"]
    found = []
    if not (enterprise["credit_code"] or enterprise["registration_number"] or enterprise["no_code_reason"]):
        found.append(Fault("E228", {}, None, "credit_code"))
    found += gapless(root.get("residence", ()), "企业属地")
    if "operating_state" in root:
        found += overlaps(root["operating_state"], "经营状态")
    if enterprise["voided_on"] is not None:
        left = [row for rows in root.values() for row in rows if row.get("voided_on", "") is None]
        if left:
            found.append(Fault("E422", {"number": number(enterprise), "found": number(left[0])}))
    return found
