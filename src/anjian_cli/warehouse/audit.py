"""Delivered sums held against delivered facts: of each county that sent both, every measure of every month.

The facts are counted anew by the measures that the county counts, as its own ledger counts its items; what is counted
once each is held against how many there were at each month's end. One SELECT each: the engine gives the differences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from anjian_cli.bulletin.period import month_end, month_title, months_between
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable
from anjian_cli.errors import refused
from anjian_cli.ledger.measures import condition
from anjian_cli.rules import measure
from anjian_cli.rules.intervals import OPEN
from anjian_cli.rules.measure import TOWN
from anjian_cli.warehouse.engine import Engine

_HEADS = ("口径", "月份", "单位", "哪一样")
CAME, WENT, STOOD = "来", "去", "月底"
"""What differs: what came in the month, what went in it, what there was at its end."""


AT_ONCE = 200
"""So many counties are held against their facts in one SELECT: of a whole nation's facts an engine would have to hold
more than an ordinary computer can."""


class Difference(NamedTuple):
    """A sum of a county's unit ('' of none) that its facts do not come to."""

    county: str
    unit: str
    measure: str
    month: str
    what: str
    delivered: int
    counted: int


def differences(engine: Engine) -> list[Difference]:
    """All of them, by county, measure and month. Raises `Refused` E935."""
    counted = {
        str(meaning): tuple(json.loads(str(said))["measures"])
        for meaning, said in engine.execute("SELECT meaning, definition FROM meanings")
    }
    sent = sorted(str(ledger) for (ledger,) in engine.execute("SELECT ledger FROM packages WHERE facts = 1"))
    found = []
    for at in range(0, len(sent), AT_ONCE):
        found += [*_of_sums(engine, counted, sent[at : at + AT_ONCE])]
        found += [*_of_distinct(engine, counted, sent[at : at + AT_ONCE])]
    return sorted(found, key=lambda each: (each.county, each.measure, each.month, each.unit, each.what))


class Reach(NamedTuple):
    """How many counties are in the warehouse, how many of them sent facts, and the last month that any delivered."""

    counties: int
    with_facts: int
    month: str


def reach(engine: Engine) -> Reach:
    """What can be held against its facts. Raises `Refused` E107 where nothing can."""
    of = list(engine.execute("SELECT facts, month FROM packages"))
    found = Reach(len(of), sum(facts == 1 for facts, _ in of), max((str(month) for _, month in of), default=""))
    if not found.with_facts:
        raise refused("E107", reason="没有一个县带了明细", remedy="请各县用 anjian 报送包 生成 --含明细 再报")
    return found


def table(found: Sequence[Difference], of: Reach) -> SummaryTable:
    """The differences as a table."""
    return SummaryTable(
        title="汇总库合计与明细核对",
        days=f"报到{month_title(of.month)}",
        per="县（市、区）",
        columns=(*(Column(title, "text") for title in _HEADS), Column("报来"), Column("明细")),
        rows=tuple(
            Row(each.county, (each.measure, month_title(each.month), each.unit, *each[4:]), behind=True)
            for each in found
        ),
        meaning=f"{of.counties}个县，带明细的{of.with_facts}个都核对了，别的没有带明细，没有核对；不一致的{len(found)}处",
        sign="不一致",
    )


