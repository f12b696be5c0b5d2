"""The single facts behind a county's figure, as it delivered them (明细): without names, each with the number that its
subject has in the county's ledger, by which the county finds it again."""

from __future__ import annotations

import sqlite3

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.explain import Asked
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable
from anjian_cli.errors import refused
from anjian_cli.ledger.measures import condition
from anjian_cli.rules.intervals import OPEN
from anjian_cli.warehouse.engine import Engine

MOST = 100_000
"""So many are told of one figure."""
_COLUMNS = (
    Column("事实", "text"),
    Column("类型", "text"),
    Column("等级", "text"),
    Column("渠道", "text"),
    Column("起", "text"),
    Column("止", "text"),
    Column("数量"),
    Column("县内序号"),
)


def table(connection: sqlite3.Connection, engine: Engine, asked: Asked) -> SummaryTable:
    """A row for each fact that counts in a figure of an ended month: of a flow what came from January on, of a stock
    what stands on the last day. Raises `Refused` E106 for what is no county's flow or stock, and where the county has
    delivered no facts; E935."""
    definition = define(connection, asked.period)
    indicator = definition.indicator(asked.indicator)
    if indicator.kind not in ("flow", "stock"):
        raise refused(
            "E106", indicator.short, name="格码", remedy="只有逐条数出来的指标有明细；它由哪些数组成，见 anjian 明细"
        )
    place, values = definition.where(asked.place)
    place = place.replace("town_code", "f.county") if asked.place else "0"
    sent = list(
        engine.execute(
            f"SELECT name FROM packages f WHERE facts = 1 AND month >= ? AND {place}", (asked.period.key, *values)
        )
    )
    name = next((town.name for town in definition.towns if town.code == asked.place), definition.county)
    if not sent:
        raise refused(
            "E106", name, name="格码", remedy=f"它没有报来{asked.period.title}的明细；县里生成报送包时加 --含明细"
        )
    which, words = condition(indicator.sums)
    of_year = "from_on >= ? AND from_on <= ?" if indicator.kind == "flow" else "until_on > ? AND from_on <= ?"
    first = f"{asked.period.year}-01-01" if indicator.kind == "flow" else asked.period.as_of
    rows = engine.execute(
        "SELECT COALESCE(u.name, '未定镇街'), f.fact, f.kind, f.level, f.channel, f.from_on, f.until_on, f.quantity,"
        " f.subject FROM facts f JOIN packages p ON p.ledger = f.ledger"
        " LEFT JOIN units u ON u.ledger = f.ledger AND u.unit = f.unit"
        f" WHERE p.month >= ? AND {place} AND {which} AND {of_year}"
        f" ORDER BY f.county, f.unit, f.from_on, f.subject, f.fact LIMIT {MOST}",
        (asked.period.key, *values, *words, first, asked.period.as_of),
    )
    titles = dict(connection.execute("SELECT id, title FROM fact").fetchall())
    told = []
    for unit, fact, kind, level, channel, from_on, until_on, quantity, subject in rows:
        assert isinstance(quantity, int)
        assert isinstance(subject, int)
        until = "" if until_on == OPEN else str(until_on)
        told.append(
            Row(
                str(unit),
                (
                    titles.get(fact, str(fact)),
                    str(kind),
                    str(level),
                    str(channel),
                    str(from_on),
                    until,
                    quantity,
                    subject,
                ),
            )
        )
    whole = sum(number for row in told if isinstance(number := row.values[6], int))
    return SummaryTable(
        title=f"{name}{indicator.title}的明细",
        days=f"截至{asked.period.as_of}",
        per="单位",
        columns=_COLUMNS,
        rows=tuple(told),
        total=Row("合计", ("", "", "", "", "", "", whole, None)),
        meaning="各县报来的逐条数，没有企业和人的名字；县内序号是那一条在县里台账中的序号，问县里时报它",
    )
