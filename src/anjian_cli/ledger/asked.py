"""Whether every record that is kept of an indicator is of one that some scheme asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.errors import Fault

ASKS = "scheme"
"""The root whose rows say what is asked."""
_KEPT = {
    "target": "年度任务",
    "opening_figure": "期初数",
    "filed_figure": "镇报数",
    "mark": "评分",
    "veto_lifting": "否决解除",
    "month_cell": "月份数字",
    "month_recount": "月份重算",
}


def unknown(connection: sqlite3.Connection) -> Iterator[Fault]:
    """The indicators of such records that no scheme has (E751), each with how many records it has."""
    for table, title in _KEPT.items():
        for indicator, count in connection.execute(
            f"SELECT indicator, count(*) FROM {table} WHERE indicator NOT IN (SELECT id FROM indicator)"
            " GROUP BY 1 ORDER BY 1"
        ):
            yield Fault("E751", {"title": title, "count": count}, indicator)
