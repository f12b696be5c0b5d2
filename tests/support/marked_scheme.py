"""A scheme for tests that has an indicator which is marked (监管人员) and one which is a veto (较大事故否决): marks and
liftings of a veto are of such alone. Beside them all that every ledger's own scheme asks."""

from __future__ import annotations

from typing import Any

from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Draft
from support.desk import Desk

MARKED, VETO = "daily.staff", "daily.larger"
"""The ids of the two."""
FIELDS = "幅度=-2~0.5；评分单位=县安委办"


def adopt(desk: Desk, day: str = "2017-01-01", name: str = "示例评分", fields: str = FIELDS) -> None:
    """Take the scheme in, in force from a day on; `fields` are those of the form 评分."""
    with desk.gate(command="scheme adopt") as gate:
        shipped = scheme.draft_of(desk.ledger, schemes.all_of(desk.ledger)[0])
        draft: Draft = replace(shipped, name=name, title=f"{name}办法")
        scheme.adopt(gate, draft, day)
        (id_, last) = gate.connection.execute(
            "SELECT scheme_id, max(position) FROM scheme_indicator"
            " WHERE scheme_id = (SELECT max(id) FROM scheme) GROUP BY 1"
        ).fetchone()
        gate.insert("scheme_category", scheme_id=id_, code="daily", title="日常管理", position=99, scored=1, weight="1")
        plain: dict[str, Any] = {"scheme_id": id_, "category": "daily", "ranked": 0, "direction": "more"}
        gate.insert(
            "scheme_indicator", **plain, code=MARKED, short="监管人员", title="监管人员配备", unit="分", kind="mark",
            position=last + 1, form="评分", full_marks="3", scoring=fields,
        )  # fmt: skip
        gate.insert(
            "scheme_indicator", **plain, code=VETO, short="较大事故否决", title="较大及以上事故一票否决", unit="起",
            kind="sum", measure="accident.larger", position=last + 2, form="否决", scoring="满=1；后果=不参加排名",
        )  # fmt: skip