def _placed(engine: Engine, counted: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """A relation `placed` that says which measures of a meaning count what kind of fact, as text of SQL, and its
    values."""
    known = {
        each: measure.read(each) for of in counted.values() for each in of if not each.startswith(measure.DISTINCT)
    }
    rows: list[str] = []
    told = [tuple(map(str, row)) for row in engine.execute(_WORDS)]
    for meaning, of in counted.items():
        for fact, *words in told:
            for each in of:
                one = known.get(each)
                if one is None or one.unit != TOWN:
                    continue
                # An opening figure names the measure itself; of a measure without conditions that is the fact.
                if each == fact or (one.fact == fact and one.counts(words)):
                    rows += [meaning, fact, *words, each]
    rows = rows or [""] * 6  # so that there is a line where no fact was sent
    line = "(?, ?, ?, ?, ?, ?)"
    return ", ".join([line] * (len(rows) // 6)), rows


_WORDS = "SELECT DISTINCT fact, kind, level, channel FROM facts"
_DETAIL = "ledger, unit, fact, kind, level, channel"


def _of_sums(engine: Engine, counted: dict[str, tuple[str, ...]], ledgers: Sequence[str]) -> Iterator[Difference]:
    placed, values = _placed(engine, counted)
    those = f"ledger IN ({', '.join('?' * len(ledgers))})"
    rows = engine.execute(
        f"WITH placed (meaning, fact, kind, level, channel, measure) AS (VALUES {placed}),"
        f" moved AS (SELECT {_DETAIL}, month, sum(came) AS came, sum(went) AS went FROM ("
        f" SELECT {_DETAIL}, substr(from_on, 1, 7) AS month, quantity AS came, CAST(0 AS BIGINT) AS went FROM facts"
        f" WHERE {those} UNION ALL SELECT {_DETAIL}, substr(until_on, 1, 7) AS month, CAST(0 AS BIGINT) AS came,"
        " quantity AS went"
        f" FROM facts WHERE until_on < ? AND {those}) AS each_fact GROUP BY {_DETAIL}, month),"
        " both_told AS (SELECT s.ledger, s.unit, s.measure, s.month, s.came AS told_came, s.went AS told_went,"
        " CAST(0 AS BIGINT) AS came, CAST(0 AS BIGINT) AS went FROM sums s"
        f" WHERE substr(s.measure, 1, {len(measure.DISTINCT)}) <> ? AND s.{those}"
        " UNION ALL SELECT m.ledger, m.unit, w.measure, m.month, CAST(0 AS BIGINT) AS told_came,"
        " CAST(0 AS BIGINT) AS told_went, CAST(m.came AS BIGINT) AS came, CAST(m.went AS BIGINT) AS went"
        " FROM moved m JOIN packages k ON k.ledger = m.ledger JOIN placed w ON w.meaning = k.meaning"
        " AND w.fact = m.fact AND w.kind = m.kind AND w.level = m.level AND w.channel = m.channel)"
        " SELECT p.name, b.unit, b.measure, b.month, CAST(sum(b.told_came) AS BIGINT), CAST(sum(b.came) AS BIGINT),"
        " CAST(sum(b.told_went) AS BIGINT), CAST(sum(b.went) AS BIGINT)"
        " FROM both_told b JOIN packages p ON p.ledger = b.ledger WHERE p.facts = 1 AND b.month <= p.month"
        " GROUP BY p.name, p.ledger, b.unit, b.measure, b.month"
        " HAVING sum(b.told_came) <> sum(b.came) OR sum(b.told_went) <> sum(b.went)",
        (*values, *ledgers, OPEN, *ledgers, measure.DISTINCT, *ledgers),
    )
    for name, unit, of, month, told_came, came, told_went, went in rows:
        for what, told, own in ((CAME, told_came, came), (WENT, told_went, went)):
            if told != own:
                assert isinstance(told, int)
                assert isinstance(own, int)
                yield Difference(str(name), str(unit), str(of), str(month), what, told, own)


def _of_distinct(engine: Engine, counted: dict[str, tuple[str, ...]], ledgers: Sequence[str]) -> Iterator[Difference]:
    """What is counted once each, at every month's end from the first that a county tells of."""
    ((first, last),) = engine.execute("SELECT min(month), max(month) FROM sums")
    if first is None:
        return
    those = f"ledger IN ({', '.join('?' * len(ledgers))})"
    months = list(months_between(str(first), str(last)))
    line = ", ".join(["(?, ?)"] * len(months))
    days = [value for month in months for value in (month, month_end(int(month[:4]), int(month[5:])))]
    for text in sorted({each for of in counted.values() for each in of if each.startswith(measure.DISTINCT)}):
        which, words = condition(text[len(measure.DISTINCT) : -1].split(";"))
        rows = engine.execute(
            f"WITH months (month, ends_on) AS (VALUES {line}),"
            " stood AS (SELECT f.ledger, f.unit, m.month, count(DISTINCT f.subject) AS own FROM facts f"
            " JOIN months m ON f.from_on <= m.ends_on AND f.until_on > m.ends_on"
            f" WHERE f.subject >= 0 AND f.{those} AND {which} GROUP BY f.ledger, f.unit, m.month),"
            " told AS (SELECT s.ledger, s.unit, m.month, sum(s.came) - sum(s.went) AS delivered FROM sums s"
            " JOIN months m ON s.month <= m.month WHERE s.measure = ? AND s."
            + those
            + " GROUP BY s.ledger, s.unit, m.month)"
            " SELECT p.name, b.unit, b.month, CAST(sum(b.delivered) AS BIGINT), CAST(sum(b.own) AS BIGINT) FROM ("
            " SELECT ledger, unit, month, delivered, CAST(0 AS BIGINT) AS own FROM told UNION ALL"
            " SELECT ledger, unit, month, CAST(0 AS BIGINT) AS delivered, own FROM stood) AS b"
            " JOIN packages p ON p.ledger = b.ledger WHERE p.facts = 1 AND b.month <= p.month"
            " GROUP BY p.name, p.ledger, b.unit, b.month HAVING sum(b.delivered) <> sum(b.own)",
            (*days, *ledgers, *words, text, *ledgers),
        )
        for name, unit, month, delivered, own in rows:
            assert isinstance(delivered, int)
            assert isinstance(own, int)
            yield Difference(str(name), str(unit), text, str(month), STOOD, delivered, own)
