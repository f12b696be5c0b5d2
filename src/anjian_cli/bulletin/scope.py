"""--范围: the places of counties within their city or province, beside those among all.

A view of a bulletin, locked or not: its places are followed, nothing is counted anew. Where a county lies is told with
it (所属市, 所属省).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from anjian_cli.bulletin.value import Bulletin
from anjian_cli.errors import refused
from anjian_cli.light_dataclasses import replace

CITY, PROVINCE, ALL = SCOPES = ("市", "省", "全国")
COLUMNS: Mapping[str, str] = {CITY: "city", PROVINCE: "province"}
FEW = 5
"""How many counties are named of which it is not told where they lie."""


def within(connection: sqlite3.Connection, bulletin: Bulletin, scope: str) -> Bulletin:
    """The bulletin with each county's place within its city or province as its place in a group; with ALL with none but
    the places among all. Raises `Refused` E932 (no counties), E933 (where some lie is not told)."""
    if not bulletin.of_counties:
        raise refused("E932", scope, units=bulletin.units)
    groups = _groups(connection, bulletin, scope) if scope in COLUMNS else {}
    placed: dict[str, list[int]] = defaultdict(list)
    for row in bulletin.scores:
        if row.rank is not None and row.town in groups:
            placed[groups[row.town]].append(row.rank)
    scores = tuple(
        replace(
            row,
            group=groups.get(row.town, ""),
            group_rank=1 + sum(rank < row.rank for rank in placed[groups[row.town]])
            if row.rank is not None and row.town in groups
            else None,
        )
        for row in bulletin.scores
    )
    return replace(bulletin, scores=scores, scope=scope if groups else "")


def _groups(connection: sqlite3.Connection, bulletin: Bulletin, scope: str) -> Mapping[str, str]:
    column = COLUMNS[scope]
    told = dict(connection.execute(f"SELECT code, {column} FROM town WHERE voided_on IS NULL AND {column} IS NOT NULL"))
    lacking = [town.name for town in bulletin.towns if town.code not in told]
    if lacking:
        named = "、".join(lacking[:FEW]) + (f"等{len(lacking)}个" if len(lacking) > FEW else "")
        raise refused("E933", scope, named=named, first=lacking[0])
    return told
