"""报送台账: its days are in order, and none takes its own place."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows


def faults(root: Rows) -> list[Fault]:
    """A ledger ends after it was registered, and another one takes its place."""
    (ledger,) = root["reporting_ledger"]
    found = []
    until = ledger["until_on"]
    if until is not None and str(until) <= str(ledger["from_on"]):
        found.append(Fault("E214", {"other_title": "登记日期", "other": ledger["from_on"]}, str(until), "until_on"))
    if ledger["replaced_by"] == ledger["ledger_id"]:
        found.append(Fault("E928", {}, str(ledger["replaced_by"]), "replaced_by"))
    return found
