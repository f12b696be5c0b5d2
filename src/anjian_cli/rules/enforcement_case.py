"""What must hold of an enforcement case: filed, decided, collected in this order; a fine comes from a decision."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, in_order, needs


def faults(root: Rows) -> list[Fault]:
    """Order of the days, and what each of them presupposes."""
    (case,) = root["enforcement_case"]
    decided, filed = ("decided_on", "决定日期"), ("filed_on", "立案日期")
    return [
        *in_order(case, [filed, decided, ("collected_on", "收缴日期")]),
        *in_order(case, [filed, decided, ("revoked_on", "撤销日期")]),
        *in_order(case, [filed, ("referred_on", "移送日期"), ("revoked_on", "撤销日期")]),
        *needs(case, decided, ("fine", "罚款"), ("document", "决定书文号"), ("collected_on", "收缴日期")),
        *needs(case, ("referred", "建议追究刑事责任"), ("referred_on", "移送日期")),
        *needs(case, ("revoke_reason", "撤销原因"), ("revoked_on", "撤销日期")),
        *needs(case, ("revoked_on", "撤销日期"), ("revoke_reason", "撤销原因")),
    ]
