"""标准化推进: an undertaking reaches its next stage on a day (咨询, 自评, 申请, 评审, 公告).

A stage after others needs their days: a gap would say that an enterprise was reviewed without having applied.
"""

from __future__ import annotations

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.rules.standardization import STAGES
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept

STAGE_COLUMNS = {title.removesuffix("日期"): column for column, title in STAGES[1:]}
"""What can be reached, in its order: the word of a stage and the column of its day."""


def advance(gate: Gate, row_id: int, stage: str, day: str, **more: str | None) -> Kept:
    """Reach a stage, one of STAGE_COLUMNS, on a day; `more` are other fields that are told with it (证书编号 …). Raises
    `Refused` E856 where a stage before has no day, and as `register.take`."""
    row = gate.row("standardization", row_id)
    before = [*STAGE_COLUMNS][: [*STAGE_COLUMNS].index(stage)]
    lacking = [word for word in before if row[STAGE_COLUMNS[word]] is None]
    if lacking:
        told = {"stages": "、".join(lacking), "number": row["number"]}
        raise Refused([Fault("E856", told, stage)])
    given = {"number": row["number"], STAGE_COLUMNS[stage]: day, **{name: told for name, told in more.items() if told}}
    return register.take(gate, definition.record("standardization"), given, Finder(gate.connection))
