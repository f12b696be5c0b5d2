"""What must hold of an enforcement case: filed, decided, collected in this order; a fine comes from a decision."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, in_order, needs


def faults(root: Rows) -> list[Fault]:
    """Order of the days, and what each of them presupposes."""
    (case,) = root["enforcement_case"]
    decided, filed = ("decided_on", "决定日期"), ("filed_on", "立案日期")
    referred, revoked = ("referred_on", "移送日期"), ("revoked_on", "撤销日期")
    standing = filed if case["decided_on"] is None else decided
    return [
        *in_order(case, [filed, decided, ("collected_on", "收缴日期")]),
        *in_order(case, [filed, referred]),
        *in_order(case, [standing, revoked]),
        *in_order(case, [referred, revoked]),
        *needs(case, decided, ("fine", "罚款"), ("document", "决定书文号"), ("collected_on", "收缴日期")),
        *needs(case, ("referred", "建议追究刑事责任"), referred),
        *needs(case, ("revoke_reason", "撤销原因"), revoked),
        *needs(case, revoked, ("revoke_reason", "撤销原因")),
    ]
